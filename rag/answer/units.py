"""Which unit a question asks for: money, a share, a length, a weight, a time, a score.

A sentence that holds no such thing answers another question. English forms only; what may be
asked in two senses ('how high is the toll?', 'how far ahead?') is left alone.
"""

from __future__ import annotations

import re

_EDGE = r"(?:\b|(?<=\d))"  # '324m' is written as well as '324 m'
# A length is not a speed: '15,000 miles per hour', '90 km/h'.
_LENGTH = (
    rf"{_EDGE}(?:foot|feet|ft|inch\w*|yards?|miles?|km|kilomet\w+|met(?:er|re)s?|m|light.?years?)\b"
    r"(?![\s-]*(?:/|per\b|an?\b|every\b)[\s-]*(?:h|hr|hour|min(?:ute)?|s|sec(?:ond)?)\b)"
)
_DOES = (
    r"(?:did|do|does|has|have|had|was|were|is|are|will|would|could|can|must|should|in|more|money)"
)
# Spelt out; '12th' is no number of things.
_NUMBER = (
    r"(?:\b\d[\d,.]*(?![\d,.]*(?:st|nd|rd|th)\b)|\b(?:one|two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)\b)"
)
# What asks for a unit, and what a sentence that tells it must hold.
_UNITS = tuple(
    (re.compile(asked, re.IGNORECASE), re.compile(told, re.IGNORECASE))
    for asked, told in {
        # money, but not 'how much time' and not 'how much did it raise interest rates'
        (
            rf"\bhow much {_DOES}\b(?!.*\b(?:time|rates?)\b).*\b(?:pay|pays|paid|costs?|worth|"
            r"earn\w*|charged?|spen[dt]|raised?|owe[sd]?|donated?|fined?|borrow\w*)\b|"
            r"\bhow much money\b|\bhow much [\w’']+ (?:cost|worth)\b|"
            r"\bwhat (?:do|does|did|will) [\w.'’ -]+ (?:pay|charge)(?: (?:per|an?|each)\b|\s*\??$)|"
            r"\bwhat (?:is|was|are|were) the (?:\w+ ){0,2}"
            r"(?:price|cost|fee|salary|fine|bail)\b"
        ): (
            r"[$£€¥₹]|\b(?:dollars?|pounds?|euros?|cents?|pence|yen|yuan|rupees?|roubles?|rubles?|"
            r"francs?|pesos?|crowns?|kron\w+|won|lira|reais|shekels?|riyals?|dinars?|dirhams?|"
            r"baht|rand|zlot\w+|forints?|bitcoins?|free)\b"
        ),
        # a part of a whole
        r"\b(?:what|which) (?:share|percentage|percent|proportion|fraction)\b": (
            r"%|\bper ?cent\b|\b(?:half|thirds?|quarters?|fifths?|tenths?|majority|most|all|"
            r"none)\b|\b(?:in|out of) (?:\d+|two|three|four|five|ten)\b"
        ),
        # 'how far ahead' and 'how far has it come' are no distances
        (
            r"\bhow (?:tall|deep)\b|\bhow (?:high|wide) (?:is|was|are|were) (?:the|an?) \w+\s*\??$|"
            r"\bhow far (?:away|apart|off|out|from|is|are|was|were)\b|"
            r"\bhow far (?:did|do|does|has|have|can)\b.*"
            r"\b(?:travel|walk|r[au]n|sw[iu]m|fly|flown|drive|sail|ride|hike|throw|jump)\w*\b"
        ): rf"{_LENGTH}|\d\s?(?:%|per ?cent|points?)",
        # the score of a game, the count of a vote
        r"\bfinal (?:\w+ )?score\b|\bwhat (?:is|was) the score (?:in|between|at|against)\b": (
            r"\d\s?[-–—]\s?\d|\b\d+ to \d+\b|\b(?:nil|love)\b"
        ),
        r"\bby (?:what|which) vote\b|\bwhat (?:is|was) the (?:\w+ )?vote (?:count|tally)\b": (
            rf"{_NUMBER}|\bunanim\w+|\bmajority\b|\btwo-thirds\b|\bquarters?\b|\bacclamation\b|"
            r"\bvoice vote\b|\bshow of hands\b|\bdissent\w*|\bparty lines?\b|\bnarrow\w*"
        ),
        r"\bhow heavy\b|\bhow much\b.*\bweigh\w*\b|\bwhat (?:\w+ ){0,3}weight\b": (
            rf"{_EDGE}(?:pounds?|lbs?|ounces?|oz|stones?|tons?|tonnes?|grams?|kg|kilos?|"
            r"kilogram\w*|weigh\w*)\b"
        ),
        r"\bhow long\b": (
            r"\b(?:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|decades?|"
            r"fortnights?|seasons?|terms?|match(?:es)?|games?|life|lifetime|forever|indefinite\w*|"
            rf"centur\w+|since|until|till|pages?|words?|\d{{4}})\b|{_LENGTH}"
        ),
    }.items()
)


def in_another_unit(question: str, said: str) -> bool:
    """Whether the question asks for a unit in which the sentence tells nothing."""
    return any(asked.search(question) and not told.search(said) for asked, told in _UNITS)
