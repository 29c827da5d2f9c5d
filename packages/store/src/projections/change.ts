/** Value of a column. */
export type ColumnValue = string | number | null | readonly string[]

/** One change to a projection: operation `o`, book `a`/`y`, key `k`, row `r`. Sent as it is. */
export interface Change {
  readonly o:
    | 'fill'
    | 'fill.fee'
    | 'order'
    | 'order.change'
    | 'order.fill'
    | 'tranche'
    | 'tranche.change'
    | 'tranche.note'
    | 'tranche.merge'
    | 'cost'
  readonly a: string
  readonly y: string
  readonly k: string
  readonly r: Readonly<Record<string, unknown>>
}
