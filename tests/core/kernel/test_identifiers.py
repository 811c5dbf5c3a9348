"""Check characters, against published identifiers and an independent way to compute them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kechuang.core.kernel.identifiers import (
    _USCC,
    IdentifierError,
    check_doi,
    check_industry,
    check_orcid,
    check_region,
    check_ror,
    check_uscc,
    uscc_check_character,
    validate,
)

# public registers: Huawei, Tencent, Alibaba (China), Moutai; ORCID's own examples; ror.org's own records
USCC = ["914403001922038216", "9144030071526726XG", "91330100799655058B", "9152000071430580XT"]
ORCID = ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X", "0000-0002-9079-593X"]
ROR = ["05dxps055", "02mhbdp94", "00f54p054", "042nb2s44", "03cve4549", "034t30j35"]


@pytest.mark.parametrize("code", USCC)
def test_published_credit_codes(code):
    assert check_uscc(code) == code


@pytest.mark.parametrize("code", ORCID)
def test_published_orcids(code):
    assert check_orcid(code) == code


@pytest.mark.parametrize("code", ROR)
def test_published_rors_in_every_spelling(code):
    for spelling in (code, f"https://ror.org/{code}", f"ror.org/{code.upper()}"):
        assert check_ror(spelling) == code


@pytest.mark.parametrize(("check", "codes"), [(check_uscc, USCC), (check_orcid, ORCID), (check_ror, ROR)])
def test_any_other_character_in_one_place_is_found(check, codes):
    """Single slips are what check characters are for: each is refused, at every place."""
    for code in codes:
        for place, char in enumerate(code):
            for other in "0123456789":
                if char.isdigit() and other != char:
                    with pytest.raises(IdentifierError):
                        check(code[:place] + other + code[place + 1 :])


@given(st.text(_USCC, min_size=17, max_size=17))
def test_the_weighted_sum_with_its_check_character_is_a_multiple_of_31(first):
    weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]  # the standard's table
    total = sum(_USCC.index(c) * w for c, w in zip(first, weights, strict=True))
    assert (total + _USCC.index(uscc_check_character(first))) % 31 == 0


@given(st.integers(0, 10**15 - 1))
def test_orcid_by_iso_7064_polynomial(number):
    """ISO 7064 MOD 11-2: the digits and the check value, weighted with powers of two, leave 1 modulo 11."""
    digits = f"{number:015d}"
    weighted = sum(int(d) * pow(2, 15 - i, 11) for i, d in enumerate(digits))
    check = (1 - weighted) % 11
    text = digits + ("X" if check == 10 else str(check))
    code = "-".join(text[i : i + 4] for i in range(0, 16, 4))
    assert check_orcid(code) == code


@pytest.mark.parametrize(
    ("check", "bad"),
    [
        (check_uscc, "91440300192203821"),
        (check_uscc, "9144030019220382IO"),
        (check_uscc, "９１4403001922038216"),
        (check_orcid, "0000-0002-1825-0097\n"),
        (check_orcid, "٠000-0002-1825-0097"),
        (check_ror, "05dxps05"),
        (check_doi, "11.1000/182"),
        (check_region, "010108"),
        (check_region, "1１0108"),
        (check_industry, "U12"),
    ],
)
def test_wrong_forms(check, bad):
    with pytest.raises(IdentifierError):
        check(bad)


def test_others():
    assert check_doi("https://doi.org/10.1000/182") == check_doi("doi:10.1000/182") == "10.1000/182"
    assert check_region("110108") and check_industry("C39") and check_industry("3985")
    assert validate("wikidata", " Q956 ") == "Q956"
    with pytest.raises(IdentifierError):
        validate("grid", "  ")
