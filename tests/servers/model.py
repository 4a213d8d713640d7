"""A scripted model that reads its prompt: it quotes the best passage and cites it.

It knows the shape of our prompt and nothing else. No model's quality can be measured with
it; it stands in where a test needs an answer that the checks let through.
"""

from __future__ import annotations

import random
import re

from tests.servers.script import Asked, Script, cut

_BLOCK = re.compile(r"^<(\w+)> [^\n]*\n(.*?)\n</\1>$", re.DOTALL | re.MULTILINE)
_SENTENCE = re.compile(r"[^.!?]{20,400}[.!?](?=\s|$)", re.DOTALL)
SHRUG = "The articles do not say."


def passages(asked: Asked) -> list[tuple[str, str]]:
    """Id and text of each passage that a prompt offers, best first."""
    return _BLOCK.findall(asked.prompt)


def quoting(asked: Asked, *, sentences: int = 2, seed: int = 0) -> Script:
    """The first sentences of the best passages, each with its passage's id."""
    told = []
    for name, text in passages(asked)[:sentences]:
        found = _SENTENCE.search(text)
        if found is not None:
            told.append(f"{' '.join(found.group().split())} [{name}]")
    return Script(pieces=cut(" ".join(told) or SHRUG, random.Random(seed)))
