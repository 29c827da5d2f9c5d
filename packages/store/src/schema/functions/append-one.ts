import { isArchived, lockLog, notify, project, unlockLog } from './append-parts.js'
import { eventHash, GENESIS, hashedText } from './event-hash.js'

const TEXT = hashedText({
  stream: 'p_stream',
  version: 'v_version',
  position: 'v_position',
  id: 'p_id',
  type: 'p_type',
  schema: 'p_schema',
  tranche: 'p_tranche',
  time: 'p_time',
  recorded: 'v_now',
  epoch: 'p_epoch',
  data: 'p_data',
  metadata: 'p_metadata',
})

/** The same as {@link APPEND} for one event at an exact version, in fewer steps. */
export const APPEND_ONE = `CREATE OR REPLACE FUNCTION tranche_append_one(p_stream text, p_expected bigint, p_epoch bigint,
  p_id text, p_type text, p_schema smallint, p_tranche text, p_time bigint, p_data json, p_metadata json, p_changes json)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_position bigint; v_now bigint; v_version bigint; v_hash bytea; v_epoch bigint; v_archived bigint;
BEGIN
  ${lockLog('1')}
  SELECT s.version, s.hash, s.archived_version, l.epoch INTO v_version, v_hash, v_archived, v_epoch
    FROM (VALUES (1)) AS one LEFT JOIN tranche_streams s ON s.stream_id = p_stream
    LEFT JOIN tranche_leases l ON l.scope = split_part(p_stream, '/', 1);
  IF p_expected <> coalesce(v_version, 0) OR v_epoch IS DISTINCT FROM p_epoch
    OR (v_archived > 0 AND ${isArchived('p_stream', 'p_id')})
  THEN
    ${unlockLog('1')}
    RETURN tranche_append_each(p_stream, ARRAY[p_expected], ARRAY[p_epoch], ARRAY[1], p_id, p_type, ARRAY[p_schema],
      coalesce(p_tranche, ''), ARRAY[p_time], p_data::text, coalesce(p_metadata::text, ''), p_changes);
  END IF;
  v_position := v_position + 1;
  v_version := p_expected + 1;
  v_hash := ${eventHash(`coalesce(v_hash, ${GENESIS})`, TEXT)};
  INSERT INTO tranche_events VALUES (v_position, p_stream, v_version, p_id, p_type, p_schema, p_tranche, p_time,
    v_now, p_epoch, p_data, p_metadata, v_hash);
  IF v_version = 1 THEN
    INSERT INTO tranche_streams VALUES (p_stream, v_version, v_position, v_hash);
  ELSE
    UPDATE tranche_streams SET version = v_version, position = v_position, hash = v_hash WHERE stream_id = p_stream;
  END IF;
  ${project('ARRAY[p_expected]')}
  ${notify('v_position')}
  RETURN concat('ok,', v_version, ',', v_position);
END $$`
