"""Fifty writers on one object keep one unbroken chain, on the database the tests run on."""

from __future__ import annotations

import threading

import pytest
from django.db import connection

from kechuang.core.actions import save_organisation
from kechuang.core.acts import SYSTEM
from kechuang.core.events import record
from kechuang.core.models import Event, EventHead, Organisation
from kechuang.core.verifying import verify

WRITERS, EACH = 50, 4


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_fifty_writers_one_chain():
    office = save_organisation(SYSTEM, Organisation(name_zh="同一个对象"))
    barrier = threading.Barrier(WRITERS)
    errors: list[Exception] = []

    def write(number: int) -> None:
        from django.db import transaction

        try:
            barrier.wait(60)
            for turn in range(EACH):
                with transaction.atomic():
                    name = f"写者{number}，第{turn}次"
                    record(SYSTEM, "core.save_organisation", office, after={"name_zh": name})
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(WRITERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not errors
    assert EventHead.objects.get(kind="core.organisation", object_id=str(office.pk)).seq == 1 + WRITERS * EACH
    assert (
        Event.objects.filter(object_id=str(office.pk)).values("seq").distinct().count() == 1 + WRITERS * EACH
    )
    assert list(verify()) == []
