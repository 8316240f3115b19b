// htmx is loaded where a page uses it: most pages do without its seventeen kilobytes.
// It begins at DOMContentLoaded, or at once in a page that is complete; anywhere between it would wait for ever.
const load = () => {
  const script = document.createElement("script");
  script.src = document.querySelector('meta[name="htmx-src"]').content;
  document.head.append(script);
};
if (document.querySelector("[hx-get], [hx-post]")) {
  if (document.readyState === "complete") load();
  else window.addEventListener("load", load);
}
