"""The parts of the page that stand still, and those that change with the corpus; pure HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rag.types import Filters
from ui.markup import esc, shortened
from ui.rail_html import KINDS

STYLES = ("page.css", "reading.css", "rail.css", "articles.css", "evaluation.css")
BRIDGE = '<div id="announce" role="status" aria-live="polite"></div>'
PAST = (
    '<div id="talk-head" hidden><details class="menu"><summary class="quiet">Export</summary>'
    '<div class="menu-items">'
    + "".join(
        f'<a class="quiet" download data-export="{kind}">{label}</a>' for kind, label in KINDS
    )
    + '</div></details></div><div id="past"></div>'
)
COMPOSER = (
    '<p id="given" hidden><span></span> <button type="button" class="quiet" '
    'data-act="forget-given" aria-label="Empty the question box">×</button></p>'
    '<form id="ask-form" role="search" aria-label="Ask the articles">'
    '<label class="unseen" for="question">Your question</label>'
    '<textarea id="question" rows="1" maxlength="2000" dir="auto" autocomplete="off" '
    'enterkeyhint="send" placeholder="Ask the articles"></textarea>'
    '<button type="submit" id="send" aria-label="Ask">Ask</button>'
    '<button type="button" id="stop" data-act="stop" hidden>Stop</button></form>'
    '<div class="below-box"><p id="asking" role="status"></p>'
    '<p class="keys" aria-hidden="true"><kbd>/</kbd> to ask, <kbd>Enter</kbd> to send'
    '<span class="esc">, <kbd>Esc</kbd> back to the sources</span></p>'
    '<p id="count" aria-hidden="true"></p></div>'
)
_MOST_PUBLISHERS = 200


def head_html() -> str:
    """What the page's head holds of ours: styles and the one script that imports the others."""
    links = "".join(f'<link rel="stylesheet" href="/page/{name}">' for name in STYLES)
    return (
        '<meta name="color-scheme" content="light dark">'
        f'<script src="/page/theme.js"></script>{links}'
        '<script type="module" src="/page/page.js"></script>'
    )


def masthead_html(rooms: Sequence[tuple[str, str]]) -> str:
    """The name, and the way to each room: pairs of its address and its label."""
    links = "".join(
        f'<a href="#{esc(name)}" data-room="{esc(name)}">{esc(label)}</a>' for name, label in rooms
    )
    return (
        '<div class="masthead"><p class="brand">Dateline</p>'
        f'<nav aria-label="Rooms">{links}</nav>'
        '<button type="button" class="theme" data-act="theme">Colours</button>'
        '<button type="button" class="drawer-toggle" data-act="drawer" aria-expanded="false" '
        'aria-controls="rail">Menu</button></div>'
    )


BROWSE = (
    '<form id="browse-form" role="search" aria-label="Search the list">'
    '<label class="unseen" for="browse">Title, publisher or date</label>'
    '<input id="browse" type="search" placeholder="Title, publisher or date" autocomplete="off" '
    'maxlength="200" dir="auto"></form>'
)


def welcome_html(articles: int, starters: Sequence[str]) -> str:
    """The first thing a visitor sees: what this is, and what to ask."""
    if not articles:
        return (
            '<section class="welcome"><h1>Ask the news you keep</h1><p class="lead">Dateline '
            "answers from your articles and shows the dated passage that each answer rests on. "
            'There are no articles yet.</p><p><a class="button" href="#articles">Add articles</a>'
            "</p></section>"
        )
    noun = "article" if articles == 1 else "articles"
    buttons = "".join(
        f'<li><button type="button" class="starter" data-ask="{esc(question)}" dir="auto">'
        f"{esc(question)}</button></li>"
        for question in starters
    )
    tried = f'<h2>Try one of these</h2><ul class="starters">{buttons}</ul>' if buttons else ""
    return (
        f'<section class="welcome"><h1>Ask the news you keep</h1><p class="lead">Answers come from '
        f"{articles:,} {noun} and nothing else. Each shows the dated passage that it rests on; "
        "where the articles do not say, it is built to say so. It can be wrong: look there.</p>"
        f'{tried}<p class="hint">Or <a href="#articles">see them all and add your own</a>.</p>'
        "</section>"
    )


def rail_html(publishers: Counter[str]) -> str:
    """What narrows the search, in the left column; publishers with how many articles each."""
    options = "".join(
        f'<option value="{esc(name)}">{esc(shortened(name, 60))} ({count:,})</option>'
        for name, count in publishers.most_common(_MOST_PUBLISHERS)
    )
    rest = len(publishers) - _MOST_PUBLISHERS
    more = f'<p class="hint">{rest:,} more have fewer articles.</p>' if rest > 0 else ""
    return (
        '<section class="rail" aria-label="Filters">'
        '<form id="filters"><h2>Search in</h2>'
        '<label for="publisher">Publisher</label>'
        f'<select id="publisher"><option value="">All publishers</option>{options}</select>{more}'
        f'<div class="pair">{_date_field("first", "From", "2014")}'
        f"{_date_field('last', 'To', '2017-11')}</div>"
        '<label class="check"><input id="comments" type="checkbox" checked> '
        "Readers’ comments</label></form></section>"
    )


def _date_field(name: str, label: str, example: str) -> str:
    return (
        f'<div><label for="{name}">{label}</label><input id="{name}" inputmode="numeric" '
        f'placeholder="{example}" maxlength="10" autocomplete="off"></div>'
    )


def chips_html(filters: Filters) -> str:
    """What the search is narrowed to, each with a button that lifts it."""
    keys = []
    if filters.dates is not None:
        keys.append("dates")
    keys.extend(f"publisher:{name}" for name in filters.publishers)
    if not filters.comments:
        keys.append("comments")
    if not keys:
        return ""
    items = "".join(
        f'<li><bdi>{esc(told)}</bdi> <button type="button" data-lift="{esc(key)}" '
        f'aria-label="Lift the filter {esc(told)}">×</button></li>'
        for told, key in zip(filters.words(), keys, strict=True)
    )
    return f'<ul class="chips" aria-label="The search is narrowed to">{items}</ul>'
