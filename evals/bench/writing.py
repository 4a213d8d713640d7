"""How many wrong sentences of a language model are found, on articles of your own.

    python -m evals.bench.writing ARTICLES.jsonl.gz [--replies 500]

No model is asked: the replies are made up by `evals.bench.replies`.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

from evals.bench.replies import Fault, Made, drawn, names_of, score
from rag.answer.conversation import Conversation
from rag.answer.judge import Judged
from rag.answer.writing.checking import Checker
from rag.answer.writing.prompt import Request, fill
from rag.answer.writing.reply import Reply
from rag.articles import read_articles
from rag.index.passages import Cutter
from rag.retrieve.words import keys
from rag.settings import load_settings
from rag.types import Article, Candidate, Reading, Statement


def statements_of(
    dice: random.Random, said: Sequence[Made], offered: Sequence[Candidate]
) -> list[Statement]:
    """What becomes of a reply that says this and was offered these passages."""
    judged = [
        Judged(
            candidate=one,
            reading=Reading(passage_id=one.passage.id, probability=0.5),
            probability=0.5,
            confidence=0.5,
            missing=(),
        )
        for one in offered
    ]
    request = Request(question="What happened?", judged=judged, turns=(), today=20200101)
    prompt = fill(request, 16_384, 2_000)
    ids = {source.judged.candidate.passage.id: source.id for source in prompt.sources}
    texts = {one.article.id: frozenset(keys(one.passage.text)) for one in offered}
    checker = Checker(prompt.sources, request.question, lambda i: texts[i])
    reply = Reply(prompt, checker, Conversation(), strict=False)
    text = " ".join(f"{one.text} [{ids[one.cites.id]}]" for one in said)
    at = 0
    while at < len(text):
        step = dice.randint(1, 12)
        reply.feed(text[at : at + step])
        at += step
    reply.close()
    return reply.statements


def candidates_of(path: Path, most: int) -> list[list[Candidate]]:
    """The passages of the first articles of a dump, article by article."""
    settings = load_settings()
    cutter = Cutter(settings.passage, lambda texts: [len(t) // 4 for t in texts], 256)
    articles = (a for a in read_articles([path], settings.read) if isinstance(a, Article))
    return [
        [Candidate(passage=p, article=one.info, fused=0.0) for p in cutter.cut([one])[0]]
        for one in islice(articles, most)
    ]


def main() -> None:
    """Prints how many sentences of each kind were found wrong."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--replies", type=int, default=500)
    parser.add_argument("--most-articles", type=int, default=400)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=0, help="print so many misjudged of each kind")
    given = parser.parse_args()
    dice = random.Random(given.seed)
    groups = [g for g in candidates_of(given.articles, given.most_articles) if g]
    counts: dict[Fault, Counter[bool]] = {fault: Counter() for fault in Fault}
    for _ in range(given.replies):
        # Half of what is offered is of one article, as it is when a question fits it.
        own, *others = dice.sample(groups, min(5, len(groups)))
        offered = [*own[:4], *(dice.choice(group) for group in others)]
        far = dice.sample(groups, min(20, len(groups)))
        names = [n for group in far for n in names_of(group[0].passage.text)]
        said = drawn(dice, [c.passage for c in offered], names)
        statements = statements_of(dice, said, offered)
        for one, wrong in score(said, statements):
            counts[one.fault][wrong] += 1
            if wrong is one.fault.right and counts[one.fault][wrong] <= given.show:
                why = [(s.text, s.why) for s in statements if one.text[5:30] in s.text]
                print(f"{one.fault.value}: {one.text}\n    {why}")
    for fault, count in counts.items():
        share = count[True] / max(count.total(), 1)
        print(f"{fault.value:24} {count.total():5} sentences, found wrong {share:.4f}")


if __name__ == "__main__":
    main()
