"""The reading sets' pairs, and those written for this reader: apart by article, with near misses.

`split` reads the folder of public sets (``reading/squadshifts_*.json.gz`` and so on). Nothing of
XQuAD, CLAPNQ or the held-out articles is read into training. Beside the sets' own questions stand
those of ``questions_paragraphs.jsonl.gz``, which were written for this reader on the sets'
paragraphs from Wikipedia, half of them so that they look answered and are not, and those of `OWN`,
whose paragraphs and passages were written for it too. `epoch` adds near misses and disguises.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rag.index.encoder import OnnxEncoder
from rag.models.reader_training import disguise, unanswerable
from rag.models.reader_training.pairs import Pair, asked_pairs, own_pairs, squad_pairs
from rag.models.reader_training.recipe import HERE
from rag.models.reader_training.reword import Reworder

SETS = {
    "wiki": "squadshifts_new_wiki.json.gz",
    "reddit": "squadshifts_reddit.json.gz",
    "amazon": "squadshifts_amazon_reviews.json.gz",
    "squad2": "squad2_half_dev.json.gz",
}
WIKIPEDIA = ("wiki", "squad2", "asked", "own")
ASKED = HERE / "questions_paragraphs.jsonl.gz"
OWN = (*sorted(HERE.glob("paragraphs*.jsonl.gz")), HERE / "passages.jsonl.gz")
NEWS_CHARS = 520  # about 110 tokens


def split(data: Path, recipe: dict[str, Any]) -> tuple[list[Pair], list[Pair], list[Pair]]:
    """Training, dev and held-out test pairs, apart by article."""
    train: list[Pair] = []
    dev: list[Pair] = []
    test: list[Pair] = []
    names = {t.replace("_", " ") for t in recipe["held_out"]}
    dev_names = {t.replace("_", " ") for t in [*recipe["dev"], *recipe["dev_wiki"]]}
    for source, name in SETS.items():
        pairs = squad_pairs(data / "reading" / name, source)
        texts = sorted({p.text for p in pairs})
        late = set(random.Random(recipe["dev_seed"]).sample(texts, len(texts) // 33))
        for pair in pairs:
            if pair.title in names:
                test.append(pair)
            elif pair.title in dev_names or (source in ("reddit", "amazon") and pair.text in late):
                dev.append(pair)
            else:
                train.append(pair)
    own = [pair for path in OWN for pair in own_pairs(path)]
    return [*train, *asked_pairs(ASKED, train), *own], dev, test


class Negatives:
    """The near misses of one set of pairs."""

    def __init__(self, pairs: list[Pair], shares: dict[str, float]) -> None:
        self._shares = shares
        self._pool = unanswerable.Pool({(p.title, p.text) for p in pairs})
        by_source: dict[str, list[Pair]] = defaultdict(list)
        for pair in pairs:
            by_source[_kin(pair)].append(pair)
        self._found = {s: unanswerable.Retrieved(ps) for s, ps in by_source.items()}

    def of(self, pair: Pair, rng: random.Random) -> Iterable[Pair]:
        """The negatives of one answerable pair, drawn by their shares."""
        kinds: tuple[tuple[str, Callable[[], Pair | None]], ...] = (
            ("retrieved", lambda: self._found[_kin(pair)].other(pair, rng)),
            ("removed", lambda: unanswerable.removed(pair)),
            ("swapped", lambda: unanswerable.swapped(pair, self._pool, rng)),
        )
        for name, make in kinds:
            if name == "swapped" and pair.source == "own":
                continue  # its article has no more paragraphs: the other value would stand in it
            if rng.random() < self._shares[name] and (made := make()) is not None:
                yield made


def _times(pair: Pair, times: dict[str, float], rng: random.Random) -> int:
    """How often the pair is asked, by its file or its source; 1.6 is six times in ten twice."""
    share = times.get(pair.id.split(".")[0], times[pair.source])
    return int(share) + (rng.random() < share % 1)


def _with_twins(pairs: Sequence[Pair]) -> Iterator[list[Pair]]:
    """Each pair with its twin, if it has one: in one group the first is to outweigh the second.

    A twin whose partner is not right before it stands alone.
    """
    group: list[Pair] = []
    for pair in pairs:
        first = group[0] if len(group) == 1 else None
        if pair.twin and first is not None and first.answerable and first.text == pair.text:
            group.append(pair)
            continue
        if group:
            yield group
        group = [pair]
    if group:
        yield group


def _kin(pair: Pair) -> str:
    """Wikipedia's sets find each other's passages."""
    return "wiki" if pair.source in WIKIPEDIA else pair.source


def disguised(pair: Pair, recipe: dict[str, Any], rng: random.Random) -> Pair:
    """The pair as the engine might send it."""
    question = pair.question
    if rng.random() < recipe["typos"]:
        question = disguise.mistype(question, rng)
    if rng.random() < recipe["keywords"]:
        question = disguise.keywords(question)
    if rng.random() < recipe["no_mark"]:
        question = question.rstrip("? ")
    title = pair.title if pair.source in WIKIPEDIA else ""
    header = disguise.header(title, rng) if rng.random() < recipe["header"] else ""
    if rng.random() < recipe["news_length"]:
        pair = disguise.window(pair, NEWS_CHARS, rng)
    elif len(pair.text) > recipe["long"] * 4.4:
        pair = disguise.window(pair, int(recipe["long"] * 4.0), rng)
    return pair.with_(question=question or pair.question, header=header)


def reworder_of(pairs: Sequence[Pair]) -> Reworder:
    """By the words of the pairs' own texts."""
    texts = sorted({p.text for p in pairs})
    return Reworder(sorted({p.question for p in pairs}), texts, OnnxEncoder())


def epoch(
    pairs: list[Pair],
    negatives: Negatives,
    recipe: dict[str, Any],
    seed: int,
    reworder: Reworder | None = None,
) -> list[Pair]:
    """All pairs with their negatives, grouped by question, disguised."""
    rng = random.Random(seed)
    made: list[Pair] = []
    times = recipe["times"]
    chosen = [c for c in _with_twins(pairs) for _ in range(_times(c[0], times, rng))]
    for group, (pair, *twins) in enumerate(chosen):
        several = [pair, *twins]
        if pair.answerable:
            several.extend(negatives.of(pair, rng))
            if len(pair.spans) > 1:
                several[0] = pair.with_(spans=(rng.choice(pair.spans),))
        made.extend(p.with_(group=group) for p in several)
    if reworder is not None:
        questions = reworder([p.question for p in made], recipe["reworded"], rng)
        made = [p.with_(question=q) for p, q in zip(made, questions, strict=True)]
    # a question and its twin differ in one thing, not in window, header or slip beside
    alike = {p.group for p in made if p.twin}
    return [
        disguised(p, recipe, random.Random(f"{seed} {p.group}") if p.group in alike else rng)
        for p in made
    ]


def drawn(pairs: Sequence[Pair], share: float, rng: random.Random) -> list[Pair]:
    """All but some of the unanswerable questions that have no answerable one beside them."""
    return [p for p in pairs if p.answerable or p.twin or rng.random() < share]
