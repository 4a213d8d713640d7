"""Answers about readers' comments: what they say, how many there are, and whose they are.

Every statement is a reader's own words, quoted, with the reader's name. Comments of up to
`ALL_READ` articles are read; in a larger corpus those that BM25 finds for the question's words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.answer.about_mentions import ALL_READ, CANDIDATES, mentions
from rag.answer.about_one import MOST
from rag.answer.about_tell import named, placed, spoken, title_span
from rag.answer.about_types import Ask, CatalogueAnswer, CatalogueStatement, Cited, Request
from rag.protocols import Corpus
from rag.retrieve.words import content, keys
from rag.types import Article, ArticleInfo, Comment, Filters, Kind, Note, NoteKind, Span

_QUOTE = 300  # characters of one comment that are quoted
_NOTE = Note(kind=NoteKind.COMMENT, text="These are readers' words, not the newsroom's.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One comment with its article and the place its writer gave."""

    article: Article
    comment: Comment
    place: str
    sentences: tuple[Span, ...]  # as the index cut the comment
    found: Span | None = None  # the part that a search found

    @property
    def who(self) -> str:
        """The writer: 'Eric in New Mexico'."""
        name = self.comment.author or "A reader"
        return f"{name} in {self.place}" if self.place and self.place not in name else name

    @property
    def text(self) -> str:
        """The comment's own words."""
        return self.article.text[self.comment.start : self.comment.end]


def gather(
    infos: Sequence[ArticleInfo], corpus: Corpus, filters: Filters, words: str
) -> tuple[list[Said], int]:
    """The comments below some articles, in their order, and how many articles were not read."""
    chosen = [a for a in infos if a.comments]
    if len(chosen) > ALL_READ and words:
        hits = corpus.lexical(words, CANDIDATES, filters)
        passages = corpus.passages([h.passage_id for h in hits]).values()
        held = {p.article_id for p in passages if p.kind is Kind.COMMENT}
        chosen = [a for a in chosen if a.id in held]
    found: list[Said] = []
    for info in chosen[:ALL_READ]:
        article = corpus.article(info.id)
        if article is None:
            continue
        cut = [
            s
            for p in corpus.article_passages(info.id)
            if p.kind is Kind.COMMENT
            for s in p.sentences
        ]
        for index, comment in enumerate(article.comments):
            before = article.comments[index - 1].end if index else article.body_end
            found.append(
                Said(
                    article=article,
                    comment=comment,
                    place=_place(article, comment, before),
                    sentences=tuple(s for s in cut if comment.start <= s[0] < comment.end),
                )
            )
    return found, max(len(chosen) - ALL_READ, 0)


def with_unread(answer: CatalogueAnswer, unread: int) -> CatalogueAnswer:
    """Says so when there were more articles with comments than are read for one question."""
    if not unread:
        return answer
    text = f"The comments of {unread} more articles were not read: name an article or a topic."
    return replace(answer, statements=(*answer.statements, CatalogueStatement(text=text)))


def _place(article: Article, comment: Comment, floor: int) -> str:
    """The place in a comment's head: 'Eric in New Mexico writes:'."""
    head = article.text[max(floor, comment.start - 200) : comment.start]
    author = re.escape(comment.author or "")
    match = (
        re.search(
            rf"{author}\s+(?:in|from|of)\s+(?:the\s+)?([^\n:]{{2,60}}?)\s+(?:writes|wrote|says|said|commented)\b",
            head,
        )
        if author
        else None
    )
    return match[1] if match else ""


def tell_comments(request: Request, said: Sequence[Said], *, topic: str) -> CatalogueAnswer:
    """What readers wrote, of a topic where one is given."""
    chosen = [s for s in said if not topic or _speaks_of(s.text, topic)]
    if not chosen:
        what = (
            f"No reader's comment speaks of “{topic}”."
            if said and topic
            else f"No comment by a reader {_told(request.subject)} was found."
            if request.ask is Ask.COMMENT_BY
            else "There are no readers' comments."
        )
        return CatalogueAnswer(
            ask=request.ask,
            statements=(CatalogueStatement(text=what),),
            abstained=True,
            reason="no comment",
        )
    statements = [_quoted(s, topic) for s in chosen[:MOST]]
    if len(chosen) > MOST:
        statements.append(CatalogueStatement(text=f"And {len(chosen) - MOST} more comments."))
    return CatalogueAnswer(ask=request.ask, statements=tuple(statements), notes=(_NOTE,))


def _told(who: str) -> str:
    return who if re.match(r"(?:from|in)\s", who) else f"named “{who}”"


def _speaks_of(text: str, topic: str) -> bool:
    wanted = {t.key for t in content(topic)}
    return mentions(text, topic) or (bool(wanted) and wanted <= keys(text))


def _quoted(said: Said, topic: str) -> CatalogueStatement:
    start, end = _extract(said, topic)
    words = " ".join(said.article.text[start:end].split())
    more = " …" if end < said.comment.end else ""
    cited = Cited(article_id=said.article.id, start=start, end=end)
    return CatalogueStatement(text=f"{said.who} writes: “{words}{more}”", cited=(cited,))


def _extract(said: Said, topic: str) -> tuple[int, int]:
    """The whole comment when it is short, else its sentences from the first on the topic."""
    comment, text = said.comment, said.text
    if len(text) <= _QUOTE:
        return comment.start, comment.end
    if said.found is not None:
        return said.found
    spans = said.sentences or ((comment.start, comment.end),)
    whole = said.article.text
    wanted = {t.key for t in content(topic)}
    shared = [len(wanted & keys(whole[a:b])) for a, b in spans]
    begin = shared.index(max(shared))  # the first of those that speak of it most
    start, end = spans[begin]
    for _, b in spans[begin + 1 :]:
        if b - start > _QUOTE:
            break
        end = b
    while end > start and whole[end - 1].isspace():
        end -= 1
    return start, end


def tell_count(request: Request, infos: Sequence[ArticleInfo], corpus: Corpus) -> CatalogueAnswer:
    """How many comments there are, below which articles."""
    held = [a for a in infos if a.comments]
    total = sum(a.comments for a in held)
    if not held:
        text = (
            "There are no readers' comments."
            if len(infos) != 1
            else f"{named(infos[0])} has no readers' comments."
        )
        return CatalogueAnswer(
            ask=request.ask, statements=(CatalogueStatement(text=text),), short="0"
        )
    statements = []
    for info in held[:MOST]:
        article = corpus.article(info.id)
        cited = (title_span(article),) if article else ()
        statements.append(
            CatalogueStatement(text=f"{named(info)} has {_comments(info.comments)}.", cited=cited)
        )
    if len(held) > MOST:
        statements.append(
            CatalogueStatement(
                text=f"{len(held) - MOST} more articles have comments, {total} in all."
            )
        )
    return CatalogueAnswer(ask=request.ask, statements=tuple(statements), short=str(total))


def _comments(count: int) -> str:
    return f"{count} reader's comment" if count == 1 else f"{count} readers' comments"


def tell_commenters(request: Request, said: Sequence[Said]) -> CatalogueAnswer:
    """Who commented, each with the beginning of a comment."""
    if not said:
        return tell_comments(request, said, topic="")
    statements = [
        CatalogueStatement(
            text=f"{s.who} commented on “{s.article.title}”.",
            cited=(
                Cited(article_id=s.article.id, start=_extract(s, "")[0], end=_extract(s, "")[1]),
            ),
        )
        for s in said[:MOST]
    ]
    if len(said) > MOST:
        statements.append(CatalogueStatement(text=f"And {len(said) - MOST} more."))
    names = ", ".join(dict.fromkeys(s.comment.author or "a reader" for s in said[:MOST]))
    return CatalogueAnswer(
        ask=Ask.COMMENTERS, statements=tuple(statements), short=names, notes=(_NOTE,)
    )


def tell_place(said: Sequence[Said]) -> CatalogueAnswer | None:
    """The place that a reader gave, shown in the head of the comment."""
    for s in said:
        floor = max(s.article.body_end, s.comment.start - 200)
        at = s.article.text.rfind(s.place, floor, s.comment.start) if s.place else -1
        if at >= 0:
            cited = Cited(article_id=s.article.id, start=at, end=at + len(s.place))
            text = f"{s.comment.author or 'The reader'} writes from {s.place}."
            statement = CatalogueStatement(text=text, cited=(cited,))
            return CatalogueAnswer(ask=Ask.COMMENT_PLACE, statements=(statement,), short=s.place)
    return None


def tell_date(said: Sequence[Said]) -> CatalogueAnswer | None:
    """When a reader wrote, as the head of the comment tells; None where no comment is dated."""
    statements = []
    for s in said[:MOST]:
        date = s.comment.date
        if date.year is None:
            continue
        start, end = date.span or (s.comment.start, s.comment.end)
        cited = Cited(article_id=s.article.id, start=start, end=end)
        text = f"{s.who} commented on “{s.article.title}” {placed(date)}."
        statements.append((spoken(date), CatalogueStatement(text=text, cited=(cited,))))
    if not statements:
        return None
    return CatalogueAnswer(
        ask=Ask.COMMENT_DATE,
        statements=tuple(statement for _, statement in statements),
        short=", ".join(dict.fromkeys(day for day, _ in statements)),
    )


def written_by(who: str, said: Sequence[Said]) -> list[Said]:
    """The comments of a reader named like 'Eric', 'Eric from New Mexico' or 'from India'."""
    name, _, place = _split(who)
    found = []
    for s in said:
        author = _folded(s.comment.author or "")
        if name and _folded(name) != author and _folded(name) not in author.split(" in ")[:1]:
            continue
        if place and not _lives_in(s, _folded(place)):
            continue
        if name or place:
            found.append(s)
    return found


def _lives_in(said: Said, place: str) -> bool:
    """Whether a reader wrote from a place: 'Mexico' is not 'New Mexico'."""
    author = _folded(said.comment.author or "")
    return _folded(said.place) == place or author.endswith((f" in {place}", f" from {place}"))


def _split(who: str) -> tuple[str, str, str]:
    match = re.match(
        r"^(?P<name>.*?)\s*\b(?P<in>from|in)\s+(?:the\s+)?(?P<place>.+)$",
        who.strip(),
        re.IGNORECASE,
    )
    return (match["name"], match["in"], match["place"]) if match else (who, "", "")


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", text).lower().split())
