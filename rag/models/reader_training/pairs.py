"""Questions with a passage, as read from the public reading sets: the raw material.

`squad_pairs` reads SQuAD-like files (SQuAD 2.0, SquadShifts, XQuAD), gzipped JSON. A pair
keeps character spans into its own text; nothing is tokenised or cut here. `asked_pairs` adds
questions that were written for this reader on paragraphs of those sets, `own_pairs` such whose
paragraphs were written for it as well.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

Chars = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """A question and a text. No spans and ``answerable`` false: the text does not answer it."""

    id: str
    question: str
    text: str
    title: str
    source: str
    spans: tuple[Chars, ...]
    answerable: bool
    header: str = ""
    group: int = 0
    near: tuple[Chars, ...] = ()  # the words that tempt where nothing answers
    twin: bool = False  # unanswered, and as like the answered one before it as can be

    def with_(self, **changes: Any) -> Pair:
        """A copy with some fields changed."""
        return replace(self, **changes)


def squad_pairs(path: Path, source: str) -> list[Pair]:
    """Every question of a SQuAD-like file with its own paragraph."""
    with gzip.open(path) as file:
        articles = json.load(file)["data"]
    pairs = []
    for article in articles:
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            for qa in paragraph["qas"]:
                impossible = bool(qa.get("is_impossible"))
                spans = () if impossible else _spans(qa["answers"], text)
                if not impossible and not spans:
                    continue
                pairs.append(
                    Pair(
                        id=str(qa["id"]),
                        question=" ".join(qa["question"].split()),
                        text=text,
                        title=str(article.get("title", "")).replace("_", " "),
                        source=source,
                        spans=spans,
                        answerable=not impossible,
                        near=_spans(qa.get("plausible_answers", []), text)[:1],
                    )
                )
    return pairs


def digest(text: str) -> str:
    """What a written question names its paragraph by."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def asked_pairs(path: Path, known: Iterable[Pair]) -> list[Pair]:
    """Questions of ``path`` on paragraphs of the pairs given; those on other paragraphs are left.

    Each line of the gzipped file has the paragraph's `digest`, the question, and the place of
    its answer, or of the words that tempt (``near``) where the paragraph does not answer it;
    ``twin`` marks a question of the latter kind that was made out of the one before it.
    """
    paragraphs = {digest(pair.text): pair for pair in known}
    made = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for number, row in enumerate(map(json.loads, file)):
            if (pair := paragraphs.get(row["paragraph"])) is not None:
                made.append(_asked(row, f"asked-{number}", "asked", pair.title, pair.text))
    return made


def own_pairs(path: Path) -> list[Pair]:
    """The questions of ``path`` on its own paragraphs.

    Each line of the gzipped file has a paragraph's ``title`` and ``text`` and the questions
    ``asked`` of it, as the lines of `asked_pairs` have them.
    """
    made = []
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for number, paragraph in enumerate(map(json.loads, file)):
            title, text = paragraph["title"], paragraph["text"]
            for at, row in enumerate(paragraph["asked"]):
                made.append(_asked(row, f"{path.name}-{number}-{at}", "own", title, text))
    return made


def _asked(row: dict[str, Any], name: str, source: str, title: str, text: str) -> Pair:
    """A written question with the paragraph that it is asked of."""
    return Pair(
        id=name,
        question=row["question"],
        text=text,
        title=title,
        source=source,
        spans=((row["answer"][0], row["answer"][1]),) if "answer" in row else (),
        answerable="answer" in row,
        near=((row["near"][0], row["near"][1]),) if "near" in row else (),
        twin=bool(row.get("twin")),
    )


def _spans(answers: list[dict[str, Any]], text: str) -> tuple[Chars, ...]:
    """The answers that most annotators gave, shortest first where they differ."""
    found = [
        (int(a["answer_start"]), int(a["answer_start"]) + len(a["text"]))
        for a in answers
        if text[int(a["answer_start"]) : int(a["answer_start"]) + len(a["text"])] == a["text"]
        and a["text"].strip()
    ]
    counted = Counter(found)
    most = max(counted.values(), default=0)
    return tuple(sorted((s for s in counted if counted[s] == most), key=lambda s: s[1] - s[0]))
