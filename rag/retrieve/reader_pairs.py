"""A question and its passages as wordpieces, in the layout that the reader was taught.

``[CLS] question [SEP] header [SEP] text [SEP]``. A text that does not fit becomes several
windows that overlap by half; a question or header beyond its share is cut at its end (the
question's share is some forty words, and a passage must still fit beside it).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.models.reader_description import ReaderModel
from rag.types import Passage

if TYPE_CHECKING:
    from tokenizers import Tokenizer

CLS, SEP = 101, 102
Matrix = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Window:
    """One pair as the network sees it. ``offsets`` are into the passage's text."""

    passage: int  # index among the passages of the call
    ids: tuple[int, ...]
    question_end: int  # the first piece of kind 1
    text_start: int  # the first piece of the text
    offsets: tuple[tuple[int, int], ...]  # of each piece of the text
    sentences: tuple[int, ...]  # of each piece of the text: which sentence it stands in


def windows(
    tokenizer: Tokenizer, question: str, passages: Sequence[Passage], model: ReaderModel
) -> list[Window]:
    """Every passage as one or more windows, in order."""
    asked = tokenizer.encode(_plain(question), add_special_tokens=False).ids[: model.max_question]
    headers = tokenizer.encode_batch([_plain(p.header) for p in passages], add_special_tokens=False)
    texts = tokenizer.encode_batch([_plain(p.text) for p in passages], add_special_tokens=False)
    out: list[Window] = []
    for index, (passage, header, text) in enumerate(zip(passages, headers, texts, strict=True)):
        front = [CLS, *asked, SEP, *header.ids[: model.max_header], SEP]
        room = model.max_tokens - len(front) - 1
        places = _sentences_of(passage, text.offsets)
        for start in _starts(len(text.ids), room):
            window = Window(
                passage=index,
                ids=(*front, *text.ids[start : start + room], SEP),
                question_end=len(asked) + 2,
                text_start=len(front),
                offsets=tuple(text.offsets[start : start + room]),
                sentences=places[start : start + room],
            )
            out.append(window)
    return out


def _plain(text: str) -> str:
    """Lone surrogates, which cannot be encoded, become the replacement mark: same length."""
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" else c for c in text)


def _starts(length: int, room: int) -> Iterator[int]:
    """Where each window begins; windows overlap by half and the last one reaches the end."""
    yield 0
    start = 0
    while start + room < length:
        start = min(start + room // 2, length - room)
        yield start


def _sentences_of(passage: Passage, offsets: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """The number of the sentence in which each piece begins; -1 where there is none."""
    out: list[int] = []
    at = 0
    bounds = [(a - passage.start, b - passage.start) for a, b in passage.sentences]
    for start, _ in offsets:
        while at + 1 < len(bounds) and start >= bounds[at + 1][0]:
            at += 1
        out.append(at if bounds else -1)
    return tuple(out)


def alone(pair: Window) -> tuple[Matrix, Matrix]:
    """Ids and kinds of a run that holds this pair and no other, each (1, pieces)."""
    ids = np.array([pair.ids], np.int64)
    kinds = np.zeros_like(ids)
    kinds[0, pair.question_end :] = 1
    return ids, kinds
