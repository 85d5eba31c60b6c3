/** An event that the platform posts to an app's back end. */
export interface CatalogueEvent {
  /** What an app needs to bind it. */
  scope: string
  /** What has happened. */
  title: string
  /** A body in the documented shape; every value is a text, as forms carry them. */
  data: Readonly<Record<string, unknown>>
}

/**
 * Events of the platform that apps bind most, from its documentation. A bot's own tokens, which the platform adds below `BOT` and
 * `COMMAND`, are left out. No Node imports here: the portal's page offers them, too.
 *
 * @see https://apidocs.bitrix24.com/api-reference/events/index.html
 */
export const EVENT_CATALOGUE = {
  ONCRMLEADADD: { scope: 'crm', title: 'A lead was added', data: { FIELDS: { ID: '42' } } },
  ONCRMLEADUPDATE: { scope: 'crm', title: 'A lead was changed', data: { FIELDS: { ID: '42' } } },
  ONCRMLEADDELETE: { scope: 'crm', title: 'A lead was deleted', data: { FIELDS: { ID: '42' } } },
  ONCRMDEALADD: { scope: 'crm', title: 'A deal was added', data: { FIELDS: { ID: '42' } } },
  ONCRMDEALUPDATE: { scope: 'crm', title: 'A deal was changed', data: { FIELDS: { ID: '42' } } },
  ONCRMDEALDELETE: { scope: 'crm', title: 'A deal was deleted', data: { FIELDS: { ID: '42' } } },
  ONCRMDEALMOVETOCATEGORY: {
    scope: 'crm',
    title: 'A deal was moved to another pipeline',
    data: { FIELDS: { ID: '42', CATEGORY_ID: '1', STAGE_ID: 'C1:NEW' } },
  },
  ONCRMCONTACTADD: { scope: 'crm', title: 'A contact was added', data: { FIELDS: { ID: '42' } } },
  ONCRMCONTACTUPDATE: { scope: 'crm', title: 'A contact was changed', data: { FIELDS: { ID: '42' } } },
  ONCRMCONTACTDELETE: { scope: 'crm', title: 'A contact was deleted', data: { FIELDS: { ID: '42' } } },
  ONCRMCOMPANYADD: { scope: 'crm', title: 'A company was added', data: { FIELDS: { ID: '42' } } },
  ONCRMCOMPANYUPDATE: { scope: 'crm', title: 'A company was changed', data: { FIELDS: { ID: '42' } } },
  ONCRMCOMPANYDELETE: { scope: 'crm', title: 'A company was deleted', data: { FIELDS: { ID: '42' } } },
  ONCRMQUOTEADD: { scope: 'crm', title: 'An estimate was added', data: { FIELDS: { ID: '42' } } },
  ONCRMQUOTEUPDATE: { scope: 'crm', title: 'An estimate was changed', data: { FIELDS: { ID: '42' } } },
  ONCRMQUOTEDELETE: { scope: 'crm', title: 'An estimate was deleted', data: { FIELDS: { ID: '42' } } },
  ONCRMACTIVITYADD: { scope: 'crm', title: 'An activity was added', data: { FIELDS: { ID: '42' } } },
  ONCRMACTIVITYUPDATE: { scope: 'crm', title: 'An activity was changed', data: { FIELDS: { ID: '42' } } },
  ONCRMACTIVITYDELETE: { scope: 'crm', title: 'An activity was deleted', data: { FIELDS: { ID: '42' } } },
  ONCRMDYNAMICITEMADD: { scope: 'crm', title: 'An item of a smart process was added', data: { FIELDS: { ID: '42', ENTITY_TYPE_ID: '1220' } } },
  ONCRMDYNAMICITEMUPDATE: { scope: 'crm', title: 'An item of a smart process was changed', data: { FIELDS: { ID: '42', ENTITY_TYPE_ID: '1220' } } },
  ONCRMDYNAMICITEMDELETE: { scope: 'crm', title: 'An item of a smart process was deleted', data: { FIELDS: { ID: '42', ENTITY_TYPE_ID: '1220' } } },
  ONCRMTYPEADD: { scope: 'crm', title: 'A smart process was added', data: { FIELDS: { ID: '42' } } },
  ONCRMTYPEUPDATE: { scope: 'crm', title: 'A smart process was changed', data: { FIELDS: { ID: '42' } } },
  ONCRMTYPEDELETE: { scope: 'crm', title: 'A smart process was deleted', data: { FIELDS: { ID: '42' } } },
  ONCRMTIMELINECOMMENTADD: { scope: 'crm', title: 'A comment in a timeline was added', data: { ID: '42' } },
  ONCRMTIMELINECOMMENTUPDATE: { scope: 'crm', title: 'A comment in a timeline was changed', data: { ID: '42' } },
  ONCRMTIMELINECOMMENTDELETE: { scope: 'crm', title: 'A comment in a timeline was deleted', data: { ID: '42' } },
  ONCRMREQUISITEADD: { scope: 'crm', title: 'Requisites were added', data: { FIELDS: { ID: '42' } } },
  ONCRMREQUISITEUPDATE: { scope: 'crm', title: 'Requisites were changed', data: { FIELDS: { ID: '42' } } },
  ONCRMREQUISITEDELETE: { scope: 'crm', title: 'Requisites were deleted', data: { FIELDS: { ID: '42' } } },
  ONCRMBANKDETAILADD: { scope: 'crm', title: 'Bank details were added', data: { FIELDS: { ID: '42' } } },
  ONCRMBANKDETAILUPDATE: { scope: 'crm', title: 'Bank details were changed', data: { FIELDS: { ID: '42' } } },
  ONCRMBANKDETAILDELETE: { scope: 'crm', title: 'Bank details were deleted', data: { FIELDS: { ID: '42' } } },
  ONCRMCURRENCYADD: { scope: 'crm', title: 'A currency was added', data: { FIELDS: { ID: 'EUR' } } },
  ONCRMCURRENCYUPDATE: { scope: 'crm', title: 'A currency was changed', data: { FIELDS: { ID: 'EUR' } } },
  ONCRMCURRENCYDELETE: { scope: 'crm', title: 'A currency was deleted', data: { FIELDS: { ID: 'EUR' } } },
  ONCRMDEALRECURRINGADD: {
    scope: 'crm',
    title: 'The template of a recurring deal was added',
    data: { FIELDS: { ID: '7', RECURRING_DEAL_ID: '42' } },
  },
  ONCRMDEALRECURRINGUPDATE: {
    scope: 'crm',
    title: 'The template of a recurring deal was changed',
    data: { FIELDS: { ID: '7', RECURRING_DEAL_ID: '42' } },
  },
  ONCRMDEALRECURRINGDELETE: { scope: 'crm', title: 'The template of a recurring deal was deleted', data: { FIELDS: { ID: '7' } } },
  ONCRMDEALRECURRINGEXPOSE: {
    scope: 'crm',
    title: 'A recurring deal made a new deal',
    data: { FIELDS: { ID: '7', RECURRING_DEAL_ID: '42', DEAL_ID: '43' } },
  },
  ONCRMADDRESSREGISTER: {
    scope: 'crm',
    title: 'An address was given',
    data: { FIELDS: { TYPE_ID: '1', ENTITY_TYPE_ID: '8', ENTITY_ID: '42', ANCHOR_ID: '7', ANCHOR_TYPE_ID: '3' } },
  },
  ONCRMADDRESSUNREGISTER: {
    scope: 'crm',
    title: 'An address was taken away',
    data: { FIELDS: { TYPE_ID: '1', ENTITY_TYPE_ID: '8', ENTITY_ID: '42', ANCHOR_ID: '7', ANCHOR_TYPE_ID: '3' } },
  },
  ONCRMLEADUSERFIELDADD: {
    scope: 'crm',
    title: 'A custom field of leads was added',
    data: { FIELDS: { ID: '42', ENTITY_ID: 'CRM_LEAD', FIELD_NAME: 'UF_CRM_1743165530' } },
  },
  ONCRMLEADUSERFIELDUPDATE: {
    scope: 'crm',
    title: 'A custom field of leads was changed',
    data: { FIELDS: { ID: '42', ENTITY_ID: 'CRM_LEAD', FIELD_NAME: 'UF_CRM_1743165530' } },
  },
  ONCRMLEADUSERFIELDDELETE: {
    scope: 'crm',
    title: 'A custom field of leads was deleted',
    data: { FIELDS: { ID: '42', ENTITY_ID: 'CRM_LEAD', FIELD_NAME: 'UF_CRM_1743165530' } },
  },
  ONCRMDEALUSERFIELDADD: {
    scope: 'crm',
    title: 'A custom field of deals was added',
    data: { FIELDS: { ID: '42', ENTITY_ID: 'CRM_DEAL', FIELD_NAME: 'UF_CRM_1743165530' } },
  },
  ONCRMDEALUSERFIELDUPDATE: {
    scope: 'crm',
    title: 'A custom field of deals was changed',
    data: { FIELDS: { ID: '42', ENTITY_ID: 'CRM_DEAL', FIELD_NAME: 'UF_CRM_1743165530' } },
  },
  ONCRMDEALUSERFIELDDELETE: {
    scope: 'crm',
    title: 'A custom field of deals was deleted',
    data: { FIELDS: { ID: '42', ENTITY_ID: 'CRM_DEAL', FIELD_NAME: 'UF_CRM_1743165530' } },
  },
  ONCRMCONTACTUSERFIELDADD: {
    scope: 'crm',
    title: 'A custom field of contacts was added',
    data: { FIELDS: { ID: '42', ENTITY_ID: 'CRM_CONTACT', FIELD_NAME: 'UF_CRM_1743165530' } },
  },
  ONCRMCONTACTUSERFIELDUPDATE: {
    scope: 'crm',
    title: 'A custom field of contacts was changed',
    data: { FIELDS: { ID: '42', ENTITY_ID: 'CRM_CONTACT', FIELD_NAME: 'UF_CRM_1743165530' } },
  },
  ONCRMCONTACTUSERFIELDDELETE: {
    scope: 'crm',
    title: 'A custom field of contacts was deleted',
    data: { FIELDS: { ID: '42', ENTITY_ID: 'CRM_CONTACT', FIELD_NAME: 'UF_CRM_1743165530' } },
  },
  ONCRMCOMPANYUSERFIELDADD: {
    scope: 'crm',
    title: 'A custom field of companies was added',
    data: { FIELDS: { ID: '42', ENTITY_ID: 'CRM_COMPANY', FIELD_NAME: 'UF_CRM_1743165530' } },
  },
  ONCRMCOMPANYUSERFIELDUPDATE: {
    scope: 'crm',
    title: 'A custom field of companies was changed',
    data: { FIELDS: { ID: '42', ENTITY_ID: 'CRM_COMPANY', FIELD_NAME: 'UF_CRM_1743165530' } },
  },
  ONCRMCOMPANYUSERFIELDDELETE: {
    scope: 'crm',
    title: 'A custom field of companies was deleted',
    data: { FIELDS: { ID: '42', ENTITY_ID: 'CRM_COMPANY', FIELD_NAME: 'UF_CRM_1743165530' } },
  },
  ONCRMDOCUMENTGENERATORDOCUMENTADD: {
    scope: 'crm',
    title: 'A document made from a template was added',
    data: { FIELDS: { ID: '42', ENTITY_TYPE_ID: '2', ENTITY_ID: '7' } },
  },
  ONCRMDOCUMENTGENERATORDOCUMENTUPDATE: {
    scope: 'crm',
    title: 'A document made from a template was changed',
    data: { FIELDS: { ID: '42', ENTITY_TYPE_ID: '2', ENTITY_ID: '7' } },
  },
  ONCRMDOCUMENTGENERATORDOCUMENTDELETE: {
    scope: 'crm',
    title: 'A document made from a template was deleted',
    data: { FIELDS: { ID: '42', ENTITY_TYPE_ID: '2', ENTITY_ID: '7' } },
  },
  ONTASKADD: {
    scope: 'task',
    title: 'A task was added',
    data: {
      FIELDS_BEFORE: 'undefined',
      FIELDS_AFTER: { ID: '42' },
      IS_ACCESSIBLE_BEFORE: 'N',
      IS_ACCESSIBLE_AFTER: 'undefined',
    },
  },
  ONTASKUPDATE: {
    scope: 'task',
    title: 'A task was changed',
    data: {
      FIELDS_BEFORE: { ID: '42' },
      FIELDS_AFTER: { ID: '42' },
      IS_ACCESSIBLE_BEFORE: 'undefined',
      IS_ACCESSIBLE_AFTER: 'undefined',
    },
  },
  ONTASKDELETE: {
    scope: 'task',
    title: 'A task was deleted',
    data: {
      FIELDS_BEFORE: { ID: '42' },
      FIELDS_AFTER: 'undefined',
      IS_ACCESSIBLE_BEFORE: 'undefined',
      IS_ACCESSIBLE_AFTER: 'N',
    },
  },
  ONTASKCOMMENTADD: {
    scope: 'task',
    title: 'A comment on a task was added',
    data: {
      FIELDS_BEFORE: 'undefined',
      FIELDS_AFTER: { ID: '7', TASK_ID: '42' },
      IS_ACCESSIBLE_BEFORE: 'undefined',
      IS_ACCESSIBLE_AFTER: 'undefined',
    },
  },
  ONTASKCOMMENTUPDATE: {
    scope: 'task',
    title: 'A comment on a task was changed',
    data: {
      FIELDS_BEFORE: { ID: '7', TASK_ID: '42' },
      FIELDS_AFTER: { ID: '7', TASK_ID: '42', ACTION: 'EDIT' },
      IS_ACCESSIBLE_BEFORE: 'undefined',
      IS_ACCESSIBLE_AFTER: 'undefined',
    },
  },
  ONTASKCOMMENTDELETE: {
    scope: 'task',
    title: 'A comment on a task was deleted',
    data: {
      FIELDS_BEFORE: { ID: '7', TASK_ID: '42' },
      FIELDS_AFTER: { ID: '7', TASK_ID: '42', ACTION: 'DEL' },
      IS_ACCESSIBLE_BEFORE: 'undefined',
      IS_ACCESSIBLE_AFTER: 'undefined',
    },
  },
  ONIMBOTMESSAGEADD: {
    scope: 'imbot',
    title: 'A message to a bot was written',
    data: {
      BOT: { 567: { BOT_ID: '567', BOT_CODE: 'helper' } },
      PARAMS: {
        MESSAGE: 'Hello',
        MESSAGE_ID: '42',
        MESSAGE_TYPE: 'P',
        CHAT_TYPE: 'P',
        FROM_USER_ID: '2',
        TO_USER_ID: '567',
        AUTHOR_ID: '2',
        DIALOG_ID: '2',
        LANGUAGE: 'en',
      },
      USER: {
        ID: '2',
        NAME: 'Emil Employee',
        FIRST_NAME: 'Emil',
        LAST_NAME: 'Employee',
        WORK_POSITION: '',
        GENDER: 'M',
        IS_BOT: 'N',
        IS_CONNECTOR: 'N',
        IS_NETWORK: 'N',
        IS_EXTRANET: 'N',
      },
    },
  },
  ONIMBOTMESSAGEUPDATE: {
    scope: 'imbot',
    title: 'A message to a bot was changed',
    data: {
      BOT: { 567: { BOT_ID: '567', BOT_CODE: 'helper' } },
      PARAMS: {
        MESSAGE: 'Hello again',
        MESSAGE_ID: '42',
        MESSAGE_TYPE: 'P',
        CHAT_TYPE: 'P',
        FROM_USER_ID: '2',
        TO_USER_ID: '567',
        AUTHOR_ID: '2',
        DIALOG_ID: '2',
        LANGUAGE: 'en',
      },
      USER: {
        ID: '2',
        NAME: 'Emil Employee',
        FIRST_NAME: 'Emil',
        LAST_NAME: 'Employee',
        WORK_POSITION: '',
        GENDER: 'M',
        IS_BOT: 'N',
        IS_CONNECTOR: 'N',
        IS_NETWORK: 'N',
        IS_EXTRANET: 'N',
      },
    },
  },
  ONIMBOTMESSAGEDELETE: {
    scope: 'imbot',
    title: 'A message to a bot was deleted',
    data: {
      BOT: { 567: { BOT_ID: '567', BOT_CODE: 'helper' } },
      PARAMS: {
        MESSAGE: 'Hello',
        MESSAGE_ID: '42',
        MESSAGE_TYPE: 'P',
        CHAT_TYPE: 'P',
        FROM_USER_ID: '2',
        TO_USER_ID: '567',
        AUTHOR_ID: '2',
        DIALOG_ID: '2',
        LANGUAGE: 'en',
      },
      USER: {
        ID: '2',
        NAME: 'Emil Employee',
        FIRST_NAME: 'Emil',
        LAST_NAME: 'Employee',
        WORK_POSITION: '',
        GENDER: 'M',
        IS_BOT: 'N',
        IS_CONNECTOR: 'N',
        IS_NETWORK: 'N',
        IS_EXTRANET: 'N',
      },
    },
  },
  ONIMBOTJOINCHAT: {
    scope: 'imbot',
    title: 'A bot came into a chat',
    data: {
      BOT: { 567: { BOT_ID: '567', BOT_CODE: 'helper' } },
      PARAMS: {
        CHAT_TYPE: 'P',
        MESSAGE_TYPE: 'P',
        BOT_ID: '567',
        USER_ID: '2',
        FROM_USER_ID: '567',
        TO_USER_ID: '2',
        DIALOG_ID: '2',
        LANGUAGE: 'en',
      },
      USER: {
        ID: '2',
        NAME: 'Emil Employee',
        FIRST_NAME: 'Emil',
        LAST_NAME: 'Employee',
        WORK_POSITION: '',
        GENDER: 'M',
        IS_BOT: 'N',
        IS_CONNECTOR: 'N',
        IS_NETWORK: 'N',
        IS_EXTRANET: 'N',
      },
    },
  },
  ONIMBOTDELETE: { scope: 'imbot', title: 'A bot was deleted', data: { BOT_ID: '567', BOT_CODE: 'helper' } },
  ONIMCOMMANDADD: {
    scope: 'imbot',
    title: 'A command was given to a bot',
    data: {
      COMMAND: {
        103: {
          BOT_ID: '567',
          BOT_CODE: 'helper',
          COMMAND: 'echo',
          COMMAND_ID: '103',
          COMMAND_PARAMS: 'test',
          COMMAND_CONTEXT: 'TEXTAREA',
          MESSAGE_ID: '42',
        },
      },
      PARAMS: {
        MESSAGE: '/echo test',
        MESSAGE_ID: '42',
        MESSAGE_TYPE: 'P',
        CHAT_TYPE: 'P',
        FROM_USER_ID: '2',
        TO_USER_ID: '567',
        AUTHOR_ID: '2',
        DIALOG_ID: '2',
        LANGUAGE: 'en',
      },
      USER: {
        ID: '2',
        NAME: 'Emil Employee',
        FIRST_NAME: 'Emil',
        LAST_NAME: 'Employee',
        WORK_POSITION: '',
        GENDER: 'M',
        IS_BOT: 'N',
        IS_CONNECTOR: 'N',
        IS_NETWORK: 'N',
        IS_EXTRANET: 'N',
      },
    },
  },
  ONIMV2MESSAGEADD: {
    scope: 'im',
    title: 'A message was written in a chat of the subscriber',
    data: {
      message: { id: '42', chatId: '5', authorId: '2', date: '2026-01-15T10:30:00+02:00', text: 'Hello', isSystem: '0' },
      chat: { id: '5', dialogId: 'chat5', name: 'A project', type: 'chat', messageType: 'C', owner: '1' },
      user: { id: '2', name: 'Emil Employee', firstName: 'Emil', lastName: 'Employee', bot: '0', type: 'employee' },
      language: 'en',
    },
  },
  ONIMV2MESSAGEUPDATE: {
    scope: 'im',
    title: 'A message in a chat of the subscriber was changed',
    data: {
      message: { id: '42', chatId: '5', authorId: '2', date: '2026-01-15T10:30:00+02:00', text: 'Hello', isSystem: '0' },
      chat: { id: '5', dialogId: 'chat5', name: 'A project', type: 'chat', messageType: 'C', owner: '1' },
      user: { id: '2', name: 'Emil Employee', firstName: 'Emil', lastName: 'Employee', bot: '0', type: 'employee' },
      language: 'en',
    },
  },
  ONIMV2MESSAGEDELETE: {
    scope: 'im',
    title: 'A message in a chat of the subscriber was deleted',
    data: {
      messageId: '42',
      chat: { id: '5', dialogId: 'chat5', name: 'A project', type: 'chat', messageType: 'C', owner: '1' },
      user: { id: '2', name: 'Emil Employee', firstName: 'Emil', lastName: 'Employee', bot: '0', type: 'employee' },
      language: 'en',
    },
  },
  ONOPENLINEMESSAGEADD: {
    scope: 'imopenlines',
    title: 'A message came into an open channel',
    data: {
      DATA: [{
        connector: { connector_id: 'livechat', line_id: '1', chat_id: '7', user_id: '2' },
        chat: { id: '5' },
        message: { id: '42', date: '', text: 'Hello', attach: '', system: 'N', user_id: '2' },
        extra: { EXTRA_URL: '' },
      }],
    },
  },
  ONSESSIONSTART: {
    scope: 'imopenlines',
    title: 'A conversation in an open channel began',
    data: {
      DATA: [{
        connector: { connector_id: 'livechat', line_id: '1', chat_id: '7', user_id: '2' },
        session: { id: '42', closed: 'N', parent_id: '0', close_term: '60' },
        chat: { id: '7' },
        user: { id: '2' },
      }],
    },
  },
  ONSESSIONFINISH: {
    scope: 'imopenlines',
    title: 'A conversation in an open channel ended',
    data: {
      DATA: [{
        connector: { connector_id: 'livechat', line_id: '1', chat_id: '7', user_id: '2' },
        session: { id: '42', closed: 'Y', parent_id: '0', close_term: '60' },
        chat: { id: '7' },
        user: { id: '2' },
      }],
    },
  },
  ONUSERADD: {
    scope: 'user',
    title: 'A person was added',
    data: {
      ID: '4',
      ACTIVE: 'Y',
      EMAIL: 'klara@example.com',
      NAME: 'Klara',
      LAST_NAME: 'Employee',
      PERSONAL_GENDER: 'F',
      UF_DEPARTMENT: ['1'],
      DATE_REGISTER: '2026-04-05T10:00:00+03:00',
      WORK_POSITION: 'Developer',
    },
  },
  ONCALENDARENTRYADD: { scope: 'calendar', title: 'An entry of a calendar was added', data: { id: '42' } },
  ONCALENDARENTRYUPDATE: { scope: 'calendar', title: 'An entry of a calendar was changed', data: { id: '42' } },
  ONCALENDARENTRYDELETE: { scope: 'calendar', title: 'An entry of a calendar was deleted', data: { id: '42' } },
  ONSONETGROUPADD: { scope: 'sonet', title: 'A workgroup or project was added', data: { FIELDS: { ID: '42' } } },
  ONSONETGROUPUPDATE: { scope: 'sonet', title: 'A workgroup or project was changed', data: { FIELDS: { ID: '42' } } },
  ONSONETGROUPDELETE: { scope: 'sonet', title: 'A workgroup or project was deleted', data: { FIELDS: { ID: '42' } } },
  ONLIVEFEEDPOSTADD: { scope: 'log', title: 'A post in the feed was added', data: { FIELDS: { POST_ID: '42' } } },
  ONLIVEFEEDPOSTUPDATE: { scope: 'log', title: 'A post in the feed was changed', data: { FIELDS: { POST_ID: '42' } } },
  ONLIVEFEEDPOSTDELETE: { scope: 'log', title: 'A post in the feed was deleted', data: { FIELDS: { POST_ID: '42' } } },
  ONVOXIMPLANTCALLINIT: {
    scope: 'telephony',
    title: 'A call came in or is being made',
    data: {
      CALL_ID: '5E316880469A6376.1773306964.8740011',
      CALL_TYPE: '1',
      ACCOUNT_SEARCH_ID: 'reg150908',
      PHONE_NUMBER: '+499061234567',
      CALLER_ID: 'reg150908',
    },
  },
  ONVOXIMPLANTCALLSTART: { scope: 'telephony', title: 'A call was answered', data: { CALL_ID: '5E316880469A6376.1773306964.8740011', USER_ID: '2' } },
  ONVOXIMPLANTCALLEND: {
    scope: 'telephony',
    title: 'A call ended',
    data: {
      CALL_ID: '5E316880469A6376.1773306964.8740011',
      CALL_TYPE: '1',
      PHONE_NUMBER: '+499061234567',
      PORTAL_NUMBER: 'reg150908',
      PORTAL_USER_ID: '2',
      CALL_DURATION: '30',
      CALL_START_DATE: '2026-03-11T17:28:46+03:00',
      COST: '0',
      COST_CURRENCY: '',
      CALL_FAILED_CODE: '200',
      CALL_FAILED_REASON: 'Success call',
    },
  },
  ONEXTERNALCALLSTART: {
    scope: 'telephony',
    title: 'Somebody clicked a number to call it',
    data: {
      PHONE_NUMBER: '+499061234567',
      PHONE_NUMBER_INTERNATIONAL: '+499061234567',
      EXTENSION: '',
      USER_ID: '2',
      CALL_LIST_ID: '0',
      LINE_NUMBER: '7',
      IS_MOBILE: '0',
      CALL_ID: 'externalCall.42',
      CRM_ENTITY_TYPE: 'CONTACT',
      CRM_ENTITY_ID: '42',
    },
  },
  ONAPPINSTALL: { scope: 'basic', title: 'The app was installed', data: { VERSION: '1', ACTIVE: 'Y', INSTALLED: 'Y', LANGUAGE_ID: 'en' } },
  ONAPPUPDATE: { scope: 'basic', title: 'The app was updated', data: { VERSION: '2', PREVIOUS_VERSION: '1', LANGUAGE_ID: 'en' } },
  ONAPPUNINSTALL: { scope: 'basic', title: 'The app was removed', data: { LANGUAGE_ID: 'en', CLEAN: '1' } },
  ONAPPPAYMENT: {
    scope: 'basic',
    title: 'The app was paid, or its trial changed',
    data: { CODE: 'partner.app', VERSION: '1', STATUS: 'S', PAYMENT_EXPIRED: 'N', DAYS: '28', LANGUAGE_ID: 'en' },
  },
} as const satisfies Record<string, CatalogueEvent>

/** An event of the catalogue, such as `ONCRMDEALUPDATE`. */
export type PlatformEventName = keyof typeof EVENT_CATALOGUE

/** The data of an event of the catalogue as one may fire it: what is left out is left out, and numbers become texts on the way. */
export type PlatformEventData<Name extends PlatformEventName> = Loose<(typeof EVENT_CATALOGUE)[Name]['data']> & Record<string, unknown>

type Loose<T> = T extends string ? string | number : { [Key in keyof T]?: Loose<T[Key]> }

/** What an event brings; of one that is not in the catalogue, nothing. */
export function catalogueEvent(name: string): CatalogueEvent | undefined {
  const event = name.toUpperCase()
  return Object.hasOwn(EVENT_CATALOGUE, event) ? EVENT_CATALOGUE[event as PlatformEventName] : undefined
}
