import type { TFunction } from 'i18next'

const KNOWN = ['name', 'folderId', 'colour', 'notes', 'where'] as const

/** Of a shared record's field; a rare one (`choices.via`) is called what the file calls it. */
export function fieldName(field: string, t: TFunction<'sharing'>): string {
  const known = KNOWN.find((name) => name === field)
  return known ? t(`fields.${known}`) : t('fields.other', { field: field.slice(field.indexOf('.') + 1) })
}
