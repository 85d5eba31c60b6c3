/**
 * Waits until all addresses answer. An answer of 500 or above is none: Nuxt sends 503 with its loading page.
 * @param {string[]} urls
 * @param {{ deadline: number, giveUp: () => boolean }} options `deadline` in ms; `giveUp` ends the wait early
 * @returns {Promise<string[]>} the addresses that do not answer: none when all is well
 */
export async function allAnswer(urls, { deadline, giveUp }) {
  const until = Date.now() + deadline
  let waiting = urls
  while (waiting.length > 0 && Date.now() < until && !giveUp()) {
    const answered = await Promise.all(waiting.map(answers))
    waiting = waiting.filter((_, i) => !answered[i])
    if (waiting.length > 0) await new Promise(resolve => setTimeout(resolve, 200))
  }
  return waiting
}

async function answers(url) {
  try {
    const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(30_000) })
    await response.body?.cancel()
    return response.status < 500
  }
  catch {
    return false
  }
}
