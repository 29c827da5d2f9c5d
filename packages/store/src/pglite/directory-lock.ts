import { createHash } from 'node:crypto'
import { mkdir, open, readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { StoreError } from '../store-errors.js'
import { holdAddress, type Release } from './hold-address.js'
import { type LockOwner, parseOwner } from './parse-owner.js'

/** Keeps every other process out of a directory until it is released or this process ends, however it ends. */
export interface DirectoryLock {
  release(): Promise<void>
}

const OWNER_FILE = 'owner.json'
const PID_FILE = 'owner.pid'

function self(): LockOwner {
  return { pid: process.pid, since: new Date().toISOString(), command: process.argv.slice(0, 3).join(' ') }
}

async function readOwner(file: string): Promise<LockOwner | null> {
  try {
    return parseOwner(await readFile(file, 'utf8'))
  } catch {
    return null
  }
}

function heldBy(directory: string, owner: LockOwner | null): StoreError {
  const who = owner === null ? 'another process' : `process ${owner.pid} (${owner.command}, since ${owner.since})`
  return new StoreError(
    'store.lock.held',
    `${directory} is open in ${who}: stop it, or talk to it instead; two processes on one directory destroy its data`,
    { details: { directory, owner } },
  )
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

/** All names or none; `null` = another process has one of them. */
async function holdAll(addresses: readonly string[]): Promise<Release | null> {
  const held: Release[] = []
  const releaseAll = async (): Promise<void> => {
    for (const release of held) await release()
  }
  try {
    for (const address of addresses) {
      const release = await holdAddress(address)
      if (release === null) break
      held.push(release)
    }
    return held.length === addresses.length ? releaseAll : null
  } finally {
    if (held.length < addresses.length) await releaseAll()
  }
}

/**
 * Names of a directory: itself, whatever path leads to it (a renamed or a bind-mounted one keeps device and inode), and its
 * path, which is all that earlier versions hold.
 */
async function namesOf(directory: string): Promise<readonly string[]> {
  const { dev, ino } = await stat(directory, { bigint: true })
  const path = createHash('sha256').update(directory).digest('hex').slice(0, 40)
  return [`\0tranchebook-inode-${dev}-${ino}`, `\0tranchebook-${path}`]
}

/** Takes a word of ours back, never that of a process which has the path since a rename. */
async function removeOwn(file: string, own: LockOwner): Promise<void> {
  const owner = await readOwner(file)
  if (owner?.pid === own.pid && owner.since === own.since) await rm(file, { force: true })
}

/** Abstract sockets: names the system frees when their process ends; they leave nothing behind on the disk. */
async function lockBySocket(directory: string): Promise<DirectoryLock> {
  const ownerFile = join(directory, OWNER_FILE)
  const release = await holdAll(await namesOf(directory))
  if (release === null) throw heldBy(directory, await readOwner(ownerFile))
  const own = self()
  await writeFile(ownerFile, JSON.stringify(own))
  return {
    release: async () => {
      await removeOwn(ownerFile, own)
      await release()
    },
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

/**
 * File made by exactly one process; the file of a dead one is moved aside, never one whose process still lives. It lies in the
 * directory, so that it goes where a rename or another path to the directory goes.
 */
export async function lockByFile(directory: string): Promise<DirectoryLock> {
  const file = join(directory, PID_FILE)
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const handle = await open(file, 'wx')
      const own = self()
      await handle.writeFile(JSON.stringify(own))
      await handle.close()
      return { release: async () => removeOwn(file, own) }
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw error
      await moveAsideDead(directory, file)
    }
  }
  throw heldBy(directory, await readOwner(file))
}

async function moveAsideDead(directory: string, file: string): Promise<void> {
  const owner = await readOwner(file)
  if (owner === null || isAlive(owner.pid)) throw heldBy(directory, owner)
  const aside = `${file}.${process.pid}.dead`
  await rename(file, aside).catch(() => undefined)
  const moved = await readOwner(aside)
  if (moved !== null && moved.pid !== owner.pid) await rename(aside, file)
  else await rm(aside, { force: true })
}

/** Takes a directory for this process. @throws {StoreError} `store.lock.held`, naming the process that has it */
export async function lockDirectory(path: string): Promise<DirectoryLock> {
  await mkdir(path, { recursive: true })
  const directory = await realpath(path)
  return process.platform === 'linux' ? lockBySocket(directory) : lockByFile(directory)
}
