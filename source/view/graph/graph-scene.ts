// The data that a graph may show at an instant: nothing that is still to come, and nothing that an open question asks for.

import {type Acked, type Flow, flowOf, type Sample, type Sent} from '../../account/flow.ts';
import {hostName} from '../../lesson/host-names.ts';
import {formatTime} from '../../words/format.ts';
import {askingForValues, lastSeen, unlessAsked, until} from '../seen.ts';
import {hiddenFieldsOf, selectedPacket, type View} from '../view.ts';
import {type GraphMark, marksOf} from './series-marks.ts';

export type GraphScene = {
  readonly flow: Flow;
  readonly sender: string;
  readonly sents: readonly Sent[];
  readonly acks: readonly Acked[];
  readonly samples: readonly Sample[];
  readonly marks: readonly GraphMark[];
  readonly nowUs: number;
  /** The selected packet as the graph shows it; undefined if the sender of this graph did not send it. */
  readonly selected: Sent | undefined;
  /** The size of a full segment in bytes, as text. The graph counts windows in such segments. `?` while a question asks for it. */
  readonly mss: string;
  /** Formats a number; `?` if it would answer an open question. */
  readonly number: (value: number) => string;
  /** Formats a length of time; `?` if it would answer an open question. */
  readonly time: (us: number) => string;
  /** Formats a sequence number for a label of the graph; its argument is the distance from the initial sequence number. */
  readonly seq: (fromIss: number) => string;
  /** Formats the sequence number of a mark's packet, which is never hidden, because the ladder shows it even while a question is open. */
  readonly seqOf: (mark: GraphMark) => string;
};

/** Formats a window, given in segments, with one decimal if it is no whole number. */
const plain = (value: number): string => {
  const tenths = Math.round(value * 10);
  return tenths % 10 === 0 ? String(tenths / 10) : `${Math.floor(tenths / 10)}.${tenths % 10}`;
};

export const graphScene = (view: View): GraphScene | undefined => {
  const {trace, playback} = view.input;
  const id = selectedPacket(view);
  const flow = flowOf(trace, id);
  if (!flow) return undefined;
  const seen = lastSeen(view);
  const shown = unlessAsked({...view, hidden: askingForValues(view)});
  const isOpen = ({packet}: {readonly packet: number}): boolean => hiddenFieldsOf(view, packet).length === 0;
  const sents = until(flow.sents, seen).filter(isOpen);
  const chosen = playback.selection.packet;
  const labelled = (fromIss: number): string =>
    String(playback.relative ? fromIss : (flow.iss + fromIss) >>> 0);
  return {
    flow,
    sender: hostName(trace, flow.sender)[view.language],
    sents,
    acks: flow.acks.filter((each) => each.n <= seen && isOpen(each)),
    samples: until(flow.samples, seen),
    marks: until(marksOf(trace, flow), seen).filter(isOpen),
    nowUs: view.nowUs,
    selected: sents.find(({packet}) => packet === chosen),
    number: (value) => {
      const text = plain(value);
      // A number is also hidden if its value in bytes would answer an open question, although the graph counts segments.
      return shown(String(Math.round(value * flow.mss))) === '?' ? '?' : shown(text);
    },
    mss: shown(String(flow.mss)),
    time: (us) => (shown(String(Math.round(us / 1000))) === '?' ? '?' : shown(formatTime(us))),
    seq: (fromIss) => shown(labelled(fromIss)),
    seqOf: ({seq}) => labelled(seq),
  };
};

/**
 * A round of sending: the new segments that were sent from one round's beginning to the next. A round begins once the first segment of the
 * previous round is acknowledged.
 */
export type Round = {
  readonly kind: 'round';
  readonly n: number;
  readonly atUs: number;
  /** The time in µs at which the last segment of the round so far was sent, by event `n`. */
  readonly lastUs: number;
  readonly count: number;
};

/** Returns the segments with new data, grouped into rounds. A round begins once the first segment of the previous round is acknowledged. */
export const roundsOf = ({sents, acks}: GraphScene): Round[] => {
  const rounds: {n: number; atUs: number; lastUs: number; count: number; first: number}[] = [];
  let next = 0;
  let acked = 0;
  for (const {again, isData, n, atUs, from} of sents) {
    if (again || !isData) continue;
    for (; (acks[next]?.n ?? Number.POSITIVE_INFINITY) < n; next++)
      acked = Math.max(acked, acks[next]?.ack ?? 0);
    const round = rounds.at(-1);
    if (!round || acked > round.first) rounds.push({n, atUs, lastUs: atUs, count: 1, first: from});
    else {
      round.count += 1;
      round.n = n;
      round.lastUs = atUs;
    }
  }
  return rounds.map(({n, atUs, lastUs, count}) => ({kind: 'round', n, atUs, lastUs, count}));
};
