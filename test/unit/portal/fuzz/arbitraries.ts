import fc from 'fast-check'

// What a client may say, and what none should: values, parameters, bytes.

const ODD = ['', '0', '-1', '1e309', 'null', '__proto__', 'constructor', 'toString', 'a:b', '::', '\0', '\u2028', '💥', '\uD800', '[', ']', '[]', 'a[b', '[[[', '%', '%zz', '%2e%2e', '../..', '#!NGINXNMS!#', '$result[a][b]', '$result[', '\r\n', '{', '"', '{"a":', '[1,2]', 'x'.repeat(3_000), '['.repeat(2_000), 'eyJ-'.repeat(500), 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOjF9.x']

const NAMES = ['COMMAND', 'PARAMS', 'MODULE_ID', 'USER_ID', 'TEXT', 'AVATAR', 'TAGS', 'tags', 'cmd', 'halt', 'option', 'options', 'event', 'handler', 'auth_type', 'event_type', 'auth_connector', 'PLACEMENT', 'HANDLER', 'TITLE', 'OPTIONS', 'LANG_ALL', 'USER_TYPE_ID', 'filter', 'order', 'limit', 'clear', 'process_id', 'message_id', 'id', 'name', 'start', 'CACHE', 'auth', '__proto__', 'constructor']

/** Methods that the portal has, and some that it has not. */
export const METHODS = ['batch', 'profile', 'app.info', 'server.time', 'scope', 'method.get', 'user.current', 'user.get', 'app.option.get', 'app.option.set', 'user.option.get', 'user.option.set', 'event.bind', 'event.unbind', 'event.get', 'event.offline.get', 'event.offline.list', 'event.offline.clear', 'event.offline.error', 'placement.bind', 'placement.unbind', 'placement.get', 'placement.list', 'userfieldtype.add', 'userfieldtype.update', 'userfieldtype.list', 'userfieldtype.delete', 'crm.currency.base.get', 'crm.currency.list', 'crm.currency.get', 'pull.application.config.get', 'pull.application.event.add', 'pull.application.push.add', 'pull.watch.extend', 'pull.channel.public.get', 'pull.channel.public.list', 'crm.deal.list', '__proto__', 'constructor', '..', '%00', 'batch/batch']

/** Neither a text nor a number can be made of it: to try so throws. */
const UNSPEAKABLE = { toString: 'application', valueOf: 1 }

const right = fc.constantFrom<unknown>('application', 'ping', 'main', 1, '1', 2, [1, 2], '5', 'ONCRMDEALUPDATE', 'ONAPPINSTALL', 'offline', 'CRM_DEAL_DETAIL_TAB', 'PAGE_BACKGROUND_WORKER', 'http://localhost:9/handler', 'http://[', 'Title', 'EUR', true, false, {}, [], UNSPEAKABLE, [UNSPEAKABLE])

export const odd: fc.Arbitrary<string> = fc.oneof(fc.constantFrom(...ODD), fc.string({ unit: 'binary', maxLength: 20 }))

/** Anything that JSON can hold, hostile names among it. */
export const value: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown, leaf: unknown }>(tie => ({
  leaf: fc.oneof(right, odd, fc.double(), fc.integer(), fc.constant(null)),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), odd), tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value

/** Parameters of a call: mostly by names that methods know, mostly right. */
export const params: fc.Arbitrary<Record<string, unknown>> = fc.dictionary(
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...NAMES) }, { weight: 1, arbitrary: odd }),
  fc.oneof({ weight: 3, arbitrary: right }, { weight: 2, arbitrary: value }),
  { maxKeys: 6, noNullPrototype: true },
)

/** Names and values as PHP reads them, brackets and all. */
export const form: fc.Arbitrary<string> = fc.array(
  fc.tuple(fc.oneof(fc.constantFrom(...NAMES), odd), fc.array(fc.constantFrom('[]', '[a]', '[0]', '[', ']', '[a', '[__proto__]'), { maxLength: 3 }), fc.oneof(odd, fc.constantFrom('application', 'ping', '1'))),
  { maxLength: 6 },
).map(pairs => pairs.map(([name, brackets, text]) => `${safely(encodeURIComponent, name)}${brackets.join('')}=${safely(encodeURIComponent, text)}`).join('&'))

/** Commands of a batch, results of earlier ones among their parameters. */
export const batch: fc.Arbitrary<Record<string, unknown>> = fc.record({
  halt: fc.constantFrom(0, 1, '1', true, 'x'),
  cmd: fc.dictionary(fc.oneof(fc.constantFrom('a', 'b', '__proto__'), odd), fc.oneof(
    fc.tuple(fc.constantFrom(...METHODS), form).map(([method, query]) => `${method}?${query}`),
    fc.constantFrom('profile', 'app.option.get?option=$result[a][x]', 'batch?cmd[a]=batch', 'profile?$result[b]'),
    value,
  ), { maxKeys: 6, noNullPrototype: true }),
})

/** JSON, whole or cut off. */
export const body: fc.Arbitrary<string> = fc.tuple(fc.oneof(params, batch, value), fc.option(fc.nat(60))).map(([object, cut]) => {
  const json = JSON.stringify(object) ?? 'undefined'
  return cut === null ? json : json.slice(0, cut)
})

export const bytes: fc.Arbitrary<Uint8Array<ArrayBuffer>> = fc.uint8Array({ maxLength: 200 }) as fc.Arbitrary<Uint8Array<ArrayBuffer>>

function safely(encode: (text: string) => string, text: string): string {
  // A lone surrogate has no encoding.
  return encode(text.toWellFormed())
}
