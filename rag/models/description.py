"""What a shipped model is, in values that cannot drift from its files unnoticed.

A room that loads a model asks `faults` first; a file that is missing or differs from the
frozen sha256 is named there, so that nobody searches with vectors of another model.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelFile:
    """One file of a model, relative to the folder of this module."""

    path: str
    sha256: str
    size: int

    @property
    def location(self) -> Path:
        """Where the file lies on this machine."""
        return FOLDER / self.path


@dataclass(frozen=True, kw_only=True, slots=True)
class EncoderModel:
    """A sentence encoder: what goes in, what comes out, and under which licence."""

    name: str  # names the vectors: stored with them, another name means another index
    source: str
    source_sha256: str
    licence: str
    dim: int
    max_tokens: int  # wordpieces, the two special ones included
    pooling: str
    normalised: bool
    query_prefix: str | None
    passage_prefix: str | None
    model: ModelFile
    tokenizer: ModelFile


ENCODER = EncoderModel(
    name="all-MiniLM-L6-v2-int8-1",
    source="sentence-transformers/all-MiniLM-L6-v2",
    source_sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    licence="Apache-2.0",
    dim=384,
    max_tokens=256,
    pooling="mean over real tokens, inside the graph",
    normalised=True,
    query_prefix=None,
    passage_prefix=None,
    model=ModelFile(
        path="encoder/model.int8.onnx",
        sha256="4d233197dad4354bc27042f228ac2fb8282168a3659a9b637e95bfcadc5f7f16",
        size=23059429,
    ),
    tokenizer=ModelFile(
        path="encoder/tokenizer.json",
        sha256="5fd1c882abbd30517dced455a2c9768945ec726b96727927e4959348d9de550b",
        size=466081,
    ),
)


def fault(file: ModelFile) -> str | None:
    """What is wrong with a model file, in one sentence, or None: 14 ms for 23 MB."""
    path = file.location
    if not path.is_file():
        return f"The model file {path} is missing: install Dateline again."
    if (size := path.stat().st_size) != file.size:
        return f"The model file {path} holds {size} bytes, not {file.size}: install Dateline again."
    with path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if found != file.sha256:
        return (
            f"The model file {path} has sha256 {found[:12]}…, not {file.sha256[:12]}…: "
            "install Dateline again."
        )
    return None
