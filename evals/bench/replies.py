"""Made-up replies of a language model: right sentences and sentences with one thing wrong.

A reply is made of real sentences of passages, each with the id of a passage behind it; some
are told in another notation, some have a wrong number, date or name, cite another passage,
or hold words in quotation marks that nobody said. The values are found here by patterns of
their own, so that what the checks overlook is counted too. `evals.bench.writing` measures
with them, and the tests do.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rag.answer.writing.plain import plain
from rag.types import Passage, Statement, Support


class Fault(StrEnum):
    """What was done to a sentence."""

    NONE = "right, word for word"
    TOLD = "right, told otherwise"
    NUMBER = "wrong number"
    DATE = "wrong date"
    NAME = "wrong name"
    CITATION = "swapped citation"
    QUOTE = "invented quote"

    @property
    def right(self) -> bool:
        """Whether the passage that is cited bears the sentence out."""
        return self in (Fault.NONE, Fault.TOLD)


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """A sentence with the passage that it cites."""

    text: str
    cites: Passage
    fault: Fault


_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTH = "|".join(_MONTHS)
_MONTH_DAY = re.compile(rf"\b({_MONTH}) (\d{{1,2}})\b(?!\d|,\d{{3}}\b)")
_DAY_MONTH = re.compile(rf"\b(\d{{1,2}}) ({_MONTH})\b")
_YEAR = re.compile(r"(?<![\w$€£.,-])(?:19|20)\d\d(?![\w%-]|[.,]\d)")
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(_DAYS)})\b")
_DATED = re.compile(
    rf"\b(?:{_MONTH})\b\.?(?: \d{{1,2}}\b)?|\b\d{{1,2}} (?:{_MONTH})\b|{_YEAR.pattern}"
)
_DIGITS = re.compile(r"(?<![\w.,:/-])\d+(?:,\d{3})*(?:\.\d+)?(?![\w:/]|[.,]\d|-\w)")
_WORDS = "two three four five six seven eight nine ten eleven twelve twenty thirty fifty".split()
_WORD = re.compile(rf"(?<![\w-])(?:{'|'.join(_WORDS)})(?![\w-])")
_VALUES = dict(zip(_WORDS, (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 20, 30, 50), strict=True))
_NAME = re.compile(
    r"(?:(?<=[a-z,] )|^(?=[A-Z][a-z]+ [A-Z][a-z]))[A-Z][a-zà-ž]{2,}(?: [A-Z][a-zà-ž]{2,}){0,2}\b"
)
_QUOTED = re.compile(r"[“\"]([^“”\"]{20,})[”\"]")
_NO_NAMES = {*_MONTHS, *_DAYS}
_MARK = re.compile(r"[“”\"]")
_LIST = re.compile(r"\d{1,2}[.)] ")
_INVENTED = (
    "we will not rest until every stone has been turned",
    "nobody could have seen this coming",
    "this was the hardest decision of my life",
    "the numbers speak for themselves and they are grim",
    "there is no turning back from here",
)
_PLAIN_STARTS = re.compile(r"^(?:The|A|An|In|On|At|But|He|She|It|They|This|These|His|Her)\b")


def sentences(passage: Passage) -> list[str]:
    """The sentences of a passage that say something by themselves."""
    texts = (passage.text[a - passage.start : b - passage.start] for a, b in passage.sentences)
    return [t for t in texts if 8 <= len(t.split()) <= 60 and "\n" not in t and t[-1] in '.!?"”']


def made(
    dice: random.Random, fault: Fault, passages: Sequence[Passage], names: Sequence[str]
) -> Made | None:
    """A sentence with this fault; None where the dice fall on one that cannot have it.

    ``names`` are names of other articles. The passage cited wrongly is one of ``passages``.
    """
    passage = dice.choice(passages)
    choices = sentences(passage)
    if not choices:
        return None
    text = dice.choice(choices)
    cites = passage
    if fault is Fault.CITATION:
        others = [p for p in passages if p.id != passage.id and text not in p.text]
        if not others:
            return None
        cites = dice.choice(others)
    change = _CHANGES.get(fault)
    if change is not None:
        # A third of the wrong names and numbers are the passage's own, in another's place.
        near = dice.random() < 1 / 3
        pool = [*names_of(passage.text), *_DIGITS.findall(passage.text)] if near else names
        changed = change(dice, text, pool)
        if changed is None or changed == text:
            return None
        text = changed
    return Made(text=text, cites=cites, fault=fault)


def drawn(dice: random.Random, passages: Sequence[Passage], names: Sequence[str]) -> list[Made]:
    """A reply of two to four sentences, the first right, half of the others too."""
    found: list[Made] = []
    wrong = [f for f in Fault if not f.right]
    for place in range(dice.randint(2, 4)):
        right = place == 0 or dice.random() < 0.5
        fault = dice.choice([Fault.NONE, Fault.TOLD] if right else wrong)
        for _ in range(200):  # not every passage has a date, or a name, to get wrong
            one = made(dice, fault, passages, names)
            if one is not None and not any(_alike(one.text, f.text) for f in found):
                found.append(one)
                break
    return found


def score(said: Sequence[Made], statements: Sequence[Statement]) -> list[tuple[Made, bool]]:
    """Each sentence, and whether it was found wrong: it does not stand, or not unmarked."""
    fine = [s for s in statements if s.support is not Support.UNSUPPORTED]
    doubted = [s for s in statements if s.support is Support.UNSUPPORTED]
    out = []
    for one in said:
        words = plain(one.text)
        stands = any(s.text in words or words in s.text for s in fine)
        marked = any(s.text in words or words in s.text for s in doubted)
        out.append((one, marked or not stands))
    return out


def _alike(one: str, two: str) -> bool:
    """Whether the letters are the same: what is said twice is shown once."""
    letters = [re.sub(r"\W", "", text).casefold() for text in (one, two)]
    return letters[0] in letters[1] or letters[1] in letters[0]


def names_of(text: str) -> list[str]:
    """Capitalised runs inside a text's sentences."""
    return [n for n in _NAME.findall(text) if not _NO_NAMES & set(n.split())]


def _wrong_number(dice: random.Random, text: str, pool: Sequence[str]) -> str | None:
    dated = [m.span() for m in _DATED.finditer(text)]
    found = [
        m
        for pattern in (_DIGITS, _WORD)
        for m in pattern.finditer(text)
        if not any(a < m.end() and m.start() < b for a, b in dated)
        and not (m.start() == 0 and _LIST.match(text))  # the number of a list, no claim
    ]
    if not found:
        return None
    match = dice.choice(found)
    others = [one for one in pool if one[0].isdigit() and one not in text]
    if others:
        return _put(text, match, dice.choice(others))
    if match[0].lower() in _VALUES:
        new = dice.choice([w for w in _WORDS if w != match[0].lower()])
    else:
        value = float(match[0].replace(",", ""))
        other = value + dice.choice([1, 2, 3, 7, -1]) * max(1, round(abs(value) * 0.15))
        shown = f"{other:,.1f}" if "." in match[0] else f"{round(other)}"
        new = f"{round(other):,}" if "," in match[0] else shown
    return _put(text, match, new)


def _wrong_date(dice: random.Random, text: str, _names: Sequence[str]) -> str | None:
    found = [m for p in (_MONTH_DAY, _DAY_MONTH, _YEAR, _WEEKDAY) for m in p.finditer(text)]
    if not found:
        return None
    match = dice.choice(found)
    if match.re is _YEAR:
        return _put(text, match, str(int(match[0]) + dice.choice([-3, -2, -1, 1, 2])))
    if match.re is _WEEKDAY:
        return _put(text, match, dice.choice([d for d in _DAYS if d != match[0]]))
    if dice.random() < 0.5:
        day = match[2] if match.re is _MONTH_DAY else match[1]
        other = str(dice.choice([d for d in range(1, 29) if d != int(day)]))
        return _put(text, match, re.sub(r"\d+", other, match[0]))
    month = match[1] if match.re is _MONTH_DAY else match[2]
    other = dice.choice([m for m in _MONTHS if m != month])
    return _put(text, match, match[0].replace(month, other))


def _wrong_name(dice: random.Random, text: str, names: Sequence[str]) -> str | None:
    found = [m for m in _NAME.finditer(text) if not _NO_NAMES & set(m[0].split())]
    if not found:
        return None
    match = dice.choice(found)
    # 'Russian' for 'Russia' is another form, no other name.
    here = {word[:4] for word in text.split()}
    others = [
        n for n in names if n[0].isalpha() and not any(word[:4] in here for word in n.split())
    ]
    return _put(text, match, dice.choice(others)) if others else None


def _invented_quote(dice: random.Random, text: str, _names: Sequence[str]) -> str | None:
    said = _QUOTED.search(text)
    if said and dice.random() < 0.5:
        words = said[1].split()
        place = dice.randrange(len(words))
        words[place] = dice.choice(
            [w for w in ("never", "gladly", "tomorrow") if w != words[place]]
        )
        return text[: said.start(1)] + " ".join(words) + text[said.end(1) :]
    if not text.endswith("."):
        return None
    left, right = dice.choice([("“", "”"), ('"', '"')])
    return f"{text[:-1]}, and added: {left}{dice.choice(_INVENTED)}{right}."


def _told_otherwise(dice: random.Random, text: str, _names: Sequence[str]) -> str | None:
    ways: list[Callable[[str], str]] = [
        lambda t: t if _MARK.search(t) else _MONTH_DAY.sub(r"\2 \1", t),
        lambda t: t if _MARK.search(t) else _DAY_MONTH.sub(r"\2 \1", t),
        lambda t: t if _MARK.search(t) else _WORD.sub(lambda m: str(_VALUES[m[0]]), t),
        lambda t: t if _MARK.search(t) else re.sub(r"(?<=\d),(?=\d{3}\b)", "", t),
        lambda t: t.replace("“", '"').replace("”", '"'),
        lambda t: f"The article says that {t[0].lower()}{t[1:]}" if _PLAIN_STARTS.match(t) else t,
        _shortened,
    ]
    dice.shuffle(ways)
    return next((new for way in ways if (new := way(text)) != text), None)


def _shortened(text: str) -> str:
    """The sentence up to its last comma, where enough is left of it."""
    head, comma, _ = text.rpartition(", ")
    whole = comma and len(head.split()) >= 8 and head.count('"') % 2 == 0
    return f"{head}." if whole and head.count("“") == head.count("”") else text


def _put(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


_CHANGES: dict[Fault, Callable[[random.Random, str, Sequence[str]], str | None]] = {
    Fault.TOLD: _told_otherwise,
    Fault.NUMBER: _wrong_number,
    Fault.DATE: _wrong_date,
    Fault.NAME: _wrong_name,
    Fault.QUOTE: _invented_quote,
}
