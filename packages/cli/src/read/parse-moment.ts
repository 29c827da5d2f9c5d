import { InvalidArgumentError } from 'commander'

const MOMENT = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:\d\d)?)?$/

/** A time as epoch ms, from ms or from text such as `2025-10-10T18:00Z`; UTC where it does not say. @throws {InvalidArgumentError} */
export function parseMoment(text: string): number {
  const [, day = '', clock = '00:00', zone = 'Z'] = MOMENT.exec(text) ?? []
  const time = /^\d{10,}$/.test(text) ? Number(text) : Date.parse(`${day}T${clock}${zone}`)
  if (Number.isSafeInteger(time)) return time
  throw new InvalidArgumentError(`expected a time such as 2025-10-10T18:00Z or Unix milliseconds; got ${text}`)
}
