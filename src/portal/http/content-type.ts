/** The media type of a request, exactly: without parameters, in lower case. Empty when there is none. */
export function mediaType(headers: Headers): string {
  return (headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase()
}
