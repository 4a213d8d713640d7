"""What kind of answer a question asks for: a date, a person, a number, reasons, yes or no.

Decided from the question's own words, lower case or not, with no list of questions. It
tells where a short span can be the answer at all (`spans`), and which spans look right
(`fits`). It does not read articles.
"""

from __future__ import annotations

import re
from enum import StrEnum

from rag.retrieve.time import parse_times


class Expect(StrEnum):
    """The kind of answer that a question asks for."""

    DATE = "date"
    NUMBER = "number"
    PERSON = "person"
    PLACE = "place"
    NAME = "name"  # which organisation, what title …
    THING = "thing"
    REASON = "reason"
    MANNER = "manner"
    YESNO = "yesno"
    LIST = "list"
    QUOTE = "quote"  # what did somebody say
    TOPIC = "topic"  # keywords: no question at all

    @property
    def spans(self) -> bool:
        """Whether a few words of an article can be the whole answer."""
        return self not in {
            Expect.REASON, Expect.MANNER, Expect.YESNO, Expect.LIST, Expect.QUOTE, Expect.TOPIC
        }  # fmt: skip


_LEADS = r"(?:and|but|so|then|ok|okay|please|well|also|now|,|\s)*"
_RULES: tuple[tuple[Expect, str], ...] = (
    (
        Expect.REASON,
        (
            r"why\b|what (?:is|was|were|are) the (?:reasons?|causes?|motives?|purpose)\b|"
            r"(?:for )?what reasons?\b|how come\b|what (?:caused|led to|prompted|made)\b"
        ),
    ),
    (
        Expect.DATE,
        (
            r"when\b|(?:by|on|in|since|until|from|at|during|for)? ?(?:what|which|wich) "
            r"(?:exact )?(?:dates?|days?|months?|years?|time|deadline|century|decade)\b|how long "
            r"ago\b|what (?:was|is) the (?:\w+ ){0,2}(?:date|deadline|day|year)\b"
        ),
    ),
    (
        Expect.NUMBER,
        (
            r"(?:[\w ]{0,30}\b)?how (?:many|much|old|long|far|large|big|tall|high|often|"
            r"deep|heavy|fast|few)\b|(?:what|which) (?:is|was|were|are)? ?(?:the )?(?:\w+ "
            r"){0,2}(?:number|percentage|percent|share|price|cost|toll|amount|age|rate|"
            r"total|score|population|size)\b"
        ),
    ),
    (
        Expect.PLACE,
        (
            r"(?:from |to |in )?where\b|(?:in|to|from|at|near)? ?(?:what|which) (?:\w+ "
            r")?(?:city|country|state|place|town|province|region|location|village|venue|"
            r"capital|area|street)\b"
        ),
    ),
    (
        Expect.QUOTE,
        (
            r"(?:what|wat) (?:did|does|do|has|have|had|was|were) (?:[\w.'’-]+ ){1,8}?(?:say|"
            r"said|says|tell|told|think|thinks|claim|claims|claimed|call for|announce|"
            r"write|warn|reply|respond|argue|argues|urge|demand|promise|accuse|stress|"
            r"add)\b|how did (?:[\w.'’-]+ ){1,6}?(?:react|respond)\b"
        ),
    ),
    (
        Expect.LIST,
        (
            r"(?:which|what|who) (?:are|were) (?:all )?the (?:\w+ ){0,3}\w+s\b|(?:list|"
            r"name) (?:all|the|every|some)\b|"
            r"(?:which|what) (?:two|three|four|five|six|several) (?:\w+ ){0,2}?"
            r"(?!(?:is|was|has|does|this|its)\b)\w{2,}s\b|"
            r"(?:which|what) (?:two|three|four|five|several|"
            r"other)? ?(?:\w+ )?(?:countries|nations|groups|people|leaders|cities|topics|"
            r"issues|companies|states|parties|organizations|organisations|members|officials|"
            r"agencies|steps|measures|ministers|units|reporters|regions|films|teams|books|"
            r"things|reasons)\b"
        ),
    ),
    (
        Expect.PERSON,
        (
            r"(?:to |with |by |for |from |about |against )?(?:who|whom|whose|wh?o'?s)\b|"
            r"(?:which|what) (?:person|man|woman|leader|president|minister|official|actor|"
            r"actress|singer|player|politician|spokes\w+|author|general|senator|envoy|"
            r"secretary|journalist|athlete|artist|scientist|rapper|celebrity|director|"
            r"candidate|king|queen|pope|judge|coach|ceo|billionaire)\b|what (?:is|was) "
            r"(?:the|his|her) (?:\w+ ){0,4}name of (?:the|a|an|his|her|its|their) "
            r"(?:\w+ ){0,3}?(?:man|woman|person|commander|minister|president|leader|chief|"
            r"head|mayor|governor|ambassador|envoy|spokes\w+|secretary|director|judge|"
            r"general|officer|author|founder|owner|suspect|victim)\b"
        ),
    ),
    (
        Expect.MANNER,
        (
            r"how\b|in what way\b|by what means\b|describe\b|explain\b|tell me (?:more "
            r")?about\b|what (?:happened|is happening|has happened|changed|has changed)\b"
        ),
    ),
    (
        Expect.NAME,
        (
            r"(?:in |to |on |by |with |from |for |of )?(?:which|what) (?!(?:is|was|are|"
            r"were|did|does|do|has|have|had|will|would|can|could|happened)\b)[a-z]\w*"
        ),
    ),
    (
        Expect.YESNO,
        (
            r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|"
            r"may|might|must|shall|isn't|wasn't|aren't|weren't|don't|doesn't|didn't|hasn't|"
            r"won't)\b"
        ),
    ),
    (
        Expect.THING,
        r"(?:what|wat|whats|what's)\b",
    ),
)
_COMPILED = tuple((kind, re.compile(_LEADS + pattern, re.IGNORECASE)) for kind, pattern in _RULES)
# 'In June, how many …', 'The UN said what …': the question word does not always lead.
_INSIDE = re.compile(
    r"\b(?:how (?:many|much|old|long)|when|where|who|whom|whose|why|which|what)\b", re.IGNORECASE
)


def expect(question: str) -> Expect:
    """The kind of answer that a question asks for; keywords ask for a `TOPIC`."""
    text = " ".join(question.split())
    for kind, pattern in _COMPILED:
        if pattern.match(text):
            return kind
    inner = _INSIDE.search(text)
    if inner and inner.start() > 0:
        return expect(text[inner.start() :])
    return Expect.TOPIC


_NUMBER = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|"
    r"thirty|forty|fifty|sixty|seventy|eighty|ninety|dozens?|scores|hundreds?|thousands?|"
    r"millions?|billions?|trillions?|half|third|quarter|twice|several|none)\b",
    re.IGNORECASE,
)


def is_number(word: str) -> bool:
    """Whether a word is a number, in digits or spelt out ('seven', 'dozens', 'half')."""
    return bool(_NUMBER.search(word))


# Times that are no dates of a calendar: 'this morning', 'late in the afternoon', 'decades ago'.
_TIME_OF = re.compile(
    r"\b(?:morning|afternoon|evening|night|noon|midnight|tonight|today|tomorrow|yesterday|dawn|"
    r"dusk|hours?|minutes?|days?|weeks?|weekend|months?|years?|decades?|centur(?:y|ies)|spring|"
    r"summer|autumn|fall|winter|ago|earlier|later|recently|now|currently|"
    r"mon|tues|wednes|thurs|fri|satur|sun)(?:day)?\b|\d",
    re.IGNORECASE,
)


def fits(kind: Expect, span: str) -> bool:
    """Whether a span can be an answer of this kind at all; kinds without a shape fit anything."""
    if kind is Expect.DATE:
        return bool(_TIME_OF.search(span) or parse_times(span))
    if kind is Expect.NUMBER:
        return bool(_NUMBER.search(span))
    if kind is Expect.PERSON:
        return any(c.isupper() for c in span)
    return True
