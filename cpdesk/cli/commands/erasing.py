"""cpdesk accounts erase-contact, cpdesk operators erase"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from cpdesk.base.errors import UserError
from cpdesk.base.i18n import _
from cpdesk.cli import arguments
from cpdesk.cli.output import Answer
from cpdesk.cli.parser import add_account, add_reason
from cpdesk.domain import names

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from cpdesk.cli.context import Context
    from cpdesk.cli.parser import CommandParser, Group
    from cpdesk.domain.erasing import Erased, Former, FormerPreview
    from cpdesk.domain.rows import Done


def register_contact(group: Group) -> None:
    about = _("erase what says who a former contact was")
    parser = group.command(
        "erase-contact", _contact, about, _("Without CONTACT, those who could be erased are listed.")
    )
    add_account(parser)
    parser.add_argument(
        "who", metavar="CONTACT", type=arguments.text, nargs="?", help=_("e-mail address, or the name without one")
    )
    _add_rest(parser, "CONTACT")


def register_operator(group: Group) -> None:
    about = _("erase what says who a removed operator was")
    parser = group.command("erase", _operator, about, _("Without EMAIL, those who could be erased are listed."))
    parser.add_argument(
        "who", metavar="EMAIL", type=arguments.text, nargs="?", help=_("e-mail address of the operator")
    )
    _add_rest(parser, "EMAIL")


def _add_rest(parser: CommandParser, word: str) -> None:
    about = _("the same again; without it nothing is erased, and what would be is told")
    parser.add_argument("--confirm", metavar=word, type=arguments.text, help=about)
    add_reason(parser)


def _contact(context: Context, options: Namespace) -> Answer:
    from cpdesk.base import erasing_sentences
    from cpdesk.domain.backups import KEPT_DAYS, KEPT_MONTHS

    account = context.account(options.account)
    former, by = context.services.erasing_former, context.by
    if options.who is None:
        return _listed(former.contacts(by, account.id), _("No contact was taken out of Edit Company."))
    shown = former.preview_contact(by, account.id, options.who)
    erase = partial(former.erase_contact, by, account.id, options.who, reason=options.reason)
    return _told(options, shown, erasing_sentences.stays_of_contact(KEPT_DAYS, KEPT_MONTHS), erase)


def _operator(context: Context, options: Namespace) -> Answer:
    from cpdesk.base import erasing_sentences
    from cpdesk.domain.backups import KEPT_DAYS, KEPT_MONTHS

    former, by = context.services.erasing_former, context.by
    if options.who is None:
        return _listed(former.operators(by), _("No operator was removed."))
    shown = former.preview_operator(by, options.who)
    erase = partial(former.erase_operator, by, options.who, reason=options.reason)
    return _told(options, shown, erasing_sentences.stays_of_operator(KEPT_DAYS, KEPT_MONTHS), erase)


def _listed(rows: Sequence[Former], none: str) -> Answer:
    from cpdesk.cli import erasing_texts, plain_erasing

    return Answer([plain_erasing.former(one) for one in rows], partial(erasing_texts.former, rows, none))


def _told(options: Namespace, shown: FormerPreview, stays: Sequence[str], erase: Callable[[], Done[Erased]]) -> Answer:
    from cpdesk.cli import erasing_texts, plain_erasing

    if options.confirm is None:
        return Answer(plain_erasing.former_preview(shown), partial(erasing_texts.former_preview, shown, stays))
    if names.key(options.confirm) != names.key(options.who):
        raise UserError("erase_not_repeated", who=options.who)
    done = erase().value
    return Answer(plain_erasing.erased(done), partial(erasing_texts.erased, shown.former.known_as, done))
