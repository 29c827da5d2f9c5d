import type { WriteResult } from '../venue/write-result.js'

/** Which items may share a request. */
export interface BatchRule<Item> {
  readonly most: number
  readonly fits: (item: Item, other: Item) => boolean
}

/** Items that share a request, in the order in which they came. */
export function groupBatches<Item>(
  items: readonly Item[],
  { most, fits }: BatchRule<Item>,
): readonly (readonly Item[])[] {
  const batches: Item[][] = []
  for (const item of items) {
    const open = batches.find((batch) => batch.length < most && batch.every((other) => fits(item, other)))
    if (open === undefined) batches.push([item])
    else open.push(item)
  }
  return batches
}

const NOT_NAMED: WriteResult = {
  outcome: 'unknown',
  code: null,
  message: 'the batch answered nothing about this order',
}

/** Sends batches side by side. What each item came to; an item that the answer leaves out is in doubt. */
export async function sendBatches<Item>(
  batches: readonly (readonly Item[])[],
  send: (batch: readonly Item[]) => Promise<readonly WriteResult[]>,
): Promise<ReadonlyMap<Item, WriteResult>> {
  const answers = await Promise.all(batches.map(send))
  return new Map(
    batches.flatMap((batch, at) => batch.map((item, index) => [item, answers[at]?.[index] ?? NOT_NAMED] as const)),
  )
}

/** Results in the order of the items. */
export function inOrderOf<Item>(
  items: readonly Item[],
  results: ReadonlyMap<Item, WriteResult>,
): readonly WriteResult[] {
  return items.map((item) => results.get(item) ?? NOT_NAMED)
}
