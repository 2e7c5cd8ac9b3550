// Quiz questions about the names of TCP states: those that tools show, and those of RFC 9293 §3.3.2.

import {entriesOf} from '../account/entries.ts';
import {worded, wordedWithNames} from '../lesson/text.ts';
import type {EventOf, Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {stateNamesSentences as said} from '../words/catalogue/questions.ts';
import {lastSent} from './instants.ts';
import {kindOf} from './kind.ts';
import {askedTrack} from './lesson-topic.ts';

/**
 * The states that tools name otherwise: the name in Linux's netstat, the RFC's name, another spelling in use, and a state that is easily
 * confused with it. Names that differ only in hyphens (SYN_SENT, FIN_WAIT2) are left out, because nothing has to be known about them.
 */
const rows = [{tool: 'SYN_RECV', rfc: 'SYN-RECEIVED', met: 'SYN_RCVD', other: 'SYN-SENT'}] as const;

const changes = oncePer((trace: Trace): readonly EventOf<'state'>[] =>
  [...entriesOf(trace, 'state')].filter(({to}) => rows.some(({rfc}) => rfc === to)),
);

type Givens = {readonly tool: string};

const rowOf = ({tool}: Givens) => rows.find((row) => row.tool === tool);

/**
 * Returns a tool's name of a TCP state as an answer's value with a mark, because without it all spellings of a state count as the same
 * answer.
 */
const spelt = (name: string): string => `tool:${name}`;

export const rfcName = kindOf<Givens, EventOf<'state'>>({
  kind: 'rfc-name',
  form: 'choice',
  secrets: (givens) => [rowOf(givens)?.rfc ?? ''],
  // Every connection passes SYN-RECEIVED, so only lessons about opening a connection ask for its name.
  among: ({trace, variant: {lesson}}) =>
    changes(trace).filter(({to}) => to !== 'SYN-RECEIVED' || askedTrack(lesson) === 'tcp-open'),
  at: ({n}) => n,
  find({trace}, {n, to, host}) {
    const row = rows.find(({rfc}) => rfc === to);
    if (!row) return 'hidden';
    const evidence = {packet: lastSent(trace, n), field: `state:${host}`, value: row.rfc};
    return {givens: {tool: row.tool}, did: to, n: n + 1, evidence};
  },
  ask: (givens) => [wordedWithNames(said.namesDraft.prompt, givens)],
  solve(givens) {
    const row = rowOf(givens);
    return (
      row && {
        answer: row.rfc,
        explain: wordedWithNames(said.namesDraft.explain, {to: row.rfc, tool: row.tool}),
        hints: [said.namesDraft.hints.toolsHaveSpellings, said.namesDraft.hints.theRFCJoins],
      }
    );
  },
  beliefs: [
    {misconception: 'state-names', answers: ({tool}) => spelt(tool)},
    {
      misconception: 'state-names',
      answers: (givens) => {
        const row = rowOf(givens);
        return row && spelt(row.met);
      },
    },
    {says: said.beliefs.anotherState, answers: (givens) => rowOf(givens)?.other},
  ],
  words: (value) => worded(said.quoted.text, {name: value.replace('tool:', '')}),
});
