/* Passkeys: the only pages that need this are those which make or use one; everything else works
   without script. A form with data-passkey asks the browser and sends what it answers. */
const able = window.PublicKeyCredential && window.webauthnJSON;

async function answer(form) {
  if (form.dataset.passkey === "sign-in") {
    const begun = await fetch(form.action, {headers: {Accept: "application/json"}});
    if (!begun.ok) throw new Error("not begun");
    return webauthnJSON.get((await begun.json()).request_options);
  }
  const options = JSON.parse(form.dataset.options);
  if (form.dataset.passkey === "use") return webauthnJSON.get(options);
  const alone = form.elements.passwordless.checked;
  Object.assign(options.publicKey.authenticatorSelection, {
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
    ...(alone && {userVerification: "required"}),
  });
  return webauthnJSON.create(options);
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget, fault = form.querySelector("[data-passkey-fault]");
  fault.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(await answer(form));
  } catch {
    fault.hidden = false;
    fault.focus();
    return;
  }
  form.submit();
}

for (const form of able ? document.querySelectorAll("[data-passkey]") : []) {
  form.addEventListener("submit", send);
  form.hidden = false;
}
for (const note of able ? document.querySelectorAll("[data-passkey-unable]") : []) note.hidden = true;
