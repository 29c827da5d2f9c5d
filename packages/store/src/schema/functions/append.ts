import {
  ARGUMENTS,
  EVENTS,
  hashedEvent,
  isArchived,
  lockLog,
  notify,
  PARAMETERS,
  project,
  unlockLog,
} from './append-parts.js'
import { GENESIS } from './event-hash.js'

const TEXT = hashedEvent('coalesce(s.version, 0) + e.k', 'v_position + e.n')

/**
 * Appends groups of events, one group per stream, all in one transaction and by one statement, where all of them can
 * simply be appended; else {@link APPEND_EACH} does it. The expected version is -1 for any, -2 for exists. Answers per
 * group, separated by `;`: `ok,firstVersion,firstPosition`, `same,firstVersion,firstPosition,lastPosition`,
 * `version,actual`, `event,` or `fenced,epoch`. A refused group writes nothing and does not disturb the others.
 */
export const APPEND = `CREATE OR REPLACE FUNCTION tranche_append(${PARAMETERS})
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_total integer := cardinality(p_offsets); v_position bigint; v_now bigint; v_answer text; v_bases bigint[];
BEGIN
  ${lockLog('v_total')}
  WITH w AS MATERIALIZED (
    SELECT e.*, coalesce(s.version, 0) AS base,
      tranche_chain(coalesce(s.hash, ${GENESIS}), ${TEXT})
        OVER (PARTITION BY e.stream ORDER BY e.n ROWS UNBOUNDED PRECEDING) AS hash,
      l.epoch IS NOT DISTINCT FROM e.epoch AND CASE WHEN e.expected >= 0 THEN e.expected = coalesce(s.version, 0)
        ELSE e.expected = -1 AND s.version IS NULL END
        AND (coalesce(s.archived_version, 0) = 0 OR NOT ${isArchived('e.stream', 'e.id')}) AS fits
    FROM ${EVENTS}
    LEFT JOIN tranche_streams s ON s.stream_id = e.stream
    LEFT JOIN tranche_leases l ON l.scope = split_part(e.stream, '/', 1)
  ), fitting AS MATERIALIZED (
    SELECT * FROM w WHERE (SELECT bool_and(w.fits) FROM w)
  ), written AS (
    INSERT INTO tranche_events SELECT v_position + n, stream, base + k, id, type, schema, nullif(tranche, ''), time, v_now,
      epoch, data::json, nullif(metadata, '')::json, hash FROM fitting
  ), moved AS (
    INSERT INTO tranche_streams AS s (stream_id, version, position, hash, epoch)
      SELECT DISTINCT ON (stream) stream, base + k, v_position + n, hash, epoch FROM fitting ORDER BY stream, n DESC
      ON CONFLICT (stream_id) DO UPDATE
        SET version = excluded.version, position = excluded.position, hash = excluded.hash, epoch = excluded.epoch
  )
  SELECT string_agg(concat('ok,', base + 1, ',', v_position + n), ';' ORDER BY n), array_agg(base ORDER BY n)
    INTO v_answer, v_bases FROM fitting WHERE k = 1;
  IF v_answer IS NULL THEN
    ${unlockLog('v_total')}
    RETURN tranche_append_each(${ARGUMENTS});
  END IF;
  v_position := v_position + v_total;
  ${project('v_bases')}
  ${notify('v_position')}
  RETURN v_answer;
END $$`
