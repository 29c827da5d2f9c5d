import { figureText } from '@tranchebook/core'
import type { VersionStep } from '../../src/api/index.js'

type Change = VersionStep['changes'][number]

/** What a change is a change of, in words. */
export function subjectWords({ subject }: Change): string {
  switch (subject.type) {
    case 'book':
      return 'book'
    case 'group':
      return subject.side
    case 'tranche':
      return subject.tranche
    case 'order':
      return `order ${subject.clientOrderId}`
    case 'averageCost':
      return `average cost ${subject.positionSide}`
    case 'check':
      return `venue ${subject.positionSide}`
  }
}

/** A value of a field: decimals spaced, nothing as a dash. */
export function valueWords(value: Change['before']): string {
  if (value === null) return '–'
  if (typeof value === 'string' && /^-?\d{1,20}(\.\d{1,24})?$/.test(value)) return figureText(value)
  return String(value)
}
