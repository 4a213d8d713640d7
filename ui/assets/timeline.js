/* The picture of the corpus: bars and dots set the filters; arrow keys lead from bar to bar. */

import { begins, byId, keys } from "./core.js";
import { narrowed, narrowTo } from "./filters.js";

let filters = { first: "", last: "", publishers: [] };

const choose = (target, extend) => {
  const { first, last, publisher } = target.dataset;
  const begin = extend && filters.first && filters.first < first ? filters.first : first;
  const end = extend && filters.last && filters.last > last ? filters.last : last;
  narrowTo({ first: begin, last: end, publisher });
};

/* What the filters let through stands out. A shorter date of the same year still compares. */
const show = () => {
  const any = Boolean(filters.first || filters.last || filters.publishers.length);
  byId("timeline").querySelectorAll("[data-first]").forEach((one) => {
    const { first, last, publisher } = one.dataset;
    const inTime = (!filters.first || last >= filters.first || filters.first.startsWith(last))
      && (!filters.last || first <= filters.last || first.startsWith(filters.last));
    const named = !filters.publishers.length || publisher === undefined
      || filters.publishers.includes(publisher);
    one.classList.toggle("on", any && inTime && named);
  });
  byId("timeline").toggleAttribute("data-narrowed", any);
};

narrowed.push((now) => {
  filters = now;
  show();
});

const bars = () => [...byId("timeline").querySelectorAll(".bar")];

keys.push((event, here) => {
  if (!here?.classList.contains("bar")) return false;
  if (event.key === "Enter" || event.key === " ") {
    choose(here, event.shiftKey);
    return true;
  }
  const all = bars();
  const at = all.indexOf(here);
  const next = {
    ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1,
  }[event.key];
  if (next === undefined || !all[next]) return false;
  here.tabIndex = -1;
  all[next].tabIndex = 0;
  all[next].focus();
  return true;
});

begins.push(() => {
  byId("timeline").addEventListener("click", (event) => {
    const target = event.target.closest?.("[data-first]");
    if (target) choose(target, event.shiftKey);
  });
  new MutationObserver(show).observe(byId("timeline"), { childList: true, subtree: true });
});
