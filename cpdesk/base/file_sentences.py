"""What a person reads when a file that was given to the program is refused; a part of `messages`."""

from collections.abc import Callable, Mapping
from typing import Any

from cpdesk.base.i18n import _, ngettext

PLAIN: Mapping[str, Callable[[], str]] = {
    "file_not_writable": lambda: _(
        "{path} cannot be written: you have no permission, or another program has it open. "
        "Choose another name or folder."
    ),
    "file_folder_missing": lambda: _("There is no folder {path} any more. Choose another one."),
    "folder_is_file": lambda: _("{path} is a file, not a folder. Choose another folder."),
    "file_missing": lambda: _("There is no file {file}."),
    "file_is_folder": lambda: _("{file} is a folder, not a file."),
    "file_not_permitted": lambda: _("You have no permission to read {file}."),
    "file_unreadable": lambda: _("{file} cannot be read: {reason}."),
    "file_too_large": lambda: _("{file} is larger than {most_megabytes} MB, which is more than is read."),
    "file_empty": lambda: _("{file} is empty."),
    "file_is_workbook": lambda: _("{file} is a workbook. Save it as CSV (UTF-8) and import that."),
    "file_binary": lambda: _("{file} is not a text file. Save it as CSV (UTF-8) and import that."),
    "file_encoding_unknown": lambda: _(
        "{file}, row {row}, column {column}: this is neither UTF-8 nor UTF-16. Say how the file is encoded with "
        "--encoding, for example --encoding {suggestion}."
    ),
    "file_not_in_encoding": lambda: _(
        "{file}, row {row}, column {column}: this cannot be read as {encoding}. Choose another encoding."
    ),
    "encoding_not_known": lambda: _("There is no encoding named {encoding}."),
    "columns_missing": lambda: _("{file}, row 1 (header): columns are missing: {columns}."),
    "column_twice": lambda: _("{file}, row 1 (header): the column {column} stands there twice."),
    "not_an_anchor": lambda: _("{file} is no anchor of an audit log that cpdesk has made."),
    "anchor_exists": lambda: _(
        "{path} is there already. An anchor that was kept is never replaced: choose another name."
    ),
    "file_without_users": lambda: _("{file} has a header but no users."),
    "file_without_accounts": lambda: _("{file} has a header but no accounts."),
    "duplicate_domain_in_file": lambda: _(
        "{file}: the domain {domain} stands in row {row} and again in row {other_row} (column {column})."
    ),
    "unknown_mode": lambda: _('"{text}" is no billing mode. Write usage or purchase.'),
    "unbalanced_quotes": lambda: _(
        "{file}, row {row}, column {column}: a quotation mark is not closed, or stands in the wrong place."
    ),
    "value_too_long": lambda: _("{file}, row {row}, column {column}: the value is too long."),
    "value_not_text": lambda: _("{file}, row {row}, column {column}: the value contains control characters."),
    "value_unseen": lambda: _(
        "{file}, row {row}, column {column}: the value contains a line break or a character that cannot be seen."
    ),
    "row_too_long": lambda: _(
        "{file}, row {row}: {count} values instead of {expected}; there are more after {column}."
    ),
    "upn_missing": lambda: _("{file}, row {row}, column {column}: the user has no user principal name."),
    "upn_invalid": lambda: _(
        '{file}, row {row}, column {column}: "{value}" is not a user principal name (name@domain).'
    ),
    "usage_location_unknown": lambda: _(
        '{file}, row {row}, column {column}: "{value}" is no country. Write its two-letter code, for example DE.'
    ),
    "not_true_or_false": lambda: _('{file}, row {row}, column {column}: "{value}" is neither True nor False.'),
    "not_a_time": lambda: _('{file}, row {row}, column {column}: "{value}" is not a time.'),
    "duplicate_upn_in_file": lambda: _(
        "{file}: {upn} stands in row {row} and again in row {other_row} (column {column})."
    ),
    "duplicate_object_id_in_file": lambda: _(
        "{file}: the object id {object_id} stands in row {row} and again in row {other_row} (column {column})."
    ),
    "import_changed": lambda: _(
        "What was shown no longer holds, because the account or the file was changed since: {differences}. "
        "Nothing was imported."
    ),
    "import_lacks_seats": lambda: _(
        "The pool has too few seats for {file}. Missing: {missing}. Add them first, or choose to add seats."
    ),
}
"""Sentences that only have gaps to fill, by code."""


def _row_too_short(facts: Mapping[str, Any]) -> str:
    return ngettext(
        "{file}, row {row}: {count} value instead of {expected}; {column} and what follows is missing.",
        "{file}, row {row}: {count} values instead of {expected}; {column} and what follows is missing.",
        facts["count"],
    )


def _file_problems(facts: Mapping[str, Any]) -> str:
    return ngettext(
        "{file} has {count} problem. No account was created.",
        "{file} has {count} problems. No account was created.",
        facts["count"],
    )


DEPENDENT: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "row_too_short": _row_too_short,
    "accounts_file_has_problems": _file_problems,
}
"""Sentences whose wording depends on the facts."""
