// The TCP sequence space as bars (RFC 9293 §3.3.1, figures 3 and 4): of the sender, what is acknowledged, in flight and permitted; of the
// receiver, what its program has read, what waits to be read, what is missing.

import {counterFlow, type Flow, flowOf} from '../../account/flow.ts';
import type {World} from '../../sim/world.ts';
import type {Connection} from '../../stack/tcp/connection.ts';
import {type Seq, seqDiff} from '../../wire/seq.ts';
import {windowTexts, windowWords} from '../../words/catalogue/windows.ts';
import {worldBefore, worldSeen} from '../seen.ts';
import type {Role} from '../span.ts';
import {answersTo} from '../time/waypoints.ts';
import {roleOf, selectedPacket, type View} from '../view.ts';

export type Shade = 'done' | 'full' | 'free' | 'hole' | 'beyond';

/**
 * A stretch of TCP sequence space in a bar: it begins at `from`, counted from the initial sequence number, and ends where the next one
 * begins; the last one has no end.
 */
export type Stretch = {readonly from: number; readonly shade: Shade};

export type BarItem = {
  readonly shade: Shade | undefined;
  readonly name: string;
  readonly value: string;
  readonly changed: boolean;
};

export type Bar = {
  readonly heading: string;
  readonly role: Role;
  /** The stretches of sequence space in the bar, in increasing order. */
  readonly stretches: readonly Stretch[];
  readonly items: readonly BarItem[];
};

export type WindowScene = {
  readonly bars: readonly Bar[];
  /** The sequence number at the end of the bars' scale, fixed for the whole run. */
  readonly most: number;
  /** A text that a sender may not send because the receiver's window is closed; undefined if none is closed. */
  readonly zero: string | undefined;
};

type Numbers = {readonly [name: string]: number};

const sendNumbers = ({iss, snd}: Connection): Numbers => {
  const una = seqDiff(snd.una, iss);
  const nxt = seqDiff(snd.nxt, iss);
  const edge = una + snd.wnd;
  return {una, nxt, edge, wnd: snd.wnd, flight: nxt - una, usable: Math.max(0, edge - nxt)};
};

const receiveNumbers = ({irs, rcv, receiveBuffer, reassembly, peerFinSeq}: Connection): Numbers => {
  const nxt = seqDiff(rcv.nxt, irs);
  // The peer's FIN takes a sequence number but is no byte.
  const fin = peerFinSeq !== undefined && seqDiff(rcv.nxt, peerFinSeq) > 0 ? 1 : 0;
  const held = reassembly.reduce((sum, {data}) => sum + data.length, 0);
  const last = reassembly.at(-1);
  const top = last ? seqDiff(last.seq, irs) + last.data.length : nxt;
  return {
    nxt,
    read: nxt - fin - receiveBuffer.length,
    buffered: receiveBuffer.length + held,
    missing: Math.max(0, top - nxt - held),
    wnd: rcv.wnd,
    edge: nxt + rcv.wnd,
  };
};

type Wording = {
  readonly view: View;
  readonly host: string;
  readonly now: Numbers;
  readonly before: Numbers | undefined;
  /** The initial sequence number, which is added to the bars' numbers if absolute numbers are shown. */
  readonly isn: Seq;
};

const itemOf = (
  {view, host, now, before, isn}: Wording,
  key: string,
  {
    name,
    shade,
    isPlace = false,
    asked = '',
  }: {name: string; shade?: Shade; isPlace?: boolean; asked?: string},
): BarItem => {
  const value = now[key] ?? 0;
  const {relative} = view.input.playback;
  const text = String(isPlace && !relative ? (isn + value) >>> 0 : value);
  const answers = answersTo(view.hidden);
  const blank = view.hidden.some(({hides}) => hides?.fields.includes(`${host}.${asked}`));
  const hides = blank || answers.includes(text) || (isPlace && answers.includes(String((isn + value) >>> 0)));
  return {
    shade,
    name,
    value: hides ? '?' : text,
    changed: !hides && before !== undefined && before[key] !== now[key],
  };
};

const senderBar = (view: View, flow: Flow, now: Connection, before: Connection | undefined): Bar => {
  const numbers = sendNumbers(now);
  const {una = 0, nxt = 0, edge = 0} = numbers;
  const wording = {
    view,
    host: flow.sender,
    now: numbers,
    before: before && sendNumbers(before),
    isn: now.iss,
  };
  const {language} = view;
  return {
    heading: windowWords.sends[language]({host: view.called(flow.sender)}),
    role: roleOf(view, flow.sender),
    stretches: [
      {from: 0, shade: 'done'},
      {from: una, shade: 'full'},
      {from: nxt, shade: 'free'},
      {from: Math.max(nxt, edge), shade: 'beyond'},
    ],
    items: [
      itemOf(wording, 'una', {
        name: `${windowTexts.acknowledged[language]} snd.una`,
        shade: 'done',
        isPlace: true,
        asked: 'snd.una',
      }),
      itemOf(wording, 'flight', {name: windowTexts.inFlight[language], shade: 'full', asked: 'flightSize'}),
      itemOf(wording, 'usable', {name: windowTexts.usable[language], shade: 'free'}),
      itemOf(wording, 'nxt', {name: 'snd.nxt', isPlace: true, asked: 'snd.nxt'}),
      itemOf(wording, 'wnd', {name: 'snd.wnd', asked: 'snd.wnd'}),
      itemOf(wording, 'edge', {name: 'snd.una+snd.wnd', isPlace: true, shade: 'beyond'}),
    ],
  };
};

const receiverBar = (view: View, flow: Flow, now: Connection, before: Connection | undefined): Bar => {
  const numbers = receiveNumbers(now);
  const {read = 0, nxt = 0, edge = 0} = numbers;
  const wording = {
    view,
    host: flow.receiver,
    now: numbers,
    before: before && receiveNumbers(before),
    isn: now.irs,
  };
  const {language} = view;
  const blocks = now.reassembly.flatMap(({seq, data}, index): Stretch[] => {
    const from = seqDiff(seq, now.irs);
    const isLast = index === now.reassembly.length - 1;
    return [
      {from, shade: 'full'},
      {from: from + data.length, shade: isLast ? 'free' : 'hole'},
    ];
  });
  return {
    heading: windowWords.receives[language]({host: view.called(flow.receiver)}),
    role: roleOf(view, flow.receiver),
    stretches: [
      {from: 0, shade: 'done'},
      {from: read, shade: 'full'},
      {from: nxt, shade: blocks.length > 0 ? 'hole' : 'free'},
      ...blocks,
      {from: Math.max(edge, blocks.at(-1)?.from ?? nxt), shade: 'beyond'},
    ],
    items: [
      itemOf(wording, 'read', {name: windowTexts.read[language], shade: 'done', isPlace: true}),
      itemOf(wording, 'buffered', {name: windowTexts.buffered[language], shade: 'full'}),
      itemOf(wording, 'missing', {name: windowTexts.hole[language], shade: 'hole'}),
      itemOf(wording, 'nxt', {name: 'rcv.nxt', isPlace: true, asked: 'rcv.nxt'}),
      itemOf(wording, 'wnd', {name: 'rcv.wnd', shade: 'free', asked: 'rcv.wnd'}),
      itemOf(wording, 'edge', {name: 'rcv.nxt+rcv.wnd', isPlace: true, shade: 'beyond'}),
    ],
  };
};

const connectionAt = (world: World | undefined, host: string, id: Flow['id']): Connection | undefined =>
  world?.hosts[host]?.tcp.connections.get(id);

const barsOf = (view: View, flow: Flow): readonly Bar[] => {
  const now = worldSeen(view);
  const before = worldBefore(view);
  const sender = connectionAt(now, flow.sender, flow.id);
  const receiver = connectionAt(now, flow.receiver, flow.peerId);
  return [
    ...(sender ? [senderBar(view, flow, sender, connectionAt(before, flow.sender, flow.id))] : []),
    ...(receiver && receiver.state !== 'SYN-SENT'
      ? [receiverBar(view, flow, receiver, connectionAt(before, flow.receiver, flow.peerId))]
      : []),
  ];
};

const zeroOf = (view: View, {sender, id}: Flow): string | undefined => {
  const tcb = connectionAt(worldSeen(view), sender, id);
  const isShut = tcb !== undefined && tcb.snd.wnd === 0 && !['SYN-SENT', 'SYN-RECEIVED'].includes(tcb.state);
  const asked = view.hidden.some(({hides}) => hides?.fields.includes(`${sender}.snd.wnd`));
  return isShut && !asked ? windowWords.zero[view.language]({host: view.called(sender)}) : undefined;
};

/**
 * Returns the bars of sequence space for the direction that carries more data, then those for the other direction if it carries any;
 * undefined without data.
 */
export const windowScene = (view: View): WindowScene | undefined => {
  const {trace} = view.input;
  const flow = flowOf(trace, selectedPacket(view));
  if (!flow) return undefined;
  const other = counterFlow(trace, flow);
  const flows = other ? [flow, other] : [flow];
  const most = flows.reduce((longest, {mostBytes}) => Math.max(longest, mostBytes), 1);
  return {
    bars: flows.flatMap((each) => barsOf(view, each)),
    // The scale of the bars ends a quarter beyond the last byte of the run, where only the window is visible.
    most: Math.ceil((most * 5) / 4),
    zero: zeroOf(view, flow),
  };
};
