import { rename, rm, writeFile } from 'node:fs/promises'
import { CommandFailure } from './command-failure.js'

/** Whether the file failed, not where its texts come from. */
function isFileError(error: unknown): error is Error {
  return error instanceof Error && ('path' in error || ('code' in error && error.code === 'ENOSPC'))
}

/** Writes texts to a file, whole or not at all. @throws {CommandFailure} when it cannot be written. */
export async function writeWhole(path: string, texts: Iterable<string> | AsyncIterable<string>): Promise<void> {
  const partial = `${path}.partial`
  try {
    await writeFile(partial, texts)
    await rename(partial, path)
  } catch (error) {
    await rm(partial, { force: true })
    if (!isFileError(error)) throw error
    throw new CommandFailure(
      {
        what: `cannot write ${path}`,
        expected: `expected a file that can be written; got: ${error.message}`,
        advice: 'choose another path with -o',
      },
      { cause: error },
    )
  }
}
