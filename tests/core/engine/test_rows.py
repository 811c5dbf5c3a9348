"""A digest tells exactly which values of a row differ."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kechuang.core.engine.rows import differing, digest_of, shape_of

VALUES = st.dictionaries(
    st.sampled_from("abcdef"), st.none() | st.booleans() | st.integers() | st.text(max_size=5), min_size=1
)


@given(VALUES, VALUES)
def test_a_digest_tells_exactly_what_differs(before, after):
    kept, shapes = digest_of(before), {shape_of(before): list(before)}
    there = {name: after.get(name, before[name]) for name in before}
    changed = sorted(n for n in before if (type(before[n]), before[n]) != (type(there[n]), there[n]))
    assert (differing(kept, there, shapes) or []) == changed


@given(VALUES, VALUES)
def test_other_names_or_another_salt_never_give_the_same_digest(one, other):
    assert (digest_of(one) == digest_of(other)) == (repr(sorted(one.items())) == repr(sorted(other.items())))
    assert digest_of(one, "ab" * 16) != digest_of(one) and shape_of(one) == shape_of(reversed(list(one)))
