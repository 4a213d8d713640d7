"""Questions made from news articles' own facts, with passages that may answer them.

    python -m evals.bench.reader_facts OUT --index DATA_DIR --count 12000

A sentence of an article with one of its names, numbers or dates left out, and an asking word
before it, is a question whose answer is known (Lewis, Denoyer and Riedel 2019, *Unsupervised
Question Answering by Cloze Translation*; like theirs, words are dropped at random so that it
does not read like the sentence). It is asked of the whole index: passages of *other*
articles that hold what was left out tell the same fact in other words, and high-ranked ones
that do not are near misses. One JSON line a question.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from pathlib import Path
from typing import Any

from evals.bench.reading_sets import answer_pattern
from rag.engine import Engine
from rag.models.reader_training.disguise import sentences
from rag.models.reader_training.lexical import words
from rag.models.reader_training.unanswerable import typed
from rag.settings import load_settings
from rag.types import Candidate, Passage

LEAD = 8  # passages of an article, from its top, in which news stands
SHORT, LONG = 60, 240  # characters of a sentence that is asked about
DROPPED = 0.15  # share of words left out of a question
OWN = 0.35  # share of questions whose own passage may answer
COPY = 0.85  # share of a sentence's words in a passage above which it is a copy
COMMON = 8  # passages that tell it: with more of them the words left out are no answer
TELLS = 0.45  # share of a question's words in a passage from which it tells the same
_ASKING = {
    "year": ("when", "what year", "in what year"),
    "month": ("when", "what month", "what day"),
    "number": ("how many", "how much", "what number of"),
    "name": ("who", "what", "which", "where", "who or what"),
}
_DAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")
_CLAUSE = re.compile(r"[,;:–—]\s+|\s+(?:and|but|while|which|who|as)\s+")
_ENDS = re.compile(r"[\s\"'“”‘’.,;:]+$")


def asked(sentence: str, rng: random.Random) -> tuple[str, str] | None:
    """A question and its answer's words, or None where the sentence has too little to ask by."""
    # a single capital word at the beginning is seldom a name
    values = [v for v in typed(sentence) if v[2] or " " in v[1]]
    if len(values) < 2 or not SHORT <= len(sentence) <= LONG:
        return None
    kind, value, start, end = rng.choice(values)
    begin, close = 0, len(sentence)
    if rng.random() < 0.5:  # the clause around it alone
        for cut in _CLAUSE.finditer(sentence):
            if cut.end() <= start:
                begin = cut.end()
            elif cut.start() >= end:
                close = cut.start()
                break
    before, after = sentence[begin:start], sentence[end:close]
    rest = [w for w in f"{before} {after}".split() if rng.random() >= DROPPED]
    if len(words(" ".join(rest))) < 4:
        return None
    opening = rng.choice(_ASKING["month" if _DAY.fullmatch(value) else kind])
    if rng.random() < 0.3:  # where the sentence had it, as people ask when they cite
        kept = [w for w in before.split() if rng.random() >= DROPPED]
        text = " ".join([*kept, opening, *after.split()])
    else:
        text = f"{opening} {' '.join(rest)}"
    text = _ENDS.sub("", re.sub(r"[\"“”]", "", text))
    return text[:1].upper() + text[1:] + "?", value


def share(of: set[str], text: str) -> float:
    """The share of words that a text holds."""
    return len(of & set(words(text))) / max(1, len(of))


def row(
    found: Candidate, sentence: str, asks: set[str], pattern: re.Pattern[str]
) -> dict[str, Any]:
    """One passage as training reads it."""
    passage = found.passage
    spans = [list(m.span()) for m in pattern.finditer(passage.text)]
    return {
        "header": passage.header,
        "text": passage.text,
        "spans": spans,
        "right": bool(spans) and share(asks, passage.text) >= TELLS,
        "copy": share(set(words(sentence)), passage.text) >= COPY,
        "id": passage.id,
    }


def record(engine: Engine, passage: Passage, rng: random.Random) -> dict[str, Any] | None:
    """A question on a sentence of the passage with what retrieval brings, or None."""
    begin, end = rng.choice(sentences(passage.text))
    sentence = passage.text[begin:end].strip()
    made = asked(sentence, rng)
    if made is None:
        return None
    question, value = made
    pattern, asks = answer_pattern([value]), set(words(question))
    own = rng.random() < OWN
    rows = [row(found, sentence, asks, pattern) for found in engine.candidates(question)]
    rows = [r for r in rows if own or not r["copy"]]
    if not 0 < sum(r["right"] for r in rows) <= COMMON or all(r["spans"] for r in rows):
        return None
    return {"id": f"{passage.id}@{begin}", "question": question, "answer": value, "passages": rows}


def main() -> None:
    """Draw sentences, ask, write."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("out", type=Path)
    parser.add_argument("--index", type=Path, required=True, help="a data directory with the news")
    parser.add_argument("--count", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=29)
    given = parser.parse_args()
    rng = random.Random(given.seed)
    engine = Engine.open(load_settings(data_dir=given.index))
    infos = engine.corpus.articles()
    made = tries = 0
    with gzip.open(given.out, "wt", encoding="utf-8") as out:
        while made < given.count and tries < 10 * given.count:
            tries += 1
            passages = engine.corpus.article_passages(rng.choice(infos).id)[:LEAD]
            written = record(engine, rng.choice(passages), rng) if passages else None
            if written is not None:
                out.write(json.dumps(written) + "\n")
                made += 1
    print(made, "questions of", tries, "sentences drawn")


if __name__ == "__main__":
    main()
