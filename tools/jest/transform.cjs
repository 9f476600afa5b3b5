/**
 * Compiles test sources with swc and, when LATIDO_ABLATION names one, applies an ablation first:
 * a rule of the design is taken out of the source text, so that the suite can be seen to fail
 * without it. See tools/ablations.
 */
const { readFileSync } = require('node:fs');
const { createTransformer } = require('@swc/jest').default ?? require('@swc/jest');
const options = require('./swc-options.cjs');

const swc = createTransformer(options);
const ablation = process.env.LATIDO_ABLATION ? JSON.parse(process.env.LATIDO_ABLATION) : undefined;

function ablate(source, filename) {
  const edits = (ablation?.edits ?? []).filter((edit) => filename.endsWith(`/${edit.file}`));
  return edits.reduce((text, { file, from, to }) => {
    if (text.split(from).length !== 2) {
      throw new Error(`ablation "${ablation.name}": expected exactly one "${from}" in ${file}`);
    }
    return text.replace(from, () => to);
  }, source);
}

module.exports = {
  canInstrument: false,
  process: (source, filename, transformOptions) =>
    swc.process(ablate(source, filename), filename, transformOptions),
  getCacheKey: (source, filename, transformOptions) =>
    swc.getCacheKey(ablate(source, filename) + readFileSync(__filename, 'utf8'), filename, transformOptions),
};
