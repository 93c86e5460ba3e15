"""What the page says about operators and their roles."""

from collections.abc import Sequence

from cpdesk.base.formats import format_number
from cpdesk.base.i18n import _, ngettext
from cpdesk.domain.operators import OperatorRow, Role, last_reseller
from cpdesk.ui.shell.top_bar import role_name


def role_sentence(role: Role) -> str:
    """What a role may do, in a sentence."""
    sentences = {
        Role.RESELLER: _("Sees and changes everything, in all accounts."),
        Role.CUSTOMER: _(
            "Sees and changes one account, except cost, margin, currency and time zone. Sees no other account."
        ),
        Role.AUDITOR: _("Sees everything, in all accounts, and changes nothing."),
    }
    return sentences[role]


def role_text(row: OperatorRow) -> str:
    """A role, with its account if it has one: "Customer administrator of Contoso Freight"."""
    if row.account_name is None:
        return role_name(row.role)
    return _("{role} of {account}").format(role=role_name(row.role), account=row.account_name)


def operators_text(number: int) -> str:
    """ "3 operators"."""
    return ngettext("{number} operator", "{number} operators", number).format(number=format_number(number))


def hint(rows: Sequence[OperatorRow], selected: OperatorRow | None) -> str:
    """What is worth knowing about the operators, or about the selected one; or ""."""
    last = last_reseller(rows)
    if last is None:
        return ""
    if selected is not None and selected.id == last.id:
        return _("The last reseller administrator can neither be removed nor get another role.")
    return _("There is one reseller administrator only. With a second one nobody is locked out by a lost password.")
