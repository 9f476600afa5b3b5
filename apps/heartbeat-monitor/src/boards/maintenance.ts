import { boardSubject } from '@latido/topology';
import type { BoardForm } from './board';

/** An operator works on a service until a time: its death pages nobody until then. */
export interface MaintenanceMark {
  readonly service: string;
  /** Milliseconds since 1970; at this instant the mark is over. */
  readonly untilMs: number;
  readonly reason: string;
  /** Subject of the operator's token. */
  readonly by: string;
  readonly setAtMs: number;
}

/** Marks by service. */
export type MaintenanceBoard = readonly MaintenanceMark[];

/** Marks at the same time; more is not maintenance of services but of everything. */
const MAX_MARKS = 500;
/** Longer is a service that should be taken down, not silenced. */
export const MAX_MAINTENANCE_MS = 30 * 24 * 60 * 60 * 1_000;

/** The marks that hold now: a mark expires by itself. */
export function activeMarks(board: MaintenanceBoard, nowMs: number): MaintenanceBoard {
  return board.filter(({ untilMs }) => untilMs > nowMs);
}

/** The mark of a service that holds now. */
export function markOf(board: MaintenanceBoard, service: string, nowMs: number): MaintenanceMark | undefined {
  return board.find((mark) => mark.service === service && mark.untilMs > nowMs);
}

/** Puts a mark on the board in place of the service's last one; the oldest goes when there are too many. */
export function setMark(board: MaintenanceBoard, mark: MaintenanceMark): MaintenanceBoard {
  return [...removeMark(board, mark.service, mark.setAtMs), mark].slice(-MAX_MARKS);
}

/** Takes a service's mark off the board, and those that are over. */
export function removeMark(board: MaintenanceBoard, service: string, nowMs: number): MaintenanceBoard {
  return activeMarks(board, nowMs).filter((mark) => mark.service !== service);
}

/** The board as it is kept. */
export const maintenanceForm: BoardForm<MaintenanceBoard> = {
  subject: boardSubject('maintenance'),
  empty: [],
  parse: (value) => (Array.isArray(value) ? (value as MaintenanceBoard) : []),
  toJson: (board) => board.map((mark) => ({ ...mark })),
};
