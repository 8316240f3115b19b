// htmx is loaded where a page uses it: most pages do without its seventeen kilobytes.
if (document.querySelector("[hx-get], [hx-post]")) {
  const script = document.createElement("script");
  script.src = document.querySelector('meta[name="htmx-src"]').content;
  document.head.append(script);
}
