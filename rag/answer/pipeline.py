"""From a question to an answer, step by step, over parts that are given.

``run`` yields what the user may see of the work (`Stage`) and then the `Answer`: the
question is checked, made to stand alone, cut into its parts where it asks for several things,
repaired in its spelling; the catalogue answers what is asked about the articles themselves;
else evidence is found, read, judged, chosen and written down, or the articles are said to be
silent.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from functools import lru_cache

from rag.answer.about import about
from rag.answer.acts import Act, act_of
from rag.answer.again import longer, shorter, supported
from rag.answer.catalogue import from_catalogue, instead
from rag.answer.compose import refused, written
from rag.answer.considered import shown
from rag.answer.conversation import Conversation
from rag.answer.events import Delta, Stage, unstreamed
from rag.answer.followup import understand
from rag.answer.followup_articles import within
from rag.answer.judge import Asked, Judged, Scales, asked
from rag.answer.narrowed import narrowed
from rag.answer.noting import noted, rewritten, spelling, told
from rag.answer.parts import Part, parts
from rag.answer.parts_compose import answered, composed
from rag.answer.question import checked
from rag.answer.select import select
from rag.answer.small_talk import NOTE, is_small_talk
from rag.answer.starters import starters
from rag.answer.writing.writing import Task, write
from rag.index.tokens import count_tokens
from rag.protocols import Corpus, Encoder, Reader, Writer
from rag.retrieve.names import proper
from rag.retrieve.offices import asked_office
from rag.retrieve.retriever import Found, Retriever
from rag.retrieve.spelling import repair
from rag.retrieve.time import question_times
from rag.retrieve.waves import ENDS, TOGETHER, read_in_waves
from rag.retrieve.words import keys, tokens
from rag.settings import Settings
from rag.types import Answer, Candidate, Considered, Filters, Timings, Understood


class Pipeline:
    """Answers questions over one corpus. Holds no conversation; safe from several threads."""

    def __init__(
        self,
        *,
        corpus: Corpus,
        encoder: Encoder,
        reader: Reader,
        settings: Settings,
        today: Callable[[], int],
        ordinary: frozenset[str] = frozenset(),
        writer: Writer | None = None,
    ) -> None:
        """``ordinary`` are lower-case words that are no names; a ``writer`` writes the answers."""
        self._corpus = corpus
        self._reader = reader
        self._settings = settings
        self._today = today
        self._ordinary = ordinary
        self._writer = writer
        if writer is not None:
            count_tokens([""])  # the vocabulary takes 0.2 s, which no first question shall pay
        self._retriever = Retriever(corpus, encoder, settings.retrieve)
        self._article_keys = lru_cache(maxsize=256)(self._read_article_keys)
        self._tried_starters = lru_cache(maxsize=4)(self._read_starters)

    def run(
        self,
        question: str,
        conversation: Conversation,
        filters: Filters,
        standalone: bool = False,
    ) -> Iterator[Stage | Delta | Answer]:
        """The steps of one answer; the `Answer` comes last. Raises `QuestionError`.

        Only a language model's text comes as `Delta`, and the answer's begins with it. A
        ``standalone`` question is taken as it is, whatever was said before.
        """
        original = checked(question, self._settings.retrieve.max_question_chars)
        yield Stage(name="understanding")
        latest, act = conversation.latest, None if standalone else act_of(original)
        if latest is not None and act is not None and not (latest.abstained and act is Act.SURE):
            yield from self._again(act, original, latest, conversation, filters)
            return
        if is_small_talk(original):
            times = question_times(original, self._today())
            nothing = asked(original, times, {}, self._ordinary, readers=False)
            yield told(noted(refused(nothing, original, ()), (NOTE,)), original)
            return
        infos = list(self._retriever.infos().values())
        turns = () if standalone else conversation.turns
        understood = understand(original, turns, infos)
        effective = understood.question
        several = parts(effective, self._today())
        if several:
            answer = yield from self._in_parts(original, effective, several, conversation, filters)
        else:
            answer = yield from self._one(original, effective, conversation, filters)
        if understood.loose and answer.abstained:
            plain = yield from self._one(original, original, conversation, filters)
            if not plain.abstained:
                understood, effective, answer = Understood(question=original), original, plain
        if understood.changed:
            answer = noted(answer, (rewritten(understood.question),))
        answer = noted(answer, narrowed(effective, filters, self._today()))
        yield told(answer, original)

    def _again(
        self,
        act: Act,
        original: str,
        latest: Answer,
        conversation: Conversation,
        filters: Filters,
    ) -> Iterator[Stage | Answer]:
        """What was answered before, with its support, in brief, or with the words around it."""
        question = latest.effective_question
        if latest.abstained:
            answer = replace(latest, question=original)
        elif act is Act.SURE:
            yield Stage(name="searching")
            found = self._retriever.find(question, filters, self._today())
            yield Stage(name="reading")
            judged = self._judged(self._asked(question, found), found)
            threshold = self._settings.answer.threshold
            answer = supported(latest, original, judged, conversation, threshold)
        elif act is Act.SHORTER:
            answer = shorter(latest, original)
        else:
            answer = longer(latest, original, self._corpus.article_passages, conversation)
        yield told(noted(answer, (rewritten(question),)), original)

    def _in_parts(
        self,
        original: str,
        effective: str,
        several: tuple[Part, ...],
        conversation: Conversation,
        filters: Filters,
    ) -> Generator[Stage, None, Answer]:
        """Each part of a question answered by itself, then told together."""

        def ask(question: str, where: Filters, ease: float = 1.0) -> Generator[Stage, None, Answer]:
            return unstreamed(self._one(original, question, conversation, where, ease))

        answers = yield from answered(several, ask, filters)
        return composed(original, effective, several, answers)

    def _one(
        self,
        original: str,
        effective: str,
        conversation: Conversation,
        filters: Filters,
        ease: float = 1.0,
    ) -> Generator[Stage | Delta, None, Answer]:
        """The answer to a question that asks for one thing, at a share of the threshold."""
        known = about(effective, self._corpus, conversation.turns, filters, self._near)
        if known is not None and not known.doubtful:
            return from_catalogue(known, original, effective, conversation, self._corpus.article)
        looked_up, ids = within(effective, self._retriever.infos().values())
        if ids and not filters.articles:
            filters = replace(filters, articles=ids)
        else:
            looked_up = effective
        repaired = repair(looked_up, self._corpus, self._ordinary)
        yield Stage(name="searching")
        found = self._retriever.find(repaired.question, filters, self._today())
        yield Stage(name="reading")
        steps = self._from_evidence(original, repaired.question, found, conversation, ease)
        # what the catalogue may yet stand in for is not shown while it is written
        answer = yield from (steps if known is None else unstreamed(steps))
        if known is not None and instead(known, answer):
            return from_catalogue(known, original, effective, conversation, self._corpus.article)
        if looked_up != effective:
            answer = replace(answer, effective_question=effective)
        return noted(answer, spelling(repaired.changes))

    def _near(self, description: str, filters: Filters) -> tuple[Candidate, ...]:
        return self._retriever.find(description, filters, self._today()).candidates

    def find(self, question: str, filters: Filters) -> Found:
        """Candidates for a standalone question, before anything is read."""
        text = checked(question, self._settings.retrieve.max_question_chars)
        text = repair(text, self._corpus, self._ordinary).question
        return self._retriever.find(text, filters, self._today())

    def considered(self, question: str, filters: Filters) -> tuple[Considered, ...]:
        """What is weighed for a standalone question, in the order of the search."""
        text = checked(question, self._settings.retrieve.max_question_chars)
        text = repair(text, self._corpus, self._ordinary).question
        found = self._retriever.find(text, filters, self._today())
        read = self._judged(self._asked(text, found), found)
        judged = {one.candidate.passage.id: one for one in read}
        return tuple(shown(c, judged.get(c.passage.id)) for c in found.candidates)

    def starters(self, n: int) -> list[str]:
        """Questions that the newest articles answer, tried once for each state of the corpus."""
        return list(self._tried_starters(n, self._corpus.generation()))

    def _read_starters(self, n: int, _generation: int) -> tuple[str, ...]:
        def answered(question: str) -> bool:
            found = self._retriever.find(question, Filters(), self._today())
            wanted = self._asked(question, found)
            settings = self._settings.answer
            judged = self._judged(wanted, found)
            return select(wanted, judged, settings.threshold, settings.max_sentences) is not None

        return tuple(starters(self._corpus, n, answered))

    def _from_evidence(
        self,
        original: str,
        question: str,
        found: Found,
        conversation: Conversation,
        ease: float,
    ) -> Generator[Stage | Delta, None, Answer]:
        began = time.perf_counter()
        wanted = self._asked(question, found)
        judged = self._judged(wanted, found)
        settings = self._settings.answer
        threshold = settings.threshold * ease
        selection = select(wanted, judged, threshold, settings.max_sentences)
        read = (time.perf_counter() - began) * 1000
        newest = self._retriever.newest()
        if selection is None:
            answer = refused(wanted, original, judged)
        elif self._writer is None:
            answer = written(wanted, original, selection, conversation, newest)
        else:
            yield Stage(name="writing")
            generation = self._corpus.generation()
            task = Task(
                asked=wanted,
                original=original,
                selection=selection,
                judged=judged,
                turns=conversation.turns,
                newest=newest,
                today=self._today(),
                article_keys=lambda i: self._article_keys(i, generation),
            )
            answer = yield from write(self._writer, task, conversation, settings)
        return replace(answer, timings=Timings(retrieve=found.ms, read=read))

    def _asked(self, question: str, found: Found) -> Asked:
        # Names typed without capitals are known by how the articles write them.
        known = proper(c.passage.text for c in found.candidates) if question.islower() else ()
        return asked(
            question,
            question_times(question, self._today()),
            self._corpus.document_frequency([t.text for t in tokens(question)]),
            self._ordinary,
            found.readers,
            known,
            pointing=self._settings.answer.reader,
            comments=[c.passage for c in found.candidates],
        )

    def _judged(self, wanted: Asked, found: Found) -> list[Judged]:
        generation = self._corpus.generation()
        scales = Scales(wanted, found.candidates, lambda i: self._article_keys(i, generation))
        # Who holds an office, and what changed, each article may tell otherwise.
        each = wanted.times.change or asked_office(wanted.question) is not None
        return read_in_waves(
            self._reader,
            wanted.question,
            found.candidates,
            scales,
            self._settings.answer.threshold,
            ends=() if each else ENDS,
            # A language model writes from all that was read: let that be more than a pair.
            together=TOGETHER if self._writer is None else ENDS[0],
        )

    def _read_article_keys(self, article_id: str, _generation: int) -> frozenset[str]:
        """Keys of all words of an article; the generation makes a changed one a new entry."""
        article = self._corpus.article(article_id)
        return frozenset(keys(article.text)) if article else frozenset()
