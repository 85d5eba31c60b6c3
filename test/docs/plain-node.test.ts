import ts from 'typescript'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { PullError } from '../../src/server'
import { codeBlocks } from '../support/code-blocks'

// The server without a framework of docs/server.md, run as it stands.

const { code } = codeBlocks('docs/server.md').find(block => block.code.includes('createServer('))!
const refused = (name: string) => new PullError({ code: name as 'FORM_ERROR', message: 'm', why: 'w', fix: 'f' })

const error = vi.fn()
const unhandled = vi.fn()
const sendPullEvent = vi.fn(async () => {})
let readB24Event: () => Promise<object>

beforeEach(() => {
  vi.resetAllMocks()
  process.on('unhandledRejection', unhandled)
})

afterEach(() => void process.off('unhandledRejection', unhandled))

/** Posts something to it. @returns all statuses that were written */
async function post(): Promise<number[]> {
  const statuses: number[] = []
  let handle: ((request: object, response: object) => unknown) | undefined
  const world = {
    createServer: (given: typeof handle) => void (handle = given),
    text: async () => 'form',
    PullError,
    readB24Event: () => readB24Event(),
    sendPullEvent,
    console: { error },
  }
  const script = ts.transpile(code.replaceAll(/^import .*$/gm, ''), { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext })
  new Function(...Object.keys(world), script)(...Object.values(world))
  const response = { writeHead: (status: number) => (statuses.push(status), response), end: () => {} }
  void handle!({}, response)
  await new Promise(resolve => setImmediate(() => setImmediate(resolve)))
  return statuses
}

it('answers a portal before it sends, once, and lives on where sending fails', async () => {
  readB24Event = async () => ({ name: 'ONCRMDEALUPDATE', id: 42, b24: {} })
  sendPullEvent.mockRejectedValueOnce(refused('QUERY_LIMIT_EXCEEDED'))
  expect(await post()).toEqual([200])
  expect(error).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'QUERY_LIMIT_EXCEEDED' }))
  expect(unhandled).not.toHaveBeenCalled()
})

it.each([['FORM_ERROR', 400], ['TOKEN_REFUSED', 403]])('refuses what is not an event of the portal: %s is %d', async (name, status) => {
  readB24Event = () => Promise.reject(refused(name))
  expect(await post()).toEqual([status])
  expect(sendPullEvent).not.toHaveBeenCalled()
})
