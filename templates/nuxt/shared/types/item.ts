/** A line of the list. */
export interface Item {
  id: number
  text: string
}
