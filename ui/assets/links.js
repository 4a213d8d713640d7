/* Addresses that bring something: ?q= a question, ?c= quoted words in their article.

   A question from a link is put into the box and never asked by itself: whoever made the
   link decides nothing and spends nothing. Both leave the address once they were taken. */

import { arrived, begins } from "./core.js";
import { give } from "./ask.js";
import { openReader } from "./side.js";

const MOST = 2000;

const take = () => {
  const asked = new URLSearchParams(location.search);
  const question = asked.get("q")?.trim().slice(0, MOST) ?? "";
  const words = asked.get("c")?.slice(0, 200) ?? "";
  if (!question && !words) return;
  history.replaceState(null, "", `${location.pathname}${location.hash || "#ask"}`);
  if (question) give(question, "This question came with a link. Press Ask to ask it.");
  if (words) openReader("linked", { token: words }, null);
};

begins.push(() => arrived(take));
