import { basename } from 'node:path'
import { type BookEvent, type ObservedMark, streamOf, upcast } from '@tranchebook/core'
import { type Dashboard, type LeftOutBook, openDashboard, recordedSource, storeBooks } from '@tranchebook/dashboard'
import type { EventStore } from '@tranchebook/store'
import { databaseFailure } from '../database/database-failure.js'
import { assertDatabaseThere, databasePlace } from '../database/database-place.js'
import { openStore } from '../database/use-store.js'
import { readInstruments } from '../read/exchange-info.js'
import { readConfig } from '../read/read-config.js'
import type { BrokenBook } from '../read/recording.js'
import { readAndPlay } from '../run/read-and-play.js'
import type { Rules } from '../run/run-recording.js'
import { tellBroken } from '../run/tell-broken.js'
import type { Terminal } from '../terminal.js'
import type { Closers } from './closers.js'
import type { DashboardRequest } from './dashboard-request.js'

interface Recorded {
  readonly store: EventStore<BookEvent>
  readonly title: string
  readonly rules: Rules
  readonly marks: ReadonlyMap<string, ObservedMark>
  readonly leftOut: readonly LeftOutBook[]
}

function leftOutOf({ stream, failure }: BrokenBook): LeftOutBook {
  const { what, expected } = failure.lines
  return { symbol: stream.split('/')[1] ?? stream, why: `${what}; ${expected}` }
}

async function openFile(file: string, request: DashboardRequest, terminal: Terminal): Promise<Recorded> {
  const { played, rules } = await readAndPlay(file, request, terminal)
  tellBroken(played, terminal)
  const marks = played.books.flatMap(({ book, market }) => (market === null ? [] : [[streamOf(book), market] as const]))
  const title = file === '-' ? 'stdin' : basename(file)
  const leftOut = played.broken.map(leftOutOf)
  return { store: await storeBooks(played.books), title, rules, marks: new Map(marks), leftOut }
}

async function openKept(request: DashboardRequest, terminal: Terminal, closers: Closers): Promise<Recorded> {
  const place = databasePlace(request)
  assertDatabaseThere(place)
  const rules = {
    ...(await readConfig(request, terminal)),
    instruments: await readInstruments(request.instruments, terminal),
  }
  try {
    const store = await openStore(place, { decode: upcast, migration: 'check' })
    closers.add(async () => store.close())
    return { store, title: place.name, rules, marks: new Map(), leftOut: [] }
  } catch (error) {
    throw databaseFailure(place.name, error)
  }
}

/** Shows a file, or a store that nobody runs on. It can be looked at only. */
export async function openRecorded(
  request: DashboardRequest,
  terminal: Terminal,
  closers: Closers,
): Promise<Dashboard> {
  const { file, port = 0 } = request
  const recorded =
    file === undefined ? await openKept(request, terminal, closers) : await openFile(file, request, terminal)
  const { rules, ...shown } = recorded
  const source = recordedSource({ ...shown, config: rules.config, instruments: rules.instruments })
  const dashboard = await openDashboard({ source, port })
  closers.add(async () => dashboard.close())
  return dashboard
}
