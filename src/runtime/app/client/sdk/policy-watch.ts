/** More kinds of addresses than any page asks for; what comes beyond is not remembered. */
const LIMIT = 100

/**
 * Knows what the page's Content Security Policy has forbidden to connect to. Who asks for such an address sees only a network error;
 * the browser tells the cause by an event of the document.
 */
export interface PolicyWatch {
  /** The first of these addresses that was forbidden, or `null`. */
  forbids: (addresses: () => readonly (string | undefined)[]) => string | null
  stop: () => void
}

export function watchPolicy(): PolicyWatch {
  const blocked = new Set<string>()
  const note = ({ effectiveDirective, disposition, blockedURI }: SecurityPolicyViolationEvent) => {
    if (effectiveDirective === 'connect-src' && disposition === 'enforce' && blocked.size < LIMIT) blocked.add(blockedURI)
  }
  document.addEventListener('securitypolicyviolation', note)
  return {
    forbids: addresses => !blocked.size ? null : addresses().find(address => address && [...blocked].some(uri => isSame(uri, address))) ?? null,
    stop: () => document.removeEventListener('securitypolicyviolation', note),
  }
}

/** For a scheme other than http and https the report may name no more than the scheme. */
function isSame(uri: string, address: string): boolean {
  const { protocol, host } = new URL(address)
  return uri === protocol.slice(0, -1) || uri.startsWith(`${protocol}//${host}`)
}
