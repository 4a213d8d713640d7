"""How the reader's weights were made: data, training, export and calibration.

Nothing here is needed to run Dateline; it needs the ``train`` extra (torch, onnx). The
order is ``build`` (data to arrays), ``train``, ``export``, ``calibrate``; ``config.toml``
records every number, and ``docs/reader.md`` tells the story.
"""
