// Small habits of the pages: print, menus that close, the error summary that takes the focus.
function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (menu !== except) menu.open = false;
}

export function startPage() {
  for (const button of document.querySelectorAll("[data-print]")) button.hidden = false;
  document.querySelector("[data-error-summary]")?.focus();
  document.addEventListener("click", (event) => {
    closeMenus(event.target.closest("details.menu"));
    const print = event.target.closest("[data-print]");
    if (print) {
      event.preventDefault();
      window.print();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu[open]");
    closeMenus(null);
    open?.querySelector("summary").focus();
  });
}
