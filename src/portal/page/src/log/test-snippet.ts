import type { Replay } from './replay'

/** A Vitest test in which happens what an entry of the log tells of. */
export function testSnippet(replay: Replay): string {
  switch (replay.kind) {
    case 'emit': return emitTest(replay)
    case 'rest': return restTest(replay)
    case 'event': return portalTest(`tells the back end of ${replay.event}`, '', `  await portal.fireEvent(${text(replay.event)}, ${code(replay.data, 2)})\n`)
    case 'fault': return portalTest(`lives through the fault ${replay.name}`, '', `  portal.faults.on(${text(replay.name)}, ${code(replay.settings, 2)})\n`)
  }
}

function emitTest({ module, command, params }: Extract<Replay, { kind: 'emit' }>): string {
  return `import { createTestingPull } from 'nuxt-b24-pull/testing'
import { expect, it } from 'vitest'

it(${text(`takes ${module}:${command}`)}, () => {
  const testing = createTestingPull()
  // Mount the component here: mount(MyComponent, { global: { plugins: [testing] } })
  const hasArrived = testing.emit(${text(module)}, ${text(command)}, ${code(params, 2)})
  expect(hasArrived).toBe(true)
  expect(testing.errors).toEqual([])
})
`
}

function restTest({ method, params, userId, status, result }: Extract<Replay, { kind: 'rest' }>): string {
  const isFine = status < 400
  const answer = isFine ? `() => (${code(result ?? null, 4)})` : `() => {\n      throw new RestError('ERROR', 'As it was in the dev portal.', ${status})\n    }`
  const frame = userId === null ? 'portal.frames[0]' : `portal.openFrame({ userId: ${userId} })`
  const users = userId === null ? '' : `\n    users: [{ id: ${userId}, isAdmin: ${userId === 1} }],`
  return portalTest(`calls ${method}`, `${users}
    rest: {
      ${text(method)}: ${answer},
    },`, `  // In an app's test the frame does this: open portal.url in a browser.
  const frame = ${frame}
  const response = await fetch(\`\${portal.url}/rest/${method}.json\`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...${code(params, 4)}, auth: frame?.fields.AUTH_ID }),
  })
  expect(response.status).toBe(${status})
  expect(portal.requests.at(-1)?.method).toBe(${text(method)})
`, isFine ? 'createPortal' : 'createPortal, RestError', 'expect, it')
}

function portalTest(title: string, options: string, body: string, portalImports = 'createPortal', vitestImports = 'it'): string {
  return `import { ${portalImports} } from 'nuxt-b24-pull/portal'
import { ${vitestImports} } from 'vitest'

it(${text(title)}, async () => {
  const portal = await createPortal({
    app: 'http://localhost:3000',${options}
  })
${body}  await portal.close()
})
`
}

/** A value as code, its further lines indented. */
function code(value: unknown, indent: number): string {
  return JSON.stringify(value, null, 2)
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029')
    .replaceAll('\n', `\n${' '.repeat(indent)}`)
}

function text(value: string): string {
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll('\'', '\\\'')}'`
}
