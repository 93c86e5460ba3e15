"""Moving to another computer: everything out, everything in, and the way back."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from cpdesk.base import moving_sentences
from cpdesk.base.i18n import _
from cpdesk.base.messages import sentence
from cpdesk.domain import moving
from cpdesk.domain.moving import MovedAway, MovedOut
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.pages.settings.setting_row import SettingRow, SettingsCard
from cpdesk.ui.parts.move_in import BringInDialog, arrived_text
from cpdesk.ui.texts import path_text
from cpdesk.ui.widgets.buttons import secondary
from cpdesk.ui.widgets.file_window import ask_for_file, ask_where_to_save
from cpdesk.ui.widgets.layout import hairline
from cpdesk.ui.widgets.notice import Notice

if TYPE_CHECKING:
    from cpdesk.domain.backups import Restored


class MovingCard(SettingsCard):
    """For reseller administrators."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._context = context
        self.away = Notice(Kind.PENDING)
        self.out, self.bring, self.back = secondary(), secondary(), secondary()
        self._rows = tuple(SettingRow(button) for button in (self.out, self.bring, self.back))
        out, bring, back = self._rows
        self._line = hairline()
        for part in (self.away, back, out, self._line, bring):
            self.body.addWidget(part)
        self.out.clicked.connect(self._on_out)
        self.bring.clicked.connect(self._on_bring)
        self.back.clicked.connect(self._on_back)
        self.show_moved(None)

    def show_moved(self, away: MovedAway | None) -> None:
        """Say whether this database went to another computer."""
        self.away.set_text(sentence("moved_away", at=away.at, by=away.by, file=away.file) if away else "")
        out, _bring, back = self._rows
        for part, visible in ((self.away, away is not None), (back, away is not None), (out, away is None)):
            part.setVisible(visible)

    def retranslate(self) -> None:
        self.set_title(_("Another computer"))
        self.out.setText(_("Move out…"))
        self.bring.setText(_("Bring in…"))
        self.back.setText(_("Take back…"))
        out, bring, back = self._rows
        out.set_texts(
            _("Move to another computer"),
            _("One file takes everything along. This computer is put aside then, and can only be read."),
        )
        bring.set_texts(
            _("Bring in data from another computer"),
            _("It takes the place of what is here, which is kept among the backups."),
        )
        back.set_texts(_("Go on with this computer after all"), _("For when the file never arrived anywhere."))

    def _on_out(self) -> None:
        name = f"cpdesk-{self._context.clock.now():%Y-%m-%d}{moving.SUFFIX}"
        ask_where_to_save(self.window(), _("Move to another computer"), name, self.move_out, may_replace=False)

    def move_out(self, name: str) -> None:
        """Say what moving into a file means, and ask."""
        from cpdesk.ui.pages.settings.move_out_dialog import MoveOutDialog

        dialog = MoveOutDialog(self, self._context, Path(name))
        dialog.succeeded.connect(self._on_moved_out)
        dialog.open()

    def _on_moved_out(self, made: MovedOut) -> None:
        self._context.notices.clear()
        told = moving_sentences.made(path_text(made.path)), moving_sentences.factors(made.factors)
        self._context.notices.success(" ".join(filter(None, told)))

    def _on_bring(self) -> None:
        kinds = _("Files to move with (*{suffix})").format(suffix=moving.SUFFIX), _("All files (*)")
        ask_for_file(self.window(), _("Bring in data from another computer"), self.bring_in, kinds=kinds)

    def bring_in(self, name: str) -> None:
        """Show what bringing in a file would change, and ask."""
        dialog = BringInDialog(self, self._context, Path(name))
        dialog.succeeded.connect(self._on_brought_in)
        dialog.open()
        dialog.read()

    def _on_brought_in(self, restored: "Restored") -> None:
        context, text = self._context, arrived_text(restored)
        # The page is gone after this: what is said then stands on the page to log in.
        context.sign_out()
        context.notices.success(text)

    def _on_back(self) -> None:
        from cpdesk.ui.pages.settings.move_out_dialog import TakeBackDialog

        dialog = TakeBackDialog(self, self._context)
        dialog.succeeded.connect(partial(self._on_taken_back))
        dialog.open()

    def _on_taken_back(self, _nothing: object) -> None:
        self._context.notices.clear()
        self._context.notices.success(moving_sentences.taken_back())
