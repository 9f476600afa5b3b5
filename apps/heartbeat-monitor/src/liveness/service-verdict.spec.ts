import { serviceVerdict } from './service-verdict';

const none = { up: 0, starting: 0, draining: 0, late: 0, suspect: 0, down: 0, left: 0, mute: 0, unknown: 0 };
const judge = (instances: Partial<typeof none>, expected: number) => {
  const all = { ...none, ...instances };
  const alive = all.up + all.starting + all.draining + all.late + all.suspect;
  return serviceVerdict({ instances: all, alive, expected });
};

describe('the verdict of a service', () => {
  test.each([
    ['up', 'as many are alive as expected', { up: 3 }, 3],
    ['up', 'instances are late or suspect: they are not declared dead', { late: 1, suspect: 1 }, 2],
    ['up', 'more are alive than expected', { up: 4 }, 3],
    ['degraded', 'fewer are alive than expected', { up: 2 }, 3],
    ['degraded', 'somebody is down and somebody alive', { up: 3, down: 1 }, 3],
    ['degraded', 'somebody is mute and somebody alive', { up: 3, mute: 1 }, 3],
    ['down', 'nobody is alive and somebody died', { down: 1, left: 5 }, 1],
    ['mute', 'nobody can be heard, but some are ready', { mute: 2 }, 2],
    ['missing', 'everybody left, yet instances are expected', { left: 2 }, 2],
    ['left', 'everybody left and nobody is expected', { left: 2 }, 0],
    ['left', 'everybody is gone and forgotten', {}, 0],
    ['unknown', 'instances are named and none was heard', { unknown: 1 }, 0],
  ])('is %s when %s', (verdict, _condition, instances, expected) => {
    expect(judge(instances, expected)).toBe(verdict);
  });
});
