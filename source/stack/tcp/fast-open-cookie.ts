// Fast Open cookies: the option that carries one (RFC 7413 §4.1.1), and how a server makes and checks them (§4.1.2; Linux, tcp_fastopen.c).
import {parseIpAddress} from '../../wire/ip-address.ts';
import type {TcpOption} from '../../wire/tcp.ts';
import type {Socket} from './effect.ts';
import {sipHash} from './siphash.ts';

export const FAST_OPEN = 34;
/** As it was while its number was experimental (RFC 6994). */
export const EXPERIMENTAL = 254;
export const MAGIC = [0xf9, 0x89];
const LEAST_COOKIE = 4;
const MOST_COOKIE = 16;
const KEY_OCTETS = 16;

/** An empty cookie is the wish for one; `experimental`: under the old number. */
export type CookieOption = {readonly cookie: Uint8Array; readonly experimental: boolean};

export function cookieOption({cookie, experimental}: CookieOption): readonly TcpOption[] {
  const data = Uint8Array.from([...(experimental ? MAGIC : []), ...cookie]);
  const pads: readonly TcpOption[] = (data.length & 3) === 0 ? [{kind: 'nop'}, {kind: 'nop'}] : [];
  return [{kind: 'raw', type: experimental ? EXPERIMENTAL : FAST_OPEN, data}, ...pads];
}

/** What a SYN or SYN,ACK carries: the last of several; one of a size that none may have counts as none, one of an odd size not at all. */
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
 * Keys as tcp_fastopen_key has them, the second one after a comma: four numbers of 32 bits in hexadecimal, whose octets stand in the key
 * the least significant first. Undefined: no such keys.
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

/** The same of the octets that TCP_FASTOPEN_KEY takes; undefined: neither one key nor two. */
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

/** The cookie of a client is a hash over both addresses: nothing has to be remembered of it. */
export const makeCookie = (key: Uint8Array, {local, remote}: Ends): Uint8Array =>
  sipHash(key, Uint8Array.from([...addressOctets(remote.ip), ...addressOctets(local.ip)]));
