"""Weighs what was read: each candidate's probability once the question's demands are met.

Between the reader, which looks at one passage's words, and the writer, which quotes them.
It decides nothing about wording.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from rag.answer.commenter import asks_whose_comment, named_writers
from rag.answer.confidence import confidence
from rag.answer.demands import LEFT as LEFT_OF_DEMANDS
from rag.answer.demands import Demands, Lack, Met, demands, meet, names_it
from rag.answer.nearmiss import LEFT, near_misses
from rag.answer.regions import OUTSIDE, outside
from rag.answer.surnames import surname
from rag.answer.topical import on_topic, speaks_of, topic_of
from rag.retrieve.expect import Expect, expect
from rag.retrieve.odds import log_odds, logistic
from rag.retrieve.shape import a_country_for_a_town, lacks, misfits
from rag.retrieve.standing import day_told, standings
from rag.retrieve.time import QuestionTimes
from rag.retrieve.words import content, keys
from rag.types import Candidate, Kind, Passage, Reading

# Log-odds that each e-fold of a candidate's rank takes from its probability: retrieval knows
# something that the readers do not. The first two candidates gain what the others lose.
RANK_COST = 0.34
RANK_GAIN = 0.35
# The weight of how a passage stands before it is read (`rag.retrieve.standing`).
STANDING = 0.57
# A reader's comment must be surer than the newsroom's words to be quoted as an answer.
COMMENT_FACTOR = 0.6
# Where a question names a reader, that reader's comments are few, and one of them is meant: so
# much is added to their log-odds, and so much is left of anybody else's words.
WRITER_GAIN = 2.0
OTHER_WRITER = 0.3
# What is added to every comment's, where it is asked which reader wrote something.
COMMENTER_GAIN = 0.7
# What is left of a probability whose short answer has not the shape asked for. A number
# must have a number; 'when' may be answered by an event ('after the vote'), and a person
# may be named without a capital ('militants').
SHAPELESS = {Expect.NUMBER: 0.5, Expect.DATE: 0.85, Expect.PERSON: 0.8, Expect.PLACE: 0.6}
# A question of a name and nothing else ('What happened in Iraq?') wants sentences that name it:
# everything in an article about something else would answer it otherwise.
OFF_TOPIC = 0.25
# What is left where somebody is asked to have spoken about a thing that the passage has no word
# of: it may have another word for it.
UNSPOKEN = 0.5
# What is left where a few words could be the answer and the reader would give none: it is surer
# that nothing answers than of any of them.
SPANLESS = 0.6
# Another time or number than the one asked for, and a shape that leaves no more than this of a
# probability, are no doubts but vetoes: the confidence is at most what they leave. A name that is
# missing is none: where the trained reader is sure, it is told in other words (of ten such
# answers on dev sets ten are right; of five with another time or number one).
VETO = frozenset({Lack.TIME, Lack.NUMBER})
HARD = 0.3
# What is left where the whole sentence has nothing of that shape.
LACKING = {Expect.NUMBER: 0.4, Expect.DATE: 0.7, Expect.PERSON: 0.85, Expect.PLACE: 0.5}


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A question with what can be told of it before anything is read."""

    question: str
    kind: Expect
    times: QuestionTimes
    demands: Demands
    readers: bool  # it asks what readers wrote
    searched: frozenset[str] = frozenset()  # keys of a search by keywords
    pointing: bool = True  # the reader can give the words that answer; matching alone cannot
    commenter: bool = False  # it asks which reader wrote something
    writers: frozenset[str] = frozenset()  # the readers whom it names
    about: frozenset[str] = frozenset()  # keys of what somebody is asked to have spoken about
    topics: tuple[AbstractSet[str], ...] = ()  # keys of its names, where it asks of nothing else


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """One candidate, read and weighed; ``missing`` are the demands that it does not meet.

    ``probability`` is what the readers and the demands leave, ``confidence`` that of an answer
    from this one. How the passage stands beside the others found (``standing``, in log-odds, at
    most 0) counts in the ``order`` alone.
    """

    candidate: Candidate
    reading: Reading
    probability: float
    confidence: float
    missing: tuple[str, ...]
    standing: float = 0.0

    @property
    def order(self) -> float:
        """Candidates are put in order by this, the highest first."""
        return log_odds(self.probability, 1e-6) + self.standing


def asked(
    question: str,
    times: QuestionTimes,
    frequencies: Mapping[str, int],
    ordinary: Collection[str],
    readers: bool,
    proper: Collection[str] = frozenset(),
    *,
    pointing: bool = True,
    comments: Sequence[Passage] = (),
) -> Asked:
    """Reads the question, with the names that the passages found know (`demands`).

    ``pointing`` tells that the reader points at words where a few words answer; ``comments``
    are the passages found, among which a reader who is named may have written.
    """
    wanted = demands(question, times, frequencies, ordinary, proper)
    writers = named_writers(question, comments) if readers else frozenset()
    commenter = readers and asks_whose_comment(question)
    if readers:
        wanted = replace(wanted, words=())  # readers write as they like
    kind = expect(question)
    searched = (token.key for token in content(question)) if kind is Expect.TOPIC else ()
    return Asked(
        question=question,
        kind=kind,
        searched=frozenset(searched),
        times=times,
        demands=wanted,
        readers=readers,
        pointing=pointing,
        commenter=commenter,
        writers=writers,
        about=topic_of(question, kind),
        topics=_topics(question, times, wanted),
    )


def _topics(question: str, times: QuestionTimes, wanted: Demands) -> tuple[AbstractSet[str], ...]:
    """The names of a question that has no other word of content but those of time."""
    named = frozenset().union(*(held for _, held in wanted.names))
    spans = [(time.start, time.end) for time in times.expressions]
    other = (
        token
        for token in content(question)
        if token.key not in named and not any(a <= token.start < b for a, b in spans)
    )
    return () if any(other) else tuple(keys(surname(name)) or held for name, held in wanted.names)


class Scales:
    """Weighs the candidates of one question, each told by its place (from 0)."""

    def __init__(
        self,
        wanted: Asked,
        candidates: Sequence[Candidate],
        article_keys: Callable[[str], frozenset[str]],
    ) -> None:
        """``article_keys`` gives the keys of all words of an article, by its id."""
        self._wanted = wanted
        self._candidates = candidates
        self._article_keys = article_keys
        self._met: dict[int, Met] = {}
        self._standings = standings(
            [_group(wanted, c.passage) for c in candidates],
            [day_told(c.article.published, wanted.times.today) for c in candidates],
            [_place(wanted, c.passage) for c in candidates],
            fresh=wanted.times.fresh,
        )

    def at_most(self, place: int, probability: float) -> float:
        """The most that `weigh` gives for any reading with this probability or less."""
        return _ranked(probability, place + 1, self._gain(place)) * self._factor(place)

    def weigh(self, place: int, reading: Reading) -> Judged:
        """The candidate with what its reading is worth."""
        candidate = self._candidates[place]
        reading = on_topic(self._wanted.question, self._wanted.kind, candidate.passage, reading)
        shape = _shape(self._wanted, candidate, reading)
        probability = self.at_most(place, reading.probability) * shape
        sure = probability  # a reader that is alone speaks for itself
        if reading.trained is not None:
            sure = self._confidence(place, reading.trained, probability, shape)
        return Judged(
            candidate=candidate,
            reading=reading,
            probability=probability,
            confidence=sure,
            missing=self._meets(place).missing,
            standing=STANDING * self._standings[place],
        )

    def _confidence(self, place: int, trained: float, probability: float, shape: float) -> float:
        """That an answer from the candidate is right."""
        sure = confidence(trained, probability, self._gain(place)) * self._voice(place)
        lacks = self._meets(place).lacks
        vetoes = [LEFT_OF_DEMANDS[lack] for lack in lacks if lack in VETO]
        if shape <= HARD:
            vetoes.append(shape)
        return min([sure, *vetoes])

    def _gain(self, place: int) -> float:
        """What is known for a passage before it is read, in log-odds: who wrote it."""
        gain = WRITER_GAIN if self._by_writer(place) else 0.0
        if self._wanted.commenter and self._candidates[place].passage.author:
            gain += COMMENTER_GAIN
        return gain

    def _factor(self, place: int) -> float:
        """What the passage leaves of a probability, whatever is read in it."""
        return self._meets(place).factor * self._voice(place)

    def _voice(self, place: int) -> float:
        """What is left where somebody speaks whose words are not asked for."""
        comment = self._candidates[place].passage.kind is Kind.COMMENT and not self._wanted.readers
        other = bool(self._wanted.writers) and not self._by_writer(place)
        return (COMMENT_FACTOR if comment else 1.0) * (OTHER_WRITER if other else 1.0)

    def _by_writer(self, place: int) -> bool:
        """Whether a reader whom the question names wrote the passage."""
        return self._candidates[place].passage.author in self._wanted.writers

    def _meets(self, place: int) -> Met:
        if place not in self._met:
            passage, article = self._candidates[place].passage, self._candidates[place].article
            self._met[place] = meet(
                self._wanted.demands, passage, article, lambda: self._article_keys(article.id)
            )
        return self._met[place]


def judge(
    wanted: Asked,
    candidates: Sequence[Candidate],
    readings: Sequence[Reading],
    article_keys: Callable[[str], frozenset[str]],
) -> list[Judged]:
    """Weighs candidates that were all read, in order; ties keep theirs."""
    scales = Scales(wanted, candidates, article_keys)
    weighed = (scales.weigh(place, reading) for place, reading in enumerate(readings))
    return sorted(weighed, key=lambda j: -j.order)


def _group(wanted: Asked, passage: Passage) -> tuple[str, ...]:
    """What a passage counts as one with: its article's text, or the comments below it.

    Where it is asked what a reader wrote, each comment stands alone: a long thread is no evidence.
    """
    alone = passage.kind is Kind.COMMENT and (wanted.readers or wanted.commenter)
    return (passage.id,) if alone else (passage.article_id, passage.kind)


def _place(wanted: Asked, passage: Passage) -> int:
    """Characters before it in its article; in a thread that is asked of no place is the better."""
    asked_for = passage.kind is Kind.COMMENT and (wanted.readers or wanted.commenter)
    return 0 if asked_for else passage.start


def _shape(wanted: Asked, candidate: Candidate, reading: Reading) -> float:
    """How much the kind of answer leaves of a probability."""
    passage = candidate.passage
    if wanted.commenter and passage.author:
        return 1.0  # the name above the comment answers, not its words
    start, end = reading.sentence or passage.sentences[0]
    said = passage.text[start - passage.start : end - passage.start]
    if wanted.searched and not wanted.searched & (keys(passage.text) | keys(passage.header)):
        return OFF_TOPIC
    if wanted.about and not speaks_of(f"{passage.header} {passage.text}", wanted.about):
        return UNSPOKEN
    if wanted.topics and not any(names_it(said, topic) for topic in wanted.topics):
        return OFF_TOPIC
    span = None
    if reading.start is not None and reading.end is not None:
        span = passage.text[reading.start - passage.start : reading.end - passage.start]
    published = candidate.article.published
    misses = near_misses(wanted.question, wanted.kind, wanted.demands.times, said, span, published)
    left = math.prod(LEFT[miss] for miss in misses)
    if span is not None and outside(wanted.question, span):
        left *= OUTSIDE
    if span is None and wanted.kind.spans and wanted.pointing:
        left *= SPANLESS
    if lacks(wanted.question, wanted.kind, said):
        return min(left, LACKING.get(wanted.kind, 1.0))
    if span is not None and misfits(wanted.question, wanted.kind, span):
        plainly = a_country_for_a_town(wanted.question, span)
        return min(left, HARD if plainly else SHAPELESS.get(wanted.kind, 1.0))
    return left


def _ranked(probability: float, rank: int, gain: float = 0.0) -> float:
    """A reader's probability with the candidate's rank (from 1) added in log-odds."""
    odds = log_odds(probability, 1e-6) + gain + RANK_GAIN - RANK_COST * math.log(rank)
    return logistic(odds)
