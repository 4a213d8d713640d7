"""One reply against one case: every per-case figure, and why a case failed.

    score = score_reply(case, reply, text_of)

``text_of`` gives an article's canonical text by id, or None where it is not known; then
offsets cannot be checked and are reported as None. Sums over cases: `evals.summary`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from evals.cases import Case, Gold
from evals.facts import judge
from evals.metrics.answers import em, f1, fact_recall
from evals.metrics.citations import cite_valid, uncited, value_support
from evals.metrics.overlap import overlaps
from evals.reply import Cited, Reply

TextOf = Callable[[str], str | None]
_PASSAGE = 300  # characters on each side of a quote that count as its passage
_FRONT = 300  # characters at the head of an article: title, byline and date line


@dataclass(frozen=True, kw_only=True, slots=True)
class Score:
    """The figures of one case. None means that the figure does not apply."""

    passed: bool  # facts and evidence both, or silence where it is due
    answer_ok: bool
    fact_recall: float
    short_ok: bool | None
    evidence_cited: bool | None  # every needed group
    cite_recall: float | None
    cite_precision: float | None
    cite_valid: float | None
    offsets_ok: bool | None
    values_supported: int
    values: int
    uncited: float | None
    false_answer: bool | None  # of unanswerable cases
    false_refusal: bool | None  # of answerable cases
    em: float | None  # as SQuAD's script has it, of the short answer, where one fact is asked
    f1: float | None
    confidence: float | None  # that the answer is right; of a refusal, that it would have been
    why: str


def score_reply(case: Case, reply: Reply, text_of: TextOf) -> Score:
    """Scores a reply that kept the contract; a failed row is scored by `score_failure`."""
    on = _first_date(reply)
    said = reply.text or (reply.short or "")
    verdicts = [(fact, judge(fact, said, on=on)) for fact in case.facts]
    stated = all(verdict.ok for _, verdict in verdicts)
    if case.answerable:
        answer_ok = not reply.abstained and stated
    else:
        answer_ok = reply.abstained or bool(case.facts and stated)
    hit = [any(_hits(cited, group) for cited in reply.citations) for group in case.evidence]
    checks_evidence = case.answerable and bool(case.evidence)
    evidence_cited = all(hit) if checks_evidence else None
    supported, values = (0, 0) if reply.abstained else _support(reply, text_of, on)
    return Score(
        passed=answer_ok and evidence_cited is not False,
        answer_ok=answer_ok,
        fact_recall=0.0
        if reply.abstained and case.answerable
        else fact_recall([(v.ok, f.weight) for f, v in verdicts]),
        short_ok=_short_ok(case, reply, on),
        evidence_cited=evidence_cited,
        cite_recall=sum(hit) / len(hit) if checks_evidence else None,
        cite_precision=_precision(case, reply) if checks_evidence else None,
        cite_valid=None
        if reply.abstained
        else cite_valid(reply.text, [c.number for c in reply.citations]),
        offsets_ok=_offsets_ok(reply, text_of),
        values_supported=supported,
        values=values,
        uncited=None if reply.abstained else uncited(reply.text),
        false_answer=None if case.answerable else not answer_ok,
        false_refusal=reply.abstained if case.answerable else None,
        em=_squad(em, case, reply),
        f1=_squad(f1, case, reply),
        confidence=_confidence(reply),
        why=_why(
            case, reply, [(f.value, v.reason) for f, v in verdicts if not v.ok], hit, answer_ok
        ),
    )


def score_failure(case: Case, error: str) -> Score:
    """A missing or failed row: wrong in everything that the case asks."""
    asked = case.answerable and bool(case.evidence)
    return Score(
        passed=False,
        answer_ok=False,
        fact_recall=0.0,
        short_ok=None,
        evidence_cited=False if asked else None,
        cite_recall=0.0 if asked else None,
        cite_precision=0.0 if asked else None,
        cite_valid=None,
        offsets_ok=None,
        values_supported=0,
        values=0,
        uncited=None,
        false_answer=None if case.answerable else True,
        false_refusal=True if case.answerable else None,
        em=0.0 if len(case.facts) == 1 or not case.answerable else None,
        f1=0.0 if len(case.facts) == 1 or not case.answerable else None,
        confidence=None,
        why=f"failed: {error}",
    )


def score_retrieval(case: Case, figures: Mapping[str, object]) -> Score:
    """Where only retrieval was run: passed when the top 10 hold all the evidence."""
    asked = "all_evidence@10" in figures
    passed = bool(figures.get("all_evidence@10", True))
    failure = score_failure(case, "")
    return replace(
        failure,
        passed=passed,
        answer_ok=passed,
        evidence_cited=passed if asked else None,
        cite_recall=None,
        cite_precision=None,
        em=None,
        f1=None,
        false_answer=None,
        false_refusal=None,
        why="" if passed else "the top 10 passages lack evidence",
    )


def _hits(cited: Cited, group: tuple[Gold, ...]) -> bool:
    return any(
        cited.of(gold.article) and (not gold.quote or overlaps(cited.quote, gold.quote))
        for gold in group
    )


def _precision(case: Case, reply: Reply) -> float | None:
    if not reply.citations:
        return None
    return sum(any(_hits(c, group) for group in case.evidence) for c in reply.citations) / len(
        reply.citations
    )


def _support(reply: Reply, text_of: TextOf, on: date | None) -> tuple[int, int]:
    """Typed values of cited sentences against the passages and what is told of the articles."""
    bases = []
    for cited in reply.citations:
        text, start = text_of(cited.article) or "", cited.start or 0
        end = start if cited.end is None else cited.end
        around = text[max(0, start - _PASSAGE) : end + _PASSAGE]
        parts = (
            cited.quote,
            around,
            text[:_FRONT],
            cited.told,
            cited.published or "",
            cited.source,
        )
        bases.append((cited.number, " . ".join(parts)))
    return value_support(reply.text, bases, on=on)


def _offsets_ok(reply: Reply, text_of: TextOf) -> bool | None:
    if not reply.citations:
        return None
    outcomes = []
    for cited in reply.citations:
        text = text_of(cited.article)
        if text is None or cited.start is None or cited.end is None:
            continue
        outcomes.append(bool(cited.quote) and text[cited.start : cited.end] == cited.quote)
    return all(outcomes) if outcomes else None


def _short_ok(case: Case, reply: Reply, on: date | None) -> bool | None:
    if not case.answerable or reply.abstained or not reply.short or not case.facts:
        return None
    return all(judge(fact, reply.short, on=on).ok for fact in case.facts)


def _squad(metric: Callable[[str, Sequence[str]], float], case: Case, reply: Reply) -> float | None:
    if len(case.facts) > 1 or (case.answerable and not case.facts):
        return None
    said = "" if reply.abstained else (reply.short or reply.text)
    return metric(said, case.facts[0].accepted if case.facts and case.answerable else ())


def _confidence(reply: Reply) -> float | None:
    if reply.confidence is None:
        return None
    return 1.0 - reply.confidence if reply.abstained else reply.confidence


def _first_date(reply: Reply) -> date | None:
    for cited in reply.citations:
        try:
            return date.fromisoformat(cited.published or "")
        except ValueError:
            continue
    return None


def _why(
    case: Case, reply: Reply, missing: list[tuple[str, str]], hit: list[bool], answer_ok: bool
) -> str:
    if not case.answerable:
        return "" if answer_ok else "answered what the articles do not tell"
    if reply.abstained:
        return "refused"
    parts = [f"{value!r}: {reason}" for value, reason in missing]
    if not all(hit):
        parts.append(f"evidence not cited ({sum(hit)} of {len(hit)})")
    return "; ".join(parts)
