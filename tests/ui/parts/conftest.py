"""What tests of parts get: the same as tests of pages."""

from tests.ui.pages.conftest import open_page, show, stage

__all__ = ["open_page", "show", "stage"]
