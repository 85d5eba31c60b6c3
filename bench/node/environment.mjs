// What the SDK's pull client touches of a browser, for runs in Node. Given to Node with `--import`: everybody looks when loaded.

/** A socket that is open at once and swallows what is sent. */
class DeafSocket extends EventTarget {
  readyState = 0

  constructor() {
    super()
    queueMicrotask(() => {
      this.readyState = 1
      this.dispatchEvent(new Event('open'))
    })
  }

  send() {}
  close() {}
}

const items = new Map()
const localStorage = {
  getItem: key => items.get(key) ?? null,
  setItem: (key, value) => void items.set(key, value),
  removeItem: key => void items.delete(key),
}

const page = Object.assign(new EventTarget(), { localStorage, WebSocket: DeafSocket })
const listening = Object.fromEntries(['addEventListener', 'removeEventListener', 'dispatchEvent'].map(name => [name, page[name].bind(page)]))
for (const [name, value] of Object.entries({ window: page, ...listening, localStorage, WebSocket: DeafSocket })) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
}
