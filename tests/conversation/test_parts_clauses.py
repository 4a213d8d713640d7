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
