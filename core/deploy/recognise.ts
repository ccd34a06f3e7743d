import type { ProjectPlan } from '../../contract/models/deploy.ts'
import { recogniseNode } from './recognise-node.ts'
import { recogniseCompose, recogniseGo, recogniseJava, recogniseStatic } from './recognise-others.ts'
import { recognisePython } from './recognise-python.ts'

/** Of a project: every file's path below its folder, and the text of those that tell something. */
export interface ProjectFiles {
  readonly paths: readonly string[]
  readonly texts: Readonly<Record<string, string>>
}

export interface Recognised {
  readonly plan: ProjectPlan
  /** The file that it was recognised by. */
  readonly because: string
  /** Programs that the machine must have. */
  readonly needs: readonly string[]
}

/** How the project is built and started, by what its files say; nothing for one that says nothing. */
export function recognise(files: ProjectFiles): Recognised | undefined {
  for (const look of [recogniseCompose, recognisePython, recogniseNode, recogniseGo, recogniseJava, recogniseStatic]) {
    const found = look(files)
    if (found) return found
  }
  return undefined
}

/** Those files whose text is wanted. */
export const TELLING = [
  'requirements.txt',
  'pyproject.toml',
  'package.json',
  'Procfile',
  'app.py',
  'main.py',
  'wsgi.py',
  'server.py',
  'application.py',
  'docker-compose.yml',
  'docker-compose.yaml',
  'compose.yml',
  'compose.yaml',
]
