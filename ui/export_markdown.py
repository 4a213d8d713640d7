"""A conversation as Markdown: every character of ours is markup, every other one is text."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping

from rag.types import Answer, Citation, NoteKind, StoredConversation
from ui.terminal import visible
from ui.words import date_words, origin_words, publisher_words, title_words, voice_words

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
_LEADING = re.compile(r"^(\d*)([-+=.)])")
STATES = {
    "found": "quote found in the article",
    "changed": "the article has changed since; the quote is the old text",
    "gone": "the article is no longer here",
}


def as_markdown(stored: StoredConversation, states: Mapping[Citation, str]) -> str:
    """The whole conversation."""
    when = dt.datetime.fromtimestamp(stored.info.created).astimezone()
    parts = [f"# {plain(stored.info.title)}", f"{when.day} {when:%B %Y, %H:%M}"]
    for turn in stored.turns:
        parts += [f"## {plain(turn.answer.question)}", *_answer(turn.answer, states)]
    return "\n\n".join(parts) + "\n"


def _answer(answer: Answer, states: Mapping[Citation, str]) -> list[str]:
    parts = []
    if answer.effective_question != answer.question:
        parts.append(f"*Understood as: {plain(answer.effective_question)}*")
    if answer.short and not answer.abstained:
        parts.append(f"**{plain(answer.short)}**")
    parts += [plain(block) for block in answer.text.split("\n") if block.strip()]
    parts += [
        f"> {plain(note.text)}" for note in answer.notes if note.kind is not NoteKind.REWRITTEN
    ]
    cited = answer.nearest if answer.abstained else answer.citations
    if cited:
        parts.append("Closest passages:" if answer.abstained else "Sources:")
        parts.append("\n".join(_source(one, states[one], answer.abstained) for one in cited))
    return parts


def _source(citation: Citation, state: str, nearest: bool) -> str:
    info = citation.article
    number = "" if nearest else f"\\[{citation.number}\\] "
    origin = origin_words(info.published)
    told = [
        publisher_words(info),
        date_words(info.published) + (f" ({origin})" if origin else ""),
        title_words(info),
        voice_words(citation.kind, citation.comment_author),
        info.source,
        STATES[state],
    ]
    head = " · ".join(plain(one) for one in told if one)
    return f"- {number}{head}\n  > {plain(citation.quote)}"


def plain(text: str) -> str:
    """Text on one line that Markdown shows as it is, HTML and links among it."""
    flat = " ".join(visible(text).split())
    return _LEADING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", flat))
