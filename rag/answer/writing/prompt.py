"""Fills the prompt: rules, date, what was said before, passages, question.

The words stand in ``prompt.md``. Passages are data between marks that hold a tag drawn anew
for each prompt, which none of the texts contains: no article can close its own passage, open
another one or guess an id. Passages are left out from the last rank on until everything fits
the model's window beside the reply; none is ever cut.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from string import Template

from rag.answer.compose import REFUSAL
from rag.answer.judge import Judged
from rag.answer.spoken import spoken
from rag.answer.writing.source import Source
from rag.errors import WriterError
from rag.index.tokens import count_tokens
from rag.types import Kind, Turn

# More passages than this dilute a prompt rather than help it.
MOST_PASSAGES = 12
# Another model's tokens are not the ones counted here: this share of its window stays free.
MARGIN = 0.1
# Shares of the window: the reply may take as much at most, and the history.
_REPLY_SHARE = 3
_HISTORY_SHARE = 8
_LETTERS = "bcdfghjkmnpqrstvwxz"
_TAG_LETTERS = 4
_VARIABLES = {
    "system": {"example", "second", "refusal", "language"},
    "user": {"today", "history", "tag", "passages", "question", "language", "refusal"},
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Request:
    """What a prompt is filled with. ``today`` is YYYYMMDD; ``language`` may be empty."""

    question: str
    judged: Sequence[Judged]
    turns: Sequence[Turn]
    today: int
    language: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Prompt:
    """A filled prompt with the passages that it offers, best first."""

    system: str
    user: str
    sources: tuple[Source, ...]
    tokens: int  # of both texts
    reply_tokens: int  # what is left for the reply, bounded by the settings


def fill(
    request: Request,
    window: int,
    reply_tokens: int,
    choose: Callable[[str], str] = secrets.choice,
) -> Prompt:
    """The prompt for a window of so many tokens, reply included.

    Raises `WriterError` where not even the question and one passage fit.
    """
    reply = min(reply_tokens, window // _REPLY_SHARE)
    room = window - reply - int(window * MARGIN)
    ranked = list(request.judged[:MOST_PASSAGES])
    history = _history(request.turns, window // _HISTORY_SHARE)
    tag = _tag([request.question, history, *(_told(one) for one in ranked)], choose)
    # A first guess from single counts; the sum of the whole decides.
    fixed = _counted(_filled(request, history, tag, []))
    sizes = count_tokens([_block(f"{tag}{n}", one) for n, one in enumerate(ranked, start=1)])
    fitting = 0
    while fitting < len(ranked) and fixed + sum(sizes[: fitting + 1]) <= room:
        fitting += 1
    for count in range(fitting, 0, -1):
        texts = _filled(request, history, tag, ranked[:count])
        if (size := _counted(texts)) <= room:
            return Prompt(
                system=texts[0],
                user=texts[1],
                sources=tuple(_sources(tag, ranked[:count])),
                tokens=size,
                reply_tokens=reply,
            )
    if history:
        return fill(_without_turns(request), window, reply_tokens, choose)
    raise WriterError(
        f"The language model's window of {window:,} tokens is too small for the question and "
        "one passage: ask something shorter, or set a larger window."
    )


def _without_turns(request: Request) -> Request:
    return Request(
        question=request.question,
        judged=request.judged,
        turns=(),
        today=request.today,
        language=request.language,
    )


def _filled(request: Request, history: str, tag: str, ranked: Sequence[Judged]) -> tuple[str, str]:
    language = request.language or "the language of the question"
    templates = _templates()
    system = templates["system"].substitute(
        example=f"{tag}1", second=f"{tag}2", refusal=REFUSAL, language=language
    )
    blocks = (_block(source.id, source.judged) for source in _sources(tag, ranked))
    user = templates["user"].substitute(
        today=_day(request.today),
        history=history,
        tag=tag,
        passages="\n\n".join(blocks),
        question=_line(request.question),
        language=language,
        refusal=REFUSAL,
    )
    return system, user


def _sources(tag: str, ranked: Sequence[Judged]) -> list[Source]:
    return [Source(id=f"{tag}{place}", judged=one) for place, one in enumerate(ranked, start=1)]


def _block(name: str, judged: Judged) -> str:
    """One passage between its marks, with what is known of it."""
    article, passage = judged.candidate.article, judged.candidate.passage
    told = [
        f"date: {spoken(article.published)}",
        f"publisher: {_line(article.publisher or 'unknown')}",
        f"title: {_line(article.title)}",
    ]
    if passage.kind is Kind.COMMENT:
        author = f", {_line(passage.author)}" if passage.author else ""
        told.append(f"words of a reader{author}, not of the newsroom")
    return f"<{name}> {' | '.join(told)}\n{passage.text}\n</{name}>"


def _history(turns: Sequence[Turn], most: int) -> str:
    """The newest exchanges that fit, oldest first, whole or not at all."""
    lines: list[str] = []
    left = most
    for turn in reversed(turns):
        text = f"Q: {_line(turn.effective_question)}\nA: {_line(turn.answer) or REFUSAL}"
        left -= count_tokens([text])[0] + 1
        if left < 0:
            break
        lines.insert(0, text)
    if not lines:
        return ""
    return "\nSaid before in this conversation; no source to cite:\n" + "\n".join(lines) + "\n"


def _tag(texts: Sequence[str], choose: Callable[[str], str]) -> str:
    """Random letters that occur in none of the texts, whatever the case."""
    everything = "\n".join(texts).casefold()
    size = _TAG_LETTERS
    while True:
        tag = "".join(choose(_LETTERS) for _ in range(size))
        if tag not in everything:
            return tag
        size += 1


def _told(judged: Judged) -> str:
    return _block("", judged)


def _counted(texts: Sequence[str]) -> int:
    return sum(count_tokens(texts))


def _line(text: str) -> str:
    """A text on one line."""
    return " ".join(text.split())


def _day(value: int) -> str:
    day = date(value // 10000, value // 100 % 100, value % 100)
    return f"{day:%A}, {day.day} {day:%B} {day.year}"


@cache
def _templates() -> dict[str, Template]:
    """The two parts of ``prompt.md``, with their variables checked."""
    text = Path(__file__).with_name("prompt.md").read_text("utf-8")
    parts = re.split(r"^# (system|user)\n", text, flags=re.MULTILINE)[1:]
    templates = {
        name: Template(body.strip()) for name, body in zip(parts[::2], parts[1::2], strict=True)
    }
    for name, wanted in _VARIABLES.items():
        found = set(templates[name].get_identifiers())
        if found != wanted:
            raise WriterError(
                f"The {name} part of prompt.md uses {sorted(found)}; it must use {sorted(wanted)}."
            )
    return templates
