import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './theme/contrast.css'
import { MantineProvider } from '@mantine/core'
import { ModalsProvider } from '@mantine/modals'
import { Notifications } from '@mantine/notifications'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { api } from './api/client.ts'
import { connectCore } from './api/connect.ts'
import { followInstances } from './api/instances.ts'
import { useLive } from './api/live.ts'
import { App } from './app/app.tsx'
import { openPort } from './host/port.ts'
import { SpokenTheme } from './theme/spoken-theme.tsx'
import { theme, variables } from './theme/theme.ts'
import { languageOf, speak, startWords } from './words/words.ts'

/** A core that says nothing is to be said, in the system's language. */
const LONGEST_WAIT_MS = 1_000

const words = startWords()
followInstances()
connectCore(openPort)
// Nobody is to wait for the next try of a lost connection once there is a network again.
window.addEventListener('online', () => void api.app.wake().catch(() => undefined))

// The core is on this computer and tells its own changes: nothing goes stale by time alone, and its errors are final.
const queries = new QueryClient({
  defaultOptions: {
    queries: { staleTime: Number.POSITIVE_INFINITY, retry: false, refetchOnWindowFocus: false, networkMode: 'always' },
    mutations: { networkMode: 'always' },
  },
})

const root = document.getElementById('root')
if (root) {
  // Nobody is to see another language first, nor to hear it.
  await words
  await Promise.race([settings(), new Promise((resolve) => setTimeout(resolve, LONGEST_WAIT_MS))])
  await speak(languageOf(useLive.getState().settings.language))
  createRoot(root).render(
    <StrictMode>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        <SpokenTheme>
          <QueryClientProvider client={queries}>
            <ModalsProvider>
              <Notifications position="bottom-right" />
              <App />
            </ModalsProvider>
          </QueryClientProvider>
        </SpokenTheme>
      </MantineProvider>
    </StrictMode>,
  )
}

function settings(): Promise<void> {
  return new Promise((resolve) => {
    const check = () => useLive.getState().settingsLoaded && resolve()
    useLive.subscribe(check)
    check()
  })
}
