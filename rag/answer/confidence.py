"""How probable it is that an answer is right which rests on one candidate.

Which of several passages is best, and whether the best one answers, are two questions.
Matching and retrieval's rank help with the first; for the second the trained reader alone is
the better witness: a near miss has the question's words, which is all that matching sees. So
candidates are put in order by `rag.answer.judge`, and whether the first of them is taken is
decided here, by a logistic function fitted on whole questions of seven dev sets
(docs/experiments.md; Platt 1999), so that the number is a share of right answers.
"""

from __future__ import annotations

import math

# Log-odds: of nothing, of each unit of the reader's own log-odds, and of each e-fold of what
# the question's demands and the shape of the answer leave of a probability.
BIAS, READ, LEFT = 0.95, 0.76, 0.14
_FLOOR = 1e-4


def confidence(read: float, left: float, gain: float = 0.0) -> float:
    """The probability, in (0, 1), that the answer is right.

    ``read`` is the trained reader's own probability of the passage, ``left`` the share of it
    that is left, in (0, 1], and ``gain`` what is known for the passage otherwise, in log-odds.
    """
    bounded = min(max(read, _FLOOR), 1 - _FLOOR)
    odds = BIAS + READ * math.log(bounded / (1 - bounded)) + LEFT * math.log(max(left, _FLOOR))
    return 1 / (1 + math.exp(-(odds + gain)))
