import type { Item } from '~~/shared/types/item'

export default defineEventHandler(async (event) => {
  const { text } = await readBody<{ text?: unknown }>(event)
  if (typeof text !== 'string' || text.trim() === '') throw createError({ statusCode: 400, statusMessage: 'An item has a text' })
  const storage = useStorage('memory')
  const items = await storage.getItem<Item[]>('items') ?? []
  const item: Item = { id: items.length + 1, text: text.trim() }
  await storage.setItem('items', [...items, item])
  return item
})
