"""Throws hostile questions at the engine and counts what is not handled.

    python -m evals.bench.fuzz --data-dir DIR --count 10000 [--no-reader]

Empty ones, 100 KB ones, control characters, emoji, HTML, SQL, other scripts, the search
library's own query syntax, cut-up questions. A `QuestionError` is an answer; anything else
that is raised, a citation that does not slice its quote, or an answer without text is a
failure, printed with its question. Exit code 1 when there is one.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from rag.engine import Engine
from rag.errors import QuestionError
from rag.settings import AnswerSettings, load_settings
from rag.types import Answer

_WORDS = (
    "who what when where why how which is did the NATO Kerry Iraq June 24 2014 about said "
    "minister government deadline 1,075 al-Maliki readers comment article published latest "
    "change between and"
).split()
_PIECES = (
    "",
    " ",
    "\n\t",
    "\x00\x01\x1b[31m",
    "\u202e\u2066abc",
    "\ufeff",
    "\ud800",
    "e\u0301" * 40,
    "😀🏳️‍🌈👩‍👩‍👧",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt;",
    "[1][2] [99]",
    "'; DROP TABLE articles; --",
    '" OR 1=1',
    "title:foo AND (bar OR",
    '+a -b ~2 "x y"~3 *:*',
    "/.*/ [a TO z] {1 TO 2} ^4",
    'field:"',
    "NOT NOT",
    "(((((",
    "\\",
    "%s %n {0} ${x}",
    "../../etc/passwd",
    "北约的秘书长是谁",
    "Кто возглавил НАТО?",
    "من قاد الناتو؟",
    "נאט״ו",
    "นาโต",
    "नाटो का प्रमुख",
    "ΝΑΤΟ",
    "1" * 60,
    "0x41 1e309 -0.0",
    "99999999-99-99",
    "February 30 2014",
    "June 31",
    "year 0",
    "in 99999",
    "I" * 300,
    "a " * 300,
    "?" * 50,
    "…—–“”‘’",
    "\u00a0\u2003\u3000",
    "ﬀ ﬁ Ⅻ ½",
    "İstanbul ı ß ẞ",
)


def questions(count: int, seed: int = 0) -> Iterator[str]:
    """``count`` questions; the same seed gives the same ones."""
    chance = random.Random(seed)
    for number in range(count):
        kind = number % 5
        if kind == 0:
            yield chance.choice(_PIECES)
        elif kind == 1:
            yield " ".join(chance.choice((*_PIECES, *_WORDS)) for _ in range(chance.randint(1, 8)))
        elif kind == 2:
            yield " ".join(chance.choices(_WORDS, k=chance.randint(1, 14))) + chance.choice("?!. ")
        elif kind == 3:
            yield "".join(
                chr(chance.choice((chance.randrange(0x250), chance.randrange(0xD800))))
                for _ in range(chance.randint(1, 120))
            )
        else:
            yield (chance.choice(_WORDS) + chance.choice(_PIECES)) * chance.choice(
                (1, 3, 50, 20_000 if number % 100 == 4 else 7)
            )


def fault(engine: Engine, answer: Answer) -> str | None:
    """What is wrong with an answer, or None."""
    if not answer.text:
        return "an answer without text"
    if answer.abstained and (answer.citations or answer.short):
        return "a refusal with citations"
    for citation in (*answer.citations, *answer.nearest):
        article = engine.corpus.article(citation.article.id)
        if article is None or article.text[citation.start : citation.end] != citation.quote:
            return f"citation [{citation.number}] does not slice its quote"
    return None


def run(engine: Engine, count: int, seed: int = 0) -> list[tuple[str, str]]:
    """(question, what went wrong) for every question that was not handled."""
    failures: list[tuple[str, str]] = []
    for question in questions(count, seed):
        try:
            wrong = fault(engine, engine.ask(question))
        except QuestionError:
            continue
        except Exception as error:  # noqa: BLE001 - the point is to find whatever is raised
            wrong = f"{type(error).__name__}: {error}"
        if wrong:
            failures.append((question[:200], wrong))
    return failures


def main() -> int:
    """Runs and prints; 1 when anything was not handled."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data-dir", type=Path, required=True)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--no-reader", action="store_true")
    given = parser.parse_args()
    settings = load_settings(
        data_dir=given.data_dir, answer=AnswerSettings(reader=not given.no_reader)
    )
    began = time.perf_counter()
    with Engine.open(settings) as engine:
        failures = run(engine, given.count, given.seed)
    for question, wrong in failures[:20]:
        print(f"{wrong}: {question!r}")
    print(
        f"{given.count} questions, {len(failures)} not handled, {time.perf_counter() - began:.0f} s"
    )
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
