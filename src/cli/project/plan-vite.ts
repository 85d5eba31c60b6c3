import type { App, Plan } from './plan'
import { pingComponent } from './ping-component'

const MAINS = ['src/main.ts', 'src/main.js']

const GUARD = `    <script>
      /* In private windows a frame has no localStorage, and Vue's devtools stop the app: for development. */
      try { void window.localStorage }
      catch { Object.defineProperty(window, 'localStorage', { value: undefined, configurable: true }) }
    </script>
`

/** A Vue app of Vite's: the plugin in its main file, a component that hears and sends, and a script that opens the dev portal. */
export function planVite(app: App): Plan {
  const files = new Map<string, string>()
  const hints: string[] = []
  const main = MAINS.find(app.has)
  const text = main === undefined ? null : withPlugin(app.read(main)!)
  if (main !== undefined && text !== null) files.set(main, text)
  else hints.push(`Where the app is made, add .use(createB24Pull()) from 'nuxt-b24-pull/vue', after a Pinia of your own if there is one: ${main ?? 'src/main.ts'} has no createApp(…).mount(…) that could be changed.`)
  const component = 'src/components/PullPing.vue'
  if (!app.has(component)) files.set(component, pingComponent({ hasImports: true, isTyped: !main?.endsWith('.js') }))
  const html = app.read('index.html')
  if (html !== null && !html.includes('window.localStorage') && html.includes('</head>')) files.set('index.html', html.replace(/[ \t]*<\/head>/, end => GUARD + end))
  hints.push(`Next: put <PullPing /> of src/components into App.vue, run the dev server, and \`${app.run('portal')}\` beside it; open the address that it prints.`)
  return {
    files,
    packages: ['nuxt-b24-pull', '@bitrix24/b24jssdk', 'pinia'],
    scripts: { portal: 'nuxt-b24-pull portal --app http://localhost:5173 --method get' },
    hints,
  }
}

/** Before the app is mounted, and so after every plugin that is used before; null where nothing mounts. */
function withPlugin(text: string): string | null {
  if (/\bcreateB24Pull\b/.test(text)) return text
  const mounts = [...text.matchAll(/\.mount\s*\(/g)]
  const imports = [...text.matchAll(/^import\b[^'"]*['"][^'"]+['"][^\n]*\n/gm)]
  const mount = mounts[0]
  const last = imports.at(-1)
  if (mounts.length !== 1 || !mount || !last || !/\bcreateApp\s*\(/.test(text)) return null
  const at = last.index + last[0].length
  const isChain = !/(?:^|\n)\s*\w+\s*$/.test(text.slice(0, mount.index))
  const semicolon = /;\s*\n$/.test(last[0]) ? ';' : ''
  const quote = last[0].includes('"') ? '"' : '\''
  const added = `import { createB24Pull } from ${quote}nuxt-b24-pull/vue${quote}${semicolon}\n`
  if (isChain) return `${text.slice(0, at)}${added}${text.slice(at, mount.index)}.use(createB24Pull())${text.slice(mount.index)}`
  const line = text.lastIndexOf('\n', mount.index) + 1
  const name = text.slice(line, mount.index)
  return `${text.slice(0, at)}${added}${text.slice(at, line)}${name}.use(createB24Pull())${semicolon}\n${text.slice(line)}`
}
