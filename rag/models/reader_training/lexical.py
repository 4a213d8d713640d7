"""BM25 over a few thousand texts, in memory: finds the passages that look like an answer.

Training needs hard negatives for tens of thousands of questions and no index on disk, so
this stands beside the engine's lexical index and does not replace it.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

_WORD = re.compile(r"[a-z0-9]+")
_STOP = frozenset(
    "a an and are as at be by did do does for from had has have how in is it its of on or that "
    "the their this to was were what when where which who whom whose why will with".split()
)


def words(text: str) -> list[str]:
    """Lower-case words without the commonest, with a plural s taken off."""
    found = (w for w in _WORD.findall(text.lower()) if w not in _STOP)
    return [w[:-1] if len(w) > 3 and w.endswith("s") else w for w in found]


class Bm25:
    """``best(query, k)`` ranks the given texts."""

    def __init__(
        self,
        texts: Sequence[str],
        *,
        k1: float = 1.2,
        b: float = 0.75,
    ) -> None:
        counts, lengths = [], []
        for text in texts:
            found = words(text)
            lengths.append(len(found))
            counts.append(Counter(found))
        mean = sum(lengths) / max(1, len(lengths)) or 1.0
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for index, (count, length) in enumerate(zip(counts, lengths, strict=True)):
            for word, times in count.items():
                weight = times * (k1 + 1) / (times + k1 * (1 - b + b * length / mean))
                self._postings[word].append((index, weight))
        total = len(texts)
        self._idf = {
            word: math.log(1 + (total - len(found) + 0.5) / (len(found) + 0.5))
            for word, found in self._postings.items()
        }

    def best(self, query: str, k: int) -> list[int]:
        """Indices of the k best texts, best first; texts that share no word are left out."""
        scores: dict[int, float] = defaultdict(float)
        for word in set(words(query)):
            idf = self._idf.get(word, 0.0)
            for index, weight in self._postings.get(word, ()):
                scores[index] += idf * weight
        return sorted(scores, key=lambda i: (-scores[i], i))[:k]
