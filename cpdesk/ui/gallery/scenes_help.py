"""Help: a topic, all topics, a search, over a dialog, before anybody signs in."""

from PySide6.QtWidgets import QDialog, QWidget

from cpdesk.domain.operators import Session
from cpdesk.services.accounts import Accounts
from cpdesk.ui.gallery.samples import AUDITOR, CONTOSO, CUSTOMER, RESELLER
from cpdesk.ui.gallery.scene import Stage, scene
from cpdesk.ui.gallery.stand_ins import StandIn, services
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.help.page import HelpPage
from cpdesk.ui.shell.navigation import Origin, Place
from cpdesk.ui.shell.window import Window
from cpdesk.ui.widgets import buttons
from cpdesk.ui.widgets.dialog import ModalDialog
from cpdesk.ui.widgets.labels import Label

_ALL = ("german", "large_text", "rtl")


def _help(stage: Stage, topic: str = "", session: Session | None = RESELLER, **params: object) -> Window:
    bundle = services(accounts=StandIn(Accounts, show=CONTOSO))
    return stage.window(all_pages(), "help", services=bundle, session=session, topic=topic, **params)


@scene("help", variants=_ALL)
def help_first(stage: Stage) -> QWidget:
    """From the menu."""
    return _help(stage)


@scene("help_topic", variants=_ALL)
def help_topic(stage: Stage) -> QWidget:
    """Inside an account, by F1."""
    origin = Origin(Place("services", {"account": CONTOSO.id}), "Microsoft 365 services")
    return _help(stage, "switch-to-usage", account=CONTOSO.id, origin=origin)


@scene("help_customer")
def help_customer(stage: Stage) -> QWidget:
    """As the customer's own administrator."""
    return _help(stage, "managing-purchase-licenses", CUSTOMER, account=CONTOSO.id)


@scene("help_auditor")
def help_auditor(stage: Stage) -> QWidget:
    """As an auditor."""
    return _help(stage, "audit-log", AUDITOR)


@scene("help_search", variants=_ALL)
def help_search(stage: Stage) -> QWidget:
    """What a search found."""
    return _searched(stage, "Auckland")


@scene("help_search_nothing")
def help_search_nothing(stage: Stage) -> QWidget:
    """A search that found nothing."""
    return _searched(stage, "helicopter")


@scene("help_signed_out", variants=("large_text",))
def help_signed_out(stage: Stage) -> QWidget:
    """Before anybody signs in."""
    return _help(stage, "operators", None)


@scene("help_dialog", variants=_ALL)
def help_dialog(stage: Stage) -> tuple[QWidget, QDialog]:
    """Over a dialog, which stays open."""
    window = _help(stage)
    beneath = ModalDialog(window, "Change to Usage Mode?", CONTOSO.name)
    beneath.content.addWidget(Label("What is typed here stays."))
    beneath.add_button(buttons.primary("No, Keep Purchase Mode"))
    beneath.open()
    window.show_help("switch-to-usage", beneath)
    [over] = [dialog for dialog in window.findChildren(QDialog) if dialog is not beneath]
    return window, over


def _searched(stage: Stage, text: str) -> Window:
    window = _help(stage)
    page = window.page
    assert isinstance(page, HelpPage)
    page.list_of_topics.search.setText(text)
    page.list_of_topics.search.returnPressed.emit()
    return window
