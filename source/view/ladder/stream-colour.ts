// Chooses the colour of an HTTP/2 or QUIC stream by a number (RFC 9113 §5.1.1, RFC 9000 §2.1): neighbouring streams of a connection get
// different colours.
import type {CarriedPart, QuicPart} from '../../account/part.ts';
import type {Role} from '../span.ts';

/**
 * Returns the place of an HTTP/2 or QUIC stream among those that carry requests, counted from 0; undefined for streams that serve the
 * connection.
 */
const http2Place = (id: number): number | undefined => (id === 0 ? undefined : id >> 1);
const quicPlace = (id: number): number | undefined => (id % 4 === 0 ? id / 4 : undefined);

const placesIn = (said: CarriedPart | QuicPart): readonly (number | undefined)[] => {
  switch (said.kind) {
    case 'http2':
      return said.frames.map(({stream}) => http2Place(stream));
    case 'records':
      return said.opened.flatMap(({parts}) =>
        parts.flatMap((part) => (part.kind === 'http2' ? placesIn(part) : [])),
      );
    case 'quic':
      return said.packets.flatMap(({frames = []}) =>
        frames.map((each) => ('stream' in each ? quicPlace(each.stream) : undefined)),
      );
    default:
      return [];
  }
};

/**
 * Returns the place, among the connection's streams, of the only HTTP/2 or QUIC stream that a packet's content is about; undefined if it is
 * about none or several.
 */
export const streamOf = (said: CarriedPart | QuicPart): number | undefined => {
  const places = new Set(placesIn(said).filter((place) => place !== undefined));
  const [place] = places;
  return places.size === 1 ? place : undefined;
};

const roles: readonly Role[] = ['control', 'data', 'third'];

export const streamRole = (place: number): Role => roles[place % roles.length] ?? 'control';
