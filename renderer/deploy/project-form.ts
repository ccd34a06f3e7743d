import type { FormErrors, UseFormReturnType } from '@mantine/form'
import {
  appName,
  branchName,
  type DeployWish,
  gitAddress,
  type ProjectSource,
  subFolder,
  variableName,
} from '../../contract/models/deploy.ts'

export interface ProjectValues {
  name: string
  from: 'git' | 'folder'
  address: string
  branch: string
  folder: string
  deployKey: boolean
  path: string
  /** `kept`: it is on the host already, and stays as it is while its value is empty. */
  variables: { readonly name: string; readonly value: string; readonly kept: boolean }[]
}

export type ProjectForm = UseFormReturnType<ProjectValues, ProjectValues, (values: ProjectValues) => FormErrors>

export const emptyProject: ProjectValues = {
  name: '',
  from: 'git',
  address: '',
  branch: '',
  folder: '',
  deployKey: false,
  path: '',
  variables: [],
}

/** What a repository is called is a good name for the app. */
export function nameFrom(address: string): string {
  const last =
    address
      .replace(/\/+$/, '')
      .replace(/\.git$/, '')
      .split(/[/:]/)
      .at(-1) ?? ''
  const name = last
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
  return appName.safeParse(name).success ? name : ''
}

type Problem = 'nameBad' | 'addressBad' | 'branchBad' | 'subFolderBad' | 'pathBad'

export function problems(values: ProjectValues): Partial<Record<keyof ProjectValues, Problem>> {
  const bad = (schema: { safeParse(value: string): { success: boolean } }, text: string) => !schema.safeParse(text.trim()).success
  return {
    ...(bad(appName, values.name) ? { name: 'nameBad' } : {}),
    ...(values.from === 'git' && bad(gitAddress, values.address) ? { address: 'addressBad' } : {}),
    ...(values.from === 'git' && values.branch.trim() && bad(branchName, values.branch) ? { branch: 'branchBad' } : {}),
    ...(values.from === 'git' && values.folder.trim() && bad(subFolder, values.folder) ? { folder: 'subFolderBad' } : {}),
    ...(values.from === 'folder' && !values.path.trim() ? { path: 'pathBad' } : {}),
  } as const
}

export const isVariable = (name: string) => variableName.safeParse(name).success

export function sourceOf(values: ProjectValues): ProjectSource {
  if (values.from === 'folder') return { kind: 'folder', path: values.path.trim() }
  const [branch, folder] = [values.branch.trim(), values.folder.trim()]
  return {
    kind: 'git',
    address: values.address.trim(),
    ...(branch ? { branch } : {}),
    ...(folder ? { folder } : {}),
    deployKey: values.deployKey,
  }
}

/** Of variables that were there, only what changed. */
export function variablesOf(values: ProjectValues, before: readonly string[]): Extract<DeployWish, { kind: 'new' }>['variables'] {
  const set = Object.fromEntries(
    values.variables.filter(({ name, value }) => isVariable(name) && value !== '').map(({ name, value }) => [name, value]),
  )
  return { set, unset: before.filter((name) => !values.variables.some((each) => each.name === name)) }
}
