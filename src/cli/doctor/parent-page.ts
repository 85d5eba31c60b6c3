/** The page around the frame, as far as an app needs it in order to start: it sends the form, and says who the app is. */
export function parentPage(address: URL, domain: string, form: Readonly<Record<string, string>>): string {
  const appSid = address.searchParams.get('APP_SID')!
  const init = {
    DOMAIN: domain,
    PROTOCOL: '1',
    PATH: '/rest',
    LANG: 'en',
    AUTH_ID: form.AUTH_ID,
    REFRESH_ID: form.REFRESH_ID,
    AUTH_EXPIRES: form.AUTH_EXPIRES,
    MEMBER_ID: form.member_id,
    IS_ADMIN: true,
    PLACEMENT: 'DEFAULT',
    PLACEMENT_OPTIONS: {},
    INSTALL: false,
    FIRST_RUN: false,
    APP_OPTIONS: {},
    USER_OPTIONS: {},
  }
  const fields = Object.entries(form).map(([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(value)}">`).join('')
  return `<!DOCTYPE html><meta charset="utf-8"><iframe name="${escape(`${domain}|1|${appSid}`)}" width="900" height="600"></iframe>
<form method="post" action="${escape(address.href)}" target="${escape(`${domain}|1|${appSid}`)}">${fields}</form>
<script>
addEventListener('message', ({ data, source, origin }) => {
  const [command, ...rest] = String(data).split(':')
  if (command !== 'getInitData') return
  window.isHeard = true
  source.postMessage(rest.at(-2) + ':' + ${JSON.stringify(JSON.stringify(init)).replaceAll('<', '\\u003c')}, origin)
})
document.forms[0].submit()
</script>`
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')
}
