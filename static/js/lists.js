// Going back to a list finds it as one left it: filtered, sorted, at the same page. Kept for this tab only.
const KEY = "asv-list:";

export function startLists() {
  try {
    if (document.querySelector("form.filters")) sessionStorage.setItem(KEY + location.pathname, location.search);
    for (const link of document.querySelectorAll(".crumbs a")) {
      const left = sessionStorage.getItem(KEY + link.pathname);
      if (left && !link.search) link.search = left;
    }
  } catch {
    // A browser that keeps nothing shows the whole list.
  }
}
