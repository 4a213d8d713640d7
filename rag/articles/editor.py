"""The editor's word: ``metadata.toml`` beside the articles, one table for each file.

::

    ["2014-kerry.txt"]
    title = "Kerry In Brussels"       # any of these keys, none is required
    publisher = "RFE/RL"
    author = "A. Writer"
    published = 2014-06-25            # a TOML date, or "2014-06", or "2014"
    language = "en"

What it says outranks everything that was read from a file. A key it may not hold, a file
that is not there or a date that is none is an error that names the place.
"""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path

from rag.articles.dates import parse_date
from rag.articles.draft import Draft, DraftDate
from rag.articles.normalise import one_line
from rag.types import DateOrigin, TitleOrigin

METADATA_FILE = "metadata.toml"
_KEYS = ("title", "publisher", "author", "published", "language")
_MAX_BYTES = 4 * 2**20


@dataclass(frozen=True, kw_only=True, slots=True)
class EditorEntry:
    """What the editor says of one file."""

    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    published: DraftDate | None = None
    language: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class EditorNotes:
    """The readable entries of one ``metadata.toml``, by file name, and what is wrong with it."""

    entries: dict[str, EditorEntry] = field(default_factory=dict)
    errors: tuple[str, ...] = ()


def read_notes(folder: Path) -> EditorNotes:
    """The notes beside the files of a folder; none where there is no ``metadata.toml``."""
    path = folder / METADATA_FILE
    try:
        if not path.is_file():
            return EditorNotes()
        if path.stat().st_size > _MAX_BYTES:
            return EditorNotes(
                errors=(f"{METADATA_FILE} is larger than {_MAX_BYTES:,} bytes; split the folder.",)
            )
        tables = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        return EditorNotes(
            errors=(f"{METADATA_FILE} cannot be read: {error}; it must be TOML in UTF-8.",)
        )
    entries: dict[str, EditorEntry] = {}
    errors: list[str] = []
    for name, table in tables.items():
        fault = _fault(folder, name, table)
        if fault is not None:
            errors.append(fault)
            continue
        entry = _entry(table)
        if isinstance(entry, str):
            errors.append(f"{METADATA_FILE}, table {name!r}: {entry}")
        else:
            entries[name] = entry
    return EditorNotes(entries=entries, errors=tuple(errors))


def apply_notes(draft: Draft, entry: EditorEntry | None) -> Draft:
    """The draft with the editor's word in place of what was read."""
    if entry is None:
        return draft
    if entry.title is not None:
        draft = replace(draft, title=entry.title, title_origin=TitleOrigin.EDITOR)
    return replace(
        draft,
        publisher=entry.publisher or draft.publisher,
        author=entry.author or draft.author,
        date=entry.published or draft.date,
        language=entry.language or draft.language,
    )


def _fault(folder: Path, name: str, table: object) -> str | None:
    if not isinstance(table, dict):
        return (
            f"{METADATA_FILE}: {name!r} stands outside a table; "
            'put it under the file\'s own table, such as ["a.txt"].'
        )
    if "/" in name or "\\" in name or not (folder / name).is_file():
        return (
            f"{METADATA_FILE} names {name!r}, and no such file lies beside it; name a file of "
            f"the same folder."
        )
    if name.lower().endswith((".jsonl", ".jsonl.gz")):
        return (
            f"{METADATA_FILE} names the dump {name!r}, whose records carry their own fields; "
            "write them there."
        )
    unknown = sorted(set(table) - set(_KEYS))
    if unknown:
        return (
            f"{METADATA_FILE}, table {name!r}: unknown key {unknown[0]!r}; allowed are "
            f"{', '.join(_KEYS)}."
        )
    return None


def _entry(table: dict[str, object]) -> EditorEntry | str:
    words: dict[str, str] = {}
    for key in ("title", "publisher", "author", "language"):
        value = table.get(key)
        if value is None:
            continue
        if not isinstance(value, str) or not one_line(value):
            return f"{key} is {value!r}; it must be a text in quotation marks."
        words[key] = one_line(value)
    published = table.get("published")
    date = None
    if published is not None:
        wording = published.isoformat() if isinstance(published, dt.date) else str(published)
        found = parse_date(wording)
        if found is None or (found.month is None and not wording.strip().isdigit()):
            return (
                f"published is {published!r}; it must be a date such as "
                '2014-06-25, "2014-06" or "2014".'
            )
        date = DraftDate.of(found, f"{METADATA_FILE}: {wording}", DateOrigin.EDITOR, in_text=False)
    return EditorEntry(published=date, **words)
