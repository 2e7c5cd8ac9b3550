// What is said of packets that come otherwise than they left, or twice, judged by raw events.
import type {TcpSegment} from '../../../source/wire/tcp.ts';
import {isThere} from './late.ts';
import {type Facts, row, type Said} from './said.ts';
import {flagsOf, type Of, segmentOf} from './seen.ts';

const unitsUs: {readonly [unit: string]: number} = {us: 1, ms: 1000, s: 1_000_000, m: 60_000_000};

/** Nothing that this fault does to that packet is seen by the end of the run. */
const beyondEnd = (said: Said, wanted: RegExp): Facts => {
  const packet = said.number('packet');
  // Where the lesson speaks of that, it is told an instant later.
  const faultOf = (send: Of<'send'>): string | undefined => send.faults.find((each) => wanted.test(each));
  const send = said.ever('send').find((each) => each.packet === packet && faultOf(each) !== undefined);
  const fault = (send && faultOf(send)) ?? '';
  const isCopy = fault.startsWith('dup');
  const ends = [...said.ever('arrive'), ...said.ever('drop'), ...said.future].filter(
    (each) =>
      (each.kind === 'arrive' || each.kind === 'drop') && each.packet === packet && each.hop === send?.hop,
  );
  const [, lag = '0', unit = 's'] = /^dup=([\d.]+)(ms|us|s|m)/.exec(fault) ?? [];
  const dueUs = (send?.dueUs ?? 0) + Number(lag) * (unitsUs[unit] ?? 0);
  return {
    'such a fault acts on it': fault !== '',
    'only what is recorded ends': (said.trace.endReason === 'budget') === said.has('cut'),
    'the run is cut': said.trace.endReason !== 'quiet',
    'it, or its copy, never gets there': ends.length === 0 || (isCopy && ends.length === 1),
    'when that would be': said.has('at') ? said.isTime('at', dueUs) : undefined,
    'where that is': said.has('at')
      ? send?.to === (said.has('router') ? said.host('router') : said.trace.packet(packet).to)
      : undefined,
    'a router is none for whom it is': said.host('router') !== said.trace.packet(packet).to,
    'that is later': dueUs >= said.trace.event(said.trace.length).atUs,
  };
};

/** The fault of which nothing is seen. */
const idleKind = (said: Said): RegExp => {
  if (said.has('late')) return /^(?:delay|reorder)/;
  return said.has('copy') ? /^dup/ : /^(?:edit|corrupt)/;
};

export const alteredRows = [
  row('has been altered on the way, and is thrown away', '在途中遭到改动，被丢弃', (said) => ({
    'a fault altered it': said
      .deaths()
      .some(({packet}) =>
        said
          .ever('send')
          .some(
            (send) => send.packet === packet && send.faults.some((fault) => /^(?:edit|corrupt)/.test(fault)),
          ),
      ),
  })),
  row(
    'Packet #packet arrives again: the path made a copy',
    '第 #packet 个分组又到了一份：网络多复制了一份',
    (said) => {
      const isIt = ({packet}: Of<'arrive'>): boolean => packet === said.number('packet');
      return {
        'it arrives now, at whom it is for': said
          .now('arrive')
          .some((each) => isIt(each) && isThere(said, each)),
        again: said.now('arrive').some(({host}) => said.ever('arrive', host).filter(isIt).length > 1),
      };
    },
  ),
  row(
    'The path holds packet #packet up: it would (?:arrive|reach <router>) at @at, and (?:the run is over|(?<cut>what is recorded of the run ends)) before',
    '网络扣住第 #packet 个分组，要到 @at 才到(?:<router>)?：(?:那时运行已经结束|(?<cut>记录到不了那时))',
    (said) => beyondEnd(said, /^(?:delay|reorder)/),
  ),
  row(
    'The path makes a copy of packet #packet, which would (?:come|reach <router>) at @at: (?:the run is over|(?<cut>what is recorded of the run ends)) before',
    '网络把第 #packet 个分组多复制了一份，要到 @at 才到(?:<router>)?：(?:那时运行已经结束|(?<cut>记录到不了那时))',
    (said) => beyondEnd(said, /^dup/),
  ),
  row(
    'What the fault does to packet #packet would show at @at, when it (?:arrives|reaches <router>): (?:the run is over|(?<cut>what is recorded of the run ends)) before',
    '故障对第 #packet 个分组做的手脚，要等它 @at 到达(?:<router>)?才看得出来：(?:那时运行已经结束|(?<cut>记录到不了那时))',
    (said) => beyondEnd(said, /^(?:edit|corrupt)/),
  ),
  row(
    'The fault is to take packet #packet on its way: (?:the run is over|(?<cut>what is recorded of the run ends)) before',
    '故障要让第 #packet 个分组在途中丢失：还没等到那时，(?:运行|(?<cut>记录))就结束了',
    (said) => beyondEnd(said, /^drop/),
  ),
  row('(?:It|and) says nothing new', '它没有带来新信息', (said) => ({
    'nothing comes of it': said.instant.every(({kind}) => kind === 'arrive'),
    'no number and no window of its receiver moves': said.came().every(({event: {host}}) => {
      const after = said.connections(host, 'after');
      return said
        .connections(host, 'before')
        .every(({id, snd, rcv, cwnd}) =>
          after.some(
            (each) =>
              each.id === id &&
              each.snd.una === snd.una &&
              each.snd.wnd === snd.wnd &&
              each.rcv.nxt === rcv.nxt &&
              each.cwnd === cwnd,
          ),
        );
    }),
    'it had said so': said
      .came()
      .every(({segment, event}) =>
        said
          .cameEver(event.host)
          .some((each) => each.event.n < event.n && ((each.segment.ack - segment.ack) | 0) >= 0),
      ),
  })),
  row(
    'Packet #packet is (?:altered|damaged) on the way',
    '第 #packet 个分组在途中(?:被改动|损坏了)',
    (said) => ({
      'it arrives altered': said
        .now('arrive')
        .some(({packet, altered}) => packet === said.number('packet') && altered !== undefined),
    }),
  ),
  row(
    'is altered on the way: ~field is ~arrived, not ~sent(?=\\.(?: |$))',
    '在途中被改动：~field 是 ~arrived，不是 ~sent(?=。)',
    (said) => {
      const [come] = said.came();
      const left = come && segmentOf(said.trace, come.event.packet);
      if (!come || !left) return {};
      const fields: {readonly [name: string]: (segment: TcpSegment) => number} = {
        'tcp.seq_raw': ({seq}) => seq,
        'tcp.ack_raw': ({ack}) => ack,
        'tcp.window_size_value': ({window}) => window,
      };
      const field = fields[said.word('field')];
      if (!field) return {};
      return {
        'as it left': field(left) === said.number('sent'),
        'as it came': field(come.segment) === said.number('arrived'),
      };
    },
  ),
  row(
    '<host> has nothing to send that this could hold back',
    '<host>眼下没有要发的数据，不受影响',
    (said) => ({
      'what came says another window': said
        .came(said.host())
        .some(({event, segment}) => segmentOf(said.trace, event.packet)?.window !== segment.window),
      'all is acknowledged': said
        .connections(said.host(), 'after')
        .some(({snd, sendWaiting}) => snd.una === snd.nxt && sendWaiting.length === 0),
      'no data leave': said.sent(said.host()).every(({segment}) => segment.payload.length === 0),
    }),
  ),
  row(
    'it left as (?<flags>(?:(?:SYN|FIN|RST|PSH|ACK),?)+) seq=#seq(?: ack=#ack)?(?: len=\\d+)?; it arrives as',
    '发出时是 (?<flags>(?:(?:SYN|FIN|RST|PSH|ACK),?)+) seq=#seq(?: ack=#ack)?(?: len=\\d+)?，到达时是',
    (said) => ({
      'as it left': said.now('arrive').some(({packet}) => {
        const left = segmentOf(said.trace, packet);
        return (
          left !== undefined &&
          left.seq === said.number('seq') &&
          (!said.has('ack') || left.ack === said.number('ack')) &&
          flagsOf(left) === said.word('flags').replace('PSH,', '')
        );
      }),
    }),
  ),
  row(
    'it arrives as (?<flags>(?:(?:SYN|FIN|RST|PSH|ACK),?)+) seq=#seq(?: ack=#ack)?',
    '到达时是 (?<flags>(?:(?:SYN|FIN|RST|PSH|ACK),?)+) seq=#seq(?: ack=#ack)?',
    (said) => ({
      'seq as it came': said.came().some(({segment}) => segment.seq === said.number('seq')),
      'ack as it came': said.has('ack')
        ? said.came().some(({segment}) => segment.ack === said.number('ack'))
        : undefined,
      'flags as they came': said
        .came()
        .some(({segment}) => flagsOf(segment) === said.word('flags').replace('PSH,', '')),
    }),
  ),
  row(
    'nobody sees (?:what the fault would have done to it|(?<late>that the path was to hold it up)|(?<copy>the copy that the path was to make))',
    '为它设的故障也就看不出作用|网络本该(?:(?<late>拖住)|(?<copy>复制))它，现在也就看不出来',
    (said) => ({
      'it dies of something else': said
        .deaths()
        .some(
          ({reason}) =>
            !/check|malformed|ttl|too big|no such|no route/.test(reason) &&
            !(said.has('late') && reason === 'host down'),
        ),
      'a fault was to act on it, and it never comes': said
        .deaths()
        .some(
          ({packet}) =>
            said
              .ever('send')
              .some(
                (send) => send.packet === packet && send.faults.some((fault) => idleKind(said).test(fault)),
              ) &&
            [...said.past, ...said.future].every(
              (event) => event.kind !== 'arrive' || event.packet !== packet,
            ),
        ),
    }),
  ),
];
