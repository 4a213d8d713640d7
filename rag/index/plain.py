"""Our frozen nouns as plain JSON values and back, exactly: ``from_plain(T, to_plain(x)) == x``.

Written for answers that are kept. A field that a later version added takes its default when
an older text is read, and a field that this version does not know is left out. It reads
what this module wrote; for what outsiders send there is no check here.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

Noun = TypeVar("Noun")


def to_plain(value: Any) -> Any:
    """Dataclasses as objects, tuples as lists, enums as their values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: to_plain(getattr(value, field.name)) for field in dataclasses.fields(value)
        }
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return value


def from_plain(kind: type[Noun], value: Mapping[str, Any]) -> Noun:
    """A dataclass from `to_plain`'s object.

    Raises `TypeError`, `ValueError` or `KeyError` where the object is none of its kind.
    """
    made: Noun = _made(kind, value)
    return made


def _made(kind: Any, value: Any) -> Any:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if not isinstance(value, Mapping):
            raise TypeError(f"{kind.__name__} is an object, not {type(value).__name__}")
        hints = _hints(kind)
        return kind(**{name: _made(hints[name], value[name]) for name in hints if name in value})
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in {typing.Union, types.UnionType}:
        if value is None:
            return None
        (inner,) = (one for one in arguments if one is not type(None))
        return _made(inner, value)
    if origin is tuple:
        if arguments[-1] is Ellipsis:
            return tuple(_made(arguments[0], item) for item in value)
        return tuple(_made(one, item) for one, item in zip(arguments, value, strict=True))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    return value


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)
