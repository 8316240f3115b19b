// The board's page: every module listens to the one Board that the page carries.
import { Board } from "./log.js";
import { followChanges } from "./follow.js";
import { openDialogs } from "./dialogs.js";
import { openMenu } from "./menu.js";
import { dragCards } from "./drag.js";
import { sayChanges } from "./said.js";
import { followSections } from "./switcher.js";

const board = Board.fromPage();
if (board) {
  followChanges(board);
  sayChanges(board);
  followSections();
  if (board.canEdit) {
    openDialogs(board);
    openMenu(board);
    dragCards(board);
  }
}
