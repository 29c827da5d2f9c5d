import type { BookEvent } from '@tranchebook/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { EXIT } from '../src/exit-codes.js'
import { readAndPlay } from '../src/run/read-and-play.js'
import { terminalOf } from '../src/terminal.js'
import { example, line, runMain, writeFiles } from './collect.js'

function linesOf(symbol: string, events: readonly BookEvent[]): string {
  return events.map((event) => line({ stream: `main/${symbol}`, event }).replaceAll('BTCUSDT', symbol)).join('\n')
}

let file = ''
let hopeless = ''

beforeAll(async () => {
  const { played } = await readAndPlay(example('guide-story'), {}, terminalOf())
  const events = played.books[0]?.events ?? []
  const torn = linesOf('BTCUSDT', [...events.slice(0, 1), ...events.slice(3)])
  const newer = linesOf('SOLUSDT', [events[0]!, { ...events[1]!, type: 'OfTomorrow' } as never])
  const paths = await writeFiles({ file: [torn, newer, linesOf('ETHUSDT', events)].join('\n'), hopeless: torn })
  file = paths['file'] ?? ''
  hopeless = paths['hopeless'] ?? ''
})

describe('books of a log that do not fold', () => {
  const all = [
    ['position', 'list', '--all', '--file'],
    ['tranche', 'list', '--all', '--file'],
    ['tranche', 'show', 'T1', '--file'],
    ['report', '--file'],
    ['log', 'replay', '--file'],
    ['log', 'replay', '--again', '--file'],
    ['log', 'explain', 'T1', '--file'],
    ['log', 'tail', '--file'],
    ['replay'],
  ]

  it.each(all.map((args) => [args.join(' '), args] as const))(
    'are named by `%s`, which shows the others, exit 2',
    async (_, args) => {
      const { exitCode, stdout, stderr } = await runMain([...args, file])
      expect(stderr).toMatch(/^tranchebook: the log of main\/BTCUSDT does not fold: line \d+\n/m)
      expect(stderr).toMatch(/^tranchebook: the log of main\/SOLUSDT does not fold: line \d+\n/m)
      expect(stdout).not.toBe('')
      expect(stdout).not.toMatch(/SOLUSDT|BTCUSDT(?!\))/)
      expect(exitCode).toBe(EXIT.badInput)
    },
  )

  it('are named again by `position watch` below what it shows', async () => {
    const { exitCode, stdout } = await runMain(['position', 'watch', '--file', file])
    expect(stdout).toMatch(
      /^no position is open\nNOT SHOWN: the log of main\/BTCUSDT does not fold: line \d+\nNOT SHOWN: /,
    )
    expect(exitCode).toBe(EXIT.badInput)
  })

  it('do not concern a question about another one', async () => {
    for (const args of [
      ['position', 'list', '--all', '--symbol', 'ETHUSDT', '--file', file],
      ['log', 'replay', 'main/ETHUSDT', '--file', file],
      ['log', 'diff', 'main/ETHUSDT', '--file', file],
      ['explain', file, 'T1', '--symbol', 'ETHUSDT'],
    ])
      expect(await runMain(args)).toMatchObject({ exitCode: EXIT.fine, stderr: '' })
  })

  it('are all that is said where there is no other, and where one of them is asked for', async () => {
    for (const args of [
      ['replay', hopeless],
      ['position', 'show', 'BTCUSDT', '--file', file],
    ]) {
      const { exitCode, stdout, stderr } = await runMain(args)
      expect([exitCode, stdout]).toEqual([EXIT.badInput, ''])
      expect(stderr.match(/^tranchebook: the log of main\/BTCUSDT does not fold/gm)).toHaveLength(1)
    }
    const none = await runMain(['position', 'show', 'SOLUSD', '--file', file])
    expect(none.stderr).toContain('did you mean SOLUSDT?')
  })
})
