import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BookEvent, upcast } from '@tranchebook/core'
import { openEmbeddedStore, recordEvents, type SqlStore } from '@tranchebook/store'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { watchBooks } from '../src/control/watch-books.js'
import { EXIT } from '../src/exit-codes.js'
import { readAndPlay } from '../src/run/read-and-play.js'
import { terminalOf } from '../src/terminal.js'
import { example } from './collect.js'
import { buildBin, runBin } from './run-bin.js'

const STREAM = 'main/BTCUSDT'
const SNAPSHOT_VERSION = 3

/** Works on an embedded store in this process. */
async function inStore<Result>(
  directory: string,
  work: (store: SqlStore<BookEvent>) => Promise<Result>,
): Promise<Result> {
  const store = await openEmbeddedStore({ directory, decode: upcast })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

/** Changes a byte of an event through the database, past the triggers that guard the log, as only its owner can. */
async function changeEvent(directory: string, version: number): Promise<void> {
  const event = events[version - 1]!
  await inStore(directory, async ({ db }) =>
    db.transaction().execute(async (transaction) => {
      const past = ['session_replication_role', 'replica'] as const
      await transaction
        .selectNoFrom((eb) => eb.fn('set_config', [eb.val(past[0]), eb.val(past[1]), eb.val(true)]).as('role'))
        .execute()
      const data = JSON.stringify({ ...event, time: event.time + 1 })
      await transaction.updateTable('tranche_events').set({ data }).where('version', '=', String(version)).execute()
    }),
  )
}

/** Changes a byte of an event in the file that holds it. */
async function changeFile(directory: string, version: number): Promise<void> {
  const needle = JSON.stringify(events[version - 1])
  const hits: string[] = []
  for (const entry of await readdir(join(directory, 'data', 'base'), { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const bytes = await readFile(file)
    const start = bytes.indexOf(needle)
    if (start < 0) continue
    bytes.writeUInt8(bytes.readUInt8(start + needle.length - 2) ^ 1, start + needle.length - 2)
    await writeFile(file, bytes)
    hits.push(file)
  }
  expect(hits).toHaveLength(1)
}

let home = ''
let events: readonly BookEvent[] = []
const place = (name: string): string => join(home, name)
const at = (name: string): readonly string[] => ['--directory', place(name)]

/** `whole` holds a played example; `older` is a copy of it from before its last event, as a backup would be. */
beforeAll(async () => {
  buildBin()
  home = await mkdtemp(join(tmpdir(), 'tranchebook-db-'))
  const { played } = await readAndPlay(example('guide-story'), {}, terminalOf())
  events = played.books[0]?.events ?? []
  const before = events.length - 1
  await inStore(place('whole'), async (store) => {
    await store.append(STREAM, recordEvents(events.slice(0, before), 0), { expected: 'none' })
    await store.saveSnapshot({ stream: STREAM, version: SNAPSHOT_VERSION, schema: 'test/1', state: '{}' })
  })
  await cp(place('whole'), place('older'), { recursive: true })
  await inStore(place('whole'), async (store) =>
    store.append(STREAM, recordEvents(events.slice(before), before), { expected: before }),
  )
})
afterAll(async () => {
  await rm(home, { recursive: true, force: true })
})

describe('tranchebook db', () => {
  it('migrate makes a database where none was, and leaves one that is current alone', () => {
    const absent = runBin(['db', 'verify', ...at('new')])
    expect([absent.code, absent.stdout]).toEqual([EXIT.badInput, ''])
    expect(absent.stderr).toContain('tranchebook: no database in ')
    const made = runBin(['db', 'migrate', ...at('new'), '--json'])
    expect([made.code, made.stderr]).toEqual([EXIT.fine, ''])
    expect(JSON.parse(made.stdout)).toMatchObject({ schema: 'tranchebook/db-migrate/1', isChanged: true })
    expect(runBin(['db', 'migrate', ...at('new')]).stdout).toMatch(/^schema 0006-left-out, as it was\n$/)
  })

  it('verify finds a log clean, also after the archive took events, by an anchor from before', () => {
    const anchor = place('anchor.json')
    expect(runBin(['db', 'anchor', ...at('whole'), '-o', anchor])).toEqual({ code: EXIT.fine, stdout: '', stderr: '' })
    const archived = runBin(['db', 'archive', STREAM, ...at('whole'), '--json'])
    expect(JSON.parse(archived.stdout)).toMatchObject({ stream: STREAM, version: SNAPSHOT_VERSION })
    const { code, stdout, stderr } = runBin(['db', 'verify', ...at('whole'), '--anchor', anchor])
    expect([code, stderr]).toEqual([EXIT.fine, ''])
    const stale = 'the tables to query do not follow the log since position 1: tranchebook db rebuild'
    expect(stdout).toBe(`clean: ${events.length} events of 1 streams read\n${stale}\n`)
    const older = runBin(['db', 'verify', ...at('older'), '--anchor', anchor])
    expect(older.code).toBe(EXIT.corrupt)
    expect(older.stdout).toMatch(/^corrupt: .*\nfirst older-than-anchor at position \d+/)
  })

  it('verify reads one account where that is said; one that is not there is not told clean', () => {
    const { code, stdout } = runBin(['db', 'verify', ...at('older'), '--account', 'main'])
    expect([code, stdout.split('\n')[0]]).toEqual([
      EXIT.fine,
      `clean: ${events.length - 1} events of 1 streams of account main read`,
    ])
    const unknown = runBin(['log', 'verify', ...at('older'), '--account', 'mian'])
    expect([unknown.code, unknown.stdout]).toEqual([EXIT.badInput, ''])
    expect(unknown.stderr).toContain('the log has no event of account mian\n  expected one of main; got mian')
  })

  it('verify names the event of which a byte was changed, exit 1', async () => {
    await cp(place('older'), place('changed'), { recursive: true })
    await changeEvent(place('changed'), 2)
    const { code, stdout } = runBin(['db', 'verify', ...at('changed'), '--json'])
    expect(code).toBe(EXIT.corrupt)
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 'tranchebook/db-verify/1',
      status: 'corrupt',
      exitCode: EXIT.corrupt,
      firstBad: { code: 'hash-differs', at: { position: 2, stream: STREAM, version: 2 } },
    })
  })

  it('a byte changed in a file makes the log unreadable, exit 2: the database refuses the page', async () => {
    await cp(place('older'), place('torn'), { recursive: true })
    await changeFile(place('torn'), 2)
    const { code, stdout } = runBin(['db', 'verify', ...at('torn')])
    expect(code).toBe(EXIT.badInput)
    expect(stdout).toMatch(
      /^unreadable: \d+ events of \d streams read\nfirst log-unreadable at position \d+: .*invalid page/,
    )
  })

  it('verify says of events that a newer program recorded that this one cannot read them, exit 2', async () => {
    await cp(place('older'), place('newer'), { recursive: true })
    const version = events.length
    const newer = { ...events[0]!, type: 'OfTomorrow' } as never
    await inStore(place('newer'), async (store) =>
      store.append(STREAM, [{ id: 'newer', event: newer }], { expected: version - 1 }),
    )
    const { code, stdout } = runBin(['db', 'verify', ...at('newer')])
    expect(code).toBe(EXIT.badInput)
    const found = `first event-undecodable at position ${version}, stream ${STREAM}, version ${version}, id newer, type OfTomorrow`
    expect(stdout).toContain(`unreadable: ${version} events of 1 streams read\n${found}`)
    expect(stdout).toContain('a newer program recorded these events, go on with that one')
  })

  it('rebuild writes the tables from the log', async () => {
    const tranches = async (): Promise<number> =>
      inStore(place('older'), async ({ db }) => (await db.selectFrom('tranches').selectAll().execute()).length)
    expect(await tranches()).toBe(0)
    const { code, stdout } = runBin(['db', 'rebuild', ...at('older')])
    expect([code, stdout]).toEqual([EXIT.fine, `tables written anew from ${events.length - 1} events\n`])
    expect(await tranches()).toBeGreaterThan(0)
    expect(runBin(['db', 'verify', ...at('older')]).stdout).toBe(
      `clean: ${events.length - 1} events of 1 streams read\n`,
    )
  })

  it('archive refuses what a restart would need', () => {
    const { code, stdout, stderr } = runBin(['db', 'archive', STREAM, ...at('older'), '--through', '4'])
    expect([code, stdout]).toEqual([EXIT.badInput, ''])
    expect(stderr).toContain('tranchebook: nothing was archived\n')
    expect(stderr).toContain('save a snapshot of version 4 or later first')
    const unknown = runBin(['db', 'archive', 'main/TYPO', ...at('older')])
    expect([unknown.code, unknown.stdout]).toEqual([EXIT.badInput, ''])
    expect(unknown.stderr).toContain(`no stream is called main/TYPO\n  expected one of ${STREAM}; got main/TYPO`)
  })

  it.each([
    [['db'], 'tranchebook db needs a command', 'see tranchebook db --help'],
    [['db', 'verfy'], 'unknown command verfy', 'did you mean verify?'],
    [['db', 'verify', '--jsn'], 'unknown option --jsn', 'see tranchebook db verify --help'],
    [['db', 'verify'], 'no database', 'say --database URL'],
    [['db', 'verify', '--database', 'here'], 'the database is not a URL', 'say --database URL'],
    [['db', 'verify', '--database', 'postgres://h/d', '--directory', 'x'], 'two databases', 'say --database URL'],
  ])('answers %j in three lines on stderr, exit 64', (args, what, advice) => {
    const { code, stdout, stderr } = runBin(args)
    expect([code, stdout]).toEqual([EXIT.usage, ''])
    const lines = stderr.trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toBe(`tranchebook: ${what}`)
    expect(lines[2]).toContain(advice)
  })

  it('says which server does not answer, without its password', () => {
    const { code, stderr } = runBin(['db', 'verify', '--database', 'postgres://me:secret@127.0.0.1:1/books'])
    expect(code).toBe(EXIT.badInput)
    expect(stderr).toContain('tranchebook: cannot use the database 127.0.0.1:1/books\n')
    expect(stderr).not.toContain('secret')
  })

  it('says of a directory that cannot be one, or is damaged, what it is; nobody is sent to a server', async () => {
    const file = place('file')
    await writeFile(file, '')
    const misplaced = runBin(['db', 'migrate', '--directory', file])
    await cp(place('older'), place('damaged'), { recursive: true })
    await rm(join(place('damaged'), 'data', 'global', 'pg_control'))
    const damaged = runBin(['db', 'verify', ...at('damaged')])
    for (const [ran, words] of [
      [misplaced, /file already exists[^]*store\.unavailable/],
      [damaged, /damaged[^]*restore a backup[^]*store\.directory\.damaged/],
    ] as const) {
      expect([ran.code, ran.stderr]).toEqual([EXIT.badInput, expect.stringMatching(words) as unknown])
      expect(ran.stderr).not.toContain('server')
    }
  })

  it('restored raises the epochs, and counts the accounts that had one', () => {
    const { code, stdout } = runBin(['db', 'restored', ...at('older'), '--json'])
    expect([code, JSON.parse(stdout)]).toEqual([EXIT.fine, { schema: 'tranchebook/db-restored/1', accounts: 0 }])
  })

  it('refuses a file that is no anchor', () => {
    const { code, stderr } = runBin(['db', 'verify', ...at('older'), '--anchor', example('guide-story')])
    expect(code).toBe(EXIT.badInput)
    expect(stderr).toContain('is not an anchor')
  })
})

describe('a log of which one book does not fold', () => {
  let other: readonly BookEvent[] = []
  beforeAll(async () => {
    other = JSON.parse(JSON.stringify(events).replaceAll('BTCUSDT', 'ETHUSDT')) as BookEvent[]
    await inStore(place('mixed'), async (store) => {
      const torn = events.filter((_, index) => index !== 1 && index !== 2)
      await store.append('main/BTCUSDT', recordEvents(torn, 0), { expected: 'none' })
      await store.append('main/ETHUSDT', recordEvents(other, 0), { expected: 'none' })
    })
  })

  it('is shown by tail, of one book and of all', () => {
    const one = runBin(['log', 'tail', 'main/BTCUSDT', ...at('mixed'), '--json', '-n', '1000'])
    expect([one.code, one.stderr]).toEqual([EXIT.fine, ''])
    expect(one.stdout.trimEnd().split('\n')).toHaveLength(events.length - 2)
    const all = runBin(['log', 'tail', ...at('mixed'), '--json', '-n', '5'])
    expect(
      all.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(
      other.slice(-5).map((event, index) => ({ stream: 'main/ETHUSDT', version: other.length - 4 + index, event })),
    )
    expect(runBin(['log', 'tail', 'main/NONE', ...at('mixed')]).stderr).toContain('no book of symbol NONE')
  })

  it('is named with its event by what has to fold it, and does not keep the other book from being shown', () => {
    const broken = runBin(['log', 'replay', 'main/BTCUSDT', ...at('mixed')])
    expect([broken.code, broken.stdout]).toEqual([EXIT.badInput, ''])
    expect(broken.stderr).toMatch(/^tranchebook: the log of main\/BTCUSDT does not fold: version \d+, \w+, id \S+\n/)
    const version = Number(/version (\d+)/.exec(broken.stderr)?.[1])
    const before = ['log', 'replay', 'main/BTCUSDT', ...at('mixed'), '--until', String(version - 1)]
    expect(runBin(before).code).toBe(EXIT.fine)
    expect(runBin(['log', 'replay', 'main/ETHUSDT', ...at('mixed')]).code).toBe(EXIT.fine)
    expect(runBin(['log', 'diff', 'main/ETHUSDT', ...at('mixed')]).code).toBe(EXIT.fine)
  })

  it('does not keep the other from being shown where all are asked for: it is named, exit 2', async () => {
    const asked = ['position', 'list', '--all', ...at('mixed')]
    const all = runBin(asked)
    expect(all.stdout).toContain('ETHUSDT')
    expect(all.stdout).not.toContain('BTCUSDT')
    expect(all.stderr).toContain('tranchebook: the log of main/BTCUSDT does not fold: version')
    expect(all.code).toBe(EXIT.badInput)
    expect(runBin([...asked, '--symbol', 'ETHUSDT'])).toEqual({ code: EXIT.fine, stdout: all.stdout, stderr: '' })

    const noted: string[] = []
    const terminal = { ...terminalOf(), note: (line: string) => noted.push(line) }
    await watchBooks({ directory: place('mixed') }, terminal, async (look) => {
      for (const _ of [1, 2]) expect((await look()).played).toMatchObject({ books: [{}], broken: [{ stream: STREAM }] })
    })
    expect(noted.filter((line) => line.includes('does not fold'))).toHaveLength(1)
  })

  it('of which one event is of a newer program is shown up to it, exit 2', async () => {
    await inStore(place('mixed'), async (store) => {
      const newer = { ...events[0]!, type: 'OfTomorrow' } as never
      await store.append('main/ETHUSDT', [{ id: 'newer', event: newer }], { expected: events.length })
    })
    const { code, stdout, stderr } = runBin(['log', 'tail', 'main/ETHUSDT', ...at('mixed'), '--json', '-n', '3'])
    expect(stdout.trimEnd().split('\n')).toHaveLength(2)
    expect(code).toBe(EXIT.badInput)
    expect(stderr).toContain('tranchebook: the log cannot be read to its end\n')
    expect(stderr).toContain('stream main/ETHUSDT')
    const all = runBin(['position', 'list', ...at('mixed'), '--json'])
    expect([all.code, all.stdout]).toEqual([EXIT.badInput, ''])
    expect(all.stderr.match(/^tranchebook: /gm)).toHaveLength(2)
  })
})

describe('tranchebook log export', () => {
  it('prints lines that replay folds to the state that was recorded', async () => {
    const whole = runBin(['log', 'export', ...at('whole')])
    expect([whole.code, whole.stderr]).toEqual([EXIT.fine, ''])
    const lines = whole.stdout.trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(
      events.map((event, index) => ({ stream: STREAM, version: index + 1, event })),
    )
    const unknown = runBin(['log', 'export', 'main/BTCUSD', ...at('whole')])
    expect([unknown.code, unknown.stdout]).toEqual([EXIT.badInput, ''])
    expect(unknown.stderr).toContain('tranchebook: no stream is called main/BTCUSD\n')
    expect(unknown.stderr).toContain(`did you mean ${STREAM}?`)
    const hashes = (stdout: string): unknown =>
      (JSON.parse(stdout) as { books: { stateHash: string }[] }).books.map(({ stateHash }) => stateHash)
    const replayed = runBin(['replay', '-', '--json'], whole.stdout)
    expect(hashes(replayed.stdout)).toEqual(hashes(runBin(['replay', example('guide-story'), '--json']).stdout))
    const file = place('log.jsonl')
    expect(runBin(['log', 'export', ...at('whole'), '-o', file]).code).toBe(EXIT.fine)
    expect(await readFile(file, 'utf8')).toBe(whole.stdout)
  })
})
