// The PDF is being made: ask now and then while somebody looks, and stop after a minute.
const most = 30;
let asked = 0;

const done = (response) => response.status === 200 && location.reload();

const look = async () => {
  if (asked >= most) {
    document.querySelector("[data-wait]").hidden = true;
    document.querySelector("[data-wait-long]").hidden = false;
    return;
  }
  if (!document.hidden) {
    asked += 1;
    const response = await fetch(location.href, { method: "HEAD", credentials: "same-origin" }).catch(() => null);
    if (response && done(response)) return;
  }
  setTimeout(look, 2_000);
};

if (document.querySelector("[data-wait]")) setTimeout(look, 1_000);
