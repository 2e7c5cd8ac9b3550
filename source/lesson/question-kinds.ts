// The kinds of quiz questions by name, which a lesson may choose from, and the words with which it limits their subject.
import type {TimerName} from '../stack/tcp/effect.ts';
import type {TcpState} from '../stack/tcp/states.ts';
import type {TcpFlagName} from '../wire/tcp.ts';
import {questionKinds} from '../words/catalogue/question-kinds.ts';

const {tcp, dns, http, cookies, tls, layers} = questionKinds;

export const kindNames = {...tcp, ...dns, ...http, ...cookies, ...tls, ...layers};

const flags = ['SYN', 'ACK', 'FIN', 'RST', 'PSH', 'URG'] as const satisfies readonly TcpFlagName[];

const states = [
  ...(['CLOSED', 'LISTEN', 'SYN-SENT', 'SYN-RECEIVED', 'ESTABLISHED'] as const),
  ...(['FIN-WAIT-1', 'FIN-WAIT-2', 'CLOSE-WAIT', 'CLOSING', 'LAST-ACK', 'TIME-WAIT'] as const),
] satisfies readonly TcpState[];

const timers = [
  ...(['RTO', 'TLP', 'reordering', 'delayed-ACK', '2MSL', 'FIN-WAIT-2'] as const),
  ...(['persist', 'connect', 'keep-alive', 'user'] as const),
] satisfies readonly TimerName[];

/** The TCP flags, states and timers with which a lesson names the subject of its quiz questions. */
export const subjectWords: readonly string[] = [...new Set([...flags, ...states, ...timers])];
