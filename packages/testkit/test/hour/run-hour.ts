import { parseArgs } from 'node:util'
import { type HourKind, liveAnHour } from './live-an-hour.js'

const KINDS: readonly HourKind[] = ['binance', 'aster-v3', 'aster-v1']

const { values } = parseArgs({
  options: {
    venue: { type: 'string', default: 'binance' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '60' },
    speed: { type: 'string', default: '60' },
    json: { type: 'boolean', default: false },
  },
})
const kind = KINDS.find((one) => one === values.venue)

if (kind === undefined) {
  console.error(`hour: expected --venue ${KINDS.join(', ')}; got ${values.venue}`)
  process.exitCode = 2
} else {
  const numbers = { seed: Number(values.seed), minutes: Number(values.minutes), speed: Number(values.speed) }
  const report = await liveAnHour({ kind, ...numbers })
  const { differences, faults, ...counts } = report
  if (values.json) console.log(JSON.stringify(report))
  else {
    console.log(
      Object.entries(counts)
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
    )
    console.log(
      Object.entries(faults)
        .map(([name, count]) => `${name} ${count}`)
        .join(', '),
    )
    console.log(differences.length === 0 ? 'the books at venue and client are the same' : differences.join('\n'))
  }
  if (differences.length > 0) process.exitCode = 1
}
