const STEPS = [1, 2, 2.5, 5, 10]

/** Round values across a span, about as many as asked for. */
export function niceTicks(low: number, high: number, count: number): readonly number[] {
  if (!(high > low)) return [low]
  const rough = (high - low) / count
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * (STEPS.find((one) => one * power >= rough) ?? 10)
  const first = Math.ceil(low / step)
  const last = Math.floor(high / step)
  return Array.from({ length: last - first + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}

const TIME_STEPS_MS = [
  60_000, 300_000, 900_000, 1_800_000, 3_600_000, 7_200_000, 14_400_000, 21_600_000, 43_200_000, 86_400_000,
  172_800_000, 604_800_000, 2_592_000_000,
]

/** Round UTC times across a span, at most as many as asked for. */
export function timeTicks(from: number, to: number, count: number): readonly number[] {
  const step = TIME_STEPS_MS.find((one) => (to - from) / one <= count) ?? (to - from) / count
  const first = Math.ceil(from / step)
  const last = Math.floor(to / step)
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => (first + index) * step)
}
