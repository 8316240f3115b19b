// [data-dialog-open="id"] opens <dialog id>; [data-dialog-close] and a click beside it close it.
// [data-dialog-shown] on a dialog opens it as soon as it arrives (a refused form inside it).
const open = (dialog) => {
  if (dialog && !dialog.open) dialog.showModal();
};

const openArrived = (root) => root.querySelectorAll?.("dialog[data-dialog-shown]").forEach(open);

document.addEventListener("click", (event) => {
  const key = event.target.closest("[data-dialog-open]");
  if (key) {
    const dialog = document.getElementById(key.dataset.dialogOpen);
    if (dialog) event.preventDefault();
    return open(dialog);
  }
  if (event.target.closest("[data-dialog-close]")) return event.target.closest("dialog")?.close();
  if (event.target.matches("dialog[data-dialog]")) event.target.close();
});

document.addEventListener("htmx:afterSettle", (event) => openArrived(event.target.parentNode ?? document));
openArrived(document);
