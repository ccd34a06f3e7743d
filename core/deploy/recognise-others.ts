import type { ProjectFiles, Recognised } from './recognise.ts'

const COMPOSE = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml']

export function recogniseCompose({ paths, texts }: ProjectFiles): Recognised | undefined {
  const because = COMPOSE.find((file) => paths.includes(file))
  if (!because) return undefined
  // `- "8080:80"`, `- 127.0.0.1:8080:80/tcp`: the first port that the machine gives away.
  const published = /^\s*-\s*["']?(?:[\d.]+:)?(\d{1,5}):\d{1,5}(?:\/\w+)?["']?\s*$/m.exec(texts[because] ?? '')?.[1]
  const port = Number(published ?? 80)
  return {
    plan: { kind: 'compose', build: ['docker compose build'], start: 'docker compose up', port: port >= 1 && port <= 65_535 ? port : 80 },
    because,
    needs: ['docker', 'docker-compose'],
  }
}

export function recogniseGo({ paths }: ProjectFiles): Recognised | undefined {
  if (!paths.includes('go.mod')) return undefined
  return {
    plan: { kind: 'go', build: ['go build -o .mooring-app .'], start: './.mooring-app', port: 8080 },
    because: 'go.mod',
    needs: ['go'],
  }
}

export function recogniseJava({ paths }: ProjectFiles): Recognised | undefined {
  const has = (file: string) => paths.includes(file)
  const maven = has('pom.xml')
  const gradle = has('build.gradle') ? 'build.gradle' : has('build.gradle.kts') ? 'build.gradle.kts' : undefined
  if (!maven && !gradle) return undefined
  const program = maven ? (has('mvnw') ? 'sh ./mvnw' : 'mvn') : has('gradlew') ? 'sh ./gradlew' : 'gradle'
  return {
    plan: {
      kind: 'java',
      build: [maven ? `${program} -q -B -DskipTests package` : `${program} --console=plain assemble`],
      // The plain archive beside Spring's has no manifest to be started by.
      start: `exec java -jar "$(ls ${maven ? 'target' : 'build/libs'}/*.jar | grep -v -e '-plain' -e '^original-' | head -n 1)"`,
      port: 8080,
    },
    because: maven ? 'pom.xml' : (gradle ?? ''),
    needs: ['java', ...(program.startsWith('sh ') ? [] : [program])],
  }
}

export function recogniseStatic({ paths }: ProjectFiles): Recognised | undefined {
  const because = ['index.html', 'public/index.html', 'dist/index.html'].find((file) => paths.includes(file))
  if (!because) return undefined
  const folder = because === 'index.html' ? '.' : because.slice(0, because.indexOf('/'))
  return {
    plan: { kind: 'static', build: [], start: `exec python3 -m http.server 8080 --bind 0.0.0.0 --directory ${folder}`, port: 8080 },
    because,
    needs: ['python3'],
  }
}
