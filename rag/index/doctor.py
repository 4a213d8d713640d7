"""``dateline doctor``: is what is stored whole, do the three stores agree, does a search work?

``examine`` only looks. ``mend`` looks, repairs from the catalogue what is derived, and
looks again. A damaged catalogue cannot be mended from anything: that is said.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rag.errors import DatelineError, IndexingError
from rag.index.catalogue import Catalogue, State
from rag.index.ledger import Ledger
from rag.index.lock import is_written
from rag.index.places import Places
from rag.index.rebuild import rebuild, sound
from rag.index.report import Check
from rag.index.schema import connect
from rag.index.search import Search
from rag.index.terms import Terms, TermsWriter
from rag.index.vectorfile import VectorFile
from rag.models.description import ENCODER, fault
from rag.protocols import Encoder
from rag.types import Filters

CATALOGUE, MODEL, LEFTOVERS, VECTORS, BASE, TERMS, SEARCH = (
    "catalogue", "model files", "leftovers", "vectors", "vector base", "terms", "search",
)  # fmt: skip
_REBUILT = {VECTORS, BASE, TERMS, SEARCH}


class Doctor:
    """Examines one data directory."""

    def __init__(
        self, folder: Path, catalogue: Catalogue, places: Places, search: Search, encoder: Encoder
    ) -> None:
        self._folder = folder
        self._catalogue = catalogue
        self._places = places
        self._search = search
        self._encoder = encoder
        self._alone = False  # under the write lock: nobody else can be half-way

    def examine(self) -> list[Check]:
        """Every check, none of which changes anything."""
        whole = _guarded(CATALOGUE, self._check_catalogue)
        checks = [whole, _guarded(MODEL, self._check_model)]
        if whole.ok:
            checks += [
                _guarded(name, look)
                for name, look in (
                    (LEFTOVERS, self._check_leftovers),
                    (VECTORS, self._check_vectors),
                    (BASE, self._check_base),
                    (TERMS, self._check_terms),
                    (SEARCH, self._check_search),
                )
            ]
        return checks

    def mend(self) -> list[Check]:
        """Repair what can be, under the write lock, and examine again."""
        self._alone = True
        before = self.examine()
        wrong = {check.name for check in before if not check.ok}
        if CATALOGUE in wrong:
            return before
        if wrong & _REBUILT:
            self._places.forget()
            rebuild(self._folder, self._encoder)
            self._places.forget()
        elif LEFTOVERS in wrong:
            self._clear_leftovers()
        after = self.examine() if wrong else before
        return [replace(check, repaired=check.name in wrong and check.ok) for check in after]

    # One question each

    def _check_catalogue(self) -> str:
        answer = self._catalogue.link.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if answer != "ok":
            raise IndexingError(
                f"The catalogue is damaged ({answer}): restore {self._folder} from a copy, or "
                "remove it and ingest again."
            )
        articles, passages = self._counts()
        return f"{articles} articles in {passages} passages"

    def _check_model(self) -> str:
        for file in (ENCODER.model, ENCODER.tokenizer):
            if message := fault(file):
                raise IndexingError(message)
        return f"{ENCODER.name} is as it was shipped"

    def _check_leftovers(self) -> str:
        link = self._catalogue.link
        (number,) = link.execute("SELECT count(*) FROM ledger WHERE state <> 'ready'").fetchone()
        if number and not self._alone and is_written(self._folder):
            return f"{number} article(s) are being written by another process right now"
        if number:
            raise IndexingError(
                f"{number} article(s) were being written or removed when a process ended; the next "
                "ingest clears this, or `dateline doctor --repair`."
            )
        return "nothing half-written"

    def _check_vectors(self) -> str:
        state = self._catalogue.state()
        slots = self._catalogue.slots_below(state.next_slot)
        if not slots:
            return "none yet"
        if (state.encoder, state.dim) != (self._encoder.name, self._encoder.dim):
            raise IndexingError(
                f"The vectors are of the encoder {state.encoder!r}, not {self._encoder.name!r}: "
                "run `dateline reindex`."
            )
        stored = VectorFile(self._places.vectors(state.vectors), state.dim)
        wrong = sum(
            int((~sound(stored.rows(slots[at : at + 10_000]))).sum())
            for at in range(0, len(slots), 10_000)
        )
        if wrong:
            raise IndexingError(f"{wrong} of {len(slots)} vectors are damaged.")
        return f"{len(slots)} vectors of length 1"

    def _check_base(self) -> str:
        state = self._catalogue.state()
        below = self._catalogue.slots_below(state.base_upto)
        if not state.base:
            return "none yet" if not state.ready_upto else "not built yet: a scan does its work"
        base = self._places.current(state).base
        held = base.slots() if base is not None else set()
        if missing := len(set(below) - held):
            raise IndexingError(f"{missing} of {len(below)} vectors are missing from Chroma.")
        waiting = len(self._catalogue.slots_below(state.ready_upto)) - len(below)
        return f"{len(held)} vectors in Chroma, {waiting} waiting beside it"

    def _check_terms(self) -> str:
        state = self._catalogue.state()
        _, passages = self._counts()
        if not state.terms:
            return "none yet"
        terms = Terms(self._places.terms(state.terms))
        found = terms.count()
        (pending,) = self._catalogue.link.execute(
            "SELECT coalesce(sum(slots), 0) FROM ledger WHERE state <> 'ready'"
        ).fetchone()
        if not passages <= found <= passages + pending:
            raise IndexingError(f"The term index holds {found} passages, the catalogue {passages}.")
        return f"{found} passages"

    def _check_search(self) -> str:
        """Ask for a few stored passages by their own vector and words: each must be found."""
        state = self._catalogue.state()
        slots = self._catalogue.slots_below(state.ready_upto)
        if not slots:
            return "nothing to search yet"
        vectors = VectorFile(self._places.vectors(state.vectors), state.dim)
        asked = sorted({slots[0], slots[len(slots) // 2], slots[-1]})
        for slot, _, _, text in self._catalogue.documents(asked):
            wanted = self._catalogue.ready([slot], Filters())[slot]
            near = self._search.dense(vectors.rows([slot])[0], 20, Filters())
            if wanted not in {hit.passage_id for hit in near}:
                raise IndexingError(f"Passage {wanted} is not found by its own vector.")
            alike = self._search.lexical(text, 20, Filters())
            if wanted not in {hit.passage_id for hit in alike} and any(map(str.isalnum, text)):
                raise IndexingError(f"Passage {wanted} is not found by its own words.")
        return f"{len(asked)} stored passages are found by vector and by words"

    # Helpers

    def _counts(self) -> tuple[int, int]:
        link = self._catalogue.link
        (articles,) = link.execute("SELECT count(*) FROM articles").fetchone()
        (passages,) = link.execute("SELECT count(*) FROM passages").fetchone()
        return int(articles), int(passages)

    def _clear_leftovers(self) -> None:
        state: State = self._catalogue.state()
        link = connect(self._folder)
        terms = TermsWriter(self._places.terms(state.terms))
        try:
            ledger = Ledger(link)
            keys = ledger.unfinished()
            terms.remove(keys)
            terms.commit()
            ledger.forget(keys)
        finally:
            terms.close()
            link.close()


def _guarded(name: str, look: Callable[[], str]) -> Check:
    """A check's answer, or what it raised, as a row: one broken store hides no other."""
    try:
        return Check(name=name, ok=True, message=look())
    except (DatelineError, OSError, sqlite3.Error, ValueError) as error:
        return Check(name=name, ok=False, message=str(error))
