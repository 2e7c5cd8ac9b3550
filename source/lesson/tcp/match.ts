// The TCP part of selectors: the conditions on an event or a packet, whether they are met, and their description for an author.
import type {SegmentConditions} from '../../sim/segment-pattern.ts';
import type {TraceEvent} from '../../sim/trace.ts';
import type {TimerName} from '../../stack/tcp/effect.ts';
import type {TcpState} from '../../stack/tcp/states.ts';
import {tcpMatchSentences} from '../../words/catalogue/lesson.ts';
import {type Text, worded} from '../text.ts';

export type TcpConditions = SegmentConditions;

/** A selector's condition on a TCP event; `host` is absent for any host. */
export type TcpMatch =
  | {readonly kind: 'enters'; readonly state: TcpState; readonly host?: string}
  | {
      readonly kind: 'timer';
      readonly name: TimerName;
      readonly op: 'arm' | 'fire' | 'cancel';
      readonly host?: string;
    }
  | {readonly kind: 'delivers'; readonly host?: string; readonly length?: number};

export const isTcpMatch = (match: TcpMatch, event: TraceEvent): boolean => {
  switch (match.kind) {
    case 'enters':
      return event.kind === 'state' && event.to === match.state;
    case 'timer':
      return event.kind === 'timer' && event.name === match.name && event.op === match.op;
    case 'delivers':
      return event.kind === 'deliver' && (match.length === undefined || event.bytes === match.length);
  }
};

export const describeTcpConditions = ({
  flags,
  carries,
  length,
  retransmission,
}: TcpConditions): readonly string[] =>
  [
    flags ? flags.join(',') : '',
    carries === undefined ? '' : `carries ${carries}`,
    length === undefined ? '' : `length ${length}`,
    retransmission === undefined ? '' : `retransmission ${retransmission}`,
  ].filter((detail) => detail !== '');

export const describeTcpMatch = (match: TcpMatch): Text => {
  switch (match.kind) {
    case 'enters':
      return worded(tcpMatchSentences.enters, {host: match.host, state: match.state});
    case 'timer':
      return worded(tcpMatchSentences.timer, {host: match.host, name: match.name, op: match.op});
    case 'delivers':
      return worded(tcpMatchSentences.delivers, {host: match.host});
  }
};
