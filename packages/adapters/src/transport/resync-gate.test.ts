import { expect, it } from 'vitest'
import { createCollector } from '../../test/collect.js'
import type { AccountEvent } from '../venue/account-event.js'
import { createResyncGate } from './resync-gate.js'

const notice = (time: number): AccountEvent => ({ type: 'fundingNoticed', time, symbol: null })

function openGate() {
  const { items, listen } = createCollector<AccountEvent>()
  const gate = createResyncGate(listen)
  const heard = (): string[] => items.splice(0).map((event) => `${event.type} ${event.time}`)
  return { gate, items, heard }
}

it('starts with a resynchronisation and holds what comes meanwhile', () => {
  const { gate, heard } = openGate()
  gate.connected(1, 'first connection')
  gate.pass(notice(2))
  gate.pass(notice(3))
  expect(heard()).toEqual(['connected 1', 'resyncNeeded 1'])
  gate.resume(1)
  expect(heard()).toEqual(['fundingNoticed 2', 'fundingNoticed 3'])
  gate.pass(notice(4))
  expect(heard()).toEqual(['fundingNoticed 4'])
})

it('says when the last event before a gap came, and ignores the end of a resynchronisation that a gap has overtaken', () => {
  const { gate, items, heard } = openGate()
  gate.connected(1, 'first connection')
  gate.resume(1)
  gate.pass(notice(5))
  gate.lost(10, 9, 'cut')
  gate.connected(11, 'connected again')
  gate.pass(notice(12))
  gate.lost(13, 12, 'cut')
  gate.connected(14, 'connected again')
  gate.pass(notice(15))
  expect(items.filter((event) => event.type === 'resyncNeeded').map(({ resync, since }) => [resync, since])).toEqual([
    [1, null],
    [2, 5],
    [3, 5],
  ])
  heard()
  gate.resume(2)
  expect(heard()).toEqual([])
  gate.resume(3)
  expect(heard()).toEqual(['fundingNoticed 12', 'fundingNoticed 15'])
  gate.resume(3)
  expect(heard()).toEqual([])
})

it('lets nothing through between the loss and the next connection', () => {
  const { gate, heard } = openGate()
  gate.connected(1, 'first connection')
  gate.resume(1)
  gate.lost(2, 1, 'cut')
  gate.pass(notice(3))
  gate.resume(1)
  expect(heard()).toEqual(['connected 1', 'resyncNeeded 1', 'gap 2'])
})

it('asks again for a doubt that comes up while a resynchronisation is under way', () => {
  const { gate, heard } = openGate()
  gate.connected(1, 'first connection')
  gate.doubt(2, 'unclear')
  gate.doubt(3, 'still unclear')
  gate.pass(notice(4))
  expect(heard()).toEqual(['connected 1', 'resyncNeeded 1'])
  gate.resume(1)
  expect(heard()).toEqual(['fundingNoticed 4', 'resyncNeeded 3'])
  gate.resume(2)
  gate.pass(notice(5))
  expect(heard()).toEqual(['fundingNoticed 5'])
})

it('asks once more for a doubt, and drops what it cannot hold only to ask again', () => {
  const { gate, heard } = openGate()
  gate.connected(1, 'first connection')
  gate.resume(1)
  gate.doubt(3, 'unclear')
  gate.doubt(4, 'still unclear')
  expect(heard()).toEqual(['connected 1', 'resyncNeeded 1', 'resyncNeeded 3'])
  gate.resume(2)
  expect(heard()).toEqual(['resyncNeeded 4'])
  for (let count = 0; count < 10_001; count += 1) gate.pass(notice(5))
  gate.pass(notice(6))
  expect(heard()).toEqual(['resyncNeeded 5'])
  gate.resume(4)
  expect(heard()).toEqual(['fundingNoticed 6'])
})
