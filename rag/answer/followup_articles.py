"""References to articles of the conversation: 'the other article', 'the second one', 'it'.

`refer` puts the article's title in the place of the reference, so that the question can be
looked up by it. Which article is meant is told by the citations of the turns before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag.answer.about_ask import classify
from rag.types import ArticleInfo, Turn

_NOUN = r"(?:article|story|report|piece|page|text|post|source)"
_ORDER = {"first": 0, "second": 1, "third": 2, "fourth": 3, "fifth": 4, "last": -1}
_ORDINAL = re.compile(
    rf"\bthe\s+({'|'.join(_ORDER)})\s+(?:{_NOUN}|one)\b(?!\s+(?:of|to|who|that)\b)", re.IGNORECASE
)
_OTHER = re.compile(rf"\bthe\s+other\s+(?:{_NOUN}|one)\b", re.IGNORECASE)
_THIS = re.compile(
    rf"\b(?:this|that|the\s+same|the)\s+{_NOUN}\b(?!\s+(?:of|on|about|by|from|that|in|which|titled|called|[\"“'‘]))",
    re.IGNORECASE,
)
# 'it' is an article where it was published; where it was written or released only after a
# question about an article, for laws and songs are written too.
_IT = re.compile(
    r"\bwhen\s+(?:was|is)\s+(?P<a>it|this|that)\s+(?:\w+\s+)?(?:published|posted|printed|updated|modified)\b"
    r"|\bwho\s+(?:published|posted)\s+(?P<b>it|this|that)\b"
    r"|\bwhere\s+(?:was|is)\s+(?P<c>it|this|that)\s+(?:published|posted)\b"
    r"|\bwhat(?:\s+is|['’]s|\s+was)\s+(?P<d>its)\s+(?:headline|publisher|publication\s+date)\b"
    r"|\bwhat\s+else\s+(?:does|did)\s+(?P<e>it)\s+(?:say|tell|report|mention)\b",
    re.IGNORECASE,
)
_IT_LOOSE = re.compile(
    r"\bwhen\s+(?:was|is)\s+(?P<a>it|this|that)\s+(?:\w+\s+)?(?:written|released)\b"
    r"|\bwho\s+(?:wrote|reported|authored)\s+(?P<b>it|this|that)\b"
    r"|\bwhat\s+(?:does|did)\s+(?P<f>it|this|that)\s+(?:say|tell|report|mention)\b"
    r"|^(?:and\s+)?(?:does|did)\s+(?P<g>it|this|that)\s+(?:say|mention|tell|report)\b"
    r"|\bhow\s+old\s+is\s+(?P<c>it|this|that)\b"
    r"|\bwhere\s+(?:was|is)\s+(?P<d>it|this|that)\s+from\b"
    r"|\bwhat(?:\s+is|['’]s|\s+was)\s+(?P<e>its)\s+(?:title|author|source|date)\b",
    re.IGNORECASE,
)
_SPOKEN_OF = re.compile(rf"\b{_NOUN}s?\b", re.IGNORECASE)


def refer(text: str, turns: Sequence[Turn], articles: Sequence[ArticleInfo]) -> str:
    """The question with its reference to an article replaced by ``the article "<title>"``."""
    if not articles:
        return text
    by_id = {a.id: a for a in articles}
    recent = [[by_id[i] for i in turn.articles if i in by_id] for turn in turns]
    cited = next((group for group in reversed(recent) if group), [])
    if not cited:
        return text
    if match := _ORDINAL.search(text):
        index = _ORDER[match[1].lower()]
        listed = cited if len(cited) > max(index, 0) else list(articles)
        if len(listed) > max(index, 0) and len(listed) > 1:
            return _put(text, match.span(), listed[index])
        return text
    if match := _OTHER.search(text):
        other = _other(cited, recent, articles)
        return _put(text, match.span(), other) if other else text
    if match := _THIS.search(text):
        return _put(text, match.span(), cited[0])
    before = turns[-1].effective_question
    loose = _IT_LOOSE if _SPOKEN_OF.search(before) or classify(before) else None
    if match := _IT.search(text) or (loose.search(text) if loose else None):
        group = next(name for name, value in match.groupdict().items() if value)
        return _put(text, match.span(group), cited[0], possessive=match[group].lower() == "its")
    return text


def _other(
    cited: Sequence[ArticleInfo],
    recent: Sequence[Sequence[ArticleInfo]],
    articles: Sequence[ArticleInfo],
) -> ArticleInfo | None:
    """The second article of the last answer, else the article spoken of before it."""
    if len(cited) > 1:
        return cited[1]
    for group in reversed(recent):
        for article in group:
            if article.id != cited[0].id:
                return article
    return next((a for a in articles if a.id != cited[0].id), None)


def _put(
    text: str, span: tuple[int, int], article: ArticleInfo, *, possessive: bool = False
) -> str:
    title = article.title.replace('"', "'")
    named = f'the article "{title}"' + ("'s" if possessive else "")
    start, end = span
    if start == 0:
        named = named[0].upper() + named[1:]
    return text[:start] + named + text[end:]


_NAMED = re.compile(r'\b(?P<the>[Tt]he)\s+article\s+"(?P<title>[^"]+)"')


def within(question: str, infos: Iterable[ArticleInfo]) -> tuple[str, tuple[str, ...]]:
    """A question that names an article by its title, without the title, and that article's id.

    The title would be searched for as if it were what is asked; the article is looked into
    instead. Any other question comes back as it is, with no id.
    """
    match = _NAMED.search(question)
    if match is None:
        return question, ()
    ids = tuple(i.id for i in infos if i.title.replace('"', "'") == match["title"])
    if not ids:
        return question, ()
    return f"{question[: match.start()]}{match['the']} article{question[match.end() :]}", ids
