/** Tells the developer of a kind of trouble once, not once per message. */
export function createOncePerKind(tell: (text: string, ...details: unknown[]) => void): (kind: string, text: string, ...details: unknown[]) => void {
  const told = new Set<string>()
  return (kind, text, ...details) => {
    if (told.has(kind)) return
    told.add(kind)
    tell(text, ...details)
  }
}
