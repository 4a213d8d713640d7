/* What the page does by itself: keyboard, panels, chips, and sending events to the server.

   The server sends HTML into #live, #cards, #reader and #list; this file watches those
   places and never builds markup from text. Events go through window.datelineSend, which
   the invisible bridge component provides (ui/page.py). */

const byId = (id) => document.getElementById(id);
const wide = window.matchMedia("(min-width: 768px)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");
const filters = { first: "", last: "", publishers: [], comments: true };
let busy = false;
let opener = null; // the button that opened the reader, to give the focus back to
let silence = 0;
const ended = new Set(); // turns that the visitor stopped; a late frame of one changes nothing

const send = (name, data = {}) => {
  if (window.datelineSend) window.datelineSend(name, data);
  else window.addEventListener("dateline:ready", () => window.datelineSend(name, data), { once: true });
};

// How far an element lies below the top of a scrolled frame. scrollIntoView would move every
// frame around it too, the page itself among them.
const within = (element, frame) =>
  element.getBoundingClientRect().top - frame.getBoundingClientRect().top + frame.scrollTop;

const say = (text) => {
  const place = byId("announce");
  if (place) place.textContent = text;
};

const room = () => (location.hash === "#articles" ? "articles" : "ask");

/* ---- asking ---- */

const setBusy = (now) => {
  busy = now;
  document.body.dataset.busy = now ? "yes" : "no";
  const stop = byId("stop");
  const ask = byId("send");
  if (stop) stop.hidden = !now;
  if (ask) ask.hidden = now;
  clearTimeout(silence);
  if (now) silence = setTimeout(lookForServer, 8000);
};

const lookForServer = async () => {
  if (!busy) return;
  try {
    const reply = await fetch("healthz", { cache: "no-store" });
    if (!reply.ok) throw new Error(String(reply.status));
    silence = setTimeout(lookForServer, 8000);
  } catch {
    setBusy(false);
    notice("The server does not answer. Start it again with “make chat”, then ask again.");
  }
};

const notice = (text) => {
  const live = byId("live");
  const told = document.createElement("p");
  told.className = "failed";
  told.setAttribute("role", "alert");
  told.textContent = text;
  live?.after(told);
  setTimeout(() => told.remove(), 15000);
};

const keepTurn = () => {
  const live = byId("live");
  const past = byId("past");
  live?.querySelectorAll(".turn").forEach((turn) => past.append(turn));
};

const ask = (question) => {
  const text = question.trim();
  if (!text || busy) return;
  location.hash = "#ask";
  keepTurn();
  setBusy(true);
  document.body.dataset.talking = "yes";
  showCards();
  send("ask", { question: text });
};

const fit = (box) => {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
};

const submit = () => {
  const box = byId("question");
  if (!box || busy || !box.value.trim()) return;
  ask(box.value);
  box.value = "";
  fit(box);
};

const focusQuestion = () => byId("question")?.focus();

const turnChanged = () => {
  const turn = byId("live")?.querySelector(".turn");
  if (!turn) return;
  const key = `${turn.dataset.turn}/${turn.dataset.state}`;
  if (key === turnChanged.seen) return;
  turnChanged.seen = key;
  if (turnChanged.shown !== turn.dataset.turn) {
    turnChanged.shown = turn.dataset.turn;
    const frame = byId("scroller");
    frame.scrollTo({ top: within(turn, frame), behavior: still.matches ? "auto" : "smooth" });
  }
  if (turn.dataset.state === "working" && !ended.has(Number(turn.dataset.turn))) {
    clearTimeout(silence);
    silence = setTimeout(lookForServer, 8000);
    say("Working on the answer.");
    return;
  }
  setBusy(false);
  const short = turn.querySelector(".short, .verdict, .statement, .failed, .stage");
  const sources = turn.querySelectorAll(".cite").length;
  const told = sources ? ` ${sources} source${sources > 1 ? "s" : ""}.` : "";
  say(`${short ? short.textContent : ""}${told}`);
};

/* ---- the panel beside the answer ---- */

const side = () => byId("side");

const showCards = () => {
  const panel = side();
  if (panel) panel.dataset.view = "cards";
};

const openReader = (name, data, from) => {
  opener = from;
  const panel = side();
  if (!panel) return;
  panel.dataset.view = "reader";
  panel.dataset.loading = "yes";
  document.body.dataset.sheet = "open";
  document.querySelectorAll("[aria-current='true']").forEach((e) => e.removeAttribute("aria-current"));
  if (from?.classList.contains("cite")) from.setAttribute("aria-current", "true");
  send(name, data);
};

const closeReader = () => {
  const panel = side();
  if (!panel || panel.dataset.view !== "reader") return closeSheet();
  panel.dataset.view = "cards";
  if (!wide.matches || room() === "articles") closeSheet();
  giveBackFocus();
  return true;
};

const closeSheet = () => {
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
  reader.querySelector("h2")?.focus({ preventScroll: true });
};

/* ---- filters ---- */

const readFilters = () => {
  filters.first = byId("first")?.value.trim() ?? "";
  filters.last = byId("last")?.value.trim() ?? "";
  filters.comments = byId("comments")?.checked ?? true;
};

const narrow = () => send("narrow", { ...filters, publishers: [...filters.publishers] });

const addPublisher = (name) => {
  if (name && !filters.publishers.includes(name)) filters.publishers.push(name);
  readFilters();
  narrow();
};

const lift = (key) => {
  if (key === "dates") {
    for (const id of ["first", "last"]) if (byId(id)) byId(id).value = "";
  } else if (key === "comments") {
    if (byId("comments")) byId("comments").checked = true;
  } else {
    filters.publishers = filters.publishers.filter((name) => `publisher:${name}` !== key);
  }
  readFilters();
  narrow();
};

/* ---- the list of articles ---- */

let typing = 0;
const browse = (page = 0) => send("browse", { query: byId("browse")?.value ?? "", page });

const showRoom = () => {
  const now = room();
  document.body.dataset.room = now;
  document.querySelectorAll(".masthead [data-room]").forEach((link) => {
    if (link.dataset.room === now) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  });
  closeSheet();
  showCards();
};

const toggleDrawer = (open) => {
  const now = open ?? document.body.dataset.drawer !== "open";
  document.body.dataset.drawer = now ? "open" : "closed";
  document.querySelector(".drawer-toggle")?.setAttribute("aria-expanded", String(now));
};

/* ---- what buttons do ---- */

const copyAnswer = async (button) => {
  const turn = button.closest(".turn");
  const lines = [...turn.querySelectorAll(".question, .short, .statement, .verdict")];
  const text = lines.map((line) => line.textContent.trim()).join("\n\n");
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
    say("Copied.");
  } catch {
    button.textContent = "Not allowed";
  }
  setTimeout(() => (button.textContent = "Copy"), 1500);
};

const actions = {
  fresh: () => {
    byId("past")?.replaceChildren();
    byId("live")?.querySelectorAll(".turn").forEach((turn) => turn.remove());
    turnChanged.seen = turnChanged.shown = "";
    ended.clear();
    document.body.dataset.talking = "no";
    showCards();
    toggleDrawer(false);
    send("fresh");
    focusQuestion();
  },
  stop: () => {
    const turn = Number(byId("live")?.querySelector(".turn")?.dataset.turn ?? 0);
    ended.add(turn);
    send("stop", { turn });
    setBusy(false);
    focusQuestion();
  },
  back: () => closeReader(),
  drawer: () => toggleDrawer(),
  copy: (button) => copyAnswer(button),
  again: (button) => ask(button.closest(".turn").querySelector(".question").textContent),
  edit: (button) => {
    const box = byId("question");
    box.value = button.dataset.text;
    fit(box);
    focusQuestion();
  },
};

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target.closest("button, a") : null;
  if (!target) {
    if (event.target instanceof Element && event.target.id === "veil") {
      toggleDrawer(false);
      closeSheet();
    }
    return;
  }
  const data = target.dataset;
  if (data.act && actions[data.act]) actions[data.act](target);
  else if (data.open) openReader("open", { key: data.open }, target);
  else if (data.read) openReader("read", { id: data.read }, target);
  else if (data.ask) ask(data.ask);
  else if (data.lift) lift(data.lift);
  else if (data.page) browse(Number(data.page));
});

document.addEventListener("submit", (event) => {
  event.preventDefault();
  if (event.target.id === "ask-form") submit();
  if (event.target.id === "browse-form") browse();
  if (event.target.id === "filters") {
    readFilters();
    narrow();
  }
});

document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.id === "publisher") {
    addPublisher(box.value);
    box.value = "";
  } else if (["first", "last", "comments"].includes(box.id)) {
    readFilters();
    narrow();
  }
});

document.addEventListener("input", (event) => {
  if (event.target.id === "question") fit(event.target);
  if (event.target.id === "browse") {
    clearTimeout(typing);
    typing = setTimeout(() => browse(), 200);
  }
});

const writing = (element) => element?.matches?.("input, textarea, select, [contenteditable]");

const stepCitations = (from, step) => {
  const all = [...document.querySelectorAll("#past .cite, #live .cite")];
  all[all.indexOf(from) + step]?.focus();
};

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const here = document.activeElement;
  if (event.key === "Enter" && here?.id === "question" && !event.shiftKey) {
    event.preventDefault();
    submit();
  } else if (event.key === "/" && !writing(here)) {
    event.preventDefault();
    location.hash = "#ask";
    focusQuestion();
  } else if (event.key === "Escape") {
    if (document.body.dataset.drawer === "open") toggleDrawer(false);
    else closeReader();
  } else if (here?.classList.contains("cite") && ["ArrowRight", "ArrowLeft"].includes(event.key)) {
    event.preventDefault();
    stepCitations(here, event.key === "ArrowRight" ? 1 : -1);
  }
});

/* ---- a sheet that a swipe down closes, on a phone ---- */

let touched = null;
document.addEventListener("touchstart", (event) => {
  const head = event.target.closest?.("#side .reader-head, #side .panel-title");
  touched = head && !wide.matches ? event.touches[0].clientY : null;
}, { passive: true });
document.addEventListener("touchend", (event) => {
  if (touched !== null && event.changedTouches[0].clientY - touched > 60) closeReader();
  touched = null;
}, { passive: true });

/* ---- beginning ---- */

const watch = (id, changed) => {
  new MutationObserver(changed).observe(byId(id), {
    childList: true, subtree: true, characterData: true, attributes: true,
    attributeFilter: ["data-state", "data-turn"],
  });
};

const begin = () => {
  if (!["live", "cards", "reader", "list", "side", "question"].every(byId)) return false;
  watch("live", turnChanged);
  watch("reader", readerChanged);
  byId("reader").setAttribute("tabindex", "-1");
  byId("reader").addEventListener("scroll", (event) => {
    event.target.toggleAttribute("data-scrolled", event.target.scrollTop > 96);
  }, { passive: true });
  side().setAttribute("role", "region");
  side().setAttribute("aria-label", "Sources");
  byId("scroller")?.setAttribute("role", "region");
  byId("scroller")?.setAttribute("aria-label", "Conversation");
  const veil = document.createElement("div");
  veil.id = "veil";
  byId("dateline").append(veil);
  document.documentElement.lang = "en";
  window.addEventListener("hashchange", showRoom);
  showRoom();
  document.body.dataset.ready = "yes";
  if (wide.matches && room() === "ask") focusQuestion();
  return true;
};

if (!begin()) {
  const waiting = new MutationObserver(() => begin() && waiting.disconnect());
  waiting.observe(document.documentElement, { childList: true, subtree: true });
}
