"""Is a question about the articles themselves, and if so what does it ask? Words decide alone.

`classify` answers None for every question about the world. Its rules are strict: 'who wrote', 'when
was … published' count only of an *article* (or a story, piece, report or page that is told to be
one of ours by its publisher, or by pointing at it), never of a book, a law or a song. The wordings
are in ``about_rules.toml``; what no rule words is judged by what was learned (`rag.answer.intent`),
and counts only where a search then leads to one article.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from rag.answer.about_types import Ask, Request
from rag.answer.about_words import (
    ALL,
    ANY,
    ART,
    PUB,
    Masked,
    Phrase,
    TitleIndex,
    article_phrase,
    mask,
    names_articles,
)
from rag.answer.intent import intent

# 'it' is an article only where it was published; songs and laws are released and written too.
_PRINTED = re.compile(
    r"\b(?:published|posted|printed|(?:modified|updated)|headline|byline)\b", re.IGNORECASE
)

_BY = re.compile(
    r"by\s+(?P<who>[^\W\d_][\w.'’ -]+?)"
    r"(?:\s+(?:are\s+there|is\s+there|do\s+(?:you|we)\s+have|exist|are\s+available))?$",
    re.IGNORECASE,
)
# Stories and documents are written in the world, too; and what says more is no bare name.
_CALLED = re.compile(r"\b(?:articles?|news\s+(?:stor(?:y|ies)|reports?|pieces))\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:about|on|in|from|of|do|are|is|that|which|and)\b", re.IGNORECASE)


@cache
def _rules(group: str) -> tuple[tuple[Ask, re.Pattern[str]], ...]:
    """The rules of one group of ``about_rules.toml``, in the order in which they are tried."""
    table = tomllib.loads(Path(__file__).with_name("about_rules.toml").read_text("utf-8"))
    words = {**table["words"], "ALL": ALL, "ANY": ANY, "ART": ART, "PUB": PUB}
    words = {name: _filled(pattern, words) for name, pattern in words.items()}
    return tuple(
        (Ask(rule["ask"]), re.compile(f"^{_filled(rule['pattern'], words)}$", re.IGNORECASE))
        for rule in table[group]
    )


def _filled(pattern: str, words: dict[str, str]) -> str:
    return re.sub(r"<([A-Z]+)>", lambda found: words[found[1]], pattern)


_LIKELY, _SURE = 0.5, 0.9  # of a learned reading
_PIECE = re.compile(rf"\b(?:{ART}|by-?lines?|authors?)(?!\w)", re.IGNORECASE)
# 'the CNN list of …': what a publisher of ours has made is an article, whatever it is called.
_OWN = re.compile(
    rf"{PUB}(?:['’]s)?\s+(?:[a-z-]+\s+)?[a-z]{{4,}}\s+(?:of|on|about|for|to)\b", re.IGNORECASE
)
_PRESS = re.compile(
    rf"{PUB}|\b(?:journalists?|reporters?|columnists?|correspondents?|outlets?|(?:news)?papers?|"
    r"magazines?|publications?|websites?|wrote\s+(?:about|that)|reported\s+(?:on|that))\b",
    re.IGNORECASE,
)
_NONE: TitleIndex = MappingProxyType({})


def classify(
    question: str, publishers: Sequence[str] = (), titles: TitleIndex = _NONE
) -> Request | None:
    """What a question asks of the catalogue, or None when it is about the world.

    ``publishers`` and ``titles`` are those of the articles that are there.
    """
    masked = mask(question, publishers, titles)
    for finder in (_of_comments, _of_subjects, _of_collection, _of_one, _learned):
        request = finder(masked)
        if request is not None:
            return replace(request, publishers=masked.publishers)
    return None


def _matches(group: str, masked: Masked) -> Iterator[tuple[Ask, re.Match[str]]]:
    for ask, pattern in _rules(group):
        match = pattern.match(masked.text)
        if match is not None:
            yield ask, match


def _group(match: re.Match[str], *names: str) -> str:
    """What the named groups of a match hold, joined; groups that a rule lacks hold nothing."""
    held = match.groupdict()
    return "".join(held.get(name) or "" for name in names)


def _of_comments(masked: Masked) -> Request | None:
    for ask, match in _matches("comments", masked):
        subject = _group(match, "subject")
        who = _group(match, "who")
        named = who and not re.match(r"(?:from|in)\s", who, re.IGNORECASE)
        if named and subject and not names_articles(subject):
            return None  # what one reader says of one topic is found as evidence is
        if ask is Ask.COMMENTS and names_articles(subject):
            return None  # 'of the article about …' is an article, not a topic
        return Request(ask=ask, subject=masked.shown(_group(match, "who") or subject))
    for ask, match in _matches("maybe_reader", masked):
        who = _group(match, "who", "who2")
        return Request(ask=ask, subject=masked.shown(who), tentative=True)
    return None


def _of_one(masked: Masked) -> Request | None:
    """A question about one article: the phrase for it decides."""
    for ask, match in _matches("one", masked):
        for_publisher = "by" in match.groupdict()
        if event := _group(match, "event"):
            subject = masked.shown(event)
            return Request(ask=ask, subject=subject, tentative=True, event=True)
        phrase = article_phrase(
            f"{match['np']} {_group(match, 'np2')}", from_publisher=for_publisher
        )
        if phrase is None or (phrase.pronoun and not _PRINTED.search(masked.text)):
            continue
        return Request(
            ask=ask,
            subject=masked.shown(phrase.subject),
            title=masked.title,
            deictic=phrase.deictic,
            tentative=phrase.weak,
            of_article=True,
            extreme=phrase.extreme,
            noun=phrase.noun,
        )
    return None


def _learned(masked: Masked) -> Request | None:
    """What no rule words; where it is not sure, the articles are asked for an answer first."""
    found = intent(masked.text)
    named = _PIECE.search(masked.text) is not None
    # without a word for an article it takes a word of the press, and more certainty
    spoken = named or _PRESS.search(masked.text) is not None
    if masked.title or not spoken or found.probability < (_LIKELY if named else _SURE):
        return None
    return Request(
        ask=found.ask,
        subject=masked.shown(masked.text),
        tentative=True,
        learned=True,
        doubtful=found.probability < _SURE or not (named or _OWN.search(masked.text)),
    )


def _of_subjects(masked: Masked) -> Request | None:
    for ask, match in _matches("subject", masked):
        counting = _group(match, "how").lower().startswith("how")
        return Request(ask=ask, subject=masked.shown(match["subject"]), counting=counting)
    return None


def _of_collection(masked: Masked) -> Request | None:
    for ask, match in _matches("collection", masked):
        counting = _group(match, "how").lower().startswith("how")
        subject = masked.shown(_group(match, "when", "when2"))
        if ask in (Ask.NEWEST, Ask.OLDEST):
            phrase = _extreme(match)
            if phrase is None or phrase.weak or phrase.soft:
                continue
            subject = masked.shown(phrase.subject)
        if ask is Ask.FROM and not (masked.publishers or masked.has_time(subject)):
            by = _BY.match(subject)
            if by and _CALLED.search(masked.text) and not _MORE.search(by["who"]):
                return Request(ask=Ask.BY, subject=by["who"], counting=counting)
            continue
        return Request(ask=ask, subject=subject, counting=counting)
    return None


def _extreme(match: re.Match[str]) -> Phrase | None:
    """The phrase for an article in 'the newest …' and 'which article … is the newest'."""
    tail = _group(match, "np", "np2").strip()
    if "np2" in match.groupdict() and not re.match(rf"{ART}\b", tail, re.IGNORECASE):
        tail = f"article {tail}"
    return article_phrase(tail)
