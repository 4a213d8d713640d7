"use strict";
(() => {
  const rows = JSON.parse(document.getElementById("data").textContent);
  const find = document.getElementById("find"), outcome = document.getElementById("outcome");
  const tag = document.getElementById("tag"), split = document.getElementById("split");
  const list = document.getElementById("cases"), more = document.getElementById("more"), count = document.getElementById("count");
  const step = 100;
  // Flipped to wrong first, then flipped to right, then what failed, then the rest as it was run.
  const rank = (r) => (r.flip === "wrong" ? 0 : r.flip === "right" ? 1 : r.ok ? 3 : 2);
  const ordered = rows.map((r, i) => [r, i]).sort((a, b) => rank(a[0]) - rank(b[0]) || a[1] - b[1]).map((p) => p[0]);
  for (const name of [...new Set(rows.flatMap((r) => r.tags))].sort()) tag.append(new Option(name, name));
  let shown = [], at = 0;

  const make = (kind, text, cls) => {
    const node = document.createElement(kind);
    if (text !== undefined) node.textContent = text;
    if (cls) node.className = cls;
    return node;
  };
  const quote = (source, words) => {
    const node = make("blockquote", words || "(any place of the article)");
    node.append(make("cite", source));
    return node;
  };
  const sides = (r) => {
    const box = make("div", undefined, "sides"), said = make("div"), wanted = make("div");
    if (r.h.length) { said.append(make("h3", "Asked before")); for (const h of r.h) said.append(make("p", h)); }
    if (r.und) { said.append(make("h3", "Question as understood"), make("p", r.und)); }
    said.append(make("h3", "Answer"), make("p", r.err ? "No reply: " + r.err : r.abst ? "(refused)" : r.text));
    if (r.short) said.append(make("h3", "Short answer"), make("p", r.short));
    if (r.cites.length) said.append(make("h3", "Cited"));
    for (const c of r.cites) said.append(quote("[" + c[0] + "] " + c[1], c[2]));
    wanted.append(make("h3", r.ans ? "Facts that a right answer states" : "The articles do not answer this"));
    for (const f of r.facts) wanted.append(make("p", f));
    r.gold.forEach((group, i) => {
      wanted.append(make("h3", "Evidence " + (i + 1) + (group.length > 1 ? ", any of these" : "")));
      for (const g of group) wanted.append(quote(g[0], g[1]));
    });
    const notes = [r.split, ...r.tags];
    if (r.conf !== null) notes.push("confidence " + r.conf.toFixed(2));
    if (r.ms !== null && r.ms !== undefined) notes.push(Math.round(r.ms) + " ms");
    wanted.append(make("h3", notes.join(" · ")));
    box.append(said, wanted);
    return box;
  };
  const item = (r) => {
    const li = make("li"), details = make("details"), head = make("summary"), q = make("span", r.q);
    if (r.crit) q.append(make("span", "critical", "badge"));
    if (r.flip) q.append(make("span", "flipped to " + r.flip, "badge"));
    if (r.why) q.append(make("span", r.why, "why"));
    head.append(make("span", r.ok ? "passed" : "failed", "verdict " + (r.ok ? "ok" : "no")), q, make("span", r.id, "id"));
    details.append(head);
    details.addEventListener("toggle", () => { if (details.open && details.children.length === 1) details.append(sides(r)); });
    li.append(details);
    return li;
  };
  const next = () => {
    const part = document.createDocumentFragment();
    for (const r of shown.slice(at, at + step)) part.append(item(r));
    at = Math.min(at + step, shown.length);
    list.append(part);
    more.hidden = at >= shown.length;
  };
  const kinds = {
    "": () => true, failed: (r) => !r.ok, passed: (r) => r.ok, flipped: (r) => Boolean(r.flip),
    refused: (r) => r.abst, error: (r) => Boolean(r.err),
  };
  const draw = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const holds = (r) => { const text = (r.id + " " + r.q + " " + r.text).toLowerCase(); return words.every((w) => text.includes(w)); };
    shown = ordered.filter((r) => kinds[outcome.value](r) && (!tag.value || r.tags.includes(tag.value)) && (!split.value || r.split === split.value) && holds(r));
    count.textContent = shown.length + " of " + rows.length + " cases";
    list.replaceChildren();
    at = 0;
    next();
  };
  for (const field of [find, outcome, tag, split]) field.addEventListener("input", draw);
  document.getElementById("filters").addEventListener("submit", (e) => e.preventDefault());
  more.addEventListener("click", next);
  new IntersectionObserver((seen) => { if (seen.some((s) => s.isIntersecting) && !more.hidden) next(); }, { rootMargin: "600px" }).observe(more);
  draw();
})();
