"""Questions that are joined by 'and': where they are cut, and what a later clause borrows."""

from __future__ import annotations

import pytest

from rag.answer.parts import parts

TODAY = 20261122

CLAUSES = [
    (
        "Who attended the harbour summit, and what did they decide?",
        [
            "Who attended the harbour summit?",
            "What did those who attended the harbour summit decide?",
        ],
    ),
    (
        "When did Weller arrive in Porto, and who did he meet there?",
        ["When did Weller arrive in Porto?", "Who did Weller meet in Porto?"],
    ),
    (
        "When and where did Weller meet Prado?",
        ["When did Weller meet Prado?", "Where did Weller meet Prado?"],
    ),
    ("Who founded the colony and why", ["Who founded the colony?", "Why was the colony founded?"]),
    (
        "Did Weller resign, and if so, why?",
        ["Did Weller resign?", "Why did Weller resign?"],
    ),
    (
        "What did Weller say and what did Prado say about the vote?",
        ["What did Weller say about the vote?", "What did Prado say about the vote?"],
    ),
    (
        "What did Weller say about Peru, and what did Prado say?",
        ["What did Weller say about Peru?", "What did Prado say about Peru?"],
    ),
    (
        "What did Weller say about Peru and what about Chile?",
        ["What did Weller say about Peru?", "What did Weller say about Chile?"],
    ),
    (
        "Who led the league in 2013? And who led it in 2017?",
        ["Who led the league in 2013?", "Who led the league in 2017?"],
    ),
    (
        "How many people died in Nepal in June and how many in July?",
        ["How many people died in Nepal in June?", "How many people died in Nepal in July?"],
    ),
    (
        "How many miners had come out by Friday, and how many were still below?",
        ["How many miners had come out by Friday?", "How many miners were still below?"],
    ),
    (
        "How many of the hostages were freed and how many were killed?",
        ["How many of the hostages were freed?", "How many of the hostages were killed?"],
    ),
    (
        "How many news agencies closed in Peru, and how many were saved?",
        ["How many news agencies closed in Peru?", "How many news agencies were saved?"],
    ),
    (
        "What did NATO give the Iraqis in 2017, and what more was it planning for them in 2018?",
        [
            "What did NATO give the Iraqis in 2017?",
            "What more was NATO planning for the Iraqis in 2018?",
        ],
    ),
    (
        "How many seats did Weller win, and how many years did Prado serve?",
        ["How many seats did Weller win?", "How many years did Prado serve?"],
    ),
    (
        "How many US nurses came to Peru in 2014, and how many were there before?",
        ["How many US nurses came to Peru in 2014?", "How many US nurses were there before?"],
    ),
    (
        "What was agreed, when will it start and who pays for it?",
        ["What was agreed?", "When will it start?", "Who pays for it?"],
    ),
    (
        "Who was president of Peru in 2013 and who was in 2018?",
        ["Who was president of Peru in 2013?", "Who was president of Peru in 2018?"],
    ),
    (
        "Ties with Peru: who was ambassador in 2013, and which incident at a port strained them?",
        [
            "Ties with Peru: who was ambassador in 2013?",
            "Ties with Peru: which incident at a port strained them?",
        ],
    ),
    (
        "Who was the league's head in 2013, and who is it now?",
        ["Who was the league's head in 2013?", "Who is the league's head now?"],
    ),
    (
        "Who was the league's head in 2013 and who held the post in 2018?",
        ["Who was the league's head in 2013?", "Who was the league's head in 2018?"],
    ),
    (
        "Who ran the games in 2012, and who ran them in 2016?",
        ["Who ran the games in 2012?", "Who ran the games in 2016?"],
    ),
    (
        "Who killed the mayor, and who buried her?",
        ["Who killed the mayor?", "Who buried the mayor?"],
    ),
    (
        "Who attended the summit, and who invited them?",
        ["Who attended the summit?", "Who invited those who attended the summit?"],
    ),
    (
        "Tell me who attended the summit and what was decided.",
        ["Who attended the summit?", "What was decided?"],
    ),
    (
        "What happened in Porto and when?",
        ["What happened in Porto?", "When did it happen in Porto?"],
    ),
    (
        "Who was detained after the raid in Porto, and how old is she?",
        [
            "Who was detained after the raid in Porto?",
            "How old is the one who was detained after the raid in Porto?",
        ],
    ),
    (
        "Which striker left the club, and what did he cost?",
        ["Which striker left the club?", "What did the striker that left the club cost?"],
    ),
    (
        "Which paper put out the interview, and on what day?",
        ["Which paper put out the interview?", "On what day was the interview put out?"],
    ),
    (
        "Who topped the table at the break, and with how many points?",
        [
            "Who topped the table at the break?",
            "With how many points was the table at the break topped?",
        ],
    ),
    (
        "What kind of loan, and for how many years, did Weller ask for?",
        ["What kind of loan did Weller ask for?", "For how many years did Weller ask for?"],
    ),
    (
        "when and in which county was the record broken",
        ["When was the record broken?", "In which county was the record broken?"],
    ),
    (
        "Who ran Porto when the harbour burned, and who was running it when the bridge fell?",
        [
            "Who ran Porto when the harbour burned?",
            "Who was running Porto when the bridge fell?",
        ],
    ),
    (
        "At the time of the vote, how many ships lay idle and how many crews had gone home?",
        [
            "At the time of the vote, how many ships lay idle?",
            "At the time of the vote, how many crews had gone home?",
        ],
    ),
    (
        "Weller vs. the port: what did he promise in 2014, and what did the dockers ask for?",
        [
            "Weller vs. the port: what did he promise in 2014?",
            "Weller vs. the port: what did the dockers ask for?",
        ],
    ),
    (
        "Who was mayor of Porto in spring 2013 and who five years later?",
        ["Who was mayor of Porto in spring 2013?", "Who was mayor of Porto in 2018?"],
    ),
    (
        "What did Peru buy in 2013, and what did it sell two years on?",
        ["What did Peru buy in 2013?", "What did Peru sell in 2015?"],
    ),
    (
        "Who wrote the 2016 story, and which colleague lent a hand?",
        ["Who wrote the 2016 story?", "Which colleague lent a hand?"],
    ),
]


@pytest.mark.parametrize(("question", "meant"), CLAUSES, ids=[q for q, _ in CLAUSES])
def test_clauses_that_ask_for_different_things(question: str, meant: list[str]) -> None:
    assert [part.question for part in parts(question, TODAY)] == meant


@pytest.mark.parametrize(
    ("question", "second"),
    [
        ("Which club sold Weller, and where did he go?", "Where did Weller go?"),
        ("Which team signed Weller, and how much did he cost?", "How much did Weller cost?"),
        ("Who is married to Weller, and where did he meet her?", "Where did Weller meet her?"),
        ("Who was killed and with what weapon?", "With what weapon was somebody killed?"),
        ("Who was fined, and for how much?", "For how much was somebody fined?"),
        (
            "Which party won in 2010, and which party won in 2014 and lost two years later?",
            "Which party won in 2014 and lost in 2016?",
        ),
        ("Who took over the firm, and for how much?", "For how much was the firm taken over?"),
    ],
)
def test_a_later_clause_means_whom_it_can(question: str, second: str) -> None:
    assert [part.question for part in parts(question, TODAY)][1:] == [second]


@pytest.mark.parametrize(
    "question",
    [
        "What did the bank sell, and for how much?",
        "What did Weller buy and with what money?",
        "Who won, and by how much?",
        "Which bank and which firm are merging?",
        "Which city and which port does the canal connect?",
        "Why and what books did the town ban?",
    ],
)
def test_what_would_be_cut_to_nonsense_stays_whole(question: str) -> None:
    assert parts(question, TODAY) == ()


@pytest.mark.parametrize(
    ("question", "around"),
    [
        ("In 2014, who won the race and how old was she?", ("In 2014, how old was ", "")),
        ("The raid: who was arrested, and how old was he?", ("The raid: how old was ", "")),
        ("Who won the race, and what did her coach say?", ("what did ", "'s coach say")),
        ("Who won the race, and what became of her coach?", ("what became of ", "'s coach")),
        ("Who met Prado, and who drove her home?", None),
        ("Who was elected, and with how many votes?", ("With how many votes was ", " elected")),
        ("Which club sacked Weller, and what was his record?", None),
    ],
)
def test_the_place_of_a_name_that_is_yet_to_be_found(
    question: str, around: tuple[str, str] | None
) -> None:
    found = parts(question, TODAY)
    assert len(found) == 2
    if around is None:
        assert found[1].around is None
    else:
        assert found[1].around is not None
        before, behind = found[1].around
        assert (before.casefold(), behind.rstrip("?")) == (around[0].casefold(), around[1])
