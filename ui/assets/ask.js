/* Asking: the question box, the turn that is being written, and the turns before it. */

import {
  actions, begins, byId, clicks, inputs, keys, room, say, send, showRoom, still, submits,
  toggleDrawer, watch, wide, within, writing,
} from "./core.js";
import { settle } from "./filters.js";
import { lookNow, onLost } from "./connection.js";
import { showCards } from "./side.js";

let busy = false;
let silence = 0;
let asked = ""; // the question under way
let serial = 0; // how many were asked
const ended = new Set(); // turns that the visitor stopped

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

/* Nothing came for a while: a long answer, or nobody there. */
const lookForServer = async () => {
  if (busy && (await lookNow())) silence = setTimeout(lookForServer, 8000);
};
onLost(() => {
  setBusy(false);
  const turns = byId("live")?.querySelectorAll(".turn[data-state=working]") ?? [];
  turns.forEach((turn) => {
    turn.dataset.state = "lost";
    const stage = turn.querySelector(".stage");
    if (stage) stage.textContent = "The connection was lost. Ask again once it is back.";
  });
});

const keepTurn = () => {
  const live = byId("live");
  const past = byId("past");
  live?.querySelectorAll(".turn").forEach((turn) => past.append(turn));
};

/* `standalone` asks the question as it stands, whatever was said before it. */
export const ask = (question, standalone = false) => {
  const text = question.trim();
  if (!text || busy) return;
  location.hash = "#ask";
  forgetGiven();
  keepTurn();
  setBusy(true);
  asked = text;
  serial += 1;
  document.body.dataset.talking = "yes";
  showCards();
  settle();
  send("ask", { question: text, standalone, serial });
};

const fit = (box) => {
  box.style.height = "auto";
  box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
};

/* A word below the box, read out too. */
const tell = (text) => {
  byId("asking").textContent = text;
};

const NEAR = 200; // how many characters before the limit they are counted
const typed = (box) => {
  const { maxLength: most, value: { length } } = box;
  fit(box);
  byId("count").textContent = most - length <= NEAR ? `${length.toLocaleString("en")} of ${most.toLocaleString("en")}` : "";
  if (length < most) tell("");
};

/* The browser cuts what does not fit without a word. */
const tellCut = (box, over) => {
  if (over <= 0) return;
  const most = box.maxLength.toLocaleString("en");
  tell(`The question was cut at ${most} characters: ${over.toLocaleString("en")} did not fit.`);
};
const pasted = (event) => {
  const box = event.target;
  const text = (event.clipboardData?.getData("text") ?? "").replace(/\r\n?/g, "\n");
  const stays = box.value.length - (box.selectionEnd - box.selectionStart);
  setTimeout(() => tellCut(box, stays + text.length - box.maxLength)); // once it stands there
};

const submit = () => {
  const box = byId("question");
  if (!box || busy) return;
  if (!box.value.trim()) {
    tell("Type a question first.");
    box.focus();
    return;
  }
  ask(box.value, box.dataset.standalone === "yes");
  box.value = "";
  typed(box);
  tell("");
};

/* Put a question into the box; the line above it tells where it came from. */
export const give = (question, told = "", standalone = false) => {
  const box = byId("question");
  box.value = question.slice(0, Number(box.maxLength));
  box.dataset.standalone = standalone ? "yes" : "no";
  byId("given").hidden = !told;
  byId("given").querySelector("span").textContent = told;
  typed(box);
  tellCut(box, question.length - box.maxLength);
  box.focus();
  if (told) say(told);
};
const forgetGiven = () => {
  byId("given").hidden = true;
  byId("question").dataset.standalone = "no";
};
actions["forget-given"] = () => give("");

export const focusQuestion = () => byId("question")?.focus();

const turnChanged = () => {
  const turns = byId("live")?.querySelectorAll(".turn") ?? [];
  const turn = turns[turns.length - 1];
  if (!turn) return;
  const key = `${turn.dataset.turn}/${turn.dataset.state}`;
  if (key === turnChanged.seen) return;
  turnChanged.seen = key;
  if (turnChanged.shown !== turn.dataset.turn) {
    turnChanged.shown = turn.dataset.turn;
    const frame = byId("scroller");
    frame.scrollTo({ top: within(turn, frame), behavior: still.matches ? "auto" : "smooth" });
  }
  const number = Number(turn.dataset.turn);
  if (turn.dataset.state === "stopped") ended.add(number);
  if (turn.dataset.state === "working") {
    // a frame that was on its way came after the word that it is stopped
    if (ended.has(number)) return send("stop", { turn: number, serial: 0 });
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
  const shown = byId("live")?.querySelector(".turn");
  const turn = Number(shown?.dataset.turn ?? 0);
  if (shown) ended.add(turn);
  send("stop", { turn, serial });
  setBusy(false);
  if (shown) return focusQuestion();
  document.body.dataset.talking = document.querySelector(".turn") ? "yes" : "no";
  give(asked, "Stopped before the answer was begun.");
};
const questionOf = (button) => button.closest(".turn").querySelector(".question").textContent;
actions["whole-question"] = (button) => {
  const question = button.closest(".turn").querySelector(".question");
  const whole = question.classList.toggle("whole");
  button.setAttribute("aria-expanded", String(whole));
  button.textContent = whole ? "Show less" : "Show all";
};
actions.again = (button) => ask(questionOf(button));
actions.edit = (button) => {
  const { text, standalone } = button.dataset;
  if (standalone) give(text, "Asked as it stands, without what was said before it.", true);
  else give(questionOf(button));
};

clicks.push((target) => {
  if (target.dataset.ask) ask(target.dataset.ask);
  return Boolean(target.dataset.ask);
});
submits["ask-form"] = submit;
inputs.question = typed;

const stepCitations = (from, step) => {
  const all = [...document.querySelectorAll("#past .cite, #live .cite")];
  all[all.indexOf(from) + step]?.focus();
};

keys.push((event, here) => {
  if (event.key === "Enter" && here?.id === "question" && !event.shiftKey) submit();
  else if (event.key === "/" && !writing(here)) {
    location.hash = "#ask";
    showRoom(); // at once: what does not show takes no focus
    toggleDrawer(false);
    focusQuestion();
  } else if (here?.classList.contains("cite") && ["ArrowRight", "ArrowLeft"].includes(event.key)) {
    stepCitations(here, event.key === "ArrowRight" ? 1 : -1);
  } else return false;
  return true;
});

begins.push(() => {
  watch("live", turnChanged);
  byId("question").addEventListener("paste", pasted);
  byId("scroller")?.setAttribute("role", "region");
  byId("scroller")?.setAttribute("aria-label", "Conversation");
  if (wide.matches && room() === "ask") setTimeout(focusQuestion);
});
