import { runVenueCase, type VenueBench, venueContract } from '../../src/contract/index.js'
import { printWhole } from '../../src/contract/secret-watch.js'
import { watchCalls } from '../../src/contract/watch-calls.js'
import { servedBench } from '../benches/served-bench.js'

/** Refusals, unknown outcomes, wrong keys, cut streams: where keys are most likely to slip out. */
const TALKATIVE = /^VE-(0[68]|1[04]|4[01]|5[01]|8[0145]|9\d|10\d)$/

/** A bench whose venue prints whatever it gives, throws or tells. */
function speaking(bench: VenueBench): VenueBench {
  return {
    ...bench,
    open: async (setting) => {
      const stage = await bench.open(setting)
      const venue = watchCalls(stage.venue, (what, value) => {
        console.log(what, printWhole(value))
      })
      console.log(printWhole(stage.venue), JSON.stringify(stage.venue))
      return { ...stage, venue }
    },
  }
}

for (const kind of ['binance', 'binance-ed25519-socket', 'aster-v3', 'aster-v1'] as const) {
  for (const venueCase of venueContract.filter(({ id }) => TALKATIVE.test(id))) {
    const { type } = await runVenueCase(venueCase, speaking(servedBench(kind)))
    console.log(`${kind} ${venueCase.id} ${type}`)
  }
}
