"""What upper apps have to say before an account goes, and do when it goes."""

from django.dispatch import Signal

closing_asked = Signal()
"""May this account be deleted? `user`. A receiver returns the reasons why not, as a list of texts for the person."""

closing = Signal()
"""The account is about to be deleted, in the same transaction. `user`."""
