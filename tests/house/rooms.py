"""The plan of the house as data: which room may know which, and where third parties live.

The reasons stand in docs/architecture.md and docs/decisions/0001-layout.md. A room is a
dotted prefix; the longest prefix that fits a module is its room.
"""

from __future__ import annotations

_NOUNS = frozenset({"rag.types", "rag.errors"})
_BASE = _NOUNS | {"rag.cores", "rag.settings", "rag.settings_llm", "rag.protocols"}
# What crosses the engine's counter: results that a screen or a report is made of.
_COUNTER = _BASE | {"rag.engine", "rag.index.report", "rag.answer.wire", "rag.answer.events"}

MAY_IMPORT: dict[str, frozenset[str]] = {
    "rag": frozenset({"rag"}),
    "rag.types": frozenset(),
    "rag.errors": frozenset(),
    "rag.cores": frozenset(),
    "rag.settings": frozenset({"rag.errors", "rag.settings_llm"}),
    "rag.settings_llm": frozenset(),
    "rag.protocols": frozenset({"rag.types"}),
    "rag.models": frozenset(),
    # Making the models may use the house; the models themselves may not.
    "rag.models.reader_training": frozenset({"rag"}),
    "rag.articles": _NOUNS | {"rag.settings"},
    "rag.index": _BASE | {"rag.articles", "rag.models"},
    "rag.retrieve": _BASE | {"rag.index", "rag.articles", "rag.models"},
    # A prompt is counted in tokens; a reply is checked sentence by sentence.
    "rag.answer": _BASE
    | {"rag.retrieve", "rag.index.tokens", "rag.index.sentences", "rag.index.punkt"},
    "rag.llm": _BASE,  # a model's words come in here; what they are worth is rag.answer's
    "rag.engine": frozenset({"rag"}),
    "rag.llama": frozenset({"rag"}),  # the engine and its parts once more, as llama-index's types
    "evals": _COUNTER,
    # Benchmarks measure single rooms.
    "evals.bench": frozenset({"rag", "evals"}),
    "rag.users": _BASE,
    "ui": _COUNTER | {"rag.users", "evals"},
}
"""Room -> prefixes of ours that it may import besides itself."""

LIVES_IN: dict[str, frozenset[str]] = {
    "argon2": frozenset({"rag.users"}),
    "anthropic": frozenset({"rag.llm"}),
    "charset_normalizer": frozenset({"rag.articles"}),
    "chromadb": frozenset({"rag.index"}),
    "click": frozenset({"ui", "evals"}),  # `dateline eval` is the evaluation's own
    "dateparser": frozenset({"rag.articles", "rag.retrieve"}),
    "fastapi": frozenset({"ui"}),
    "filelock": frozenset({"rag.index"}),
    "gradio": frozenset({"ui"}),
    "httpcore": frozenset({"rag.llm"}),
    "httpx": frozenset({"rag.llm"}),
    "itsdangerous": frozenset({"ui.login"}),
    "limits": frozenset({"ui.login"}),
    "lxml": frozenset({"rag.articles"}),
    "ollama": frozenset({"rag.llm"}),
    "onnx": frozenset({"rag.models"}),
    "onnxruntime": frozenset({"rag.index.encoder", "rag.retrieve.reader", "rag.models"}),
    "onnxscript": frozenset({"rag.models"}),
    "pybreaker": frozenset({"rag.llm"}),
    "pydantic_settings": frozenset({"rag.settings"}),
    "pypdf": frozenset({"rag.articles"}),
    "rich": frozenset({"ui", "evals"}),
    "safetensors": frozenset({"rag.models"}),
    "snowballstemmer": frozenset({"rag.retrieve", "rag.index"}),
    "sqlite3": frozenset({"rag.index"}),
    "starlette": frozenset({"ui"}),
    "tantivy": frozenset({"rag.index"}),
    "tenacity": frozenset({"rag.llm"}),
    "tiktoken": frozenset({"rag.index", "rag.answer"}),
    "torch": frozenset({"rag.models"}),
    "trafilatura": frozenset({"rag.articles"}),
    "transformers": frozenset({"rag.models"}),
    "uvicorn": frozenset({"ui"}),
}
"""Third party -> the only prefixes of ours that import it."""


def within(name: str, prefix: str) -> bool:
    """Whether a dotted name is a prefix itself or lies below it."""
    return name == prefix or name.startswith(f"{prefix}.")


def room_of(module: str) -> str:
    """The room of one of our modules."""
    fitting = [room for room in MAY_IMPORT if room != "rag" and within(module, room)]
    if module == "rag":
        return "rag"
    if not fitting:
        raise LookupError(f"{module} is in no room: place it in tests/house/rooms.py")
    return max(fitting, key=len)


def may_import(module: str, imported: str) -> bool:
    """Whether the plan lets one of our modules import another."""
    room = room_of(module)
    if room_of(imported) == room or imported in _packages_above(module):
        return True
    return any(within(imported, prefix) for prefix in MAY_IMPORT[room])


def lives_in(module: str, third_party: str) -> bool:
    """Whether a module may import a third party; what the plan does not name may be anywhere."""
    rooms = LIVES_IN.get(third_party)
    return rooms is None or any(_in_file_family(module, room) for room in rooms)


def _packages_above(module: str) -> set[str]:
    parts = module.split(".")
    return {".".join(parts[:end]) for end in range(2, len(parts))}


def _in_file_family(module: str, room: str) -> bool:
    """``rag.retrieve.reader`` stands for ``reader.py`` and its siblings ``reader_*.py`` too."""
    return within(module, room) or module.startswith(f"{room}_")
