// Repeatable rows of a Django formset. Without this script the same buttons post the form to the server.
function renumber(row, prefix, index) {
  const pattern = new RegExp(`${prefix}-(\\d+|__prefix__)-`, "g");
  for (const node of [row, ...row.querySelectorAll("*")]) {
    for (const name of ["id", "name", "for", "aria-describedby", "aria-labelledby", "data-counter-for"]) {
      const value = node.getAttribute(name);
      if (value) node.setAttribute(name, value.replace(pattern, `${prefix}-${index}-`));
    }
  }
}

function add(box) {
  const prefix = box.dataset.rows;
  const total = box.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const template = box.querySelector("template");
  if (!total || !template) return false;
  const row = template.content.firstElementChild.cloneNode(true);
  renumber(row, prefix, Number(total.value));
  total.value = Number(total.value) + 1;
  box.querySelector("[data-rows-list]").append(row);
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
  return true;
}

function remove(box, row) {
  const mark = row.querySelector(`[name$="-DELETE"]`);
  if (!mark) return false;
  if (mark.type === "checkbox") mark.checked = true;
  else mark.value = "on";
  row.hidden = true;
  box.querySelector("[data-rows-add]")?.focus();
  return true;
}

export function startRows(root) {
  for (const box of root.querySelectorAll("[data-rows]")) {
    box.addEventListener("click", (event) => {
      const button = event.target.closest("[data-rows-add], [data-rows-remove]");
      if (!button) return;
      const row = button.closest("[data-row]");
      const done = button.matches("[data-rows-add]") ? add(box) : remove(box, row);
      if (done) {
        event.preventDefault();
        box.dispatchEvent(new Event("input", { bubbles: true }));
      }
    });
  }
}
