"""The reader's network: a BERT encoder in plain torch with a span head and an answer head.

``Network.from_safetensors(path)`` starts from the published all-MiniLM-L6-v2 weights; the
two heads start at random (fixed by the caller's seed). One forward gives, for every
wordpiece, a start and an end logit, and for every pair one logit that says whether the
passage answers. It holds no tokeniser and no loss; neither torch nor this module is needed
to run the exported model.

Attention is written out and its weights have no dropout: that is what runs fast on a CPU.
"""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from rag.models.reader_training.dropout import Dropout

HIDDEN, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS = 384, 6, 12, 1536, 30522, 512
MASKED = -1e4  # far below any real logit, and still finite in half precision


def attend(query: Tensor, key: Tensor, value: Tensor, mask: Tensor) -> Tensor:
    """Softmax attention, written out.

    torch's fused kernel runs forward as fast but backward four times slower on a CPU in
    bfloat16 (113 against 21 ms at 32 x 12 x 160 x 32), and the softmax stays in bfloat16,
    where autocast would widen it.
    """
    scale = (HIDDEN // HEADS) ** -0.5
    with torch.autocast(query.device.type, enabled=False):
        weights = torch.softmax(query @ key.transpose(-1, -2) * scale + mask.to(query.dtype), -1)
        return weights @ value


def _attention(qkv: Tensor, mask: Tensor) -> Tensor:
    """Of all heads: (batch, length, 3 * hidden) to (batch, length, hidden)."""
    batch, length, _ = qkv.shape
    parts = qkv.view(batch, length, 3, HEADS, HIDDEN // HEADS).permute(2, 0, 3, 1, 4)
    return attend(parts[0], parts[1], parts[2], mask).transpose(1, 2).reshape(batch, length, HIDDEN)


class Layer(nn.Module):
    """One transformer block, normalised after each residual sum as BERT is."""

    def __init__(self, dropout: float = 0.0) -> None:
        super().__init__()
        self.dropout = Dropout(dropout)
        self.attention = _attention
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.attention_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, INNER)
        self.down = nn.Linear(INNER, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.highest: Tensor | None = None  # inner activation at [CLS], in training

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """``x`` is (batch, length, hidden); ``mask`` is additive, (batch, 1, 1, length)."""
        seen = self.out(self.attention(self.qkv(x), mask))
        x = self.attention_norm(x + self.dropout(seen))
        inner = functional.gelu(self.up(x))
        self.highest = inner[:, 0].max() if self.training else None
        normed: Tensor = self.norm(x + self.dropout(self.down(inner)))
        return normed


class Network(nn.Module):
    """Wordpieces of '[CLS] question [SEP] passage [SEP]' to span and answer logits."""

    def __init__(self, dropout: float = 0.0, inner_dropout: float = 0.0) -> None:
        super().__init__()
        self.words = nn.Embedding(VOCABULARY, HIDDEN)
        self.positions = nn.Embedding(POSITIONS, HIDDEN)
        self.kinds = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(inner_dropout) for _ in range(LAYERS))
        self.span = nn.Linear(HIDDEN, 2)
        self.pool = nn.Linear(HIDDEN, HIDDEN)
        self.answer = nn.Linear(HIDDEN, 1)
        for head in (self.span, self.pool, self.answer):
            nn.init.normal_(head.weight, std=0.02)
            nn.init.zeros_(head.bias)

    def forward(
        self, ids: Tensor, kinds: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Start logits and end logits, (batch, length) each, and answer logits, (batch,).

        ``mask`` is 1 where a piece stands and 0 where it is padding; none where nothing is.
        """
        mask = torch.ones_like(ids) if mask is None else mask
        positions = self.positions.weight[: ids.shape[1]]
        x = self.dropout(self.norm(self.words(ids) + positions + self.kinds(kinds)))
        additive = ((1.0 - mask.to(x.dtype)) * MASKED)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, additive)
        x = self.dropout(x)
        start, end = self.span(x).unbind(-1)
        answer = self.answer(torch.tanh(self.pool(x[:, 0]))).squeeze(-1)
        return start, end, answer

    def reach(self, most: float) -> Tensor:
        """By how much the blocks' highest inner activations at [CLS], last seen, pass ``most``.

        One neuron that fires there alone, ten times as strongly as all others, makes the one
        scale of its tensor so coarse that int8 loses half a point of F1.
        """
        found = [layer.highest for layer in self.layers]
        return torch.stack([functional.relu(high.float() - most) for high in found]).sum()

    @classmethod
    def from_safetensors(
        cls, path: Path, dropout: float = 0.0, inner_dropout: float = 0.0
    ) -> Network:
        """The published encoder weights under fresh heads."""
        from safetensors.torch import load_file

        given = load_file(path)
        network = cls(dropout, inner_dropout)
        state = network.state_dict()
        for name, key in _names().items():
            weights = [given[part] for part in key]
            state[name] = torch.cat(weights) if len(weights) > 1 else weights[0]
        network.load_state_dict(state)
        return network


def _names() -> dict[str, list[str]]:
    """Our parameter names to the published ones; several are laid end to end."""
    names = {
        "words.weight": ["embeddings.word_embeddings.weight"],
        "positions.weight": ["embeddings.position_embeddings.weight"],
        "kinds.weight": ["embeddings.token_type_embeddings.weight"],
    }
    pairs = {
        "out": "attention.output.dense",
        "attention_norm": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm": "output.LayerNorm",
    }
    for end in ("weight", "bias"):
        names[f"norm.{end}"] = [f"embeddings.LayerNorm.{end}"]
        for index in range(LAYERS):
            old = f"encoder.layer.{index}"
            names[f"layers.{index}.qkv.{end}"] = [
                f"{old}.attention.self.{part}.{end}" for part in ("query", "key", "value")
            ]
            for new, part in pairs.items():
                names[f"layers.{index}.{new}.{end}"] = [f"{old}.{part}.{end}"]
    return names
