import { createHash } from 'node:crypto'
import { mkdir, open, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { StoreError } from '../store-errors.js'
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

function isTaken(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

async function listenOn(address: string): Promise<Server> {
  const server = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(address, resolve)
  })
  server.unref()
  return server
}

/** Abstract socket: a name the system frees when its process ends; it leaves nothing behind on the disk. */
async function lockBySocket(directory: string): Promise<DirectoryLock> {
  const name = createHash('sha256').update(directory).digest('hex').slice(0, 40)
  const ownerFile = join(directory, OWNER_FILE)
  try {
    const server = await listenOn(`\0tranchebook-${name}`)
    await writeFile(ownerFile, JSON.stringify(self()))
    const close = async (): Promise<void> => {
      await rm(ownerFile, { force: true })
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve()
        })
      })
    }
    return { release: close }
  } catch (error) {
    if (isTaken(error, 'EADDRINUSE')) throw heldBy(directory, await readOwner(ownerFile))
    throw error
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return isTaken(error, 'EPERM')
  }
}

/** File made by exactly one process; the file of a dead one is moved aside, never one whose process still lives. */
export async function lockByFile(directory: string): Promise<DirectoryLock> {
  const file = join(directory, PID_FILE)
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      const handle = await open(file, 'wx')
      await handle.writeFile(JSON.stringify(self()))
      await handle.close()
      return {
        release: async () => {
          await rm(file, { force: true })
        },
      }
    } catch (error) {
      if (!isTaken(error, 'EEXIST')) throw error
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
