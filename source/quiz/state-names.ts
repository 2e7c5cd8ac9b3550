// Questions about the names of states: what tools show, and what RFC 9293 §3.3.2 says.

import {entriesOf} from '../account/entries.ts';
import {worded, wordedWithNames} from '../lesson/text.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import {oncePer} from '../wire/once-per.ts';
import {stateNamesSentences} from '../words/catalogue/questions.ts';
import {packetLines} from './context.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {lastSent} from './instants.ts';
import {neighbours} from './tcp-states.ts';
import {hostText} from './words.ts';

type Change = Extract<TraceEvent, {kind: 'state'}>;

/** What netstat on Linux shows, and another spelling that is met. */
const shownAs: {readonly [state in TcpState]?: readonly [string, string]} = {
  'SYN-SENT': ['SYN_SENT', 'SYN_SEND'],
  'SYN-RECEIVED': ['SYN_RECV', 'SYN_RCVD'],
  'FIN-WAIT-1': ['FIN_WAIT1', 'FIN_WAIT_1'],
  'FIN-WAIT-2': ['FIN_WAIT2', 'FIN_WAIT_2'],
  'TIME-WAIT': ['TIME_WAIT', 'TIMEWAIT'],
};

const changes = oncePer((trace: Trace): readonly Change[] => {
  const found: Change[] = [];
  for (const event of entriesOf(trace, 'state')) if (shownAs[event.to]) found.push(event);
  return found;
});

/** In quotation marks: without them all spellings of a name count as the same answer. */
const quoted = (name: string, value: string, misconception?: string): Option => ({
  text: worded(stateNamesSentences.quoted.text, {name}),
  value,
  ...(misconception === undefined ? {} : {misconception}),
});

const namesDraft = (trace: Trace, {host, to, n, connection}: Change): Draft | undefined => {
  const names = shownAs[to];
  const [neighbour = 'LISTEN'] = neighbours(to);
  const lines = packetLines(trace, n, 3, connection);
  if (!names || lines.length === 0) return undefined;
  const [tool, second] = names;
  return {
    form: 'choice',
    right: quoted(to, to),
    wrong: [
      quoted(tool, `tool:${tool}`, 'state-names'),
      quoted(second, `tool:${second}`, 'state-names'),
      quoted(neighbour, neighbour),
    ],
    prompt: [...lines, wordedWithNames(stateNamesSentences.namesDraft.prompt, {tool, host: hostText(host)})],
    hints: [
      stateNamesSentences.namesDraft.hints.toolsHaveSpellings,
      stateNamesSentences.namesDraft.hints.theRFCJoins,
    ],
    explain: wordedWithNames(stateNamesSentences.namesDraft.explain, {to, tool}),
    n: n + 1,
    evidence: {packet: lastSent(trace, n), field: `state:${host}`, value: to},
  };
};

export const rfcName: Generator = {
  kind: 'rfc-name',
  places: ({trace}) => changes(trace).map(({n}) => n),
  ask: ({trace}, place) => {
    const change = changes(trace).find(({n}) => n === place);
    return change && namesDraft(trace, change);
  },
};
