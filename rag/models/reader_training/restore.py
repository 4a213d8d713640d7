"""Weights to train on from, out of a file of torch's or a reader that `export` wrote.

Every int8 number of the latter is multiplied out with its scale, so the network reads as the file
does, but for the activations, which that one rounds as well. What int8 had lost stays lost.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.models.reader_training.network import HIDDEN, Network

Floats = NDArray[np.float32]
_INT8, _TURNED = "_quantized", "_Transposed"
_MULTIPLY = ("MatMul", "MatMulInteger", "DynamicQuantizeMatMul", "Gemm")


def weights_of(path: Path) -> dict[str, Floats]:
    """Each weight of `Network` by its name.

    Raises `ValueError` where the file lacks one, which means that it is no export of ours.
    """
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    held = {t.name: numpy_helper.to_array(t) for t in graph.initializer}
    floats = {name: value for name, value in held.items() if value.dtype == np.float32}
    found = {name.removesuffix(_TURNED): value for name, value in floats.items()}
    for name in (n for n in held if n.endswith(_INT8)):
        found[name.removesuffix(_INT8)] = _multiplied_out(held, name.removesuffix(_INT8))
    for node in graph.node:
        parts = node.name.split("/")
        matrix = next((n.removesuffix(_INT8) for n in node.input if _is_matrix(n)), None)
        if node.op_type in _MULTIPLY and matrix and len(parts) > 2:
            found[".".join([*parts[1:-1], "weight"])] = found[matrix]
    return {
        name: _shaped(name, found, shape, turned=name not in floats)
        for name, shape in _shapes().items()
    }


def _is_matrix(name: str) -> bool:
    return name.startswith("onnx::MatMul") and not name.endswith(("_scale", "_zero_point"))


def _multiplied_out(held: dict[str, Any], name: str) -> Floats:
    zero = held[f"{name}_zero_point"].astype(np.float32)
    value: Floats = (held[name + _INT8].astype(np.float32) - zero) * held[f"{name}_scale"]
    return value


def _shapes() -> dict[str, tuple[int, ...]]:
    return {name: tuple(value.shape) for name, value in Network().state_dict().items()}


def _shaped(name: str, found: dict[str, Floats], shape: tuple[int, ...], *, turned: bool) -> Floats:
    """As torch lays it: out by in, where the graph's products have in by out."""
    value = found.get(name)
    if value is not None and (value.shape != shape or (turned and shape == (HIDDEN, HIDDEN))):
        value = value.T.copy()
    if value is None or value.shape != shape:
        raise ValueError(f"The file has no {name} of {shape}: give a reader that `export` wrote.")
    return value


def loaded(path: Path) -> dict[str, Any]:
    """Torch's tensors by the names of `Network`, from ``.onnx`` or ``.pt``."""
    import torch

    if path.suffix == ".onnx":
        return {name: torch.from_numpy(v.copy()) for name, v in weights_of(path).items()}
    held: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return held
