// form[data-draft="key"]: long texts being typed survive a reload, a lost connection or a sign-out, until the form is
// saved. [data-draft-kept] inside the form is shown when something came back.
const storageKey = (form) => `draft:${form.dataset.draft}`;
const texts = (form) => form.querySelectorAll("textarea, input[type=text]");

const read = (form) => {
  try {
    return JSON.parse(sessionStorage.getItem(storageKey(form))) ?? {};
  } catch {
    return {};
  }
};

const keep = (form) => {
  const typed = {};
  for (const field of texts(form)) if (field.name && field.value !== field.defaultValue) typed[field.name] = field.value;
  try {
    if (Object.keys(typed).length) sessionStorage.setItem(storageKey(form), JSON.stringify(typed));
    else sessionStorage.removeItem(storageKey(form));
  } catch { /* full or closed: typing goes on, nothing is promised */ }
};

const giveBack = (form) => {
  if (form.dataset.draftRead !== undefined) return;
  form.dataset.draftRead = "";
  const typed = read(form);
  let came = false;
  for (const field of texts(form)) {
    if (!(field.name in typed) || field.value !== field.defaultValue || field.value === typed[field.name]) continue;
    field.value = typed[field.name];
    came = true;
  }
  for (const line of form.querySelectorAll("[data-draft-kept]")) line.hidden = !came;
};

const forget = (form) => {
  try {
    sessionStorage.removeItem(storageKey(form));
  } catch { /* nothing was kept */ }
};

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.dataset.draft) keep(form);
});
document.addEventListener("reset", (event) => {
  if (event.target.dataset.draft) forget(event.target);
});

// A plain post leaves the page. The next page of ours shows how it went: a refused form or an error page
// (html[data-not-saved]) keeps the draft, and so does walking back; any other page means that it was saved.
const sentKey = "draft-sent";
document.addEventListener("submit", (event) => {
  const draft = event.target.dataset.draft;
  if (!draft || event.defaultPrevented) return;
  try {
    sessionStorage.setItem(sentKey, draft);
  } catch { /* nothing was kept */ }
});

const settle = () => {
  try {
    const draft = sessionStorage.getItem(sentKey);
    if (!draft) return;
    sessionStorage.removeItem(sentKey);
    const refused = document.querySelector("html[data-not-saved], form[data-draft] [aria-invalid=true], .error-summary");
    const walkedBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
    if (!refused && !walkedBack) forget({ dataset: { draft } });
  } catch { /* nothing was kept */ }
};
const sweep = () => document.querySelectorAll("form[data-draft]").forEach(giveBack);
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt?.closest?.("form[data-draft]");
  if (form && event.detail.successful) forget(form);
});
document.addEventListener("htmx:afterSettle", sweep);
settle();
sweep();
