"""Dialogues over a story: CoQA's own format, and Abg-CoQA's with one target turn a record.

The story becomes an article; earlier questions become the history (our contract carries no
earlier answers). Evidence is the rationale. A turn whose answer is yes, no or free wording
keeps its evidence and has no fact; 'unknown' is unanswerable.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from evals.case import Case
from evals.loaders.base import Outside, gold, identity, named, read_text, split_of, typed_facts

_NO_VALUE = frozenset({"yes", "no", "unknown"})


def load_coqa(paths: Sequence[Path]) -> Outside:
    """Every turn of every dialogue, or each record's target turn."""
    articles: dict[str, dict[str, str]] = {}
    cases: dict[str, Case] = {}
    for path in paths:
        for record in json.loads(read_text(path))["data"]:
            story = record["story"]
            name = named("story", story)
            articles[name] = {"url": name, "title": _title(story), "text": story}
            for history, turn in _turns(record):
                case = _case(name, story, history, turn, str(record.get("source", "")))
                if case is not None:
                    cases.setdefault(case.id, case)
    return Outside(cases=tuple(cases.values()), articles=tuple(articles.values()))


def _turns(record: Mapping[str, Any]) -> Iterator[tuple[list[str], dict[str, Any]]]:
    if "target_turn" in record:
        if record.get("ambiguity") != "ambiguous":  # an ambiguous turn wants a question back
            turns = sorted(record["history_turns"], key=lambda turn: turn["turn_id"])
            yield [turn["question"] for turn in turns], record["target_turn"]
        return
    asked: list[str] = []
    for question, answer in zip(record["questions"], record["answers"], strict=True):
        turn = {"answer": answer["input_text"], "rationale": answer["span_text"]}
        yield list(asked), {"question": question["input_text"], **turn}
        asked.append(question["input_text"])


def _case(
    name: str, story: str, history: list[str], turn: Mapping[str, Any], source: str
) -> Case | None:
    answer = turn["answer"].strip()
    quote = turn.get("rationale", "").strip()
    unknown = answer.lower().strip(".") == "unknown"
    valued = answer.lower().strip(".") not in _NO_VALUE and answer.lower() in story.lower()
    facts = typed_facts([answer]) if valued and not unknown else ()
    if not unknown and not facts and quote not in story:
        return None
    return Case(
        id=identity("coqa", name, *history, turn["question"]),
        question=turn["question"],
        history=tuple(history),
        answerable=not unknown,
        facts=facts,
        evidence=gold(name, quote if quote in story else ""),
        tags=tuple(filter(None, ("follow-up" if history else "first", source))),
        split=split_of(name),
        critical=False,
    )


def _title(story: str) -> str:
    return " ".join(story.split()[:8])
