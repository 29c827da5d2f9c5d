/** Clock of the database, epoch ms. */
const NOW = `(extract(epoch FROM clock_timestamp()) * 1000)::bigint`

/**
 * Lock of the whole log, held until the commit: positions are given out in the order of commits, without gaps, and a
 * reader that has seen n will never see a later commit below n. Taken first by everything that writes.
 */
const LOCK = (count: string): string => `
  UPDATE tranche_log SET position = position + ${count} WHERE id = 1 RETURNING position - ${count} INTO v_position;
  v_now := ${NOW};`

const LOOK_UP = `
      SELECT s.version, s.hash, s.archived_version INTO v_version, v_hash, v_archived
        FROM tranche_streams s WHERE s.stream_id = v_stream;
      v_is_new := NOT FOUND;
      IF v_is_new THEN v_version := 0; v_archived := 0; v_hash := decode(repeat('00', 32), 'hex'); END IF;
      IF v_scope IS DISTINCT FROM split_part(v_stream, '/', 1) THEN
        v_scope := split_part(v_stream, '/', 1);
        SELECT l.epoch INTO v_epoch FROM tranche_leases l WHERE l.scope = v_scope;
      END IF;`

interface EventFields {
  readonly id: string
  readonly type: string
  readonly schema: string
  readonly tranche: string
  readonly time: string
  readonly data: string
  readonly metadata: string
}

/** One event that is not in the archive: its place, its hash over the exact text and the hash before it, its row. */
const write = ({ id, type, schema, tranche, time, data, metadata }: EventFields): string => `
      IF v_archived > 0 THEN
        PERFORM 1 FROM tranche_archive a WHERE a.stream_id = v_stream AND a.event_id = ${id};
        IF FOUND THEN RAISE unique_violation USING MESSAGE = 'the archive has this event id already'; END IF;
      END IF;
      v_version := v_version + 1;
      v_position := v_position + 1;
      v_hash := sha256(v_hash || convert_to(v_stream || E'\\n' || v_version || E'\\n' || v_position || E'\\n' || ${id}
        || E'\\n' || ${type} || E'\\n' || ${schema} || E'\\n' || coalesce(${tranche}, '') || E'\\n' || ${time}
        || E'\\n' || v_now || E'\\n' || coalesce(v_epoch::text, '') || E'\\n' || ${data}::text
        || E'\\n' || coalesce(${metadata}::text, ''), 'UTF8'));
      INSERT INTO tranche_events VALUES (v_position, v_stream, v_version, ${id}, ${type}, ${schema}, ${tranche}, ${time},
        v_now, v_epoch, ${data}, ${metadata}, v_hash);`

const MOVE_HEAD = `
      IF v_is_new THEN
        INSERT INTO tranche_streams VALUES (v_stream, v_version, v_position, v_hash);
      ELSE
        UPDATE tranche_streams SET version = v_version, position = v_position, hash = v_hash WHERE stream_id = v_stream;
      END IF;`

/**
 * The projections change with the log. Should that fail, the events are recorded all the same, and the position from
 * which the projections are stale is kept: an event must not be lost because a table to query could not follow.
 */
const project = (bases: string): string => `
    IF p_changes IS NOT NULL THEN
      BEGIN
        PERFORM tranche_project(p_changes, ${bases});
      EXCEPTION WHEN OTHERS THEN
        INSERT INTO tranche_checkpoints VALUES ('stale projections', v_position, NULL) ON CONFLICT DO NOTHING;
        RAISE WARNING 'projections are stale from position %: %', v_position, SQLERRM;
      END;
    END IF;`

/**
 * Appends groups of events, one group per stream, all in one transaction. The first event of a group carries the stream
 * `s`, the expected version `x` (-1 any, -2 exists) and the epoch `l`. Answers per group, separated by `;`:
 * `ok,firstVersion,firstPosition`, `same,firstVersion,firstPosition,lastPosition`, `version,actual`, `event,` or
 * `fenced,epoch`. A refused group writes nothing and does not disturb the others.
 */
export const APPEND = `CREATE OR REPLACE FUNCTION tranche_append(p_total integer, p_events json, p_changes json)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  e record; v_position bigint; v_now bigint; v_start bigint; v_version bigint; v_hash bytea; v_epoch bigint;
  v_archived bigint; v_scope text; v_stream text; v_is_new boolean; v_mode text := 'none'; v_at bigint; v_found bigint; v_answer text;
  v_answers text := ''; v_group integer := -1; v_bases bigint[] := '{}'; v_expected bigint;
BEGIN
  ${LOCK('p_total')}
  v_start := v_position;
  FOR e IN SELECT * FROM json_to_recordset(p_events)
    AS r(s text, x bigint, l bigint, i text, t text, v smallint, r text, e bigint, d json, m json)
  LOOP
    IF e.s IS NOT NULL THEN
      IF v_mode = 'write' THEN ${MOVE_HEAD} END IF;
      IF v_group >= 0 THEN v_answers := v_answers || v_answer || ';'; END IF;
      v_group := v_group + 1;
      v_stream := e.s;
      v_expected := e.x;
      ${LOOK_UP}
      v_found := NULL;
      IF v_epoch IS DISTINCT FROM e.l THEN
        v_mode := 'skip';
        v_answer := 'fenced,' || coalesce(v_epoch::text, '');
      ELSE
        IF e.x < 0 AND NOT v_is_new THEN
          SELECT q.version INTO v_found FROM tranche_history q WHERE q.stream_id = v_stream AND q.event_id = e.i;
        ELSIF e.x >= 0 AND e.x < v_version THEN
          v_found := e.x + 1;
        END IF;
        IF v_found IS NOT NULL THEN
          v_mode := 'compare';
          v_at := v_found;
        ELSIF e.x = v_version OR e.x = -1 OR (e.x = -2 AND v_version > 0) THEN
          v_mode := 'write';
          v_answer := 'ok,' || (v_version + 1) || ',' || (v_position + 1);
        ELSE
          v_mode := 'skip';
          v_answer := 'version,' || v_version;
        END IF;
      END IF;
    END IF;
    IF e.s IS NOT NULL THEN v_bases := v_bases || CASE WHEN v_mode = 'write' THEN v_version END; END IF;
    IF v_mode = 'write' THEN
      ${write({ id: 'e.i', type: 'e.t', schema: 'e.v', tranche: 'e.r', time: 'e.e', data: 'e.d', metadata: 'e.m' })}
    ELSIF v_mode = 'compare' THEN
      SELECT q.position INTO v_found FROM tranche_history q
        WHERE q.stream_id = v_stream AND q.version = v_at AND q.event_id = e.i AND q.type = e.t AND q.data::text = e.d::text;
      IF NOT FOUND THEN
        v_mode := 'skip';
        v_answer := CASE WHEN v_expected >= 0 THEN 'version,' || v_version ELSE 'event,' END;
      ELSIF e.s IS NOT NULL THEN
        v_answer := 'same,' || v_at || ',' || v_found || ',' || v_found;
      ELSE
        v_answer := regexp_replace(v_answer, '[0-9]+$', v_found::text);
      END IF;
      v_at := v_at + 1;
    END IF;
  END LOOP;
  IF v_mode = 'write' THEN ${MOVE_HEAD} END IF;
  IF v_position < v_start + p_total THEN
    UPDATE tranche_log SET position = v_position WHERE id = 1;
  END IF;
  IF v_position > v_start THEN
    ${project('v_bases')}
    PERFORM pg_notify('tranche_events', v_position::text);
  END IF;
  RETURN v_answers || v_answer;
END $$`

/** The same for one event at an exact version, without unpacking: what is not that simple goes to {@link APPEND}. */
export const APPEND_ONE = `CREATE OR REPLACE FUNCTION tranche_append_one(v_stream text, p_expected bigint, p_epoch bigint,
  p_id text, p_type text, p_schema smallint, p_tranche text, p_time bigint, p_data json, p_metadata json, p_changes json)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_position bigint; v_now bigint; v_version bigint; v_hash bytea; v_epoch bigint; v_archived bigint;
  v_scope text; v_is_new boolean;
BEGIN
  ${LOCK('1')}
      ${LOOK_UP}
  IF p_expected <> v_version OR v_epoch IS DISTINCT FROM p_epoch THEN
    UPDATE tranche_log SET position = position - 1 WHERE id = 1;
    RETURN tranche_append(1, json_build_array(json_build_object('s', v_stream, 'x', p_expected, 'l', p_epoch, 'i', p_id,
      't', p_type, 'v', p_schema, 'r', p_tranche, 'e', p_time, 'd', p_data, 'm', p_metadata)), p_changes);
  END IF;
      ${write({ id: 'p_id', type: 'p_type', schema: 'p_schema', tranche: 'p_tranche', time: 'p_time', data: 'p_data', metadata: 'p_metadata' })}
      ${MOVE_HEAD}
  ${project('ARRAY[p_expected]')}
  PERFORM pg_notify('tranche_events', v_position::text);
  RETURN 'ok,' || v_version || ',' || v_position;
END $$`
