"""No act of the domain is missing: each is in a table of roles, reachable by the API and offered by a page."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

from kechuang.core.acts import ACTS
from kechuang.facilities import web
from tests.facilities.web import test_acts_by_role as first
from tests.facilities.web import test_proposals_api as second

WITHOUT_PAGE = {"load_reference"}  # the command `kechuang centre load`


def acts_of_the_domain() -> set[str]:
    return {verb.split(".")[1] for verb in ACTS if verb.startswith("facilities.")}


def _sources(prefix: bool) -> dict[str, str]:
    """Source of the API's files (`prefix`), or of the pages' files."""
    names = [m.name for m in iter_modules(web.__path__) if m.name.startswith("api") == prefix]
    return {name: inspect.getsource(import_module(f"{web.__name__}.{name}")) for name in names}


def test_every_act_stands_in_a_table_of_roles():
    tabled = {row[0] for row in first.ACTS_TABLE} | first.OWN_TESTS | set(second.TABLE) | second.ELSEWHERE
    assert acts_of_the_domain() - tabled == set()
    assert tabled - acts_of_the_domain() - {"load_reference"} == set()


def test_every_act_is_called_by_the_api():
    source = "\n".join(_sources(prefix=True).values())
    called = set(re.findall(r"actions\.(\w+)\(", source))
    assert acts_of_the_domain() - called - WITHOUT_PAGE == set()


def test_every_act_is_called_by_a_page():
    source = "\n".join(_sources(prefix=False).values())
    called = set(re.findall(r"actions\.(\w+)\(", source))
    assert acts_of_the_domain() - called - WITHOUT_PAGE == set()


def test_every_page_of_the_addresses_is_named_once():
    text = "".join((Path(web.__path__[0]) / name).read_text() for name in ("urls.py", "urls_proposals.py"))
    names = re.findall(r'name="(\w+)"', text)
    assert len(names) == len(set(names))
