"""The smallest pieces of HTML: escaped text and nothing else; pure.

Everything that comes from an article, a file name or a user passes `esc` before it reaches
a page. Text of either direction stands in an element of its own (``<bdi>`` or
``dir="auto"``), so that a right-to-left title or an override sign cannot turn what stands
around it.
"""

from __future__ import annotations

import html
import re

# Controls that HTML forbids, and halves of surrogate pairs, which UTF-8 cannot hold; the
# length is kept, so that offsets still count.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


def esc(text: str) -> str:
    """The text, fit for an element's content or a quoted attribute."""
    return html.escape(_FORBIDDEN.sub("\ufffd", text), quote=True)


def isolated(text: str) -> str:
    """Text inside a line of other text, kept from turning it round."""
    return f"<bdi>{esc(text)}</bdi>"


def shortened(text: str, limit: int) -> str:
    """At most ``limit`` characters, cut at a word where there is one, with an ellipsis."""
    flat = " ".join(text.split())
    if len(flat) <= limit:
        return flat
    cut = flat[: limit - 1]
    return (cut[: cut.rfind(" ")] if " " in cut[limit // 2 :] else cut) + "…"
