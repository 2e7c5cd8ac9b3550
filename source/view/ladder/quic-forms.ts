// What a datagram says of QUIC on a line, from whole to shortest.
import {type Hand, quicText} from '../../account/notation.ts';
import type {QuicFramePart, QuicPart} from '../../account/part.ts';

type Packet = QuicPart['packets'][number];

const isServing = ({frame}: QuicFramePart): boolean =>
  !['CRYPTO', 'STREAM', 'HTTP', 'CONNECTION_CLOSE'].includes(frame);

/** Without what serves the connection alone, if there is anything else. */
const terse = ({frames, ...packet}: Packet): Packet => {
  const kept = frames?.filter((each) => !isServing(each));
  return {...packet, frames: kept && (kept.length > 0 ? kept : frames?.slice(0, 1))};
};

/** That a connection was closed has to be said; why has not always the room. */
const withoutCodes = ({frames, ...packet}: Packet): Packet => ({
  ...packet,
  frames: frames?.map((each) => (each.frame === 'CONNECTION_CLOSE' ? {...each, code: ''} : each)),
});

export const quicForms = (part: QuicPart, hand: Hand): readonly [string, ...string[]] => {
  const told = {...part, packets: part.packets.map(terse)};
  const short: Hand = {...hand, site: (name) => ` (${name})`};
  const nameless: Hand = {...hand, site: () => ''};
  return [
    quicText(part, hand),
    quicText(told, short),
    quicText(told, short, true),
    quicText(told, nameless, true),
    quicText({...told, packets: told.packets.map(withoutCodes)}, nameless, true),
    part.packets.map(({type}) => type).join('+'),
  ];
};
