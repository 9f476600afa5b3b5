import { parse } from 'yaml';
import { prometheusConfiguration } from './configuration';
import { discoveryFile } from './scrape-target';

describe('prometheusConfiguration', () => {
  it('evaluates as often as it scrapes, and gives a scrape no longer than that', () => {
    expect(parse(prometheusConfiguration({ scrapeIntervalMs: 1_500 }))).toMatchObject({
      global: { scrape_interval: '1500ms', scrape_timeout: '1500ms', evaluation_interval: '1500ms' },
    });
  });

  it('gives a scrape ten seconds where it could take longer', () => {
    expect(parse(prometheusConfiguration({ scrapeIntervalMs: 15_000 }))).toMatchObject({
      global: { scrape_interval: '15000ms', scrape_timeout: '10000ms' },
    });
  });

  it('names rule files, a bound of series and the Alertmanager where they are given', () => {
    const settings = {
      scrapeIntervalMs: 1_000,
      rules: { 'alerts.yaml': 'groups: []' },
      sampleLimit: 500,
      alertmanagerUrl: 'http://127.0.0.1:9093',
    };
    expect(parse(prometheusConfiguration(settings))).toMatchObject({
      rule_files: ['alerts.yaml'],
      scrape_configs: [{ job_name: 'latido', sample_limit: 500 }],
      alerting: { alertmanagers: [{ static_configs: [{ targets: ['127.0.0.1:9093'] }] }] },
    });
  });
});

describe('discoveryFile', () => {
  it('gives each page its own labels', () => {
    const labels = { namespace: 'local', release: 'latido', app: 'service-a', pod: 'service-a-0' };
    expect(JSON.parse(discoveryFile([{ address: '127.0.0.1:9101', labels }]))).toEqual([
      { targets: ['127.0.0.1:9101'], labels },
    ]);
  });
});
