import ssh2, { type ParsedKey, type SignCallback, type SigningRequestOptions } from 'ssh2'

type SignWith = (data: Buffer, hash: string | undefined) => Promise<Buffer>

/**
 * ssh2 asks the server about a key and then wants a signature at once; only its agents may take their time. A single key in an agent
 * of its own can first ask for its passphrase, after the server has said that it would take it.
 */
export class OneKeyAgent extends ssh2.BaseAgent<ParsedKey> {
  readonly #key: ParsedKey
  readonly #sign: SignWith

  /** `key` is what ssh2 goes by; what the server sees is written by `writePublicKeyRequests`. */
  constructor(key: ParsedKey, sign: SignWith) {
    super()
    this.#key = key
    this.#sign = sign
  }

  override getIdentities(answer: (error: undefined, keys: ParsedKey[]) => void): void {
    answer(undefined, [this.#key])
  }

  override sign(_key: ParsedKey, data: Buffer, options: SigningRequestOptions | SignCallback, answer?: SignCallback): void {
    const done = typeof options === 'function' ? options : answer
    const hash = typeof options === 'function' ? undefined : options.hash
    this.#sign(data, hash).then(
      (signature) => done?.(undefined, signature),
      (error) => done?.(error),
    )
  }
}
