"""Questions that ask which reader wrote something: 'Which commenter called for an inquiry?'.

What answers them is no words of a comment but the name above it.
"""

from __future__ import annotations

import re

_READERS = r"(?:readers?|commenters?)\b(?!['’])"
_COMMENTS = r"the\s+comments?(?:\s+section)?"
_WHICH = re.compile(
    rf"^(?:in\s+{_COMMENTS},?\s+)?(?:"
    rf"(?:which|what)\s+(?:of\s+the\s+|other\s+)?{_READERS}"
    rf"|(?:who|which)\s+(?:in\s+{_COMMENTS}|(?:among|of)\s+the\s+{_READERS})"
    rf"|who\s+.+\s+in\s+{_COMMENTS}\s*\??$"
    rf"|(?:what\s+(?:is|was)\s+)?the\s+name\s+of\s+the\s+{_READERS})",
    re.IGNORECASE,
)


def asks_whose_comment(question: str) -> bool:
    """Whether a question asks for the reader who wrote a comment."""
    return _WHICH.match(" ".join(question.split())) is not None
