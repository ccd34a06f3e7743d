import type { ProjectFiles, Recognised } from './recognise.ts'

const ENTRIES = ['app.py', 'main.py', 'wsgi.py', 'application.py', 'server.py']
/** The course notes' port, and what each framework's own server takes. */
const PORTS = { flask: 5000, fastapi: 8000, django: 8000, python: 5000 } as const

export function recognisePython({ paths, texts }: ProjectFiles): Recognised | undefined {
  const has = (path: string) => paths.includes(path)
  const requirements = texts['requirements.txt'] ?? ''
  const project = texts['pyproject.toml'] ?? ''
  const declared = `${requirements}\n${project}`.toLowerCase()
  const wants = (name: string) => new RegExp(`(?:^|[\\s"'])${name}(?![\\w-])`, 'm').test(declared)
  const entry = ENTRIES.find(has)
  const source = entry ? (texts[entry] ?? '') : ''
  const uses = (name: string) => wants(name) || new RegExp(`^\\s*(?:from|import)\\s+${name}\\b`, 'm').test(source)
  const installs = has('requirements.txt') ? '-r requirements.txt' : has('pyproject.toml') ? '.' : undefined
  const kind = has('manage.py') ? 'django' : uses('fastapi') ? 'fastapi' : uses('flask') ? 'flask' : entry ? 'python' : undefined
  if (!kind) return undefined

  // A framework that nothing declares is still needed: the project was only ever run where it was installed by hand.
  const undeclared = kind === 'python' || wants(kind) ? [] : kind === 'fastapi' ? ['fastapi', 'uvicorn'] : [kind]
  if (kind === 'fastapi' && undeclared.length === 0 && !wants('uvicorn')) undeclared.push('uvicorn')
  const packages = [installs, ...undeclared].filter((each) => each !== undefined)
  const isolated = packages.length > 0
  const python = isolated ? '.venv/bin/python' : 'python3'
  const build = isolated
    ? ['python3 -m venv .venv', `.venv/bin/pip install --disable-pip-version-check --no-input ${packages.join(' ')}`]
    : []
  if (kind === 'django') build.push(`${python} manage.py migrate --noinput`)
  const because = has('manage.py') ? 'manage.py' : wants(kind) ? (has('requirements.txt') ? 'requirements.txt' : 'pyproject.toml') : entry
  const port = PORTS[kind]
  return {
    plan: { kind, build, start: start(), port },
    because: because ?? 'manage.py',
    needs: isolated ? ['python3', 'python3-venv'] : ['python3'],
  }

  /** Everywhere the machine can be come at: who may is the security group's to say. */
  function start(): string {
    const module = (entry ?? 'app.py').replace(/\.py$/, '')
    const application = /^\s*(app|application|server)\s*[:=]/m.exec(source)?.[1] ?? 'app'
    switch (kind) {
      case 'django':
        return `${python} manage.py runserver 0.0.0.0:${PORTS.django}`
      case 'fastapi':
        return `.venv/bin/uvicorn ${module}:${application} --host 0.0.0.0 --port ${PORTS.fastapi}`
      case 'flask':
        return wants('gunicorn')
          ? `.venv/bin/gunicorn --bind 0.0.0.0:${PORTS.flask} ${module}:${application}`
          : `.venv/bin/flask --app ${module} run --host 0.0.0.0 --port ${PORTS.flask}`
      default:
        return `${python} ${entry ?? 'app.py'}`
    }
  }
}
