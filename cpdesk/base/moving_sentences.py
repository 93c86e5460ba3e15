"""What moving to another computer means, for the command line and for the window alike."""

from collections.abc import Sequence

from cpdesk.base.i18n import _, ngettext


def goes_along() -> list[str]:
    """What is in the file, and what happens here, a sentence each."""
    return [
        _(
            "Everything goes along: accounts, users, ledger, audit log, prices, issued statements, your own company "
            "with its logo, operators with their passwords, remembered names, and what this window remembers."
        ),
        _(
            "This computer is put aside then: its data can be read, but nothing is changed any more, so that two "
            "computers do not go on with one ledger. There is a way back."
        ),
        _("Backups, exported files and what the system's scheduler does for cpdesk stay here."),
        _(
            "The secrets of second factors stay here, too. Whoever has one needs a recovery code on the other "
            "computer, to bring the data in and to log in: look for yours now. There the second factor is turned off "
            "and set up anew, in Settings."
        ),
        _("The file holds all customers. Whoever has it and a password has them: delete it once it has arrived."),
    ]


def factors(emails: Sequence[str]) -> str:
    """Who needs a recovery code now; empty where nobody has a second factor."""
    if not emails:
        return ""
    text = ngettext(
        "The second factor of {operators} stays on this computer: on the other one a recovery code is needed to log "
        "in, and the second factor has to be turned off and set up anew there.",
        "The second factors of {operators} stay on this computer: on the other one each of them needs a recovery code "
        "to log in, and has to turn the second factor off and set it up anew there.",
        len(emails),
    )
    return text.format(operators=", ".join(emails))


def made(file: str) -> str:
    """What to do next with the file."""
    return _(
        "Everything is in {file}, and this computer is put aside. On the other one, choose “Bring in data from another "
        "computer” on the first page, or: cpdesk move in FILE"
    ).format(file=file)


def arrived() -> str:
    """What was brought in."""
    return _(
        "The data from the other computer is here. Go on here only. Whoever has a second factor logs in with a "
        "recovery code, turns it off and sets it up anew."
    )


def taken_back() -> str:
    """That this computer goes on after all."""
    return _("This computer goes on. Whoever brought the file in must not: its ledger is another one from now on.")
