"""A fast look while working: ``python -m evals.quick [seeds] [--split dev]``.

Ingests the seeds into a fresh directory (or uses ``--data-dir``), asks every case of one
split and prints rates by tag and what failed. Answers of the test split are never shown
unless ``--show-test`` is given: what is looked at can no longer measure. The full run with
intervals, resuming and gates is ``dateline eval run``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import click

from evals.cases import Case, load_cases
from evals.reply import Reply, from_answer
from evals.scoring import Score, TextOf, score_failure, score_reply
from rag.engine import Engine
from rag.settings import load_settings

Row = tuple[Case, Reply | None, Score]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs the cases and prints; always exits 0, for it gates nothing."""
    parser = argparse.ArgumentParser(
        prog="python -m evals.quick", description=__doc__.splitlines()[0] if __doc__ else ""
    )
    parser.add_argument("dataset", nargs="?", default="seeds")
    parser.add_argument("--split", choices=("dev", "test", "all"), default="dev")
    parser.add_argument(
        "--data-dir",
        type=Path,
        help="an index that is ready; without it the articles are ingested anew",
    )
    parser.add_argument(
        "--articles",
        type=Path,
        default=Path("seeds"),
        help="what to ingest where no --data-dir is given",
    )
    parser.add_argument("--tag", help="only cases with this tag")
    parser.add_argument(
        "--show-test", action="store_true", help="show questions and answers of the test split"
    )
    parser.add_argument("--brief", action="store_true", help="rates only")
    given = parser.parse_args(argv)
    cases = [
        case
        for case in load_cases(given.dataset, split=given.split)
        if not given.tag or given.tag in case.tags
    ]
    with tempfile.TemporaryDirectory() as scratch:
        engine = Engine.open(load_settings(data_dir=given.data_dir or Path(scratch) / "data"))
        if given.data_dir is None:
            engine.ingest([given.articles])
        began = time.perf_counter()
        rows = run(engine, cases)
        seconds = time.perf_counter() - began
        engine.close()
    _print_rates(rows, seconds)
    if not given.brief:
        _print_failures(rows, show_test=given.show_test)
    return 0


def run(engine: Engine, cases: Sequence[Case]) -> list[Row]:
    """Each case asked and scored; an exception becomes a failed row."""
    texts: dict[str, str | None] = {}

    def text_of(article: str) -> str | None:
        if article not in texts:
            found = engine.corpus.article(article)
            texts[article] = found.text if found else None
        return texts[article]

    return [_row(engine, case, text_of) for case in cases]


def _row(engine: Engine, case: Case, text_of: TextOf) -> Row:
    try:
        reply = from_answer(
            engine.ask(case.question, conversation=engine.conversation(case.history))
        )
    except Exception as error:  # noqa: BLE001 - whatever breaks is the row's outcome, and is shown
        return case, None, score_failure(case, f"{type(error).__name__}: {error}")
    return case, reply, score_reply(case, reply, text_of)


def _rate(values: Sequence[bool | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{sum(known)}/{len(known)} {100 * sum(known) / len(known):.0f}%" if known else "-"


def _print_rates(rows: Sequence[Row], seconds: float) -> None:
    scores = [score for _, _, score in rows]
    answerable = [score for case, _, score in rows if case.answerable]
    values = sum(s.values for s in scores)
    valid = [None if s.cite_valid is None else s.cite_valid == 1 for s in scores]
    lines = {
        "passed (facts, evidence)": _rate([s.passed for s in answerable]),
        "answer_ok": _rate([s.answer_ok for s in answerable]),
        "evidence_cited": _rate([s.evidence_cited for s in answerable]),
        "false_refusal": _rate([s.false_refusal for s in scores]),
        "false_answer": _rate([s.false_answer for s in scores]),
        "short_ok": _rate([s.short_ok for s in answerable]),
        "markers valid": _rate(valid),
        "offsets_ok": _rate([s.offsets_ok for s in scores]),
        "values supported, of": f"{sum(s.values_supported for s in scores)}/{values}",
    }
    click.echo(f"cases {len(rows)} in {seconds:.1f} s")
    for name, value in lines.items():
        click.echo(f"{name:26}{value}")
    by_tag: dict[str, list[bool]] = defaultdict(list)
    for case, _, score in rows:
        for tag in case.tags or ("untagged",):
            by_tag[tag].append(score.passed)
    click.echo(
        "by tag:  " + "   ".join(f"{tag} {sum(v)}/{len(v)}" for tag, v in sorted(by_tag.items()))
    )


def _print_failures(rows: Sequence[Row], *, show_test: bool) -> None:
    failed = [row for row in rows if not row[2].passed]
    hidden = [row for row in failed if row[0].split == "test" and not show_test]
    for case, reply, score in failed:
        if case.split == "test" and not show_test:
            continue
        asked = " / ".join((*case.history, case.question))
        click.echo(f"\n{case.id}  {asked}\n   why: {score.why}")
        if case.facts:
            click.echo(f"   wanted: {'; '.join(f.value for f in case.facts)}")
        if reply is not None:
            click.echo(f"   answer: {reply.text[:400]}")
            sources = ", ".join(
                f"[{c.number}] {c.source.rsplit('/', 1)[-1]}" for c in reply.citations
            )
            click.echo(
                f"   short: {reply.short!r}  confidence: {reply.confidence}  cites: {sources}"
            )
            if reply.effective_question != case.question:
                click.echo(f"   understood: {reply.effective_question}")
    if hidden:
        click.echo(
            f"\n{len(hidden)} failed cases of the test split are not shown (--show-test shows them)"
        )


if __name__ == "__main__":
    sys.exit(main())
