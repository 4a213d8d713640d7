"""Answers and citations as text to be pasted elsewhere, and as links that open them again; pure.

A citation's link names the article, the offsets of the quoted words and a checksum of them,
so that the page can tell whether the same words still stand there (`Place`, `place_of`).
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import quote as percent

from rag.types import Answer, Citation
from ui.words import date_words, lead_words, publisher_words, title_words, voice_words

_TOKEN = re.compile(r"([\w-]{1,80})\.(\d{1,9})-(\d{1,9})\.([0-9a-f]{8})", re.ASCII)
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~])")
_WEB = re.compile(r"https?://[^\s<>()\"']+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a link's words stood: ``check`` tells whether they still do."""

    article_id: str
    start: int
    end: int
    check: str

    def holds(self, text: str) -> bool:
        """Whether the canonical text still has the same words there."""
        return 0 <= self.start < self.end <= len(text) and self.check == _check(
            text[self.start : self.end]
        )


def token(citation: Citation) -> str:
    """What stands after ``?c=`` in a link to a citation."""
    check = _check(citation.quote)
    return f"{citation.article.id}.{citation.start}-{citation.end}.{check}"


def place_of(given: str) -> Place | None:
    """The place that a link names, or None where it is no such link."""
    found = _TOKEN.fullmatch(given)
    if found is None:
        return None
    return Place(article_id=found[1], start=int(found[2]), end=int(found[3]), check=found[4])


def _check(text: str) -> str:
    data = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=4).hexdigest()


def question_link(question: str) -> str:
    """The end of an address that puts a question into the box again."""
    return f"?q={percent(question, safe='', errors='replace')}"


def citation_link(citation: Citation) -> str:
    """The end of an address that opens the quoted words in their article again."""
    return f"?c={percent(token(citation), safe='')}"


def citation_text(citation: Citation) -> str:
    """``“The quote” (DW, “Title”, 25 June 2014) https://…``."""
    return f"“{_flat(citation.quote)}” ({_origin(citation)}){_source(citation, ' ')}"


def citation_markdown(citation: Citation) -> str:
    """The same as a block quote with its origin below it."""
    source = _source(citation, "")
    origin = markdown(_origin(citation))
    told = f"[{origin}](<{source}>)" if source else origin
    return f"> {markdown(_flat(citation.quote))}\n>\n> — {told}"


def answer_text(answer: Answer) -> str:
    """Question, answer with its numbers, notes and numbered sources, as plain text."""
    parts = [answer.question, *_told(answer)]
    parts.extend(note.text for note in answer.notes)
    sources = [f"[{one.number}] {citation_text(one)}" for one in answer.citations]
    if sources:
        parts.append("\n".join(["Sources", *sources]))
    return "\n\n".join(parts) + "\n"


def answer_markdown(answer: Answer) -> str:
    """The same as Markdown."""
    short, *rest = _told(answer)
    lead = f"**{markdown(short)}**" if lead_words(answer) else markdown(short)
    parts = [f"## {markdown(_flat(answer.question))}", lead, *map(markdown, rest)]
    parts.extend(f"*{markdown(note.text)}*" for note in answer.notes)
    parts.extend(f"**\\[{one.number}\\]**\n\n{citation_markdown(one)}" for one in answer.citations)
    return "\n\n".join(parts) + "\n"


def markdown(text: str) -> str:
    """The text with what Markdown reads as markup made plain."""
    return _MARKDOWN.sub(r"\\\1", text)


def _told(answer: Answer) -> list[str]:
    """The short answer, if there is one, and the sentences, each with its numbers."""
    lead = lead_words(answer)
    if not answer.statements:
        return [answer.text.strip()]
    sentences = [
        one.text.rstrip() + "".join(f" [{number}]" for number in one.numbers)
        for one in answer.statements
    ]
    return [lead, *sentences] if lead else sentences


def _origin(citation: Citation) -> str:
    info = citation.article
    parts = [publisher_words(info), f"“{_flat(title_words(info))}”", date_words(info.published)]
    parts.append(voice_words(citation.kind, citation.comment_author))
    return ", ".join(part for part in parts if part)


def _source(citation: Citation, before: str) -> str:
    """The address of the article, where it has one; a path of this machine is nobody's."""
    source = citation.article.source
    return f"{before}{source}" if _WEB.fullmatch(source) else ""


def _flat(text: str) -> str:
    return " ".join(text.split())
