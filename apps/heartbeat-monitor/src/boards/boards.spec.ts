import { InMemoryVersionStore } from '@latido/versioned-value/in-memory';
import { VersionWriter } from '../versions/version-writer';
import { afterNotification, alertsForm, type AlertNotification } from './alerts';
import { Board } from './board';
import { activeMarks, maintenanceForm, markOf, removeMark, setMark } from './maintenance';

function boardOn<T>(store: InMemoryVersionStore, form: ConstructorParameters<typeof Board<T>>[1]): Board<T> {
  const writer = new VersionWriter({
    store,
    clock: { epoch: 7, tick: async () => 1 },
    now: () => 1,
    newToken: () => String(Math.random()),
    sha256Hex: (text) => text,
  });
  return new Board({ store, writer }, form);
}

const mark = (service: string, untilMs: number) => ({
  service,
  untilMs,
  reason: 'disk',
  by: 'ana',
  setAtMs: 0,
});

describe('a board', () => {
  test('shows one replica what another put on it', async () => {
    const store = new InMemoryVersionStore();
    const [one, other] = [boardOn(store, maintenanceForm), boardOn(store, maintenanceForm)];
    await one.change((board) => setMark(board, mark('shop', 50)), 'r-1');
    expect(other.current).toEqual([]);
    expect(await other.refresh()).toBe(true);
    expect(other.current).toEqual([mark('shop', 50)]);
    expect(await other.refresh()).toBe(false);
  });

  test('changes on top of what another replica wrote in between', async () => {
    const store = new InMemoryVersionStore();
    const [one, other] = [boardOn(store, maintenanceForm), boardOn(store, maintenanceForm)];
    await one.change((board) => setMark(board, mark('shop', 50)), 'r-1');
    await other.change((board) => setMark(board, mark('cart', 60)), 'r-2');
    expect(other.current.map(({ service }) => service)).toEqual(['shop', 'cart']);
  });

  test('writes no version for a change that changes nothing', async () => {
    const store = new InMemoryVersionStore();
    const board = boardOn(store, maintenanceForm);
    await board.change((before) => removeMark(before, 'shop', 0), 'r-1');
    expect(await store.readHead(maintenanceForm.subject)).toBeUndefined();
  });

  test('stays as it was when the store is away', async () => {
    const store = new InMemoryVersionStore();
    const board = boardOn(store, maintenanceForm);
    store.putIfAbsent = async () => Promise.reject(new Error('away'));
    await expect(board.change((before) => setMark(before, mark('shop', 50)), 'r-1')).rejects.toThrow('away');
    expect(board.current).toEqual([]);
  });
});

describe('maintenance', () => {
  test('expires by itself, at its time and not before', () => {
    const board = setMark([], mark('shop', 50));
    expect(markOf(board, 'shop', 49)).toBeDefined();
    expect(markOf(board, 'shop', 50)).toBeUndefined();
    expect(activeMarks(board, 50)).toEqual([]);
  });

  test('has one mark a service: the newest', () => {
    const board = setMark(setMark([], mark('shop', 50)), mark('shop', 90));
    expect(board).toEqual([mark('shop', 90)]);
  });

  test('marks one service and no other', () => {
    expect(markOf(setMark([], mark('shop', 50)), 'cart', 0)).toBeUndefined();
  });
});

describe('alerts', () => {
  const told = (status: 'firing' | 'resolved', ...fingerprints: readonly string[]): AlertNotification => ({
    alerts: fingerprints.map((fingerprint) => ({ status, fingerprint, labels: { alertname: fingerprint } })),
  });
  const names = (board: readonly { name: string }[]) => board.map(({ name }) => name);

  test('are on the board while they fire', () => {
    const firing = afterNotification([], told('firing', 'a', 'b'), 0);
    expect(names(firing)).toEqual(['a', 'b']);
    expect(names(afterNotification(firing, told('resolved', 'a'), 0))).toEqual(['b']);
  });

  test('change nothing when they are told twice', () => {
    const once = afterNotification([], told('firing', 'a'), 1_000);
    expect(afterNotification(once, told('firing', 'a'), 2_000)).toEqual(once);
  });

  test('leave the board when nobody repeats them for a day', () => {
    const board = afterNotification([], told('firing', 'old'), 0);
    expect(names(afterNotification(board, told('firing', 'new'), 25 * 3_600_000))).toEqual(['new']);
  });

  test('are bounded in number and length', () => {
    const many = told('firing', ...Array.from({ length: 500 }, (_, n) => `${n}${'x'.repeat(5_000)}`));
    const board = afterNotification([], many, 0);
    expect(board).toHaveLength(100);
    expect(JSON.stringify(alertsForm.toJson(board)).length).toBeLessThan(200_000);
  });

  test('have a name also where the sender gave none', () => {
    const alert = { status: 'firing', labels: { service: 'shop', alertname: 'Down' } } as const;
    expect(afterNotification([], { alerts: [alert, alert] }, 0)[0]?.fingerprint).toBe(
      'alertname=Down,service=shop',
    );
  });
});
