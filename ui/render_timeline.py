"""The picture of the corpus by time and publisher: SVGs of our own, and a table; pure.

Places across are percentages, so that the picture follows the width of the page while its
letters keep their size. A bar is a button that narrows the search to its time (arrow keys
lead from bar to bar); a dot narrows it to its publisher too. Each publisher has its name above
its dots. A label of the axis begins at the tick of the day, month or year that it names; which
labels there is room for is worked out for several widths of the room, and the style
(assets/articles.css) shows those of the width at hand.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ui.markup import esc, isolated, shortened
from ui.timeline import Row, Timeline

WIDTHS = (240, 340, 440, 560, 720, 900)  # of the room, in pixels: articles.css has them too
_MARGIN = 34  # right of the plot, into which its last label may reach
_BARS = 56  # heights, in pixels
_LINE = 24
_AXIS = 26
_RADIUS = 10
_LETTER, _BETWEEN = 7, 14  # pixels of a letter at its widest, and from one label to the next
_STEPS = {"day": (1, 2, 7, 14, 28), "month": (1, 3, 6, 12, 24, 60)}
_YEARS = (1, 2, 5, 10, 20, 50)
_FULL = 4  # this many articles in one place are drawn as large as any, in a small corpus


def timeline_html(timeline: Timeline) -> str:
    """The whole figure; empty where no article has a date."""
    if not timeline.bins:
        return ""
    undated = f" {timeline.undated:,} without a date." if timeline.undated else ""
    coarse = (
        f" {timeline.coarse:,} dated less exactly than to the {timeline.unit} stand at the middle "
        "of what is known."
        if timeline.coarse
        else ""
    )
    return (
        f'<figure class="timeline"><figcaption>By {esc(timeline.unit)}: '
        f"choose one to narrow list and search.{undated}{coarse}</figcaption>"
        f'<div class="plot">{_svg(timeline)}</div>'
        f'<div class="more-of-it">{_publishers(timeline)}{_table(timeline)}</div></figure>'
    )


def _svg(timeline: Timeline) -> str:
    return (
        f'<svg height="{_BARS}" role="group" aria-label="Articles by {esc(timeline.unit)}">'
        f"{_bars(timeline)}</svg>{_axis(timeline)}"
    )


def _publishers(timeline: Timeline) -> str:
    most = max(_FULL, *(max(row.counts) for row in timeline.rows))
    rows = "".join(
        f'<li>{_name(row)}<svg height="{_LINE}" aria-hidden="true">'
        f'<line class="rule" x1="0" x2="100%" y1="{_LINE // 2}" y2="{_LINE // 2}"/>'
        f"{_dots(timeline, row, most)}</svg></li>"
        for row in timeline.rows
    )
    return (
        '<details class="by-publisher"><summary class="quiet">By publisher</summary>'
        f'<div class="plot"><ul class="timeline-rows">{rows}</ul>{_axis(timeline)}</div></details>'
    )


def _name(row: Row) -> str:
    told = f"{isolated(shortened(row.name, 60))} <span>{row.total:,}</span>"
    if not row.publisher:
        return f'<span class="row-name">{told}</span>'
    return (
        f'<button type="button" class="row-name" data-publisher="{esc(row.publisher)}" '
        f'title="Only {esc(row.publisher)}">{told}</button>'
    )


def _across(timeline: Timeline) -> float:
    """The width of one bin, in percent."""
    return 100 / len(timeline.bins)


def _bars(timeline: Timeline) -> str:
    width, totals = _across(timeline), timeline.totals
    most = max(totals) or 1
    parts = []
    for place, (one, count) in enumerate(zip(timeline.bins, totals, strict=True)):
        tall = max(2.0, (_BARS - 8) * count / most) if count else 0
        told = f"{one.name}: {count:,} {'article' if count == 1 else 'articles'}"
        stop = "0" if place == 0 else "-1"
        off = "" if count else ' aria-disabled="true"'
        parts.append(
            f'<g class="bar" role="button" tabindex="{stop}" aria-label="{esc(told)}" '
            f'data-first="{one.first}" data-last="{one.last}"{off}><title>{esc(told)}</title>'
            f'<rect class="reach" x="{width * place:.3f}%" width="{width:.3f}%" y="0" '
            f'height="{_BARS}"/>'
            f'<rect class="fill" x="{width * (place + 0.1):.3f}%" width="{width * 0.8:.3f}%" '
            f'y="{_BARS - tall:.1f}" height="{tall:.1f}"/></g>'
        )
    return "".join(parts)


def _dots(timeline: Timeline, row: Row, most: int) -> str:
    """For the eye and the pointer; the bars, the names and the table say it in words."""
    width = _across(timeline)
    parts = []
    for place, count in enumerate(row.counts):
        if not count:
            continue
        one = timeline.bins[place]
        radius = 2.5 + (_RADIUS - 2.5) * math.sqrt(count / most)
        parts.append(
            f'<circle class="dot" cx="{width * (place + 0.5):.3f}%" cy="{_LINE // 2}" '
            f'r="{radius:.1f}" data-first="{one.first}" data-last="{one.last}" '
            f'data-publisher="{esc(row.publisher)}"><title>'
            f"{esc(f'{row.name}, {one.name}: {count:,}')}</title></circle>"
        )
    return "".join(parts)


def _axis(timeline: Timeline) -> str:
    """A tick where each bin, or among months of years each year, begins; labels at theirs."""
    width, bins = _across(timeline), timeline.bins
    yearly = timeline.unit == "month" and len(bins) > 12
    begins = [place for place, one in enumerate(bins) if not yearly or one.order % 12 == 0]
    ticks = "".join(
        f'<line class="tick" x1="{x:.3f}%" x2="{x:.3f}%" y1="0" y2="5"/>'
        for x in [width * place for place in [*begins, len(bins)]]
    )
    shown: dict[tuple[int, str], list[int]] = {}
    for least in WIDTHS:
        for label in labels(timeline, least - _MARGIN):
            shown.setdefault(label, []).append(least)
    told = "".join(
        f'<g class="{" ".join(f"at-{least}" for least in at)}">'
        f'<line class="tick" x1="{width * place:.3f}%" x2="{width * place:.3f}%" y1="0" y2="20"/>'
        f'<text x="{width * place:.3f}%" dx="4" y="20">{esc(text)}</text></g>'
        for (place, text), at in sorted(shown.items())
    )
    return f'<svg class="axis" height="{_AXIS}" aria-hidden="true">{ticks}{told}</svg>'


def labels(timeline: Timeline, plot: float) -> list[tuple[int, str]]:
    """Bins with a label at their beginning: as many as a plot of that many pixels has room for."""
    bins = timeline.bins
    first = bins[0].order if timeline.unit == "day" else 0
    found: list[tuple[int, str]] = []
    for step in _STEPS.get(timeline.unit, _YEARS):
        places = [place for place, one in enumerate(bins) if (one.order - first) % step == 0]
        found = [(place, bins[place].short) for place in places if place]
        before = [(0, bins[0].full), *found]
        if _fits(before, plot, len(bins)):
            return before
        if 0 not in places and found and _fits(found, plot, len(bins)):
            return found
    return found[:1]


def _fits(told: Sequence[tuple[int, str]], plot: float, bins: int) -> bool:
    one = plot / bins
    ends = [*(place for place, _ in told[1:]), bins]
    rooms = [one * (end - place) for (place, _), end in zip(told, ends, strict=True)]
    rooms[-1] += _MARGIN
    return all(
        room >= _LETTER * len(text) + _BETWEEN for room, (_, text) in zip(rooms, told, strict=True)
    )


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
