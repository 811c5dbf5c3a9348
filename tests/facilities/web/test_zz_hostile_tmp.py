import pytest
from django.db import transaction, DataError, IntegrityError
from kechuang.core import clock
from tests.facilities.web import test_acts_by_page as T
from tests.facilities.web import test_proposals_api as second
from tests.facilities.web.test_acts_by_role import house
pytestmark = pytest.mark.django_db
BAD = ["9"*30, "-1", "0", "x"*5000, "\x00", "2026-02-30", "0001-01-01", "9999-12-31", "1e400", "９９９", "", "9223372036854775807", "2026-03-29T25:00", "9999-12-31T23:59", "0001-01-01T00:00", "2147483648"]
def hammer(client, name, page, world):
    bad=[]
    with transaction.atomic():
        address, data = page(client, world)
        for key in data:
            if key=="confirm" or hasattr(data[key],"read"): continue
            for value in BAD:
                d={k:(v("manager") if callable(v) else v) for k,v in data.items()}; d[key]=value
                for v in d.values():
                    if hasattr(v,"seek"): v.seek(0)
                try:
                    with transaction.atomic():
                        s=client.post(address,d).status_code
                        transaction.set_rollback(True)
                    if s>=500: bad.append((name,key,value[:20],s))
                except Exception as e:
                    bad.append((name,key,value[:20],repr(e)[:200]))
        transaction.set_rollback(True)
    return bad
def test_first(house, client):
    client.raise_request_exception=True
    client.force_login(house["users"]["admin"]); bad=[]
    for name,page in T.PAGES.items(): bad+=hammer(client,name,page,house)
    print("\n".join(map(str,bad))); assert not bad
def test_second(client, make_user):
    with clock.at(second.NOW):
        w=second.World(make_user); u=make_user("manager","scientist","reviewer",organisation=w.homes["manager"],name="opener"); u.is_superuser=True; u.save()
        w.homes[None]=w.homes["manager"]; client.force_login(u); bad=[]
        for name,page in T.CALL_PAGES.items():
            if name in ("make_time_plan","change_by_hand","repair_time_plan"): pass
            for row in vars(w).values():
                if hasattr(row,"refresh_from_db"): row.refresh_from_db()
            with clock.at(T.LATER.get(name, second.NOW)): bad+=hammer(client,name,page,w)
        print("\n".join(map(str,bad))); assert not bad
