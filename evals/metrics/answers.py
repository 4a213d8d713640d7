"""Metrics of the answer itself: facts stated, and exact match and F1 as SQuAD's script has them.

Source of `em` and `f1`: the published evaluation scripts of SQuAD 1.1 and 2.0 (Rajpurkar
et al. 2016, 2018): lower case, no punctuation, no articles, single spaces, then equality
or the harmonic mean of token overlap; an empty gold agrees with an empty answer alone.
They serve comparison with outside figures; our own verdicts come from typed facts.
"""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Sequence

_ARTICLES = re.compile(r"\b(a|an|the)\b", re.UNICODE)
_PUNCTUATION = str.maketrans("", "", string.punctuation)


def fact_recall(verdicts: Sequence[tuple[bool, float]]) -> float:
    """Weight of the stated facts over the weight of all; 1 where none is asked."""
    total = sum(weight for _, weight in verdicts)
    return sum(weight for ok, weight in verdicts if ok) / total if total else 1.0


def normalised(text: str) -> str:
    """A text as SQuAD's script compares it."""
    return " ".join(_ARTICLES.sub(" ", text.lower().translate(_PUNCTUATION)).split())


def em(answer: str, golds: Sequence[str]) -> float:
    """1 where the answer equals a gold after normalisation; no gold means that silence is right."""
    return float(any(normalised(answer) == normalised(gold) for gold in golds or ("",)))


def f1(answer: str, golds: Sequence[str]) -> float:
    """The best token F1 against the golds; no gold means that silence is right."""
    return max(_f1(normalised(answer).split(), normalised(gold).split()) for gold in golds or ("",))


def _f1(said: list[str], gold: list[str]) -> float:
    if not said or not gold:
        return float(said == gold)
    common = sum((Counter(said) & Counter(gold)).values())
    if common == 0:
        return 0.0
    precision, recall = common / len(said), common / len(gold)
    return 2 * precision * recall / (precision + recall)
