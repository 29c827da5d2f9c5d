import type { RefusalReason } from '@tranchebook/adapters'

const CODES: readonly (readonly [RefusalReason, isPermanent: boolean, codes: readonly number[]])[] = [
  ['filter', true, [-4001, -4002, -4003, -4004, -4006, -4007, -4013, -4014, -4023, -4164, -5029]],
  ['max-quantity', true, [-4005]],
  ['price-band', false, [-4016, -4024, -4131]],
  ['margin', false, [-2019]],
  ['risk-limit', false, [-2027, -2028]],
  ['would-trigger', true, [-2021]],
  ['reduce-only', false, [-2022, -4118]],
  ['conflicting-order', false, [-4047, -4048, -4067, -4068, -4130]],
  ['duplicate-id', true, [-4116]],
  ['unknown-order', false, [-2011, -2013]],
  ['too-many-orders', false, [-2025, -4045]],
  ['position-mode', true, [-4061]],
  ['symbol-closed', true, [-4140]],
  ['not-filled', false, [-5021, -5022]],
  ['no-change', true, [-4046, -4059, -5027]],
]

/** What a code of the engine means to a caller. */
export interface RefusalMeaning {
  readonly reason: RefusalReason
  /** True when the same request would be refused again. */
  readonly isPermanent: boolean
}

/** The meaning of a code; those that are left are mistakes of the caller. */
export function meaningOf(code: number): RefusalMeaning {
  const row = CODES.find(([, , codes]) => codes.includes(code))
  return row === undefined ? { reason: 'invalid', isPermanent: true } : { reason: row[0], isPermanent: row[1] }
}
