import { DOCS_URL } from '@tranchebook/core'
import { CommandFailure } from '../command-failure.js'
import { EXIT } from '../exit-codes.js'
import { unfaithfulIn } from './unfaithful-json.js'

/** JSON where it is JSON that parsing keeps as written: numbers, `true`, `null`, lists; any other word is a text. */
function valueOf(text: string): unknown {
  try {
    return unfaithfulIn(text).length === 0 ? (JSON.parse(text) as unknown) : text
  } catch {
    return text
  }
}

/** Options as `name=value`. @throws {CommandFailure} for a word without a name and an equals sign, or a name given twice */
export function parseAssignments(words: readonly string[]): Readonly<Record<string, unknown>> {
  const options = new Map<string, unknown>()
  for (const word of words) {
    const [, name = '', text = ''] = /^([A-Za-z]\w*)=(.*)$/s.exec(word) ?? []
    if (name === '' || options.has(name)) {
      const what = name === '' ? `${word} is not an option with a value` : `${name} is given twice`
      const advice = `${DOCS_URL}/configuration.md lists the options`
      throw new CommandFailure(
        { what, expected: `expected each option once, as name=value; got ${words.join(' ')}`, advice },
        { exitCode: EXIT.usage },
      )
    }
    options.set(name, valueOf(text))
  }
  return Object.fromEntries(options)
}
