import { APPEND_APART } from './append-apart.js'
import { APPEND_MIXED } from './append-mixed.js'
import { ARGUMENTS, KEEP_PLANS, lockLog, notify, PARAMETERS, project, unlockLog } from './append-parts.js'
import { APPEND_RUN } from './append-run.js'

/**
 * Appends groups of events, one group per stream, all in one transaction, where all of them can simply be appended; else
 * {@link APPEND_EACH} does it. The expected version is -1 for any, -2 for exists. Answers per group, separated by `;`:
 * `ok,firstVersion,firstPosition`, `same,firstVersion,firstPosition,lastPosition`, `version,actual`, `event,` or
 * `fenced,epoch`. A refused group writes nothing and does not disturb the others.
 */
export const APPEND = `CREATE OR REPLACE FUNCTION tranche_append(${PARAMETERS})
RETURNS text LANGUAGE plpgsql ${KEEP_PLANS} AS $$
DECLARE
  v_total integer := cardinality(p_offsets); v_position bigint; v_now bigint; v_answer text; v_bases bigint[];
  v_stream text; v_hash bytea; v_archived bigint; v_written integer;
BEGIN
  ${lockLog('v_total')}
  IF p_offsets[v_total] = v_total THEN
    ${APPEND_RUN}
  ELSIF 1 = ALL (p_offsets) THEN
    ${APPEND_APART}
  END IF;
  IF v_answer IS NULL THEN
    ${APPEND_MIXED}
  END IF;
  IF v_answer IS NULL THEN
    ${unlockLog('v_total')}
    RETURN tranche_append_each(${ARGUMENTS});
  END IF;
  ${project('v_bases', 'v_position + 1')}
  RETURN concat(v_answer, ${notify('v_position + v_total')});
END $$`
