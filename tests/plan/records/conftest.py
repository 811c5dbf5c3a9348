"""What tests of the plan office stand on."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import translation

from kechuang.core.acts import SYSTEM
from kechuang.plan import actions
from kechuang.plan.models import Document
from tests.plan.world import centre, lasting_world  # noqa: F401 — fixtures


@pytest.fixture
def in_english():
    with translation.override("en"):
        yield


@pytest.fixture
def published() -> Callable[[str], Document]:
    """A document of this text, published on 16 July 2022 and open to all."""

    def made(text: str) -> Document:
        return actions.add_document(
            SYSTEM,
            title="推进会",
            data=text.encode(),
            name="a.txt",
            published_on=date(2022, 7, 16),
            secrecy=0,
        )

    return made
