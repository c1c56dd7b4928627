// The totals of a budget while one types. Without this script, and in the end, those of the server when it saves.
function cents(text) {
  const found = /^(\d+)(?:[.,](\d{1,2}))?$/.exec(text.replace(/[\s€]/g, ""));
  return found ? Number(found[1]) * 100 + Number((found[2] || "").padEnd(2, "0")) : 0;
}

// « 1 234,50 € », « 350 € »: as the server writes them.
function money(amount) {
  const whole = String(Math.floor(Math.abs(amount) / 100)).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
  const rest = Math.abs(amount) % 100;
  return `${amount < 0 ? "\u2212" : ""}${whole}${rest ? `,${String(rest).padStart(2, "0")}` : ""}\u00a0€`;
}

function sideOf(name) {
  if (name.startsWith("charge_")) return name.startsWith("charge_86") ? "uses" : "charges";
  return name.startsWith("product_87") ? "resources" : "products";
}

function amountOf(input) {
  const state = input.closest(".fund-row")?.querySelector("select[name$=_state]");
  return state?.value === "refused" ? 0 : cents(input.value);
}

function showPosts(box) {
  for (const post of box.querySelectorAll(".bpost")) {
    const sum = [...post.querySelectorAll(".money > input")].reduce((total, input) => total + amountOf(input), 0);
    post.querySelector("[data-post-total]").textContent = money(sum);
  }
}

function showShares(box, products) {
  for (const share of box.querySelectorAll("[data-share]")) {
    const amount = amountOf(share.closest(".fund-row").querySelector(".money > input"));
    share.textContent = amount ? `${Math.round((100 * amount) / products)}\u00a0% des produits` : "";
  }
}

function showBalance(said, totals) {
  const [first, second] = said.dataset.balance.split(" ");
  const gap = totals[first] - totals[second];
  const sentence = gap ? said.dataset[gap > 0 ? "more" : "less"] : said.dataset.equal;
  said.textContent = totals[first] || totals[second] ? sentence.replace("{}", money(Math.abs(gap))) : "";
  said.classList.toggle("over", gap !== 0);
}

function update(box, form) {
  const totals = { charges: 0, products: 0, uses: 0, resources: 0 };
  for (const input of box.querySelectorAll(".money > input")) totals[sideOf(input.name)] += amountOf(input);
  totals.gap = totals.charges - totals.products;
  showPosts(box);
  showShares(box, totals.products);
  for (const shown of form.querySelectorAll("[data-total]")) shown.textContent = money(totals[shown.dataset.total]);
  for (const said of box.querySelectorAll("[data-balance]")) showBalance(said, totals);
  form.querySelector("[data-gap]").hidden = !totals.gap;
  // What the server said of an earlier state of this budget.
  for (const stale of document.querySelectorAll("[data-budget-said]")) stale.hidden = true;
}

export function startBudgets(root) {
  for (const box of root.querySelectorAll("[data-budget]")) {
    box.addEventListener("input", () => update(box, box.closest("form")));
  }
}
