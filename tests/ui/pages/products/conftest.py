"""A real database."""

from tests.support.fixtures import folder, template, world

__all__ = ["folder", "template", "world"]
