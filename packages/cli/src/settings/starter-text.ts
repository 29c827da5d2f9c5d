/** What a starter file is written for. */
export interface StarterRequest {
  readonly venue: 'binance' | 'aster'
  readonly symbols: readonly string[]
}

const KEYS: Readonly<Record<StarterRequest['venue'], string>> = {
  binance: `    // Keys never stand here. Without these lines they come from BINANCE_API_KEY and BINANCE_API_SECRET,
    // with --demo from BINANCE_DEMO_API_KEY and BINANCE_DEMO_API_SECRET.
    // "apiKey": { "env": "BINANCE_API_KEY" },
    // "apiSecret": { "file": "secrets/binance-api-secret" }`,
  aster: `    // Keys never stand here. Without this line the agent's key comes from ASTER_AGENT_KEY, with --demo from ASTER_DEMO_AGENT_KEY.
    // "agentKey": { "file": "secrets/aster-agent-key" },
    // "user": "0x…"   the wallet the agent trades for`,
}

/** A configuration to begin with, every line of it explained. */
export function starterText({ venue, symbols }: StarterRequest): string {
  const books = symbols.map((symbol) => `    "${symbol}": {}`).join(',\n')
  return `{
  // An editor that knows JSON Schema completes and checks this file.
  "$schema": "https://raw.githubusercontent.com/tranchebook/tranchebook/main/docs/config.schema.json",

  // How the account holds positions at the venue: HEDGE (one per side) or ONE_WAY (one net position).
  "positionMode": "HEDGE",
  // Names the account in the log. Two accounts, two names.
  "account": "main",

  // Over all symbols. null = no limit.
  "limits": {
    "maxActivePositions": 5,
    "maxMarginUsed": null
  },

  // For every symbol that does not say otherwise. Percentages are moves of the price, never multiplied by leverage.
  "defaults": {
    "maxTranches": 3,
    // A tranche that loses this much is isolated: it waits apart, and no longer counts against maxTranches. Below slPercent, or the
    // stop comes first.
    "trancheIsolationThreshold": 1,
    "maxIsolatedTranches": 2,
    "allowTrancheWhileIsolated": true,
    // Close an isolated tranche by itself once it is back at its entry.
    "trancheAutoCloseIsolated": false,

    // Which tranche a closing trade takes from: LIFO, FIFO, WORST_FIRST, BEST_FIRST, HIFO, LOFO, PRO_RATA.
    "closingStrategy": "LIFO",

    "slPercent": 2,
    "tpPercent": 5,
    // Closing in levels, instead of all at tpPercent; the stop follows: to the entry after the first, then to the level before.
    "enableScaledTakeProfit": false,
    "scaledTpLevels": [
      { "profitPercent": 3, "closePercent": 40 },
      { "profitPercent": 5, "closePercent": 30 },
      { "profitPercent": 8, "closePercent": 30 }
    ],
    "stopLadder": "BREAKEVEN_THEN_PREVIOUS"
  },

  // Symbols to keep books of; what stands here wins over the defaults.
  "symbols": {
${books}
  },

  // Where tranchebook run connects to.
  "venue": {
    "name": "${venue}"
${KEYS[venue]}
  },

  // Where the log is: an embedded database in a directory, or a Postgres server, which live trading asks for.
  "store": {
    // "directory": ".tranchebook/main",
    // "database": { "env": "DATABASE_URL" }
  },

  // The page, on this machine only.
  "dashboard": { "enabled": true }
}
`
}
