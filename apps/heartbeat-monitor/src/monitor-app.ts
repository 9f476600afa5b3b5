import { randomUUID } from 'node:crypto';
import { setImmediate as turn, setTimeout as delay } from 'node:timers/promises';
import { EdgeBook } from '@latido/edge-accounting';
import {
  createDetector,
  type Detector,
  type DetectorSettings,
  detectorSettings,
  type DetectorSnapshot,
} from '@latido/failure-detector';
import { type LamportClock, openLamportClock } from '@latido/lamport-clock';
import { sha256Hex } from '@latido/messaging/aws';
import type { Log } from '@latido/observability';
import type { Exposition } from '@latido/observability/prometheus';
import type { Identity } from '@latido/service-host';
import { heartbeatQueueName } from '@latido/topology';
import type { VersionStore } from '@latido/versioned-value';
import { MonitorViews } from './api/monitor-views';
import { type AlertBoard, alertsForm } from './boards/alerts';
import { Board } from './boards/board';
import { activeMarks, type MaintenanceBoard, maintenanceForm } from './boards/maintenance';
import { BookKeeper } from './books/book-keeper';
import { consumersOf, followedEdges } from './books/expected-edges';
import type { MonitorSettings } from './configuration';
import { ContractBook } from './contracts/contract-book';
import type { Infrastructure } from './infrastructure/infrastructure';
import { recallHistory } from './journal/recall-history';
import { StateJournal } from './journal/state-journal';
import { endedOnRecord } from './liveness/ended-unheard';
import { Monitor } from './liveness/monitor';
import { LogFacts } from './log/log-facts';
import { exportMetrics } from './metrics/export-metrics';
import { SnapshotKeeper } from './snapshot/snapshot-keeper';
import { EventLog } from './stream/event-log';
import { StreamClients } from './stream/stream-clients';
import { StreamFeed } from './stream/stream-feed';
import { VersionWriter } from './versions/version-writer';

/** The parts of a running monitor. */
export interface MonitorApp {
  readonly monitor: Monitor;
  readonly detection: DetectorSettings;
  readonly clock: LamportClock;
  readonly journal: StateJournal;
  readonly snapshots: SnapshotKeeper;
  readonly books: BookKeeper;
  readonly maintenance: Board<MaintenanceBoard>;
  readonly alerts: Board<AlertBoard>;
  readonly versions: VersionStore;
  readonly views: MonitorViews;
  readonly feed: StreamFeed;
  readonly clients: StreamClients;
  readonly now: () => number;
}

/** Injects {@link MonitorApp}. */
export const MONITOR_APP = Symbol('MONITOR_APP');

export interface MonitorInput {
  readonly infrastructure: Infrastructure;
  readonly settings: MonitorSettings;
  readonly identity: Identity;
  readonly log: Log;
  readonly exposition: Exposition;
}

/**
 * Puts a monitor together and brings it to where it was: epoch, snapshot, what was put on record since.
 *
 *     infrastructure -> clock, writer -> journal, boards --.
 *                    -> snapshots -> detector, books -> monitor -+-> views -> stream
 */
export async function assembleMonitor(input: MonitorInput): Promise<MonitorApp> {
  const { infrastructure, settings, identity, log, exposition } = input;
  const { versions, now } = infrastructure;
  const replica = settings.heartbeatQueueOrdinal;
  const queue = heartbeatQueueName(replica);
  const clock = await openLamportClock({ service: 'heartbeat-monitor', store: infrastructure.limits });
  identity.claimEpoch(clock.epoch);
  const detection = detectionSettings(settings);
  const { snapshots, books } = openKeepers(infrastructure, { replica, log });
  const [snapshot, book] = await Promise.all([
    snapshots.load(),
    books.restore(() => newBook(settings, detection), now()),
  ]);
  const detector = startDetector({ detection, snapshot, nowMs: now(), log });
  for (const [service, count] of Object.entries(settings.expectedInstances ?? {}))
    detector.declareExpected(service, count);
  const writer = new VersionWriter({ store: versions, clock, now, newToken: randomUUID, sha256Hex });
  const journal = new StateJournal({
    writer,
    store: versions,
    summaryOf: (service) => detector.service(service),
    replica,
    pause: async (delayMs) => delay(delayMs, undefined, { ref: false }),
    random: Math.random,
    now,
    onTrouble: (error) =>
      log.warn({ event: 'record_failed', err: error }, 'state changes wait for the store'),
  });
  const sinceMs = recallSince({ snapshot, detection, nowMs: now() });
  const recalled = await recallHistory({
    store: versions,
    detector: recallingBoth(detector, book),
    journal,
    sinceMs,
  });
  const restored = { services: detector.services().length, edges: book.names().length };
  logRestored(log, { snapshot, recalled, ...restored });

  const maintenance = new Board({ store: versions, writer }, maintenanceForm);
  const alerts = new Board({ store: versions, writer }, alertsForm);
  await Promise.all([maintenance.refresh(), alerts.refresh()]);
  const contracts = new ContractBook();
  const views: MonitorViews = new MonitorViews({
    monitor: { detector, book, contracts },
    maintenance: () => maintenance.current,
    alerts: () => alerts.current,
    journal: () => journal,
    now,
    replica,
    queue,
  });
  const { feed, clients } = openStream(views, { epoch: clock.epoch, maxClients: settings.streamMaxClients });
  const metrics = exportMetrics({
    exposition,
    detector,
    book,
    contracts,
    clock,
    queue,
    marks: () => activeMarks(maintenance.current, now()),
  });
  // The journal first: what is shown anywhere is on its way to the record.
  const listeners = [journal, ...metrics, feed, new LogFacts(log)];
  const monitor = new Monitor({ detector, book, contracts, now, sha256Hex, listeners });
  return {
    monitor,
    detection,
    clock,
    journal,
    snapshots,
    books,
    maintenance,
    alerts,
    versions,
    views,
    feed,
    clients,
    now,
  };
}

function openKeepers(
  { snapshots: store }: Pick<Infrastructure, 'snapshots'>,
  { replica, log }: { readonly replica: number; readonly log: Log },
): Pick<MonitorApp, 'snapshots' | 'books'> {
  return {
    snapshots: new SnapshotKeeper({
      store,
      replica,
      onTrouble: (err) => log.warn({ event: 'snapshot_failed', err }, 'no snapshot this time'),
      pause: async () => turn(),
    }),
    books: new BookKeeper({
      store,
      replica,
      onTrouble: (err) =>
        log.warn({ event: 'book_snapshot_failed', err }, 'no snapshot of the books this time'),
      pause: async () => turn(),
    }),
  };
}

function newBook({ edgeLostAfterMs }: MonitorSettings, detection: DetectorSettings): EdgeBook {
  return new EdgeBook({
    lostAfterMs: edgeLostAfterMs ?? lostAfterMs(detection),
    consumersOf,
    expected: followedEdges(),
  });
}

/** What is recalled for the detector is told to the books too: who died after they were saved has not reported all it did. */
function recallingBoth(detector: Detector, book: Pick<EdgeBook, 'died'>): Pick<Detector, 'recall'> {
  return {
    recall: (written) => {
      const ended = endedOnRecord(detector.instance(written.service, written.instanceId), written);
      detector.recall(written);
      if (ended) book.died(ended);
    },
  };
}

function openStream(
  views: MonitorViews,
  { epoch, maxClients }: { readonly epoch: number; readonly maxClients: number },
): Pick<MonitorApp, 'feed' | 'clients'> {
  const events = new EventLog(epoch);
  return {
    feed: new StreamFeed({
      events,
      serviceOf: (service) => views.serviceNow(service),
      status: () => views.status(),
    }),
    clients: new StreamClients({ events, snapshot: () => views.snapshot(), maxClients }),
  };
}

function logRestored(
  log: Log,
  from: {
    readonly snapshot: DetectorSnapshot | undefined;
    readonly recalled: number;
    readonly services: number;
    readonly edges: number;
  },
): void {
  const { snapshot, ...counts } = from;
  log.info(
    { event: 'monitor_restored', snapshot_at_ms: snapshot?.savedAtMs, ...counts },
    snapshot ? 'restored from the snapshot' : 'started without a snapshot',
  );
}

function detectionSettings({ heartbeatIntervalMs, missedBeats }: MonitorSettings): DetectorSettings {
  return detectorSettings({
    intervalMs: heartbeatIntervalMs,
    ...(missedBeats !== 'auto' && { fixedMissedBeats: Number(missedBeats) }),
  });
}

/** A snapshot of another form is left aside: the detector learns again, and the record tells who left. */
function startDetector({
  detection,
  snapshot,
  nowMs,
  log,
}: {
  readonly detection: DetectorSettings;
  readonly snapshot: DetectorSnapshot | undefined;
  readonly nowMs: number;
  readonly log: Log;
}) {
  try {
    return createDetector({ settings: detection, nowMs, snapshot });
  } catch (error) {
    if (snapshot === undefined) throw error;
    log.warn({ event: 'snapshot_unusable', err: error }, 'starting without the snapshot');
    return createDetector({ settings: detection, nowMs });
  }
}

/** One interval of overlap, for the clocks of other replicas; without a snapshot, the last minutes. */
function recallSince({
  snapshot,
  detection,
  nowMs,
}: {
  readonly snapshot: DetectorSnapshot | undefined;
  readonly detection: DetectorSettings;
  readonly nowMs: number;
}): number {
  return snapshot === undefined ? nowMs - detection.forgetLeftMs : snapshot.savedAtMs - detection.intervalMs;
}

/**
 * A relay repeats what has no receipt after 5 s and again after 10 s, whatever T is. A consumer that dies is declared
 * dead before anything is lost that it may have handled: (k + 0.5) T of silence, T of lag, T to be reported, rounded up.
 * A k that follows the loss counts as the highest: a death that is found late must not make losses of what was handled.
 */
function lostAfterMs({ intervalMs, fixedMissedBeats = 8 }: DetectorSettings): number {
  return 25_000 + (fixedMissedBeats + 3) * intervalMs;
}
