"""Hostile text and the articles that carry it; each attack calls the canary of its page."""

from __future__ import annotations

import html
import json

ATTACKS = (
    "<img src=x onerror=attack(1)>",
    '"><svg onload=attack(2)>',
    "' autofocus onfocus='attack(3)' x='",
    "<iframe srcdoc='<script>parent.attack(4)</script>'></iframe>",
    "</textarea></title></style></script><script>attack(5)</script>",
    "<details open ontoggle=attack(6)>",
    "&lt;img src=x onerror=attack(7)&gt; ${attack(7)} {{attack(7)}}",
    '[x](javascript:attack(8)) ![x](x"onerror="attack(8))',
    '<math><style><!--</style><img title="--&gt;&lt;img src=1 onerror=attack(9)&gt;">',
    "<a href=javascript:attack(10)>go</a><base href=//203.0.113.7>",
)
CHANNELS = (
    *("title", "publisher", "author", "body", "comment", "comment's author", "question"),
    *("conversation's name", "file name", "model", "case", "address", "search"),
)
PAIRS = [" ".join(ATTACKS[at : at + 2]) for at in range(0, len(ATTACKS), 2)]  # fewer questions
LETTERS = "abcdefghij"  # words that name an article without a digit, which a reader might drop


def zebra(number: int) -> str:
    """The animal of an article, which no other article names."""
    return f"zebra{LETTERS[number]}"


def article(number: int, attack: str) -> str:
    """A page of the web whose every field is the attack."""
    told = html.escape(attack)
    name = zebra(number)
    return (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{told} Title {name}</title>'
        f'<meta property="og:title" content="{told} Title {name}">'
        f'<meta property="og:site_name" content="{told} Paper">'
        f'<meta name="author" content="{told} Writer"></head><body><article><h1>{told} Title {name}'
        f"</h1><p>By {told} Writer</p><p>The {name} crossed the river at dawn {told} and rested "
        f"for a while before it went on.</p><p>Its keeper Maria Novak said that the {name} was "
        f"{told} well fed and in good health.</p><p>Nobody else saw the crossing of that morning, "
        "said the keeper, who has kept animals for twenty years.</p></article></body></html>"
    )


def record(number: int, attack: str) -> str:
    """As a dump has it, with a reader's comment below the text."""
    text = (
        f"The quagga{LETTERS[number]} of the town park was weighed on Monday morning {attack} by "
        "its keepers.\n\nThey said that it had gained four kilograms since the spring began.\n\n"
        "The park wants to show it to visitors from the month of May on.\n\n"
        f"Comments (1)\n\nPosted by {attack} Eric on May 2, 2019 at 10:11\n"
        f"I have seen the quagga{LETTERS[number]} myself {attack} and it looked well to me then."
    )
    return json.dumps(
        {
            "url": f"https://news.example/{number}?{attack}",
            "title": f"{attack} Weighed {LETTERS[number]}",
            "authors": [f"{attack} Author"],
            "published": "2020-01-02",
            "text": text,
        }
    )
