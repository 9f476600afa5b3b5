/**
 * An instance that does nothing but send heartbeats to a topic, in a process as light as can be, so that a test
 * can kill twenty of them. Its only argument, in JSON: { endpoint, topicArn, type, heartbeat }.
 */
const http = require('node:http');

const { endpoint, topicArn, type, heartbeat } = JSON.parse(process.argv[2] ?? '{}');
let seq = 0;

function beat() {
  seq += 1;
  const data = { ...heartbeat, seq, sentAtMs: Date.now(), uptimeMs: Math.trunc(process.uptime() * 1000) };
  const id = `${heartbeat.instanceId}-${seq}`;
  const event = { specversion: '1.0', id, source: `/${heartbeat.service}`, type, data };
  const form = new URLSearchParams({
    Action: 'Publish',
    Version: '2010-03-31',
    TopicArn: topicArn,
    Message: JSON.stringify(event),
    'MessageAttributes.entry.1.Name': 'type',
    'MessageAttributes.entry.1.Value.DataType': 'String',
    'MessageAttributes.entry.1.Value.StringValue': type,
  });
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  // One that does not get through is a heartbeat that was lost.
  const request = http.request(endpoint, { method: 'POST', headers }, (response) => response.resume());
  request.on('error', () => undefined).end(form.toString());
}

setInterval(beat, heartbeat.intervalMs);
beat();
