// A wall asks nothing by itself: it only listens. When the session turns, the page is asked again; a burst of changes
// on a calm board is one.
let turning = 0;

document.addEventListener("stage:turned", () => {
  const surface = document.querySelector("[data-wall] [data-surface='wall'], [data-wall] [data-surface='calm']");
  if (!surface) return;
  clearTimeout(turning);
  turning = setTimeout(() => location.assign(surface.dataset.home), 400);
});

// Shut out (the screen was taken away): the page says so itself.
document.addEventListener("board:closed", () => {
  if (document.querySelector("[data-wall]")) location.reload();
});
