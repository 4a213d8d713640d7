"""Checks one sentence of a reply against the passages that it cites.

    verdict = Checker(sources, question, article_keys).check(text, ids)

The passages must bear out its quotations, dates, numbers and names, and enough of its other
words; a near copy must not have changed a value. A sentence that cites nothing gets the
passage that bears it out best, above a fixed floor. What a sentence means is not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.answer.writing.altered import altered, misdated
from rag.answer.writing.claims import Claims, missing
from rag.answer.writing.orders import follows_order
from rag.answer.writing.source import Source, folded
from rag.retrieve.names import names
from rag.retrieve.words import content, is_function, keys, tokens
from rag.types import Span, Support

# Share of a sentence's words that the cited passages must hold: a paraphrase keeps that much.
FLOOR = 0.33
# The same for a citation that the sentence did not ask for.
MATCH_FLOOR = 0.6
# Another passage that holds nearly all words, where the cited ones hold so much less, is the
# one that says it.
_NEARLY_ALL = 0.8
_SO_MUCH_LESS = 0.35
# Sentences of a passage that one citation may span, and what each further one must bring.
_WINDOW = 3
_COST = 1.5


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """How a sentence fared; ``cited`` are sources with the span of their text that bears it out."""

    support: Support
    cited: tuple[tuple[Source, Span], ...] = ()
    why: str | None = None


class Checker:
    """Checks the sentences of replies to one prompt."""

    def __init__(
        self,
        sources: Sequence[Source],
        question: str,
        article_keys: Callable[[str], frozenset[str]],
    ) -> None:
        """``article_keys`` gives the keys of all words of an article, by its id."""
        self._sources = {source.id: source for source in sources}
        self._article_keys = article_keys
        self._question = frozenset(t.key for t in content(question))
        self._asked = frozenset(
            t.key
            for start, end in names(question)
            for t in tokens(question[start:end])
            if not is_function(t.text)
        )

    def check(self, text: str, ids: Sequence[str]) -> Verdict:
        """The verdict on a plain sentence that cites these offered ids."""
        verdict = self._weighed(text, ids)
        if any(self._obeys(text, source, span) for source, span in verdict.cited):
            return _failed("it follows an order in the article and does not answer the question")
        return verdict

    def _obeys(self, text: str, source: Source, span: Span) -> bool:
        """Whether a statement rests on an order in the passage, or in its article's title."""
        told = source.text[span[0] : span[1]]
        if not keys(text) <= keys(source.text):
            told = f"{told}\n{source.judged.candidate.article.title}"
        return follows_order(text, told, self._question)

    def _weighed(self, text: str, ids: Sequence[str]) -> Verdict:
        claims = Claims.read(text)
        words = claims.words()
        if "\ufffd" in text:
            return _failed("it holds characters that cannot be read")
        if not words and not claims.any:
            return _failed("it says nothing that can be checked")
        cited = [self._sources[one] for one in ids if one in self._sources]
        if not cited:
            return self._match(claims, words)
        why = self._missing(claims, cited) or self._unlike(claims, words, cited)
        why = why or altered(claims, cited)
        if why is not None:
            return _failed(why)
        kept = self._needed(claims, words, cited)
        spans = tuple((source, narrowed(source, claims)) for source in kept)
        if why := misdated(claims, spans):
            return _failed(why)
        verbatim = any(_says(source, text) for source in kept)
        return Verdict(support=Support.QUOTED if verbatim else Support.VERIFIED, cited=spans)

    def _missing(self, claims: Claims, sources: Sequence[Source]) -> str | None:
        asked = {
            one
            for one in self._asked
            for source in sources
            if one in self._article_keys(source.judged.candidate.article.id)
        }
        return missing(claims, sources, asked)

    def _unlike(self, claims: Claims, words: list[str], cited: Sequence[Source]) -> str | None:
        """Whether the cited passages speak of something else."""
        if not claims.english:
            return None if claims.any else "nothing of it can be checked in this language"
        if not words or (len(words) == 1 and claims.any):
            return None
        held = _share(words, cited)
        # Without a value that was checked, one word in common is no evidence.
        least = 1 if claims.values else min(2, len(words))
        if held < FLOOR or round(held * len(words)) < least:
            return "the cited passage does not speak of this"
        others = [s for s in self._sources.values() if s not in cited]
        best = max((_share(words, [other]) for other in others), default=0.0)
        if best >= _NEARLY_ALL and best - held >= _SO_MUCH_LESS:
            return "another passage says this, not the cited one"
        return None

    def _match(self, claims: Claims, words: list[str]) -> Verdict:
        """The passage that bears out a sentence which cites none; the best ranked of equals."""
        best: tuple[float, Source] | None = None
        why = "no passage that was found says this"
        for source in self._sources.values():
            held = _share(words, [source]) if words else 1.0
            if held < MATCH_FLOOR or (best and held <= best[0]):
                continue
            lacking = (
                self._missing(claims, [source])
                or altered(claims, [source])
                or misdated(claims, [(source, narrowed(source, claims))])
            )
            if lacking is None:
                best = (held, source)
            else:
                why = lacking.replace("the cited passage", "the passage that is nearest")
        if best is None:
            return _failed(why)
        return Verdict(support=Support.MATCHED, cited=((best[1], narrowed(best[1], claims)),))

    def _needed(self, claims: Claims, words: list[str], cited: Sequence[Source]) -> list[Source]:
        """Those of the cited passages that bear something out: a list of all is no evidence."""
        if len(cited) == 1:
            return list(cited)
        shares = {source.id: _share(words, [source]) for source in cited}
        best = max(shares.values())
        kept = [s for s in cited if shares[s.id] >= max(FLOOR, 0.6 * best)] or [cited[0]]
        for source in cited:
            if source not in kept and self._missing(claims, kept) is not None:
                kept.append(source)
        return [source for source in cited if source in kept]


def narrowed(source: Source, claims: Claims) -> Span:
    """The sentences of a passage that bear a statement out best, as a span of its text."""
    wanted = {t.key for t in tokens(claims.text) if not is_function(t.text)}
    quoted = [piece for quote in claims.quotes for piece in quote]
    best, span = float("-inf"), source.sentences[0]
    for first in range(len(source.sentences)):
        for last in range(first, min(first + _WINDOW, len(source.sentences))):
            start, end = source.sentences[first][0], source.sentences[last][1]
            text = source.text[start:end]
            score = len(wanted & keys(text)) - _COST * (last - first)
            score += 3.0 * sum(piece in folded(text) for piece in quoted)
            if _values_held(claims, text):
                score += 1.0
            if score > best:
                best, span = score, (start, end)
    return span


def _values_held(claims: Claims, text: str) -> bool:
    """Whether the numbers and dates of a statement stand in a text as they are written."""
    held = keys(text)
    spans = [*claims.dates, *((n.start, n.end) for n in claims.numbers)]
    return bool(spans) and all(
        {t.key for t in tokens(claims.text[start:end])} <= held for start, end in spans
    )


def _says(source: Source, text: str) -> bool:
    """Whether a statement stands in a passage word for word."""
    words = folded(text).strip(" .\"'")
    return len(words) > 2 and words in source.folded.partition("\n")[0]


def _share(words: Sequence[str], sources: Sequence[Source]) -> float:
    """Share of the words that the sources hold."""
    if not words:
        return 0.0
    return sum(any(word in source.keys for source in sources) for word in words) / len(words)


def _failed(why: str) -> Verdict:
    return Verdict(support=Support.UNSUPPORTED, why=why)
