import { expect, test } from 'vitest'
import { recognise } from '../../../core/deploy/recognise.ts'

const flaskApp = 'from flask import Flask\napp = Flask(__name__)\n'
const pip = '.venv/bin/pip install --disable-pip-version-check --no-input'

test.each([
  ['nothing', {}, undefined],
  ['a text alone', { 'README.md': '' }, undefined],
  [
    'Flask by its requirements',
    { 'requirements.txt': 'Flask==3.0\n', 'app.py': flaskApp },
    [
      'flask',
      'requirements.txt',
      ['python3 -m venv .venv', `${pip} -r requirements.txt`],
      '.venv/bin/flask --app app run --host 0.0.0.0 --port 5000',
      5000,
    ],
  ],
  [
    'Flask that only the code knows of',
    { 'main.py': `import os\n${flaskApp}` },
    ['flask', 'main.py', ['python3 -m venv .venv', `${pip} flask`], '.venv/bin/flask --app main run --host 0.0.0.0 --port 5000', 5000],
  ],
  [
    'Flask with gunicorn, another name of the application',
    { 'requirements.txt': 'flask\ngunicorn>=21', 'wsgi.py': 'from flask import Flask\napplication = Flask(__name__)' },
    ['flask', 'requirements.txt', expect.anything(), '.venv/bin/gunicorn --bind 0.0.0.0:5000 wsgi:application', 5000],
  ],
  [
    'not a package that only begins like it',
    { 'requirements.txt': 'flask-nothing\n', 'server.py': 'print(1)' },
    ['python', 'server.py', ['python3 -m venv .venv', `${pip} -r requirements.txt`], '.venv/bin/python server.py', 5000],
  ],
  [
    'FastAPI, of pyproject.toml and without its server',
    { 'pyproject.toml': '[project]\ndependencies = ["fastapi>=0.110"]\n', 'main.py': 'app = FastAPI()' },
    [
      'fastapi',
      'pyproject.toml',
      ['python3 -m venv .venv', `${pip} . uvicorn`],
      '.venv/bin/uvicorn main:app --host 0.0.0.0 --port 8000',
      8000,
    ],
  ],
  [
    'Django',
    { 'manage.py': '', 'requirements.txt': 'django\n' },
    [
      'django',
      'manage.py',
      ['python3 -m venv .venv', `${pip} -r requirements.txt`, '.venv/bin/python manage.py migrate --noinput'],
      '.venv/bin/python manage.py runserver 0.0.0.0:8000',
      8000,
    ],
  ],
  ['Python that needs nothing', { 'app.py': 'print(1)' }, ['python', 'app.py', [], 'python3 app.py', 5000]],
  [
    'Node by npm',
    { 'package.json': '{"scripts":{"start":"node .","build":"tsc"}}', 'package-lock.json': '' },
    ['node', 'package-lock.json', ['npm ci', 'npm run build'], 'npm start', 3000],
  ],
  [
    'Node by pnpm',
    { 'package.json': '{"scripts":{"start":"x"}}', 'pnpm-lock.yaml': '' },
    ['node', 'pnpm-lock.yaml', ['pnpm install --frozen-lockfile'], 'pnpm start', 3000],
  ],
  [
    'Node by yarn',
    { 'package.json': '{"scripts":{"start":"x"}}', 'yarn.lock': '' },
    ['node', 'yarn.lock', ['yarn install --frozen-lockfile'], 'yarn start', 3000],
  ],
  [
    'Node without a lock or a start',
    { 'package.json': '{"main":"index.js"}', 'index.js': '' },
    ['node', 'package.json', ['npm install'], 'node index.js', 3000],
  ],
  ['a main that is a command', { 'package.json': '{"main":"x; rm -rf /"}', 'x; rm -rf /': '' }, undefined],
  ['a broken package.json', { 'package.json': '{', 'index.js': '' }, ['node', 'package.json', ['npm install'], 'node index.js', 3000]],
  [
    'Docker compose before anything in it',
    { 'compose.yaml': 'services:\n  web:\n    ports:\n      - "8081:80"\n', 'app.py': flaskApp },
    ['compose', 'compose.yaml', ['docker compose build'], 'docker compose up', 8081],
  ],
  [
    'Docker compose with an address',
    { 'docker-compose.yml': 'ports:\n  - 127.0.0.1:9000:80/tcp\n' },
    ['compose', 'docker-compose.yml', expect.anything(), 'docker compose up', 9000],
  ],
  ['Go', { 'go.mod': '' }, ['go', 'go.mod', ['go build -o .mooring-app .'], './.mooring-app', 8080]],
  [
    'Java by Maven’s wrapper',
    { 'pom.xml': '', mvnw: '' },
    ['java', 'pom.xml', ['sh ./mvnw -q -B -DskipTests package'], expect.stringContaining('target/*.jar'), 8080],
  ],
  [
    'Java by Gradle',
    { 'build.gradle.kts': '' },
    ['java', 'build.gradle.kts', ['gradle --console=plain assemble'], expect.stringContaining('build/libs/*.jar'), 8080],
  ],
  [
    'static files',
    { 'index.html': '' },
    ['static', 'index.html', [], 'exec python3 -m http.server 8080 --bind 0.0.0.0 --directory .', 8080],
  ],
  [
    'static files in a folder',
    { 'public/index.html': '' },
    ['static', 'public/index.html', [], expect.stringContaining('--directory public'), 8080],
  ],
] as const)('%s', (_name, texts, expected) => {
  const found = recognise({ paths: Object.keys(texts), texts })
  expect(found && [found.plan.kind, found.because, found.plan.build, found.plan.start, found.plan.port]).toEqual(expected)
})
