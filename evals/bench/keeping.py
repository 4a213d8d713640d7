"""How long keeping conversations takes: write a turn, open a long one, list and search many.

    python -m evals.bench.keeping [--turns 300] [--conversations 2000]

It fills a catalogue of its own with made answers and throws it away. Told are milliseconds
of work (CPU time of this process), because the wall clock belongs to whoever else is busy.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from rag.answer.conversation import Conversation
from rag.index.catalogue import Catalogue
from rag.index.talks import Talks
from rag.settings import KeepSettings
from rag.types import (
    Answer,
    ArticleInfo,
    Citation,
    Kind,
    PublishedDate,
    Statement,
    Support,
    TitleOrigin,
)

_OWNER = "user:bench"


def made(number: int) -> Answer:
    """An answer of three cited sentences."""
    article = ArticleInfo(
        id=f"a{number}", source=f"{number}.txt", title=f"Story {number} of the harbour",
        title_origin=TitleOrigin.TEXT, publisher="Coast Gazette", author=None,
        published=PublishedDate(year=2016, month=5, day=4),
    )  # fmt: skip
    quotes = [f"Sentence {place} of story {number} tells of the harbour. " * 3 for place in "abc"]
    return Answer(
        question=f"What does story {number} tell of the harbour?",
        effective_question=f"What does story {number} tell of the harbour?",
        text=" ".join(quotes),
        short=None,
        statements=tuple(
            Statement(text=quote, numbers=(place,), support=Support.QUOTED)
            for place, quote in enumerate(quotes, 1)
        ),
        citations=tuple(
            Citation(
                number=place, article=article, passage_id=f"a{number}:0", kind=Kind.BODY,
                start=place * 1000, end=place * 1000 + len(quote), quote=quote,
            )
            for place, quote in enumerate(quotes, 1)
        ),
        abstained=False,
        confidence=0.9,
        mode="offline",
    )  # fmt: skip


def timed(work: Callable[[], object]) -> float:
    """Milliseconds of CPU that the work takes."""
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def restored(talks: Talks, conversation_id: str) -> Conversation:
    """A stored conversation, ready for a follow-up."""
    stored = talks.get(_OWNER, conversation_id)
    if stored is None:
        raise RuntimeError("the conversation is not there")
    conversation = Conversation()
    conversation.restore([turn.answer for turn in stored.turns])
    return conversation


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--turns", type=int, default=300)
    parser.add_argument("--conversations", type=int, default=2000)
    parser.add_argument("--data", help="not used; every benchmark takes it")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Catalogue(Path(folder))
        keep = KeepSettings(max_turns=5000, max_conversations=asked.conversations + 1)
        talks = Talks(lambda: catalogue.link, keep)
        first, _ = talks.append(_OWNER, None, made(0))
        answers = [made(number) for number in range(1, asked.turns)]
        writing = timed(lambda: [talks.append(_OWNER, first.id, one) for one in answers])
        print(f"write a turn: {writing / max(len(answers), 1):.2f} ms")
        opening = timed(lambda: restored(talks, first.id))
        print(f"open {asked.turns} turns and their numbers: {opening:.1f} ms")
        for number in range(asked.conversations):
            talks.append(_OWNER, None, replace(answers[0], question=f"Question {number}?"))
        many = f"{asked.conversations:,} conversations"
        print(f"list the newest of {many}: {timed(lambda: talks.page(_OWNER)):.1f} ms")
        told = timed(lambda: talks.page(_OWNER, "question 77 harbour"))
        print(f"search {many}: {told:.1f} ms")
        catalogue.close()


if __name__ == "__main__":
    main()
