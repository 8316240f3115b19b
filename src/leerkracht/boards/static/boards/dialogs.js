// One dialog a kind for all cards: filled in when it opens, sent as an operation when it closes.
import { newId } from "./ids.js";
import { kindOf } from "./cards.js";
import { settled } from "./follow.js";
import { asked, set } from "./fields.js";

const dialog = (kind) => document.getElementById(`dialog-${kind}`);
const formOf = (kind) => dialog(kind).querySelector("form");

const titleOf = (section) => document.querySelector(`[data-section="${section}"] .title`)?.textContent ?? "";
const open = (kind, mode, title) => {
  const form = formOf(kind);
  form.dataset.mode = mode;
  form.querySelector("[data-refused]").hidden = true;
  title ||= mode === "new" ? form.dataset.titleNew : form.dataset.titleEdit;
  if (title) document.getElementById(`dialog-${kind}-title`).textContent = title;
  dialog(kind).showModal();
  (form.querySelector("[autofocus]") ?? form.elements[0])?.focus();
};

const goals = (board, form) => {
  const field = form.elements.goal;
  if (!field?.matches?.("select")) return;
  const rows = board.here("goal").filter((goal) => goal.state === "ACTIVE" || goal.state === "DRAFT");
  field.replaceChildren(field.options[0], ...rows.map((goal) => new Option(goal.text, goal.id)));
};

const fillIn = (board, kind, id) => {
  const row = board.state[kind][id];
  const form = formOf(kind);
  form.reset();
  goals(board, form);
  form.dataset.id = id;
  for (const [name, value] of Object.entries(row)) if (name !== "id") set(form, name, value);
  if (kind === "action") {
    const chip = form.querySelector(`[name="due"][value="${row.due_date}"]`);
    set(form, "due", chip ? row.due_date : "other");
  }
  if (kind === "note") form.dataset.sectionKind = board.state.section[row.section].kind;
};

export const openCard = (board, id) => {
  const kind = kindOf(board, id);
  if (!kind) return false;
  fillIn(board, kind, id);
  open(kind, kind === "goal" && board.state.goal[id].state === "DRAFT" ? "draft" : "edit", kind === "note" ? titleOf(board.state.note[id].section) : "");
  return true;
};

// Most people write down what they do themselves: the own name is chosen and stands in front.
const offerMe = (board, form) => {
  const mine = form.querySelector(`[name="owner"][value="${board.me.person}"]`);
  if (!mine) return;
  mine.checked = true;
  mine.closest(".choices").prepend(mine.closest(".choice"));
};

export const openNew = (board, kind, section, values = {}) => {
  const form = formOf(kind);
  form.reset();
  goals(board, form);
  delete form.dataset.id;
  form.dataset.newId = newId();
  if (section) {
    set(form, "section", section.id);
    form.dataset.sectionKind = section.kind;
    if (section.kind === "HELP" && board.me.person) values.person ??= board.me.person;
  }
  if (kind === "action") offerMe(board, form);
  for (const [name, value] of Object.entries(values)) set(form, name, value);
  open(kind, "new", kind === "note" ? titleOf(section.id) : "");
};

export const openFor = (board, kind, goal) => {
  const form = formOf(kind);
  form.reset();
  form.dataset.id = goal;
  set(form, "goal", goal);
  const said = form.querySelector("[data-measured-by]");
  if (said) said.textContent = board.state.goal[goal].measure;
  open(kind, "new", "");
};

export const openDialogs = (board) => {
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest("dialog form[data-card-form]");
    if (!form) return;
    event.preventDefault();
    if (!form.reportValidity() || form.dataset.busy) return;
    form.dataset.busy = "1";
    const results = await board.sendAll(asked(board, form, event.submitter?.name === "place"));
    delete form.dataset.busy;
    const refused = results.find((result) => result.status === "REFUSED");
    if (!refused) return form.closest("dialog").close();
    // The card itself was kept (a goal as a draft): going on with it changes it, and makes no second one.
    if (results[0].status === "APPLIED") {
      await settled(board, results[0]);
      Object.assign(form.dataset, { id: form.dataset.id ?? form.dataset.newId, mode: "draft" });
    }
    const place = form.querySelector("[data-refused]");
    Object.assign(place, { textContent: refused.reason, hidden: false });
    place.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("click", (event) => {
    const weeks = event.target.closest("[data-weeks]");
    if (weeks) {
      const form = weeks.closest("form");
      const start = form.elements.start_date.value || board.today;
      const end = new Date(`${start}T12:00:00`);
      end.setDate(end.getDate() + 7 * Number(weeks.dataset.weeks));
      form.elements.end_date.value = `${end.getFullYear()}-${String(end.getMonth() + 1).padStart(2, "0")}-${String(end.getDate()).padStart(2, "0")}`;
    }
    if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
    const add = event.target.closest("[data-add]");
    if (add) {
      event.preventDefault();
      return openNew(board, add.dataset.add, board.state.section[add.closest("[data-section]")?.dataset.section]);
    }
    const example = event.target.closest("[data-example]");
    if (example) {
      event.preventDefault();
      const { text: words, measure, unit, baseline, target } = JSON.parse(document.getElementById("board-examples").textContent)[Number(example.dataset.example)];
      return openNew(board, "goal", null, { text: words, measure, unit, baseline, target });
    }
    const link = event.target.closest(".card .title a");
    if (link && openCard(board, link.closest(".card").id.slice(5))) event.preventDefault();
  });
};
