import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findImageTool } from '../../tools/images/image-tool';

/** What an image adds to its base, in a directory of this machine: `app/` as the container sees it. */
export class UnpackedImage {
  private constructor(readonly directory: string) {}

  /** @param app - of an image that `npm run images` has built. */
  static open(app: string): UnpackedImage {
    const tool = findImageTool();
    const directory = mkdtempSync(join(tmpdir(), 'latido-unpacked-'));
    const archive = join(directory, 'image.tar');
    execFileSync(tool.name, tool.save(`docker.io/latido/${app}:dev`, archive), { stdio: 'ignore' });
    const [{ Layers: layers }] = JSON.parse(
      execFileSync('tar', ['-xOf', archive, 'manifest.json'], { encoding: 'utf8' }),
    ) as [{ readonly Layers: readonly string[] }];
    for (const layer of layers) unpackApp({ archive, layer, directory });
    rmSync(archive);
    return new UnpackedImage(directory);
  }

  /** Where the app is. */
  get app(): string {
    return join(this.directory, 'app');
  }

  has(path: string): boolean {
    return existsSync(join(this.app, path));
  }

  /** From now on everybody may read what is here, and nobody but root write it. */
  protect(): void {
    execFileSync('chmod', ['-R', 'a+rX,a-w', this.directory]);
  }

  close(): void {
    execFileSync('chmod', ['-R', 'u+w', this.directory]);
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** Layers of the base hold no app/ and are passed over. */
function unpackApp(place: {
  readonly archive: string;
  readonly layer: string;
  readonly directory: string;
}): void {
  const layer = join(place.directory, 'layer.tar');
  execFileSync('sh', ['-c', 'tar -xOf "$0" "$1" > "$2"', place.archive, place.layer, layer]);
  const names = execFileSync('tar', ['-tf', layer], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (/^app\//m.test(names))
    execFileSync('tar', ['-xf', layer, '-C', place.directory, '--no-same-owner', 'app'], { stdio: 'ignore' });
  rmSync(layer);
}
