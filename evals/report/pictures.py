"""Pictures of a run as inline SVG: no script, no request, colours from the page's own style.

Each function returns one ``<svg>`` whose text is escaped and whose title says what it
shows to a reader who cannot see it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from evals.metrics.intervals import Estimate

_WIDTH = 480
_LABEL, _VALUE = 158, 122  # room for names on the left and figures on the right


def intervals(
    metrics: Mapping[str, Estimate],
    low_is_better: frozenset[str],
    names: Mapping[str, str] | None = None,
    meanings: Mapping[str, str] | None = None,
) -> str:
    """Each rate as a dot on a scale from 0 to 1, its interval as a line.

    ``names`` are what it is called, ``meanings`` what is told of it under the pointer.
    """
    row, top = 26, 8
    height = top + row * len(metrics) + 26
    plot = _WIDTH - _LABEL - _VALUE
    parts = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = _LABEL + plot * share
        parts.append(_line(x, top, x, height - 24, "grid"))
        parts.append(_text(x, height - 8, f"{100 * share:.0f}%", "tick", "middle"))
    for at, (name, e) in enumerate(metrics.items()):
        y = top + row * at + row / 2
        low, mid, high = (_LABEL + plot * min(1.0, max(0.0, v)) for v in (e.low, e.value, e.high))
        tone = "low" if name in low_is_better else "high"
        told = (meanings or {}).get(name)
        hint = f"<title>{escape(f'{name}: {told}')}</title>" if told else ""
        told_name = (names or {}).get(name, name)
        parts.append(f"<g>{hint}{_text(_LABEL - 12, y + 4, told_name, 'name', 'end')}</g>")
        parts.append(_line(low, y, high, y, f"whisker {tone}"))
        parts.append(f'<circle cx="{mid:.1f}" cy="{y:.1f}" r="5" class="dot {tone}"/>')
        figure = f"{100 * e.value:.1f}% (n {e.n})"
        parts.append(_text(_WIDTH - 4, y + 4, figure, "figure", "end"))
    return _svg(height, "Metrics with their 95% intervals", parts)


def strip(estimate: Estimate, name: str, *, low_is_better: bool = False) -> str:
    """One rate and its interval on a bare scale from 0 to 1, small enough for a table."""
    width, height = 120, 16
    low, mid, high = (
        6 + (width - 12) * min(1.0, max(0.0, v))
        for v in (estimate.low, estimate.value, estimate.high)
    )
    tone = "low" if low_is_better else "high"
    told = escape(f"{name}: {100 * estimate.value:.1f}%")
    return (
        f'<svg viewBox="0 0 {width} {height}" role="img" aria-label="{told}" class="strip">'
        + _line(6, height / 2, width - 6, height / 2, "grid")
        + _line(low, height / 2, high, height / 2, f"whisker {tone}")
        + f'<circle cx="{mid:.1f}" cy="{height / 2:.1f}" r="4" class="dot {tone}"/></svg>'
    )


def curve(
    points: Sequence[tuple[float, float]], x_name: str, y_name: str, x_top: float = 1.0
) -> str:
    """A line over points whose y lies between 0 and 1."""
    height, left, right, top, foot = 240, 48, 22, 22, 42
    width, depth = _WIDTH - left - right, height - top - foot
    parts = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = top + depth * (1 - share)
        parts.append(_line(left, y, left + width, y, "grid"))
        parts.append(_text(left - 8, y + 4, f"{100 * share:.0f}%", "tick", "end"))
        tick = f"{100 * share:.0f}%" if x_top == 1.0 else f"{x_top * share:g}"
        parts.append(_text(left + width * share, height - foot + 18, tick, "tick", "middle"))
    shown = [(left + width * x / x_top, top + depth * (1 - y)) for x, y in points]
    if shown:
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in shown)
        parts.append(f'<polyline points="{path}" class="curve"/>')
        if len(shown) <= 24:
            parts += [
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" class="dot high"/>' for x, y in shown
            ]
    parts.append(_text(left + width / 2, height - 6, x_name, "axis", "middle"))
    parts.append(_text(4, top - 9, y_name, "axis", "start"))
    return _svg(height, f"{y_name} over {x_name}", parts)


def latencies(stages: Mapping[str, Mapping[str, float]]) -> str:
    """For each stage a bar to the median and a thin one on to where 19 of 20 are done."""
    row, top = 34, 8
    height = top + row * len(stages) + 8
    most = max((t["p95"] for t in stages.values()), default=1.0) or 1.0
    plot = _WIDTH - _LABEL - 128
    parts = []
    for at, (stage, t) in enumerate(stages.items()):
        y = top + row * at + 6
        p50, p95 = plot * t["p50"] / most, plot * t["p95"] / most
        parts.append(_text(_LABEL - 12, y + 14, stage, "name", "end"))
        parts.append(_bar(y + 6, max(1.0, p95), 6, "bar far"))
        parts.append(_bar(y, max(1.0, p50), 18, "bar"))
        told = f"{t['p50']:.0f} ms; {t['p95']:.0f} ms"
        parts.append(_text(_WIDTH - 4, y + 14, told, "figure", "end"))
    return _svg(
        height,
        "Milliseconds in which half, and 19 of 20, of the cases are done with each stage",
        parts,
    )


def _svg(height: float, title: str, parts: Sequence[str]) -> str:
    inner = "".join(parts)
    return (
        f'<svg viewBox="0 0 {_WIDTH} {height:.0f}" role="img" aria-label="{escape(title)}">'
        f"<title>{escape(title)}</title>{inner}</svg>"
    )


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def _bar(y: float, width: float, height: float, kind: str) -> str:
    place = f'x="{_LABEL}" y="{y:.1f}" width="{width:.1f}" height="{height}" rx="3"'
    return f'<rect {place} class="{kind}"/>'


def _text(x: float, y: float, said: str, kind: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" class="{kind}" text-anchor="{anchor}">{escape(said)}</text>'
    )
