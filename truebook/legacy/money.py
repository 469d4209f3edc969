"""Old prices (numbers, or text such as `35,50 €`) into whole minor units: cents."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from babel.numbers import get_currency_precision, list_currencies

from truebook.legacy.raw import plain

SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "₺": "TRY"}
AMOUNT = re.compile(r"(?P<before>[^\d\s.,-]*)\s*(?P<amount>-?\d[\d.,' ]*)\s*(?P<after>[^\d\s.,-]*)")


def currency(text: str) -> str | None:
    """Return the ISO 4217 code a currency column means, or None."""
    code = SIGNS.get(text.strip(), text.strip().upper())
    return code if code in list_currencies() else None


def price(value: Any, code: str) -> int | None:
    """Return a price in minor units of a currency; None where it is not surely one, or has a fraction of a cent."""
    amount = _decimal(str(plain(value)).strip(), code)
    if amount is None or amount < 0:
        return None
    minor = amount.scaleb(get_currency_precision(code))
    return int(minor) if minor == minor.to_integral_value() and minor < 10**15 else None


def _decimal(text: str, code: str) -> Decimal | None:
    match = AMOUNT.fullmatch(text)
    if not match or any(sign and currency(sign) != code for sign in (match["before"], match["after"])):
        return None
    try:
        return Decimal(_pointed(re.sub(r"[' ]", "", match["amount"])))
    except InvalidOperation:
        return None


def _pointed(figures: str) -> str:
    """The last of `.` and `,` is the decimal sign, unless it groups thousands: 1.234,50 and 1,234.50 and 35,5."""
    mark = max(figures.rfind("."), figures.rfind(","))
    if mark < 0:
        return figures
    whole, fraction = figures[:mark], figures[mark + 1 :]
    sign = figures[mark]
    if sign in whole:
        return figures.replace(sign, "") if len(fraction) == 3 else "unsure"
    if sign == "," and len(fraction) == 3:
        return "unsure"
    return f"{whole.replace('.', '').replace(',', '')}.{fraction}"
