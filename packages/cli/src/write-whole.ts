import { rename, rm, writeFile } from 'node:fs/promises'
import { CommandFailure } from './command-failure.js'

/** Whether the file failed, not where its texts come from. */
function isFileError(error: unknown): error is Error {
  return error instanceof Error && ('path' in error || ('code' in error && error.code === 'ENOSPC'))
}

/** A file or a directory that cannot be written, in three lines; what is no failure of one is thrown on as it is. */
export function notWritten(path: string, error: unknown, advice: string): unknown {
  if (!isFileError(error)) return error
  const expected = `expected a place that can be written; got: ${error.message}`
  return new CommandFailure({ what: `cannot write ${path}`, expected, advice }, { cause: error })
}

/** Writes texts to a file, whole or not at all. @throws {CommandFailure} when it cannot be written. */
export async function writeWhole(
  path: string,
  texts: string | Iterable<string> | AsyncIterable<string>,
  advice = 'choose another path with -o',
): Promise<void> {
  const partial = `${path}.partial`
  try {
    await writeFile(partial, texts)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined)
    throw notWritten(path, error, advice)
  }
}
