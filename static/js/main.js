// Every enhancement of the pages: each module looks for its own data attribute and does nothing without it.
import { startAutosave } from "./autosave.js";
import { startBackups } from "./backup.js";
import { startBudgets } from "./budget.js";
import { startCounters } from "./counter.js";
import { startGuards } from "./guard.js";
import { startLists } from "./lists.js";
import { startMultiLists } from "./multilist.js";
import { startOnce } from "./once.js";
import { startPage } from "./page.js";

function start(root) {
  startBudgets(root);
  startCounters(root);
  startMultiLists(root);
}

start(document);
startOnce();
startAutosave();
startGuards();
startBackups();
startPage();
startLists();
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) start(event.detail.elt);
});
