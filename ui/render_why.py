"""Why an answer is what it is: the passages that were considered for it, in a table; pure.

Each row tells the passage's place in the search, how probable it is that an answer from it is
right, and what became of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rag.types import Citation, Considered, Kind
from ui.markup import esc, isolated, shortened
from ui.words import date_words, publisher_words, title_words

_EXCERPT_CHARS = 220
_AROUND_CHARS = 80


def why_html(
    considered: Sequence[Considered],
    keys: Sequence[str],
    cited: Mapping[str, Sequence[Citation]],
    threshold: float,
) -> str:
    """The table. ``cited`` maps the ids of cited passages to what is cited of them."""
    if not considered:
        return (
            '<p class="hint">No passage was weighed: the catalogue answers this by itself, or '
            "nothing fits the filters.</p>"
        )
    rows = "".join(
        _row(rank, one, key, fate(one, cited, threshold), cited)
        for rank, (one, key) in enumerate(zip(considered, keys, strict=True), start=1)
    )
    return (
        '<p class="hint">Passages in the order in which the search found them, and how probable '
        "it is that an answer from each is right. What could not come near the best, or "
        f"came after a sure one, was not read; below {threshold:.0%} nothing is answered.</p>"
        '<div class="table-frame" tabindex="0" role="region" aria-label="Passages considered">'
        '<table class="why"><thead><tr>'
        '<th scope="col" class="figure">Found</th><th scope="col">Passage</th>'
        '<th scope="col" class="figure">Confidence</th><th scope="col">What became of it</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def fate(one: Considered, cited: Mapping[str, Sequence[Citation]], threshold: float) -> str:
    """In a few words: what became of a passage that was considered."""
    passage = one.candidate.passage
    if passage.id in cited:
        numbers = sorted({citation.number for citation in cited[passage.id]})
        return f"cited as {', '.join(f'[{number}]' for number in numbers)}"
    if one.confidence is None:
        return "not read"
    if one.missing:
        words = list(dict.fromkeys(one.missing))[:4]
        return f"does not mention {', '.join(f'“{word}”' for word in words)}"
    if one.confidence < threshold:
        return "not sure enough"
    if passage.kind is Kind.COMMENT:
        return "a reader’s comment; the newsroom’s words come first"
    if not cited:
        return "another passage fits the question better, and is not sure enough"
    return "another passage fits the question better, or says the same"


def _excerpt(one: Considered, citations: Sequence[Citation]) -> str:
    """How the passage begins; of a cited one the quoted words, with some before and after."""
    passage = one.candidate.passage
    if not citations:
        return esc(shortened(passage.text, _EXCERPT_CHARS))
    first = citations[0]
    before = passage.text[: max(first.start - passage.start, 0)]
    after = passage.text[max(first.end - passage.start, 0) :]
    lead = " ".join(before.split())
    if len(lead) > _AROUND_CHARS:
        lead = "…" + lead[-_AROUND_CHARS:].partition(" ")[2]
    rest = shortened(after, _AROUND_CHARS)
    quote = f"<mark>{esc(' '.join(first.quote.split()))}</mark>"
    return " ".join(part for part in (esc(lead), quote, esc(rest)) if part)


def _row(
    rank: int, one: Considered, key: str, told: str, cited: Mapping[str, Sequence[Citation]]
) -> str:
    info, passage = one.candidate.article, one.candidate.passage
    chosen = ' class="chosen"' if told.startswith("cited") else ""
    probability = "–" if one.confidence is None else f"{one.confidence:.0%}"
    voice = ", comment" if passage.kind is Kind.COMMENT else ""
    return (
        f'<tr{chosen}><td class="figure">{rank}</td>'
        f'<td><button type="button" class="passage" data-open="{esc(key)}">'
        f'<span class="from">{isolated(publisher_words(info))}{voice} · '
        f"{esc(date_words(info.published))} · {isolated(shortened(title_words(info), 120))}</span>"
        f'<span class="text" dir="auto">{_excerpt(one, cited.get(passage.id, ()))}</span>'
        f'</button></td><td class="figure">{probability}</td>'
        f'<td dir="auto">{esc(told)}</td></tr>'
    )
