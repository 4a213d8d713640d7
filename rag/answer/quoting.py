"""How an article's words stand in an answer's text: read as they are, never as syntax of ours.

`shown` is used for whatever an article, a reader or a file name supplies to `Answer.text`, a
statement or a note. A number in square brackets becomes one in round ones, for [3] in a text
is a citation of ours and of nobody else; the signs that Markdown and HTML would take for an
image, a link or a tag are set apart. Words, numbers and punctuation stay. A citation's
``quote`` is never touched: it is what the article holds, character by character.
"""

from __future__ import annotations

import re

# Every kind of bracket that a page, a model or a reader may take for a marker's.
_NUMBERED = re.compile(r"[\[［【〔⟦〚]\s*(\^?\d[\d\s,;.–-]*?)\s*[\]］】〕⟧〛]")
_TAG = re.compile(r"<(?=[/!?A-Za-z])")
_APART = (("![", "! ["), ("](", "] ("), ("][", "] ["), ("]:", "] :"))


def shown(words: str) -> str:
    """The words with nothing in them that can be taken for a marker, an image, a link or a tag."""
    words = _TAG.sub("‹", _NUMBERED.sub(r"(\1)", words))
    for signs, apart in _APART:
        words = words.replace(signs, apart)
    return words
