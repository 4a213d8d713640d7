"""The real stores of conversations, feedback and log-ins, over a catalogue of their own."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from pathlib import Path

from rag.index.catalogue import Catalogue
from rag.index.logins import EndedLogins
from rag.index.ratings import Ratings
from rag.index.talks import Talks
from rag.settings import KeepSettings


def stores(settings: KeepSettings | None = None) -> tuple[Talks, Ratings, EndedLogins]:
    """All three; the catalogue goes with the last of them."""
    folder = tempfile.mkdtemp(prefix="dateline-kept-")
    catalogue = Catalogue(Path(folder))
    weakref.finalize(catalogue, shutil.rmtree, folder, ignore_errors=True)
    keep = settings or KeepSettings()
    return (
        Talks(lambda: catalogue.link, keep),
        Ratings(lambda: catalogue.link, keep),
        EndedLogins(lambda: catalogue.link),
    )
