import type { PackageManager } from 'nypm'
import { detectPackageManager, packageManagers } from 'nypm'
import type { CliSurroundings } from '../surroundings'

/**
 * The package manager that a folder is for, by its files and those of the folders above; else the one that runs this command; else npm.
 *
 * @param folder of the app
 * @param env where package managers say who they are
 */
export async function packageManagerOf(folder: string, env: CliSurroundings['env']): Promise<PackageManager> {
  // Not by the path of this program: a home folder `/home/bunny` is no sign of Bun. A package.json above that cannot be read names none.
  const listed = await detectPackageManager(folder, { ignoreArgv: true }).catch(() => undefined)
  const running = env.npm_config_user_agent?.split('/')[0]
  return listed ?? packageManagers.find(({ name }) => name === running) ?? packageManagers.find(({ name }) => name === 'npm')!
}
