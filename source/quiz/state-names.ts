// Questions about what a state means that a tool shows under a name of its own (netstat(8); RFC 9293 §3.3.2).

import {entriesOf} from '../account/entries.ts';
import {sameIn, textOf, wordedWithNames} from '../lesson/text.ts';
import type {EventOf, Trace} from '../sim/trace.ts';
import {oncePer} from '../wire/once-per.ts';
import {stateNamesSentences as said} from '../words/catalogue/questions.ts';
import {lastSent} from './instants.ts';
import {beliefsIn, kindOf} from './kind.ts';
import {askedTrack} from './lesson-topic.ts';

/** The states of which netstat's name says little, each with the track whose lessons ask about it, because most connections pass all of them. */
const rows = [
  {tool: 'SYN_RECV', rfc: 'SYN-RECEIVED', track: 'tcp-open'},
  {tool: 'FIN_WAIT2', rfc: 'FIN-WAIT-2', track: 'tcp-close'},
  {tool: 'CLOSE_WAIT', rfc: 'CLOSE-WAIT', track: 'tcp-close'},
] as const;

const changes = oncePer((trace: Trace): readonly EventOf<'state'>[] =>
  [...entriesOf(trace, 'state')].filter(({to}) => rows.some(({rfc}) => rfc === to)),
);

type Givens = {readonly tool: string};

/** Returns the answer of a belief about one state, and of another one about the two states of closing. */
const byRow =
  (opening: string | undefined, closing?: (isCloseWait: boolean) => string) =>
  ({tool}: Givens): string | undefined =>
    tool === 'SYN_RECV' ? opening : closing?.(tool === 'CLOSE_WAIT');

export const rfcName = kindOf<Givens, EventOf<'state'>>({
  kind: 'rfc-name',
  form: 'choice',
  among: ({trace, variant: {lesson}}) =>
    changes(trace).filter(({to}) => rows.some(({rfc, track}) => rfc === to && track === askedTrack(lesson))),
  at: ({n}) => n,
  find({trace}, {n, to, host}) {
    const row = rows.find(({rfc}) => rfc === to);
    if (!row) return 'hidden';
    const evidence = {packet: lastSent(trace, n), field: `state:${host}`, value: row.rfc};
    return {givens: {tool: row.tool}, did: to, n: n + 1, evidence};
  },
  ask: (givens) => [wordedWithNames(said.prompt, givens)],
  solve({tool}) {
    const row = rows.find((each) => each.tool === tool);
    return (
      row && {
        answer: row.rfc,
        explain: wordedWithNames(said.explain, {tool, state: row.rfc}),
        hints: [said.hint],
      }
    );
  },
  beliefs: beliefsIn(said.beliefs, {
    otherEnd: byRow('SYN-SENT', (isCloseWait) => (isCloseWait ? 'FIN-WAIT-2' : 'CLOSE-WAIT')),
    unanswered: byRow('unanswered'),
    unaccepted: byRow('unaccepted'),
    unacknowledged: byRow(undefined, () => 'FIN-WAIT-1'),
    over: byRow(undefined, () => 'TIME-WAIT'),
  }),
  words: (value) => textOf(said.meanings, value) ?? sameIn(value),
});
