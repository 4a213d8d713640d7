"""What an earlier reader says of a training's pairs, for a new one to learn beside the labels.

    python -m rag.models.reader_training.teacher READER.onnx MIX.npz

Beside the arrays comes a file of the teacher's logits, ``taught-MIX.npz``, which
`train` takes where it is there. A label says which span is right; the teacher says also which
others nearly are, and how sure one can be (Hinton, Vinyals and Dean 2015, "Distilling the
Knowledge in a Neural Network"; for pupils of the teacher's own size Furlanello et al. 2018,
"Born-Again Neural Networks").
"""

from __future__ import annotations

import argparse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from rag.cores import physical_cores
from rag.models.reader_training.arrays import Arrays, Taught
from rag.retrieve.reader import opened, run

if TYPE_CHECKING:
    import onnxruntime

Halves = NDArray[np.float16]
PART = 2000  # pairs between two lines of progress


def taught_by(session: onnxruntime.InferenceSession, arrays: Arrays) -> Taught:
    """The teacher's logits for every pair, each read alone as the reader reads."""

    def one(row: int) -> tuple[Halves, Halves, float]:
        pieces = arrays.pieces[arrays.begins[row] : arrays.begins[row + 1]].astype(np.int64)
        kinds = (np.arange(len(pieces)) >= arrays.question_end[row]).astype(np.int64)
        start, end, answer = run(session, pieces[None], kinds[None])
        return start[0].astype(np.float16), end[0].astype(np.float16), float(answer[0])

    found: list[tuple[Halves, Halves, float]] = []
    with ThreadPoolExecutor(physical_cores()) as pool:
        for at in range(0, len(arrays), PART):
            found += pool.map(one, range(at, min(at + PART, len(arrays))))
            print(f"{len(found)} of {len(arrays)}", flush=True)
    starts, ends, answers = zip(*found, strict=True)
    return Taught(
        start=np.concatenate(starts),
        end=np.concatenate(ends),
        answer=np.array(answers, np.float32),
    )


def main() -> None:
    """Read every pair, write what was said."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("teacher", type=Path)
    parser.add_argument("mix", type=Path)
    given = parser.parse_args()
    session = opened(given.teacher)
    taught_by(session, Arrays.load(given.mix)).save(given.mix)


if __name__ == "__main__":
    main()
