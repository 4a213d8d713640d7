"""Every bad input is a Rejected with one clear sentence, and the others go on."""

from __future__ import annotations

import gzip
import io
import json
import os
from pathlib import Path

import pytest

from rag.articles import read_articles
from rag.settings import ReadSettings
from rag.types import Article, DateOrigin, Rejected, TitleOrigin

STORY = (
    "The council of Ashford voted on Monday to rebuild the old bridge over the river Wey. "
    "Its mayor, Ann Smith, said that the work would take two years and cost 3.5 million pounds.\n\n"
    "Residents have waited for the bridge since a flood carried away its northern arch. "
    "The county will pay half of the cost, the council said.\n"
)


def read(*paths: Path | str, settings: ReadSettings | None = None) -> list[Article | Rejected]:
    return list(read_articles(paths, settings))


def the_rejected(item: Article | Rejected) -> str:
    assert isinstance(item, Rejected), item
    assert item.reason.endswith(".")
    assert "\n" not in item.reason
    return item.reason


def the_article(item: Article | Rejected) -> Article:
    assert isinstance(item, Article), item
    return item


BAD_FILES = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n", "empty"),
    "binary.txt": (bytes(range(256)) * 20, "binary"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 100, "PNG"),
    "zip.txt": (b"PK\x03\x04" + b"abc" * 50, "ZIP"),
    "short.txt": (b"Too short.", "at least 40"),
    "buttons.txt": (b"Home\nLog in\nShare\nTweet\nSubscribe\n", "No article text"),
    "odd.xyz": (STORY.encode(), ".txt, .md"),
    "noext": (STORY.encode(), "without a type"),
    "half.txt": (b"\xff\xfe" + "Half a UTF-16 text".encode("utf-16-le") + b"\x41", "UTF-16"),
    "broken.pdf": (b"%PDF-1.7\nnothing of the kind", "PDF"),
    "front.html": (b"<html><body><nav>Home About</nav></body></html>", "at least 40"),
    "empty.html": (b"<html></html>", "No article"),
    "nothing.jsonl": (b"\n\n", "empty"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_is_named_and_the_others_go_on(tmp_path: Path, name: str) -> None:
    data, words = BAD_FILES[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "zz_good.txt").write_text(STORY, "utf-8")
    bad, good = read(tmp_path)
    assert words in the_rejected(bad)
    assert bad.source == str(tmp_path / name)
    assert the_article(good).body == STORY.strip()


def test_undecodable_text_is_turned_down_and_not_mangled(tmp_path: Path) -> None:
    (tmp_path / "noise.txt").write_bytes(
        bytes(b for b in os.urandom(6000) if b >= 0x80 or b == 0x20)
    )
    assert "not UTF-8" in the_rejected(read(tmp_path / "noise.txt")[0])


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "iso-8859-2"]
)
def test_common_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    text = (
        "Die Bürgermeisterin sagte, die Brücke über den Fluss werde im nächsten Frühjahr "
        "eröffnet; größere Schäden seien nicht übrig geblieben. "
    ) * 6
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert the_article(read(tmp_path / "a.txt")[0]).body == text.strip()


def test_missing_paths_and_schemes(tmp_path: Path) -> None:
    missing, scheme, empty = read(tmp_path / "nowhere.txt", "ftp://example.org/a.txt", tmp_path)
    assert "no file or folder" in the_rejected(missing)
    assert "http:// and https://" in the_rejected(scheme)
    assert "holds no articles" in the_rejected(empty)


def test_a_path_with_a_null_is_a_rejection() -> None:
    assert "check the path" in the_rejected(read("a\0b.txt")[0])


def test_size_limits_are_said_with_their_numbers(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY * 20, "utf-8")
    (large,) = read(tmp_path / "a.txt", settings=ReadSettings(max_file_bytes=100))
    assert "at most 100 are allowed" in the_rejected(large)
    (long,) = read(tmp_path / "a.txt", settings=ReadSettings(max_article_chars=500))
    assert "at most 500" in the_rejected(long)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    (tmp_path / "a.txt").chmod(0)
    assert "cannot be read" in the_rejected(read(tmp_path / "a.txt")[0])


def test_a_dangling_link_and_a_pipe_do_not_hang(tmp_path: Path) -> None:
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    items = read(tmp_path / "pipe.txt", tmp_path)
    assert "no regular file" in the_rejected(items[0])
    assert any("cannot be read" in the_rejected(item) for item in items[1:])


def test_folders_are_sorted_recursive_and_skip_what_is_no_article(tmp_path: Path) -> None:
    for name in ("b/two.txt", "a.txt", "b/one.md", ".hidden/x.txt", ".secret.txt", "README.md"):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(STORY, "utf-8")
    articles = [the_article(item) for item in read(tmp_path / "news")]
    assert [Path(a.source).name for a in articles] == ["a.txt", "one.md", "two.txt"]
    assert len({a.id for a in articles}) == 3
    (alone,) = read(tmp_path / "news" / "a.txt")
    assert the_article(alone).id == articles[0].id


def record(**fields: object) -> str:
    return json.dumps(
        {
            "url": "https://www.bbc.com/news/1",
            "title": "Bridge to be rebuilt",
            "text": STORY,
            "authors": "Jo Doe",
            "published": "2022/07/02",
        }
        | fields
    )


def test_a_dump_names_its_bad_lines_and_reads_the_others(tmp_path: Path) -> None:
    path = tmp_path / "dump.jsonl"
    lines = [
        record(),
        '{"url": "https://a.example/2", "text": "half',
        "[1, 2]",
        record(text=""),
        record(text=7),
        record(title={"a": 1}),
        "[" * 100_000,
        record(url="https://cnn.com/2020/01/05/x", published=""),
        "",
    ]
    path.write_text("\n".join(lines), "utf-8")
    items = read(path)
    assert [f"{path}:{n}" for n in range(2, 8)] == [
        i.source for i in items if isinstance(i, Rejected)
    ]
    first, last = (item for item in items if isinstance(item, Article))
    assert (first.title, first.title_origin) == ("Bridge to be rebuilt", TitleOrigin.FIELD)
    assert (first.publisher, first.author, first.published.iso) == ("BBC", "Jo Doe", "2022-07-02")
    assert first.published.origin is DateOrigin.FIELD
    start, end = first.published.span or (0, 0)
    assert first.text[start:end] == "2022/07/02"
    assert (last.published.iso, last.published.origin) == ("2020-01-05", DateOrigin.URL)


def test_records_with_an_address_keep_their_id_wherever_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n" + record(), "utf-8")
    (tmp_path / "b.jsonl").write_text(
        record(url="http://bbc.com/news/1/?utm_source=x#top"), "utf-8"
    )
    one, two = read(tmp_path)
    assert the_article(one).id == the_article(two).id


def test_gzip_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    lines = [
        record(url=f"https://a.example/{n}", text=STORY + str(os.urandom(2000))) for n in range(50)
    ]
    whole = gzip.compress("\n".join(lines).encode())
    (tmp_path / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    *articles, last = read(tmp_path / "a.jsonl.gz")
    assert "breaks off" in the_rejected(last)
    assert 5 < len(articles) < 50
    assert all(isinstance(item, Article) for item in articles)
    (tmp_path / "b.jsonl.gz").write_bytes(b"no gzip at all")
    assert "damaged" in the_rejected(read(tmp_path / "b.jsonl.gz")[-1])


@pytest.mark.parametrize("filler", [b"\n" * 2**20, b" " * 2**20, b"{}\n" * 2**18])
def test_a_gzip_bomb_is_stopped(tmp_path: Path, filler: bytes) -> None:
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb") as stream:
        for _ in range(12):
            stream.write(filler)
    (tmp_path / "bomb.jsonl.gz").write_bytes(buffer.getvalue())
    last = the_rejected(read(tmp_path / "bomb.jsonl.gz")[-1])
    assert "200 times" in last or "blank lines" in last or "in a row" in last


def test_metadata_faults_are_errors_and_the_rest_applies(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    (tmp_path / "metadata.toml").write_text(
        'title = "x"\n["a.txt"]\npublished = 2020-02-03\ntitle = "Bridge"\n'
        '["gone.txt"]\ntitle = "y"\n',
        "utf-8",
    )
    outside, missing, article = read(tmp_path)
    assert "outside a table" in the_rejected(outside)
    assert "'gone.txt'" in the_rejected(missing)
    assert the_article(article).title_origin is TitleOrigin.EDITOR
    assert the_article(article).published.iso == "2020-02-03"


def test_metadata_for_a_dump_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(record(), "utf-8")
    (tmp_path / "metadata.toml").write_text('["a.jsonl"]\ntitle = "x"\n', "utf-8")
    fault, article = read(tmp_path)
    assert "carry their own fields" in the_rejected(fault)
    assert the_article(article).title == "Bridge to be rebuilt"


@pytest.mark.parametrize(
    ("table", "words"),
    [
        ('colour = "red"', "unknown key 'colour'"),
        ("title = 3", "quotation marks"),
        ('published = "soon"', "must be a date"),
        ("published = 7", "must be a date"),
        ("title = ", "cannot be read"),
    ],
)
def test_metadata_that_is_wrong_is_said(tmp_path: Path, table: str, words: str) -> None:
    (tmp_path / "a.txt").write_text(STORY, "utf-8")
    (tmp_path / "metadata.toml").write_text(f'["a.txt"]\n{table}\n', "utf-8")
    fault, article = read(tmp_path)
    assert words in the_rejected(fault)
    assert the_article(article).published.iso is None
