import { clipboard } from 'electron'

/** What is there, as long as it is ours to take away again. */
let lent: { readonly text: string; readonly timer: NodeJS.Timeout } | undefined

/** A secret in the system's clipboard for a while; after that it is empty, unless something else was copied since. */
export async function lendClipboard(text: string, seconds: number): Promise<void> {
  await takeBackClipboard()
  await clipboard.writeText(text)
  lent = { text, timer: setTimeout(() => void takeBackClipboard(), seconds * 1_000) }
}

/** At once: the app ends. */
export async function takeBackClipboard(): Promise<void> {
  if (!lent) return
  const { text, timer } = lent
  lent = undefined
  clearTimeout(timer)
  if ((await clipboard.readText()) === text) await clipboard.writeText('')
}
