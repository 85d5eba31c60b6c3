import { installDependencies } from 'nypm'
import { CliError } from '../exit-codes'

/** Installs what package.json lists, by the package manager that the folder is for; npm, where nothing says. @throws CliError */
export async function install(folder: string): Promise<void> {
  try {
    await installDependencies({ cwd: folder })
  }
  catch (error) {
    throw new CliError('INSTALL_FAILED', `The packages could not be installed: ${error instanceof Error ? error.message : String(error)}. All files are written; run your package manager's install in ${folder}.`)
  }
}
