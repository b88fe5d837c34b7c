"""Fills the columns that lists look in, for the rows that are there."""

from typing import Any

from django.db import migrations

from medinjob.lib.folding import fold_rows


def fold_known(apps: Any, _editor: Any) -> None:
    fold_rows(apps.get_model("jobs", "Offer"))


class Migration(migrations.Migration):
    dependencies = [("jobs", "0007_folded_names")]

    operations = [migrations.RunPython(fold_known, migrations.RunPython.noop, elidable=True)]
