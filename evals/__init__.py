"""Measuring answers: cases, a fact matcher, metrics, runs, comparisons, gates and reports."""
