// The options that several commands share, and how their values are read.
import type {ReadBudget} from '../io/capture-source.ts';
import {worded} from '../lesson/text.ts';
import {usualEvents} from '../sim/budget.ts';
import type {ProfileName} from '../stack/tcp/settings.ts';
import {themeNames} from '../ui/palettes.ts';
import {motions, speeds} from '../view/time/playback-state.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {optionsSentences} from '../words/catalogue/cli.ts';
import {badNumber} from '../words/catalogue/errors.ts';
import {languages} from '../words/catalogue/language.ts';
import {problemOf} from '../words/problem.ts';
import type {Arguments, Failure, OptionSpec} from './command.ts';

const mostConnections = 1_000_000;
export const profileNames = ['linux', 'rfc', 'freebsd'] as const;

export const globalOptions: readonly OptionSpec[] = [
  {
    name: 'lang',
    kind: 'value',
    choices: languages,
    describe: worded(optionsSentences.globalOptions.lang.describe, {list: languages.join(', ')}),
  },
  {name: 'no-color', kind: 'flag', describe: optionsSentences.globalOptions['no-color'].describe},
  {name: 'ascii', kind: 'flag', describe: optionsSentences.globalOptions.ascii.describe},
  {
    name: 'theme',
    kind: 'value',
    choices: themeNames,
    describe: optionsSentences.globalOptions.theme.describe,
  },
  {name: 'motion', kind: 'value', choices: motions, describe: optionsSentences.globalOptions.motion.describe},
  {name: 'screen-reader', kind: 'flag', describe: optionsSentences.globalOptions['screen-reader'].describe},
  {name: 'json', kind: 'flag', describe: optionsSentences.globalOptions.json.describe},
  {name: 'help', alias: 'h', kind: 'flag', describe: optionsSentences.globalOptions.help.describe},
  {name: 'version', alias: 'V', kind: 'flag', describe: optionsSentences.globalOptions.version.describe},
];

export const runOptions: readonly OptionSpec[] = [
  {name: 'seed', kind: 'value', describe: optionsSentences.runOptions.seed.describe},
  {
    name: 'profile',
    kind: 'value',
    choices: profileNames,
    describe: optionsSentences.runOptions.profile.describe,
  },
  {name: 'run', kind: 'value', describe: optionsSentences.runOptions.run.describe},
  {name: 'drop', kind: 'list', describe: optionsSentences.runOptions.drop.describe},
  {name: 'fault', kind: 'list', describe: optionsSentences.runOptions.fault.describe},
  {name: 'set', kind: 'list', describe: optionsSentences.runOptions.set.describe},
  {
    name: 'max-events',
    kind: 'value',
    describe: worded(optionsSentences.runOptions['max-events'].describe, {usualEvents}),
  },
];

export const profileOf = (args: Arguments): ProfileName | undefined =>
  known(profileNames, args.value('profile'));

/** The limit on the number of events of a run; the usual one if `mostEvents` is absent. */
export type Budget = {readonly mostEvents?: number};

const mostEventsEver = 1_000_000_000;

export const budgetOf = (args: Arguments): Result<Budget, Failure> => {
  const given = optionalNumber(args, 'max-events', 1, mostEventsEver);
  if (!given.ok) return given;
  return ok(given.value === undefined ? {} : {mostEvents: given.value});
};

const keylogOptions: readonly OptionSpec[] = [
  {name: 'keylog', kind: 'value', describe: optionsSentences.keylogOptions.keylog.describe},
];

const mostMebibytes = 1_000_000;

export const readOptions: readonly OptionSpec[] = [
  {name: 'max-mebibytes', kind: 'value', describe: optionsSentences.readOptions['max-mebibytes'].describe},
];

export const readBudgetOf = (args: Arguments): Result<ReadBudget, Failure> => {
  const given = optionalNumber(args, 'max-mebibytes', 1, mostMebibytes);
  if (!given.ok) return given;
  return ok(given.value === undefined ? {} : {mebibytes: given.value});
};

export const connectionOptions: readonly OptionSpec[] = [
  ...readOptions,
  {name: 'connection', kind: 'value', describe: optionsSentences.connectionOptions.connection.describe},
  {name: 'simulated', kind: 'flag', describe: optionsSentences.connectionOptions.simulated.describe},
];

export const captureOptions: readonly OptionSpec[] = [...connectionOptions, ...keylogOptions];

/** Returns the number of the connection in `--connection`; undefined if the whole capture is wanted. */
export const connectionOf = (args: Arguments): Result<number | undefined, Failure> =>
  optionalNumber(args, 'connection', 1, mostConnections);

export const playOptions: readonly OptionSpec[] = [
  {
    name: 'speed',
    kind: 'value',
    choices: speeds.map(String),
    describe: worded(optionsSentences.playOptions.speed.describe, {speeds}),
  },
  {name: 'at', kind: 'value', describe: optionsSentences.playOptions.at.describe},
  {name: 'from-start', kind: 'flag', describe: optionsSentences.playOptions.fromStart.describe},
  {name: 'present', kind: 'flag', describe: optionsSentences.playOptions.present.describe},
  {name: 'autoplay', kind: 'flag', describe: optionsSentences.playOptions.autoplay.describe},
];

/** Parses the value of an option as a whole decimal number between `least` and `most`; a failure if it is none. */
const wholeNumber = (name: string, given: string, least: number, most: number): Result<number, Failure> => {
  const value = /^\d{1,10}$/.test(given) ? Number(given) : Number.NaN;
  return value >= least && value <= most
    ? ok(value)
    : err({...problemOf(badNumber, {name, least, most, given, example: Math.max(least, 1)}), exit: 2});
};

export const optionalNumber = (
  args: Arguments,
  name: string,
  least: number,
  most: number,
): Result<number | undefined, Failure> => {
  const given = args.value(name);
  return given === undefined ? ok(undefined) : wholeNumber(`--${name}`, given, least, most);
};

export const numberList = (
  args: Arguments,
  name: string,
  least: number,
  most: number,
): Result<readonly number[], Failure> => {
  const values: number[] = [];
  for (const given of args.list(name)) {
    const value = wholeNumber(`--${name}`, given, least, most);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return ok(values);
};

/** Returns an option's value as one of its choices. Wrong values never get here, because options with choices were checked before. */
export const known = <T extends string>(choices: readonly T[], given: string | undefined): T | undefined =>
  choices.find((choice) => choice === given);
