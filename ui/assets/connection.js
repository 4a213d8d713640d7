/* When the server does not answer: a line across the page says so and looks for it again.

   What was asked is not lost from sight, and earlier conversations are kept by the server. A
   server that was started anew does not know this page any more: it has to be loaded again. */

import { actions, begins, byId, say } from "./core.js";

const SECONDS = 2;
const told = [];
export const onLost = (then) => told.push(then); // () => …, when it is noticed

let boot = null; // which start of the server this page belongs to
let lost = false;
let looking = 0;

const health = async () => {
  const reply = await fetch("healthz", { cache: "no-store" });
  if (!reply.ok) throw new Error(String(reply.status));
  return reply.json();
};

const line = (text, kind = "") => {
  const place = byId("connection");
  place.hidden = !text;
  place.dataset.kind = kind;
  place.querySelector("span").textContent = text;
  place.querySelector("button").hidden = kind !== "anew";
};

const again = async () => {
  try {
    const now = await health();
    clearInterval(looking);
    lost = false;
    if (boot !== null && now.boot !== boot) {
      line("Dateline was started again. Load the page again to go on; conversations are kept.", "anew");
      return;
    }
    line("");
    say("The server answers again.");
  } catch {
    line("The server does not answer. Looking for it again… If you ended it, start it with “make chat”.", "lost");
  }
};

/* Something was asked of the server and nothing came. */
export const lookNow = async () => {
  try {
    await health();
    return true;
  } catch {
    if (!lost) {
      lost = true;
      told.forEach((then) => then());
      clearInterval(looking);
      looking = setInterval(again, SECONDS * 1000);
      again();
    }
    return false;
  }
};

/* The server answers, but has let go of this page, which lay idle for long. */
const gone = () => {
  if (!byId("gone").querySelector("[data-gone]")) return;
  told.forEach((then) => then());
  line("This page lay idle for long. Load it again to go on; conversations are kept.", "anew");
};

actions.reload = () => location.reload();

begins.push(() => {
  const place = document.createElement("p");
  place.id = "connection";
  place.hidden = true;
  place.setAttribute("role", "alert");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.dataset.act = "reload";
  button.hidden = true;
  button.textContent = "Load again";
  place.append(document.createElement("span"), " ", button);
  byId("rooms").before(place);
  new MutationObserver(gone).observe(byId("gone"), { childList: true, subtree: true });
  health().then((now) => (boot = now.boot ?? null), () => lookNow());
  for (const name of ["online", "offline"]) window.addEventListener(name, () => lookNow());
  document.addEventListener("visibilitychange", () => document.hidden || lookNow());
});
