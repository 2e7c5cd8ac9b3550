// Writes the sentences of the program's commentary, each from the facts about an event.

import {entriesOf, entryAt} from '../../account/entries.ts';
import {ipPacketOf, packetOf} from '../../account/packet.ts';
import {frameCome} from '../../account/told/come.ts';
import type {Facts, Saying, Told} from '../../account/told/facts.ts';
import type {Thing} from '../../account/told/packet-name.ts';
import type {Notice} from '../../account/told/path-facts.ts';
import {theHost, theHostFirst, who} from '../../lesson/host-names.ts';
import {type Text, worded, wordedWithNames} from '../../lesson/text.ts';
import {timeText} from '../../lesson/value.ts';
import type {Trace} from '../../sim/trace.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {icmpNames, icmpv6Names} from '../../words/catalogue/icmp.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {
  askedAgain,
  beyondEnd,
  callFails,
  challenges,
  closing,
  copied,
  crossedAgain,
  ends,
  handshake,
  heldUp,
  icmp,
  lost,
  marks,
  notices,
  ofEarlier,
  overtaken as overtakenText,
  power,
  refused,
  rst,
  things,
  toldUpTo,
  urgentApart,
} from '../../words/catalogue/told.ts';
import {lostText} from '../../words/fates.ts';
import {formatMoment} from '../../words/format.ts';
import {icmpName} from '../../words/icmp.ts';
import {packetList} from '../../words/message.ts';
import {alteredText} from './altered-text.ts';
import {againSentence} from './told-again.ts';
import {dataTexts, forgedText, type Texts} from './told-data.ts';
import {programTexts} from './told-programs.ts';
import {amongTwins, apartFirst, isMany, named, numbered} from './told-thing.ts';

/** Formats a time as the clock on the screen shows it; undefined without a time. */
const point = (us: number | undefined): string | undefined =>
  us === undefined ? undefined : formatMoment(us);

const refusedThing = (trace: Trace, thing: Thing, why: Facts['refusedSegment']['why']): Text =>
  (why === 'below' || why === 'window') && thing.what === 'ACK'
    ? numbered(trace, thing)
    : named(trace, thing);

const noticeText = (trace: Trace, notice: Notice, sender: string): Text => {
  const told = who(trace, 'host' in notice ? notice.host : sender);
  switch (notice.by) {
    case 'refusal':
      return wordedWithNames(notices.refusal, {
        ...{sender: theHost(trace, sender), type: notice.icmp?.type, code: notice.icmp?.code ?? 0},
      });
    case 'unheard':
      return wordedWithNames(notices.unheard, told);
    case 'keeper':
      return wordedWithNames(notices.keeper, {...told, sender: theHost(trace, sender)});
    case 'next':
      return worded(notices.next, {ack: notice.ack});
    case 'host':
      return wordedWithNames(notices.host, {...told, sender: theHost(trace, sender)});
    case 'timer':
    case 'peer': {
      const {timer, last} = notice;
      const said = {...told, timer, last, at: formatMoment(notice.atUs)};
      return notice.by === 'peer'
        ? wordedWithNames(notices.peer, said)
        : wordedWithNames(notices.timer, {
            ...{...said, data: notice.data, resent: notice.resent, next: point(notice.nextUs)},
          });
    }
    case 'prober':
      return wordedWithNames(notices.prober, {...told, at: formatMoment(notice.atUs), last: notice.last});
    case 'window':
    case 'asker':
      return wordedWithNames(notices[notice.by], {...told, at: formatMoment(notice.atUs)});
    case 'nobody':
      return notice.why === 'ack' || notice.why === 'rst'
        ? notices[notice.why]
        : wordedWithNames(notices[notice.why], told);
  }
};

/** Returns the key of the words on where a packet was lost. IPv6 has a hop limit where IPv4 has a TTL (RFC 8200 §3). */
const lossPlace = (
  trace: Trace,
  event: number,
  {fate, reason}: Pick<Facts['lost'], 'fate' | 'reason'>,
): string => {
  if (reason === 'fault' || reason === 'loss') return 'path';
  if (reason === 'no such host') return 'nobody';
  const place = fate.reason ?? reason;
  const drop = entryAt(trace, event);
  const source = drop.kind === 'drop' ? ipPacketOf(packetOf(trace, drop.packet))?.src : undefined;
  return place === 'ttl' && source?.includes(':') ? 'hops' : place;
};

/** Returns the destination address of a lost packet as it was on the packet's last link; undefined if the event is no loss. */
const destinationOf = (trace: Trace, event: number): string | undefined => {
  const drop = entryAt(trace, event);
  if (drop.kind !== 'drop') return undefined;
  const arrival = [...entriesOf(trace, 'arrive')].findLast(
    ({n, packet}) => n < event && packet === drop.packet,
  );
  return ipPacketOf(arrival ? {frame: frameCome(trace, arrival)} : packetOf(trace, drop.packet))?.dst;
};

const lostSentence = (
  {
    event,
    thing,
    fate,
    reason,
    sender,
    notice,
    copy,
    passedOnBy,
    by,
    others,
    repeated,
    ...facts
  }: Facts['lost'],
  trace: Trace,
): Text => {
  return wordedWithNames(lost, {
    thing: copy ? worded(things.copy, {packet: thing.packet}) : apartFirst(trace, thing, by),
    why: lostText(fate),
    where: passedOnBy === undefined ? lossPlace(trace, event, {fate, reason}) : 'beyond',
    keeper: theHost(trace, passedOnBy ?? sender),
    router: theHost(trace, entryAt(trace, event).host),
    address: destinationOf(trace, event) ?? '',
    more: others.length,
    named: inEvery((language) => packetList(others, language)),
    last: others.at(-1) ?? 0,
    ...{repeated: repeated.length, again: repeated[0] ?? 0},
    notice: noticeText(trace, notice, sender),
    idle: facts.idle,
    altered: facts.altered,
  });
};

const rstTexts = {
  'no listener': rst.noListener,
  'no connection': rst.noConnection,
  'no reader': rst.noReader,
  'across fin': rst.acrossFin,
  unread: rst.unread,
  'bad ack': rst.badAck,
};

const refusedSentence = (
  {host, peer, thing, why, port = 0, restartsUs, ...facts}: Facts['refusedSegment'],
  trace: Trace,
): Text => {
  const {what, ack, seq} = thing;
  const told = {thing: refusedThing(trace, thing, why), what, ack, seq, many: isMany(thing), ...facts, port};
  const names = {...who(trace, host), peer: theHost(trace, peer)};
  const text = wordedWithNames(refused[why], {...names, ...told});
  if (restartsUs === undefined) return text;
  const linux = what !== 'FIN' && !thing.fin;
  return wordedWithNames(refused.restarts, {text, at: formatMoment(restartsUs), linux});
};

const copiedSentence = ({packet, event, apart, idle}: Facts['copied'], trace: Trace): Text => {
  const arrival = apart === 'altered' ? entryAt(trace, event) : undefined;
  const change =
    arrival?.kind === 'arrive' && arrival.altered
      ? alteredText(trace, {...arrival, isCopy: true}, arrival.altered)
      : undefined;
  return wordedWithNames(copied, {packet, idle, change, whole: apart === 'whole'});
};

const unawareText = (trace: Trace, host: string | undefined): Text | undefined =>
  host === undefined ? undefined : theHostFirst(trace, host);

/** Returns the arguments of a sentence on an end's own FIN: its sequence number if it has been sent, otherwise what it waits for. */
const ownFin = ({seq, behind, waits}: Pick<Facts['closes'], 'seq' | 'behind' | 'waits'>) => ({
  ...{seq: seq ?? 0, behind},
  waits: seq === undefined ? (waits ?? 'else') : behind > 0 ? 'behind' : 'sent',
});

const peerClosesSentence = ({host, peer, forged, ...facts}: Facts['peerCloses'], trace: Trace): Text => {
  const {ack, late, closes, tells, byte, opens} = facts;
  const isShort = forged !== undefined || late !== undefined;
  return wordedWithNames(closing.peerCloses, {
    ...{...who(trace, host), peer: theHost(trace, peer), ...facts, ack: ack ?? 0, byte: byte ?? 0},
    forged: forgedText(trace, {host, peer, forged}),
    believes: forged === undefined || opens !== undefined ? 'none' : tells ? 'told' : 'untold',
    answer: ack === undefined ? 'none' : byte !== undefined ? 'counts' : isShort ? 'short' : 'whole',
    stays: !closes && opens === undefined,
  });
};

/**
 * Returns the key of the words on the TCP states of both ends when a run is cut: `alone` if the other end has no such connection,
 * `replaced` if another host then listens under its address.
 */
const statesAtCut = ({state, peerState, inPlace}: Pick<Facts['cut'], 'state' | 'peerState' | 'inPlace'>) => {
  if (peerState === undefined) return inPlace ? 'replaced' : 'alone';
  return state === peerState ? 'same' : 'other';
};

/**
 * The functions that write the commentary's sentences, by kind of fact. Hosts are named in both languages; other facts are used as they
 * are.
 */
const texts: Texts = {
  ...dataTexts,
  ...programTexts,
  lost: lostSentence,
  again: againSentence,
  crossedAgain: ({host, seq}, trace) => wordedWithNames(crossedAgain, {...who(trace, host), seq}),
  askedAgain: ({host, peer, type, waitUs, replied, same, id}, trace) =>
    wordedWithNames(askedAgain, {
      ...{wait: timeText(waitUs), replied, who: theHost(trace, host), peer: theHost(trace, peer)},
      ...{same, id, type: typeName(type)},
    }),
  altered: ({event, idle}, trace) => {
    const arrival = entryAt(trace, event);
    return arrival.kind === 'arrive' && arrival.altered
      ? alteredText(trace, {...arrival, idle}, arrival.altered)
      : copiedSentence({packet: 0, event, apart: undefined, idle: false}, trace);
  },
  copied: copiedSentence,
  heldUp: ({thing, agoUs, overtaken, of, isLate, by, idle}, trace) => {
    const told = {thing: apartFirst(trace, thing, by), overtaken, of, idle};
    return isLate
      ? wordedWithNames(heldUp, {...told, ago: timeText(agoUs)})
      : wordedWithNames(overtakenText, told);
  },
  refusedSegment: refusedSentence,
  opens: ({host, peer, ...facts}, trace) =>
    wordedWithNames(handshake.opens, {...who(trace, host), peer: theHost(trace, peer), ...facts}),
  answersSyn: ({host, ...facts}, trace) =>
    wordedWithNames(handshake.answersSyn, {...who(trace, host), ...facts}),
  synsCross: ({host}, trace) => wordedWithNames(handshake.synsCross, who(trace, host)),
  opened: ({host, peer, first, ack, altered}, trace) =>
    wordedWithNames(handshake.opened, {
      ...{...who(trace, host), peer: theHost(trace, peer), ack: ack ?? 0},
      reply: ack === undefined ? 'none' : altered ? 'altered' : first ? 'first' : 'later',
    }),
  accepts: ({host, peer, leftUs, ...facts}, trace) =>
    wordedWithNames(handshake.accepts, {
      ...{...who(trace, host), peer: theHost(trace, peer), ...facts, left: point(leftUs)},
    }),
  closes: ({host, seq, behind, waits, idle}, trace) =>
    wordedWithNames(closing.closes, {
      ...{...who(trace, host), ...ownFin({seq, behind, waits})},
      ...{idle: idle && timeText(idle.us), answered: idle?.answered ?? false},
    }),
  takesConnections: ({host, ...facts}, trace) =>
    wordedWithNames(handshake.takesConnections, {...who(trace, host), ...facts}),
  peerCloses: peerClosesSentence,
  takesSynAlone: ({host, ...facts}, trace) =>
    wordedWithNames(handshake.takesSynAlone, {...who(trace, host), ...facts}),
  ignoresText: ({host, peer, thing}, trace) =>
    wordedWithNames(closing.ignoresText, {
      ...{...who(trace, host), peer: theHost(trace, peer)},
      thing: named(trace, thing),
    }),
  closesToo: ({host, seq, behind, waits, ack, taken}, trace) =>
    wordedWithNames(closing.closesToo, {
      ...{...who(trace, host), ...ownFin({seq, behind, waits}), ack: ack ?? 0},
      until: seq === undefined ? 'none' : ack === undefined ? 'fin' : 'all',
      taken: taken === undefined ? undefined : theHost(trace, taken),
    }),
  finAcknowledged: ({host, kept}, trace) =>
    wordedWithNames(closing.finAcknowledged, {...who(trace, host), kept}),
  closing: ({host, peer, forged}, trace) =>
    wordedWithNames(closing.closing, {
      ...who(trace, host),
      forged: forgedText(trace, {host, peer, forged}),
    }),
  waits: ({host, peer, by, untilUs, forged}, trace) =>
    wordedWithNames(closing.waits, {
      ...who(trace, host),
      peer: theHost(trace, peer),
      ...{by, forged: forgedText(trace, {host, peer, forged}) ?? ''},
      begins: forged === undefined ? by : by === 'ack' ? 'taken' : 'forged',
      until: point(untilUs),
    }),
  waitsAnew: ({host, untilUs}, trace) =>
    wordedWithNames(closing.waitsAnew, {...who(trace, host), at: formatMoment(untilUs)}),
  finished: ({host, taken}, trace) =>
    wordedWithNames(closing.finished, {
      ...who(trace, host),
      taken: taken === undefined ? undefined : theHost(trace, taken),
    }),
  waitOver: ({host, from, ...facts}, trace) =>
    wordedWithNames(closing.waitOver, {
      ...{...who(trace, host), ...facts},
      from: from === 'TIME-WAIT' ? 'TIMEWAIT' : from,
    }),
  skipsWait: ({host}, trace) => wordedWithNames(closing.skipsWait, who(trace, host)),
  listensAgain: ({host, ...facts}, trace) =>
    wordedWithNames(closing.listensAgain, {...who(trace, host), ...facts}),
  givesUp: ({host, ...facts}, trace) => wordedWithNames(closing.givesUp, {...who(trace, host), ...facts}),
  refusedOpen: ({host, error, unaware}, trace) =>
    wordedWithNames(closing.refusedOpen, {...who(trace, host), error, unaware: unawareText(trace, unaware)}),
  reset: ({host, from, unaware, ...facts}, trace) =>
    wordedWithNames(closing.reset, {
      ...{...who(trace, host), ...facts, from},
      ...{waits: from === 'TIME-WAIT', unaware: unawareText(trace, unaware)},
    }),
  aborts: ({host, rst, unheard}, trace) =>
    wordedWithNames(closing.aborts, {
      ...{...who(trace, host), rst, at: point(unheard?.dueUs) ?? ''},
      waited: unheard && timeText(unheard.waitedUs),
    }),
  closesEarly: ({host, unaware, ...facts}, trace) =>
    wordedWithNames(closing.closesEarly, {
      ...{...who(trace, host), ...facts},
      peer: unaware === undefined ? undefined : theHost(trace, unaware),
    }),
  answersRst: ({host, why, after, port, thing, twin, goneUs, cookie}, trace) =>
    wordedWithNames(rstTexts[why], {
      ...{...who(trace, host), after, port},
      ack: thing?.ack ?? 0,
      gone: point(goneUs),
      ...{cookie: cookie?.wrong, seq: thing?.seq ?? 0, syn: cookie?.of ?? 0},
      thing: thing ? amongTwins(trace, thing, twin) : theHost(trace, host),
    }),
  callFails: ({host, sinceUs, ...facts}, trace) =>
    wordedWithNames(callFails, {...who(trace, host), ...facts, since: point(sinceUs)}),
  beyondEnd: ({packet, what, atUs, router}, trace) =>
    wordedWithNames(beyondEnd, {
      ...{packet, what, at: formatMoment(atUs), cut: trace.endReason === 'budget'},
      router: router === undefined ? undefined : theHost(trace, router),
    }),
  ofEarlier: ({host, thing}, trace) =>
    wordedWithNames(ofEarlier, {...who(trace, host), what: thing.what, many: isMany(thing)}),
  urgentApart: ({host, byte}, trace) => wordedWithNames(urgentApart, {...who(trace, host), byte}),
  challenges: ({host, thing}, trace) =>
    wordedWithNames(challenges, {...who(trace, host), thing: named(trace, thing)}),
  icmp: ({host, peer, filtered, noted, type, code, v6, error, waits}, trace) =>
    wordedWithNames(icmp, {
      ...{
        host: theHost(trace, host),
        first: theHostFirst(trace, host),
        peer: theHostFirst(trace, peer),
        ...{filtered, noted, error},
      },
      ...{waiter: theHost(trace, waits?.host ?? host), at: point(waits?.atUs) ?? ''},
      waits: waits && (waits.host === host ? 'itself' : 'other'),
      name: icmpName(v6 ? icmpv6Names : icmpNames, {type, code}) ?? `${type}/${code}`,
    }),
  sendsCookie: ({host, seq, full}, trace) =>
    wordedWithNames(handshake.sendsCookie, {...who(trace, host), seq, full}),
  takesCookie: ({host, ack}, trace) => wordedWithNames(handshake.takesCookie, {...who(trace, host), ack}),
  echoesMark: ({host}, trace) => wordedWithNames(marks.echoes, who(trace, host)),
  heedsEcho: ({host, ssthresh}, trace) => wordedWithNames(marks.heeds, {...who(trace, host), ssthresh}),
  link: ({host, peer, passes, underWay}, trace) => {
    const names = {host: theHost(trace, host), peer: theHost(trace, peer), underWay};
    return passes ? wordedWithNames(power.linkUp, names) : wordedWithNames(power.linkDown, names);
  },
  stays: ({host, peer, state, peerState, open, vain, inPlace}, trace) => {
    const names = {...who(trace, host), peer: theHost(trace, peer), state};
    return peerState === undefined
      ? wordedWithNames(ends.keeps, {...names, inPlace: inPlace && theHost(trace, inPlace)})
      : wordedWithNames(ends.stay, {
          ...{...names, peerState, same: state === peerState, open},
          ...{closer: vain && theHost(trace, vain.host), call: vain?.call ?? '', error: vain?.error ?? ''},
          at: point(vain?.atUs) ?? '',
        });
  },
  cut: ({host, peer, timer, inPlace, peerState, ...facts}, trace) =>
    wordedWithNames(ends.cut, {
      ...{...who(trace, host), peer: theHost(trace, peer), ...facts, peerState: peerState ?? ''},
      states: statesAtCut({state: facts.state, peerState, inPlace}),
      inPlace: inPlace ? theHost(trace, inPlace) : '',
      ...{owner: theHost(trace, timer?.owner ?? host), at: point(timer?.atUs)},
    }),
  crashes: ({host, back, had}, trace) =>
    wordedWithNames(back ? power.up : power.down, {...who(trace, host), had}),
};

const written = <Kind extends Saying>(says: Kind, facts: Facts[Kind], trace: Trace): Text =>
  texts[says](facts, trace);

export const toldText = (trace: Trace, {says, facts, goesOn}: Told): Text => {
  const text = written(says, facts, trace);
  return goesOn ? worded(toldUpTo, {text, lost: says === 'lost'}) : text;
};
