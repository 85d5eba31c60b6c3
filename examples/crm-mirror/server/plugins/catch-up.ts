const EVERY = 300_000

/** What has changed while the server was down, and what else nobody was told of. */
export default defineNitroPlugin((nitro) => {
  async function catchUpAll(resume = false): Promise<void> {
    try {
      for (const memberId of await portals.getKeys()) await catchUp(memberId, resume)
    }
    catch (error) {
      // The next run may: a rejection that nobody hears would end the server.
      console.warn('The portals could not be listed:', error)
    }
  }

  void catchUpAll(true)
  const timer = setInterval(catchUpAll, EVERY, true)
  nitro.hooks.hook('close', async () => {
    clearInterval(timer)
    await (await sender).close()
  })
})
