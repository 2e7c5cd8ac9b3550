// *Why?* of captured ACKs that waited (RFC 9293 §3.8.6.3). Oracle: the times of the frames.
import {expect, test} from 'vitest';
import {viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {open, started} from '../player.ts';

const rules = new Map(sharedData().rules.map((each) => [each.id, each]));

const told = (name: string, packet: number, language: 'en' | 'zh' = 'en'): string => {
  const opened = open({trace: capturedTrace(name), rule: (id) => rules.get(id)});
  const view = viewOf({...opened, playback: started({language, viewMs: 1e9}), message: undefined});
  return whyAbout(view, {kind: 'packet', packet}).paragraphs.join(' ');
};

// Frames 8 and 9 stand 40.3 ms apart, and a round trip takes less than a millisecond; 10 and 11 stand 27 µs apart.
test('the ACK of a FIN that came at once, and one that waited', () => {
  const name = '00e-handshake-one-sided-options.pcap';
  expect(told(name, 9)).toContain('FIN says: no more data from the peer.');
  expect(told(name, 9)).toMatch(
    /It seems to leave about 40\.\d ms after packet 8 has come\. An ACK may wait/,
  );
  expect(told(name, 9, 'zh')).toMatch(/第 8 个分组到达约 40\.\d ms 之后它才发出/);
  expect(told(name, 11)).not.toContain('may wait');
});

// The way takes 100 ms: frame 17 comes 200 ms after what it answers, and left at once.
test('the way is no waiting', () => {
  expect(told('00c-simultaneous-open.pcap', 17)).not.toContain('may wait');
  expect(told('00c-simultaneous-open.pcap', 20)).not.toContain('may wait');
});
