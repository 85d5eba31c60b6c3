import type { PullCommandSchemas } from 'nuxt-b24-pull'
import * as v from 'valibot'

/** Types and validation of these commands, on both ends: when they are sent, and when they arrive. */
export default {
  orders: {
    'order.placed': v.object({
      title: v.pipe(v.string(), v.nonEmpty('A title is missing.')),
      amount: v.pipe(v.number('The amount is no number.'), v.minValue(1, 'The amount is below 1.')),
      due: v.pipe(v.string(), v.isoDate('The date is not written as 2026-12-31.'), v.transform(text => new Date(text))),
    }),
  },
} satisfies PullCommandSchemas
