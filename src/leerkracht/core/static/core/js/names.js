// [data-names-key]: hide names when parents or pupils pass by; holds for this tab until it is closed.
const root = document.documentElement;

const show = () => {
  for (const key of document.querySelectorAll("[data-names-key]"))
    key.setAttribute("aria-pressed", String(root.dataset.names === "hidden"));
};

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-names-key]")) return;
  const hide = root.dataset.names !== "hidden";
  if (hide) root.dataset.names = "hidden";
  else delete root.dataset.names;
  try {
    if (hide) sessionStorage.setItem("names", "hidden");
    else sessionStorage.removeItem("names");
  } catch { /* not kept: holds for this page only */ }
  show();
});
show();
