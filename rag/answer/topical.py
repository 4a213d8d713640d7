"""'What did Berg say about Peru?': the sentence that speaks of Peru, not the one that names Berg.

A speech is told in several sentences, of which the first names the speaker and the next ones
the topics. The reader often takes the first.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rag.answer.surnames import surname
from rag.retrieve.expect import Expect
from rag.retrieve.words import akin, content, keys
from rag.types import Passage, Reading

_ABOUT = re.compile(r".*\b(?:about|regarding|concerning)\s+(?P<topic>[^?]+)", re.IGNORECASE)
# What comes behind a topic and is none: 'about Peru in May', 'about Peru after the vote'.
_BEHIND = re.compile(r"\s(?:in|on|at|after|before|during|when|while|since|to)\s.*$", re.IGNORECASE)
# What is spoken of everywhere: the place says which.
_SOMEWHERE = re.compile(
    r"(?:the\s+|its\s+|their\s+)?(?:\w+\s+)?(?:situation|war|conflict|crisis|fighting|violence|events|developments|"
    r"unrest|state\s+of\s+affairs|role|presence)\s+(?:in|on|at|around)\s+(?:the\s+)?(?P<place>[A-Z][\w-]+)",
)
_FAR = 2  # sentences behind the reader's own that are looked at


def on_topic(question: str, kind: Expect, passage: Passage, reading: Reading) -> Reading:
    """The reading with the next sentence on the topic asked for, where its own has none of it."""
    topic = topic_of(question, kind)
    if not topic or reading.sentence is None:
        return reading
    start, end = reading.sentence
    if speaks_of(passage.text[start - passage.start : end - passage.start], topic):
        return reading
    following = [span for span in passage.sentences if span[0] >= end][:_FAR]
    before = [span for span in reversed(passage.sentences) if span[1] <= start]
    for first, last in (*following, *before):
        if topic <= keys(passage.text[first - passage.start : last - passage.start]):
            return replace(reading, start=None, end=None, sentence=(first, last))
    return reading


def topic_of(question: str, kind: Expect) -> frozenset[str]:
    """Keys of what somebody is asked to have spoken about; empty for any other question."""
    asked = _ABOUT.match(question) if kind is Expect.QUOTE else None
    if asked is None:
        return frozenset()
    where = _SOMEWHERE.match(asked["topic"])
    about = where["place"] if where else _BEHIND.sub("", asked["topic"])
    return frozenset(token.key for token in content(surname(about.strip()) or about))


def speaks_of(text: str, topic: frozenset[str]) -> bool:
    """Whether a text has any word of a topic, or the seat of a government that is one."""
    return bool((topic | akin(topic)) & keys(text))
