import type { Bounds, Option, OptionGroup, OptionTable } from '../src/config/option.js'
import { ACCOUNT_OPTIONS, FILE_OPTIONS, SYMBOL_OPTION_GROUPS } from '../src/config/option-table.js'
import { CLOSING_RULES } from '../src/config/symbol-config.js'

const code = (text: string): string => `\`${text}\``

function boundsText({ min, above, max, below }: Bounds): string {
  const lower = min === undefined ? (above === undefined ? '' : `> ${above}`) : `≥ ${min}`
  const upper = max === undefined ? (below === undefined ? '' : `< ${below}`) : `≤ ${max}`
  return [lower, upper].filter((text) => text !== '').join(', ')
}

function valuesText(option: Option): string {
  switch (option.kind) {
    case 'switch':
      return [code('true'), code('false')].join(', ')
    case 'choice':
      return option.choices.map(code).join(', ')
    case 'closingRule':
      return CLOSING_RULES.map(code).join(', ')
    case 'name':
      return option.letters
    case 'levels':
      return `up to ${option.maxLevels} levels`
    case 'whole':
      return `whole, ${boundsText(option.bounds)}`
    default:
      return boundsText(option.bounds)
  }
}

function defaultText(option: Option): string {
  if (option.kind !== 'levels') return code(String(option.default))
  return option.default.map(({ profitPercent, closePercent }) => `${profitPercent} → ${closePercent}`).join(', ')
}

function row([name, option]: [string, Option]): readonly string[] {
  const none = option.whenNull === undefined ? '' : ` ${code('null')}: ${option.whenNull}.`
  const unit = 'unit' in option ? option.unit : ''
  return [code(name), valuesText(option), defaultText(option), unit, `${option.meaning}${none}`]
}

function tableText(options: OptionTable): string {
  const rows = [['option', 'values', 'default', 'unit', 'meaning'], ...Object.entries(options).map(row)]
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)))
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [head = [], ...body] = rows
  return [line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join('\n')
}

const GROUPS: readonly OptionGroup[] = [
  { title: 'At the top of the file', options: FILE_OPTIONS },
  { title: 'Account-wide: `limits`', options: ACCOUNT_OPTIONS },
  ...SYMBOL_OPTION_GROUPS,
]

/** Where the generated part of the configuration page begins and ends. */
export const TABLES_BEGIN = '<!-- option tables: written by scripts/write-config-docs.js -->'
export const TABLES_END = '<!-- end of the option tables -->'

/** Every option as Markdown tables, one for each theme, in the form the formatter leaves alone. */
export function configTables(): string {
  return GROUPS.map(({ title, options }) => `### ${title}\n\n${tableText(options)}`).join('\n\n')
}
