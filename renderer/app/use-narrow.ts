import { useMediaQuery } from '@mantine/hooks'

/** Below this the side panel and the details would leave too little for a terminal. */
const NARROW = '(max-width: 900px)'

export function useNarrow(): boolean {
  return useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false }) ?? false
}
