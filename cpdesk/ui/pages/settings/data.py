"""Where the data is, and how much of it."""

from pathlib import Path

from cpdesk.base import paths
from cpdesk.base.folder_words import folder_warning
from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _
from cpdesk.services.preferences import DatabaseCounts, DatabaseFacts
from cpdesk.services.surroundings import FolderKind
from cpdesk.ui.context import Kind, PageContext
from cpdesk.ui.pages.settings.setting_row import SettingsCard
from cpdesk.ui.parts.folder_line import FolderLine
from cpdesk.ui.parts.sizes import size_text
from cpdesk.ui.widgets.facts import Facts
from cpdesk.ui.widgets.layout import hairline
from cpdesk.ui.widgets.notice import Notice


class DataCard(SettingsCard):
    """The folders, to be opened or copied, and facts about the database."""

    def __init__(self, context: PageContext) -> None:
        super().__init__()
        self._known: DatabaseFacts | None = None
        self._kind = FolderKind.LOCAL
        self.warning = Notice(Kind.PENDING)
        self.warning.hide()
        self.data, self.log = FolderLine(context), FolderLine(context)
        self._facts = Facts()
        for part in (self.warning, self.data, hairline(), self.log, hairline(), self._facts):
            self.body.addWidget(part)

    def show_facts(self, facts: DatabaseFacts) -> None:
        """Show where the database is, and how much is in it if that may be told."""
        self._known = facts
        self.data.set_folder(_("Data folder"), facts.file.parent)
        self._facts.clear()
        if facts.counts is not None:
            for text, figure in _lines(facts.file, facts.counts):
                self._facts.add(text, figure)

    def warn(self, kind: FolderKind) -> None:
        """Say what is the matter with the data folder, if anything is."""
        self._kind = kind
        text = folder_warning(kind, str(self._known.file.parent) if self._known else "")
        self.warning.set_text(text)
        self.warning.setVisible(bool(text))

    def retranslate(self) -> None:
        self.set_title(_("Data"))
        self.log.set_folder(_("Log folder"), paths.log_dir())
        if self._known is not None:
            self.show_facts(self._known)
            self.warn(self._kind)


def _lines(file: Path, counts: DatabaseCounts) -> tuple[tuple[str, str], ...]:
    return (
        (_("Database"), file.name),
        (_("Size on the disk"), size_text(counts.size)),
        (_("Accounts"), format_number(counts.accounts)),
        (_("Active users"), format_number(counts.users)),
        (_("Entries of the audit log"), format_number(counts.entries)),
    )
