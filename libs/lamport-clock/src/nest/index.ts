export { LAMPORT_CLOCK, LamportClockModule, type LamportClockModuleOptions } from './lamport-clock.module';
