/** Runs in a process of its own: imports one benchmark, calls its `run()`, and hands the result to the parent. */
const [, , file = ''] = process.argv

/** @param {object} message */
const report = (message) => {
  process.send?.(message, () => process.disconnect())
}

/** @returns {Promise<Record<string, unknown>>} */
const run = async () => {
  const bench = await import(file)
  if (typeof bench.run !== 'function') throw new TypeError(`${file} must export async function run()`)
  return await bench.run()
}

try {
  report({ result: await run() })
} catch (error) {
  report({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
}
