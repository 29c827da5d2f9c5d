/** SQL expressions for the fields of an event that a hash covers; `tranche`, `epoch` and `metadata` may be null. */
export interface HashedFields {
  readonly stream: string
  readonly version: string
  readonly position: string
  readonly id: string
  readonly type: string
  readonly schema: string
  readonly tranche: string
  readonly time: string
  readonly recorded: string
  readonly epoch: string
  readonly data: string
  readonly metadata: string
}

/** Hash before the first event of every stream. */
export const GENESIS = `decode(repeat('00', 32), 'hex')`

/**
 * Text a hash covers, after the hash before it. Fields are separated by line feeds, which no field can hold: names are
 * checked on the way in, and JSON text escapes them.
 */
export const hashedText = (of: HashedFields): string => `concat_ws(E'\\n', ${of.stream}, ${of.version}, ${of.position},
        ${of.id}, ${of.type}, ${of.schema}, coalesce(${of.tranche}, ''), ${of.time}, ${of.recorded},
        coalesce(${of.epoch}::text, ''), ${of.data}::text, coalesce(${of.metadata}::text, ''))`

/** Hash of an event, given the hash before it in its stream. */
export const eventHash = (before: string, text: string): string => `sha256(${before} || convert_to(${text}, 'UTF8'))`

const CHAIN_STEP = `CREATE OR REPLACE FUNCTION tranche_chain_step(p_hash bytea, p_before bytea, p_text text)
RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  RETURN ${eventHash('coalesce(p_hash, p_before)', 'p_text')};
END $$`

/** Hashes of several events of a stream, each over the one before; the first one over `p_before`. */
const CHAIN = `CREATE OR REPLACE AGGREGATE tranche_chain(p_before bytea, p_text text) (SFUNC = tranche_chain_step, STYPE = bytea)`

/** What computes chains of hashes. */
export const HASH_CHAIN: readonly string[] = [CHAIN_STEP, CHAIN]
