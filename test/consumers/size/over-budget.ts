import type { PackageSize } from './measure.ts'

export interface PackageBudgets {
  packed: number
  unpacked: number
  /** Bytes read at the import of each export. */
  exports: Record<string, number>
}

/** One sentence for each thing that is heavier than it may be; an export without a budget has none to spend. */
export function overPackageBudget(size: PackageSize, budgets: PackageBudgets): string[] {
  const parts: [string, number, number][] = [
    ['The tarball', size.packed, budgets.packed],
    ['The package on the disk', size.unpacked, budgets.unpacked],
    ...Object.entries(size.exports).map(([name, { atImport }]): [string, number, number] => [`The export "${name}"`, atImport, budgets.exports[name] ?? 0]),
  ]
  return parts.filter(([, bytes, budget]) => bytes > budget)
    .map(([what, bytes, budget]) => `${what} has ${bytes} bytes; its budget in test/consumers/size/budgets.json is ${budget}.`)
}
