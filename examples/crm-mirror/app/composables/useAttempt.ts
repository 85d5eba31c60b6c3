/** Runs what may fail, one at a time, and keeps what went wrong for the screen. */
export function useAttempt() {
  const isBusy = ref(false)
  const problem = ref('')

  async function attempt(run: () => Promise<unknown>): Promise<void> {
    problem.value = ''
    isBusy.value = true
    try {
      await run()
    }
    catch (error) {
      problem.value = error instanceof Error ? error.message : String(error)
    }
    finally {
      isBusy.value = false
    }
  }

  return { isBusy, problem, attempt }
}
