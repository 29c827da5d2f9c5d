import {
  type BookEvent,
  changeConfig,
  ConfigError,
  formatConfig,
  type SymbolConfig,
  TranchebookError,
} from '@tranchebook/core'
import type { ActionPreview, ExpectedOrder } from '../api/action.js'
import type { SettingChange, SettingProblem } from '../api/settings-view.js'
import { giveTurn } from '../give-turn.js'
import type { ReadContext } from '../read/read-context.js'
import type { LiveAccount } from '../source/dashboard-source.js'
import { type Looking, precisionOf } from '../view/looking.js'
import { actionWords } from './action-words.js'
import { commandInput, liveAccountOf, lookForAction, symbolsOf } from './action-targets.js'
import type { Confirmations } from './confirmations.js'
import { expectedOrders } from './expected-orders.js'
import { foresee, type Foreseen, type Surroundings } from './foresee.js'
import type { ParsedAction, ParsedCommand } from './parse-action.js'
import { previewRepair } from './preview-repair.js'
import type { Unconfirmed } from './unconfirmed.js'

interface BookPreview {
  readonly orders: readonly ExpectedOrder[]
  readonly changes: readonly SettingChange[]
  readonly problems: readonly SettingProblem[]
}

const NOTHING: BookPreview = { orders: [], changes: [], problems: [] }

function problem(message: string, option = ''): BookPreview {
  return { ...NOTHING, problems: [{ option, message }] }
}

const SCENE: readonly BookEvent['type'][] = ['BookOpened', 'MarkObserved', 'EntryRefused', 'CommandRefused']

/** Refusals count where nothing else came of the command. */
function refusalsIn(events: readonly BookEvent[]): readonly SettingProblem[] {
  if (events.some(({ type }) => !SCENE.includes(type))) return []
  return events.flatMap((event) =>
    event.type === 'EntryRefused' || event.type === 'CommandRefused' ? [{ option: '', message: event.message }] : [],
  )
}

function settingChanges(before: SymbolConfig, after: SymbolConfig): readonly SettingChange[] {
  const [old, young] = [formatConfig(before), formatConfig(after)]
  return Object.keys(young).flatMap((option) => {
    const change = { option, before: old[option] ?? null, after: young[option] ?? null }
    return JSON.stringify(change.before) === JSON.stringify(change.after) ? [] : [change]
  })
}

function isFinding(value: unknown): value is { readonly path: string; readonly message: string } {
  return typeof value === 'object' && value !== null && 'path' in value && 'message' in value
}

function problemsOf({ details, message }: ConfigError): readonly SettingProblem[] {
  const { problems } = details
  if (!Array.isArray(problems)) return [{ option: '', message }]
  return problems.filter(isFinding).map((finding) => ({ option: finding.path, message: finding.message }))
}

function previewSettings({ config }: Looking, options: unknown, closingRules: readonly string[]): BookPreview {
  try {
    return { ...NOTHING, changes: settingChanges(config, changeConfig(config, options, { closingRules })) }
  } catch (error) {
    if (error instanceof ConfigError) return { ...NOTHING, problems: problemsOf(error) }
    throw error
  }
}

/** What is sent cannot be told where a closing rule of the bot's own decides it; that alone forbids nothing. */
function tryForesee(input: Parameters<typeof foresee>[0], looking: Looking, around: Surroundings): Foreseen | null {
  try {
    return foresee(input, looking, around)
  } catch (error) {
    if (error instanceof TranchebookError) return null
    throw error
  }
}

function previewIn(action: ParsedCommand, looking: Looking, around: Surroundings): BookPreview {
  const input = commandInput(action, looking, 'dashboard')
  if (typeof input === 'string') return problem(input)
  const settings =
    input.command === 'configure' ? previewSettings(looking, input.options, around.closingRules) : NOTHING
  if (settings.problems.length > 0) return settings
  if (input.command === 'configure' && settings.changes.length === 0) return problem('nothing would change')
  const foreseen = tryForesee(input, looking, around)
  if (foreseen === null) return settings
  const { book, events, consequences } = foreseen
  const orders = expectedOrders([...events, ...consequences], book, precisionOf(looking.instrument))
  return { ...settings, orders, problems: refusalsIn(events) }
}

async function previewCommand(context: ReadContext, action: ParsedCommand, live: LiveAccount): Promise<Unconfirmed> {
  const previews: BookPreview[] = []
  for (const symbol of symbolsOf(live, action)) {
    await giveTurn()
    const { looking, all } = await lookForAction(context, action.account, symbol)
    previews.push(previewIn(action, looking, { live, all, closingRules: context.source.closingRules }))
  }
  const problems = previews.flatMap((preview) => preview.problems)
  const isPossible = previews.some((preview) => preview.problems.length === 0)
  return {
    orders: previews.flatMap((preview) => preview.orders),
    changes: previews.flatMap((preview) => preview.changes),
    problems: isPossible ? [] : problems,
    repair: null,
  }
}

/** What an action would do, and the confirmation that lets it be done. Nothing happens. */
export async function previewAction(
  context: ReadContext,
  action: ParsedAction,
  confirmations: Confirmations,
): Promise<ActionPreview> {
  const live = liveAccountOf(context, action)
  const preview =
    action.type === 'repair'
      ? await previewRepair(context.source, live, action)
      : await previewCommand(context, action, live)
  const { token, expiresTime } = confirmations.give(action)
  const confirmation = preview.problems.length === 0 ? token : null
  return { says: actionWords(action), ...preview, confirmation, expiresTime }
}
