import type { Bookmark } from '../../contract/models/bookmark.ts'
import { portNumber, type Target, userName } from '../../contract/models/terminal.ts'
import { type BookmarkLook, fontFamily, fontSize } from '../../contract/models/terminal-look.ts'
import { formatTarget } from '../quick-connect/format.ts'
import { isProblem, parseQuickConnect } from '../quick-connect/parse.ts'
import { chosenExtras, type ExtrasValues, extrasValues } from '../route/extras.ts'

type Draft = Omit<Bookmark, 'id'> & { readonly id?: string }

/** What the fields hold; empty means: found out. */
export interface FormValues extends ExtrasValues {
  name: string
  host: string
  folderId: string | null
  user: string
  port: number | string
  keyId: string | null
  keyPath: string
  colour: Bookmark['colour']
  notes: string
  theme: string | null
  fontFamily: string
  fontSize: number | string
  cursorStyle: BookmarkLook['cursorStyle'] | null
}

export function toForm({ name, target, folderId, colour, keyPath, notes, look = {} }: Draft): FormValues {
  const { user, port, keyId } = target.choices ?? {}
  return {
    name,
    host: target.kind === 'host' && target.host !== '' ? formatTarget({ kind: 'host', host: target.host }) : '',
    folderId: folderId ?? null,
    user: user ?? '',
    port: port ?? '',
    keyId: keyId ?? null,
    keyPath: keyPath ?? '',
    colour,
    notes,
    theme: look.theme ?? null,
    fontFamily: look.fontFamily ?? '',
    fontSize: look.fontSize ?? '',
    cursorStyle: look.cursorStyle ?? null,
    ...extrasValues(target.choices),
  }
}

/** Which field cannot stay as it is; the words are under `edit.problems`. */
export function problemsOf(
  { target }: Draft,
  values: FormValues,
): Partial<Record<keyof FormValues, 'host' | 'user' | 'port' | 'font' | 'fontSize'>> {
  const user = values.user.trim()
  return {
    ...(target.kind === 'host' && isProblem(parseQuickConnect(values.host)) && { host: 'host' }),
    ...(user !== '' && !userName.safeParse(user).success && { user: 'user' }),
    ...(values.port !== '' && !portNumber.safeParse(Number(values.port)).success && { port: 'port' }),
    ...(!fontFamily.safeParse(values.fontFamily.trim()).success && { fontFamily: 'font' }),
    ...(values.fontSize !== '' && !fontSize.safeParse(Number(values.fontSize)).success && { fontSize: 'fontSize' }),
  }
}

/** The host field takes what quick connect takes; a field of its own for user or port wins. */
export function fromForm(draft: Draft, values: FormValues): Draft {
  const typed = draft.target.kind === 'host' ? parseQuickConnect(values.host) : undefined
  const read = typed && !isProblem(typed) ? typed : undefined
  const user = values.user.trim() || read?.choices?.user
  const port = values.port === '' ? read?.choices?.port : Number(values.port)
  const { user: _, port: __, keyId: ___, keepSession: ____, ...others } = draft.target.choices ?? {}
  const choices = {
    ...others,
    ...(user && { user }),
    ...(port && { port }),
    ...(values.keyId && { keyId: values.keyId }),
    ...chosenExtras(values, others),
  }
  const base: Target = read ? { kind: 'host', host: read.host } : withoutChoices(draft.target)
  const look = lookOf(values)
  const keyPath = values.keyPath.trim() || read?.keyPath
  return {
    ...(draft.id !== undefined && { id: draft.id }),
    name: values.name.trim() || (read?.host ?? draft.name),
    ...(values.folderId && { folderId: values.folderId }),
    colour: values.colour,
    target: { ...base, ...(Object.keys(choices).length > 0 && { choices }) },
    ...(keyPath && { keyPath }),
    notes: values.notes,
    ...(Object.keys(look).length > 0 && { look }),
  }
}

function lookOf(values: FormValues): BookmarkLook {
  const font = values.fontFamily.trim()
  return {
    ...(values.theme && { theme: values.theme }),
    ...(font !== '' && { fontFamily: font }),
    ...(values.fontSize !== '' && { fontSize: Number(values.fontSize) }),
    ...(values.cursorStyle && { cursorStyle: values.cursorStyle }),
  }
}

function withoutChoices(target: Target): Target {
  return target.kind === 'host' ? { kind: 'host', host: target.host } : { kind: 'instance', ref: target.ref }
}
