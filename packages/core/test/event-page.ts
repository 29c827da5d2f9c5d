import { readFileSync } from 'node:fs'
import { type EventDocs } from './event-docs/event-doc.js'
import { FILL_DOCS } from './event-docs/fill-docs.js'
import { ORDER_DOCS } from './event-docs/order-docs.js'
import { RULE_DOCS } from './event-docs/rule-docs.js'
import { TRANCHE_DOCS } from './event-docs/tranche-docs.js'
import { VENUE_DOCS } from './event-docs/venue-docs.js'
import type { EventType } from '../src/book/events.js'

interface Family {
  readonly title: string
  readonly docs: Partial<EventDocs<EventType>>
}

/** Every event once; the compiler asks for one that is missing. */
const ALL = { ...RULE_DOCS, ...FILL_DOCS, ...TRANCHE_DOCS, ...ORDER_DOCS, ...VENUE_DOCS } satisfies EventDocs<EventType>

const FAMILIES: readonly Family[] = [
  { title: 'The book and its rules', docs: RULE_DOCS },
  { title: 'Fills, funding, prices', docs: FILL_DOCS },
  { title: 'Tranches', docs: TRANCHE_DOCS },
  { title: 'Orders', docs: ORDER_DOCS },
  { title: 'The venue', docs: VENUE_DOCS },
]

type Stored = Readonly<Record<string, unknown>>

const FIXTURES = ['v1.json', 'v1-repair.json', 'v2-refusal.json', 'v2-cancel-refusal.json'].map(
  (name) => new URL(`../src/replay/upcast/fixtures/${name}`, import.meta.url),
)

function storedEvents(): readonly Stored[] {
  return FIXTURES.flatMap((fixture) => JSON.parse(readFileSync(fixture, 'utf8')) as readonly Stored[])
}

/** The event of that type that fills the most fields: an example shows more than `null`. */
function exampleOf(type: string, events: readonly Stored[]): Stored {
  const filled = (event: Stored): number => Object.values(event).filter((value) => value !== null).length
  const [example] = events
    .filter((event) => event['type'] === type)
    .toSorted((one, other) => filled(other) - filled(one))
  if (example === undefined) throw new Error(`the frozen log holds no ${type}: add one to a new fixture`)
  return example
}

function exampleText(event: Stored): string {
  const lines = Object.entries(event).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`)
  return `\`\`\`text\n{\n${lines.join(',\n')}\n}\n\`\`\``
}

function tableText(rows: readonly (readonly [string, string])[]): string {
  const all = [['field', 'meaning'] as const, ...rows]
  const widths = [0, 1].map((column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = line([]), ...body] = all.map(line)
  return [head, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body].join('\n')
}

function sectionText(type: EventType, events: readonly Stored[]): string {
  const { meaning, when, fields } = ALL[type]
  const rows = Object.entries<string>(fields).map(([name, text]) => [`\`${name}\``, text] as const)
  return [
    `### ${type}`,
    meaning,
    `Recorded when: ${when}.`,
    tableText(rows),
    exampleText(exampleOf(type, events)),
  ].join('\n\n')
}

function typesOf({ docs }: Family): readonly EventType[] {
  return Object.keys(docs) as EventType[]
}

function overview(): string {
  return FAMILIES.map((family) => `- **${family.title}**: ${typesOf(family).map(linkText).join(', ')}`).join('\n')
}

function linkText(type: EventType): string {
  return `[${type}](#${type.toLowerCase()})`
}

/** Where the generated part of the page on events begins and ends. */
export const EVENTS_BEGIN = '<!-- events: written by scripts/write-event-docs.js -->'
export const EVENTS_END = '<!-- end of the events -->'

/** Every event with its fields and an example as it is stored, in the form the formatter leaves alone. */
export function eventSections(): string {
  const events = storedEvents()
  const sections = FAMILIES.map((family) =>
    [`## ${family.title}`, ...typesOf(family).map((type) => sectionText(type, events))].join('\n\n'),
  )
  return [overview(), ...sections].join('\n\n')
}
