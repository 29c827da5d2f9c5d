import process from 'node:process'

/** Somebody may want this process to end. */
export interface StopWish {
  /** Settles with Ctrl-C or SIGTERM. A second wish is not waited for and ends the process at once. */
  readonly stopped: Promise<null>
  /** Nobody waits for it any more. Until then the process stays, also while it only waits itself, as a standby does. */
  forget(): void
}

/** As long as a timer can run. */
const LONG_MS = 2 ** 31 - 1
const WISHES = ['SIGINT', 'SIGTERM'] as const

/** Listens for the wish to end. */
export function awaitStop(): StopWish {
  let settle: (value: null) => void = () => undefined
  const stopped = new Promise<null>((resolve) => {
    settle = resolve
  })
  const staying = setInterval(() => undefined, LONG_MS)
  const forget = (): void => {
    clearInterval(staying)
    for (const wish of WISHES) process.off(wish, stop)
  }
  const stop = (): void => {
    forget()
    settle(null)
  }
  for (const wish of WISHES) process.on(wish, stop)
  return { stopped, forget }
}
