"""The tables of the catalogue, and how a connection to it is opened.

The version stands in ``PRAGMA user_version``; `migrate` takes an older catalogue forward
one step at a time and refuses a newer one. The second step holds what visitors leave:
conversations, feedback, and log-ins that were ended before their time.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from rag.errors import IndexingError

FILE = "catalogue.sqlite"

_STEPS = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID;
    -- One row a version of an article: pending (being written), ready, stale (being removed).
    CREATE TABLE ledger (
        key INTEGER PRIMARY KEY AUTOINCREMENT,
        article_id TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('pending', 'ready', 'stale')),
        first_slot INTEGER NOT NULL,
        slots INTEGER NOT NULL,
        changed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    );
    CREATE INDEX ledger_unfinished ON ledger (state) WHERE state <> 'ready';
    -- Everything below holds ready articles only.
    CREATE TABLE articles (
        key INTEGER PRIMARY KEY REFERENCES ledger (key),
        id TEXT NOT NULL UNIQUE,
        source TEXT NOT NULL,
        title TEXT NOT NULL,
        title_origin TEXT NOT NULL,
        publisher TEXT,
        author TEXT,
        published TEXT NOT NULL,      -- JSON of PublishedDate
        first INTEGER NOT NULL,       -- YYYYMMDD, 0 when unknown
        last INTEGER NOT NULL,
        language TEXT NOT NULL,
        body_start INTEGER NOT NULL,
        body_end INTEGER NOT NULL,
        comments TEXT NOT NULL,       -- JSON list of Comment
        content_hash TEXT NOT NULL,
        text_hash TEXT NOT NULL,      -- of the body alone: equal means the same article again
        passages INTEGER NOT NULL
    );
    CREATE INDEX articles_text_hash ON articles (text_hash);
    CREATE TABLE texts (key INTEGER PRIMARY KEY REFERENCES articles (key), text TEXT NOT NULL);
    -- slot: the row of the passage's vector; never given twice within one vector file.
    CREATE TABLE passages (
        slot INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        article INTEGER NOT NULL REFERENCES articles (key),
        kind TEXT NOT NULL,
        start INTEGER NOT NULL,
        end INTEGER NOT NULL,
        header TEXT NOT NULL,
        author TEXT,
        sentences BLOB NOT NULL       -- offsets from the passage's start, little-endian uint32
    );
    CREATE UNIQUE INDEX passages_id ON passages (id);
    CREATE INDEX passages_article ON passages (article);
    CREATE TABLE words (word TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
    CREATE TABLE stems (stem TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO meta (key, value) VALUES
        ('generation', 0), ('next_slot', 0), ('ready_upto', 0), ('encoder', ''), ('dim', 0),
        ('vectors', ''), ('base', ''), ('base_upto', 0), ('base_retired', 0), ('terms', '');
    """,
    """
    -- Times are seconds since 1970. `folded` is what a search compares: text in lower case.
    CREATE TABLE talks (
        key INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        owner TEXT NOT NULL,
        title TEXT NOT NULL,
        folded TEXT NOT NULL,
        created REAL NOT NULL,
        updated REAL NOT NULL,
        deleted REAL                  -- when, NULL while it is kept
    );
    CREATE INDEX talks_owner ON talks (owner, updated);
    CREATE INDEX talks_deleted ON talks (deleted) WHERE deleted IS NOT NULL;
    CREATE TABLE turns (
        talk INTEGER NOT NULL REFERENCES talks (key),
        n INTEGER NOT NULL,
        at REAL NOT NULL,
        folded TEXT NOT NULL,
        answer TEXT NOT NULL,         -- JSON of the whole Answer
        PRIMARY KEY (talk, n)
    );
    CREATE TABLE ratings (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        owner TEXT NOT NULL,
        talk TEXT NOT NULL,           -- id of the conversation and number of the turn, so that
        n INTEGER NOT NULL,           -- a second thought replaces the first
        at REAL NOT NULL,
        up INTEGER NOT NULL,
        reason TEXT NOT NULL,
        history TEXT NOT NULL,        -- JSON list of the questions before
        answer TEXT NOT NULL
    );
    CREATE UNIQUE INDEX ratings_turn ON ratings (owner, talk, n) WHERE talk <> '';
    CREATE TABLE ended_logins (id TEXT PRIMARY KEY, until REAL NOT NULL) WITHOUT ROWID;
    """,
)

VERSION = len(_STEPS)


def connect(folder: Path) -> sqlite3.Connection:
    """A connection in autocommit mode: transactions are opened by name."""
    path = folder / FILE
    try:
        link = sqlite3.connect(path, timeout=30, isolation_level=None, check_same_thread=False)
        link.execute("PRAGMA journal_mode = WAL")
        link.execute("PRAGMA synchronous = NORMAL")  # safe with WAL: a crash loses no commit order
        link.execute("PRAGMA cache_size = -16000")
        link.execute("PRAGMA mmap_size = 268435456")
    except sqlite3.Error as error:
        raise IndexingError(
            f"The catalogue {path} cannot be opened ({error}): check that the folder can be "
            "written, or restore the file from a copy."
        ) from error
    return link


def migrate(link: sqlite3.Connection) -> None:
    """Bring the catalogue to this version, each step in a transaction of its own."""
    while (version := _version(link)) < VERSION:
        link.execute("BEGIN IMMEDIATE")
        try:
            if _version(link) == version:  # no other process was faster
                for statement in _statements(_STEPS[version]):
                    link.execute(statement)
                link.execute(f"PRAGMA user_version = {version + 1:d}")
            link.execute("COMMIT")
        except BaseException:
            link.execute("ROLLBACK")
            raise
    if version > VERSION:
        raise IndexingError(
            f"The catalogue was written by a newer Dateline (format {version}, this one knows "
            f"{VERSION}): install the newer version, or use another --data-dir."
        )


def _version(link: sqlite3.Connection) -> int:
    return int(link.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> list[str]:
    bare = "\n".join(line.split("--")[0] for line in script.splitlines())
    return [part for part in bare.split(";") if part.strip()]
