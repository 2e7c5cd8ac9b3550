// `explain`: why one packet of a capture is as it is, or the verdict on a connection.
import {expect, test} from 'vitest';
import {noPacket} from '../../source/words/catalogue/reading.ts';
import {runProgram} from '../helpers/run-program.ts';
import {captureFolder} from '../wire/captures.ts';

const explain = (name: string, ...args: readonly string[]) =>
  runProgram(['explain', `${captureFolder}${name}`, '--lang', 'en', ...args]);

test('a packet: what is asked, the reason and its clause, also for programs', () => {
  const ran = explain('06c-refused-three-ports.pcap', '--packet', '4');
  expect(ran).toMatchObject({code: 0, stderr: ''});
  expect(ran.stdout).toMatch(/^Why RST,ACK now\?\n/);
  expect(ran.stdout).toContain('RFC 9293 §3.10.7.1');
  const {packet, heading, clause} = JSON.parse(
    explain('06c-refused-three-ports.pcap', '--packet', '4', '--json').stdout,
  );
  expect({packet, heading}).toEqual({packet: 4, heading: 'Why RST,ACK now?'});
  expect(clause).toContain('RFC 9293 §3.10.7.1');
});

test('one of both, and what the capture has', () => {
  expect(explain('06c-refused-three-ports.pcap')).toMatchObject({code: 2, stdout: ''});
  expect(explain('06c-refused-three-ports.pcap', '--packet', '1', '--connection', '1').code).toBe(2);
  const beyond = explain('06c-refused-three-ports.pcap', '--packet', '99');
  expect(beyond).toMatchObject({code: 2, stdout: ''});
  expect(beyond.stderr).toContain(noPacket.what.en({given: 99, count: 17}));
  expect(explain('06c-refused-three-ports.pcap', '--connection', '9').code).toBe(2);
});
