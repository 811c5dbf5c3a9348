"""Identifiers of the field, checked with their check characters.

Sources: GB 32100-2015 (统一社会信用代码), ISO 7064 MOD 11-2 (ORCID), ROR (Crockford base 32, MOD 97-10),
GB/T 2260 (regions), GB/T 4754 (industries), ISO 26324 (DOI).
"""

from __future__ import annotations

import re

_USCC = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


class IdentifierError(ValueError):
    """Says which identifier is wrong and how."""


def _require(matched: object, scheme: str, value: str, shape: str) -> None:
    if not matched:
        raise IdentifierError(f"{scheme} {value!r} does not have the form {shape}")


def uscc_check_character(first17: str) -> str:
    """Check character of a unified social credit code: weights 3^i mod 31 (GB 32100-2015)."""
    total = sum(_USCC.index(c) * pow(3, i, 31) for i, c in enumerate(first17))
    return _USCC[(31 - total % 31) % 31]


def check_uscc(value: str) -> str:
    """统一社会信用代码: 18 characters, the last a check character (GB 32100-2015). Raises IdentifierError."""
    _require(
        re.fullmatch(f"[{_USCC}]{{2}}[0-9]{{6}}[{_USCC}]{{10}}", value),
        "USCC",
        value,
        "18 digits and letters",
    )
    expected = uscc_check_character(value[:17])
    if value[17] != expected:
        raise IdentifierError(f"USCC {value!r}: the check character should be {expected}")
    return value


def check_orcid(value: str) -> str:
    """0000-0000-0000-000X with its check digit (ISO 7064 MOD 11-2). Raises IdentifierError."""
    _require(
        re.fullmatch(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]", value),
        "ORCID",
        value,
        "0000-0000-0000-0000",
    )
    total = 0
    for digit in value.replace("-", "")[:15]:
        total = (total + int(digit)) * 2
    check = (12 - total % 11) % 11
    if value[-1] != ("X" if check == 10 else str(check)):
        raise IdentifierError(f"ORCID {value!r}: the check digit is wrong")
    return value


def check_ror(value: str) -> str:
    """The nine characters of a ROR, also from its address; two check digits (MOD 97-10). Raises IdentifierError."""
    short = value.rsplit("/", 1)[-1].lower()
    _require(re.fullmatch(f"0[{_CROCKFORD}]{{6}}[0-9]{{2}}", short), "ROR", value, "0xxxxxx99")
    number = 0
    for char in short[:7]:
        number = number * 32 + _CROCKFORD.index(char)
    if 98 - (number * 100) % 97 != int(short[7:]):
        raise IdentifierError(f"ROR {value!r}: the check digits are wrong")
    return short


def check_doi(value: str) -> str:
    """A DOI in lower case without doi: or address (ISO 26324). Raises IdentifierError."""
    short = re.sub(r"^(https?://(dx\.)?doi\.org/|doi:)", "", value.strip(), flags=re.I)
    _require(re.fullmatch(r"10\.[0-9]{4,9}/\S+", short), "DOI", value, "10.1234/abc")
    return short.lower()


def check_region(value: str) -> str:
    """Six digits (GB/T 2260), by form; which codes are in force is not known here. Raises IdentifierError."""
    _require(re.fullmatch(r"[1-8][0-9]{5}", value), "region code", value, "six digits of GB/T 2260")
    return value


def check_industry(value: str) -> str:
    """A section with its classes, such as C39, or a class, such as 3985 (GB/T 4754), by form. Raises IdentifierError."""
    _require(
        re.fullmatch(r"[A-T]([0-9]{2,4})?|[0-9]{2,4}", value),
        "industry code",
        value,
        "GB/T 4754, such as C39 or 3985",
    )
    return value


CHECKS = {
    "uscc": check_uscc,
    "orcid": check_orcid,
    "ror": check_ror,
    "doi": check_doi,
    "region": check_region,
    "industry": check_industry,
}


def validate(scheme: str, value: str) -> str:
    """The normalised value. Schemes without a check (grid, wikidata …) pass when not empty."""
    if not value.strip():
        raise IdentifierError(f"{scheme} is empty")
    return CHECKS.get(scheme, str.strip)(value)
