"""What a conversation speaks of, most present first.

`salient` gathers the mentions of all turns, makes one of those that mean the same thing
('Kerry' and 'John Kerry'), and tells how present each still is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer.followup_mentions import WORD, is_capital, mentions, stripped
from rag.answer.followup_names import Mention, Sort
from rag.retrieve.words import key
from rag.types import Turn

# How present a mention is, by where it stands; found by search over the dev half of
# ``evals/bench/followups.py``. A turn back fades all; what is named again and again stays.
FADE, SUBJECT, ASKED, SHORT, TOLD_FIRST, TOLD, AGAIN = 0.88, 3.0, 2.2, 2.4, 1.8, 0.6, 0.4


def salient(turns: Sequence[Turn]) -> list[Mention]:
    """Everything that the conversation speaks of, most present first, one entry each."""
    gathered: list[Mention] = []
    known = frozenset(
        w
        for turn in turns
        for source in (turn.effective_question, turn.answer)
        for m in mentions(source)
        if m.named and m.start > 0
        for w in m.words
        if len(w) > 3
    )
    for back, turn in enumerate(reversed(turns)):
        fade = FADE**back
        asked = mentions(turn.effective_question, known)
        told = mentions(turn.answer, _capitalised(turn.answer, known))
        short = mentions(turn.short) if turn.short else []
        evidence = _evidence(turn)
        for rank, m in enumerate(asked):
            weight = SUBJECT if rank == 0 else ASKED
            gender = m.gender or (evidence if m.named and not _holds(turn.question, m) else None)
            gathered.append(replace(m, score=fade * weight, gender=gender))
        # 'Who supported it?' makes the answer the subject of what follows.
        subject = re.match(
            r"\s*who\s+(?!(?:is|was|are|were|did|do|does|will|has|had)\b)",
            turn.effective_question,
            re.IGNORECASE,
        )
        weight = SUBJECT + 0.4 if subject else SHORT
        gathered += [replace(m, score=fade * weight) for m in short]
        gathered += [
            replace(m, score=fade * (TOLD if rank else TOLD_FIRST)) for rank, m in enumerate(told)
        ]
    return sorted(_merged(gathered), key=lambda m: -m.score)


def _capitalised(text: str, known: frozenset[str]) -> frozenset[str]:
    """Those of the known names that the text writes with a capital: articles do not drop it."""
    return frozenset(key(stripped(w)) for w in WORD.findall(text) if is_capital(w)) & known


def _holds(text: str, mention: Mention) -> bool:
    return mention.text.lower() in text.lower()


def _evidence(turn: Turn) -> str | None:
    """The pronoun that a name took the place of in this turn."""
    if turn.question == turn.effective_question:
        return None
    if re.search(r"\b(?:he|him|his)\b", turn.question, re.IGNORECASE):
        return "he"
    return "she" if re.search(r"\b(?:she|her|hers)\b", turn.question, re.IGNORECASE) else None


def _merged(found: Sequence[Mention]) -> list[Mention]:
    """One entry for all mentions of a thing: 'Kerry' and 'John Kerry' are one."""
    out: list[Mention] = []
    for mention in sorted(found, key=lambda m: -len(m.words)):
        for index, other in enumerate(out):
            if _same(other, mention):
                best = max(other.score, mention.score)
                out[index] = replace(
                    other,
                    score=best + AGAIN * min(other.score, mention.score),
                    gender=other.gender or mention.gender,
                    sort=other.sort if other.sort is not Sort.UNKNOWN else mention.sort,
                    plural=other.plural or mention.plural,
                    the=other.the or mention.the,
                )
                break
        else:
            out.append(mention)
    return out


def _same(longer: Mention, shorter: Mention) -> bool:
    if longer.words == shorter.words:
        return longer.named == shorter.named
    if not (longer.named and shorter.named) or longer.plural != shorter.plural:
        return False
    if longer.sort in (Sort.GROUP, Sort.PLACE, Sort.WORK) or len(longer.words) > 4:
        return False
    return len(shorter.words) == 1 and shorter.words[0] in (longer.words[-1], longer.words[0])
