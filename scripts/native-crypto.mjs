// ssh2's native crypto is built for one Node ABI. npm builds it for the Node that runs npm; this project's commands run on
// the Node in node_modules/.bin. A binding for the wrong one does not load, and ssh2 then falls back to slower JavaScript
// without a word. So: rebuild it against the headers that come with the `node` package, and say so when that fails.
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const windows = process.platform === 'win32'
const node = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node')
const headers = join(root, 'node_modules/node/node_modules', `node-${windows ? 'win' : process.platform}-${process.arch}`)
const binding = join(root, 'node_modules/ssh2/lib/protocol/crypto/build/Release/sshcrypto.node')

function loads() {
  return existsSync(binding) && spawnSync(node, ['-e', 'require(process.argv[1])', binding]).status === 0
}

if (existsSync(node) && !loads()) {
  const npm = process.env.npm_execpath
  const environment = {
    ...process.env,
    ...(existsSync(join(headers, 'include')) ? { npm_config_nodedir: headers } : {}),
    PATH: `${dirname(node)}${windows ? ';' : ':'}${process.env.PATH}`,
  }
  try {
    if (npm) execFileSync(node, [npm, 'rebuild', 'ssh2', '--foreground-scripts=false'], { cwd: root, env: environment, stdio: 'pipe' })
  } catch {
    // Said below: the app works without it, only slower.
  }
  console.log(loads() ? 'ssh2: native crypto built for this Node' : 'ssh2: no native crypto (a C++ compiler builds it); JavaScript is used')
}
