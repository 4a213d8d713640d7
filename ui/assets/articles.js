/* The room of the articles: searching the list and turning its pages. */

import { byId, clicks, inputs, send, submits } from "./core.js";

let typing = 0;
const browse = (page = 0) => send("browse", { query: byId("browse")?.value ?? "", page });

clicks.push((target) => {
  if (target.dataset.page) browse(Number(target.dataset.page));
  return Boolean(target.dataset.page);
});
submits["browse-form"] = () => browse();
inputs.browse = () => {
  clearTimeout(typing);
  typing = setTimeout(() => browse(), 200);
};
