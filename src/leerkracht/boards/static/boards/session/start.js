// [data-start]: a tap on a name or on "Wissel" asks the server for the roles again and puts its form in place.
import { fetchDocument } from "../fetched.js";

let asked = 0;

const refresh = async (form, submitter) => {
  const mine = ++asked;
  const query = new URLSearchParams(new FormData(form));
  query.delete("csrfmiddlewaretoken");
  if (submitter) query.set(submitter.name, submitter.value);
  const key = submitter?.value ?? document.activeElement?.value;
  query.set("part", "form");
  const answer = await fetchDocument(`${form.action}?${query}`);
  const fresh = answer.page?.querySelector("[data-start]");
  if (!answer.ok || !fresh || mine !== asked) return;
  form.replaceWith(document.adoptNode(fresh));
  document.querySelector(`[data-start] [value="${key}"]:is([data-swap], [data-ask])`)?.focus({ preventScroll: true });
};

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-start] [data-ask]")) refresh(event.target.form);
});
document.addEventListener("submit", (event) => {
  if (!event.submitter?.matches("[data-swap]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  refresh(event.target, event.submitter);
}, true);
