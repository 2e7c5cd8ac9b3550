// What the tests of replay scripts share: a script around a few lines; twins.

import {differenceLines, type ReplayFailure} from '../../../source/drills/rpl/failure.ts';
import {parseReplay} from '../../../source/drills/rpl/parse.ts';
import type {Entry, Replay} from '../../../source/drills/rpl/replay.ts';
import {runReplay} from '../../../source/drills/rpl/run.ts';

export const parsed = (source: string): Replay => {
  const replay = parseReplay(source);
  if (!replay.ok) {
    const {position, message} = replay.error;
    throw new Error(`${position.line}:${position.column} ${message.en}`);
  }
  return replay.value;
};

export const unboundConfig = `server:
\ttarget-fetch-policy: "0 0 0 0 0"
\tqname-minimisation: "no"
stub-zone:
\tname: "."
\tstub-addr: 198.41.0.4\t# the root
CONFIG_END
`;

export const deckardConfig = 'stub-addr: 198.41.0.4\nCONFIG_END\n';

/** `lines` below SCENARIO_BEGIN, which is line 8. */
export const scenario = (lines: string, config = unboundConfig): string =>
  `${config}SCENARIO_BEGIN a test\n${lines}\nSCENARIO_END\n`;

export const entryLines = (...lines: readonly string[]): string =>
  ['ENTRY_BEGIN', ...lines, 'ENTRY_END'].join('\n');

/** The entry of a script whose only step checks an answer. */
export const entryOf = (...lines: readonly string[]): Entry => {
  const [step] = parsed(scenario(`STEP 1 CHECK_ANSWER\n${entryLines(...lines)}`)).steps;
  if (step?.kind !== 'CHECK_ANSWER') throw new Error('no entry');
  return step.entry;
};

/** The script with another response code in the last answer that is checked whole; undefined: there is none. */
export const twinOf = (source: string): string | undefined => {
  const lines = source.split('\n');
  let [checked, whole, reply] = [false, false, -1];
  let found = -1;
  for (const [index, line] of lines.entries()) {
    const [first = '', ...words] = line.trim().split(/\s+/);
    if (first === 'STEP') checked = words[1] === 'CHECK_ANSWER';
    if (first === 'ENTRY_BEGIN') [whole, reply] = [false, -1];
    if (first === 'MATCH' && words.includes('all')) whole = true;
    if (first === 'REPLY') reply = index;
    if (first === 'ENTRY_END' && checked && whole) found = reply;
  }
  if (found < 0) return undefined;
  const codes = /\b(?:NOERROR|FORMERR|SERVFAIL|NXDOMAIN|NOTIMPL|REFUSED)\b/;
  const line = lines[found] ?? '';
  const code = codes.exec(line)?.[0] ?? 'NOERROR';
  const other = code === 'NXDOMAIN' ? 'NOERROR' : 'NXDOMAIN';
  return lines.with(found, codes.test(line) ? line.replace(codes, other) : `${line} ${other}`).join('\n');
};

const told = ({position, message}: Pick<ReplayFailure, 'position' | 'message'>): string =>
  `${position.line}:${position.column} ${message.en}`;

/** `pass`, or where the script fails and why. */
export const verdict = (source: string): string => {
  const replay = parseReplay(source);
  if (!replay.ok) return told(replay.error);
  const failure = runReplay(replay.value);
  if (failure === undefined) return 'pass';
  return [told(failure), ...differenceLines(failure).map(({en}) => `  ${en}`)].join('\n');
};
