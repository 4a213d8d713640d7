/* The evaluation room: its views by address, and how far the run under way is. */

import { actions, arrived, begins, byId, entered, send, submits, watch } from "./core.js";
import { openReader } from "./side.js";

const BETWEEN_LOOKS = 1000; // ms, only while a run is under way and the room is shown
let timer = 0;
let asked = "";

const here = () => document.body.dataset.room === "evaluation";

/* Not "path": Gradio takes a value of that name for a file. The browser leaves the hash as it was written: the parts stay encoded for the server. */
const look = () => {
  const path = location.hash.slice(1).split("/").slice(1).join("/");
  byId("evaluation-room").dataset.view = path ? "one" : "all";
  if (path !== asked) byId("evaluation-room").scrollTop = 0;
  asked = path;
  send("evaluation_look", { address: path });
};

const busy = () => Boolean(byId("evaluation-now").querySelector("[data-busy]"));

const tick = () => {
  timer = 0;
  if (!busy() || !here()) return;
  send("evaluation_watch");
  timer = setTimeout(tick, BETWEEN_LOOKS);
};

const nowChanged = () => {
  if (busy() && here() && !timer) timer = setTimeout(tick, BETWEEN_LOOKS);
  if (nowChanged.was && !busy() && here()) look(); // it ended: the list has a new line
  nowChanged.was = busy();
};

entered.push((room) => {
  if (room === "evaluation") arrived(look);
});
begins.push(() => watch("evaluation-now", nowChanged));

submits["evaluation-form"] = () => {
  send("evaluation_begin", {
    suite: byId("evaluation-suite").value,
    side: byId("evaluation-side").value,
    most: byId("evaluation-most").value,
  });
};
submits["evaluation-compare"] = () => {
  const [old, now] = ["evaluation-old", "evaluation-new"].map((id) => encodeURIComponent(byId(id).value));
  location.hash = `#evaluation/compare/${old}/${now}`;
};
actions["evaluation-stop"] = () => send("evaluation_stop");
actions["evaluation-resume"] = (button) => send("evaluation_resume", { run: button.dataset.run });
actions["evaluation-open"] = (button) => {
  const { run, case: id, place } = button.dataset;
  openReader("evaluation_open", { run, case: id, place }, button);
};
