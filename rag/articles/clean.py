"""Which lines of a page of text are its story.

Two ways, chosen by the page itself. A text of paragraphs with a little furniture is cleaned
by wording alone: buttons, links to other stories, picture credits and legal notices go
wherever they stand; lists of headlines, tag lines and what an outlet says of itself go from
the end. A page that is mostly furniture, every menu of a site scraped with it, goes before
the line judge first. Lines are dropped or kept whole; only ``repair`` edits inside one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.articles.bylines import author_in, is_date_line
from rag.articles.features import ends_as_sentence, is_prose, words_of
from rag.articles.furniture import Furniture, bare, kind_of
from rag.articles.judge import load_judge
from rag.articles.publisher import names_itself, segments

_CMS_LINK = re.compile(r"\b(?:link|image|video|media|gallery|embed|audio):\d{2,}:([^#\n]{1,200})#")
_SHORTCODE = re.compile(
    r"\[/?(?:caption|embed|gallery|video|audio|youtube|tweet|quote|pullquote|image|img|url|b|i|"
    r"u)\b[^\]\n]{0,200}\]",
    re.IGNORECASE,
)
_COMMENTED_OUT = re.compile(r"<!--[^\n]{0,200}?-->")
_DROPPED = {
    Furniture.NAV,
    Furniture.LINK,
    Furniture.CLOCK,
    Furniture.CAPTION,
    Furniture.LEGAL,
    Furniture.CREDIT,
    Furniture.COMMENTS,
    Furniture.END,
}
_SIGNS = {Furniture.NAV, Furniture.END, Furniture.COMMENTS, Furniture.LEGAL}
_MIN_CROWD = 20  # lines that are no prose, before a page can count as crowded
_MIN_SIGNS = 3  # different buttons, footers and heads of lists that give a scraped page away
_POINTER = re.compile(r"list \d+ of \d+$|just watched$|must watch$", re.IGNORECASE)
_MENU = 20  # short lines before the first prose that are a menu, in whatever language
_TAIL_SHARE = 0.3  # of the prose may be what the outlet says of itself
_END_SHARE = 0.2  # of the prose may stand behind a line that ends the article


def repair(line: str) -> str:
    """A line without what a content system left in it; the words stay."""
    if ":" in line or "[" in line or "<" in line:
        line = _CMS_LINK.sub(r"\1", line)
        line = _COMMENTED_OUT.sub("", _SHORTCODE.sub("", line))
        return " ".join(line.split())
    return line


def crowded(lines: Sequence[str]) -> bool:
    """Whether a page came with its menus and footers, so that wording alone cannot clean it.

    A long list of winners is no crowd: a crowd shows by buttons, or by a menu before the story.
    """
    others = menu = 0
    signs: set[str] = set()
    prose_seen = False
    for line in lines:
        if not line:
            continue
        if is_prose(line):
            prose_seen = True
            continue
        others += 1
        menu += not prose_seen and len(line.split()) <= 4
        if kind_of(line) in _SIGNS:
            signs.add(bare(line))
    return others >= _MIN_CROWD and (len(signs) >= _MIN_SIGNS or menu >= _MENU)


def judged(lines: Sequence[str], title: str) -> list[bool]:
    """The story of a crowded page, by the line judge."""
    full = [index for index, line in enumerate(lines) if line]
    keep = [False] * len(lines)
    for index, wanted in zip(full, load_judge().keep([lines[i] for i in full], title), strict=True):
        keep[index] = wanted and kind_of(lines[index]) not in _DROPPED
    return keep


def worded(lines: Sequence[str]) -> list[bool]:
    """The story of a page of paragraphs, by the wording of its lines."""
    kinds = [kind_of(line) if line else None for line in lines]
    keep = [bool(line) and kind not in _DROPPED for line, kind in zip(lines, kinds, strict=True)]
    prose = [index for index, line in enumerate(lines) if line and is_prose(line)]
    if not prose:
        return keep
    for index in range(prose[0], len(lines)):
        if kinds[index] is Furniture.CLOCK:
            keep[index] = bool(
                lines[index]
            )  # inside a story, times head the parts of a live report
    scraped = sum(kind in _DROPPED - {Furniture.CREDIT, Furniture.CAPTION} for kind in kinds) > 0
    _drop_doubled_captions(lines, keep)
    drop_pointed(lines, keep)
    end = _article_end(lines, kinds, prose, scraped)
    for index in range(end, len(lines)):
        keep[index] = False
    _trim_tail(lines, keep, scraped)
    return keep


def _drop_doubled_captions(lines: Sequence[str], keep: list[bool]) -> None:
    """A picture's caption, scraped twice (as its text and as its label) on adjoining lines."""
    for index in range(len(lines) - 1):
        line = lines[index]
        if (
            line
            and line == lines[index + 1]
            and index + 1 < len(lines)
            and 5 <= len(line.split()) <= 70
        ):
            keep[index + 1] = False
            if ends_as_sentence(line):
                keep[index] = False


def drop_pointed(lines: Sequence[str], keep: list[bool]) -> None:
    """Headlines of other stories inside the story: above 'Read more', below 'list 1 of 3'."""
    full = [index for index, line in enumerate(lines) if line]
    for place, index in enumerate(full):
        line = lines[index]
        target = None
        if len(line) < 12 and bare(line) == "read more" and ":" not in line and place:
            target = full[place - 1]
        elif _POINTER.match(line) and place + 1 < len(full):
            target = full[place + 1]
        if target is not None and not ends_as_sentence(lines[target]):
            keep[target] = False


def _article_end(
    lines: Sequence[str], kinds: Sequence[Furniture | None], prose: Sequence[int], scraped: bool
) -> int:
    """The first line after the article, as the wordings of its end tell."""
    sizes = {index: len(lines[index].split()) for index in prose}
    total = sum(sizes.values())
    behind = total
    for index in range(prose[0], len(lines)):
        behind -= sizes.get(index, 0) if kinds[index] is None else 0
        if not lines[index] or index <= prose[0]:
            continue
        ends = kinds[index] is Furniture.END
        credited = kinds[index] is Furniture.CREDIT
        itself = scraped and names_itself(lines[index])
        if itself and behind + sizes.get(index, 0) <= _TAIL_SHARE * total:
            return index
        if (ends or credited) and behind <= _END_SHARE * total:
            return index if ends else index + 1
    return len(lines)


def _trim_tail(lines: Sequence[str], keep: list[bool], scraped: bool) -> None:
    """Take tag lines, dates, bylines and lists of headlines off the end of the story."""
    while True:
        run: list[int] = []
        for index in range(len(lines) - 1, -1, -1):
            if not keep[index]:
                continue
            if is_prose(lines[index]) or (
                ends_as_sentence(lines[index]) and not lines[index].endswith("?")
            ):
                break
            run.append(index)
        if not run or not any(is_prose(lines[i]) for i in range(run[-1]) if keep[i]):
            return
        last = run[0]
        if (
            is_date_line(lines[last])
            or author_in(lines[last])
            or (scraped and _is_tags(lines[last]))
        ):
            keep[last] = False
            continue
        headlines = [index for index in run if _is_headline(lines[index])]
        if scraped and len(run) >= 3 and len(headlines) >= 0.7 * len(run):
            for index in run:
                keep[index] = False
            continue
        return


def _is_headline(line: str) -> bool:
    if not line[0].isalpha() and line[0] not in "'\"“‘":
        return False  # a numbered or bulleted list is part of a story
    words = words_of(line)
    long_words = [word for word in words if len(word) > 3]
    return 4 <= len(words) <= 25 and sum(word[0].isupper() for word in long_words) >= 0.6 * max(
        1, len(long_words)
    )


def _is_tags(line: str) -> bool:
    """'NATO, Jens Stoltenberg, Afghanistan, Russia': at least three names set apart by commas."""
    parts = [part.strip() for part in re.split(r"[,;|•·]", line)]
    return (
        len(parts) >= 3
        and not ends_as_sentence(line)
        and all(part and len(part.split()) <= 4 for part in parts)
        and sum(part[0].isupper() or part[0] == "#" for part in parts) >= 0.8 * len(parts)
    )


def is_breadcrumb(line: str) -> bool:
    """'Iraq News - Local News - Baghdadpost', 'Home > World > Europe': a path of short names."""
    parts = segments(line)
    return len(parts) >= 3 and all(len(part.split()) <= 4 for part in parts)
