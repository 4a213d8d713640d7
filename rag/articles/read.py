"""The one door: paths and addresses become articles, one at a time.

::

    for item in read_articles(["seeds", "dump.jsonl.gz", "https://example.org/story"]):
        ...  # an Article, or a Rejected that says in one sentence why it is none

Folders are read recursively and sorted; hidden files, ``README.md`` and ``metadata.toml``
are no articles. Nothing raises: every input that cannot become an article is a `Rejected`,
and the others go on. Duplicates are not looked for here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache, partial
from pathlib import Path

from rag.articles.assemble import assemble, url_key
from rag.articles.decode import decode, decode_html
from rag.articles.draft import Draft
from rag.articles.dump import read_dump
from rag.articles.editor import METADATA_FILE, EditorNotes, apply_notes, read_notes
from rag.articles.html import read_html
from rag.articles.markdown import read_markdown
from rag.articles.page import read_page
from rag.articles.pdf import read_pdf
from rag.articles.publisher import by_host
from rag.articles.urls import date_in_url, fetch, is_url
from rag.errors import ArticleError
from rag.settings import ReadSettings
from rag.types import Article, Rejected

ALLOWED = ".txt, .md, .html, .htm, .pdf, .jsonl and .jsonl.gz"
_SKIPPED = {
    METADATA_FILE,
    "readme.md",
    "readme.txt",
    "readme",
    "license",
    "license.txt",
    "license.md",
}
_FORMATS: dict[str, Callable[[bytes, ReadSettings], Draft]] = {
    ".txt": lambda data, _: read_page(decode(data)),
    ".md": lambda data, _: read_markdown(decode(data)),
    ".markdown": lambda data, _: read_markdown(decode(data)),
    ".html": lambda data, _: read_html(decode_html(data)),
    ".htm": lambda data, _: read_html(decode_html(data)),
    ".pdf": lambda data, settings: read_pdf(data, settings.max_article_chars),
}
_OF_CONTENT_TYPE = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
}


def read_articles(
    paths: Iterable[str | Path], settings: ReadSettings | None = None
) -> Iterator[Article | Rejected]:
    """Every article of the paths and addresses, in order, and what could not become one."""
    settings = settings or ReadSettings()
    notes = lru_cache(maxsize=None)(read_notes)
    told: set[Path] = set()
    for argument in paths:
        name = str(argument)
        if is_url(name):
            yield _guarded(name, partial(_from_url, name, settings))
            continue
        path = Path(argument)
        try:
            if path.is_dir():
                files = _walk(path)
                root = path.resolve()
            elif path.exists():
                files = [path]
                root = path.resolve().parent
            else:
                yield Rejected(
                    source=name, reason=f"There is no file or folder {name!r}; check the path."
                )
                continue
        except (OSError, ValueError) as error:
            yield Rejected(
                source=name,
                reason=f"The path cannot be read ({error}); check it and its permissions.",
            )
            continue
        if not files:
            yield Rejected(
                source=name, reason=f"The folder holds no articles; allowed are {ALLOWED}."
            )
        for file in files:
            found = notes(file.parent)
            if file.parent not in told:
                told.add(file.parent)
                for fault in found.errors:
                    yield Rejected(source=str(file.parent / METADATA_FILE), reason=fault)
            yield from _from_file(file, _key(file, root), found, settings)


def _walk(folder: Path) -> list[Path]:
    """The files of a folder that may be articles, sorted; nothing hidden, no notes about them."""
    found = []
    for path in folder.rglob("*"):
        inner = path.relative_to(folder).parts
        if any(part.startswith((".", "~")) for part in inner) or path.name.casefold() in _SKIPPED:
            continue
        if path.is_file() or (path.is_symlink() and not path.exists()):
            found.append(path)
    return sorted(found, key=lambda path: path.relative_to(folder).parts)


def _key(file: Path, root: Path) -> str:
    """What identifies a file for ever: the folder's own name and the path below it."""
    try:
        below = file.resolve().relative_to(root).as_posix()
    except ValueError:
        below = file.name  # a link that leads out of the folder
    return f"{root.name}/{below}"


def _from_file(
    file: Path, key: str, notes: EditorNotes, settings: ReadSettings
) -> Iterator[Article | Rejected]:
    source = str(file)
    name = file.name.lower()
    if name.endswith((".jsonl", ".jsonl.gz")):
        yield from read_dump(file, key=key, source=source, settings=settings)
        return
    yield _guarded(source, partial(_one, file, key, notes, settings))


def _one(file: Path, key: str, notes: EditorNotes, settings: ReadSettings) -> Article:
    reader = _FORMATS.get(file.suffix.lower())
    if reader is None:
        kind = f"Files of type {file.suffix!r}" if file.suffix else "Files without a type"
        raise ArticleError(
            f"{kind} are not read; allowed are {ALLOWED}; convert the file or leave it out."
        )
    size = file.stat().st_size
    if size > settings.max_file_bytes:
        raise ArticleError(
            f"The file has {size:,} bytes; at most {settings.max_file_bytes:,} are allowed; "
            "split it, or raise read.max_file_bytes."
        )
    if not file.is_file():
        raise ArticleError("This is no regular file; give a file that can be read to its end.")
    data = file.read_bytes()
    if not data.strip():
        raise ArticleError(
            "The file is empty; an article needs at least one paragraph of prose; fill or "
            "remove it."
        )
    draft = apply_notes(reader(data, settings), notes.entries.get(file.name))
    return assemble(draft, key=key, source=str(file), settings=settings)


def _from_url(url: str, settings: ReadSettings) -> Article:
    data, kind, final = fetch(url, settings.max_file_bytes)
    suffix = _OF_CONTENT_TYPE.get(kind)
    if suffix is None:
        raise ArticleError(
            f"The address holds {kind!r}; allowed are web pages, plain text and PDF; save it "
            "as a file of an allowed type."
        )
    draft = (
        read_html(decode_html(data), final)
        if suffix == ".html"
        else _FORMATS[suffix](data, settings)
    )
    draft = draft.with_missing(publisher=by_host(final), date=date_in_url(final))
    return assemble(draft, key=url_key(url), source=url, settings=settings)


def _guarded(source: str, read: Callable[[], Article]) -> Article | Rejected:
    """An article, or why there is none, whatever happens on the way."""
    try:
        return read()
    except ArticleError as error:
        return Rejected(source=source, reason=str(error))
    except OSError as error:
        return Rejected(
            source=source,
            reason=f"The file cannot be read ({error.strerror or error}); check that it is "
            "there and its permissions.",
        )
    except (ValueError, RecursionError, MemoryError) as error:
        return Rejected(
            source=source,
            reason=f"The file cannot be understood ({type(error).__name__}: "
            f"{str(error)[:120]}); export its text as .txt in UTF-8.",
        )
