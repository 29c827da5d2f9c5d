import { StoreError } from '../store-errors.js'

/** @throws {StoreError} `store.closed` */
export function assertOpen(isClosed: boolean): void {
  if (isClosed) throw new StoreError('store.closed', 'this store is closed: open it again to go on')
}
