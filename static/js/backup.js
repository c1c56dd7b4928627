// Keep on this device what is being written, and offer it back if the server did not receive it.
import { wasSaved } from "./autosave.js";

const AGE = 7 * 24 * 3600 * 1000;
const PENDING = "asv-sent";
const PREFIX = "asv-form:";
const { person } = document.documentElement.dataset;
// On a shared computer, what one person typed is offered to nobody else.
const keyOf = () => `${PREFIX}${person}:${location.pathname}`;
const TEXTS = "textarea, input:is([type=text], [type=email], [type=tel], [type=url], :not([type]))";

function texts(form) {
  const kept = [...form.elements].filter(
    (field) => field.name && field.matches(TEXTS),
  );
  return Object.fromEntries(kept.map((field) => [field.name, field.value]));
}

function read() {
  try {
    const saved = JSON.parse(localStorage.getItem(keyOf()));
    if (saved && Date.now() - saved.at < AGE) return saved;
    localStorage.removeItem(keyOf());
  } catch {
    // Private browsing or a full store: the page works without a backup.
  }
  return null;
}

function write(form) {
  try {
    localStorage.setItem(keyOf(), JSON.stringify({ at: Date.now(), texts: texts(form) }));
  } catch {
    // Same as above.
  }
}

function offer(form, saved) {
  const box = document.createElement("div");
  box.className = "notice notice-warn mb-4";
  box.setAttribute("role", "status");
  const when = new Date(saved.at).toLocaleString("fr-FR", { dateStyle: "long", timeStyle: "short" }).replace(":", " h ");
  const text = document.createElement("p");
  text.textContent = `Un texte écrit ici le ${when} n’a pas été enregistré.`;
  const acts = document.createElement("p");
  acts.className = "acts mt-2";
  for (const [label, act] of [["Reprendre ce texte", () => restore(form, saved)], ["Ne pas le reprendre", () => {}]]) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-sm btn-secondary";
    button.textContent = label;
    button.addEventListener("click", () => {
      act();
      localStorage.removeItem(keyOf());
      box.remove();
    });
    acts.append(button);
  }
  const inner = document.createElement("div");
  inner.append(text, acts);
  box.append(inner);
  form.before(box);
}

function restore(form, saved) {
  for (const [name, value] of Object.entries(saved.texts)) {
    const field = form.elements[name];
    if (field && "value" in field) {
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

// The server has saved what this request carried; what was typed since is still to be kept.
function forgetSaved(form) {
  let carried = "";
  form.addEventListener("htmx:beforeRequest", () => {
    carried = JSON.stringify(texts(form));
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (wasSaved(event) && carried === JSON.stringify(texts(form))) localStorage.removeItem(keyOf());
  });
}

// A saved form answers by a redirection; a page found again by the way back, or read anew, tells nothing of the kind.
function wasLedHere() {
  const [arrival] = performance.getEntriesByType("navigation");
  return arrival?.type === "navigate" && arrival.redirectCount > 0;
}

export function startBackups() {
  // Somebody who must log in again has saved nothing yet.
  if (!person) return;
  // The form was sent and another page answered, or led back here: what was kept on the device is in the database now.
  const sent = sessionStorage.getItem(PENDING);
  if (sent && (sent !== keyOf() || wasLedHere())) localStorage.removeItem(sent);
  sessionStorage.removeItem(PENDING);
  const form = document.querySelector("form[data-backup]");
  if (!form) return;
  // The server shows the form it received: what it holds is newer than what was kept, even where it was changed.
  if ("received" in form.dataset) localStorage.removeItem(keyOf());
  const saved = read();
  const now = JSON.stringify(texts(form));
  if (saved && JSON.stringify(saved.texts) === now) localStorage.removeItem(keyOf());
  else if (saved) offer(form, saved);
  forgetSaved(form);
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => write(form), 400);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    write(form);
    sessionStorage.setItem(PENDING, keyOf());
  });
}
