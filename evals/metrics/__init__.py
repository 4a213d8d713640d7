"""Metrics as pure functions: one formula each, its source named, empty input defined.

They take plain values and know nothing of files, engines or reports.
"""
