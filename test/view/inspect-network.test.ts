// What `inspect` tells of the network below TCP, and what stands in clear about today's DNS and TLS. Oracle: the side files, whose
// values were computed with tshark, and `story`, which tells what was done.
import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {inspectCapture} from '../../source/io/capture.ts';
import {FateColumns} from '../../source/observe/fate-columns.ts';
import {IcmpStories} from '../../source/observe/icmp-stories.ts';
import {capturedTls} from '../../source/observe/tls-captured.ts';
import {inspectionReport} from '../../source/view/inspect/report.ts';
import {allOf} from '../../source/view/inspect/selection.ts';
import {readDhcp} from '../../source/wire/dhcp.ts';
import {readYoung} from '../../source/wire/dns/young-rdata.ts';
import type {FrameHeaders} from '../../source/wire/frame-headers.ts';
import {runs} from '../helpers/seeds.ts';
import {todayFiles} from '../wire/captures.ts';
import '../helpers/meaning.ts';

const pathOf = (name: string): string => todayFiles.get(`${name}.pcap`) ?? '';
const sideOf = (name: string) => JSON.parse(readFileSync(pathOf(name).replace(/pcap$/, 'json'), 'utf8'));

const pageOf = async (name: string, language: 'en' | 'zh' = 'en'): Promise<string> => {
  const read = await inspectCapture(pathOf(name));
  if (!read.ok) throw new Error(name);
  const {inspector, facts} = read.value;
  const told = allOf(inspector, capturedTls(inspector.connections, undefined));
  return inspectionReport({name, facts, inspector, told}, {language, columns: 400, ascii: false}).join('\n');
};

describe('the network below TCP', () => {
  it('a way that was traced: its routers in order, and its end', async () => {
    const {icmp} = sideOf('27a-traceroute');
    const [first, second, end] = icmp.errors.map(({from}: {readonly from: string}) => from);
    for (const language of ['en', 'zh'] as const) {
      const page = await pageOf('27a-traceroute', language);
      for (const by of ['UDP', 'ICMP'])
        expect(page).toMatch(new RegExp(`${by}.*1 ${first}.*2 ${second}.*3 ${end}`));
    }
  });

  it('a lease: who asked, who gave what for how long, and that it was given back', async () => {
    const {dhcp} = sideOf('27c-dhcp');
    const page = await pageOf('27c-dhcp');
    for (const {frame, type} of dhcp) expect(page).toContain(`(DHCP ${type}, packet ${frame})`);
    const {serverIdentifier, yourAddress, leaseSeconds, mask, router} = dhcp[3];
    expect(page).toContain(
      `${serverIdentifier} gives ${yourAddress} for ${leaseSeconds} s, mask ${mask}, router ${router}`,
    );
  });

  // `story` of each: what was tried, when it was given up, what met a closed socket.
  it('two families: how long the attempt lasted that was not used', async () => {
    const barOf = (page: string, label: string): string =>
      page.split('\n').find((line) => line.startsWith(`  ${label} `) && /[▒┈█]/.test(line)) ?? '';
    const hole = await pageOf('26a-happy-eyeballs-v6-black-hole');
    const [tried, used] = ['#1 ', '#2 '].map((label) => barOf(hole, label));
    expect(tried).toMatch(/ ▒{20,}✗$/);
    // Nobody waits any more once the other one is open.
    expect(Math.abs((tried?.indexOf('✗') ?? 0) - (used?.indexOf('┈') ?? 0))).toBeLessThan(3);
  });

  // `time` of the response to each question of the stub, by tshark: 7.22 ms, then, after 53 ms, 7.04 ms for the one with CD.
  it('a name that failed: how long that took, and when it was asked for again', async () => {
    const page = await pageOf('23e-dnssec-bogus');
    expect(page).toContain('www.bogus.test: SERVFAIL (7.22 ms)');
    expect(page).toMatch(/DNS www\.bogus\.test +┈+─+┈+\n/);
  });

  it('an echo is a ping unless somebody used up its hops', () => {
    const icmp = new IcmpStories(new FateColumns());
    const message = (type: number) => Uint8Array.from([type, 0, 0, 0, 0, 7, 0, 1]);
    const headers: FrameHeaders = {
      arp: false,
      tagged: false,
      etherType: undefined,
      version: 4,
      addressesAt: 12,
      destinationAt: 16,
      protocol: 1,
      transportAt: 20,
      transportEnd: 28,
      fragment: undefined,
    };
    const carried = (type: number) => ({
      headers,
      bytes: message(type),
      at: 0,
      end: 8,
      hops: 64,
      refuses: false,
    });
    icmp.take({...carried(8), from: '192.0.2.1', to: '192.0.2.2', frame: 1, atUs: 0});
    icmp.take({...carried(0), from: '192.0.2.2', to: '192.0.2.1', frame: 2, atUs: 1500});
    icmp.take({...carried(8), from: '192.0.2.1', to: '192.0.2.2', frame: 3, atUs: 2000});
    expect(icmp.pings).toMatchObject([{sent: 2, answered: 1, leastUs: 1500, mostUs: 1500}]);
    expect(icmp.traces).toEqual([]);
  });
});

describe('DNS of today', () => {
  it('which key signed, and whether the server checked', async () => {
    const {keyTag, signer} = sideOf('23c-dnssec-walk').dns[0].answers[1];
    const page = await pageOf('23c-dnssec-walk');
    expect(page).toMatch(new RegExp(` key ${keyTag} of ${signer}; .*[(]AD[)]`));
    expect(page).not.toContain('\\#');
  });

  it('why a server failed (RFC 8914)', async () => {
    expect(await pageOf('23e-dnssec-bogus')).toSay({
      ...{says: 'findings.namesTexts.dns-servfail', name: 'www.bogus.test', rcode: 'SERVFAIL'},
      ...{server: '10.77.89.53', count: 1, why: 'DNSSEC Bogus', helper: '10.77.89.53'},
    });
  });

  it('a reply that came second stands for itself', async () => {
    const [, second] = sideOf('23k-dns-two-answers').dns;
    expect(await pageOf('23k-dns-two-answers')).toSay({
      ...{says: 'inspect.reportTexts.unasked', name: `${second.qname} A`, server: second.server},
      answer: second.answers[0].data,
    });
  });
});

describe('any octets', () => {
  it('are a message or none', () => {
    const octets = fc.uint8Array({maxLength: 600});
    fc.assert(
      fc.property(octets, fc.constantFrom(43, 46, 47, 48, 50, 64), (bytes, type) => {
        const read = readYoung(type, bytes);
        expect(read === undefined || 'octets' in read).toBe(true);
      }),
      {numRuns: runs(2000)},
    );
    const cookie = [0x63, 0x82, 0x53, 0x63];
    fc.assert(
      fc.property(octets, (bytes) => {
        const message = readDhcp(Uint8Array.from([...new Uint8Array(236), ...cookie, ...bytes]));
        expect(message === undefined || typeof message.type === 'string').toBe(true);
      }),
      {numRuns: runs(2000)},
    );
  });
});

it('a name that does not exist is told by its finding, and not counted once more', async () => {
  const page = await pageOf('28h-dns-nsec');
  const inShort = page.slice(0, page.indexOf('What happened'));
  expect(inShort.match(/NXDOMAIN/g)).toHaveLength(1);
});
