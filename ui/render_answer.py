"""One turn of a conversation as HTML: question, answer or refusal, notes; pure.

``key`` names what a button opens: ``t3c0`` is the first citation of turn 3, ``t3n0`` the
first of its closest passages. `ui.talk` keeps what each key stands for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.types import Answer, Citation, Note, NoteKind, Statement, Support
from ui.markup import esc, isolated, shortened
from ui.render_parts import again_buttons, turn_actions
from ui.words import date_words, lead_words, publisher_words, title_words, voice_words

_MARKER = re.compile(r"\[(\d+)\]")
_PARTIAL = re.compile(r"\s*\[\d*$")
_STAGES = {
    "understanding": "Reading the question",
    "searching": "Searching the articles",
    "reading": "Reading passages",
    "writing": "Writing the answer",
}
_NOTE_NAMES = {
    NoteKind.CONFLICT: "Articles differ",
    NoteKind.AGE: "Age",
    NoteKind.DATE: "Date",
    NoteKind.COMMENT: "Reader comment",
    NoteKind.FALLBACK: "Offline answer",
    NoteKind.SPELLING: "Spelling",
    NoteKind.MISSING: "Not there",
    NoteKind.NARROWED: "Narrowed",
}
_SUPPORT_TITLES = {
    Support.MATCHED: "This citation was found for the sentence afterwards.",
    Support.UNSUPPORTED: "Not found in the sources.",
}
_NEAR_CHARS = 320
_QUESTION_CHARS = 260  # more do not fit into the four lines that are shown of it
_LONGEST_WORD = 24  # a longer one may break, its buttons with it


def turn_html(turn: int, question: str, body: str, *, state: str) -> str:
    """A turn around its body; ``state`` is working, done, refused, stopped or failed."""
    long, unfold = "", ""
    if len(" ".join(question.split())) > _QUESTION_CHARS:
        long = " long"
        unfold = (
            '<button type="button" class="quiet" data-act="whole-question" '
            'aria-expanded="false">Show all</button>'
        )
    return (
        f'<article class="turn" data-turn="{turn}" data-state="{esc(state)}">'
        f'<h2 class="question{long}" dir="auto">{esc(question)}</h2>{unfold}{body}</article>'
    )


def working_html(stage: str, text: str) -> str:
    """What is there so far: the stage, and the text that has arrived."""
    told = _STAGES.get(stage, "Working")
    so_far = _PARTIAL.sub("", text)
    shown = f'<p class="statement" dir="auto">{esc(so_far)}</p>' if so_far else ""
    return f'<div class="answer">{shown}</div><p class="stage">{esc(told)}…</p>'


def error_html(message: str) -> str:
    """A sentence about what went wrong."""
    return f'<p class="failed" role="alert">{esc(message)}</p>'


def failed_html(message: str) -> str:
    """A turn that could not be answered, and how to try again."""
    return f"{error_html(message)}{_again()}"


def stopped_html() -> str:
    """A turn that the user ended."""
    return f'<p class="stage">Stopped. Nothing of this turn is remembered.</p>{_again()}'


def _again() -> str:
    return f'<div class="actions">{again_buttons()}</div>'


def answer_html(answer: Answer, turn: int, thumb: bool | None = None) -> str:
    """A finished answer, or a refusal in its own shape; ``thumb`` is what was thought of it."""
    head = _understood(answer)
    actions = turn_actions(answer, turn, thumb)
    if answer.abstained:
        return head + _refusal(answer, turn) + actions
    return (
        f'{head}<div class="answer">{_short(answer)}{_statements(answer, turn)}</div>'
        f"{_notes(answer.notes)}{actions}{_printed(answer)}"
    )


def _printed(answer: Answer) -> str:
    """The sources once more, for paper: the panel beside the conversation is not printed."""
    items = "".join(
        f"<li>[{one.number}] {isolated(publisher_words(one.article))}, "
        f"{esc(date_words(one.article.published))}: {isolated(one.article.title)}. "
        f'<q dir="auto">{esc(one.quote)}</q> {isolated(one.article.source)}</li>'
        for one in answer.citations
    )
    return f'<ol class="printed" aria-hidden="true">{items}</ol>' if items else ""


def _understood(answer: Answer) -> str:
    if answer.effective_question == answer.question:
        return ""
    return (
        f'<p class="understood">Understood as: <q dir="auto">{esc(answer.effective_question)}</q> '
        f'<button type="button" class="quiet" data-act="edit" data-standalone="yes" '
        f'data-text="{esc(answer.effective_question)}">Edit</button></p>'
    )


def _short(answer: Answer) -> str:
    lead = lead_words(answer)
    return f'<p class="short" dir="auto">{esc(lead)}</p>' if lead else ""


def _statements(answer: Answer, turn: int) -> str:
    by_number = {citation.number: place for place, citation in enumerate(answer.citations)}
    if not answer.statements:
        return "".join(
            f'<p class="statement" dir="auto">{_marked(block, answer, by_number, turn)}</p>'
            for block in answer.text.split("\n")
            if block.strip()
        )
    return "".join(_statement(one, answer, by_number, turn) for one in answer.statements)


def _statement(one: Statement, answer: Answer, by_number: dict[int, int], turn: int) -> str:
    buttons = "".join(
        _button(answer.citations[by_number[number]], f"t{turn}c{by_number[number]}")
        for number in one.numbers
        if number in by_number
    )
    title = _SUPPORT_TITLES.get(one.support)
    warning = ""
    if one.support is Support.UNSUPPORTED:
        why = f": {one.why}" if one.why else ""
        warning = f' <span class="warning">not found in the sources{esc(why)}</span>'
    title = one.why or title
    hint = f' title="{esc(title)}"' if title else ""
    return (
        f'<p class="statement {one.support.value}" dir="auto"{hint}>'
        f"{_stressed(one.text, answer.short, warning + buttons)}</p>"
    )


def _stressed(text: str, short: str | None, buttons: str) -> str:
    """The text with the short answer's words made strong; its last word keeps the buttons."""
    first = text.find(short) if short else -1
    last = first + len(short or "")
    if first < 0 or last - first > len(text) // 2:
        first = last = len(text)
    cut = len(text.rstrip()) - len(text.rstrip().rsplit(maxsplit=1)[-1]) if text.strip() else 0

    def piece(start: int, end: int) -> str:
        a, b = min(max(start, first), end), max(min(end, last), start)
        strong = f"<strong>{esc(text[a:b])}</strong>" if a < b else ""
        return f"{esc(text[start:a])}{strong}{esc(text[max(a, b) : end])}"

    if len(text) - cut > _LONGEST_WORD:
        return f"<span>{piece(0, len(text))}</span>{buttons}"
    return (
        f"<span>{piece(0, cut)}</span>"
        f'<span class="tail"><span>{piece(cut, len(text))}</span>{buttons}</span>'
    )


def _marked(text: str, answer: Answer, by_number: dict[int, int], turn: int) -> str:
    """Text whose own markers become buttons; a number that nothing stands for stays text."""
    parts, end = [], 0
    for found in _MARKER.finditer(text):
        place = by_number.get(int(found[1][:9]))
        if place is None:
            continue
        parts.append(esc(text[end : found.start()]))
        parts.append(_button(answer.citations[place], f"t{turn}c{place}"))
        end = found.end()
    return "".join(parts) + esc(text[end:])


def _button(citation: Citation, key: str) -> str:
    info = citation.article
    name = f"[{citation.number}] {publisher_words(info)}, {date_words(info.published)}"
    voice = voice_words(citation.kind, citation.comment_author)
    return (
        f'<button type="button" class="cite" data-open="{key}" '
        f'aria-label="{esc(name + (", " + voice if voice else ""))}">[{citation.number}]</button>'
    )


def _notes(notes: Sequence[Note]) -> str:
    # a rewritten question has a line of its own above the answer
    told = [note for note in notes if note.kind is not NoteKind.REWRITTEN]
    if not told:
        return ""
    items = "".join(
        f'<li class="note {note.kind.value}" dir="auto">'
        f"<b>{esc(_NOTE_NAMES.get(note.kind, 'Note'))}</b> {esc(note.text)}</li>"
        for note in told
    )
    return f'<ul class="notes" aria-label="Notes">{items}</ul>'


def _refusal(answer: Answer, turn: int) -> str:
    verdict, _, more = answer.text.strip().partition(". ")
    verdict = verdict.rstrip(".") + "."
    told = f'<p class="reason" dir="auto">{esc(more)}</p>' if more else ""
    near = "".join(
        f'<li dir="auto"><button type="button" class="near" data-open="t{turn}n{place}">'
        f'<span class="from">{isolated(publisher_words(citation.article))} · '
        f"{esc(date_words(citation.article.published))} · "
        f"{isolated(shortened(title_words(citation.article), 120))}</span> "
        f'<span class="text" dir="auto">{esc(shortened(citation.quote, _NEAR_CHARS))}</span>'
        "</button></li>"
        for place, citation in enumerate(answer.nearest)
    )
    closest = f'<h3>Closest passages</h3><ul class="nearest">{near}</ul>' if near else ""
    return (
        f'<div class="refusal"><p class="verdict">{esc(verdict)}</p>{told}'
        f"{_notes(answer.notes)}{closest}</div>"
    )
