"""Questions in other words than the text's: event questions on news, and talk about stories.

``story_pairs(DATA, recipe)`` reads ESTER (events in news passages) and Abg-CoQA (dialogues
over stories, of which only questions that stand alone are taken). Each text is cut into
windows of about a passage; the windows that hold the answer are right, others of the same
text are the near misses: same people, same place, no answer. SQuAD's writers had the
paragraph before their eyes and took its words; these did so less.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.models.reader_training import disguise
from rag.models.reader_training.pairs import Chars, Pair

_HANGING = re.compile(
    r"\b(?:he|she|it|they|him|her|his|hers|its|their|theirs|them|this|that|these|those|there|"
    r"then|else|another|others?|same|one|ones|more|next|first|second|last|former|latter|both)\b|"
    r"^(?:and|but|so|or|why|how so|how|who|when|where|what|which)\W*$|^(?:and|but|so)\b",
    re.IGNORECASE,
)
_LONG_ANSWER = 12  # words of a rationale that can still stand for a short answer


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """A question on a text: where the answer is told, and the short answers in there."""

    text: str
    question: str
    places: tuple[Chars, ...]
    spans: tuple[Chars, ...]


def story_pairs(data: Path, recipe: dict[str, Any]) -> list[list[Pair]]:
    """The pairs of each question, right ones first; questions without a right window left out."""
    rng = random.Random(recipe["seed"])
    groups = []
    for number, told in enumerate([*_ester(data), *_dialogues(data)]):
        pairs = _pairs(told, number, recipe, rng)
        if pairs:
            groups.append(pairs)
    return groups


def _ester(data: Path) -> Iterator[Told]:
    for path in sorted((data / "reading").glob("ester_*.json.gz")):
        with gzip.open(path) as file:
            rows = json.load(file)
        for row in rows:
            text, found = row["context"], []
            for answer in row["answer_texts"]:
                at = text.find(answer)
                if answer.strip() and at >= 0:
                    found.append((at, at + len(answer)))
            if found:
                yield Told(
                    text=text, question=row["question"], places=tuple(found), spans=tuple(found)
                )


def _dialogues(data: Path) -> Iterator[Told]:
    with gzip.open(data / "conversation/abg_coqa_val.json.gz") as file:
        rows = json.load(file)["data"]
    seen: set[tuple[str, str]] = set()
    for row in rows:
        for turn in (row["target_turn"], *row["history_turns"]):
            question, rationale = turn["question"].strip(), turn.get("rationale", "").strip()
            at = row["story"].find(rationale) if rationale else -1
            known = (row["story"][:80], question.lower())
            if at < 0 or known in seen or not stands_alone(question):
                continue
            seen.add(known)
            place = (at, at + len(rationale))
            inside = rationale.lower().find(turn["answer"].strip().lower().rstrip("."))
            spans: tuple[Chars, ...] = ()
            if inside >= 0 and turn["answer"].strip():
                begin = at + inside
                spans = ((begin, begin + len(turn["answer"].strip().rstrip("."))),)
            elif turn["answer"].lower().strip(".") not in ("yes", "no", "unknown"):
                spans = (place,) if len(rationale.split()) <= _LONG_ANSWER else ()
            yield Told(text=row["story"], question=question, places=(place,), spans=spans)


def stands_alone(question: str) -> bool:
    """Whether a question of a dialogue can be asked without the dialogue."""
    return len(question.split()) >= 4 and not _HANGING.search(question)


def _pairs(told: Told, number: int, recipe: dict[str, Any], rng: random.Random) -> list[Pair]:
    right: list[Pair] = []
    wrong: list[Pair] = []
    for start, end in windows(told.text, recipe["chars"]):
        holds = any(start <= a and b <= end for a, b in told.places)
        if not holds and any(a < end and start < b for a, b in told.places):
            continue  # half an answer is neither
        inside = tuple((a - start, b - start) for a, b in told.spans if start <= a and b <= end)
        pair = Pair(
            id=f"story-{number}~{start}",
            question=_asked(told.question, recipe, rng),
            text=told.text[start:end].strip() if not inside else told.text[start:end],
            title="",
            source="story",
            spans=inside if holds else (),
            answerable=holds,
            header=disguise.header("", rng) if rng.random() < recipe["header"] else "",
        )
        (right if holds else wrong).append(pair)
    rng.shuffle(wrong)
    return [*right[:2], *wrong[: recipe["wrong"]]] if right else []


def _asked(question: str, recipe: dict[str, Any], rng: random.Random) -> str:
    if rng.random() < recipe["no_mark"]:
        question = question.rstrip("? ")
    return question


def windows(text: str, target: int) -> list[Chars]:
    """Runs of whole sentences of about ``target`` characters that cover the text."""
    found: list[Chars] = []
    begin = 0
    for _, end in disguise.sentences(text):
        if end - begin >= target or end == len(text):
            found.append((begin, end))
            begin = end
    return found
