"""The shipped ONNX files, a frozen description of each, and the programs that made them.

Nothing here imports the rest of Dateline: a model is described by plain values, and the
room that runs it checks the files against them.
"""
