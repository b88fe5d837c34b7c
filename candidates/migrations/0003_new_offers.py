import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


def note_offers_already_public(apps, schema_editor):
    """They are no news: a later change of one must not be told as a new offer."""
    now = django.utils.timezone.now()
    ids = apps.get_model("jobs", "Offer").objects.filter(published_at__isnull=False).values_list("pk", flat=True)
    new_offer = apps.get_model("candidates", "NewOffer")
    new_offer.objects.bulk_create(
        (new_offer(offer_id=pk, seen_at=now, matched_at=now) for pk in ids.iterator()), batch_size=1000
    )


class Migration(migrations.Migration):
    dependencies = [
        ("candidates", "0002_following"),
        ("jobs", "0003_reason_templates"),
    ]

    operations = [
        migrations.CreateModel(
            name="NewOffer",
            fields=[
                (
                    "offer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="jobs.offer",
                    ),
                ),
                ("seen_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("matched_at", models.DateTimeField(db_index=True, null=True)),
            ],
        ),
        migrations.RunPython(note_offers_already_public, migrations.RunPython.noop, elidable=True),
    ]
