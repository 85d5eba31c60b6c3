import type { AddressInfo, Server } from 'node:net'
import { createServer } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { choosePort } from '../../../scripts/lib/ports.mjs'

const host = '127.0.0.1'
let other: Server
let taken: number

beforeAll(async () => {
  other = createServer()
  await new Promise<void>(resolve => other.listen(0, host, resolve))
  taken = (other.address() as AddressInfo).port
})
afterAll(() => other.close())

it('goes on to the next free port when nobody asked for one', async () => {
  expect(await choosePort({ name: 'PORT', value: undefined, preferred: taken, host })).toBeGreaterThan(taken)
})

it('leaves out the port that is spoken for', async () => {
  expect(await choosePort({ name: 'PORT', value: '', preferred: taken, host, except: taken + 1 })).toBeGreaterThan(taken + 1)
})

it('does not put another port in the place of the one that was asked for', async () => {
  await expect(choosePort({ name: 'PORT', value: String(taken), preferred: 3000, host })).rejects.toThrow(`Port ${taken} is taken.`)
})

it.each(['http', '0', '70000', '3000.5'])('names the variable that holds no port: %s', async (value) => {
  await expect(choosePort({ name: 'PORTAL_PORT', value, preferred: 3000, host })).rejects.toThrow(`PORTAL_PORT is not a port: "${value}"`)
})
