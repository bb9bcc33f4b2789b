"""Changing the keys of an installation that holds data: nothing is lost, nothing stays under the old ones."""

from __future__ import annotations

import base64
from collections.abc import Iterator

import psycopg
import pytest
import sqlalchemy as sa
from click.testing import CliRunner, Result
from cryptography.fernet import Fernet
from sqlalchemy import LargeBinary, Table, select

from bot.components.event_cipher import EventCipher
from console.staff import Staff
from conversations.attachment import Attachment, AttachmentState
from conversations.thread import Channel
from core.clock import now
from core.database import Role, forget_connections, role_url, transaction
from core.encryption import ENCRYPTED, blind_index, forget_keys
from core.key_rotation import encrypted_columns
from core.settings import settings
from loa.cli import main
from loa.commands.indexed_values import all_indexes, all_tables
from outreach.channels.zalo.token import ZaloToken
from roster.claim import Claim
from roster.contact import ContactPoint
from roster.people import search
from roster.person import Person
from tests.console import ward

pytestmark = pytest.mark.usefixtures("database")
NEW = base64.urlsafe_b64encode(b"n" * 32).decode()
OTHER = base64.urlsafe_b64encode(b"o" * 32).decode()
EVENTS = [{"event": "user", "text": "số của tôi 0011004123457"}]


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Sets keys with `use`; the process's own come back after the test."""
    yield monkeypatch
    monkeypatch.undo()
    settings.cache_clear()
    forget_keys()


def use(keys: pytest.MonkeyPatch, **own: str) -> None:
    for name, value in own.items():
        keys.setenv(f"LOA_{name.upper()}", value)
    settings.cache_clear()
    forget_keys()


def present() -> str:
    return settings().encryption_keys.get_secret_value()


def loa(*command: str) -> Result:
    return CliRunner().invoke(main, list(command))


@pytest.fixture(scope="module")
def mien(database: str) -> ward.Citizen:
    """A citizen of whom something stands in most of the tables, and a member of staff with a second factor."""
    mien = ward.citizen("Đỗ Thị Miên")
    ward.claim(mien, ward.campaign())
    ward.says(mien, "số của tôi 0011004123457")
    ward.was_told(mien, "Dạ, tôi đã ghi")
    ward.escalation(mien, summary="xin gặp cán bộ")
    staff_id, _ = ward.staff("manager", commune=None)
    with transaction() as session:
        staff = session.get_one(Staff, staff_id)
        staff.tf_totp_secret, staff.mf_recovery_codes = "A" * 32, ["a1b2-c3d4-e5f6"]
        session.add(
            Attachment(
                channel=Channel.ZALO.value, provider_message_id="anh-1", state=AttachmentState.KEPT, tries=0,
                content=b"\xff\xd8" * 9000, received_at=now(), changed_at=now(),
            )
        )  # fmt: skip
        session.add(ZaloToken(oa_id="oa-1", access_token="ma-truy-cap", refresh_token="ma-lam-moi", generation=1))
    _make_rasas_turn()
    return mien


def _make_rasas_turn() -> None:
    engine = sa.create_engine(role_url(Role.RASA))
    with engine.begin() as rasa:
        rasa.execute(sa.text("CREATE TABLE turn (id bigint PRIMARY KEY, sender_id text, events bytea)"))
        sealed = EventCipher(present().split(",")).seal(EVENTS)
        rasa.execute(sa.text("INSERT INTO turn VALUES (1, 'a', :events)"), {"events": sealed})
    engine.dispose()


def raw(table: Table) -> list[bytes]:
    """Every encrypted value of the table, as it lies there."""
    columns = [sa.type_coerce(column, LargeBinary) for column in encrypted_columns(table)]
    with transaction() as session:
        return [bytes(value) for row in session.execute(select(*columns)) for value in row if value is not None]


def everything() -> dict[str, list[bytes]]:
    tables = all_tables().tables.values()
    return {table.name: raw(table) for table in tables if encrypted_columns(table)}


def test_everything_is_brought_under_the_new_key(keys: pytest.MonkeyPatch, mien: ward.Citizen) -> None:
    held = {name for name, tokens in everything().items() if tokens}
    assert held >= {"person", "contact_point", "draft", "claim", "inbound_message", "message", "escalation", "staff",
                    "attachment", "zalo_token"}  # fmt: skip
    old = present()
    use(keys, encryption_keys=f"{NEW},{old}")
    done = loa("keys", "rotate")
    assert done.exit_code == 0 and "bỏ các khóa cũ được" in done.output, done.output
    newest = Fernet(NEW)
    for tokens in everything().values():
        for token in tokens:
            newest.decrypt(token)
    use(keys, encryption_keys=NEW)
    _is_whole(mien)
    again = loa("keys", "rotate")
    assert again.exit_code == 0
    assert all(" 0 giá trị" in line for line in again.output.splitlines() if "giá trị" in line), "nothing left to do"
    use(keys, encryption_keys=f"{old},{NEW}")
    assert loa("keys", "rotate").exit_code == 0, "and back, so that other tests read it"


def _is_whole(mien: ward.Citizen) -> None:
    with transaction() as session:
        assert session.get_one(Person, mien.person_id).citizen_id == mien.citizen_id
        [claim] = session.scalars(select(Claim).where(Claim.person_id == mien.person_id))
        assert claim.account_number == "0011004123457" and claim.answers["wants_account"] == "yes"
        assert session.get_one(ZaloToken, "oa-1").refresh_token == "ma-lam-moi"
        assert session.scalars(select(Attachment.content)).one() == b"\xff\xd8" * 9000
        [staff] = session.scalars(select(Staff).where(Staff.tf_totp_secret.is_not(None)))
        assert (staff.tf_totp_secret, staff.mf_recovery_codes) == ("A" * 32, ["a1b2-c3d4-e5f6"])
    engine = sa.create_engine(role_url(Role.RASA))
    with engine.connect() as rasa:
        [events] = rasa.execute(sa.text("SELECT events FROM turn")).scalars()
    engine.dispose()
    assert EventCipher([NEW]).open(bytes(events)) == EVENTS


def test_what_no_key_opens_is_named_and_the_rest_is_done(
    keys: pytest.MonkeyPatch, mien: ward.Citizen, database: str
) -> None:
    lost = ward.citizen("Đã Hỏng Khóa")
    with psycopg.connect(database, autocommit=True) as owner:
        strange = Fernet(OTHER).encrypt(b"001148000009")
        owner.execute("UPDATE person SET citizen_id = %s WHERE id = %s", [strange, lost.person_id])
    old = present()
    use(keys, encryption_keys=f"{NEW},{old}")
    done = loa("keys", "rotate")
    assert done.exit_code == 1
    assert f"person.citizen_id {lost.person_id}" in done.output and "chưa được bỏ khóa cũ" in done.output
    use(keys, encryption_keys=NEW)
    _is_whole(mien)
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("UPDATE person SET citizen_id = NULL WHERE id = %s", [lost.person_id])
    use(keys, encryption_keys=f"{old},{NEW}")
    assert loa("keys", "rotate").exit_code == 0


def test_a_value_that_changes_meanwhile_is_not_overwritten(keys: pytest.MonkeyPatch, mien: ward.Citizen) -> None:
    from core import key_rotation

    old = present()
    use(keys, encryption_keys=f"{NEW},{old}")
    table = Person.__table__
    assert isinstance(table, Table)
    with transaction() as session:
        [(row_id, token)] = session.execute(
            select(Person.id, sa.type_coerce(Person.address, LargeBinary)).where(Person.id == mien.person_id)
        ).all()
    with transaction() as session:
        session.get_one(Person, mien.person_id).address = "Số 99, ngõ 9"
    done = key_rotation.Rotated("person")
    with transaction() as session:
        key_rotation._rotate(session, table, table.c.address, (row_id,), bytes(token), done)
        assert done.rotated == 0
    with transaction() as session:
        assert session.get_one(Person, mien.person_id).address == "Số 99, ngõ 9"
    use(keys, encryption_keys=f"{old},{NEW}")
    assert loa("keys", "rotate").exit_code == 0


def test_a_table_that_no_model_speaks_of_stops_it(database: str) -> None:
    with psycopg.connect(database, autocommit=True) as owner:
        owner.execute("CREATE TABLE forgotten (secret bytea)")
        refused = loa("keys", "rotate")
        owner.execute("DROP TABLE forgotten")
    assert refused.exit_code == 1 and "forgotten" in str(refused.exception)


def found(query: str) -> list[str]:
    with transaction() as session:
        return [person.full_name for person in search(session, query)]


def test_people_are_found_again_under_a_new_index_key(keys: pytest.MonkeyPatch, mien: ward.Citizen) -> None:
    use(keys, index_key="another-index-key")
    assert found(mien.phone) == found(mien.citizen_id) == []
    done = loa("keys", "reindex")
    assert done.exit_code == 0, done.output
    assert found(mien.phone) == found(mien.citizen_id) == ["Đỗ Thị Miên"]
    with transaction() as session:
        account = select(Claim.person_id).where(Claim.account_index == blind_index("account", "0011004123457"))
        assert mien.person_id in session.scalars(account).all()
        for contact in session.scalars(select(ContactPoint)):
            assert contact.address_index == blind_index(contact.kind.value, contact.address)
    again = loa("keys", "reindex")
    assert again.output.count(": 0 dòng") == len(all_indexes()), "nothing left to do"
    keys.undo()
    settings.cache_clear()
    assert loa("keys", "reindex").exit_code == 0


def test_indexes_are_made_anew_only_while_nobody_looks_for_people(mien: ward.Citizen) -> None:
    forget_connections()
    url = role_url(Role.CONSOLE).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url):
        refused = loa("keys", "reindex")
    assert refused.exit_code == 1 and "Còn 1 kết nối" in refused.output


def test_every_encrypted_type_and_every_blind_index_is_known() -> None:
    tables = all_tables().tables.values()
    own_types = {
        type(column.type)
        for table in tables
        for column in table.columns
        if "encryption" in type(column.type).__module__
    }
    assert own_types <= set(ENCRYPTED)
    indexed = {
        f"{table.name}.{column.name}"
        for table in tables
        for column in table.columns
        if isinstance(column.type, LargeBinary) and column.name.endswith("_index")
    }
    counted_only = {"sign_in_failure.account_index", "sign_in_failure.address_index"}
    assert indexed - counted_only == {str(one.index) for one in all_indexes()}
