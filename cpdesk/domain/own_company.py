"""The reseller's own company, as it stands on statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from cpdesk.base.errors import UserError
from cpdesk.domain import audit, names
from cpdesk.domain.regional import checked_country

MOST_LINES: Final = 6
"""Lines of an address."""
LARGEST_LOGO: Final = 512 * 1024
"""Bytes: more is a photograph, not a logo."""
_RATE_DECIMALS: Final = 3
_IMAGES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
"""How PNG and JPEG files begin."""


@dataclass(frozen=True, slots=True)
class OwnCompany:
    """Who sends the statements."""

    name: str = ""
    """Empty until somebody entered it."""
    address: tuple[str, ...] = ()
    """Line by line, without the country."""
    country: str = ""
    """ISO 3166 alpha-2, or empty."""
    tax_id: str = ""
    tax_rate: Decimal = Decimal()
    """Percent that is added to what is charged; 0: no tax is shown."""
    logo: bytes = b""
    """A PNG or JPEG file, or nothing."""

    @property
    def logo_digest(self) -> str:
        """What the logo is known by; empty without one."""
        return logo_digest(self.logo)

    def as_plain(self) -> dict[str, Any]:
        """As it is kept and audited, the logo by its digest."""
        return {
            "name": self.name,
            "address": list(self.address),
            "country": self.country,
            "tax_id": self.tax_id,
            "tax_rate": plain_rate(self.tax_rate),
            "logo": self.logo_digest,
        }


def from_plain(facts: Mapping[str, Any], logo: bytes = b"") -> OwnCompany:
    """What `as_plain` made, with the logo that it names."""
    return OwnCompany(
        name=facts["name"],
        address=tuple(facts["address"]),
        country=facts["country"],
        tax_id=facts["tax_id"],
        tax_rate=Decimal(facts["tax_rate"]),
        logo=logo,
    )


def checked(company: OwnCompany) -> OwnCompany:
    """The company as it is stored: blanks around texts and empty lines taken off.

    Raises UserError `text_empty`, `text_too_long`, `text_not_printable`, `unknown_country`, `too_many_lines`,
    `bad_tax_rate`, `logo_not_an_image` or `logo_too_large`.
    """
    return OwnCompany(
        name=names.clean_text(company.name, "company_name"),
        address=_checked_address(company.address),
        country=checked_country(company.country) if company.country.strip() else "",
        tax_id=names.clean_text(company.tax_id, "tax_id") if company.tax_id.strip() else "",
        tax_rate=_checked_rate(company.tax_rate),
        logo=_checked_logo(company.logo),
    )


def read_rate(text: str) -> Decimal:
    """A tax rate as a person typed it, in percent; nothing means none. Raises UserError `bad_tax_rate`."""
    typed = text.strip().removesuffix("%").strip().replace(",", ".")
    try:
        return _checked_rate(Decimal(typed or "0"))
    except InvalidOperation:
        raise UserError("bad_tax_rate", text=text) from None


def plain_rate(rate: Decimal) -> str:
    """A rate as text, without decimals that say nothing."""
    return f"{rate.normalize():f}"


def logo_digest(logo: bytes) -> str:
    """SHA-256 of a picture, in hexadecimal; empty for nothing."""
    return audit.digest(logo.hex()) if logo else ""


def _checked_address(lines: Sequence[str]) -> tuple[str, ...]:
    kept = tuple(names.clean_text(line, "address") for line in lines if line.strip())
    if len(kept) > MOST_LINES:
        raise UserError("too_many_lines", most=MOST_LINES)
    return kept


def _checked_rate(rate: Decimal) -> Decimal:
    exponent = rate.as_tuple().exponent
    if not rate.is_finite() or not 0 <= rate < 100 or not isinstance(exponent, int):
        raise UserError("bad_tax_rate", text=str(rate))
    if rate != round(rate, _RATE_DECIMALS):
        raise UserError("bad_tax_rate", text=str(rate))
    return rate


def _checked_logo(logo: bytes) -> bytes:
    if len(logo) > LARGEST_LOGO:
        raise UserError("logo_too_large", most_kilobytes=LARGEST_LOGO // 1024)
    if logo and not logo.startswith(_IMAGES):
        raise UserError("logo_not_an_image")
    return logo
