export type { PullRecording, RecordPullOptions } from './record-pull'
export { recordPull } from './record-pull'
