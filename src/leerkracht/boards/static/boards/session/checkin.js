// [data-check-in]: a tap goes straight to the room's count. Whether this phone has tapped is remembered in this tab only.
const MOODS = { low: 1, neutral: 2, happy: 3 };

const place = () => document.querySelector("[data-check-in]");
const key = () => `tapped:${place()?.dataset.session}`;
const isWall = () => document.querySelector("[data-surface='wall']") !== null;

const remember = (mood) => {
  try {
    sessionStorage.setItem(key(), mood);
  } catch { /* a second tap is refused by the room anyway */ }
};

const recall = () => {
  try {
    return sessionStorage.getItem(key()) ?? "";
  } catch {
    return "";
  }
};

const show = () => {
  const box = place();
  const mine = recall();
  if (!box || !mine || isWall()) return;
  box.dataset.mine = mine;
  for (const face of box.querySelectorAll("button[name='mood']")) {
    face.setAttribute("aria-pressed", String(face.value === mine));
    face.disabled = true;
  }
  const words = box.querySelector("[data-tapped-words]");
  if (words) words.hidden = false;
};

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-tap]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const mood = event.submitter.value;
  const done = (answer) => {
    if (answer.code && answer.code !== "tapped_before") return;
    if (!isWall()) remember(mood);
    show();
  };
  document.dispatchEvent(new CustomEvent("board:tap", { detail: { mood: MOODS[mood], done } }));
}, true);

document.addEventListener("board:check-in", ({ detail }) => {
  const box = place();
  if (!box) return;
  box.querySelector("[data-tapped]").textContent = detail.tapped;
  box.querySelector("[data-present]").textContent = detail.present;
  if (detail.totals && box.querySelector("form[data-tap]")) document.dispatchEvent(new CustomEvent("stage:stale"));
});

document.addEventListener("stage:drawn", show);
show();
