"""A row of a run: what one case asked, what was replied, how it scored. And its JSON.

Rows are appended to a journal as they are done, read back to resume, and written into the
report; the text form is the same in all three places.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from evals.case import Case
from evals.reply import Reply
from evals.scoring import Score

Figure = bool | float | int | str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One case, one repeat."""

    id: str
    repeat: int
    question: str
    history: tuple[str, ...]
    answerable: bool
    critical: bool
    split: str
    tags: tuple[str, ...]
    cluster: str
    error: str | None
    abstained: bool
    answer: str
    short: str | None
    understood: str
    citations: tuple[Mapping[str, Any], ...]
    expected: Mapping[str, Any]  # facts and evidence, as the dataset has them
    figures: Mapping[str, Figure]
    ms: Mapping[str, float] = field(default_factory=dict)
    tokens: int | None = None
    recall_at: tuple[float, ...] = ()
    judged: Mapping[str, Any] | None = None  # a language model's opinion: advice, never a gate

    def figure(self, name: str) -> Any:
        """A figure of the row's score, or None where it has none."""
        return self.figures.get(name)

    @property
    def group(self) -> str:
        """What the case's other wordings share with it."""
        return self.id.rpartition(".")[0] or self.id

    @property
    def key(self) -> tuple[str, int]:
        """What tells rows of one run apart."""
        return self.id, self.repeat


def row_of(
    case: Case,
    repeat: int,
    score: Score,
    *,
    reply: Reply | None = None,
    error: str | None = None,
    extra: Mapping[str, Figure] | None = None,
    recall_at: tuple[float, ...] = (),
) -> Row:
    """The row of a scored reply, or of a failure."""
    return Row(
        id=case.id,
        repeat=repeat,
        question=case.question,
        history=case.history,
        answerable=case.answerable,
        critical=case.critical,
        split=case.split,
        tags=case.tags,
        cluster=case.cluster,
        error=error,
        abstained=reply.abstained if reply else False,
        answer=reply.text if reply else "",
        short=reply.short if reply else None,
        understood=reply.effective_question if reply else "",
        citations=tuple(asdict(cited) for cited in reply.citations) if reply else (),
        expected={
            "facts": [
                {"type": str(f.type), "value": f.value, "aliases": list(f.aliases)}
                for f in case.facts
            ],
            "evidence": [[asdict(gold) for gold in group] for group in case.evidence],
        },
        figures={**asdict(score), **(extra or {})},
        ms=dict(reply.ms) if reply else {},
        tokens=reply.tokens if reply else None,
        recall_at=recall_at,
    )


def as_json(row: Row) -> dict[str, Any]:
    """The row as plain JSON values."""
    return asdict(row)


def from_json(data: Mapping[str, Any]) -> Row:
    """The row that `as_json` wrote."""
    tuples = ("history", "tags", "citations", "recall_at")
    given: dict[str, Any] = {k: tuple(v) if k in tuples else v for k, v in data.items()}
    return Row(**given)
