"""The command that trains the reader again: its steps, and what makes a step be done anew."""

from __future__ import annotations

import os
import re
import subprocess
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKEFILE = "rag/models/reader_training/Makefile"
STEPS = ["ingest", *["reader_written"] * 5, "build", "teacher", "train", "average", "export"]
MADE = ["news.done", "start.onnx", "WRITTEN", "mix.npz", "taught-mix.npz", "run/final.pt"]


def steps(work: Path, *options: str) -> list[str]:
    """What would be run, in order."""
    told = subprocess.run(
        ["make", "-n", "-f", MAKEFILE, f"WORK={work}", "DATA=/a folder", *options],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip
    pattern = r"(ingest) |(?:bench|reader_training)\.(\w+) "
    return [first or second for first, second in re.findall(pattern, told)]


def test_the_steps_stand_in_order(tmp_path: Path) -> None:
    assert steps(tmp_path) == [*STEPS, "reading"]


@pytest.mark.parametrize(
    ("changed", "first"),
    [
        ("rag/models/reader_training/paragraphs.jsonl.gz", "build"),
        ("rag/models/reader_training/questions_paragraphs.jsonl.gz", "build"),
        ("rag/models/reader_training/config.toml", "build"),
        ("rag/models/reader_training/questions.jsonl.gz", "reader_written"),
    ],
)
def test_a_changed_file_is_read_again(tmp_path: Path, changed: str, first: str) -> None:
    (tmp_path / "run").mkdir()
    asked = ("questions", *(f"questions_{name}" for name in ("more", "quiz", "twins", "words")))
    written = [f"{name}.jsonl.gz" for name in asked]
    made = [name for one in MADE for name in (written if one == "WRITTEN" else [one])]
    for number, name in enumerate([*made, "reader.pt", "reader.onnx"]):
        (tmp_path / name).touch()
        os.utime(tmp_path / name, (time.time() + number,) * 2)
    assert steps(tmp_path) == ["reading"]
    again = steps(tmp_path, "-W", changed)
    assert again[0] == first
    assert again[-6:] == ["build", "teacher", "train", "average", "export", "reading"]
