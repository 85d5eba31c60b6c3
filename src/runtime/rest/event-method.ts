/** The REST method by which an app sends an event to its own frames. */
export const EVENT_ADD = 'pull.application.event.add'
