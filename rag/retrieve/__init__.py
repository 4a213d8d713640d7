"""A question finds evidence: dense and lexical candidates, fused, then read.

Imports the index and what lies above it; knows nothing of answers.
"""
