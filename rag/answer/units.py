"""Which unit a question asks for: money, a share, a length, a weight, a time, a score.

A sentence that holds no such thing answers another question. English forms only.
"""

from __future__ import annotations

import re

# A length is not a speed: '15,000 miles per hour', '90 km/h'.
_LENGTH = (
    r"\b(?:foot|feet|ft|inch\w*|yards?|miles?|km|kilomet\w+|met(?:er|re)s?|m)\b"
    r"(?!\s*(?:/|per\b|an?\b)\s*(?:h|hr|hour|min(?:ute)?|s|sec(?:ond)?)\b)"
)
_FEW = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
# What asks for a unit, and what a sentence that tells it must hold.
_UNITS = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(told, re.IGNORECASE))
    for asked, told in {
        # money
        (
            r"\bhow much (?:money\b|.*\b(?:pay|pays|paid|costs?|worth|earn\w*|charged?|"
            r"spen[dt]|raised?|owe[sd]?|donated?|fined?|borrow\w*)\b)|"
            r"\bwhat (?:do|does|did|will) [\w.'’ -]+ (?:pay|charge)(?: (?:per|an?|each)\b|\s*\??$)|"
            r"\bwhat (?:is|was|are|were) the (?:\w+ ){0,2}"
            r"(?:price|cost|fee|salary|fine|bail)\b"
        ): (
            r"[$£€¥₹]|\b(?:dollars?|pounds?|euros?|cents?|pence|yen|yuan|rupees?|roubles?|"
            r"francs?|free)\b"
        ),
        # a part of a whole
        r"\b(?:what|which) (?:share|percentage|percent|proportion|fraction)\b": (
            r"%|\bper ?cent\b|\b(?:half|thirds?|quarters?|fifths?|tenths?|majority|most|all|"
            r"none)\b|\b(?:in|out of) (?:\d+|two|three|four|five|ten)\b"
        ),
        # 'how far ahead' and 'how far has it come' are no distances
        (
            r"\bhow (?:tall|high|wide|deep)\b|"
            r"\bhow far (?:away|apart|off|out|from|is|are|was|were)\b|"
            r"\bhow far (?:did|do|does|has|have|can)\b.*"
            r"\b(?:travel|walk|r[au]n|sw[iu]m|fly|flown|drive|sail|ride|hike|throw|jump)\w*\b"
        ): rf"{_LENGTH}|\d\s?%",
        # the score of a game, the count of a vote
        r"\b(?:final|what) (?:\w+ ){0,3}score\b": (
            r"\d\s?[-–—]\s?\d|\b\d+ to \d+\b|\b(?:nil|love)\b"
        ),
        r"\bby (?:what|which) vote\b|\bvote (?:count|tally)\b": (
            rf"\d\s?[-–—]\s?\d|\b{_FEW} to {_FEW}\b|\b{_FEW} (?:\w+ )?votes?\b|"
            rf"\b{_FEW} (?:for|against|in favou?r)\b|\bunanim\w+|\bmajority\b"
        ),
        r"\bhow heavy\b|\bhow much\b.*\bweigh\w*\b|\bwhat (?:\w+ ){0,3}weight\b": (
            r"\b(?:pounds?|lbs?|ounces?|oz|stones?|tons?|tonnes?|grams?|kg|kilos?|kilogram\w*|"
            r"weigh\w*)\b"
        ),
        r"\bhow long\b": (
            r"\b(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|"
            rf"centur\w+|since|until|till|pages?|words?|\d{{4}})\b|{_LENGTH}"
        ),
    }.items()
)


def in_another_unit(question: str, said: str) -> bool:
    """Whether the question asks for a unit in which the sentence tells nothing."""
    return any(asked.search(question) and not told.search(said) for asked, told in _UNITS)
