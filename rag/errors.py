"""The error tree. Every error that a user can meet is one of these.

::

    DatelineError            one clear sentence: what, what is allowed, how to mend it
    ├── UsageError           the caller asked for something that is not allowed (exit 2)
    │   ├── SettingsError    a setting or environment variable is wrong
    │   ├── QuestionError    a question is empty, too long, or not text
    │   └── LimitError       more was asked than is allowed in the time
    ├── ArticleError         a file or record cannot become an article
    ├── IndexingError        the index cannot be opened, written or repaired
    │   └── LockedError      another process is writing and did not finish in time
    ├── KeepingError         a conversation or what was thought of an answer cannot be kept
    ├── ModelError           a model file is missing or does not match its description
    └── WriterError          the language model did not answer, or not usably

Errors of other libraries are converted where they enter, so that callers need to know
this tree alone.
"""

from __future__ import annotations


class DatelineError(Exception):
    """Base of all errors; its text is one sentence fit for a user."""


class UsageError(DatelineError):
    """The request itself is not allowed."""


class SettingsError(UsageError):
    """A setting or environment variable is wrong."""


class QuestionError(UsageError):
    """A question is empty, too long, or not text."""


class LimitError(UsageError):
    """More was asked than is allowed in the time."""


class ArticleError(DatelineError):
    """A file or record cannot become an article."""


class IndexingError(DatelineError):
    """The index cannot be opened, written or repaired."""


class LockedError(IndexingError):
    """Another process is writing and did not finish in time."""


class KeepingError(DatelineError):
    """A conversation or what was thought of an answer cannot be kept or read."""


class ModelError(DatelineError):
    """A model file is missing or does not match its description."""


class WriterError(DatelineError):
    """The language model did not answer, or not usably."""
