/* What all of the page's scripts share: sending events, telling screen readers, and tables
   of what buttons (data-act) and keys do, which each script fills for itself.

   The server sends HTML into named places; no script builds markup from text. Events go
   through window.datelineSend, which the invisible bridge component provides (ui/house.py). */

export const byId = (id) => document.getElementById(id);
export const wide = window.matchMedia("(min-width: 768px)");
export const still = window.matchMedia("(prefers-reduced-motion: reduce)");

export const send = (name, data = {}) => {
  if (window.datelineSend) window.datelineSend(name, data);
  else window.addEventListener("dateline:ready", () => window.datelineSend(name, data), { once: true });
};

export const say = (text) => {
  const place = byId("announce");
  if (place) place.textContent = text;
};

/* How far an element lies below the top of a scrolled frame. scrollIntoView would move every
   frame around it too, the page itself among them. */
export const within = (element, frame) =>
  element.getBoundingClientRect().top - frame.getBoundingClientRect().top + frame.scrollTop;

/* ---- what a script adds ---- */

export const actions = {}; // data-act -> (button) => …
export const clicks = []; // (button or link, event) => true where it was theirs
export const submits = {}; // id of a form -> () => …
export const changes = []; // (control) => …, on change
export const inputs = {}; // id of a field -> (field) => …, on every keystroke
export const keys = []; // (event, focused element) => true where it was theirs
export const begins = []; // () => …, once the page stands

export const writing = (element) => element?.matches?.("input, textarea, select, [contenteditable]");

/* Gradio's toast is a button around its own way to close it: one inside the other leads a
   screen reader astray. Its words and that inner button are enough. */
begins.push(() => {
  new MutationObserver(() => {
    document.querySelectorAll(".toast-header[role]").forEach((head) => {
      head.removeAttribute("role");
      head.removeAttribute("tabindex");
    });
  }).observe(document.body, { childList: true, subtree: true });
});

/* A place may come to stand after the page has begun: on a busy machine the frame is there
   a good while before the last of its places. */
const whenThere = (id, then) => {
  const place = byId(id);
  if (place) return then(place);
  const waiting = new MutationObserver(() => {
    if (!byId(id)) return;
    waiting.disconnect();
    then(byId(id));
  });
  waiting.observe(document.documentElement, { childList: true, subtree: true });
};

export const watch = (id, changed) => whenThere(id, (place) => {
  new MutationObserver(changed).observe(place, {
    childList: true, subtree: true, characterData: true, attributes: true,
    attributeFilter: ["data-state", "data-turn"],
  });
});

export const copy = async (button, text) => {
  const label = button.textContent;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
    say("Copied.");
  } catch {
    button.textContent = "Not allowed";
    say("The browser does not allow copying.");
  }
  setTimeout(() => (button.textContent = label), 1500);
};

/* ---- rooms ---- */

export const room = () => {
  const named = location.hash.slice(1).split("/")[0]; // what follows is the room's own
  const known = [...document.querySelectorAll(".masthead [data-room]")].map((l) => l.dataset.room);
  return known.includes(named) ? named : "ask";
};

export const entered = []; // (name of the room) => …, when a room is shown

export const showRoom = () => {
  const now = room();
  document.body.dataset.room = now;
  document.querySelectorAll("#rooms > .room").forEach((column) => {
    column.toggleAttribute("data-here", column.id === `${now}-room`);
  });
  document.querySelectorAll(".masthead [data-room]").forEach((link) => {
    if (link.dataset.room === now) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  entered.forEach((told) => told(now));
};

export const toggleDrawer = (open) => {
  const now = open ?? document.body.dataset.drawer !== "open";
  document.body.dataset.drawer = now ? "open" : "closed";
  document.querySelector(".drawer-toggle")?.setAttribute("aria-expanded", String(now));
};
actions.drawer = () => toggleDrawer();

/* Calls back once the server knows this visitor: it fills #welcome in the same go. An event
   that is sent before would find no session, and the page would be told that it is over. */
let known = false;
export const arrived = (then) => {
  known ||= Boolean(byId("welcome").querySelector(".welcome"));
  if (known) return then();
  const waiting = new MutationObserver(() => {
    if (!byId("welcome").querySelector(".welcome")) return;
    known = true;
    waiting.disconnect();
    then();
  });
  waiting.observe(byId("welcome"), { childList: true, subtree: true });
};
