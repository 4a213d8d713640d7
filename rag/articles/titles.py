"""Finds the headline of a page of text, or makes a title where there is none.

A headline stands before the story, is neither furniture nor a sentence of it, shares its
words, and often stands twice: in the page title ('… | News | DW') and above the story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rag.articles.bylines import author_in, is_date_line
from rag.articles.features import ends_as_sentence, words_of
from rag.articles.furniture import kind_of
from rag.articles.publisher import by_name, segments, without_dateline

_LONGEST_TITLE = 220
_MADE_CHARS = 90
_SMALL = frozenset(
    "the a an and or of in on at to for from by with as is are was were be been has have had "
    "it its that this".split()
)
_FIRST_SENTENCE = re.compile(r"^.{20,}?[.!?][\"'”’)]*(?=\s+[\"'“‘(]?[A-ZÀ-Þ])")


def find_title(lines: Sequence[str], before: int, story: str) -> int | None:
    """The line below ``before`` that holds the headline, or None.

    ``story`` is the text of the article's first paragraphs, whose words a headline shares.
    """
    known = _stems(words_of(story))
    candidates = [index for index in range(before) if lines[index] and _possible(lines[index])]
    counts = Counter(lines[index].casefold() for index in candidates)
    candidates = [
        i
        for i in candidates
        if not lines[i].endswith(".")
        or (counts[lines[i].casefold()] == 1 and len(lines[i].split()) <= 5)
    ]
    page_titles = [
        _key(first_segment(lines[index])) for index in candidates if len(segments(lines[index])) > 1
    ]
    best, best_score, above = None, 0.0, 0
    for index in candidates:
        line = lines[index]
        parts = segments(line)
        if len(parts) > 2 and _share(words_of(parts[0]), known) < 0.34:
            continue  # a breadcrumb
        words = words_of(line)
        share = _share(words, known)
        score = 2.0 * share * min(1.0, len(words) / 5) + min(len(words), 8) / 8
        score += 0.8 * (counts[line.casefold()] > 1)
        score += 1.2 * (_key(line) in page_titles and len(parts) <= 1)
        score += 0.5 * (index == 0) + 0.6 * _signed_below(lines, index)
        score -= 0.4 * ends_as_sentence(line) * (not line.endswith(("?", "!")))
        score -= 0.02 * min(25, before - index) + 0.15 * above
        above += share >= 0.3 and len(parts) <= 1
        if (share >= 0.3 or (share > 0 and counts[line.casefold()] > 1)) and score > best_score:
            best, best_score = index, score
    return best if best_score >= 1.1 else None


def _signed_below(lines: Sequence[str], index: int) -> bool:
    """Whether the next line is a byline or a date: that is where headlines stand."""
    below = next((line for line in lines[index + 1 : index + 4] if line), "")
    return author_in(below) is not None or is_date_line(below)


def first_segment(line: str) -> str:
    """A page title without the site's name: 'Talks in Brussels | News | DW' -> its headline."""
    parts = segments(line)
    if len(parts) < 2:
        return line
    if by_name(parts[0]) is not None and len(words_of(parts[1])) > 2:
        return parts[1]
    tail = re.escape(parts[1])
    longest = max(parts, key=len)
    if len(words_of(parts[0])) >= 4 or longest == parts[0]:
        return re.split(r"\s+[|–—·•»:>-]\s+(?=" + tail + r")|\s*\|\s*", line, maxsplit=1)[0].strip()
    return longest


def make_title(body: str) -> str:
    """The first words of the first sentence, for a text that has no headline of its own."""
    paragraph = without_dateline(body.lstrip().split("\n", 1)[0])
    sentence = _FIRST_SENTENCE.match(paragraph)
    text = sentence.group(0) if sentence else paragraph
    if len(text) <= _MADE_CHARS:
        return text.rstrip(" .")
    cut = text.rfind(" ", 0, _MADE_CHARS)
    return text[: cut if cut > 30 else _MADE_CHARS].rstrip(" ,;:–—-") + "…"


def _possible(line: str) -> bool:
    words = words_of(line)
    return (
        2 <= len(words) <= 32
        and len(line) <= _LONGEST_TITLE
        and kind_of(line) is None
        and author_in(line) is None
        and not is_date_line(line)
        and not (ends_as_sentence(line) and len(words) > 14 and not line.endswith(("?", "!")))
        and not line.endswith(("-", "–", "—", ":"))
        and by_name(line) is None
    )


def _share(words: Sequence[str], known: set[str]) -> float:
    stems = _stems(words)
    return len(stems & known) / len(stems) if stems else 0.0


def _stems(words: Sequence[str]) -> set[str]:
    return {
        word.casefold()[:6] for word in words if len(word) > 2 and word.casefold() not in _SMALL
    }


def _key(line: str) -> str:
    return re.sub(r"\W+", "", line.casefold())
