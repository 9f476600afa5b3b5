export { anEvent, anInvalidEvent, EVENT_TIME_MS } from './an-event';
