import type { AppInfo } from '../contract/models/app.ts'

/** What a host (Electron or the browser host) gives the core at start. The core has no other way to it. */
export interface CoreHost {
  readonly kind: AppInfo['host']
  readonly version: string
  /** Absolute; everything the core keeps is below it. */
  readonly dataFolder: string
  /** Absolute; holds `.aws` and `.ssh`. */
  readonly homeFolder: string
  readonly environment: Readonly<Record<string, string | undefined>>
  /** 32 bytes from the system's keychain; absent: a master password or memory. */
  readonly vaultKey?: Uint8Array
  /** This core replaces one that died. */
  readonly restarted: boolean
  /** The system's dialog; absent where there is none. Absolute paths, empty when cancelled. `log`: a file to write to. */
  chooseFiles?(what: 'file' | 'folder' | 'log'): Promise<readonly string[]>
  /** In the system's own program for it; what went wrong, else nothing. Absent where there is no desktop. */
  openPath?(path: string): Promise<string>
  /** A secret in the system's clipboard, which is emptied after a while. Absent where the host has none. */
  lendClipboard?(text: string, seconds: number): Promise<void>
  /** As Chromium answers for an address, `PROXY host:port; DIRECT`; absent where nobody knows more than the environment. */
  resolveProxy?(url: string): Promise<string>
  startPracticeCloud(): Promise<PracticeCloud>
  /** Where the worker that carries transfers has its code, once the product has been bundled. */
  readonly carrierEntry?: string
  /** `--demo`: open it at once. */
  readonly openPracticeCloud?: boolean
}

/** On the other side of the network: these files only say where it is. All in a temporary folder of its own. */
export interface PracticeCloud {
  /** An AWS config and credentials file with the profile `practice`. */
  readonly awsConfigFile: string
  readonly awsCredentialsFile: string
  /** Its `.pem` files. */
  readonly keyFolder: string
  /** Maps the instances' addresses to loopback, as a person's own `~/.ssh/config` could. Changes while it runs. */
  readonly sshConfigFile: string
  /** `SHA256:…` of the host key of its serial consoles. */
  readonly serialConsoleFingerprint: string
  stop(): Promise<void>
}
