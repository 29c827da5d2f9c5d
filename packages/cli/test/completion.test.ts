import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { EXIT } from '../src/exit-codes.js'
import { runMain, writeFiles } from './collect.js'

function isThere(program: string): boolean {
  return spawnSync(program, ['--version']).error === undefined
}

const hasBash = isThere('bash')
if (!hasBash) console.warn('no bash here: what it would complete is not tested')

describe('tranchebook completion', () => {
  it.skipIf(!hasBash).each([
    [['po'], 'position'],
    [['position', ''], 'list show watch pause finish resume resolve close-all'],
    [['position', 'list', '--al'], '--all'],
    [['log', 'explain', 'T1', '--jso'], '--json'],
    [['completion', ''], 'bash zsh fish'],
  ])('lets bash complete %j', async (words, completed) => {
    const { script } = await writeFiles({ script: (await runMain(['completion', 'bash'])).stdout })
    const call = 'source "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($#-1)); _tranchebook; echo "${COMPREPLY[*]}"'
    const { stdout, stderr } = spawnSync('bash', ['-c', call, script!, 'tranchebook', ...words], { encoding: 'utf8' })
    expect([stdout.trim(), stderr]).toEqual([completed, ''])
  })

  it.each([
    ['zsh', '--no-exec'],
    ['fish', '--no-execute'],
  ])('writes what %s can read', async (shell, check) => {
    const { exitCode, stdout } = await runMain(['completion', shell])
    expect([exitCode, stdout]).toEqual([EXIT.fine, expect.stringContaining('position list') as unknown])
    if (!isThere(shell)) return
    const { script } = await writeFiles({ script: stdout })
    expect(spawnSync(shell, [check, script!], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' })
  })

  it('names the shell that was meant', async () => {
    const { exitCode, stderr } = await runMain(['completion', 'fisch'])
    expect([exitCode, stderr.trimEnd().split('\n')]).toEqual([
      EXIT.usage,
      [
        "tranchebook: command-argument value 'fisch' is invalid for argument 'shell'",
        '  expected one of bash, zsh, fish; got fisch',
        '  did you mean fish? see tranchebook completion --help',
      ],
    ])
    expect((await runMain(['report', '--file', 'x', '--by', 'trance'])).stderr).toContain('did you mean tranche?')
  })
})
