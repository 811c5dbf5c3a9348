"""The words that were asked for, set off in a text: nothing lost, nothing marked that was not asked."""

from hypothesis import given
from hypothesis import strategies as st

from kechuang.core.engine.tokens import around, pieces, query_tokens

TEXTS = st.text(alphabet="实验室科技创新 AbC1ﬁ，。-é", max_size=60)


@given(TEXTS, TEXTS)
def test_pieces_are_the_text(text, asked):
    assert "".join(piece for piece, _ in pieces(text, query_tokens(asked))) == text


@given(TEXTS, st.integers(5, 40), TEXTS)
def test_an_excerpt_is_of_the_text(text, room, asked):
    cut = around(text, query_tokens(asked), room).strip("…")
    assert (cut in text and len(cut) <= max(room, 0)) or text == ""


def test_what_is_set_off():
    def hits(text, asked):
        return [piece for piece, hit in pieces(text, query_tokens(asked)) if hit]

    assert hits("国家实验室与实验平台", "实验室") == ["实验室", "实验"]
    assert hits("New laboratory, NEW York", "new") == ["New", "NEW"]
    assert hits("newer", "new") == []
    assert hits("科学", "学") == ["学"]
    assert hits("ＡＢＣ公司", "abc") == ["ＡＢＣ"]
    assert hits("", "x") == [] and hits("x", "") == []


def test_an_excerpt_begins_shortly_before_the_first_hit():
    text = "甲" * 200 + "实验室" + "乙" * 200
    cut = around(text, query_tokens("实验室"), 60)
    assert cut.startswith("…") and cut.endswith("…") and "实验室" in cut and len(cut) == 62
    assert around("短文", query_tokens("无"), 60) == "短文"
