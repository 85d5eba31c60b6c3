/** What the settings page saves with `app.option.set`. Bitrix24 keeps every option as a string. */
export interface SettingsOptions {
  greeting: string
  pageSize: string
}

export type AppOptions = Readonly<Record<string, unknown>>
