"""The weighted mean of two trainings' weights, which reads better than either.

    python -m rag.models.reader_training.average ONE OTHER SHARE OUT.pt

ONE and OTHER are ``.pt`` files or readers that `export` wrote; SHARE is the part of OTHER, in
[0, 1]. Both must have begun from the same weights, else their mean means nothing (Wortsman et al.
2022, "Model soups" and "Robust fine-tuning of zero-shot models").
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from typing import Any


def mean_of(one: Mapping[str, Any], other: Mapping[str, Any], share: float) -> dict[str, Any]:
    """Each weight of ``one`` moved towards that of ``other``; what is no float is ``other``'s.

    Raises `ValueError` where the two do not hold the same weights or ``share`` is no share.
    """
    if not 0 <= share <= 1:
        raise ValueError(f"The share is {share}: give a number from 0 to 1.")
    if set(one) != set(other):
        raise ValueError("The two files hold different weights: take two trainings of one network.")
    return {
        name: value * (1 - share) + other[name] * share if _is_float(value) else other[name]
        for name, value in one.items()
    }


def _is_float(value: Any) -> bool:
    return "float" in str(getattr(value, "dtype", type(value).__name__))


def main() -> None:
    """Read two files of weights and write their mean."""
    import torch

    from rag.models.reader_training.restore import loaded

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("one", type=Path)
    parser.add_argument("other", type=Path)
    parser.add_argument("share", type=float)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    one, other = loaded(given.one), loaded(given.other)
    torch.save(mean_of(one, other, given.share), given.out)


if __name__ == "__main__":
    main()
