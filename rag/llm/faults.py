"""What can go wrong with a language model, each with the one sentence that a user is told.

A `Fault` is the `WriterError` that leaves this room. Its sentence holds no address, no key
and nothing that the server said.
"""

from __future__ import annotations

from enum import Enum

from rag.errors import WriterError


class FaultKind(Enum):
    """One way to fail; the value is what is told of it."""

    REFUSED = "The language model's server cannot be reached; is it running?"
    NO_SUCH_HOST = "The address of the language model's server cannot be found."
    UNTRUSTED = "The language model's server has no certificate that is trusted here."
    HUNG_UP = "The language model's server hung up without a reply."
    KEY = "The language model's server does not accept the key; check DATELINE_LLM_API_KEY."
    FORBIDDEN = "The language model's server does not allow the request; check the key's rights."
    NOT_FOUND = (
        "The language model's server knows no such model or address; "
        "check DATELINE_LLM_MODEL and DATELINE_LLM_BASE_URL."
    )
    BUSY = "The language model's server has too many requests."
    BROKEN = "The language model's server failed."
    REJECTED = "The language model's server rejected the request."
    MOVED = (
        "The language model's server points to another address, which is not followed; "
        "set DATELINE_LLM_BASE_URL to the right one."
    )
    NOT_A_MODEL = "What answers at the language model's address is no language model."
    UNREADABLE = "The language model's server sent what cannot be read as a reply."
    SLOW = "The language model gave no word in time."
    STALLED = "The language model stopped in the middle of its reply."
    LATE = "The language model did not finish in time."
    CUT = "The language model's reply broke off."
    TOO_MUCH = "The language model wrote more than was asked for and was stopped."
    LIMIT = "The language model reached the allowed length in the middle of its reply."
    EMPTY = "The language model gave an empty reply."
    DECLINED = "The language model declined to reply."
    PAUSED = "The language model failed several times and is left alone for a while."
    OTHER = "The language model failed."


_WORTH_ANOTHER_TRY = frozenset(
    {FaultKind.REFUSED, FaultKind.HUNG_UP, FaultKind.BUSY, FaultKind.BROKEN}
)
# The model is there and quick to answer; only this one reply is of no use.
_ALIVE = frozenset(
    {FaultKind.TOO_MUCH, FaultKind.LIMIT, FaultKind.EMPTY, FaultKind.DECLINED, FaultKind.REJECTED}
)


class Fault(WriterError):  # noqa: N818 - the tree's own name ends in Error
    """A reply that did not come, or not usably."""

    def __init__(self, kind: FaultKind, *, after: float | None = None) -> None:
        """``after``: seconds that the server asks to be left alone."""
        super().__init__(kind.value)
        self.kind = kind
        self.after = after

    @property
    def passing(self) -> bool:
        """Whether another try soon may go better."""
        return self.kind in _WORTH_ANOTHER_TRY

    @property
    def alive(self) -> bool:
        """Whether the model itself works, so that the next question may be put to it."""
        return self.kind in _ALIVE


def fault_behind(error: BaseException) -> Fault:
    """The fault that an integration's own exception goes back to; never its words."""
    seen: BaseException | None = error
    for _ in range(16):  # chains are short; a ring would have no end
        if seen is None or isinstance(seen, Fault):
            break
        seen = seen.__cause__ or seen.__context__
    if isinstance(seen, Fault):
        return seen
    unreadable = isinstance(error, ValueError | TypeError | LookupError | AttributeError)
    return Fault(FaultKind.UNREADABLE if unreadable else FaultKind.OTHER)
