"""How the reader's weights were made: data, training and export.

Nothing here is needed to run Dateline; it needs the ``train`` extra (torch, onnx). The order
is ``build`` (data to arrays), ``train``, ``export``, then ``evals.bench.reader_calibration``;
``config.toml`` records every number, and ``docs/reader.md`` tells the story.
"""
