// Warn before leaving a form with changes that were not saved.
import { wasSaved } from "./autosave.js";

const changed = new Set();

export function startGuards() {
  document.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form && form.matches("[data-guard]") && !event.target.matches("[data-no-guard]")) changed.add(form);
  });
  document.addEventListener("submit", (event) => changed.delete(event.target));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.detail.elt.closest("form");
    if (form && wasSaved(event)) changed.delete(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...changed].some((form) => form.isConnected)) event.preventDefault();
  });
}
