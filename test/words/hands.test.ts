// Oracle: the names of RFC 792 and RFC 4443, and a recorded capture in which tshark reads the same types and codes.
import {expect, test} from 'vitest';
import {frameParts} from '../../source/account/frame-parts.ts';
import {partsText} from '../../source/account/notation.ts';
import {labelOf} from '../../source/view/ladder/label.ts';
import {eyeHands} from '../../source/words/hands.ts';
import {capturedTrace} from '../helpers/captured.ts';

const wordsIn = (name: string, language: 'en' | 'zh'): readonly string[] => {
  const trace = capturedTrace(name);
  return Array.from({length: trace.packetCount}, (_, index) => {
    const {frame} = trace.packet(index + 1);
    return frame ? partsText(frameParts(frame), eyeHands[language]) : '';
  });
};

test('ICMP says its name: a firewall’s refusal is type 3, code 13 (RFC 1812 §5.2.7.1)', () => {
  expect(wordsIn('06e-firewall-reject-icmp.pcap', 'en')).toContain('ICMP communication prohibited');
  expect(wordsIn('06e-firewall-reject-icmp.pcap', 'zh')).toContain('ICMP 禁止通信');
});

test('ICMPv6 neighbours and groups (RFC 4861 §4.3, RFC 3810 §5.2)', () => {
  expect(wordsIn('00a-handshake-only.pcap', 'en')).toContain('ICMPv6 neighbour solicitation');
  expect(wordsIn('00c-simultaneous-open.pcap', 'zh')).toContain('ICMPv6 组播侦听者报告');
});

test('what is said about a record is said in the language of the screen', () => {
  const trace = capturedTrace('16a-tls12-rsa-gcm.pcap');
  const values = Array.from({length: trace.packetCount}, (_, index) =>
    labelOf(trace, trace.packet(index + 1), {relative: true, questions: [], language: 'zh'})
      .map(({value}) => value)
      .join(' '),
  ).join('\n');
  expect(values).toContain('Handshake（加密）');
  expect(values).not.toMatch(/\(encrypted\)|part of a record/);
});
