import { expect, it } from 'vitest'
import { createInbox } from '../../../../src/runtime/app/client/shared/inbox'
import type { LeaderMessage } from '../../../../src/runtime/app/client/shared/wire'
import { settle } from '../../../support/settle'

const lead = (epoch: string): LeaderMessage => ({ kind: 'lead', epoch, lastId: null })
const here = (epoch: string, silence: number): LeaderMessage => ({ kind: 'here', epoch, silence })

/** @param holder the epoch of whoever holds the lock; may change */
function open(holder = { epoch: 'one true' }) {
  const heard: string[] = []
  const inbox = createInbox({
    isHolder: async epoch => epoch === holder.epoch,
    onLeader: epoch => heard.push(`leader ${epoch}`),
    onMessage: ({ kind, epoch }) => heard.push(`${kind} ${epoch}`),
  })
  return { inbox, heard, holder }
}

it('lets a leader through once it is known to hold the lock, with what it said meanwhile, in its order', async () => {
  const { inbox, heard } = open()
  inbox.hear(lead('one true'))
  inbox.hear(here('one true', 0))
  expect(heard).toEqual([])
  await settle()
  inbox.hear(here('one true', 0))
  expect(heard).toEqual(['leader one true', 'lead one true', 'here one true', 'here one true'])
})

it('never hears who leads without the lock', async () => {
  const { inbox, heard } = open()
  inbox.hear(lead('no false'))
  inbox.hear(here('no false', 0))
  await settle()
  inbox.hear(here('no false', 0))
  expect(heard).toEqual([])
})

it('goes on with the leader it knows while another one claims to lead', async () => {
  const { inbox, heard } = open()
  inbox.hear(lead('one true'))
  await settle()
  inbox.hear(lead('no false'))
  inbox.hear(here('one true', 0))
  await settle()
  expect(heard).toEqual(['leader one true', 'lead one true', 'here one true'])
})

it('hears the old leader no more once there is a new one', async () => {
  const { inbox, heard, holder } = open()
  inbox.hear(lead('one true'))
  await settle()
  holder.epoch = 'two next'
  inbox.hear(lead('two next'))
  await settle()
  inbox.hear(here('one true', 0))
  expect(heard).toEqual(['leader one true', 'lead one true', 'leader two next', 'lead two next'])
})

it('takes no message of a leader that has said neither that it leads nor where it stands', async () => {
  const { inbox, heard } = open()
  inbox.hear(here('one true', 0))
  await settle()
  expect(heard).toEqual([])
})

it('finds the true leader among many that claim to be it', async () => {
  const { inbox, heard } = open()
  for (let i = 0; i < 1_000; i++) inbox.hear(lead(`false ${i}`))
  await settle()
  inbox.hear(lead('one true'))
  await settle()
  expect(heard).toEqual(['leader one true', 'lead one true'])
})

it('hands nothing on to who has stopped listening meanwhile', async () => {
  const { inbox, heard } = open()
  inbox.hear(lead('one true'))
  inbox.forget()
  await settle()
  expect(heard).toEqual([])
})

it('believes itself while it leads', () => {
  const { inbox, heard } = open()
  inbox.leadMyself('mine')
  inbox.hear(here('mine', 0))
  expect(heard).toEqual(['here mine'])
})

it('lets nobody speak for a leader that has not gone, though it knows that page\'s name', async () => {
  const { inbox, heard, holder } = open({ epoch: 'page one' })
  inbox.hear(lead('page one'))
  await settle()
  holder.epoch = 'page two'
  inbox.hear(lead('page two'))
  await settle()
  expect(heard).toEqual(['leader page one', 'lead page one'])
  inbox.hear({ kind: 'bye', epoch: 'page one' })
  inbox.hear(lead('page two'))
  await settle()
  expect(heard.slice(2)).toEqual(['bye page one', 'leader page two', 'lead page two'])
})
