"""A case beside its evidence as HTML: what was answered, what is cited, what was expected; pure.

A button that opens an article carries the run, the case and the place (``c0`` is the first
citation, ``e1.0`` the first place of the second group of evidence); `place_of` says what it
stands for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from evals.rows import Row
from evals.runfile import Run
from ui.markup import esc, isolated
from ui.room_evaluation_list import link
from ui.room_evaluation_run import verdict_words, why_words


def row_of(run: Run, case: str) -> Row | None:
    """The first row of a case."""
    return next((row for row in run.rows if row.id == case and row.repeat == 0), None)


def case_html(runs: Sequence[tuple[str, Run]], case: str) -> str:
    """A case as one run has it, or two side by side, and what was expected."""
    found = [(name, row) for name, run in runs if (row := row_of(run, case)) is not None]
    if not found:
        return '<p class="hint">There is no case of that name in this run.</p>'
    name, row = found[-1]
    back = link("run", name) if len(runs) == 1 else link("compare", *(name for name, _ in runs))
    earlier = "".join(f'<li dir="auto">{esc(text)}</li>' for text in row.history)
    history = f'<p class="aside">After:</p><ol class="history">{earlier}</ol>' if earlier else ""
    columns = "".join(_answered(at, one, len(found) > 1) for at, one in found)
    tags = f'<p class="aside">{esc(", ".join(row.tags))}</p>' if row.tags else ""
    return (
        f'<p class="way"><a href="{esc(back)}">Back to the run</a></p>'
        f'<h2 tabindex="-1" dir="auto">{esc(row.question or row.id)}</h2>{tags}{history}'
        f'<div class="beside">{columns}{_expected(name, row)}</div>'
    )


def _answered(name: str, row: Row, told: bool) -> str:
    why = why_words(row)
    understood = (
        f'<p class="understood">Understood as: <q dir="auto">{esc(row.understood)}</q></p>'
        if row.understood and row.understood != row.question
        else ""
    )
    cited = "".join(
        f'<li dir="auto"><p class="byline"><b>[{esc(str(one.get("number")))}]</b> '
        f"{isolated(_named(one))}</p><blockquote>{esc(str(one.get('quote') or ''))}</blockquote>"
        f"{_button(name, row.id, f'c{place}')}</li>"
        for place, one in enumerate(row.citations)
    )
    head = f"Answer of {esc(name)}" if told else "Answer"
    return (
        f'<section><h3>{head}</h3><p class="verdict-line">{verdict_words(row)}</p>'
        + (f'<p class="why" dir="auto">{esc(why)}</p>' if why else "")
        + f'{understood}<p class="told" dir="auto">{esc(row.answer or "Nothing was answered.")}</p>'
        + (f'<h4>Cited</h4><ul class="places">{cited}</ul>' if cited else "")
        + _took(row)
        + "</section>"
    )


def _took(row: Row) -> str:
    if "total" not in row.ms:
        return ""
    return f'<p class="aside">{row.ms["total"]:,.0f} ms</p>'


def _expected(name: str, row: Row) -> str:
    facts = "".join(
        f'<li dir="auto"><b>{esc(str(fact.get("value")))}</b> '
        f'<span class="aside">{esc(", ".join([str(fact.get("type")), *_also(fact)]))}</span></li>'
        for fact in row.expected.get("facts", ())
    )
    groups = "".join(
        "<li>" + '<p class="aside">or</p>'.join(places) + "</li>"
        for number, group in enumerate(row.expected.get("evidence", ()))
        if (
            places := [
                f'<p class="byline">{isolated(str(gold.get("article")))}</p>'
                f'<blockquote dir="auto">{esc(str(gold.get("quote") or "any place of it"))}'
                f"</blockquote>{_button(name, row.id, f'e{number}.{place}')}"
                for place, gold in enumerate(group)
            ]
        )
    )
    silent = "" if row.answerable else "<p>The articles do not say: silence is right.</p>"
    return (
        f"<section><h3>Expected</h3>{silent}"
        + (f'<h4>Facts</h4><ul class="facts">{facts}</ul>' if facts else "")
        + (f'<h4>Evidence, all needed</h4><ul class="places">{groups}</ul>' if groups else "")
        + "</section>"
    )


def _also(fact: Mapping[str, Any]) -> list[str]:
    aliases = [str(alias) for alias in fact.get("aliases", ())]
    return ["or " + ", ".join(aliases)] if aliases else []


def _named(cited: Mapping[str, Any]) -> str:
    source = str(cited.get("source") or cited.get("article") or "")
    return source.replace("\\", "/").rsplit("/", 1)[-1]


def _button(name: str, case: str, place: str) -> str:
    return (
        f'<button type="button" class="quiet" data-act="evaluation-open" data-run="{esc(name)}" '
        f'data-case="{esc(case)}" data-place="{esc(place)}">Show it in the article</button>'
    )


def place_of(row: Row, place: str) -> tuple[str, str] | None:
    """The article (id or file name) and the quote that a button's place stands for."""
    kind, numbers = place[:1], place[1:].split(".")
    if not all(part.isdecimal() and len(part) < 6 for part in numbers):
        return None
    try:
        if kind == "c":
            cited = row.citations[int(numbers[0])]
            return str(cited["article"]), str(cited["quote"])
        gold = row.expected["evidence"][int(numbers[0])][int(numbers[1])]
        return str(gold["article"]), str(gold["quote"])
    except (IndexError, KeyError, TypeError):
        return None
