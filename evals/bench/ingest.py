"""How fast articles go in, against the encoder alone; and whether kill -9 costs anything.

    python -m evals.bench.ingest ratio --data FILE [--articles 300] [--rounds 2]
    python -m evals.bench.ingest full  --data FILE --data-dir DIR [--kills 10]

``ratio`` encodes the same passages bare and by ingest, in turns, since other work on the
machine slows both; the processor time of both is printed beside, which other work changes
less. Bare is `OnnxEncoder.encode` over all of them at once; its own share of the speed of
one ONNX session, on all cores and the same batches, is printed too. ``full`` ingests
everything in processes of its own, ends some of them with -9 at random moments, and then
asks the doctor, counts, and compares every article with what was read.

Prints JSON. FILE is a dump (.jsonl or .jsonl.gz), a folder or a file.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from rag.articles import read_articles
from rag.cores import physical_cores
from rag.index import Index
from rag.index.encoder import OnnxEncoder, batches, open_session, padded
from rag.index.passages import Cutter, embed_text
from rag.index.report import IngestProgress
from rag.settings import Settings
from rag.types import Article


def main(argv: Sequence[str] | None = None) -> None:
    """Run one of the two measurements, or the child of the second."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", choices=["ratio", "full", "child"])
    parser.add_argument("--data", type=Path, default=os.environ.get("DATELINE_BENCH_DATA"))
    parser.add_argument("--data-dir", type=Path)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args(argv)
    if args.data is None:
        parser.error("--data (or DATELINE_BENCH_DATA) must name the articles")
    if args.what == "ratio":
        print(json.dumps(ratio(args.data, args.articles, args.rounds), indent=1))
    elif args.what == "child":
        child(args.data, args.data_dir)
    else:
        print(json.dumps(full(args.data, args.data_dir, args.kills, args.seed), indent=1))


def ratio(data: Path, number: int, rounds: int) -> dict[str, Any]:
    """Ingest's speed over the bare encoder's, and the encoder's over the bare session's."""
    articles = [one for one in islice(read_articles([data]), number) if isinstance(one, Article)]
    encoder = OnnxEncoder()
    cutter = Cutter(Settings().passage, encoder.count, encoder.max_tokens)
    texts = [embed_text(passage) for own in cutter.cut(articles) for passage in own]
    ids = encoder.tokenise(texts)
    groups = [padded([ids[row] for row in rows]) for rows in batches([len(one) for one in ids])]

    bare = open_session(encoder.model.model.location, physical_cores())

    def session() -> None:
        for ids_, mask in groups:
            bare.run(None, {"input_ids": ids_, "attention_mask": mask})

    def ingest() -> None:
        with (
            tempfile.TemporaryDirectory() as folder,
            Index.open(Settings(data_dir=Path(folder)), encoder) as index,
        ):
            index.ingest(read_articles_again(data, number))

    encoder.encode(texts[:64])  # loads the model
    works = {"session": session, "encoder": lambda: encoder.encode(texts), "ingest": ingest}
    wall = dict.fromkeys(works, 0.0)
    cpu = dict.fromkeys(works, 0.0)
    for _ in range(rounds):
        for name, work in works.items():
            started, spent = time.perf_counter(), time.process_time()
            work()
            wall[name] += time.perf_counter() - started
            cpu[name] += time.process_time() - spent
    return {
        "passages": len(texts),
        "rounds": rounds,
        "passages_per_s": {n: round(len(texts) * rounds / s, 1) for n, s in wall.items()},
        "passages_per_cpu_s": {n: round(len(texts) * rounds / s, 1) for n, s in cpu.items()},
        "encoder_to_session": round(wall["session"] / wall["encoder"], 3),
        "ingest_to_encoder": round(wall["encoder"] / wall["ingest"], 3),
        "ingest_to_encoder_cpu": round(cpu["encoder"] / cpu["ingest"], 3),
    }


def read_articles_again(data: Path, number: int) -> Any:
    """The same articles, read and cleaned anew: that is part of ingest's work."""
    return islice(read_articles([data]), number)


def child(data: Path, data_dir: Path) -> None:
    """Ingest, telling the parent how far it is."""

    def tell(progress: IngestProgress) -> None:
        print(json.dumps({"done": progress.done, "passages": progress.passages}), flush=True)

    with Index.open(Settings(data_dir=data_dir)) as index:
        report = index.ingest(read_articles([data]), progress=tell)
    failures = [row.message for row in report.failed]
    print(json.dumps({"counts": report.counts, "failures": failures[:20]}), flush=True)


def full(data: Path, data_dir: Path, kills: int, seed: int) -> dict[str, Any]:
    """Ingest everything, through some kills, and check that it is all there once."""
    drawn = random.Random(seed)
    started = time.perf_counter()
    runs = []
    for _ in range(kills):
        runs.append(_run(data, data_dir, after=drawn.uniform(5.0, 150.0)))
        print(json.dumps(runs[-1]), file=sys.stderr, flush=True)
        if "counts" in runs[-1]:
            break
    if not runs or "counts" not in runs[-1]:
        runs.append(_run(data, data_dir, after=None))
    return {
        "wall_s": round(time.perf_counter() - started, 1),
        "killed": sum("counts" not in run for run in runs),
        "peak_rss_mb": max(run["peak_rss_mb"] for run in runs),
        "passages_per_s_after_last_kill": round(runs[-1]["passages"] / runs[-1]["seconds"], 1),
        "runs": runs,
        **_compare(data, data_dir),
    }


def _run(data: Path, data_dir: Path, after: float | None) -> dict[str, Any]:
    """One child, killed ``after`` seconds of work, or left to end."""
    command = [sys.executable, "-m", "evals.bench.ingest", "child", "--data", str(data)]
    started = time.perf_counter()
    process = subprocess.Popen(
        [*command, "--data-dir", str(data_dir)], stdout=subprocess.PIPE, text=True
    )
    peak, passages, told = 0.0, 0, {}
    for line in process.stdout or ():
        told = json.loads(line)
        passages = told.get("passages", passages)
        peak = max(peak, _peak_mb(process.pid))
        if after is not None and passages and time.perf_counter() - started > after:
            process.kill()
            break
    process.wait()
    if process.stdout is not None:
        process.stdout.close()
    run = {
        "seconds": round(time.perf_counter() - started, 1),
        "passages": passages,
        "peak_rss_mb": round(peak),
        "rc": process.returncode,
    }
    return {**run, **told} if "counts" in told else run


def _peak_mb(pid: int) -> float:
    """The most memory that a process has held so far (Linux; 0 elsewhere)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return 0.0
    found = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM")]
    return int(found[0]) / 1024 if found else 0.0


def _compare(data: Path, data_dir: Path) -> dict[str, Any]:
    """What is stored against what is read: lost, doubled, differing; and the doctor's word."""
    with Index.open(Settings(data_dir=data_dir)) as index:
        stored = {info.id: info.passages for info in index.articles()}
        read, differing = set(), 0
        for article in read_articles([data]):
            if isinstance(article, Article):
                read.add(article.id)
                kept = index.article(article.id)
                differing += kept is not None and kept.text != article.text
        link = index.catalogue.link
        (passages,) = link.execute("SELECT count(*) FROM passages").fetchone()
        (distinct,) = link.execute("SELECT count(DISTINCT id) FROM passages").fetchone()
        checks = index.check()
    return {
        "articles": len(stored),
        "read": len(read),
        "stored_but_not_read": len(set(stored) - read),
        "differing": differing,
        "passages": passages,
        "doubled": passages - distinct,
        "passages_told": sum(stored.values()),
        "checks": {check.name: [check.ok, check.message] for check in checks},
    }


if __name__ == "__main__":
    main()
