"""A follow-up becomes a question that stands alone, made only of words of the conversation.

    understand("And who did he tell that to?", turns).question

Hanging words ('he', 'that meeting', 'there') are replaced by what they stand for, fragments
('why?', 'and in 2013?', 'what about Russia?') borrow the question before them, and references
to articles ('the other article') get the article's title. A question that stands alone is
returned as it is. The result is checked: it adds no word that the conversation does not
hold, is one sentence, and is bounded; otherwise the question stays as it was asked.

Rules, not a model: English only, and an antecedent that was never named is not found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.followup_articles import refer
from rag.answer.followup_elliptic import clause, complete
from rag.answer.followup_hanging import Hanging, Need, definite, hanging
from rag.answer.followup_mentions import Mention, mentions, salient
from rag.answer.followup_resolve import of_noun, resolve, topic
from rag.retrieve.time import parse_times
from rag.retrieve.words import content, tokens
from rag.types import ArticleInfo, Turn, Understood

MAX_TURNS = 8  # further back nothing is meant
MAX_CHARS = 400  # longest rewrite; a longer question is never rewritten
_GLUE = frozenset("else is told about this besides article story titled named".split())
_ASKING = re.compile(r"^\s*(?:and|but|so|ok|okay|well)[\s,]+(?=\w)", re.IGNORECASE)


def understand(
    question: str, turns: Sequence[Turn], articles: Sequence[ArticleInfo] = ()
) -> Understood:
    """The question as it is to be searched, and the words it took from the conversation.

    ``articles`` are those that the conversation has cited, in the order of citation.
    """
    text = " ".join(question.split())
    if not turns or not text or len(text) > MAX_CHARS:
        return Understood(question=question)
    recent = list(turns)[-MAX_TURNS:]
    made = _rewritten(text, recent, articles)
    if made == text or not _valid(made, text, recent, articles):
        return Understood(question=question)
    own = {t.key for t in tokens(text)}
    added = tuple(dict.fromkeys(t.text for t in tokens(made) if t.key not in own))
    if not added and made.lower().split() == text.lower().split():
        return Understood(question=question)
    return Understood(question=made, changed=True, added=added)


def _rewritten(text: str, turns: Sequence[Turn], articles: Sequence[ArticleInfo]) -> str:
    referred = refer(text, turns, articles)
    whole = complete(referred, turns)
    if whole is not None:
        return whole
    present = salient(turns)
    known = frozenset(w for m in present if m.named for w in m.words if len(w) > 3)
    found = hanging(referred, known)
    made = _replaced(referred, found, present, turns)
    if made == referred and not found:
        made = _anchored(referred, present, known)
    if made == text:
        return text
    made = _ASKING.sub("", made)
    return made[0].upper() + made[1:] if text[0].isupper() else made


def _replaced(
    text: str, found: Sequence[Hanging], present: Sequence[Mention], turns: Sequence[Turn]
) -> str:
    """The question with each hanging word replaced once; the same word again stays as it is."""
    out, end = [], 0
    done: set[tuple[Need, str]] = set()
    for h in found:
        mark = (h.need, h.head)
        new = None if mark in done else _words_for(h, text, present, turns)
        if new is None:
            continue
        done.add(mark)
        out += [text[end : h.start], new]
        end = h.end
    return "".join(out) + text[end:]


def _words_for(
    h: Hanging, text: str, present: Sequence[Mention], turns: Sequence[Turn]
) -> str | None:
    if h.need is Need.TIME:
        return _time(turns)
    if h.need is Need.NOUN:
        return _noun(h, present)
    if h.need is Need.THAT and re.search(
        r"\b(?:say|said|says|tell|told|think|know|claim|announce|believe|mean)\s+(?:\w+\s+)?$",
        text[: h.start],
        re.IGNORECASE,
    ):
        told = clause(turns[-1])
        return f"that {told}" if told else None
    mention = resolve(h, present, text)
    if mention is None and h.need is Need.THEY:
        mention = _together(present)
    if mention is None:
        return None
    if h.need is Need.PLACE:
        return f"in {mention.text}"
    shown = mention.text
    if not mention.named and not re.match(r"(?:the|an?)\b", shown, re.IGNORECASE):
        shown = f"the {shown}"
    if h.possessive:
        shown += "'" if shown.endswith("s") else "'s"
    return shown


def _noun(h: Hanging, present: Sequence[Mention]) -> str | None:
    """'that meeting' becomes what it was called, or gets the name that the talk is about."""
    mention = of_noun(h.head, present)
    if mention is not None and mention.named and mention.text.lower().endswith(h.head.lower()):
        return f"the {mention.text}"
    if mention is not None and mention.named:
        return f"the {h.head} {mention.text}"
    if mention is not None:
        return mention.text if mention.text.lower().startswith("the ") else f"the {mention.text}"
    about = topic(present)
    return f"the {h.head} of {about.text}" if about is not None else None


def _together(present: Sequence[Mention]) -> Mention | None:
    """Two persons of the last exchange, for a 'they' that nothing plural stands for."""
    return next((m for m in present if m.named and not m.plural), None)


def _time(turns: Sequence[Turn]) -> str | None:
    """The time last told, for 'then' and 'at that time'."""
    for turn in reversed(turns[-2:]):
        for source in (turn.short or "", turn.answer, turn.effective_question):
            times = parse_times(source)
            if times:
                return ("on " if times[0].day else "in ") + times[0].text
    return None


def _anchored(text: str, present: Sequence[Mention], known: frozenset[str]) -> str:
    """A question that names nothing gets the name that the conversation is about."""
    if any(m.named for m in mentions(text, known)):
        return text
    about = topic(present)
    if about is None:
        return text
    for h in definite(text):
        mention = of_noun(h.head, present)
        if mention is not None and mention.named:
            return f"{text[: h.end]} {mention.text}{text[h.end :]}"
    if len(content(text)) <= 3:
        return f"{text.rstrip('?!. ')} with {about.text}?"
    return text


def _valid(made: str, text: str, turns: Sequence[Turn], articles: Sequence[ArticleInfo]) -> bool:
    """One bounded sentence that adds nothing the conversation does not hold."""
    if len(made) > MAX_CHARS or re.search(
        r"[.!?]\s+[A-Z]", re.sub(r"\b[A-Z]\w{0,3}\.\s", "", made)
    ):
        return False
    held = {t.key for source in _sources(text, turns, articles) for t in tokens(source)}
    return all(t.key in held or t.text.lower() in _GLUE for t in content(made))


def _sources(text: str, turns: Sequence[Turn], articles: Sequence[ArticleInfo]) -> list[str]:
    out = [text, *(article.title for article in articles)]
    for turn in turns:
        out += [turn.question, turn.effective_question, turn.answer, turn.short or ""]
    return out
