import { type Kysely, sql } from 'kysely'

const STATEMENTS = [
  `CREATE FUNCTION tranche_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'TB001',
    HINT = 'record a new event that corrects the old one; to make room, move old events to the archive';
END $$`,
  `CREATE FUNCTION tranche_guard_delete() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM tranche_archive a
    WHERE a.stream_id = OLD.stream_id AND a.version = OLD.version AND a.hash = OLD.hash AND a.position = OLD.position;
  IF FOUND THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'event % of % is not in the archive: it may not be deleted', OLD.version, OLD.stream_id
    USING ERRCODE = 'TB001', HINT = 'move events to the archive; nothing is just deleted';
END $$`,
  `CREATE TRIGGER tranche_events_update BEFORE UPDATE ON tranche_events
    FOR EACH ROW EXECUTE FUNCTION tranche_refuse_change()`,
  `CREATE TRIGGER tranche_events_delete BEFORE DELETE ON tranche_events
    FOR EACH ROW EXECUTE FUNCTION tranche_guard_delete()`,
  `CREATE TRIGGER tranche_archive_change BEFORE UPDATE OR DELETE ON tranche_archive
    FOR EACH ROW EXECUTE FUNCTION tranche_refuse_change()`,
  `CREATE TRIGGER tranche_archive_truncate BEFORE TRUNCATE ON tranche_archive
    FOR EACH STATEMENT EXECUTE FUNCTION tranche_refuse_change()`,
  `CREATE TRIGGER tranche_events_truncate BEFORE TRUNCATE ON tranche_events
    FOR EACH STATEMENT EXECUTE FUNCTION tranche_refuse_change()`,
  `DO $$ DECLARE part regclass; BEGIN
    FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'tranche_events'::regclass LOOP
      EXECUTE format('CREATE TRIGGER tranche_events_truncate BEFORE TRUNCATE ON %s
        FOR EACH STATEMENT EXECUTE FUNCTION tranche_refuse_change()', part);
    END LOOP;
  END $$`,
]

/** Nothing in the log changes; only archived events may leave it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of STATEMENTS) await sql.raw(statement).execute(db)
}
