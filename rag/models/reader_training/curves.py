"""Draw curves as SVG: ``python -m rag.models.reader_training.curves LOG... --out FILE.svg``.

Takes the ``log.jsonl`` files of one training in order and draws its losses over the pairs
seen. Plain polylines, so that nothing needs installing and a diff can be read.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

WIDTH, HEIGHT, EDGE = 640, 320, 44
COLOURS = {"span": "#1f5fa8", "answer": "#b4531a", "list": "#2f7d4f"}


def read(logs: Sequence[Path], workers: int) -> dict[str, list[tuple[float, float]]]:
    """Points of each curve: pairs seen so far, loss."""
    seen = 0.0
    points: dict[str, list[tuple[float, float]]] = {name: [] for name in COLOURS}
    for log in logs:
        last = 0
        for line in log.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            seen += (row["step"] - last) * row["pairs"] * workers
            last = row["step"]
            for name, curve in points.items():
                curve.append((seen, row[name]))
    return points


def draw(points: dict[str, list[tuple[float, float]]], top: float = 3.0) -> str:
    """An SVG with axes, a legend and one polyline a curve."""
    most = max(x for curve in points.values() for x, _ in curve)
    body = []
    for tick in range(int(top) + 1):
        y = _y(tick, top)
        body.append(f'<line x1="{EDGE}" y1="{y:.1f}" x2="{WIDTH - 8}" y2="{y:.1f}" stroke="#ddd"/>')
        body.append(f'<text x="{EDGE - 8}" y="{y + 4:.1f}" text-anchor="end">{tick}</text>')
    for tick in range(5):
        x = EDGE + (WIDTH - 8 - EDGE) * tick / 4
        label = f"{most * tick / 4 / 1000:.0f}k"
        body.append(f'<text x="{x:.1f}" y="{HEIGHT - 12}" text-anchor="middle">{label}</text>')
    for number, (name, curve) in enumerate(points.items()):
        line = " ".join(
            f"{EDGE + (WIDTH - 8 - EDGE) * x / most:.1f},{_y(min(y, top), top):.1f}"
            for x, y in curve
        )
        body.append(f'<polyline points="{line}" fill="none" stroke="{COLOURS[name]}"/>')
        body.append(
            f'<text x="{WIDTH - 12}" y="{20 + 16 * number}" text-anchor="end" '
            f'fill="{COLOURS[name]}">{name} loss</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">\n<title>Training losses over pairs seen</title>\n'
        + "\n".join(body)
        + "\n</svg>\n"
    )


def _y(value: float, top: float) -> float:
    return 8 + (HEIGHT - EDGE - 8) * (1 - value / top)


def main() -> None:
    """Read, draw, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("logs", type=Path, nargs="+")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.write_text(draw(read(given.logs, given.workers)), encoding="utf-8")


if __name__ == "__main__":
    main()
