import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DirectoryLock, lockByFile, lockDirectory } from './directory-lock.js'

const HOLDER = fileURLToPath(new URL('../../test/hold-directory.ts', import.meta.url))

describe.each([
  ['by the system', 'lockDirectory', lockDirectory],
  ['by a file', 'lockByFile', lockByFile],
] as const)('a directory locked %s', (_, name, lock) => {
  let directory = ''
  const children: ChildProcess[] = []
  const locks: DirectoryLock[] = []

  /** Another process that takes the directory and keeps it. */
  const hold = async (): Promise<ChildProcess> => {
    const args = ['--conditions=@tranchebook/source', '--import', 'tsx', HOLDER, name, directory]
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    children.push(child)
    await once(createInterface({ input: child.stdout }), 'line')
    return child
  }
  const take = async (): Promise<DirectoryLock> => {
    const taken = await lock(directory)
    locks.push(taken)
    return taken
  }

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'tranche-lock-'))
  })
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL')
    for (const each of locks.splice(0)) await each.release()
    await rm(directory, { recursive: true, force: true })
  })

  it('is refused to a second process, and the message says which one has it', async () => {
    const { pid } = await hold()
    await expect(lock(directory)).rejects.toMatchObject({ code: 'store.lock.held', details: { owner: { pid } } })
    await expect(lock(directory)).rejects.toThrow(new RegExp(`is open in process ${pid} \\(.*hold-directory.*since 20`))
  })

  it('is refused to the same process a second time, until it is released', async () => {
    const first = await take()
    await expect(lock(directory)).rejects.toMatchObject({ details: { owner: { pid: process.pid } } })
    await first.release()
    await take()
  })

  it('is free as soon as its holder is killed', async () => {
    const child = await hold()
    child.kill('SIGKILL')
    await once(child, 'exit')
    await take()
    await expect(lock(directory)).rejects.toMatchObject({ code: 'store.lock.held' })
  })

  it('is not taken from a holder that lives and does not answer', async () => {
    const child = await hold()
    child.kill('SIGSTOP')
    await expect(lock(directory)).rejects.toMatchObject({
      code: 'store.lock.held',
      details: { owner: { pid: child.pid } },
    })
  })

  it('does not believe a file it cannot read', async () => {
    await writeFile(join(directory, 'owner.pid'), 'nonsense')
    await writeFile(join(directory, 'owner.json'), '{"pid":1}')
    if (name === 'lockDirectory') await take()
    else await expect(lock(directory)).rejects.toThrow(/is open in another process/)
    expect(directory).not.toBe('')
  })
})
