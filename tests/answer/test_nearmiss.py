"""Signs that a sentence answers another question."""

from __future__ import annotations

import pytest

from rag.answer.nearmiss import Miss, near_misses
from rag.retrieve.expect import Expect, expect
from rag.types import DateRange, PublishedDate

IN_2018 = (DateRange(first=20180101, last=20181231),)


@pytest.mark.parametrize(
    ("question", "said", "misses"),
    [
        ("How much do drivers pay for each trip?", "The toll has stood for 20 years.", True),
        ("How much do drivers pay for each trip?", "The toll is $3.", False),
        ("How much do drivers pay for each trip?", "Crossing costs four euros.", False),
        ("How much did it rain?", "It rained for 20 days.", False),
        ("What was the price of the house?", "The house has nine rooms.", True),
        ("What share of members voted yes?", "Two members voted yes.", True),
        ("What share of members voted yes?", "Two thirds of the members voted yes.", False),
        ("What percentage voted yes?", "Some 62 percent voted yes.", False),
        ("How far did the stone fly?", "The stone was thrown 12 times.", True),
        ("How far did the stone fly?", "It was a 94-foot throw.", False),
        ("How much does the bell weigh?", "The 20-foot bell hangs in the tower.", True),
        ("How much does the bell weigh?", "The bell of 20 tons hangs in the tower.", False),
        ("How high is unemployment?", "Unemployment stands at 4%.", False),
        ("What was the final score in Lima?", "Berg made 46 points in Lima.", True),
        ("What was the final score in Lima?", "Lima won 116-104.", False),
        ("How long did the talks last?", "The talks were held by 14 people.", True),
        ("How long did the talks last?", "They went on until dawn.", False),
        ("Who scored first?", "Berg scored.", False),
        ("How far is the stone from Earth?", "It flies at 15,000 miles per hour.", True),
        ("How far is the stone from Earth?", "It flies at 90 km/h, 40 miles away.", False),
        ("How far did the ball fly?", "It flew 200 metres at 60 miles an hour.", False),
        ("How far is it from the town?", "It is 20 miles, half an hour by car.", False),
        ("By what vote was the rule kept?", "They voted to keep it through 12th grade.", True),
        ("By what vote was the rule kept?", "It was kept 51-49.", False),
        ("By what vote was the rule kept?", "Five to four they kept it.", False),
        ("By what vote was the rule kept?", "The board kept it unanimously.", False),
        ("By what vote was the rule kept?", "It was kept by 52% to 48%.", False),
        ("By what vote was the rule kept?", "It was kept in a voice vote.", False),
        ("By what vote was the rule kept?", "A two-thirds vote kept it.", False),
        ("By what vote was the rule kept?", "61 members backed it.", False),
        ("What was the vote about?", "It was about the bridge.", False),
        ("Who stopped the vote count?", "A judge stopped the vote count on Friday.", False),
        ("When did the vote tally begin?", "The vote tally began on Friday.", False),
        ("How tall is the tower?", "The tower is 324m tall.", False),
        ("How tall is she?", "She is 6ft 2in.", False),
        ("How heavy was the rock?", "They lifted a 70kg rock.", False),
        ("How far is the star from Earth?", "It is four light years away.", False),
        ("How much time did she spend in jail?", "She spent two years in jail.", False),
        ("How much did the bank raise rates?", "Rates went up by half a point.", False),
        ("How much did the house cost?", "The house cost 48 million crowns.", False),
        ("How much did the house cost?", "The house was sold in May.", True),
        ("How high was inflation?", "Inflation stood at 7.1 percent.", False),
        ("How high was the toll of the storm?", "The storm killed 40 people.", False),
        ("What credit score do you need?", "A score of 620 will do.", False),
        ("How long is he banned?", "He is banned for four matches.", False),
    ],
)
def test_a_number_of_another_kind(question: str, said: str, misses: bool) -> None:
    found = near_misses(question, expect(question), (), said, None)
    assert found == ((Miss.UNIT,) if misses else ())


def test_a_month_without_a_year_may_be_the_one_asked_for() -> None:
    june = (DateRange(first=20140601, last=20140630),)
    said = "At least 1,075 were killed in June alone, the most since December 2011."
    question = "What was the toll of June 2014?"
    assert Miss.YEAR not in near_misses(question, expect(question), june, said, "1,075")
    may = (DateRange(first=20140501, last=20140531),)
    assert Miss.YEAR in near_misses(question, expect(question), may, said, "1,075")
    assert Miss.YEAR in near_misses(question, expect(question), IN_2018, said, "1,075")


@pytest.mark.parametrize(
    ("question", "span", "misses"),
    [
        ("How many people does a storm kill each year?", "20-foot", True),
        ("How many people does a storm kill each year?", "$3 million", True),
        ("How many people does a storm kill each year?", "about 20", False),
        ("How many people does a storm kill each year?", None, False),
        ("How many feet of snow fell?", "three or 4 feet", False),
        ("How many years old is the bridge?", "20 years old", False),
        ("How many percent of members came?", "62%", False),
        ("How much snow fell?", "20 feet", False),
    ],
)
def test_a_measure_is_no_count(question: str, span: str | None, misses: bool) -> None:
    found = near_misses(question, expect(question), (), f"It was {span}, they said.", span)
    assert (Miss.COUNT in found) is misses


@pytest.mark.parametrize(
    ("span", "misses"),
    [
        ("September 12", True),
        ("on Friday", True),
        ("40", True),
        ("Friday Harbor's Ole Berg", False),
        ("40 volunteers", False),
        ("Ole Berg", False),
    ],
)
def test_nobody_is_a_day_or_a_number(span: str, misses: bool) -> None:
    for kind in (Expect.PERSON, Expect.DATE):
        found = near_misses("Who opens the fair?", kind, (), f"It was {span}.", span)
        assert (Miss.WHO in found) is (misses and kind is Expect.PERSON)


@pytest.mark.parametrize(
    ("said", "misses"),
    [
        ("In 2015 she was worth $3 million.", True),
        ("In 2018 she was worth $3 million.", False),
        ("Between 2015 and 2018 she earned $3 million.", False),
        ("In June 2018 she was worth $3 million.", False),
        ("She was worth $3 million.", False),
        ("On Friday she was worth $3 million.", False),
    ],
)
def test_another_year(said: str, misses: bool) -> None:
    question = "How much was she worth in 2018?"
    found = near_misses(question, Expect.NUMBER, IN_2018, said, "$3 million")
    assert found == ((Miss.YEAR,) if misses else ())


@pytest.mark.parametrize(
    ("question", "span", "misses"),
    [
        ("Which rival of Ada Weller is backed by the mayor?", "Weller", True),
        ("Which rival of Ada Weller is backed by the mayor?", "Ole Berg", False),
        ("Which rival of Ada Weller is backed by the mayor?", "the mayor of Lima", False),
        ("How many of the 40 members came?", "40", False),  # its kind has a check of its own
        ("Who is it?", "the", False),
    ],
)
def test_an_echo_of_the_question(question: str, span: str, misses: bool) -> None:
    found = near_misses(question, expect(question), (), "A sentence.", span)
    assert found == ((Miss.ECHO,) if misses else ())


@pytest.mark.parametrize(
    ("question", "span", "misses"),
    [
        ("Who is the foreign minister of Peru?", "Peruvian Foreign Minister", True),
        ("Who is the foreign minister of Peru?", "Chile", True),
        ("Who is the foreign minister of Peru?", "Prado", False),
        ("Who is the foreign minister of Peru?", "Foreign Minister Ana Prado", False),
        ("What is the name of the mayor of Lima?", "the mayor", True),
        ("Who robbed the mayor?", "armed men", False),
        ("Who led the attack on the base?", "militants", False),
        ("Who governs South Africa?", "the ANC", False),
        ("Who was hurt by the mayor of Lima?", "a burglar", False),
        ("Who is the foreign minister of Peru?", None, False),
    ],
)
def test_an_office_is_held_by_somebody_with_a_name(
    question: str, span: str | None, misses: bool
) -> None:
    found = near_misses(question, expect(question), (), f"They met {span}.", span)
    assert (Miss.NAMELESS in found) is misses


@pytest.mark.parametrize(
    ("question", "said", "misses"),
    [
        ("How many of the dead were women?", "Some 40 people died.", True),
        ("How many of the dead were women?", "Some 40 died, 12 of them women.", False),
        ("How many of the dead were women?", "A woman was among the 40 dead.", False),
        ("How many of the dead were children?", "One of the 12 dead was a child.", False),
        ("How many of those arrested are students?", "Of 40 arrested, 9 are students.", False),
        ("How many of the injuries were serious?", "Five people were badly hurt.", False),
        ("How many of the recorded cases were fatal?", "Of 50 patients 21 died.", False),
        ("How many of the boats were lost?", "Nine boats sank.", False),
        ("What was life expectancy for Peruvian women in 2018?", "It fell to 76 years.", True),
        ("What was the name of the charity for children?", "The Shelter closed.", False),
        ("What was life like for women?", "Women were not let in.", False),
        ("What is the toll among children?", "40 people died.", True),
    ],
)
def test_the_part_of_a_whole_must_be_told(question: str, said: str, misses: bool) -> None:
    assert (Miss.PART in near_misses(question, expect(question), (), said, "40")) is misses


@pytest.mark.parametrize(
    ("question", "said", "misses"),
    [
        ("Which states joined in 2009?", "Chad is the first state to join since 2009.", True),
        ("Which states joined in 2009?", "Chad joined in 2009, the first since 2004.", False),
        ("Which states have joined since 2009?", "Chad is the first to join since 2009.", False),
        ("Which states joined in 2009?", "Since then Chad has joined.", False),
    ],
)
def test_a_bound_is_not_the_time_itself(question: str, said: str, misses: bool) -> None:
    year = (DateRange(first=20090101, last=20091231),)
    assert (Miss.YEAR in near_misses(question, expect(question), year, said, None)) is misses


def test_the_year_of_a_report_is_not_the_year_that_it_tells_of() -> None:
    told = "The valley has been dry since the flood of 2003."
    of_report = "Since when has the valley been dry, according to the 2018 report?"
    assert Miss.YEAR not in near_misses(of_report, Expect.DATE, IN_2018, told, None)
    assert Miss.YEAR in near_misses("Who ran it in 2018?", Expect.PERSON, IN_2018, told, None)


@pytest.mark.parametrize(
    ("said", "published", "misses"),
    [
        ("The bridge will open by the end of 2020.", PublishedDate(year=2018, month=5), False),
        ("The bridge opened in 2016.", PublishedDate(year=2018, month=5), True),
        ("The bridge will open by the end of 2020.", PublishedDate(year=2019), True),
        ("The bridge will open by the end of 2020.", PublishedDate(), True),
        ("It opened in 2016 and closes in 2020.", PublishedDate(year=2018), True),
    ],
)
def test_a_plan_of_the_year_asked_for_is_no_other_year(
    said: str, published: PublishedDate, misses: bool
) -> None:
    question = "What was planned for the bridge in 2018?"
    found = near_misses(question, Expect.THING, IN_2018, said, None, published)
    assert (Miss.YEAR in found) is misses


@pytest.mark.parametrize(
    ("question", "said", "misses"),
    [
        ("How many people were wounded in Lima?", "Some 40 people were killed in Lima.", True),
        ("How many people were hurt?", "40 people died and 60 were injured.", False),
        ("How many people died?", "The fire killed 40.", False),
        ("How many people died?", "The fire claimed 40 lives.", False),
        ("How many people were wounded in Lima?", "90 soldiers arrived in Lima.", True),
        ("What was the number of arrests?", "40 people fled.", True),
        ("How many were arrested?", "Police rounded up 50.", False),
        ("How many people were on board the missing plane?", "It carried 239 people.", False),
        ("How many children did the dead man have?", "He was a father of three.", False),
        ("How many people came to the grave of the killed officer?", "Some 400 came.", False),
        ("How many copies did The Walking Dead sell?", "It sold nine million.", False),
        ("How many people came?", "40 people were killed.", False),
        ("Who was wounded?", "Berg was killed.", False),  # nobody is counted
    ],
)
def test_the_dead_are_not_the_wounded(question: str, said: str, misses: bool) -> None:
    found = near_misses(question, expect(question), (), said, None)
    assert (Miss.FATE in found) is misses


@pytest.mark.parametrize(
    ("question", "span", "misses"),
    [
        ("Who will command the mission?", "several hundred soldiers", True),
        ("Who leads it?", "300 men", True),
        ("Who ran the restaurant?", "Two brothers from Naples", False),
        ("Who leads it?", "General Berg", False),
        ("Who will take part?", "several hundred soldiers", False),
    ],
)
def test_a_crowd_leads_nothing(question: str, span: str, misses: bool) -> None:
    found = near_misses(question, Expect.PERSON, (), f"It is told of {span}.", span)
    assert (Miss.WHO in found) is misses


def test_how_far_ahead_is_no_distance() -> None:
    said = "Some plumbers are booked up three months in advance."
    times: tuple[DateRange, ...] = ()
    assert near_misses("How far ahead are they booked?", Expect.NUMBER, times, said, None) == ()
    missed = near_misses("How far is it to Lima?", Expect.NUMBER, times, said, None)
    assert Miss.UNIT in missed
