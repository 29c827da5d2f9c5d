import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { mkdir, mkdtemp, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type DirectoryLock, lockByFile, lockDirectory } from './directory-lock.js'

/** Whether this user may mount a directory a second time. */
function canMount(): boolean {
  if (process.platform !== 'linux') return false
  const [from, to] = [mkdtempSync(join(tmpdir(), 'tranche-from-')), mkdtempSync(join(tmpdir(), 'tranche-to-'))]
  const canBind = spawnSync('mount', ['--bind', from, to]).status === 0 && spawnSync('umount', [to]).status === 0
  for (const each of [from, to]) rmSync(each, { recursive: true })
  return canBind
}

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
    // The next directory may have the inode of this one: its holder must be gone by then.
    for (const child of children.splice(0)) {
      const gone = child.exitCode ?? child.signalCode ?? once(child, 'exit')
      child.kill('SIGKILL')
      await gone
    }
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

  it('is refused under the path it was moved to', async () => {
    const { pid } = await hold()
    const moved = `${directory}-moved`
    try {
      await rename(directory, moved)
      await expect(lock(moved)).rejects.toMatchObject({ code: 'store.lock.held', details: { owner: { pid } } })
    } finally {
      await rename(moved, directory)
    }
  })

  it.skipIf(!canMount())('is refused under another mount of it', async () => {
    const { pid } = await hold()
    const mounted = await mkdtemp(join(tmpdir(), 'tranche-mount-'))
    try {
      execFileSync('mount', ['--bind', directory, mounted])
      await expect(lock(mounted)).rejects.toMatchObject({ code: 'store.lock.held', details: { owner: { pid } } })
    } finally {
      execFileSync('umount', [mounted])
      await rm(mounted, { recursive: true })
    }
  })

  it('released after it was moved away, it leaves the word of whoever has the old path by then', async () => {
    const first = await take()
    const moved = `${directory}-moved`
    await rename(directory, moved)
    await mkdir(directory)
    const file = join(directory, name === 'lockDirectory' ? 'owner.json' : 'owner.pid')
    await writeFile(file, JSON.stringify({ pid: 1, since: '', command: 'another' }))
    await first.release()
    expect(existsSync(file)).toBe(true)
    await rm(moved, { recursive: true })
  })

  it('does not believe a file it cannot read', async () => {
    await writeFile(join(directory, 'owner.pid'), 'nonsense')
    await writeFile(join(directory, 'owner.json'), '{"pid":1}')
    if (name === 'lockDirectory') await take()
    else await expect(lock(directory)).rejects.toThrow(/is open in another process/)
    expect(directory).not.toBe('')
  })
})

it.skipIf(process.platform !== 'linux')(
  'an earlier version, which knows the path alone, keeps a directory',
  async () => {
    const directory = await realpath(await mkdtemp(join(tmpdir(), 'tranche-lock-')))
    const path = createHash('sha256').update(directory).digest('hex').slice(0, 40)
    const earlier = createServer().listen(`\0tranchebook-${path}`)
    await once(earlier, 'listening')
    await expect(lockDirectory(directory)).rejects.toMatchObject({ code: 'store.lock.held' })
    earlier.close()
    await once(earlier, 'close')
    const lock = await lockDirectory(directory)
    await lock.release()
    await rm(directory, { recursive: true })
  },
)
