"""What NLTK's English Punkt model learned, read from the copy inside llama-index-core.

Only its tables are used (abbreviations, sentence starters, how words are written), so that
neither NLTK is imported nor anything downloaded. The decisions stand in
`rag.index.sentences`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from rag.errors import IndexingError

# Bits of Punkt's orthographic context: how a word type was seen to be written.
_UPPER_INSIDE = 1 << 2
_LOWER = (1 << 4) | (1 << 5) | (1 << 6)


@dataclass(frozen=True, kw_only=True, slots=True)
class Punkt:
    """The learned tables, all in lower case."""

    abbreviations: frozenset[str]
    starters: frozenset[str]
    common: frozenset[str]  # words written small inside sentences and never seen large there


@cache
def english() -> Punkt:
    """The English tables (12 ms, then kept)."""
    folder = bundled("nltk_cache/tokenizers/punkt_tab/english")
    common = set()
    for line in _lines(folder / "ortho_context.tab"):
        word, _, flags = line.partition("\t")
        if int(flags) & _LOWER and not int(flags) & _UPPER_INSIDE:
            common.add(word)
    return Punkt(
        abbreviations=frozenset(_lines(folder / "abbrev_types.txt")),
        starters=frozenset(_lines(folder / "sent_starters.txt")),
        common=frozenset(common),
    )


def bundled(name: str) -> Path:
    """A folder that llama-index-core carries, found without importing it (0.8 s)."""
    found = find_spec("llama_index.core")
    for place in (found.submodule_search_locations or ()) if found else ():
        if (path := Path(place) / "_static" / name).is_dir():
            return path
    raise IndexingError(
        f"The folder _static/{name} of llama-index-core is missing: install the package again."
    )


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text("utf-8").splitlines() if line]
