/** A value that no other page has. */
export function createPageId(): string {
  return crypto.getRandomValues(new Uint32Array(3)).join('-')
}
