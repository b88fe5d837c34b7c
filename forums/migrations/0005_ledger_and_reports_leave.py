from django.db import migrations

LEAVING = (
    "Attribution",
    "LedgerEvent",
    "ContractEvidence",
    "LedgerEntry",
    "ReportedMeeting",
    "FollowUpAnswer",
    "FollowUp",
    "FollowUpDate",
    "AuditVisit",
    "AuditLink",
    "Snapshot",
)


class Migration(migrations.Migration):
    """Their tables stay as they are: the first migrations of `ledger` and `reports` take them over."""

    dependencies = [("forums", "0004_fold_known_names")]

    operations = [
        migrations.SeparateDatabaseAndState(state_operations=[migrations.DeleteModel(name) for name in LEAVING])
    ]
