"""Dumps of articles, one JSON object a line, plain or gzipped, read as a stream.

A record has ``text`` and, as far as known, ``url``, ``title``, ``authors``, ``published``
(``publisher``, ``author`` and ``language`` are read too). Its text was extracted already,
so it is cleaned by wording alone. A record that cannot be read is named ``path:line``; the
others go on. A gzip stream may not unpack to more than 200 times its size.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from rag.articles.assemble import assemble, url_key
from rag.articles.dates import parse_date
from rag.articles.draft import Draft, DraftDate
from rag.articles.extracted import read_extracted
from rag.articles.normalise import one_line
from rag.articles.publisher import by_host, by_name
from rag.articles.urls import date_in_url
from rag.errors import ArticleError
from rag.settings import ReadSettings
from rag.types import Article, DateOrigin, Rejected, TitleOrigin

_RATIO = 200  # how often its own size a gzip file may unpack to
_FREE_BYTES = 4 * 2**20  # below this many unpacked bytes no ratio is asked
_MAX_BLANKS = 100_000  # blank lines in a row that a dump may hold
_MAX_FAULTS = 1_000  # faulty lines in a row, after which the rest is not read
_BLANK = b" \t\r\n\xef\xbb\xbf"


def read_dump(
    path: Path, *, key: str, source: str, settings: ReadSettings
) -> Iterator[Article | Rejected]:
    """The articles of a dump, one at a time, and what could not become one."""
    packed = path.suffix.lower() == ".gz"
    try:
        limit = max(path.stat().st_size * _RATIO, _FREE_BYTES) if packed else None
        with cast(IO[bytes], gzip.open(path, "rb") if packed else path.open("rb")) as stream:
            lines = _Lines(stream, limit=limit, longest=16 * settings.max_article_chars)
            yield from _records(lines, key=key, source=source, settings=settings)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        yield Rejected(
            source=source,
            reason=f"The gzip data breaks off or is damaged ({str(error).rstrip('.')}); "
            "the records before it were read; copy the file again.",
        )
    except ArticleError as error:
        yield Rejected(source=source, reason=str(error))
    except OSError as error:
        yield Rejected(
            source=source,
            reason=f"The file cannot be read ({error.strerror or error}); "
            "check that it is there and its permissions.",
        )


class _Lines:
    """Numbered lines of a stream that are not blank, with every bound kept.

    A line that is too long comes as None. What no dump does is an `ArticleError`: to unpack
    to far more than its size, or to hold blank lines without end.
    """

    def __init__(self, stream: IO[bytes], *, limit: int | None, longest: int) -> None:
        self._stream, self._limit, self._longest = stream, limit, longest
        self._read = 0

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        number = blanks = 0
        while line := self._next():
            number += 1
            if not line.strip(_BLANK) and len(line) <= self._longest:
                blanks += 1
                if blanks > _MAX_BLANKS:
                    raise ArticleError(
                        f"The file holds more than {_MAX_BLANKS:,} blank lines in a row; reading "
                        f"stopped at line {number}; check where it comes from."
                    )
                continue
            blanks = 0
            if len(line) <= self._longest:
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = self._next()
            yield number, None

    def _next(self) -> bytes:
        line = self._stream.readline(self._longest + 1)
        self._read += len(line)
        if self._limit is not None and self._read > self._limit:
            raise ArticleError(
                f"The gzip data unpacks to more than {_RATIO} times its size, which no text does; "
                "reading stopped there; check where the file comes from."
            )
        return line


def _records(
    lines: _Lines, *, key: str, source: str, settings: ReadSettings
) -> Iterator[Article | Rejected]:
    found = faults = 0
    for number, line in lines:
        found += 1
        faults += 1
        if faults > _MAX_FAULTS:
            raise ArticleError(
                f"More than {_MAX_FAULTS:,} lines in a row hold no article; reading stopped "
                "at line "
                f'{number}; expected is one JSON object a line with at least a "text".'
            )
        where = f"{source}:{number}"
        if line is None:
            reason = (
                f"The line is longer than {16 * settings.max_article_chars:,} bytes; one record "
                "a line is expected; split the file at its line ends."
            )
            yield Rejected(source=where, reason=reason)
            continue
        try:
            record = _parse(line)
            url = record.get("url")
            identity = url_key(url) if url else f"{key}:{number}"
            yield assemble(draft_of(record), key=identity, source=url or where, settings=settings)
            faults = 0
        except (ArticleError, ValueError) as error:
            yield Rejected(source=where, reason=_sentence(error))
    if not found:
        yield Rejected(
            source=source,
            reason="The file is empty; expected is one JSON object a line with at least a "
            '"text"; fill or remove it.',
        )


def _sentence(error: Exception) -> str:
    if isinstance(error, ArticleError):
        return str(error)
    return f'The record\'s address cannot be understood ({error}); mend or remove its "url".'


def _parse(line: bytes) -> dict[str, str]:
    """The known fields of a record as texts. Raises `ArticleError` where it is none."""
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"The line is not UTF-8 (byte {error.start}); dumps must be UTF-8; convert the file."
        ) from error
    except (ValueError, RecursionError) as error:
        raise ArticleError(
            f"The line is not whole JSON ({_short(error)}); one JSON object a line is "
            "expected; mend or remove it."
        ) from error
    if not isinstance(record, dict):
        raise ArticleError(
            f"The line holds a JSON {type(record).__name__}, not an object; expected is "
            '{"url", "title", "text", "authors", "published"}.'
        )
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        what = "no" if text is None or text == "" else "no usable"
        raise ArticleError(
            f'The record has {what} "text"; it must be a text that is not empty; '
            "add it or remove the record."
        )
    authors = record.get("authors", record.get("author"))
    if isinstance(authors, list):
        authors = ", ".join(str(author) for author in authors if author)
    fields = {"text": text, "authors": authors}
    fields |= {
        name: record.get(name) for name in ("url", "title", "published", "publisher", "language")
    }
    wrong = next((name for name, value in fields.items() if isinstance(value, dict | list)), None)
    if wrong is not None:
        raise ArticleError(
            f"The record's {wrong!r} is a JSON {type(fields[wrong]).__name__}; a text is "
            "expected; mend it."
        )
    return {
        name: str(value)
        for name, value in fields.items()
        if value is not None and str(value).strip()
    }


def draft_of(record: dict[str, str]) -> Draft:
    """The draft of a record whose text was extracted before."""
    title = one_line(record.get("title", ""))
    draft = read_extracted(record["text"], title or None)
    url = record.get("url", "")
    wording = record.get("published", "")
    found = parse_date(wording) if wording else None
    date = DraftDate.of(found, wording, DateOrigin.FIELD) if found is not None else None
    named = one_line(record.get("publisher", ""))
    authors = one_line(record.get("authors", ""))
    return Draft(
        body=draft.body,
        title=title or draft.title,
        title_origin=TitleOrigin.FIELD if title else draft.title_origin,
        publisher=(by_name(named) or named)
        if named
        else (by_host(url) if url else None) or draft.publisher,
        author=authors or draft.author,
        byline=authors or draft.byline,
        date=date or (date_in_url(url) if url else None) or draft.date,
        credit=draft.credit,
        comments=draft.comments,
        language=record.get("language"),
    )


def _short(error: Exception) -> str:
    return str(error).split(":")[0].lower() if isinstance(error, ValueError) else "nested too deep"
