"""'What did Berg say about Peru?': the sentence that speaks of Peru, not the one that names Berg.

A speech is told in several sentences, of which the first names the speaker and the next ones
the topics. The reader often takes the first.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.retrieve.expect import Expect
from rag.retrieve.words import akin, content, keys
from rag.types import Passage, Reading

_ABOUT = re.compile(r".*\b(?:about|regarding|concerning)\s+(?P<topic>[^?]+)", re.IGNORECASE)
# What comes behind a topic and is none: 'about Peru in May', 'about Peru after the vote'.
_BEHIND = re.compile(r"\s(?:in|on|at|after|before|during|when|while|since|to)\s.*$", re.IGNORECASE)
_FAR = 2  # sentences behind the reader's own that are looked at


def on_topic(question: str, kind: Expect, passage: Passage, reading: Reading) -> Reading:
    """The reading with the next sentence on the topic asked for, where its own has none of it."""
    asked = _ABOUT.match(question) if kind is Expect.QUOTE else None
    if asked is None or reading.sentence is None:
        return reading
    topic = {token.key for token in content(_BEHIND.sub("", asked["topic"]))}
    start, end = reading.sentence
    if not topic or (topic | akin(topic)) & keys(
        passage.text[start - passage.start : end - passage.start]
    ):
        return reading
    following = [span for span in passage.sentences if span[0] >= end]
    for first, last in following[:_FAR]:
        if topic <= keys(passage.text[first - passage.start : last - passage.start]):
            return replace(reading, start=None, end=None, sentence=(first, last))
    return reading
