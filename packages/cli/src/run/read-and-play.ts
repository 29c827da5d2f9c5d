import { readInstruments } from '../read/exchange-info.js'
import type { RunRequest } from '../read/parse-options.js'
import { readConfig } from '../read/read-config.js'
import { readRecording } from '../read/read-recording.js'
import type { Terminal } from '../terminal.js'
import { type Played, playRecording, type Rules } from './run-recording.js'

/** A recording that was played, and by which rules. */
export interface ReadAndPlayed {
  readonly played: Played
  readonly rules: Rules
  /** Whether it was an event log, decided then, not inputs. */
  readonly isLog: boolean
}

/** Reads rules and a recording, then plays it. @throws {CommandFailure} when anything given cannot be read. */
export async function readAndPlay(path: string, request: RunRequest, terminal: Terminal): Promise<ReadAndPlayed> {
  const read = await readConfig(request, terminal)
  const rules = { ...read, instruments: await readInstruments(request.instruments, terminal) }
  const until = request.until === undefined ? {} : { until: request.until }
  const source = { path, account: read.config.account, positionMode: read.positionMode, ...until }
  const recording = await readRecording(source, terminal)
  return { played: playRecording(recording, rules), rules, isLog: recording.type === 'log' }
}
