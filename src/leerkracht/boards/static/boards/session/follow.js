// #stage follows the log: after a change the page's own stage is asked once (changes close together are one), and only
// the [data-live] parts whose words differ are replaced. Somebody's half-typed words are never taken away.
import { fetchDocument } from "../fetched.js";

const stage = document.getElementById("stage") ?? document.getElementById("calm");
const surface = document.querySelector("[data-surface]");
const link = document.querySelector("[data-link]");
const moved = document.querySelector("[data-moved]");
let look = location.search.replace(/^\?/, "");
let waiting = 0;
let asking = false;

// What differs on every rendering and means nothing: tokens, fresh ids, the clock's moment.
const plain = (element) => element.outerHTML
  .replace(/(csrfmiddlewaretoken" value=")[^"]*/g, "$1").replace(/value="[^"]*"( data-new)/g, "$1")
  .replace(/data-now="\d*"/g, "").replace(/ style="[^"]*"/g, "");

const drawn = new WeakMap();
const asDrawn = (element) => drawn.get(element) ?? plain(element);

const isTyping = (root) => [...root.querySelectorAll("input[type='text'], input[type='number']")].some((field) => field.value !== field.defaultValue);

const focusKey = () => document.activeElement?.dataset?.key;

const replacePart = (old, fresh) => {
  const key = old.contains(document.activeElement) ? focusKey() : null;
  old.replaceWith(fresh);
  if (key) fresh.querySelector(`[data-key="${key}"]`)?.focus({ preventScroll: true });
};

const merge = (fresh) => {
  const old = stage.firstElementChild;
  for (const part of fresh.querySelectorAll("[data-live]")) drawn.set(part, plain(part));
  if (old.dataset.shown !== fresh.dataset.shown) {
    if (isTyping(old)) return void (moved.hidden = false);
    moved.hidden = true;
    const key = focusKey();
    old.replaceWith(fresh);
    if (key) fresh.querySelector(`[data-key="${key}"]`)?.focus({ preventScroll: true });
    return;
  }
  old.dataset.step = fresh.dataset.step;
  const parts = new Map([...old.querySelectorAll("[data-live]")].map((part) => [part.dataset.live, part]));
  for (const part of fresh.querySelectorAll("[data-live]")) {
    const known = parts.get(part.dataset.live);
    if (known && asDrawn(known) !== asDrawn(part) && !isTyping(known)) replacePart(known, part);
  }
};

const refresh = async () => {
  if (asking) return schedule();
  asking = true;
  try {
    const query = new URLSearchParams(look);
    query.set("part", "stage");
    const answer = await fetchDocument(`${surface.dataset.home}?${query}`);
    const fresh = answer.page?.querySelector("[data-stage]");
    if (answer.ok && fresh && stage.querySelector("[data-stage]")) merge(document.adoptNode(fresh));
    else location.reload();
    document.dispatchEvent(new CustomEvent("stage:drawn"));
  } catch { /* the stream says when there is a connection again, and then everything is asked anew */ }
  asking = false;
};

const schedule = () => {
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 60);
};

document.addEventListener("board:change", ({ detail }) => {
  const turn = detail.changes.find((change) => change.entity === "session" && change.set.state);
  if (turn) return document.dispatchEvent(new CustomEvent("stage:turned", { detail: { over: turn.set.state === "CLOSED" } }));
  if (detail.changes.some((change) => change.entity === "session" && change.set.step)) {
    look = "";
    document.dispatchEvent(new CustomEvent("stage:moved"));
  }
  if (surface.dataset.surface === "calm") return document.dispatchEvent(new CustomEvent("stage:turned", { detail: {} }));
  schedule();
});
document.addEventListener("stage:stale", schedule);

// A step or an action that only this screen looks at.
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-move]")) {
    for (const field of stage.querySelectorAll("input")) field.value = field.defaultValue;
    return refresh();
  }
  const way = event.target.closest("#stage .step-bar a, [data-look-at]");
  if (!way || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  look = new URL(way.href).search.replace(/^\?/, "");
  if (way.matches("[data-look-at]")) look += stage.querySelector("[data-stage]").dataset.shown ? `&step=${stage.querySelector("[data-stage]").dataset.shown}` : "";
  schedule();
});

document.addEventListener("board:link", ({ detail }) => {
  if (!link) return;
  if (detail === "live" && !link.hidden && stage?.querySelector("[data-stage]")) schedule();
  link.hidden = detail !== "away";
});
