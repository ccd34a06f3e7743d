import type { MonthPrice } from '../../contract/models/price.ts'

type Known = Extract<MonthPrice, { kind: 'known' }>

/** What makes the bill another one than the list price, by the names of the sentences. Reservations and the like do nothing for Spot. */
export function hintsOf({ spot, dedicated, reserved }: Known): readonly ('spot' | 'agreed' | 'dedicated' | 'reserved')[] {
  return [spot ? 'spot' : 'agreed', ...(dedicated ? (['dedicated'] as const) : []), ...(reserved ? (['reserved'] as const) : [])]
}
