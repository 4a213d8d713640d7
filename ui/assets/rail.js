/* The conversations in the left column: search, open again, export, rename, delete and undo.

   The list is the server's markup; it is asked for again whenever a turn was finished. */

import {
  actions, arrived, begins, byId, clicks, inputs, keys, say, send, still, submits, toggleDrawer, watch, within,
} from "./core.js";
import { clearTalk, focusQuestion } from "./ask.js";

let typing = 0;
let page = 0;
let seen = "";
let opening = false;
let empty = false; // a new conversation without a turn: a list that comes late marks an old one
let refocus = null; // where the focus goes once the list is there again: id of a conversation

const where = () => ({ query: byId("talks-query")?.value ?? "", page });
const list = () => send("talks_list", where());
const unmark = () => {
  document.querySelectorAll("#talks [aria-current]").forEach((e) => e.removeAttribute("aria-current"));
};
/* Which conversation this tab shows, so that a reload shows it again. */
const SHOWN = "dateline-conversation";
const remember = (id) => {
  try {
    if (id) sessionStorage.setItem(SHOWN, id);
    else sessionStorage.removeItem(SHOWN);
  } catch {
    return; // a browser that keeps nothing starts anew
  }
};
const reopen = () => {
  const [{ type } = {}] = performance.getEntriesByType("navigation");
  let id = null;
  try {
    id = sessionStorage.getItem(SHOWN);
  } catch {
    return;
  }
  if (!id || !["reload", "back_forward"].includes(type)) return;
  remember(null); // should it be gone, that is told once
  opening = true;
  send("talk_open", { id, ...where() });
};

const row = (button) => button.closest("[data-id]");

const fresh = actions.fresh;
actions.fresh = (button) => {
  fresh(button);
  seen = "";
  empty = true;
  unmark();
  remember(null);
  showExports(null);
};

/* The same files as in the conversation's menu, at its head; a search may hide its row. */
const showExports = (id) => {
  byId("talk-head").hidden = !id;
  if (id) byId("talk-head").querySelectorAll("[data-export]").forEach((link) => {
    link.href = `/conversations/${id}.${link.dataset.export}`;
  });
};

/* ---- the menu of a conversation floats over the page, beside its button ---- */

const openMenu = () => byId("talks")?.querySelector("details[open]");
const place = (menu) => {
  const below = menu.querySelector(".talk-more");
  const from = menu.querySelector("summary").getBoundingClientRect();
  const { width, height } = below.getBoundingClientRect();
  const fits = from.bottom + height + 12 <= innerHeight;
  below.style.left = `${Math.max(8, Math.min(from.left, innerWidth - width - 8))}px`;
  below.style.top = `${fits ? from.bottom + 4 : Math.max(8, from.top - height - 4)}px`;
};
const toggled = ({ target }) => {
  const floating = target.matches("#talks details") && target.querySelector(".talk-more");
  if (!floating) return;
  floating.togglePopover(target.open);
  if (target.open) place(target);
};
const follow = () => { // the menu stays beside its button, and goes with it
  const menu = openMenu();
  if (!menu) return;
  const list = byId("talks").getBoundingClientRect();
  const button = menu.querySelector("summary").getBoundingClientRect();
  if (button.top >= list.bottom || button.bottom <= list.top) menu.open = false;
  else place(menu);
};
// not the event toggle: that comes late, and a quick Tab would go past the menu
new MutationObserver((changed) => changed.forEach(toggled)).observe(document.documentElement, {
  subtree: true, attributes: true, attributeFilter: ["open"],
});
document.addEventListener("click", (event) => {
  const menu = openMenu();
  if (menu && !menu.contains(event.target)) menu.open = false;
});
document.addEventListener("scroll", follow, true);
window.addEventListener("resize", follow);

const open = (id) => {
  clearTalk();
  location.hash = "#ask";
  seen = "";
  opening = true;
  empty = false;
  send("talk_open", { id, ...where() });
};

actions["talk-rename"] = (button) => {
  const { id } = row(button).dataset;
  refocus = id;
  send("talk_rename", { id, title: row(button).querySelector(".talk-title").value, ...where() });
};
actions["talk-delete"] = (button) => {
  const { id } = row(button).dataset;
  const current = row(button).querySelector(".talk").hasAttribute("aria-current");
  refocus = "undo";
  send("talk_delete", { id, ...where() });
  if (!current) return;
  const { drawer } = document.body.dataset;
  actions.fresh();
  toggleDrawer(drawer === "open"); // what leads back stands in it
};
actions["talk-undelete"] = (button) => {
  refocus = button.dataset.id;
  send("talk_undelete", { id: button.dataset.id, ...where() });
};
actions["log-out"] = async () => {
  await fetch("logout", { method: "POST" });
  location.assign("login");
};

clicks.push((target) => {
  const { talk, talks } = target.dataset;
  if (talk) open(talk);
  else if (talks) {
    page = Number(talks);
    list();
  } else return false;
  return true;
});

submits["talks-form"] = list;
inputs["talks-query"] = () => {
  clearTimeout(typing);
  page = 0;
  typing = setTimeout(list, 200);
};

keys.unshift((event, here) => { // before Esc means the reader
  const menu = openMenu();
  if (event.key === "Enter" && here?.classList.contains("talk-title")) {
    actions["talk-rename"](here);
  } else if (event.key === "Escape" && menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else return false;
  return true;
});

/* The list changes in several steps; the focus waits for the one that brings its place. */
const shown = () => {
  const wanted = refocus === "undo" ? "[data-act='talk-undelete']"
    : refocus && `[data-talk="${CSS.escape(refocus)}"]`;
  const found = wanted && byId("talks").querySelector(wanted);
  if (found) {
    found.focus();
    refocus = null;
  }
  if (empty) unmark();
  const current = byId("talks").querySelector(".talk[aria-current]");
  if (current) {
    showExports(current.dataset.talk);
    remember(current.dataset.talk);
  }
  const note = byId("talks").querySelector(".talks-note");
  if (note) say(note.textContent);
  if (byId("talks").querySelector(".failed")) opening = false; // it could not be opened
};

const turnsChanged = () => {
  const turns = byId("live").querySelectorAll(".turn");
  const last = turns[turns.length - 1];
  if (!last) return;
  empty = false;
  if (opening) {
    opening = false;
    seen = `${last.dataset.turn}/${last.dataset.state}`;
    document.body.dataset.talking = "yes";
    toggleDrawer(false);
    const frame = byId("scroller");
    requestAnimationFrame(() => frame.scrollTo({ top: within(last, frame), behavior: "auto" }));
    say(`Opened again: ${turns[0].querySelector(".question").textContent}`);
    focusQuestion();
    return;
  }
  const key = `${last.dataset.turn}/${last.dataset.state}`;
  if (key === seen || !["done", "refused"].includes(last.dataset.state)) return;
  seen = key;
  page = 0;
  list();
};

begins.push(() => {
  watch("live", turnsChanged);
  watch("talks", shown);
  arrived(reopen);
});

/* A log-in that has ended: the page cannot go on without one. */
const plain = window.fetch;
window.fetch = async (...given) => {
  const reply = await plain(...given);
  if (reply.status === 401 && reply.headers.get("x-dateline-login")) location.assign("login");
  return reply;
};
