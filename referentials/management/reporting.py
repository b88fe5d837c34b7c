from django.core.management.base import OutputWrapper

from referentials.services import LoadReport

_SHOWN_REFUSALS = 20


def show(out: OutputWrapper, report: LoadReport) -> None:
    """One line of counts, then the refused rows with their line in the file and the reason."""
    if report.skipped:
        out.write(f"{report.referential}: {report.version} is already loaded")
        return
    counts = {name: getattr(report, name) for name in ("created", "updated", "unchanged", "closed", "ignored")}
    counts["refused"] = len(report.refused)
    out.write(f"{report.referential}: {', '.join(f'{count} {name}' for name, count in counts.items())}")
    for refusal in report.refused[:_SHOWN_REFUSALS]:
        out.write(f"  line {refusal.line}: {refusal.reason}")
    if len(report.refused) > _SHOWN_REFUSALS:
        out.write(f"  and {len(report.refused) - _SHOWN_REFUSALS} more")
