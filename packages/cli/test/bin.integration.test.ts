import { spawn, spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { DOCS_URL } from '@tranchebook/core'
import { beforeAll, describe, expect, it } from 'vitest'
import { EXIT } from '../src/exit-codes.js'
import { example, line, writeFiles } from './collect.js'
import { BIN, buildBin, runBin as run } from './run-bin.js'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** Reads one line of what a command prints, then closes the pipe on it. */
async function readOneLine(
  args: readonly string[],
): Promise<{ readonly code: number | null; readonly stderr: string }> {
  const child = spawn(process.execPath, [BIN, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdout.once('data', () => child.stdout.destroy())
  const code = await new Promise<number | null>((resolve) => {
    child.once('close', resolve)
  })
  return { code, stderr }
}

beforeAll(buildBin)

describe('tranchebook', () => {
  it('shows examples first, then usage, then exit codes, on stdout', () => {
    for (const args of [[], ['--help'], ['-h']]) {
      const { code, stdout, stderr } = run(args)
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toMatch(/^Examples:\n {2}tranchebook demo [\s\S]*\nUsage: tranchebook[\s\S]*Exit codes: 0 /)
    }
    const shown = ['position', 'tranche', 'report', 'protect', 'doctor', 'completion']
    for (const command of [...shown, 'replay', 'explain', 'what-if', 'import', 'db', 'log'])
      expect(run([command, '--help']).stdout).toMatch(
        new RegExp(`^Examples:\\n {2}tranchebook ${command} [\\s\\S]*Usage: tranchebook ${command}`),
      )
  })

  it.each([[[]], [['replay']], [['db', 'verify']]])('says with the help of %j where the pages are', (command) => {
    expect(run([...command, '--help']).stdout).toMatch(new RegExp(`\nPages .* are at ${DOCS_URL}/\n$`))
  })

  it.each([[['replay']], [['db', 'verify']], [['log', 'export']], [['position', 'list']], [['verify-protection']]])(
    'shows help of %j without loading the core',
    (command) => {
      // Loading any package of ours throws here: help must come without.
      const probe = `import { register } from 'node:module'
      register('data:text/javascript,' + encodeURIComponent(
        'export const resolve = (name, context, next) => { if (name.startsWith("@tranchebook/")) throw new Error("loaded " + name); return next(name, context) }'))
      const { main } = await import(process.argv[1])
      process.exitCode = await main(process.argv.slice(2))`
      const entry = new URL('../dist/main.js', import.meta.url).href
      const args = ['--input-type=module', '--eval', probe, entry, ...command, '--help']
      const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
      expect(status).toBe(0)
      expect(stdout).toContain(`Usage: tranchebook ${command.join(' ')}`)
    },
  )

  it('prints its version', () => {
    const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string
    }
    expect(run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' })
  })

  it.each([
    [['repaly'], 'unknown command repaly', 'did you mean replay?'],
    [['replay', '--jsn', 'x'], 'unknown option --jsn', 'did you mean --json?'],
    [['replay'], "missing required argument 'file'", 'see tranchebook replay --help'],
    [
      ['replay', 'a', 'b'],
      "too many arguments for 'replay'. Expected 1 argument but got 2.",
      'see tranchebook replay --help',
    ],
    [
      ['replay', 'a', '--until', 'soon'],
      "option '--until <n>' argument 'soon' is invalid",
      'see tranchebook replay --help',
    ],
    [['what-if', 'a'], "required option '--against <file>' not specified", 'see tranchebook what-if --help'],
    [
      ['import', 'a', '--format', 'exel'],
      "option '--format <name>' argument 'exel' is invalid",
      'see tranchebook import --help',
    ],
  ])('answers %j in three lines on stderr, exit 64', (args, what, advice) => {
    const { code, stdout, stderr } = run(args)
    expect([code, stdout]).toEqual([EXIT.usage, ''])
    const lines = stderr.trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    expect(lines[0]).toBe(`tranchebook: ${what}`)
    expect(lines[1]).toMatch(/^ {2}expected/)
    expect(lines[2]).toContain(advice)
  })

  it('says which file it cannot read, exit 2', () => {
    const { code, stdout, stderr } = run(['replay', 'nowhere.jsonl'])
    expect([code, stdout]).toEqual([EXIT.badInput, ''])
    expect(stderr.split('\n')[0]).toBe('tranchebook: cannot read nowhere.jsonl')
    expect(run(['replay', ROOT]).code).toBe(EXIT.badInput)
  })

  it('replays a file and stdin to the same bytes', () => {
    const file = run(['replay', example('guide-story'), '--json'])
    expect(file.code).toBe(0)
    expect(run(['replay', '-', '--json'], readFileSync(example('guide-story'), 'utf8'))).toEqual(file)
    expect(Object.keys(JSON.parse(file.stdout) as object)).toEqual(['schema', 'events', 'books'])
  })

  it('prints no colour where stdout is no terminal', () => {
    expect(run(['replay', example('guide-story')]).stdout).not.toContain('\u001b')
  })

  it('survives a reader that stops reading', async () => {
    // More than a pipe holds, so that the reader is gone while there is still something to say.
    const fill = { type: 'fill', symbol: 'BTCUSDT', side: 'BUY', positionSide: 'LONG', quantity: '1', price: '100' }
    const fills = Array.from({ length: 400 }, (_, index) => line({ ...fill, time: index * 1000 }))
    const { many } = await writeFiles({ many: fills.join('\n') })
    const { code, stderr } = await readOneLine(['replay', many!, '--json'])
    expect([code, stderr]).toEqual([0, ''])
  })

  if (!existsSync('/dev/full')) console.warn('no /dev/full here: what a full disk does is not tested')
  it.skipIf(!existsSync('/dev/full'))('says when its answer could not be written', () => {
    const full = openSync('/dev/full', 'w')
    const { status, stderr } = spawnSync(process.execPath, [BIN, 'replay', example('isolation')], {
      stdio: ['ignore', full, 'pipe'],
      encoding: 'utf8',
    })
    closeSync(full)
    expect(status).toBe(EXIT.output)
    expect(stderr).toMatch(/^tranchebook: cannot write to stdout: .*ENOSPC/)
  })
})
