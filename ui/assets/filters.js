/* What the search is narrowed to: the form in the rail, and the chips above the question and
   above the list. The picture of the corpus sets the same filters (timeline.js). */

import { begins, byId, changes, clicks, send, submits, watch } from "./core.js";

let waiting = 0;
let serial = 0; // changes may overtake each other on their way
const filters = { first: "", last: "", publishers: [], comments: true };
export const narrowed = []; // (filters) => …, whenever they change

const readFilters = () => {
  filters.first = byId("first")?.value.trim() ?? "";
  filters.last = byId("last")?.value.trim() ?? "";
  filters.comments = byId("comments")?.checked ?? true;
};

/* The form is the server's markup and comes anew when articles come: what was typed stays. */
const writeFilters = () => {
  if (!byId("first")) return;
  byId("first").value = filters.first;
  byId("last").value = filters.last;
  byId("comments").checked = filters.comments;
};

/* Send a change that still waits, for whoever is about to ask. */
export const settle = () => {
  if (!waiting) return;
  clearTimeout(waiting);
  waiting = 0;
  const query = byId("browse")?.value ?? "";
  send("narrow", { ...filters, publishers: [...filters.publishers], query, serial });
};

const tell = () => {
  narrowed.forEach((told) => told(filters));
  serial += 1;
  clearTimeout(waiting); // two answers may overtake each other: changes made at once go as one
  waiting = setTimeout(settle, 150);
};

const narrow = () => {
  readFilters();
  tell();
};

/* Set some of them at once: {first, last, publisher}. */
export const narrowTo = ({ first, last, publisher }) => {
  if (first !== undefined) Object.assign(filters, { first, last });
  if (publisher && !filters.publishers.includes(publisher)) filters.publishers.push(publisher);
  writeFilters();
  tell();
};

const lift = (key) => {
  if (key === "dates") Object.assign(filters, { first: "", last: "" });
  else if (key === "comments") filters.comments = true;
  else filters.publishers = filters.publishers.filter((name) => `publisher:${name}` !== key);
  writeFilters();
  tell();
};

clicks.push((target) => {
  const { lift: lifted, publisher } = target.dataset;
  if (lifted) lift(lifted);
  else if (publisher) narrowTo({ publisher });
  return Boolean(lifted || publisher);
});
submits.filters = narrow;
changes.push((box) => {
  if (box.id === "publisher") {
    narrowTo({ publisher: box.value });
    box.value = "";
  } else if (["first", "last", "comments"].includes(box.id)) narrow();
});

begins.push(() => watch("rail-body", writeFilters));
