const { clientId, portal } = useRuntimeConfig().b24

/** What portals tell the app's back end. Only those that have the app are believed. */
export default defineB24EventHandler({
  tokenOf: async memberId => (await portals.getItem(memberId))?.applicationToken,
  code: clientId,
  ...(portal && { allowPortal: host => host === portal }),
  sender,
  on: {
    ONCRMDEALADD: event => tellFrames(event.memberId, event),
    ONCRMDEALUPDATE: event => tellFrames(event.memberId, event),
    ONCRMDEALDELETE: event => tellFrames(event.memberId, event),
    ONOFFLINEEVENT: ({ memberId }) => catchUp(memberId),
  },
  onInstall: ({ memberId, applicationToken, tokens }) => savePortal(memberId, applicationToken, tokens),
  onUninstall: ({ memberId }) => removePortal(memberId),
})
