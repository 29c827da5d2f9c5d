import { type Kysely, sql } from 'kysely'
import type { StoreTables } from '../src/schema/tables.js'

const COLUMNS = `SELECT format('%s.%s %s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
    CASE WHEN a.attnotnull THEN ' not null' ELSE '' END) AS line
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
    AND NOT c.relispartition
  ORDER BY c.relname, a.attnum`

const INDEXES = `SELECT 'index ' || regexp_replace(indexdef, ' USING btree', '') AS line FROM pg_indexes
  WHERE schemaname = 'public' AND tablename !~ '_[0-9]$' ORDER BY 1`

const TRIGGERS = `SELECT format('trigger %s on %s', tgname, tgrelid::regclass) AS line FROM pg_trigger
  WHERE NOT tgisinternal AND tgrelid::regclass::text !~ '_[0-9]$' ORDER BY 1`

const FUNCTIONS = `SELECT concat_ws(' ', format('function %s(%s)', proname, pg_get_function_arguments(oid)), md5(prosrc),
    array_to_string(proconfig, ' ')) AS line
  FROM pg_proc WHERE pronamespace = 'public'::regnamespace ORDER BY 1`

const PARTITIONS = `SELECT format('partition %s of %s', inhrelid::regclass, inhparent::regclass) AS line FROM pg_inherits
  WHERE inhrelid::regclass::text !~ '_(id|position|pkey)' AND inhparent::regclass::text = 'tranche_events' ORDER BY 1`

/** Tables, indexes, triggers, functions and partitions of a database, one line each. */
export async function describeSchema(db: Kysely<StoreTables>): Promise<string> {
  const lines: string[] = []
  for (const query of [COLUMNS, INDEXES, TRIGGERS, FUNCTIONS, PARTITIONS]) {
    const { rows } = await sql.raw<{ line: string }>(query).execute(db)
    lines.push(...rows.map(({ line }) => line))
  }
  return `${lines.join('\n')}\n`
}
