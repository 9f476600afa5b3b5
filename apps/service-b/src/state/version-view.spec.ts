import { buildVersion } from '@latido/versioned-value/testing';
import { versionView } from './version-view';

describe(versionView, () => {
  it('shows of a superseded version that it is, and whose value it keeps', () => {
    const supersededBy = { lamport: 9, source: '/service-a', epoch: 1, requestId: 'event#winner' };
    expect(versionView(buildVersion({ supersededBy }))).toMatchObject({ superseded: true, supersededBy });
  });

  it('says nothing of that where the value is of the version itself', () => {
    expect(versionView(buildVersion())).not.toHaveProperty('superseded');
  });
});
