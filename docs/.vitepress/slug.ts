/** Makes the `#…` of a heading as GitHub does, where the pages are read, too. VitePress would drop the breve of a Russian й. */
export function slugOf(heading: string): string {
  return heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-')
}
