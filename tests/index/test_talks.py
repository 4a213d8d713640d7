"""Conversations are kept whole, each for its owner alone, and come back as they were."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.conversation import Conversation
from rag.errors import KeepingError, UsageError
from rag.index.catalogue import Catalogue
from rag.index.plain import from_plain, to_plain
from rag.index.ratings import Ratings
from rag.index.talks import Talks
from rag.settings import KeepSettings
from rag.types import Answer, Citation, Kind, Note, NoteKind, Statement, Support, Timings
from tests.made import info

ADA, BOB = "user:ada", "user:bob"


class Clock:
    """A clock that a test turns."""

    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


def cited(number: int, start: int, article: str = "a") -> Citation:
    return Citation(
        number=number, article=info(article), passage_id=f"{article}:0", kind=Kind.COMMENT,
        start=start, end=start + 5, quote="ferry", comment_author="Ada",
    )  # fmt: skip


def answered(question: str = "Who met?", number: int = 1, text: str = "They met.") -> Answer:
    return Answer(
        question=question,
        effective_question=f"{question} (in Brussels)",
        text=f"{text} [{number}]",
        short="they",
        statements=(Statement(text=text, numbers=(number,), support=Support.MATCHED),),
        citations=(cited(number, number * 10),),
        abstained=False,
        confidence=0.1 + 0.2,
        mode="llm",
        notes=(Note(kind=NoteKind.AGE, text="Old."),),
        nearest=(cited(9, 90, "b"),),
        timings=Timings(total=1 / 3, retrieve=2.5, read=0.1),
    )


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Catalogue(tmp_path)


def talks_of(catalogue: Catalogue, clock: Clock, **bounds: float) -> Talks:
    return Talks(lambda: catalogue.link, KeepSettings(**bounds), clock)  # type: ignore[arg-type]


@pytest.fixture
def talks(catalogue: Catalogue, clock: Clock) -> Talks:
    return talks_of(catalogue, clock)


def test_an_answer_comes_back_exactly_in_another_process(
    talks: Talks, tmp_path: Path, clock: Clock
) -> None:
    first, second = answered("Who met?"), answered("And when?", 2, "On “May 3”.\n\x1b[31m <b>")
    kept, n = talks.append(ADA, None, first)
    assert n == 1
    again, n = talks.append(ADA, kept.id, second)
    assert (again.id, n, again.turns) == (kept.id, 2, 2)
    stored = talks_of(Catalogue(tmp_path), clock).get(ADA, kept.id)
    assert stored is not None
    assert [turn.answer for turn in stored.turns] == [first, second]
    assert stored.info.title == "Who met?"


@given(
    question=st.text(st.characters(), min_size=1),
    quote=st.text(st.characters()),
    number=st.floats(allow_nan=False),
)
def test_any_words_survive_being_plain(question: str, quote: str, number: float) -> None:
    answer = replace(
        answered(question), confidence=number, citations=(replace(cited(1, 0), quote=quote),)
    )
    assert from_plain(Answer, to_plain(answer)) == answer


def test_numbers_go_on_after_a_restart(talks: Talks) -> None:
    kept, _ = talks.append(ADA, None, answered("One?", 1))
    talks.append(ADA, kept.id, answered("Three?", 3))  # [2] was a turn that was stopped
    stored = talks.get(ADA, kept.id)
    assert stored is not None
    conversation = Conversation()
    conversation.restore([turn.answer for turn in stored.turns])
    assert conversation.number("a", 10, 15) == 1
    assert conversation.number("a", 30, 35) == 3
    assert conversation.number("a", 77, 80) == 4
    assert conversation.number("a", 77, 80) == 4
    assert [turn.question for turn in conversation.turns] == ["One?", "Three?"]


def test_nobody_reaches_what_is_anothers(talks: Talks) -> None:
    kept, _ = talks.append(ADA, None, answered())
    assert talks.get(BOB, kept.id) is None
    assert talks.rename(BOB, kept.id, "Mine") is None
    assert not talks.delete(BOB, kept.id)
    assert not talks.undelete(BOB, kept.id)
    assert talks.page(BOB).rows == ()
    assert talks.page(BOB, "met").found == 0
    theirs, _ = talks.append(BOB, kept.id, answered("Bob asks"))
    assert theirs.id != kept.id
    assert talks.page(ADA).rows == (kept,)
    assert talks.page(None).found == 2
    assert talks.get(None, kept.id) is not None


def test_newest_first_in_pages(talks: Talks, clock: Clock) -> None:
    for number in range(5):
        clock.now += 1
        talks.append(ADA, None, answered(f"Question {number}"))
    titles = [row.title for row in talks.page(ADA, rows=2).rows]
    assert titles == ["Question 4", "Question 3"]
    assert [row.title for row in talks.page(ADA, page=2, rows=2).rows] == ["Question 0"]
    assert talks.page(ADA, page=99, rows=2) == talks.page(ADA, page=2, rows=2)
    assert talks.page(ADA, page=-1, rows=2).found == 5


def test_search_finds_titles_and_texts_and_quotes(talks: Talks) -> None:
    kept, _ = talks.append(ADA, None, answered("Straße in Iraq?", 1, "Nothing 100% certain."))
    talks.append(ADA, None, answered("Something else"))
    for query in ("STRASSE", "iraq certain", "100%", "FERRY straße", "  "):
        assert kept.id in [row.id for row in talks.page(ADA, query).rows], query
    for query in ("iraq absent", "100_", "%", "' OR 1=1 --"):
        assert [row for row in talks.page(ADA, query).rows if row.id == kept.id] == (
            [kept] if query == "%" else []
        ), query
    talks.rename(ADA, kept.id, "Über Basra")
    assert [row.title for row in talks.page(ADA, "über").rows] == ["Über Basra"]


def test_delete_can_be_undone_and_then_no_more(
    talks: Talks, clock: Clock, catalogue: Catalogue
) -> None:
    kept, _ = talks.append(ADA, None, answered())
    assert talks.delete(ADA, kept.id)
    assert not talks.delete(ADA, kept.id)
    assert talks.get(ADA, kept.id) is None
    assert talks.page(ADA).found == 0
    assert talks.undelete(ADA, kept.id)
    assert talks.get(ADA, kept.id) is not None
    talks.delete(ADA, kept.id)
    clock.now += 24 * 3600 + 1
    assert talks.purge() == 1
    assert not talks.undelete(ADA, kept.id)
    assert catalogue.link.execute("SELECT count(*) FROM turns").fetchone() == (0,)


def test_what_is_gone_for_good_is_gone_from_the_file(
    talks: Talks, catalogue: Catalogue, tmp_path: Path
) -> None:
    kept, _ = talks.append(ADA, None, answered("Xylophone?", text="zygote " * 3000))
    talks.append(ADA, None, answered("Another"))
    catalogue.link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"zygote" in (tmp_path / "catalogue.sqlite").read_bytes()
    talks.delete(ADA, kept.id)
    assert talks.purge(everything=True) == 1
    catalogue.close()
    left = b"".join(path.read_bytes() for path in tmp_path.glob("catalogue.sqlite*"))
    assert b"zygote" not in left
    assert b"ylophone" not in left
    assert b"Another" in left


def test_a_deleted_conversation_is_not_written_to(talks: Talks) -> None:
    kept, _ = talks.append(ADA, None, answered())
    talks.delete(ADA, kept.id)
    other, n = talks.append(ADA, kept.id, answered("Another tab asks"))
    assert (other.id != kept.id, n) == (True, 1)


def test_titles_are_one_line_of_bounded_length(talks: Talks) -> None:
    kept, _ = talks.append(ADA, None, answered("word " * 60))
    assert len(kept.title) <= 80
    assert kept.title.endswith("word…")
    assert talks.rename(ADA, kept.id, "  a\n\x00b\u2028c \ud800") == "a b c"
    with pytest.raises(UsageError, match="cannot be empty"):
        talks.rename(ADA, kept.id, " \n ")


def test_bounds_are_told(catalogue: Catalogue, clock: Clock) -> None:
    talks = talks_of(catalogue, clock, max_turns=1, max_conversations=1, max_turn_bytes=4096)
    kept, _ = talks.append(ADA, None, answered())
    with pytest.raises(KeepingError, match=r"holds 1 turns.*MAX_TURNS"):
        talks.append(ADA, kept.id, answered())
    with pytest.raises(KeepingError, match=r"1 conversations are kept.*delete some"):
        talks.append(ADA, None, answered())
    talks.append(BOB, None, answered())
    with pytest.raises(KeepingError, match="at most 4,096"):
        talks.append(ADA, kept.id, answered(text="long " * 1000))
    assert talks.page(ADA).found == 1


def test_what_another_version_wrote_says_so(talks: Talks, catalogue: Catalogue) -> None:
    kept, _ = talks.append(ADA, None, answered("Who met?"))
    catalogue.link.execute("UPDATE turns SET answer = '{\"question\": 1}'")
    stored = talks.get(ADA, kept.id)
    assert stored is not None
    (turn,) = stored.turns
    assert turn.answer.abstained
    assert "another version" in turn.answer.text


def test_threads_and_connections_write_side_by_side(catalogue: Catalogue, clock: Clock) -> None:
    talks, other = talks_of(catalogue, clock), talks_of(Catalogue(catalogue.folder), clock)
    kept, _ = talks.append(ADA, None, answered())
    failed: list[BaseException] = []

    def write(store: Talks) -> None:
        try:
            for _ in range(20):
                store.append(ADA, kept.id, answered())
        except BaseException as error:
            failed.append(error)
            raise

    threads = [threading.Thread(target=write, args=(one,)) for one in (talks, other) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert failed == []
    stored = talks.get(ADA, kept.id)
    assert stored is not None
    assert [turn.n for turn in stored.turns] == list(range(1, 82))


def test_a_rating_keeps_the_whole_answer_and_a_second_thought_replaces_it(
    catalogue: Catalogue, clock: Clock
) -> None:
    ratings = Ratings(lambda: catalogue.link, KeepSettings(max_reason_chars=20), clock)
    answer = answered()
    ratings.add(ADA, answer, up=False, reason=" wrong day ", history=["Before?"], turn=("t", 2))
    again = ratings.add(ADA, answer, up=True, turn=("t", 2))
    other = ratings.add(BOB, answer, up=False, reason="no", turn=("t", 2))
    assert ratings.all() == [again, other]
    assert again.answer == answer
    assert ratings.of(ADA, "t") == {2: True}
    assert ratings.of(ADA, "u") == {}
    with pytest.raises(UsageError, match="at most 20"):
        ratings.add(ADA, answer, up=True, reason="x" * 21)
    assert ratings.withdraw(BOB, ("t", 2))
    assert ratings.all() == [again]


def test_a_catalogue_of_the_first_format_gains_the_tables(tmp_path: Path, clock: Clock) -> None:
    from rag.index import schema

    link = schema.connect(tmp_path)
    for statement in schema._statements(schema._STEPS[0]):
        link.execute(statement)
    link.execute("PRAGMA user_version = 1")
    link.close()
    kept, _ = talks_of(Catalogue(tmp_path), clock).append(ADA, None, answered())
    assert kept.turns == 1
