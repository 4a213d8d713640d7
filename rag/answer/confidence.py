"""How probable it is that an answer is right which rests on one candidate.

Which of several passages is best, and whether the best one answers, are two questions.
Matching and retrieval's rank help with the first; for the second the trained reader is by far
the better witness: a near miss has the question's words, which is all that matching sees. So
candidates are put in order by `rag.answer.judge`, and whether the first of them is taken is
decided here, by a logistic function fitted on whole questions of seven dev sets
(docs/experiments.md; Platt 1999), so that the number is a share of right answers.
"""

from __future__ import annotations

from rag.retrieve.odds import log_odds, logistic

# Log-odds: of nothing, of each unit of the trained reader's own log-odds, and of each unit of
# the log-odds by which candidates are ordered: matching, rank and demands have a small say. The
# first was moved by hand for the newest reader, so that as many are answered as before it.
BIAS, READ, ORDER = 0.62, 0.7, 0.175


def confidence(trained: float, probability: float, gain: float = 0.0) -> float:
    """The probability, in (0, 1), that the answer is right.

    ``trained`` is the trained reader's own probability of the passage, ``probability`` that by
    which it was put in order, and ``gain`` what is known for it otherwise, in log-odds.
    """
    return logistic(BIAS + READ * log_odds(trained) + ORDER * log_odds(probability) + gain)
