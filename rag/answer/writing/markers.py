"""Finds citation markers in a reply that arrives in pieces.

    parser = Markers(["kxw1", "kxw2"])
    for piece in pieces:
        for item in parser.feed(piece):  # text, or a `Marker`
            ...
    rest = parser.close()

One pass over the characters, whatever the pieces. A bracket that may still become a marker
is held back, up to a bound; code is left alone; ids that were not offered are dropped. It
does not know what an id stands for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_OPENERS = frozenset("[【［")
_CLOSERS = frozenset("]】］")
# Longer brackets are the model's own words, or will never close.
LONGEST = 80
_DASH = re.compile(r"\s*[-‐‑‒–—]\s*")
_BETWEEN = re.compile(r"[\s,;:，、；&|/]+")
_FILLERS = frozenset("and passage passages source sources see id ids ref refs cf".split())
_PART = re.compile(r"[#^]?(\w{1,16})(?:†\w*)?")
_NUMBER = re.compile(r"\d{1,3}")
_FENCE = 3


@dataclass(frozen=True, kw_only=True, slots=True)
class Marker:
    """A place where passages were cited; without ids when none of them had been offered."""

    ids: tuple[str, ...]


Item = str | Marker


class Markers:
    """A parser for one reply."""

    def __init__(self, offered: Sequence[str]) -> None:
        """``offered`` are the ids of the prompt, in its order, which is what ranges follow."""
        self._offered = list(offered)
        self._places = {one.casefold(): place for place, one in enumerate(offered)}
        self._alike = re.compile(_shape(offered), re.IGNORECASE)
        self._held: list[str] = []  # a bracket that is still open
        self._run = 0  # backticks that stand together just now
        self._code = 0  # backticks that opened the code that is being read
        self._out: list[Item] = []
        self._text: list[str] = []

    def feed(self, piece: str) -> list[Item]:
        """What is settled after this piece."""
        for char in piece:
            self._step(char)
        return self._taken()

    def close(self) -> list[Item]:
        """What was held back when the reply ended."""
        self._release()
        self._end_run()
        return self._taken()

    def _taken(self) -> list[Item]:
        self._settle()
        out, self._out = self._out, []
        return out

    def _settle(self) -> None:
        if self._text:
            self._out.append("".join(self._text))
            self._text = []

    def _release(self) -> None:
        self._text += self._held
        self._held = []

    def _step(self, char: str) -> None:
        if char == "`":
            self._release()
            self._run += 1
            self._text.append(char)
            return
        self._end_run()
        if self._code:
            # Code inside a line ends with its line at the latest.
            if char == "\n" and self._code < _FENCE:
                self._code = 0
            self._text.append(char)
        elif char in _OPENERS:
            self._release()
            self._held = [char]
        elif not self._held:
            self._text.append(char)
        elif char in _CLOSERS:
            self._close_bracket(char)
        else:
            self._held.append(char)
            if char == "\n" or len(self._held) > LONGEST:
                self._release()

    def _end_run(self) -> None:
        if self._run and self._code in (0, self._run):
            self._code = 0 if self._code else self._run
        self._run = 0

    def _close_bracket(self, char: str) -> None:
        ids = self._ids("".join(self._held[1:]))
        if ids is None:
            self._held.append(char)
            self._release()
            return
        self._held = []
        self._settle()
        self._out.append(Marker(ids=ids))

    def _ids(self, inside: str) -> tuple[str, ...] | None:
        """The offered ids that a bracket lists; None where it is no list of ids."""
        parts = [p for p in _BETWEEN.split(_DASH.sub("-", inside.strip())) if p]
        named = [p for p in parts if p.casefold() not in _FILLERS]
        found: dict[str, None] = {}
        alike = bool(named)
        for part in named:
            ends = [_PART.fullmatch(end) for end in part.split("-")]
            words = [end[1] for end in ends if end is not None]
            if len(words) < len(ends) or len(words) > 2:
                alike = False
                continue
            found |= dict.fromkeys(self._range(words))
            alike &= all(self._looks_like_id(word) for word in words)
        return tuple(found) if found or alike else None

    def _range(self, ends: list[str]) -> list[str]:
        """The ids from one to the other; 'kxw1-3' is 'kxw1-kxw3'."""
        first = self._places.get(ends[0].casefold())
        if len(ends) == 1:
            return [] if first is None else [self._offered[first]]
        last = self._places.get(ends[1].casefold())
        if last is None and first is not None:
            stem = self._offered[first].rstrip("0123456789")
            last = self._places.get(f"{stem}{ends[1]}".casefold())
        if first is None or last is None or last < first:
            return [self._offered[place] for place in (first, last) if place is not None]
        return self._offered[first : last + 1]

    def _looks_like_id(self, word: str) -> bool:
        return (
            word.casefold() in self._places
            or _NUMBER.fullmatch(word) is not None
            or self._alike.fullmatch(word) is not None
        )


def _shape(offered: Sequence[str]) -> str:
    """A pattern for ids that were made as the offered ones were."""
    shapes = {len(one.rstrip("0123456789")) for one in offered}
    return "|".join(rf"[a-z]{{{size}}}\d{{1,3}}" for size in sorted(shapes) if size) or r"(?!)"
