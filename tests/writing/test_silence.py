"""What counts as 'I do not know', and what does not."""

from __future__ import annotations

import pytest

from rag.answer.compose import REFUSAL
from rag.answer.writing.silence import is_silence


@pytest.mark.parametrize(
    "text",
    [
        REFUSAL,
        REFUSAL.upper(),
        "“The articles do not say.”",
        "I don't know.",
        "I’m sorry, but I cannot answer that from the passages.",
        "I do not have enough information to answer this question.",
        "Unfortunately, the provided passages do not mention who won.",
        "The articles don't contain any information about the World Cup.",
        "The passages provided do not say when it happened.",
        "Based on the passages, there is no information about her age.",
        "There is no mention of the World Cup in the articles.",
        "None of the passages mentions the result.",
        "No information about this is given.",
        "It is not clear from the passages.",
        "Not specified.",
        "N/A",
        "Unknown.",
        "The context does not provide an answer.",
        "As an AI, I cannot verify this.",
        "Not enough information.",
        "The text does not specify the number of victims.",
        "Die Artikel sagen das nicht.",
        "Ich weiß es nicht.",
        "Je ne sais pas.",
        "Los artículos no lo dicen.",
    ],
)
def test_silence(text: str) -> None:
    assert is_silence(text)


@pytest.mark.parametrize(
    "text",
    [
        "Kerry met Barzani on June 24.",
        "None of the twelve passengers was hurt.",
        "The articles do say that he left.",
        "He does not know who fired the shot.",
        "The passages do not say it, but it was probably in 1999.",
        "I cannot tell from the passages; however, Paris is the capital.",
        "The council did not accept the plan.",
        "No officials were hurt.",
        "Unknown assailants attacked the base.",
        "There were no survivors.",
        "It was not immediately possible to verify those casualty claims.",
        "",
    ],
)
def test_no_silence(text: str) -> None:
    assert not is_silence(text)
