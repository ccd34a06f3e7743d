import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { UserErrorData } from '../contract/errors.ts'
import type { AppInfo } from '../contract/models/app.ts'
import type { TerminalLog, TerminalTarget } from '../contract/models/terminal.ts'
import type { Port } from '../contract/port.ts'
import { openActivity } from './activity/activity.ts'
import { createAppWindows } from './app-windows.ts'
import { createAudit } from './audit/audit.ts'
import { createAws } from './aws/aws.ts'
import { createBackupMounts } from './backup-files/mounts.ts'
import { openBookmarks } from './bookmarks/bookmarks.ts'
import { openSharedFolder } from './bookmarks/shared/shared-folder.ts'
import { openVersions } from './bookmarks/versions.ts'
import { createChanges } from './changes/changes.ts'
import { openUnderWay } from './changes/under-way.ts'
import { createConsoles } from './console/console.ts'
import { lockDataFolder } from './data-folder-lock.ts'
import { createDeploy } from './deploy/deploy.ts'
import { readDiagnostics } from './diagnostics/diagnostics.ts'
import { createEditor } from './editor/editor.ts'
import { createOutside } from './editor/outside.ts'
import { createFiles } from './files/files.ts'
import { createFleet } from './fleet/fleet.ts'
import { createFolderHooks } from './folder-hook/folder-hook.ts'
import { createFollows } from './follow/follows.ts'
import { openHistory } from './history/history.ts'
import type { CoreHost } from './host.ts'
import { createKeys } from './keys/keys.ts'
import { createLaunching } from './launch/launch.ts'
import { openLocalFolders } from './local-files/folders.ts'
import { createLog } from './log.ts'
import { createMany } from './many/many.ts'
import { createMonitor } from './monitor/monitor.ts'
import { createNetwork } from './network/network.ts'
import { createPractice } from './practice.ts'
import { createPrompts } from './prompts/prompts.ts'
import { createReach } from './reach/reach.ts'
import { createRouter } from './router.ts'
import { openVault } from './secrets/vault.ts'
import { createServer } from './serve.ts'
import { openSettings } from './settings/settings.ts'
import { openSnippets } from './snippets/snippets.ts'
import { followConfigHosts } from './ssh/config/follow-hosts.ts'
import { nativeCrypto } from './ssh/native-crypto.ts'
import { createConnections } from './terminals/connections.ts'
import { keepTabs } from './terminals/kept-tabs.ts'
import { findShells } from './terminals/local/shells.ts'
import { logPath } from './terminals/log-path.ts'
import { loginQuestions, type WhoIsAsked } from './terminals/questions.ts'
import { createTerminals } from './terminals/terminals.ts'
import type { BrowserDownload } from './transfers/browser-downloads.ts'
import { createTransfers } from './transfers/transfers.ts'
import { openTunnels } from './tunnels/tunnels.ts'
import { followTerminals } from './tunnels/with-terminals.ts'
import { createUpdates } from './updates/updates.ts'
import { createWindows } from './windows/windows.ts'

export interface Core {
  /** `channel` is `control`, `terminal/<id>` or `upload/<id>`; the port of any other is closed at once. */
  accept(channel: string, port: Port): void
  /** What an address that `transfers.download` gave the page leads to, once. Throws UserError. */
  openDownload(token: string): Promise<BrowserDownload | undefined>
  /** The computer or its network was asleep: lost connections are tried at once, and open ones have to answer. */
  wake(): void
  /** Ends every terminal and connection. */
  close(): Promise<void>
}

const inPractice = ({ target }: { readonly target: TerminalTarget }) => target.kind === 'instance' && target.ref.profile === 'practice'
const PLATFORMS = new Set<string>(['linux', 'darwin', 'win32'])

/** Throws a sentence when another process runs on the same data folder. */
export async function createCore(host: CoreHost): Promise<Core> {
  await mkdir(host.dataFolder, { recursive: true, mode: 0o700 })
  const folder = host.dataFolder
  const letGo = lockDataFolder(folder)
  const log = createLog(folder)
  log.info(
    { version: host.version, host: host.kind, node: process.version, nativeCrypto: nativeCrypto(), restarted: host.restarted },
    'core starts',
  )

  const settings = openSettings(folder)
  const bookmarks = openBookmarks(folder)
  const versions = openVersions(folder, bookmarks, log)
  const sharedFolder = openSharedFolder({ dataFolder: folder, homeFolder: host.homeFolder, bookmarks, versions, log })
  const snippets = openSnippets(folder)
  const history = openHistory(folder, () => settings.state.value.commandHistory, log)
  const prompts = createPrompts()
  const vault = await openVault({ folder, settings: settings.state, ...(host.vaultKey ? { key: host.vaultKey } : {}) })
  const aws = await createAws({ host, settings: settings.state, prompts, vault, log })
  const keys = createKeys({ host, settings: settings.state, vault, prompts, log })
  const reach = createReach({
    proxy: () => settings.state.value.proxy,
    host,
    aws,
    keys,
    instanceConnectByItself: () => settings.state.value.instanceConnect,
    prompts,
    folder,
    log,
  })
  const consoles = createConsoles(aws.consoles)
  const activity = openActivity(folder, log)
  const launching = createLaunching({ aws, keys })
  const underWay = openUnderWay(folder, log)
  const network = createNetwork({ host, aws, reach, activity, folder, log })
  const configHosts = followConfigHosts([join(host.homeFolder, '.ssh', 'config'), '/etc/ssh/ssh_config'], { ...host, log })
  const connecting = {
    ...{ reach, prompts, log, environment: host.environment, connections: createConnections() },
    questions: (asked: WhoIsAsked) => loginQuestions({ ...asked, prompts, vault }),
  }
  const changes = createChanges({
    calls: aws.changes,
    activity,
    underWay,
    onHost: createBackupMounts(connecting),
    launchFacts: launching.facts,
    follow: aws.inventory.follow,
    order: aws.inventory.act,
  })
  const terminals = createTerminals({ ...connecting, homeFolder: host.homeFolder, reconnects: () => settings.state.value.reconnect })
  const tunnels = openTunnels(folder, connecting)
  const tabs = keepTabs({
    ...{ folder, terminals, log, restarted: host.restarted },
    isOn: () => settings.state.value.keepTabs,
    passes: inPractice,
  })
  followTerminals({ folder, terminals, tunnels, reach, prompts, log })
  const localFolders = openLocalFolders(folder, host)
  const transfers = createTransfers({
    ...connecting,
    folder,
    host,
    localFolders,
    settings: settings.state,
    changeSettings: settings.change,
  })
  const files = createFiles({ terminals, prompts, localFolders, log })
  const updates = createUpdates({ ...connecting, activity, aws, changes })
  const many = createMany(connecting)
  const fleet = createFleet({ ...connecting, folder, activity, aws })
  const deploy = createDeploy({ ...connecting, vault, activity, aws, network })
  const follows = createFollows(files, log)
  const editor = createEditor({ files, folder })
  const outside = createOutside({ files, terminals, drafts: editor.drafts, host, log })
  const monitor = createMonitor(terminals)
  const practice = createPractice(host, async (cloud) => {
    if (!cloud) void terminals.closeAll(inPractice)
    if (!cloud) tunnels.stopAll(inPractice)
    keys.setPracticeFolder(cloud?.keyFolder)
    reach.setPracticeCloud(cloud)
    // A new practice cloud knows nothing of what was begun in the last one.
    if (cloud) {
      changes.forget('practice')
      fleet.forget('practice')
    }
    await aws.setPracticeCloud(cloud)
    if (cloud) tunnels.startWithApp(inPractice)
  })

  async function chooseKeys(what: 'file' | 'folder'): Promise<string[]> {
    const paths = (await host.chooseFiles?.(what)) ?? []
    return (await Promise.all(paths.map((path) => keys.addPath(path)))).flat()
  }
  async function chooseFolder(): Promise<{ path?: string }> {
    const [path] = (await host.chooseFiles?.('folder')) ?? []
    return path === undefined ? {} : { path }
  }
  /** Where the host has a dialog the person says where; elsewhere it is in the app's own folder, and the answer says so. */
  async function startLog(id: string, format: TerminalLog['format']): Promise<{ path?: string }> {
    const terminal = terminals.state.value.find((candidate) => candidate.id === id)
    const path = host.chooseFiles
      ? (await host.chooseFiles('log'))[0]
      : logPath(join(folder, 'logs'), terminal?.name ?? 'terminal', new Date())
    if (path === undefined) return {}
    await terminals.startLog(id, path, format)
    return { path }
  }
  function info(): AppInfo {
    return {
      name: 'Mooring',
      version: host.version,
      host: host.kind,
      platform: PLATFORMS.has(process.platform) ? (process.platform as AppInfo['platform']) : 'other',
      nativeCrypto: nativeCrypto(),
      canChooseFiles: host.chooseFiles !== undefined,
      canOpenFiles: host.openPath !== undefined,
      problems: [
        settings.problem,
        bookmarks.problem,
        versions.problem,
        sharedFolder.problem,
        snippets.problem,
        history.problem,
        tunnels.problem,
        tabs.problem,
        vault.problem,
        reach.problem,
        network.problem,
        transfers.problem,
        localFolders.problem,
        underWay.problem,
        fleet.problem,
      ].filter((problem): problem is UserErrorData => problem !== undefined),
      restarted: host.restarted,
    }
  }

  function wake() {
    log.info('awake')
    connecting.connections.prove()
    for (const room of [terminals, tunnels, transfers]) room.hasten()
  }

  const serve = createServer(
    createRouter({
      info,
      wake,
      diagnostics: () =>
        readDiagnostics({ ...{ info: info(), settings, aws, bookmarks, configHosts, terminals, tunnels, transfers }, ...host }),
      practice,
      settings,
      vault,
      prompts,
      aws,
      keys,
      chooseKeys,
      startLog,
      shells: () => findShells(host.environment),
      reach,
      consoles,
      configHosts,
      terminals,
      appWindows: createAppWindows(),
      snippets,
      history,
      tunnels,
      deploy,
      many,
      fleet,
      updates,
      windows: createWindows({ host, aws, keys, reach, tunnels }),
      transfers,
      files,
      localFolders,
      follows,
      folderHooks: createFolderHooks(files),
      editor,
      outside,
      monitor,
      bookmarks,
      versions,
      sharedFolder,
      chooseFolder,
      network,
      activity,
      audit: createAudit(aws.audit),
      changes,
      launching,
      log,
    }),
  )
  tunnels.startWithApp((tunnel) => !inPractice(tunnel))
  changes.resume()
  fleet.resume()
  if (host.openPracticeCloud) void practice.start().catch((error) => log.error({ err: error }, 'practice cloud did not start'))

  return {
    accept(channel, port) {
      const [kind, id] = channel.split('/')
      if (channel === 'control') serve(port)
      else if (kind === 'upload' && id && transfers.attach(id, port)) return
      else if (kind !== 'terminal' || !id || !terminals.attach(id, port)) port.close()
    },
    openDownload: transfers.openDownload,
    wake,
    async close() {
      await outside.closeAll()
      transfers.close()
      tabs.close()
      const logsWritten = terminals.closeAll()
      tunnels.stopAll()
      changes.close()
      deploy.close()
      many.close()
      fleet.close()
      updates.close()
      await network.close()
      await practice.stop()
      await aws.close()
      configHosts.close()
      settings.close()
      sharedFolder.close()
      versions.close()
      bookmarks.close()
      history.close()
      await logsWritten
      log.info('core ends')
      log.flush()
      letGo()
    },
  }
}
