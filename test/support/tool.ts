import { execFile } from 'node:child_process'
import type { ExecFileOptions } from 'node:child_process'

/** bytes */
const LONGEST_OUTPUT = 2 ** 26

export interface ToolResult {
  /** Its exit code; 1 where it could not be started, or was ended. */
  status: number
  stdout: string
  stderr: string
}

/**
 * Runs a tool to its end. Never one of Node's `…Sync` in a test: while that runs this process hears nobody, and a browser that has answered
 * long ago, or Vitest itself, is taken for dead on a slow machine.
 */
export function runTool(command: string, args: string[], options: ExecFileOptions = {}): Promise<ToolResult> {
  return new Promise((resolve) => {
    execFile(command, args, { maxBuffer: LONGEST_OUTPUT, ...options, encoding: 'utf8' }, (error, stdout, stderr) => {
      resolve({ status: error ? Number(error.code) || 1 : 0, stdout, stderr: error && !stderr ? error.message : stderr })
    })
  })
}

/** The same for one that has to succeed. Resolves with what it printed. */
export async function mustRun(command: string, args: string[], options: ExecFileOptions = {}): Promise<string> {
  const { status, stdout, stderr } = await runTool(command, args, options)
  if (status) throw new Error(`\`${[command, ...args].join(' ')}\` ended with code ${status}:\n${stdout}${stderr}`)
  return stdout
}
