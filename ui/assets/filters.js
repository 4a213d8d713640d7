/* What the search is narrowed to: the form in the rail, and the chips above the question. */

import { byId, changes, clicks, send, submits } from "./core.js";

const filters = { first: "", last: "", publishers: [], comments: true };

const readFilters = () => {
  filters.first = byId("first")?.value.trim() ?? "";
  filters.last = byId("last")?.value.trim() ?? "";
  filters.comments = byId("comments")?.checked ?? true;
};

export const narrow = () => {
  readFilters();
  send("narrow", { ...filters, publishers: [...filters.publishers] });
};

const addPublisher = (name) => {
  if (name && !filters.publishers.includes(name)) filters.publishers.push(name);
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
  narrow();
};

clicks.push((target) => {
  if (target.dataset.lift) lift(target.dataset.lift);
  return Boolean(target.dataset.lift);
});
submits.filters = narrow;
changes.push((box) => {
  if (box.id === "publisher") {
    addPublisher(box.value);
    box.value = "";
  } else if (["first", "last", "comments"].includes(box.id)) narrow();
});
