/* The settings room: looked up anew each time it is entered, and the checks on demand. */

import { actions, arrived, begins, byId, entered, say, send, watch } from "./core.js";

const button = () => document.querySelector("[data-act='settings-check']");

entered.push((room) => {
  if (room === "settings") arrived(() => send("settings_look"));
});
actions["settings-check"] = () => {
  button().disabled = true;
  button().textContent = "Checking…";
  say("Checking.");
  send("settings_check");
};
begins.push(() => watch("settings-found", () => {
  if (!button()) return;
  button().disabled = false;
  button().textContent = "Check now";
}));
