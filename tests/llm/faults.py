"""Every fault of a model's server, through a whole engine: ``python -m tests.llm.faults``.

    python -m tests.llm.faults --count 50

For each provider and fault: so many questions, the fault at a random moment of the reply,
and a table of what came of them. An answer is right when it comes within the time that the
settings allow plus one second, is an answer with valid citations, says in one line what
happened, holds no word of the server or of the key, and leaves no thread or socket behind.
The tests of this folder ask a few of each.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from rag.answer.wire import answer_as_json
from rag.engine import Engine
from rag.settings import Settings, load_settings
from rag.types import Answer, NoteKind
from tests.llm.leftovers import nothing_left
from tests.llm.setups import KEY, PROVIDERS, SHORT, settings_for
from tests.servers.model import quoting
from tests.servers.script import AT_ONCE, Asked, Break, Script
from tests.servers.server import SECRET, ScriptedServer

QUESTION = "When will al-Maliki form a new government?"


@dataclass(frozen=True, kw_only=True)
class Result:
    """What came of one fault."""

    fault: Break
    asked: int
    slowest: float  # seconds of the slowest answer
    kept: int  # answers that keep sentences of the model
    wrong: tuple[str, ...]  # what was not right, a line each


def engine_settings(data_dir: Path, provider: str, url: str, *, reader: bool = False) -> Settings:
    """Settings of an engine over ingested seeds, with short waits.

    Without the trained reader a question takes milliseconds, and the clock is the model's.
    """
    settings = settings_for(provider, url)
    answer = settings.answer.model_copy(update={"reader": reader})
    return settings.model_copy(update={"data_dir": data_dir, "answer": answer})


def try_fault(
    engine: Engine, server: ScriptedServer, fault: Break, count: int, seed: int
) -> Result:
    """Asks so often while the server has a fault; then once while it has none."""
    dice = random.Random(f"{fault.name} {seed}")
    wrong: list[str] = []
    slowest, kept = 0.0, 0
    if fault is Break.REFUSED:
        server.switch_off()
    for _ in range(count):
        server.play = lambda asked: _broken(asked, fault, dice)
        began = time.monotonic()
        try:
            with nothing_left():
                answer = engine.ask(QUESTION)
                took = time.monotonic() - began
        except Exception as error:  # noqa: BLE001 - whatever it is, it is a finding
            wrong.append(f"{type(error).__name__}: {error}")
            continue
        slowest = max(slowest, took)
        kept += answer.mode == "llm"
        wrong += what_is_wrong(engine, answer, fault, took)
    if fault is Break.REFUSED:
        server.switch_on()
    server.play = quoting
    if engine.ask(QUESTION).mode != "llm":
        wrong.append("the healthy server is not used again")
    return Result(fault=fault, asked=count, slowest=slowest, kept=kept, wrong=tuple(wrong))


def _broken(asked: Asked, fault: Break, dice: random.Random) -> Script:
    whole = quoting(asked, seed=dice.randint(0, 999))
    broken = whole.broken(fault, dice.randint(0, len(whole.pieces) - 1))
    return replace(broken, delay=dice.choice((0.0, 0.0, 0.002, 0.005)))


def what_is_wrong(engine: Engine, answer: Answer, fault: Break, took: float) -> Iterator[str]:
    """What is not right with an answer that was given under a fault."""
    allowed = SHORT["first_token_seconds"] if fault in AT_ONCE else SHORT["answer_seconds"]
    if took > allowed + 1:
        yield f"it took {took:.2f} s, allowed were {allowed + 1:.2f}"
    told = [note.text for note in answer.notes if note.kind is NoteKind.FALLBACK]
    if len(told) != 1 or "\n" in told[0]:
        yield f"it says what happened in {len(told)} lines"
    if answer.abstained or "July 1" not in answer.text or not answer.citations:
        yield f"it is no answer: {answer.text[:80]!r}"
    wire = repr(answer_as_json(answer))
    if KEY in wire or SECRET in wire or "Traceback" in wire:
        yield "it holds the key or the server's words"
    for cited in answer.citations:
        article = engine.corpus.article(cited.article.id)
        if article is None or article.text[cited.start : cited.end] != cited.quote:
            yield f"citation {cited.number} is no quotation"
        if f"[{cited.number}]" not in answer.text:
            yield f"citation {cited.number} is not in the text"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fault", choices=[f.name.lower() for f in Break], help="one alone")
    parser.add_argument("--provider", choices=sorted(PROVIDERS), help="one alone")
    parser.add_argument("--reader", action="store_true", help="with the trained reader")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "data"
        with Engine.open(load_settings(data_dir=data)) as engine:
            engine.ingest(["seeds"])
        print(f"{'provider':<12}{'fault':<28}{'asked':>6}{'slowest s':>11}{'kept':>6}{'wrong':>7}")
        for provider, protocol in PROVIDERS.items():
            if given.provider not in {None, provider}:
                continue
            with (
                ScriptedServer(protocol) as server,
                Engine.open(
                    engine_settings(data, provider, server.url, reader=given.reader)
                ) as engine,
            ):
                engine.ask(QUESTION)
                for fault in Break:
                    if given.fault not in {None, fault.name.lower()}:
                        continue
                    row = try_fault(engine, server, fault, given.count, given.seed)
                    print(
                        f"{provider:<12}{fault.value:<28}{row.asked:>6}{row.slowest:>11.2f}"
                        f"{row.kept:>6}{len(row.wrong):>7}",
                        *row.wrong[:3],
                        flush=True,
                    )


if __name__ == "__main__":
    main()
