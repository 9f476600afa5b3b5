export { type LogLine, startTestHost, type TestHost } from './test-host';
