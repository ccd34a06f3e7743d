import help from './en/help.json'

/** What only some parts need, which bring it with them (`withLaterWords`). Spanish words come all at once. */
export const englishLater = { help }
