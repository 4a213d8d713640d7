"""Starter questions, drawn from the corpus: what its newest articles plainly tell.

Made from sentences of the form 'Name said that …': the question asks what Name said. Which one
is asked depends on the corpus alone; whether it is answered, whoever calls can find out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from rag.protocols import Corpus
from rag.retrieve.names import names
from rag.retrieve.time import parse_times
from rag.retrieve.words import is_function, tokens
from rag.types import Kind, Passage

_NAME = r"(?P<name>[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+|al-[A-Z]\w+|de|van|von|bin)){1,3})"
_SAID = re.compile(
    rf"\b{_NAME} (?:has |also |reportedly )?"
    r"(?:said|told|urged|announced|confirmed|warned|claimed|declared)\b"
    r"(?P<rest>[^.]{20,})"
)
_SCANNED = 40  # articles that are looked at
_TRIED = 12  # questions that are tried: each costs an answer


def starters(corpus: Corpus, n: int, answered: Callable[[str], bool] | None = None) -> list[str]:
    """At most n questions, each from another article, newest first.

    With ``answered`` given, only those for which it is true.
    """
    questions: list[str] = []
    tried: set[str] = set()
    for offered in _offered(corpus):
        # an article offers one question after the other, until one is answered
        for question in offered:
            if len(questions) >= n or len(tried) >= _TRIED:
                return questions
            if question not in tried:
                tried.add(question)
                if answered is None or answered(question):
                    questions.append(question)
                    break
    return questions


def _offered(corpus: Corpus) -> Iterator[Iterator[str]]:
    for info in corpus.articles()[:_SCANNED]:
        bodies = (p for p in corpus.article_passages(info.id) if p.kind is Kind.BODY)
        yield (question for passage in bodies for question in _questions(passage))


def _questions(passage: Passage) -> Iterator[str]:
    for start, end in passage.sentences:
        match = _SAID.search(passage.text[start - passage.start : end - passage.start])
        if match is None or is_function(match["name"].split()[0]):
            continue  # 'But Weller said': no name
        topic = _topic(match["rest"], match["name"])
        if topic:
            yield f"What did {match['name']} say about {topic}?"


def _topic(rest: str, speaker: str) -> str | None:
    """The first name in what was said that is neither the speaker's own nor a day's or month's.

    The whole name, and not the one right at the beginning: that is who was told.
    """
    times = parse_times(rest)
    for first, end in names(rest):
        kept = [
            token
            for token in tokens(rest[first:end])
            if token.text not in speaker
            and not any(time.start <= first + token.start < time.end for time in times)
        ]
        if not kept or not rest[:first].strip():
            continue
        said = rest[first + kept[0].start : end]  # 'in March Chile' speaks of Chile
        if len(said) > 2 and not is_function(kept[0].text):
            return said
    return None
