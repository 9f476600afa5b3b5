import { readFileSync } from 'node:fs';
import { describedSchema } from './described-schema';
import { valuesSchema } from './schema/values-schema';
import { documentedValues } from './value-comments';
import { valuesTable } from './values-page';

const CHART = 'charts/latido';
const VALUES_HEADING = '## Values\n';

/** What is written about the values of the chart, by path; all of it comes from values.yaml and the schema in TypeScript. */
export const chartFiles: Readonly<Record<string, () => string>> = {
  [`${CHART}/values.schema.json`]: () =>
    `${JSON.stringify(describedSchema(valuesSchema, chartValues()), null, 2)}\n`,
  [`${CHART}/README.md`]: () => {
    const readme = readFileSync(`${CHART}/README.md`, 'utf8');
    const written = readme.slice(0, readme.indexOf(VALUES_HEADING) + VALUES_HEADING.length);
    return `${written}\nWritten from the comments of values.yaml by \`npm run generate\`.\n\n${valuesTable(valuesSchema, chartValues())}\n`;
  },
};

function chartValues() {
  return documentedValues(readFileSync(`${CHART}/values.yaml`, 'utf8'));
}
