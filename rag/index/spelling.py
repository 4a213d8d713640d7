"""Words one slip away: a letter too many, too few, another, or two in each other's place.

All such neighbours of a word are made (a few hundred) and looked up in the catalogue's
word list at once, which takes a millisecond however large that list is.
"""

from __future__ import annotations

import string

SHORTEST = 4  # a shorter word has too many neighbours to say anything


def neighbours(word: str) -> set[str]:
    """Every string one edit away from a lower-case word; empty where guessing is no use.

    Numbers are not guessed: 2014 is not a slip for 2015. Letters are put in from a to z and
    from the word itself.
    """
    if len(word) < SHORTEST or len(word) > 40 or any(char.isdigit() for char in word):
        return set()
    letters = sorted(set(string.ascii_lowercase) | set(word))
    splits = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    near = {left + right[1:] for left, right in splits if right}
    near |= {left + right[1] + right[0] + right[2:] for left, right in splits if len(right) > 1}
    near |= {left + letter + right[1:] for left, right in splits if right for letter in letters}
    near |= {left + letter + right for left, right in splits for letter in letters}
    near.discard(word)
    return near
