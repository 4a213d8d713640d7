"""The picture of the corpus by time and publisher: an SVG of our own, and a table; pure.

Places across are percentages, so that the picture follows the width of the page while its
letters keep their size. A bar is a button that narrows the search to its time (arrow keys
lead from bar to bar); a dot narrows it to its publisher too.
"""

from __future__ import annotations

import math

from ui.markup import esc, isolated, shortened
from ui.timeline import Timeline

_BARS = 72  # heights, in pixels
_LINE = 28
_AXIS = 24
_RADIUS = 10
_LABELS = 7
_FULL = 4  # this many articles in one place are drawn as large as any, in a small corpus


def timeline_html(timeline: Timeline) -> str:
    """The whole figure; empty where no article has a date."""
    if not timeline.bins:
        return ""
    names = "".join(_name(row.publisher, row.name, row.total) for row in timeline.rows)
    undated = f" {timeline.undated:,} without a date." if timeline.undated else ""
    coarse = (
        f" {timeline.coarse:,} dated less exactly than to the {timeline.unit} stand at the middle "
        "of what is known."
        if timeline.coarse
        else ""
    )
    return (
        f'<figure class="timeline"><figcaption>Articles by {esc(timeline.unit)} and publisher: '
        f"choose one to narrow list and search.{undated}{coarse}</figcaption>"
        f'<div class="timeline-grid"><ul class="timeline-names" style="padding-top:{_BARS}px">'
        f"{names}</ul>{_svg(timeline)}</div>{_table(timeline)}</figure>"
    )


def _name(publisher: str, name: str, total: int) -> str:
    told = f"{isolated(shortened(name, 40))} <span>{total:,}</span>"
    if not publisher:
        return f'<li style="height:{_LINE}px">{told}</li>'
    return (
        f'<li style="height:{_LINE}px"><button type="button" data-publisher="{esc(publisher)}" '
        f'title="Only {esc(publisher)}">{told}</button></li>'
    )


def _svg(timeline: Timeline) -> str:
    height = _BARS + _LINE * len(timeline.rows) + _AXIS
    return (
        f'<svg height="{height}" role="group" aria-label="Articles by {esc(timeline.unit)}">'
        f"{_lines(timeline)}{_bars(timeline, height)}{_dots(timeline)}"
        f"{_axis(timeline, height)}</svg>"
    )


def _across(timeline: Timeline) -> float:
    """The width of one bin, in percent."""
    return 100 / len(timeline.bins)


def _lines(timeline: Timeline) -> str:
    return "".join(
        f'<line class="rule" x1="0" x2="100%" y1="{y}" y2="{y}"/>'
        for place in range(len(timeline.rows))
        for y in [_BARS + _LINE * place + _LINE // 2]
    )


def _bars(timeline: Timeline, height: int) -> str:
    width, totals = _across(timeline), timeline.totals
    most = max(totals) or 1
    parts = []
    for place, (one, count) in enumerate(zip(timeline.bins, totals, strict=True)):
        tall = max(2.0, (_BARS - 16) * count / most) if count else 0
        told = f"{one.name}: {count:,} {'article' if count == 1 else 'articles'}"
        stop = "0" if place == 0 else "-1"
        off = "" if count else ' aria-disabled="true"'
        parts.append(
            f'<g class="bar" role="button" tabindex="{stop}" aria-label="{esc(told)}" '
            f'data-first="{one.first}" data-last="{one.last}"{off}><title>{esc(told)}</title>'
            f'<rect class="reach" x="{width * place:.3f}%" width="{width:.3f}%" y="0" '
            f'height="{height - _AXIS}"/>'
            f'<rect class="fill" x="{width * (place + 0.1):.3f}%" width="{width * 0.8:.3f}%" '
            f'y="{_BARS - tall:.1f}" height="{tall:.1f}"/></g>'
        )
    return "".join(parts)


def _dots(timeline: Timeline) -> str:
    """For the eye and the pointer; the bars, the names and the table say it in words."""
    width = _across(timeline)
    most = max(_FULL, *(max(row.counts) for row in timeline.rows))
    parts = []
    for line, row in enumerate(timeline.rows):
        y = _BARS + _LINE * line + _LINE // 2
        for place, count in enumerate(row.counts):
            if not count:
                continue
            one = timeline.bins[place]
            radius = 2.5 + (_RADIUS - 2.5) * math.sqrt(count / most)
            parts.append(
                f'<circle class="dot" cx="{width * (place + 0.5):.3f}%" cy="{y}" '
                f'r="{radius:.1f}" data-first="{one.first}" data-last="{one.last}" '
                f'data-publisher="{esc(row.publisher)}"><title>'
                f"{esc(f'{row.name}, {one.name}: {count:,}')}</title></circle>"
            )
    return f'<g aria-hidden="true">{"".join(parts)}</g>'


def _axis(timeline: Timeline, height: int) -> str:
    width = _across(timeline)
    labels = []
    for nth, place in enumerate(_labelled(timeline)):
        minor = "minor " if nth % 2 else ""
        at = width * (place + 0.5)
        edge = "first" if at < 4 else "last" if at > 96 else ""
        labels.append(
            f'<text class="{minor}{edge}" x="{at:.3f}%" y="{height - 6}">'
            f"{esc(timeline.bins[place].short)}</text>"
        )
    return f'<g aria-hidden="true">{"".join(labels)}</g>'


def _labelled(timeline: Timeline) -> list[int]:
    """Bins that have a label below them: Januaries where there are some, else evenly spread."""
    places = list(range(len(timeline.bins)))
    years = [place for place in places if timeline.bins[place].first.endswith("-01")]
    if timeline.unit == "month" and len(years) > 1:
        places = years
    return places[:: max(1, math.ceil(len(places) / _LABELS))]


def _table(timeline: Timeline) -> str:
    rows = []
    for place, (one, total) in enumerate(zip(timeline.bins, timeline.totals, strict=True)):
        if total:
            told = ", ".join(
                f"{isolated(row.name)} {row.counts[place]:,}"
                for row in timeline.rows
                if row.counts[place]
            )
            rows.append(
                f'<tr><th scope="row">{esc(one.name)}</th><td class="figure">{total:,}</td>'
                f"<td>{told}</td></tr>"
            )
    if timeline.undated:
        told = ", ".join(
            f"{isolated(row.name)} {row.undated:,}" for row in timeline.rows if row.undated
        )
        rows.append(
            f'<tr><th scope="row">date unknown</th><td class="figure">{timeline.undated:,}</td>'
            f"<td>{told}</td></tr>"
        )
    return (
        '<details class="as-table"><summary class="quiet">As a table</summary>'
        '<div class="table-frame"><table class="articles plain"><thead><tr>'
        '<th scope="col">When</th><th scope="col" class="figure">Articles</th>'
        '<th scope="col">Publishers</th></tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div></details>"
    )
