// The sentences of the account's voice: each is made of the facts that it was told with.

import {entryAt} from '../../account/entries.ts';
import type {AgainBecause, Facts, Notice, Saying, Thing, Told} from '../../account/told/facts.ts';
import {type Message, type Text, wordedWithNames} from '../../lesson/text.ts';
import {valueText} from '../../lesson/value.ts';
import type {Trace} from '../../sim/trace.ts';
import {icmpNames, icmpv6Names} from '../../words/catalogue/icmp.ts';
import {
  again,
  challenges,
  closing,
  copied,
  crossedAgain,
  handshake,
  icmp,
  lost,
  notices,
  power,
  refused,
  rst,
  things,
} from '../../words/catalogue/told.ts';
import {lostText} from '../../words/fates.ts';
import {formatTime} from '../../words/format.ts';
import {icmpName} from '../../words/icmp.ts';
import {theHost, theHostFirst} from '../ladder/scene-hosts.ts';
import {alteredText} from './altered-text.ts';
import {askedAgain} from './asked-again.ts';
import {dataTexts} from './told-data.ts';
import {programTexts} from './told-programs.ts';

/** A duration, and a point of time as the screen has it. */
const lasting = (us: number): string => valueText({kind: 'time', us});
const point = (us: number | undefined): string | undefined => (us === undefined ? undefined : formatTime(us));

const named = (thing: Thing): Text => wordedWithNames(things.named, thing);

/** Both forms of a host's name. */
const who = (host: string) => ({host: theHost(host), first: theHostFirst(host)});

type Names = ReturnType<typeof who>;

type Nobody = Exclude<Extract<Notice, {by: 'nobody'}>['why'], 'ack' | 'rst'>;
const waitTexts: {readonly [by in 'peer' | 'asker']: Message<Names & {at: string}>} = notices;
const nobodyTexts: {readonly [why in Nobody]: Message<Names>} = notices;

const noticeText = (notice: Notice, sender: string): Text => {
  const told = who(notice.by === 'refusal' || notice.by === 'nobody' ? sender : notice.host);
  switch (notice.by) {
    case 'refusal':
      return wordedWithNames(notices.refusal, {sender: theHost(sender)});
    case 'host':
      return wordedWithNames(notices.host, {...told, sender: theHost(sender)});
    case 'timer':
      return wordedWithNames(notices.timer, {...told, data: notice.data, at: formatTime(notice.atUs)});
    case 'peer':
    case 'asker':
      return wordedWithNames(waitTexts[notice.by], {...told, at: formatTime(notice.atUs)});
    case 'nobody':
      return notice.why === 'ack' || notice.why === 'rst'
        ? notices[notice.why]
        : wordedWithNames(nobodyTexts[notice.why], told);
  }
};

const lostSentence = ({thing, fate, reason, sender, notice}: Facts['lost']): Text =>
  wordedWithNames(lost, {
    thing: wordedWithNames(things.lost, thing),
    why: lostText(fate),
    where: reason === 'fault' || reason === 'loss' ? 'path' : reason,
    notice: noticeText(notice, sender),
  });

type Again = Names & {thing: Text; seq: number; cwnd: Text | undefined};
const againTexts: {readonly [why in Exclude<AgainBecause, 'timer'>]: Message<Again>} = again;

const againSentence = ({host, thing, why, waitUs, dueUs, doubled, cwnd}: Facts['again']): Text => {
  const falls = cwnd && wordedWithNames(again.cwnd, cwnd);
  const said = {...who(host), thing: named(thing), cwnd: falls, seq: thing.seq};
  if (why !== 'timer') return wordedWithNames(againTexts[why], said);
  return waitUs === undefined
    ? wordedWithNames(again.other, said)
    : wordedWithNames(again.timer, {...said, wait: lasting(waitUs), due: point(dueUs), doubled});
};

const rstTexts: {
  readonly [why in Facts['answersRst']['why']]: Message<{host: Text; first: Text; port: number; thing: Text}>;
} = {
  'no listener': rst.noListener,
  'no connection': rst.noConnection,
  'no reader': rst.noReader,
  unread: rst.unread,
  'bad ack': rst.badAck,
};

type Refused = Names & {thing: Text; answers: number | undefined; again: boolean};
const refusedTexts: {readonly [why in Facts['refusedSegment']['why']]: Message<Refused>} = refused;

type Texts = {readonly [Kind in Saying]: (facts: Facts[Kind], trace: Trace) => Text};

/** Sentences that take the hosts by both names, and the other facts as they are. */
const texts: Texts = {
  ...dataTexts,
  ...programTexts,
  lost: lostSentence,
  again: againSentence,
  crossedAgain: ({host, seq}) => wordedWithNames(crossedAgain, {...who(host), seq}),
  askedAgain: ({packet}, trace) => askedAgain(trace, packet) ?? wordedWithNames(copied, {packet}),
  altered: ({event}, trace) => {
    const arrival = entryAt(trace, event);
    return arrival.kind === 'arrive' && arrival.altered
      ? alteredText(trace, arrival, arrival.altered)
      : wordedWithNames(copied, {packet: 0});
  },
  copied: ({packet}) => wordedWithNames(copied, {packet}),
  refusedSegment: ({host, thing, why, answers, again: isAgain}) =>
    wordedWithNames(refusedTexts[why], {...who(host), thing: named(thing), answers, again: isAgain}),
  opens: ({host, peer, seq}) => wordedWithNames(handshake.opens, {...who(host), peer: theHost(peer), seq}),
  answersSyn: ({host, ...facts}) => wordedWithNames(handshake.answersSyn, {...who(host), ...facts}),
  synsCross: ({host}) => wordedWithNames(handshake.synsCross, who(host)),
  opened: ({host, peer, first, ack}) =>
    wordedWithNames(handshake.opened, {...who(host), peer: theHost(peer), first2: first, ack}),
  accepts: ({host, peer, ...facts}) =>
    wordedWithNames(handshake.accepts, {...who(host), peer: theHost(peer), ...facts}),
  closes: ({host, seq}) => wordedWithNames(closing.closes, {...who(host), seq}),
  peerCloses: ({host, peer, ack, late}) =>
    wordedWithNames(closing.peerCloses, {...who(host), peer: theHost(peer), ack, late}),
  closesToo: ({host, seq}) => wordedWithNames(closing.closesToo, {...who(host), seq}),
  finAcknowledged: ({host}) => wordedWithNames(closing.finAcknowledged, who(host)),
  closing: ({host}) => wordedWithNames(closing.closing, who(host)),
  waits: ({host, peer, by, untilUs}) =>
    wordedWithNames(closing.waits, {...who(host), peer: theHost(peer), by, until: point(untilUs)}),
  finished: ({host}) => wordedWithNames(closing.finished, who(host)),
  waitOver: ({host, from}) =>
    wordedWithNames(closing.waitOver, {...who(host), from: from === 'TIME-WAIT' ? 'TIMEWAIT' : from}),
  skipsWait: ({host}) => wordedWithNames(closing.skipsWait, who(host)),
  listensAgain: ({host, by}) => wordedWithNames(closing.listensAgain, {...who(host), by}),
  givesUp: ({host, error}) => wordedWithNames(closing.givesUp, {...who(host), error}),
  refusedOpen: ({host, error}) => wordedWithNames(closing.refusedOpen, {...who(host), error}),
  reset: ({host, ...facts}) => wordedWithNames(closing.reset, {...who(host), ...facts}),
  aborts: ({host, rst}) => wordedWithNames(closing.aborts, {...who(host), rst}),
  closesEarly: ({host}) => wordedWithNames(closing.closesEarly, who(host)),
  answersRst: ({host, why, port, thing}) =>
    wordedWithNames(rstTexts[why], {...who(host), port, thing: thing ? named(thing) : theHost(host)}),
  challenges: ({host, thing}) => wordedWithNames(challenges, {...who(host), thing: named(thing)}),
  icmp: ({host, peer, type, code, v6, error}) =>
    wordedWithNames(icmp, {
      ...{host: theHost(host), peer: theHostFirst(peer), error},
      name: icmpName(v6 ? icmpv6Names : icmpNames, {type, code}) ?? `${type}/${code}`,
    }),
  crashes: ({host, back}) => wordedWithNames(back ? power.up : power.down, who(host)),
};

const written = <Kind extends Saying>(says: Kind, facts: Facts[Kind], trace: Trace): Text =>
  texts[says](facts, trace);

export const toldText = (trace: Trace, {says, facts}: Told): Text => written(says, facts, trace);
