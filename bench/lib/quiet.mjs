import process from 'node:process'

/**
 * Keeps everything but the result from the standard output: builds, tools and libraries have things to say, too.
 * @param {boolean} isWanted
 * @returns {(text: string) => void} writes to the real standard output
 */
export function quietOutput(isWanted) {
  const write = process.stdout.write.bind(process.stdout)
  if (isWanted) process.stdout.write = (...args) => process.stderr.write(...args)
  return text => void write(text)
}
