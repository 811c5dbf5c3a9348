"""The highlighted document: nothing lost, nothing run, tags well nested, whatever the spans."""

import time
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from kechuang.core.kernel import State
from kechuang.core.web.diff import changes, to_html
from kechuang.core.web.highlight import Span, highlighted, paragraphs

TEXT = st.text("ab <>&\"'\n\r研发万家。", max_size=60)


class Reader(HTMLParser):
    """Collects the text outside the margin, and which spans cover each character; checks nesting."""

    def __init__(self):
        super().__init__()
        self.open, self.text, self.covering, self.links = [], [], [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        assert not any(name.startswith("on") or name == "style" for name in given)
        if tag == "a":
            assert "a" not in [t for t, _ in self.open], "a link inside a link"
        self.open.append((tag, given))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        classes = [given.get("class") for _, given in self.open]
        if "margin" in classes:
            return
        inside = {given["data-span"] for _, given in self.open if "data-span" in given}
        for letter in data:
            self.text.append(letter)
            self.covering.append(inside)


@st.composite
def documents(draw):
    text = draw(TEXT)
    spans = []
    for number in range(draw(st.integers(0, 6))):
        start = draw(st.integers(-2, 60))
        spans.append(
            Span(
                start,
                start + draw(st.integers(-1, 30)),
                id=str(number),
                state=draw(st.sampled_from([*State, ""])),
                url=draw(st.sampled_from(["", "/x?a=1&b='"])),
                title=draw(TEXT),
                panel=draw(st.booleans()),
            )
        )
    return text, spans


@given(documents())
def test_text_survives_and_each_letter_is_in_its_spans(document):
    text, spans = document
    reader = Reader()
    reader.feed(highlighted(text, spans))
    assert not reader.open
    places = [i for start, end in paragraphs(text) for i in range(start, end)]
    assert reader.text == [text[i] for i in places]
    sound = [s for s in spans if 0 <= s.start < min(s.end, len(text))]
    for i, covering in zip(places, reader.covering, strict=True):
        assert covering == {s.id for s in sound if s.start <= i < s.end}


def test_each_id_stands_once_and_marks_stand_in_the_margin():
    html = highlighted("一二三\n四五六", [Span(1, 6, id="7", state=State.LATE, url="/c/7", title="<b>")])
    assert html.count('id="s-7"') == 1
    assert html.count('data-span="7"') == 2
    assert html.count('class="mark s-late"') == 1
    assert "<b>" not in html
    assert 'hx-get="/c/7"' in html


@given(TEXT, TEXT)
def test_diff_gives_back_both_texts(old, new):
    pieces = changes(old, new)
    assert "".join(text for kind, text in pieces if kind != "new") == old
    assert "".join(text for kind, text in pieces if kind != "old") == new
    assert "<script" not in to_html(old + "<script>", new)


def test_diff_keeps_numbers_whole():
    assert ("old", "8") in changes("增长8%左右", "增长10%左右")
    assert ("new", "10") in changes("增长8%左右", "增长10%左右")


def test_diff_holds_like_lines_against_one_another():
    old = "总体要求\n一是建成平台29个。\n二是培育企业1200家。\n"
    new = "总体要求\n本版说明新旧差别。\n一是建成平台31个。\n"
    pieces = changes(old, new)
    assert ("new", "本版说明新旧差别。\n") in pieces and ("old", "二是培育企业1200家。\n") in pieces
    assert ("old", "29") in pieces and ("new", "31") in pieces


def test_diff_of_a_long_plan_takes_no_time():
    old = [f"第{n}个单位到2027年建成科研平台{n % 90}个，服务企业{n % 700}家。\n" for n in range(3_000)]
    new = [line.replace("2027", "2028") if n % 50 == 0 else line for n, line in enumerate(old)]
    start = time.process_time()
    pieces = changes("".join(old), "".join(new))
    assert time.process_time() - start < 2
    assert sum(kind == "new" for kind, _ in pieces) == 60
