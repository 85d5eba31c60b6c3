// What the platform takes as names of an event. Apart from the checks: the dev portal and its page go by the same ones.

export const MODULE_PATTERN = /^[a-z0-9._]+$/
export const COMMAND_PATTERN = /^[\w:|.-]+$/
