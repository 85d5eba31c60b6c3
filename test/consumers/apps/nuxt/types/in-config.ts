import type { NuxtConfig } from 'nuxt/schema'
import type module from 'nuxt-b24-pull'
import type { ModuleOptions, ModuleRuntimeHooks } from 'nuxt-b24-pull'
import type { AnyMembers } from './any'
import type { Nothing, Same, Yes } from './measure'

export type * from './in-node'

type Configured = Exclude<NuxtConfig['b24Pull'], false | undefined>

export type OfModule = [
  Nothing<AnyMembers<{ module: typeof module }>>,
  Nothing<AnyMembers<ModuleOptions>>,
  Nothing<AnyMembers<ModuleRuntimeHooks>>,
  Nothing<AnyMembers<Configured>>,
  Yes<Same<Configured['history'], number | undefined>>,
  Yes<Same<Configured['modules'], string[] | undefined>>,
  Yes<Same<keyof Configured, keyof ModuleOptions>>,
]
