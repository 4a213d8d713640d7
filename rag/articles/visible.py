"""Takes out of a page what nobody who reads it sees: a place for orders to whoever indexes it.

    trafilatura.bare_extraction(visible(page))

Elements that are hidden by attribute or by a style of their own go: ``hidden``, templates,
letters of no size, no opacity. What style sheets and scripts hide is not known here, nor is
white on white. A page that shows itself only when its scripts run hides its whole story at
first; so what holds half of the words stays.
"""

from __future__ import annotations

import re
from typing import Any

_HINT = re.compile(
    r"<template\b|<[^>]*\shidden[\s=>/]|"
    r"(?:font-size|opacity)\s*:\s*0(?![.\d])|visibility\s*:\s*hidden|display\s*:\s*none",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"(?:^|[;\s])(?:(?:font-size|opacity)\s*:\s*0(?:\.0+)?(?:[a-z]{2,3}|%)?\s*(?:!\s*\w+\s*)?(?:;|$)|"
    r"visibility\s*:\s*hidden|display\s*:\s*none)",
    re.IGNORECASE,
)
_STORY = 0.5  # of the page's words: an element with more is the story, however it is hidden


def visible(page: str) -> Any:
    """The page, or an lxml tree of it without its hidden elements where it may have any."""
    if not _HINT.search(page):
        return page
    from trafilatura import load_html

    tree = load_html(page)
    if tree is None:
        return page
    most = _STORY * len(tree.text_content())
    hidden = [one for one in tree.iter() if isinstance(one.tag, str) and _is_hidden(one)]
    for element in hidden:
        inside = element.getparent() is not None and element is not tree
        if inside and len(element.text_content()) < most:
            element.drop_tree()
    return tree


def _is_hidden(element: Any) -> bool:
    if element.tag == "template" or "hidden" in element.attrib:
        return bool(element.get("hidden") != "until-found")
    return bool(_UNSEEN.search(element.get("style") or ""))
