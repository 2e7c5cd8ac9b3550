// A server's ticket comes back as it was issued, to the millisecond: the age of a ticket counts them (RFC 9846 §4.3.11.1).
import {expect, test} from 'vitest';
import {nodeCrypto} from '../../../source/io/crypto.ts';
import {openTicket, sealTicket} from '../../../source/stack/tls/ticket.ts';

const key = new Uint8Array(32).fill(7);
const nonce = new Uint8Array(12).fill(1);

test.each([0, 1, 999, 1000, 1500, 86_400_001])('issued at %i ms', (issuedMs) => {
  const ticket = {
    ...{suite: 0x1302, psk: new Uint8Array(48).fill(3), lifetimeS: 7200, ageAdd: 0xffff_fffe},
    ...{issuedMs, serverName: 'www.example.com', alpn: ''},
  };
  expect(openTicket(nodeCrypto, key, sealTicket(nodeCrypto, key, nonce, ticket))).toEqual(ticket);
});
