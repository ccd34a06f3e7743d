import { eventIterator, oc } from '@orpc/contract'
import { z } from 'zod'
import { terminalSize } from './byte-stream.ts'
import { userErrorData } from './errors.ts'
import { activityEntry } from './models/activity.ts'
import { appInfo, practiceState, vaultState } from './models/app.ts'
import { windowId } from './models/app-window.ts'
import { auditReport } from './models/audit.ts'
import { instanceBackups, lastBackup } from './models/backup.ts'
import { bookmark, bookmarksState, folder } from './models/bookmark.ts'
import { changeRequest, changeState, preparedChanges } from './models/change.ts'
import { consoleLog, consoleScreenshot } from './models/console.ts'
import { database } from './models/database.ts'
import { appAction, appName, deployRun, deployWish, hostApps, outsideLook, projectPlan } from './models/deploy.ts'
import { fileListing, filesOf, remotePath, space } from './models/file.ts'
import { fileOperation, fileProgress } from './models/file-operation.ts'
import { fleetPlan, fleetRequest, fleetRun, fleetWish } from './models/fleet.ts'
import { folderHook } from './models/folder-hook.ts'
import { historyEntry } from './models/history.ts'
import { exportFormats, importEncodings, importFile, importItem, importPreview } from './models/import.ts'
import { instance, instanceAction, instanceRef, inventoryState } from './models/instance.ts'
import { instanceDetails, instanceTypeChoice } from './models/instance-details.ts'
import { instanceHealth } from './models/instance-health.ts'
import { keyFileName, localKey } from './models/key.ts'
import { launch, launchChoices } from './models/launch.ts'
import { localFolder, localPlace } from './models/local-folder.ts'
import { logPart } from './models/log-part.ts'
import { manyOutput, manyRequest, manyRun } from './models/many.ts'
import { instanceMetrics, metricSpan } from './models/metrics.ts'
import { hostProcess, monitorState } from './models/monitor.ts'
import { instanceNetwork, networkChange, networkTarget, peerChoices, preparedChange, undoable } from './models/network.ts'
import { outsideEdit } from './models/outside-edit.ts'
import { picture } from './models/picture.ts'
import { monthPrice, priceWish } from './models/price.ts'
import { profilesState } from './models/profile.ts'
import { answer, prompt } from './models/prompt.ts'
import { reachPlan } from './models/reach.ts'
import { desktopWish, openedDesktop } from './models/remote-desktop.ts'
import { instanceSchedules } from './models/schedule.ts'
import { settings } from './models/settings.ts'
import { recordVersion, sharedFolderLook, sharedFolderState } from './models/shared-folder.ts'
import { snippet, snippetFile, snippets } from './models/snippet.ts'
import { sshConfigState } from './models/ssh-config.ts'
import { connectChoices, localShell, portNumber, target, terminalLog, terminalState, terminalTarget } from './models/terminal.ts'
import { draft, draftEntry, saveOutcome, textFile, textToSave } from './models/text-file.ts'
import { pageFile, transfer } from './models/transfer.ts'
import { tunnel, tunnelState } from './models/tunnel.ts'
import { hostUpdates, updateRun, updateScope } from './models/updates.ts'
import { verdict } from './models/verdict.ts'
import { secret } from './secret.ts'

/**
 * Every call and every event between the page and the core. A call fails with USER_ERROR or not at all. A `watch` yields the
 * whole state at once and again after each change, latest value wins, at most a few a second.
 */
const call = oc.errors({ USER_ERROR: { data: userErrorData } })
const watch = <Schema extends z.ZodType>(state: Schema) => call.output(eventIterator(state))
const nothing = z.void()
const terminalId = z.string()
const place = z.object({ profile: z.string(), region: z.string() })
const hostOf = { target, asRoot: z.boolean().optional() }
const sharedFolderPath = z.object({ path: z.string().trim().min(1).max(4096) })
const ids = z.array(z.string()).min(1).max(10_000)

export const contract = {
  app: {
    info: call.output(appInfo),
    /** The page's network is back: lost connections are tried at once, and open ones have to answer. */
    wake: call.output(nothing),
    /** For whoever helps: versions, settings and the log, without names, addresses and secrets. */
    diagnostics: call.output(z.object({ text: z.string() })),
    /** Starts the practice cloud and selects its profile; stopping ends its terminals. */
    practice: { watch: watch(practiceState), start: call.output(nothing), stop: call.output(nothing) },
  },
  settings: {
    watch: watch(settings),
    change: call.input(settings.partial()).output(nothing),
  },
  profiles: {
    watch: watch(profilesState),
    select: call.input(z.array(z.string())).output(nothing),
    /** Kept in the vault, under a name no other profile has. Checked with STS first: AWS_CREDENTIALS_INVALID stores nothing. */
    addKeys: call
      .input(
        z.object({
          name: z.string().trim().min(1).max(128),
          accessKeyId: z.string().trim().min(16).max(128),
          secretAccessKey: secret,
          sessionToken: secret.optional(),
          region: z.string().max(64).optional(),
        }),
      )
      .output(nothing),
    /** Only one that was typed in here. */
    remove: call.input(z.object({ profile: z.string() })).output(nothing),
    /** The browser step of SSO or the MFA question, asked as prompts; returns when the login is good. */
    login: call.input(z.object({ profile: z.string() })).output(nothing),
    /** Reads the files again. */
    reload: call.output(nothing),
  },
  inventory: {
    watch: watch(inventoryState),
    /** The rows of one region, as of its `revision` or newer. */
    region: call
      .input(z.object({ profile: z.string(), region: z.string() }))
      .output(z.object({ revision: z.int(), instances: z.array(instance) })),
    /** All selected, or one profile's, or one region's. Returns at once; the state tells. */
    refresh: call.input(z.object({ profile: z.string().optional(), region: z.string().optional() })).output(nothing),
    /** Regions that the account has enabled, by id. */
    regions: call.input(z.object({ profile: z.string() })).output(z.array(z.string())),
    /** EC2 StartInstances, StopInstances, RebootInstances. Returns when AWS has accepted; the state follows. */
    act: call.input(z.object({ ref: instanceRef, action: instanceAction })).output(nothing),
  },
  reach: {
    /** Who, with what, where. Free read-only calls; nothing is connected to. */
    plan: call.input(z.object({ target })).output(reachPlan),
    /** Remembers what the person chose for this target (nothing given: forgets it). */
    choose: call.input(z.object({ target, choices: connectChoices })).output(nothing),
    /** The way back from HOST_KEY_CHANGED: forgets what was known, so that the next connection asks as at the first contact. */
    forgetHostKey: call.input(z.object({ target, address: z.string().optional(), port: portNumber.optional() })).output(nothing),
  },
  /** The hosts of the person's own ~/.ssh/config, as long as the app runs. */
  sshConfig: { watch: watch(sshConfigState) },
  keys: {
    list: call.output(z.array(localKey)),
    /** The host's file dialog (desktop). Returns the ids of what was added; empty when cancelled. */
    choose: call.input(z.object({ what: z.enum(['file', 'folder']) })).output(z.array(z.string())),
    /** A file or folder by its path on the core's machine. */
    addPath: call.input(z.object({ path: z.string().min(1).max(4096) })).output(z.array(z.string())),
    /**
     * A dropped or pasted private key, kept in the vault, or a certificate, which goes with the key that it is for. KEY_UNREADABLE when it
     * is neither, CERTIFICATE_WITHOUT_KEY.
     */
    import: call.input(z.object({ label: z.string().trim().min(1).max(200), text: secret })).output(z.object({ keyId: z.string() })),
    /** One that was pasted, by its fingerprint. */
    forgetCertificate: call.input(z.object({ id: z.string().max(200) })).output(nothing),
    /** A new pair in `~/.ssh`; a file that is there is never replaced (INVALID_INPUT). */
    generate: call
      .input(
        z.object({
          type: z.enum(['ed25519', 'rsa']),
          /** `putty`: the file gets the ending `.ppk`. */
          format: z.enum(['openssh', 'putty']).default('openssh'),
          name: keyFileName,
          comment: z
            .string()
            .max(200)
            .regex(/^[^\p{Cc}]*$/u),
          passphrase: secret.optional(),
        }),
      )
      .output(z.object({ path: z.string(), publicKey: z.string() })),
    /** Forgets a folder, a file or a vault's key; never deletes a file. */
    forget: call.input(z.object({ keyId: z.string() })).output(nothing),
    /** 0600, or an ACL for this user alone on Windows. */
    fixMode: call.input(z.object({ keyId: z.string() })).output(nothing),
  },
  terminals: {
    watch: watch(z.array(terminalState)),
    /** Connecting goes on in the background; the bytes come through the port `terminal/<id>`. */
    open: call
      .input(z.object({ target: terminalTarget, size: terminalSize, window: windowId.optional() }))
      .output(z.object({ id: z.string() })),
    /** Their tabs are in that window from now on, in the main one where none is named. Those that have ended are passed over. */
    move: call.input(z.object({ ids: z.array(terminalId).max(1_000), window: windowId.optional() })).output(nothing),
    /** Of this computer, the person's own first. */
    shells: call.output(z.array(localShell)),
    reconnect: call.input(z.object({ id: z.string() })).output(nothing),
    /** Adds the key to the login's authorized_keys on the host, over the connection that is open. KEY_NOT_INSTALLED. */
    installKey: call.input(z.object({ id: z.string(), keyId: z.string() })).output(z.object({ outcome: z.enum(['installed', 'present']) })),
    /**
     * What the host prints goes to a file as well: one of the host's dialog (nothing given back: cancelled), or of the app's own folder
     * where there is none. STORE_NOT_WRITABLE.
     */
    startLog: call.input(z.object({ id: z.string(), format: terminalLog.shape.format })).output(z.object({ path: z.string().optional() })),
    stopLog: call.input(z.object({ id: z.string() })).output(nothing),
    /** Ends the shell, or gives up connecting. */
    close: call.input(z.object({ id: z.string() })).output(nothing),
  },
  /** The app's own; what has to do with Microsoft's is under `windows`. */
  appWindows: {
    /** Those that have a page, the asking one's own among them for as long as it listens. */
    watch: call.input(z.object({ id: windowId })).output(eventIterator(z.array(windowId))),
  },
  snippets: {
    watch: watch(snippets),
    /** Creates (no id), or replaces. A shortcut that another one had is this one's then. */
    save: call.input(snippet.extend({ id: z.string().optional() })).output(z.object({ id: z.string() })),
    remove: call.input(z.object({ id: z.string() })).output(nothing),
    /** Of an exported file. What is there already is not there twice. */
    import: call.input(snippetFile).output(z.object({ added: z.int() })),
  },
  /** What was run on any host, found again. Never what looks like a secret, and nothing while the setting is off. */
  history: {
    add: call.input(historyEntry.pick({ command: true, host: true })).output(nothing),
    /** At most 200, the last first. */
    search: call.input(z.object({ text: z.string().max(1_000) })).output(z.array(historyEntry)),
    /** One command; absent: all. */
    forget: call.input(z.object({ command: z.string().optional() })).output(nothing),
  },
  transfers: {
    /** In the order they were asked for. */
    watch: watch(z.array(transfer)),
    /**
     * Files and folders of the host. The desktop asks for a folder; empty when cancelled. The browser host answers with addresses,
     * good for one use, from which the browser downloads; a folder comes as a tar archive. `into`: that folder of this computer, in both.
     * `move`: what has arrived there is removed on the host.
     */
    download: call
      .input(
        z.object({ ...hostOf, paths: z.array(remotePath).min(1).max(1000), into: localPlace.optional(), move: z.boolean().optional() }),
      )
      .output(z.object({ ids: z.array(z.string()), links: z.array(z.string()) })),
    /** Files that the page has, in one go: it then serves them through the port `upload/<id>`. Into the login's own folder unless told. */
    upload: call
      .input(z.object({ ...hostOf, folder: remotePath.optional(), files: z.array(pageFile).min(1).max(100_000) }))
      .output(z.object({ id: z.string() })),
    /** The desktop's dialog; files and folders of this computer, which survive a restart. Empty when cancelled. */
    uploadChosen: call
      .input(z.object({ ...hostOf, folder: remotePath.optional(), what: z.enum(['file', 'folder']) }))
      .output(z.object({ ids: z.array(z.string()) })),
    /** From an opened folder of this computer. `move`: what has arrived is removed here. */
    uploadLocal: call
      .input(
        z.object({
          from: z.object({ folderId: localPlace.shape.folderId, paths: z.array(remotePath).min(1).max(1000) }),
          to: z.object({ ...hostOf, folder: remotePath }),
          move: z.boolean(),
        }),
      )
      .output(z.object({ ids: z.array(z.string()) })),
    /** From one host to another, through this computer. `move`: what has arrived is removed where it came from. */
    relay: call
      .input(
        z.object({
          from: z.object({ ...hostOf, paths: z.array(remotePath).min(1).max(1000) }),
          to: z.object({ ...hostOf, folder: remotePath }),
          move: z.boolean(),
        }),
      )
      .output(z.object({ ids: z.array(z.string()) })),
    pause: call.input(z.object({ id: z.string() })).output(nothing),
    /** Also tries again what failed. Goes on where it stopped. */
    resume: call.input(z.object({ id: z.string() })).output(nothing),
    /** Ends it, and removes what is unfinished where it can. */
    cancel: call.input(z.object({ id: z.string() })).output(nothing),
    /** Before all others that wait for their turn. */
    next: call.input(z.object({ id: z.string() })).output(nothing),
    /** From the list, those that are over. */
    clear: call.input(z.object({ id: z.string().optional() })).output(nothing),
  },
  /** Files on a terminal's host, through its own connection. The first call opens the channel. */
  files: {
    /** A folder, `~` or a path below it; absent: the folder that a login begins in. */
    list: call.input(z.object({ ...filesOf, path: remotePath.optional() })).output(fileListing),
    /** Does it, and tells how far it is; the last state says how it ended. Ends with its reader. */
    run: call.input(z.object({ ...filesOf, operation: fileOperation })).output(eventIterator(fileProgress)),
    /** Of the disk that a folder is on; absent where the server cannot tell. */
    space: call.input(z.object({ ...filesOf, path: remotePath })).output(space.optional()),
    /** A file that grows, from `after` or from near its end, for as long as this is read: a part after the other, each after `shown`. */
    follow: call
      .input(z.object({ ...filesOf, id: z.uuid(), path: remotePath, after: z.number().min(0).optional() }))
      .output(eventIterator(logPart)),
    shown: call.input(z.object({ id: z.uuid() })).output(nothing),
    /** Closes the channel; it closes with the terminal as well. */
    close: call.input(z.object({ terminalId })).output(nothing),
  },
  /** Folders of this computer that are opened to the page, whose files `files` lists as it does a host's. */
  localFolders: {
    /** The home folder first, then what was chosen last. */
    list: call.output(z.array(localFolder)),
    /** The desktop's dialog; absent when cancelled. */
    choose: call.output(localFolder.optional()),
  },
  /** What makes a login's shell tell its folder, in a file of its own. Absent: a shell that we know no lines for, or no command may run. */
  folderHook: {
    look: call.input(z.object({ terminalId })).output(folderHook.optional()),
    /** As a whole or not at all; what is there already stays as it is. */
    install: call.input(z.object({ terminalId })).output(folderHook.optional()),
    remove: call.input(z.object({ terminalId })).output(folderHook.optional()),
  },
  monitor: {
    /** How a terminal's host is doing, every few seconds, for as long as this is read; one command on its own connection, however many read. */
    watch: call.input(z.object({ terminalId })).output(eventIterator(monitorState)),
    /** What runs there, the busiest first. */
    processes: call.input(z.object({ terminalId })).output(z.array(hostProcess)),
    /** SIGTERM, or SIGKILL with `force`, if it is still the same process. `gone`: it is not. */
    endProcess: call
      .input(z.object({ terminalId, process: hostProcess.pick({ pid: true, command: true }), force: z.boolean() }))
      .output(z.object({ outcome: z.enum(['ended', 'gone']) })),
  },
  /** Texts on a terminal's host, edited in place. */
  editor: {
    /** `large`: the person agreed to one of more than a megabyte. Throws FILE_NOT_EDITABLE, FILE_REFUSED. */
    open: call.input(z.object({ ...filesOf, path: remotePath, large: z.boolean() })).output(textFile),
    /** As a whole or not at all, with the same owner and mode, and only if the file is the one that is expected. */
    save: call.input(textToSave).output(saveOutcome),
    /** To be looked at, as an image alone. Throws FILE_NOT_EDITABLE, FILE_REFUSED. */
    picture: call.input(z.object({ ...filesOf, path: remotePath })).output(picture),
    /** In the system's own editor, where the host can open one: a copy here, each save of which goes back as `save` does it. */
    outside: {
      watch: watch(z.array(outsideEdit)),
      /** EDITOR_NOT_OPENED. */
      open: call.input(z.object({ ...filesOf, path: remotePath })).output(nothing),
      /** After a conflict or a failure. `overwrite`: whatever is there now. */
      save: call.input(z.object({ id: z.string(), overwrite: z.boolean() })).output(nothing),
      /** What did not come to the host is unsaved work then. */
      close: call.input(z.object({ id: z.string() })).output(nothing),
    },
    /** Unsaved work, the newest first. */
    drafts: {
      watch: watch(z.array(draftEntry)),
      keep: call.input(draft).output(z.object({ id: z.string() })),
      read: call.input(z.object({ id: z.string() })).output(draft),
      discard: call.input(z.object({ id: z.string() })).output(nothing),
    },
  },
  prompts: {
    watch: watch(z.array(prompt)),
    answer: call.input(z.object({ id: z.string(), answer })).output(nothing),
  },
  bookmarks: {
    watch: watch(bookmarksState),
    /** Creates (no id), or replaces the one with that id. At the end of its folder when new. */
    save: call.input(bookmark.extend({ id: z.string().optional() })).output(z.object({ id: z.string() })),
    saveFolder: call.input(folder.extend({ id: z.string().optional() })).output(z.object({ id: z.string() })),
    /** Into a folder (absent: the top) before the item with id `before` (absent: at its end). A folder never into itself. */
    move: call.input(z.object({ ids, folderId: z.string().optional(), before: z.string().optional() })).output(nothing),
    duplicate: call.input(z.object({ ids })).output(z.object({ ids: z.array(z.string()) })),
    /** With everything inside. `undo` takes it back, as long as the app runs. */
    remove: call.input(z.object({ ids })).output(z.object({ undo: z.string() })),
    undo: call.input(z.object({ undo: z.string() })).output(nothing),
    /**
     * What other programs' files of sessions (base64, as the person chose them) would become. Nothing is kept, nothing is overwritten by
     * `import`, and no password is ever taken from them.
     */
    readImport: call
      .input(z.object({ files: z.array(importFile).min(1).max(1_000), encoding: z.enum(importEncodings) }))
      .output(importPreview),
    /**
     * Adds the items that were chosen, into a folder (absent: at the top). `undo` as for `remove`; `secrets` is how many went into the vault
     * with them. EXPORT_PASSWORD_WRONG, EXPORT_DAMAGED, VAULT_LOCKED: then nothing was added.
     */
    import: call
      .input(
        z.object({
          items: z.array(importItem).min(1).max(20_000),
          folderId: z.string().optional(),
          sealed: z.object({ file: importFile, password: secret }).optional(),
        }),
      )
      .output(z.object({ undo: z.string(), secrets: z.int() })),
    /** `password`, with `json` alone: what the vault holds for the bookmarks goes in, sealed with it. VAULT_LOCKED. */
    export: call
      .input(z.object({ format: z.enum(exportFormats), password: secret.optional() }))
      .output(z.object({ fileName: z.string(), text: z.string(), secrets: z.int() })),
    /** Quick connect's history. */
    clearHistory: call.output(nothing),
    /** Of a bookmark or folder, the last one first. */
    versions: call.input(z.object({ id: z.string() })).output(z.array(recordVersion)),
    /** It is as it was then, where it is now. */
    restore: call.input(z.object({ id: z.string(), version: z.string() })).output(nothing),
    /** A folder of the person's own (Dropbox, git) in which the bookmarks are as well, without keys and secrets. Nothing is deleted by it. */
    shared: {
      watch: watch(sharedFolderState),
      /** The host's folder dialog; nothing given back: cancelled. */
      choose: call.output(z.object({ path: z.string().optional() })),
      /** What `join` would do. Nothing is written. SHARED_FOLDER_UNUSABLE, as `join`. */
      look: call.input(sharedFolderPath).output(sharedFolderLook),
      join: call.input(sharedFolderPath).output(nothing),
      /** What is in it stays, and so does what is here. */
      leave: call.output(nothing),
      /** A conflict, field by field. What is not taken becomes an earlier version. */
      resolve: call.input(z.object({ id: z.string(), take: z.record(z.string(), z.enum(['here', 'there'])) })).output(nothing),
      /** What is `gone` or `removed`: `keep` puts it back where it is missing, `remove` takes it away where it still is. */
      settle: call.input(z.object({ ids, what: z.enum(['keep', 'remove']) })).output(nothing),
    },
  },
  /** What of an account should be otherwise. */
  audit: {
    /** Looks at one region anew. Free read-only calls. */
    region: call.input(z.object({ profile: z.string(), region: z.string() })).output(auditReport),
  },
  network: {
    /** `revision` grows when Mooring changed rules: then `instance` says something new. */
    watch: watch(z.object({ revision: z.int() })),
    /** What all of an instance's security groups let in and out, and this computer's own address. Free read-only calls. */
    instance: call.input(z.object({ ref: instanceRef })).output(instanceNetwork),
    choices: call.input(z.object({ ref: instanceRef })).output(peerChoices),
    /** What a change would do, and whether it may be done (DryRun). Nothing is changed. */
    prepare: call.input(z.object({ ref: networkTarget, change: networkChange })).output(preparedChange),
    /** Carries out exactly what was prepared. `undo` takes it back, as long as the app runs. */
    apply: call.input(z.object({ id: z.string() })).output(undoable),
    undo: call.input(undoable).output(nothing),
    /** Why a connection does not come to be. Free read-only calls, and one look whether anything answers at its port. */
    diagnose: call.input(z.object({ ref: instanceRef, choices: connectChoices.optional() })).output(verdict),
  },
  /** What an instance shows where nobody can log in. */
  console: {
    log: call.input(z.object({ ref: instanceRef })).output(consoleLog),
    /** SCREENSHOT_UNAVAILABLE. */
    screenshot: call.input(z.object({ ref: instanceRef })).output(consoleScreenshot),
  },
  instances: {
    /** Everything that AWS tells of one, in a readable order. */
    details: call.input(z.object({ ref: instanceRef })).output(instanceDetails),
    /** EC2's status checks, and what AWS has planned for it. A free read-only call. */
    health: call.input(z.object({ ref: instanceRef })).output(instanceHealth),
    /** CloudWatch's metrics of it. AWS charges for each that is asked for: about 0.01 USD for a thousand, and this asks for seven at most. */
    metrics: call.input(z.object({ ref: instanceRef, span: metricSpan })).output(instanceMetrics),
    /** What it costs a month by AWS's public list, which is asked for the same at most once a day. A free read-only call. */
    price: call.input(priceWish).output(monthPrice),
    /** Those that an instance of this architecture can become, the smallest first. */
    types: call.input(z.object({ ref: instanceRef })).output(z.array(instanceTypeChoice)),
  },
  windows: {
    /**
     * Decrypts the administrator's password with the key that is here, and gives it to the system's clipboard for so many seconds: to the
     * page never. WINDOWS_PASSWORD_NOT_READY, KEY_NOT_FOUND, KEY_WRONG, CLIPBOARD_NOT_HERE.
     */
    copyPassword: call.input(z.object({ ref: instanceRef })).output(z.object({ seconds: z.int() })),
    /** In the system's own client for remote desktops. DESKTOP_CLIENT_MISSING; what a tunnel may fail with. */
    openDesktop: call.input(desktopWish).output(openedDesktop),
  },
  backups: {
    /** The images and snapshots that were made of an instance, and the volumes that it has. */
    list: call.input(z.object({ ref: instanceRef })).output(instanceBackups),
    /** The same rule with fewer questions to AWS: nothing of the account's other snapshots is read. */
    last: call.input(z.object({ ref: instanceRef })).output(lastBackup),
  },
  /** Backups that AWS makes by itself. They are changed by `changes`. */
  schedules: { list: call.input(z.object({ ref: instanceRef })).output(instanceSchedules) },
  changes: {
    /** Under way and over, the newest first, as long as the app runs. What an earlier run left unfinished is among them. */
    watch: watch(z.array(changeState)),
    /** What it would do to each, and whether it may be done (DryRun). Nothing is changed. */
    prepare: call.input(changeRequest).output(preparedChanges),
    /** What a new instance there may be made from. */
    launchChoices: call.input(place).output(launchChoices),
    prepareLaunch: call.input(z.object({ place, launch })).output(preparedChanges),
    /** Carries out exactly what was prepared, for those that it may be done to. Returns when it has begun. */
    apply: call.input(z.object({ id: z.string() })).output(z.object({ id: z.string() })),
    /** Prepares what takes a change back. */
    prepareUndo: call.input(z.object({ id: z.string() })).output(preparedChanges),
    /** Does what is left of one that was interrupted or failed: each step once. Throws NOT_FOUND. */
    goOn: call.input(z.object({ id: z.string() })).output(nothing),
    /** Ends the wait; what AWS has accepted goes on. */
    leave: call.input(z.object({ id: z.string() })).output(nothing),
    /** From the list, those that are over. */
    clear: call.output(nothing),
  },
  activity: {
    /** What was done to the account, the newest first. */
    list: call.output(z.array(activityEntry)),
  },
  tunnels: {
    watch: watch(z.array(tunnelState)),
    /** Creates (no id), or replaces the one with that id, which is started again if it ran. */
    save: call.input(tunnel.extend({ id: z.string().optional() })).output(z.object({ id: z.string() })),
    /** Returns at once; the state tells. Does nothing while it is starting or open. */
    start: call.input(z.object({ id: z.string() })).output(nothing),
    stop: call.input(z.object({ id: z.string() })).output(nothing),
    duplicate: call.input(z.object({ id: z.string() })).output(z.object({ id: z.string() })),
    /** Stopped first. `undo` takes it back, as long as the app runs. */
    remove: call.input(z.object({ id: z.string() })).output(z.object({ undo: z.string() })),
    undo: call.input(z.object({ undo: z.string() })).output(nothing),
    /**
     * RDS's databases in the instance's VPC, by name (rds:DescribeDBInstances and rds:DescribeDBClusters; free). AWS_NOT_ALLOWED names
     * the one that is missing.
     */
    databases: call.input(z.object({ ref: instanceRef })).output(z.array(database)),
    /** A port of this computer's loopback that neither a program nor a saved tunnel has: this one, or one of the next hundred. */
    freePort: call.input(z.object({ from: portNumber })).output(z.object({ port: portNumber.optional() })),
  },
  /** The packages of a host's system. */
  updates: {
    /** Those that were begun in this run of the app; one a host. */
    watch: watch(z.array(updateRun)),
    /** What is pending, after the package lists were fetched anew. HOST_NO_PACKAGE_MANAGER. */
    check: call.input(z.object({ target })).output(hostUpdates),
    /**
     * Returns at once; the state tells. What goes on already, here or from another computer, is followed. `after`: the change that makes a
     * backup; where that is not done in the end, nothing begins.
     */
    start: call.input(z.object({ target, scope: updateScope, after: z.string().optional() })).output(z.object({ id: z.string() })),
    /** EC2 RebootInstances, and waits until it is back. */
    restart: call.input(z.object({ target })).output(z.object({ id: z.string() })),
    /** Ends it, on the host too; takes one that is over from the list. */
    cancel: call.input(z.object({ id: z.string() })).output(nothing),
  },
  /** One command on many hosts at once. */
  many: {
    /** The last few of this run of the app, the newest first. */
    watch: watch(z.array(manyRun)),
    /** Returns at once; the state tells. Each host is reached as a terminal would reach it. */
    run: call.input(manyRequest).output(z.object({ id: z.string() })),
    /** What one of them has printed; `host` counts from 0. */
    output: call.input(z.object({ id: z.string(), host: z.int().min(0) })).output(manyOutput),
    /** Of one host, or of all that have not ended. */
    cancel: call.input(z.object({ id: z.string(), host: z.int().min(0).optional() })).output(nothing),
    /** Ends it and forgets it. */
    clear: call.input(z.object({ id: z.string() })).output(nothing),
  },
  /** The updates of many instances at once. */
  fleet: {
    /** The last few, the newest first; those of earlier runs of the app among them. */
    watch: watch(z.array(fleetRun)),
    /** How each would be reached, and what would be sent. Changes nothing. */
    plan: call.input(fleetWish).output(fleetPlan),
    /** Returns at once; the state tells. What Systems Manager has begun goes on when the app ends, and is followed at its next start. */
    run: call.input(fleetRequest).output(z.object({ id: z.string() })),
    /** What one of them has printed; `host` counts from 0. Of Systems Manager the first 24,000 characters, once it has ended. */
    output: call.input(z.object({ id: z.string(), host: z.int().min(0) })).output(manyOutput),
    /** Ends it, also there; nothing further is begun. */
    cancel: call.input(z.object({ id: z.string() })).output(nothing),
    /** Ends it and forgets it. */
    clear: call.input(z.object({ id: z.string() })).output(nothing),
  },
  /** Projects as services on a host. What is deployed is written down on the host itself. */
  deploy: {
    /** The deployments of this run of the app. What they wait for is in their phase. */
    watch: watch(z.array(deployRun)),
    list: call.input(z.object({ target })).output(hostApps),
    /** Returns at once; the state tells. One at a time for an app. */
    start: call.input(z.object({ target, wish: deployWish })).output(z.object({ id: z.string() })),
    /** To what a deployment asks: how the project runs, and that what is missing may be installed. */
    answer: call.input(z.object({ id: z.string(), plan: projectPlan.optional() })).output(nothing),
    /** Ends it, on the host too; takes one that is over from the list. */
    cancel: call.input(z.object({ id: z.string() })).output(nothing),
    act: call.input(z.object({ target, app: appName, action: appAction })).output(nothing),
    /** The last lines of its service's log. */
    log: call.input(z.object({ target, app: appName })).output(z.string()),
    /** Makes it on the host at the first time. */
    deployKey: call.input(z.object({ target, app: appName })).output(z.object({ publicKey: z.string() })),
    /** Asks `http://address:port` as anybody else would. */
    look: call.input(z.object({ target, port: portNumber })).output(outsideLook),
  },
  vault: {
    watch: watch(vaultState),
    /** A master password where there is no keychain, or in its place: makes the vault. What memory or the keychain's holds goes in. */
    create: call.input(z.object({ password: secret })).output(nothing),
    /** While it is open. VAULT_WRONG_PASSWORD when `current` is not the one. */
    changePassword: call.input(z.object({ current: secret, password: secret })).output(nothing),
    /** From a master password to the system's keychain, while it is open. */
    useKeychain: call.output(nothing),
    /** Every secret and the password, also while it is locked. There is no way back. */
    forgetAll: call.output(nothing),
    unlock: call.input(z.object({ password: secret })).output(nothing),
    lock: call.output(nothing),
  },
  secrets: {
    /** For a password known beforehand. There is no way to read one back. */
    put: call
      .input(z.object({ purpose: z.enum(['password', 'passphrase']), name: z.string().min(1).max(500), value: secret }))
      .output(nothing),
    forget: call.input(z.object({ purpose: z.enum(['password', 'passphrase']), name: z.string().min(1).max(500) })).output(nothing),
  },
}
export type MooringContract = typeof contract
