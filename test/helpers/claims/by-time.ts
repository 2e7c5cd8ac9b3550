// What RACK takes for lost (RFC 8985 §6.2), judged by raw events.
import {segLen, type TcpSegment} from '../../../source/wire/tcp.ts';
import type {Facts, Said} from './said.ts';
import type {Passing} from './seen.ts';
import {isThing} from './thing.ts';

export const thanRepetition = {
  en: '(?: than packet #repetition, which repeated what is missing,)?',
  zh: '(?:比第 #repetition 个分组（先前的重传）)?',
};

type Numbers = {readonly seq: number; readonly end: number};

const numbersOf = (segment: TcpSegment): Numbers => ({seq: segment.seq, end: segment.seq + segLen(segment)});

/** An acknowledgment or a SACK block of anything there. */
const tells = ({ack, options}: TcpSegment, {seq, end}: Numbers): boolean => {
  const blocks = options.flatMap((option) => (option.kind === 'sack' ? option.blocks : []));
  return (
    ((ack - seq) | 0) > 0 || blocks.some(({left, right}) => ((right - seq) | 0) > 0 && ((end - left) | 0) > 0)
  );
};

const lastBefore = (own: readonly Passing[], {segment, event}: Passing): Passing | undefined => {
  const {seq, end} = numbersOf(segment);
  return own.findLast((each) => {
    const its = numbersOf(each.segment);
    return each.event.n < event.n && ((its.end - seq) | 0) > 0 && ((end - its.seq) | 0) > 0;
  });
};

/** Of what has been repeated before it is the last repetition that is lost. */
export const isOfRepetition = (said: Said): Facts => {
  const own = said.sentEver(said.host());
  const now = said.sent(said.host()).filter(({segment, event}) => isThing(said, segment, event.packet));
  return {
    'which sending of it is lost': now.some((each) => {
      const last = lastBefore(own, each)?.event;
      return said.has('repetition')
        ? last?.packet === said.number('repetition') && last.kind === 'send' && last.retransmission
        : !(last?.kind === 'send' && last.retransmission);
    }),
  };
};

/**
 * What left after the last sending of any of these numbers, and of what left with them what has higher ones (RFC 8985 §6.2,
 * RACK_sent_after); a large packet of an offloading host carries several segments, one that is sent again several that were lost.
 */
const sentAfter = (own: readonly Passing[], now: Passing): readonly Numbers[] => {
  const {end} = numbersOf(now.segment);
  const before = lastBefore(own, now);
  if (!before) return [];
  return own.flatMap((each): readonly Numbers[] => {
    const its = numbersOf(each.segment);
    if (each.event.atUs > before.event.atUs || each.event.n > before.event.n) return [its];
    return each.event.n === before.event.n && ((its.end - end) | 0) > 0 ? [{seq: end, end: its.end}] : [];
  });
};

/** What RACK goes by: of what left later something is acknowledged or SACKed. */
export const isOvertaken = (said: Said): Facts => {
  const own = said.sentEver(said.host());
  const heard = said.cameEver(said.host()).map(({segment}) => segment);
  const now = said.sent(said.host()).filter(({segment, event}) => isThing(said, segment, event.packet));
  return {
    'what left later is acknowledged or SACKed': now.some((each) =>
      sentAfter(own, each).some((later) => heard.some((ack) => tells(ack, later))),
    ),
  };
};

/** Since it ran out or was stopped it has been set more than once. */
const wasSetAnew = (said: Said, wanted: string): boolean =>
  said.now('timer', said.host()).some((fire) => {
    if (fire.op !== 'fire' || fire.name !== wanted) return false;
    const own = said
      .earlier('timer', said.host())
      .filter(({name, connection}) => name === wanted && connection === fire.connection);
    return own.length - 1 - own.findLastIndex(({op}) => op !== 'arm') > 1;
  });

/** Its time begins anew with what comes meanwhile (RFC 8985 §6.2). */
export const reorderingRan = (said: Said): Facts => {
  const fired = said.fired(said.host()).filter(({name}) => name === 'reordering');
  return {
    'it runs out': fired.length > 0,
    'how long': fired.some(({ranUs}) => said.isTime('wait', ranUs)),
    'whether it was set while it ran': wasSetAnew(said, 'reordering') === said.has('anew'),
    'when that was': said.has('anew')
      ? fired.some(({ranUs}) => said.isTime('anew', said.atUs - ranUs))
      : undefined,
  };
};
