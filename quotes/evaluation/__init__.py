"""Metrics behind `quotes evaluate`."""
