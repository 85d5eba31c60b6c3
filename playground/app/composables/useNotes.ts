import type { PullStateReason } from 'nuxt-b24-pull'
import type { Note } from '~/types/note'

const OPTION = 'notes'

/** Notes that all frames share: kept by the portal as an option of the app, and kept right on the screen by commands. */
export function useNotes() {
  const { frame } = usePull()
  const { sendAsync } = usePullSend('application')
  const lastReason = ref<PullStateReason | null>(null)
  const fetches = ref(0)

  async function read(): Promise<readonly Note[]> {
    // Outside of a portal there are none.
    if (!frame.value) return []
    const text = await callRest<string | null>(frame.value, 'app.option.get', { option: OPTION })
    return text ? JSON.parse(text) as Note[] : []
  }

  async function write(change: (notes: readonly Note[]) => readonly Note[]): Promise<void> {
    const next = change(await read())
    await callRest(frame.value!, 'app.option.set', { options: { [OPTION]: JSON.stringify(next) } })
  }

  const { state: notes, ...rest } = usePullState(async ({ reason }) => {
    lastReason.value = reason
    fetches.value++
    return read()
  }, {
    // Both may be applied twice: a command that comes while a fetch is under way is applied to what that brings, too.
    'note.added': (notes, { id, text }) => notes.some(note => note.id === id) ? notes : [...notes, { id, text }],
    'note.removed': (notes, { id }) => notes.filter(note => note.id !== id),
    'notes.replaced': 'refresh',
  })

  async function add(text: string): Promise<void> {
    const note = { id: crypto.randomUUID(), text }
    await write(notes => [...notes, note])
    await sendAsync('note.added', note)
  }

  async function remove({ id }: Note): Promise<void> {
    await write(notes => notes.filter(note => note.id !== id))
    await sendAsync('note.removed', { id })
  }

  async function replaceAll(): Promise<void> {
    await write(() => [])
    await sendAsync('notes.replaced')
  }

  return { notes, lastReason, fetches, add, remove, replaceAll, ...rest }
}
