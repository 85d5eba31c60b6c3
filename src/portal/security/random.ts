import { randomBytes } from 'node:crypto'

/** A random secret of `bytes` bytes in hexadecimal. 16 bytes or more are masked in the log by their shape. */
export function randomHex(bytes = 16): string {
  return randomBytes(bytes).toString('hex')
}
