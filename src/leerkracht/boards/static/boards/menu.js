// One menu for all cards: it opens at the card's three dots and shows what that card can do.
import { newId } from "./ids.js";
import { kindOf, cardElement, rowsIn } from "./cards.js";
import { openCard, openFor, openNew } from "./dialogs.js";
import { settled } from "./follow.js";
import { fill } from "./words.js";

const menu = () => document.getElementById("card-menu");
let current = null;

const names = (board, id) => {
  const kind = kindOf(board, id);
  const row = board.state[kind][id];
  const place = kind === "note" ? board.state.section[row.section].kind.toLowerCase() : kind;
  return new Set([`${kind}.${row.state}`, `${place}.${row.state}`, kind, "any"]);
};

const show = (board, key) => {
  const card = key.closest(".card");
  current = card.id.slice(5);
  const on = names(board, current);
  for (const item of menu().querySelectorAll("[data-on]")) item.hidden = !item.dataset.on.split(" ").some((name) => on.has(name));
  menu().showPopover();
  const box = key.getBoundingClientRect();
  const own = menu().getBoundingClientRect();
  const left = Math.max(8, Math.min(box.right - own.width, innerWidth - own.width - 8));
  const below = box.bottom + 4 + own.height < innerHeight;
  menu().style.left = `${left}px`;
  menu().style.top = `${below ? box.bottom + 4 : Math.max(8, box.top - own.height - 4)}px`;
  key.setAttribute("aria-expanded", "true");
  menu().querySelector("[role=menuitem]:not([hidden])")?.focus({ preventScroll: true });
};

const extras = {
  "action.celebrate": () => ({ success: newId() }),
  "action.carry": (board, item) => ({ due_date: item.dataset.day }),
  "note.offer": (board) => ({ person: board.me.person }),
};

export const tap = (board, kind, id, item) => board.send(kind, { id, ...(extras[kind]?.(board, item) ?? {}) });

const sectionOf = (board, id) => {
  const kind = kindOf(board, id);
  const wanted = { goal: "GOALS", action: "ACTIONS" }[kind];
  return Object.values(board.state.section).find((s) => (wanted ? s.kind === wanted : s.id === board.state.note[id].section));
};

export const say = (board, id) => {
  const section = sectionOf(board, id);
  const rows = rowsIn(board, section);
  const values = { text: board.state[kindOf(board, id)][id].text, place: rows.findIndex((row) => row.id === id) + 1, count: rows.length };
  const title = document.querySelector(`[data-section="${section.id}"] .title`)?.textContent ?? "";
  document.getElementById("board-said").textContent = fill("moved", { ...values, section: title });
};

const shift = async (board, id, way) => {
  const rows = rowsIn(board, sectionOf(board, id)).map((row) => row.id);
  const others = rows.filter((key) => key !== id);
  const target = Math.min(Math.max(rows.indexOf(id) + (way === "up" ? -1 : 1), 0), others.length);
  await settled(board, await board.send("card.move", { id, after: others[target - 1] ?? null }));
  say(board, id);
};

const openMove = (board, id) => {
  const box = document.querySelector("[data-move-sections]");
  for (const old of box.querySelectorAll("button")) old.remove();
  const note = board.state.note[id];
  box.hidden = !note;
  for (const element of note ? document.querySelectorAll('[data-section]:has([data-add="note"])') : []) {
    if (element.dataset.section === note.section) continue;
    const key = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: element.querySelector(".title").textContent });
    key.dataset.moveTo = element.dataset.section;
    box.append(key);
  }
  document.getElementById("dialog-move").showModal();
};

const choose = (board, item) => {
  const id = current;
  menu().hidePopover();
  if (item.dataset.tap) return tap(board, item.dataset.tap, id, item);
  if (item.hasAttribute("data-edit-card")) return openCard(board, id);
  if (item.hasAttribute("data-add-under")) return openNew(board, "action", null, { goal: id });
  return item.dataset.open === "move" ? openMove(board, id) : openFor(board, item.dataset.open, id);
};

export const openMenu = (board) => {
  document.addEventListener("click", async (event) => {
    const more = event.target.closest("[data-more]");
    if (more) return show(board, more);
    const item = event.target.closest("#card-menu [role=menuitem]");
    if (item) return choose(board, item);
    const key = event.target.closest(".card .key");
    if (key) {
      event.preventDefault();
      const [kind, id] = key.value.split("/");
      return kind === "goal.measure" ? openFor(board, "measure", id) : tap(board, kind, id, key);
    }
    const way = event.target.closest("[data-move]");
    if (way) return shift(board, current, way.dataset.move);
    const to = event.target.closest("[data-move-to]");
    if (!to) return undefined;
    const rows = rowsIn(board, board.state.section[to.dataset.moveTo]);
    document.getElementById("dialog-move").close();
    await settled(board, await board.send("card.move", { id: current, section: to.dataset.moveTo, after: rows.at(-1)?.id ?? null }));
    return say(board, current);
  });
  menu().addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    const key = cardElement(current)?.querySelector(".more");
    key?.removeAttribute("aria-expanded");
    if (document.activeElement === document.body) key?.focus();
  });
  menu().addEventListener("keydown", (event) => {
    const items = [...menu().querySelectorAll("[role=menuitem]:not([hidden])")];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step && event.key !== "Home" && event.key !== "End") return;
    event.preventDefault();
    const next = step ? items.indexOf(document.activeElement) + step : event.key === "Home" ? 0 : -1;
    items.at(next % items.length)?.focus();
  });
};
