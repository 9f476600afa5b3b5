import { parse, stringify } from 'yaml';
import { DURATION, readDuration, writeDuration } from './duration';
import type { Pace } from './pace';

/** `[5m]`, `[1h:30s]`, `[1h:]` and `offset 5m`. */
const SELECTORS = new RegExp(String.raw`(\[|:|\boffset\s+)(${DURATION})(?=[\]:\s)]|$)`, 'g');
const RULE_DURATIONS = new Set(['interval', 'for', 'keep_firing_for']);
const ROUTE_DURATIONS = new Set(['group_wait', 'group_interval', 'repeat_interval']);

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** A rule file at another pace: intervals, `for`, and every range and offset of its expressions. */
export function shortenRules(text: string, pace: Pace): string {
  const shortened = mapFields(parse(text) as Json, (name, value) => {
    if (RULE_DURATIONS.has(name)) return shortenText(value, pace);
    return name === 'expr' ? shortenExpression(value, pace) : value;
  });
  return stringify(shortened, { lineWidth: 0 });
}

/** An Alertmanager configuration at another pace. */
export function shortenRoutes(configuration: object, pace: Pace): object {
  return mapFields(configuration as Json, (name, value) =>
    ROUTE_DURATIONS.has(name) ? shortenText(value, pace) : value,
  ) as object;
}

/** Ranges, subqueries and offsets of an expression at another pace. */
export function shortenExpression(expression: string, pace: Pace): string {
  return expression.replaceAll(
    SELECTORS,
    (_, before: string, duration: string) => before + shortenText(duration, pace),
  );
}

function shortenText(duration: string, pace: Pace): string {
  return writeDuration(pace.shorten(readDuration(duration)));
}

/** The same value with every text in a named field replaced. */
function mapFields(value: Json, replace: (name: string, text: string) => string, name = ''): Json {
  if (typeof value === 'string') return replace(name, value);
  if (Array.isArray(value)) return value.map((item: Json) => mapFields(item, replace, name));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapFields(item, replace, key)]));
}
