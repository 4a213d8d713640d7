"""Gathers what stands of a reply while it streams: checked sentences, citations, text.

Text grows only at its end, and only by sentences that were checked. As long as nothing in a
reply is borne out, none of it is shown: it may be overruled as a whole.
"""

from __future__ import annotations

import re

from rag.answer.conversation import Conversation
from rag.answer.writing.checking import Checker, Verdict
from rag.answer.writing.markers import Item, Markers
from rag.answer.writing.plain import plain
from rag.answer.writing.prompt import Prompt
from rag.answer.writing.sentences import Said, Sentences
from rag.answer.writing.silence import is_silence
from rag.answer.writing.source import Source, folded
from rag.index.tokens import count_tokens
from rag.types import Citation, Span, Statement, Support

MARK = "[unconfirmed]"
# Characters and pieces that a reply may send for each token that it may have: more is no text.
_CHARS = 16
_PIECES = 40
# A model that says the same again so often has lost its way.
_REPEATS = 3
_BULLET = re.compile(r"^(?:[-*•–]|\d{1,2}[.)])\s+(?=.*[^\W\d_])")

_INTERJECTION = re.compile(
    r"(?:yes|no|sure|indeed|correct|ja|nein|oui|non|sí|si)[.,!:]{0,3}", re.IGNORECASE
)


class Reply:
    """One reply in the making."""

    def __init__(
        self, prompt: Prompt, checker: Checker, conversation: Conversation, *, strict: bool
    ) -> None:
        """``strict`` withholds unconfirmed sentences instead of marking them."""
        ids = [source.id for source in prompt.sources]
        self._markers = Markers(ids)
        # An id that was not set in brackets, or in code, is no citation and no word either.
        self._ids = re.compile(rf"[\[(【［]?\b(?:{'|'.join(ids)})\b[\])】］]?", re.IGNORECASE)
        self._sentences = Sentences()
        self._checker = checker
        self._conversation = conversation
        self._strict = strict
        self._left = prompt.reply_tokens
        self._chars = prompt.reply_tokens * _CHARS
        self._pieces = prompt.reply_tokens * _PIECES
        self._seen: dict[str, int] = {}
        self._held: list[str] = []  # shown words that wait for the sentence which explains them
        self.statements: list[Statement] = []
        self.citations: dict[int, Citation] = {}
        self.text = ""
        self.silent = False  # it said that the passages do not answer
        self.withheld = 0
        self.stopped: str | None = None  # why no more of it is read

    @property
    def supported(self) -> bool:
        """Whether anything that it says is borne out."""
        return any(s.support is not Support.UNSUPPORTED for s in self.statements)

    def feed(self, piece: str) -> bool:
        """Takes a piece; whether there is more text to show than before."""
        before = len(self.text)
        self._chars -= len(piece)
        self._pieces -= 1
        if self._chars < 0 or self._pieces < 0:
            self.stopped = "its reply did not end"
            return False
        for item in self._markers.feed(piece):
            self._take(item)
        return self.supported and len(self.text) > before

    def close(self) -> bool:
        """The reply came to its own end: what is left is whole, too. Whether text was added."""
        before = len(self.text)
        for item in self._markers.close():
            self._take(item)
        for said in self._sentences.close():
            self._weigh(said)
        return self.supported and len(self.text) > before

    def break_off(self) -> bool:
        """The reply was cut off: its last sentence counts only where it had ended."""
        before = len(self.text)
        for said in self._sentences.broken_off():
            self._weigh(said)
        return self.supported and len(self.text) > before

    def _take(self, item: Item) -> None:
        for said in self._sentences.feed(item):
            self._weigh(said)

    def _weigh(self, said: Said) -> None:
        """Checks one sentence and lets it stand, marked where need be."""
        if self._left < 0 or said.text.startswith("#"):
            return
        self._left -= count_tokens([said.text])[0]
        if self._left < 0:
            self.stopped = "its reply was longer than is allowed"
            return
        bullet = _BULLET.match(said.text)
        lead = bullet[0] if bullet else ""
        text = plain(self._ids.sub("", said.text[len(lead) :]))
        if not any(c.isalnum() for c in text) or self._repeated(text):
            return
        if not said.ids and is_silence(text):
            self.silent = True
            return
        if not said.ids and _is_interjection(text):
            self._held.append(text)
            return
        verdict = self._checker.check(text, said.ids)
        if verdict.support is Support.UNSUPPORTED:
            if is_silence(text):
                self.silent = True
                return
            if text.endswith(":") and not said.ids:
                return  # it only leads in what follows
        text = " ".join([*self._held, text])
        self._held = []
        self._stand(said.lead, lead, text, verdict)

    def _repeated(self, text: str) -> bool:
        words = folded(text)
        count = self._seen[words] = self._seen.get(words, 0) + 1
        if count > _REPEATS:
            self.stopped = "its reply repeated itself"
        return count > 1

    def _stand(self, space: str, bullet: str, text: str, verdict: Verdict) -> None:
        numbers = tuple(dict.fromkeys(self._cite(source, span) for source, span in verdict.cited))
        if verdict.support is Support.UNSUPPORTED and self._strict:
            self.withheld += 1
            return
        self.statements.append(
            Statement(text=text, numbers=numbers, support=verdict.support, why=verdict.why)
        )
        marks = "".join(f"[{number}]" for number in numbers) or MARK
        self.text += f"{space if self.text else ''}{bullet}{text} {marks}"

    def _cite(self, source: Source, span: Span) -> int:
        """The conversation's number for these words of a passage."""
        candidate = source.judged.candidate
        passage = candidate.passage
        start, end = passage.start + span[0], passage.start + span[1]
        number = self._conversation.number(candidate.article.id, start, end)
        self.citations.setdefault(
            number,
            Citation(
                number=number,
                article=candidate.article,
                passage_id=passage.id,
                kind=passage.kind,
                start=start,
                end=end,
                quote=source.text[span[0] : span[1]],
                comment_author=passage.author,
            ),
        )
        return number


def _is_interjection(text: str) -> bool:
    """'Yes.', 'No.', 'Sure!': words that stand for nothing without the sentence behind them."""
    return _INTERJECTION.fullmatch(text) is not None
