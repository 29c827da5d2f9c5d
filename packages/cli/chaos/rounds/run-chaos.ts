import { Arena, type ArenaOptions, type LogKind } from './arena.js'
import { Round } from './run-round.js'
import { ANYWHERE, nameOf, ON_A_SERVER, type Scenario } from './scenario.js'

/** What to run. */
export interface ChaosRequest {
  readonly rounds: number
  readonly dialect: ArenaOptions['dialect']
  readonly logs: readonly LogKind[]
  readonly seed: number
  /** Told of each round. */
  readonly tell: (line: string) => unknown
}

/** What came of it. Durations are ms. */
export interface ChaosResult {
  readonly rounds: number
  readonly happened: Readonly<Record<string, number>>
  readonly restarts: number
  readonly protectedMsMedian: number | null
  readonly protectedMsMax: number | null
  readonly violations: number
  readonly failing: readonly { readonly round: number; readonly what: string; readonly violations: readonly string[] }[]
}

/** Scenario and log of each round: every scenario on every log in turn, from the beginning again when all have been. */
export function planRounds({ rounds, logs }: Pick<ChaosRequest, 'rounds' | 'logs'>): readonly [Scenario, LogKind][] {
  const all = [...ANYWHERE, ...ON_A_SERVER].flatMap((scenario) =>
    logs
      .filter((log) => log === 'postgres' || !ON_A_SERVER.includes(scenario))
      .map((log): [Scenario, LogKind] => [scenario, log]),
  )
  return Array.from({ length: rounds }, (_, round) => all[round % all.length]).filter((each) => each !== undefined)
}

function medianOf(sorted: readonly number[]): number | null {
  return sorted[Math.floor(sorted.length / 2)] ?? null
}

async function runIn(arena: Arena, scenario: Scenario): Promise<Awaited<ReturnType<Round['run']>>> {
  try {
    return await new Round(arena).run(scenario)
  } catch (error) {
    const why = error instanceof Error ? (error.stack ?? error.message) : String(error)
    arena.keeper?.kill()
    return { violations: [`the round broke: ${why}`], protectedMs: null, restarts: 0 }
  }
}

/** Runs rounds, one after the other, in one arena for each kind of log. */
export async function runChaos(request: ChaosRequest): Promise<ChaosResult> {
  const arenas = new Map<LogKind, Arena | null>()
  const happened: Record<string, number> = {}
  const times: number[] = []
  const failing: { round: number; what: string; violations: readonly string[] }[] = []
  let restarts = 0
  let played = 0
  try {
    for (const [index, [scenario, log]] of planRounds(request).entries()) {
      if (!arenas.has(log)) arenas.set(log, await Arena.open({ dialect: request.dialect, log, seed: request.seed }))
      const arena = arenas.get(log)
      if (arena === null || arena === undefined) continue
      const result = await runIn(arena, scenario)
      const what = `${nameOf(scenario)} on ${log}`
      played += 1
      happened[nameOf(scenario)] = (happened[nameOf(scenario)] ?? 0) + 1
      restarts += result.restarts
      if (result.protectedMs !== null) times.push(result.protectedMs)
      if (result.violations.length > 0) failing.push({ round: index + 1, what, violations: result.violations })
      request.tell(`${index + 1}  ${what}: ${result.violations.length === 0 ? 'well' : result.violations.join('; ')}`)
    }
  } finally {
    for (const arena of arenas.values()) await arena?.close()
  }
  const sorted = times.toSorted((left, right) => left - right).map(Math.round)
  return {
    rounds: played,
    happened,
    restarts,
    protectedMsMedian: medianOf(sorted),
    protectedMsMax: sorted.at(-1) ?? null,
    violations: failing.reduce((sum, { violations }) => sum + violations.length, 0),
    failing,
  }
}
