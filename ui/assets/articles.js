/* The room of the articles: searching the list, turning its pages, removing with undo. */

import {
  actions, arrived, begins, byId, clicks, entered, inputs, send, submits, within,
} from "./core.js";

let typing = 0;
let page = 0;
let again = 0;
const where = () => ({ query: byId("browse")?.value ?? "", page });
const browse = (wanted = 0) => {
  page = wanted;
  send("browse", where());
};

clicks.push((target) => {
  const { page: wanted, remove, keep } = target.dataset;
  if (wanted) {
    browse(Number(wanted));
    byId("articles-room").scrollTop = within(byId("browse-frame"), byId("articles-room"));
  } else if (remove) send("remove", { id: remove, ...where() });
  else if (keep) send("keep", { id: keep, ...where() });
  else return false;
  return true;
});
actions["end-upload"] = (button) => {
  button.disabled = true;
  send("end_upload");
};
submits["browse-form"] = () => browse();
inputs.browse = () => {
  clearTimeout(typing);
  typing = setTimeout(() => browse(), 200);
};

entered.push((now) => {
  if (now === "articles") arrived(() => send("survey", where()));
});

/* A removal can be undone for a moment; afterwards the server is asked what became of it. */
const removing = () => {
  const told = byId("removals").querySelector("[data-again]");
  if (!told || told.dataset.timed) return;
  told.dataset.timed = "yes";
  clearTimeout(again);
  again = setTimeout(() => send("removed", where()), Number(told.dataset.again) * 1000);
  if (!byId("removals").contains(document.activeElement)) {
    byId("removals").querySelector("[data-keep]")?.focus({ preventScroll: true });
  }
};

const countDown = () => byId("removals").querySelectorAll("[data-left]").forEach((one) => {
  const left = Number(one.dataset.left) - 1;
  if (left < 1) return;
  one.dataset.left = left;
  one.firstChild.data = left; // the text itself: nothing is announced, nothing is watched
});

begins.push(() => {
  setInterval(countDown, 1000);
  new MutationObserver(removing).observe(byId("removals"), { childList: true, subtree: true });
});
