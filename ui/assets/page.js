/* Begins when the page stands, and hands what the visitor does to whose it is.

   Each room has a script of its own, imported here by one line. */

import { actions, begins, byId, changes, clicks, inputs, keys, showRoom, submits } from "./core.js";
import "./side.js";
import "./ask.js";
import "./turn.js";
import "./links.js";
import "./colours.js";
import "./filters.js";
import "./rail.js";
import "./articles.js";
import "./timeline.js";
import "./evaluation.js";
import "./settings.js";

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target.closest("button, a") : null;
  if (!target) {
    if (event.target instanceof Element && event.target.id === "veil") actions.veil();
    return;
  }
  const act = target.dataset.act;
  if (act && actions[act]) actions[act](target, event);
  else clicks.some((mine) => mine(target, event));
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  submits[event.target.dataset.submit ?? event.target.id]?.(event.target);
});

document.addEventListener("change", (event) => changes.forEach((told) => told(event.target)));
document.addEventListener("input", (event) => inputs[event.target.id]?.(event.target));

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (keys.some((mine) => mine(event, document.activeElement))) event.preventDefault();
});

const begin = () => {
  const rooms = [...document.querySelectorAll(".masthead [data-room]")].map((l) => `${l.dataset.room}-room`);
  const needed = ["live", "cards", "reader", "list", "side", "question", ...rooms];
  if (!rooms.length || !needed.every(byId)) return false;
  const veil = document.createElement("div");
  veil.id = "veil";
  byId("dateline").append(veil);
  document.documentElement.lang = "en";
  begins.forEach((start) => start());
  window.addEventListener("hashchange", showRoom);
  showRoom();
  document.body.dataset.ready = "yes";
  return true;
};

if (!begin()) {
  const waiting = new MutationObserver(() => begin() && waiting.disconnect());
  waiting.observe(document.documentElement, { childList: true, subtree: true });
}
