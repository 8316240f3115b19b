// The board in a browser: its state, what may be sent, and what happened. The page carries the state it was drawn from;
// the live stream brings every later line of the log, in order, also this device's own.

import { newId } from "./ids.js";

const ENTITIES = ["section", "goal", "measurement", "action", "note", "session", "attendance"];
const RETRY_MS = [300, 1000, 2500, 5000];

export class Board extends EventTarget {
  static #page;

  // One board a page: every module asks for it and gets the same one.
  static fromPage() {
    const element = document.getElementById("board-page");
    Board.#page ??= element && new Board(JSON.parse(element.textContent));
    return Board.#page;
  }

  constructor(page) {
    super();
    this.clockOffset = Date.parse(page.now) - Date.now();
    this.#take(page);
    this.own = new Map();
    this.queue = Promise.resolve();
    this.#listen();
  }

  get canEdit() { return this.page.can_edit; }
  get me() { return this.page.me; }
  get people() { return this.page.people; }
  get today() { return this.page.today; }
  now() { return Date.now() + this.clockOffset; }
  session() { return Object.values(this.state.session).find((s) => s.state === "RUNNING" || s.state === "BETWEEN"); }
  here(entity) { return Object.values(this.state[entity]).filter((row) => row.on_board !== false); }

  send(kind, payload) { return this.sendAll([[kind, payload]]).then((results) => results[0]); }
  undo(operation) { return this.send("undo", { operation }); }

  // Sent one after another, so that a card is there before what hangs under it. The id is made once and kept over
  // retries: the log applies it once however often it arrives.
  sendAll(asked) {
    const operations = asked.map(([kind, payload]) => ({ id: newId(), kind, payload }));
    this.queue = this.queue.then(() => this.#post(operations));
    return this.queue;
  }

  async checkIn(mood) {
    const response = await this.#fetch(this.page.api.check_in, { mood });
    const answer = await response.json();
    if (response.ok) this.#tell("check-in", answer);
    else this.#tell("refused", answer);
    return answer;
  }

  async #post(operations) {
    for (const operation of operations) this.own.set(operation.id, operation.kind);
    this.#tell("link", "saving");
    for (let attempt = 0; ; attempt++) {
      try {
        const response = await this.#fetch(this.page.api.operations, { operations });
        if (response.status < 500) return this.#answered(operations, response, await response.json());
      } catch { /* no network: the same operations go again, with the same ids */ }
      this.#tell("link", "away");
      await new Promise((wake) => setTimeout(wake, RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)]));
    }
  }

  #answered(operations, response, answer) {
    this.#tell("link", "saved");
    const refusal = { status: "REFUSED", code: answer.code, reason: answer.reason, cautions: [] };
    const results = response.ok ? answer.results : operations.map((operation) => ({ ...refusal, id: operation.id }));
    for (const result of results) {
      if (result.status === "REFUSED") this.#tell("refused", result);
      for (const caution of result.cautions) this.#tell("caution", caution);
    }
    return results;
  }

  #fetch(url, content) {
    const headers = { "Content-Type": "application/json", "X-Leerkracht-As": this.me.kind.toLowerCase() };
    return fetch(url, { method: "POST", headers, body: JSON.stringify(content), credentials: "same-origin" });
  }

  #listen() {
    const source = new EventSource(`${this.page.api.live}?after=${this.seq}&as=${this.me.kind.toLowerCase()}`);
    source.onopen = () => this.#tell("link", "live");
    source.onerror = () => {
      this.#tell("link", "away");
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.#again(), RETRY_MS.at(-1));
    };
    source.addEventListener("operation", (message) => this.#fold(JSON.parse(message.data)));
    source.addEventListener("check-in", (message) => this.#tell("check-in", JSON.parse(message.data)));
    for (const end of ["reload", "closed"]) source.addEventListener(end, () => { source.close(); this.#again(); });
  }

  // The stream ended for good (signed out, removed from the team, session over): ask once whether we may still look.
  async #again() {
    const response = await fetch(this.#stateUrl(), { credentials: "same-origin" }).catch(() => null);
    if (!response || response.status >= 500) setTimeout(() => this.#again(), RETRY_MS.at(-1));
    else if (!response.ok) this.#tell("closed", {});
    else this.#resume(await response.json());
  }

  #resume(page) {
    this.#take(page);
    this.#tell("change", { event: null, changes: [], own: false });
    this.#listen();
  }

  #stateUrl() { return `${this.page.api.state}?as=${this.me.kind.toLowerCase()}`; }

  #take(page) {
    this.page = page;
    this.state = Object.fromEntries(ENTITIES.map((name) => [name, { ...page.state[name] }]));
    this.seq = page.seq;
  }

  #fold(event) {
    if (event.seq <= this.seq) return;
    this.seq = event.seq;
    for (const { entity, id, set, was } of event.changes) {
      const known = this.state[entity][id] ?? { id, ...was };
      this.state[entity][id] = { ...known, ...set };
    }
    const own = this.own.delete(event.id);
    this.#tell("change", { event, changes: event.changes, own });
  }

  #tell(name, detail) { this.dispatchEvent(new CustomEvent(name, { detail })); }
}
