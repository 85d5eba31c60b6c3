import process from 'node:process'

/** ms that this thread computes during `run`: while others have the processor the clock goes on, and this does not. */
export function processorTime(run: () => void): number {
  const before = process.threadCpuUsage()
  run()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}
