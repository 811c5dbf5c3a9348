from django.db import migrations, models

from kechuang.core import guards


def remember_sealed(apps, schema_editor):
    """Each head learns from the seals made so far up to where it is sealed."""
    known = {}
    for heads in apps.get_model("core", "Seal").objects.order_by("id").values_list("heads", flat=True):
        known.update({(kind, object_id): seq for kind, object_id, seq, _ in heads})
    heads = list(apps.get_model("core", "EventHead").objects.all())
    for head in heads:
        head.sealed = known.get((head.kind, head.object_id), 0)
    apps.get_model("core", "EventHead").objects.bulk_update(heads, ["sealed"], batch_size=500)


def install(apps, schema_editor):
    """Guards for seals too; the word index is built anew with its plain tokenizer."""
    connection = schema_editor.connection
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE core_search_fts")
    guards.install(connection)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO core_search_fts(core_search_fts) VALUES ('rebuild')")


class Migration(migrations.Migration):
    dependencies = [("core", "0003_stage_words")]
    operations = [
        migrations.AddField("eventhead", "sealed", models.PositiveIntegerField(default=0)),
        migrations.RunPython(remember_sealed, migrations.RunPython.noop),
        migrations.AddIndex(
            "eventhead",
            models.Index(
                "id", name="heads_to_seal", condition=models.Q(("seq__gt", models.F("sealed")))
            ),
        ),
        migrations.AlterField("seal", "previous", models.CharField(max_length=64, unique=True)),
        migrations.AlterField("storedfile", "digest", models.CharField(max_length=64)),
        migrations.AddConstraint(
            "storedfile",
            models.UniqueConstraint(fields=("digest", "secrecy"), name="one_file_a_level"),
        ),
        migrations.RunPython(install, migrations.RunPython.noop),
    ]
