// Fast Open cookies: the option that carries one (RFC 7413 §4.1.1), and how a server makes and checks them (§4.1.2; Linux, tcp_fastopen.c).
import {parseIpAddress} from '../../wire/ip-address.ts';
import type {TcpOption} from '../../wire/tcp.ts';
import type {Socket} from './effect.ts';
import {sipHash} from './siphash.ts';

export const FAST_OPEN = 34;
/** The option number and the magic number by which SYNs carried Fast Open cookies while the option was experimental (RFC 6994). */
export const EXPERIMENTAL = 254;
export const MAGIC = [0xf9, 0x89];
const LEAST_COOKIE = 4;
const MOST_COOKIE = 16;
const KEY_OCTETS = 16;

/** The Fast Open option of a SYN. An empty cookie asks for one; `experimental` means that it has the old number. */
export type CookieOption = {readonly cookie: Uint8Array; readonly experimental: boolean};

export function cookieOption({cookie, experimental}: CookieOption): readonly TcpOption[] {
  const data = Uint8Array.from([...(experimental ? MAGIC : []), ...cookie]);
  const pads: readonly TcpOption[] = (data.length & 3) === 0 ? [{kind: 'nop'}, {kind: 'nop'}] : [];
  return [{kind: 'raw', type: experimental ? EXPERIMENTAL : FAST_OPEN, data}, ...pads];
}

/**
 * Returns the Fast Open option of a SYN or SYN,ACK, the last one of several; undefined if there is none. A cookie with an odd size, or a
 * last one with a forbidden size, counts as none.
 */
export function cookieOptionIn(options: readonly TcpOption[]): CookieOption | undefined {
  let found: CookieOption | undefined;
  for (const option of options) {
    if (option.kind !== 'raw') continue;
    const experimental =
      option.type === EXPERIMENTAL && MAGIC.every((octet, at) => option.data[at] === octet);
    if (option.type !== FAST_OPEN && !experimental) continue;
    const cookie = option.data.slice(experimental ? MAGIC.length : 0);
    if (cookie.length % 2 !== 0) continue;
    const fits = cookie.length === 0 || (cookie.length >= LEAST_COOKIE && cookie.length <= MOST_COOKIE);
    found = fits ? {cookie, experimental} : undefined;
  }
  return found;
}

/**
 * Parses the Fast Open keys of tcp_fastopen_key: one key or two with a comma between them, each of four hexadecimal 32-bit numbers, whose
 * octets are in little-endian order. Undefined if the text is invalid.
 */
export function keysOf(text: string): readonly Uint8Array[] | undefined {
  const keys = text.split(',').map((key) => {
    const numbers = key.trim().split('-');
    if (numbers.length !== 4 || !numbers.every((each) => /^[0-9a-fA-F]{1,8}$/.test(each))) return undefined;
    const view = new DataView(new ArrayBuffer(KEY_OCTETS));
    for (const [index, each] of numbers.entries()) view.setUint32(4 * index, Number(`0x${each}`), true);
    return new Uint8Array(view.buffer);
  });
  const known = keys.filter((key) => key !== undefined);
  return known.length === keys.length && keys.length <= 2 ? known : undefined;
}

/**
 * Returns the octets of the socket option TCP_FASTOPEN_KEY as the text of tcp_fastopen_key; undefined if they are neither one key nor two.
 */
export function keysText(octets: Uint8Array): string | undefined {
  if (octets.length !== KEY_OCTETS && octets.length !== 2 * KEY_OCTETS) return undefined;
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const numbers = Array.from({length: octets.length / 4}, (_, index) =>
    view
      .getUint32(4 * index, true)
      .toString(16)
      .padStart(8, '0'),
  );
  return [numbers.slice(0, 4), numbers.slice(4)]
    .filter((key) => key.length > 0)
    .map((key) => key.join('-'))
    .join(',');
}

type Ends = {readonly local: Socket; readonly remote: Socket};

const addressOctets = (ip: string): readonly number[] => {
  const octets = parseIpAddress(ip);
  return octets.ok ? [...octets.value] : [];
};

/** Returns the Fast Open cookie for a client, a hash over both addresses, so that the server need not remember it. */
export const makeCookie = (key: Uint8Array, {local, remote}: Ends): Uint8Array =>
  sipHash(key, Uint8Array.from([...addressOctets(remote.ip), ...addressOctets(local.ip)]));
