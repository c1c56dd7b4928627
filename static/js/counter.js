// Count the characters of a long text. Without this script the limit is written in words.
const format = new Intl.NumberFormat("fr-FR");

function sentence(length, limit) {
  const word = length < 2 ? "caractère" : "caractères";
  const over = length > limit ? `, ${format.format(length - limit)} de trop` : "";
  return `${format.format(length)} ${word} sur ${format.format(limit)}${over}`;
}

export function startCounters(root) {
  for (const counter of root.querySelectorAll("[data-counter-for]")) {
    const field = document.getElementById(counter.dataset.counterFor);
    if (!field || !field.dataset.limit) continue;
    const limit = Number(field.dataset.limit);
    const update = () => {
      // A line break is one character for the server.
      const length = [...field.value].length;
      counter.textContent = sentence(length, limit);
      counter.classList.toggle("over", length > limit);
    };
    field.addEventListener("input", update);
    update();
  }
}
