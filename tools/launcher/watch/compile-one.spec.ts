import { withPathsOfLibraries } from './compile-one';

describe('withPathsOfLibraries', () => {
  test('leads from the file to the library, as the build does', () => {
    const code = 'const a = require("@latido/messaging"); const b = require("@latido/messaging/nest");';
    expect(withPathsOfLibraries(code, 'apps/service-b/src/consumer')).toBe(
      'const a = require("../../../../libs/messaging/src"); const b = require("../../../../libs/messaging/src/nest");',
    );
  });

  test('leaves packages of others alone', () => {
    const code = 'require("@nestjs/common"); require("./own")';
    expect(withPathsOfLibraries(code, 'libs/heartbeat/src')).toBe(code);
  });
});
