"""What must hold of the product as a whole: acts, addresses, migrations, the API, the command."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.urls import URLResolver, get_resolver

from kechuang.core import folders, translations
from kechuang.core.acts import ACTS
from kechuang.core.web.navigation import _sections, sections_for

SOURCE = folders.ROOT / "src" / "kechuang"
API = {"endpoints.py"}
# Done by the platform itself (loader, timetable), or by no page or address of their own.
BY_THE_PLATFORM = {"plan.escalate", "indicators.sync_declarations"}
NOT_BY_PAGE = {
    "core.comment",  # pages of domains comment through it
    "core.escalate_requests",  # the timetable's
}


def _is_api(path: Path) -> bool:
    return path.name in API or path.stem.startswith("api")


def _names_used(paths: list[Path]) -> set[str]:
    """Every function or attribute name that these modules mention."""
    found: set[str] = set()
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Attribute):
                found.add(node.attr)
            elif isinstance(node, ast.Name):
                found.add(node.id)
    return found


def _web(domain: str) -> list[Path]:
    return sorted((SOURCE / domain / "web").rglob("*.py"))


def _lacking(*, by_api: bool, besides: set[str]) -> list[str]:
    used = {
        domain: _names_used([path for path in _web(domain) if _is_api(path) == by_api])
        for domain in {verb.split(".")[0] for verb in ACTS}
        if (SOURCE / domain).is_dir()
    }
    return sorted(
        verb
        for verb, act in ACTS.items()
        if (domain := verb.split(".")[0]) in used
        and act.function.__name__ not in used[domain]
        and verb not in besides | BY_THE_PLATFORM
    )


def test_every_act_can_be_done_by_the_api():
    assert _lacking(by_api=True, besides=set()) == []


def test_every_act_can_be_done_on_a_page():
    assert _lacking(by_api=False, besides=NOT_BY_PAGE) == []


def test_no_exception_is_listed_in_vain():
    assert set(_lacking(by_api=False, besides=set())) >= NOT_BY_PAGE
    assert set(ACTS) >= BY_THE_PLATFORM


WRITES = {"create", "bulk_create", "bulk_update", "update_or_create", "get_or_create"}


def test_pages_write_only_by_acts():
    found = []
    for path in SOURCE.glob("*/web/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                manager = ".objects" in ast.unparse(node.func.value)
                if manager and node.func.attr in WRITES | {"update", "delete"}:
                    found.append(f"{path.relative_to(SOURCE)}:{node.lineno}")
    assert [place for place in found if not place.startswith("core/web/api.py")] == []


def test_every_act_says_what_it_does():
    assert [verb for verb, act in ACTS.items() if not act.summary.endswith((".", "!", "?"))] == []


@pytest.mark.django_db
def test_migrations_hold_what_the_models_say():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_api_describes_itself():
    from kechuang.site.api import api

    schema = api.get_openapi_schema()
    unnamed = [
        f"{method} {path}"
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if not operation.get("summary")
    ]
    assert len(schema["paths"]) > 20
    assert unnamed == []


def test_navigation_leads_somewhere():
    for section in _sections.values():
        for item in section.items:
            assert item.url, f"{section.domain}: {item.url_name} has no address"
    assert sections_for(AnonymousUser())


def test_every_text_is_translated():
    assert {app.name: missing for app in translations.apps() if (missing := translations.missing(app))} == {}


def test_no_text_is_translated_in_two_ways():
    assert translations.clashes() == []


@pytest.mark.parametrize(
    "command",
    ["kechuang.plan.cli", "kechuang.facilities.cli", "kechuang.indicators.cli"],
)
def test_engine_commands_do_not_start_django(command):
    script = f"import sys, kechuang.site.cli, {command}; print('django' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_reading_does_not_start_django(tmp_path):
    text = tmp_path / "a.txt"
    text.write_text("到2025年，建成开放实验室12家。\n", encoding="utf-8")
    script = (
        "import sys; from kechuang.site.cli import app\n"
        f"try: app(['plan', 'read', {str(text)!r}])\n"
        "except SystemExit as end: assert not end.code, end.code\n"
        "print('django' in sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stderr.strip().endswith("False")
    assert '"value"' in done.stdout


def test_one_function_says_which_language_is_read():
    own = {SOURCE / "core/language.py", SOURCE / "core/kernel/formatting.py"}
    asking = [path for path in SOURCE.rglob("*.py") if 'startswith("en")' in path.read_text()]
    assert set(asking) == own


def test_every_page_writes_what_its_kind_leaves_open():
    left = {view for view in page_classes(get_resolver()) if inspect.isabstract(view)}
    assert not left, {view.__name__: sorted(view.__abstractmethods__) for view in left}


def page_classes(resolver):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from page_classes(entry)
        elif view := getattr(entry.callback, "view_class", None):
            yield view
