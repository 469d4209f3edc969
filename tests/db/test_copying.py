"""Backup, restore and moving: every row comes over, it is proven to have, and the desk goes on booking."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.test_operating import in_one_line, truebook
from tests.db.roles import Plain, as_role, run
from tests.db.test_dump import contents, lived_in
from tests.desk import MONDAY, NOW, Desk, opened
from tests.postgres import data_folder
from truebook.booking import actions
from truebook.db import copying, health, migrations
from truebook.kernel.errors import Fact, Unavailable

pytestmark = pytest.mark.anyio


async def goes_on(url: str, desk: Desk) -> None:
    """Book in a database that was filled, with its triggers, guards and counters as they were."""
    assert [one for one in health.examine(url) if not one.ok and one.name not in ("fsync", "messages to send")] == []
    async with opened(url) as db:
        wish = desk.wish(MONDAY.replace(hour=16))
        booked = await actions.book(db, desk.scope, wish, now=NOW)
        async with db.reading(desk.scope) as tx:
            row = await tx.row("SELECT count(*) FROM appointment_history WHERE appointment_id = %s", (booked.id,))
        assert row == (1,)
        with pytest.raises(Fact):
            await actions.book(db, desk.scope, wish, now=NOW)


async def test_a_backup_holds_every_row_and_is_restored_into_another_database(
    database: str, empty: str, tmp_path: Path
) -> None:
    desk, file = await lived_in(database), tmp_path / "desk.backup"
    before = contents(database)
    tables, rows = copying.back_up(database, file, {"secret": b"hush"})
    assert rows == sum(count for count, _ in before.values()) - 1  # the revision is written by the migrations
    assert file.stat().st_mode & 0o777 == 0o600
    assert copying.restore(empty, file) == (tables, rows)
    assert contents(empty) == before == contents(database)
    assert copying.secrets_in(file) == {"secret": b"hush"}
    await goes_on(empty, desk)
    with pytest.raises(Unavailable, match="There are rows in that database"):
        copying.restore(empty, file)
    with pytest.raises(Fact, match="there already"):
        copying.back_up(database, file, {})


async def test_a_plain_role_moves_to_a_server_where_it_has_no_more_rights(database: str, plain: Plain) -> None:
    desk = await lived_in(database)
    before = contents(database)
    copying.move(database, plain.url)
    assert contents(plain.admin_url) == before == contents(database)
    await goes_on(plain.url, desk)


async def test_a_plain_role_can_be_moved_from(plain: Plain, empty: str) -> None:
    migrations.upgrade(plain.url)
    desk = await lived_in(plain.url)
    before = contents(plain.admin_url)
    copying.move(plain.url, empty)
    assert contents(empty) == before == contents(plain.admin_url)
    assert not [one for one in health.schema_findings(plain.url) if not one.ok]
    await goes_on(empty, desk)


async def test_what_is_written_meanwhile_is_noticed_and_nothing_is_kept(
    database: str, empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await lived_in(database)
    write = copying.moving.tables.write

    def slowly(*args: object) -> None:
        write(*args)  # type: ignore[arg-type]
        run(database, "UPDATE truebook.customers SET name = name || '!'")

    monkeypatch.setattr(copying.moving.tables, "write", slowly)
    with pytest.raises(Unavailable, match=r"written to meanwhile \(customers\)"):
        copying.move(database, empty)
    assert contents(empty)["appointments"][0] == 0
    monkeypatch.undo()
    copying.move(database, empty)  # what was interrupted is done over
    assert contents(empty) == contents(database)


async def test_a_damaged_backup_leaves_nothing_behind(database: str, empty: str, tmp_path: Path) -> None:
    await lived_in(database)
    file, odd = tmp_path / "desk.backup", tmp_path / "odd.backup"
    copying.back_up(database, file, {})
    with zipfile.ZipFile(file) as good, zipfile.ZipFile(odd, "w") as bad:
        for name in good.namelist():
            held = good.read(name)
            if name == "manifest.json":
                told = json.loads(held)
                told["tables"][-1]["rows"] += 1
                held = json.dumps(told).encode()
            bad.writestr(name, held)
    with pytest.raises(Unavailable, match="Not every row came over"):
        copying.restore(empty, odd)
    assert contents(empty)["appointments"][0] == 0
    broken = {"no rows of it": lambda held: b"nonsense\n", "no such table": None}
    for name, change in broken.items():
        with zipfile.ZipFile(file) as good, zipfile.ZipFile(odd, "w") as bad:
            for member in good.namelist():
                held = good.read(member)
                if change is None and member == "manifest.json":
                    told = json.loads(held)
                    told["tables"] = [one for one in told["tables"] if one["name"] != "services"]
                    held = json.dumps(told).encode()
                if member == "tables/services":
                    if change is None:
                        continue
                    held = change(held)
                bad.writestr(member, held)
        with pytest.raises(Fact, match="is damaged"):
            copying.restore(empty, odd)
        assert contents(empty)["appointments"][0] == 0, name
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(Fact, match="no backup of Truebook, or is damaged"):
        copying.restore(empty, file)


async def test_a_role_that_may_not_see_every_row_is_told_so(database: str, empty: str, plain: Plain) -> None:
    await lived_in(database)
    with pytest.raises(Unavailable, match="may not see every row"):
        copying.move(as_role(database, plain.role), empty)


@pytest.mark.slow
def test_the_embedded_desk_is_backed_up_moved_and_restored_by_command(empty: str, tmp_path: Path) -> None:
    file = str(tmp_path / "desk.backup")
    with data_folder() as data, data_folder() as other:
        here, there = {"TRUEBOOK_DATA": str(data)}, {"TRUEBOOK_DATA": str(other)}
        assert truebook("migrate", **here).returncode == 0
        (data / "secret").write_text("hush")
        key = truebook("key", **here).stdout.strip()
        made = truebook("backup", file, **here)
        assert (made.returncode, "keep it where nobody else can read it" in made.stdout) == (0, True), made.stderr
        back = truebook("restore", file, **there)
        assert (back.returncode, "every one checked" in back.stdout) == (0, True), back.stderr
        assert (other / "secret").read_text() == "hush"
        assert key[:8] in truebook("key", "--list", **there).stdout
        (other / "secret").write_text("another")
        assert "another installation's" in in_one_line(truebook("restore", file, **there))
        moved = truebook("move-database", empty, **here)
        assert (moved.returncode, "the old database is as it was" in moved.stdout) == (0, True), moved.stderr
        assert key[:8] in truebook("key", "--list", DATABASE_URL=empty).stdout
