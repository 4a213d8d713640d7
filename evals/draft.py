"""Proposes cases from any corpus, offline, for a person to accept, edit or drop.

    proposals = draft(engine.corpus, most=40)

Sentences that hold a number, a date or a name give a question with that value as its fact;
a question with one name or year exchanged for another of the corpus gives an unanswerable
near miss. The questions are made by a few patterns of wording, so they are proposals: some
read oddly, and only a person can say what a reader would ask.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from evals.case import Case, Gold
from evals.facts import Fact, FactError, FactType, check_value
from evals.facts import dates as date_reader
from evals.loaders.base import identity, split_of
from evals.reply import file_name
from rag.protocols import Corpus
from rag.types import Kind

_WORDS = range(8, 45)  # words of a sentence that is fit to ask about
_ASKED = range(4, 24)  # words of a question's tail
_NUMBER = re.compile(r"(?<![\w.,$€£:/-])(\d{1,3}(?:,\d{3})+|\d+)\s+(?=[a-z])")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_COUNTED = re.compile(r"(?:[\w-]+\s+){0,3}?(?:[\w-]+s|people|personnel|staff|police|men|women)\b")
_WHEN = re.compile(r"\b(?:on|in|since|by|until|before|after)\s+$", re.IGNORECASE)
_NAME = re.compile(r"\b[A-Z][\w'’-]+(?:\s+(?:al-|bin |van |de )?[A-Z][\w'’-]+)+")
_SUBJECT = re.compile(
    r"^(?P<name>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){1,4})\s+"
    r"(?P<rest>(?:[a-z]+ed|said|told|is|was|has|had|met|gave|made|took|won|led|became|will)\b.+)$"
)
_CLAUSE_END = re.compile(r"\s*(?:[,;:(]|--|—|–|\s-\s|[.!?][\"'”’]*$)")


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sentence:
    article: str
    text: str


def draft(corpus: Corpus, *, most: int = 60) -> list[Case]:
    """Proposals, spread over the articles: about two answerable ones to each near miss."""
    sentences = list(_sentences(corpus))
    by_article: dict[str, list[Case]] = {}
    for sentence in sentences:
        by_article.setdefault(sentence.article, []).extend(_questions(sentence))
    turns = _in_turns(list(by_article.values()))
    answerable = turns[: max(1, most * 2 // 3)]
    names = sorted({name for sentence in sentences for name in _inner_names(sentence.text)})
    texts = [sentence.text for sentence in sentences]
    misses = [miss for case in answerable if (miss := _near_miss(case, names, texts)) is not None]
    return [*answerable, *misses[: most - len(answerable)]]


def _sentences(corpus: Corpus) -> Iterator[_Sentence]:
    for info in corpus.articles():
        article = corpus.article(info.id)
        if article is None:
            continue
        for passage in corpus.article_passages(info.id):
            for start, end in passage.sentences if passage.kind is Kind.BODY else ():
                text = article.text[start:end].strip()
                if len(text.split()) in _WORDS and "\n" not in text:
                    yield _Sentence(article=file_name(info.source), text=text)


def _questions(sentence: _Sentence) -> Iterator[Case]:
    for make in (_how_many, _when, _who):
        made = make(sentence.text)
        if made is not None:
            question, fact = made
            yield _case(sentence.article, question, fact, sentence.text)
            return  # one question a sentence: the next article is worth more than a second one


_Made = tuple[str, Fact] | None


def _how_many(text: str) -> _Made:
    for match in _NUMBER.finditer(text):
        dated = any(start <= match.start() < end for start, end in date_reader.spans_of(text))
        counted = _COUNTED.match(text[match.end() :])
        if dated or counted is None or _YEAR.fullmatch(match.group(1)):
            continue
        tail = _clause(text[match.end() :])
        fact = _fact(FactType.NUMBER, match.group(1))
        if fact is not None and len(tail.split()) in _ASKED:
            return f"How many {tail}?", fact
    return None


def _when(text: str) -> _Made:
    for start, end in date_reader.spans_of(text):
        before = _WHEN.sub("", text[:start])
        if before == text[:start]:
            continue  # without a preposition it may be part of a title or a name
        rest = f"{before.rstrip()} {text[end:].lstrip(' ,')}" if before else text[end:].lstrip(" ,")
        clause = _clause(rest)
        fact = _fact(FactType.DATE, text[start:end])
        if fact is not None and len(clause.split()) in _ASKED:
            return f"When was it that {_lowered(clause)}?", fact
    return None


def _who(text: str) -> _Made:
    match = _SUBJECT.match(text)
    if match is None:
        return None
    tail, fact = _clause(match["rest"]), _fact(FactType.NAME, match["name"])
    if fact is None or len(tail.split()) not in _ASKED or match["name"].endswith(("'s", "’s")):
        return None
    return f"Who or what {tail}?", fact


def _inner_names(text: str) -> list[str]:
    """Names of two words or more that do not open the sentence, where any word is capitalised."""
    return [match.group() for match in _NAME.finditer(text) if match.start() > 1]


def _near_miss(case: Case, names: Sequence[str], texts: Sequence[str]) -> Case | None:
    """The case's question about something that no sentence tells, or None where none is found."""
    tries: list[Callable[[], str | None]] = [
        lambda: _other_name(case.question, names),
        lambda: None if case.question.startswith("When") else case.question[:-1] + " in 1987?",
    ]
    for attempt in tries:
        question = attempt()
        if question is None or any(_tells(text, question) for text in texts):
            continue
        return Case(
            id=identity("draft", question),
            question=question,
            history=(),
            answerable=False,
            facts=(),
            evidence=(),
            tags=("draft", "unanswerable"),
            split=case.split,
            critical=False,
        )
    return None


def _other_name(question: str, names: Sequence[str]) -> str | None:
    found = _NAME.search(question)
    others = [name for name in names if name not in question]
    if found is None or not others:
        return None
    # The same exchange every time, and not always the same name.
    return question.replace(found.group(), others[len(question) % len(others)], 1)


def _tells(text: str, question: str) -> bool:
    """Whether a sentence holds every capitalised word and number of a question."""
    wanted = set(re.findall(r"\b[A-Z][\w'’-]+|\d[\d,]*", question.partition(" ")[2]))
    return bool(wanted) and all(word in text for word in wanted)


def _clause(text: str) -> str:
    end = _CLAUSE_END.search(text)
    return (text[: end.start()] if end else text).strip(" \"'“”‘’")


def _lowered(clause: str) -> str:
    """A clause without a capital that only stood for the start of its sentence."""
    first = clause.split(maxsplit=1)[0]
    return clause[0].lower() + clause[1:] if first.lower() in _OPENERS else clause


_OPENERS = frozenset(("the", "a", "an", "he", "she", "they", "it", "this", "these", "his", "their"))


def _fact(kind: FactType, value: str) -> Fact | None:
    try:
        check_value(kind, value)
    except FactError:
        return None
    return Fact(type=kind, value=value)


def _case(article: str, question: str, fact: Fact, quote: str) -> Case:
    return Case(
        id=identity("draft", article, question),
        question=question,
        history=(),
        answerable=True,
        facts=(fact,),
        evidence=((Gold(article=article, quote=quote),),),
        tags=("draft", str(fact.type)),
        split=split_of(article),
        critical=False,
    )


def _in_turns(lists: Sequence[Sequence[Case]]) -> list[Case]:
    """The first of each list, then the second of each, without repeats of a question."""
    seen: dict[str, Case] = {}
    for at in range(max((len(cases) for cases in lists), default=0)):
        for cases in lists:
            if at < len(cases):
                seen.setdefault(cases[at].question, cases[at])
    return list(seen.values())
