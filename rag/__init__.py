"""Dateline's engine: from files to cited answers. `rag.engine.Engine` is the way in."""
