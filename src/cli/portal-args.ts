import type { ArgsDef } from 'citty'
import { JSON_FLAG } from './tell'

/** Flags of `portal` and `exec`, which are options of a portal. Those that may be repeated are in {@link PORTAL_REPEATABLE}. */
export const PORTAL_ARGS = {
  'app': { type: 'string', required: true, valueHint: 'address', description: 'Address of the app, such as http://localhost:3000' },
  'port': { type: 'string', valueHint: 'number', description: 'Port on 127.0.0.1; 0 takes any free one (0)' },
  'method': { type: 'string', valueHint: 'post|get', description: 'How frames are opened: as in life by a POST form, or by GET for dev servers that refuse one, such as Vite\'s (post)' },
  'user': { type: 'string', valueHint: 'id[:name[:admin]]', description: 'A user, such as "1:Ada Lovelace:admin"; the first opens the portal; may be repeated (an admin and two employees)' },
  'server': { type: 'string', valueHint: '5|4|3', description: 'Generation of the push server (4)' },
  'transport': { type: 'string', valueHint: 'websocket|long-polling', description: 'How pages reach the push server (websocket)' },
  'mode': { type: 'string', valueHint: 'personal|shared', description: 'A push server of the portal\'s own, or one in the cloud, which is always of version 4 (shared with version 4, else personal)' },
  'history': { type: 'string', valueHint: 'number', description: 'Messages kept per channel for those who come back (1000)' },
  'placement': { type: 'string', valueHint: 'code[@handler][=json]', description: 'A placement the page offers, such as CRM_DEAL_DETAIL_TAB@/tab={"ID":"42"}; may be repeated' },
  'fault': { type: 'string', valueHint: 'name[:key=value,…]', description: 'A fault that is on from the start, such as push-delay:ms=500,jitter=100; may be repeated' },
  'rest': { type: 'string', valueHint: 'file', description: 'A module whose default export has REST methods, such as ./portal-rest.mjs; read again when it changes' },
  'scope': { type: 'string', valueHint: 'list', description: 'Scopes granted to the app, with commas between (everything the portal knows)' },
  'app-name': { type: 'string', valueHint: 'text', description: 'Name of the app (App)' },
  'app-options': { type: 'string', valueHint: 'json', description: 'What app.option.get answers at first ({})' },
  'application-token': { type: 'string', valueHint: 'text', description: 'What events to the app\'s back end carry (a random one)' },
  'client-id': { type: 'string', valueHint: 'text', description: 'With which the app\'s back end renews its tokens, and the CODE of app.info (local.dev-portal)' },
  'client-secret': { type: 'string', valueHint: 'text', description: 'The secret that belongs to it (dev-portal-secret)' },
  'install': { type: 'boolean', description: 'Begins with an app that is not installed: no event reaches it before installFinish()' },
  'install-url': { type: 'string', valueHint: 'address', description: 'The install page, from the app\'s address (the app itself)' },
  'install-callback': { type: 'string', valueHint: 'address', description: 'Gets ONAPPINSTALL once the app is installed (none)' },
  'limits': { type: 'string', valueHint: 'on|off', description: 'REST limits of the cloud: 50 requests at once, 2 per s (on)' },
  'lang': { type: 'string', valueHint: 'code', description: 'Language of the portal (en)' },
  'token-lifetime': { type: 'string', valueHint: 'seconds', description: 'Life of an access token (3600)' },
  'ping-interval': { type: 'string', valueHint: 'ms', description: 'Time between the push server\'s pings (15000)' },
  'poll-timeout': { type: 'string', valueHint: 'ms', description: 'How long a long poll waits for a message (40000)' },
  'record': { type: 'string', valueHint: 'file', description: 'Writes everything that pages are sent to this file, such as bug.ndjson (none)' },
  'recording': { type: 'string', valueHint: 'file', description: 'Plays such a file to the first page that connects (none)' },
} as const satisfies ArgsDef

/** Flags of `portal`; what `exec` prints is its command's own. */
export const PORTAL_COMMAND_ARGS = { ...PORTAL_ARGS, json: JSON_FLAG } as const satisfies ArgsDef

export type PortalFlag = keyof typeof PORTAL_ARGS

/** Flags that make a list. */
export const PORTAL_REPEATABLE: ReadonlySet<string> = new Set<PortalFlag>(['user', 'placement', 'fault'])
