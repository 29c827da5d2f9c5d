import { assertNotArchived, lockLog, notify, project, unlockLog } from './append-parts.js'
import { eventHash, hashedText } from './event-hash.js'

const TEXT = hashedText({
  stream: 'p_stream',
  version: 'p_expected + 1',
  position: 'v_position + 1',
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

/**
 * The same as {@link APPEND} for one event at an exact version of a stream that exists. The head answers at once whether
 * version and epoch are as expected; whatever is not simple goes to {@link APPEND_EACH}.
 */
export const APPEND_ONE = `CREATE OR REPLACE FUNCTION tranche_append_one(p_stream text, p_expected bigint, p_epoch bigint,
  p_id text, p_type text, p_schema smallint, p_tranche text, p_time bigint, p_data json, p_metadata json, p_changes json)
RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  v_position bigint; v_now bigint; v_hash bytea; v_archived bigint;
BEGIN
  ${lockLog('1')}
  UPDATE tranche_streams s SET version = p_expected + 1, position = v_position + 1,
    hash = ${eventHash('s.hash', TEXT)}
    WHERE s.stream_id = p_stream AND s.version = p_expected AND s.epoch IS NOT DISTINCT FROM p_epoch
    RETURNING s.hash, s.archived_version INTO v_hash, v_archived;
  IF v_hash IS NULL THEN
    ${unlockLog('1')}
    RETURN tranche_append_each(p_stream, ARRAY[p_expected], ARRAY[p_epoch], ARRAY[1], p_id, p_type, ARRAY[p_schema],
      coalesce(p_tranche, ''), ARRAY[p_time], p_data::text, coalesce(p_metadata::text, ''), p_changes);
  END IF;
  IF v_archived > 0 THEN
    ${assertNotArchived('p_stream', 'p_id')}
  END IF;
  INSERT INTO tranche_events VALUES (v_position + 1, p_stream, p_expected + 1, p_id, p_type, p_schema, p_tranche,
    p_time, v_now, p_epoch, p_data, p_metadata, v_hash);
  ${project('ARRAY[p_expected]', 'v_position + 1')}
  RETURN concat('ok,', p_expected + 1, ',', v_position + 1, ${notify('v_position + 1')});
END $$`
