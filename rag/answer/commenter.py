"""Questions that ask which reader wrote something: 'Which commenter called for an inquiry?'.

What answers them is no words of a comment but the name above it.
"""

from __future__ import annotations

import re

_READER = r"(?:reader|commenter|commentator|poster|user)s?"
_WHICH = re.compile(
    rf"^(?:(?:in|among)\s+the\s+comments?,?\s+)?(?:"
    rf"(?:which|what)\s+(?:of\s+the\s+|other\s+)?{_READER}\b(?!\s+(?:interface|account|data|base|name))"
    rf"|(?:who|which)\s+(?:in|among|of)\s+(?:the\s+)?(?:comments?(?:\s+section)?|{_READER})\b"
    rf"|who\s+(?:wrote|writes|posted|commented|said|says|claim\w*|argue\w*|asks?|asked)\b.*\bin\s+(?:the|a|his|her|their)\s+comments?\b"
    rf"|(?:what\s+(?:is|was)\s+)?the\s+name\s+of\s+the\s+{_READER}\b)",
    re.IGNORECASE,
)


def asks_whose_comment(question: str) -> bool:
    """Whether a question asks for the reader who wrote a comment."""
    return _WHICH.match(" ".join(question.split())) is not None
