import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { COMBINATIONS, playRealDay, type RealDay } from './real-day.js'
import { isRecorded, MARKETS, REAL_DAYS } from './recorded-day.js'

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false }, day: { type: 'string' } } })
const wanted = REAL_DAYS.filter(({ day }) => values.day === undefined || day === values.day)
const days = wanted.filter(isRecorded)

function lineOf(one: RealDay): string {
  const how = `${one.protection} ${one.hasLevels ? 'levels' : 'single'} ${one.positionMode} ${one.dialect}`
  const counts = `${one.tranches} tranches, ${one.isolated} isolated, ${one.levelsHit} targets reached, ${one.fills} fills`
  const verdict = one.apart.length === 0 ? 'agree' : `APART: ${one.apart.join('; ')}`
  return `${one.day} ${one.symbol.padEnd(12)} ${how.padEnd(36)} ${counts}, unprotected ${one.unprotectedMs} ms: ${verdict}`
}

if (days.length < wanted.length)
  process.stderr.write(
    `real-days: ${wanted.length - days.length} of ${wanted.length} days are not recorded in ${MARKETS}\n`,
  )

const started = performance.now()
const played: RealDay[] = []
for (const day of days)
  for (const combination of COMBINATIONS) {
    const one = await playRealDay(day, combination)
    played.push(one)
    if (!values.json) process.stdout.write(`${lineOf(one)}\n`)
  }
const summary = {
  schema: 'tranchebook/real-days/1',
  days: days.length,
  combinations: COMBINATIONS.length,
  runs: played.length,
  events: played.reduce((sum, { events }) => sum + events, 0),
  fills: played.reduce((sum, { fills }) => sum + fills, 0),
  unprotectedMs: played.reduce((sum, { unprotectedMs }) => sum + unprotectedMs, 0),
  apart: played.filter(({ apart }) => apart.length > 0).length,
  seconds: Math.round((performance.now() - started) / 100) / 10,
}
process.stdout.write(`${JSON.stringify(values.json ? { ...summary, results: played } : summary)}\n`)
process.exitCode = summary.apart === 0 && played.length > 0 ? 0 : 1
