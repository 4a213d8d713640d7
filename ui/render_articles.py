"""The room of the articles as HTML: the list, and what became of uploaded files; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.index.report import IngestReport, IngestRow, RowStatus
from rag.types import ArticleInfo
from ui.markup import esc, shortened
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

    @property
    def pages(self) -> int:
        """How many pages the found articles fill, at least one."""
        return max(1, -(-self.found // PAGE_ROWS))


def listed(infos: Sequence[ArticleInfo], query: str, page: int) -> Listing:
    """The page of the articles whose title or publisher holds every word of the query."""
    words = query.casefold().split()[:20]
    found = [info for info in infos if _matches(info, words)]
    last = max(0, -(-len(found) // PAGE_ROWS) - 1)
    page = min(max(page, 0), last)
    rows = tuple(found[page * PAGE_ROWS : (page + 1) * PAGE_ROWS])
    return Listing(rows=rows, found=len(found), total=len(infos), page=page, query=query)


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
            "<code>dateline ingest PATH</code></p>"
        )
    told = f"{listing.total:,} articles"
    if listing.query.strip():
        told = f"{listing.found:,} of {told}"
    if not listing.rows:
        return f'<p class="count">{told}</p><p class="hint">No title or publisher holds this.</p>'
    rows = "".join(_row(info) for info in listing.rows)
    return (
        f'<p class="count" role="status">{told}</p>'
        '<div class="table-frame"><table class="articles">'
        '<thead><tr><th scope="col">Title</th><th scope="col">Publisher</th>'
        '<th scope="col">Date</th><th scope="col" class="figure">Comments</th></tr></thead>'
        f"<tbody>{rows}</tbody></table></div>{_pager(listing)}"
    )


def _row(info: ArticleInfo) -> str:
    origin = origin_words(info.published)
    noun = "comment" if info.comments == 1 else "comments"
    aside = f' <span class="aside">{esc(origin)}</span>' if origin else ""
    return (
        f'<tr><th scope="row" dir="auto"><button type="button" data-read="{esc(info.id)}">'
        f"{esc(shortened(title_words(info), 200))}</button></th>"
        f'<td dir="auto">{esc(publisher_words(info))}</td>'
        f"<td><time>{esc(date_words(info.published))}</time>{aside}</td>"
        f'<td class="figure">{info.comments}<span class="unit"> {noun}</span></td></tr>'
    )


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


_STATUS_WORDS = {
    RowStatus.ADDED: "added",
    RowStatus.UPDATED: "updated",
    RowStatus.UNCHANGED: "already here, unchanged",
    RowStatus.DUPLICATE: "the same text is already here",
    RowStatus.FAILED: "not added",
    RowStatus.REMOVED: "removed",
}


def report_html(report: IngestReport, refused: Sequence[IngestRow] = ()) -> str:
    """What became of each uploaded file, failures first."""
    rows = sorted((*refused, *report.rows), key=lambda row: row.status is not RowStatus.FAILED)
    shown = rows[:PAGE_ROWS]
    items = "".join(
        f'<li class="{row.status.value}" dir="auto">'
        f"<b>{esc(shortened(_name(row.source), 120))}</b> "
        f"{esc(_STATUS_WORDS[row.status])}"
        f"{': ' + esc(shortened(row.message, 400)) if row.message else ''}</li>"
        for row in shown
    )
    rest = len(rows) - len(shown)
    more = f'<li class="hint">and {rest:,} more</li>' if rest else ""
    return f'<ul class="report" role="status">{items}{more}</ul>'


def _name(source: str) -> str:
    return source.replace("\\", "/").rsplit("/", 1)[-1] or source
