// Whoever leads keeps the hands free: n goes on, k g s l answer the action in front. Never while somebody types.
const isTyping = (target) => target.closest("input:not([type='radio'], [type='checkbox']), textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  const stage = document.querySelector("[data-surface='session'] [data-stage], [data-surface='wall'] [data-stage]");
  if (!stage) return;
  const key = event.key.toLowerCase();
  const answer = "kgsl".includes(key) && stage.querySelector(`.focus-keys [data-key="${key}"]`);
  const next = key === "n" && stage.querySelector("[data-next-step] button");
  if (!answer && !next) return;
  event.preventDefault();
  (answer || next).click();
});

// The session started, waits, ended: the page itself says what stands there now.
document.addEventListener("stage:turned", () => {
  if (document.querySelector("[data-surface='session']")) location.assign(document.querySelector("[data-surface]").dataset.home);
});
