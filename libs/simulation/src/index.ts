export { byFate, type Fate, faulty, type Intercept, type PortCall, SimulatedFaultError } from './core/faulty';
export { type Exploration, explore, type ExploreOptions } from './core/explore';
export { type Random, seededRandom } from './core/seeded-random';
export { snapshot } from './core/snapshot';
export { ViolationError } from './core/violation';
export { VirtualClock } from './core/virtual-clock';
export { walk, type Walked, type WalkOptions } from './core/walk';
export type { BuildWorld, FaultBounds, SimulatedProcess, World } from './core/world';
