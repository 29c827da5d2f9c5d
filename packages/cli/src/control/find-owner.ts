import { CommandFailure } from '../command-failure.js'
import type { DatabaseRequest } from '../database/database-request.js'
import { EXIT } from '../exit-codes.js'
import type { Terminal } from '../terminal.js'
import { type AccountOwner, connectOwner } from './account-owner.js'
import { defaultDirectory } from './default-directory.js'
import { readOwnerRecord } from './owner-record.js'

function noDirectory(): CommandFailure {
  return new CommandFailure(
    {
      what: 'no process to ask',
      expected: 'expected --directory DIR, where the process that owns the account has written process.json; got none',
      advice: 'name the directory that tranchebook run or demo printed, or set TRANCHEBOOK_DIRECTORY',
    },
    { exitCode: EXIT.usage },
  )
}

function noOwner(directory: string): CommandFailure {
  return new CommandFailure(
    {
      what: `no process owns the account of ${directory}`,
      expected: 'expected a running process there, since only the one that owns an account may change it; got none',
      advice: 'start it with tranchebook run, then ask again',
    },
    { exitCode: EXIT.refused },
  )
}

function noInterface(directory: string, pid: number): CommandFailure {
  return new CommandFailure(
    {
      what: `the process ${pid} owns ${directory} and answers nobody`,
      expected: 'expected a process with a local interface; got one that was started without',
      advice: 'start it with its page, or wait until it has ended',
    },
    { exitCode: EXIT.refused },
  )
}

/** The process that owns a directory; `null` = none does. @throws {CommandFailure} where it answers nobody */
export async function ownerOf(directory: string): Promise<AccountOwner | null> {
  const record = await readOwnerRecord(directory)
  if (record === null) return null
  const owner = connectOwner(record)
  if (owner === null) throw noInterface(directory, record.pid)
  return owner
}

/** The process that owns the account a request means. @throws {CommandFailure} where there is none that answers */
export async function findOwner(request: DatabaseRequest, terminal: Terminal): Promise<AccountOwner> {
  const directory = request.directory ?? (await defaultDirectory())
  if (directory === null) throw noDirectory()
  if (request.directory === undefined) terminal.note(`the account of ${directory}`)
  const owner = await ownerOf(directory)
  if (owner === null) throw noOwner(directory)
  return owner
}
