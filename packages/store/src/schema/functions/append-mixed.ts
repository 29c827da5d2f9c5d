import { EVENTS, hashedEvent, isArchived } from './append-parts.js'
import { GENESIS } from './event-hash.js'

const TEXT = hashedEvent('coalesce(s.version, 0) + e.k', 'v_position + e.n')

/** Appends groups of events by one statement, also to new streams, where each group can simply be appended; else nothing. */
export const APPEND_MIXED = `
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
      INTO v_answer, v_bases FROM fitting WHERE k = 1;`
