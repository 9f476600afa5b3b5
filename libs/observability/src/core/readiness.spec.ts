import { ReadinessChecks } from './readiness';

const phaseOf = (checks: ReadinessChecks) =>
  checks
    .all()
    .find(({ name }) => name === 'phase')
    ?.check();

describe('ReadinessChecks', () => {
  it('is not ready while it starts, and says so', () => {
    expect(phaseOf(new ReadinessChecks())).toEqual({ ok: false, reason: 'the process is starting' });
  });

  it('is ready only while it runs', () => {
    const checks = new ReadinessChecks();
    checks.enter('running');
    expect(phaseOf(checks)).toEqual({ ok: true });
    checks.enter('stopping');
    expect(phaseOf(checks)).toEqual({ ok: false, reason: 'the process is stopping' });
  });

  it('stays started when it stops', () => {
    const checks = new ReadinessChecks();
    expect(checks.startup().check()).toMatchObject({ ok: false });
    checks.enter('stopping');
    expect(checks.startup().check()).toEqual({ ok: true });
  });

  it('refuses a second check of the same name', () => {
    const checks = new ReadinessChecks();
    checks.register({ name: 'queue', check: () => ({ ok: true }) });
    expect(() => checks.register({ name: 'queue', check: () => ({ ok: true }) })).toThrow('registered twice');
  });
});
