// Trusted types: text becomes a page only when htmx just fetched it for a swap, and a script only when it is ours.
// Anything else that reaches a sink, eval included, is refused by the browser (config/serving/headers.py).
let fetched = null;

document.addEventListener("htmx:beforeSwap", ({ detail }) => { fetched = detail.serverResponse; }, true);
document.addEventListener("htmx:afterRequest", () => { fetched = null; }, true);

const isOurs = (address) => {
  const url = new URL(address, location.href);
  return url.origin === location.origin && url.pathname.startsWith("/static/");
};

// htmx takes the head out of what it fetched and puts a wrapper around the rest.
const isFetched = (text) => {
  if (fetched === null) return false;
  const rest = text.replace('<body><template class="internal-htmx-wrapper">', "").replace("</template></body>", "");
  return fetched.includes(rest) || fetched.replace(/<head(\s[^>]*)?>[\s\S]*?<\/head>/i, "") === rest;
};

window.trustedTypes?.createPolicy("default", {
  createHTML: (text) => (isFetched(text) ? text : null),
  createScriptURL: (address) => (isOurs(address) ? address : null),
});
