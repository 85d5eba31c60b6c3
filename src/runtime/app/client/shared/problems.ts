import type { PullError } from '../../../utils/errors'
import { connectionLost } from '../problems'

export const handedOver = (): PullError => connectionLost('The frame that held the connection for all frames of the app has gone; another one takes over.')
