import { hashedText } from './event-hash.js'

/** Clock of the database, epoch ms. */
const NOW = `(extract(epoch FROM clock_timestamp()) * 1000)::bigint`

/**
 * Lock of the whole log, held until the commit: positions are given out in the order of commits, without gaps, and a
 * reader that has seen n will never see a later commit below n. Taken first by everything that writes.
 */
export const lockLog = (count: string): string => `
  UPDATE tranche_log SET position = position + ${count} WHERE id = 1
    RETURNING position - ${count}, ${NOW} INTO v_position, v_now;`

/** Gives positions back that nothing was written to. */
export const unlockLog = (count: string): string =>
  `UPDATE tranche_log SET position = position - ${count} WHERE id = 1;`

/** Keeps the position from which the projections are stale, where they are not stale already. */
const markStale = (position: string): string =>
  `INSERT INTO tranche_checkpoints VALUES ('stale projections', ${position}, NULL) ON CONFLICT DO NOTHING;`

/**
 * The projections change with the log. Should that fail, the events are recorded all the same, and the position from
 * which the projections are stale, `first` of the append, is kept: an event must not be lost because a table to query could not follow.
 * The JSON `null` in place of changes says that the writer has no projection: each of its appends sees to the mark, under the lock that a
 * rebuild takes, so none slips in unmarked behind a rebuild.
 */
export const project = (bases: string, first: string): string => `
    IF json_typeof(p_changes) = 'null' THEN
      ${markStale(first)}
    ELSIF p_changes IS NOT NULL THEN
      BEGIN
        PERFORM tranche_project(p_changes, ${bases});
      EXCEPTION WHEN OTHERS THEN
        ${markStale(first)}
        RAISE WARNING 'projections are stale from position %: %', ${first}, SQLERRM;
      END;
    END IF;`

/**
 * How appends plan: once for a connection, because planning takes longer than an append, and with look-ups by key only. Other
 * plans are cheaper on the small tables of a first day, and would be kept when these have grown.
 */
export const KEEP_PLANS = `SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off
  SET enable_mergejoin = off`

/** Wakes readers, once the transaction commits. An expression, empty as text: a statement of its own would cost more. */
export const notify = (position: string): string => `pg_notify('tranche_events', (${position})::text)`

/**
 * Events of several streams: a line of each text and an element of each array is an event. Texts need no quotes this way,
 * and the database takes them apart without reading them as JSON. An empty line is null. `p_offsets` counts the events of a
 * stream from 1.
 */
export const PARAMETERS = `p_streams text, p_expected bigint[], p_epochs bigint[], p_offsets integer[], p_ids text,
  p_types text, p_schemas smallint[], p_tranches text, p_times bigint[], p_data text, p_metadata text, p_changes json`

/** The parameters once more, to hand them on. */
export const ARGUMENTS = `p_streams, p_expected, p_epochs, p_offsets, p_ids, p_types, p_schemas, p_tranches, p_times,
      p_data, p_metadata, p_changes`

const lines = (name: string): string => `string_to_array(${name}, E'\\n')`

/** The parameters as rows, in their order `n`. */
export const EVENTS = `unnest(${lines('p_streams')}, p_expected, p_epochs, p_offsets, ${lines('p_ids')},
      ${lines('p_types')}, p_schemas, ${lines('p_tranches')}, p_times, ${lines('p_data')}, ${lines('p_metadata')})
      WITH ORDINALITY AS e(stream, expected, epoch, k, id, type, schema, tranche, time, data, metadata, n)`

/** Text that the hash of one of {@link EVENTS} covers, at a version and a position. */
export const hashedEvent = (version: string, position: string): string =>
  hashedText({
    stream: 'e.stream',
    version,
    position,
    id: 'e.id',
    type: 'e.type',
    schema: 'e.schema',
    tranche: 'e.tranche',
    time: 'e.time',
    recorded: 'v_now',
    epoch: 'e.epoch',
    data: 'e.data',
    metadata: 'e.metadata',
  })

/** Whether the archive has an id that is about to be recorded again. */
export const isArchived = (stream: string, id: string): string =>
  `EXISTS (SELECT FROM tranche_archive a WHERE a.stream_id = ${stream} AND a.event_id = ${id})`

/** Refuses an id that the archive has. */
export const assertNotArchived = (stream: string, id: string): string => `
    IF ${isArchived(stream, id)} THEN
      RAISE unique_violation USING MESSAGE = 'the archive has this event id already';
    END IF;`
