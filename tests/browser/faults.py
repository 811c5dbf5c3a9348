"""What a page must not do: overflow sideways, complain in the console, fail axe, speak the wrong language."""

from __future__ import annotations

import re
from functools import cache

from babel.messages.pofile import read_po

from kechuang.core.folders import ROOT
from kechuang.core.translations import apps, catalogue

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SERIOUS = ["serious", "critical"]
LOOK = """async ([serious, coloursOnly]) => {
  const lesser = axe._audit.rules.filter(rule => !serious.includes(rule.impact));  // what a rule finds has its impact
  const asked = coloursOnly ? {runOnly: ["color-contrast"]}
    : {rules: Object.fromEntries(lesser.map(rule => [rule.id, {enabled: false}]))};
  return (await axe.run(document, {resultTypes: ["violations"], ...asked})).violations;
}"""
WORDS = """() => {
  const found = [], walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode());) {
    const text = node.textContent.trim(), parent = node.parentElement;
    if (!text || parent.closest("script,style,code,td,[lang]:not(html),textarea,option")) continue;
    found.push([text, Boolean(parent.closest("#navigation,thead th,label,button,summary,legend,.acts,.tabs"))]);
  }
  return found;
}"""
OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width + 1) return [];
  const wide = [...document.querySelectorAll("body *")].filter(e => e.checkVisibility({contentVisibilityAuto: true,
    visibilityProperty: true}) && e.getBoundingClientRect().right > width + 1);
  return wide.slice(-3).map(e => e.tagName.toLowerCase() + (e.className ? "." + e.className : ""));
}"""


def overflow(page) -> list[str]:
    """The elements that stick out of the window sideways."""
    return [f"sticks out: {element}" for element in page.evaluate(OVERFLOW)]


def axe(page, *, colours_only: bool = False) -> list[str]:
    """Serious and critical findings of axe, each with the first element that has it.

    `colours_only` for a page that was looked at already and only changed its theme.
    """
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(_axe_source())
    found = page.evaluate(LOOK, [SERIOUS, colours_only])
    serious = [v for v in found if v["impact"] in SERIOUS]
    return [f"axe {v['id']}: {v['nodes'][0]['html'][:160]} ({len(v['nodes'])})" for v in serious]


@cache
def _axe_source() -> str:
    return AXE.read_text(encoding="utf-8")


def foreign_words(page, language: str) -> list[str]:
    """English source texts on a Chinese page; Chinese in the labels of an English one."""
    texts = page.evaluate(WORDS)
    if language == "en":
        return [
            f"not English: {text}" for text, label in texts if label and re.search(r"[\u4e00-\u9fff]", text)
        ]
    return [f"not Chinese: {text}" for text, _ in texts if text in _translated()]


@cache
def _translated() -> frozenset[str]:
    """Source texts whose translation differs from them."""
    found = set()
    for app in apps():
        if (path := catalogue(app)).exists():
            with path.open("rb") as file:
                pairs = [(m.id, m.string) for m in read_po(file) if isinstance(m.id, str)]
            found |= {source for source, target in pairs if target and target != source}
    return frozenset(found)
