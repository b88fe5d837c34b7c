"""The number of an establishment, as INSEE gives them."""

from stdnum.fr import siret


def is_siret(digits: str) -> bool:
    """14 digits whose checksum holds, La Poste's own rule included. Zeros pass it; INSEE gives no such SIREN or NIC."""
    return siret.is_valid(digits) and int(digits[:9]) > 0 and int(digits[9:]) > 0
