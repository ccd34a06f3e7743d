import type { CloudControls, CloudFiles } from './cloud.ts'

/** Between the process that started the practice cloud and the one that it runs in. */
export type Control = keyof CloudControls
export type ToCloud = { readonly id: number; readonly control: Control; readonly value: unknown } | { readonly stop: true }
export type FromCloud = { readonly ready: CloudFiles } | { readonly failed: string } | { readonly id: number; readonly error?: string }
