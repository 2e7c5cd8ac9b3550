// Writes the label of a QUIC datagram, in forms from the whole to the shortest.
import {type Hand, quicText} from '../../account/notation.ts';
import type {QuicFramePart, QuicPart} from '../../account/part.ts';

type Packet = QuicPart['packets'][number];

const isServing = ({frame}: QuicFramePart): boolean =>
  !['CRYPTO', 'STREAM', 'HTTP', 'CONNECTION_CLOSE'].includes(frame);

/** Returns a QUIC packet without the frames that only serve the connection; if it has no others, with the first of them. */
const terse = ({frames, ...packet}: Packet): Packet => {
  const kept = frames?.filter((each) => !isServing(each));
  return {...packet, frames: kept && (kept.length > 0 ? kept : frames?.slice(0, 1))};
};

/** Returns a QUIC datagram with only the first frame of each QUIC packet, for a shorter label. */
const firstFrames = (part: QuicPart): QuicPart => ({
  ...part,
  packets: part.packets.map(({frames, ...packet}) => ({...packet, frames: frames?.slice(0, 1)})),
});

const framesOf = ({packets}: QuicPart): number =>
  packets.reduce((sum, {frames}) => sum + (frames?.length ?? 0), 0);

/**
 * Returns a QUIC packet whose CONNECTION_CLOSE frames have no error codes, for a label that must show the close but may have no room for
 * its reason.
 */
const withoutCodes = ({frames, ...packet}: Packet): Packet => ({
  ...packet,
  frames: frames?.map((each) => (each.frame === 'CONNECTION_CLOSE' ? {...each, code: ''} : each)),
});

export const quicForms = (part: QuicPart, hand: Hand): readonly [string, ...string[]] => {
  const told = {...part, packets: part.packets.map(terse)};
  const short: Hand = {...hand, site: (name) => ` (${name})`};
  const nameless: Hand = {...hand, site: () => ''};
  const codeless = {...told, packets: told.packets.map(withoutCodes)};
  const first = firstFrames(codeless);
  const more = framesOf(first) < framesOf(codeless);
  return [
    quicText(part, hand),
    quicText(told, short),
    quicText(told, short, true),
    quicText(told, nameless, true),
    quicText(codeless, nameless, true),
    ...(more ? [hand.begins(quicText(first, nameless, true))] : []),
    part.packets.map(({type}) => type).join('+'),
  ];
};
