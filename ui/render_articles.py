"""The list of the articles as HTML; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.types import ArticleInfo
from ui.markup import esc, shortened
from ui.uploads import kinds_words
from ui.words import date_words, origin_words, publisher_words, title_words

PAGE_ROWS = 50


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """One page of the list: the rows shown, and how they lie among all."""

    rows: tuple[ArticleInfo, ...]
    found: int
    total: int
    page: int
    query: str = ""
    narrowed: bool = False  # filters leave something out

    @property
    def pages(self) -> int:
        """How many pages the found articles fill, at least one."""
        return max(1, -(-self.found // PAGE_ROWS))


FRONT_MATTER = (
    "A Markdown file can say what it is: between a line --- above its text and another below, "
    "lines such as title: The harbour reopens, date: 2024-03-14, publisher: Harbour Post."
)


def articles_head_html(max_bytes: int, max_files: int) -> str:
    """What the room of the articles begins with; how much may be added at a time."""
    size = f"{max_bytes / 2**20:,.0f} MB" if max_bytes >= 2**20 else f"{max_bytes:,} bytes"
    return (
        '<h1>Articles</h1><p class="lead">What questions are answered from.</p>'
        "<details><summary>Files that can be added</summary>"
        f"<p>Read are {kinds_words()}; at most {esc(size)} a file and {max_files} files at a "
        "time. Added files stay on this machine. Title, date and publisher are read from the "
        f"text, the markup or the record. {FRONT_MATTER}</p></details>"
    )


def listed(
    infos: Sequence[ArticleInfo], query: str, page: int, total: int | None = None
) -> Listing:
    """The page of the articles whose title or publisher holds every word of the query.

    ``total`` is how many there are where filters have left some out of ``infos``.
    """
    words = query.casefold().split()[:20]
    found = [info for info in infos if _matches(info, words)]
    last = max(0, -(-len(found) // PAGE_ROWS) - 1)
    page = min(max(page, 0), last)
    rows = tuple(found[page * PAGE_ROWS : (page + 1) * PAGE_ROWS])
    total = len(infos) if total is None else total
    return Listing(
        rows=rows,
        found=len(found),
        total=total,
        page=page,
        query=query,
        narrowed=len(infos) < total,
    )


def _matches(info: ArticleInfo, words: Sequence[str]) -> bool:
    if not words:
        return True
    told = (info.title, info.publisher or "", info.published.iso or "", info.author or "")
    text = " ".join(told).casefold()
    return all(word in text for word in words)


def articles_html(listing: Listing) -> str:
    """The table, or the words that stand where it would be empty."""
    if not listing.total:
        return (
            '<p class="hint">There are no articles yet. Add files above, or on the command line: '
            "<code>dateline ingest PATH</code> (it lies in <code>.venv/bin</code> of Dateline’s "
            "folder).</p>"
        )
    noun = "article" if listing.total == 1 else "articles"
    told = f"{listing.total:,} {noun}"
    if listing.found < listing.total:
        told = f"{listing.found:,} of {told}"
    if not listing.rows:
        why = "No title or publisher holds this" if listing.query.strip() else "Nothing is left"
        narrowed = " within the filters" if listing.narrowed else ""
        return f'<p class="count" role="status">{told}</p><p class="hint">{why}{narrowed}.</p>'
    rows = "".join(_row(info) for info in listing.rows)
    return (
        f'<p class="count" role="status">{told}</p>'
        '<div class="table-frame"><table class="articles">'
        '<thead><tr><th scope="col">Title</th><th scope="col">Publisher</th>'
        '<th scope="col">Date</th><th scope="col" class="figure">Passages</th>'
        '<th scope="col" class="figure">Comments</th>'
        '<th scope="col"><span class="unseen">Remove</span></th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{_pager(listing)}"
    )


def _row(info: ArticleInfo) -> str:
    origin = origin_words(info.published)
    title = shortened(title_words(info), 200)
    known = f' title="{esc(origin)}"' if origin else ""
    return (
        f'<tr><th scope="row" dir="auto"><button type="button" data-read="{esc(info.id)}">'
        f"{esc(title)}</button></th>"
        f'<td dir="auto">{esc(publisher_words(info))}</td>'
        f"<td><time{known}>{esc(date_words(info.published))}</time></td>"
        f"{_figure(info.passages, 'passage')}{_figure(info.comments, 'comment')}"
        f'<td class="figure"><button type="button" class="quiet" data-remove="{esc(info.id)}" '
        f'aria-label="Remove {esc(title)}">Remove</button></td></tr>'
    )


def _figure(count: int, noun: str) -> str:
    told = noun if count == 1 else f"{noun}s"
    none = "" if count else " none"
    return f'<td class="figure{none}">{count:,}<span class="unit"> {told}</span></td>'


def _pager(listing: Listing) -> str:
    if listing.pages == 1:
        return ""
    before, after = listing.page - 1, listing.page + 1
    off_before = " disabled" if before < 0 else ""
    off_after = " disabled" if after >= listing.pages else ""
    return (
        '<nav class="pager" aria-label="Pages of the list">'
        f'<button type="button" class="quiet" data-page="{before}"{off_before}>Newer</button>'
        f"<span>Page {listing.page + 1} of {listing.pages}</span>"
        f'<button type="button" class="quiet" data-page="{after}"{off_after}>Older</button></nav>'
    )
