// Questions that scripts ask about sockets from outside: sockstat, tcpdrop, and assertions about TCP_INFO.
import type {Tcp} from '../../stack/tcp/tcp.ts';
import {type Fault, missingFault, valueFault} from './failure.ts';
import type {StackHost} from './host.ts';
import {type Asked, infoField, sockstatName, stateOf} from './info.ts';
import type {Assertion, Command, Comparison, Term} from './script.ts';
import type {SocketRecord} from './socket.ts';
import type {Sockets} from './sockets.ts';

type Query = Extract<Command, {kind: 'sockstat'}>;

const counted = (tcp: Tcp, socket: SocketRecord, query: Query): boolean =>
  (socket.open || (!socket.over && !query.owned)) &&
  (query.port === undefined || socket.localPort === query.port) &&
  sockstatName(stateOf(tcp, socket)) === query.state;

/** How many of the host's sockets are in a state? */
export const sockstatFault = (tcp: Tcp, sockets: Sockets, query: Query): Fault | undefined => {
  const count = sockets.all.filter((socket) => counted(tcp, socket, query)).length;
  if (count === query.count) return undefined;
  return valueFault(`sockstat ${query.state}`, `${query.count}`, `${count}`);
};

/** Takes the connections in a state away without a segment. */
export const dropInState = (host: StackHost, sockets: Sockets, state: string): void => {
  for (const socket of sockets.all) {
    if (socket.id === undefined || socket.role !== 'connection') continue;
    if (sockstatName(stateOf(host.tcp, socket)) !== state) continue;
    host.forget([socket.id]);
    socket.over = true;
  }
};

const holds = (comparison: Comparison, actual: number, wanted: number): boolean => {
  switch (comparison) {
    case '==':
      return actual === wanted;
    case '!=':
      return actual !== wanted;
    case '<':
      return actual < wanted;
    case '>':
      return actual > wanted;
    case '<=':
      return actual <= wanted;
    case '>=':
      return actual >= wanted;
  }
};

const met = (comparison: Comparison, actual: string | number, wanted: string | number): boolean => {
  if (typeof actual === 'number' && typeof wanted === 'number') return holds(comparison, actual, wanted);
  const equal = actual === wanted;
  return comparison === '!=' ? !equal : comparison === '==' && equal;
};

type Found = string | number | undefined;

const termValue = (asked: Asked | undefined, term: Term): Found => {
  if (term.kind === 'value') return term.value;
  if (term.kind === 'field') return asked && infoField(asked, term.name);
  const of = termValue(asked, term.of);
  const by = termValue(asked, term.by);
  return typeof of === 'number' && typeof by === 'number' ? of & by : undefined;
};

const nameOf = (term: Term): string => {
  if (term.kind === 'field') return term.name;
  return term.kind === 'value' ? `${term.value}` : `${nameOf(term.of)} & ${nameOf(term.by)}`;
};

export const assertionFault = (asked: Asked | undefined, assertion: Assertion): Fault | undefined => {
  if (assertion.kind === 'unknown') return missingFault('code', assertion.text);
  const {left, comparison, right} = assertion;
  const actual = termValue(asked, left);
  const wanted = termValue(asked, right);
  if (actual === undefined) return missingFault('tcpInfo', nameOf(left));
  if (wanted === undefined) return missingFault('tcpInfo', nameOf(right));
  if (met(comparison, actual, wanted)) return undefined;
  return valueFault(`${nameOf(left)} ${comparison}`, `${wanted}`, `${actual}`);
};
