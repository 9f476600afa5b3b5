/** The options of the detector are out of bounds. Correct every named option and start again. */
export class InvalidDetectorSettingsError extends Error {
  readonly code = 'INVALID_DETECTOR_SETTINGS';

  constructor(readonly problems: readonly string[]) {
    super(`invalid detector settings: ${problems.join('; ')}`);
    this.name = 'InvalidDetectorSettingsError';
  }
}

/**
 * A snapshot was written by another form of the detector. Start without it: the detector warms up
 * and learns again; only k and the memory of who is down are lost.
 */
export class UnknownSnapshotError extends Error {
  readonly code = 'UNKNOWN_DETECTOR_SNAPSHOT';

  constructor(readonly format: unknown) {
    super(`unknown detector snapshot format ${JSON.stringify(format)}: start without the snapshot`);
    this.name = 'UnknownSnapshotError';
  }
}

/** A snapshot was not written to its end. Start without it, as without any. */
export class TornSnapshotError extends Error {
  readonly code = 'TORN_DETECTOR_SNAPSHOT';

  /** @param pieces - how many of its pieces are there. */
  constructor(readonly pieces: number) {
    super(`the detector snapshot is torn after ${pieces} pieces: start without the snapshot`);
    this.name = 'TornSnapshotError';
  }
}
