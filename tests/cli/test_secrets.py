"""truebook keys and truebook whatsapp, as people and scripts call them."""

from pathlib import Path

import httpx2
import pytest

from tests.cli.test_operating import truebook
from tests.desk import furnish, opened
from tests.whatsapp.sending import IDS, PHONE, SECRET, TOKEN, serving
from tests.whatsapp.twilio import ACCOUNT, SENDER, FakeTwilio
from tests.whatsapp.twilio import TOKEN as AUTH_TOKEN
from truebook import desk
from truebook.cli import whatsapp as command
from truebook.db import Scope
from truebook.kernel.errors import Invalid
from truebook.kernel.settings import Settings
from truebook.simulator.server import Number, Simulator
from truebook.tenants import accounts, numbers, vault
from truebook.tenants.numbers import Connection

pytestmark = pytest.mark.anyio


async def test_keys_rotate_seals_everything_under_a_new_key_and_keeps_the_old_one(
    database: str, tmp_path: Path
) -> None:
    box = desk.vault_of(Settings(), tmp_path)
    async with opened(database) as db:
        one = await furnish(db)
        await numbers.connect(db, one.scope, box, Connection(*IDS, TOKEN, SECRET, PHONE))
    before = (tmp_path / "keys").read_text()
    done = truebook("keys", "rotate", DATABASE_URL=database, TRUEBOOK_DATA=str(tmp_path))
    assert (done.returncode, done.stdout.split()[0]) == (0, "1"), done.stderr
    held = (tmp_path / "keys").read_text()
    assert held.endswith(before)
    assert ((tmp_path / "keys").stat().st_mode & 0o777) == 0o600
    fresh = held.removesuffix(f",{before}")
    async with opened(database) as db:
        (number,) = await numbers.every(db, one.scope)
        assert number.token(vault.read(fresh)) == TOKEN  # the new key alone opens it
        assert number.secrets(vault.read(held)) == [SECRET.encode()]
    again = truebook("keys", "rotate", DATABASE_URL=database, TRUEBOOK_DATA=str(tmp_path))
    assert again.returncode == 0
    assert len(vault.read((tmp_path / "keys").read_text()).keys) == 3


async def test_with_keys_from_outside_nothing_is_made(database: str, tmp_path: Path) -> None:
    done = truebook(
        "keys", "rotate", DATABASE_URL=database, TRUEBOOK_DATA=str(tmp_path), TRUEBOOK_KEYS=vault.made("k1")
    )
    assert (done.returncode, done.stdout.split()[0]) == (0, "0")
    assert not (tmp_path / "keys").exists()


async def test_whatsapp_connect_says_what_is_left_to_click(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with httpx2.AsyncClient() as http:
        sim = Simulator(Number(*IDS, TOKEN, PHONE, SECRET, ""), http)
        async with opened(database) as db, serving(sim.app()) as graph:
            await furnish(db)
            settings = Settings(public_url="https://desk.example", data=tmp_path, keys=vault.made())
            new = Connection(*IDS, TOKEN, SECRET, PHONE, graph)
            await command._connect(settings, database, "salon-alice", new, None)
            said = capsys.readouterr().out
            account = await accounts.by_slug(db, "salon-alice")
            (number,) = await numbers.every(db, Scope(account.id, "test"))
    assert f"https://desk.example/webhooks/whatsapp/{number.hook}" in said
    assert "message_template_status_update" in said
    assert TOKEN not in said and SECRET not in said
    assert number.status == "connecting"
    listed = truebook("whatsapp", "list", "--business", "salon-alice", DATABASE_URL=database)
    assert (listed.returncode, listed.stdout.strip()) == (0, f"{PHONE}  connecting  last heard never")
    unknown = truebook("whatsapp", "list", "--business", "nobody", DATABASE_URL=database)
    assert (unknown.returncode, "no such account" in unknown.stderr) == (2, True)


async def test_whatsapp_twilio_typed_by_somebody_new(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fake = FakeTwilio()
    async with opened(database) as db, serving(fake.app()) as address:
        await furnish(db)
        none = truebook("whatsapp", "list", "--business", "salon-alice", DATABASE_URL=database)
        assert "No number is connected yet" in none.stdout
        here = {"DATABASE_URL": database, "TRUEBOOK_DATA": str(tmp_path), "TWILIO_AUTH_TOKEN": AUTH_TOKEN}
        typed = ("whatsapp", "twilio", "--business", "salon-alice", "--account", ACCOUNT)
        national = truebook(*typed, "--phone", "0660 1234567", **here)
        assert (national.returncode, "with its country" in national.stderr) == (2, True)
        settings = Settings(public_url="https://desk.example", data=tmp_path, keys=vault.made())
        new = Connection(SENDER, ACCOUNT, AUTH_TOKEN, graph_url=address, provider="twilio")
        with pytest.raises(Invalid) as refused:
            wrong = Connection(SENDER, ACCOUNT, "another", graph_url=address, provider="twilio")
            await command._connect(settings, database, "salon-alice", wrong, None)
        assert refused.value.data["field"] == "auth_token"
        await command._connect(settings, database, "salon-alice", new, None)
        said = capsys.readouterr().out
        account = await accounts.by_slug(db, "salon-alice")
        (number,) = await numbers.every(db, Scope(account.id, "test"))
    assert f"https://desk.example/webhooks/twilio/{number.hook}" in said
    assert "Messaging › Senders › WhatsApp senders" in said
    assert AUTH_TOKEN not in said
    listed = truebook("whatsapp", "list", "--business", "salon-alice", DATABASE_URL=database)
    assert listed.stdout.strip() == f"{SENDER}  connecting  last heard never"
