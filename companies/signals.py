"""Facts that `companies` announces to the floors above, in the transaction of the change."""

from django.dispatch import Signal

companies_changed = Signal()
"""Companies whose public face changed (name, logo, marks, visibility…). `ids`: a list of company ids."""
