"""How well follow-ups are understood: recall of a gold rewrite's words, and needless rewrites.

    python -m evals.bench.followups --data DIR [--split dev|test|all] [--show N]

Reads ``conversation/canard_dev.json.gz`` (follow-ups with hand-written standalone questions)
and, for questions that stand alone, ``realtimeqa/questions.jsonl`` and two sets of
``reading/`` from DIR. Dialogues are split in two
by a hash of their article; every rule was made on dev. For each follow-up the conversation so
far is replayed with our own rewrites, never the gold ones; the title and section heading that
the annotators saw stand as the first thing that was asked. Intervals are a bootstrap over
articles. It measures words, not answers: retrieval is measured elsewhere.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.answer.followup import understand
from rag.retrieve.words import content
from rag.types import Turn, Understood


@dataclass(frozen=True, kw_only=True)
class Row:
    """One question of a dialogue with what was made of it."""

    cluster: str
    question: str
    gold: str
    ours: str
    first: bool
    changed: bool

    @property
    def needs(self) -> set[str]:
        """Words of the gold rewrite that the question lacks."""
        return _keys(self.gold) - _keys(self.question)

    @property
    def added(self) -> set[str]:
        """Words that our rewrite added."""
        return _keys(self.ours) - _keys(self.question)


def _keys(text: str) -> set[str]:
    return {token.key for token in content(text)}


def split_of(name: str) -> str:
    """The half that an article's dialogues belong to."""
    return "dev" if hashlib.sha256(name.encode()).digest()[0] < 128 else "test"


def _in_half(name: str, split: str) -> bool:
    return split in ("all", split_of(name))


def canard(path: Path, split: str, *, heading: bool = True) -> Iterator[Row]:
    """Every question of one half, understood in its conversation."""
    dialogues: dict[str, list[dict[str, object]]] = defaultdict(list)
    for record in json.loads(gzip.decompress(path.read_bytes())):
        dialogues[str(record["QuAC_dialog_id"])].append(record)
    for records in dialogues.values():
        records.sort(key=lambda r: int(str(r["Question_no"])))
        history = [str(h) for h in _list(records[-1]["History"])]
        title, section, answers = history[0], history[1], history[3::2]
        if not _in_half(title, split):
            continue
        keywords = f"{title}, {section[:1].lower()}{section[1:]}"
        opening = Turn(question=keywords, effective_question=keywords)
        turns: list[Turn] = [opening] if heading else []
        for number, record in enumerate(records):
            question, gold = str(record["Question"]), str(record["Rewrite"])
            understood = understand(question, turns)
            yield Row(
                cluster=title,
                question=question,
                gold=gold,
                ours=understood.question,
                first=number == 0,
                changed=understood.changed,
            )
            given = answers[number] if number < len(answers) else ""
            turns.append(
                Turn(question=question, effective_question=understood.question, answer=given)
            )


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def quiz(path: Path, split: str) -> list[tuple[str, str, str]]:
    """Question, short answer and what was told, of one half of the quiz."""
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return [
        (r["question"], r["answers"][0], f"{r['answers'][0]}. {_plain(r['evidence'])}")
        for r in records
        if _in_half(r["id"], split)
    ]


def reading(path: Path, split: str) -> list[tuple[str, str, str]]:
    """The same of a reading set; its questions lean on a passage more than a quiz may."""
    return [
        (asked["question"], asked["answers"][0]["text"], paragraph["context"][:300])
        for article in json.loads(gzip.decompress(path.read_bytes()))["data"]
        for paragraph in article["paragraphs"]
        for asked in paragraph["qas"]
        if asked["answers"] and _in_half(asked["id"], split)
    ]


def standalone(asked: Sequence[tuple[str, str, str]]) -> Iterator[tuple[str, Understood]]:
    """Each question after two others with their answers: nothing may be added to it."""
    chance = random.Random(5)
    for question, _, _ in asked:
        turns = [
            Turn(question=other, effective_question=other, answer=told, short=short)
            for other, short, told in chance.sample(asked, 2)
        ]
        yield question, understand(question, turns)


def _plain(html: str) -> str:
    out, inside = [], False
    for c in html:
        inside = c == "<" or (inside and c != ">")
        if not inside and c != ">":
            out.append(c)
    return "".join(out)


def recall(rows: Sequence[Row], *, raw: bool) -> float:
    """Mean share of the gold rewrite's words that the question (as asked, or as understood) has."""
    shares = []
    for row in rows:
        gold = _keys(row.gold)
        if gold:
            shares.append(len(gold & _keys(row.question if raw else row.ours)) / len(gold))
    return sum(shares) / len(shares) if shares else 0.0


def needed(rows: Sequence[Row]) -> float:
    """Share of the words that had to be added which were added."""
    wanted = sum(len(row.needs) for row in rows)
    return sum(len(row.needs & row.added) for row in rows) / wanted if wanted else 0.0


def precision(rows: Sequence[Row]) -> float:
    """Share of the added words that the gold rewrite has."""
    added = sum(len(row.added) for row in rows)
    return sum(len(row.added & _keys(row.gold)) for row in rows) / added if added else 0.0


def interval(rows: Sequence[Row], draws: int = 1000) -> tuple[float, float]:
    """95% bootstrap interval, over articles, of the gain in recall over the raw question."""
    clusters: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        clusters[row.cluster].append(row)
    sums = []
    for members in clusters.values():
        gains = [
            len(_keys(r.gold) & _keys(r.ours)) / len(_keys(r.gold))
            - len(_keys(r.gold) & _keys(r.question)) / len(_keys(r.gold))
            for r in members
            if _keys(r.gold)
        ]
        sums.append((sum(gains), len(gains)))
    chance = random.Random(7)
    means = []
    for _ in range(draws):
        drawn = chance.choices(sums, k=len(sums))
        count = sum(n for _, n in drawn)
        means.append(sum(s for s, _ in drawn) / count if count else 0.0)
    means.sort()
    return means[int(0.025 * draws)], means[int(0.975 * draws) - 1]


def report(rows: Sequence[Row], name: str) -> None:
    """Print one line of figures."""
    low, high = interval(rows)
    raw, ours = recall(rows, raw=True), recall(rows, raw=False)
    print(
        f"{name:<34} n={len(rows):4d}  recall {raw:.3f} -> {ours:.3f} "
        f"(gain {ours - raw:+.3f} [{low:+.3f}, {high:+.3f}])  "
        f"needed words found {needed(rows):.3f}  added words right {precision(rows):.3f}  "
        f"changed {sum(r.changed for r in rows) / max(len(rows), 1):.3f}"
    )


def main() -> None:
    """Print the figures of one half."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=os.environ.get("DATELINE_BENCH_DATA"), required=False)
    parser.add_argument("--split", choices=("dev", "test", "all"), default="dev")
    parser.add_argument("--show", type=int, default=0, help="print this many questions")
    given = parser.parse_args()
    if not given.data:
        parser.error("give the data folder with --data or DATELINE_BENCH_DATA")
    base = Path(given.data)
    path = base / "conversation" / "canard_dev.json.gz"
    rows = list(canard(path, given.split))
    later = [r for r in rows if not r.first]
    report(later, "follow-ups, heading known")
    report([r for r in later if r.needs], "  of them with words to add")
    same = [r for r in rows if r.question.split() == r.gold.split() and not r.first]
    print(
        f"{'standalone by gold, left alone':<34} n={len(same):4d}  "
        f"{1 - sum(bool(r.added) for r in same) / max(len(same), 1):.3f}"
    )
    bare = [r for r in canard(path, given.split, heading=False) if not r.first]
    report(bare, "follow-ups, heading unknown")
    sets = {"quiz questions": quiz(base / "realtimeqa" / "questions.jsonl", given.split)}
    for name in ("xquad_en", "squadshifts_new_wiki"):
        sets[name] = reading(base / "reading" / f"{name}.json.gz", given.split)[:800]
    touched: list[tuple[str, Understood]] = []
    for name, asked in sets.items():
        wrong = [(q, u) for q, u in standalone(asked) if u.changed]
        print(f"{name + ' left alone':<34} n={len(asked):4d}  {1 - len(wrong) / len(asked):.3f}")
        touched += wrong
    for row in random.Random(3).sample(later, min(given.show, len(later))):
        print(f"\n  asked  {row.question}\n  gold   {row.gold}\n  ours   {row.ours}")
    for question, understood in touched[: given.show]:
        print(f"\n  alone  {question}\n  ours   {understood.question}")


if __name__ == "__main__":
    main()
