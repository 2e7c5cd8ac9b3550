// The options that several commands share, and how their values are read.
import type {ReadBudget} from '../io/capture-source.ts';
import type {Text} from '../lesson/text.ts';
import {usualEvents} from '../sim/budget.ts';
import {themeNames} from '../ui/palettes.ts';
import {speeds} from '../view/time/playback-state.ts';
import {err, ok, type Result} from '../wire/result.ts';
import {badNumber} from '../words/catalogue/errors.ts';
import {languages} from '../words/catalogue/language.ts';
import {problemOf} from '../words/problem.ts';
import type {Arguments, Failure, OptionSpec} from './command.ts';

const text = (en: string, zh: string): Text => ({en, zh});

const mostConnections = 1_000_000;
export const motions = ['full', 'reduced', 'none'] as const;
export const profileNames = ['linux', 'rfc', 'freebsd'] as const;

export const globalOptions: readonly OptionSpec[] = [
  {name: 'lang', kind: 'value', choices: languages, describe: text('language: en or zh', '语言：en 或 zh')},
  {name: 'no-color', kind: 'flag', describe: text('no colours', '不用颜色')},
  {name: 'ascii', kind: 'flag', describe: text('ASCII characters only', '只用 ASCII 字符')},
  {name: 'theme', kind: 'value', choices: themeNames, describe: text('colour theme', '配色')},
  {
    name: 'motion',
    kind: 'value',
    choices: motions,
    describe: text('animation: full, reduced or none', '动画：full、reduced 或 none'),
  },
  {
    name: 'screen-reader',
    kind: 'flag',
    describe: text('sentences in place of pictures, for screen readers', '用句子代替图形，供读屏软件使用'),
  },
  {name: 'json', kind: 'flag', describe: text('output for programs', '输出给程序读')},
  {name: 'help', alias: 'h', kind: 'flag', describe: text('this help', '显示帮助')},
  {name: 'version', alias: 'V', kind: 'flag', describe: text('the version', '显示版本')},
];

export const runOptions: readonly OptionSpec[] = [
  {name: 'seed', kind: 'value', describe: text('seed of the run, a whole number', '种子，整数')},
  {
    name: 'profile',
    kind: 'value',
    choices: profileNames,
    describe: text('whose TCP: linux, rfc or freebsd', '采用谁的 TCP：linux、rfc 或 freebsd'),
  },
  {name: 'run', kind: 'value', describe: text('one of the lesson’s runs', '课程里的哪一次运行')},
  {name: 'drop', kind: 'list', describe: text('lose packet K; may repeat', '丢掉第 K 个分组，可重复')},
  {
    name: 'fault',
    kind: 'list',
    describe: text('a fault, such as delay=4s@packet=2; may repeat', '故障，例如 delay=4s@packet=2，可重复'),
  },
  {
    name: 'max-events',
    kind: 'value',
    describe: text(
      `a run stops after so many events (${usualEvents})`,
      `一次运行最多多少个事件（默认 ${usualEvents}）`,
    ),
  },
];

/** What a run may cost; absent: as usual. */
export type Budget = {readonly mostEvents?: number};

const mostEventsEver = 1_000_000_000;

export const budgetOf = (args: Arguments): Result<Budget, Failure> => {
  const given = optionalNumber(args, 'max-events', 1, mostEventsEver);
  if (!given.ok) return given;
  return ok(given.value === undefined ? {} : {mostEvents: given.value});
};

const keylogOptions: readonly OptionSpec[] = [
  {
    name: 'keylog',
    kind: 'value',
    describe: text('key log that opens the TLS of a capture', '用来解密抓包中 TLS 的密钥日志'),
  },
];

const mostMebibytes = 1_000_000;

export const readOptions: readonly OptionSpec[] = [
  {
    name: 'max-mebibytes',
    kind: 'value',
    describe: text(
      'how much is read of what is gzipped, piped or imported, in MiB',
      '从 gzip、管道或导入文件中最多读多少，单位 MiB',
    ),
  },
];

export const readBudgetOf = (args: Arguments): Result<ReadBudget, Failure> => {
  const given = optionalNumber(args, 'max-mebibytes', 1, mostMebibytes);
  if (!given.ok) return given;
  return ok(given.value === undefined ? {} : {mebibytes: given.value});
};

export const connectionOptions: readonly OptionSpec[] = [
  ...readOptions,
  {
    name: 'connection',
    kind: 'value',
    describe: text('of a capture: TCP connection N alone', '只看抓包中的第 N 个 TCP 连接'),
  },
  {
    name: 'simulated',
    kind: 'flag',
    describe: text(
      'of a capture: a connection as the simulator plays it again, with the same calls, delays and losses',
      '用同样的调用、时延和丢失，在模拟器中重演抓包里的一个连接',
    ),
  },
];

export const captureOptions: readonly OptionSpec[] = [...connectionOptions, ...keylogOptions];

/** Its number in the capture; undefined: all there is. */
export const connectionOf = (args: Arguments): Result<number | undefined, Failure> =>
  optionalNumber(args, 'connection', 1, mostConnections);

export const playOptions: readonly OptionSpec[] = [
  {
    name: 'speed',
    kind: 'value',
    choices: speeds.map(String),
    describe: text(`speed: ${speeds.join(', ')}`, `速度：${speeds.join('、')}`),
  },
  {
    name: 'at',
    kind: 'value',
    describe: text(
      'begin there: a time, end, or a selector such as "enters: TIME-WAIT"',
      '从那里开始：时间、end 或选择式，例如 "enters: TIME-WAIT"',
    ),
  },
];

/** A whole number in a range, written in decimal. */
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

/** The value as one of the known ones; options with choices have been checked against them before. */
export const known = <T extends string>(choices: readonly T[], given: string | undefined): T | undefined =>
  choices.find((choice) => choice === given);
