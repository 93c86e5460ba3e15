"""The steps of an import, each made when it is first needed: made at once they would hold up the page."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path

from cpdesk.ui.context import PageContext
from cpdesk.ui.pages.transition.file_step import FileStep
from cpdesk.ui.pages.transition.import_step import ImportStep
from cpdesk.ui.pages.transition.preview_rows import PreviewRows
from cpdesk.ui.pages.transition.preview_step import PreviewStep
from cpdesk.ui.pages.transition.products_step import ProductsStep


class Steps:
    """`on_result` is told of the last step when it is made."""

    def __init__(self, context: PageContext, on_result: Callable[[ImportStep], None]) -> None:
        self._context = context
        self._on_result = on_result
        self.file = FileStep()

    @cached_property
    def products(self) -> ProductsStep:
        """Which license each name stands for."""
        made = ProductsStep(self._context)
        made.retranslate()
        return made

    @cached_property
    def preview(self) -> PreviewStep:
        """What the import will do."""
        return PreviewStep(self._context)

    @cached_property
    def result(self) -> ImportStep:
        """How far it is, and what came of it."""
        made = ImportStep()
        made.retranslate()
        self._on_result(made)
        return made

    @property
    def path(self) -> Path:
        """The file that was taken: there has to be one."""
        path = self.file.path
        assert path is not None
        return path

    @property
    def previewed(self) -> PreviewRows | None:
        """What the preview shows."""
        return self.preview.shown if "preview" in vars(self) else None

    def forget_products(self) -> None:
        """Another file has other names."""
        if "products" in vars(self):
            self.products.forget()

    def retranslate(self) -> None:
        """All texts in the language in use."""
        for step in vars(self).values():
            if isinstance(step, FileStep | ProductsStep | PreviewStep | ImportStep):
                step.retranslate()
