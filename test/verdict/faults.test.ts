// Captures that were once judged wrongly: what has to be found in each, and whom to ask.
import {readFileSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {expect, test} from 'vitest';
import {inspectionOf, readCapture} from '../../source/core.ts';

const folder = fileURLToPath(new URL('../fixtures/faults/', import.meta.url));

type Told = {
  readonly id: string;
  readonly level: string;
  readonly where: string;
  readonly connection?: number;
  readonly seconds?: number;
};

const isTold = (each: unknown): each is Told => typeof each === 'object' && each !== null && 'id' in each;

/** Notes about how much was captured and decoded are the same whatever the cause is. */
const ofCapture = ['not-read', 'snapped', 'idle-closed'];

const findingsIn = (name: string): readonly string[] => {
  const read = readCapture(readFileSync(`${folder}${name}.pcap`));
  if (!read.ok) throw new Error(name);
  const all: readonly unknown[] = inspectionOf(read.value).findings ?? [];
  return all
    .filter(isTold)
    .filter(({id}) => !ofCapture.includes(id))
    .map(({id, level, connection, where, seconds}) =>
      [id, level, connection ?? '-', where, ...(seconds === undefined ? [] : [seconds.toFixed(1)])].join(' '),
    );
};

test.each([
  // Six bytes are no size that a link cannot pass (RFC 791 §3.2); nothing at all comes through after a minute of silence.
  ['01-mtu-black-hole-of-six-bytes', ['idle-forgotten fault 1 path 2.1']],
  // The wait for a name ends at the first answer to its question, not at the last answer for the name.
  ['02-dns-answered-after-60s-was-5s', ['dns-slow slow - path 5.0']],
  ['02b-dns-two-lookups-11s-was-5s', ['dns-slow slow - path 5.0', 'dns-server-silent slow - unknown 5.0']],
  // Whoever repeats by a timer what was acknowledged long ago has not seen the ACKs.
  ['03-late-acks-blamed-on-program', ['late-acks slow 1 path 0.7', 'needless-repeats slow 1 path 0.3']],
  ['04-nagle-blamed-on-programs', ['nagle-delayed-ack slow 1 client-program 1.1']],
  [
    '05-blind-reset-connection-lives',
    ['request-waits note 1 client-program 2.0', 'reset-forged note 1 path'],
  ],
  ['06-tls-to-plain-http-port', ['tls-plain-mismatch fault 1 unknown']],
  ['07-one-direction-no-response', ['one-direction note 1 capture']],
  ['08-two-macs-for-the-gateway', ['address-conflict fault - unknown', 'arp-two-macs fault - unknown']],
  ['08b-dhcp-no-offer', ['dhcp-no-offer fault - unknown']],
  ['09-refused-called-slow', ['ipv6-refused slow 1 server 0.0']],
  ['10-shrunk-window-real-kernel', ['window-shrunk note 1 client']],
  ['11-in-short-empty', ['mtu-black-hole fault 1 path 9.0']],
  ['12-syn-repeats-called-duplicates', ['syn-repeated slow 1 unknown 3.0']],
  ['13-nat-new-port-opened-before-the-capture', ['nat-new-port fault 2 path']],
  ['14-bar-full-over-900s-silence', ['idle-forgotten fault 1 path 8.3']],
  ['15-truncated-called-nobody-answered', ['dns-truncated-tcp-blocked fault 1 unknown 7.1']],
])('%s', (name, expected) => expect(findingsIn(name)).toEqual(expected));
