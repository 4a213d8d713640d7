"""An Article becomes Passages: whole sentences, exact offsets, and a header that tells where.

``Cutter(settings, count)`` cuts many articles at once, so that tokens are counted in
batches. Sentences are gathered to about ``target_tokens`` tiktoken tokens, preferably up
to the end of a paragraph, and a passage with its header never exceeds the encoder's
window. The passages of a body are disjoint, ordered, and hold all its text; each comment
is cut on its own. ``embed_text`` is what the encoder sees: header, then text.

Reads nothing and stores nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.index.headers import body_header, comment_header
from rag.index.pieces import Piece, pieces
from rag.index.tokens import count_tokens
from rag.settings import PassageSettings
from rag.types import Article, Kind, Passage

Count = Callable[[Sequence[str]], list[int]]

SPECIAL = 2  # wordpieces that the encoder adds to each text
FULL = 0.7  # a passage this full ends gladly at the end of a paragraph
SCRAP = 0.3  # a last passage emptier than this joins the one before
STRETCH = 1.25  # as far as a passage may grow beyond the target to take a sentence or scrap


@dataclass(frozen=True, kw_only=True, slots=True)
class _Part:
    """The body or one comment, with its header and what the header costs."""

    article: Article
    kind: Kind
    author: str | None
    header: str
    pieces: list[Piece]


class Cutter:
    """Cuts articles to one encoder's window. ``count`` gives wordpieces, special ones included."""

    def __init__(self, settings: PassageSettings, count: Count, window: int) -> None:
        self._target = settings.target_tokens
        self._header_tokens = settings.header_tokens
        self._count = count
        self._window = window

    def cut(self, articles: Sequence[Article]) -> list[list[Passage]]:
        """The passages of each article, in the order of its text."""
        parts = [part for article in articles for part in self._parts(article)]
        texts = [
            part.article.text[piece.start : piece.end] for part in parts for piece in part.pieces
        ]
        tokens = iter(count_tokens(texts))
        wordpieces = iter(self._count(texts))
        headers = iter(self._count([part.header for part in parts]))
        cut: dict[int, list[Passage]] = {id(article): [] for article in articles}
        for part in parts:
            room = self._window - next(headers)  # the header's count holds the special ones
            sized = [(piece, next(tokens), next(wordpieces) - SPECIAL) for piece in part.pieces]
            for group in self._gather(sized, room):
                cut[id(part.article)].extend(self._fit(part, group))
        return [cut[id(article)] for article in articles]

    def _parts(self, article: Article) -> list[_Part]:
        header = body_header(article, self._header_tokens)
        most = self._target
        parts = [
            _Part(
                article=article,
                kind=Kind.BODY,
                author=None,
                header=header,
                pieces=pieces(article.text, article.body_start, article.body_end, most),
            )
        ]
        parts += [
            _Part(
                article=article,
                kind=Kind.COMMENT,
                author=comment.author,
                header=comment_header(article, comment, self._header_tokens),
                pieces=pieces(article.text, comment.start, comment.end, most),
            )
            for comment in article.comments
        ]
        return [part for part in parts if part.pieces]

    def _gather(self, sized: list[tuple[Piece, int, int]], room: int) -> list[list[Piece]]:
        """Pieces grouped into passages by size."""
        groups: list[list[tuple[Piece, int, int]]] = []
        current: list[tuple[Piece, int, int]] = []
        tokens = wordpieces = 0
        for entry in sized:
            piece, more, wide = entry
            if current and (
                wordpieces + wide > room
                or tokens + more > self._target * STRETCH
                or tokens >= self._target
                or (piece.opens and tokens >= self._target * FULL)
                or piece.apart
            ):
                groups.append(current)
                current, tokens, wordpieces = [], 0, 0
            current.append(entry)
            tokens, wordpieces = tokens + more, wordpieces + wide
        if current:
            groups.append(current)
        self._join_scrap(groups, room)
        return [[piece for piece, _, _ in group] for group in groups]

    def _join_scrap(self, groups: list[list[tuple[Piece, int, int]]], room: int) -> None:
        """A few words left at the end go to the passage before, where they fit."""
        if len(groups) < 2 or groups[-1][0][0].apart:
            return
        last = sum(tokens for _, tokens, _ in groups[-1])
        before = sum(tokens for _, tokens, _ in groups[-2])
        wide = sum(wide for group in groups[-2:] for _, _, wide in group)
        if last < self._target * SCRAP and wide <= room and before + last <= self._target * 1.5:
            scrap = groups.pop()
            groups[-1].extend(scrap)

    def _fit(self, part: _Part, group: list[Piece]) -> list[Passage]:
        """One passage, or several where the sum of its pieces deceived.

        Counts add up wherever white space stands between pieces. Where none does (a cut
        inside a run of letters) the whole is counted once more.
        """
        passage = _passage(part, group)
        glued = any(not piece.spaced for piece in group[1:])
        if glued and self._count([embed_text(passage)])[0] > self._window:
            return [one for piece in group for one in self._fit(part, [piece])]
        return [passage]


def embed_text(passage: Passage) -> str:
    """What the encoder sees of a passage."""
    return f"{passage.header}\n{passage.text}" if passage.header else passage.text


def _passage(part: _Part, group: list[Piece]) -> Passage:
    start, end = group[0].start, group[-1].end
    text = part.article.text[start:end]
    return Passage(
        id=passage_id(part.article.id, part.kind, start, end, text, part.header),
        article_id=part.article.id,
        kind=part.kind,
        start=start,
        end=end,
        text=text,
        header=part.header,
        sentences=tuple((piece.start, piece.end) for piece in group),
        author=part.author,
    )


def passage_id(article_id: str, kind: Kind, start: int, end: int, text: str, header: str) -> str:
    """The id of a passage: the same words at the same place of the same article keep it."""
    content = "\x1f".join((article_id, kind.value, str(start), str(end), header, text))
    return hashlib.blake2b(content.encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
