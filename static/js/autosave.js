// The line that tells whether what one types is saved: it must never say so when the server did not.
function problem(said, text) {
  const line = document.getElementById("non-enregistre").content.firstElementChild.cloneNode(true);
  line.querySelector("[data-said]").textContent = text;
  said.replaceChildren(line);
}

function reconnect(said) {
  // Sending the form is what leads to the login, and keeps all that was typed, also since.
  const button = document.createElement("button");
  button.className = "btn btn-link px-0 ms-2";
  button.name = "go";
  button.value = "save";
  button.textContent = "Se reconnecter";
  said.append(button);
}

export function startAutosave() {
  const said = document.getElementById("enregistre");
  if (!said) return;
  const ours = (event) => event.detail.target === said;
  document.addEventListener("htmx:sendError", (event) => {
    if (ours(event)) problem(said, said.dataset.saidLost);
  });
  document.addEventListener("htmx:responseError", (event) => {
    if (!ours(event)) return;
    const { status } = event.detail.xhr;
    problem(said, said.getAttribute(`data-said-${status}`) || said.dataset.saidOther);
    if (status === 401) reconnect(said);
  });
}

// A save that succeeded, and not one that the server refused in words.
export const wasSaved = (event) => event.detail.successful && !event.detail.xhr.responseText.includes("data-unsaved");
