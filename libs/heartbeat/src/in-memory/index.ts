export { RecordingPublisher } from './recording-publisher';
