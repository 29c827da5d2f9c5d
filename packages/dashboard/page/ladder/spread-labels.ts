/** The room labels have. */
export interface LabelRoom {
  readonly top: number
  readonly bottom: number
  /** Least distance between two labels. */
  readonly gap: number
}

function pushDown(wanted: readonly number[], { top, gap }: LabelRoom): number[] {
  const placed: number[] = []
  for (const y of wanted) placed.push(Math.max(y, (placed.at(-1) ?? top - gap) + gap))
  return placed
}

function pushUp(placed: readonly number[], { bottom, gap }: LabelRoom): number[] {
  return pushDown(
    placed.toReversed().map((y) => -y),
    { top: -bottom, bottom: 0, gap },
  )
    .toReversed()
    .map((y) => -y)
}

/** Moves labels apart so that none covers another, each as near to its place as that allows. Same order in and out. */
export function spreadLabels(wanted: readonly number[], room: LabelRoom): readonly number[] {
  const order = wanted.map((_, index) => index).toSorted((one, other) => (wanted[one] ?? 0) - (wanted[other] ?? 0))
  const sorted = order.map((index) => wanted[index] ?? 0)
  const placed = pushUp(pushDown(sorted, room), room)
  const result = Array.from<number>({ length: wanted.length }).fill(0)
  for (const [rank, index] of order.entries()) result[index] = placed[rank] ?? 0
  return result
}

/** Which of some labels can be shown without covering another, the more important first. Same order in and out. */
export function chooseLabels(wanted: readonly number[], gap: number): readonly boolean[] {
  const shown: number[] = []
  return wanted.map((y) => {
    const fits = shown.every((other) => Math.abs(other - y) >= gap)
    if (fits) shown.push(y)
    return fits
  })
}
