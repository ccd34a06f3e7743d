import { z } from 'zod'
import { appName, deployedApp, projectPlan, releaseId } from '../../contract/models/deploy.ts'

/** `~/.mooring/apps/<name>/app.json` on the host: written by any computer that deploys there, and by whoever else can. */
export const appFile = z.object({
  version: z.literal(1),
  name: appName,
  source: deployedApp.shape.source,
  plan: projectPlan.optional(),
  variables: deployedApp.shape.variables.max(200),
  /** What was in each release's `.git` when it was fetched. */
  commits: z.record(releaseId, z.string().regex(/^[0-9a-f]{7,40}$/)),
  unfinished: deployedApp.shape.unfinished,
})
export type AppFile = z.infer<typeof appFile>

/** Nothing for what is no such file, or another app's. */
export function parseAppFile(name: string, text: string): AppFile | undefined {
  try {
    const { data } = appFile.safeParse(JSON.parse(text))
    return data?.name === name ? data : undefined
  } catch {
    return undefined
  }
}

export function appFolder(home: string, name: string): string {
  return `${home}/.mooring/apps/${name}`
}

export function unitName(name: string): string {
  return `mooring-${name}.service`
}
