"""Bytes of a picture read as UTF-16 are no text; what people write is."""

import random

import pytest

from kechuang.plan.engine.legible import legible


@pytest.mark.parametrize("seed", range(40))
def test_any_bytes_as_utf_16_are_no_text(seed):
    chance = random.Random(seed)
    data = chance.randbytes(2 * chance.randint(400, 4000))
    assert not legible(data.decode("utf-16-le", "replace"))


def test_the_same_few_rare_characters_over_and_over_are_no_text():
    assert not legible("胺芁\ufeff" * 500)


@pytest.mark.parametrize(
    "text",
    [
        "到2025年，建成科研平台29个。" * 20,
        "張家口、鄂爾多斯、攀枝花、呼倫貝爾、齊齊哈爾、烏魯木齊、秦皇島、馬鞍山、" * 10,
        "The centre’s plan — “from promise to proof” — names 29 platforms. " * 20,
        "Основные положения плана развития научного центра. " * 5,
        "胺芁",
        "",
    ],
)
def test_what_people_write_is_text(text):
    assert legible(text)
