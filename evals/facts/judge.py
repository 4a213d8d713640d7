"""One fact against one answer.

`judge` finds the mentions of the fact's type, keeps those that agree with an accepted
value, and asks of each whether it is said as such (`evals.facts.scope`). Forbidden values
are judged the same way, so that 'July 1, not July 10' may deny July 10.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from evals.facts import dates, names, numbers, spans
from evals.facts.fact import Fact, FactError, FactType, Mention, Verdict
from evals.facts.plain import plain
from evals.facts.scope import denied, joined_by_or

_Find = Callable[[str, Sequence[str], date | None], list[Mention]]

_FINDERS: dict[FactType, _Find] = {
    FactType.DATE: dates.mentions,
    FactType.NUMBER: numbers.mentions,
    FactType.NAME: names.mentions,
    FactType.TEXT: spans.mentions,
}
_CHECKS: dict[FactType, Callable[[str], None]] = {
    FactType.DATE: dates.check,
    FactType.NUMBER: numbers.check,
    FactType.NAME: names.check,
    FactType.TEXT: spans.check,
}


def check_value(kind: FactType, value: str) -> None:
    """Raises `FactError` where the value cannot be read as its type."""
    if not value.strip():
        raise FactError(f"the {kind} is empty; write the value that a right answer states")
    _CHECKS[kind](value)


def judge(fact: Fact, answer: str, *, on: date | None = None) -> Verdict:
    """Whether the answer states the fact and none of its forbidden values.

    ``on`` is the date of the article that the answer rests on: 'yesterday' and days
    without a year are read against it.
    """
    text = plain(answer)
    for wrong in fact.forbidden:
        found = _stated(fact.type, (wrong,), text, on)
        if found.ok:
            return Verdict(ok=False, reason=f"states the forbidden {wrong!r}", span=found.span)
    return _stated(fact.type, fact.accepted, text, on)


def _stated(kind: FactType, accepted: Sequence[str], text: str, on: date | None) -> Verdict:
    mentions = _FINDERS[kind](text, accepted, on)
    right = [m for m in mentions if any(m.fits(value) for value in accepted)]
    if not right:
        return Verdict(ok=False, reason="not stated")
    reason = ""
    for mention in right:
        others = [m for m in mentions if m is not mention]
        if denied(text, mention, others):
            reason = reason or "denied"
        elif mention.vague:
            reason = reason or "left open"
        elif any(m not in right and joined_by_or(text, mention, m) for m in others):
            reason = reason or "one of several"
        else:
            return Verdict(ok=True, reason="stated", span=(mention.start, mention.end))
    return Verdict(ok=False, reason=reason, span=(right[0].start, right[0].end))
