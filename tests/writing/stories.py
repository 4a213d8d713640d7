"""Invented articles for the tests of writing, with dates, sums, names and quotations."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from rag.articles import read_articles
from rag.index.passages import Cutter
from rag.settings import PassageSettings
from rag.types import Article, Candidate, TitleOrigin
from tests.fakes import FakeEncoder
from tests.made import published

SEEDS = Path(__file__).parents[2] / "seeds"
_STORIES = {
    ("harbour", "2016-03-09", "Harbour Post", "Ferry runs aground off Larn"): """\
The ferry Astrid ran aground on a sandbank off Larn on March 7 with 412 passengers on board. \
Rescue boats from Tolle and Vik took off everyone within three hours, the coastguard said. \
Twelve people were treated for minor injuries at the hospital in Tolle.

Captain Ida Berg told reporters that the ship "lost all steering in the narrowest part of the \
channel." The owner, Nordlinje, put the damage at $3.5 million. An inquiry led by Per Dahl of \
the Maritime Board will present its findings on September 1.

The Astrid was built in 1998 and had passed an inspection in January 2016. It is the second \
accident on the route since 2011, when the freighter Solveig sank near Vik. Tourism in Larn \
fell by 14 percent in the month after the accident, the town council said.""",
    ("budget", "2017-11-22", "Morning Ledger", "Council passes budget after long night"): """\
The council of Westmere passed its budget on Tuesday after a debate that lasted eleven hours. \
Mayor Hanna Okafor won 31 votes, while 24 councillors voted against the plan. The budget foresees \
spending of 1,075 million crowns, of which 40 percent goes to schools.

Opposition leader Tomas Reyes called the plan “a gift to the builders and a bill for the rest”. \
He announced that his party would take the decision to the court in Halden by December 15. \
Okafor replied that the town had waited nine years for new schools.

Westmere has 86,000 inhabitants and grew by more than 2,300 people in 2016. The last time that \
the council rejected a budget was in June 1994. A tax on empty flats will be raised from 1.5 to \
2 percent in 2019.""",
    ("flood", "2019-08-14", "Valley Times", "River leaves its bed"): """\
Heavy rain has driven the river Orba over its banks, and some 5,600 people had to leave their \
homes by August 13. In Kestrel Bridge the water stood 2.4 metres above the usual level, the \
highest mark since 1953. Four bridges were closed and a school in Marlow was destroyed.

Governor Lena Fischer declared an emergency on Monday and asked the army for help. "We have lost \
houses, but we have lost nobody," she said in Marlow. The insurer Provida expects claims of \
about €120 million. Farmers lost two thirds of the harvest, according to their union.

The meteorologist Arjun Mehta said that the rain of a whole month fell within 36 hours. A dam \
above Kestrel Bridge was to be finished in 2017 but has not been built. Work is to begin in \
April 2020, the ministry in Corvin announced.""",
    ("league", "2018-05-03", None, "Rovers sign young keeper"): """\
Corvin Rovers signed the goalkeeper Mattias Lund on Wednesday for a fee of 7.2 million euros. \
The 21-year-old played 38 matches for Halden United and kept a clean sheet in fifteen of them. \
His contract runs until June 30, 2022.

Coach Bea Santoro said Lund was "the calmest player I have ever worked with" and would start in \
the match against Larn on May 12. The Rovers have conceded 54 goals this season, more than any \
other club of the league. Lund grew up in Vik, where his father trained the youth team.""",
}


@cache
def articles() -> tuple[Article, ...]:
    """The invented articles and the seeds."""
    made = tuple(_article(*head, text) for head, text in _STORIES.items())
    return (*made, *(a for a in read_articles([SEEDS]) if isinstance(a, Article)))


@cache
def candidates() -> tuple[Candidate, ...]:
    """Every passage of every article, cut as the index cuts them."""
    encoder = FakeEncoder()
    cutter = Cutter(PassageSettings(), encoder.count, encoder.max_tokens)
    return tuple(
        Candidate(passage=passage, article=article.info, fused=0.03)
        for article in articles()
        for passage in cutter.cut([article])[0]
    )


def about(article_id: str) -> list[Candidate]:
    """The passages of one article."""
    return [c for c in candidates() if c.article.id == article_id]


def _article(name: str, iso: str, publisher: str | None, title: str, body: str) -> Article:
    text = f"{title}\n\n{re.sub(r' {2,}', ' ', body)}"
    return Article(
        id=name,
        source=f"{name}.txt",
        title=title,
        title_origin=TitleOrigin.FIELD,
        publisher=publisher,
        author=None,
        published=published(iso),
        text=text,
        body_start=len(title) + 2,
        body_end=len(text),
    )
