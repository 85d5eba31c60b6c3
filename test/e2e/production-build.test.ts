import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { root } from '../../scripts/lib/root.mjs'
import { startBuiltApp } from '../support/app'
import { builtFiles, sentences, staticClosure, textOf } from '../support/bundle'
import type { TestServer } from '../support/server'

const { appDir, packageDir } = inject('packed')
const publicDir = join(appDir, '.output/public')

const isScript = (file: string) => /\.m?js$/.test(file)
const foundIn = (text: string, markers: string[]) => markers.filter(marker => text.includes(marker))

const sdkFiles = builtFiles(join(root, 'node_modules/@bitrix24/b24jssdk/dist/esm')).filter(isScript)

describe('the SDK in a production build', () => {
  const sdk = sentences(sdkFiles)
  let server: TestServer
  let initial: string[]

  beforeAll(async () => {
    server = await startBuiltApp()
    const html = await (await fetch(server.url)).text()
    const asked = html.matchAll(/<(?:script type="module"|link rel="(?:modulepreload|prefetch)")[^>]*?(?:src|href)="([^"]+\.js)"/g)
    initial = staticClosure([...asked].map(([, path]) => join(publicDir, path!)))
  })
  afterAll(() => server?.stop())

  it('is in the build', () => {
    expect(foundIn(textOf(builtFiles(publicDir)), sdk).length).toBeGreaterThan(20)
  })

  it('is in no chunk that the page loads by itself', () => {
    expect(foundIn(textOf(initial), sdk)).toEqual([])
  })

  it('stays apart from this module, which is in those chunks', () => {
    const ours = sentences(builtFiles(join(packageDir, 'dist/runtime')).filter(isScript))
    expect(foundIn(textOf(initial), ours).length).toBeGreaterThan(0)
  })
})

describe('the inspector in a production build', () => {
  /** Of the packages that only it loads. */
  const ofLibraries = ['Cannot parse given Error object', 'resolvedSources']

  it('has left no sentence of it, nor of what feeds it', () => {
    const inspector = sentences(builtFiles(join(packageDir, 'dist/runtime/app/inspect')).filter(isScript))
    expect(inspector.length).toBeGreaterThan(15)
    expect(foundIn(textOf(['error-stack-parser-es/dist/lite.mjs', '@jridgewell/trace-mapping/dist/trace-mapping.mjs'].map(file => join(root, 'node_modules', file))), ofLibraries)).toEqual(ofLibraries)
    expect(foundIn(textOf(builtFiles(join(appDir, '.output'))), [...inspector, 'explainPull', 'nuxt-b24-pull.inspectors', ...ofLibraries])).toEqual([])
  })
})

describe('the dev portal in a production build', () => {
  const output = textOf(builtFiles(join(appDir, '.output')))
  // Portal and client speak one protocol, so some sentences are in both.
  const client = textOf([...builtFiles(join(packageDir, 'dist/runtime')), ...sdkFiles])

  it('has left no sentence of its engine', () => {
    // The build puts what several entries use in chunks beside them, hence the closure.
    const engine = sentences(staticClosure([join(packageDir, 'dist/portal/index.mjs')])).filter(sentence => !client.includes(sentence))
    expect(engine.length).toBeGreaterThan(30)
    expect(foundIn(output, engine)).toEqual([])
  })

  it('has left no control of its page', () => {
    const controls = ['emit-module', 'emit-command', 'emit-params', 'emit-send', 'slider-frame']
    expect(foundIn(textOf(builtFiles(join(packageDir, 'dist/portal-page'))), controls)).toEqual(controls)
    expect(foundIn(output, controls)).toEqual([])
  })

  it('has left no file', () => {
    expect(builtFiles(join(appDir, '.output')).filter(file => file.includes('nuxt-b24-pull/dist/portal'))).toEqual([])
  })
})
