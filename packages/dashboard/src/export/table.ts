/** A value of an exported table: text is exact, numbers are counts and epoch ms, `null` = unknown or none. */
export type Cell = string | number | boolean | null

/** A column of an exported table. Texts may hold what somebody typed; decimals never do. */
export interface Column {
  readonly name: string
  readonly type: 'text' | 'decimal' | 'time' | 'count' | 'flag'
}

/** A table that is written row by row, in the order of its columns. */
export interface Table {
  readonly columns: readonly Column[]
  readonly rows: AsyncIterable<readonly Cell[]>
}
