// Parses the configuration of a replay script: lines of unbound.conf until CONFIG_END. Unsupported options are refused by name.
import type {Position} from '../../lesson/position.ts';
import {wordRemedy} from '../../lesson/problem.ts';
import {worded} from '../../lesson/text.ts';
import {rplParseConfigSentences} from '../../words/catalogue/drills-rpl.ts';
import {type Line, type Lines, refuse, type Word} from './lines.ts';
import {parseAddress} from './parse-address.ts';
import type {Dialect, ReplayConfig} from './replay.ts';

type Draft = {
  -readonly [key in keyof ReplayConfig]: ReplayConfig[key];
} & {dialect: Dialect};

const clauses = ['server:', 'stub-zone:'];

const switches = {
  'minimal-responses': 'minimalResponses',
  'iter-scrub-promiscuous': 'scrubPromiscuous',
  'qname-minimisation': 'minimise',
  'do-ip6': 'doIp6',
} as const satisfies Record<string, keyof ReplayConfig>;

type Switch = keyof typeof switches;
const isSwitch = (name: string): name is Switch => Object.hasOwn(switches, name);

/**
 * Options of unbound.conf that a script may set only to the one supported value; undefined if any value is accepted, because the option has
 * no effect.
 */
const fixed: ReadonlyMap<string, string | undefined> = new Map([
  ['target-fetch-policy', '0 0 0 0 0'],
  ['rrset-roundrobin', 'no'],
  ['harden-referral-path', 'no'],
  ['module-config', 'iterator'],
  ['discard-timeout', undefined],
]);

const known = [...Object.keys(switches), ...fixed.keys(), 'name', 'stub-addr'];

/** Splits a line of the configuration into words as unbound.conf has them: a quoted value is one word, and `#` begins a comment. */
const tokensOf = ({number, text: line}: Line): readonly Word[] => {
  const all = [...line.matchAll(/"[^"]*"?|[^\s"]+/g)].map((match) => ({
    text: match[0],
    position: {line: number, column: match.index + 1},
  }));
  const comment = all.findIndex((token) => token.text.startsWith('#'));
  return comment < 0 ? all : all.slice(0, comment);
};

const unquoted = ({text: given, position}: Word): Word => ({text: given.replace(/^"|"$/g, ''), position});

const refuseValue = (option: string, {text: given, position}: Word, allowed: readonly string[]): never =>
  refuse(position, worded(rplParseConfigSentences.refuseValue, {option, given}), wordRemedy(given, allowed));

const yesOrNo = (option: string, value: Word): boolean => {
  if (value.text === 'yes') return true;
  return value.text === 'no' ? false : refuseValue(option, value, ['yes', 'no']);
};

const setFixed = (option: string, value: Word): void => {
  const only = fixed.get(option);
  if (only !== undefined && value.text.trim().replace(/\s+/g, ' ') !== only)
    refuseValue(option, value, [only]);
};

const optionValue = (option: Word, value: Word | undefined): Word =>
  value === undefined
    ? refuse(
        option.position,
        worded(rplParseConfigSentences.optionValue.hasNoValue, {text: option.text}),
        rplParseConfigSentences.optionValue.writeItsValue,
      )
    : unquoted(value);

const refuseOption = ({text: given, position}: Word): never => {
  const name = given.slice(0, -1);
  return refuse(position, worded(rplParseConfigSentences.refuseOption, {name}), wordRemedy(name, known));
};

const setOption = (draft: Draft, clause: string, option: Word, given: Word | undefined): void => {
  const name = option.text.slice(0, -1);
  if (!known.includes(name) || (name === 'name' && clause !== 'stub-zone:')) refuseOption(option);
  const value = optionValue(option, given);
  if (isSwitch(name)) draft[switches[name]] = yesOrNo(name, value);
  else if (fixed.has(name)) setFixed(name, value);
  else if (name === 'stub-addr') draft.roots = [...draft.roots, parseAddress(value)];
  else if (value.text !== '.') refuseValue('stub-zone name', value, ['.']);
};

/** Reads the options of one line of the configuration; returns the clause, such as `server:`, in which the next line is. */
const readLine = (draft: Draft, clauseBefore: string, line: Line): string => {
  let clause = clauseBefore;
  const tokens = tokensOf(line);
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at];
    if (token === undefined) break;
    if (clauses.includes(token.text)) {
      clause = token.text;
      if (clause === 'stub-zone:') draft.dialect = 'unbound';
    } else if (!token.text.endsWith(':'))
      refuse(
        token.position,
        worded(rplParseConfigSentences.readLine.isNoOption, {text: token.text}),
        rplParseConfigSentences.readLine.writeNameValue,
      );
    else {
      setOption(draft, clause, token, tokens[at + 1]);
      at += 1;
    }
  }
  return clause;
};

/** Returns the settings for what the configuration does not set: Unbound's defaults, which have the same effect as Deckard's. */
const defaults = (): Draft => ({
  dialect: 'deckard',
  roots: [],
  minimise: true,
  minimalResponses: true,
  scrubPromiscuous: true,
  doIp6: true,
});

export const parseConfig = (lines: Lines): {readonly dialect: Dialect; readonly config: ReplayConfig} => {
  const draft = defaults();
  const start: Position = {line: 1, column: 1};
  let clause = 'server:';
  for (;;) {
    const line =
      lines.next() ??
      refuse(
        lines.end,
        rplParseConfigSentences.parseConfig.line.thereIsNo,
        rplParseConfigSentences.parseConfig.line.endTheConfiguration,
      );
    if (line.words[0].text === 'CONFIG_END') break;
    clause = readLine(draft, clause, line);
  }
  const {dialect, ...config} = draft;
  if (config.roots.length === 0)
    refuse(
      start,
      rplParseConfigSentences.parseConfig.noServerOf,
      rplParseConfigSentences.parseConfig.writeStubZone,
    );
  return {dialect, config};
};
