// Checks that counts of things have their digits grouped from five digits on, wherever people read them and in each language. The number of a port
// or a packet is not a count.
import {expect, test} from 'vitest';
import {Canvas} from '../../source/view/canvas.ts';
import {othersText} from '../../source/view/inspect/report.ts';
import {captureLong} from '../../source/words/catalogue/capture-errors.ts';
import {overviewTexts, reportTexts} from '../../source/words/catalogue/inspect.ts';
import {pickerWords} from '../../source/words/catalogue/picker.ts';
import {noConnection} from '../../source/words/catalogue/reading.ts';
import {paneOn} from './pane.ts';
import {textOf} from './player.ts';

const others = {
  others: {arp: 12_345, icmp: 0, icmpv6: 0, vlan: 0},
  tunnels: new Map([['VXLAN', 3_000_000]]),
  datagrams: 3_000_000,
  pieces: 9999,
};

test('numbers beside the packets of a capture are grouped like the count of packets', () => {
  for (const language of ['en', 'zh'] as const) {
    const text = othersText(others, language);
    for (const count of ['ARP 12,345', 'VXLAN 3,000,000', 'UDP 3,000,000', ' 9999'])
      expect(text).toContain(count);
  }
});

test('the counts of lines above and below a list are grouped', () => {
  const canvas = new Canvas(40, 3);
  const rows = Array.from({length: 30_000}, (_, row) => row);
  paneOn(canvas).putScrolled({rows, from: 15_000, room: 3, put: () => {}});
  expect(textOf(canvas).join(' ')).toMatch(/15,001 .*14,998 /);
});

test.each(['en', 'zh'] as const)('counts in sentences are grouped in %s', (language) => {
  const [count, all] = [12_345, 1_000_000];
  for (const sentence of [reportTexts.more, overviewTexts.pipelined])
    expect(sentence[language]({count})).toContain('12,345');
  expect(pickerWords.shown[language]({listed: count, all})).toMatch(/12,345.*1,000,000|1,000,000.*12,345/);
});

test('limits in error messages are grouped, and a number that was typed stays as typed', () => {
  expect(captureLong.what.en({file: 'a', packets: 1_000_000})).toContain('1,000,000');
  expect(captureLong.remedy.zh({packets: 1_000_000})).toContain('1,000,000');
  expect(noConnection.what.en({given: 40_001, count: 12_345})).toContain('40001');
});
