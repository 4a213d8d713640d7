"""The base: the bulk of the vectors in an embedded Chroma, published and then never written.

Chroma's persistent client is not safe between processes: a reader that has one open misses
what a writer adds, and may apply the writer's queue to its own copy and write that back.
So no folder is ever written while anyone can read it. `build` makes a new folder, from
nothing or from a copy of the last one, under a name that nobody knows yet; the catalogue
then points to it in one transaction. What was added since stands in the vector file and is
scanned exactly (`rag.index.vectors`).

Only this module knows Chroma.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from rag.errors import IndexingError
from rag.protocols import Vectors

if TYPE_CHECKING:
    from chromadb.api.client import Client
    from chromadb.api.models.Collection import Collection

COLLECTION = "passages"
BATCH = 1000  # as Chroma's own threshold for saving; its limit is 5,461
SEARCH_WIDTH = 200  # of HNSW; the default of 100 costs recall where 60 and more are asked for


class Base:
    """A published base, opened for searching at first use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._client: Client | None = None
        self._collection: Collection | None = None
        self._users = 0
        self._closing = False

    def query(self, vector: Vectors, k: int) -> list[tuple[int, float]]:
        """The k nearest slots with their cosines, best first."""
        with self._used() as collection:
            found = collection.query(
                query_embeddings=[vector.tolist()], n_results=k, include=["distances"]
            )
        distances = (found["distances"] or [[]])[0]
        return [
            (int(slot), 1.0 - float(distance))
            for slot, distance in zip(found["ids"][0], distances, strict=True)
        ]

    def count(self) -> int:
        """How many vectors it holds."""
        with self._used() as collection:
            return int(collection.count())

    def slots(self) -> set[int]:
        """All slots that it holds."""
        held: set[int] = set()
        with self._used() as collection:
            for offset in range(0, collection.count(), 5000):
                page = collection.get(limit=5000, offset=offset, include=[])
                held.update(int(slot) for slot in page["ids"])
        return held

    def close(self) -> None:
        """Let go of the folder and of the memory, once nobody is searching any more."""
        with self._lock:
            self._closing = True
            self._release()

    @contextmanager
    def _used(self) -> Iterator[Collection]:
        """The collection, opened if need be, and kept open while it is in use."""
        with self._lock:
            if self._closing:
                raise FileNotFoundError(f"{self.folder} was replaced")
            with _converted(self.folder):
                collection = self._opened()
            self._users += 1
        try:
            with _converted(self.folder):
                yield collection
        finally:
            with self._lock:
                self._users -= 1
                self._release()

    def _opened(self) -> Collection:
        if self._collection is None:
            if not (self.folder / "chroma.sqlite3").is_file():
                # Chroma would make a new, empty database here.
                raise FileNotFoundError(f"{self.folder} is gone")
            self._client = _client(self.folder)
            self._collection = self._client.get_collection(COLLECTION, embedding_function=None)
        return self._collection

    def _release(self) -> None:
        if self._closing and not self._users and self._client is not None:
            client, self._client, self._collection = self._client, None, None
            client.close()


def build(
    folder: Path,
    *,
    copy_of: Path | None,
    drop: Sequence[int],
    add: Iterable[tuple[Sequence[int], Vectors]],
    tick: Callable[[], None] = lambda: None,
) -> None:
    """Make a base in a new folder. ``tick`` is called after each batch and may raise to stop."""
    with _converted(folder):
        if copy_of is not None:
            shutil.copytree(copy_of, folder)
        else:
            folder.mkdir(parents=True)
        client = _client(folder)
        try:
            collection = client.get_or_create_collection(
                COLLECTION,
                configuration={"hnsw": {"space": "cosine", "ef_search": SEARCH_WIDTH}},
                embedding_function=None,
            )
            for start in range(0, len(drop), BATCH):
                collection.delete(ids=[str(slot) for slot in drop[start : start + BATCH]])
            for slots, vectors in add:
                # upsert: `add` would ignore an id that is there already
                collection.upsert(
                    ids=[str(slot) for slot in slots],
                    embeddings=np.ascontiguousarray(vectors, np.float32),
                )
                tick()
        finally:
            client.close()


def _client(folder: Path) -> Client:
    import chromadb
    from chromadb.config import Settings

    # Typed as what it is: the declared type hides close().
    client = chromadb.PersistentClient(
        path=str(folder), settings=Settings(anonymized_telemetry=False)
    )
    return cast("Client", client)


@contextmanager
def _converted(folder: Path) -> Iterator[None]:
    """Chroma's errors, whatever their type, become one of ours."""
    try:
        yield
    except (IndexingError, StopBuild):
        raise
    except OSError:
        raise  # a folder that is gone: the caller looks where the catalogue points now
    except Exception as error:
        raise IndexingError(
            f"The vector base {folder} cannot be used ({error}): run `dateline doctor --repair`."
        ) from error


class StopBuild(Exception):  # noqa: N818 - a signal, not a mistake
    """Raised by ``tick`` to give a build up."""
