"""Texts that attack: articles, comments, names and questions, and what becomes of them."""
