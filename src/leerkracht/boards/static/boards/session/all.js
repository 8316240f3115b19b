// The session's screens in one request: the storage folds the modules into this one. They talk by events on document:
// the board tells "board:change", "board:check-in" and so on; a screen asks "board:ask" and "board:tap".
import { newId } from "../ids.js";
import { Board } from "../log.js";
import "./timer.js";
import "./checkin.js";
import "./conductor.js";
import "./asking.js";
import "./follow.js";
import "./wall.js";
import "./phone.js";

const board = Board.fromPage();
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`board:${name}`, { detail }));

if (board) {
  for (const name of ["change", "refused", "caution", "link", "check-in", "closed"])
    board.addEventListener(name, (event) => tell(name, event.detail));
  document.addEventListener("board:ask", async ({ detail }) => detail.done?.(await board.sendAll(detail.make(newId))));
  document.addEventListener("board:tap", async ({ detail }) => detail.done?.(await board.checkIn(detail.mood)));
  tell("ready", { board });
}
