// form[data-op]: the same form that works by itself, sent to the hot path instead. Field names are those of the payload;
// a key may name the kind (name="kind") and its fields (data-fields). [data-new] is an id that is made at sending.
const NUMBERS = new Set(["person", "owner", "leader", "timekeeper", "notetaker", "value"]);
const TEXTS = new Set(["text", "detail", "top", "tip", "remark", "kept", "reason", "time"]);
const OUTSIDE = new Set(["csrfmiddlewaretoken", "kind", "op", "on", "next"]);
let last = null;

const valueOf = (field, newId) => {
  if (field.dataset?.new !== undefined) return newId();
  if (field.value === "") return TEXTS.has(field.name) ? "" : field.dataset?.none !== undefined ? null : undefined;
  if (field.name === "is_present") return field.value === "true";
  return NUMBERS.has(field.name) ? Number(field.value) : field.value;
};

const fieldsOf = (form, submitter) => {
  const chosen = [...form.elements].filter((field) => field.name && !OUTSIDE.has(field.name) && field.type !== "submit" && (field.type !== "radio" || field.checked));
  if (submitter?.name && submitter.name !== "kind") chosen.push(submitter);
  const wanted = submitter?.dataset.fields?.split(" ");
  return wanted ? chosen.filter((field) => wanted.includes(field.name)) : chosen;
};

const payloadOf = (form, submitter, newId) => {
  const payload = {};
  for (const field of fieldsOf(form, submitter)) {
    const value = valueOf(field, newId);
    if (value !== undefined) payload[field.name] = value;
  }
  return payload;
};

const say = (words, kind) => {
  const template = document.getElementById("say-words");
  const toast = template?.content.cloneNode(true);
  if (!toast) return;
  toast.querySelector(".toast").dataset.kind = kind;
  toast.querySelector("p").textContent = words;
  document.getElementById("news").replaceChildren(toast);
};

const offerUndo = (kind, operation, words) => {
  const line = document.querySelector("[data-undo]");
  if (!line || kind.startsWith("session.")) return;
  last = operation;
  line.querySelector("[data-undo-words]").textContent = words;
  line.hidden = false;
  clearTimeout(line.timer);
  line.timer = setTimeout(() => { line.hidden = true; }, 12_000);
};

const ask = (make, done) => document.dispatchEvent(new CustomEvent("board:ask", { detail: { make, done } }));

// Before the page's own guard against a second press, which is for forms that leave the page.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-op]");
  if (!form || !document.getElementById("board-page")) return;
  event.preventDefault();
  if (form.dataset.asking !== undefined) return;
  form.dataset.asking = "";
  const key = event.submitter;
  const kind = key?.name === "kind" ? key.value : form.querySelector("[name='kind']").value;
  const words = [...(key?.childNodes ?? [])].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join(" ").trim();
  ask((newId) => [[kind, payloadOf(form, key, newId)]], ([result]) => {
    delete form.dataset.asking;
    if (result.status === "REFUSED") return;
    if (form.dataset.reset !== undefined) reset(form);
    offerUndo(kind, result.id, words);
  });
}, true);

const reset = (form) => {
  for (const field of form.querySelectorAll("input[type='text'], input[type='number'], input[type='time']")) field.value = "";
  form.querySelector("input[type='text'], input[type='number']")?.focus({ preventScroll: true });
};

// Top and tip are seen on the wall as soon as they are written, before the session is rounded off.
document.addEventListener("change", (event) => {
  const { told, session } = event.target.dataset;
  if (told) ask(() => [["session.round_off", { id: session, [told]: event.target.value }]]);
});

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-undo-key]") || !last) return;
  const operation = last;
  last = null;
  document.querySelector("[data-undo]").hidden = true;
  ask(() => [["undo", { operation }]]);
});

document.addEventListener("stage:moved", () => {
  const line = document.querySelector("[data-undo]");
  if (line) line.hidden = true;
});

document.addEventListener("board:refused", ({ detail }) => detail.reason && say(detail.reason, "error"));
document.addEventListener("board:caution", ({ detail }) => say(detail.text, "warning"));
