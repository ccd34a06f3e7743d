import type { ExpectedVersion } from '../../contract/models/text-file.ts'
import { api } from '../api/client.ts'
import { findDocument } from './documents.ts'
import { errorOf, placeOf } from './not-connected.ts'
import type { OpenText } from './open-text.ts'

/** True when it is saved. What is in the way is in the state; the text stays as it is. */
export async function saveText(
  text: OpenText,
  { expected, path }: { readonly expected?: ExpectedVersion; readonly path?: string } = {},
): Promise<boolean> {
  const { state } = text
  const document = findDocument(text.key)
  if (!document || state.getState().saving) return false
  const file = text.file()
  const { doc } = text.text.view.state
  const { encoding, lineEnds } = state.getState()
  const place = path ?? file.path
  state.setState({ saving: true, error: undefined, conflict: undefined })
  try {
    const content = { text: doc.toString(), encoding, lineEnds }
    const outcome = await api.editor.save({ ...placeOf(document), path: place, ...content, expected: expected ?? file.version })
    if (outcome.kind === 'saved') text.saved(outcome, doc)
    else state.setState({ conflict: { problem: outcome.problem, path: place } })
    return outcome.kind === 'saved'
  } catch (error) {
    state.setState({ error: errorOf(error) })
    return false
  } finally {
    state.setState({ saving: false })
  }
}
