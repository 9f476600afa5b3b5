import { setFlagsFromString } from 'node:v8';

/** V8's own. */
const DOUBLES = 2;
const STAYS = 1;

/**
 * Keeps V8's space for new objects at its first size while a service starts. What a start allocates is there to stay, and the space,
 * which grows with what survives, would otherwise end as some 25 MiB of nothing.
 */
export function holdYoungGeneration(): void {
  growBy(STAYS);
}

/** From here on the space grows with the load, as in any process of Node. */
export function freeYoungGeneration(): void {
  growBy(DOUBLES);
}

/** V8 reads it each time it thinks of growing. */
function growBy(factor: number): void {
  setFlagsFromString(`--semi-space-growth-factor=${factor}`);
}
