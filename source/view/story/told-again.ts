// Writes the account's sentences on retransmissions.
import type {Facts} from '../../account/told/facts.ts';
import {theHost, who} from '../../lesson/host-names.ts';
import {type Text, wordedWithNames} from '../../lesson/text.ts';
import {timeText} from '../../lesson/value.ts';
import type {Trace} from '../../sim/trace.ts';
import {inEvery} from '../../words/catalogue/language.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {again} from '../../words/catalogue/told.ts';
import {formatMoment} from '../../words/format.ts';
import {packetList} from '../../words/message.ts';
import {isMany, named} from './told-thing.ts';

const whyAgain = (
  {host, thing, why, waitUs, anewUs, dueUs, begins, cwnd, ...facts}: Facts['again'],
  trace: Trace,
): Text => {
  const isSaid = begins && (why === 'later' || why === 'waited');
  const falls = cwnd && wordedWithNames(again.cwnd, {...cwnd, begins: isSaid, host: theHost(trace, host)});
  const said = {
    ...who(trace, host),
    thing: named(trace, thing),
    many: isMany(thing),
    cwnd: falls,
    seq: thing.seq,
    begins,
  };
  if (why !== 'timer' && why !== 'probe' && why !== 'waited')
    return wordedWithNames(again[why], {...said, ...facts});
  if (waitUs === undefined) return wordedWithNames(again.other, said);
  const due = dueUs === undefined ? undefined : formatMoment(dueUs);
  const anew = anewUs === undefined ? undefined : formatMoment(anewUs);
  return wordedWithNames(again[why], {...said, wait: timeText(waitUs), anew, due, ...facts});
};

const othersText = (others: Facts['again']['others']): Text | undefined => {
  const {packets, range, marked, needless} = others;
  const last = packets.at(-1);
  if (last === undefined) return undefined;
  const named = inEvery((language) => packetList(packets, language));
  return wordedWithNames(again.others, {
    ...{more: packets.length, named, last, marked, needless},
    ...{bytes: range?.bytes ?? 0, seq: range?.seq ?? 0},
  });
};

/**
 * Returns the sentence that a retransmission was needless, or that the connection was refused; undefined if neither applies. `known`: the
 * sentence before has already said that the ACK was dropped.
 */
const needlessText = (
  {needless, peer, thing, late, why, thrown, refused, bearers}: Facts['again'],
  trace: Trace,
): Text | undefined => {
  if (refused) return wordedWithNames(again.refused, {...who(trace, peer), many: isMany(thing)});
  if (!needless) return undefined;
  return wordedWithNames(again.needless, {
    needless: needless === 'thrown' && why === 'probe' && thrown ? 'known' : needless,
    peer: theHost(trace, peer),
    what: thing.what,
    many: isMany(thing),
    late: late?.packet,
    bearers: bearers?.packets.length ?? 0,
    named: inEvery((language) => packetList(bearers?.packets ?? [], language)),
    last: bearers?.packets.at(-1) ?? 0,
    ended: bearers?.ended ?? 'lost',
    coming: bearers?.coming ?? false,
    timer: late?.byTimer ?? false,
  });
};

/** Returns the facts on a retransmission without its forged source if the forger is the host that the sentence is about, and so known. */
const ofSender = (facts: Facts['again']): Facts['again'] =>
  facts.thing.forged?.by === facts.host ? {...facts, thing: {...facts.thing, forged: undefined}} : facts;

export const againSentence = (all: Facts['again'], trace: Trace): Text => {
  const facts = ofSender(all);
  return [needlessText(facts, trace), othersText(facts.others)].reduce<Text>(
    (before, next) =>
      next
        ? inEvery((language) => `${before[language]}${punctuation.space[language]}${next[language]}`)
        : before,
    whyAgain(facts, trace),
  );
};
