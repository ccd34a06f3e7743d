/** The page's own computer: whose keys and habits count. */
export const isMac = /mac/i.test(navigator.platform)
