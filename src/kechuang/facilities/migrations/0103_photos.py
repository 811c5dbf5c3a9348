import django.db.models.deletion
from django.db import migrations, models


def themselves(apps, schema_editor):
    """Pictures of before are their own small ones."""
    apps.get_model("facilities", "Photo").objects.update(small=models.F("file"))


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL alters no table while foreign keys of its rows are still to be checked
    dependencies = [("facilities", "0102_catalogue_epoch")]

    operations = [
        migrations.RenameField("photo", "caption", "shows_zh"),
        migrations.AlterField(
            "photo", "shows_zh", models.CharField(blank=True, max_length=200, verbose_name="what it shows")
        ),
        migrations.AddField(
            "photo",
            "shows_en",
            models.CharField(
                blank=True, default="", max_length=200, verbose_name="what it shows (English)"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            "photo", "synthetic", models.BooleanField(default=False, verbose_name="synthetic")
        ),
        migrations.AddField(
            "photo",
            "small",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="core.storedfile",
            ),
        ),
        migrations.RunPython(themselves, migrations.RunPython.noop),
        migrations.AlterField(
            "photo",
            "small",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.storedfile"
            ),
        ),
    ]
