"""Makes a reply's text plain: nothing in it can be drawn as a picture, a link or a tag.

A model that was led astray may write an image or a link whose address carries words of the
conversation to another host. Addresses are taken out of the text itself, so that no page,
terminal or program that shows an answer has to know.
"""

from __future__ import annotations

import re

REMOVED = "(address removed)"
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,300}\])")
_ADDRESS = re.compile(
    r"(?:\b[a-z][a-z0-9+.-]{1,20}:/{1,3}|(?<!\w)//(?=[\w.-]+\.[a-z]{2,})|\bwww\.|"
    r"\b(?:javascript|data|mailto|vbscript|file):(?=\S))[^\s<>\"'“”\]]*",
    re.IGNORECASE,
)
_TAG = re.compile(r"<[/!?]?[a-z][^<>]{0,2000}>|<!--.{0,2000}?-->", re.IGNORECASE | re.DOTALL)
_OPEN_TAG = re.compile(r"<(?=[/!?a-z])", re.IGNORECASE)
_REFERENCE = re.compile(r"^\s*\[[^\]\n]{1,300}\]:\s*")
# Numbers in brackets are citations of ours alone; what code or a quotation holds is not one.
_FORGED = re.compile(r"[\[【［]\s*(\d[\d\s,;.–-]*?)\s*[\]】］]")
_EMPTY = re.compile(r"[\[(【]\s*[\])】]")
_EMPHASIS = re.compile(r"(?<!\w)(\*{1,3}|_{2,3})(?=\S)|(?<=\S)(\*{1,3}|_{2,3})(?!\w)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_SPACE_BEFORE = re.compile(r"\s+([.,;:!?])(?=\s|$)")


def plain(text: str) -> str:
    """The words of a sentence without images, links, addresses, tags and emphasis."""
    text = _CONTROL.sub("", text)
    # What is taken out may join what stood around it: again, until nothing is left to take.
    while (less := _taken_out(text)) != text:
        text = less
    return text


def _taken_out(text: str) -> str:
    text = _EMPHASIS.sub("", text)
    text = _TAG.sub(" ", text)
    text = _IMAGE_OR_LINK.sub(r"\1", text)
    text = _REFERENCE.sub("", text)
    text = _ADDRESS.sub(REMOVED, text)
    text = _OPEN_TAG.sub("‹", text)
    # What is left of syntax that was cut in two by a sentence's end.
    text = text.replace("![", "! [").replace("](", "] (").replace("][", "] [")
    text = _FORGED.sub(r"(\1)", text)
    text = _EMPTY.sub("", text)
    return " ".join(_SPACE_BEFORE.sub(r"\1", text).split())
