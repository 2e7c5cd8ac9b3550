// Questions about packets that do not come, or come late; what would happen is simulated, not guessed (RFC 9293 §3.8.1, RFC 6298).

import {fateIn} from '../account/fates.ts';
import {segmentText} from '../account/summary.ts';
import {text} from '../lesson/problem.ts';
import type {Text} from '../lesson/text.ts';
import {valueText} from '../lesson/value.ts';
import type {Trace, TraceEvent} from '../sim/trace.ts';
import {seqAdd, seqLt} from '../wire/seq.ts';
import {hasFlag, segLen} from '../wire/tcp.ts';
import {after, packetLines} from './context.ts';
import type {Draft, Generator, Option} from './draft.ts';
import type {Draw} from './draw.ts';
import {fieldEvidence} from './fields.ts';
import {addressOf, writtenHost} from './host-names.ts';
import {firstOf} from './instants.ts';
import {perTrace} from './per-trace.ts';
import {type Sent, segmentsOf} from './segments.ts';
import type {Asked} from './variant.ts';
import {hostFirst, hostText, same, sentence} from './words.ts';

type DropEvent = Extract<TraceEvent, {kind: 'drop'}>;

const drops = perTrace((trace: Trace): readonly DropEvent[] => {
  const found: DropEvent[] = [];
  for (const event of trace.events()) if (event.kind === 'drop' && event.packet > 0) found.push(event);
  return found;
});

/** The path took it; nobody threw it away. */
const isLoss = (drop: DropEvent): boolean => {
  const {what, reason} = fateIn(drop);
  return what === 'lost' && (reason === 'fault' || reason === 'loss');
};

/** The first segment that is sent again after a loss, where just one packet has been lost until then. */
const onlyLoss = perTrace(
  (trace: Trace): {readonly lost: Sent; readonly again: Sent; readonly drop: DropEvent} | undefined => {
    const [drop, second] = drops(trace);
    const {sent} = segmentsOf(trace);
    const again = sent.find(({event}) => event.retransmission && drop !== undefined && event.n > drop.n);
    const lost = sent.find(({event}) => event.packet === drop?.packet);
    if (!drop || !isLoss(drop) || !again || !lost || (second && second.n < again.event.n)) return undefined;
    return lost.event.retransmission ? undefined : {lost, again, drop};
  },
);

/** The lines on which to look: few enough for a screen, the lost one among them. */
const linesAround = (trace: Trace, lost: number, until: number): readonly string[] => {
  const all = packetLines(trace, until, 60);
  const at = all.findIndex((line) => line.trimStart().startsWith(`${lost}  `));
  const from = Math.max(0, Math.min(at - 1, all.length - 4));
  return all.slice(from, from + 4);
};

const sameBytes = (lost: Sent, again: Sent): boolean =>
  segLen(lost.segment) > 0 && lost.segment.seq === again.segment.seq;

const acknowledges = (lost: Sent, again: Sent): boolean =>
  hasFlag(lost.segment, 'ACK') && seqLt(again.segment.seq, lost.segment.ack);

const lossHints = (own: boolean, host: string): Draft['hints'] => [
  sentence('Something is sent again when no acknowledgement for it has come.', '没有等到确认，才会重传。'),
  own
    ? sentence('Look for the packet that carried the same numbers.', '找到序号相同的那个分组。')
    : sentence('The first copy did arrive. What about its acknowledgement?', '第一份其实到了，它的确认呢？'),
  sentence(`It was sent by ${host}.`, `它是 ${host} 发出的。`),
];

export const whichPacketLost: Generator = {
  kind: 'which-packet-lost',
  places: ({trace}) => (onlyLoss(trace) ? [1] : []),
  ask: ({trace}): Draft | undefined => {
    const found = onlyLoss(trace);
    if (!found) return undefined;
    const {lost, again, drop} = found;
    const own = lost.flow === again.flow;
    if (!(own ? sameBytes : acknowledges)(lost, again)) return undefined;
    const packet = lost.event.packet;
    const line = segmentText(again.segment);
    const lines = linesAround(trace, packet, again.event.n);
    if (lines.length < 2) return undefined;
    const wrong = [packet - 1, packet + 1, again.event.packet].filter((value) => value > 0);
    return {
      form: 'packet',
      right: packet,
      wrong: [{value: again.event.packet, misconception: 'ack-names-lost'}].filter(({value}) =>
        wrong.includes(value),
      ),
      prompt: after(
        lines,
        sentence(
          `${hostFirst(again.event.host).en} sends this once more:\n  ${line}\nWhich packet did the path lose?`,
          `${hostText(again.event.host).zh}又发了一次：\n  ${line}\n途中丢失的是哪个分组？`,
        ),
      ),
      hints: lossHints(own, lost.event.host),
      explain: own
        ? sentence(
            `Packet ${packet} carried the same bytes and never arrived.`,
            `第 ${packet} 个分组带着同样的内容，没有到达。`,
          )
        : sentence(
            `Packet ${packet}, the acknowledgement, was lost: the sender cannot tell that from a loss of its own segment.`,
            `丢的是第 ${packet} 个分组，也就是确认；发送方分不清丢的是确认还是自己的报文段。`,
          ),
      because: again.event.because,
      n: again.event.n,
      evidence: {
        packet,
        field: `expression:first({drops: ${writtenHost(drop.host)}, nth: 1}).frame.number`,
        value: String(packet),
      },
    };
  },
};

/** Segments early in the run that arrived: losing or delaying one makes a difference that can be told. */
const early = 24;

const touchable = perTrace((trace: Trace): readonly Sent[] =>
  drops(trace).some(isLoss)
    ? []
    : segmentsOf(trace).sent.filter(({event}) => {
        const {connection, packet, lost, retransmission} = event;
        return connection !== undefined && packet <= early && !lost && !retransmission;
      }),
);

const sender = (trace: Trace, host: string): Option => ({
  text: sentence(hostFirst(host).en, hostText(host).zh),
  value: addressOf(trace, host),
});

const nobody: Option = {
  text: text('Nobody: a later segment says the same', '没有谁重传：后面的报文段说明了同样的内容'),
  value: '0',
};

const isThirdAck = (trace: Trace, {flow, segment}: Sent): boolean => {
  const [first, second] = segmentsOf(trace).sent.filter((each) => each.flow === flow);
  const opens = first !== undefined && hasFlag(first.segment, 'SYN') && !hasFlag(first.segment, 'ACK');
  return opens && second?.segment === segment && !hasFlag(segment, 'SYN');
};

/** Whether a lost acknowledgement matters depends on what its sender has to say next. */
const nextText = (trace: Trace, {event, flow, segment}: Sent): Text => {
  if (segLen(segment) > 0) return text('', '');
  const next = segmentsOf(trace).sent.find((each) => each.flow === flow && each.event.n > event.n);
  if (!next) return text(' Its sender has nothing more to send.', '此后它的发送方没有别的要发。');
  const [wait, line] = [
    valueText({kind: 'time', us: next.event.atUs - event.atUs}),
    segmentText(next.segment),
  ];
  return text(
    ` Its sender goes on ${wait} later with\n  ${line}\n`,
    `${wait} 之后，它的发送方接着发出\n  ${line}\n`,
  );
};

const dropHints = (segment: Sent['segment']): Draft['hints'] => [
  sentence(
    'Whose timer runs for something that is not acknowledged?',
    '谁的定时器还在为没有得到确认的内容走着？',
  ),
  segLen(segment) === 0
    ? sentence('A pure ACK is never sent again for its own sake.', '纯 ACK 自己不会被重传。')
    : sentence('It used up numbers, so an acknowledgement is due.', '它占用了序号，所以要等确认。'),
];

const dropReason = (again: Sent | undefined): Text =>
  again === undefined
    ? sentence(
        'Nothing has to be sent again: a later segment says all that this one said.',
        '不需要重传：后面的报文段包含了它说明的一切。',
      )
    : sentence(
        `${hostFirst(again.event.host).en} waits for an acknowledgement that does not come, and sends ${segmentText(again.segment)} again.`,
        `${hostText(again.event.host).zh}等不到确认，于是重传 ${segmentText(again.segment)}。`,
      );

const dropDraft = (asked: Asked, touched: Sent): Draft | undefined => {
  const {trace} = asked;
  const {event, segment} = touched;
  const fork = asked.fork({kind: 'drop', at: {packet: event.packet}});
  const again = segmentsOf(fork.trace).sent.find(
    (each) => each.event.retransmission && each.event.n > event.n,
  );
  const peer = trace.packet(event.packet).to;
  const evidence = again
    ? fieldEvidence(fork.trace, again.event.packet, 'ip.src')
    : {packet: event.packet, field: 'expression:count({sends: any, retransmission: true})', value: '0'};
  // Without anything that says the same later, silence has other reasons: cookies, or the run's end.
  const goesOn = segmentsOf(trace).sent.some((each) => each.flow === touched.flow && each.event.n > event.n);
  const unneeded = !again && (segLen(segment) > 0 || !goesOn);
  if (!evidence || unneeded || segmentsOf(trace).sent.some((each) => each.event.retransmission))
    return undefined;
  const failing: Option = {
    text: text('Nobody: the connection is given up at once', '没有谁重传：连接立即作废'),
    value: 'RST',
    ...(isThirdAck(trace, touched) ? {misconception: 'lost-third-ack-kills'} : {}),
  };
  const follows = nextText(trace, touched);
  const right = again ? sender(trace, again.event.host) : nobody;
  return {
    form: 'choice',
    right,
    wrong: [sender(trace, event.host), sender(trace, peer), nobody, failing],
    prompt: after(
      packetLines(trace, event.n + 1, 3),
      sentence(
        `Suppose packet ${event.packet} is lost.${follows.en}${follows.en.endsWith('\n') ? '' : ' '}Who is the first to send a segment once more because of that?`,
        `假如第 ${event.packet} 个分组丢失。${follows.zh}最先重传报文段的是谁？`,
      ),
    ),
    hints: dropHints(segment),
    explain: dropReason(again),
    because: again?.event.because,
    n: event.n + 1,
    of: fork,
    evidence,
  };
};

export const ifDropped: Generator = {
  kind: 'if-dropped',
  simulates: true,
  places: ({trace}) => touchable(trace).map(({event}) => event.n),
  ask: (asked, place) => {
    const touched = touchable(asked.trace).find(({event}) => event.n === place);
    return touched && dropDraft(asked, touched);
  },
};

const delaysUs = [1_500_000, 2_500_000, 4_000_000] as const;

const delayDraft = (asked: Asked, touched: Sent, draw: Draw): Draft | undefined => {
  const {event, segment} = touched;
  const byUs = draw.one('delay', delaysUs) ?? delaysUs[0];
  const fork = asked.fork({kind: 'delay', byUs, at: {packet: event.packet}});
  const {sent, arrived} = segmentsOf(fork.trace);
  const late = arrived.find(({packet}) => packet === event.packet);
  const copy = sent.some(
    (each) => each.event.retransmission && each.flow === touched.flow && each.event.n < (late?.n ?? 0),
  );
  const answer = late && sent.find((each) => each.event.n > late.n && each.back === touched.flow);
  if (!late || !copy || !answer || firstOf(fork.trace, answer.event.n) !== firstOf(fork.trace, late.n))
    return undefined;
  const evidence = fieldEvidence(fork.trace, answer.event.packet, 'tcp.ack_raw');
  if (!evidence || !hasFlag(answer.segment, 'ACK') || hasFlag(answer.segment, 'RST')) return undefined;
  const right = answer.segment.ack;
  const number = (value: number, misconception?: string): Option => ({
    text: same(String(value)),
    value: String(value),
    ...(misconception ? {misconception} : {}),
  });
  const end = seqAdd(segment.seq, segLen(segment));
  const wait = valueText({kind: 'time', us: byUs});
  return {
    form: 'choice',
    right: number(right),
    wrong: [
      number(seqAdd(right, -1), 'ack-is-last-byte-received'),
      number(seqAdd(right, 1), 'every-packet-plus-one'),
      number(seqAdd(right, segLen(segment))),
      number(end),
      number(segment.seq),
      number(segment.ack),
      {text: text('none: it throws the copy away in silence', '不回应：悄悄丢掉这一份'), value: 'none'},
    ],
    prompt: sentence(
      `The path holds packet ${event.packet} back for ${wait}:\n  ${segmentText(segment)}\nIts sender has repeated it in the meantime. Now the late one arrives. Which ack= does the answer carry?`,
      `第 ${event.packet} 个分组在途中耽搁了 ${wait}：\n  ${segmentText(segment)}\n发送方早已重传过。现在迟到的这一份到了，回应里的 ack= 是多少？`,
    ),
    hints: [
      sentence('What it brings has come before, with the copy.', '它带来的内容，重传的那份早就带到了。'),
      sentence(
        'ack= says what is expected next, whatever has just come.',
        'ack= 只说明接下来期望什么，和刚到的是什么无关。',
      ),
    ],
    explain: sentence(
      `Everything before ${right} is there. The late copy brings nothing new and is answered with the same number.`,
      `${right} 之前的都收到了。迟到的这一份没有新内容，回应的还是这个数。`,
    ),
    because: answer.event.because,
    n: event.n,
    of: fork,
    evidence,
  };
};

export const ifDelayed: Generator = {
  kind: 'if-delayed',
  simulates: true,
  places: ({trace}) =>
    touchable(trace)
      .filter(({segment}) => segLen(segment) > 0)
      .map(({event}) => event.n),
  ask: (asked, place, draw) => {
    const touched = touchable(asked.trace).find(({event}) => event.n === place);
    return touched && delayDraft(asked, touched, draw);
  },
};
