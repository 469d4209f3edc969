// Passkeys: the browser asks the person for a finger, a face or a PIN, and the form carries its answer.
const able = window.PublicKeyCredential?.parseRequestOptionsFromJSON;

async function answered(form) {
  const told = await fetch(form.dataset.passkey, { credentials: "same-origin" });
  const options = await told.json();
  return form.dataset.does === "create"
    ? navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
    : navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

for (const form of able ? document.querySelectorAll("form[data-passkey]") : []) {
  const { credential } = form.elements;
  form.hidden = false;
  form.addEventListener("submit", async (event) => {
    if (credential.value) return;
    event.preventDefault();
    const failed = form.querySelector("[data-failed]");
    failed.hidden = true;
    try {
      credential.value = JSON.stringify((await answered(form)).toJSON());
      form.requestSubmit(event.submitter);
    } catch {
      failed.hidden = false;
    }
  });
}
