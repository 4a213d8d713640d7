"""Answers about several articles: which mention a thing, which are from a time or a publisher."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.about_mentions import find_mentions, mentions
from rag.answer.about_one import MOST
from rag.answer.about_tell import date_span, first_sentence, listed, named, placed, title_span
from rag.answer.about_types import Ask, CatalogueAnswer, CatalogueStatement, Cited, Request
from rag.answer.about_words import fold
from rag.protocols import Corpus
from rag.retrieve.time import question_times
from rag.types import ArticleInfo, DateRange, Filters


def tell_mentions(
    request: Request, infos: Sequence[ArticleInfo], corpus: Corpus, filters: Filters
) -> CatalogueAnswer:
    """The articles that mention the subject, each with the first sentence that does."""
    term = re.sub(
        r"^(?:the\s+(?:name|word|term|topic)s?\s+|anything\s+about\s+)",
        "",
        request.subject,
        flags=re.IGNORECASE,
    )
    result = find_mentions(term, infos, corpus, filters)
    # What a title names, the article is about: such articles come first.
    found = sorted(result.found, key=lambda entry: not mentions(entry[0].title, term))
    count = len(found)
    least = "At least " if result.bounded else ""
    if count == 0:
        return _none(request, f"None of the {_articles(len(infos))} mentions “{term}”.", str(count))
    verb = "mentions" if count == 1 else "mention"
    head = f"{least}{_articles(count)} {verb} “{term}”{':' if count > 1 else '.'}"
    return _list(request, head, [(info, (cited,)) for info, cited in found], count)


def tell_from(
    request: Request, infos: Sequence[ArticleInfo], corpus: Corpus, today: int
) -> CatalogueAnswer:
    """The articles of a time or a publisher; undated ones are named apart, never guessed."""
    ranges = question_times(request.subject, today).asked
    wanted = [a for a in infos if not ranges or any(_within(a, r) for r in ranges)]
    undated = [a for a in infos if ranges and a.published.year is None]
    what = " ".join(
        filter(
            None,
            [
                f"from {' and '.join(request.publishers)}" if request.publishers else "",
                request.subject if ranges else "",
            ],
        )
    )
    if not wanted:
        text = f"No article is {what}." if what else "There is no such article."
        if undated:
            text += f" The date of {_articles(len(undated))} is unknown."
        return _none(request, text, "0")
    entries = _entries(wanted, corpus, dated=bool(ranges))
    verb = "is" if len(wanted) == 1 else "are"
    answer = _list(
        request,
        f"{_articles(len(wanted))} {verb} {what}{':' if len(wanted) > 1 else '.'}",
        entries,
        len(wanted),
    )
    if not undated:
        return answer
    extra = CatalogueStatement(text=f"The date of {_articles(len(undated))} is unknown.")
    return CatalogueAnswer(
        ask=answer.ask, statements=(*answer.statements, extra), short=answer.short
    )


def tell_by(request: Request, infos: Sequence[ArticleInfo], corpus: Corpus) -> CatalogueAnswer:
    """The articles of an author, who may be called by the surname alone."""
    wanted = f" {fold(request.subject)} "
    found = [a for a in infos if wanted in f" {fold(a.author or '')} "]
    if not found:
        return _none(request, f"No article names “{request.subject}” as its author.", "0")
    head = f"{_articles(len(found))} by “{request.subject}”{':' if len(found) > 1 else '.'}"
    return _list(request, head, _entries(found, corpus, dated=False), len(found))


def _within(info: ArticleInfo, asked: DateRange) -> bool:
    day = info.published
    return bool(day.first) and day.first <= asked.last and day.last >= asked.first


def tell_undated(request: Request, infos: Sequence[ArticleInfo], corpus: Corpus) -> CatalogueAnswer:
    """The articles whose date is unknown."""
    wanted = [a for a in infos if a.published.year is None]
    if not wanted:
        return _none(request, "Every article has a date.", "0")
    entries = _entries(wanted, corpus, dated=False)
    return _list(request, f"{_articles(len(wanted))} without a date:", entries, len(wanted))


def tell_all(request: Request, infos: Sequence[ArticleInfo], corpus: Corpus) -> CatalogueAnswer:
    """All articles, newest first, or their number."""
    if not infos:
        return _none(request, "There are no articles.", "0")
    entries = _entries(infos, corpus, dated=False)
    there = "There is" if len(infos) == 1 else "There are"
    return _list(request, f"{there} {_articles(len(infos))}:", entries, len(infos))


def tell_publishers(
    request: Request, infos: Sequence[ArticleInfo], corpus: Corpus
) -> CatalogueAnswer:
    """The publishers, with the number of their articles."""
    counts: dict[str, list[ArticleInfo]] = {}
    for info in infos:
        counts.setdefault(info.publisher or "", []).append(info)
    known = sorted((n for n in counts if n), key=lambda n: (-len(counts[n]), n))
    statements = [CatalogueStatement(text=f"The articles come from {len(known)} publishers:")]
    for name in known[:MOST]:
        cited = _shown(counts[name][0], corpus, dated=False)
        statements.append(
            CatalogueStatement(text=f"{name}: {_articles(len(counts[name]))}.", cited=cited)
        )
    if len(known) > MOST:
        statements.append(CatalogueStatement(text=f"And {len(known) - MOST} more publishers."))
    if "" in counts:
        statements.append(
            CatalogueStatement(text=f"The publisher of {_articles(len(counts['']))} is unknown.")
        )
    return CatalogueAnswer(ask=request.ask, statements=tuple(statements), short=str(len(known)))


def tell_extreme(
    request: Request, infos: Sequence[ArticleInfo], corpus: Corpus, filters: Filters
) -> CatalogueAnswer:
    """The newest or the oldest article, of all or of those that mention the subject."""
    wanted = list(infos)
    if request.subject:
        wanted = [a for a, _ in find_mentions(request.subject, infos, corpus, filters).found]
    dated = [a for a in wanted if a.published.year is not None]
    about = f" that mentions “{request.subject}”" if request.subject else ""
    if not dated:
        return _none(request, f"There is no dated article{about}.", None)
    newest = request.ask is Ask.NEWEST
    best = max(a.published.last for a in dated) if newest else min(a.published.first for a in dated)
    ends = [a for a in dated if (a.published.last if newest else a.published.first) == best]
    statements = [
        CatalogueStatement(
            text=f"The {'newest' if newest else 'oldest'} article{about} is {named(a)}, "
            f"{'last modified' if a.published.modified else 'published'} {placed(a.published)}.",
            cited=_shown(a, corpus, dated=True),
        )
        for a in ends[:MOST]
    ]
    unknown = len(wanted) - len(dated)
    if unknown:
        statements.append(CatalogueStatement(text=f"The date of {_articles(unknown)} is unknown."))
    return CatalogueAnswer(ask=request.ask, statements=tuple(statements), short=ends[0].title)


def _shown(info: ArticleInfo, corpus: Corpus, *, dated: bool) -> tuple[Cited, ...]:
    """The words that stand for an article in a list: its date, or its title and first sentence."""
    article = corpus.article(info.id)
    if article is None:
        return ()
    if dated and article.published.span is not None:
        return (date_span(article),)
    return (title_span(article),) if info.title else (first_sentence(article, corpus),)


Entry = tuple[ArticleInfo, tuple[Cited, ...]]


def _entries(infos: Sequence[ArticleInfo], corpus: Corpus, *, dated: bool) -> list[Entry]:
    """What is shown of the first articles; the rest is only counted and not read."""
    return [(a, _shown(a, corpus, dated=dated)) for a in infos[:MOST]]


def _list(request: Request, head: str, entries: Sequence[Entry], count: int) -> CatalogueAnswer:
    statements = [CatalogueStatement(text=head)]
    for info, cited in entries[:MOST]:
        statements.append(CatalogueStatement(text=listed(info), cited=cited))
    if count > MOST:
        statements.append(CatalogueStatement(text=f"And {count - MOST} more."))
    short = str(count) if request.counting or request.ask is Ask.COUNT else None
    if short is None and count == 1:
        short = entries[0][0].title
    return CatalogueAnswer(ask=request.ask, statements=tuple(statements), short=short)


def _none(request: Request, text: str, count: str | None) -> CatalogueAnswer:
    """Nothing: a number where one was asked for, else a refusal that says what was looked for."""
    counted = request.counting or request.ask is Ask.COUNT
    return CatalogueAnswer(
        ask=request.ask,
        statements=(CatalogueStatement(text=text),),
        short=count if counted else None,
        abstained=not counted,
        reason="" if counted else "nothing found",
    )


def _articles(count: int) -> str:
    return f"{count} article" if count == 1 else f"{count} articles"
