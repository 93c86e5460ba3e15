"""Sentences about backups: making them, restoring them, and what stands in the way."""

from collections.abc import Callable, Mapping

from cpdesk.base.i18n import _

PLAIN: Mapping[str, Callable[[], str]] = {
    "database_in_use": lambda: _(
        "Another window or command of cpdesk has the database {path} open. Close it and try again."
    ),
    "database_opens": lambda: _(
        "The database {path} can be opened: one of its reseller administrators has to restore the backup."
    ),
    "database_sound": lambda: _("Nothing is wrong with the database {path}. It stays as it is."),
    "nothing_to_salvage": lambda: _(
        "Nothing in {path} can be read as a database of cpdesk. Restore a backup, or choose another folder."
    ),
    "upgrade_needs_backup": lambda: _(
        "The database was not brought up to date, because no backup of it can be made in {path}. {trouble}"
    ),
    "backup_exists": lambda: _("There is a file {path} already. A backup never replaces one: choose another name."),
    "backup_folder_missing": lambda: _("There is no folder {path} for the backup."),
    "backup_differs": lambda: _(
        "The backup {path} did not come out like the database and was removed. Check the disk, and try another one."
    ),
    "backup_not_found": lambda: _("There is no backup {path}."),
    "backup_is_database": lambda: _("{path} is the present database itself. Choose a backup of it."),
    "not_a_backup": lambda: _("{path} is not a backup of cpdesk."),
    "backup_newer": lambda: _("The backup {path} was made by a newer version of cpdesk. Update this one first."),
    "backup_damaged": lambda: _("The backup {path} is damaged and was not restored. Choose another one."),
    "backup_ahead": lambda: _(
        "The backup {path} has entries that are dated later than now. Set the clock of this computer right, or choose "
        "an earlier backup."
    ),
    "backup_fails_check": lambda: _(
        "The backup {path} was not restored: its ledger, audit log and modes do not agree. Choose another one."
    ),
    "moved_away": lambda: _(
        "This database moved to another computer on {at}, in the file {file}. Nothing can be changed here any more, so "
        "that two computers do not go on with one ledger."
    ),
    "move_demo": lambda: _("The demo is not moved: each computer makes its own."),
    "move_not_found": lambda: _("There is no file {path}."),
    "move_foreign": lambda: _("{path} is not a file that cpdesk made to move to another computer."),
    "move_damaged": lambda: _(
        "The file {path} is damaged: it does not hold what was put in. Nothing was changed. Copy it again, or make a "
        "new one on the other computer."
    ),
    "move_newer": lambda: _("The file {path} was made by a newer version of cpdesk. Update this one first."),
    "not_moved": lambda: _("This database did not move to another computer."),
}
