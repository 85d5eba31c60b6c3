/** What to tell whoever calls a method that the portal does not have. */
export interface MissingMethod {
  fix: string
  /** Lines to add, whole and ready. */
  lines: string
}

/**
 * The lines that give the portal a method.
 *
 * @param method its name, as it was called
 * @param file the one named by the option `rest`, where there is one
 */
export function missingMethod(method: string, file: string | null): MissingMethod {
  const name = method.replaceAll(/[^\w.-]/g, '')
  const entry = `  '${name}': ${answerOf(name)},`
  if (file !== null) return { fix: `Add it to ${file}: it is read again when it changes.`, lines: entry }
  return {
    fix: 'Put these lines into a file, such as portal-rest.mjs, and start the portal with --rest ./portal-rest.mjs (`rest`).',
    lines: `export default {\n${entry}\n}`,
  }
}

/** A first answer, of the kind that the method's last word promises. */
function answerOf(method: string): string {
  switch (method.toLowerCase().split('.').at(-1)) {
    case 'list': return '(params, { user }) => []'
    case 'fields': return '() => ({})'
    case 'get': return '({ id }) => ({ ID: String(id) })'
    case 'add': return '({ fields }) => 1'
    default: return '(params, { user }) => true'
  }
}
