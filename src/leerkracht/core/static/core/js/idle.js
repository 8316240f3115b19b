// html[data-idle-seconds]: a shared computer signs out by itself. One minute before, dialog#idle asks; any sign of
// life in any tab counts. The form #sign-out does the work, so that it is an ordinary sign-out.
const idleMs = Number(document.documentElement.dataset.idleSeconds ?? 0) * 1000;
const warnMs = Math.min(60_000, idleMs / 2);
const seenKey = "last-sign-of-life";
// Boards and long texts send nothing that the sign-in counts as life; without a word now and then it would end.
const tellMs = 5 * 60_000;
let mine = Date.now();
let toldAt = mine;

const lastSeen = () => {
  try {
    return Math.max(mine, Number(localStorage.getItem(seenKey)));
  } catch {
    return mine;
  }
};

const seen = () => {
  if (Date.now() - mine < 5_000) return;
  mine = Date.now();
  if (mine - toldAt > tellMs) {
    toldAt = mine;
    fetch(document.documentElement.dataset.stillHere, { credentials: "same-origin" }).catch(() => {});
  }
  try {
    localStorage.setItem(seenKey, String(mine));
  } catch { /* this tab counts for itself */ }
};

const look = () => {
  const dialog = document.getElementById("idle");
  const left = lastSeen() + idleMs - Date.now();
  if (left <= 0) return document.getElementById("sign-out")?.requestSubmit();
  if (left <= warnMs && dialog && !dialog.open) dialog.showModal();
  if (left > warnMs && dialog?.open) dialog.close();
  setTimeout(look, left > warnMs ? left - warnMs + 50 : 1_000);
};

if (idleMs > 0) {
  for (const kind of ["pointerdown", "keydown", "scroll"]) document.addEventListener(kind, seen, { passive: true, capture: true });
  document.addEventListener("visibilitychange", () => document.hidden || lastSeen() + idleMs > Date.now() || look());
  mine = 0;
  seen();
  look();
}
