from allauth.account.models import EmailAddress

from accounts.models import User


def has_account(email: str) -> bool:
    """Is the address somebody's, as sign-in or as a verified second one? Not to be told to strangers."""
    verified = EmailAddress.objects.filter(email__iexact=email, verified=True)
    return User.objects.filter(email__iexact=email).exists() or verified.exists()
