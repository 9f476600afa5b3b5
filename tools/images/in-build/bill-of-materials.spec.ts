import { partOf } from './bill-of-materials';

const all = {
  bomFormat: 'CycloneDX',
  serialNumber: 'urn:uuid:1',
  metadata: { timestamp: 'now', component: { 'bom-ref': 'latido@1', name: 'src' } },
  components: [{ 'bom-ref': 'a@1', purl: 'pkg:npm/a@1' }, { 'bom-ref': 'b@1' }],
  dependencies: [
    { ref: 'latido@1', dependsOn: ['a@1', 'b@1'] },
    { ref: 'a@1', dependsOn: ['b@1'] },
    { ref: 'b@1' },
  ],
};

describe('partOf', () => {
  const part = partOf(all, { app: 'service-a', packages: [{ name: 'a', version: '1' }] });

  test('lists what is in the image as the lock file has it, and nothing else', () => {
    expect(part.components).toEqual([all.components[0]]);
    expect(part.dependencies).toEqual([
      { ref: 'latido@1', dependsOn: ['a@1'] },
      { ref: 'a@1', dependsOn: [] },
    ]);
  });

  test('is named after the image and is the same each time', () => {
    expect(part.metadata).toEqual({
      component: { 'bom-ref': 'latido@1', name: 'latido/service-a', type: 'application' },
    });
    expect(part).not.toHaveProperty('serialNumber');
  });
});
