"""Prose by a language model in which every sentence is checked before it counts.

The way of a reply: `prompt` asks, `markers` and `sentences` cut what comes back, `checking`
compares each sentence with the passages that it cites, `reply` gathers what stands, and
`writing` decides which answer the reader gets. Nothing here talks to a model: that is what
a `rag.protocols.Writer` does.
"""
