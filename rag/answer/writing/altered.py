"""Finds what was changed in a sentence that otherwise repeats one of its passage.

A near copy in which one date, number or name stands where the passage has another is wrong
even when the other stands elsewhere in the passage; so is one that gains or loses a 'not'.
Sentences that say it in other words are not judged here.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from rag.answer.writing.claims import Claims, is_title
from rag.answer.writing.numbers import in_digits
from rag.answer.writing.source import Source, folded, holds, same_time, times_of
from rag.retrieve.words import Token, tokens
from rag.types import Span

# How much of the statement must be repeated in order before it counts as a near copy.
_COPY = 0.6
_NEAR_COPY = 0.8
# A longer stretch is other words, not another value.
_LONGEST = 5
_SHORT = 3
Code = tuple[str, int, int, int, int]
_ARTICLES = frozenset({"the", "a", "an"})
_NEGATIONS = frozenset("not never no nobody none neither nor without cannot".split())


def altered(claims: Claims, sources: Sequence[Source]) -> str | None:
    """What was changed against the sentence that the statement repeats; None where nothing was."""
    said = tokens(claims.text)
    best: tuple[float, Source, Span, list[str]] | None = None
    for source in sources:
        for span in source.sentences:
            told = [t.key for t in tokens(source.text[span[0] : span[1]])]
            matcher = SequenceMatcher(None, [t.key for t in said], told, autojunk=False)
            share = sum(block.size for block in matcher.get_matching_blocks()) / max(len(said), 1)
            if best is None or share > best[0]:
                best = (share, source, span, told)
    if best is None or best[0] < _COPY:
        return None
    share, source, span, told = best
    codes = SequenceMatcher(None, [t.key for t in said], told, autojunk=False).get_opcodes()
    return _change(claims, said, source, span, codes) or (
        _negated(said, told, codes) if share >= _NEAR_COPY else None
    )


def misdated(claims: Claims, cited: Sequence[tuple[Source, Span]]) -> str | None:
    """A date that only the article's own date bears out, where the cited sentence has another.

    'On Wednesday' may be the day of publication; but not of what happened 'on Tuesday'.
    """
    for span in claims.dates:
        dated: list[str] = []
        for source, (start, end) in cited:
            read = times_of(claims.text, source.published)
            said = [t for t in read if _meet((t.start, t.end), span)]
            if not said or any(source.tells_time(t, published=False) for t in said):
                dated = []
                break
            dated += [
                t.text
                for t in source.times
                if t.resolved and start <= t.start < end and t.grain is said[0].grain
            ]
        if dated:
            text = claims.text[span[0] : span[1]]
            return f"the cited passage has “{dated[0]}”, not “{text}”"
    return None


def _change(
    claims: Claims,
    said: Sequence[Token],
    source: Source,
    span: Span,
    codes: Sequence[Code],
) -> str | None:
    sentence = source.text[span[0] : span[1]]
    found = tokens(sentence)
    own = Claims.read(sentence)
    for tag, i, j, k, m in codes:
        if tag != "replace" or j - i > _LONGEST or m - k > _LONGEST:
            continue
        here = (said[i].start, said[j - 1].end)
        there = (found[k].start, found[m - 1].end)
        for conflict in (_dates, _numbers, _names):
            if conflict(claims, here, own, there, source):
                words = claims.text[here[0] : here[1]]
                return f"the cited passage has “{sentence[there[0] : there[1]]}”, not “{words}”"
    return None


def _dates(claims: Claims, here: Span, own: Claims, there: Span, source: Source) -> bool:
    said = [t for t in times_of(claims.text, source.published) if _meet((t.start, t.end), here)]
    told = [t for t in times_of(own.text, source.published) if _meet((t.start, t.end), there)]
    if said and not told and all(t.text.isdigit() for t in said):
        # A year in the place of a number: '2010 seasons' for 'eleven seasons'.
        return any(_meet((n.start, n.end), there) for n in own.numbers)
    return bool(said and told) and not any(
        same_time(a, b) or same_time(b, a) or in_digits(folded(a.text)) == in_digits(folded(b.text))
        for a in said
        for b in told
    )


def _numbers(claims: Claims, here: Span, own: Claims, there: Span, _source: Source) -> bool:
    said = [n for n in claims.numbers if _meet((n.start, n.end), here)]
    told = [n for n in own.numbers if _meet((n.start, n.end), there)]
    return bool(said and told) and not any(a.agrees(b) for a in said for b in told)


def _names(claims: Claims, here: Span, own: Claims, there: Span, _source: Source) -> bool:
    said, articled = _name_words(claims, here)
    told, described = _name_words(own, there)
    titles = all(map(is_title, said)), all(map(is_title, told))
    # 'Kerry' may stand for 'the Secretary', and the other way round.
    if not said or not told or all(titles) or (any(titles) and (articled or described)):
        return False
    return not any(holds(frozenset(told), one) for one in said)


def _name_words(claims: Claims, span: Span) -> tuple[list[str], bool]:
    """Keys of the words of a stretch that is a name, and whether an article led it."""
    inside = [t for t in tokens(claims.text) if _meet((t.start, t.end), span)]
    words = [t for t in inside if t.text.lower() not in _ARTICLES]
    named = any(a <= t.start < b for t in words for a, b in claims.names)
    if not named or not all(t.text[0].isupper() for t in words):
        return [], False
    return [t.key for t in words], len(words) < len(inside)


def _negated(said: Sequence[Token], told: Sequence[str], codes: Sequence[Code]) -> str | None:
    """Whether a 'not' was put in or left out between words that are repeated."""
    for place, (tag, i, j, k, m) in enumerate(codes):
        if tag == "equal" or place in (0, len(codes) - 1):
            continue
        if max(j - i, m - k) > _SHORT:
            continue  # a clause that was left out has its own 'not'
        ours = any(_negation(t.text) for t in said[i:j])
        theirs = any(_negation(word) for word in told[k:m])
        if ours != theirs:
            return "the cited passage says the opposite"
    return None


def _negation(word: str) -> bool:
    return word.lower() in _NEGATIONS or word.lower().replace("’", "'").endswith("n't")


def _meet(one: Span, two: Span) -> bool:
    return one[0] < two[1] and two[0] < one[1]
