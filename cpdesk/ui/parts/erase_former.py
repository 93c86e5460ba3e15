"""Erasing former contacts of a customer and operators who left: chosen from a list, and typed in once more."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QAbstractItemView, QWidget

from cpdesk.base import erasing_sentences
from cpdesk.base.formats import format_date, format_number
from cpdesk.base.i18n import _
from cpdesk.domain import names
from cpdesk.domain.backups import KEPT_DAYS, KEPT_MONTHS
from cpdesk.domain.erasing import Erased, Former
from cpdesk.domain.rows import AccountRow, Done
from cpdesk.ui.context import PageContext
from cpdesk.ui.parts.long_work import LongWorkDialog
from cpdesk.ui.parts.reason_form import reason_form
from cpdesk.ui.texts import account_line
from cpdesk.ui.theme.fonts import TextRole
from cpdesk.ui.widgets.buttons import danger, primary
from cpdesk.ui.widgets.columns import Column
from cpdesk.ui.widgets.fields import Field
from cpdesk.ui.widgets.forms import Form
from cpdesk.ui.widgets.labels import Label
from cpdesk.ui.widgets.layout import vbox
from cpdesk.ui.widgets.table import DataTable

_WIDTH = 720
_ROWS_SEEN = 4


@dataclass(frozen=True, slots=True)
class FormerPeople:
    """Whom a dialog is about."""

    title: str
    subtitle: str
    none: str
    """What is said where there is nobody."""
    read: Callable[[], list[Former]]
    erase: Callable[..., Done[Erased]]
    """Takes who it is, as `Former.known_as` has it, `reason` and `progress`."""
    stays: Sequence[str]
    """Where they are named afterwards, a sentence each."""
    dated: bool = False
    """Whether it is known when they were removed."""


class EraseFormerDialog(LongWorkDialog):
    """Lists them, says where they stay, and has one typed in."""

    help_topic = "erase-personal-data"

    def __init__(self, parent: QWidget, context: PageContext, people: FormerPeople) -> None:
        super().__init__(parent, context, people.title, people.subtitle, _WIDTH)
        self.people = people
        self.table: DataTable[Former] = DataTable(_columns(dated=people.dated), lambda one: one.known_as)
        self.none = Label(people.none, wrap=True)
        self._heading = Label(_("Where the person is still named"), TextRole.STRONG)
        self._stays = Label("\n\n".join(people.stays), wrap=True)
        self.why = reason_form()
        self.form = Form((Field("who", lambda: _("Type address or name to confirm"), required=True),))
        self.erase = self.add_button(danger(_("Erase personal data")))
        self.leave = self.add_button(primary(_("Keep the data")))
        self._fill()

    def ask(self) -> None:
        """Open it, and read who there is."""
        self.context.jobs.run(self, self.people.read, self._on_read, self.refused)
        self.open()

    def done_with(self, value: Erased) -> None:
        self.context.notices.clear()
        self.context.notices.success(told(value))
        super().done_with(value)

    def progress_text(self, done: int, total: int) -> str:
        return _("{done} of {total} entries of the audit log looked through.").format(
            done=format_number(done), total=format_number(total)
        )

    def _fill(self) -> None:
        self.set_safe(self.leave)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setAccessibleName(self.people.title)
        self.table.setMinimumHeight(self.context.theme.fonts.scaled(40 * _ROWS_SEEN))
        for part in (self.none, self.table, self._heading, self._stays, self.why):
            self.content.addWidget(part)
        self.footer.addLayout(vbox(self.form, self.line))
        self.table.selection_changed.connect(self._on_chosen)
        self.form.changed.connect(self._on_chosen)
        self.form.submitted.connect(self._on_erase)
        self.erase.clicked.connect(self._on_erase)
        self._on_read([])
        self.none.hide()

    def _on_read(self, former: list[Former]) -> None:
        self.table.set_rows(former)
        self.none.setVisible(not former)
        for part in (self.table, self._heading, self._stays, self.why, self.form, self.erase):
            part.setVisible(bool(former))
        self.leave.setText(_("Keep the data") if former else _("Close"))
        self._on_chosen()
        if self.isVisible():
            self.fit()

    def _chosen(self) -> Former | None:
        return next(iter(self.table.selected_rows()), None)

    def _is_named(self) -> bool:
        chosen, typed = self._chosen(), str(self.form.values()["who"])
        return chosen is not None and names.key(typed) == names.key(chosen.known_as)

    def _on_chosen(self) -> None:
        self.erase.setEnabled(self._is_named())
        self.erase.setAccessibleDescription("" if self._chosen() else _("Select somebody first."))

    def _on_erase(self) -> None:
        chosen = self._chosen()
        if chosen is None or not self._is_named():
            return
        work = partial(self.people.erase, chosen.known_as, reason=str(self.why.values()["reason"]))
        self.change(work, self.erase, self.leave)


def told(erased: Erased) -> str:
    """What was erased. Who it was is not repeated."""
    done = _("The personal data is erased. {pseudonym} stands in its place.").format(pseudonym=erased.pseudonym)
    later = "" if erased.purged else _("What is left of it in the database file, unseen, goes at the next start.")
    rest = (erasing_sentences.kept(erased.kept), erasing_sentences.backups_left(erased.backups))
    return " ".join(filter(None, (done, later, *rest)))


def _columns(*, dated: bool) -> tuple[Column[Former], ...]:
    removed: Column[Former] = Column(
        "removed_at", lambda: _("Removed"), lambda one: one.removed_at, text=_removed_text, min_width=130
    )
    name: Column[Former] = Column("name", lambda: _("Name"), lambda one: one.name, strong=True, stretch=1)
    email: Column[Former] = Column("email", lambda: _("E-mail address"), lambda one: one.email, stretch=2)
    return (email, removed) if dated else (name, email)


def _removed_text(one: Former) -> str:
    return format_date(one.removed_at.date()) if one.removed_at else ""


def former_contacts(context: PageContext, account: AccountRow) -> FormerPeople:
    """The former contacts of an account."""
    former = context.services.erasing_former
    return FormerPeople(
        _("Former contacts"),
        account_line(account.name, account.domain),
        _("Nobody: whoever is taken out of the contacts, and saved, can be erased here."),
        partial(former.contacts, context.by, account.id),
        partial(former.erase_contact, context.by, account.id),
        erasing_sentences.stays_of_contact(KEPT_DAYS, KEPT_MONTHS),
    )


def former_operators(context: PageContext) -> FormerPeople:
    """The operators who were removed."""
    former = context.services.erasing_former
    return FormerPeople(
        _("Former operators"),
        "",
        _("Nobody: whoever is removed from the operators can be erased here."),
        partial(former.operators, context.by),
        partial(former.erase_operator, context.by),
        erasing_sentences.stays_of_operator(KEPT_DAYS, KEPT_MONTHS),
        dated=True,
    )
