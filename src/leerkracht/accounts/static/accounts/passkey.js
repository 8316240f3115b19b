// Passkeys: a button asks the device, fills the hidden field and posts the form. The page holds all words.
// <div data-passkey="get|create" data-passkey-options="#id or address" hidden> … <button data-passkey-start> …

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const named = (list = []) => list.map((key) => ({ ...key, id: bytes(key.id) }));

async function readOptions(where) {
  if (where.startsWith("#")) return JSON.parse(document.querySelector(where).textContent);
  const answer = await fetch(where, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`options: ${answer.status}`);
  return answer.json();
}

async function ask({ request_options: request }) {
  const options = request.publicKey;
  const key = await navigator.credentials.get({
    publicKey: { ...options, challenge: bytes(options.challenge), allowCredentials: named(options.allowCredentials) },
  });
  const { authenticatorData, clientDataJSON, signature, userHandle } = key.response;
  return written(key, {
    authenticatorData: text(authenticatorData),
    clientDataJSON: text(clientDataJSON),
    signature: text(signature),
    userHandle: userHandle ? text(userHandle) : null,
  });
}

async function make({ creation_options: creation }) {
  const options = creation.publicKey;
  const key = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: bytes(options.challenge),
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: named(options.excludeCredentials),
      // One that stays on the device and asks a finger, face or pin can sign in by itself.
      authenticatorSelection: { ...options.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" },
    },
  });
  return written(key, {
    attestationObject: text(key.response.attestationObject),
    clientDataJSON: text(key.response.clientDataJSON),
    transports: key.response.getTransports?.() ?? [],
  });
}

function written(key, response) {
  return JSON.stringify({
    id: key.id,
    rawId: text(key.rawId),
    type: key.type,
    authenticatorAttachment: key.authenticatorAttachment ?? undefined,
    clientExtensionResults: key.getClientExtensionResults(),
    response,
  });
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-passkey-start]");
  if (!button) return;
  const place = button.closest("[data-passkey]");
  const said = place.querySelector("[data-passkey-said]");
  said.hidden = true;
  button.disabled = true;
  try {
    const options = await readOptions(place.dataset.passkeyOptions);
    button.form.elements.credential.value = await (place.dataset.passkey === "create" ? make : ask)(options);
    button.form.submit();
  } catch {
    // Cancelled, unknown here, or no answer: the page says what now.
    said.hidden = false;
    button.disabled = false;
  }
});

if (window.PublicKeyCredential) {
  for (const place of document.querySelectorAll("[data-passkey]")) place.hidden = false;
}
