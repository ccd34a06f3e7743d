/** Enough for any real account, and an end for an endpoint that never says the last page. */
const MOST_PAGES = 50
const PAGE = 200

interface Page {
  readonly MaxResults: number
  readonly NextToken?: string
}

export async function allPages<Item>(
  ask: (page: Page) => Promise<{ readonly items: readonly Item[] | undefined; readonly next: string | undefined }>,
): Promise<readonly Item[]> {
  const found: Item[] = []
  let token: string | undefined
  for (let count = 0; count < MOST_PAGES; count++) {
    const { items = [], next } = await ask({ MaxResults: PAGE, ...(token ? { NextToken: token } : {}) })
    found.push(...items)
    if (!next || next === token) return found
    token = next
  }
  return found
}
