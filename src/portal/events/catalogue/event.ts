/** An event that the platform posts to an app's back end. */
export interface CatalogueEvent {
  /** What an app needs to bind it. */
  scope: string
  /** What has happened. */
  title: string
  /** A body in the documented shape; every value is a text, as forms carry them. */
  data: Readonly<Record<string, unknown>>
}
