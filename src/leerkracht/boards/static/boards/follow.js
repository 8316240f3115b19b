// A change on the board touches exactly the cards it names: they are drawn again in place, in order, with focus kept.
import { cardElement, draw, isOver, rowsIn } from "./cards.js";
import { fetchDocument } from "./fetched.js";
import { fill } from "./words.js";

const calm = matchMedia("(prefers-reduced-motion: reduce)");

// Resolves when the line that answered `result` has reached this screen.
export const settled = (board, result) =>
  new Promise((done) => {
    const look = () => {
      if (board.seq < (result.seq ?? 0)) return;
      board.removeEventListener("change", look);
      done();
    };
    board.addEventListener("change", look);
    look();
  });

const focusIn = (card) => {
  const active = document.activeElement;
  if (!card?.contains(active)) return null;
  return active.matches(".more") ? ".more" : active.matches(".key") ? ".key" : ".title a";
};

const count = (board, section) => {
  const rows = rowsIn(board, section);
  if (section.kind === "GOALS") return fill("goals", { count: rows.filter((g) => g.state === "ACTIVE").length, most: fill("most") });
  const standing = rows.filter((row) => !isOver(row)).length;
  if (section.kind === "ACTIONS") return standing ? fill("actions", { count: standing }) : "";
  return standing ? String(standing) : "";
};

// Put the cards of one section right: what changed is drawn anew, the rest only stands in its place.
const arrange = (board, element, changed) => {
  const section = board.state.section[element.dataset.section];
  const list = element.querySelector("[data-cards]");
  if (!list || !section) return;
  const kind = { GOALS: "goal", ACTIONS: "action" }[section.kind] ?? "note";
  const rows = rowsIn(board, section);
  const here = new Set(rows.map((row) => `card-${row.id}`));
  for (const card of [...list.children]) if (!here.has(card.id)) card.remove();
  rows.forEach((row, place) => {
    const known = cardElement(row.id);
    let card = known;
    if (!known || changed.has(row.id)) {
      const focus = focusIn(known);
      card = draw(board, kind, row);
      if (known) known.replaceWith(card);
      else card.dataset.new = "";
      if (focus) requestAnimationFrame(() => (card.querySelector(focus) ?? card.querySelector(".title a"))?.focus({ preventScroll: true }));
    }
    if (list.children[place] !== card) list.insertBefore(card, list.children[place] ?? null);
  });
  element.querySelector("[data-count]").textContent = count(board, section);
};

// A card also changes when what it names changes: a goal with its measurement, cards under a goal, a success's action.
const touched = (board, changes) => {
  const ids = new Set(changes.map((change) => change.id));
  for (const change of changes) {
    if (change.entity === "measurement") ids.add(board.state.measurement[change.id]?.goal);
    if (change.entity === "note") ids.add(board.state.note[change.id]?.action);
    if (change.entity !== "goal") continue;
    for (const row of [...board.here("action"), ...board.here("note")]) if (row.goal === change.id) ids.add(row.id);
  }
  return ids;
};

// An action that became a success glides from its place to the new card.
const glide = (board, detail) => {
  if (!detail.own || detail.event?.kind !== "action.celebrate" || calm.matches) return null;
  const success = detail.changes.find((change) => change.entity === "note" && !change.was);
  const from = success && cardElement(success.set.action)?.getBoundingClientRect();
  return from && { id: success.id, from };
};

const move = ({ id, from }) => {
  const card = cardElement(id);
  if (!card) return;
  const to = card.getBoundingClientRect();
  delete card.dataset.new;
  card.animate([{ translate: `${from.x - to.x}px ${from.y - to.y}px`, inlineSize: `${from.width}px` }, { translate: "0 0" }], { duration: 150, easing: "cubic-bezier(.2,.7,.3,1)" });
};

export const redraw = (board, ids) => {
  for (const element of document.querySelectorAll("#board [data-section]")) arrange(board, element, ids);
};

// Sections, and whether a session runs or is planned, are drawn by the page itself.
const SESSION = new Set(["session.start", "session.close", "session.plan", "session.skip", "session.pause", "session.resume"]);
const renews = ({ event, changes }) =>
  SESSION.has(event.kind) || event.kind === "board.new_year" || changes.some((change) => change.entity === "section");

export const followChanges = (board) => {
  board.addEventListener("change", ({ detail }) => {
    if (!detail.event || renews(detail)) return renew(board, detail);
    const flight = glide(board, detail);
    redraw(board, touched(board, detail.changes));
    if (flight) move(flight);
  });
  board.addEventListener("check-in", ({ detail }) => {
    const cells = document.querySelectorAll("[data-check-in] .faces b");
    cells.forEach((cell, place) => { cell.textContent = detail.totals ? detail.totals[place] : "–"; });
  });
};

// The page's own columns are asked for once, unless a form is open over them.
const renew = async (board, detail) => {
  if (document.querySelector("dialog[open]")) return redraw(board, new Set(detail.changes.map((change) => change.id)));
  const answer = await fetchDocument(location.pathname).catch(() => null);
  if (!answer?.ok || !answer.page) return;
  const fresh = answer.page;
  for (const place of ["#board", ".switcher", ".board-head"]) {
    const [old, next] = [document.querySelector(place), fresh.querySelector(place)];
    if (old && next) old.replaceChildren(...next.childNodes);
  }
  document.dispatchEvent(new CustomEvent("board:renewed"));
};
