"""The documents say what the code does, and their links lead somewhere."""

from __future__ import annotations

import re

import pytest

from kechuang.core.folders import ROOT
from kechuang.core.translations import apps, read_catalogue
from tools.write_docs import HEAD, PAGES

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("src/kechuang/*/README.md")])


@pytest.mark.parametrize("name", PAGES)
def test_generated_pages_are_up_to_date(name):
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == HEAD + PAGES[name](), "run `make docs`"


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path):
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in local if not (path.parent / link).exists()] == []


GUIDES = {"user-guide.en.md": (r"\*\*(.+?)\*\*", "id"), "user-guide.zh.md": ("“(.+?)”", "string")}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@pytest.mark.parametrize("guide", GUIDES)
def test_words_of_the_guide_stand_on_the_pages(guide):
    marked, side = GUIDES[guide]
    messages = [message for app in apps() for message in read_catalogue(app) or ()]
    texts = [text for message in messages for text in _each(getattr(message, side))]
    whole = {text.rstrip(".。") for text in texts}
    filled = [
        re.compile(".+".join(map(re.escape, PLACEHOLDER.split(t)))) for t in texts if PLACEHOLDER.search(t)
    ]
    words = set(re.findall(marked, (ROOT / "docs" / guide).read_text(encoding="utf-8"))) - {"bold"}
    missing = [w for w in words if w.rstrip(".。") not in whole and not any(f.fullmatch(w) for f in filled)]
    assert sorted(missing) == []


def _each(texts) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else tuple(texts or ())


def test_every_variable_of_the_settings_is_documented():
    source = (ROOT / "src/kechuang/site/settings.py").read_text() + (
        ROOT / "src/kechuang/core/folders.py"
    ).read_text()
    names = set(re.findall(r"environ(?:\.get\(|\[)\"(\w+)\"|_flag\(\"(\w+)\"", source))
    documented = (ROOT / "docs/operations.md").read_text()
    assert [name for name in sorted({a or b for a, b in names}) if f"`{name}`" not in documented] == []
