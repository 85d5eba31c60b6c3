/** What the portal tells the app's back end, after `event.bind`. Only the portal that knows the token is believed. */
export default defineB24EventHandler({
  ...useRuntimeConfig().b24,
  on: {
    ONCRMDEALUPDATE: ({ b24, id }) => b24 && sendPullEvent(b24, { command: 'deal.changed', params: { id: id ?? 0 } }),
  },
})
