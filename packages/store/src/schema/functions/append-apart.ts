import { EVENTS, hashedEvent, isArchived } from './append-parts.js'
import { eventHash } from './event-hash.js'

const HASH = eventHash('s.hash', hashedEvent('e.expected + 1', 'v_position + e.n'))

/** State in which a batch is taken back, to be appended another way. */
const NOT_SIMPLE = 'TB002'

/**
 * Appends events of which each goes to a stream of its own at an exact version, what many books at once give: the heads
 * move first and hand on their old hashes, so nothing is sorted and no head is looked up twice. Where not all heads are as
 * expected, nothing has happened.
 */
export const APPEND_APART = `
    BEGIN
      WITH moved AS (
        UPDATE tranche_streams s SET version = e.expected + 1, position = v_position + e.n, hash = ${HASH}
          FROM ${EVENTS}
          WHERE s.stream_id = e.stream AND s.version = e.expected AND s.epoch IS NOT DISTINCT FROM e.epoch
            AND (s.archived_version = 0 OR NOT ${isArchived('e.stream', 'e.id')})
          RETURNING e.*, s.hash
      )
      INSERT INTO tranche_events SELECT v_position + n, stream, expected + 1, id, type, schema, nullif(tranche, ''), time,
        v_now, epoch, data::json, nullif(metadata, '')::json, hash FROM moved;
      GET DIAGNOSTICS v_written = ROW_COUNT;
      IF v_written < v_total THEN RAISE SQLSTATE '${NOT_SIMPLE}'; END IF;
      SELECT string_agg(concat('ok,', x.expected + 1, ',', v_position + x.n), ';' ORDER BY x.n) INTO v_answer
        FROM unnest(p_expected) WITH ORDINALITY AS x(expected, n);
      v_bases := p_expected;
    EXCEPTION WHEN SQLSTATE '${NOT_SIMPLE}' THEN
      NULL;
    END;`
