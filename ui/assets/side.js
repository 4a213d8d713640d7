/* The panel beside a room: cards of sources, and the article reader that lies over them. */

import {
  actions, begins, byId, clicks, entered, keys, room, say, send, toggleDrawer, watch, wide, within,
} from "./core.js";

let step = ""; // 'before' or 'after', where the reader was stepped to another quote
let opener = null; // the button that opened the reader, to give the focus back to

const side = () => byId("side");

export const showCards = () => {
  const panel = side();
  if (panel) panel.dataset.view = "cards";
};

export const openReader = (name, data, from) => {
  if (!from?.closest("#reader")) opener = from; // a step to the next quote keeps the way back
  step = from?.dataset.step ?? "";
  const panel = side();
  if (!panel) return;
  panel.dataset.view = "reader";
  panel.dataset.loading = "yes";
  document.body.dataset.sheet = "open";
  document.querySelectorAll(".cite[aria-current='true']").forEach((e) => e.removeAttribute("aria-current"));
  if (from?.classList.contains("cite")) from.setAttribute("aria-current", "true");
  send(name, data);
};

export const closeReader = () => {
  const panel = side();
  if (!panel || panel.dataset.view !== "reader") return closeSheet();
  panel.dataset.view = "cards";
  if (!wide.matches || room() !== "ask") closeSheet();
  giveBackFocus();
  return true;
};

export const closeSheet = () => {
  const open = document.body.dataset.sheet === "open";
  document.body.dataset.sheet = "closed";
  return open;
};

const giveBackFocus = () => {
  const back = opener?.isConnected ? opener : null;
  opener = null;
  (back ?? byId("question"))?.focus({ preventScroll: true });
};

const readerChanged = () => {
  const panel = side();
  const reader = byId("reader");
  if (!panel || !reader || panel.dataset.view !== "reader") return;
  delete panel.dataset.loading;
  const mark = reader.querySelector("#quoted");
  reader.scrollTop = mark ? within(mark, reader) - reader.clientHeight / 3 : 0;
  focusReader();
  // on a slow machine the panel may not show yet, and what does not show takes no focus
  [100, 400, 1200, 3000].forEach((later) => setTimeout(refocusReader, later));
  markOpened(reader);
};

const focusReader = () => {
  const reader = byId("reader");
  const stepped = step && reader.querySelector(`[data-step="${step}"]:not([disabled])`);
  (stepped || reader.querySelector("h2"))?.focus({ preventScroll: true });
};

const refocusReader = () => {
  const now = document.activeElement; // elsewhere: the visitor has gone on
  const waits = !now || now === document.body || now === opener;
  if (waits && side()?.dataset.view === "reader") focusReader();
};

/* The number in the conversation whose quote is open is shown as such, whichever way it came. */
const markOpened = (reader) => {
  const steps = reader.querySelector(".steps");
  const key = steps?.dataset.key;
  if (!key) return;
  document.querySelectorAll(".cite[aria-current='true']").forEach((e) => e.removeAttribute("aria-current"));
  document.querySelector(`.cite[data-open="${CSS.escape(key)}"]`)?.setAttribute("aria-current", "true");
  if (step) say(steps.querySelector("span").textContent);
};

const stepQuote = (name) => byId("reader").querySelector(`[data-step="${name}"]:not([disabled])`)?.click();

actions.back = () => closeReader();
actions.veil = () => {
  toggleDrawer(false);
  closeSheet();
};

clicks.push((target) => {
  const { open, read } = target.dataset;
  if (open) openReader("open", { key: open }, target);
  else if (read) openReader("read", { id: read }, target);
  return Boolean(open || read);
});

keys.push((event) => {
  if (side()?.dataset.view === "reader" && byId("reader").contains(document.activeElement)) {
    const name = { ArrowRight: "after", ArrowLeft: "before" }[event.key];
    if (name && byId("reader").querySelector(".steps")) {
      stepQuote(name);
      return true;
    }
  }
  if (event.key !== "Escape") return false;
  if (document.body.dataset.drawer === "open") toggleDrawer(false);
  else closeReader();
  return false; // a dialog or a field may have a use for it too
});

entered.push(() => {
  toggleDrawer(false); // on a phone it would lie over the room
  closeSheet();
  showCards();
});

/* ---- a sheet that a swipe down closes, on a phone ---- */

let touched = null;
document.addEventListener("touchstart", (event) => {
  const head = event.target.closest?.("#side .reader-head, #side .panel-title, #side .bar");
  touched = head && !wide.matches ? event.touches[0].clientY : null;
}, { passive: true });
document.addEventListener("touchend", (event) => {
  if (touched !== null && event.changedTouches[0].clientY - touched > 60) closeReader();
  touched = null;
}, { passive: true });

begins.push(() => {
  watch("reader", readerChanged);
  byId("reader").setAttribute("tabindex", "-1");
  byId("reader").addEventListener("scroll", (event) => {
    event.target.toggleAttribute("data-scrolled", event.target.scrollTop > 96);
  }, { passive: true });
  side().setAttribute("role", "region");
  side().setAttribute("aria-label", "Sources");
});
