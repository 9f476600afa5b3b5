export { Fleet, type FleetMember, type FleetOptions, type Message } from './fleet';
