"""The customers of the demo, and what became of each in thirteen months. Edit this to tell another story."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

_SMALL = ("SPB", "SPB", "O365_BUSINESS_ESSENTIALS")
_OFFICE = ("O365_BUSINESS_PREMIUM", "O365_BUSINESS_PREMIUM", "SPB", "EXCHANGESTANDARD")
_LARGE = ("SPE_E3", "SPE_E3", "SPE_E3", "SPE_F1", "SPE_E5")
_FIELD = ("SPE_F1", "SPE_F1", "SPB", "EXCHANGEDESKLESS")
_STUDIO = ("O365_BUSINESS_PREMIUM", "OFFICESUBSCRIPTION", "SPB")


class Turn(Enum):
    """What a customer decided about the billing mode, or the reseller about the customer."""

    PURCHASE = "to Purchase Mode"
    USAGE = "ask for Usage Mode"
    KEEP = "withdraw that"
    STORAGE = "buy for the tenant as a whole"
    SEASON = "take on people for a season"
    OVER = "let them go"
    SUSPEND = "suspend the account"


@dataclass(frozen=True, slots=True)
class Customer:
    """One account and its story."""

    name: str
    domain: str
    country: str
    currency: str
    time_zone: str
    since: date
    """When the account was created."""
    users: int
    """How many came with it."""
    cultures: tuple[str, ...]
    products: tuple[str, ...]
    """Part numbers of what people have here; the more often one stands here, the more of them have it."""
    story: tuple[tuple[date, Turn], ...] = ()
    season: int = 0
    """How many people it takes on for a season."""


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _story(*turns: str) -> tuple[tuple[date, Turn], ...]:
    """ "2026-03-02 purchase": a day and a turn by its name."""
    parted = (turn.split() for turn in turns)
    return tuple((_day(day), Turn[name.upper()]) for day, name in parted)


CUSTOMERS = (
    Customer(
        "Adatum Insurance", "adatum.example", "US", "USD", "America/New_York", _day("2025-10-21"),
        31, ("American", "English"), _OFFICE,
    ),
    Customer(
        "Alpine Ski House", "alpineskihouse.example", "CH", "CHF", "Europe/Zurich", _day("2025-10-22"),
        34, ("German", "French", "Italian"), _SMALL,
        _story("2025-12-03 purchase", "2025-12-15 season", "2026-04-07 over", "2026-11-12 usage"), season=26,
    ),
    Customer(
        "Blue Yonder Airlines", "blueyonder.example", "US", "USD", "America/Chicago", _day("2025-10-27"),
        260, ("American", "English", "Spanish", "Indian"), _LARGE,
        _story("2026-01-15 purchase", "2026-02-03 season", "2026-04-21 over"), season=120,
    ),
    Customer(
        "City Power & Light", "citypower.example", "US", "USD", "America/Los_Angeles", _day("2025-10-23"),
        118, ("American", "Spanish", "Chinese"), _FIELD,
        _story("2025-11-18 purchase", "2026-02-04 storage", "2026-06-17 usage"),
    ),
    Customer(
        "Coho Vineyard", "cohovineyard.example", "US", "USD", "America/Los_Angeles", _day("2026-02-16"),
        3, ("American",), _SMALL,
    ),
    Customer(
        "Contoso Freight", "contoso-freight.example", "US", "USD", "America/New_York", _day("2025-10-21"),
        74, ("American", "Polish", "Nigerian"), _FIELD, _story("2025-11-06 purchase", "2026-03-19 storage"),
    ),
    Customer(
        "Fabrikam Dental Group", "fabrikam-dental.example", "US", "USD", "America/New_York", _day("2025-11-04"),
        96, ("American", "Indian", "Arabic"), _SMALL,
        _story("2026-02-10 purchase", "2026-05-06 storage"),
    ),
    Customer(
        "Fourth Coffee", "fourthcoffee.example", "GB", "GBP", "Europe/London", _day("2025-11-12"),
        22, ("English", "Irish", "Polish"), _SMALL,
        _story("2026-02-03 purchase", "2026-05-11 usage", "2026-05-27 keep", "2026-09-14 usage"),
    ),
    Customer(
        "Graphic Design Institute", "gdi.example", "CA", "CAD", "America/Toronto", _day("2025-12-01"),
        18, ("English", "French", "Chinese"), _STUDIO,
    ),
    Customer(
        "Humongous Insurance", "humongous.example", "US", "USD", "America/New_York", _day("2025-10-29"),
        340, ("American", "English", "Indian", "Chinese", "Spanish"), _LARGE,
        _story("2025-11-20 purchase", "2026-04-08 storage", "2026-11-17 usage"),
    ),
    Customer(
        "Lamna Healthcare", "lamna.example", "US", "USD", "America/Denver", _day("2025-11-10"),
        180, ("American", "Nigerian", "Indian"), _LARGE, _story("2026-03-11 purchase"),
    ),
    Customer(
        "Litware Robotics", "litware.example", "DE", "EUR", "Europe/Berlin", _day("2025-11-24"),
        58, ("German", "Turkish", "Polish"), _OFFICE, _story("2026-08-05 purchase"),
    ),
    Customer(
        "Lucerne Publishing", "lucernepublishing.example", "FR", "EUR", "Europe/Paris", _day("2026-01-07"),
        27, ("French", "Arabic"), _STUDIO,
    ),
    Customer(
        "Margie's Travel", "margiestravel.example", "IE", "EUR", "Europe/Dublin", _day("2026-03-02"),
        6, ("Irish", "English"), _SMALL,
    ),
    Customer(
        "Nod Publishers", "nodpublishers.example", "SE", "SEK", "Europe/Stockholm", _day("2025-12-08"),
        41, ("Swedish",), _STUDIO, _story("2026-04-21 purchase", "2026-11-05 usage"),
    ),
    Customer(
        "Proseware", "proseware.example", "PL", "PLN", "Europe/Warsaw", _day("2026-10-12"),
        7, ("Polish",), _SMALL,
    ),
    Customer(
        "Relecloud", "relecloud.example", "IN", "INR", "Asia/Kolkata", _day("2026-01-19"),
        130, ("Indian",), _OFFICE, _story("2026-05-14 purchase"),
    ),
    Customer(
        "Savanna Logistics", "savanna.example", "KE", "KES", "Africa/Nairobi", _day("2026-06-08"),
        12, ("Kenyan",), _FIELD,
    ),
    Customer(
        "Southridge Video", "southridge.example", "AU", "AUD", "Australia/Sydney", _day("2025-11-17"),
        15, ("English", "Chinese", "Italian"), _STUDIO, _story("2026-09-22 suspend"),
    ),
    Customer(
        "Tailspin Toys", "tailspin.example", "ES", "EUR", "Europe/Madrid", _day("2025-12-15"),
        44, ("Spanish",), _SMALL, _story("2026-03-24 purchase", "2026-10-08 usage", "2026-10-22 keep"),
    ),
    Customer(
        "Tokai Precision", "tokai-precision.example", "JP", "JPY", "Asia/Tokyo", _day("2026-02-02"),
        38, ("Japanese",), _OFFICE, _story("2026-06-10 purchase", "2026-11-19 usage"),
    ),
    Customer(
        "Trey Research", "treyresearch.example", "BR", "BRL", "America/Sao_Paulo", _day("2026-01-26"),
        52, ("Portuguese",), _OFFICE,
    ),
    Customer(
        "Wide World Importers", "wideworldimporters.example", "AE", "AED", "Asia/Dubai", _day("2025-11-19"),
        88, ("Arabic", "Indian", "English"), _OFFICE, _story("2026-01-21 purchase"),
    ),
    Customer(
        "Woodgrove Bank", "woodgrove.example", "US", "USD", "America/New_York", _day("2025-12-03"),
        210, ("American", "English", "Italian", "Indian"), _LARGE,
    ),
)  # fmt: skip
