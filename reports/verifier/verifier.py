#!/usr/bin/env python3
"""Vérifie un bilan figé de Medinjob sans Medinjob : Python 3.9 ou plus récent, rien d'autre.

    python3 verifier.py preuve.zip [--cle CLE_PUBLIQUE]

Code de sortie : 0 tout ce qui se vérifie est juste, 1 quelque chose a été modifié. docs/audit.md explique chaque étape.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
import struct
import sys
import zlib
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Any

Files = dict[str, bytes]
Point = tuple[int, int, int, int]

FORMAT = "medinjob-proof/1"
REPORT, SIGNATURE, ROWS, RECIPES = "bilan.json", "bilan.sig", "lignes.json", "calcul.json"
CHAIN, CONTENT, LINK = "chaine.json", "contenu.json", "maillon.json"
INDEX, INDEX_SIGNATURE = "index.json", "index.sig"
STAMP, AUTHORITY = "horodatage.tsr", "autorite.pem"
DRAWS = "tirages.json"
AUDITED = "contracts"
RISK = 20
"""One in so many: the bound of an audit holds at 95 %."""


class WrongError(Exception):
    """What does not hold, in words."""


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def canonical(value: Any) -> bytes:
    """JSON by RFC 8785: Medinjob writes neither floats nor keys beyond ASCII."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False).encode()


# Ed25519 (RFC 8032): verification only, on points (X, Y, Z, T) of the twisted Edwards curve.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = _add(result, point)
        point, number = _add(point, point), number >> 1
    return result


def _point(data: bytes) -> Point:
    number = int.from_bytes(data, "little")
    sign, y = number >> 255, number & (2**255 - 1)
    if y >= P:
        raise WrongError("clé ou signature mal formée")
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    if (x * x - square) % P or (x == 0 and sign):
        raise WrongError("clé ou signature mal formée")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def _base() -> Point:
    return _point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key: bytes, data: bytes, signature: bytes) -> bool:
    """`key` of 32 bytes, `signature` of 64."""
    if len(key) != 32 or len(signature) != 64:
        return False
    scalar = int.from_bytes(signature[32:], "little")
    if scalar >= L:
        return False
    try:
        public, given = _point(key), _point(signature[:32])
    except WrongError:
        return False
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + key + data).digest(), "little") % L
    left, right = _times(scalar, _base()), _add(given, _times(hashed, public))
    return not ((left[0] * right[2] - right[0] * left[2]) % P or (left[1] * right[2] - right[1] * left[2]) % P)


def decoded(text: str) -> bytes:
    """Base64 that is written in the one way there is."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise WrongError("base64 écrit autrement qu'à l'origine")
    return data


def packed(files: Files) -> bytes:
    """A zip archive with these files as they are: the same bytes wherever it is made, so that each byte counts."""
    body, listing = b"", b""
    for name, data in sorted(files.items()):
        raw = name.encode("ascii")
        facts = struct.pack("<HHHHHIIIHH", 20, 0, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(raw), 0)
        tail = struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, len(body))
        listing += b"PK\x01\x02" + struct.pack("<H", 3 << 8 | 20) + facts + tail + raw
        body += b"PK\x03\x04" + facts + raw + data
    count = len(files)
    return body + listing + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, count, count, len(listing), len(body), 0)


def unpacked(data: bytes) -> Files:
    """The files of an archive that `packed` made, byte for byte."""
    files: Files = {}
    at = 0
    while data[at : at + 4] == b"PK\x03\x04":
        facts = struct.unpack("<HHHHHIIIHH", data[at + 4 : at + 30])
        start = at + 30 + facts[8]
        at = start + facts[7]
        files[data[start - facts[8] : start].decode("ascii")] = data[start:at]
    if packed(files) != data:
        raise WrongError("l'archive n'est plus celle qui a été faite")
    return files


def check_index(files: Files) -> str:
    """Every file is the one listed, and the list is signed."""
    index = json.loads(files[INDEX])
    if canonical(index) != files[INDEX] or index["format"] != FORMAT:
        raise WrongError("la liste des fichiers a été modifiée")
    listed = {name: digest(data) for name, data in files.items() if name not in (INDEX, INDEX_SIGNATURE)}
    if listed != index["files"]:
        names = sorted(name for name in {*listed, *index["files"]} if listed.get(name) != index["files"].get(name))
        raise WrongError("fichiers modifiés, ajoutés ou retirés : " + ", ".join(names))
    key, signature = index["key"], files[INDEX_SIGNATURE].decode()
    if bool(key) != bool(signature) or (key and not is_signed(decoded(key), files[INDEX], decoded(signature))):
        raise WrongError("la signature de la liste des fichiers est fausse")
    return f"{len(listed)} fichiers sont ceux de la liste" + (", qui est signée" if key else " (sans signature)")


def check_report(files: Files) -> str:
    """The digest and the signature of the report."""
    content, body = json.loads(files[CONTENT]), files[REPORT]
    if canonical(json.loads(body)) != body:
        raise WrongError("le bilan n'est plus du JSON canonique")
    if content["sha256"] != digest(body) or content["body"] != digest(body) or content["detail"] != digest(files[ROWS]):
        raise WrongError("le bilan ou ses lignes ne sont plus ceux qui ont été figés")
    key, signature = content["key"], content["signature"]
    if files[SIGNATURE].decode() != signature:
        raise WrongError("la signature n'est plus celle du jour du gel")
    if not key:
        return f"empreinte du bilan : {digest(body)} ; pas de signature, le site n'avait pas de clé"
    if not is_signed(decoded(key), body, decoded(signature)):
        raise WrongError("la signature du bilan est fausse")
    return f"empreinte du bilan : {digest(body)} ; signature juste, clé {key_id(key)}"


def key_id(key: str) -> str:
    return digest(decoded(key))[:16]


def check_chain(files: Files) -> str:
    """Each link holds the digest of the one before; the last is the report's."""
    links, previous = json.loads(files[CHAIN]), None
    for link in links:
        text = canonical({name: value for name, value in link.items() if name != "digest"})
        if digest(text) != link["digest"]:
            raise WrongError(f"le maillon {link['position']} a été modifié")
        if previous and (link["previous"], link["position"]) != (previous["digest"], previous["position"] + 1):
            raise WrongError(f"le maillon {link['position']} ne suit pas le précédent")
        previous = link
    if previous is None or previous["kind"] != "snapshot" or previous["content"] != digest(files[CONTENT]):
        raise WrongError("le dernier maillon n'est pas celui de ce bilan")
    if digest(files[LINK]) != previous["digest"]:
        raise WrongError("maillon.json n'est pas le dernier maillon")
    return f"{len(links)} maillons se suivent jusqu'au bilan, le {previous['position']}e de la chaîne"


def kept(recipe: dict[str, Any], rows: dict[str, Any]) -> dict[str, Any]:
    """The rows that a figure counts."""
    return {
        number: row
        for number, row in rows.get(recipe["rows"], {}).items()
        if all(set(keys) & set(row.get(name, ())) for name, keys in recipe["where"].items())
    }


def counted(recipe: dict[str, Any], rows: dict[str, Any]) -> int:
    """How many rows, or the sum of what they hold."""
    found = kept(recipe, rows)
    return sum(int(row[""][0]) for row in found.values()) if recipe["read"] == "sum" else len(found)


def figure(recipes: dict[str, Any], rows: dict[str, Any], slug: str) -> int | str | None:
    recipe = recipes[slug]
    if recipe["read"] != "ratio":
        return counted(recipe, rows)
    over, under = (figure(recipes, rows, recipe[part]) for part in ("over", "under"))
    if not isinstance(over, int) or not isinstance(under, int) or not under:
        return None
    how = ROUND_DOWN if recipe["rounding"] == "truncated" else ROUND_HALF_UP
    return str((Decimal(over) * recipe["scale"] / under).quantize(Decimal(1).scaleb(-recipe["places"]), how))


def check_figures(files: Files) -> str:
    """Counts the rows again, and compares with what the report says."""
    report, rows, recipes = (json.loads(files[name] or b"{}") for name in (REPORT, ROWS, RECIPES))
    if not rows and not all(stated["declared"] for stated in report["figures"].values()):
        return "les lignes n'ont pas été gardées : rien ne se recompte"
    said, known = [], 0
    for slug in report["order"]:
        stated = report["figures"][slug]
        if stated["declared"] or slug not in recipes:
            continue
        value, known = figure(recipes, rows, slug), known + 1
        if value != stated["value"]:
            raise WrongError(f"{stated['label']} : le bilan dit {stated['value']}, les lignes donnent {value}")
        if recipes[slug]["headline"]:
            said.append(f"{stated['label']} {value}")
    if not known:
        return "aucun chiffre ne se recompte : ils sont déclarés"
    return f"{known} chiffres recomptés depuis les lignes ; {', '.join(said)}"


def seed_of(report: str, number: int) -> str:
    """SHA-256 of the 64 hexadecimal digits of the report's digest, then the number in decimal digits, all ASCII."""
    return digest(f"{report}{number}".encode("ascii"))


def drawn(seed: str, ids: list[int], size: int) -> list[int]:
    """The `size` ids with the smallest SHA-256 of the seed's 64 hexadecimal digits, then the id in decimal digits."""
    return sorted(ids, key=lambda one: digest(f"{seed}{one}".encode("ascii")))[:size]


def most_false(population: int, sample: int, found: int) -> int:
    """How many of the population are false at most, at 95 %, when `found` of the `sample` are: the largest number with
    which so few are found in more than one sample of twenty (hypergeometric law, in whole numbers)."""
    least, most = found, population - (sample - found)
    while least < most:
        middle = (least + most + 1) // 2
        few = sum(math.comb(middle, i) * math.comb(population - middle, sample - i) for i in range(found + 1))
        likely = few * RISK > math.comb(population, sample)
        least, most = (middle, most) if likely else (least, middle - 1)
    return least


def check_draws(files: Files) -> str:
    """Every draw follows from the digest and the number typed, and its conclusion from the verdicts."""
    draws = json.loads(files[DRAWS])
    if not draws:
        return "aucun tirage de contrôle sur ce bilan à cette date"
    ids = [int(number) for number in kept(json.loads(files[RECIPES])[AUDITED], json.loads(files[ROWS]))]
    for draw in draws:
        name, size = f"le tirage du nombre {draw['number']}", len(draw["sample"])
        if draw["seed"] != seed_of(digest(files[REPORT]), draw["number"]):
            raise WrongError(f"{name} ne part pas de l'empreinte du bilan")
        if draw["population"] != len(ids) or draw["sample"] != drawn(draw["seed"], ids, size):
            raise WrongError(f"{name} n'est pas celui que donne sa graine")
        _check_conclusion(draw, name, size)
    return f"{len(draws)} tirage(s) refait(s) : " + " ; ".join(draw["words"] for draw in draws)


def _check_conclusion(draw: dict[str, Any], name: str, size: int) -> None:
    verdicts = [draw["verdicts"].get(str(number), "") for number in draw["sample"]]
    found = size - verdicts.count("real")
    real = draw["population"] - most_false(draw["population"], size, found) if all(verdicts) else None
    if draw["real"] != real:
        raise WrongError(f"{name} ne permet pas de conclure ce qu'il dit")


def check_stamp(files: Files) -> str:
    """That it is of this link; `openssl` checks who signed it."""
    if STAMP not in files:
        return "pas d'horodatage par un tiers : la date du gel n'est prouvée que par la signature du site"
    if hashlib.sha256(files[LINK]).digest() not in files[STAMP]:
        raise WrongError("l'horodatage n'est pas celui de ce bilan")
    return (
        "l'horodatage porte sur ce bilan ; pour vérifier qui l'a signé et quand, dans le dossier décompressé :\n"
        f"      openssl ts -verify -data {LINK} -in {STAMP} -CAfile {AUTHORITY}\n"
        f"      openssl ts -reply -in {STAMP} -text"
    )


CHECKS = (check_index, check_report, check_chain, check_figures, check_draws, check_stamp)


def verify(data: bytes, key: str = "") -> list[str]:
    """Lines to print; raises `WrongError`."""
    try:
        files = unpacked(data)
        lines = [check(files) for check in CHECKS if check is not check_draws or DRAWS in files]
        known = json.loads(files[CONTENT])["key"]
    except (KeyError, ValueError, TypeError, struct.error, AttributeError, IndexError) as error:
        raise WrongError(f"le fichier est abîmé ({type(error).__name__})") from error
    if key and key != known:
        raise WrongError("ce bilan n'est pas signé par la clé donnée")
    if known and not key:
        lines.append(
            f"comparez la clé {known} à celle de https://(le site)/.well-known/medinjob-keys.json,\n"
            "      ou donnez-la : --cle " + known
        )
    return lines


def main(arguments: list[str]) -> int:
    if not arguments or arguments[0].startswith("-"):
        print(__doc__)
        return 2
    key = arguments[arguments.index("--cle") + 1] if "--cle" in arguments[:-1] else ""
    with open(arguments[0], "rb") as file:
        data = file.read()
    try:
        lines = verify(data, key)
    except WrongError as wrong:
        print(f"NON : {wrong}.")
        return 1
    for line in lines:
        print(f"OUI : {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
