"""Sealed secrets open for their own business and purpose only, and for as long as their key is kept."""

import base64

import pytest

from truebook.kernel import ids
from truebook.kernel.errors import Invalid, Unavailable
from truebook.tenants import vault

pytestmark = pytest.mark.unit
TENANT, OTHER = ids.uuid7(), ids.uuid7()


def test_what_is_sealed_opens_again_and_does_not_show() -> None:
    box = vault.read(vault.made())
    sealed = box.seal("EAAG-token", TENANT, "access token")
    assert "EAAG" not in sealed
    assert sealed != box.seal("EAAG-token", TENANT, "access token")
    assert box.open(sealed, TENANT, "access token") == "EAAG-token"


def test_it_opens_nowhere_else() -> None:
    box = vault.read(vault.made())
    sealed = box.seal("token", TENANT, "access token")
    head, _, text = sealed.rpartition(".")
    raw = bytearray(base64.urlsafe_b64decode(text))
    raw[-1] ^= 1
    broken = f"{head}.{base64.urlsafe_b64encode(raw).decode()}"
    for one, tenant, purpose in (
        (sealed, OTHER, "access token"),
        (sealed, TENANT, "pin"),
        (broken, TENANT, "access token"),
    ):
        with pytest.raises(Unavailable):
            box.open(one, tenant, purpose)


def test_old_keys_open_and_the_first_seals() -> None:
    old, new = vault.made("old"), vault.made("new")
    sealed = vault.read(old).seal("token", TENANT, "pin")
    both = vault.read(f"{new}, {old}")
    assert both.open(sealed, TENANT, "pin") == "token"
    assert not both.is_current(sealed)
    assert both.is_current(both.seal("token", TENANT, "pin"))
    with pytest.raises(Unavailable, match="'old'"):
        vault.read(new).open(sealed, TENANT, "pin")


@pytest.mark.parametrize("text", ["", " , ", "k1", "k1:short", "K1:" + "A" * 43, "k1:" + "A" * 43 + "=;x"])
def test_what_is_no_key_is_named(text: str) -> None:
    with pytest.raises(Invalid, match="TRUEBOOK_KEYS"):
        vault.read(text)
