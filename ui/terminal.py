"""Answers and tables as plain text for a terminal; pure, tested without one.

Article text is hostile: whatever is printed goes through `visible`, which leaves no
control character, escape sequence or direction override alive and keeps the length, so
that offsets still count. Colour is asked for by the caller and is decoration only.
"""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence

from rag.types import Answer, ArticleInfo, Citation
from ui.words import date_words, lead_words, publisher_words, title_words, voice_words

# C0 and C1 controls but for line feed and tab, DEL, direction marks and overrides, and the
# halves of surrogate pairs, which no encoding can print.
_STEERING = r"\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
_UNSAFE = re.compile(rf"[\x00-\x08\x0b-\x1f{_STEERING}]")
_JSON_UNSAFE = re.compile(rf"[{_STEERING}]")


def visible(text: str) -> str:
    """The text with every character that could steer a terminal replaced by U+FFFD."""
    return _UNSAFE.sub("\ufffd", text)


def json_line(value: object, *, indent: int | None = None) -> str:
    """JSON that any terminal may show: what could steer one is written as an escape."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    return _JSON_UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def answer_text(answer: Answer, *, width: int = 88) -> str:
    """An answer as a person reads it: short answer, statements, notes, numbered sources."""
    parts = []
    if answer.effective_question != answer.question:
        parts.append(_wrap(f"Understood as: {answer.effective_question}", width))
    parts.append(_refusal(answer, width) if answer.abstained else _given(answer, width))
    return "\n\n".join(part for part in parts if part)


def _given(answer: Answer, width: int) -> str:
    parts = []
    if answer.statements:
        if lead := lead_words(answer):
            parts.append(_wrap(lead, width))
        for said in answer.statements:
            numbers = "".join(f" [{number}]" for number in said.numbers)
            parts.append(_wrap(said.text + numbers, width))
    else:
        parts.extend(_wrap(block, width) for block in answer.text.split("\n") if block.strip())
    parts.extend(_wrap(f"Note: {note.text}", width) for note in answer.notes)
    if answer.citations:
        parts.append("Sources")
        parts.extend(_source(cited, width, f"[{cited.number}] ") for cited in answer.citations)
    return "\n\n".join(parts)


def _refusal(answer: Answer, width: int) -> str:
    parts = [_wrap(answer.text.strip() or "The articles do not say.", width)]
    parts.extend(_wrap(f"Note: {note.text}", width) for note in answer.notes)
    if answer.nearest:
        parts.append("Closest passages (they do not answer the question)")
        parts.extend(_source(near, width, "  - ") for near in answer.nearest)
    return "\n\n".join(parts)


def _source(citation: Citation, width: int, mark: str) -> str:
    info = citation.article
    head = [publisher_words(info), date_words(info.published), title_words(info)]
    voice = voice_words(citation.kind, citation.comment_author)
    if voice:
        head.append(voice)
    quote = " ".join(visible(citation.quote).split())
    margin = " " * 4
    return "\n".join(
        [
            _wrap(" · ".join(head), width, first=mark.ljust(4), rest=margin),
            _wrap(f"“{quote}”", width, first=margin, rest=margin),
        ]
    )


def _wrap(text: str, width: int, *, first: str = "", rest: str = "") -> str:
    return textwrap.fill(
        visible(text),
        width=max(width, 20),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def table(rows: Sequence[Sequence[str]], heads: Sequence[str], widths: Sequence[int]) -> str:
    """Rows in columns, each cut to its width with an ellipsis; the last column is not cut."""
    lines = []
    for row in [heads, *rows]:
        cells = []
        for place, cell in enumerate(row):
            shown = " ".join(visible(cell).split())
            if place < len(widths):
                room = widths[place]
                shown = shown if len(shown) <= room else shown[: room - 1] + "…"
                shown = shown.ljust(room)
            cells.append(shown)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)


def articles_text(infos: Sequence[ArticleInfo]) -> str:
    """The list of articles, one a line."""
    rows = [
        (
            info.id,
            info.published.iso or "unknown",
            publisher_words(info),
            str(info.passages),
            str(info.comments),
            title_words(info),
        )
        for info in infos
    ]
    id_width = max([2, *(len(row[0]) for row in rows)])
    heads = ("ID", "DATE", "PUBLISHER", "PASSAGES", "COMMENTS", "TITLE")
    return table(rows, heads, (id_width, 10, 24, 8, 8))
