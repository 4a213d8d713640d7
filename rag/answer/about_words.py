"""The words that tell an article from everything else that is published, written or mentioned.

`mask` puts signs in the place of publishers and quoted titles, so that the rules of
`rag.answer.about_ask` need to know none. `article_phrase` judges a phrase such as 'the DW story
on Montenegro': is it one of our articles, and which words say which one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from rag.retrieve.time import parse_times
from rag.retrieve.words import other_names

PUB = r"⟦p\d+⟧"
TITLE = "⟦t⟧"
# 'article' and 'news story' can hardly be anything else; the others need a sign that they are ours.
STRONG = (
    r"(?:news\s+)?articles?|news\s+(?:stor(?:y|ies)|reports?|items?|pieces?)|"
    r"blog\s+(?:posts?|entr(?:y|ies))"
)
WEAK = (
    r"stor(?:y|ies)|pieces?|reports?|posts?|pages?|texts?|documents?|items?|write-?ups?|coverage|"
    r"sources?|fact[\s-]checks?|columns?|op-?eds?|editorials?|explainers?|obituar(?:y|ies)|dispatch(?:es)?"
)
# What newspapers also print. Others do too, so these need words that tell what they are about.
SOFT = (
    r"guides?|round-?ups?|rundowns?|recaps?|previews?|reviews?|primers?|timelines?|q\s*&\s*as?|analys[ei]s|"
    r"features?|profiles?|digests?|newsletters?|briefings?|curtain-?raisers?|obits?|remembrances?|"
    r"debunkings?|live\s*blogs?|updates?|interviews?|accounts?|verdicts?|looks?(?=\s+(?:back\s+)?at\b)|"
    r"summar(?:y|ies)|breakdowns?|rankings?|essays?|commentar(?:y|ies)|tips?|write-?throughs?"
)
ART = rf"(?:{STRONG}|{WEAK}|{SOFT})"
ALL = (
    rf"(?:different\s+|news\s+|other\s+|{PUB}\s+)*"
    r"(?:articles?|stor(?:y|ies)|documents?|sources?|news\s+(?:items|reports|pieces)|texts|items)"
)
ANY = r"(?:any|some|an?|all|all\s+the|the|every|other|more|your)"

_NOT_OURS = re.compile(
    r"\b(?:research|scientific|journal|wikipedia|academic|law|legal|short|love|life|cover|bedtime|success|"
    r"front|home|title|next|yellow|social|facebook|instagram|twitter|diplomatic|office|command|border|"
    r"trading|leading|fake|untold|true|his|her|its|their|my|our|police|court|intelligence|annual|"
    r"investigative|official|weather|autopsy|medical|web|government|commission|inspector|world|"
    r"[\w-]+['’]s?)$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"^\s*(?:\d+|[ivx]+|one|two|three|four|five|of\s+(?:the\s+)?(?:constitution|treaty|law|impeachment|clothing|faith|association|confederation|incorporation|convention|charter|agreement|war)|\bof\s+\w+\s*$)\b",
    re.IGNORECASE,
)
_POSTMODIFIER = re.compile(
    r"^(?:about|on|regarding|concerning|covering|describing|mentioning|with|from|by|in|titled|called|entitled|headlined|"
    r"saying|claiming|reporting|arguing|telling|warning|named|that\b|which\b|where\b|dated|published|of\s+(?=\d|⟦|(?:january|february|march|april|may|june|july|august|"
    r"september|october|november|december)\b)|⟦|:)\s*",
    re.IGNORECASE,
)
_DEICTIC = re.compile(
    rf"^(?:this|that|the\s+same|the)\s+(?:{STRONG}|{WEAK}|one)$|^(?:it|this|that|this\s+one|that\s+one)$",
    re.IGNORECASE,
)
_HEAD = re.compile(
    rf"\b(?:(?P<strong>{STRONG})|(?P<weak>{WEAK})|(?P<soft>{SOFT}))(?!\w)", re.IGNORECASE
)
# What tells the content of a piece: 'the piece asking whether …', 'the guide to …'.
_CONTENT = re.compile(
    r"^(?:(?!during\b)\w+ing\b|to\b|at\b|back\s+at\b|over\b|into\b|where\b|who\b|in\s+which\b|when\b|"
    r"for\b|with\b)\s*",
    re.IGNORECASE,
)
_OF = re.compile(
    r"^(?:obit|debunking|recap|profile|preview|remembrance|round|rundown|timeline|coverage)",
    re.IGNORECASE,
)
_STOP_LEAD = re.compile(
    r"^(?:please|ok|okay|so|and|but|now|well|hey|hi|then|also|can\s+you\s+tell\s+me|could\s+you\s+tell\s+me|do\s+you\s+know|"
    r"tell\s+me(?=\s+(?:when|who|what|which|where|how)\b)|i\s+want\s+to\s+know|can\s+you|could\s+you|would\s+you)[\s,]+",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[\"“”«]([^\"“”»]{6,300}?)[\"”“»](?!\w)|(?<!\w)[‘'](.{6,300})[’'](?!\w)")
_TYPED = re.compile(
    r"^(what|who|when|where|how)s(?=\s+(?:the|this|that|your|its)\b)", re.IGNORECASE
)
_EXTREME = re.compile(
    r"^(?:the|your|its|their|\s)*\b(?:(?P<newest>newest|latest|most\s+recent)|(?P<oldest>oldest|earliest))\b",
    re.IGNORECASE,
)


_PLAIN = re.compile(
    r"^(?:(?:the|this|that|an?|any|your|its|their|newest|latest|oldest|earliest|first|last|most\s+recent|"
    r"other|same)\b\s*)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Masked:
    """A question with signs for the publishers and the title in it."""

    text: str
    publishers: tuple[str, ...]
    title: str

    def shown(self, text: str) -> str:
        """A part of the masked text without its signs."""
        return " ".join(re.sub(rf"(?:\bthe\s+)?{PUB}(?:['’]s?)?|{TITLE}", " ", text).split()).strip(
            " ,;:"
        )

    def has_time(self, text: str) -> bool:
        """Whether a part names a time."""
        return bool(parse_times(text))


@dataclass(frozen=True, kw_only=True, slots=True)
class Phrase:
    """A phrase for an article: the words that tell which, and how sure it is one."""

    subject: str
    deictic: bool
    weak: bool
    extreme: str = ""  # 'newest' or 'oldest'
    noun: str = ""  # the doubtful word for an article: 'report', 'piece'
    pronoun: bool = False  # just 'it' or 'this'
    soft: bool = False  # the word is as good for what others publish


def mask(
    question: str, publishers: Sequence[str], titles: TitleIndex = MappingProxyType({})
) -> Masked:
    """Fold white space, drop polite openings, and put signs for publishers and a title."""
    text = " ".join(question.split()).rstrip("?!. ")
    while (match := _STOP_LEAD.match(text)) is not None:
        text = text[match.end() :]
    text = _TYPED.sub(r"\1's", text)
    title = ""
    if (match := _title_in(text, titles) or _QUOTED.search(text)) is not None:
        title = next(group for group in match.groups() if group).strip()
        text = f"{text[: match.start()]}{TITLE}{text[match.end() :]}"
    found: list[str] = []
    for publisher in sorted(set(publishers), key=len, reverse=True):
        for name in _forms(publisher):
            if name.lower() not in text.lower():
                continue
            masked = re.sub(
                rf"(?<![\w⟦])(?:the\s+)?{re.escape(name)}(?:['’]s?)?(?!\w)",
                f"⟦p{len(found)}⟧",
                text,
                flags=0
                if len(name) <= 3 and name.isupper() and not text.islower()
                else re.IGNORECASE,
            )
            if masked != text:
                text = masked
                found.append(publisher)
                break
    text = _DESK.sub(r"\1", " ".join(text.split()))
    return Masked(text=text, publishers=tuple(found), title=title)


# 'USA TODAY Sports', 'The Week UK': a desk or an edition of the publisher that is named.
_DESK = re.compile(
    rf"({PUB})\s+(?:UK|US|Sports?|Business|News|International|Online|Magazine|Opinion|Politics|"
    r"Entertainment|Style|Travel|Health|Money|Tech|Science|Weekend)(?![\w-])"
)
TitleIndex = Mapping[str, Sequence[str]]


def index_titles(titles: Iterable[str]) -> TitleIndex:
    """Titles of four words or more by their first four, so that a question finds its own."""
    index: dict[str, list[str]] = {}
    for title in titles:
        words = fold(title).split()
        if len(words) >= _TITLE_WORDS:
            index.setdefault(" ".join(words[:_TITLE_WORDS]), []).append(title)
    return index


_TITLE_WORDS = 4


def _title_in(text: str, titles: TitleIndex) -> re.Match[str] | None:
    """A title of ours that stands in the question, with or without quotation marks."""
    folded = fold(text)
    words = folded.split()
    for at in range(len(words) - _TITLE_WORDS + 1):
        for title in titles.get(" ".join(words[at : at + _TITLE_WORDS]), ()):
            if f" {fold(title)} " not in f" {folded} ":
                continue
            pattern = r"\W+".join(re.escape(word) for word in fold(title).split())
            found = re.search(rf"[\"“‘']?\b({pattern})\b[\"”’']*", text, re.IGNORECASE)
            if found is not None:
                return found
    return None


def fold(text: str) -> str:
    """Lower case, letters and digits only, single spaces."""
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


@lru_cache(maxsize=4096)
def _forms(publisher: str) -> list[str]:
    """The names of a publisher: without 'The', without and only what stands in brackets."""
    bare = re.sub(r"^the\s+", "", publisher.strip(), flags=re.IGNORECASE)
    forms = [bare, re.sub(r"\s*\([^)]*\)", "", bare).strip(), *re.findall(r"\(([^)]{2,})\)", bare)]
    # 'Department of State', of whichever country, is also the 'State Department'.
    turned = (
        re.search(r"\b(Department|Ministry|Office)\s+of\s+(.+)$", f, re.IGNORECASE) for f in forms
    )
    forms += [f"{found[2]} {found[1]}" for found in turned if found]
    forms += [other for form in forms for other in other_names(form)]
    return [form for form in dict.fromkeys(forms) if len(form) > 1]


# Words that the world has as well: a senate's report, a court's documents.
_WORLDLY = re.compile(
    r"(?:reports?|documents?|texts?|sources?|pages?|items?|dispatch(?:es)?|updates?|analys[ei]s|"
    r"accounts?|interviews?|reviews?|rankings?|tips?)$"
)


def worldly(noun: str) -> bool:
    """Whether a word for an article is as good a word for something that articles tell of."""
    return _WORLDLY.match(noun) is not None


def names_articles(text: str) -> bool:
    """Whether a phrase speaks of articles, in words that mean hardly anything else."""
    phrase = article_phrase(text)
    return phrase is not None and not phrase.soft


def article_phrase(text: str, *, from_publisher: bool = False) -> Phrase | None:
    """A phrase read as one for an article, or None when it is something else.

    ``from_publisher`` tells that a publisher of ours is the one who published it.
    """
    text = text.strip()
    if text == TITLE:  # a book may be called so: it must be the title of an article
        return Phrase(subject="", deictic=False, weak=True)
    if _DEICTIC.match(text):
        strong = re.search(rf"\b(?:{STRONG})$", text, re.IGNORECASE) is not None
        return Phrase(
            subject="",
            deictic=True,
            weak=not strong and not from_publisher,
            pronoun=_HEAD.search(text) is None,
        )
    head = _head(text)
    if head is None:
        if from_publisher and re.match(r"^(?:about|on)\s+", text, re.IGNORECASE):
            return Phrase(subject=re.sub(r"^(?:about|on)\s+", "", text), deictic=False, weak=False)
        return None
    before, after = text[: head.start()].strip(), text[head.end() :].strip()
    ours = from_publisher or re.search(PUB, text) is not None or TITLE in text
    named = re.sub(rf"(?:the\s+)?{PUB}(?:['’]s?)?", "", before).strip()
    if _NOT_OURS.search(named) and not (from_publisher and re.search(r"\b(?:its|their)$", named)):
        return None
    if _NUMBERED.match(after) or len(named.split()) > 6:
        return None
    noun = (head["weak"] or head["soft"] or "").lower()
    known = _POSTMODIFIER.match(after) or _tells(noun, after) if after else head["soft"] is None
    if not (known or (not after and from_publisher)):
        return None
    modifiers = _PLAIN.sub("", named).strip()
    subject = " ".join(f"{modifiers} {_POSTMODIFIER.sub('', after)}".split())
    found = _EXTREME.match(named)
    return Phrase(
        subject=subject,
        deictic=False,
        weak=head["strong"] is None and not ours,
        extreme=(found.lastgroup or "") if found else "",
        noun=noun,
        soft=head["soft"] is not None,
    )


def _head(text: str) -> re.Match[str] | None:
    """The word for an article: the last one of 'Q&A guide' and 'news report'."""
    head = _HEAD.search(text)
    while head is not None:
        after = _HEAD.match(text, head.end() + 1) if text[head.end() :][:1] == " " else None
        if after is None:
            break
        head = after
    return head


def _tells(noun: str, after: str) -> bool:
    """Whether what follows a word for an article tells what it is about."""
    if re.match(r"of\b", after, re.IGNORECASE):
        return _OF.match(noun) is not None
    return not worldly(noun) and _CONTENT.match(after) is not None
