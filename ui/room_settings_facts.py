"""What the settings room tells: how answers are made, what is indexed, how the machine is; pure.

Every `Fact` that a setting decides names the variable that changes it. Keys are never among
them. Where visitors log in, what only the machine's owner has a use for is left out.
"""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from urllib.parse import urlsplit

from rag.settings import Settings
from rag.types import ArticleInfo
from ui.words import date_words

_LIBRARIES = (
    *("chromadb", "gradio", "llama-index-core", "numpy", "onnxruntime", "tantivy", "tiktoken"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """One line; ``variable`` is the setting that changes it, empty where none does."""

    name: str
    value: str
    variable: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """Facts under one heading."""

    name: str
    facts: tuple[Fact, ...]


def answering(settings: Settings, *, private: bool) -> Group:
    """How answers are made. ``private`` is what only the machine's owner may see."""
    answer = settings.answer
    facts = [_answerer(settings), *_model(settings, private=private)]
    facts += [
        Fact(
            name="Reader",
            value="the trained reader reads the candidates"
            if answer.reader
            else "off: sentences are matched by their words",
            variable="DATELINE_ANSWER__READER",
        ),
        Fact(
            name="Refuses below",
            value=f"{100 * answer.threshold:g}% confidence",
            variable="DATELINE_ANSWER__THRESHOLD",
        ),
        Fact(
            name="Sentences quoted",
            value=f"at most {answer.max_sentences}",
            variable="DATELINE_ANSWER__MAX_SENTENCES",
        ),
        Fact(
            name="Passages read",
            value=f"{settings.retrieve.candidates} at most for a question",
            variable="DATELINE_RETRIEVE__CANDIDATES",
        ),
    ]
    return Group(name="Answers", facts=tuple(facts))


def _answerer(settings: Settings) -> Fact:
    told = {
        "offline": "offline: the articles' own sentences, nothing leaves this machine",
        "llm": "a language model, every sentence checked against the articles",
    }
    value = told[settings.answerer]
    return Fact(name="Who writes", value=value, variable="DATELINE_ANSWERER")


def _model(settings: Settings, *, private: bool) -> list[Fact]:
    if settings.answerer == "offline":
        return []
    llm = settings.llm
    model = " ".join(part for part in (llm.provider, llm.model) if part) or "not chosen"
    facts = [Fact(name="Model", value=model, variable="DATELINE_LLM_MODEL")]
    host = urlsplit(llm.base_url).hostname
    if private and host:
        facts.append(Fact(name="Asked at", value=host, variable="DATELINE_LLM_BASE_URL"))
    strict = "withheld" if settings.answer.strict else "shown and marked"
    facts.append(
        Fact(name="Unconfirmed sentences", value=strict, variable="DATELINE_ANSWER__STRICT")
    )
    return facts


def indexed(infos: Sequence[ArticleInfo]) -> Group:
    """What is indexed; ``infos`` are newest first, undated last, as the corpus gives them."""
    dated = [info for info in infos if info.published.year is not None]
    facts = [
        Fact(name="Articles", value=f"{len(infos):,}"),
        Fact(name="Passages", value=f"{sum(info.passages for info in infos):,}"),
        Fact(name="Readers' comments", value=f"{sum(info.comments for info in infos):,}"),
        Fact(name="Publishers", value=f"{len({i.publisher for i in infos if i.publisher}):,}"),
    ]
    if dated:
        facts += [
            Fact(name="Newest", value=date_words(dated[0].published)),
            Fact(name="Oldest", value=date_words(dated[-1].published)),
        ]
    if len(dated) < len(infos):
        facts.append(Fact(name="Without a date", value=f"{len(infos) - len(dated):,}"))
    return Group(name="Indexed", facts=tuple(facts))


def versions() -> Group:
    """Our version and those of what it stands on."""
    named = [("Dateline", "dateline"), *((name, name) for name in _LIBRARIES)]
    facts = [Fact(name=told, value=_version(package)) for told, package in named]
    facts.insert(1, Fact(name="Python", value=sys.version.split()[0]))
    return Group(name="Versions", facts=tuple(facts))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed as a package"


def machine(settings: Settings) -> Group:
    """Disk and memory, for the machine's owner."""
    folder = settings.data_dir
    disk = shutil.disk_usage(folder if folder.exists() else Path.cwd())
    facts = [
        Fact(name="Data directory", value=str(folder.resolve()), variable="DATELINE_DATA_DIR"),
        Fact(name="It holds", value=amount(_bytes_below(folder))),
        Fact(name="Free on its disk", value=f"{amount(disk.free)} of {amount(disk.total)}"),
        Fact(name="Memory of this server", value=_memory()),
        Fact(name="Processors", value=str(os.cpu_count() or "not known")),
        Fact(name="System", value=f"{platform.system()} {platform.machine()}"),
    ]
    return Group(name="This machine", facts=tuple(facts))


def _bytes_below(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except OSError:  # it went away while we looked
            continue
    return total


def _memory() -> str:
    now, most = memory_bytes()
    if now is None:
        return "not known on this system" if most is None else f"at most {amount(most)} so far"
    return f"{amount(now)}, at most {amount(most)} so far" if most else amount(now)


def memory_bytes(status: Path = Path("/proc/self/status")) -> tuple[int | None, int | None]:
    """Resident bytes of this process now, and the most they were; None where not known."""
    try:
        lines = status.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return None, _most_bytes()
    return _kilobytes(lines, "VmRSS"), _kilobytes(lines, "VmHWM")


def _kilobytes(lines: Iterable[str], name: str) -> int | None:
    for line in lines:
        head, _, rest = line.partition(":")
        if head == name:
            return int(rest.split()[0]) * 1024
    return None


def _most_bytes() -> int | None:
    try:
        import resource
    except ImportError:  # Windows
        return None
    most: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def amount(size: int) -> str:
    """``812 kB``, ``23.4 MB``, ``1.2 GB``."""
    for unit, scale in (("GB", 10**9), ("MB", 10**6)):
        if size >= scale:
            return f"{size / scale:.1f} {unit}"
    return f"{-(-size // 1000)} kB"
