// Checks what is told of data that Linux does not deliver or does not accept. Oracle: test/fixtures/kernel/own, urgent/pointer-5 and
// close/close-wait-data-below. The first data of the lesson are 1460 bytes from seq=1001.
import {expect, test} from 'vitest';
import {edit, toldAlone} from '../../view/story/told-with.ts';

test('the byte that an urgent pointer takes out of the stream', () => {
  const urgent = edit('tcp.flags.urg', 1);
  expect(toldAlone('data-transfer base', 4, urgent)).toSay({says: 'told.urgentApart', byte: 1001});
  expect(toldAlone('data-transfer rfc', 4, urgent)).not.toSay({says: 'told.urgentApart'});
});

test('a reset for data that go past the peer’s FIN', () => {
  const fin = edit('tcp.flags.fin', 1);
  expect(toldAlone('data-transfer base', 4, fin)).toSay({says: 'told.rst.acrossFin', host: 'server'});
  expect(toldAlone('data-transfer rfc', 4, fin)).not.toSay({says: 'told.rst.acrossFin'});
});
