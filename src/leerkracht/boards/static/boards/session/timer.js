// [data-timer]: counts on from the moments that the page brought, by the server's clock. The step that is now fills;
// nothing blinks. Words come from the page.
let offset = 0;
let seen;

const fill = (words, ...values) => values.reduce((text, value) => text.replace("%s", value), words);

// Half minutes are told while a step is that short, whole ones after: the same as the server says.
const minutes = (seconds) => {
  const whole = Math.floor(Math.max(0, seconds) / 60);
  if (whole === 0) return seconds > 0 ? "½" : "0";
  return String(whole + (seconds % 60 >= 30 ? 1 : 0));
};

const put = (element, text) => {
  if (element && element.textContent !== text) element.textContent = text;
};

const two = (number) => String(number).padStart(2, "0");

const stepWords = (data, spent, planned) => {
  if (spent <= planned) return fill(data.left, minutes(planned - spent), minutes(planned));
  const over = Math.floor((spent - planned) / 60);
  return fill(data.over, over || "½");
};

const draw = () => {
  const timer = document.querySelector("[data-timer]");
  if (!timer) return;
  const data = timer.dataset;
  if (seen !== data.now) {
    seen = data.now;
    offset = Number(data.now) - Date.now();
  }
  const running = Math.max(0, (Date.now() + offset - Number(data.stepStarted)) / 1000);
  const spent = Math.floor(Number(data.stepBefore) + running);
  const planned = Number(data.stepPlanned);
  const left = Number(data.planned) - Math.floor(Number(data.before) + running);
  const now = document.querySelector(".step[data-state='now'], .dots [data-state='now']");
  now?.style.setProperty("--filled", planned ? Math.min(1, spent / planned).toFixed(3) : 1);
  put(now?.querySelector("[data-step-detail]") ?? document.querySelector(".clock-line [data-step-detail]"), stepWords(data, spent, planned));
  const whole = Math.abs(left);
  put(document.querySelector(".clock [data-clock-value]"), `${left < 0 ? "+" : ""}${two(Math.floor(whole / 60))}:${two(whole % 60)}`);
  put(document.querySelector(".clock small"), left < 0 ? data.late : data.rest);
};

if (document.querySelector("[data-timer]")) {
  draw();
  setInterval(draw, 1000);
  document.addEventListener("stage:drawn", draw);
}
