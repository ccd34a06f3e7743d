/// <reference path="./ssh2-internals.d.ts" />
import crypto from 'ssh2/lib/protocol/crypto.js'

/**
 * Whether ssh2's own binding is loaded in the Node that runs this. A module built for another Node does not load, and ssh2 then
 * goes on with its slower pure JavaScript without a word.
 */
export function nativeCrypto(): boolean {
  return crypto.bindingAvailable
}
