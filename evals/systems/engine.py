"""Our engine as the system under evaluation, over a data directory or over fresh articles.

``given=True`` restricts each question to the articles of its evidence, which is reading
with the passage given. ``retrieval`` adds the figures of retrieval to each row, or, with
``"only"``, measures nothing else.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import tempfile
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from evals.case import Case
from evals.reply import Reply, file_name, from_answer
from evals.retrieval import Ranking, retrieval_figures
from evals.systems.base import Outcome, RunError, within
from rag.engine import Engine
from rag.errors import DatelineError
from rag.protocols import Corpus
from rag.settings import Settings, load_settings
from rag.types import Filters

Retrieval = Literal["off", "on", "only"]


class EngineSystem:
    """The engine of this installation."""

    def __init__(
        self,
        *,
        data_dir: Path | None = None,
        articles: Sequence[Path] = (),
        given: bool = False,
        retrieval: Retrieval = "on",
        settings: Settings | None = None,
        engine: Engine | None = None,
    ) -> None:
        """``articles`` are ingested into a directory of their own, which ends with the run.

        An ``engine`` that is open already is used as it is, and stays open.
        """
        self._given, self._retrieval = given, retrieval
        with contextlib.ExitStack() as opened:  # closes what is open where a step fails
            if articles:
                scratch = opened.enter_context(tempfile.TemporaryDirectory(prefix="dateline-eval-"))
                data_dir = Path(scratch) / "data"
            if engine is None:
                settings = settings or load_settings()
                if data_dir is not None:
                    settings = settings.model_copy(update={"data_dir": data_dir})
                engine = Engine.open(settings)
                opened.callback(engine.close)
            self._engine = engine
            if articles:
                failed = self._engine.ingest(articles).failed
                if failed:
                    names = "; ".join(f"{row.source}: {row.message}" for row in failed[:3])
                    raise RunError(f"{len(failed)} articles could not be ingested: {names}")
            self._opened = opened.pop_all()
        infos = self._engine.corpus.articles()
        self._names = {
            name: info.id
            for info in infos
            for name in (file_name(info.source), info.source, info.id)
        }
        self._texts: dict[str, str | None] = {}

    @property
    def corpus(self) -> Corpus:
        """What the engine searches."""
        return self._engine.corpus

    @property
    def names(self) -> dict[str, str]:
        """Article ids by every name that evidence may use."""
        return self._names

    def describe(self) -> dict[str, Any]:
        """Settings, and hashes of the corpus, its passages and the model files."""
        infos = sorted(self._engine.corpus.articles(), key=lambda info: info.id)
        corpus, passages = hashlib.sha256(), hashlib.sha256()
        for info in infos:
            article = self._engine.corpus.article(info.id)
            corpus.update(f"{info.id} {article.content_hash if article else ''}\n".encode())
            for passage in self._engine.corpus.article_passages(info.id):
                passages.update(f"{passage.id} {passage.start} {passage.end}\n".encode())
        settings = self._engine.settings.model_dump(mode="json", exclude={"data_dir", "serve"})
        return {
            "system": "dateline",
            "articles": len(infos),
            "given": self._given,
            "retrieval": self._retrieval,
            "settings": settings,
            "corpus": corpus.hexdigest(),
            "index": passages.hexdigest(),
            "models": _model_hashes(),
        }

    def missing(self, cases: Sequence[Case]) -> list[str]:
        """Names of articles that the evidence cannot do without and the corpus does not hold."""
        groups = [[gold.article for gold in group] for case in cases for group in case.evidence]
        return sorted({names[0] for names in groups if not set(names) & set(self._names)})

    def answers(self, cases: Sequence[Case], seconds: float) -> Iterator[Outcome]:
        """Each case asked in turn; whatever breaks is that case's outcome."""
        for case in cases:
            try:
                yield within(seconds, lambda case=case: self._outcome(case))  # type: ignore[misc]
            except (RunError, DatelineError) as error:
                yield Outcome(case=case, error=str(error))
            except Exception as error:  # noqa: BLE001 - a crash is a row, never the run's end
                yield Outcome(case=case, error=f"{type(error).__name__}: {error}")

    def text_of(self, article: str) -> str | None:
        """The canonical text, read once."""
        if article not in self._texts:
            found = self._engine.corpus.article(article)
            self._texts[article] = found.text if found else None
        return self._texts[article]

    def close(self) -> None:
        """Closes the engine and removes what was ingested for the run."""
        self._opened.close()

    def _outcome(self, case: Case) -> Outcome:
        filters = self._filters(case)
        reply: Reply | None = None
        if self._retrieval != "only" or case.history:
            conversation = self._engine.conversation(case.history)
            answer = self._engine.ask(case.question, conversation=conversation, filters=filters)
            reply = from_answer(answer)
        if self._retrieval == "off" or not case.answerable:
            return Outcome(case=case, reply=reply, retrieval_only=self._retrieval == "only")
        question = reply.effective_question if reply else case.question
        ranked = self._engine.candidates(question, filters)
        places = [(c.passage.article_id, c.passage.start, c.passage.end) for c in ranked]
        ranking = Ranking(
            places=places, text_of=self.text_of, passages_of=self._passages_of, ids=self._names
        )
        figures, recall_at = retrieval_figures(case, ranking)
        return Outcome(
            case=case,
            reply=reply,
            figures=figures,
            recall_at=recall_at,
            retrieval_only=self._retrieval == "only",
        )

    def _filters(self, case: Case) -> Filters:
        if not self._given:
            return Filters()
        names = {gold.article for group in case.evidence for gold in group}
        return Filters(articles=tuple(sorted(self._names[n] for n in names if n in self._names)))

    def _passages_of(self, article: str) -> list[tuple[str, int, int]]:
        return [
            (p.article_id, p.start, p.end) for p in self._engine.corpus.article_passages(article)
        ]


@contextlib.contextmanager
def opened_corpus(data_dir: Path | None, articles: Sequence[Path]) -> Iterator[Corpus]:
    """The corpus of a data directory, or of articles that are ingested for the occasion."""
    system = EngineSystem(data_dir=data_dir, articles=articles, retrieval="off")
    try:
        yield system.corpus
    finally:
        system.close()


def _model_hashes() -> dict[str, str]:
    """sha256 of each model file that ships with the package."""
    root = resources.files("rag").joinpath("models")
    with resources.as_file(root) as folder:
        files = sorted(Path(folder).rglob("*.onnx"))
        return {
            str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
            for file in files
        }


def fingerprint(description: dict[str, Any]) -> str:
    """A hash of what a system says it is."""
    return hashlib.sha256(json.dumps(description, sort_keys=True).encode()).hexdigest()
