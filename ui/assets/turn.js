/* The row below a turn: copying, why, thumbs; and menus, here and in the panel. */

import { actions, byId, begins, copy, keys, send, submits } from "./core.js";

/* ---- menus close by themselves ---- */

const closeMenus = (but = null) => {
  document.querySelectorAll("details.menu[open]").forEach((menu) => {
    if (menu !== but) menu.open = false;
  });
};
document.addEventListener("click", (event) => closeMenus(event.target.closest?.("details.menu")));
keys.unshift((event, here) => {
  const menu = event.key === "Escape" && here?.closest?.("details.menu[open]");
  if (!menu) return false;
  menu.open = false;
  menu.querySelector("summary").focus();
  return true;
});

actions.copy = (button) => {
  const { text, link } = button.dataset;
  copy(button, link ? `${location.origin}${location.pathname}${link}` : text);
};

/* ---- why: looked up once it is unfolded ---- */

actions.why = (button) => {
  const { turn } = button.dataset;
  const place = button.closest(".turn").querySelector(`[data-delivery="why-${turn}"]`);
  const open = place.hidden;
  place.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
  if (!open || place.dataset.asked) return;
  place.dataset.asked = "yes";
  place.setAttribute("aria-busy", "true");
  send("why", { turn: Number(turn) });
};

/* The server fills one place with what it looked up; it moves to the turn that asked. */
const deliver = () => {
  const brought = byId("delivered").querySelector("[data-deliver]");
  if (!brought) return;
  const place = document.querySelector(`[data-delivery="${CSS.escape(brought.dataset.deliver)}"]`);
  place?.replaceChildren(brought);
  place?.removeAttribute("aria-busy");
};

/* ---- thumbs ---- */

const form = (turn) => document.querySelector(`form.rate[data-turn="${CSS.escape(turn)}"]`);

actions.rate = (button) => {
  const { turn, side } = button.dataset;
  const up = button.getAttribute("aria-pressed") === "true" ? null : side === "up";
  button.closest(".thumbs").querySelectorAll("button").forEach((one) => {
    one.setAttribute("aria-pressed", String(up !== null && one === button));
  });
  const below = form(turn);
  below.hidden = up === null;
  below.dataset.up = String(up);
  send("rate", { turn: Number(turn), up, reason: "" });
  if (up !== null) below.querySelector("input").focus();
};

submits.rate = (below) => {
  const { turn, up } = below.dataset;
  send("rate", { turn: Number(turn), up: up === "true", reason: below.elements.reason.value });
  below.hidden = true;
  const pressed = below.closest(".turn").querySelector(".thumb[aria-pressed='true']");
  pressed?.focus();
};

begins.push(() => {
  new MutationObserver(deliver).observe(byId("delivered"), { childList: true, subtree: true });
});
