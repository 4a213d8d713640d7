"""A question as it comes in: checked and bounded before anything looks at it.

Control characters go, white space is folded, length is bounded. What cannot be a question
raises `QuestionError` with a sentence that tells how to mend it.
"""

from __future__ import annotations

import unicodedata

from rag.errors import QuestionError


def checked(question: object, most: int) -> str:
    """The question as plain text of at most ``most`` characters.

    Raises `QuestionError` where it is not text, holds no letter or digit, or is too long.
    """
    if not isinstance(question, str):
        raise QuestionError(
            f"A question must be text, not {type(question).__name__}: "
            'write it as a string, "Who led NATO?".'
        )
    # Bound the work before any is done on hostile input.
    if len(question) > most * 4 or len(text := _plain(question)) > most:
        raise QuestionError(
            f"The question has {len(question):,} characters; at most {most:,} are allowed: "
            "ask something shorter."
        )
    if not any(c.isalnum() for c in text):
        raise QuestionError("The question is empty: write at least one word.")
    return text


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    kept = (
        " " if unicodedata.category(c) in {"Cc", "Zl", "Zp", "Zs"} else c
        for c in text
        if unicodedata.category(c) not in {"Cf", "Cs", "Co", "Cn"} or c == "\u200d"
    )
    return " ".join("".join(kept).split())
