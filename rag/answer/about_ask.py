"""Is a question about the articles themselves, and if so what does it ask? Words decide alone.

`classify` answers None for every question about the world. It is strict: 'who wrote', 'when was
… published' count only of an *article* (or a story, piece, report or page that is told to be one
of ours by its publisher, or by pointing at it), never of a book, a law or a song.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answer.about_types import Ask, Request
from rag.answer.about_words import (
    ALL,
    ANY,
    ART,
    PUB,
    Masked,
    article_phrase,
    mask,
    names_articles,
)

_BE = r"(?:is|was|are|were|has|have|had|does|do|did|been|['’]s)"
_PUBLISHED = (
    r"(?:published|posted|written|released|printed|dated|issued|put\s+(?:up|online)|put\s+out|made)"
)
_CHANGED = r"(?:modified|updated|changed|edited|revised|corrected)"
_MENTION = (
    r"(?:mentions?|mentioned|discuss(?:es)?|covers?|talks?\s+(?:about|of)|speaks?\s+(?:about|of)|deals?\s+with|"
    r"refers?\s+to|names?|(?:is|are|was|were)\s+(?:about|on)|tells?\s+(?:about|of)|writes?\s+about|"
    r"reports?\s+(?:on|about)|contains?|describes?|concerns?)"
)
_RUN = r"(?:publish(?:ed|es)?|ran|run|runs|carr(?:y|ied|ies)|posted|printed|released|wrote|has|had|broke)"
_OUTLET = r"(?:outlets?|news\s*papers?|magazines?|publishers?|news\s+(?:outlets?|agenc(?:y|ies)|sites?|organi[sz]ations?|sources?)|web\s*sites?|sites?|broadcasters?|agenc(?:y|ies)|sources?|media(?:\s+outlets?)?)"
_WRITER = (
    r"(?:authors?|writers?|journalists?|reporters?|columnists?|correspondents?|editors?|bloggers?)"
)
_READER = r"(?:readers?|commenters?|commentators?|people\s+(?:who\s+commented|in\s+the\s+comments))"
_TOPIC = r"(?:\s+(?:about|on|of|to|for|regarding|concerning|towards?)\s+(?P<subject>.+?))?"

Rule = tuple[Ask, re.Pattern[str]]


def _rules(*pairs: tuple[Ask, str]) -> tuple[Rule, ...]:
    return tuple((ask, re.compile(rf"^{pattern}$", re.IGNORECASE)) for ask, pattern in pairs)


# ``np`` must be a phrase for an article; ``subject`` may be anything.
_ABOUT_ONE = _rules(
    (
        Ask.MODIFIED,
        rf"(?:when|on\s+(?:what|which)\s+(?:day|date)|what\s+(?:day|date|time))\s+{_BE}\s+(?P<np>.+?)\s+(?:been\s+)?(?:last\s+)?{_CHANGED}(?:\s+last)?",
    ),
    (
        Ask.MODIFIED,
        rf"(?:has|have|was|were|is)\s+(?P<np>.+?)\s+(?:been\s+|ever\s+|later\s+)*{_CHANGED}(?:\s+since.*)?",
    ),
    (
        Ask.MODIFIED,
        rf"(?:what\s+(?:is|was)|what['’]s)\s+the\s+(?:date\s+of\s+the\s+)?(?:last|latest)\s+(?:modified|modification|updated?|change)\s*(?:date)?\s+(?:of|on|for|to)\s+(?P<np>.+)",
    ),
    (
        Ask.PUBLISHED,
        rf"(?:when|(?:on|in|at)?\s*(?:what|which)\s+(?:exact\s+)?(?:day|date|month|year|time))\s+{_BE}\s+(?P<np>.+?)\s+(?:been\s+)?(?:first\s+|originally\s+)?(?:{_PUBLISHED}|come\s+out|appear|go\s+(?:up|online)|from)",
    ),
    (
        Ask.PUBLISHED,
        r"(?:what\s+(?:is|was)|what['’]s|give\s+me|tell\s+me|do\s+you\s+know)\s+the\s+(?:publication\s+|publishing\s+|release\s+|exact\s+)*date\s+(?:of|for|on)\s+(?P<np>.+)",
    ),
    (
        Ask.PUBLISHED,
        r"(?:what|which)\s+date\s+(?:does|did)\s+(?P<np>.+?)\s+(?:carry|have|bear|give)",
    ),
    (Ask.PUBLISHED, r"how\s+(?:old|recent|new|up[\s-]to[\s-]date)\s+(?:is|are|was)\s+(?P<np>.+)"),
    (Ask.PUBLISHED, rf"(?:is|was)\s+(?P<np>.+?)\s+(?:older|newer|more\s+recent)\s+than\s+.+"),
    (
        Ask.PUBLISHED,
        rf"(?:when|(?:on|in)\s+(?:what|which)\s+(?:day|date|month|year))\s+did\s+(?P<by>(?:the\s+)?{PUB})\s+(?:publish|post|run|print|release|carry|write)\s+(?P<np>.+)",
    ),
    (Ask.PUBLISHER, rf"(?:what|which)\s+{_OUTLET}\s+{_RUN}\s+(?P<np>.+)"),
    (Ask.PUBLISHER, r"who\s+(?:published|publishes|ran|printed|released)\s+(?P<np>.+)"),
    (
        Ask.PUBLISHER,
        rf"(?:who|what|which)\s+{_BE}?\s*(?:is|was)?\s*the\s+(?:{_OUTLET})\s+(?:of|for|behind)\s+(?P<np>.+)",
    ),
    (
        Ask.PUBLISHER,
        rf"where\s+(?:is|was|were|are|did)\s+(?P<np>.+?)\s+(?:been\s+)?(?:first\s+)?(?:published|posted|printed|from|come\s+from|appear(?:\s+first)?)",
    ),
    (
        Ask.PUBLISHER,
        rf"(?:what|which)\s+{_OUTLET}\s+(?:is|was|does|did)\s+(?P<np>.+?)\s+(?:come\s+from|from|in|published\s+(?:in|by))",
    ),
    (Ask.PUBLISHER, r"(?:by\s+whom|by\s+which\s+\w+)\s+(?:was|is)\s+(?P<np>.+?)\s+published"),
    (
        Ask.AUTHOR,
        r"who\s+(?:wrote|authored|penned|posted|has\s+written|is\s+the\s+byline\s+of)\s+(?P<np>.+)",
    ),
    (Ask.AUTHOR, rf"(?:what|which)\s+{_WRITER}\s+(?:wrote|penned|authored|posted)\s+(?P<np>.+)"),
    (
        Ask.AUTHOR,
        rf"(?:who|what)\s+(?:is|was|are|were)\s+(?:the\s+name\s+of\s+)?the\s+(?:name\s+of\s+the\s+)?{_WRITER}\s+(?:of|behind|for)\s+(?P<np>.+)",
    ),
    (
        Ask.AUTHOR,
        r"(?:by\s+whom|who)\s+(?:was|is|were)\s+(?P<np>.+?)\s+(?:written|posted|authored)(?:\s+by)?",
    ),
    (Ask.AUTHOR, r"(?:what\s+is|what['’]s)\s+the\s+byline\s+(?:of|on)\s+(?P<np>.+)"),
    (
        Ask.TITLE,
        r"(?:what\s+(?:is|was)|what['’]s|give\s+me|tell\s+me|show\s+me)\s+the\s+(?:title|headline|heading|name)\s+(?:of|on|for)\s+(?P<np>.+)",
    ),
    (
        Ask.TITLE,
        r"(?:what|how)\s+(?:is|was)\s+(?P<np>.+?)\s+(?:called|titled|headlined|entitled|headed)",
    ),
    (Ask.TITLE, r"what\s+(?:title|headline)\s+(?:does|did)\s+(?P<np>.+?)\s+(?:have|carry|bear)"),
    (
        Ask.COMMENT_COUNT,
        r"how\s+many\s+(?:readers?['’]?\s+)?comments\s+(?:does|did|do|has|have|are\s+there\s+(?:on|below|under|to|for)|were\s+(?:left|posted|made|written)\s+(?:on|below|under))\s+(?P<np>.+?)(?:\s+(?:have|has|get|got|receive|received|attract))?",
    ),
    (
        Ask.COMMENT_COUNT,
        r"how\s+many\s+(?:readers?|people|users?)\s+(?:have\s+)?commented\s+(?:on|below|under)\s+(?P<np>.+)",
    ),
    (
        Ask.COMMENTERS,
        r"(?:who|(?:what|which)\s+(?:readers?|people|users?))\s+(?:has\s+|have\s+)?(?:commented|left\s+(?:a\s+)?comments?|wrote\s+(?:a\s+)?comments?)\s+(?:on|below|under|to)\s+(?P<np>.+)",
    ),
    (
        Ask.COMMENTS,
        r"(?:show\s+me|give\s+me|list|read|summari[sz]e|what\s+(?:are|were))\s+(?:me\s+)?(?:all\s+)?the\s+(?:reader\s+|readers['’]\s+)?comments\s+(?:on|to|below|under|about|of)\s+(?P<np>.+)",
    ),
    (
        Ask.COMMENTS,
        r"(?:are|were)\s+there\s+(?:any\s+)?(?:reader\s+|readers['’]\s+)?comments\s+(?:on|to|below|under|about)\s+(?P<np>.+)",
    ),
    (
        Ask.COMMENTS,
        rf"(?:what|how)\s+(?:do|did|does)\s+(?:the\s+)?{_READER}\s+(?:react|respond|say|think|write)\s+(?:to|of|about|on|below|under)\s+(?P<np>.+)",
    ),
)
_ABOUT_COMMENTS = _rules(
    (
        Ask.COMMENT_COUNT,
        r"how\s+many\s+(?:readers?['’]?\s+)?comments\s+(?:are|were)\s+(?:there|posted|left)(?:\s+in\s+(?:all|total))?",
    ),
    (Ask.COMMENT_COUNT, r"how\s+many\s+(?:reader\s+|readers['’]\s+)comments\b.*"),
    (
        Ask.COMMENT_COUNT,
        r"how\s+many\s+readers\s+(?:have\s+)?(?:commented|left\s+comments?|wrote\s+comments?)",
    ),
    (
        Ask.COMMENTERS,
        rf"(?:who|which\s+readers?)\s+(?:commented|wrote\s+the\s+(?:reader\s+)?comments|left\s+(?:the\s+)?comments|are\s+the\s+(?:commenters|readers\s+who\s+comment\w*))",
    ),
    (Ask.COMMENTERS, r"where\s+(?:do|did|are)\s+the\s+(?:commenters|readers)\s+(?:come\s+)?from"),
    (
        Ask.COMMENT_BY,
        r"what\s+(?:do|does|did)\s+(?:the\s+)?(?:reader|commenter|commentator|user)\s+(?:(?:named|called)\s+)?(?P<who>(?:from\s+|in\s+)?[^?]+?)\s+(?:say|write|think|comment|claim|suggest|argue|want|ask|post)(?:\s+about\s+(?P<subject>.+))?",
    ),
    (
        Ask.COMMENTS,
        rf"(?:what|how)\s+(?:do|did|does|have)\s+(?:the\s+|some\s+|most\s+|any\s+|other\s+)?{_READER}\s+(?:say|says|think|write|comment|post|feel|react|respond|argue|complain|want|suggest|believe)\w*{_TOPIC}",
    ),
    (
        Ask.COMMENTS,
        rf"(?:what|how)\s+(?:do|does|did)\s+(?:the\s+)?(?:reader\s+|readers['’]\s+)?comments?(?:\s+section)?\s+(?:say|tell|think|read|look)(?:\s+like)?{_TOPIC}",
    ),
    (
        Ask.COMMENTS,
        rf"what\s+(?:did|do)\s+(?:people|users)\s+(?:in\s+the\s+comments\s+)(?:say|think|write){_TOPIC}",
    ),
    (
        Ask.COMMENTS,
        rf"(?:what\s+(?:is|was|are|were)|what['’]s)\s+(?:the\s+)?(?:readers?['’]s?|commenters['’])\s+(?:opinions?|views?|reactions?|responses?|comments?|take|feedback|mood){_TOPIC}",
    ),
    (
        Ask.COMMENTS,
        rf"(?:what\s+(?:is|was|are|were)|what['’]s)\s+(?:the\s+)?(?:opinions?|views?|reactions?|comments?)\s+of\s+(?:the\s+)?{_READER}{_TOPIC}",
    ),
    (
        Ask.COMMENTS,
        rf"(?:do|does|did|have)\s+(?:the\s+|any\s+|some\s+)?{_READER}\s+(?:agree|disagree|like|support|oppose|criticis?ze?|criticise|praise|mention|believe|think|say|trust|approve|complain|commented)\w*\s*(?:with|about|of|on|that)?\s*(?P<subject>.+)?",
    ),
    (
        Ask.COMMENTS,
        r"(?:show\s+me|give\s+me|list|read|summari[sz]e|what\s+are)\s+(?:me\s+)?(?:all\s+)?(?:the\s+)?(?:reader\s+|readers['’]\s+)?comments",
    ),
    (
        Ask.COMMENTS,
        r"(?:are|were)\s+there\s+(?:any\s+)?(?:reader\s+|readers['’]\s+)comments(?:\s+about\s+(?P<subject>.+))?",
    ),
    (Ask.COMMENTS, r"(?:are|were)\s+there\s+(?:any\s+)?comments"),
)
# Held only if a reader of that name is found; 'say' also needs a place, as readers give one.
_MAYBE_READER = _rules(
    (
        Ask.COMMENT_BY,
        r"what\s+(?:do|does|did)\s+(?P<who>[^?]+?)\s+(?:write|comment|post)(?:\s+(?:in|under|below)\s+(?:the|his|her|a)\s+(?:comments?|article))?",
    ),
    (
        Ask.COMMENT_BY,
        r"what\s+(?:do|does|did)\s+(?P<who>[^?]+?\s+(?:from|in)\s+[^?]+?)\s+(?:say|think)",
    ),
    (
        Ask.COMMENT_BY,
        r"what\s+(?:do|does|did)\s+(?P<who>[^?]+?)\s+(?:say|think)\s+in\s+(?:the|his|her|a)\s+comments?",
    ),
    (
        Ask.COMMENT_BY,
        r"(?:what\s+(?:do|does|did)|show\s+me|what\s+(?:is|was)|read)\s+(?P<who>[^?]+?)['’]s?\s+comments?(?:\s+(?:say|about))?",
    ),
    (
        Ask.COMMENT_BY,
        r"(?:what\s+(?:is|was)|show\s+me|read)\s+the\s+comments?\s+(?:by|from|of)\s+(?P<who>[^?]+)",
    ),
)
_SEEK = r"(?:list|show(?:\s+me)?|find(?:\s+me)?|give\s+me|name|search\s+for|get\s+me|display|tell\s+me)(?:\s+(?:me|us))?"
_HAVE = r"(?:are\s+there|do\s+you\s+have|have\s+you\s+got|are\s+available|exist|do\s+you\s+know|can\s+you\s+(?:show|find)|are\s+(?:indexed|stored|loaded)|did\s+you\s+(?:read|index)|is\s+there)"
_ABOUT_SUBJECT = _rules(
    (
        Ask.MENTIONS,
        rf"(?P<how>how\s+many|which|what)\s+(?:of\s+(?:the|these|your)\s+)?{ALL}\s+(?:that\s+)?{_MENTION}\s+(?P<subject>.+)",
    ),
    (
        Ask.MENTIONS,
        rf"(?:do|does|did)\s+(?:any|some|all|one)\s+(?:of\s+(?:the|these|your)\s+)?{ALL}\s+{_MENTION}\s+(?P<subject>.+)",
    ),
    (
        Ask.MENTIONS,
        rf"(?:in\s+)?(?P<how>how\s+many|which|what)\s+(?:of\s+(?:the|these|your)\s+)?{ALL}\s+(?:is|are|was|were|does|do)\s+(?P<subject>.+?)\s+(?:mentioned|named|discussed|covered|appear|occur|described)(?:\s+in)?",
    ),
    (
        Ask.MENTIONS,
        rf"(?:is|are|was|were)\s+(?P<subject>.+?)\s+(?:ever\s+)?(?:mentioned|named|discussed|covered)\s+(?:in|by|anywhere\s+in)\s+(?:any|one|all|some|your|these|which)?\s*(?:of\s+)?(?:the\s+|these\s+|your\s+)?{ALL}",
    ),
    (
        Ask.MENTIONS,
        rf"(?:(?:is|are)\s+there|do\s+you\s+have|have\s+you\s+got)\s+{ANY}?\s*{ALL}\s+(?:which\s+|that\s+)?(?:about|on|mentioning|covering|concerning|regarding|{_MENTION})\s+(?P<subject>.+)",
    ),
    (
        Ask.MENTIONS,
        rf"(?P<how>how\s+many|which|what)\s+{ALL}\s+{_HAVE}\s+(?:about|on|mentioning|regarding|concerning)\s+(?P<subject>.+)",
    ),
    (
        Ask.MENTIONS,
        rf"(?P<how>how\s+many|which|what)\s+{ALL}\s+(?:about|on|mentioning|regarding|concerning)\s+(?P<subject>.+?)\s+{_HAVE}",
    ),
    (
        Ask.MENTIONS,
        rf"{_SEEK}\s+{ANY}?\s*{ALL}\s+(?:which\s+|that\s+)?(?:about|on|mentioning|covering|regarding|concerning|{_MENTION})\s+(?P<subject>.+)",
    ),
    (
        Ask.MENTIONS,
        r"(?:show\s+me|give\s+me|find)?\s*(?:everything|anything|something|what)\s+(?:that\s+)?(?:do\s+)?you\s+(?:do\s+)?have\s+(?:about|on)\s+(?P<subject>.+)",
    ),
    (Ask.MENTIONS, r"do\s+you\s+have\s+(?:anything|something)\s+(?:about|on)\s+(?P<subject>.+)"),
)


def classify(question: str, publishers: Sequence[str] = ()) -> Request | None:
    """What a question asks of the catalogue, or None when it is about the world.

    ``publishers`` are the names of those whose articles are there.
    """
    masked = mask(question, publishers)
    for finder in (_of_comments, _of_subjects, _of_collection, _of_one):
        request = finder(masked)
        if request is not None:
            return replace(request, publishers=masked.publishers)
    return None


def _of_comments(masked: Masked) -> Request | None:
    for ask, pattern in _ABOUT_COMMENTS:
        if match := pattern.match(masked.text):
            groups = match.groupdict()
            subject = masked.shown(groups.get("subject") or "")
            who = masked.shown(groups.get("who") or "")
            if ask is Ask.COMMENTS and names_articles(groups.get("subject") or ""):
                return None  # 'of the article about …' is an article, not a topic
            return Request(ask=ask, subject=who or subject)
    for ask, pattern in _MAYBE_READER:
        if match := pattern.match(masked.text):
            return Request(ask=ask, subject=masked.shown(match["who"]), tentative=True)
    return None


def _of_one(masked: Masked) -> Request | None:
    """A question about one article: the phrase for it decides."""
    for ask, pattern in _ABOUT_ONE:
        match = pattern.match(masked.text)
        if match is None:
            continue
        phrase = article_phrase(match["np"], from_publisher="by" in match.groupdict())
        if phrase is None:
            continue
        return Request(
            ask=ask,
            subject=masked.shown(phrase.subject),
            title=masked.title,
            deictic=phrase.deictic,
            tentative=phrase.weak,
            of_article=True,
        )
    return None


def _of_subjects(masked: Masked) -> Request | None:
    for ask, pattern in _ABOUT_SUBJECT:
        if match := pattern.match(masked.text):
            counting = (match.groupdict().get("how") or "").lower().startswith("how")
            return Request(ask=ask, subject=masked.shown(match["subject"]), counting=counting)
    return None


_COLLECTION = _rules(
    (
        Ask.UNDATED,
        rf"(?P<how>how\s+many|which|what)\s+{ALL}\s+(?:have|has|give|gives|carry|lack|are\s+without)\s+(?:no\s+|a\s+|any\s+|without\s+a\s+)?(?:known\s+|publication\s+)*dates?",
    ),
    (
        Ask.UNDATED,
        rf"(?P<how>how\s+many|which|what)\s+{ALL}\s+(?:are|is)\s+(?:undated|without\s+(?:a\s+)?date)",
    ),
    (
        Ask.PUBLISHERS,
        rf"(?:(?P<how>how\s+many|which|what)\s+(?:publishers|outlets|news\s*papers|media(?:\s+outlets)?)\s+(?:are\s+there|do\s+you\s+(?:have|know|use)|are\s+(?:included|covered|represented))|{_SEEK}\s+(?:all\s+)?(?:the\s+)?(?:publishers|outlets))",
    ),
    (
        Ask.PUBLISHERS,
        rf"(?:what|which)\s+{_OUTLET}\s+(?:do|are|did)\s+(?:the|these|your)\s+{ALL}\s+(?:come\s+from|from|published\s+by|taken\s+from)",
    ),
    (
        Ask.NEWEST,
        rf"(?:what|which)\s+(?:is|was|are)\s+the\s+(?:very\s+)?(?:newest|latest|most\s+recent|last)\s+(?P<np>.+)",
    ),
    (
        Ask.NEWEST,
        rf"(?:what|which)\s+{ALL}\s+(?P<np>.*?)\s*(?:is|was)\s+(?:the\s+)?(?:newest|latest|most\s+recent)(?:\s+one)?(?P<np2>\s+(?:about|on|from|by|in)\s+.+)?",
    ),
    (
        Ask.OLDEST,
        rf"(?:what|which)\s+(?:is|was|are)\s+the\s+(?:very\s+)?(?:oldest|earliest|first)\s+(?P<np>.+)",
    ),
    (
        Ask.OLDEST,
        rf"(?:what|which)\s+{ALL}\s+(?P<np>.*?)\s*(?:is|was)\s+(?:the\s+)?(?:oldest|earliest|first)(?:\s+one)?(?P<np2>\s+(?:about|on|from|by|in)\s+.+)?",
    ),
    (
        Ask.COUNT,
        rf"how\s+many\s+{ALL}(?:\s+(?:are\s+there|{_HAVE}))?(?:\s+(?:in\s+(?:all|total|the\s+(?:collection|corpus|index|archive|database))|altogether|now))?",
    ),
    (Ask.COUNT, rf"(?:what\s+is|what['’]s)\s+the\s+(?:total\s+)?number\s+of\s+{ALL}(?:\s+.*)?"),
    (
        Ask.LIST,
        rf"{_SEEK}\s+(?:all\s+|every\s+)?(?:of\s+)?(?:the\s+|your\s+|these\s+)?{ALL}(?:\s+(?:you\s+have|there\s+are|in\s+(?:the|your)\s+\w+))?",
    ),
    (Ask.LIST, rf"(?:what|which)\s+{ALL}\s+{_HAVE}(?:\s+(?:here|now|in\s+(?:the|your)\s+\w+))?"),
    (Ask.LIST, r"(?:what|which)\s+are\s+(?:the|your)\s+(?:articles|sources|documents)"),
    (
        Ask.FROM,
        rf"(?P<how>how\s+many|which|what)\s+{ALL}\s+(?:(?:are|is|were|was)\s+)?(?:{_HAVE}\s+)?(?:published\s+|posted\s+|written\s+|released\s+|dated\s+)?(?P<when>(?:from|in|by|of|before|after|since|until|between|during|on|last|this)\b.+)",
    ),
    (
        Ask.FROM,
        rf"(?P<how>how\s+many|which|what)\s+{ALL}\s+(?:did|has|have|does)\s+(?P<when>(?:the\s+)?{PUB})\s+(?:publish(?:ed)?|post(?:ed)?|run|written|write|have|release)(?P<when2>\s+.+)?",
    ),
    (
        Ask.FROM,
        rf"what\s+(?:did|has|does)\s+(?P<when>(?:the\s+)?{PUB})\s+publish(?:ed)?(?P<when2>\s+.+)?",
    ),
    (
        Ask.FROM,
        rf"(?:{_SEEK}|(?:is|are)\s+there|do\s+you\s+have|have\s+you\s+got)\s+{ANY}?\s*{ALL}\s+(?:published\s+|posted\s+|written\s+|dated\s+)?(?P<when>(?:from|in|by|of|before|after|since|until|between|during)\b.+)",
    ),
    (
        Ask.FROM,
        r"(?:what\s+(?:is\s+there|do\s+you\s+have|have\s+you\s+got)|do\s+you\s+have\s+anything|is\s+there\s+anything|(?:show\s+me|list|give\s+me)\s+(?:everything|all|what\s+you\s+have))\s+(?:published\s+)?(?P<when>(?:from|by|before|after|since|between|published\s+in)\s+.+)",
    ),
    (
        Ask.FROM,
        rf"what\s+(?:was|were|has\s+been)\s+published\s+(?P<when>(?:by\s+(?:the\s+)?{PUB}|in\s+(?:\w+\s+)?\d{{4}}).*)",
    ),
)


def _of_collection(masked: Masked) -> Request | None:
    for ask, pattern in _COLLECTION:
        match = pattern.match(masked.text)
        if match is None:
            continue
        groups = match.groupdict()
        counting = (groups.get("how") or "").lower().startswith("how")
        subject = masked.shown(f"{groups.get('when') or ''}{groups.get('when2') or ''}")
        if ask in (Ask.NEWEST, Ask.OLDEST):
            tail = f"{groups.get('np') or ''}{groups.get('np2') or ''}".strip()
            whole = tail if re.match(rf"{ART}\b", tail, re.IGNORECASE) else f"article {tail}"
            phrase = article_phrase(tail if "np2" not in groups else whole)
            if phrase is None or phrase.weak:
                continue
            subject = masked.shown(phrase.subject)
        if ask is Ask.FROM and not (masked.publishers or masked.has_time(subject)):
            continue
        return Request(ask=ask, subject=subject, counting=counting)
    return None
