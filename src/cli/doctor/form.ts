/** Top-level domains of the cloud, where nobody says which portal it is. */
const CLOUD = ['com', 'ru', 'de', 'eu', 'fr', 'it', 'pl', 'es', 'by', 'kz', 'com.br', 'com.tr', 'in', 'mx', 'co', 'uk', 'tech', 'vn', 'id', 'cn', 'ua', 'jp']

/** The portals that may open the app: the one that is named, or any of the cloud's. */
export function portalOrigins(domain: string | undefined): string[] {
  return domain === undefined ? CLOUD.map(end => `https://doctor.bitrix24.${end}`) : [`https://${domain}`]
}

/** The address and the form with which a portal opens an app. Nothing in it is a token: the app's own server may log it. */
export function frameRequest(app: URL, domain: string): { address: URL, form: Record<string, string> } {
  const address = new URL(app)
  for (const [name, value] of [['DOMAIN', domain], ['PROTOCOL', '1'], ['LANG', 'en'], ['APP_SID', '0'.repeat(32)]] as const) address.searchParams.set(name, value)
  return {
    address,
    form: {
      AUTH_ID: 'doctor',
      AUTH_EXPIRES: '3600',
      REFRESH_ID: 'doctor',
      SERVER_ENDPOINT: `https://${domain}/rest/`,
      APPLICATION_TOKEN: 'doctor',
      APPLICATION_SCOPE: 'pull',
      member_id: '0'.repeat(32),
      status: 'L',
      PLACEMENT: 'DEFAULT',
      PLACEMENT_OPTIONS: '{"any":"1","URI":"/marketplace/app/1/"}',
    },
  }
}
