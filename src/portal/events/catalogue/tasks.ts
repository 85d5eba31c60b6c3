import type { CatalogueEvent } from './event'

/** Events of tasks. */
export const TASK_EVENTS = {
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
} as const satisfies Record<string, CatalogueEvent>
