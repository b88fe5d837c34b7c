"""What candidates announce to upper apps."""

from django.dispatch import Signal

contracts_changed = Signal()
"""Contracts were declared, corrected or cancelled, in the same transaction. `ids`: of the rows of `Contract`."""
