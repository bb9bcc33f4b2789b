"""Roles, row-level security by commune, the audit log's chain, and the job queue"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROLES = ("loa_worker", "loa_console", "loa_door", "loa_rasa")

BY_COMMUNE = ("person", "entitlement", "person_contact", "draft", "claim", "import_row", "message", "thread",
              "inbound_message", "escalation", "audit_entry")  # fmt: skip
"""Tables that hold people: the console sees a row exactly if its commune is one of the transaction's."""

DOOR_TABLES = ("contact_point", "thread", "inbound_message", "receipt")
"""All that the public door may touch, besides reading what was written to a web-chat thread."""

SEEN = (
    "current_setting('loa.communes', true) = '*' "
    "OR commune_code = ANY (string_to_array(current_setting('loa.communes', true), ','))"
)
CONTACT_SEEN = "EXISTS (SELECT 1 FROM person_contact link WHERE link.contact_id = contact_point.id)"
PLAIN = ("campaign", "commune", "gauge", "step", "attempt", "receipt", "roster_import", "draft_write", "staff",
         "staff_role", "staff_roles", "staff_communes")  # fmt: skip


def upgrade() -> None:
    for role in ROLES:
        op.execute(
            f"DO $$ BEGIN CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS; "
            f"EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        )
    _grants()
    _policies()
    _audit_chain()
    _job_queue()
    op.execute("CREATE SCHEMA rasa AUTHORIZATION loa_rasa")
    op.execute("ALTER ROLE loa_rasa SET search_path = rasa")


def _grants() -> None:
    tables = ", ".join((*BY_COMMUNE, *PLAIN, "contact_point"))
    for role in ("loa_worker", "loa_console"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {tables} TO {role}")
        op.execute(f"GRANT DELETE ON import_row, roster_import, staff_roles, staff_communes TO {role}")
    op.execute("REVOKE UPDATE ON audit_entry FROM loa_worker, loa_console")
    op.execute("GRANT DELETE ON draft_write TO loa_worker")
    op.execute(f"GRANT SELECT, INSERT, UPDATE ON {', '.join(DOOR_TABLES)} TO loa_door")
    op.execute("GRANT SELECT ON message TO loa_door")


def _policies() -> None:
    for table in (*BY_COMMUNE, "contact_point"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY workers_serve_all ON {table} TO loa_worker USING (true) WITH CHECK (true)")
    for table in BY_COMMUNE:
        op.execute(f"CREATE POLICY own_communes ON {table} TO loa_console USING ({SEEN}) WITH CHECK ({SEEN})")
    op.execute(f"CREATE POLICY own_communes ON contact_point TO loa_console USING ({CONTACT_SEEN}) WITH CHECK (true)")
    for table in ("contact_point", "thread", "inbound_message"):
        op.execute(f"CREATE POLICY the_door ON {table} TO loa_door USING (true) WITH CHECK (true)")
    op.execute("CREATE POLICY the_web_chat ON message FOR SELECT TO loa_door USING (channel = 'web')")


def _audit_chain() -> None:
    op.execute("""
        CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
        BEGIN
            PERFORM pg_advisory_xact_lock(hashtext('audit_entry'));
            SELECT coalesce((SELECT hash FROM audit_entry ORDER BY id DESC LIMIT 1), ''::bytea)
              INTO NEW.previous_hash;
            NEW.id := nextval(pg_get_serial_sequence('audit_entry', 'id'));
            NEW.hash := audit_hash(NEW);
            RETURN NEW;
        END $$""")
    op.execute("""
        CREATE FUNCTION audit_hash(entry audit_entry) RETURNS bytea LANGUAGE sql STABLE AS $$
            SELECT sha256(entry.previous_hash || convert_to(jsonb_build_array(
                entry.id, to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), entry.actor, entry.action,
                entry.subject, entry.commune_code, entry.before, entry.after, entry.reason)::text, 'UTF8'))
        $$""")
    op.execute("CREATE TRIGGER audit_chain BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION audit_chain()")
    op.execute("""
        CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$""")
    op.execute(
        "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()"
    )


def _job_queue() -> None:
    connection = op.get_bind().connection.driver_connection
    connection.execute(SchemaManager.get_schema())
    op.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO loa_worker")
    op.execute("REVOKE UPDATE, DELETE ON audit_entry FROM loa_worker")
    op.execute("REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM loa_worker")
    for role in ("loa_door", "loa_console"):
        op.execute(f"GRANT SELECT, INSERT ON procrastinate_jobs, procrastinate_events TO {role}")
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO loa_worker, loa_console, loa_door")


def downgrade() -> None:
    raise RuntimeError("the rights are not taken back: restore a backup instead")
