"""Build the training arrays: ``python -m rag.models.reader_training.build DATA OUT``.

DATA is the folder of public reading sets (``reading/squadshifts_*.json.gz`` and so on),
OUT gets one ``epoch-N.npz`` an epoch, ``dev.npz`` and ``build.json`` with the counts.
Nothing of XQuAD, CLAPNQ or the held-out articles is read into training. Beside the sets' own
questions stand those of ``questions_paragraphs.jsonl.gz``, which were written for this reader on
the sets' paragraphs from Wikipedia, half of them so that they look answered and are not, and
those of ``paragraphs.jsonl.gz``, ``paragraphs_more.jsonl.gz`` and ``paragraphs_spans.jsonl.gz``,
whose paragraphs were written for it too, and of ``passages.jsonl.gz``, whose passages of news were.

With ``--spans`` OUT gets ``spans-0.npz`` instead: each written question once with few near misses,
and a share of the sets' own, which earlier stages have read many times.
"""

from __future__ import annotations

import argparse
import json
import random
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from rag.index.encoder import OnnxEncoder
from rag.models.reader_training import disguise, unanswerable
from rag.models.reader_training.arrays import to_arrays
from rag.models.reader_training.pairs import Pair, asked_pairs, own_pairs, squad_pairs
from rag.models.reader_training.reword import Reworder

HERE = Path(__file__).parent
SETS = {
    "wiki": "squadshifts_new_wiki.json.gz",
    "reddit": "squadshifts_reddit.json.gz",
    "amazon": "squadshifts_amazon_reviews.json.gz",
    "squad2": "squad2_half_dev.json.gz",
}
WIKIPEDIA = ("wiki", "squad2", "asked", "own")
ASKED = HERE / "questions_paragraphs.jsonl.gz"
OWN = tuple(
    HERE / f"{name}.jsonl.gz"
    for name in ("paragraphs", "paragraphs_more", "passages", "paragraphs_spans")
)
NEWS_CHARS = 520  # about 110 tokens


def config() -> dict[str, Any]:
    """The recorded recipe."""
    return tomllib.loads((HERE / "config.toml").read_text(encoding="utf-8"))


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
        late = set(random.Random(recipe["seed"]).sample(texts, len(texts) // 33))
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


def _times(share: float, rng: random.Random) -> int:
    """1.6 is once, and six times in ten twice."""
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
    chosen = [c for c in _with_twins(pairs) for _ in range(_times(times[c[0].source], rng))]
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


def spans_epoch(pairs: Sequence[Pair], recipe: dict[str, Any]) -> list[Pair]:
    """The pairs of the stage on spans, most of them answerable."""
    stage = recipe["spans_data"]
    kept = drawn(pairs, stage["unanswered"], random.Random(stage["seed"]))
    negatives = Negatives(kept, recipe["spans_negatives"])
    return epoch(kept, negatives, recipe["data"] | stage, stage["seed"])


def main() -> None:
    """Read, make, tokenise, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--spans", action="store_true", help="make the array of that stage alone")
    given = parser.parse_args()
    recipe = config()
    given.out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    train, dev, _ = split(given.data, recipe["data"])
    if given.spans:
        pairs = spans_epoch(train, recipe)
        to_arrays(pairs, tokenizer).save(given.out / "spans-0.npz")
        print(_count(pairs))
        return
    counts: dict[str, Any] = {}
    negatives = Negatives(train, recipe["negatives"])
    reworder = reworder_of(train)
    for index in range(recipe["data"]["epochs"]):
        seed = recipe["data"]["seed"] * 100 + index
        pairs = epoch(train, negatives, recipe["data"], seed, reworder)
        arrays = to_arrays(pairs, tokenizer)
        arrays.save(given.out / f"epoch-{index}.npz")
        counts[f"epoch-{index}"] = _count(pairs) | {"pieces": len(arrays.pieces)}
        print(index, counts[f"epoch-{index}"], flush=True)
    pairs = epoch(dev, Negatives(dev, recipe["negatives"]), recipe["data"], recipe["data"]["seed"])
    to_arrays(pairs, tokenizer).save(given.out / "dev.npz")
    counts["dev"] = _count(pairs)
    (given.out / "build.json").write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")


def _count(pairs: list[Pair]) -> dict[str, Any]:
    kinds = Counter(p.source + (f"~{p.id.rsplit('~', 1)[1]}" if "~" in p.id else "") for p in pairs)
    return {
        "pairs": len(pairs),
        "answerable": sum(p.answerable for p in pairs),
        "kinds": dict(kinds),
    }


if __name__ == "__main__":
    main()
