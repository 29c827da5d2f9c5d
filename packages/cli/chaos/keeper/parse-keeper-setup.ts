import type { KeeperSetup } from './keeper-words.js'

/** What the program that started a keeper has written on its command line. */
export function parseKeeperSetup(text: string): KeeperSetup {
  return JSON.parse(text) as KeeperSetup
}
