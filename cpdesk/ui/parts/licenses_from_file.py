"""Licenses given or taken as a file of user principal names and products says."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QWidget

from cpdesk.base.errors import UserError
from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.base.progress import Tell
from cpdesk.domain.bulk.file import BulkChange, BulkFile
from cpdesk.domain.bulk.report import BulkReport, RowResult
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.jobs.progress import Cancelled, Progress
from cpdesk.ui.context import Action, Kind, PageContext
from cpdesk.ui.parts.encoding_choice import EncodingChoice
from cpdesk.ui.parts.licenses_file_texts import (
    apply_text,
    done_text,
    effect_text,
    facts_text,
    row_text,
    verdict_text,
)
from cpdesk.ui.parts.long_change import LongChangeDialog
from cpdesk.ui.parts.reading_line import ReadingLine
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.parts.rights import may_add
from cpdesk.ui.parts.undo import tell_done
from cpdesk.ui.refusals import sentence_of
from cpdesk.ui.texts import users_text
from cpdesk.ui.theme import spacing
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import filter_chip, primary, secondary
from cpdesk.ui.widgets.checks import RadioButton
from cpdesk.ui.widgets.columns import Column, number_column
from cpdesk.ui.widgets.file_drop import FileDrop
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import hbox, vbox
from cpdesk.ui.widgets.list_card import ListCard
from cpdesk.ui.widgets.notice import Notice
from cpdesk.ui.widgets.table import DataTable

if TYPE_CHECKING:
    from cpdesk.services.bundle import Services

_SHOWN = 2000
"""Rows of the list. Nobody reads more, and a list of a hundred thousand would hold up the window."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file, and what carrying it out comes to."""

    file: BulkFile
    report: BulkReport
    certain: bool
    """Whether the bytes themselves or the operator said how it is encoded; otherwise it is the likeliest."""


class LicensesFromFileDialog(LongChangeDialog):
    """Takes the file, shows what each row does or what is wrong with it, then carries all of it out, or nothing.

    What was done is told by a notice with Undo.
    """

    help_topic = "licenses-from-file"

    def __init__(self, parent: QWidget, context: PageContext, account: AccountRow) -> None:
        super().__init__(parent, context, account, _("Change licenses from a file"), width=880)
        self._asker = parent
        self._reading: Reading | None = None
        self._lacking: set[int] = set()
        """Rows for which there is no seat."""
        self.assign = RadioButton(_("Assign the licenses of the file"))
        self.remove = RadioButton(_("Remove the licenses of the file"))
        self.drop = FileDrop(lambda: _("Drop the file here"), lambda: _("CSV files (*.csv *.txt)"))
        self.how = Label(role=TextRole.CAPTION, wrap=True)
        self.another = secondary(_("Choose another file"))
        self.looking = ReadingLine()
        self._look_progress: Progress | None = None
        self.encoding = EncodingChoice()
        self.facts = Label(role=TextRole.STRONG, wrap=True)
        self.doubt = Notice(Kind.PENDING)
        self.verdict = Notice(Kind.INFO)
        self.wrong_only = filter_chip()
        self.table: DataTable[RowResult] = DataTable(self._columns(), _row_of)
        self.more = Label(role=TextRole.CAPTION, wrap=True)
        self.form = reason_form(note=False)
        self.summary = Label(role=TextRole.STRONG, wrap=True)
        self.leave = self.add_button(secondary(_("Keep the licenses as they are")))
        self.apply = self.add_button(primary())
        self._choices = QButtonGroup(self)
        self._fill()
        self._wire()
        self._show()

    def ask(self) -> None:
        """Open; there is nothing to read before a file is chosen."""
        self.open()

    def take(self, path: Path) -> None:
        """Look into a file as if it had been dropped."""
        self.drop.take(path)

    def first_focus(self) -> QWidget:
        return self.drop.button

    def progress_text(self, done: int, total: int) -> str:
        users = self._reading.report.users if self._reading else 0
        return _("{done} of {users} changed. All are changed, or none.").format(
            done=format_number(done), users=users_text(total or users)
        )

    def refused(self, error: Exception) -> None:
        """What was shown may hold no longer: it is shown as it is now."""
        super().refused(error)
        self._allow_another(allowed=True)
        self._look()

    @property
    def _change(self) -> BulkChange:
        return BulkChange.ASSIGN if self.assign.isChecked() else BulkChange.UNASSIGN

    def _fill(self) -> None:
        self.how.setText(
            _(
                "A CSV file with the columns UserPrincipalName and SkuPartNumber and a row for each license. A product "
                "can be given by part number, GUID or display name. Nothing is changed before you have seen every row."
            )
        )
        self._ways = QWidget()
        self._ways.setLayout(hbox(self.assign, self.remove, None))
        for choice in (self.assign, self.remove):
            self._choices.addButton(choice)
        grows = may_add(self.context.by, self.account)
        self.assign.setVisible(grows)
        (self.assign if grows else self.remove).setChecked(True)
        self.table.fold_texts()
        self.table.setAccessibleName(_("Rows of the file"))
        self.encoding.retranslate()
        self.doubt.set_text(
            _("The file does not say how it is encoded. If letters look wrong below, choose another encoding.")
        )
        self._list = ListCard(self.table, last=False)
        line = hbox(self.facts, self.encoding, self.another, space=spacing.S)
        line.setStretch(0, 1)
        self._found = QWidget()
        self._found.setLayout(
            vbox(line, self.doubt, self.verdict, hbox(self.wrong_only, None), self._list, self.more, self.form)
        )
        self.content.addWidget(self._ways)
        for part in (self.drop, self.how, self.looking, self._found):
            self.content.addWidget(part)
        self.footer.addLayout(vbox(self.summary, self.line))
        self.apply.setDefault(True)

    def _wire(self) -> None:
        self.drop.chosen.connect(self._on_chosen)
        self.looking.cancelled.connect(self._stop_looking)
        self.another.clicked.connect(self.drop.button.click)
        self.encoding.chosen.connect(self._look)
        self._choices.buttonToggled.connect(self._on_choice)
        self.wrong_only.toggled.connect(self._on_narrowed)
        self.form.submitted.connect(self._on_apply)
        self.leave.clicked.connect(self.reject)
        self.apply.clicked.connect(self._on_apply)
        self.changed.connect(self._on_carried_out)

    def _on_chosen(self, _path: Path) -> None:
        self.encoding.set_automatic()
        self._look()

    def _on_choice(self, _button: object, checked: bool) -> None:
        if checked:
            self._show()
            self._look()

    def _look(self) -> None:
        """Read the file, and work out what it comes to."""
        path = self.drop.path
        if path is None:
            return
        self.apply.setEnabled(False)
        self.looking.begin(path.name)
        self._stop_looking()
        progress = self._look_progress = self.context.jobs.progress(self, _ignore)
        services, by, encoding = self.context.services, self.context.by, self.encoding.encoding
        work = partial(_read, services, by, self.account.id, path, self._change, encoding, progress.report)
        self.context.jobs.run(self, work, partial(self._on_looked, progress), self._on_unreadable, key="file")

    def _stop_looking(self) -> None:
        if self._look_progress is not None:
            self._look_progress.cancel()

    def _on_looked(self, progress: Progress, reading: Reading) -> None:
        if progress.cancelled:
            # It was read before the wish to stop was heard.
            self._on_unreadable(Cancelled())
            return
        self._end_looking()
        just_chosen = self.focusWidget() is self.drop.button
        self._reading, report = reading, reading.report
        self._lacking = {number for one in report.lacking for number in one.lacking_rows}
        self.drop.set_error("")
        wrong = [row for row in report.rows if self._is_wrong(row)]
        self.wrong_only.setChecked(bool(wrong))
        self.table.set_rows((wrong or report.rows)[:_SHOWN] if len(report.rows) > _SHOWN else report.rows)
        self._show()
        if just_chosen:
            (self.apply if self.apply.isEnabled() else self.another).setFocus()

    def _on_unreadable(self, error: Exception) -> None:
        self._end_looking()
        self._reading = None
        if isinstance(error, Cancelled):
            self.drop.clear()
        else:
            self.drop.set_error(sentence_of(error))
        self._show()

    def _end_looking(self) -> None:
        self._look_progress = None
        self.looking.end()

    def _show(self) -> None:
        report = self._reading.report if self._reading else None
        # A wrong encoding can be what the file is refused for: the choice stays in sight.
        self._found.setVisible(self.drop.path is not None)
        for part in (self.another, self.verdict, self._list, self.form):
            part.setVisible(report is not None)
        # What was read needs the room.
        self.drop.setVisible(report is None)
        self.how.setVisible(report is None)
        self.doubt.setVisible(self._reading is not None and not self._reading.certain)
        self.facts.setText(facts_text(report) if report else "")
        self.apply.setText(apply_text(report, self._change))
        ready = report is not None and bool(report.changed) and not report.problems and not report.lacking
        self.apply.setEnabled(ready)
        self.summary.setText(effect_text(report) if report else "")
        self.summary.setVisible(bool(self.summary.text()))
        self._show_verdict(report)
        if self.isVisible():
            self.fit()

    def _show_verdict(self, report: BulkReport | None) -> None:
        wrong = sum(map(self._is_wrong, report.rows)) if report else 0
        self.wrong_only.setVisible(wrong > 0)
        text = _("With problems {number}") if report and report.problems else _("Without a seat {number}")
        self.wrong_only.setText(text.format(number=format_number(wrong)))
        shown = self.table.rows.total
        self.more.setVisible(report is not None and shown < len(report.rows))
        if report is None:
            return
        self.more.setText(
            _("{shown} of {all} rows are shown.").format(
                shown=format_number(shown), all=format_number(len(report.rows))
            )
        )
        held = bool(report.problems or report.lacking)
        self.verdict.set_kind(Kind.ERROR if held else Kind.INFO)
        self.verdict.set_text(verdict_text(report))
        self.verdict.set_actions((Action(_("Read the file again"), self._look),) if held else ())

    def _on_narrowed(self, only_wrong: bool) -> None:
        self.table.set_predicate(self._is_wrong if only_wrong else None)

    def _on_apply(self) -> None:
        if self._reading is None or not self.apply.isEnabled():
            return
        reason = str(self.form.values()["reason"])
        work = partial(
            self.context.services.bulk.run,
            self.context.by,
            self.account.id,
            self._reading.file,
            shown=self._reading.report,
            reason=reason,
        )
        self._allow_another(allowed=False)
        self.change(work, self.apply, self.leave)

    def _allow_another(self, *, allowed: bool) -> None:
        """What is under way is about the file that was shown."""
        for part in (self._ways, self.encoding, self.another):
            part.setEnabled(allowed)

    def _on_carried_out(self, done: Done[BulkReport]) -> None:
        tell_done(self.context, self._asker, done_text(done.value), done)

    def _columns(self) -> tuple[Column[RowResult], ...]:
        return (
            number_column("row", lambda: _("Row"), _row_of, min_width=48),
            Column("name", lambda: _("Name"), _name, strong=True, stretch=2, min_width=104),
            Column("upn", lambda: _("User principal name"), _upn, soft=True, stretch=3, min_width=160),
            Column("product", lambda: _("Product"), _product, stretch=2, min_width=120),
            Column("result", lambda: _("What happens"), self._result, tooltip=self._result, stretch=3, min_width=120),
        )

    def _result(self, row: RowResult) -> str:
        if self._reading is None:
            return ""
        return _("No seat is left for it") if row.row in self._lacking else row_text(self._reading.report, row)

    def _is_wrong(self, row: RowResult) -> bool:
        return bool(row.problems) or row.row in self._lacking


def _read(
    services: "Services",
    by: Session,
    account_id: int,
    path: Path,
    change: BulkChange,
    encoding: str | None,
    progress: Tell,
) -> Reading:
    """Runs off the GUI thread."""
    read, certain = services.bulk.read, True
    try:
        file = read(path, change, encoding=encoding, progress=progress)
    except UserError as error:
        if error.code != "file_encoding_unknown":
            raise
        likeliest = str(error.params["suggestion"])
        file, certain = read(path, change, encoding=likeliest, progress=progress), False
    return Reading(file, services.bulk.preview(by, account_id, file), certain)


def _ignore(_told: tuple[int, int]) -> None:
    """How far it is nobody needs to know: the report is what can be stopped."""


def _row_of(row: RowResult) -> int:
    return row.row


def _name(row: RowResult) -> str:
    return row.name


def _upn(row: RowResult) -> str:
    return row.upn


def _product(row: RowResult) -> str:
    return row.product
