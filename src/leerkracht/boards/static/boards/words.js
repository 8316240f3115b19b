// What a card says, from the sentences that the page brings along; the same rules as boards/queries/cards.py.
const words = JSON.parse(document.getElementById("board-words")?.textContent ?? "{}");
const language = document.documentElement.lang || "nl";
const dayMs = 86_400_000;

export const fill = (word, values = {}) => (words[word] ?? word).replace(/%\((\w+)\)s/g, (_, name) => values[name] ?? "");
export const asDate = (iso) => new Date(`${iso}T12:00:00`);
export const daysBetween = (from, to) => Math.round((asDate(to) - asDate(from)) / dayMs);

const parts = (date, options) =>
  Object.fromEntries(new Intl.DateTimeFormat(language, options).formatToParts(date).map((part) => [part.type, part.value]));

export const nearDay = (iso, today) => {
  const away = daysBetween(today, iso);
  if (away === 0) return fill("today");
  if (away === 1) return fill("tomorrow");
  if (away === -1) return fill("yesterday");
  const date = asDate(iso);
  if (Math.abs(away) < 7) return parts(date, { weekday: "long" }).weekday;
  const { day, month } = parts(date, { day: "numeric", month: "long" });
  return `${day} ${month}`;
};

const shortDay = (iso) => parts(asDate(iso), { weekday: "short" }).weekday.replace(".", "");
const figure = (value, unit) => `${new Intl.NumberFormat(language, { maximumFractionDigits: 2, useGrouping: false }).format(value)}${unit ? ` ${unit}` : ""}`;

export const latest = (board, goal) =>
  board.here("measurement").filter((m) => m.goal === goal.id)
    .sort((a, b) => a.date.localeCompare(b.date) || a.id.localeCompare(b.id)).at(-1);

const timeLeft = (goal, today) => {
  const days = daysBetween(today, goal.end_date);
  if (days < 0) return { due: fill("look_overdue", { day: nearDay(goal.end_date, today) }), late: true };
  const weeks = Math.ceil(days / 7);
  if (weeks > 1) return { due: fill("weeks_left", { count: weeks }), late: false };
  return { due: fill(days === 7 ? "week_left" : "last_week"), late: false };
};

const goalCard = (goal, board) => {
  if (goal.state === "DRAFT") {
    const ready = goal.measure && [goal.baseline, goal.target, goal.start_date, goal.end_date].every((v) => v !== null && v !== undefined);
    return { look: "draft", due: fill(ready ? "draft" : "draft_vague"), key: ready ? "goal.place" : "", keyWords: fill("key_place") };
  }
  const newest = latest(board, goal)?.value ?? null;
  const facts = [newest !== null ? fill("now", { value: figure(newest, goal.unit) }) : goal.baseline !== null && fill("start", { value: figure(goal.baseline, goal.unit) })];
  if (goal.target !== null) facts.push(fill("target", { value: figure(goal.target, goal.unit) }));
  const way = newest === null ? 0 : (newest - goal.baseline) / (goal.target - goal.baseline);
  const measurable = goal.baseline !== null && goal.target !== null && goal.baseline !== goal.target;
  const progress = measurable ? Math.round(100 * Math.min(1, Math.max(0, way))) : null;
  if (goal.state !== "ACTIVE") {
    return { look: goal.state === "ACHIEVED" ? "sun" : "done", due: fill(goal.state.toLowerCase()), facts, progress, detail: goal.kept };
  }
  const { due, late } = timeLeft(goal, board.today);
  return { look: late ? "late" : "", due, late, facts, progress, key: "goal.measure", keyWords: fill("key_measure") };
};

const actionCard = (action, board) => {
  const rest = { person: action.owner, goal: action.goal };
  if (action.state === "OPEN") {
    const late = action.due_date < board.today;
    const day = nearDay(action.due_date, board.today);
    const facts = action.carried ? [fill("carried", { count: action.carried })] : [];
    return { ...rest, facts, look: late ? "late" : "", due: late ? fill("overdue", { day }) : day, late, key: "action.done", keyWords: fill("key_done") };
  }
  if (action.state === "DROPPED") return { ...rest, look: "done", due: fill("dropped") };
  const celebrated = board.here("note").some((note) => note.action === action.id);
  return { ...rest, look: "done", due: fill("done"), key: celebrated ? "" : "action.celebrate", keyWords: fill("key_celebrate") };
};

const noteCard = (note, board) => {
  const kind = board.state.section[note.section]?.kind;
  const when = [note.day ? shortDay(note.day) : "", (note.time ?? "").replace(":", ".")].filter(Boolean).join(" ");
  const rest = { person: note.person, goal: note.goal, detail: note.detail, when };
  if (note.state === "CLOSED") return { ...rest, look: "done", due: fill("solved") };
  if (kind === "SUCCESSES") return { ...rest, look: "sun" };
  if (kind === "HELP" && note.state === "OFFERED") return { ...rest, due: fill("helps"), key: "note.close", keyWords: fill("key_close") };
  if (kind === "HELP") return { ...rest, due: note.person ? fill("asks") : "", key: "note.offer", keyWords: fill("key_offer") };
  const away = kind === "PLANNING" && note.day ? daysBetween(board.today, note.day) : null;
  const says = away === 0 || away === 1 || away >= 7 || away <= -7;
  return { ...rest, due: away !== null && says ? nearDay(note.day, board.today) : "" };
};

export const cardOf = (kind, row, board) => {
  const made = { goal: goalCard, action: actionCard, note: noteCard }[kind](row, board);
  const person = board.people[made.person];
  const goal = made.goal ? board.state.goal[made.goal]?.text ?? "" : "";
  return { facts: [], look: "", ...made, kind, id: row.id, text: row.text, person, goal };
};
