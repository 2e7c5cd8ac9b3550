// The stream panel over HTTP/2. Oracle: the side files of the captures, which say what was asked, answered and added at the end.
import {expect, test} from 'vitest';
import {shownStream} from '../../../source/view/http/stream-lines.ts';
import {viewOf} from '../../../source/view/view.ts';
import {todayTrace} from '../../helpers/captured-today.ts';
import {open, playingAt} from '../player.ts';

const linesAt = (name: string, packet: number, language: 'en' | 'zh' = 'en'): readonly string[] => {
  const trace = todayTrace(name);
  const opened = open({trace});
  const selection = {packet, field: undefined, byte: undefined, variable: undefined};
  const playback = playingAt(opened, trace.durationUs + 1, {language, selection});
  const shown = shownStream(viewOf({...opened, playback, message: undefined}), {packet, line: 0});
  return (shown?.lines ?? []).filter((line) => line.packet === packet).map(({text}) => text);
};

test('a call and its answer with trailers, inside TLS', () => {
  const name = '21m-h2-trailers.pcapng';
  const asked = linesAt(name, 16);
  expect(asked.slice(0, 3)).toEqual(['preface', 'SETTINGS', 'HEADERS stream 1: POST /grpc/Say']);
  expect(asked).toContain('  :path: /grpc/Say');
  expect(linesAt(name, 22)).toEqual(['HEADERS stream 1: trailers', '  grpc-status: 0', '  grpc-message: OK']);
});

test('content stands in the packets that bring it, under its frame', () => {
  const name = '21c-h2-priorities-window-updates.pcap';
  const [frame, first = ''] = linesAt(name, 12, 'zh');
  expect(frame).toBe('… DATA 流 13: 4095 B …');
  expect(first).toContain('packet /size/20000');
  expect(linesAt(name, 60)).toEqual(['GOAWAY NO_ERROR']);
});

test('after an upgrade the frames follow the answer that says so', () => {
  const name = '21i-h2c-upgrade.pcap';
  expect(linesAt(name, 8)[0]).toBe('HTTP/1.1 101 Switching Protocols');
  expect(linesAt(name, 13)).toEqual([
    ...['HEADERS stream 1: 200', '  :status: 200', '  content-type: text/plain', '  content-length: 9'],
    ...['DATA stream 1: 9 B', 'upgraded'],
  ]);
});
