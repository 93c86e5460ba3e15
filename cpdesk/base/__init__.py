"""Leaf helpers: clock, errors, zones, texts, formats, paths, assets, log. No Qt, nothing of ours."""
