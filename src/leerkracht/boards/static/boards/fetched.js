// A page of ours as a document to take parts from; the browser reads it itself, so no text becomes markup here.
export const fetchDocument = (address) => new Promise((resolve, reject) => {
  const request = new XMLHttpRequest();
  request.open("GET", address);
  request.responseType = "document";
  request.setRequestHeader("X-Requested-With", "fetch");
  request.addEventListener("load", () => resolve({ ok: request.status >= 200 && request.status < 300, page: request.response }));
  request.addEventListener("error", reject);
  request.send();
});
