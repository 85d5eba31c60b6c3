/** Whether a request may come in at all: what DNS rebinding and foreign pages send is turned away at the door. */
export interface Guard {
  /** Null when the request may pass, else the reason for the 403. */
  refusal: (headers: Headers) => string | null
  /** Stricter, for the control API: only the portal's own page. */
  controlRefusal: (headers: Headers) => string | null
  /** For REST and push: what another page sends without saying where it comes from. */
  apiRefusal: (headers: Headers) => string | null
  isAppOrigin: (origin: string | null) => origin is string
}

const FOREIGN_PAGE = 'Sent by a page of another site that does not say which. The dev portal answers its own page and the app only.'

/**
 * Builds the guard of one portal.
 *
 * @param portalOrigin where the portal listens, such as `http://127.0.0.1:4000`
 * @param appOrigin origin of the app in the frames
 */
export function createGuard(portalOrigin: string, appOrigin: string): Guard {
  const host = new URL(portalOrigin).host

  function refusal(headers: Headers): string | null {
    if (headers.get('host') !== host) {
      return `This dev portal answers to the host ${host} only, so that no foreign name can be bound to it. Open ${portalOrigin}.`
    }
    const origin = headers.get('origin')
    if (origin !== null && origin !== portalOrigin && origin !== appOrigin) {
      return `The dev portal serves its own page and the app at ${appOrigin} only. If the app runs elsewhere, set the option \`app\`.`
    }
    return null
  }

  return {
    refusal,
    apiRefusal(headers) {
      const site = headers.get('sec-fetch-site')
      return headers.get('origin') === null && (site === 'cross-site' || site === 'same-site') ? FOREIGN_PAGE : null
    },
    controlRefusal(headers) {
      const origin = headers.get('origin')
      const site = headers.get('sec-fetch-site')
      const isForeign = (origin !== null && origin !== portalOrigin)
        || (site !== null && site !== 'same-origin' && site !== 'none')
      return isForeign ? `The control API is for the portal's own page at ${portalOrigin} only.` : null
    },
    isAppOrigin: (origin): origin is string => origin === appOrigin,
  }
}
