// What stands in the form of a card, as a payload; and a card's values put into it.
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

export const text = (form, name) => form.elements[name]?.value ?? "";
const value = (form, name) => text(form, name) || null;
export const number = (form, name) => (text(form, name) === "" ? null : Number(text(form, name).replace(",", ".")));
export const READ = {
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
export const changedOnly = (fields, row) =>
  Object.fromEntries(Object.entries(fields).filter(([name, now]) => (now ?? "") !== (row[name] ?? "")));
