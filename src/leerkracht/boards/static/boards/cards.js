// One card, drawn from the blank that the page brings along, and the order in which cards hang.
import { cardOf, fill } from "./words.js";

const KINDS = ["goal", "action", "note"];
export const cardElement = (id) => document.getElementById(`card-${id}`);
export const kindOf = (board, id) => KINDS.find((kind) => board.state[kind][id]);

const last = "\uffff";
export const isOver = (row) => row.state === "CLOSED" || row.state === "DONE" || row.state === "DROPPED";
const goalOrder = { ACTIVE: 0, DRAFT: 1 };
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
const keys = {
  GOALS: (row) => [goalOrder[row.state] ?? 2, row.position, row.id],
  ACTIONS: (row) => [row.state !== "OPEN", row.position, row.id],
  PLANNING: (row) => [isOver(row), row.day ?? last, row.time ?? "", row.position, row.id],
};
const plain = (row) => [isOver(row), row.position, row.id];

// The cards of a section in the order in which they hang: the same rule as boards/queries/page.py.
export const rowsIn = (board, section) => {
  const entity = { GOALS: "goal", ACTIONS: "action" }[section.kind] ?? "note";
  const rows = board.here(entity).filter((row) => entity !== "note" || row.section === section.id);
  const key = keys[section.kind] ?? plain;
  return rows.sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    return left.map((value, place) => compare(value, right[place])).find((way) => way !== 0) ?? 0;
  });
};

const slot = (card, name, text) => {
  const element = card.querySelector(`[data-slot="${name}"]`);
  if (text === "" || text === null || text === undefined) element?.remove();
  else if (element && !element.matches("progress")) element.textContent = text;
  return element;
};

export const draw = (board, kind, row) => {
  const model = cardOf(kind, row, board);
  const card = document.getElementById("blank-card").content.firstElementChild.cloneNode(true);
  card.id = `card-${model.id}`;
  card.dataset.card = kind;
  if (model.look) card.dataset.state = model.look;
  else delete card.dataset.state;
  card.querySelector(".title a").href = `${location.pathname}cards/${model.id}/`;
  slot(card, "when", model.when);
  slot(card, "text", model.text);
  slot(card, "detail", model.detail);
  const bar = slot(card, "progress", model.progress);
  if (bar) Object.assign(bar, { value: model.progress ?? 0, ariaLabel: model.facts.filter(Boolean).join(", ") });
  bar?.toggleAttribute("data-reached", model.progress === 100);
  const who = slot(card, "who", model.person?.initials);
  if (who && model.person) Object.assign(who, { title: model.person.name, ariaLabel: model.person.name });
  const due = slot(card, "due", model.due);
  if (due) due.className = model.late ? "due" : "by";
  for (const fact of model.facts.filter(Boolean)) {
    const span = Object.assign(document.createElement("span"), { className: "fact-word", textContent: fact });
    card.querySelector(".meta").insertBefore(span, due?.isConnected || card.contains(due) ? due : card.querySelector('[data-slot="goal"], [data-slot="key"]'));
  }
  const goal = slot(card, "goal", model.goal && `${fill("of_goal")} ${model.goal}`);
  if (goal) goal.title = model.goal;
  const key = slot(card, "key", model.key && model.keyWords);
  if (key) key.value = `${model.key}/${model.id}`;
  card.querySelector(".more")?.setAttribute("aria-label", `${fill("more")} ${model.text}`);
  return card;
};
