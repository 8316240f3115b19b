// What the page says after a change: undo for one's own, a caution, a refusal, and that the line is away.
import { fill } from "./words.js";

const STAYS_MS = 9000;
const news = () => document.getElementById("board-news");

const show = (id, words) => {
  const toast = document.getElementById(id).content.firstElementChild.cloneNode(true);
  toast.querySelector("p").textContent = words;
  news().append(toast);
  return toast;
};

const leave = (toast) => {
  const stay = () => toast.matches(":hover") || toast.contains(document.activeElement);
  const look = () => (stay() ? setTimeout(look, 2000) : toast.remove());
  setTimeout(look, STAYS_MS);
};

const textOf = (board, changes) => {
  for (const { entity, id } of changes) {
    const row = board.state[entity]?.[id];
    const text = row?.text ?? (row?.goal && board.state.goal[row.goal]?.text);
    if (text) return text;
  }
  return "";
};

const offerUndo = (board, { event, changes }) => {
  const words = fill(`did ${event.kind}`, { text: textOf(board, changes) });
  if (words.startsWith("did ")) return;
  for (const old of news().querySelectorAll(".toast:has([data-undo], form)")) old.remove();
  news().querySelector("form.toast")?.remove();
  const toast = show("undo-toast", words);
  toast.querySelector("[data-undo]").addEventListener("click", async () => {
    toast.remove();
    const result = await board.undo(event.id);
    if (result.status === "APPLIED") document.getElementById("board-said").textContent = fill("undone");
  });
  leave(toast);
};

export const sayChanges = (board) => {
  board.addEventListener("change", ({ detail }) => {
    if (!detail.event) return;
    if (detail.own) return offerUndo(board, detail);
    const said = fill(`did ${detail.event.kind}`, { text: textOf(board, detail.changes) });
    if (!said.startsWith("did ")) document.getElementById("board-said").textContent = said;
  });
  board.addEventListener("caution", ({ detail }) => leave(show("caution-toast", detail.text)));
  board.addEventListener("refused", ({ detail }) => {
    const place = document.querySelector("dialog[open] [data-refused]");
    if (!place) return leave(show("refused-toast", detail.reason));
    place.textContent = detail.reason;
    place.hidden = false;
  });
  board.addEventListener("link", ({ detail }) => {
    const line = document.querySelector("[data-link]");
    if (line && detail !== "saving") line.hidden = detail !== "away";
  });
  board.addEventListener("closed", () => location.reload());
};
