// Questions about the other end: where it stands at the moment in which one end changes its state (RFC 9293 §3.3.2, §3.6).

import {entriesOf} from '../account/entries.ts';
import {wordedWithNames} from '../lesson/text.ts';
import {valueText} from '../lesson/value.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import {farEndOf} from '../wire/connection-id.ts';
import {oncePer} from '../wire/once-per.ts';
import {peerStatesSentences} from '../words/catalogue/questions.ts';
import {packetLines} from './context.ts';
import type {Draft, Generator, Option} from './draft.ts';
import {addressOf} from './host-names.ts';
import {lastSent, stateAfter} from './instants.ts';
import {neighbours, reasons, state} from './tcp-states.ts';
import {hostFirst, hostText} from './words.ts';

type Change = Extract<TraceEvent, {kind: 'state'}>;

/** What says something about the other end. */
const isTurn = ({from, to}: Change): boolean =>
  to === 'ESTABLISHED' || to === 'FIN-WAIT-2' || to === 'TIME-WAIT' || from === 'TIME-WAIT';

const changes = oncePer((trace: Trace): readonly Change[] => {
  const found: Change[] = [];
  for (const event of entriesOf(trace, 'state')) if (isTurn(event)) found.push(event);
  return found;
});

const peerOf = (trace: Trace, {connection = ''}: Change): string | undefined =>
  trace.header.hosts
    .map(({name}) => name)
    .find((name) => connection.includes(`> ${addressOf(trace, name)}:`));

const beliefs = ({from, to}: Change, right: TcpState): readonly Option[] => [
  ...(to === 'ESTABLISHED' && right === 'SYN-RECEIVED' ? [state('ESTABLISHED', 'established-together')] : []),
  ...(to === 'FIN-WAIT-2' && right === 'CLOSE-WAIT' ? [state('CLOSED', 'fin-closes-both')] : []),
  ...(to === 'TIME-WAIT' && right === 'LAST-ACK' ? [state('TIME-WAIT', 'time-wait-on-server')] : []),
  ...(from === 'TIME-WAIT' && right !== 'CLOSED' ? [state('CLOSED', 'time-wait-proves-close')] : []),
  ...(from === 'TIME-WAIT' && right === 'CLOSED' ? [state('TIME-WAIT', 'time-wait-on-server')] : []),
];

const peerDraft = (trace: Trace, change: Change): Draft | undefined => {
  const {host, to, from, atUs, n, connection = ''} = change;
  const peer = peerOf(trace, change);
  const right = peer === undefined ? undefined : stateAfter(trace, n, peer, farEndOf(connection));
  const lines = packetLines(trace, n, 4, connection);
  if (peer === undefined || right === undefined || right === 'LISTEN' || lines.length === 0) return undefined;
  const time = valueText({kind: 'time', us: atUs});
  const over = from === 'TIME-WAIT' ? peerStatesSentences.over.its2MSLAre : peerStatesSentences.over.text;
  return {
    form: 'choice',
    right: state(right),
    wrong: [...beliefs(change, right), state(to), ...neighbours(right).map((each) => state(each))],
    prompt: [
      ...lines,
      wordedWithNames(peerStatesSentences.prompt, {
        time,
        host: hostText(host),
        to,
        over,
        peer: hostText(peer),
      }),
    ],
    hints: [
      wordedWithNames(peerStatesSentences.hints.ofThesePackets, {peer: hostText(peer)}),
      peerStatesSentences.hints.whoeverSendsThe,
    ],
    explain: wordedWithNames(peerStatesSentences.explain, {
      peer: hostFirst(peer),
      right,
      reasons: reasons[right],
    }),
    n: n + 1,
    evidence: {packet: lastSent(trace, n), field: `state:${peer}`, value: right},
  };
};

export const stateOfPeer: Generator = {
  kind: 'state-of-peer',
  places: ({trace}) => changes(trace).map(({n}) => n),
  ask: ({trace}, place) => {
    const change = changes(trace).find(({n}) => n === place);
    return change && peerDraft(trace, change);
  },
};
