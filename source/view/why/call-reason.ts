// Explains, for *Why?*, what a program wants to achieve by a call, such as connect, send or resolve. The rule of the call tells what
// follows from it.

import {connectionAt, entriesOf} from '../../account/entries.ts';
import {ownerOf} from '../../account/packet.ts';
import {theHost} from '../../lesson/host-names.ts';
import {madeOf, sameIn, type Text, worded, wordedWithNames} from '../../lesson/text.ts';
import type {EventOf, Trace, TraceEvent} from '../../sim/trace.ts';
import {farEndOf, isListener, localSocket} from '../../wire/connection-id.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {whyCalled, whyCallsFreely} from '../../words/catalogue/why.ts';
import {terminal} from '../../words/written.ts';

type Call = EventOf<'call'>;

/**
 * Returns the name of the host at the other end of a call's connection; its address if no host has it; empty for a call on no connection or
 * on a listener.
 */
const peerOf = (trace: Trace, {action, connection}: Call): Text | string => {
  if (action.call === 'connect') return theHost(trace, action.to.host);
  if (connection === undefined || isListener(connection)) return '';
  const {ip} = localSocket(farEndOf(connection));
  const owner = ownerOf(trace, ip);
  return owner === undefined ? sameIn(ip) : theHost(trace, owner);
};

/**
 * Returns how many bytes the program has received on the connection since its last send call, because what it sends now may be the answer.
 */
const gotBefore = (trace: Trace, {n, host, connection}: Call): number => {
  const isOwn = (event: TraceEvent): boolean =>
    event.n < n && event.host === host && event.connection === connection;
  const last = [...entriesOf(trace, 'call')].findLast((each) => isOwn(each) && each.call === 'send')?.n ?? 0;
  return [...entriesOf(trace, 'deliver')].reduce(
    (sum, each) => sum + (isOwn(each) && each.n > last ? each.bytes : 0),
    0,
  );
};

const hasEnded = (trace: Trace, {n, host, connection = ''}: Call): boolean =>
  connectionAt(trace, n - 1, {host, connection})?.state === 'CLOSE-WAIT';

const portOf = ({action}: Call): number => {
  if (action.call === 'connect') return action.to.port;
  return 'port' in action && action.port !== undefined ? action.port : 0;
};

const isTold = (call: string): call is keyof typeof whyCalled => Object.hasOwn(whyCalled, call);

/** Returns a sentence on what a program wants by a call; undefined if the event is no such call, or the call has failed. */
export const calledText = (trace: Trace, event: TraceEvent): Text | undefined => {
  if (event.kind !== 'call' || event.result !== 'ok') return undefined;
  const {action, host, call} = event;
  if (!isTold(call)) return undefined;
  const wants = wordedWithNames(whyCalled[call], {
    ...{host: theHost(trace, host), peer: peerOf(trace, event), port: portOf(event)},
    bytes: 'bytes' in action ? action.bytes : 0,
    ended: call === 'close' && hasEnded(trace, event),
    url: 'url' in action ? terminal.text(action.url) : '',
    name: action.call === 'resolve' ? terminal.text(action.name) : '',
    type: action.call === 'resolve' ? typeName(action.type) : '',
  });
  const freely = worded(whyCallsFreely, {got: call === 'send' ? gotBefore(trace, event) : 0});
  return madeOf([wants, freely], (language) =>
    [wants[language], freely[language]].join(punctuation.space[language]),
  );
};
