"""Articles that are described in other words: a search leads to one, or to none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rag.answer.about import about
from rag.answer.about_near import holds_names, nearest
from rag.types import Candidate, Filters, Kind
from tests.conversation.corpus import SmallCorpus, small_corpus


@pytest.fixture(scope="module")
def corpus() -> SmallCorpus:
    return small_corpus()


class Search:
    """Finds passages of these articles in this order, each as near as told."""

    def __init__(
        self, corpus: SmallCorpus, *found: tuple[str, float], kind: Kind = Kind.BODY
    ) -> None:
        self._infos = {info.id: info for info in corpus.articles()}
        self._corpus, self._found, self._kind = corpus, found, kind
        self.asked: list[str] = []

    def __call__(self, question: str, filters: Filters) -> list[Candidate]:
        self.asked.append(question)
        out = []
        for article_id, cosine in self._found:
            passages = self._corpus.article_passages(article_id)
            passage = next(p for p in passages if p.kind is self._kind)
            out.append(
                Candidate(
                    passage=passage,
                    article=self._infos[article_id],
                    fused=0.1,
                    scores={"dense": cosine},
                )
            )
        return out


def test_the_article_that_leads_is_meant(corpus: SmallCorpus) -> None:
    search = Search(corpus, ("ferry", 0.5), ("ferry", 0.4), ("wheat", 0.2))
    target = nearest("Who wrote of the ship?", search, corpus.articles(), Filters())
    assert target.one is not None
    assert target.one.id == "ferry"


@pytest.mark.parametrize(
    "found",
    [
        (),
        (("ferry", 0.2), ("ferry", 0.2)),
        (("ferry", 0.5), *(("wheat", 0.5), ("bridge", 0.5), ("bees", 0.5)) * 2),
    ],
    ids=["nothing", "too far", "several"],
)
def test_else_none_is(corpus: SmallCorpus, found: tuple[tuple[str, float], ...]) -> None:
    known = {info.id for info in corpus.articles()}
    search = Search(corpus, *(one for one in found if one[0] in known))
    assert nearest("Who wrote it?", search, corpus.articles(), Filters()).one is None


def test_a_year_tells_which_of_several(corpus: SmallCorpus) -> None:
    infos = [info for info in corpus.articles() if info.published.first]
    years = {info.published.year: info for info in infos}
    one, other = list(years.values())[:2]
    search = Search(corpus, (one.id, 0.5), (other.id, 0.48))
    for meant in (one, other):
        question = f"Who wrote the {meant.published.year} story?"
        assert nearest(question, search, infos, Filters()).one == meant
    far = Search(corpus, (one.id, 0.6), (other.id, 0.34))
    question = f"Who wrote what happened in {other.published.year}?"
    assert nearest(question, far, infos, Filters()).one == one


def test_in_other_words_it_is_told_who_wrote_it(corpus: SmallCorpus) -> None:
    question = "Who wrote the piece asking whether ships still need captains?"
    assert about(question, corpus) is None
    told = about(question, corpus, near=Search(corpus, ("ferry", 0.5), ("ferry", 0.45)))
    assert told is not None
    assert told.short == "Tom Weller"
    assert not told.doubtful


def test_what_no_rule_words_is_learned(corpus: SmallCorpus) -> None:
    search = Search(corpus, ("ferry", 0.6), ("ferry", 0.5))
    told = about("that story about the stranded ship, who's the author of it", corpus, near=search)
    assert told is not None
    assert told.short == "Tom Weller"


def test_who_wrote_a_report_the_articles_may_tell_themselves(corpus: SmallCorpus) -> None:
    search = Search(corpus, ("ferry", 0.6), ("ferry", 0.5))
    told = about("Who wrote the report on the stranded ship?", corpus, near=search)
    assert told is None or told.doubtful


@pytest.mark.parametrize(
    "question",
    [
        "Which reader thinks that ships are out of date?",
        "Which reader brushed the plan off as talk?",
        "who of the commenters wants the bridge closed",
    ],
)
def test_which_reader_wrote_it_is_told_by_the_nearest_comment(
    corpus: SmallCorpus, question: str
) -> None:
    info = next(info for info in corpus.articles() if info.comments)
    search = Search(corpus, (info.id, 0.5), kind=Kind.COMMENT)
    told = about(question, corpus, near=search)
    assert told is not None
    assert told.short
    assert told.doubtful  # what the comments were read to say goes before it
    assert "writes: “" in told.statements[0].text
    assert about(question, corpus, near=Search(corpus, (info.id, 0.1), kind=Kind.COMMENT)) is None


def test_who_is_named_must_be_in_the_article(corpus: SmallCorpus) -> None:
    search = Search(corpus, ("ferry", 0.6), ("ferry", 0.5))
    for question in (
        "Who wrote the article about Serena Berg and the stranded ship?",
        "Which Daily Globe reporter wrote about the stranded ship?",
        "Who wrote the Daily Globe story on the stranded ship?",
    ):
        told = about(question, corpus, near=search)
        assert told is None or told.abstained, question


@pytest.mark.parametrize(
    "question",
    [
        "Who covered the costs of the stranded ship?",
        "Who put together the crew of the stranded ship?",
        "Which paper said the ship was doomed?",
        "Which CNN reporter interviewed the captain?",
        "What is the headline inflation rate?",
        "Which card reader does the ferry use?",
        "Which commentator said that the ship was safe?",
    ],
)
def test_the_articles_are_asked_first_where_it_may_be_of_the_world(
    corpus: SmallCorpus, question: str
) -> None:
    told = about(question, corpus, near=Search(corpus, ("ferry", 0.6), ("ferry", 0.5)))
    assert told is None or told.doubtful


def test_a_publishers_own_piece_is_an_article_whatever_it_is_called(corpus: SmallCorpus) -> None:
    search = Search(corpus, ("ferry", 0.6), ("ferry", 0.5))
    told = about("Who wrote the Harbour Post list of ships that ran aground?", corpus, near=search)
    assert told is not None
    assert (told.short, told.doubtful) == ("Tom Weller", False)


def test_what_a_news_agency_put_out_is_an_article(corpus: SmallCorpus) -> None:
    search = Search(corpus, ("ferry", 0.6), ("ferry", 0.5))
    told = about("Which news agency put out the report on the stranded ship?", corpus, near=search)
    assert told is not None
    assert (told.short, told.doubtful) == ("Harbour Post", False)


def test_the_adjective_of_a_place_names_the_place(corpus: SmallCorpus) -> None:
    oslo = next(a for a in map(corpus.article, ["oslo"]) if a is not None)
    told = replace(oslo, text="Iran and Sicily signed it.")
    assert holds_names("Which Iranian minister?", told, all_of_them=True)
    assert holds_names("Which Sicilian minister?", told, all_of_them=True)
    assert not holds_names("Which Italian minister?", told, all_of_them=True)
    one = replace(oslo, text="One person said that it was normal.")
    assert not holds_names("What is the price of Persian bread?", one, all_of_them=True)
    assert not holds_names("Which minister met Sicherman?", told, all_of_them=True)
