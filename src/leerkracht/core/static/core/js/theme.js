// [data-theme-choice="light|dark|"]: how the page looks on this device; empty follows the device.
const show = (choice) => {
  for (const key of document.querySelectorAll("[data-theme-choice]"))
    key.setAttribute("aria-pressed", String(key.dataset.themeChoice === choice));
};

const choose = (choice) => {
  if (choice) document.documentElement.dataset.theme = choice;
  else delete document.documentElement.dataset.theme;
  try {
    if (choice) localStorage.setItem("theme", choice);
    else localStorage.removeItem("theme");
  } catch { /* not kept: the choice holds for this page only */ }
  show(choice);
};

document.addEventListener("click", (event) => {
  const key = event.target.closest("[data-theme-choice]");
  if (key) choose(key.dataset.themeChoice);
});
show(document.documentElement.dataset.theme ?? "");
