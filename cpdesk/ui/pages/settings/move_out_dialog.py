"""Moving out, and taking it back."""

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from cpdesk.base import moving_sentences
from cpdesk.base.i18n import _
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.long_work import LongWorkDialog
from cpdesk.ui.parts.move_in import how_far
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.parts.work_dialog import WorkDialog
from cpdesk.ui.texts import path_text
from cpdesk.ui.widgets.buttons import danger, primary
from cpdesk.ui.widgets.fields import Field, FieldKind
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox

_WIDTH = 640


class MoveOutDialog(LongWorkDialog):
    """Says what goes along and what becomes of this computer; a tick is needed."""

    help_topic = "move-computer"

    def __init__(self, parent: QWidget, context: PageContext, path: Path) -> None:
        super().__init__(parent, context, _("Move to another computer?"), path_text(path), _WIDTH)
        self.path = path
        self.why = reason_form()
        aside = Field("aside", _("I go on with the other computer, not with this one"), FieldKind.CHECK)
        self.form = Form((aside,))
        for text in moving_sentences.goes_along():
            self.content.addWidget(Label(text, wrap=True))
        self.content.addWidget(self.why)
        self.footer.addLayout(vbox(hbox(self.form, None), self.line))
        self.move_out = self.add_button(danger(_("Move out")))
        self.leave = self.add_button(primary(_("Stay here")))
        self.set_safe(self.leave)
        self.move_out.setEnabled(False)
        self.form.changed.connect(self._on_ticked)
        self.move_out.clicked.connect(self._on_move)

    def progress_text(self, done: int, total: int) -> str:
        return how_far(done, total)

    def _on_ticked(self) -> None:
        self.move_out.setEnabled(bool(self.form.values()["aside"]))

    def _on_move(self) -> None:
        out = partial(self.context.services.moving.out, self.context.by, self.path)
        self.change(partial(out, reason=str(self.why.values()["reason"])), self.move_out, self.leave)


class TakeBackDialog(WorkDialog):
    """Goes on with a computer that was put aside."""

    help_topic = "move-computer"

    def __init__(self, parent: QWidget, context: PageContext) -> None:
        super().__init__(parent, context, _("Go on with this computer?"), width=_WIDTH)
        self.content.addWidget(Label(moving_sentences.taken_back(), wrap=True))
        self.why = reason_form()
        self.content.addWidget(self.why)
        self.back = self.add_button(danger(_("Take back")))
        self.leave = self.add_button(primary(_("Leave it aside")))
        self.set_safe(self.leave)
        self.back.clicked.connect(self._on_back)

    def _on_back(self) -> None:
        take_back = partial(self.context.services.moving.take_back, self.context.by)
        self.change(partial(take_back, reason=str(self.why.values()["reason"])), self.back, self.leave)
