// htmx's requests carry the form token (its cookie is out of reach of scripts); a failed one is said calmly.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector('meta[name="csrf-token"]')?.content;
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token;
});

const say = (kind) => {
  const template = document.getElementById(`say-${kind}`);
  const region = document.getElementById("news");
  if (!template || !region) return;
  region.replaceChildren(template.content.cloneNode(true));
};

document.addEventListener("htmx:sendError", () => say("away"));
document.addEventListener("htmx:timeout", () => say("away"));
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status !== 422) say("wrong");
});
