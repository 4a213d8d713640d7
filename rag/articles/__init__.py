"""A file becomes an `Article`: read, cleaned, dated, with readers' comments kept apart.

``read_articles(paths)`` is all that other rooms need. How a format is read is in ``html``,
``pdf``, ``markdown``, ``dump`` and ``page``; what belongs to the story in ``clean``; the one
normalisation in ``normalise``; offsets, ids and hashes in ``assemble``.
"""

from rag.articles.read import read_articles

__all__ = ["read_articles"]
