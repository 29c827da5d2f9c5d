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
    | 'tranche.entry'
    | 'tranche.note'
    | 'tranche.merge'
    | 'cost'
    | 'failed'
  readonly a: string
  readonly y: string
  readonly k: string
  readonly r: Readonly<Record<string, unknown>>
}

/** Turns an event into the changes of the projections that are written with it. */
export type Project<Event> = (stream: string, event: Event) => readonly Change[]
