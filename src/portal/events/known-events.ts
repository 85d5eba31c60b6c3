/** Names made of each subject and each of what can happen to it. */
const names = (subjects: string, happenings: string): string[] => subjects.split(' ').flatMap(subject => happenings.split(' ').map(happening => subject + happening))

const CHANGES = 'ADD UPDATE DELETE'

/** Of no scope: every app may bind them. */
const GLOBAL_EVENTS = names('ON', 'APPINSTALL APPUNINSTALL APPUPDATE APPPAYMENT APPTEST APPMETHODCONFIRM SUBSCRIPTIONRENEW OFFLINEEVENT')

/** What an app of the scope may bind, as the platform's modules register it in `onRestServiceBuildDescription` (core 26.250). */
const EVENTS_OF_SCOPE: Readonly<Record<string, readonly string[]>> = {
  'booking': names('ONBOOKING ONBOOKINGRESOURCE ONBOOKINGRESOURCETYPE ONBOOKINGWAITLISTITEM', CHANGES),
  'calendar': names('ONCALENDARENTRY ONCALENDARSECTION', CHANGES),
  'catalog': names('CATALOG.PRICE.ON. CATALOG.PRODUCT.ON. CATALOG.MEASURE.ON. CATALOG.ROUNDING.ON. CATALOG.PRICE.TYPE.ON.', CHANGES),
  'crm': [
    ...names('ONCRMLEAD ONCRMDEAL ONCRMCONTACT ONCRMCOMPANY ONCRMQUOTE ONCRMINVOICE ONCRMREQUISITE ONCRMBANKDETAIL', CHANGES),
    ...names('ONCRMACTIVITY ONCRMTIMELINECOMMENT ONCRMTYPE ONCRMDYNAMICITEM ONCRMDOCUMENTGENERATORDOCUMENT', CHANGES),
    ...names('ONCRMCURRENCY ONCRMMEASURE ONCRMPRODUCT ONCRMPRODUCTPROPERTY ONCRMPRODUCTSECTION', CHANGES),
    ...names('ONCRMLEAD ONCRMDEAL ONCRMCONTACT ONCRMCOMPANY ONCRMQUOTE ONCRMINVOICE ONCRMREQUISITE ONCRMTYPE', 'USERFIELDADD USERFIELDUPDATE USERFIELDDELETE USERFIELDSETENUMVALUES'),
    ...names('ONCRMDEALRECURRING ONCRMINVOICERECURRING', 'ADD UPDATE DELETE EXPOSE'),
    ...names('ONCRM', 'DEALMOVETOCATEGORY INVOICESETSTATUS ADDRESSREGISTER ADDRESSUNREGISTER TIMELINEITEMACTION'),
  ],
  'humanresources.hcmlink': names('ONHUMANRESOURCESHCMLINK', 'EMPLOYEELISTREQUESTED FIELDVALUEREQUESTED EMPLOYEELISTMAPPED'),
  'im': names('ONIMV2', 'MESSAGEADD MESSAGEUPDATE MESSAGEDELETE JOINCHAT REACTIONCHANGE'),
  'imbot': [
    ...names('ONIMBOT', 'MESSAGEADD MESSAGEUPDATE MESSAGEDELETE JOINCHAT DELETE CONTEXTGET'),
    ...names('ONIMBOTV2', 'MESSAGEADD MESSAGEUPDATE MESSAGEDELETE JOINCHAT DELETE CONTEXTGET COMMANDADD REACTIONCHANGE'),
    'ONIMCOMMANDADD',
  ],
  'imconnector': names('ONIMCONNECTOR', 'LINEDELETE MESSAGEADD MESSAGEUPDATE MESSAGEDELETE STATUSDELETE DIALOGSTART DIALOGFINISH'),
  'imopenlines': [...names('ONOPENLINEMESSAGE', CHANGES), ...names('ONSESSION', 'START FINISH')],
  'log': names('ONLIVEFEEDPOST', CHANGES),
  'sale': [
    ...names('ONORDER ONPAYMENT ONSHIPMENT ONPROPERTYVALUE', 'ENTITYSAVED DELETED'),
    ...names('ONSALE', 'ORDERSAVED BEFOREORDERDELETE'),
  ],
  'sign.b2e': names('ONSIGN', 'B2EDOCUMENTSTATUSCHANGED B2EMEMBERSTATUSCHANGED HCMLINKB2EDOCUMENTSIGNED'),
  'sonet_group': names('ONSONETGROUP ONSONETGROUPSUBJECT', CHANGES),
  'task': names('ONTASK ONTASKCOMMENT', CHANGES),
  'telephony': [...names('ONVOXIMPLANTCALL', 'INIT START END'), ...names('ONEXTERNALCALL', 'START BACKSTART')],
  'user': ['ONUSERADD'],
  'user_basic': ['ONUSERADD'],
  'user_brief': ['ONUSERADD'],
  'userfieldconfig': names('MAIN.ON.USER.TYPE.', CHANGES),
}

/** Each smart process has events of its own, named by its number. The portal has none, and takes any. */
const OF_SMART_PROCESS = /^(ONCRMDYNAMICITEM(?:ADD|UPDATE|DELETE))_\d+$/

/** Scopes that have events. */
export const EVENT_SCOPES: readonly string[] = Object.keys(EVENTS_OF_SCOPE)

/** The events of these scopes. */
export function eventsOf(scopes: readonly string[]): string[] {
  return [...new Set(scopes.flatMap(scope => Object.hasOwn(EVENTS_OF_SCOPE, scope) ? EVENTS_OF_SCOPE[scope]! : []))]
}

/** The events that an app of these scopes may bind. */
export function bindableEvents(scopes: readonly string[]): string[] {
  return [...GLOBAL_EVENTS, ...eventsOf(scopes)]
}

/** The scopes of which one is needed to bind the event; null where the platform does not have it at all. */
export function scopesOfEvent(event: string): string[] | null {
  const name = OF_SMART_PROCESS.exec(event)?.[1] ?? event
  if (GLOBAL_EVENTS.includes(name)) return []
  const scopes = EVENT_SCOPES.filter(scope => EVENTS_OF_SCOPE[scope]!.includes(name))
  return scopes.length > 0 ? scopes : null
}
