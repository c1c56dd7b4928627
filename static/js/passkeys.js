// Buttons that ask for a passkey: shown where the browser knows keys; a refusal is told beside them, not in the console.
const refused = document.getElementById("key_refused");

for (const button of document.querySelectorAll("[data-key-button]")) {
  button.hidden = !window.PublicKeyCredential;
  button.addEventListener("click", () => { refused.hidden = true; });
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  refused.hidden = false;
});
