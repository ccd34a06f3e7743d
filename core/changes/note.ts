import type { ChangeNote } from '../../contract/models/change.ts'

export function note(code: ChangeNote['code'], params: ChangeNote['params'] = {}): ChangeNote {
  return { code, params }
}
