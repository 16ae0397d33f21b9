from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("inspections", "0011_campaign_marks"),
        ("units", "0002_sectors"),
    ]

    operations = [
        migrations.AddField(
            model_name="planmatter",
            name="named",
            field=models.ManyToManyField(blank=True, related_name="+", to="units.unit", verbose_name="指定企业"),
        ),
    ]
