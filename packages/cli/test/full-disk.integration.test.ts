import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { EXIT } from '../src/exit-codes.js'
import { BIN, buildBin } from './run-bin.js'

const TRADES = fileURLToPath(new URL('../../../examples/inputs/trades.csv', import.meta.url))
const place = mkdtempSync(join(tmpdir(), 'tranchebook-disk-'))
const PREPARE = {
  full: `mount -t tmpfs -o size=64k tmpfs "$0" && { head -c 65536 /dev/zero > "$0/fill" || true; }`,
  readonly: `mount -t tmpfs -o size=64k,ro tmpfs "$0"`,
}

/** Runs a script where a disk of its own is mounted; it ends with the script. */
function onDisk(
  disk: keyof typeof PREPARE,
  script: string,
  args: readonly string[] = [],
): { readonly code: number | null; readonly stdout: string; readonly stderr: string } {
  const words = ['-rm', 'sh', '-c', `${PREPARE[disk]}; cd "$0"; ${script}`, place, ...args]
  const { status: code, stdout, stderr } = spawnSync('unshare', words, { encoding: 'utf8' })
  return { code, stdout, stderr }
}

const canMount = onDisk('full', 'test -f fill').code === 0
if (!canMount)
  console.warn('SKIPPED: no disk can be mounted here; unshare -rm must be allowed, to test disks that are full')

beforeAll(buildBin)

afterAll(() => {
  rmSync(place, { recursive: true })
})

describe.skipIf(!canMount)('a command that writes', () => {
  const writing = [
    [['init'], /cannot write tranchebook.jsonc/],
    [['import', TRADES, '-o', 'day.jsonl'], /cannot write day.jsonl/],
    [['demo', '--headless', '--json', '--duration', '1', '--directory', '.'], /cannot write .*demo\.json/],
    [['db', 'migrate', '--directory', '.'], /does not open/],
  ] as const

  it.each(writing)('says so on a full disk, and leaves nothing: %j', (args, words) => {
    const { code, stdout, stderr } = onDisk('full', `${process.execPath} ${BIN} "$@"; code=$?; ls -A; exit $code`, args)
    expect([code, stderr]).toEqual([EXIT.badInput, expect.stringMatching(words) as unknown])
    expect(stderr).toMatch(/no space left on device/)
    expect(stdout.split('\n').filter((name) => !/^(?:fill|owner\..*)?$/.test(name))).toEqual([])
  })

  it.each(writing)('says so on a disk that may only be read: %j', (args, words) => {
    const { code, stderr } = onDisk('readonly', `exec ${process.execPath} ${BIN} "$@"`, args)
    expect([code, stderr]).toEqual([EXIT.badInput, expect.stringMatching(words) as unknown])
  })
})
