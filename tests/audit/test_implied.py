"""References nobody declared: found by name, role, type and value, and not where there are none."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace

import pytest

from truebook.audit import Limits
from truebook.audit.inspection import Inspection
from truebook.audit.model import Database
from truebook.audit.run import picture
from truebook.audit.sources import connect

Load = Callable[[str, str], str]

SHOP = """
CREATE TABLE users (id integer NOT NULL PRIMARY KEY, name text);
CREATE TABLE people (id integer NOT NULL PRIMARY KEY, name text);
CREATE TABLE addresses (id integer NOT NULL PRIMARY KEY, street text, "countryCode" char(2));
CREATE TABLE countries (code char(2) NOT NULL PRIMARY KEY, name text);
CREATE TABLE currencies (code char(3) NOT NULL PRIMARY KEY, name text);
CREATE TABLE product_categories (id integer NOT NULL PRIMARY KEY, parent_id integer, title text);
CREATE TABLE products (sku varchar(20) NOT NULL PRIMARY KEY, category_id integer, currency char(3), stock integer);
CREATE TABLE companies (uuid varchar(36) NOT NULL PRIMARY KEY, name text, stripe_customer_id text);
CREATE TABLE customers (id varchar(36) NOT NULL PRIMARY KEY, company_uuid varchar(36), "billingAddressId" integer,
  shipping_address_id integer, referred_by integer, version integer, external_id integer);
CREATE TABLE orders (id integer NOT NULL PRIMARY KEY, customer_id varchar(36), creator_id integer, approver_id integer,
  buyer varchar(36), version integer, position integer, priority integer, number integer);
CREATE TABLE order_items (order_id integer NOT NULL, sku varchar(20) NOT NULL, quantity integer,
  PRIMARY KEY (order_id, sku));
CREATE TABLE tickets (id integer NOT NULL PRIMARY KEY, creator_id integer REFERENCES users (id),
  assigned_to_user_id integer);
CREATE TABLE flags (id integer NOT NULL PRIMARY KEY, entity text, entity_id integer, note text);
INSERT INTO users VALUES (1, 'a'), (2, 'b'), (3, 'c');
INSERT INTO people VALUES (501, 'x'), (502, 'y');
INSERT INTO countries VALUES ('AT', 'Austria'), ('DE', 'Germany'), ('CH', 'Switzerland');
INSERT INTO currencies VALUES ('EUR', 'euro'), ('CHF', 'franc');
INSERT INTO addresses VALUES (11, 's', 'AT'), (12, 't', 'DE'), (13, 'u', 'CH');
INSERT INTO product_categories VALUES (1, NULL, 'all'), (2, 1, 'some'), (3, 1, 'few');
INSERT INTO products VALUES ('A-1', 2, 'EUR', 5), ('B-2', 3, 'CHF', 0);
INSERT INTO companies VALUES ('703409EE110541C09A7EFB5B3612A135', 'one', 'cus_1'),
  ('A1B2C3D4E5F60718293A4B5C6D7E8F90', 'two', 'cus_2');
INSERT INTO customers VALUES ('0a000000-0000-4000-8000-000000000001', '703409ee-1105-41c0-9a7e-fb5b3612a135',
  11, 12, 2, 1, 9001),
  ('0a000000-0000-4000-8000-000000000002', 'a1b2c3d4-e5f6-0718-293a-4b5c6d7e8f90', 13, NULL, 3, 2, 9002);
INSERT INTO orders VALUES (100, '0a000000-0000-4000-8000-000000000001', 1, 2,
  '0a000000-0000-4000-8000-000000000002', 1, 1, 2, 3),
  (101, '0a000000-0000-4000-8000-000000000002', 3, NULL, '0A000000000040008000000000000001', 2, 2, 1, 2);
INSERT INTO order_items VALUES (100, 'A-1', 1), (101, 'B-2', 3);
INSERT INTO tickets VALUES (1, 1, 3), (2, 2, 1);
INSERT INTO flags VALUES (1, 'order', 100, 'x'), (2, 'user', 2, 'y');
"""
MEANT = {
    ("addresses.countryCode", "countries"),
    ("product_categories.parent_id", "product_categories"),
    ("products.category_id", "product_categories"),
    ("products.currency", "currencies"),
    ("customers.company_uuid", "companies"),
    ("customers.billingAddressId", "addresses"),
    ("customers.shipping_address_id", "addresses"),
    ("customers.referred_by", "users"),
    ("orders.customer_id", "customers"),
    ("orders.creator_id", "users"),
    ("orders.approver_id", "users"),
    ("orders.buyer", "customers"),
    ("order_items.order_id", "orders"),
    ("order_items.sku", "products"),
    ("tickets.assigned_to_user_id", "users"),
}


def found(url: str) -> dict[str, tuple[str, str]]:
    with closing(connect(url, Limits())) as source:
        inspection = Inspection(source, picture(source))
        return {
            f"{link.child.label}.{link.column.name}": (link.parent.label, link.how)
            for link in inspection.links
            if link.how != "declared"
        }


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_every_reference_that_is_meant_is_found_and_no_other(engine: str, load: Load) -> None:
    """Plain name matching reaches a recall of about a half on real schemas; this one is full of such names."""
    assert {(place, parent) for place, (parent, _) in found(load(engine, SHOP)).items()} == MEANT


def test_each_is_found_in_its_own_way(load: Load) -> None:
    how = {place: way for place, (_, way) in found(load("sqlite", SHOP)).items()}
    assert how["orders.customer_id"] == "name"
    assert how["orders.creator_id"] == "role"
    assert how["orders.buyer"] == "values"


def test_names_alone_are_believed_where_there_are_no_rows(load: Load) -> None:
    empty = SHOP[: SHOP.index("INSERT")]
    pairs = {(place, parent) for place, (parent, _) in found(load("sqlite", empty)).items()}
    assert pairs <= MEANT
    assert len(pairs) >= 0.7 * len(MEANT)


FIRM = """
CREATE TABLE users (id integer NOT NULL PRIMARY KEY, manager_id integer, reports_to integer, contact_id integer);
CREATE TABLE customers (id integer NOT NULL PRIMARY KEY, support_rep_id integer, enterprise_id integer);
CREATE TABLE enterprises (id integer NOT NULL PRIMARY KEY, updated_by_id integer);
CREATE TABLE accounts (id integer NOT NULL PRIMARY KEY, created_by integer, owner_type text, owner_id integer);
CREATE TABLE transfers (id integer NOT NULL PRIMARY KEY, from_account_id integer, to_account_id integer,
  assigned_to integer, cluster_color integer, sort_order integer);
CREATE TABLE fees (id integer NOT NULL PRIMARY KEY, original_fee_id integer, replaces integer, parent_id integer,
  merged_into_id integer, replaced_by integer, reply_to text, fee_id integer);
CREATE TABLE comments (id integer NOT NULL PRIMARY KEY, author_id integer);
CREATE TABLE comment_trees (ancestor_id integer, descendant_id integer);
CREATE TABLE account_fees (left_id integer, right_id integer);
CREATE TABLE builds (id integer NOT NULL PRIMARY KEY, config_id integer, published_version_id integer);
CREATE TABLE build_configs (id integer NOT NULL PRIMARY KEY, previous_config_id integer);
CREATE TABLE build_versions (id integer NOT NULL PRIMARY KEY, build_id integer);
CREATE TABLE attachments (id integer NOT NULL PRIMARY KEY, record_id integer, record_type text);
CREATE TABLE old_records (id integer NOT NULL PRIMARY KEY, name text);
CREATE TABLE "—" (id integer NOT NULL PRIMARY KEY, ":" integer, "…_id" integer);
"""
PLAYED = {
    *(("users." + name, "users") for name in ("manager_id", "reports_to", "contact_id")),
    ("customers.support_rep_id", "users"),
    ("customers.enterprise_id", "enterprises"),
    ("enterprises.updated_by_id", "users"),
    ("accounts.created_by", "users"),
    ("transfers.from_account_id", "accounts"),
    ("transfers.to_account_id", "accounts"),
    ("transfers.assigned_to", "users"),
    *(
        ("fees." + name, "fees")
        for name in ("original_fee_id", "replaces", "parent_id", "merged_into_id", "replaced_by")
    ),
    ("comments.author_id", "users"),
    ("comment_trees.ancestor_id", "comments"),
    ("comment_trees.descendant_id", "comments"),
    ("account_fees.left_id", "accounts"),
    ("account_fees.right_id", "fees"),
    ("builds.config_id", "build_configs"),
    ("builds.published_version_id", "build_versions"),
    ("build_configs.previous_config_id", "build_configs"),
    ("build_versions.build_id", "builds"),
}


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_names_that_hide_a_reference_are_seen_through_without_a_row(engine: str, load: Load) -> None:
    """Rows of the same table, people, ends of a join, parts of the table's own name; and no column told by its type."""
    assert {(place, parent) for place, (parent, _) in found(load(engine, FIRM)).items()} == PLAYED


def test_other_ways_of_naming_are_learned_from_the_schema(load: Load) -> None:
    """`artist` for artist.id, `programid`, and tables that all begin with one word."""
    things = ("artist", "label", "area", "genre", "place", "event", "work", "medium", "series", "url")
    natural = "".join(f"CREATE TABLE {one} (id integer NOT NULL PRIMARY KEY, name text);" for one in things)
    columns = ", ".join(f"{one} integer" for one in things)
    natural += f"CREATE TABLE tracks (number integer, parts integer, {columns});"
    pairs = {(place, parent) for place, (parent, _) in found(load("sqlite", natural)).items()}
    assert pairs == {(f"tracks.{one}", one) for one in things}

    run_together = natural.replace(" integer,", "id integer,").replace(
        f"{things[-1]} integer)", f"{things[-1]}id integer)"
    )
    pairs = {(place, parent) for place, (parent, _) in found(load("sqlite", run_together)).items()}
    assert {(f"tracks.{one}id", one) for one in things} <= pairs

    family = "".join(f"CREATE TABLE spree_{one}s (id integer NOT NULL PRIMARY KEY, user_id integer);" for one in things)
    family += (
        "CREATE TABLE spree_users (id integer NOT NULL PRIMARY KEY); CREATE TABLE hubs (id integer, artist_id integer)"
    )
    pairs = {(place, parent) for place, (parent, _) in found(load("sqlite", family)).items()}
    assert pairs >= {("spree_areas.user_id", "spree_users"), ("hubs.artist_id", "spree_artists")}


def _inherited(full: Database) -> set[tuple[str, str, str]]:
    """Return every column's declared parents, and what those columns of theirs refer to in turn: a row's account is
    declared by a key of two columns to a row that has one."""
    pairs = {
        (table.label, column, key.parent, target)
        for table in full.tables
        for key in table.foreign_keys
        for column, target in zip(key.columns, key.parent_columns, strict=True)
    }
    while (
        more := {
            (child, column, above, its)
            for child, column, parent, target in pairs
            for label, name, above, its in pairs
            if (parent, target) == (label, name)
        }
        - pairs
    ):
        pairs |= more
    return {(child, column, parent) for child, column, parent, target in pairs if target == "id"}


def test_truebooks_own_keys_are_found_again_without_their_declarations(database: str) -> None:
    """By names and types alone, in a database without a row; what is found besides is meant as well."""
    with closing(connect(database, Limits())) as source:
        full = picture(source)
        declared = {(table.label, key.columns[-1], key.parent) for table in full.tables for key in table.foreign_keys}
        bare = replace(full, tables=tuple(replace(table, foreign_keys=()) for table in full.tables))
        links = {(link.child.label, link.column.name, link.parent.label) for link in Inspection(source, bare).links}
    recall = len(declared & links) / len(declared)
    assert recall >= 0.9, f"recall {recall:.2f}, missed {sorted(declared - links)}"
    meant = _inherited(full)
    assert len(meant & links) / len(links) >= 0.9, sorted(links - meant)


def test_depths_are_counted_once_even_in_dense_and_circular_schemas(load: Load) -> None:
    tables = ["CREATE TABLE t0 (id integer NOT NULL PRIMARY KEY, last integer REFERENCES t29 (id));"]
    for number in range(1, 30):
        columns = ", ".join(f"t{above}_id integer REFERENCES t{above} (id)" for above in range(number))
        tables.append(f"CREATE TABLE t{number} (id integer NOT NULL PRIMARY KEY, {columns});")
    with closing(connect(load("sqlite", "".join(tables)), Limits())) as source:
        depths = Inspection(source, picture(source)).depths
    assert sorted(depths) == sorted(f"t{number}" for number in range(30))
    assert all(depths[f"t{number}"] < depths[f"t{number + 1}"] for number in range(1, 28))
