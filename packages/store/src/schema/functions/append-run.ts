import { EVENTS, hashedEvent, isArchived } from './append-parts.js'

const TEXT = hashedEvent('e.expected + e.k', 'v_position + e.n')

/**
 * Appends events that all go to one stream at an exact version, what a decision of one book is: its head is looked up once,
 * the chain of hashes starts there. Where the head is another one, or the archive has an id, nothing has happened.
 */
export const APPEND_RUN = `
    v_stream := split_part(p_streams, E'\\n', 1);
    SELECT s.hash, s.archived_version INTO v_hash, v_archived FROM tranche_streams s
      WHERE s.stream_id = v_stream AND s.version = p_expected[1] AND s.epoch IS NOT DISTINCT FROM p_epochs[1];
    IF v_archived > 0 THEN
      SELECT v_hash INTO v_hash WHERE NOT EXISTS (SELECT FROM ${EVENTS} WHERE ${isArchived('v_stream', 'e.id')});
    END IF;
    IF v_hash IS NOT NULL THEN
      WITH written AS (
        INSERT INTO tranche_events SELECT v_position + e.n, e.stream, e.expected + e.k, e.id, e.type, e.schema,
          nullif(e.tranche, ''), e.time, v_now, e.epoch, e.data::json, nullif(e.metadata, '')::json,
          tranche_chain(v_hash, ${TEXT}) OVER (ORDER BY e.n ROWS UNBOUNDED PRECEDING)
          FROM ${EVENTS}
          RETURNING position, hash
      )
      SELECT w.hash INTO v_hash FROM written w WHERE w.position = v_position + v_total;
      UPDATE tranche_streams s SET version = p_expected[1] + v_total, position = v_position + v_total, hash = v_hash
        WHERE s.stream_id = v_stream;
      v_answer := concat('ok,', p_expected[1] + 1, ',', v_position + 1);
      v_bases := ARRAY[p_expected[1]];
    END IF;`
