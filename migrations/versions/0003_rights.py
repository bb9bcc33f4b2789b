"""Roles, row-level security by commune, the audit log's chain, and the job queue"""

from alembic import op
from procrastinate.schema import SchemaManager

revision = "0003"
down_revision = "0002e"
branch_labels = None
depends_on = None

ROLES = ("loa_worker", "loa_console", "loa_door", "loa_rasa")

BY_COMMUNE = ("person", "entitlement", "person_contact", "draft", "claim", "import_row", "message", "thread",
              "inbound_message", "attachment", "escalation", "follow_up", "hotline_call", "message_member",
              "step_left_out", "privacy_request", "visit_list", "visit_row", "returned_file", "returned_row",
              "match_file", "match_row", "change_request", "payment", "money_answer", "signed_list",
              "signed_sheet", "loudspeaker_text", "audit_entry")  # fmt: skip
"""Tables that hold people: the console sees a row exactly if its commune is one of the transaction's."""

DOOR_PUTS_IN = ("contact_point", "thread", "inbound_message", "attachment", "hotline_call", "receipt")
"""Where the public door may add rows. It changes none."""

DOOR_READS = {
    "contact_point": "id, kind, address_index",
    "thread": "id, channel, contact_id",
    "inbound_message": "id, channel, thread_id, text, received_at",
    "message": "id, channel, thread_id, body, choices, state, created_at",
    "procrastinate_jobs": "id, status, task_name, lock",
}
"""The columns it reads: to find a thread again, to show a web chat's talk, to see whether a job waits already."""

DOOR_QUEUES = {
    "procrastinate_jobs": "queue_name, task_name, priority, lock, queueing_lock, args, scheduled_at",
    "procrastinate_events": "job_id, type",
}
"""What the queue's own function and trigger write when a job is deferred: they run with the door's rights."""

DOOR_TASKS = {
    "conversations.answer": ("answers", "thread:%"),
    "conversations.call_backs": ("default", "conversations.call_backs"),
    "outreach.apply_receipts": ("default", "outreach.apply_receipts"),
    "outreach.telegram.answer_query": ("replies", ""),
    "outreach.zalo.look": ("default", "outreach.zalo.look"),
}
"""The only jobs it may put in, each in its queue and under its own lock: of the other tasks it must not even wake one.
None waits for a time to come, for until then it would hold up whatever is under its lock."""

SEEN = (
    "current_setting('loa.communes', true) = '*' "
    "OR commune_code = ANY (string_to_array(current_setting('loa.communes', true), ','))"
)
CONTACT_SEEN = (
    "current_setting('loa.communes', true) = '*' "
    "OR EXISTS (SELECT 1 FROM person_contact link WHERE link.contact_id = contact_point.id) "
    "OR EXISTS (SELECT 1 FROM thread WHERE thread.contact_id = contact_point.id) "
    "OR EXISTS (SELECT 1 FROM follow_up WHERE follow_up.contact_id = contact_point.id)"
)
"""These tables hold by the commune themselves, so a desk sees the contact points of its people, talks and tasks.
Who sees all communes is spared the search: over hundreds of thousands of phones it took three times as long."""
PLAIN = ("campaign", "campaign_spend", "commune", "gauge", "saved_audience", "step", "attempt", "receipt",
         "roster_import", "draft_write", "staff", "staff_role", "staff_roles", "staff_communes", "staff_session",
         "sign_in_failure")  # fmt: skip

ZALO_STATE = (
    "oa_id, access_expires_at, refresh_expires_at, generation, obtained_at, asking_since, lost_at, refused_at, "
    "last_error, warned_at"
)
"""What the console may read of the OA's tokens: all but the tokens, which are the workers' alone."""


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
    _door()
    _released_steps()
    _kept_texts()
    _no_temporary_tables()
    # A plain owner makes the role but may hand a schema only to roles it is a member of.
    op.execute("GRANT loa_rasa TO CURRENT_USER")
    op.execute("CREATE SCHEMA rasa AUTHORIZATION loa_rasa")
    op.execute("ALTER ROLE loa_rasa SET search_path = rasa")
    _forgetting()


def _grants() -> None:
    tables = ", ".join((*BY_COMMUNE, *PLAIN, "contact_point"))
    for role in ("loa_worker", "loa_console"):
        op.execute(f"GRANT SELECT, INSERT, UPDATE ON {tables} TO {role}")
        op.execute(f"GRANT DELETE ON import_row, roster_import, returned_row, staff_roles, staff_communes TO {role}")
        op.execute(f"GRANT DELETE ON staff_session, sign_in_failure, saved_audience TO {role}")
    op.execute(f"GRANT SELECT ({ZALO_STATE}) ON zalo_token TO loa_console")
    op.execute("GRANT SELECT, INSERT, UPDATE ON zalo_authorisation TO loa_console")
    op.execute("GRANT SELECT ON zalo_template TO loa_console")
    op.execute("GRANT SELECT ON step_text TO loa_console")
    op.execute("REVOKE UPDATE ON audit_entry FROM loa_worker, loa_console")
    op.execute("REVOKE UPDATE ON signed_list, signed_sheet FROM loa_console")
    op.execute("GRANT DELETE ON draft_write TO loa_worker")


def _policies() -> None:
    for table in (*BY_COMMUNE, "contact_point"):
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
        op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY workers_serve_all ON {table} TO loa_worker USING (true) WITH CHECK (true)")
    for table in BY_COMMUNE:
        op.execute(f"CREATE POLICY own_communes ON {table} TO loa_console USING ({SEEN}) WITH CHECK ({SEEN})")
    op.execute(f"CREATE POLICY own_communes ON contact_point TO loa_console USING ({CONTACT_SEEN}) WITH CHECK (true)")


def _door() -> None:
    op.execute(f"GRANT INSERT ON {', '.join(DOOR_PUTS_IN)} TO loa_door")
    for right, columns in (("SELECT", DOOR_READS), ("INSERT", DOOR_QUEUES)):
        for table, names in columns.items():
            op.execute(f"GRANT {right} ({names}) ON {table} TO loa_door")
    op.execute("GRANT USAGE ON SEQUENCE procrastinate_jobs_id_seq, procrastinate_events_id_seq TO loa_door")
    _door_queues()
    for table in ("contact_point", "thread", "inbound_message", "attachment", "hotline_call"):
        op.execute(f"CREATE POLICY the_door_puts_in ON {table} FOR INSERT TO loa_door WITH CHECK (true)")
    for table in ("contact_point", "thread"):
        op.execute(f"CREATE POLICY the_door_finds ON {table} FOR SELECT TO loa_door USING (true)")
    for table in ("inbound_message", "message"):
        op.execute(f"CREATE POLICY the_web_chat ON {table} FOR SELECT TO loa_door USING (channel = 'web')")


def _door_queues() -> None:
    allowed = ", ".join(f"('{task}', '{queue}', '{lock}')" for task, (queue, lock) in DOOR_TASKS.items())
    op.execute(f"""
        CREATE FUNCTION the_door_queues() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
        BEGIN
            IF NEW.scheduled_at IS NOT NULL OR NEW.queueing_lock IS NOT NULL OR NEW.priority <> 0 OR NOT EXISTS (
                SELECT 1 FROM (VALUES {allowed}) allowed (task, queue, lock)
                 WHERE NEW.task_name = allowed.task AND NEW.queue_name = allowed.queue
                   AND coalesce(NEW.lock, '') LIKE allowed.lock)
            THEN RAISE EXCEPTION 'the public door puts in no such job' USING ERRCODE = 'insufficient_privilege';
            END IF;
            RETURN NEW;
        END $$""")
    op.execute("""
        CREATE TRIGGER the_door_queues BEFORE INSERT ON procrastinate_jobs FOR EACH ROW
        WHEN (current_user = 'loa_door') EXECUTE FUNCTION the_door_queues()""")
    # Notifying, a transaction commits under a lock of the whole server's: the door does it afterwards (core/door.py).
    op.execute("DROP TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 ON procrastinate_jobs")
    op.execute("""
        CREATE TRIGGER procrastinate_jobs_notify_queue_job_inserted_v1 AFTER INSERT ON procrastinate_jobs FOR EACH ROW
        WHEN (NEW.status = 'todo' AND current_user <> 'loa_door')
        EXECUTE FUNCTION procrastinate_notify_queue_job_inserted_v1()""")


def _forgetting() -> None:
    """Who erases a talk erases what Rasa remembers of it, and reads none of it: Rasa makes the table at its start."""
    op.execute("SET LOCAL ROLE loa_rasa")
    op.execute("""
        CREATE FUNCTION rasa.forget(senders text[]) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, pg_temp AS $$
        DECLARE forgotten bigint;
        BEGIN
            IF to_regclass('rasa.turn') IS NULL THEN RETURN 0; END IF;
            DELETE FROM rasa.turn WHERE sender_id = ANY (senders);
            GET DIAGNOSTICS forgotten = ROW_COUNT;
            RETURN forgotten;
        END $$""")
    op.execute("REVOKE ALL ON FUNCTION rasa.forget(text[]) FROM PUBLIC")
    op.execute("GRANT USAGE ON SCHEMA rasa TO loa_worker, loa_console")
    op.execute("GRANT EXECUTE ON FUNCTION rasa.forget(text[]) TO loa_worker, loa_console")
    op.execute("RESET ROLE")


def _released_steps() -> None:
    """What the second person released is what goes out: whoever wants another text plans another step."""
    op.execute("""
        CREATE FUNCTION step_is_released() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'a released step is not changed'; END $$""")
    op.execute("""
        CREATE TRIGGER stands_as_released BEFORE UPDATE ON step FOR EACH ROW
        WHEN (OLD.state <> 'planned' AND NEW.state <> 'planned' AND
              (OLD.campaign_id, OLD.kind, OLD.template, OLD.zalo_template, OLD.audience, OLD.ladder, OLD.timing)
              IS DISTINCT FROM
              (NEW.campaign_id, NEW.kind, NEW.template, NEW.zalo_template, NEW.audience, NEW.ladder, NEW.timing))
        EXECUTE FUNCTION step_is_released()""")


def _kept_texts() -> None:
    """Every text that a step has had stays: written by the database alone."""
    op.execute("""
        CREATE FUNCTION keep_step_text() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp AS $$
        BEGIN
            INSERT INTO step_text (step_id, number, template, zalo_template, planned_by, kept_at)
            SELECT NEW.id, coalesce(max(number), 0) + 1, NEW.template, NEW.zalo_template, NEW.planned_by, now()
              FROM step_text WHERE step_id = NEW.id;
            RETURN NULL;
        END $$""")
    op.execute("CREATE TRIGGER keeps_text AFTER INSERT ON step FOR EACH ROW EXECUTE FUNCTION keep_step_text()")
    op.execute("""
        CREATE TRIGGER keeps_changed_text AFTER UPDATE ON step FOR EACH ROW
        WHEN ((OLD.template, OLD.zalo_template) IS DISTINCT FROM (NEW.template, NEW.zalo_template))
        EXECUTE FUNCTION keep_step_text()""")


def _no_temporary_tables() -> None:
    """Whoever may make temporary tables may put his own in front of ours."""
    op.execute("DO $$ BEGIN EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database()); END $$")


def _audit_chain() -> None:
    # The trigger reads the last hash with the owner's rights, and forced row security holds a plain owner too.
    op.execute("CREATE POLICY the_chain ON audit_entry FOR SELECT TO CURRENT_USER USING (true)")
    op.execute("""
        CREATE FUNCTION audit_chain() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
        SET search_path = pg_catalog, public, pg_temp AS $$
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
    op.execute("REVOKE INSERT, UPDATE, DELETE ON step_text FROM loa_worker")
    op.execute("REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM loa_worker")
    op.execute("GRANT SELECT, INSERT ON procrastinate_jobs, procrastinate_events TO loa_console")
    op.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO loa_worker, loa_console")


def downgrade() -> None:
    raise RuntimeError("the rights are not taken back: restore a backup instead")
