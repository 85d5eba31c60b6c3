import type { CatalogueEvent } from './event'

/** Who writes, in all of them. */
const EMIL = {
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
} as const

/** A message that he writes to a bot. */
const TO_BOT = {
  MESSAGE_ID: '42',
  MESSAGE_TYPE: 'P',
  CHAT_TYPE: 'P',
  FROM_USER_ID: '2',
  TO_USER_ID: '567',
  AUTHOR_ID: '2',
  DIALOG_ID: '2',
  LANGUAGE: 'en',
} as const

/** Events of chats, bots and open lines. */
export const CHAT_EVENTS = {
  ONIMBOTMESSAGEADD: {
    scope: 'imbot',
    title: 'A message to a bot was written',
    data: {
      BOT: { 567: { BOT_ID: '567', BOT_CODE: 'helper' } },
      PARAMS: { ...TO_BOT, MESSAGE: 'Hello' },
      USER: EMIL,
    },
  },
  ONIMBOTMESSAGEUPDATE: {
    scope: 'imbot',
    title: 'A message to a bot was changed',
    data: {
      BOT: { 567: { BOT_ID: '567', BOT_CODE: 'helper' } },
      PARAMS: { ...TO_BOT, MESSAGE: 'Hello again' },
      USER: EMIL,
    },
  },
  ONIMBOTMESSAGEDELETE: {
    scope: 'imbot',
    title: 'A message to a bot was deleted',
    data: {
      BOT: { 567: { BOT_ID: '567', BOT_CODE: 'helper' } },
      PARAMS: { ...TO_BOT, MESSAGE: 'Hello' },
      USER: EMIL,
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
      USER: EMIL,
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
      USER: EMIL,
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
} as const satisfies Record<string, CatalogueEvent>
