"""Starter questions, drawn from the corpus: what its newest articles plainly tell.

Made from sentences of the form 'Name said that …': the question asks what Name said. Each
is a question that the article answers; which one is asked depends on the corpus alone.
"""

from __future__ import annotations

import re

from rag.protocols import Corpus
from rag.retrieve.time import parse_times
from rag.retrieve.words import is_function, tokens
from rag.types import Kind, Passage

_NAME = r"(?P<name>[A-Z][\w'’-]+(?: (?:[A-Z][\w'’-]+|al-[A-Z]\w+|de|van|von|bin)){1,3})"
_SAID = re.compile(
    rf"\b{_NAME} (?:has |also |reportedly )?"
    r"(?:said|told|urged|announced|confirmed|warned|claimed|declared)\b"
    r"(?P<rest>[^.]{20,})"
)
_SCANNED = 40


def starters(corpus: Corpus, n: int) -> list[str]:
    """At most n questions, each from another article, newest articles first."""
    questions: list[str] = []
    for info in corpus.articles()[:_SCANNED]:
        if len(questions) >= n:
            break
        for passage in corpus.article_passages(info.id):
            question = _question(passage) if passage.kind is Kind.BODY else None
            if question and question not in questions:
                questions.append(question)
                break
    return questions


def _question(passage: Passage) -> str | None:
    for start, end in passage.sentences:
        match = _SAID.search(passage.text[start - passage.start : end - passage.start])
        if match is None or is_function(match["name"].split()[0]):
            continue  # 'But Weller said': no name
        topic = _topic(match["rest"], match["name"])
        if topic:
            return f"What did {match['name']} say about {topic}?"
    return None


def _topic(rest: str, speaker: str) -> str | None:
    """The first name in what was said that is neither the speaker's own nor a day's or month's."""
    times = parse_times(rest)
    for token in tokens(rest):
        named = token.text[0].isupper() and len(token.text) > 2 and not is_function(token.text)
        dated = any(time.start <= token.start < time.end for time in times)
        if named and not dated and token.text not in speaker:
            return token.text
    return None
