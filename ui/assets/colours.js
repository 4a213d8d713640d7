/* The button in the masthead: colours as the system has them, light, or dark; kept in this
   browser alone. */

import { actions, begins, say } from "./core.js";

const ROUND = { system: "light", light: "dark", dark: "system" };
const DRAWN = { system: "◐", light: "○", dark: "●" };
const TOLD = { system: "as the system", light: "light", dark: "dark" };

const now = () => document.documentElement.dataset.theme ?? "system";

const show = () => {
  const button = document.querySelector(".theme");
  if (!button) return;
  button.textContent = DRAWN[now()];
  button.setAttribute("aria-label", `Colours: ${TOLD[now()]}`);
  button.title = `Colours: ${TOLD[now()]}`;
};

actions.theme = () => {
  const next = ROUND[now()];
  if (next === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = next;
  try {
    if (next === "system") localStorage.removeItem("dateline-theme");
    else localStorage.setItem("dateline-theme", next);
  } catch {
    say("The browser does not keep this choice.");
  }
  show();
  say(`Colours: ${TOLD[next]}`);
};

begins.push(show);
