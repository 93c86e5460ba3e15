"""Databases for the tests of pages on real services."""

from tests.support.fixtures import folder, template, world

__all__ = ["folder", "template", "world"]
