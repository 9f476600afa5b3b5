import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { ImageTool } from './image-tool';

const MEBIBYTE = 1024 * 1024;
/** The same number that fails the build of the Dockerfile. */
const ABOVE_BASE_BYTES = 15 * MEBIBYTE;
const WHOLE_BYTES = 65 * MEBIBYTE;
/** The smallest public base with Node 24: only there is the size of the whole image ours to answer for. */
const SMALLEST_BASE = /distroless\/nodejs24/;

/** The bytes of an image's layers, compressed as a registry keeps them, lowest first. */
export interface Weight {
  readonly layers: readonly number[];
  /** How many of the layers are those of the base. */
  readonly baseLayers: number;
}

/** Weighs images by compressing each of their layers; a layer that several of them have, such as one of the base, once. */
export class Scale {
  private readonly known = new Map<string, number>();

  constructor(
    private readonly tool: ImageTool,
    /** What the images stand on. */
    private readonly base: string,
  ) {}

  async weigh(image: string): Promise<Weight> {
    const directory = mkdtempSync(join(tmpdir(), 'latido-image-'));
    try {
      const archive = join(directory, 'image.tar');
      execFileSync(this.tool.name, this.tool.save(image, archive), {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const ids = layerIds(this.tool, image);
      for (const [place, name] of layerNames(archive).entries())
        if (!this.known.has(ids[place]!)) this.known.set(ids[place]!, await compressedBytes(archive, name));
      const baseLayers = sharedLayers(layerIds(this.tool, this.base), ids);
      return { layers: ids.map((id) => this.known.get(id)!), baseLayers };
    } finally {
      rmSync(directory, { recursive: true });
    }
  }
}

/** One line about a weight, and whether it is within the budget. */
export function judgeWeight(
  { layers, baseLayers }: Weight,
  base: string,
): { readonly within: boolean; readonly text: string } {
  const above = sum(layers.slice(baseLayers));
  const whole = sum(layers);
  const wholeCounts = SMALLEST_BASE.test(base);
  return {
    within: above <= ABOVE_BASE_BYTES && (!wholeCounts || whole <= WHOLE_BYTES),
    text:
      `${mebibytes(above)} MB above the base (at most ${mebibytes(ABOVE_BASE_BYTES)}), whole ${mebibytes(whole)} MB ` +
      (wholeCounts ? `(at most ${mebibytes(WHOLE_BYTES)})` : `(no limit on ${base})`),
  };
}

/** How many layers two images have in common, from the lowest up. */
export function sharedLayers(base: readonly string[], image: readonly string[]): number {
  const different = base.findIndex((id, place) => image[place] !== id);
  return different === -1 ? base.length : different;
}

function layerIds(tool: ImageTool, image: string): readonly string[] {
  return execFileSync(tool.name, tool.layers(image), { encoding: 'utf8' }).trim().split(/\s+/);
}

/** The files of an archive that are layers, lowest first. */
function layerNames(archive: string): readonly string[] {
  const manifest = execFileSync('tar', ['-xOf', archive, 'manifest.json'], { encoding: 'utf8' });
  const [{ Layers: names }] = JSON.parse(manifest) as [{ readonly Layers: readonly string[] }];
  return names;
}

async function compressedBytes(archive: string, layer: string): Promise<number> {
  let bytes = 0;
  const count = new Writable({
    write(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done();
    },
  });
  const { stdout } = spawn('tar', ['-xOf', archive, layer], { stdio: ['ignore', 'pipe', 'inherit'] });
  await pipeline(stdout, createGzip(), count);
  return bytes;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function mebibytes(bytes: number): string {
  return (bytes / MEBIBYTE).toFixed(1);
}
