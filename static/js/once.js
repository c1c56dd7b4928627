// A form is sent once: the button says it works, then answers again if the person comes back.
function release() {
  for (const button of document.querySelectorAll("button[aria-busy=true]")) {
    button.removeAttribute("aria-busy");
    if (button.dataset.label) button.lastChild.textContent = button.dataset.label;
  }
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
}

export function startOnce() {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-once]") || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    const button = event.submitter || form.querySelector("button[type=submit]");
    // Not "disabled": the browser would leave the name of the button out of what it sends.
    if (button) button.setAttribute("aria-busy", "true");
  });
  window.addEventListener("pageshow", release);
}
