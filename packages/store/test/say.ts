import { writeSync } from 'node:fs'

const WAIT_MS = 1
const never = new Int32Array(new SharedArrayBuffer(4))

function written(bytes: Uint8Array): number {
  try {
    return writeSync(1, bytes)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error
    Atomics.wait(never, 0, 0, WAIT_MS)
    return 0
  }
}

/** Says a line on stdout before anything else happens: whoever kills this process has it. Waits for a reader that is slow. */
export function say(line: string): void {
  let rest: Uint8Array = Buffer.from(`${line}\n`)
  while (rest.length > 0) rest = rest.subarray(written(rest))
}
