"""Readers' comments in the layouts of common comment systems, and what only looks like them."""

from __future__ import annotations

import pytest

from rag.articles.page import read_page

STORY = "\n\n".join(
    (
        "Council votes to rebuild the old bridge",
        "The council of Ashford voted on Monday to rebuild the old bridge over the river Wey.",
        "The mayor, Ann Smith, said that the work would take two years and cost 3.5 million.",
        "Residents have waited for the bridge since a flood carried away its northern arch.",
    )
)
ONE = "This is good news for all of us who walk to the station every morning."
TWO = "I doubt that it will cost so little; remember what the town hall cost in the end."

LAYOUTS = {
    "writes": f"Eric in New Mexico writes:\n\n{ONE}\n\n"
    f"May 3, 2019\n\nJoy B. in Kent writes:\n\n{TWO}",
    "says": f"2 Responses to “Council votes”\n\n"
    f"Eric says:\nMay 2, 2019 at 4:15 pm\n{ONE}\nReply\n\n"
    f"Joy B. says:\nMay 3, 2019 at 9:01 am\n{TWO}\nReply",
    "ago": f"2 Comments\n\nEric • 3 days ago\n{ONE}\nReply\nShare ›\n\n"
    f"Joy B. • 2 days ago\n{TWO}\nLike",
    "said": f"Comments\n\nEric said...\n{ONE}\nMay 2, 2019 at 4:15 PM\n\nJoy B. said...\n{TWO}",
    "posted": f"Comments (2)\n\nPosted by Eric on May 2, 2019 at 10:11\n{ONE}\n\n"
    f"Posted by Joy B. on May 3, 2019 at 10:12\n{TWO}",
    "lines": f"Comments\n\nEric\n2 May 2019\n{ONE}\n\nJoy B.\n3 May 2019\n{TWO}",
    "dated": f"Eric, May 2, 2019 at 4:15 pm\n{ONE}\n\nJoy B., May 3, 2019 at 5:15 pm\n{TWO}",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_comments_are_kept_apart_with_their_authors(layout: str) -> None:
    draft = read_page(STORY + "\n\n" + LAYOUTS[layout])
    assert draft.body == STORY.split("\n\n", 1)[1]
    assert [comment.author for comment in draft.comments] == ["Eric", "Joy B."]
    assert ONE in draft.comments[0].text
    assert TWO in draft.comments[1].text
    assert draft.date is None


def test_dates_of_comments_are_their_own() -> None:
    comments = read_page(STORY + "\n\n" + LAYOUTS["says"]).comments
    days = [(c.date.year, c.date.month, c.date.day) for c in comments if c.date is not None]
    assert days == [(2019, 5, 2), (2019, 5, 3)]


def test_buttons_are_no_part_of_a_comment() -> None:
    assert [c.text for c in read_page(STORY + "\n\n" + LAYOUTS["ago"]).comments] == [ONE, TWO]


def test_announced_comments_without_heads_are_nobodys() -> None:
    draft = read_page(f"{STORY}\n\nComments\n\n{ONE}\n\nRelated stories\n\nAnother Bridge Falls")
    assert draft.body == STORY.split("\n\n", 1)[1]
    assert [(c.author, c.text) for c in draft.comments] == [(None, ONE)]


@pytest.mark.parametrize(
    "below",
    [
        f"Smith says:\n\n{ONE}",
        f"The mayor said:\n\n{ONE}\n\nThe council said:\n\n{TWO}",
        f"Opened on May 2, 1987\n\n{ONE}",
        f"Jan. 5, 2008\n\n{ONE}\n\nFeb. 6, 2009\n\n{TWO}",
    ],
)
def test_what_only_looks_like_comments_stays_in_the_story(below: str) -> None:
    draft = read_page(STORY + "\n\n" + below)
    assert draft.comments == ()
    assert ONE in draft.body


def test_the_signature_of_a_post_below_its_comments_is_the_posts() -> None:
    page = f"{STORY}\n\n{LAYOUTS['says']}\n\nThe bridge in 2015\nPosted by Ann Lee\nMay 1, 2019\n"
    draft = read_page(page)
    assert draft.author == "Ann Lee"
    assert draft.date is not None
    assert (draft.date.year, draft.date.month, draft.date.day) == (2019, 5, 1)
    assert draft.comments[-1].text == TWO
