"""Whether an answer states a typed fact: a date, a number, a name, or words.

Used as ``judge(fact, answer_text, on=article_date)``, which gives a `Verdict`. A value
counts as stated when it is said as such: ``July 1`` is not ``July 10``, a denied value
('not July 1') and one of several ('July 1 or July 10') are not stated.

This package reads words and values; it does not know whether a sentence is true.
"""

from __future__ import annotations

from evals.facts.fact import Fact, FactError, FactType, Verdict
from evals.facts.judge import check_value, judge

__all__ = ["Fact", "FactError", "FactType", "Verdict", "check_value", "judge"]
