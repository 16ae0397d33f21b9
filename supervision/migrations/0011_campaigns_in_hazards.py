from django.db import migrations, models


class Migration(migrations.Migration):
    """What a hazard knows of its campaign lives in `hazards` (`Hazard.campaign`); nothing ever wrote the former mark."""

    dependencies = [("supervision", "0010_paper_drafts"), ("hazards", "0007_campaign_marks")]

    operations = [
        migrations.DeleteModel("HazardCampaign"),
        migrations.AlterField(
            "ladderpolicy",
            "campaign",
            models.CharField(blank=True, default="", max_length=100, verbose_name="专项"),
        ),
    ]
