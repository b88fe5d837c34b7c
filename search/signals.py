"""What `search` asks of the floors above."""

from django.dispatch import Signal

applied_asked = Signal()
"""To which offers has this person applied? `user`: the person. A receiver answers with their ids."""
