"""The agencies that an article was made from: 'With reporting by Reuters, AP and dpa'.

Such a line stands apart from the prose and is no part of the body, but of the text: it is read
where it is asked for.
"""

from __future__ import annotations

import re

from rag.types import Article

_LONGEST = 160  # characters of such a line
_WITH = re.compile(
    r"^[^\S\n]*[(\[*–—-]*[^\S\n]*(?P<line>(?:(?:with|includes|contains)\s+(?:additional\s+|further\s+)?"
    r"(?:reporting|material|information|files|input|agency\s+reports)|"
    r"(?:additional|further)\s+reporting|"
    r"(?:compiled|based|written|adapted)\s+(?:on|from)\s+(?:the\s+)?(?:reporting|reports?|material|information))"
    r"\s+(?:by|from|of)\s+(?P<who>[^\n]{2,120}?))[^\S\n]*[.)\]]*[^\S\n]*$",
    re.IGNORECASE | re.MULTILINE,
)
# A list of names has no clause in it.
_PROSE = re.compile(r",\s+[a-z]+\s+[a-z]+|\b(?:was|were|is|are|has|had|said|will)\b")


def credits_of(article: Article) -> tuple[int, int, str] | None:
    """Where the line starts and ends, and whom it names; None where there is none."""
    for found in _WITH.finditer(article.text):
        if found.end() - found.start() <= _LONGEST and not _PROSE.search(found["who"]):
            return found.start("line"), found.end("line"), found["who"]
    return None
