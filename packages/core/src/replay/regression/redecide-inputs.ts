import { streamOf } from '../../book/book.js'
import type { BookEvent } from '../../book/events.js'
import type { Input } from '../../observe/inputs.js'
import { identityOf } from '../replay-events.js'
import { type RunOptions, runInputs } from '../run-inputs.js'
import { firstDifference } from './compare-events.js'
import type { LogRegression } from './regression-report.js'

function countDecisions(events: readonly BookEvent[]): number {
  return events.filter((event, index) => event.causationId !== events[index - 1]?.causationId).length
}

/**
 * Decides recorded inputs again with today's code and compares with what was recorded, log by log. After the first difference of
 * a book its state is another, so each log names one difference at most. A log without a book in the inputs differs from its start.
 *
 * @throws {InvariantError} `log.no-beginning`
 */
export function redecideInputs(
  inputs: Iterable<Input>,
  logs: readonly (readonly BookEvent[])[],
  options: RunOptions,
): readonly LogRegression[] {
  const { books } = runInputs(inputs, options)
  return logs.map((recorded) => {
    const stream = streamOf(identityOf(recorded[0]))
    const events = books.find(({ book }) => streamOf(book) === stream)?.events ?? []
    const difference = firstDifference(recorded, events)
    const differences = difference === null ? [] : [difference]
    return { stream, events: recorded.length, decisions: countDecisions(recorded), differences, notRebuilt: [] }
  })
}
