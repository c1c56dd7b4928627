// A search field above a long list of boxes. Without this script, the list scrolls.
const plain = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

export function startMultiLists(root) {
  for (const box of root.querySelectorAll("[data-multi-list]")) {
    const rows = [...box.querySelectorAll(".form-check")];
    if (rows.length < 8 || box.querySelector("input[type=search]")) continue;
    const search = document.createElement("input");
    search.type = "search";
    search.className = "form-control";
    search.placeholder = "Chercher dans la liste";
    search.setAttribute("aria-label", "Chercher dans la liste");
    search.dataset.noGuard = "";
    const status = document.createElement("p");
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    search.addEventListener("input", () => {
      const wanted = plain(search.value.trim());
      let shown = 0;
      for (const row of rows) {
        // A ticked box stays in sight: one must see what was chosen.
        row.hidden = !plain(row.textContent).includes(wanted) && !row.querySelector("input").checked;
        if (!row.hidden) shown += 1;
      }
      status.textContent = `${shown} choix affichés`;
    });
    search.addEventListener("keydown", (event) => {
      if (event.key === "Enter") event.preventDefault();
    });
    box.prepend(search, status);
  }
}
