import type { PackageManager } from 'nypm'
import { installDependencies, installDependenciesCommand } from 'nypm'
import { CliError } from '../exit-codes'

/**
 * Installs what package.json lists.
 *
 * @param folder of the app
 * @param packageManager that of the folder
 * @param options how it goes about it
 * @param options.silent what the package manager says is told only where it fails
 * @throws CliError `INSTALL_FAILED`
 */
export async function install(folder: string, packageManager: PackageManager, options: { silent: boolean }): Promise<void> {
  try {
    await installDependencies({ cwd: folder, packageManager, ...options })
  }
  catch (error) {
    throw new CliError('INSTALL_FAILED', `The packages could not be installed: ${error instanceof Error ? error.message : String(error)}. All files are written; run \`${installDependenciesCommand(packageManager.name)}\` in ${folder}.`)
  }
}
