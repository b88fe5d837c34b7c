"""Facts that `jobs` announces to the floors above, in the transaction of the change."""

from django.dispatch import Signal

offers_changed = Signal()
"""Offers whose public face may have changed. `ids`: a list of offer ids."""
