"""Small parts that several places of the page share: the copy menu, the row below a turn; pure."""

from __future__ import annotations

from rag.types import Answer, Citation, PublishedDate
from ui import copies
from ui.markup import esc
from ui.words import origin_title, origin_words

_REASON_CHARS = 1000


def answer_menu(answer: Answer) -> str:
    """Ways to take an answer along."""
    link = copies.question_link(answer.effective_question)
    return _menu(
        "Copy", copies.answer_text(answer), copies.answer_markdown(answer), link, "Link to ask it"
    )


def citation_menu(citation: Citation) -> str:
    """Ways to take a citation along."""
    return _menu(
        "Copy",
        copies.citation_text(citation),
        copies.citation_markdown(citation),
        copies.citation_link(citation),
        "Link to the words",
    )


def _menu(label: str, text: str, markdown: str, link: str, link_label: str) -> str:
    def item(told: str, kind: str, value: str) -> str:
        return (
            f'<button type="button" class="quiet" data-act="copy" data-{kind}="{esc(value)}">'
            f"{esc(told)}</button>"
        )

    return (
        f'<details class="menu"><summary class="quiet">{esc(label)}</summary>'
        f'<div class="menu-items">{item("Text with sources", "text", text)}'
        f"{item('Markdown', 'text', markdown)}{item(link_label, 'link', link)}</div></details>"
    )


def turn_actions(answer: Answer, turn: int, thumb: bool | None = None) -> str:
    """The quiet row below an answer or a refusal, and what its buttons unfold.

    ``thumb`` is what the reader thought of it before: up, down, or nothing.
    """
    return (
        f'<div class="actions">{answer_menu(answer)}{again_buttons()}'
        f'<button type="button" class="quiet" data-act="why" data-turn="{turn}" '
        'aria-expanded="false">Why this answer</button>'
        f'<span class="thumbs" role="group" aria-label="Was this helpful?">'
        f"{_thumb(turn, thumb, up=True)}{_thumb(turn, thumb, up=False)}</span></div>"
        f'<form class="rate" data-submit="rate" data-turn="{turn}" hidden>'
        f'<label for="reason-{turn}">What was good or wrong? (optional)</label>'
        f'<input id="reason-{turn}" name="reason" maxlength="{_REASON_CHARS}" dir="auto" '
        'autocomplete="off"><button type="submit" class="button small">Send</button></form>'
        f'<div class="told" data-delivery="rate-{turn}" role="status"></div>'
        f'<div class="considered" data-delivery="why-{turn}" hidden></div>'
    )


def origin_html(published: PublishedDate) -> str:
    """How a date is known, with more about it in a tooltip; empty where no date is."""
    told = origin_words(published)
    if not told:
        return ""
    return f'<span class="aside" title="{esc(origin_title(published))}">{esc(told)}</span>'


def again_buttons() -> str:
    """What can be done with a turn's question."""
    return (
        '<button type="button" class="quiet" data-act="again">Ask again</button>'
        '<button type="button" class="quiet" data-act="edit">Edit</button>'
    )


def _thumb(turn: int, thumb: bool | None, *, up: bool) -> str:
    told, side = ("Helpful", "up") if up else ("Not helpful", "down")
    return (
        f'<button type="button" class="quiet thumb" data-act="rate" data-turn="{turn}" '
        f'data-side="{side}" aria-pressed="{str(thumb is up).lower()}" aria-label="{told}" '
        f'title="{told}"><span class="drawn" aria-hidden="true"></span></button>'
    )
