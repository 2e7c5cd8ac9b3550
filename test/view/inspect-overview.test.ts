// The first page of `inspect`: names, a line for each connection, bars. Oracle: side files (names, addresses, numbers of requests), and
// the places of the bars, which are shares of the capture's time.
import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {inspectionReport} from '../../source/view/inspect/report.ts';
import {allOf} from '../../source/view/inspect/told.ts';
import {openingWords} from '../../source/words/catalogue/inspect.ts';
import {inspectedPassing, reportIn} from '../helpers/passed-capture.ts';
import {captureFolder} from '../wire/captures.ts';

const pageOf = async (name: string, language: 'en' | 'zh' = 'en'): Promise<readonly string[]> => {
  const read = await inspectCapture(captureFolder + name);
  if (!read.ok) throw new Error(name);
  const {inspector, facts} = read.value;
  const told = allOf(inspector, capturedTls(inspector.connections, undefined));
  return inspectionReport({name, facts, inspector, told}, {language, columns: 120, ascii: false});
};

describe('what happened', () => {
  it('names the site by what was asked for, and counts its requests', async () => {
    const name = '17c-url-to-page-plain';
    const side = JSON.parse(readFileSync(`${captureFolder}${name}.json`, 'utf8'));
    const page = (await pageOf(`${name}.pcap`)).join('\n');
    const [{qname, answers}] = side.dns;
    expect(page).toContain(`${qname} → ${answers[0].data} (`);
    expect(page).toMatch(new RegExp(`#1 .* → ${qname}:80; ${side.http.length} requests?; `));
  });

  it('says of a connection that never opened that it did not', async () => {
    // tshark: two of its SYNs are answered with RST (`tcp.flags.reset == 1 && tcp.flags.ack == 1`), the third opens.
    const page = await pageOf('06c-refused-three-ports.pcap');
    expect(page.filter((line) => /^ {2}#\d .*; refused; 0 bytes in/.test(line))).toHaveLength(2);
    const chinese = await pageOf('06c-refused-three-ports.pcap', 'zh');
    const told = openingWords.refused.zh;
    expect(chinese.filter((line) => line.includes(`；${told}；`))).toHaveLength(2);
  });
});

it('bars stand where the time of each connection is', () => {
  const opening = (atMs: number, seq: number) => ({atMs, by: 'client', flags: 'S', seq}) as const;
  // Between the same ports: one from 0 to 250 ms, one from 500 ms to the end.
  const inspected = inspectedPassing([
    opening(0, 1000),
    {atMs: 250, by: 'server', flags: 'RA', seq: 0, ack: 1001},
    opening(500, 9_000_000),
    {atMs: 1000, by: 'server', flags: 'RA', seq: 0, ack: 9_000_001},
  ]);
  const bars = reportIn(inspected)
    .split('\n')
    .filter((line) => line.includes('█'));
  const width = 400 - 6 - 1;
  const places = bars.map((line) => [line.indexOf('█') - 6, line.lastIndexOf('█') - 6]);
  expect(places).toEqual([
    [0, Math.floor(width / 4)],
    [Math.floor(width / 2), width - 1],
  ]);
});
