import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readOwnerRecord } from '../control/owner-record.js'
import { removeRunningRecord, writeRunningRecord } from './running-record.js'

let directory = ''

beforeEach(() => {
  directory = join(mkdtempSync(join(tmpdir(), 'tranchebook-record-')), 'new')
})

afterEach(() => {
  rmSync(dirname(directory), { recursive: true })
})

const ours = { url: 'http://127.0.0.1:1', token: 'secret', pid: process.pid, account: 'main' }

describe('the record of a process', () => {
  it('is found by commands, and closed to others', async () => {
    await writeRunningRecord(directory, ours)
    expect(await readOwnerRecord(directory)).toEqual(ours)
    if (process.platform !== 'win32') expect(statSync(join(directory, 'process.json')).mode & 0o777).toBe(0o600)
  })

  it('is taken back by the process that wrote it, and by no other', async () => {
    await writeRunningRecord(directory, ours)
    await removeRunningRecord(directory, process.pid + 1)
    expect(await readOwnerRecord(directory)).toEqual(ours)
    await removeRunningRecord(directory, process.pid)
    expect(existsSync(join(directory, 'process.json'))).toBe(false)
    await removeRunningRecord(directory, process.pid)
  })
})
