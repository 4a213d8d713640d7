"""Bytes become text, or one clear sentence says why not.

UTF-8 first, then what a byte order mark or the text's own statistics name. Binary files
are told apart before anything is guessed. Nothing is decoded with replacement characters:
a wrong letter in a quote is worse than a file that is turned down.
"""

from __future__ import annotations

import codecs
import re

from rag.errors import ArticleError

_MAGIC = {
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP or Office file",
    b"\x1f\x8b": "gzip data",
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x7fELF": "a program",
    b"SQLite format 3": "a database",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAX_CONTROLS = 0.02  # share of control bytes above which a file is not text
_SAMPLE = 1 << 16
_ALLOWED = "allowed is plain text in UTF-8, UTF-16 or a common national encoding"
_CONTROLS = bytes(sorted(set(range(32)) - {8, 9, 10, 12, 13, 27}))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset=[\"']?\s*([A-Za-z0-9_.:-]{2,30})", re.IGNORECASE)


def decode(data: bytes) -> str:
    """The text of a file's bytes. Raises `ArticleError` with one sentence fit for a user."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding)
    refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _guess(data, error)


def decode_html(data: bytes) -> str:
    """Like `decode`, but the encoding that a page names for itself goes before a guess."""
    named = _CHARSET.search(data[:4096])
    if named is not None:
        try:
            return data.decode(named.group(1).decode("ascii"))
        except (UnicodeDecodeError, LookupError):
            return decode(data)  # the page is wrong about itself
    return decode(data)


def refuse_binary(data: bytes) -> None:
    """Raise `ArticleError` where the bytes are plainly no text."""
    for magic, what in _MAGIC.items():
        if data.startswith(magic):
            raise ArticleError(
                f"The file holds {what}, not text; {_ALLOWED}; save it under its proper file name "
                "or export its text."
            )
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    looks_utf16 = sample[1::2].count(0) > 0.4 * len(sample) / 2 or sample[::2].count(0) > 0.2 * len(
        sample
    )
    if sample and (b"\x00" in sample or controls / len(sample) > _MAX_CONTROLS):
        hint = " (it may be UTF-16 without a byte order mark)" if looks_utf16 else ""
        raise ArticleError(
            f"The file is binary, not text{hint}; {_ALLOWED}; export its text as UTF-8."
        )


def _guess(data: bytes, error: UnicodeDecodeError) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(data[: 1 << 20]).best()
    if best is not None and best.chaos < 0.1:
        try:
            return data.decode(best.encoding)
        except (UnicodeDecodeError, LookupError):
            best = None
    raise ArticleError(
        f"The file is not UTF-8 (byte {error.start} is 0x{data[error.start]:02x}) and its encoding "
        f"cannot be told; {_ALLOWED}; save it as UTF-8."
    ) from error


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"The file says it is {encoding.upper()} but breaks off or is damaged at byte "
            f"{error.start}; "
            f"{_ALLOWED}; save it again as UTF-8."
        ) from error
