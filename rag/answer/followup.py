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
from dataclasses import replace

from rag.answer.followup_articles import refer
from rag.answer.followup_asked import thing_of
from rag.answer.followup_elliptic import complete
from rag.answer.followup_hanging import definite, hanging
from rag.answer.followup_mentions import mentions
from rag.answer.followup_names import Mention, Sort
from rag.answer.followup_relational import related
from rag.answer.followup_replace import SHORT, replaced
from rag.answer.followup_resolve import of_noun, topic
from rag.answer.followup_salience import salient
from rag.retrieve.time import parse_times
from rag.retrieve.words import content, key, tokens
from rag.types import ArticleInfo, Turn, Understood

MAX_TURNS = 8  # further back nothing is meant
MAX_WORDS = 1_500  # of all turns that are looked at; the newest count first
MAX_CHARS = 400  # longest rewrite; a longer question is never rewritten
_GLUE = frozenset(
    "in with else is told about this besides article story titled named of when that who".split()
)
_DEFINES = re.compile(
    r"^\s*(?:(?:what|who)\s+(?:is|are|was|were)\s+\w+|what\s+(?:do|does|did)\s+.+\s+mean)\s*\??$",
    re.IGNORECASE,
)
# 'New topic: who led it?' leaves the conversation behind.
_NEW_TOPIC = re.compile(
    r"^(?:ok(?:ay)?[\s,]+)?(?:(?:a\s+)?(?:new|different|another)\s+(?:topic|question|subject)|"
    r"(?:let['’]s\s+)?chang(?:e|ing)\s+(?:the\s+)?(?:topic|subject)|"
    r"on\s+another\s+(?:topic|subject|note)|forget\s+(?:that|it|about\s+(?:that|it)))\s*[:,.;–—-]\s*(?=\w)",
    re.IGNORECASE,
)
_ASKING = re.compile(r"^\s*(?:and|but|so|ok|okay|well)[\s,]+(?=\w)", re.IGNORECASE)


def understand(
    question: str, turns: Sequence[Turn], articles: Sequence[ArticleInfo] = ()
) -> Understood:
    """The question as it is to be searched, and the words it took from the conversation.

    ``articles`` may be all there are: only those that the turns have cited are referred to.
    """
    text = " ".join(question.split())
    if not turns or not text or len(text) > MAX_CHARS:
        return Understood(question=question)
    if fresh := _NEW_TOPIC.match(text):
        rest = text[fresh.end() :]
        return Understood(question=rest[:1].upper() + rest[1:], changed=True)
    recent = _recent(turns)
    articles = _cited(recent, articles)
    made, loose = _rewritten(text, recent, articles)
    if made == text or not _valid(made, text, recent, articles):
        return Understood(question=question)
    own = {t.key for t in tokens(text)}
    added = tuple(dict.fromkeys(t.text for t in tokens(made) if t.key not in own))
    if not added and made.lower().split() == text.lower().split():
        return Understood(question=question)
    return Understood(question=made, changed=True, added=added, loose=loose)


def _recent(turns: Sequence[Turn]) -> list[Turn]:
    """The last turns, as many as the bounds allow; the very last always, cut where it is long."""
    out: list[Turn] = []
    left = MAX_WORDS
    for turn in reversed(turns[-MAX_TURNS:]):
        words = turn.answer.split()
        asked = len(turn.effective_question.split())
        if out and asked + len(words) > left:
            break
        kept = turn if len(words) <= left else replace(turn, answer=" ".join(words[:left]))
        out.append(kept)
        left -= asked + len(words)
    return out[::-1]


def _cited(turns: Sequence[Turn], articles: Sequence[ArticleInfo]) -> list[ArticleInfo]:
    """The articles that the conversation has cited, in the order of first citation."""
    wanted = list(dict.fromkeys(i for turn in turns for i in turn.articles))
    by_id = {a.id: a for a in articles if a.id in set(wanted)} if wanted else {}
    return [by_id[i] for i in wanted if i in by_id]


def _rewritten(
    text: str, turns: Sequence[Turn], articles: Sequence[ArticleInfo]
) -> tuple[str, bool]:
    """The question with what it took from the conversation, and whether it took it loosely."""
    referred = refer(text, turns, articles)
    whole = complete(referred, turns)
    if whole is not None:
        return whole, False
    if (made := related(referred, turns)) is not None:
        made = _ASKING.sub("", made)
        return made[:1].upper() + made[1:], False
    if not _MAY_HANG.search(referred) and len(content(referred)) > SHORT:
        return referred, False  # nothing in it can point outside
    present = salient(turns)
    known = frozenset(w for m in present if m.named for w in m.words if len(w) > 3)
    found = hanging(referred, known)
    made = replaced(referred, found, present, turns)
    if made == referred:
        made = _anchored(referred, present, known, turns)
    firm = made
    if made == referred and not any(m.named for m in mentions(referred, known)):
        made = _anchored_loosely(referred, present, turns)
    loose = made != firm
    if made == text:
        return text, False
    made = _ASKING.sub("", made)
    return (made[0].upper() + made[1:] if text[0].isupper() else made), loose


_MAY_HANG = re.compile(
    r"\b(?:he|him|his|she|hers?|they|them|theirs?|it|its|this|that|these|those|there|then|else|next|again|"
    r"besides|afterwards|instead|others?|the|one)\b",
    re.IGNORECASE,
)
_CONTINUES = re.compile(
    r"\b(?:else|next|again|besides|afterwards|instead)\b|^(?:and\s+)?any\b|\b(?:any|what|which|some|there)\s+others?\b",
    re.IGNORECASE,
)
# 'How many articles are there?' asks about the collection, whatever was talked of before.
_COLLECTION = re.compile(
    r"\b(?:articles|stories|reports|sources|publishers|newspapers|comments)\b", re.IGNORECASE
)
_ASKS = re.compile(
    r"^(?:and\s+|but\s+|so\s+)?(?:who|what|which|when|where|why|how|any|is|are|was|were|do|does|did|has|have|"
    r"had|will|would|can|could)\b",
    re.IGNORECASE,
)


def _anchored(
    text: str, present: Sequence[Mention], known: frozenset[str], turns: Sequence[Turn]
) -> str:
    """A question that names nothing and plainly goes on gets the name that the talk is about.

    Plainly: it says so ('What else …', 'any other …'), it is all but empty ('What happened?'),
    or it speaks of 'the band' where a band was spoken of. Any other stands alone.
    """
    about = topic(present)
    if about is None or not _ASKS.match(text) or any(m.named for m in mentions(text, known)):
        return text
    held = {t.key for turn in turns for t in tokens(f"{turn.effective_question} {turn.answer}")}
    words = content(text)
    spoken_of = [h for h in definite(text) if key(h.head) in held]
    for h in spoken_of:
        mention = of_noun(h.head, present)
        if mention is not None and mention.the and mention.text.lower().endswith(h.head):
            return f"{text[: h.start]}the {mention.text}{text[h.end :]}"
        if mention is not None and mention.named:
            return f"{text[: h.end]} {mention.text}{text[h.end :]}"
    if _DEFINES.match(text):
        return text
    goes_on = _CONTINUES.search(text) is not None and len(words) <= SHORT
    empty = all(w.key in held for w in words) and len(words) <= 1 and not _COLLECTION.search(text)
    if goes_on or empty or (spoken_of and len(words) <= 2):
        return f"{text.rstrip('?!. ')} with {about.shown}?"
    return text


_LOOSE = 1  # content words up to which a question that names nothing goes on with the talk
# 'The price of bitcoin' says what it is about; what a pronoun means is told elsewhere.
_ITS_OWN = re.compile(
    r"\bof\s+\w|\b(?:he|him|his|she|her|they|them|their|it|its|you|your|i|we)\b", re.IGNORECASE
)
_ABOUT = re.compile(r"\b(?:say|said|says|think|thinks|announce\w*)\s*\??$", re.IGNORECASE)


def _anchored_loosely(text: str, present: Sequence[Mention], turns: Sequence[Turn]) -> str:
    """A short question that names nothing, with what the last one was about: 'Who was hurt?'.

    It may as well be a question of its own, hence loosely.
    """
    words = content(text)
    last = turns[-1].effective_question
    headed = next((m for m in mentions(last) if m.the and not m.named), None)
    named = next((m for m in present if m.named and m.text in last), None)
    about = headed or named
    thing = about.shown if about else thing_of(turns[-1])
    if (
        thing is None
        or not 1 <= len(words) <= _LOOSE
        or not _ASKS.match(text)
        or _DEFINES.match(text)
        or _COLLECTION.search(text)
        or _ITS_OWN.search(text)
        or parse_times(text)
    ):
        return text
    inside = headed is not None or (named is not None and named.sort is Sort.PLACE)
    lead = "about" if _ABOUT.search(text) else "in" if inside else "with"
    return f"{text.rstrip('?!. ')} {lead} {thing}?"


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
