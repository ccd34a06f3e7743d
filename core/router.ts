import type { AppInfo, PracticeState } from '../contract/models/app.ts'
import type { LocalShell, TerminalLog } from '../contract/models/terminal.ts'
import type { Activity } from './activity/activity.ts'
import type { AppWindows } from './app-windows.ts'
import type { Audit } from './audit/audit.ts'
import type { Aws } from './aws/aws.ts'
import type { Bookmarks } from './bookmarks/bookmarks.ts'
import { takeIn, takeOut } from './bookmarks/carry.ts'
import { readImport } from './bookmarks/import/read-import.ts'
import type { SharedFolder } from './bookmarks/shared/shared-folder.ts'
import type { Versions } from './bookmarks/versions.ts'
import type { Changes } from './changes/changes.ts'
import type { Consoles } from './console/console.ts'
import type { Deploy } from './deploy/deploy.ts'
import type { Editor } from './editor/editor.ts'
import type { Outside } from './editor/outside.ts'
import type { Files } from './files/files.ts'
import type { Fleet } from './fleet/fleet.ts'
import type { FolderHooks } from './folder-hook/folder-hook.ts'
import type { Follows } from './follow/follows.ts'
import type { History } from './history/history.ts'
import type { Keys } from './keys/keys.ts'
import type { Launching } from './launch/launch.ts'
import type { LocalFolders } from './local-files/folders.ts'
import type { Log } from './log.ts'
import type { Many } from './many/many.ts'
import type { Monitor } from './monitor/monitor.ts'
import type { Network } from './network/network.ts'
import type { Prompts } from './prompts/prompts.ts'
import type { Reach } from './reach/reach.ts'
import type { Vault } from './secrets/vault.ts'
import { type CoreRouter, implementContract } from './serve.ts'
import type { SettingsStore } from './settings/settings.ts'
import type { Snippets } from './snippets/snippets.ts'
import type { ConfigHosts } from './ssh/config/follow-hosts.ts'
import { type ReadonlyState, watchState } from './state.ts'
import type { Terminals } from './terminals/terminals.ts'
import { hostOf } from './transfers/stored.ts'
import type { Transfers } from './transfers/transfers.ts'
import type { Tunnels } from './tunnels/tunnels.ts'
import type { Updates } from './updates/updates.ts'
import type { Windows } from './windows/windows.ts'

export interface Services {
  readonly info: () => AppInfo
  readonly wake: () => void
  readonly diagnostics: () => Promise<string>
  readonly practice: { readonly state: ReadonlyState<PracticeState>; start(): Promise<void>; stop(): Promise<void> }
  readonly settings: SettingsStore
  readonly vault: Vault
  readonly prompts: Prompts
  readonly aws: Aws
  readonly keys: Keys
  readonly chooseKeys: (what: 'file' | 'folder') => Promise<string[]>
  readonly startLog: (id: string, format: TerminalLog['format']) => Promise<{ path?: string }>
  readonly shells: () => Promise<readonly LocalShell[]>
  readonly reach: Reach
  readonly consoles: Consoles
  readonly configHosts: ConfigHosts
  readonly terminals: Terminals
  readonly appWindows: AppWindows
  readonly snippets: Snippets
  readonly history: History
  readonly transfers: Transfers
  readonly files: Files
  readonly localFolders: LocalFolders
  readonly follows: Follows
  readonly folderHooks: FolderHooks
  readonly editor: Editor
  readonly outside: Outside
  readonly monitor: Monitor
  readonly tunnels: Tunnels
  readonly deploy: Deploy
  readonly many: Many
  readonly fleet: Fleet
  readonly updates: Updates
  readonly windows: Windows
  readonly bookmarks: Bookmarks
  readonly versions: Versions
  readonly sharedFolder: SharedFolder
  readonly chooseFolder: () => Promise<{ path?: string }>
  readonly network: Network
  readonly activity: Activity
  readonly audit: Audit
  readonly changes: Changes
  readonly launching: Launching
  readonly log: Log
}

/** The contract's calls, each one line to the service that does the work. */
export function createRouter(services: Services): CoreRouter {
  const { practice, settings, vault, prompts, aws, keys, reach, terminals, bookmarks, versions, sharedFolder, monitor } = services
  const { network, activity, changes, transfers, files, tunnels, deploy, updates, snippets, history, many, fleet } = services
  const os = implementContract(services.log)
  return os.router({
    app: {
      info: os.app.info.handler(() => services.info()),
      wake: os.app.wake.handler(() => services.wake()),
      diagnostics: os.app.diagnostics.handler(async () => ({ text: await services.diagnostics() })),
      practice: {
        watch: os.app.practice.watch.handler(({ signal }) => watchState(practice.state, signal)),
        start: os.app.practice.start.handler(() => practice.start()),
        stop: os.app.practice.stop.handler(() => practice.stop()),
      },
    },
    settings: {
      watch: os.settings.watch.handler(({ signal }) => watchState(settings.state, signal)),
      change: os.settings.change.handler(({ input }) => settings.change(input)),
    },
    profiles: {
      watch: os.profiles.watch.handler(({ signal }) => watchState(aws.profiles.state, signal)),
      select: os.profiles.select.handler(({ input }) => aws.profiles.select(input)),
      addKeys: os.profiles.addKeys.handler(({ input }) => aws.profiles.addKeys(input)),
      remove: os.profiles.remove.handler(({ input }) => aws.profiles.remove(input.profile)),
      login: os.profiles.login.handler(({ input, signal }) => aws.profiles.login(input.profile, signal)),
      reload: os.profiles.reload.handler(() => aws.profiles.reload()),
    },
    inventory: {
      watch: os.inventory.watch.handler(({ signal }) => watchState(aws.inventory.state, signal)),
      region: os.inventory.region.handler(({ input }) => aws.inventory.region(input.profile, input.region)),
      refresh: os.inventory.refresh.handler(({ input }) => aws.inventory.refresh(input)),
      regions: os.inventory.regions.handler(({ input }) => aws.inventory.regions(input.profile)),
      act: os.inventory.act.handler(({ input }) => changes.act(input.ref, input.action)),
    },
    reach: {
      plan: os.reach.plan.handler(({ input }) => reach.plan(input.target)),
      choose: os.reach.choose.handler(({ input }) => reach.choose(input.target, input.choices)),
      forgetHostKey: os.reach.forgetHostKey.handler(({ input }) => reach.forgetHostKey(input)),
    },
    sshConfig: { watch: os.sshConfig.watch.handler(({ signal }) => watchState(services.configHosts.state, signal)) },
    keys: {
      list: os.keys.list.handler(async () => (await keys.list()).map(({ key }) => key)),
      choose: os.keys.choose.handler(({ input }) => services.chooseKeys(input.what)),
      addPath: os.keys.addPath.handler(({ input }) => keys.addPath(input.path)),
      import: os.keys.import.handler(async ({ input }) => ({ keyId: await keys.import(input.label, input.text) })),
      generate: os.keys.generate.handler(({ input }) => keys.generate(input)),
      forgetCertificate: os.keys.forgetCertificate.handler(async ({ input }) => keys.forgetCertificate(input.id)),
      forget: os.keys.forget.handler(({ input }) => keys.forget(input.keyId)),
      fixMode: os.keys.fixMode.handler(({ input }) => keys.fixMode(input.keyId)),
    },
    terminals: {
      watch: os.terminals.watch.handler(({ signal }) => watchState(terminals.state, signal)),
      open: os.terminals.open.handler(({ input }) => {
        if (input.target.kind === 'host') bookmarks.remember(input.target)
        return { id: terminals.open(input.target, input.size, input.window) }
      }),
      move: os.terminals.move.handler(({ input }) => terminals.move(input.ids, input.window)),
      shells: os.terminals.shells.handler(async () => (await services.shells()).map(({ id, name }) => ({ id, name }))),
      reconnect: os.terminals.reconnect.handler(({ input }) => terminals.reconnect(input.id)),
      installKey: os.terminals.installKey.handler(async ({ input }) => ({
        outcome: await terminals.installKey(input.id, await keys.publicKey(input.keyId)),
      })),
      startLog: os.terminals.startLog.handler(({ input }) => services.startLog(input.id, input.format)),
      stopLog: os.terminals.stopLog.handler(({ input }) => terminals.stopLog(input.id)),
      close: os.terminals.close.handler(({ input }) => terminals.close(input.id)),
    },
    appWindows: {
      watch: os.appWindows.watch.handler(({ input, signal }) => services.appWindows.enter(input.id, signal)),
    },
    snippets: {
      watch: os.snippets.watch.handler(({ signal }) => watchState(snippets.state, signal)),
      save: os.snippets.save.handler(({ input }) => snippets.save(input)),
      remove: os.snippets.remove.handler(({ input }) => snippets.remove(input.id)),
      import: os.snippets.import.handler(({ input }) => snippets.import(input.snippets)),
    },
    history: {
      add: os.history.add.handler(({ input }) => history.add(input.command, input.host)),
      search: os.history.search.handler(({ input }) => history.search(input.text)),
      forget: os.history.forget.handler(({ input }) => history.forget(input.command)),
    },
    transfers: {
      watch: os.transfers.watch.handler(({ signal }) => watchState(transfers.state, signal)),
      download: os.transfers.download.handler(({ input }) => transfers.download(hostOf(input), input.paths, input.into, input.move)),
      upload: os.transfers.upload.handler(({ input }) => ({ id: transfers.upload(hostOf(input), input.folder, input.files) })),
      uploadChosen: os.transfers.uploadChosen.handler(async ({ input }) => ({
        ids: await transfers.uploadChosen(hostOf(input), input.folder, input.what),
      })),
      uploadLocal: os.transfers.uploadLocal.handler(async ({ input: { from, to, move } }) => ({
        ids: await transfers.uploadLocal(from, hostOf(to), to.folder, move),
      })),
      relay: os.transfers.relay.handler(({ input: { from, to, move } }) => ({
        ids: transfers.relay(hostOf(from), from.paths, hostOf(to), to.folder, move),
      })),
      pause: os.transfers.pause.handler(({ input }) => transfers.pause(input.id)),
      resume: os.transfers.resume.handler(({ input }) => transfers.resume(input.id)),
      cancel: os.transfers.cancel.handler(({ input }) => transfers.cancel(input.id)),
      next: os.transfers.next.handler(({ input }) => transfers.next(input.id)),
      clear: os.transfers.clear.handler(({ input }) => transfers.clear(input.id)),
    },
    files: {
      list: os.files.list.handler(({ input, signal }) => files.list(input, signal)),
      run: os.files.run.handler(({ input, signal }) => files.run(input, signal)),
      space: os.files.space.handler(({ input }) => files.space(input)),
      follow: os.files.follow.handler(({ input, signal }) => services.follows.follow(input, signal)),
      shown: os.files.shown.handler(({ input }) => services.follows.shown(input.id)),
      close: os.files.close.handler(({ input }) => files.close(input.terminalId)),
    },
    localFolders: {
      list: os.localFolders.list.handler(() => services.localFolders.list()),
      choose: os.localFolders.choose.handler(() => services.localFolders.choose()),
    },
    folderHook: {
      look: os.folderHook.look.handler(({ input }) => services.folderHooks.look(input.terminalId)),
      install: os.folderHook.install.handler(({ input }) => services.folderHooks.install(input.terminalId)),
      remove: os.folderHook.remove.handler(({ input }) => services.folderHooks.remove(input.terminalId)),
    },
    monitor: {
      watch: os.monitor.watch.handler(({ input, signal }) => monitor.watch(input.terminalId, signal)),
      processes: os.monitor.processes.handler(({ input }) => monitor.processes(input.terminalId)),
      endProcess: os.monitor.endProcess.handler(async ({ input }) => ({
        outcome: await monitor.endProcess(input.terminalId, input.process, input.force),
      })),
    },
    editor: {
      open: os.editor.open.handler(({ input }) => services.editor.open(input)),
      picture: os.editor.picture.handler(({ input }) => services.editor.picture(input)),
      save: os.editor.save.handler(({ input }) => services.editor.save(input)),
      outside: {
        watch: os.editor.outside.watch.handler(({ signal }) => watchState(services.outside.state, signal)),
        open: os.editor.outside.open.handler(({ input }) => services.outside.open(input)),
        save: os.editor.outside.save.handler(({ input }) => services.outside.save(input.id, input.overwrite)),
        close: os.editor.outside.close.handler(({ input }) => services.outside.close(input.id)),
      },
      drafts: {
        watch: os.editor.drafts.watch.handler(({ signal }) => watchState(services.editor.drafts.state, signal)),
        keep: os.editor.drafts.keep.handler(({ input }) => services.editor.drafts.keep(input)),
        read: os.editor.drafts.read.handler(({ input }) => services.editor.drafts.read(input.id)),
        discard: os.editor.drafts.discard.handler(({ input }) => services.editor.drafts.discard(input.id)),
      },
    },
    prompts: {
      watch: os.prompts.watch.handler(({ signal }) => watchState(prompts.state, signal)),
      answer: os.prompts.answer.handler(({ input }) => prompts.answer(input.id, input.answer)),
    },
    bookmarks: {
      watch: os.bookmarks.watch.handler(({ signal }) => watchState(bookmarks.state, signal)),
      save: os.bookmarks.save.handler(({ input }) => bookmarks.save(input)),
      saveFolder: os.bookmarks.saveFolder.handler(({ input }) => bookmarks.saveFolder(input)),
      move: os.bookmarks.move.handler(({ input }) => bookmarks.move(input)),
      duplicate: os.bookmarks.duplicate.handler(({ input }) => bookmarks.duplicate(input.ids)),
      remove: os.bookmarks.remove.handler(({ input }) => bookmarks.remove(input.ids)),
      undo: os.bookmarks.undo.handler(({ input }) => bookmarks.undo(input.undo)),
      readImport: os.bookmarks.readImport.handler(({ input: { files, encoding } }) =>
        readImport(
          files.map(({ path, base64 }) => ({ path, bytes: Buffer.from(base64, 'base64') })),
          encoding,
          bookmarks.state.value.bookmarks,
        ),
      ),
      import: os.bookmarks.import.handler(({ input }) => takeIn(services, input)),
      export: os.bookmarks.export.handler(({ input }) => takeOut(services, input.format, input.password)),
      clearHistory: os.bookmarks.clearHistory.handler(() => bookmarks.clearHistory()),
      versions: os.bookmarks.versions.handler(({ input }) => [...versions.list(input.id)]),
      restore: os.bookmarks.restore.handler(({ input }) => versions.restore(input.id, input.version)),
      shared: {
        watch: os.bookmarks.shared.watch.handler(({ signal }) => watchState(sharedFolder.state, signal)),
        choose: os.bookmarks.shared.choose.handler(() => services.chooseFolder()),
        look: os.bookmarks.shared.look.handler(({ input }) => sharedFolder.look(input.path)),
        join: os.bookmarks.shared.join.handler(({ input }) => sharedFolder.join(input.path)),
        leave: os.bookmarks.shared.leave.handler(() => sharedFolder.leave()),
        resolve: os.bookmarks.shared.resolve.handler(({ input }) => sharedFolder.resolve(input.id, input.take)),
        settle: os.bookmarks.shared.settle.handler(({ input }) => sharedFolder.settle(input.ids, input.what)),
      },
    },
    network: {
      watch: os.network.watch.handler(({ signal }) => watchState(network.state, signal)),
      instance: os.network.instance.handler(({ input }) => network.instance(input.ref)),
      choices: os.network.choices.handler(({ input }) => network.choices(input.ref)),
      prepare: os.network.prepare.handler(({ input }) => network.prepare(input.ref, input.change)),
      apply: os.network.apply.handler(({ input }) => network.apply(input.id)),
      diagnose: os.network.diagnose.handler(({ input, signal }) =>
        network.diagnose(input.ref, input.choices, signal ?? AbortSignal.timeout(60_000)),
      ),
      undo: os.network.undo.handler(({ input }) => network.undo(input.undo)),
    },
    audit: { region: os.audit.region.handler(({ input }) => services.audit.region(input)) },
    console: {
      log: os.console.log.handler(({ input, signal }) => services.consoles.log(input.ref, signal)),
      screenshot: os.console.screenshot.handler(({ input, signal }) => services.consoles.screenshot(input.ref, signal)),
    },
    instances: {
      details: os.instances.details.handler(({ input }) => aws.instances.details(input.ref)),
      health: os.instances.health.handler(({ input }) => aws.instances.health(input.ref)),
      metrics: os.instances.metrics.handler(({ input }) => aws.metrics.of(input.ref, input.span)),
      price: os.instances.price.handler(({ input }) => aws.prices(input)),
      types: os.instances.types.handler(({ input }) => aws.instances.types(input.ref)),
    },
    windows: {
      copyPassword: os.windows.copyPassword.handler(({ input, signal }) => services.windows.copyPassword(input.ref, signal)),
      openDesktop: os.windows.openDesktop.handler(({ input, signal }) => services.windows.openDesktop(input, signal)),
    },
    backups: {
      list: os.backups.list.handler(({ input }) => aws.backups.list(input.ref)),
      last: os.backups.last.handler(({ input }) => aws.backups.last(input.ref)),
    },
    schedules: { list: os.schedules.list.handler(({ input }) => aws.schedules.list(input.ref)) },
    changes: {
      watch: os.changes.watch.handler(({ signal }) => watchState(changes.state, signal)),
      prepare: os.changes.prepare.handler(({ input }) => changes.prepare(input)),
      prepareLaunch: os.changes.prepareLaunch.handler(({ input }) => changes.prepareLaunch(input.place, input.launch)),
      launchChoices: os.changes.launchChoices.handler(({ input }) => services.launching.choices(input)),
      apply: os.changes.apply.handler(({ input }) => changes.apply(input.id)),
      prepareUndo: os.changes.prepareUndo.handler(({ input }) => changes.prepareUndo(input.id)),
      goOn: os.changes.goOn.handler(({ input }) => changes.goOn(input.id)),
      leave: os.changes.leave.handler(({ input }) => changes.leave(input.id)),
      clear: os.changes.clear.handler(() => changes.clear()),
    },
    activity: { list: os.activity.list.handler(() => activity.list()) },
    tunnels: {
      watch: os.tunnels.watch.handler(({ signal }) => watchState(tunnels.state, signal)),
      save: os.tunnels.save.handler(({ input }) => tunnels.save(input)),
      start: os.tunnels.start.handler(({ input }) => tunnels.start(input.id)),
      stop: os.tunnels.stop.handler(({ input }) => tunnels.stop(input.id)),
      duplicate: os.tunnels.duplicate.handler(({ input }) => tunnels.duplicate(input.id)),
      remove: os.tunnels.remove.handler(({ input }) => tunnels.remove(input.id)),
      undo: os.tunnels.undo.handler(({ input }) => tunnels.undo(input.undo)),
      databases: os.tunnels.databases.handler(({ input, signal }) => aws.databases.beside(input.ref, signal)),
      freePort: os.tunnels.freePort.handler(async ({ input }) => {
        const port = await tunnels.freePort(input.from)
        return port === undefined ? {} : { port }
      }),
    },
    updates: {
      watch: os.updates.watch.handler(({ signal }) => watchState(updates.state, signal)),
      check: os.updates.check.handler(({ input, signal }) => updates.check(input.target, signal)),
      start: os.updates.start.handler(({ input }) => updates.start(input.target, input.scope, input.after)),
      restart: os.updates.restart.handler(({ input }) => updates.restart(input.target)),
      cancel: os.updates.cancel.handler(({ input }) => updates.cancel(input.id)),
    },
    fleet: {
      watch: os.fleet.watch.handler(({ signal }) => watchState(fleet.state, signal)),
      plan: os.fleet.plan.handler(({ input, signal }) => fleet.plan(input, signal)),
      run: os.fleet.run.handler(({ input }) => fleet.run(input)),
      output: os.fleet.output.handler(({ input }) => fleet.output(input.id, input.host)),
      cancel: os.fleet.cancel.handler(({ input }) => fleet.cancel(input.id)),
      clear: os.fleet.clear.handler(({ input }) => fleet.clear(input.id)),
    },
    many: {
      watch: os.many.watch.handler(({ signal }) => watchState(many.state, signal)),
      run: os.many.run.handler(({ input }) => many.run(input)),
      output: os.many.output.handler(({ input }) => many.output(input.id, input.host)),
      cancel: os.many.cancel.handler(({ input }) => many.cancel(input.id, input.host)),
      clear: os.many.clear.handler(({ input }) => many.clear(input.id)),
    },
    deploy: {
      watch: os.deploy.watch.handler(({ signal }) => watchState(deploy.state, signal)),
      list: os.deploy.list.handler(({ input, signal }) => deploy.list(input.target, signal)),
      start: os.deploy.start.handler(({ input }) => deploy.start(input.target, input.wish)),
      answer: os.deploy.answer.handler(({ input }) => deploy.answer(input.id, input.plan)),
      cancel: os.deploy.cancel.handler(({ input }) => deploy.cancel(input.id)),
      act: os.deploy.act.handler(({ input, signal }) => deploy.act(input.target, input.app, input.action, signal)),
      log: os.deploy.log.handler(({ input, signal }) => deploy.log(input.target, input.app, signal)),
      deployKey: os.deploy.deployKey.handler(async ({ input, signal }) => ({
        publicKey: await deploy.deployKey(input.target, input.app, signal),
      })),
      look: os.deploy.look.handler(({ input, signal }) => deploy.look(input.target, input.port, signal)),
    },
    vault: {
      watch: os.vault.watch.handler(({ signal }) => watchState(vault.state, signal)),
      create: os.vault.create.handler(({ input }) => vault.create(input.password)),
      unlock: os.vault.unlock.handler(({ input }) => vault.unlock(input.password)),
      changePassword: os.vault.changePassword.handler(({ input }) => vault.changePassword(input.current, input.password)),
      useKeychain: os.vault.useKeychain.handler(() => vault.useKeychain()),
      forgetAll: os.vault.forgetAll.handler(() => vault.forgetAll()),
      lock: os.vault.lock.handler(() => vault.lock()),
    },
    secrets: {
      put: os.secrets.put.handler(({ input }) => vault.put(`${input.purpose}/${input.name}`, input.value)),
      forget: os.secrets.forget.handler(({ input }) => vault.forget(`${input.purpose}/${input.name}`)),
    },
  })
}
