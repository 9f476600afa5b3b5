import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHART } from './render';

/**
 * A copy of the chart that notes which branches were taken, does not fail, takes from values what it would ask the cluster, and
 * renders what NOTES.txt tells as an object of the kind Notes.
 */
export interface InstrumentedChart {
  readonly directory: string;
  /** Every way a conditional can go, e.g. `_pod.tpl:24 if .root.Values.localAws.enabled: yes`. */
  readonly branches: readonly string[];
  remove(): void;
}

/** In values: what is noted, and what `lookup` finds. */
export const NOTHING_LIVE = {
  coverage: {},
  fakes: { workload: {}, localAws: {}, claim: {}, classes: { items: [] } },
};

const LOOKUPS: readonly (readonly [call: RegExp, fake: string])[] = [
  [/lookup \(include "latido\.workloadApi" \.root\).*?\.component\.name\)\)/, '.root.Values.fakes.workload'],
  [/lookup "apps\/v1" "Deployment".*?"local-aws"\)\)/, '.Values.fakes.localAws'],
  [/lookup "v1" "PersistentVolumeClaim".*?"local-aws"\)\)/, '.Values.fakes.claim'],
  [/\(lookup "storage\.k8s\.io\/v1".*?\)/, '.Values.fakes.classes'],
];

export function instrumentChart(): InstrumentedChart {
  const directory = mkdtempSync(join(tmpdir(), 'latido-chart-'));
  cpSync(CHART, directory, {
    recursive: true,
    dereference: true,
    filter: (path) => !/previous|schema\.json/.test(path),
  });
  const templates = join(directory, 'templates');
  const branches = readdirSync(templates, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(yaml|tpl|txt)$/.test(file))
    .flatMap((file) => {
      const path = join(templates, file);
      const { text, branches: own } = instrument(file, readFileSync(path, 'utf8'));
      writeFileSync(path, text);
      return own;
    });
  // Rendered last: helm takes the deepest paths first, and of those in one directory the last name first.
  writeFileSync(join(templates, '00-coverage.yaml'), COVERAGE_OBJECT);
  const notes = readFileSync(join(templates, 'NOTES.txt'), 'utf8');
  writeFileSync(join(templates, '00-notes.yaml'), `{{- define "notes" }}${notes}{{ end -}}${NOTES_OBJECT}`);
  return { directory, branches, remove: () => rmSync(directory, { recursive: true }) };
}

const COVERAGE_OBJECT = `apiVersion: v1
kind: Coverage
metadata: { name: coverage }
spec: {{ toJson .Values.coverage }}
`;

const NOTES_OBJECT = `apiVersion: v1
kind: Notes
metadata: { name: notes }
spec: {{ include "notes" . | toJson }}
`;

function instrument(
  file: string,
  source: string,
): { readonly text: string; readonly branches: readonly string[] } {
  const replaced = LOOKUPS.reduce((text, [call, fake]) => text.replace(call, fake), source).replace(
    '{{- fail (',
    '{{- $_ := (',
  );
  const branches: string[] = [];
  const open: { readonly name: string; readonly counts: boolean; hasElse: boolean }[] = [];
  const text = replaced.replaceAll(
    /\{\{-? *(if|with|range|define|else|end)\b((?:[^}]|\}(?!\}))*)\}\}/g,
    (tag: string, word: string, rest: string, at: number) => {
      const line = replaced.slice(0, at).split('\n').length;
      const note = (branch: string): string => {
        branches.push(branch);
        return mark(branch, tag.endsWith('-}}'));
      };
      if (word === 'define') {
        open.push({ name: '', counts: false, hasElse: true });
        return tag;
      }
      const name = `${file}:${line} ${word}${rest.replace(/ *-$/, '')}`;
      if (word === 'else') {
        const block = open.at(-1);
        if (block && !rest.includes(' if ')) block.hasElse = true;
        return tag + note(`${name}: yes`);
      }
      if (word === 'end') {
        const block = open.pop();
        return block && block.counts && !block.hasElse
          ? `${tag.startsWith('{{-') ? '{{- else }}' : '{{ else }}'}${mark(no(block.name, branches), false)}${tag}`
          : tag;
      }
      // A loop decides nothing: most go over lists that are never empty.
      open.push({ name, counts: word !== 'range', hasElse: false });
      return tag + note(`${name}: yes`);
    },
  );
  return { text, branches };
}

/** The way past a block without `else`. */
function no(name: string, branches: string[]): string {
  branches.push(`${name}: no`);
  return `${name}: no`;
}

/** Sets a key; every template has the root as its argument, or in it. */
function mark(branch: string, trimsAfter: boolean): string {
  const key = JSON.stringify(branch.replaceAll(/[{}]/g, ''));
  return `{{ $_ := set (ternary $ (get $ "root") (hasKey $ "Values")).Values.coverage ${key} true ${trimsAfter ? '-' : ''}}}`;
}

/** The name under which a branch is noted. */
export const noted = (branch: string): string => branch.replaceAll(/[{}]/g, '');
