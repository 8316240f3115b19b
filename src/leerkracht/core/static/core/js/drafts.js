// form[data-draft="key"]: long texts being typed survive a closed tab or a lost connection, until the form is saved.
// [data-draft-kept] inside the form is shown when something came back.
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
// A plain post leaves the page: the answer says whether it was saved by naming the draft in [data-draft-saved].
const sweep = () => {
  for (const mark of document.querySelectorAll("[data-draft-saved]")) forget({ dataset: { draft: mark.dataset.draftSaved } });
  document.querySelectorAll("form[data-draft]").forEach(giveBack);
};
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt?.closest?.("form[data-draft]");
  if (form && event.detail.successful) forget(form);
});
document.addEventListener("htmx:afterSettle", sweep);
sweep();
