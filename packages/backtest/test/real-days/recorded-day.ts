import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { Bar } from '@tranchebook/simulator'
import { parseBars } from '../../src/index.js'

/** A day of a recording. */
export interface RecordedDay {
  readonly symbol: string
  /** UTC, `2025-10-10`. */
  readonly day: string
  /** Beneath the folder of recorded markets. */
  readonly file: string
}

/** Where recorded markets lie: beside the repository, and never in it. */
export const MARKETS = fileURLToPath(new URL('../../../../../shared/data/market/', import.meta.url))

/** Falls, rises and quiet days; the crash of 2025-10-10 at the head. */
export const REAL_DAYS: readonly RecordedDay[] = [
  { symbol: 'SOLUSDT', day: '2025-10-10', file: 'um/klines/SOLUSDT-5m-20250407-20260516.csv.gz' },
  { symbol: 'DOGEUSDT', day: '2025-10-10', file: 'um/klines/DOGEUSDT-5m-20250407-20260517.csv.gz' },
  { symbol: 'BTCUSDT', day: '2025-11-21', file: 'um/klines/BTCUSDT-1m-20251110-20251210.csv.gz' },
  { symbol: 'ETHUSDT', day: '2025-02-03', file: 'um/klines/ETHUSDT-1m-20250127-20250226.csv.gz' },
  { symbol: 'SOLUSDT', day: '2025-02-03', file: 'um/klines/SOLUSDT-1m-20250127-20250226.csv.gz' },
  { symbol: '1000PEPEUSDT', day: '2026-02-05', file: 'um/klines/1000PEPEUSDT-1m-20260104-20260206.csv.gz' },
  { symbol: 'LAYERUSDT', day: '2025-05-05', file: 'um/klines/LAYERUSDT-1m-20250504-20250603.csv.gz' },
  { symbol: 'BTCUSDT', day: '2021-05-19', file: 'spot/klines/BTCUSDT-1m-20210420-20210520.csv.gz' },
  { symbol: 'ETHUSDT', day: '2021-05-19', file: 'spot/klines/ETHUSDT-1m-20210420-20210520.csv.gz' },
  { symbol: 'BTCUSDT', day: '2020-03-12', file: 'spot/klines/BTCUSDT-5m-20200215-20200312.csv.gz' },
]

const DAY_MS = 86_400_000
const read = new Map<string, readonly Bar[]>()

/** Whether the recording is here. */
export function isRecorded({ file }: RecordedDay): boolean {
  return existsSync(`${MARKETS}${file}`)
}

/** Bars of one day. A file is read once. */
export function barsOfDay({ symbol, day, file }: RecordedDay): readonly Bar[] {
  const bars = read.get(file) ?? parseBars(gunzipSync(readFileSync(`${MARKETS}${file}`)).toString('utf8'), symbol)
  read.set(file, bars)
  const from = Date.parse(day)
  return bars.filter(({ openTime }) => openTime >= from && openTime < from + DAY_MS)
}
