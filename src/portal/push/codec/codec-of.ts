import type { ServerVersion } from '../../server-settings'
import type { Codec } from './codec'
import { jsonRpcCodec } from './json-rpc'
import { protobufCodec } from './protobuf'
import { textCodec } from './text'

/** The codec of a generation. */
export function codecOf(version: ServerVersion): Codec {
  switch (version) {
    case 5: return jsonRpcCodec
    case 4: return protobufCodec
    case 3: return textCodec
  }
}
