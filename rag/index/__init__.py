"""The index room: an Article becomes searchable.

Passages are cut (`rag.index.passages`), embedded (`rag.index.encoder`) and kept in three
stores behind one door, `Index`: the catalogue (SQLite, the truth), vectors (Chroma) and
terms (tantivy). Nothing outside this room knows which libraries stand behind it.

Importing this package is cheap; `Index` is loaded when first asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.index.index import Index

__all__ = ["Index"]


def __getattr__(name: str) -> Any:
    """Load `Index` on first use, so that importing a sibling does not pay for its libraries."""
    if name == "Index":
        from rag.index.index import Index

        return Index
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
