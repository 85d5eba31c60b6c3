/** Lets everything that waits for settled promises go on. */
export const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
