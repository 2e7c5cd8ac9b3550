// Words of resolver scripts. Oracle: IANA's registry of RCODEs (RFC 6895 §2.3), and the order of bits in RFC 1035 §4.1.1, RFC 4035 §3.
import {expect, test} from 'vitest';
import {flagWords, rcodeWords} from '../../../source/drills/rpl/reply-words.ts';

test('RCODEs have the numbers of the registry', () => {
  expect(Object.fromEntries(rcodeWords)).toEqual({
    ...{NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, NOTIMPL: 4, REFUSED: 5},
    ...{YXDOMAIN: 6, YXRRSET: 7, NXRRSET: 8, NOTAUTH: 9, NOTZONE: 10},
  });
});

test('flags stand as in the header', () => {
  expect([...flagWords.keys()]).toEqual(['QR', 'AA', 'TC', 'RD', 'RA', 'AD', 'CD']);
});
