import { execFile, spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { promisify } from 'node:util'
import { freePort } from './ports'

const run = promisify(execFile)

const ROOT = '/usr/lib/postgresql'

export interface TestPostgres {
  connectionString: string
  stop: () => Promise<void>
}

/** Where PostgreSQL's programs are; installs Debian's package where that is missing. Null where it cannot be had. */
export async function findPostgres(): Promise<string | null> {
  const find = () => existsSync(ROOT)
    ? readdirSync(ROOT).map(version => join(ROOT, version, 'bin')).filter(bin => existsSync(join(bin, 'initdb'))).sort().at(-1) ?? null
    : null
  const there = find()
  if (there || process.platform !== 'linux' || process.getuid?.() !== 0) return there
  try {
    await run('apt-get', ['install', '--yes', '--no-install-recommends', 'postgresql'], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, timeout: 300_000 })
    return find()
  }
  catch {
    return null
  }
}

/** A PostgreSQL of its own on loopback, in a folder that goes with it. It refuses to run as root: there it is run as `postgres`. */
export async function startPostgres(bin: string): Promise<TestPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'b24-pull-postgres-'))
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    await run('chown', ['postgres', folder])
    await chmod(folder, 0o700)
  }
  const as = (program: string, args: string[]): [string, string[]] => isRoot
    // Not `runuser`: it stands where a PATH need not lead.
    ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--init-groups', join(bin, program), ...args]]
    : [join(bin, program), args]
  const data = join(folder, 'data')
  await run(...as('initdb', ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync']), { cwd: folder })
  const port = await freePort('postgres')
  const server = spawn(...as('postgres', ['-D', data, '-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${folder}`]), { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
  await new Promise<void>((resolve, reject) => {
    let said = ''
    server.stderr.on('data', (chunk: Buffer) => {
      said += String(chunk)
      if (said.includes('ready to accept connections')) resolve()
    })
    server.once('exit', code => reject(new Error(`PostgreSQL ended with ${code}: ${said}`)))
  })
  return {
    connectionString: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async stop() {
      const ended = new Promise(resolve => server.once('exit', resolve))
      // A fast shutdown.
      server.kill('SIGINT')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
