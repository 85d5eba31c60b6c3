// By a file of its own, as for ./devtools-api.
export { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
