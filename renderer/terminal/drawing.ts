import { WebglAddon } from '@xterm/addon-webgl'
import type { Terminal } from '@xterm/xterm'

let usable: boolean | undefined

/**
 * Draws with WebGL while it is shown; the DOM draws where that fails or where the context is lost. A hidden terminal gives its
 * context back, because Chromium takes the oldest away when there are more than 16.
 */
export function drawWithWebgl(terminal: Terminal): () => void {
  usable ??= hasGraphicsCard()
  if (!usable) return () => {}
  let addon: WebglAddon | undefined
  try {
    addon = new WebglAddon()
    addon.onContextLoss(stop)
    terminal.loadAddon(addon)
  } catch {
    // What refused once would only refuse again; the DOM renderer stays.
    usable = false
    stop()
  }
  function stop() {
    addon?.dispose()
    addon = undefined
  }
  return stop
}

/** Drawn by the processor, WebGL is half as fast as the DOM for coloured text (measured in SwiftShader). */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i

function hasGraphicsCard(): boolean {
  const context = document.createElement('canvas').getContext('webgl2', { failIfMajorPerformanceCaveat: true })
  if (!context) return false
  const renderer: unknown = context.getParameter(
    context.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER,
  )
  context.getExtension('WEBGL_lose_context')?.loseContext()
  return !SOFTWARE.test(String(renderer))
}
