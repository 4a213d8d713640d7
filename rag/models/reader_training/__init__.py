"""How the reader's weights were made: data, training and export.

Nothing here is needed to run Dateline; it needs the ``train`` extra (torch, onnx). The steps are
those of the Makefile beside this file (``make reader``): ``build`` (data to arrays), ``teacher``,
``train``, ``average``, ``export``. ``config.toml`` records the numbers, and ``docs/reader.md``
tells the story.
"""
