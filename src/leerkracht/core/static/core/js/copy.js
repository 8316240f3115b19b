// [data-copy="text"] or [data-copy-from="id"]: puts it on the clipboard and says so in the key's own words.
const put = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = Object.assign(document.createElement("textarea"), { value: text, readOnly: true });
  document.body.append(field);
  field.select();
  document.execCommand("copy"); // a school network without TLS has no clipboard API
  field.remove();
};

document.addEventListener("click", async (event) => {
  const key = event.target.closest("[data-copy], [data-copy-from]");
  if (!key) return;
  await put(key.dataset.copy ?? document.getElementById(key.dataset.copyFrom)?.textContent.trim() ?? "");
  const word = key.querySelector("[data-copy-word]");
  if (!word || word.dataset.before) return;
  word.dataset.before = word.textContent;
  word.textContent = word.dataset.copyWord;
  setTimeout(() => {
    word.textContent = word.dataset.before;
    delete word.dataset.before;
  }, 2500);
});
