import type { RepairKind } from '@tranchebook/core'
import type { ParsedAction, ParsedCommand, ParsedRepair } from './parse-action.js'

function word(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '–'
}

function size({ quantity, price }: Readonly<Record<string, unknown>>): string {
  return `${quantity == null ? 'all' : word(quantity)} ${price == null ? 'at market' : `at ${word(price)}`}`
}

function names(value: unknown): string {
  return Array.isArray(value) ? value.map(word).join(', ') : word(value)
}

type Words = (fields: Readonly<Record<string, unknown>>, where: string) => string

const WORDS: Readonly<Record<ParsedCommand['fields']['command'], Words>> = {
  openTranche: (fields, where) => `Opens a ${word(fields['side'])} tranche of ${size(fields)} in ${where}`,
  addToTranche: (fields, where) => `Adds ${size(fields)} to ${word(fields['tranche'])} of ${where}`,
  closeTranche: (fields, where) => `Closes ${size(fields)} of ${word(fields['tranche'])} in ${where}`,
  closeGroup: ({ side }, where) => `Closes every ${word(side)} tranche of ${where} at market`,
  flatten: (_fields, where) => `Cancels entries and closes every tranche of ${where} at market`,
  mergeTranches: ({ tranches }, where) => `Makes one tranche of ${names(tranches)} in ${where}: it cannot be undone`,
  labelTranche: ({ tranche, label }, where) =>
    label === null
      ? `Takes the label from ${word(tranche)} of ${where}`
      : `Calls ${word(tranche)} of ${where} «${word(label)}»`,
  annotateTranche: ({ tranche }, where) => `Notes something about ${word(tranche)} of ${where}`,
  isolateTranche: ({ tranche }, where) =>
    `Isolates ${word(tranche)} of ${where}: it frees its slot and stays in every total`,
  releaseTranche: ({ tranche }, where) => `Counts ${word(tranche)} of ${where} as active again`,
  disownTranche: ({ tranche }, where) =>
    `Gives ${word(tranche)} of ${where} up without an order: what the venue holds of it is not ours any more, and driftPolicy ADOPT becomes ALERT`,
  moveStop: ({ tranche, price, force }, where) =>
    `Moves the stop of ${word(tranche)} in ${where} to ${word(price)}${force === true ? ', even against its favour' : ''}`,
  moveTakeProfit: ({ tranche, price }, where) =>
    price === null
      ? `Removes the target of ${word(tranche)} in ${where}`
      : `Moves the target of ${word(tranche)} in ${where} to ${word(price)}`,
  resolveConflict: (_fields, where) => `States that the conflict in ${where} is resolved: orders are sent again`,
  configure: ({ options }, where) =>
    `Changes ${typeof options === 'object' && options !== null ? Object.keys(options).join(', ') : 'nothing'} of ${where}; open tranches keep the percentages they were opened with`,
  pause: (_fields, where) => `No new entries in ${where}, those that rest are cancelled; protection goes on`,
  gracefulStop: (_fields, where) =>
    `No new entries in ${where}, those that rest are cancelled; what is open is finished`,
  killSwitch: (_fields, where) => `Cancels entries and closes everything in ${where} at market, with real orders`,
  resume: (_fields, where) => `Entries are allowed again in ${where}`,
}

const REPAIR_WORDS: Readonly<Record<RepairKind, (repair: ParsedRepair, where: string) => string>> = {
  protect: (_repair, where) => `Places the protection that ${where} lacks, and cancels what is too much of it`,
  adopt: (_repair, where) => `Opens tranches for what the venue holds beyond ${where}, and protects them`,
  reconcile: (_repair, where) =>
    `Compares ${where} with the venue and books what was missed; protection follows as it always does`,
  rollBack: ({ tranches }, where) =>
    `Gives ${tranches === null ? 'what was adopted' : names(tranches)} in ${where} up without an order: its protection is cancelled, the position stays, and driftPolicy becomes ALERT`,
  takeOver: (_repair, where) =>
    `Takes over what the venue holds in ${where}: tranches of the other side are given up, as an estimate, and one opens for its position`,
}

/** What an action does, in one sentence. */
export function actionWords(action: ParsedAction): string {
  const where = action.symbol ?? 'all books'
  if (action.type === 'repair') return REPAIR_WORDS[action.kind](action, where)
  return WORDS[action.fields.command](action.fields, where)
}
