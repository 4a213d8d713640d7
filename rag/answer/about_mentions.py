"""Which articles mention a thing: exact after stemming, word by word in order, aliases included.

Of up to `ALL_READ` articles every text is read. In a larger corpus the `CANDIDATES` best
passages by BM25 are checked; when a thing stands in more passages than that, `Mentions.bounded`
is true and a count must be spoken of as 'at least'.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.answer.about_types import Cited
from rag.protocols import Corpus
from rag.retrieve.words import expand, is_function, key, tokens
from rag.types import ArticleInfo, Filters, Kind, Passage

ALL_READ = 200
CANDIDATES = 2000


@dataclass(frozen=True, kw_only=True, slots=True)
class Mentions:
    """The articles that mention a thing, newest first, each with a sentence that does."""

    found: tuple[tuple[ArticleInfo, Cited], ...]
    bounded: bool


def mentions(text: str, term: str) -> bool:
    """Whether a text mentions a term: its words in this order, or an alias of it."""
    return _holds([t.key for t in tokens(text)], _wanted(term))


def _wanted(term: str) -> tuple[str, ...]:
    found = tokens(term)
    while found and is_function(found[0].text) and len(found) > 1:
        found = found[1:]
    return tuple(key(t.text) for t in found)


def _holds(held: Sequence[str], wanted: tuple[str, ...]) -> bool:
    if not wanted:
        return False
    size = len(wanted)
    if any(tuple(held[i : i + size]) == wanted for i in range(len(held) - size + 1)):
        return True
    group = expand(wanted)
    return bool(group) and group <= expand(held)


def find_mentions(
    term: str, infos: Sequence[ArticleInfo], corpus: Corpus, filters: Filters
) -> Mentions:
    """Search the articles for a term; the newsroom's words only, not the readers'."""
    wanted = _wanted(term)
    bounded = False
    if len(infos) <= ALL_READ:
        per_article = [(info, corpus.article_passages(info.id)) for info in infos]
    else:
        hits = corpus.lexical(term, CANDIDATES, filters)
        bounded = len(hits) >= CANDIDATES
        gathered: dict[str, list[Passage]] = {}
        for passage in corpus.passages([h.passage_id for h in hits]).values():
            gathered.setdefault(passage.article_id, []).append(passage)
        per_article = [
            (info, sorted(gathered[info.id], key=lambda p: p.start))
            for info in infos
            if info.id in gathered
        ]
    found = []
    for info, passages in per_article:
        cited = _first(info, passages, wanted)
        if cited is not None:
            found.append((info, cited))
    return Mentions(found=tuple(found), bounded=bounded)


def _first(info: ArticleInfo, passages: Sequence[Passage], wanted: tuple[str, ...]) -> Cited | None:
    for passage in passages:
        if passage.kind is not Kind.BODY:
            continue
        for start, end in passage.sentences:
            sentence = passage.text[start - passage.start : end - passage.start]
            if _holds([t.key for t in tokens(sentence)], wanted):
                return Cited(article_id=info.id, start=start, end=end)
    return None
