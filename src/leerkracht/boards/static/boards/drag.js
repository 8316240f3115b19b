// Cards are dragged within their section; plain cards also between plain sections. The menu's "Verplaats" does the same.
import { redraw, settled } from "./follow.js";
import { say } from "./menu.js";

const group = (kind) => ({ GOALS: "goals", ACTIONS: "actions" })[kind] ?? "plain";

const dropped = async (board, event) => {
  const id = event.item.id.slice(5);
  const section = board.state.section[event.to.closest("[data-section]").dataset.section];
  const before = event.item.previousElementSibling?.id.slice(5) ?? null;
  const payload = { id, after: before };
  if (board.state.note[id]) payload.section = section.id;
  const result = await board.send("card.move", payload);
  if (result.status !== "REFUSED") await settled(board, result);
  redraw(board, new Set([id]));
  say(board, id);
};

const hold = (board) => {
  for (const list of document.querySelectorAll("#board [data-cards]")) {
    const kind = list.closest("[data-section]").dataset.kind;
    window.Sortable.create(list, {
      group: group(kind), animation: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 140,
      draggable: ".card", filter: ".key, .more", preventOnFilter: false, delay: 180, delayOnTouchOnly: true, touchStartThreshold: 6,
      setData: (data, card) => data.setData("text", card.querySelector(".title").textContent),
      onEnd: (event) => {
        if (event.from !== event.to || event.oldIndex !== event.newIndex) dropped(board, event);
      },
    });
  }
};

// The library comes when a hand comes near: whoever only reads never loads it.
export const dragCards = (board) => {
  const fetchLibrary = () => {
    const script = document.createElement("script");
    script.src = document.querySelector('meta[name="sortable-src"]').content;
    script.addEventListener("load", () => {
      hold(board);
      document.addEventListener("board:renewed", () => hold(board));
    });
    document.head.append(script);
  };
  const near = new AbortController();
  for (const kind of ["pointermove", "touchstart"]) {
    document.addEventListener(kind, () => { near.abort(); fetchLibrary(); }, { passive: true, signal: near.signal });
  }
};
