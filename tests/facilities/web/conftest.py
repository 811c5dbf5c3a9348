"""What a module's tests of pages and API stand on, made once a module."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.facilities.one_of_each import one_of_each


@pytest.fixture(scope="module")
def lasting_house(lasting) -> dict[str, Any]:
    with lasting():
        return one_of_each()


@pytest.fixture
def house(db, lasting_house) -> dict[str, Any]:
    return copy.deepcopy(lasting_house)
