from django.db import migrations, models

import kechuang.facilities.models.catalogue


class Migration(migrations.Migration):
    dependencies = [("facilities", "0101_no_double_booking")]

    operations = [
        migrations.AddField(
            model_name="cataloguerevision",
            name="epoch",
            field=models.CharField(default=kechuang.facilities.models.catalogue._epoch, max_length=32),
        ),
    ]
