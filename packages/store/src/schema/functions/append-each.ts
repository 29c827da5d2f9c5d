import { assertNotArchived, EVENTS, hashedEvent, lockLog, notify, PARAMETERS, project } from './append-parts.js'
import { eventHash, GENESIS } from './event-hash.js'

const TEXT = hashedEvent('v_version', 'v_position')

const LOOK_UP = `
      SELECT s.version, s.hash, s.archived_version INTO v_version, v_hash, v_archived
        FROM tranche_streams s WHERE s.stream_id = e.stream;
      v_is_new := NOT FOUND;
      IF v_is_new THEN v_version := 0; v_archived := 0; v_hash := ${GENESIS}; END IF;
      v_epoch := (SELECT l.epoch FROM tranche_leases l WHERE l.scope = split_part(e.stream, '/', 1));`

/** What becomes of a group: it is written, compared with what is there, or skipped. */
const JUDGE = `
      v_found := NULL;
      IF v_epoch IS DISTINCT FROM e.epoch THEN
        v_mode := 'skip';
        v_answer := concat('fenced,', v_epoch);
      ELSE
        IF e.expected < 0 AND NOT v_is_new THEN
          SELECT q.version INTO v_found FROM tranche_history q WHERE q.stream_id = e.stream AND q.event_id = e.id;
        ELSIF e.expected >= 0 AND e.expected < v_version THEN
          v_found := e.expected + 1;
        END IF;
        IF v_found IS NOT NULL THEN
          v_mode := 'compare';
          v_at := v_found;
        ELSIF e.expected = v_version OR e.expected = -1 OR (e.expected = -2 AND v_version > 0) THEN
          v_mode := 'write';
          v_answer := concat('ok,', v_version + 1, ',', v_position + 1);
        ELSE
          v_mode := 'skip';
          v_answer := concat('version,', v_version);
        END IF;
      END IF;
      v_bases := v_bases || CASE WHEN v_mode = 'write' THEN v_version END;`

const WRITE = `
      IF v_archived > 0 THEN
        ${assertNotArchived('e.stream', 'e.id')}
      END IF;
      v_version := v_version + 1;
      v_position := v_position + 1;
      v_hash := ${eventHash('v_hash', TEXT)};
      INSERT INTO tranche_events VALUES (v_position, e.stream, v_version, e.id, e.type, e.schema, nullif(e.tranche, ''),
        e.time, v_now, e.epoch, e.data::json, nullif(e.metadata, '')::json, v_hash);
      INSERT INTO tranche_streams AS s (stream_id, version, position, hash, epoch)
        VALUES (e.stream, v_version, v_position, v_hash, e.epoch)
        ON CONFLICT (stream_id) DO UPDATE
          SET version = v_version, position = v_position, hash = v_hash, epoch = e.epoch;`

const COMPARE = `
      SELECT q.position INTO v_found FROM tranche_history q WHERE q.stream_id = e.stream AND q.version = v_at
        AND q.event_id = e.id AND q.type = e.type AND q.data::text = e.data;
      IF NOT FOUND THEN
        v_mode := 'skip';
        v_answer := CASE WHEN e.expected >= 0 THEN concat('version,', v_version) ELSE 'event,' END;
      ELSIF e.k = 1 THEN
        v_answer := concat('same,', v_at, ',', v_found, ',', v_found);
      ELSE
        v_answer := regexp_replace(v_answer, '[0-9]+$', v_found::text);
      END IF;
      v_at := v_at + 1;`

/** The same as {@link APPEND} group by group and event by event: some groups may be refused, or be there already. */
export const APPEND_EACH = `CREATE OR REPLACE FUNCTION tranche_append_each(${PARAMETERS})
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  e record; v_total integer := cardinality(p_offsets); v_position bigint; v_now bigint; v_start bigint; v_version bigint;
  v_hash bytea; v_epoch bigint; v_archived bigint; v_is_new boolean; v_mode text; v_at bigint; v_found bigint;
  v_answer text; v_answers text[] := '{}'; v_bases bigint[] := '{}';
BEGIN
  ${lockLog('v_total')}
  v_start := v_position;
  FOR e IN SELECT * FROM ${EVENTS} ORDER BY n
  LOOP
    IF e.k = 1 THEN
      v_answers := v_answers || v_answer;
      ${LOOK_UP}
      ${JUDGE}
    END IF;
    IF v_mode = 'write' THEN ${WRITE}
    ELSIF v_mode = 'compare' THEN ${COMPARE}
    END IF;
  END LOOP;
  IF v_position < v_start + v_total THEN
    UPDATE tranche_log SET position = v_position WHERE id = 1;
  END IF;
  IF v_position > v_start THEN
    ${project('v_bases', 'v_start + 1')}
    PERFORM ${notify('v_position')};
  END IF;
  RETURN array_to_string(v_answers || v_answer, ';');
END $$`
