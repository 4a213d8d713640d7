"""HTML, PDF and Markdown become the same kind of article."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from rag.articles import read_articles
from rag.types import Article, DateOrigin, Rejected, TitleOrigin

PARAGRAPHS = [
    "The council of Ashford voted on Monday to rebuild the old bridge over the river Wey.",
    "Its mayor, Ann Smith, said that the work would take two years and cost 3.5 million pounds.",
    "Residents have waited for the bridge since a flood carried away its northern arch in 2015.",
]
HTML = """<!doctype html><html lang="en"><head><meta charset="{charset}">
<title>Bridge to be rebuilt | Ashford Post</title>
<meta property="og:site_name" content="Ashford Post"><meta name="author" content="Jo Doe">
<meta property="article:published_time" content="2019-03-04T10:00:00Z">
<meta property="article:modified_time" content="2021-01-01T10:00:00Z"></head><body>
<nav><a href="/">Home</a> <a href="/news">News</a></nav>
<div class="clock">13:15 GMT 27 July 2021</div>
<article><h1>Bridge to be rebuilt</h1>{body}</article>
<footer>© 2021 Ashford Post. All rights reserved.</footer>
</body></html>"""


def one(path: Path) -> Article:
    (item,) = read_articles([path])
    assert isinstance(item, Article), item
    return item


@pytest.mark.parametrize("charset", ["utf-8", "windows-1252"])
def test_html(tmp_path: Path, charset: str) -> None:
    body = "".join(f"<p>{text} Café.</p>" for text in PARAGRAPHS * 2)
    path = tmp_path / "a.html"
    path.write_bytes(HTML.format(charset=charset, body=body).encode(charset))
    article = one(path)
    assert (article.title, article.title_origin) == ("Bridge to be rebuilt", TitleOrigin.HTML)
    assert (article.publisher, article.author) == ("Ashford Post", "Jo Doe")
    assert (article.published.iso, article.published.origin) == ("2019-03-04", DateOrigin.HTML)
    assert article.body.split("\n\n")[0] == PARAGRAPHS[0] + " Café."
    assert "rights reserved" not in article.text
    assert "Home" not in article.text


def test_html_that_tells_no_date_has_none(tmp_path: Path) -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS * 2)
    page = HTML.format(charset="utf-8", body=body)
    page = "\n".join(line for line in page.split("\n") if "_time" not in line or "</head>" in line)
    page = page.replace(
        '<meta property="article:modified_time" content="2021-01-01T10:00:00Z">', ""
    )
    (tmp_path / "a.html").write_text(page, "utf-8")
    assert one(tmp_path / "a.html").published.iso is None


def test_markdown(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(
        '---\ntitle: "Bridge to be rebuilt"\nauthor: Jo Doe\ndate: 2019-03-04\n---\n\n'
        "# Bridge to be rebuilt\n\n"
        f"{PARAGRAPHS[0]} See [the **plan**](https://example.org/plan).\n\n## Cost\n\n> "
        f"{PARAGRAPHS[1]}\n\n![arch](a.png)\n",
        "utf-8",
    )
    article = one(tmp_path / "a.md")
    assert (article.title, article.author, article.published.iso) == (
        "Bridge to be rebuilt",
        "Jo Doe",
        "2019-03-04",
    )
    assert article.body == f"{PARAGRAPHS[0]} See the plan.\n\nCost\n\n{PARAGRAPHS[1]}"


def make_pdf(lines: list[str]) -> bytes:
    """A one-page PDF with a text layer, written by hand."""
    text = "BT /F1 11 Tf 60 760 Td 14 TL " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << "
            "/Font << /F1 5 0 R >> >> >>"
        ),
        f"<< /Length {len(text)} >>\nstream\n{text}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    return (
        out
        + (
            f"xref\n0 6\n0000000000 65535 f \n{table}trailer << /Size 6 /Root 1 0 R "
            f">>\nstartxref\n{len(out)}\n%%EOF"
        ).encode()
    )


def test_pdf_lines_become_paragraphs(tmp_path: Path) -> None:
    lines = [
        "The council of Ashford voted on Monday to rebuild the old",
        "bridge over the river Wey. Its mayor said that the recon-",
        "struction would take two years.",
        "Residents have waited for the bridge since a flood carried",
        "away its northern arch.",
    ]
    (tmp_path / "a.pdf").write_bytes(make_pdf(lines))
    article = one(tmp_path / "a.pdf")
    assert article.body.split("\n\n") == [
        (
            "The council of Ashford voted on Monday to rebuild the old bridge over the river Wey. "
            "Its mayor said that the reconstruction would take two years."
        ),
        "Residents have waited for the bridge since a flood carried away its northern arch.",
    ]
    assert article.published.iso is None


def test_pdf_without_text_and_encrypted(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    (tmp_path / "blank.pdf").write_bytes(make_pdf([]))
    writer = PdfWriter(
        clone_from=PdfReader(io.BytesIO(make_pdf(["Secret words that nobody may read."])))
    )
    writer.encrypt("password")
    with (tmp_path / "locked.pdf").open("wb") as stream:
        writer.write(stream)
    blank, locked = read_articles([tmp_path])
    assert isinstance(blank, Rejected)
    assert "no text" in blank.reason
    assert isinstance(locked, Rejected)
    assert "encrypted" in locked.reason
