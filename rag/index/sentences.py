"""Where sentences begin and end, as exact offsets into a text.

``sentence_spans`` finds candidate ends by their marks and keeps those that neither Punkt's
learned tables nor the rules below call an abbreviation. A paragraph or heading always ends
a sentence; quotes and brackets stay with the sentence they close. Spans are trimmed,
ordered, disjoint, and together hold every character that is not white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.index.punkt import english
from rag.types import Span

_CLOSERS = "\"'”’»›)\\]}〉》」』】"
_OPENERS = "\"'“‘«‹(\\[{„¿¡〈《「『【"
# A mark, what closes around it, then space; or a mark of a script that puts no space after it.
_END = re.compile(rf"(?P<mark>[.!?…؟۔।]+)[{_CLOSERS}]*(?:\s+|$)|[。！？｡]+[{_CLOSERS}]*\s*")
_NEXT = re.compile(rf"[{_OPENERS}\s–—•*-]*(?P<word>[^\W_][^\s,;:.!?{_CLOSERS}]*)")
_LAST = re.compile(rf"[^\s{_OPENERS}–—/-]+$")
_BREAK = re.compile(r"[ \t]*(?:\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])\s*")
_TERMINAL = re.compile(rf"[.!?…:;؟۔।。！？][{_CLOSERS}]*$")

# Stand before a name or number and so never end a sentence.
_LEADING = frozenset(
    "mr mrs ms mx dr prof gen sen rep reps sens gov lt col sgt capt maj adm cmdr cpl pvt rev hon "
    "pres st mt ft fr msgr supt det insp amb messrs mme mlle vs v no nos fig vol art sec pp approx "
    "brig ald".split()
)
# End a sentence only where the next word looks like the start of one.
_TRAILING = frozenset(
    "jan feb mar apr jun jul aug sept sep oct nov dec inc ltd corp co bros jr sr etc al ave blvd "
    "rd dept univ assn est a.m p.m am pm u.s u.k u.n e.u d.c u.a.e b.c a.d ph.d m.d b.a m.a".split()
)
_STARTERS = frozenset(
    "the a an he she it they we you i this that these those there in on at but and so as if when "
    "while after before with for from by since though although however meanwhile his her its "
    "their our my no yes what who how why where which one some many most both all nobody nothing "
    "everyone several another each every other others such".split()
)


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """The sentences of ``text[start:end]``, as spans of ``text``."""
    stop = len(text) if end is None else end
    found: list[Span] = []
    for first, last in blocks(text, start, stop):
        found.extend(_in_block(text, first, last))
    return found


def blocks(text: str, start: int, end: int) -> Iterator[Span]:
    """Trimmed paragraphs, headings and lines; a line that was merely wrapped is not cut."""
    begin = start
    for found in _BREAK.finditer(text, start, end):
        if _wrapped(text, begin, found.start(), found.end(), end):
            continue
        yield from _trimmed(text, begin, found.start())
        begin = found.end()
    yield from _trimmed(text, begin, end)


def _wrapped(text: str, begin: int, stop: int, resume: int, end: int) -> bool:
    """Whether a line break stands inside a sentence that goes on."""
    gap = text[stop:resume]
    if gap.count("\n") != 1 or resume >= end or stop <= begin:
        return False
    line = text[max(begin, text.rfind("\n", begin, stop) + 1) : stop]
    if _TERMINAL.search(line[-8:]):
        return False
    if text[resume].islower():
        return True
    # Lines of one width were cut by a margin; a short line, or one before a long one, is a heading.
    following = text.find("\n", resume, end)
    width = (following if following >= 0 else end) - resume
    return 55 <= len(line) <= 110 and width <= 110 and text[resume].isalnum()


def _in_block(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for found in _END.finditer(text, start, end):
        stop = found.end()
        if stop >= end:
            break
        if found["mark"] is None or _ends(text, begin, found, end):
            yield from _trimmed(text, begin, stop)
            begin = stop
    yield from _trimmed(text, begin, end)


def _ends(text: str, begin: int, found: re.Match[str], end: int) -> bool:
    """Whether a mark followed by space ends a sentence."""
    after = _NEXT.match(text, found.end(), end)
    if after is None:
        return True  # only marks follow: they begin a line of their own
    word = after["word"]
    if word[0].islower():
        return False
    mark = found["mark"]
    closed = found.end("mark") < found.end() and not text[found.end("mark")].isspace()
    if mark != ".":
        return True
    before = _LAST.search(text, max(begin, found.start() - 40), found.start())
    if before is None:
        return True
    return _period_ends(before.group(), before.start() == begin, word, closed=closed)


def _period_ends(last: str, opens: bool, word: str, *, closed: bool) -> bool:
    """Whether a single full stop between ``last`` and ``word`` ends a sentence."""
    small, following = last.lower(), word.lower()
    if small in _LEADING and not closed:
        # 'No. 5' goes on; 'He said no. The' and 'No. The' do not.
        return small == "no" and not word[0].isdigit() and (opens or last.islower())
    if last.isdigit() and opens:
        return False  # the number of a list item
    if len(last) == 1 and last.isalpha():
        # An initial, unless what follows can hardly be a name: 'vitamin C. The'.
        return last == "I" or (following in _STARTERS and not last.islower())
    if small in _TRAILING or small in english().abbreviations or _dotted(last):
        if word[0].isdigit():
            return closed
        return following in _STARTERS or following in english().starters or _common(following)
    return True


def _dotted(word: str) -> bool:
    """Letters and dots in turn, as in 'U.S' or 'J.R.R'."""
    return "." in word and all(len(part) <= 2 and part.isalpha() for part in word.split("."))


def _common(word: str) -> bool:
    """Whether a word is written small unless it starts a sentence."""
    return word in english().common


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
