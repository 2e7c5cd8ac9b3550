// All that a learner may change in a run of a lesson, each with its present value, its bounds and what it means.
import {tcpSettings} from '../sim/host-settings.ts';
import {authorWords} from '../words/catalogue/author-words.ts';
import {settableSentences} from '../words/catalogue/settable.ts';
import {theHost} from './host-names.ts';
import type {Lesson} from './lesson.ts';
import type {Group, Target} from './targets.ts';
import {settingDefault} from './tcp/setting-defaults.ts';
import {type InEvery, type Text, textOf, worded, wordedWithNames} from './text.ts';
import type {Bounds, Unit} from './value-bounds.ts';
import {boundsOf, inOneNotation, measured, readValue, valueText} from './value-kind.ts';
import {type Variable, variableRun} from './vary.ts';

export type Settable = {
  /** The place of the setting as `--set` takes it. */
  readonly place: string;
  readonly of: Target['of'];
  readonly group: Group;
  readonly unit: Unit;
  /** The present value of the setting in the notation of `--set`; empty if it has none. */
  readonly value: string;
  /** Whether the lesson gives the value of the setting; otherwise it comes from the profile or a default. */
  readonly isWritten: boolean;
  readonly bounds: Bounds;
  readonly means: InEvery<string>;
  /** Sensible values of the setting in order, the present one among them, through which the learner steps. */
  readonly steps: readonly string[];
};

/**
 * Returns the words by which the meaning of a setting's key is looked up: the key without list indexes and its last word; for a header
 * field or cookie first the word for that.
 */
const meaningKeys = ({key}: Target): readonly string[] => {
  const words = key.split('.').filter((word) => !/^\d+$/.test(word));
  if (words.length === 0) return ['rule'];
  const last = words.at(-1) ?? '';
  const kind = {headers: 'header', cookies: 'cookie-value'};
  const named = Object.entries(kind).flatMap(([word, meant]) => (words.at(-2) === word ? [meant] : []));
  return [...named, words.join('.'), last];
};

const isMoment = (key: string): key is keyof typeof settableSentences.moments =>
  Object.hasOwn(settableSentences.moments, key);

/** Returns a clause about when a call happens: “the program on the client calls connect()”. */
const happens = ({own}: Variable, {of, owner = ''}: Target): Text => {
  const host = 'host' in of ? theHost({header: own}, of.host) : '';
  const link = 'link' in of ? of.link : '';
  return wordedWithNames(settableSentences.happens, {call: owner, host, link});
};

const meaningOf = (variable: Variable, target: Target): Text => {
  const {group, key} = target;
  const {host, program, moments} = settableSentences;
  if (group === 'call' && isMoment(key)) return worded(moments[key], {it: happens(variable, target)});
  const tables: readonly {readonly [word: string]: Text}[] =
    group === 'tcp' ? [authorWords.settings, host] : [settableSentences[group], program];
  const found = tables.flatMap((texts) => meaningKeys(target).flatMap((word) => textOf(texts, word) ?? []));
  return found[0] ?? worded(settableSentences.other, {key});
};

const linkDefaults: {readonly [key: string]: string} = {delay: '50ms', loss: '0%', mtu: '1500'};

/** Returns the value of a setting that the lesson does not give, from the profile or a default; empty if it is not known. */
const usualValue = ({own}: Variable, {group, key, of}: Target): string => {
  if (group === 'link') return linkDefaults[key] ?? '';
  if (group === 'host' && key === 'up') return 'true';
  const host = own.hosts.find(({name}) => 'host' in of && name === of.host);
  if (!host) return '';
  if (group === 'host' && key === 'profile') return host.profile ?? own.profile;
  return group === 'tcp' ? (settingDefault(key, {own: tcpSettings(host, own)})?.defaults['own'] ?? '') : '';
};

const byUnit: {readonly [unit in Unit]?: readonly string[]} = {
  time: [
    ...['0s', '1ms', '5ms', '10ms', '20ms', '50ms', '80ms', '100ms', '200ms', '300ms', '500ms'],
    ...['1s', '2s', '3s', '5s', '10s', '20s', '30s', '1m', '2m', '5m', '10m', '30m', '1h', '2h'],
  ],
  size: ['1000B', '1460B', '4KiB', '8KiB', '16KiB', '32KiB', '64KiB', '128KiB', '256KiB', '1MiB', '4MiB'],
  rate: ['64kbit', '256kbit', '1Mbit', '2Mbit', '5Mbit', '10Mbit', '50Mbit', '100Mbit', '1Gbit'],
  percent: ['0%', '0.5%', '1%', '2%', '5%', '10%', '20%', '50%', '100%'],
  number: ['0', '1', '2', '3', '4', '5', '8', '10', '16', '32', '64', '128', '512', '1000', '5000', '20000'],
};

/** Sensible values for settings with these keys, which replace those for their unit. */
const byKey: {readonly [key: string]: readonly string[]} = {
  mtu: ['68', '576', '1006', '1280', '1400', '1492', '1500', '9000'],
  mss: ['100', '536', '1000', '1220', '1460', '8960'],
  iss: ['0', '1000', '9000', '4294966296', '4294967295'],
  port: ['53', '80', '443', '8080'],
  bytes: ['1', '100', '500', '1000', '1460', '2920', '5000', '10000', '50000', '100000'],
  status: ['200', '204', '301', '302', '304', '404', '500', '503'],
  edns: ['512', '1232', '4096'],
};

const isNumber = (unit: Unit): boolean => !['switch', 'choice', 'text'].includes(unit);

const stepsOf = ({kind, key, present}: Target, value: string): readonly string[] => {
  const {unit, choices = []} = kind;
  const last = key.split('.').at(-1) ?? '';
  const candidates = [...(byKey[last] ?? byUnit[unit] ?? []), value].filter(
    (each) => !choices.includes(each) && readValue(kind, each) !== undefined,
  );
  const size = (text: string): number => measured(unit, text) ?? 0;
  const sorted =
    isNumber(unit) && !kind.isList ? candidates.toSorted((a, b) => size(a) - size(b)) : candidates;
  // Only the present one of several values of the same size, such as 1s and 1000ms, is kept.
  const distinct = sorted.filter(
    (each, place) =>
      each === value ||
      (sorted.indexOf(each) === place &&
        !(isNumber(unit) && present !== undefined && size(each) === size(value))),
  );
  return [...new Set([...distinct, ...choices])];
};

/**
 * Returns everything that may be set in a run of the lesson: its links, its hosts, then its programs and their calls; nothing for a lesson
 * that was not made from a file.
 */
export const settablesOf = (lesson: Lesson, run: string): readonly Settable[] => {
  const variable = variableRun(lesson, run);
  if (!variable) return [];
  return variable.targets.map((target): Settable => {
    const {place, of, group, kind, present} = target;
    const written = valueText(kind, present);
    const usual = present === undefined ? usualValue(variable, target) : written;
    const value = readValue(kind, usual) === undefined ? '' : inOneNotation(kind, usual);
    return {
      ...{place, of, group, value},
      unit: kind.unit,
      isWritten: present !== undefined,
      bounds: boundsOf(kind),
      means: meaningOf(variable, target),
      steps: stepsOf(target, value),
    };
  });
};
