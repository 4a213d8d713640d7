"""Tests of your own that say what must be answered, with pytest.

In ``conftest.py``: ``pytest_plugins = ["evals.pytest_plugin"]``. In a test::

    from evals.pytest_plugin import assert_cites, assert_fact, assert_refused

    def test_the_deadline(ask):
        reply = ask("When will al-Maliki form a new government?")
        assert_fact(reply, "date", "July 1")
        assert_cites(reply, "000_d20460457c908205.txt", "a July 1 deadline")

    def test_what_the_articles_do_not_tell(ask):
        assert_refused(ask("Who won the World Cup?"))

``--dateline-articles PATH`` ingests articles for the session, ``--dateline-data-dir DIR``
takes an index that is ready, ``--dateline-system COMMAND`` asks another chatbot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import pytest

from evals.case import Case
from evals.facts import Fact, FactType, check_value, judge
from evals.metrics.overlap import overlaps
from evals.reply import Reply
from evals.systems import System

Ask = Callable[..., Reply]


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options of the plugin, which may stand in the configuration file as well."""
    options = parser.getgroup("dateline", "answers of Dateline or another chatbot")
    for name, told in {
        "articles": "ingest these articles for the session",
        "data-dir": "use the index in this directory",
        "system": "ask this program, or this http address, instead of Dateline",
        "timeout": "seconds for one answer (default 60)",
    }.items():
        options.addoption(f"--dateline-{name}", default=None, help=told)
        parser.addini(f"dateline_{name.replace('-', '_')}", help=told, default="")


@pytest.fixture(scope="session")
def dateline_system(pytestconfig: pytest.Config) -> Iterator[System]:
    """The system that the session's questions go to."""
    command = _given(pytestconfig, "system")
    system: System
    if command is None:
        from evals.systems.engine import EngineSystem

        articles, where = _given(pytestconfig, "articles"), _given(pytestconfig, "data-dir")
        system = EngineSystem(
            data_dir=Path(where) if where else None,
            articles=[pytestconfig.rootpath / articles] if articles else (),
            retrieval="off",
        )
    elif command.startswith(("http://", "https://")):
        from evals.systems.http import HttpSystem

        system = HttpSystem(command)
    else:
        from evals.systems.command import CommandSystem

        system = CommandSystem(command)
    yield system
    system.close()


@pytest.fixture
def ask(dateline_system: System, pytestconfig: pytest.Config) -> Ask:
    """``ask(question, history=())``: the reply; a system that fails to give one fails the test."""
    seconds = float(_given(pytestconfig, "timeout") or 60)

    def asked(question: str, history: Sequence[str] = ()) -> Reply:
        case = _case(question, history)
        (outcome,) = dateline_system.answers([case], seconds)
        if outcome.reply is None:
            pytest.fail(f"no reply to {question!r}: {outcome.error}", pytrace=False)
        return outcome.reply

    return asked


def assert_fact(
    reply: Reply,
    kind: str,
    value: str,
    *,
    aliases: Sequence[str] = (),
    forbidden: Sequence[str] = (),
    on: date | None = None,
) -> None:
    """Fails unless the reply states the value, as `evals.facts` reads it."""
    fact = Fact(
        type=FactType(kind), value=value, aliases=tuple(aliases), forbidden=tuple(forbidden)
    )
    for written in (*fact.accepted, *fact.forbidden):
        check_value(fact.type, written)
    if reply.abstained:
        raise AssertionError(f"refused, where {value!r} should be stated")
    verdict = judge(fact, reply.text, on=on)
    if not verdict.ok:
        raise AssertionError(f"{value!r}: {verdict.reason}\n{_shown(reply)}")


def assert_cites(reply: Reply, article: str, quote: str = "") -> None:
    """Fails unless the reply cites the article, by file name or id, at the quoted words."""
    from_there = [cited for cited in reply.citations if cited.of(article)]
    if not from_there:
        raise AssertionError(f"{article} is not cited\n{_shown(reply)}")
    if quote and not any(overlaps(cited.quote, quote) for cited in from_there):
        raise AssertionError(f"{article} is cited, but not at {quote!r}\n{_shown(reply)}")


def assert_refused(reply: Reply) -> None:
    """Fails unless the reply says that the articles do not tell."""
    if not reply.abstained:
        raise AssertionError(f"answered, where it should refuse\n{_shown(reply)}")


def _shown(reply: Reply) -> str:
    sources = "\n".join(
        f"  [{c.number}] {c.source or c.article}: {c.quote}" for c in reply.citations
    )
    return f"answer: {'(refused)' if reply.abstained else reply.text}\n{sources}".rstrip()


def _case(question: str, history: Sequence[str]) -> Case:
    return Case(
        id="asked.1",
        question=question,
        history=tuple(history),
        answerable=True,
        facts=(),
        evidence=(),
        tags=(),
        split="dev",
        critical=False,
    )


def _given(config: pytest.Config, name: str) -> str | None:
    given = config.getoption(f"--dateline-{name}") or config.getini(
        f"dateline_{name.replace('-', '_')}"
    )
    return str(given) if given else None
