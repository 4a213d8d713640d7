"""What a sentence claims that can be checked: its quotations, dates, numbers and names.

`Claims.read` finds them; `missing` says which of them no given source bears out. Names are
runs of capitals, so a language that writes every noun large is held to longer runs only.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from rag.answer.writing.numbers import Number, numbers
from rag.answer.writing.source import Source, folded, holds, times_of
from rag.index.punkt import english as english_tables
from rag.retrieve.names import names
from rag.retrieve.time import parse_times
from rag.retrieve.words import is_function, key, tokens
from rag.types import Span

# Words that stand with a name without being one.
_TITLES = frozenset(
    key(word)
    for word in (
        "mr mrs ms miss dr prof professor sir dame lord lady president vice prime minister premier "
        "chancellor secretary general chief king queen prince princess pope senator governor mayor "
        "judge justice colonel captain major sergeant lieutenant admiral commander ambassador "
        "congressman congresswoman representative deputy director chairman chairwoman leader "
        "foreign defence defense interior spokesman spokeswoman state government parliament "
        "republic city province region county district army police ministry office council "
        "january february march april may june july august september october november december "
        "monday tuesday wednesday thursday friday saturday sunday"
    ).split()
)
_QUOTED = re.compile(r'“([^“”]*)”|„([^“”„]*)[“”]|«([^«»]*)»|"([^"]*)"|(?<!\w)‘([^‘’]{8,}?)’(?!\w)')
_PIECES = re.compile(r"\.{3,}|…|\[[^\]]*\]|\((?:…|\.\.\.)\)")
_ORDINARY_END = re.compile(
    r"(?:ly|ing|ed|ials|ants|ents|ysts|ists|ators|ities|tions?|ments?|ness|ncers?|ngers|uers)$"
)
_EDGES = " .,;:!?-'\""
_CODE = re.compile(r"\b[A-Za-z]+-?\d+[A-Za-z]*\b|\b\d+:\d+(?::\d+)*\b")
# Words that only English, or only its neighbours, write small and often.
_ENGLISH = frozenset(
    """the of and to that with for by from has have had is are it she they their which who this
    not been were said will would about after before there than what""".split()
)
_OTHERS = frozenset(
    """der die das den dem und ein eine einen nicht mit von auf ist hat haben wurde wurden sich
    oder für laut zu am im le la les des du et une est dans que qui pour sur pas selon el los las
    una de del y en con por según il lo gli che di da per non o os as um uma em não een het van op
    niet voor och att som på og""".split()
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Claims:
    """The claims of one sentence. ``names`` are spans; ``english`` tells how it was read."""

    text: str
    quotes: tuple[tuple[str, ...], ...]
    dates: tuple[Span, ...]
    numbers: tuple[Number, ...]
    names: tuple[Span, ...]
    codes: tuple[str, ...]
    english: bool

    @classmethod
    def read(cls, text: str) -> Claims:
        """The claims of a sentence that is written without markers."""
        english = _is_english(text)
        dates = tuple((t.start, t.end) for t in parse_times(text))
        codes = list(_CODE.finditer(text))
        taken = [*dates, *(match.span() for match in codes)]
        return cls(
            text=text,
            quotes=tuple(_quotes(text)),
            dates=dates,
            numbers=tuple(numbers(text, taken)),
            names=tuple(s for s in _names(text, english=english) if not _inside(s, dates)),
            codes=tuple(m[0] for m in codes if not _inside(m.span(), dates)),
            english=english,
        )

    @property
    def any(self) -> bool:
        """Whether there is anything to check but plain words."""
        return bool(self.values or self.names)

    @property
    def values(self) -> bool:
        """Whether there is more to check than names and plain words."""
        return bool(self.quotes or self.dates or self.numbers or self.codes)

    def words(self) -> list[str]:
        """Keys of the words that carry meaning, those of dates and numbers left out."""
        taken = [*self.dates, *((n.start, n.end) for n in self.numbers)]
        return [
            t.key
            for t in tokens(self.text)
            if not is_function(t.text) and not _inside((t.start, t.end), taken)
        ]


def missing(claims: Claims, sources: Sequence[Source], asked: Collection[str] = ()) -> str | None:
    """What of the claims no source bears out, in a few words; None when all are.

    ``asked`` are keys of the question's names whose articles hold them: an answer may name
    whom the passage calls 'he'.
    """
    for pieces in claims.quotes:
        if not any(_stands(pieces, source.folded) for source in sources):
            return f"the quoted words “{pieces[0][:60]}” do not stand in the cited passage"
    for span in claims.dates:
        text = claims.text[span[0] : span[1]]
        if not any(_dated(claims, span, source) for source in sources):
            return f"the date “{text}” is not in the cited passage"
    for number in claims.numbers:
        if not any(_numbered(claims, number, source) for source in sources):
            text = claims.text[number.start : number.end]
            return f"the number “{text}” is not in the cited passage"
    for code in claims.codes:
        if not any(folded(code) in source.folded for source in sources):
            return f"“{code}” is not in the cited passage"
    for span in claims.names:
        text = claims.text[span[0] : span[1]]
        if not _named(claims, text, sources, asked):
            return f"the name “{text}” is not in the cited passage"
    return None


def is_title(word: str) -> bool:
    """Whether a key is that of a title or office, a month or a weekday: no name by itself."""
    return word in _TITLES


def _is_english(text: str) -> bool:
    """Whether a sentence is read with English rules: no other language's small words prevail."""
    words = [t.text.lower() for t in tokens(text)]
    letters = [c for c in text if c.isalpha()]
    latin = sum(c < "\u0250" for c in letters)
    other = sum(w in _OTHERS for w in words)
    if other >= 2 and other > sum(w in _ENGLISH for w in words):
        return False
    return latin >= len(letters) / 2


def _quotes(text: str) -> list[tuple[str, ...]]:
    """The quotations of a sentence, each as the pieces between its ellipses."""
    found = [next(g for g in m.groups() if g is not None) for m in _QUOTED.finditer(text)]
    if text.count('"') % 2:
        # A quotation that began or ends in another sentence: the mark says not which.
        found = [part for part in text.split('"')[1::2] if part.strip()]
    out = []
    for quote in found:
        pieces = (folded(piece).strip(_EDGES) for piece in _PIECES.split(quote))
        kept = tuple(piece for piece in pieces if piece)
        if kept:
            out.append(kept)
    return out


def _stands(pieces: Sequence[str], text: str) -> bool:
    """Whether the pieces stand in a text as whole words, one behind the other."""
    place = 0
    for piece in pieces:
        found = re.compile(rf"(?<!\w){re.escape(piece)}(?!\w)").search(text, place)
        if found is None:
            return False
        place = found.end()
    return True


def _dated(claims: Claims, span: Span, source: Source) -> bool:
    read = times_of(claims.text, source.published)
    said = [t for t in read if t.start < span[1] and span[0] < t.end]
    return bool(said) and all(source.tells_time(t) for t in said)


def _numbered(claims: Claims, number: Number, source: Source) -> bool:
    text = claims.text[number.start : number.end]
    if not claims.english:
        runs = re.findall(r"\d+", text)
        return bool(runs) and all((run.lstrip("0") or "0") in source.digits for run in runs)
    return source.tells_number(number, ordinal_of_day=text.endswith(("st", "nd", "rd", "th")))


def _named(claims: Claims, name: str, sources: Sequence[Source], asked: Collection[str]) -> bool:
    """Whether each word of a name is held; its titles need not be, where something else is."""
    words = [t for t in tokens(name) if not is_function(t.text)] or tokens(name)
    told = [_held(t.key, sources, asked) for t in words]
    if all(told):
        return not _mixed([t.key for t in tokens(name)], sources)
    if not claims.english:
        return any(told)
    rest = [t for t, known in zip(words, told, strict=True) if not known]
    if all(t.key in _TITLES for t in rest):
        return True
    return any(told) and all(t.key in _TITLES or _common(t.text) for t in rest)


def _mixed(name: list[str], sources: Sequence[Source]) -> bool:
    """Whether a name of two words is made of one name's beginning and another's end."""
    if len(name) != 2 or any(is_title(word) for word in name):
        return False
    ends = [source.name_ends for source in sources]
    first, last = name
    return (
        any(first in firsts for firsts, _, _ in ends)
        and any(last in lasts for _, _, lasts in ends)
        and not any((first, last) in pairs for _, pairs, _ in ends)
    )


def _held(one: str, sources: Sequence[Source], asked: Collection[str]) -> bool:
    return any(source.holds_key(one) for source in sources) or (
        bool(asked) and holds(frozenset(asked), one)
    )


def _names(text: str, *, english: bool) -> list[Span]:
    """Runs of capitals, and a first word that is no common one."""
    found = names(text)
    if not english:
        return [(a, b) for a, b in found if " " in text[a:b]]
    # 'Meanwhile Kerry' is 'Kerry' behind a common word.
    found = [_without_common_lead(text, span) for span in found]
    first = next(iter(tokens(text)), None)
    if first and first.text[0].isupper() and not any(a <= first.start < b for a, b in found):
        word = first.text
        alone = not is_function(word) and not _common(word) and word.isalpha()
        label = text[first.end : first.end + 1] == ":"  # 'Answer: …'
        if alone and not label and not _ORDINARY_END.search(word):
            found.insert(0, (first.start, first.end))
    return [span for span in found if span[0] < span[1]]


def _common(word: str) -> bool:
    """Whether a word is written small inside sentences, so that its capital names nothing."""
    small, known = word.lower(), english_tables().common
    return small in known or (small.endswith("s") and small[:-1] in known)


def _without_common_lead(text: str, span: Span) -> Span:
    inside = tokens(text[span[0] : span[1]])
    begins = not any(c.isalnum() for c in text[: span[0]])
    if begins and len(inside) > 1 and (is_function(inside[0].text) or _common(inside[0].text)):
        return span[0] + inside[1].start, span[1]
    return span


def _inside(span: Span, taken: Sequence[Span]) -> bool:
    return any(start < span[1] and span[0] < end for start, end in taken)
