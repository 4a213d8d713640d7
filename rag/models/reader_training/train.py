"""Train: ``python -m rag.models.reader_training.train MIX.npz OUT --weights FILE``.

MIX is what `build` made; FILE is a reader that `export` wrote, to go on from, or the
published encoder's ``model.safetensors``, to begin from.

On a CPU the work is shared by processes of one thread each, which average their weights
every few steps: on two cores that is a quarter faster than one process of two threads, and
it does not collapse when something else needs a core. On a GPU one process does it all.

OUT gets ``log.jsonl`` (the curves), ``last-WORKER-STEP.pt`` (to go on from: run the same command
again), ``mean.pt`` (the running mean of the weights) and, at the end, ``final.pt``. A run that is
not broken off gives the same again with the same number of workers.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from itertools import islice
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from rag.models.reader_training.arrays import Arrays, beside
from rag.models.reader_training.batches import collate, endless
from rag.models.reader_training.losses import answer_loss, list_loss, span_loss, teacher_loss
from rag.models.reader_training.network import Network
from rag.models.reader_training.recipe import config
from rag.models.reader_training.restore import loaded


def rate_at(step: int, total: int, recipe: dict[str, Any]) -> float:
    """Warm up, hold, then fall in a line to zero."""
    falling = recipe["decay"] * total
    return float(
        recipe["rate"]
        * min(1.0, (step + 1) / recipe["warmup"])
        * min(1.0, max(0.0, (total - step) / max(1.0, falling)))
    )


class Worker:
    """One process: its share of the batches, its own optimiser, weights met at every sync."""

    def __init__(
        self, rank: int, given: argparse.Namespace, shared: Tensor, barrier: Barrier
    ) -> None:
        self.recipe = config()["train"]
        self.rank, self.given, self.shared, self.barrier = rank, given, shared, barrier
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        torch.manual_seed(self.recipe["seed"])  # the same fresh heads in every worker
        random.seed(self.recipe["seed"] + rank)
        self.network = start(given.weights, self.recipe).to(self.device)
        freeze(self.network, self.recipe)
        self.network.train()
        self.parameters = [p for p in self.network.parameters() if p.requires_grad]
        self.optimiser = torch.optim.AdamW(
            self.parameters,
            lr=0.0,
            weight_decay=self.recipe["weight_decay"],
            betas=(0.9, 0.98),
            fused=True,
        )
        self.step = 0
        self.of = told_by(given.mix, given.weights, self.recipe)
        self.mean = self.flat().clone() if rank == 0 else None
        self._resume()
        self.arrays = Arrays.load(given.mix)
        # as many pairs where one worker does the work of all
        self.total = (given.steps or self.recipe["steps"]) * self.recipe["workers"] // len(shared)

    def flat(self) -> Tensor:
        """All weights, end to end."""
        return torch.cat([p.detach().reshape(-1) for p in self.parameters])

    def put(self, flat: Tensor) -> None:
        """Take over weights laid end to end."""
        at = 0
        with torch.no_grad():
            for p in self.parameters:
                p.copy_(flat[at : at + p.numel()].view_as(p))
                at += p.numel()

    def run(self) -> None:
        """Train to the end, logging, syncing and saving on the way."""
        workers = len(self.shared)
        batches = endless(self.arrays, self.recipe["tokens"], self.recipe["seed"])
        mine = islice(batches, self.rank + self.step * workers, None, workers)
        sums: list[list[float]] = []
        for rows in mine:
            if self.step >= self.total:
                break
            sums.append(self._step(rows))
            self.step += 1
            if self.step % self.recipe["sync"] == 0 or self.step == self.total:
                self._sync()
            if self.step % 40 == 0:
                self._log(np.mean(sums, axis=0).tolist())
                sums = []
            # by the step, so that the workers' states match
            if self.step % self.recipe["checkpoint_steps"] == 0:
                self._save()
        self._save()
        if self.rank == 0:
            torch.save(self.network.state_dict(), self.given.out / "final.pt")

    def _step(self, rows: np.ndarray[Any, Any]) -> list[float]:
        for group in self.optimiser.param_groups:
            group["lr"] = rate_at(self.step, self.total, self.recipe)
        batch = collate(self.arrays, rows).to(self.device)
        with torch.autocast(self.device, dtype=torch.bfloat16):
            start_logits, end_logits, answer = self.network(batch.ids, batch.kinds, batch.mask)
        span = span_loss(start_logits.float(), end_logits.float(), batch)
        binary = answer_loss(answer.float(), batch)
        listed = list_loss(answer.float(), batch)
        weight = self.recipe["answer_weight"]
        loss = span + weight * binary + weight * self.recipe["list_weight"] * listed
        if batch.taught_span is not None:
            share, temperature = self.recipe["teacher_share"], self.recipe["temperature"]
            told = teacher_loss(
                start_logits.float(), end_logits.float(), answer.float(), batch, temperature
            )
            loss = (1 - share) * loss + share * told
        loss = loss + self.recipe["reach_weight"] * self.network.reach(self.recipe["reach"])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.parameters, self.recipe["clip"])
        self.optimiser.step()
        self.optimiser.zero_grad(set_to_none=True)
        return [span.item(), binary.item(), listed.item(), float(len(rows))]

    def _sync(self) -> None:
        if len(self.shared) > 1:
            self.shared[self.rank].copy_(self.flat())
            self.barrier.wait()
            self.put(self.shared.mean(0))
            self.barrier.wait()
        if self.mean is not None:
            keep = min(self.recipe["average"], self.step / (self.step + 10 * self.recipe["sync"]))
            self.mean.lerp_(self.flat(), 1 - keep)

    def _log(self, means: list[float]) -> None:
        if self.rank == 0:
            row = {"step": self.step, "of": self.total, "time": round(time.time())}
            row |= dict(
                zip(("span", "answer", "list", "pairs"), (round(m, 4) for m in means), strict=True)
            )
            with (self.given.out / "log.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(row) + "\n")

    def _save(self) -> None:
        state = {"network": self.network.state_dict(), "optimiser": self.optimiser.state_dict()}
        state |= {"step": self.step, "mean": self.mean, "of": self.of}
        _write(state, self.given.out / f"last-{self.rank}-{self.step}.pt")
        for old in self.given.out.glob(f"last-{self.rank}-*.pt"):
            if int(old.stem.split("-")[2]) < self.step - 2 * self.recipe["checkpoint_steps"]:
                old.unlink()
        if self.mean is not None:
            now = self.flat().clone()
            self.put(self.mean)
            _write(self.network.state_dict(), self.given.out / "mean.pt")
            self.put(now)

    def _resume(self) -> None:
        steps = [
            {int(p.stem.split("-")[2]) for p in self.given.out.glob(f"last-{rank}-*.pt")}
            for rank in range(len(self.shared))
        ]
        both = set.intersection(*steps)
        if both:
            state = torch.load(
                self.given.out / f"last-{self.rank}-{max(both)}.pt",
                map_location=self.device,
                weights_only=True,
            )
            if state.get("of") != self.of:
                raise ValueError(
                    f"{self.given.out} holds a training of other pairs, weights or numbers: "
                    "name an empty folder, or remove it."
                )
            self.network.load_state_dict(state["network"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.step, self.mean = state["step"], state["mean"]


def start(weights: Path, recipe: dict[str, Any]) -> Network:
    """A network from the published encoder, or from a reader of ours."""
    drops = recipe["dropout"], recipe["inner_dropout"]
    if weights.suffix == ".safetensors":
        return Network.from_safetensors(weights, *drops)
    network = Network(*drops)
    network.load_state_dict(loaded(weights))
    return network


def told_by(mix: Path, weights: Path, recipe: dict[str, Any]) -> str:
    """By what a training is known again: a digest of its pairs, its first weights, its numbers."""
    known = hashlib.sha256(json.dumps(recipe, sort_keys=True).encode())
    for path in (mix, beside(mix), weights):
        known.update(path.read_bytes() if path.exists() else b"")
    return known.hexdigest()


def freeze(network: Network, recipe: dict[str, Any]) -> None:
    """Leaves the parts that the recipe names as they are."""
    for name in recipe["frozen"]:
        network.get_submodule(name).requires_grad_(False)


def _write(state: object, path: Path) -> None:
    """Whole or not at all."""
    fresh = path.with_suffix(".new")
    torch.save(state, fresh)
    fresh.replace(path)


def _work(rank: int, given: argparse.Namespace, shared: Tensor, barrier: Barrier) -> None:
    torch.set_num_threads(1)
    Worker(rank, given, shared, barrier).run()


def main() -> None:
    """Read the command line and start the workers."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mix", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--weights", type=Path, required=True, help="a reader of ours, or model.safetensors"
    )
    parser.add_argument("--steps", type=int, help="of each worker, where not the recipe's")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    workers = 1 if torch.cuda.is_available() else int(config()["train"]["workers"])
    network = Network()
    freeze(network, config()["train"])
    size = sum(p.numel() for p in network.parameters() if p.requires_grad)
    shared = torch.zeros(workers, size).share_memory_()
    context = torch.multiprocessing.get_context("spawn")
    barrier = context.Barrier(workers)
    torch.multiprocessing.spawn(_work, (given, shared, barrier), nprocs=workers)


if __name__ == "__main__":
    main()
