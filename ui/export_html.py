"""A conversation as a page of its own: one file that asks nobody for anything; pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from rag.types import Answer, Citation, NoteKind, Statement, StoredConversation, StoredTurn, Support
from ui.export_markdown import STATES
from ui.markup import esc, isolated
from ui.words import (
    date_words,
    lead_words,
    origin_words,
    publisher_words,
    title_words,
    voice_words,
)

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
_STYLE = """
:root { color-scheme: light dark; --ink: #1c1b19; --muted: #5f5b53; --line: #dedad1;
  --paper: #fbfaf7; --mark: #ffe9a8; --accent: #1f4e79; --warn: #8a3b12; }
@media (prefers-color-scheme: dark) { :root { --ink: #eceae4; --muted: #a6a197; --line: #2e2d2b;
  --paper: #151517; --mark: #5a4a12; --accent: #8fbce6; --warn: #f0a680; } }
body { max-width: 44em; margin: 0 auto; padding: 2em 1.25em 4em; background: var(--paper);
  color: var(--ink); font: 18px/28px ui-serif, Georgia, serif; overflow-wrap: anywhere; }
h1 { font-size: 28px; line-height: 36px; margin: 0; }
h2 { font: 600 18px/26px system-ui, sans-serif; margin: 0 0 12px; }
p { margin: 0 0 12px; }
article { padding: 24px 0; border-top: 1px solid var(--line); }
.aside, .note, .source, time { color: var(--muted); font: 14px/20px system-ui, sans-serif; }
.short { font-weight: 600; font-size: 22px; }
.unsupported { text-decoration: line-through; }
.warning { color: var(--warn); font: 14px/20px system-ui, sans-serif; }
.note { padding-left: 12px; border-left: 2px solid var(--line); }
ol { list-style: none; margin: 16px 0 0; padding: 0; }
.source { margin: 0 0 12px; break-inside: avoid; }
.source b, a { color: var(--accent); }
blockquote { margin: 4px 0; color: var(--ink); font: 16px/24px ui-serif, Georgia, serif; }
mark { background: var(--mark); color: inherit; }
.gone, .changed { color: var(--warn); }
@media print { :root { --paper: #fff; --ink: #000; --muted: #444; --mark: #eee; --accent: #000; }
  body { max-width: none; padding: 0; font-size: 11pt; line-height: 1.45; }
  h2 { break-after: avoid; } mark { font-weight: 600; } }
"""


def as_html(stored: StoredConversation, states: Mapping[Citation, str]) -> str:
    """The whole page."""
    title = esc(stored.info.title)
    when = dt.datetime.fromtimestamp(stored.info.created).astimezone()
    turns = "".join(_turn(turn, states) for turn in stored.turns)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{esc(_POLICY)}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>"
        f'<header><h1 dir="auto">{title}</h1>'
        f'<p><time datetime="{when.isoformat(timespec="seconds")}">'
        f"{when.day} {when:%B %Y, %H:%M}</time></p></header>{turns}</body></html>\n"
    )


def _turn(turn: StoredTurn, states: Mapping[Citation, str]) -> str:
    answer = turn.answer
    understood = ""
    if answer.effective_question != answer.question:
        understood = (
            f'<p class="aside" dir="auto">Understood as: {esc(answer.effective_question)}</p>'
        )
    notes = "".join(
        f'<p class="note" dir="auto">{esc(note.text)}</p>'
        for note in answer.notes
        if note.kind is not NoteKind.REWRITTEN
    )
    cited = answer.nearest if answer.abstained else answer.citations
    sources = "".join(_source(one, turn.n, states[one], answer.abstained) for one in cited)
    heading = '<p class="aside">Closest passages</p>' if answer.abstained and cited else ""
    return (
        f'<article><h2 dir="auto">{esc(answer.question)}</h2>{understood}'
        f"{_said(answer, turn.n)}{notes}{heading}<ol>{sources}</ol></article>"
    )


def _said(answer: Answer, n: int) -> str:
    lead = "" if answer.abstained else lead_words(answer)
    short = f'<p class="short" dir="auto">{esc(lead)}</p>' if lead else ""
    if not answer.statements:
        blocks = (block for block in answer.text.split("\n") if block.strip())
        return short + "".join(f'<p dir="auto">{esc(block)}</p>' for block in blocks)
    return short + "".join(_statement(one, n) for one in answer.statements)


def _statement(one: Statement, n: int) -> str:
    numbers = "".join(f' <a href="#s{n}-{number}">[{number}]</a>' for number in one.numbers)
    if one.support is not Support.UNSUPPORTED:
        return f'<p dir="auto">{esc(one.text)}{numbers}</p>'
    return (
        f'<p dir="auto"><span class="unsupported">{esc(one.text)}</span> '
        f'<span class="warning">not found in the sources</span>{numbers}</p>'
    )


def _source(citation: Citation, n: int, state: str, nearest: bool) -> str:
    info = citation.article
    origin, voice = (
        origin_words(info.published),
        voice_words(citation.kind, citation.comment_author),
    )
    parts = [
        isolated(publisher_words(info)),
        esc(date_words(info.published)) + (f" ({esc(origin)})" if origin else ""),
        isolated(title_words(info)),
        *([isolated(voice)] if voice else []),
    ]
    number = "" if nearest else f"<b>[{citation.number}]</b> "
    name = "" if nearest else f' id="s{n}-{citation.number}"'
    quote = esc(citation.quote)
    quote = quote if nearest else f"<mark>{quote}</mark>"
    return (
        f'<li class="source"{name}>{number}{" · ".join(parts)}'
        f'<blockquote dir="auto">{quote}</blockquote>{isolated(info.source)} · '
        f'<span class="{state}">{STATES[state]}</span></li>'
    )
