const SCRIPT = `const { status, reason } = usePull()
const { data, count } = usePullCommand('application', 'ping')
const { send, isSending, error } = usePullSend()
`

const TEMPLATE = `<template>
  <section>
    <p>{{ status }}. {{ reason?.message }} {{ reason?.fix }}</p>
    <button
      :disabled="isSending"
      @click="send('ping', { from: 'me' })"
    >
      Ping
    </button>
    <p>{{ count }} so far, the last one from {{ data?.from ?? 'nobody' }}</p>
    <p v-if="error">
      {{ error.message }} {{ error.fix }}
    </p>
  </section>
</template>
`

/** A component that hears and sends; with its imports where nothing imports by itself. */
export function pingComponent({ hasImports, isTyped }: { hasImports: boolean, isTyped: boolean }): string {
  const imports = hasImports ? 'import { usePull, usePullCommand, usePullSend } from \'nuxt-b24-pull/vue\'\n\n' : ''
  return `<script setup${isTyped ? ' lang="ts"' : ''}>\n${imports}${SCRIPT}</script>\n\n${TEMPLATE}`
}
