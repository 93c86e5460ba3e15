"""The mode advisor of one account."""

from dataclasses import replace

from PySide6.QtWidgets import QScrollArea, QWidget

from cpdesk.base.errors import KnownError
from cpdesk.domain.advice import Advice
from cpdesk.domain.operators import Session
from cpdesk.domain.rows import AccountRow
from cpdesk.ui.gallery import advice_samples as samples
from cpdesk.ui.gallery.samples import ACCOUNTS, AUDITOR, CONTOSO, CUSTOMER, LONG_NAMES, RESELLER
from cpdesk.ui.gallery.scene import Picture, Stage, scene
from cpdesk.ui.pages import all_pages
from cpdesk.ui.pages.advisor.explanation_dialog import ExplanationDialog
from cpdesk.ui.shell.window import Window

_ALL = ("german", "large_text", "rtl")


def advisor_window(
    stage: Stage, shown: Advice | Exception, account: AccountRow = ACCOUNTS[0], session: Session = RESELLER
) -> Window:
    """The page of an account that is given this advice."""
    bundle = samples.advisor_services(shown, account)
    return stage.window(all_pages(), "advisor", services=bundle, session=session, account=account.id)


def _lower(window: Window) -> Window:
    """The same, scrolled to its end."""
    for area in window.findChildren(QScrollArea):
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(lambda _least, most, bar=bar: bar.setValue(most))
    return window


@scene("advisor", variants=_ALL)
def advisor(stage: Stage) -> QWidget:
    """Purchase Mode would be cheaper."""
    return advisor_window(stage, samples.advice())


@scene("advisor_lower", variants=_ALL)
def advisor_lower(stage: Stage) -> QWidget:
    """The chart and the products."""
    return _lower(advisor_window(stage, samples.advice()))


@scene("advisor_one_month", variants=("german",))
def advisor_one_month(stage: Stage) -> QWidget:
    """As little as can be compared."""
    return advisor_window(stage, samples.advice(number=1))


@scene("advisor_24_months", variants=("large_text",))
def advisor_24_months(stage: Stage) -> QWidget:
    """As much as can be compared, with a switch in it."""
    stage.settings.setValue("months/advisor", 24)
    return advisor_window(stage, samples.SWITCHED, ACCOUNTS[2])


@scene("advisor_too_short", variants=_ALL)
def advisor_too_short(stage: Stage) -> QWidget:
    """No complete month yet."""
    return advisor_window(stage, samples.TOO_SHORT)


@scene("advisor_unpriced", variants=("german",))
def advisor_unpriced(stage: Stage) -> QWidget:
    """A price is missing."""
    return advisor_window(stage, samples.MISSING_PRICES)


@scene("advisor_tenant", variants=("german",))
def advisor_tenant(stage: Stage) -> QWidget:
    """Products that leave no choice."""
    return _lower(advisor_window(stage, samples.TENANT, ACCOUNTS[2]))


@scene("advisor_either")
def advisor_either(stage: Stage) -> QWidget:
    """It makes no difference."""
    return advisor_window(stage, samples.EITHER)


@scene("advisor_keep")
def advisor_keep(stage: Stage) -> QWidget:
    """The present mode is the cheaper one."""
    return advisor_window(stage, samples.KEPT)


@scene("advisor_pending", variants=_ALL)
def advisor_pending(stage: Stage) -> QWidget:
    """The pending change is the right one."""
    return advisor_window(stage, samples.PENDING, CONTOSO)


@scene("advisor_pending_wrong")
def advisor_pending_wrong(stage: Stage) -> QWidget:
    """The pending change would cost more."""
    return advisor_window(stage, samples.PENDING_WRONG, CONTOSO)


@scene("advisor_auditor")
def advisor_auditor(stage: Stage) -> QWidget:
    """Reads, changes nothing."""
    return advisor_window(stage, samples.advice(), session=AUDITOR)


@scene("advisor_customer")
def advisor_customer(stage: Stage) -> QWidget:
    """A customer administrator."""
    return advisor_window(stage, samples.PENDING, CONTOSO, CUSTOMER)


@scene("advisor_long_names", variants=("large_text",))
def advisor_long_names(stage: Stage) -> QWidget:
    """Names that do not fit."""
    long = [
        replace(product, product=f"{product.product} {'for large organisations ' * 3}")
        for product in samples.advice().products
    ]
    shown = samples.advice(LONG_NAMES[1], products=tuple(long))
    return _lower(advisor_window(stage, shown, LONG_NAMES[1]))


@scene("advisor_error")
def advisor_error(stage: Stage) -> QWidget:
    """It cannot be read."""
    return advisor_window(stage, KnownError("database_locked", path="/home/dana/.local/share/cpdesk/cpdesk.db"))


@scene("advisor_explained", variants=_ALL)
def advisor_explained(stage: Stage) -> Picture:
    """How this is computed."""
    return _explained(stage, samples.advice(), ACCOUNTS[0])


@scene("advisor_explained_too_short")
def advisor_explained_too_short(stage: Stage) -> Picture:
    """How it will be computed."""
    return _explained(stage, samples.TOO_SHORT, ACCOUNTS[0])


@scene("advisor_explained_tenant")
def advisor_explained_tenant(stage: Stage) -> Picture:
    """With products that belong to no user."""
    return _explained(stage, samples.TENANT, ACCOUNTS[2])


def _explained(stage: Stage, shown: Advice, account: AccountRow) -> Picture:
    window = advisor_window(stage, shown, account)
    return window, ExplanationDialog(window, account, shown)
