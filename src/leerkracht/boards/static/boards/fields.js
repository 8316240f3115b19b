// What stands in the form of a card, as operations; and a card's values put into it.
import { newId } from "./ids.js";

export const set = (form, name, value) => {
  const field = form.elements[name];
  if (!field) return;
  if (field instanceof RadioNodeList || field.type === "radio") {
    for (const radio of field.length ? field : [field]) radio.checked = radio.value === String(value ?? "");
    return;
  }
  // A goal that closed since, or a colleague who left: kept as a choice of this card.
  if (field.matches("select") && value && ![...field.options].some((option) => option.value === String(value))) {
    field.add(new Option(value, value));
  }
  field.value = value ?? "";
};

const text = (form, name) => form.elements[name]?.value ?? "";
const value = (form, name) => text(form, name) || null;
const number = (form, name) => (text(form, name) === "" ? null : Number(text(form, name).replace(",", ".")));
const READ = {
  goal: (form) => ({
    text: text(form, "text"), measure: text(form, "measure"), unit: text(form, "unit"), baseline: number(form, "baseline"), target: number(form, "target"),
    start_date: value(form, "start_date"), end_date: value(form, "end_date"), theme: number(form, "theme"),
  }),
  action: (form) => ({
    text: text(form, "text"), owner: number(form, "owner"), goal: value(form, "goal"),
    due_date: text(form, "due") && text(form, "due") !== "other" ? text(form, "due") : value(form, "due_date"),
  }),
  note: (form) => ({
    text: text(form, "text"), detail: text(form, "detail"), person: number(form, "person"), goal: value(form, "goal"),
    day: value(form, "day"), time: text(form, "time"),
  }),
};

// Only what somebody changed is sent, so that two people may work on one card.
const changedOnly = (fields, row) =>
  Object.fromEntries(Object.entries(fields).filter(([name, now]) => (now ?? "") !== (row[name] ?? "")));

// The operations that a form asks for; `place` also hangs the goal on the board.
export const asked = (board, form, place) => {
  const { cardForm: kind, id } = form.dataset;
  if (kind === "measure") return [["goal.measure", { id: newId(), goal: id, value: number(form, "value"), date: text(form, "date"), remark: text(form, "remark") }]];
  if (kind === "close") return [["goal.close", { id, outcome: text(form, "outcome"), kept: text(form, "kept") }]];
  const fields = READ[kind](form);
  const key = id ?? form.dataset.newId;
  const extra = kind === "note" && !id ? { section: text(form, "section") } : {};
  const first = id ? [`${kind}.edit`, { id, ...changedOnly(fields, board.state[kind][id]) }] : [`${kind}.add`, { id: key, ...extra, ...fields }];
  return place ? [first, ["goal.place", { id: key }]] : [first];
};
