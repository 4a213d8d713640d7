"""A PDF's text layer becomes plain text with whole paragraphs.

pypdf is imported on first use. The date on which a PDF file was made says nothing about
its article, so it is not taken.
"""

from __future__ import annotations

import io
import logging
import re

from rag.articles.draft import Draft
from rag.articles.normalise import normalise, one_line
from rag.articles.page import read_page
from rag.errors import ArticleError

_MAX_PAGES = 2_000
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’)]*$")
_BAD_TITLE = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|tex|html?)$|^(?:untitled|microsoft word|document\d*|print)\b",
    re.IGNORECASE,
)


def read_pdf(data: bytes, max_chars: int) -> Draft:
    """The article in a PDF. Raises `ArticleError` where it has no text or is encrypted."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ArticleError(
                "The PDF is encrypted; only PDFs that open without a password are read; save "
                "it without one."
            )
        if len(reader.pages) > _MAX_PAGES:
            raise ArticleError(
                f"The PDF has {len(reader.pages):,} pages; at most {_MAX_PAGES:,} are "
                "allowed; split it."
            )
        pages: list[str] = []
        size = 0
        for page in reader.pages:
            pages.append(page.extract_text() or "")
            size += len(pages[-1])
            if size > 2 * max_chars:
                break  # too long in any case, which the assembler says with its number
        info = reader.metadata
        title = one_line(str(info.title)) if info is not None and info.title else ""
        author = one_line(str(info.author)) if info is not None and info.author else ""
    except ArticleError:
        raise
    except (
        PyPdfError,
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        NotImplementedError,
        OverflowError,
        AssertionError,
    ) as error:
        raise ArticleError(
            f"The PDF cannot be read ({type(error).__name__}); it may be damaged or "
            "encrypted; save it again or export its text."
        ) from error
    if not any(page.strip() for page in pages):
        raise ArticleError(
            "The PDF holds no text, only pictures of pages; run it through text recognition "
            "(OCR) first."
        )
    draft = read_page("\n\n".join(map(paragraphs, pages)))
    if _BAD_TITLE.search(title) or len(title.split()) < 2:
        title = ""
    return draft.with_missing(title=title or None, author=author or None)


def paragraphs(page: str) -> str:
    """The lines of a page joined into paragraphs: one ends at a short line that ends a sentence."""
    lines = list(normalise(page).split("\n"))
    widths = sorted(len(line) for line in lines if line)
    if not widths:
        return ""
    wide = widths[int(0.8 * (len(widths) - 1))]
    out: list[str] = []
    fresh = True
    for line in lines:
        if not line:
            fresh = True
            continue
        if fresh or not out:
            out.append(line)
        elif out[-1].endswith("-") and line[:1].islower():
            out[-1] = out[-1][:-1] + line
        else:
            out[-1] += " " + line
        fresh = len(line) < 0.75 * wide and (
            bool(_SENTENCE_END.search(line)) or len(line) < 0.6 * wide
        )
    return "\n\n".join(out)
