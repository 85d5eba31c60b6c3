import { installDependencies } from 'nypm'
import { CliError } from '../exit-codes'

/**
 * Installs what package.json lists, by the package manager that the folder is for; npm, where nothing says.
 *
 * @param folder of the app
 * @param options how it goes about it
 * @param options.silent what the package manager says is told only where it fails
 * @throws CliError `INSTALL_FAILED`
 */
export async function install(folder: string, options: { silent: boolean }): Promise<void> {
  try {
    await installDependencies({ cwd: folder, ...options })
  }
  catch (error) {
    throw new CliError('INSTALL_FAILED', `The packages could not be installed: ${error instanceof Error ? error.message : String(error)}. All files are written; run your package manager's install in ${folder}.`)
  }
}
