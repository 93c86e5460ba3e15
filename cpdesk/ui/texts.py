"""What several pages say in the same words."""

from collections.abc import Sequence
from pathlib import Path

from cpdesk.base.apart import beside
from cpdesk.base.formats import format_date, format_duration, format_instant, format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.base.messages import sentence
from cpdesk.domain import switching
from cpdesk.domain.modes import ClockWarning, SettledSwitch
from cpdesk.domain.operators import Session, may_change
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.context import AccountBadge

_NAMED_AT_MOST = 3
_LONGEST_NAME = 256
"""Letters; nobody can type more."""


def badge(account: AccountRow) -> AccountBadge:
    """The account as the top bar shows it."""
    pending_on = account.pending.effective_on if account.pending else None
    return AccountBadge(account.id, account.name, account.domain, account.mode, pending_on, account.status)


def account_line(name: str, domain: str) -> str:
    """Whom it is about, in a line or two whatever has been let into the database."""
    return beside(shortened(name), domain)


def shortened(name: str) -> str:
    """A name of bearable length."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}…"


def path_text(path: Path) -> str:
    """A path that may be broken over lines: it has no blanks to break at."""
    return str(path).replace("/", "/\u200b").replace("\\", "\\\u200b")


def read_only_reason(by: Session) -> str:
    """Why this operator is offered no changes; "" for who may change something."""
    if may_change(by):
        return ""
    return _("You are signed in as an auditor, who reads everything and changes nothing.")


def users_text(number: int) -> str:
    """ "74 users"."""
    return ngettext("{number} user", "{number} users", number).format(number=format_number(number))


def seats_text(number: int) -> str:
    """ "82 seats"."""
    return ngettext("{number} seat", "{number} seats", number).format(number=format_number(number))


def accounts_text(number: int) -> str:
    """ "9 accounts"."""
    return ngettext("{number} account", "{number} accounts", number).format(number=format_number(number))


def planned_text(number: int) -> str:
    """ "3 planned changes"."""
    return ngettext("{number} planned change", "{number} planned changes", number).format(number=format_number(number))


def products_text(number: int) -> str:
    """ "85 products"."""
    return ngettext("{number} product", "{number} products", number).format(number=format_number(number))


def entries_text(number: int) -> str:
    """ "1,234 entries"."""
    return ngettext("{number} entry", "{number} entries", number).format(number=format_number(number))


def operator_text(name: str) -> str:
    """Who acted; the program by what it is."""
    return _("cpdesk, by itself") if name == "cpdesk" else name


def settled_text(switch: SettledSwitch) -> str:
    """What was completed, and how late if it was."""
    facts = {"account": switch.account, "date": format_date(switch.effective_on)}
    if switch.reopened:
        return _("{account}: change to Usage Mode completed when the account was reopened; effective {date}.").format(
            **facts
        )
    if not switching.is_late(switch.due_at, switch.applied_at):
        return _("{account}: change to Usage Mode completed; effective {date}.").format(**facts)
    return _(
        "{account}: change to Usage Mode completed {duration} late because cpdesk was not running; effective {date}."
    ).format(duration=format_duration(switch.applied_at - switch.due_at), **facts)


def settled_texts(switches: Sequence[SettledSwitch]) -> list[str]:
    """What was completed: a sentence for each, or one for all where they are many."""
    if len(switches) <= _NAMED_AT_MOST:
        return [settled_text(switch) for switch in switches]
    late = sum(switching.is_late(one.due_at, one.applied_at) and not one.reopened for one in switches)
    return [_many_settled_text(len(switches), late)]


def _many_settled_text(number: int, late: int) -> str:
    done = ngettext(
        "{number} change to Usage Mode was completed", "{number} changes to Usage Mode were completed", number
    ).format(number=format_number(number))
    if not late:
        return f"{done}."
    why = ngettext(
        "{number} of them late because cpdesk was not running",
        "{number} of them late because cpdesk was not running",
        late,
    )
    return f"{done}, {why.format(number=format_number(late))}."


def clock_text(warning: ClockWarning, zone: str) -> str:
    """What is the matter with the clock, both times as seen in `zone` (an IANA name)."""
    return sentence(
        warning.code,
        system=format_instant(warning.system, zone),
        last_recorded=format_instant(warning.last_recorded, zone),
    )
