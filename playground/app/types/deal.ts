/** What the playground shows of a deal. The portal writes numbers as text. */
export interface Deal {
  ID: string
  TITLE: string
  OPPORTUNITY: string
  CURRENCY_ID: string
}
