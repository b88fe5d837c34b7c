from base64 import b32encode
from functools import cache
from secrets import token_bytes

import factory
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import make_password

from accounts.models import User

PASSWORD = "medinjob-demo"  # noqa: S105 - fictitious accounts only


@cache
def _hashed(password: str) -> str:
    """One hash for everybody: argon2 is slow on purpose."""
    return make_password(password)


class EmailAddressFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = EmailAddress

    email = factory.SelfAttribute("user.email")
    verified = True
    primary = True


class UserFactory(factory.django.DjangoModelFactory):
    """Somebody with a verified address and `PASSWORD`; `address=None` leaves the address unverified."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence("personne{}@medinjob.example".format)
    name = factory.Sequence("Personne {}".format)
    password = factory.LazyFunction(lambda: _hashed(PASSWORD))
    address = factory.RelatedFactory(EmailAddressFactory, factory_related_name="user")


class SecondFactorFactory(factory.django.DjangoModelFactory):
    """A TOTP whose codes nobody can compute."""

    class Meta:
        model = Authenticator

    type = Authenticator.Type.TOTP
    data = factory.LazyFunction(lambda: {"secret": b32encode(token_bytes(20)).decode()})


class StaffFactory(UserFactory):
    """One of Medinsoft's team, with the second factor that staff pages ask for; `factor=None` leaves it out."""

    is_staff = True
    factor = factory.RelatedFactory(SecondFactorFactory, factory_related_name="user")
    email = factory.Sequence("equipe{}@medinjob.example".format)
