"""Translations without system tools: collect texts into .po files, compile them to .mo, name what is missing.

    python -m kechuang.core.translations collect|compile|missing [app …]

Source texts are English; `zh_Hans` is the one catalogue each app keeps.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = "zh_Hans"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
_LITERAL = r"""u?(?:\'\'\'.*?\'\'\'|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = rf"(?<![A-Za-z])(?:n?p?gettext|_)\((?:\s*(?:{_LITERAL}|count)\s*,?)+\)"
HEADER = """# Kechuang: simplified Chinese.
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
Text = tuple[str | tuple[str, ...], str | None]


def apps() -> list[Path]:
    """Folders of the apps that have pages or records."""
    return sorted(path.parent for path in PACKAGE.glob("*/apps.py"))


def catalogue(app: Path) -> Path:
    return app / "locale" / LOCALE / "LC_MESSAGES" / "django.po"


def texts_of(app: Path) -> Iterator[tuple[Text, str]]:
    """((text or (singular, plural), context), place) for every translatable text of an app."""
    for path in sorted([*app.rglob("*.py"), *app.rglob("*.html"), *app.rglob("*.txt")]):
        if "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            for summary in _act_summaries(source):
                yield (summary, None), path.relative_to(PACKAGE.parent).as_posix()
        else:
            source = _template_as_python(source, str(path))
        for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
            if message:
                yield (message, context), path.relative_to(PACKAGE.parent).as_posix()


def _act_summaries(source: str) -> Iterator[str]:
    """First lines of the acts' docstrings: pages show them as what happened."""
    if "@act(" not in source:
        return
    functions = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef))
    acts = (function for function in functions if any(map(_is_act, function.decorator_list)))
    yield from filter(None, ((ast.get_docstring(act) or "").split("\n")[0] for act in acts))


def _is_act(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "act"


def _template_as_python(source: str, origin: str) -> str:
    """Only the gettext calls that Django's own reading of the template yields."""
    from django.utils.translation.template import templatize

    calls = re.findall(CALL, templatize(source, origin=origin), re.S)
    return "\n".join(call.strip().replace("(u'", "('").replace(" u'", " '") for call in calls)


def collect(app: Path) -> int:
    """Bring the .po file up to date, keeping translations; returns how many texts it holds."""
    path = catalogue(app)
    template = Catalog(project="Kechuang")
    for (message, context), place in texts_of(app):
        template.add(message, locations=[(place, 0)], context=context, flags=_flags(message))
    old = _read(path) or Catalog(locale=LOCALE, project="Kechuang", fuzzy=False)
    old.update(template, no_fuzzy_matching=True)
    old.obsolete.clear()
    if not len(old) and not path.exists():
        return 0
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, old, width=100, sort_output=True, include_lineno=False, omit_header=True)
    return len(old)


def _flags(message: str | tuple[str, ...]) -> list[str]:
    texts = message if isinstance(message, tuple) else (message,)
    return ["python-format"] if any(re.search(r"%\(\w+\)[sd]", text) for text in texts) else []


def read_catalogue(app: Path) -> Catalog | None:
    """The texts of an app with their translations; None where it has none."""
    return _read(catalogue(app))


def _read(path: Path) -> Catalog | None:
    if not path.exists():
        return None
    with path.open("rb") as file:
        return read_po(file, locale=LOCALE)


def compile_all() -> list[Path]:
    """Compile each app's .po beside it, where the .mo is older; returns the files written."""
    written = []
    for app in apps():
        source = catalogue(app)
        target = source.with_suffix(".mo")
        if not source.exists() or (target.exists() and target.stat().st_mtime >= source.stat().st_mtime):
            continue
        partial = target.with_suffix(".partial")
        with partial.open("wb") as file:
            write_mo(file, _read(source))
        partial.replace(target)
        written.append(target)
    return written


def missing(app: Path) -> list[str]:
    """Texts of the app that its catalogue does not translate, or whose placeholders differ."""
    known = {(m.id if isinstance(m.id, str) else m.id[0], m.context): m for m in read_catalogue(app) or ()}
    return sorted(
        {_first(text) for (text, context), _place in texts_of(app) if not _sound(known, text, context)}
    )


def clashes() -> list[str]:
    """Texts with two Chinese translations. All catalogues are merged into one and the first app wins, so whoever
    means something else says so by a context (pgettext, `{% translate … context "…" %}`)."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for app in apps():
        for message in read_catalogue(app) or ():
            if message.id:
                key = _first(message.id), message.context or ""
                found.setdefault(key, {})[_first(message.string)] = app.name
    return [
        f"{text} {context}".strip() + ": " + ", ".join(f"{words} ({app})" for words, app in several.items())
        for (text, context), several in sorted(found.items())
        if len(several) > 1
    ]


def _first(text: str | tuple[str, ...]) -> str:
    return text if isinstance(text, str) else text[0]


def _sound(known: dict, text, context: str | None) -> bool:
    message = known.get((_first(text), context))
    if message is None or not message.string:
        return False
    strings = [message.string] if isinstance(message.string, str) else list(message.string)
    wanted = _placeholders(text if isinstance(text, str) else text[-1])
    return all(strings) and all(_placeholders(string) == wanted for string in strings)


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|(?<!%)\{\w*\}", text))


def main(arguments: Iterable[str]) -> int:
    verb, *names = arguments
    chosen = [app for app in apps() if not names or app.name in names]
    if verb == "compile":
        sys.stdout.write(f"{len(compile_all())} compiled\n")
        return 0
    if verb == "collect":
        for app in chosen:
            sys.stdout.write(f"{app.name}: {collect(app)} texts\n")
        return 0
    found = {app.name: missing(app) for app in chosen}
    for name, texts in found.items():
        for text in texts:
            sys.stdout.write(f"{name}: {text}\n")
    different = clashes()
    for clash in different:
        sys.stdout.write(f"two translations of {clash}\n")
    return 1 if different or any(found.values()) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:] or ["missing"]))
