// Parses a packetdrill script: returns its options and events as data, or the first place that cannot be read.

import type {Position} from '../../lesson/position.ts';
import {type Problem, problem} from '../../lesson/problem.ts';
import type {ProfileName} from '../../stack/tcp/settings.ts';
import {err, ok, type Result} from '../../wire/result.ts';
import {packetdrillParseSentences} from '../../words/catalogue/drills-packetdrill.ts';
import {Cursor, ScriptSyntaxError} from './cursor.ts';
import {parseCode} from './parse-code.ts';
import {parseCommands} from './parse-command.ts';
import {parsePacket} from './parse-packet.ts';
import {parseSyscall} from './parse-syscall.ts';
import {type ParsedTime, parseTime} from './parse-time.ts';
import type {Script, ScriptAction, ScriptEvent, ScriptOption} from './script.ts';

/** A problem that parsing a script found, with its line and column. */
export type ScriptProblem = Problem & {readonly position: Position};

/** The names for which `#ifdef` in a script is true; where a script distinguishes systems, the stack is FreeBSD. */
const defined = new Set(['FreeBSD']);

const directive = /^\s*#(ifdef|ifndef|endif|else)\b[ \t]*(\w*)/;

/** Applies `#ifdef` and `#ifndef` in a script: excluded lines become blanks, so that line and column of the rest stay the same. */
const preprocess = (source: string): string => {
  const open: boolean[] = [];
  const lines = source.split('\n').map((line) => {
    const match = directive.exec(line);
    if (match === null) return open.includes(false) ? ' '.repeat(line.length) : line;
    const [, word, name = ''] = match;
    if (word === 'ifdef') open.push(defined.has(name));
    else if (word === 'ifndef') open.push(!defined.has(name));
    else if (word === 'else') open.push(!(open.pop() ?? true));
    else open.pop();
    return ' '.repeat(line.length);
  });
  return lines.join('\n');
};

const optionPattern = /--[a-zA-Z_]\w*(?:=[^\s]*)?/y;

const parseOptions = (cursor: Cursor): readonly ScriptOption[] => {
  const options: ScriptOption[] = [];
  for (;;) {
    cursor.skip();
    const position = cursor.positionAt(cursor.at);
    const found = cursor.take(optionPattern);
    if (found === undefined) return options;
    const [name = '', ...value] = found.slice(2).split('=');
    options.push({name, value: value.join('='), position});
  }
};

const backQuoted = /`(?:\\[\s\S]|[^`\\])*`/y;
const codeBlock = /%\{[\s\S]*?\}%/y;

const parseAction = (cursor: Cursor, {time, blocksUs}: ParsedTime): ScriptAction => {
  const command = cursor.take(backQuoted);
  if (command !== undefined) return {kind: 'command', commands: parseCommands(command.slice(1, -1))};
  const code = cursor.take(codeBlock);
  if (code !== undefined) return {kind: 'code', statements: parseCode(code.slice(2, -2))};
  if (cursor.looksAt('<') || cursor.looksAt('>')) {
    const action = parsePacket(cursor);
    if (blocksUs !== undefined || (action.kind !== 'expect' && 'untilUs' in time)) {
      cursor.fail(
        packetdrillParseSentences.parseAction.thisEventTakes,
        packetdrillParseSentences.parseAction.aBIs,
      );
    }
    return action;
  }
  return {kind: 'syscall', call: parseSyscall(cursor, blocksUs)};
};

const checkOrder = (cursor: Cursor, events: readonly ScriptEvent[], time: ParsedTime['time']): void => {
  if (time.kind !== 'absolute') return;
  const before = events.findLast((event) => event.time.kind === 'absolute')?.time;
  if (before?.kind !== 'absolute' || before.us <= time.us) return;
  cursor.fail(
    packetdrillParseSentences.checkOrder.timeGoesBackwards,
    packetdrillParseSentences.checkOrder.writeTheEvents,
  );
};

const parseEvents = (cursor: Cursor): readonly ScriptEvent[] => {
  const events: ScriptEvent[] = [];
  while (!cursor.ended) {
    const position = cursor.positionAt(cursor.at);
    // A command in back quotes needs no time; it then runs at once. Linux scripts begin with one and may end with one.
    const parsed: ParsedTime = cursor.looksAt('`')
      ? {time: {kind: 'relative', us: 0}, blocksUs: undefined}
      : parseTime(cursor);
    checkOrder(cursor, events, parsed.time);
    events.push({position, time: parsed.time, action: parseAction(cursor, parsed)});
  }
  return events;
};

const profileName = /packet_tutor\.profile=(linux|rfc|freebsd)\b/;

/**
 * Returns the profile that a script sets by packet_tutor.profile, or else the system whose sysctl names and commands it uses; `freebsd` if
 * neither shows.
 */
export const profileOf = (source: string): ProfileName => {
  const named = profileName.exec(source)?.[1];
  if (named === 'linux' || named === 'rfc' || named === 'freebsd') return named;
  if (/net\.inet\.|kern\.ipc\.|\bsockstat\b|\btcpdrop\b/.test(source)) return 'freebsd';
  return /net[./]ipv4[./]|defaults\.sh|set_sysctls/.test(source) ? 'linux' : 'freebsd';
};

/** Tells whether a script uses IPv4. A script over IPv6 is not parsed further, because the runner refuses its option `ip_version`. */
const isIpv4 = (options: readonly ScriptOption[]): boolean =>
  options.every(({name, value}) => name !== 'ip_version' || value === 'ipv4');

export const parseScript = (source: string): Result<Script, ScriptProblem> => {
  const cursor = new Cursor(preprocess(source.replaceAll('\r\n', '\n')));
  try {
    const options = parseOptions(cursor);
    const events = isIpv4(options) ? parseEvents(cursor) : [];
    const profileNamed = profileName.test(source);
    return ok({options, events, profile: profileOf(source), profileNamed});
  } catch (error) {
    if (!(error instanceof ScriptSyntaxError)) throw error;
    return err({...problem(error.what, error.remedy), position: cursor.positionAt(error.offset)});
  }
};
