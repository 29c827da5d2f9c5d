import { BUGS } from '../canary/bugs.js'
import { type BugResult, runBug } from '../canary/run-bug.js'
import { type Range, type RangeResult, runRange } from './run-range.js'

/** What the program that started this one asks for. */
export type SimTask =
  | { readonly type: 'listBugs' }
  | { readonly type: 'seeds'; readonly range: Range }
  | { readonly type: 'bug'; readonly name: string; readonly from: number; readonly seeds: number }

/** What it is told. */
export type SimAnswer =
  | { readonly type: 'bugs'; readonly names: readonly string[] }
  | { readonly type: 'seeds'; readonly result: RangeResult }
  | { readonly type: 'bug'; readonly result: BugResult }
  | { readonly type: 'failed'; readonly message: string }

async function answer(task: SimTask): Promise<SimAnswer> {
  switch (task.type) {
    case 'listBugs':
      return { type: 'bugs', names: BUGS.map(({ name }) => name) }
    case 'seeds':
      // Faults are thrown by the thousand, and where they were thrown nobody asks but the reader of a story.
      if (!task.range.isTold) Error.stackTraceLimit = 0
      return { type: 'seeds', result: await runRange(task.range) }
    case 'bug':
      return { type: 'bug', result: await runBug(task) }
  }
}

/** One task after the other, for whoever has forked this program. */
process.on('message', (task: SimTask) => {
  answer(task).then(
    (said) => process.send?.(said),
    (error: unknown) =>
      process.send?.({ type: 'failed', message: error instanceof Error ? error.stack : String(error) }),
  )
})
