"""A file that is no backup of ours: one sentence that says so, before anything is made, and nothing out of it is written."""

import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from truebook import cli
from truebook.db import copying, migrations
from truebook.kernel.errors import Fact, Invalid

pytestmark = pytest.mark.unit
TABLE = {"name": "accounts", "columns": ["id", "name"], "rows": 1, "sum": "12"}


def told(**other: Any) -> bytes:
    whole = {
        "form": 1,
        "revision": migrations.head(),
        "made_at": "2026-11-28T12:00:00+00:00",
        "tables": [TABLE],
        **other,
    }
    return json.dumps({name: value for name, value in whole.items() if value is not ...}).encode()


GOOD = {"manifest.json": told(), "tables/accounts": b"1\tA\n", "secrets/secret": b"hush", "secrets/keys": b"k:QUJD"}


def archive(path: Path, members: dict[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", packed) as file:
        for name, held in members.items():
            file.writestr(name, held)
    return path


def test_secrets_come_out_of_a_backup(tmp_path: Path) -> None:
    assert copying.secrets_in(archive(tmp_path / "good", GOOD)) == {"secret": b"hush", "keys": b"k:QUJD"}


@pytest.mark.parametrize(
    "name",
    [
        "secrets/truebook.json", "secrets/planted.sh", "secrets/", "secrets/../secret", "secrets/a/secret", "secrets//keys",
        "secrets/Secret", "/secrets/secret", "secret", "tables/", "tables/users", "tables/../accounts", "more",
        "secrets/\x1b[2Jred", "secrets\\secret",
    ],
)  # fmt: skip
def test_what_no_backup_has_is_refused_by_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(Invalid, match="holds what no backup of Truebook has: ") as refused:
        copying.secrets_in(archive(tmp_path / "odd", {**GOOD, name: b"x"}))
    assert refused.value.message.isprintable() and name.replace("\x1b", "")[-6:] in refused.value.message


WRONG: dict[str, tuple[Any, ...]] = {
    "name": (None, 1, "", "../accounts", "acc\x00", "x" * 64, "users"), "columns": (None, "id", [1], [None], {}),
    "rows": (None, "1", -1, 1.5, True, []), "sum": (None, 12, []), "more": (1,),
}  # fmt: skip
MANIFESTS = {
    "nothing": b"", "no JSON": b"{", "a list": b"[]", "a number": b"1", "null": b"null", "a text": b'"form"', "empty": b"{}",
    "no text": b"\xff\xfe\x00", "deep": b"[" * 200_000, "deep within": b'{"form":1,"tables":' + b"[" * 200_000,
    "large": b" " * (2 << 20) + told(), "a large number": told(form=10**30),
    "no form": told(form=...), "form 0": told(form=0), "form 2": told(form=2), "form true": told(form=True),
    "form '1'": told(form="1"), "form -1": told(form=-1), "form 1.5": told(form=1.5),
    "no revision": told(revision=...), "revision 52": told(revision=52), "revision null": told(revision=None),
    "revision base": told(revision="base"), "revision 9999": told(revision="9999"),
    "an escape": told(revision="00\x1b[2J"), "no tables": told(tables=...), "tables null": told(tables=None),
    "tables {}": told(tables={}), "tables [1]": told(tables=[1]), "tables [[]]": told(tables=[[]]),
    "a table without anything": told(tables=[{}]), "more": told(more=1), "made_at 1": told(made_at=1),
    **{
        f"{name} {value!r}": told(tables=[{**TABLE, name: value}])
        for name, values in WRONG.items() for value in values
    },
    **{f"a table without {name}": told(tables=[{k: v for k, v in TABLE.items() if k != name}]) for name in TABLE},
}  # fmt: skip


@pytest.mark.parametrize("manifest", MANIFESTS.values(), ids=MANIFESTS.keys())
def test_a_malformed_manifest_is_a_sentence(tmp_path: Path, manifest: bytes) -> None:
    file = archive(tmp_path / "odd", {**GOOD, "manifest.json": manifest})
    for reads in (copying.secrets_in, lambda one: copying.restore("postgresql://nobody@nowhere.invalid/none", one)):
        with pytest.raises(Fact) as refused:
            reads(file)
        assert refused.value.message.isprintable() and refused.value.message.count(". ") < 2


def test_a_second_manifest_or_secret_is_refused(tmp_path: Path) -> None:
    for name in ("manifest.json", "secrets/secret", "tables/accounts"):
        file = archive(tmp_path / name.replace("/", " "), GOOD)
        with zipfile.ZipFile(file, "a") as twice, pytest.warns(UserWarning, match="Duplicate"):
            twice.writestr(name, GOOD[name])
        with pytest.raises(Invalid, match=name):
            copying.secrets_in(file)


FILES: dict[str, Callable[[Path], object]] = {
    "nothing": lambda path: path.write_bytes(b""),
    "text": lambda path: path.write_bytes(b"SELECT 1;\n"),
    "an empty archive": lambda path: archive(path, {}),
    "no manifest": lambda path: archive(path, {"tables/accounts": b""}),
    "no rows": lambda path: archive(path, {"manifest.json": told()}),
    "a bomb": lambda path: archive(path, {**GOOD, "secrets/secret": bytes(200 << 20)}),
    "a manifest that is a bomb": lambda path: archive(path, {**GOOD, "manifest.json": bytes(200 << 20)}),
    "packed otherwise": lambda path: archive(path, GOOD, zipfile.ZIP_LZMA),
    "packed otherwise too": lambda path: archive(path, GOOD, zipfile.ZIP_BZIP2),
    "a folder": lambda path: path.mkdir(),
    "not there": lambda path: None,
}


@pytest.mark.parametrize("make", FILES.values(), ids=FILES.keys())
def test_a_file_that_is_no_backup_is_a_sentence_and_makes_nothing(
    tmp_path: Path, make: Callable[[Path], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = tmp_path / "data"
    make(tmp_path / "odd")
    monkeypatch.setenv("TRUEBOOK_DATA", str(data))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(Fact):
        CliRunner().invoke(cli.app, ["restore", str(tmp_path / "odd")], catch_exceptions=False)
    assert not data.exists()


def test_whatever_byte_is_wrong_it_is_a_sentence(tmp_path: Path) -> None:
    whole, file, chance = archive(tmp_path / "good", GOOD).read_bytes(), tmp_path / "odd", random.Random(7)
    for turn in range(3000):
        odd = bytearray(whole)
        for _ in range(chance.choice((1, 1, 2, 8))):
            odd[chance.randrange(len(odd))] = chance.randrange(256)
        if turn % 5 == 0:
            del odd[chance.randrange(len(odd)) :]
        file.write_bytes(odd)
        try:
            assert copying.secrets_in(file).keys() <= {"secret", "keys"}
        except Fact as refused:
            assert str(file) in refused.message or refused.message.startswith("The schema is at revision")
