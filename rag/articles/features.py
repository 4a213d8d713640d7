"""What can be measured of each line of a page: the input of the line judge (`judge`).

A page is a list of lines without blank ones. Each line is described by itself (length,
function words, sentence ends, links' marks) and by its neighbours, because an article is
where long sentences stand together. The features are plain numbers with names, so that the
judge's weights can be read.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence

from rag.articles.furniture import Furniture, kind_of

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_END = re.compile(r"[.!?…:;。！？।][\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"[.!?…。！？।][\"'”’»)\]]*$")
_FUNCTION = frozenset(
    """
    a about after all also an and are as at be been but by can could did do for from had has
    have he her his i if in into is it its just like more most my no not of on one or our
    out over said she so some than that the their them then there they this to up was we
    were what when which who will with would you your de la le les des et en un une du que
    qui dans pour est pas sur au par avec il elle ne se sont mais el los las del y a por con
    una para es no lo al como su se más pero fue der die das und ist von mit den im nicht
    ein eine zu auf für des dem sich auch als es wird hat aus bei o os do da dos das em um
    uma não com ao foi mais e ou na no pela pelo di che non il per i sono della dei alla è
    nel anche ha gli con si het een van en dat is op te zijn met voor niet aan er om ook als
    maar door и в не на что с по как это но из он а у за к от о для же w i na z się do nie
    jest że o to jak po co za od ale
    """.split()
)
NAMES = (
    "bias",
    "words",
    "words_long",
    "function",
    "lower",
    "full_stop",
    "ends",
    "commas",
    "digits",
    "title_case",
    "marks",
    "nav",
    "link",
    "end_kind",
    "other_kind",
    "repeated",
    "one_word",
    "prev_words",
    "next_words",
    "prev_stop",
    "next_stop",
    "near_words",
    "wide_words",
    "near_stop",
    "wide_short",
    "before_start",
    "after_end",
    "in_main",
    "gap_prev",
    "gap_next",
    "short_in_prose",
    "stop_in_prose",
    "since_end_kind",
    "since_comments",
    "in_title",
)


def features(lines: Sequence[str], title: str = "") -> list[list[float]]:
    """One row of numbers for each line, in the order of ``NAMES``."""
    if not lines:
        return []
    words = [_WORD.findall(line) for line in lines]
    counts = [
        len(found) if not _spaceless(line) else len(line) // 2
        for found, line in zip(words, lines, strict=True)
    ]
    stops = [1.0 if _FULL_STOP.search(line) else 0.0 for line in lines]
    kinds = [kind_of(line) for line in lines]
    prose = [
        kind is None and (count >= 25 or (count >= 10 and stop > 0))
        for count, stop, kind in zip(counts, stops, kinds, strict=True)
    ]
    first, last = main_stretch(counts, prose)
    often = Counter(lines)
    title_words = {word.casefold() for word in _WORD.findall(title) if len(word) > 3}
    rows = []
    end_seen = comments_seen = 0.0
    before, after = _distances(prose)
    for index, line in enumerate(lines):
        if index > first:
            end_seen = max(end_seen, float(kinds[index] is Furniture.END))
            comments_seen = max(comments_seen, float(kinds[index] is Furniture.COMMENTS))
        inside = first <= index <= last
        own = _own(line, words[index], counts[index], stops[index], kinds[index], often[line])
        around = _around(index, counts, stops, prose)
        place = [
            min(1.0, (first - index) / 20) if index < first else 0.0,
            min(1.0, (index - last) / 20) if index > last else 0.0,
            float(inside),
            min(6, before[index]) / 6,
            min(6, after[index]) / 6,
            float(inside and counts[index] < 10),
            float(inside) * stops[index],
            end_seen,
            comments_seen,
            _overlap(words[index], title_words),
        ]
        rows.append(own + around + place)
    return rows


def main_stretch(counts: Sequence[int], prose: Sequence[bool]) -> tuple[int, int]:
    """First and last line of the stretch with the most prose, bridging short gaps.

    Kadane's best sum: each line of prose adds its words, each other line costs some.
    """
    best = (0.0, 0, -1)
    total, start = 0.0, 0
    for index, count in enumerate(counts):
        gain = min(count, 60) if prose[index] else -7.0 + min(count, 5)
        if total <= 0:
            total, start = 0.0, index
        total += gain
        if total > best[0]:
            best = (total, start, index)
    return best[1], best[2]


def is_prose(line: str) -> bool:
    """A long line, or a shorter one that ends as a sentence does."""
    count = len(line) // 2 if _spaceless(line) else len(_WORD.findall(line))
    return kind_of(line) is None and (
        count >= 25 or (count >= 10 and bool(_FULL_STOP.search(line)))
    )


def ends_as_sentence(line: str) -> bool:
    """Whether a line ends with the mark of a sentence's end."""
    return bool(_FULL_STOP.search(line))


def words_of(line: str) -> list[str]:
    """The words of a line, without numbers."""
    return _WORD.findall(line)


def _own(
    line: str, words: list[str], count: int, stop: float, kind: Furniture | None, often: int
) -> list[float]:
    some = max(1, len(words))
    return [
        1.0,
        math.log1p(count) / 4,
        min(1.0, count / 40),
        min(1.0, 2 * sum(word.lower() in _FUNCTION for word in words) / some),
        sum(word.islower() for word in words) / some,
        stop,
        1.0 if _END.search(line) else 0.0,
        min(1.0, (line.count(",") + line.count(";") + line.count(" – ")) / 4),
        min(1.0, 3 * sum(char.isdigit() for char in line) / max(1, len(line))),
        sum(word[0].isupper() for word in words) / some,
        float(any(mark in line for mark in "|»›•→▼▲©®™…«<>{}=_/@#")),
        float(kind is Furniture.NAV),
        float(kind is Furniture.LINK),
        float(kind in (Furniture.END, Furniture.COMMENTS)),
        float(kind in (Furniture.CLOCK, Furniture.CREDIT, Furniture.CAPTION, Furniture.LEGAL)),
        min(1.0, (often - 1) / 2),
        float(count <= 1),
    ]


def _around(
    index: int, counts: Sequence[int], stops: Sequence[float], prose: Sequence[bool]
) -> list[float]:
    size = len(counts)
    near = [i for i in range(max(0, index - 2), min(size, index + 3)) if i != index]
    wide = [i for i in range(max(0, index - 6), min(size, index + 7)) if i != index]
    return [
        math.log1p(counts[index - 1]) / 4 if index else 0.0,
        math.log1p(counts[index + 1]) / 4 if index + 1 < size else 0.0,
        stops[index - 1] if index else 0.0,
        stops[index + 1] if index + 1 < size else 0.0,
        sum(min(counts[i], 40) for i in near) / 160,
        sum(min(counts[i], 40) for i in wide) / 480,
        sum(prose[i] for i in near) / 4,
        sum(counts[i] < 6 for i in wide) / 12,
    ]


def _distances(prose: Sequence[bool]) -> tuple[list[int], list[int]]:
    """Lines since the last line of prose, and until the next one."""
    before, after, seen = [], [], 99
    for flag in prose:
        before.append(seen)
        seen = 0 if flag else seen + 1
    seen = 99
    for flag in reversed(prose):
        after.append(seen)
        seen = 0 if flag else seen + 1
    return before, after[::-1]


def _overlap(words: list[str], title_words: set[str]) -> float:
    if not title_words:
        return 0.0
    return len(title_words & {word.casefold() for word in words}) / len(title_words)


def _spaceless(line: str) -> bool:
    """Chinese or Japanese: words are not set apart, so characters are counted."""
    return not line.isascii() and sum(
        "\u3040" <= char <= "\u9fff" for char in line[:60]
    ) > 0.4 * min(len(line), 60)
