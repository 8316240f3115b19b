// [data-toast-close] takes its message away; focus goes to the main text, not to nowhere.
document.addEventListener("click", (event) => {
  const toast = event.target.closest("[data-toast-close]")?.closest("[data-toast]");
  if (!toast) return;
  const next = toast.nextElementSibling?.querySelector("[data-toast-close]") ?? document.getElementById("main");
  toast.remove();
  next?.focus({ preventScroll: true });
});
