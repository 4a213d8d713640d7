"""Make the encoder's ONNX file again from the published weights (needs the `train` extra).

    python -m rag.models.export_encoder PUBLISHED_DIR [--out rag/models/encoder]

``PUBLISHED_DIR`` is the model folder of sentence-transformers/all-MiniLM-L6-v2 (it holds
``model.safetensors``, ``config.json`` and ``tokenizer.json``); the weights are checked
against the published sha256 first. Mean pooling and the division to length 1 go into the
graph, so that a caller gets unit vectors and cannot pool differently. The matrices and the
embedding tables become int8, dynamic, per channel and asymmetric (asymmetric was both
nearer to fp32 and faster than symmetric here; see the card).

Running Dateline never needs this module. It does not measure parity with real passages:
``--passages FILE`` (one text a line) does, and prints what the card quotes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

PUBLISHED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 256


def main(argv: Sequence[str] | None = None) -> None:
    """Export, quantise, write the three files and print their hashes."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument(
        "published", type=Path, help="folder with model.safetensors, config.json, tokenizer.json"
    )
    parser.add_argument("--out", type=Path, default=Path(__file__).parent / "encoder")
    parser.add_argument(
        "--passages", type=Path, help="texts, one a line, to measure int8 against fp32 on"
    )
    args = parser.parse_args(argv)

    weights = args.published / "model.safetensors"
    if (found := _sha256(weights)) != PUBLISHED_SHA256:
        raise SystemExit(f"{weights} has sha256 {found}, not the published {PUBLISHED_SHA256}.")
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "fp32.onnx"
        _export(args.published, full)
        _quantise(full, args.out / "model.int8.onnx")
        _write_tokenizer(args.published / "tokenizer.json", args.out / "tokenizer.json")
        if args.passages:
            texts = [line for line in args.passages.read_text("utf-8").splitlines() if line.strip()]
            low, mean = parity(
                full, args.out / "model.int8.onnx", args.out / "tokenizer.json", texts
            )
            print(f"cosine int8 to fp32 over {len(texts)} texts: min {low:.4f}, mean {mean:.4f}")
    for name in ("model.int8.onnx", "tokenizer.json"):
        path = args.out / name
        print(f"{name}: {path.stat().st_size} bytes, sha256 {_sha256(path)}")


def _export(published: Path, target: Path) -> None:
    """Write the fp32 graph: token ids and mask in, unit vectors out."""
    import torch
    from safetensors.torch import load_file
    from transformers import BertConfig, BertModel

    config = BertConfig.from_json_file(str(published / "config.json"))
    # Plain MatMul nodes: the fused kernel cannot be quantised.
    config._attn_implementation = "eager"  # noqa: SLF001
    bert = BertModel(config, add_pooling_layer=False).eval()
    result = bert.load_state_dict(load_file(str(published / "model.safetensors")), strict=False)
    if result.missing_keys:
        raise SystemExit(f"The weights lack {result.missing_keys}.")

    class Pooled(torch.nn.Module):
        """The transformer with mean pooling over real tokens and L2 normalisation."""

        def __init__(self) -> None:
            super().__init__()
            self.bert = bert

        def forward(self, input_ids: Any, attention_mask: Any) -> Any:
            hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            weight = attention_mask.unsqueeze(-1).to(hidden.dtype)
            pooled = (hidden * weight).sum(1) / weight.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, p=2.0, dim=1)

    ids = torch.ones(2, 16, dtype=torch.long)
    both = {0: "batch", 1: "tokens"}
    torch.onnx.export(
        Pooled(),
        (ids, torch.ones_like(ids)),
        str(target),
        input_names=["input_ids", "attention_mask"],
        output_names=["vector"],
        dynamic_axes={"input_ids": both, "attention_mask": both, "vector": {0: "batch"}},
        opset_version=17,
        # The older exporter: its one-file graph is what the quantiser's patterns expect.
        dynamo=False,
    )


def _quantise(source: Path, target: Path) -> None:
    """Write the int8 graph."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source,
        target,
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"WeightSymmetric": False},
    )


def _write_tokenizer(source: Path, target: Path) -> None:
    """Copy the tokenizer without truncation and padding: we never truncate, and pad ourselves."""
    described = json.loads(source.read_text("utf-8"))
    described["truncation"] = described["padding"] = None
    target.write_text(json.dumps(described, ensure_ascii=False, separators=(",", ":")), "utf-8")


def parity(full: Path, small: Path, tokenizer: Path, texts: Sequence[str]) -> tuple[float, float]:
    """Lowest and mean cosine between the two graphs' vectors, each text encoded alone."""
    import onnxruntime
    from tokenizers import Tokenizer

    words = Tokenizer.from_file(str(tokenizer))
    sessions = [
        onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
        for path in (full, small)
    ]
    cosines = []
    for text in texts:
        ids = np.array([words.encode(text).ids[:MAX_TOKENS]], np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        one, other = (session.run(None, feed)[0][0] for session in sessions)
        cosines.append(float(one @ other))
    return min(cosines), float(np.mean(cosines))


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    main()
