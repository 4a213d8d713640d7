"""What can be evaluated: our engine, a program that speaks the batch contract, an HTTP endpoint."""

from __future__ import annotations

from evals.systems.base import Outcome, RunError, System

__all__ = ["Outcome", "RunError", "System"]
