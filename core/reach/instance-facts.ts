import type { InstanceRef } from '../../contract/models/instance.ts'

/** What AWS knows about an instance beyond its row in the list. Read-only and free; asked when somebody connects. */
export interface InstanceFacts {
  /** DescribeImages, or DescribeInstanceImageMetadata once the image is gone; `source` is what it was copied from. */
  image(ref: InstanceRef, imageId: string): Promise<ImageFacts | undefined>
  keyPair(ref: InstanceRef, keyName: string): Promise<KeyPairFacts | undefined>
  /** GetConsoleOutput: hostile text, whoever is root on the instance writes it. */
  consoleOutput(ref: InstanceRef): Promise<ConsoleOutput>
}

export type ConsoleOutput = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'empty' } | { readonly kind: 'not-allowed' }

export interface ImageFacts {
  readonly imageId: string
  readonly name?: string | undefined
  readonly ownerId?: string | undefined
  /** `amazon`, `aws-marketplace`, … */
  readonly ownerAlias?: string | undefined
  readonly description?: string | undefined
  readonly platformDetails?: string | undefined
  /** EC2's PublicSsmParameterName: `aws/service/canonical/ubuntu/…`. AWS writes it, nobody else can. */
  readonly publicParameter?: string | undefined
  /** Deregistered or made private since. */
  readonly gone: boolean
  readonly source?: ImageFacts | undefined
}

export interface KeyPairFacts {
  /** `key-0abc…`; survives nothing but names a pair for good, unlike its name. */
  readonly id: string
  readonly name: string
  readonly type: string
  /** One of the families of facts.md 4.2, depending on who made the pair. */
  readonly fingerprint: string
  /** `ssh-ed25519 AAAA… comment` */
  readonly publicKey?: string | undefined
}
