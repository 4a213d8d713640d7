"""Pairs to wordpieces, and back from files: the layout that training and the reader share.

Layout of a pair: ``[CLS] question [SEP] header [SEP] text [SEP]``; everything behind the
first ``[SEP]`` is of kind 1. Only ``[CLS]`` (no answer) and the text's pieces can be chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from rag.models.reader_training.pairs import Pair

CLS, SEP = 101, 102
MOST_QUESTION, MOST_HEADER, MOST = 64, 48, 384
GOLDS = 3  # spans kept a pair


@dataclass(frozen=True, kw_only=True)
class Taught:
    """A teacher's logits: ``start`` and ``end`` of each piece, ``answer`` of each pair."""

    start: NDArray[np.float16]
    end: NDArray[np.float16]
    answer: NDArray[np.float32]

    def save(self, arrays: Path) -> None:
        """The file that belongs to those arrays."""
        _whole(beside(arrays), lambda fresh: np.savez(fresh, **vars(self)))

    @classmethod
    def load(cls, arrays: Path) -> Taught | None:
        """What `save` wrote beside those arrays; none where no teacher read them."""
        if not beside(arrays).exists():
            return None
        with np.load(beside(arrays)) as found:
            return cls(**{name: found[name] for name in found.files})


def _whole(path: Path, write: Callable[[Path], None]) -> None:
    """Whole or not at all: half a file would count as made."""
    fresh = path.with_name(f"new-{path.name}")
    write(fresh)
    fresh.replace(path)


def beside(arrays: Path) -> Path:
    """The file of what a teacher said of the arrays."""
    return arrays.with_name(f"taught-{arrays.name}")


@dataclass(frozen=True, kw_only=True)
class Arrays:
    """Many pairs as flat arrays. ``golds`` is (n, GOLDS, 2), -1 where there is no span."""

    pieces: NDArray[np.uint16]
    begins: NDArray[np.int64]  # n + 1 offsets into pieces
    question_end: NDArray[np.int16]  # the first index of kind 1
    text_start: NDArray[np.int16]
    golds: NDArray[np.int16]
    label: NDArray[np.float32]  # 1 answers, 0 does not
    group: NDArray[np.int64]
    taught: Taught | None = None  # in a file of its own

    def save(self, path: Path) -> None:
        """One compressed file."""
        held = {name: value for name, value in vars(self).items() if name != "taught"}
        _whole(path, lambda fresh: np.savez_compressed(fresh, **held))

    @classmethod
    def load(cls, path: Path) -> Arrays:
        """The arrays of `save`, and what a teacher said of them.

        Raises `ValueError` where the teacher read others.
        """
        taught = Taught.load(path)
        with np.load(path) as found:
            made = cls(**{name: found[name] for name in found.files}, taught=taught)
        sizes = len(made.pieces), len(made)
        if taught is not None and (len(taught.start), len(taught.answer)) != sizes:
            raise ValueError(f"The teacher read other pairs than {path} holds: let it read these.")
        return made

    def __len__(self) -> int:
        return len(self.label)

    @property
    def lengths(self) -> NDArray[np.int64]:
        """Wordpieces of each pair."""
        return np.diff(self.begins)


def join(several: Sequence[Arrays]) -> Arrays:
    """All pairs in one; groups stay apart."""
    ends = np.cumsum([0, *(len(a.pieces) for a in several)])
    firsts = np.cumsum([0, *(int(a.group.max()) + 1 for a in several)])
    begins = [a.begins[:-1] + end for a, end in zip(several, ends[:-1], strict=True)]
    return Arrays(
        pieces=np.concatenate([a.pieces for a in several]),
        begins=np.concatenate([*begins, ends[-1:]]).astype(np.int64),
        question_end=np.concatenate([a.question_end for a in several]),
        text_start=np.concatenate([a.text_start for a in several]),
        golds=np.concatenate([a.golds for a in several]),
        label=np.concatenate([a.label for a in several]),
        group=np.concatenate([a.group + f for a, f in zip(several, firsts[:-1], strict=True)]),
    )


def to_arrays(pairs: Sequence[Pair], tokenizer: Tokenizer) -> Arrays:
    """Tokenise; a text that would pass `MOST` pieces is cut, and an answer cut off is dropped."""
    tokenizer.no_truncation()
    tokenizer.no_padding()

    def encode(texts: list[str]) -> list[object]:
        return list(tokenizer.encode_batch(texts, add_special_tokens=False))

    questions = encode([p.question for p in pairs])
    headers = encode([p.header for p in pairs])
    texts = encode([p.text for p in pairs])
    pieces: list[int] = []
    begins, question_end, text_start, golds = [0], [], [], []
    for pair, q, h, t in zip(pairs, questions, headers, texts, strict=True):
        asked = q.ids[:MOST_QUESTION]  # type: ignore[attr-defined]
        front = [CLS, *asked, SEP, *h.ids[:MOST_HEADER], SEP]  # type: ignore[attr-defined]
        room = MOST - len(front) - 1
        offsets = t.offsets[:room]  # type: ignore[attr-defined]
        pieces.extend([*front, *t.ids[:room], SEP])  # type: ignore[attr-defined]
        begins.append(len(pieces))
        question_end.append(len(asked) + 2)
        text_start.append(len(front))
        golds.append(_golds(pair, offsets, len(front)))
    return Arrays(
        pieces=np.array(pieces, np.uint16),
        begins=np.array(begins, np.int64),
        question_end=np.array(question_end, np.int16),
        text_start=np.array(text_start, np.int16),
        golds=np.array(golds, np.int16).reshape(len(pairs), GOLDS, 2),
        label=np.array([p.answerable for p in pairs], np.float32),
        group=np.array([p.group for p in pairs], np.int64),
    )


def _golds(pair: Pair, offsets: list[tuple[int, int]], front: int) -> list[tuple[int, int]]:
    """First and last piece of each span; the ``[CLS]`` where nothing answers."""
    found: list[tuple[int, int]] = [] if pair.answerable else [(0, 0)]
    for start, end in pair.spans[:GOLDS]:
        inside = [i for i, (a, b) in enumerate(offsets) if a < end and b > start]
        if inside and offsets[inside[-1]][1] >= end:
            found.append((inside[0] + front, inside[-1] + front))
    return (found + [(-1, -1)] * GOLDS)[:GOLDS]
