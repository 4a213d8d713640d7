"""Export trained weights: ``python -m rag.models.reader_training.export WEIGHTS.pt OUT.onnx``.

Writes the fp32 graph beside OUT (``.fp32.onnx``, not shipped) and OUT itself in int8:
dynamic, per channel, the three small heads left in fp32. Neither takes a mask: a pair is run by
itself, never padded. `evals.bench.reading` measures what
int8 costs by being given either file.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from rag.models.reader_training.fused import OPSET, fused
from rag.models.reader_training.network import Network

NAMES = ["input_ids", "token_type_ids"]
OUTPUTS = ["start", "end", "answer"]


def full(weights: Path, target: Path) -> None:
    """The fp32 graph."""
    network = Network()
    for layer in network.layers:
        layer.attention = fused
    network.load_state_dict(torch.load(weights, map_location="cpu", weights_only=True))
    network.eval()
    ids = torch.randint(1000, 2000, (2, 24))
    both = {0: "batch", 1: "pieces"}
    torch.onnx.export(
        network,
        (ids, torch.zeros_like(ids)),
        str(target),
        input_names=NAMES,
        output_names=OUTPUTS,
        dynamic_axes=dict.fromkeys([*NAMES, "start", "end"], both) | {"answer": {0: "batch"}},
        opset_version=17,
        custom_opsets=OPSET,
        dynamo=False,
    )


def small(source: Path, target: Path) -> None:
    """The int8 graph."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    graph = onnx.load(source).graph
    heads = [
        n.name for n in graph.node if any(f"/{h}/" in n.name for h in ("span", "pool", "answer"))
    ]
    # a Gemm becomes a MatMul of another name before it is looked for among these
    heads += [f"{name}_MatMul" for name in heads]
    quantize_dynamic(
        source,
        target,
        per_channel=True,
        weight_type=QuantType.QInt8,
        nodes_to_exclude=heads,
        # onnx cannot tell the shape of what onnxruntime's own operator gives
        extra_options={"WeightSymmetric": False, "DefaultTensorType": onnx.TensorProto.FLOAT},
    )


def main() -> None:
    """Both graphs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("target", type=Path)
    given = parser.parse_args()
    wide = given.target.with_suffix(".fp32.onnx")
    full(given.weights, wide)
    small(wide, given.target)
    print(f"{given.target}: {given.target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
