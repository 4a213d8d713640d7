/* Asking: the question box, the turn that is being written, and the turns before it. */

import {
  actions, begins, byId, clicks, copy, inputs, keys, room, say, send, still, submits, toggleDrawer,
  watch, wide, within, writing,
} from "./core.js";
import { showCards } from "./side.js";

let busy = false;
let silence = 0;
const ended = new Set(); // turns that the visitor stopped; a late frame of one changes nothing

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

export const notice = (text) => {
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

export const ask = (question) => {
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

export const focusQuestion = () => byId("question")?.focus();

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

/* Empties the conversation on this side. The server is told by whoever calls. */
export const clearTalk = () => {
  byId("past")?.replaceChildren();
  byId("live")?.querySelectorAll(".turn").forEach((turn) => turn.remove());
  turnChanged.seen = turnChanged.shown = "";
  ended.clear();
  document.body.dataset.talking = "no";
  showCards();
  toggleDrawer(false);
};

actions.fresh = () => {
  clearTalk();
  send("fresh");
  focusQuestion();
};
actions.stop = () => {
  const turn = Number(byId("live")?.querySelector(".turn")?.dataset.turn ?? 0);
  ended.add(turn);
  send("stop", { turn });
  setBusy(false);
  focusQuestion();
};
actions.copy = (button) => {
  const turn = button.closest(".turn");
  const lines = [...turn.querySelectorAll(".question, .short, .statement, .verdict")];
  copy(button, lines.map((line) => line.textContent.trim()).join("\n\n"));
};
actions.again = (button) => ask(button.closest(".turn").querySelector(".question").textContent);
actions.edit = (button) => {
  const box = byId("question");
  box.value = button.dataset.text;
  fit(box);
  focusQuestion();
};

clicks.push((target) => {
  if (target.dataset.ask) ask(target.dataset.ask);
  return Boolean(target.dataset.ask);
});
submits["ask-form"] = submit;
inputs.question = fit;

const stepCitations = (from, step) => {
  const all = [...document.querySelectorAll("#past .cite, #live .cite")];
  all[all.indexOf(from) + step]?.focus();
};

keys.push((event, here) => {
  if (event.key === "Enter" && here?.id === "question" && !event.shiftKey) submit();
  else if (event.key === "/" && !writing(here)) {
    location.hash = "#ask";
    focusQuestion();
  } else if (here?.classList.contains("cite") && ["ArrowRight", "ArrowLeft"].includes(event.key)) {
    stepCitations(here, event.key === "ArrowRight" ? 1 : -1);
  } else return false;
  return true;
});

begins.push(() => {
  watch("live", turnChanged);
  byId("scroller")?.setAttribute("role", "region");
  byId("scroller")?.setAttribute("aria-label", "Conversation");
  if (wide.matches && room() === "ask") setTimeout(focusQuestion);
});
