// Writes the sentences of the program's commentary on retransmissions.
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
  const falls = cwnd && wordedWithNames(again.cwnd, {...who(trace, host), ...cwnd});
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

/** Returns the key of the sentence that a retransmission was needless. `known`: the sentence before has already said that the ACK was dropped. */
const needlessKey = ({needless, late, why, thrown, bearers}: Facts['again']): keyof typeof again.needless => {
  if (needless === 'late') return late ? 'lateNamed' : 'late';
  if (needless === 'acknowledged') return 'acknowledged';
  if (needless === 'thrown' && why === 'probe' && thrown) return 'known';
  if (bearers && bearers.packets.length > 0) return 'carried';
  if (bearers?.coming) return 'coming';
  return needless === 'thrown' ? 'thrown' : 'missing';
};

/** Returns the sentence that a retransmission was needless, or that the connection was refused; undefined if neither applies. */
const needlessText = (facts: Facts['again'], trace: Trace): Text | undefined => {
  const {needless, peer, thing, late, refused, bearers} = facts;
  if (refused) return wordedWithNames(again.refused, who(trace, peer));
  if (!needless) return undefined;
  return wordedWithNames(again.needless[needlessKey(facts)], {
    peer: theHost(trace, peer),
    what: thing.what,
    late: late?.packet ?? 0,
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
