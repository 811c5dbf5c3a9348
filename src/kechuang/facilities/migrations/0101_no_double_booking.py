"""On PostgreSQL a second guard beside the unique slots: two standing bookings of one instrument never overlap."""

from django.db import migrations

ADD = """
ALTER TABLE facilities_booking ADD CONSTRAINT no_double_booking
EXCLUDE USING gist (resource_id WITH =, tstzrange("start", held_until) WITH &&) WHERE (status IN ('booked', 'used'))
"""
DROP = "ALTER TABLE facilities_booking DROP CONSTRAINT no_double_booking"


def add(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
        schema_editor.execute(ADD)


def drop(apps, schema_editor) -> None:
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(DROP)


class Migration(migrations.Migration):
    dependencies = [("facilities", "0100_proposals")]
    operations = [migrations.RunPython(add, drop)]
