from django.db import migrations

from kechuang.core import guards


def install(apps, schema_editor):
    guards.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_start")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
