import type { Random } from '@tranchebook/simulator'
import type { World } from '../world/world.js'

/** Something that happens to a world, and how often in relation to others. */
export interface Act {
  readonly name: string
  readonly weight: number
  readonly run: (world: World) => void
}

/** One of them, by weight. */
export function drawAct(random: Random, acts: readonly Act[]): Act {
  let left = random.next(acts.reduce((sum, { weight }) => sum + weight, 0))
  for (const act of acts) {
    if (left < act.weight) return act
    left -= act.weight
  }
  throw new RangeError('expected acts with weights above 0')
}

/** The symbol that the next thing happens to. */
export function drawSymbol({ random, circumstances }: World): string {
  return circumstances.symbols[random.next(circumstances.symbols.length)] ?? 'BTCUSDT'
}
