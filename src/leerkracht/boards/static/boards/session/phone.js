// A phone follows the room; a guest's is thanked when the session is over.
const surface = document.querySelector("[data-surface='phone'], [data-phone] [data-surface='calm']");
let isLeaving = false;

const leave = (over) => {
  if (!surface || isLeaving) return;
  isLeaving = true;
  location.assign((over && surface.dataset.goodbye) || surface.dataset.home);
};

document.addEventListener("stage:turned", ({ detail }) => leave(detail?.over));
document.addEventListener("board:closed", () => leave(true));
