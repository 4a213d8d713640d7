"""What was worked out lately, kept while there is room. Safe between threads."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(Generic[K, V]):
    """The ``size`` values that were used last, by key. A size of 0 keeps nothing."""

    def __init__(self, size: int) -> None:
        """Empty, with room for ``size`` values."""
        self._size = size
        self._kept: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def fill(self, keys: Sequence[K], work_out: Callable[[list[K]], Iterable[V]]) -> list[V]:
        """The value of each key, same order; those not kept are worked out in one call.

        ``work_out`` gets each missing key once, in order, and gives as many values; it runs
        outside the lock, so two threads may work out the same. What it raises passes through.
        """
        with self._lock:
            known = {key: self._kept[key] for key in keys if key in self._kept}
        missing = [key for key in dict.fromkeys(keys) if key not in known]
        if missing:
            known.update(zip(missing, work_out(missing), strict=True))
        with self._lock:
            for key in keys:
                self._kept[key] = known[key]
                self._kept.move_to_end(key)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return [known[key] for key in keys]
