"""'What did Berg say about Peru?': the sentence that speaks of Peru, not the one that names Berg.

A speech is told in several sentences, of which the first names the speaker and the next ones
the topics. The reader often takes the first.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.retrieve.expect import Expect
from rag.retrieve.words import content, keys
from rag.types import Passage, Reading

_ABOUT = re.compile(
    r"\b(?:say|said|says|tell|told|tells|think|thinks|write|wrote|claim|claimed|warn|warned|argue|argued)\b"
    r"[^?]*?\b(?:about|on|of|regarding|concerning)\s+(?P<topic>[^?]+)",
    re.IGNORECASE,
)


def on_topic(question: str, kind: Expect, passage: Passage, reading: Reading) -> Reading:
    """The reading with the next sentence on the topic asked for, where its own has none of it."""
    asked = _ABOUT.search(question) if kind is Expect.QUOTE else None
    if asked is None or reading.sentence is None:
        return reading
    topic = {token.key for token in content(asked["topic"])}
    if not topic:
        return reading
    start, end = reading.sentence
    if topic & keys(passage.text[start - passage.start : end - passage.start]):
        return reading
    for first, last in passage.sentences:
        if first >= end and topic & keys(
            passage.text[first - passage.start : last - passage.start]
        ):
            return replace(reading, start=None, end=None, sentence=(first, last))
    return reading
