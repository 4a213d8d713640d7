"""Public reading sets as questions with passages, for `reading` and `rerank`.

Reads SQuAD-like files and CLAPNQ from the folder given; the texts never enter the project.
A whole paragraph becomes one passage, cut into sentences as the index cuts them.
"""

from __future__ import annotations

import gzip
import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rag.models.reader_training as training
from rag.index.sentences import sentence_spans
from rag.types import Kind, Passage


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question about one passage; no answers means that the passage does not answer."""

    id: str
    text: str
    article: str
    passage: Passage
    answers: tuple[str, ...]
    long: bool = False  # the answer is whole sentences: a span cannot be scored against it


def as_passage(identity: str, text: str, header: str = "") -> Passage:
    """A whole text as one passage."""
    return Passage(
        id=identity,
        article_id=identity,
        kind=Kind.BODY,
        start=0,
        end=len(text),
        text=text,
        header=header,
        sentences=tuple(sentence_spans(text)),
    )


def squad(path: Path) -> list[Question]:
    """Every question of a SQuAD-like file; the article's title is the header."""
    with gzip.open(path) as file:
        articles = json.load(file)["data"]
    out: list[Question] = []
    for article in articles:
        title = str(article["title"]).replace("_", " ")
        for number, paragraph in enumerate(article["paragraphs"]):
            passage = as_passage(f"{title}/{number}", paragraph["context"], title)
            out.extend(
                Question(
                    id=str(qa["id"]),
                    text=qa["question"],
                    article=title,
                    passage=passage,
                    answers=()
                    if qa.get("is_impossible")
                    else tuple(dict.fromkeys(a["text"] for a in qa["answers"])),
                )
                for qa in paragraph["qas"]
            )
    return out


def recipe() -> dict[str, Any]:
    """The training recipe, which names the articles that were held out."""
    path = Path(training.__file__).parent / "config.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def held_out(data: Path) -> list[Question]:
    """The SQuAD 2.0 questions of the articles that training never saw."""
    names = _titles(recipe()["data"]["held_out"])
    return [q for q in squad(data / "reading/squad2_half_dev.json.gz") if q.article in names]


def dev(data: Path) -> list[Question]:
    """SQuAD 2.0 questions of the articles kept for calibration: neither trained on nor reported."""
    names = _titles(recipe()["data"]["dev"])
    return [q for q in squad(data / "reading/squad2_half_dev.json.gz") if q.article in names]


def xquad_outside(data: Path) -> list[Question]:
    """XQuAD's questions about articles that the SQuAD 2.0 half does not hold at all."""
    inside = {q.article for q in squad(data / "reading/squad2_half_dev.json.gz")}
    return [q for q in squad(data / "reading/xquad_en.json.gz") if q.article not in inside]


def clapnq(data: Path) -> list[Question]:
    """CLAPNQ: real search questions with a Wikipedia passage; half have no answer in it."""
    out: list[Question] = []
    for name, answerable in (("answerable", True), ("unanswerable", False)):
        with gzip.open(data / f"reading/clapnq_{name}.jsonl.gz", "rt", encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                found = record["passages"][0]
                text = str(found["text"]).strip()
                out.append(
                    Question(
                        id=str(record["id"]),
                        text=record["input"],
                        article=str(found["title"]),
                        passage=as_passage(f"clapnq/{record['id']}", text, str(found["title"])),
                        answers=("(whole sentences)",) if answerable else (),
                        long=True,
                    )
                )
    return out


def _titles(names: Iterable[str]) -> set[str]:
    return {name.replace("_", " ") for name in names}


def answer_pattern(answers: list[str]) -> re.Pattern[str]:
    """Finds an answer's words, whole, in any case."""
    parts = [r"\W+".join(re.escape(w) for w in re.findall(r"\w+", a)) for a in answers]
    return re.compile(r"(?<!\w)(?:" + "|".join(p for p in parts if p) + r")(?!\w)", re.IGNORECASE)
