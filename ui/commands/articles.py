"""``dateline articles``: what is indexed, and one article with its text."""

from __future__ import annotations

from collections.abc import Sequence

import click

from rag.errors import DatelineError
from rag.types import Article, ArticleInfo
from ui.options import data_dir_option, opened_engine
from ui.terminal import articles_text, json_line, visible
from ui.words import date_words, origin_words, publisher_words, title_words


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@data_dir_option
@click.pass_context
def articles(ctx: click.Context, as_json: bool) -> None:
    """List the articles, newest first; `articles show ID` prints one."""
    if ctx.invoked_subcommand is not None:
        ctx.obj = as_json
        return
    with opened_engine() as engine:
        infos = engine.corpus.articles()
    if as_json:
        for info in infos:
            click.echo(json_line(info_as_json(info)))
    elif infos:
        click.echo(articles_text(infos))
    else:
        click.echo("No articles yet: dateline ingest PATH adds some.", err=True)


@articles.command()
@click.argument("article_id", metavar="ID")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON object, the exact text in it."
)
@data_dir_option
@click.pass_obj
def show(from_group: bool | None, article_id: str, as_json: bool) -> None:
    """Print one article: its metadata and the canonical text that offsets point into.

    Control characters are shown as U+FFFD, which keeps every offset; --json has the text
    exactly as stored.
    """
    with opened_engine() as engine:
        article = engine.corpus.article(article_id)
        passages = len(engine.corpus.article_passages(article_id)) if article else 0
    if article is None:
        raise unknown_ids([article_id])
    if as_json or from_group:
        click.echo(json_line(article_as_json(article, passages)))
    else:
        click.echo(article_text(article, passages))


def unknown_ids(article_ids: Sequence[str]) -> DatelineError:
    """The error for ids that no article has."""
    named = ", ".join(map(repr, article_ids))
    return DatelineError(f"No article has the id {named}: `dateline articles` lists all ids.")


def info_as_json(info: ArticleInfo) -> dict[str, object]:
    """What is known of an article, as a machine reads it."""
    return {
        "id": info.id,
        "source": info.source,
        "title": info.title,
        "title_origin": info.title_origin.value,
        "publisher": info.publisher,
        "author": info.author,
        "published": info.published.iso,
        "precision": info.published.precision.value,
        "date_origin": info.published.origin.value,
        "modified": info.published.modified,
        "language": info.language,
        "passages": info.passages,
        "comments": info.comments,
    }


def article_as_json(article: Article, passages: int) -> dict[str, object]:
    """An article with its canonical text and the offsets of its parts."""
    told = info_as_json(article.info) | {"passages": passages}
    comments = [
        {"author": c.author, "published": c.date.iso, "start": c.start, "end": c.end}
        for c in article.comments
    ]
    return told | {
        "body_start": article.body_start,
        "body_end": article.body_end,
        "comment_spans": comments,
        "content_hash": article.content_hash,
        "text": article.text,
    }


def article_text(article: Article, passages: int) -> str:
    """An article for a person: metadata, an empty line, the canonical text."""
    info = article.info
    origin = origin_words(info.published)
    rows = [
        ("id", info.id),
        ("source", info.source),
        ("title", title_words(info)),
        ("publisher", publisher_words(info)),
        ("author", info.author or "unknown"),
        ("published", date_words(info.published) + (f" ({origin})" if origin else "")),
        ("passages", str(passages)),
        ("comments", str(info.comments)),
        ("body", f"{article.body_start} to {article.body_end} of {len(article.text)} characters"),
    ]
    head = "\n".join(f"{name + ':':<11}{' '.join(visible(value).split())}" for name, value in rows)
    return f"{head}\n\n{visible(article.text)}"
