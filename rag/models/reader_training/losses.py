"""What the reader is taught by.

*Span*: start and end are each a softmax over the passage's pieces and ``[CLS]``, which
stands for 'no answer here'; several right spans share the credit. Every passage is
normalised against its own no-answer, so that scores of different passages can be compared.

*Answer*: one logit a pair, binary cross-entropy. *List*: where a batch holds several
passages of a question, a softmax of the answer logits over them (shared normalisation), so
that the right passage is not only likely but first.

*Teacher*: where an earlier reader has read the pairs, its choices at a temperature, beside the
labels (Hinton, Vinyals and Dean 2015).
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from rag.models.reader_training.batches import Batch

FAR = -1e4


def span_loss(start: Tensor, end: Tensor, batch: Batch) -> Tensor:
    """Mean negative log likelihood of right starts and ends; pairs without golds are left out."""
    known = batch.golds[:, :, 0] >= 0
    total = start.new_zeros(())
    for logits, gold in ((start, batch.golds[:, :, 0]), (end, batch.golds[:, :, 1])):
        logs = torch.log_softmax(logits.masked_fill(~batch.choice, FAR), dim=1)
        picked = logs.gather(1, gold.clamp(min=0)).masked_fill(~known, FAR)
        total = total - picked.logsumexp(1)[known.any(1)].mean() / 2
    return total


def answer_loss(answer: Tensor, batch: Batch) -> Tensor:
    """Binary cross-entropy of 'this passage answers'."""
    return functional.binary_cross_entropy_with_logits(answer, batch.label)


def list_loss(answer: Tensor, batch: Batch) -> Tensor:
    """Shared normalisation over the passages of each question that has a right one."""
    same = batch.group[:, None] == batch.group[None, :]
    right = batch.label > 0.5
    spread = answer[None, :].masked_fill(~same, FAR)
    whole = spread.logsumexp(1)
    good = spread.masked_fill(~right[None, :], FAR).logsumexp(1)
    first = ~torch.tril(same, diagonal=-1).any(1)  # one row a group
    counts = first & (same & right[None, :]).any(1) & (same & ~right[None, :]).any(1)
    return (whole - good)[counts].sum() / counts.sum().clamp(min=1)


def teacher_loss(
    start: Tensor, end: Tensor, answer: Tensor, batch: Batch, temperature: float
) -> Tensor:
    """Divergence from the teacher's start, end and answer; its gradients are as large as a label's.

    Raises `ValueError` where no teacher has read the batch.
    """
    if batch.taught_span is None or batch.taught_answer is None:
        raise ValueError("No teacher has read these pairs: run `teacher` on their arrays.")
    total = start.new_zeros(())
    for logits, taught in zip((start, end), batch.taught_span, strict=True):
        mine, its = (
            torch.log_softmax(given.masked_fill(~batch.choice, FAR) / temperature, dim=1)
            for given in (logits, taught)
        )
        total = total + functional.kl_div(mine, its, reduction="batchmean", log_target=True) / 2
    binary = functional.binary_cross_entropy_with_logits(
        answer / temperature, torch.sigmoid(batch.taught_answer / temperature)
    )
    return (total + binary) * temperature**2
