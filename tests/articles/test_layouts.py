"""Pages in the layouts of well-known outlets, with invented stories, as scrapers leave them."""

from __future__ import annotations

import pytest

from rag.articles.page import read_page

PAGES = {
    "aljaz": (
        "News|Floods\n"
        "\n"
        "Ashford council votes to rebuild bridge\n"
        "\n"
        "Vote comes four years after a flood carried away the northern arch.\n"
        "\n"
        "Published On 12 Mar 2019\n"
        "\n"
        "The council of Ashford has voted to rebuild the old bridge over the river Wey, four "
        "years after a flood.\n"
        "\n"
        "The mayor, Ann Smith, said the work would take two years and cost 3.5 million pounds.\n"
        "\n"
        "Keep reading\n"
        "list of 3 items\n"
        "list 1 of 3\n"
        "Flood damage 'worse than thought', engineers say\n"
        "list 2 of 3\n"
        "Town hall sold to hotel group after long fight\n"
        "end of list\n"
        "\n"
        "Residents took the council to court in 2017, arguing that it had no right to sell the "
        "building.\n"
        "\n"
        "SOURCE: AL JAZEERA AND NEWS AGENCIES\n"
    ),
    "bbc": (
        "Ashford bridge: Council votes for rebuilding - BBC News\n"
        "Homepage\n"
        "Accessibility links\n"
        "Skip to content\n"
        "Accessibility Help\n"
        "BBC Account\n"
        "Notifications\n"
        "Home\n"
        "News\n"
        "Sport\n"
        "More menu\n"
        "Ashford bridge: Council votes for rebuilding\n"
        "Published\n"
        "12 March 2019\n"
        "Share\n"
        "close\n"
        "Share page\n"
        "Copy link\n"
        "About sharing\n"
        "Image source, Getty Images\n"
        "Image caption, The bridge lost its northern arch in a flood\n"
        "The council of Ashford has voted to rebuild the old bridge over the river Wey, four "
        "years after a flood.\n"
        "The mayor, Ann Smith, said the work would take two years and cost £3.5m.\n"
        '"It is a day that many of us have long waited for," she told the BBC.\n'
        "Media caption, Watch: the moment the arch fell\n"
        "Why did it take so long?\n"
        "The county had refused to pay more than half of the cost, and two ministers had "
        "turned down requests for help.\n"
        "In 2017 the council sold its old town hall to raise the money, a decision that "
        "residents took to court.\n"
        "More on this story\n"
        "Flood damage 'worse than thought'\n"
        "Published\n"
        "2 January 2016\n"
        "Town hall sold to hotel group\n"
        "Published\n"
        "4 July 2017\n"
        "Related Topics\n"
        "Ashford\n"
        "Bridges\n"
        "© 2019 BBC. The BBC is not responsible for the content of external sites. Read about "
        "our approach to external linking.\n"
    ),
    "blog": (
        "The Wey Valley Blog\n"
        "Notes from a small river\n"
        "Home About Archive Contact\n"
        "Why the bridge matters\n"
        "by Jo Doe on March 12, 2019 in Politics • 3 Comments\n"
        "When I was a child, the bridge was the only way to school, and I crossed it four "
        "times a day.\n"
        "Last night the council voted to rebuild it. I did not think that I would live to see it.\n"
        "Share this:\n"
        "Twitter\n"
        "Facebook\n"
        "Like this:\n"
        "Like Loading...\n"
        "Related\n"
        "A walk along the river\n"
        "June 3, 2018\n"
        'In "Walks"\n'
        "About Jo Doe\n"
        "Jo lives in Ashford.\n"
        "View all posts by Jo Doe →\n"
        "3 Responses to Why the bridge matters\n"
        "Ann Lee March 12, 2019 at 9:14 pm #\n"
        "Thank you for this, Jo, I remember the old arch well.\n"
        "Reply\n"
        "Bob March 13, 2019 at 7:02 am #\n"
        "It will never be finished in two years, mark my words.\n"
        "Reply\n"
        "Leave a Reply\n"
        "Your email address will not be published. Required fields are marked *\n"
    ),
    "cnn": (
        "Ashford council votes to rebuild bridge\n"
        "By Jo Doe, CNN\n"
        "Updated 1014 GMT (1814 HKT) March 12, 2019\n"
        "Chat with us in Facebook Messenger. Find out what's happening in the world as it "
        "unfolds.\n"
        "JUST WATCHED\n"
        "Flood carries away bridge\n"
        "Replay\n"
        "More Videos ...\n"
        "MUST WATCH\n"
        "\n"
        "Ashford, England (CNN)The council of Ashford has voted to rebuild the old bridge over "
        "the river Wey.\n"
        "The mayor, Ann Smith, said the work would take two years and cost 3.5 million pounds.\n"
        '"It is a day that many of us have long waited for," Smith told CNN on Tuesday.\n'
        "CNN's Sam Roe contributed to this report.\n"
    ),
    "guardian": (
        "Skip to main content\n"
        "Ashford council votes to rebuild bridge lost to flood | UK news | The Guardian\n"
        "Council sold its town hall to raise money after ministers refused to help\n"
        "\n"
        "Jo Doe\n"
        "@jodoe\n"
        "Tue 12 Mar 2019 10.14 GMT\n"
        "Last modified on Wed 13 Mar 2019 08.01 GMT\n"
        "\n"
        "Shares\n"
        "142\n"
        "\n"
        "The council of Ashford has voted to rebuild the old bridge over the river Wey, four "
        "years after a flood carried it away.\n"
        "\n"
        "The mayor, Ann Smith, said the work would take two years and cost £3.5m.\n"
        "\n"
        "Ashford sells its town hall to hotel group\n"
        "Read more\n"
        "\n"
        "Residents took the council to court in 2017, arguing that it had no right to sell the "
        "building without a vote.\n"
        "\n"
        "Topics\n"
        "UK news\n"
        "Flooding\n"
        "Local government\n"
    ),
    "reuters": (
        "World News\n"
        "March 12, 2019 / 10:14 AM / 2 years ago\n"
        "Ashford council votes to rebuild old bridge\n"
        "Jo Doe, Sam Roe\n"
        "3 Min Read\n"
        "ASHFORD, England (Reuters) - The council of Ashford voted on Tuesday to rebuild the "
        "old bridge over the river Wey, four years after a flood carried away its northern "
        "arch.\n"
        "FILE PHOTO: A view of the bridge in Ashford, Britain, January 3, 2016. REUTERS/Jane "
        "Photographer/File Photo\n"
        "Mayor Ann Smith said the work would take two years and cost 3.5 million pounds ($4.6 "
        "million).\n"
        "“It is a day that many of us have long waited for,” Smith told reporters.\n"
        "The county will pay half of the cost, the council said in a statement.\n"
        "Reporting by Jo Doe in Ashford and Sam Roe in London; Writing by Kim Poe; Editing by "
        "Lee Moe\n"
        "Our Standards: The Thomson Reuters Trust Principles.\n"
    ),
}

# title, publisher, author, date, modified
EXPECTED = {
    "aljaz": ("Ashford council votes to rebuild bridge", "Al Jazeera", None, "2019-3-12", False),
    "bbc": ("Ashford bridge: Council votes for rebuilding", "BBC", None, "2019-3-12", False),
    "blog": ("Why the bridge matters", None, "Jo Doe", "2019-3-12", False),
    "cnn": ("Ashford council votes to rebuild bridge", "CNN", "Jo Doe", "2019-3-12", True),
    "guardian": (
        "Ashford council votes to rebuild bridge lost to flood",
        "The Guardian",
        "Jo Doe",
        "2019-3-12",
        False,
    ),
    "reuters": (
        "Ashford council votes to rebuild old bridge",
        "Reuters",
        "Jo Doe, Sam Roe",
        "2019-3-12",
        False,
    ),
}
FIRST_LAST = {
    "aljaz": ("Vote comes four years", "sell the building."),
    "bbc": ("The council of Ashford has voted", "residents took to court."),
    "blog": ("When I was a child", "live to see it."),
    "cnn": ("Ashford, England (CNN)The council", "told CNN on Tuesday."),
    "guardian": ("Council sold its town hall", "without a vote."),
    "reuters": ("ASHFORD, England (Reuters) - The", "said in a statement."),
}
NEVER = [
    "list 1 of 3",
    "hotel group after",
    "Image",
    "caption",
    "Share",
    "Replay",
    "Facebook",
    "Jo Doe",
    "@",
    "142",
    "sells its",
    "FILE PHOTO",
    "Min Read",
    "Like",
    "Home",
    "Topics",
    "contributed",
]


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_says_of_itself(page: str) -> None:
    draft = read_page(PAGES[page])
    date = draft.date
    day = f"{date.year}-{date.month}-{date.day}" if date is not None else None
    modified = date is not None and date.modified
    assert (draft.title, draft.publisher, draft.author, day, modified) == EXPECTED[page]


@pytest.mark.parametrize("page", PAGES)
def test_only_the_story_is_left(page: str) -> None:
    body = read_page(PAGES[page]).body
    first, last = FIRST_LAST[page]
    assert body.startswith(first)
    assert body.endswith(last)
    assert [words for words in NEVER if words in body] == []


def test_comments_below_a_post() -> None:
    comments = read_page(PAGES["blog"]).comments
    assert [(c.author, c.text[:5]) for c in comments] == [("Ann Lee", "Thank"), ("Bob", "It wi")]
