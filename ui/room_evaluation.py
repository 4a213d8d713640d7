"""The evaluation room: runs with their figures, two runs compared, a case beside its evidence.

Handlers only. What is on disk is `RunShelf`'s, the run under way `Bench`'s, and what is
shown the ``room_evaluation_*`` renderers'. A view is asked for by its address; nothing of a
visitor is kept.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import unquote

import gradio as gr

from evals.case import CaseError
from evals.compare import compare
from evals.systems import RunError
from evals.systems.engine import EngineSystem
from rag.errors import DatelineError, UsageError
from ui.house import House, text
from ui.markup import esc
from ui.render_reader import missing_html, reader_html
from ui.room_evaluation_bench import Bench, Wish
from ui.room_evaluation_case import case_html, place_of, row_of
from ui.room_evaluation_list import HEAD, link, list_html, now_html, start_html
from ui.room_evaluation_run import comparison_html, run_html
from ui.room_evaluation_runs import SHIPPED, RunShelf
from ui.talk import Talk

_LONGEST_ADDRESS = 5000
_MOST_LINES = 6  # of a message about a suite with many mistakes
_NOW, _START, _VIEW, _TOLD = (
    "evaluation-now",
    "evaluation-start",
    "evaluation-view",
    "evaluation-told",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Indexed:
    """What a generation of the corpus holds, as far as this room cares."""

    generation: int
    names: dict[str, str]  # article ids by the names that evidence uses
    lacking: bool  # whether the shipped suite asks about articles that are not there


class EvaluationRoom:
    """See the module's docstring."""

    name: ClassVar[str] = "evaluation"
    label: ClassVar[str] = "Evaluation"
    events: ClassVar[tuple[str, ...]] = (
        "evaluation_look",
        "evaluation_watch",
        "evaluation_begin",
        "evaluation_resume",
        "evaluation_stop",
        "evaluation_open",
    )

    def __init__(self, house: House) -> None:
        self._house = house
        settings = house.settings
        more = settings.serve.runs
        self._shelf = RunShelf([settings.data_dir / "evals", *([more] if more else [])])
        self._bench = Bench(house.engine, self._shelf)
        house.at_end(self._bench.close)
        self._file: gr.File | None = None
        self._known: _Indexed | None = None

    def lay_out(self) -> None:
        """What runs, the way to start, and the view that the address names."""
        own = self._house.own
        own("evaluation-head", HEAD)
        own(_TOLD)
        own(_NOW)
        own(_START)
        # no file_types: Gradio would refuse by itself, and shows the name unescaped
        self._file = gr.File(label="Add a suite", elem_id="evaluation-file", height=96)
        own(_VIEW)

    def wire(self) -> None:
        """All answer at once: what takes long is the bench's thread."""
        house, file = self._house, self._file
        house.on("evaluation_look", self.look, [_VIEW, _NOW, _START])
        house.on("evaluation_watch", self.watch, [_NOW])
        everything = [_TOLD, _NOW, _START, _VIEW]
        house.on("evaluation_begin", self.begin, everything)
        house.on("evaluation_resume", self.resume, everything)
        house.on("evaluation_stop", self.stop, [_NOW])
        house.on("evaluation_open", self.open, ["reader"])
        assert file is not None  # laid out before
        file.upload(
            self.bring,
            [file],
            [file, *house.at([_TOLD, _START])],
            show_progress="minimal",
            show_progress_on=house.at([_TOLD]),
            api_visibility="private",
        )

    def look(self, _talk: Talk, event: gr.EventData) -> tuple[str, str, str]:
        """The view of an address."""
        return self._view(text(event, "address", _LONGEST_ADDRESS)), self._now(), self._start()

    def watch(self, _talk: Talk) -> str:
        """How far the run is."""
        return self._now()

    def begin(self, _talk: Talk, event: gr.EventData) -> tuple[str, str, str, Any]:
        """A run was asked for."""
        wanted = text(event, "most", 12).strip()

        def begun() -> None:
            if wanted and not (wanted.isdecimal() and int(wanted)):
                raise UsageError(f"'At most' is a whole number above 0 or empty, not {wanted!r}.")
            suite, side = text(event, "suite", 100), text(event, "side", 10)
            self._bench.start(Wish(suite=suite, split=side, most=int(wanted or 0)))

        return self._acted(begun)

    def resume(self, _talk: Talk, event: gr.EventData) -> tuple[str, str, str, Any]:
        """A run that was cut short is to be finished."""
        return self._acted(functools.partial(self._bench.go_on, text(event, "run")))

    def stop(self, _talk: Talk) -> str:
        """The run is to end."""
        self._bench.stop()
        return self._now()

    def open(self, _talk: Talk, event: gr.EventData) -> str:
        """An article at the words that were cited or expected."""
        try:
            row = row_of(self._shelf.run(text(event, "run")), text(event, "case", 4000))
        except UsageError:
            row = None
        place = place_of(row, text(event, "place", 20)) if row else None
        article, quote = place or ("", "")
        found = self._house.engine.corpus.article(self._indexed().names.get(article, article))
        if found is None:
            return missing_html()
        start = found.text.find(quote) if quote else -1
        span = (start, start + len(quote)) if start >= 0 else None
        return reader_html(found, span, dt.date.today(), back="Close")

    def bring(self, file: str | None) -> tuple[None, str, str]:
        """A suite was uploaded."""
        told = ""
        if file:
            try:
                name = self._shelf.bring(Path(file), self._house.settings.serve.max_upload_bytes)
                told = f'<p class="panel ended" role="status">The suite {esc(name)} is there.</p>'
            except (CaseError, DatelineError, OSError, UnicodeDecodeError) as error:
                told = failure_html(str(error))
        return None, told, self._start()

    def _acted(self, act: Callable[[], None]) -> tuple[str, str, str, Any]:
        told = ""
        try:
            act()
        except (CaseError, DatelineError) as error:
            told = failure_html(str(error))
        return told, self._now(), self._start(), self._view("") if not told else gr.skip()

    def _now(self) -> str:
        return now_html(self._bench.state())

    def _start(self) -> str:
        busy = self._bench.state().busy
        return start_html(self._shelf.suites(), lacking=self._indexed().lacking, busy=busy)

    def _indexed(self) -> _Indexed:
        """What is indexed now, looked up again only when it has changed."""
        engine = self._house.engine
        generation = engine.corpus.generation()
        if self._known is None or self._known.generation != generation:
            system = EngineSystem(engine=engine)
            lacking = bool(system.missing(self._shelf.cases(SHIPPED, "all")))
            self._known = _Indexed(generation=generation, names=system.names, lacking=lacking)
        return self._known

    def _view(self, path: str) -> str:
        parts = [unquote(part) for part in path.split("/") if part]
        try:
            return self._shown(parts)
        except (RunError, UsageError) as error:
            return f'<p class="way"><a href="{link()}">All runs</a></p>{failure_html(str(error))}'

    def _shown(self, parts: list[str]) -> str:
        shelf = self._shelf
        match parts:
            case ["run", name, "case", case]:
                return case_html([(name, shelf.run(name))], case)
            case ["run", name]:
                return run_html(name, shelf.run(name))
            case ["run", name, show]:
                return run_html(name, shelf.run(name), show)
            case ["run", name, show, page] if page.isdecimal() and len(page) < 7:
                return run_html(name, shelf.run(name), show, int(page))
            case ["compare", old, new]:
                return comparison_html(old, new, compare(shelf.run(old), shelf.run(new)))
            case ["compare", old, new, "case", case]:
                return case_html([(old, shelf.run(old)), (new, shelf.run(new))], case)
        state = self._bench.state()
        return list_html(shelf.cards(), running=state.run if state.busy else "")


def failure_html(message: str) -> str:
    """An error in a sentence; of many lines, as a suite with many mistakes has, the first."""
    lines = message.strip().splitlines()
    more = f"<li>{len(lines) - _MOST_LINES} more</li>" if len(lines) > _MOST_LINES else ""
    rest = "".join(f"<li>{esc(line.strip())}</li>" for line in lines[1:_MOST_LINES])
    listed = f"<ul>{rest}{more}</ul>" if rest else ""
    return f'<div class="panel failed" role="alert"><p>{esc(lines[0])}</p>{listed}</div>'
