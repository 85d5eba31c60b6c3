import { describe, expect, it } from 'vitest'
import { objectIdOf } from '../../../src/runtime/server/events/object-id'

describe('the object that an event is about', () => {
  it.each([
    ['of CRM, as a form writes it', { FIELDS: { ID: '42' } }, 42],
    ['of CRM, as JSON may', { FIELDS: { ID: 42 } }, 42],
    ['of a task that was changed', { FIELDS_BEFORE: { ID: '1' }, FIELDS_AFTER: { ID: '2' } }, 2],
    ['of a task that was removed', { FIELDS_BEFORE: { ID: '1' }, FIELDS_AFTER: 'undefined' }, 1],
  ])('is known: %s', (_, data, id) => {
    expect(objectIdOf(data)).toBe(id)
  })

  it.each([{}, { FIELDS: null }, { FIELDS: [] }, { FIELDS: {} }, { FIELDS: { ID: '' } }, { FIELDS: { ID: '-1' } }, { FIELDS: { ID: '1.5' } }, { FIELDS: { ID: 'x' } }, { FIELDS: { ID: true } }, { FIELDS: { ID: ['7'] } }])('is nobody in %j', (data) => {
    expect(objectIdOf(data)).toBeNull()
  })
})
