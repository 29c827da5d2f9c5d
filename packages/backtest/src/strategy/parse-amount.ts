import { InputError, type Money, parseMoney } from '@tranchebook/core'

/** An amount of quote above 0. @throws {InputError} `input.malformed`, naming the option */
export function parseAmount(option: string, text: string): Money {
  const amount = parseMoney(text)
  if (amount > 0n) return amount
  throw new InputError('input.malformed', `${option}: expected an amount above 0; got ${text}`)
}
