"""A run as one HTML page that opens from disk and asks for nothing.

The rows stand in the page as data; its script draws those that are looked at, so that
thousands open at once. All text reaches the page escaped, or through ``textContent``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from importlib import resources
from string import Template
from typing import Any

from evals.compare import Comparison
from evals.report.drawn import pictures_of
from evals.report.wording import (
    EARLIER,
    HEADS,
    NAMES,
    P_MEANS,
    compared,
    figures,
    flipped,
    spoken,
    visible,
)
from evals.rows import Row
from evals.runfile import Run
from evals.summary import Summary

_SHOWN_QUOTE = 600  # characters of a quote or answer in the table; the JSON report has them whole


def as_page(run: Run, comparison: Comparison | None = None, against: str = EARLIER) -> str:
    """The whole page as text; ``against`` is what the comparison is with."""
    summary = run.summary
    flips = (
        {flip.id: "wrong" if flip.to_wrong else "right" for flip in comparison.flips}
        if comparison
        else {}
    )
    rows = [_row(row, flips.get(row.id)) for row in run.rows]
    return Template(_asset("page.html")).substitute(
        style=_asset("style.css"),
        script=_asset("script.js"),
        title=escape(f"Evaluation of {run.config.get('suite')}"),
        facts=_facts(run),
        invalid=_invalid(run),
        comparison=_comparison(comparison, against) if comparison else "",
        metrics=_metrics(summary),
        pictures=_pictures(summary),
        tags=_tags(summary),
        config=escape(json.dumps(dict(run.config), indent=1, ensure_ascii=False)),
        # '<' never appears in the data, so that no text in it can end the script element.
        data=json.dumps(rows, ensure_ascii=False).replace("<", "\\u003c"),
    )


def _asset(name: str) -> str:
    return resources.files("evals.report").joinpath("assets", name).read_text(encoding="utf-8")


def _row(row: Row, flip: str | None) -> dict[str, Any]:
    return {
        "id": row.id if row.repeat == 0 else f"{row.id} #{row.repeat + 1}",
        "q": row.question,
        "h": list(row.history),
        "ok": bool(row.figure("passed")),
        "flip": flip,
        "crit": row.critical,
        "split": row.split,
        "tags": list(row.tags),
        "ans": row.answerable,
        "abst": row.abstained,
        "text": row.answer[:_SHOWN_QUOTE],
        "short": row.short,
        "und": row.understood if row.understood != row.question else "",
        "err": row.error,
        "why": row.figure("why") or "",
        "cites": [_cited(cited) for cited in row.citations],
        "facts": [_fact(fact) for fact in row.expected.get("facts", ())],
        "gold": [
            [[gold["article"], gold["quote"][:_SHOWN_QUOTE]] for gold in group]
            for group in row.expected.get("evidence", ())
        ],
        "conf": row.figure("confidence"),
        "ms": row.ms.get("total"),
    }


def _fact(fact: Mapping[str, Any]) -> str:
    return f"{fact['type']}: {' | '.join([fact['value'], *fact['aliases']])}"


def _cited(cited: Mapping[str, Any]) -> list[Any]:
    source = str(cited.get("source") or cited.get("article") or "")
    return [
        cited.get("number"),
        source.rsplit("/", 1)[-1],
        str(cited.get("quote") or "")[:_SHOWN_QUOTE],
    ]


def _facts(run: Run) -> str:
    config = run.config
    system = config.get("system", {})
    told = {
        "Suite": f"{config.get('suite')}, split {config.get('split')}",
        "System": str(system.get("system", "")),
        "Cases": f"{config.get('count')}, hash {str(config.get('cases'))[:12]}",
        "Made": str(config.get("created", "")),
        "Command": str(config.get("command", "")),
    }
    return "".join(
        f"<div><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>" for k, v in told.items() if v
    )


def _invalid(run: Run) -> str:
    if not run.invalid:
        return ""
    items = "".join(f"<li>{escape(fault)}</li>" for fault in run.invalid)
    return (
        f'<section class="warn" role="alert"><h2>This run is not valid</h2><ul>{items}</ul>'
        "</section>"
    )


def _metrics(summary: Summary) -> str:
    return "".join(_line(*figure) for figure in figures(summary))


def _pictures(summary: Summary) -> str:
    return "".join(
        f"<figure><figcaption>{escape(name)}</figcaption>{svg}</figure>"
        for name, svg in pictures_of(summary).items()
    )


def _tags(summary: Summary) -> str:
    return "".join(_line(tag, spoken(estimate)) for tag, estimate in summary.by_tag.items())


def _comparison(comparison: Comparison, against: str) -> str:
    rows = "".join(_line(m.name, *compared(m), worse=m.worse) for m in comparison.metrics)
    head = "".join(f"<th>{name}</th>" for name in HEADS)
    return (
        f"<section><h2>Against {escape(against)}</h2><p>{flipped(comparison)}. "
        f"{visible(comparison)}</p>"
        f"<div class=scroll><table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
        f"</div><p>{escape(P_MEANS)}</p></section>"
    )


def _line(name: str, *cells: str, worse: bool = False) -> str:
    plain = f"<br><small>{escape(NAMES[name])}</small>" if name in NAMES else ""
    told = "".join(f"<td>{escape(cell)}</td>" for cell in cells)
    head = f"<th scope=row>{escape(name)}{plain}</th>"
    return f"<tr{' class=worse' if worse else ''}>{head}{told}</tr>"
