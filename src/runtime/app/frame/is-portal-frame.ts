/** Whether this window is one that Bitrix24 has opened: an iframe named `DOMAIN|PROTOCOL|APP_SID`. */
export function isPortalFrame(): boolean {
  if (window.parent === window) return false
  const [domain, , appSid] = window.name.split('|')
  return !!domain && !!appSid
}
