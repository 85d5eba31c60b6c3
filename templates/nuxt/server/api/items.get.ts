import type { Item } from '~~/shared/types/item'

export default defineEventHandler(async () => await useStorage('memory').getItem<Item[]>('items') ?? [])
