import { Stage, type StageOptions } from './stage.js'

/** Processes start as fast as the machine lets them, and some troubles take their minute to be noticed. */
export const FOLLOWED_MS = 300_000

/** Follows the words under a heading of the recovery runbook, on a stage of its own. */
export async function onStage(options: StageOptions, words: (stage: Stage) => Promise<void>): Promise<void> {
  const stage = await Stage.open(options)
  try {
    await words(stage)
  } finally {
    await stage.close()
  }
}
