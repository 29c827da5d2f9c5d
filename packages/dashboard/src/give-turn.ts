/** Events that are folded before others get a turn: a trading process must not wait for a page. */
export const TURN = 250

/** Lets everything else that waits run first. */
export async function giveTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}
