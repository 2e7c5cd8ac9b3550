// dig as judge: it understands our server's octets, over real sockets; what it prints is what the zone files say.
import {execFile, spawnSync} from 'node:child_process';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {openServer, type Server} from './dns/loopback.ts';
import {zoneData} from './dns/zones.ts';

/** What dig prints of one answer; records as `NAME TTL TYPE DATA`. */
type Dug = {
  readonly status: string;
  readonly flags: string;
  readonly sections: Readonly<Record<string, readonly string[]>>;
};

const readDig = (output: string): Dug => {
  const sections: Record<string, string[]> = {};
  let section = '';
  for (const line of output.split('\n')) {
    section = /^;; (\w+) SECTION:/.exec(line)?.[1] ?? section;
    if (line === '') section = '';
    if (section && !line.startsWith(';')) {
      sections[section] = [...(sections[section] ?? []), line.replace(/\s+/g, ' ').replace(' IN ', ' ')];
    }
  }
  const status = /status: (\w+)/.exec(output)?.[1] ?? '';
  return {status, flags: /flags: ([a-z ]*);/.exec(output)?.[1] ?? '', sections};
};

const noDig = spawnSync('dig', ['-v']).error ? 'dig is not installed' : undefined;
if (noDig) console.log(`dig as judge skipped: ${noDig}`);

describe.skipIf(noDig)('dig', () => {
  let server: Server;
  beforeAll(async () => {
    server = await openServer(zoneData);
  });
  afterAll(() => server?.close());

  const dig = async (...words: readonly string[]): Promise<string> => {
    const fixed = ['-r', '@127.0.0.1', '-p', `${server.port}`, '+norecurse', '+tries=1', '+time=5'];
    const {stdout, stderr} = await promisify(execFile)('dig', [...fixed, ...words]);
    expect(stderr).toBe('');
    expect(stdout).not.toMatch(/malformed|bad packet|extra bytes|mismatch|[Ww]arning|timed out|failed/);
    return stdout;
  };

  const soa = 'abc.com. 60 SOA dns.abc.com. hostmaster.abc.com. 2026010100 7200 900 1209600 60';
  const y = ['y.abc.com. 300 A 203.0.113.80', 'y.abc.com. 300 A 203.0.113.81'];
  const long = Array.from({length: 9}, (_, n) => `"${String(n).repeat(99)}"`).join(' ');
  const big = [`big.abc.com. 300 TXT ${long}`];

  /** Question and options, status, flags, then the sections by the zone's text. */
  type Row = readonly [
    words: string,
    status: string,
    flags: string,
    answer?: readonly string[],
    authority?: readonly string[],
    additional?: readonly string[],
  ];
  const rows: readonly Row[] = [
    ['y.abc.com A', 'NOERROR', 'qr aa', y],
    ['+tcp y.abc.com A', 'NOERROR', 'qr aa', y],
    ['+noedns y.abc.com A', 'NOERROR', 'qr aa', y],
    ['+recurse y.abc.com A', 'NOERROR', 'qr aa rd', y],
    ['Y.aBc.CoM AAAA', 'NOERROR', 'qr aa', ['Y.aBc.CoM. 300 AAAA 2001:db8::80']],
    ['y.abc.com TXT', 'NOERROR', 'qr aa', ['y.abc.com. 300 TXT "two" "strings; with \\"quotes\\""']],
    ['abc.com SOA', 'NOERROR', 'qr aa', [soa.replace(' 60 SOA', ' 86400 SOA')]],
    [
      'abc.com NS',
      'NOERROR',
      'qr aa',
      ['abc.com. 300 NS dns.abc.com.', 'abc.com. 300 NS ns.elsewhere.net.'],
      [],
      ['dns.abc.com. 300 A 203.0.113.53', 'dns.abc.com. 300 AAAA 2001:db8::53'],
    ],
    [
      'abc.com MX',
      'NOERROR',
      'qr aa',
      ['abc.com. 300 MX 10 mail.abc.com.', 'abc.com. 300 MX 20 mail.sub.abc.com.'],
      [],
      ['mail.abc.com. 300 A 203.0.113.25', 'mail.sub.abc.com. 300 A 203.0.113.26'],
    ],
    [
      'chain.abc.com A',
      'NOERROR',
      'qr aa',
      ['chain.abc.com. 300 CNAME www.abc.com.', 'www.abc.com. 300 CNAME y.abc.com.', ...y],
    ],
    ['nobody.abc.com A', 'NXDOMAIN', 'qr aa', [], [soa]],
    ['gone.abc.com A', 'NXDOMAIN', 'qr aa', ['gone.abc.com. 300 CNAME nobody.abc.com.'], [soa]],
    ['y.abc.com MX', 'NOERROR', 'qr aa', [], [soa]],
    ['c.abc.com A', 'NOERROR', 'qr aa', [], [soa]],
    ['any.wild.abc.com TXT', 'NOERROR', 'qr aa', ['any.wild.abc.com. 300 TXT "wild"']],
    [
      'host.sub.abc.com A',
      'NOERROR',
      'qr',
      [],
      ['ns', 'ns2']
        .map((host) => `sub.abc.com. 300 NS ${host}.sub.abc.com.`)
        .concat('sub.abc.com. 300 NS mail.abc.com.'),
      [
        'ns.sub.abc.com. 300 A 203.0.113.54',
        'ns2.sub.abc.com. 300 AAAA 2001:db8::54',
        'mail.abc.com. 300 A 203.0.113.25',
      ],
    ],
    [
      '_sip._tcp.abc.com SRV',
      'NOERROR',
      'qr aa',
      [
        '_sip._tcp.abc.com. 300 SRV 1 2 5060 y.abc.com.',
        '_sip._tcp.abc.com. 300 SRV 2 2 5060 mail.sub.abc.com.',
      ],
      [],
      [...y, 'y.abc.com. 300 AAAA 2001:db8::80', 'mail.sub.abc.com. 300 A 203.0.113.26'],
    ],
    ['80.abc.com PTR', 'NOERROR', 'qr aa', ['80.abc.com. 300 PTR y.abc.com.']],
    ['odd.abc.com TYPE731', 'NOERROR', 'qr aa', ['odd.abc.com. 300 TYPE731 \\# 6 ABCDEF012345']],
    ['Escaped\\.dot.abc.com A', 'NOERROR', 'qr aa', ['Escaped\\.dot.abc.com. 300 A 203.0.113.5']],
    ['www.example.net A', 'REFUSED', 'qr'],
    ['+bufsize=1232 big.abc.com TXT', 'NOERROR', 'qr aa', big],
    ['+noedns +ignore big.abc.com TXT', 'NOERROR', 'qr aa tc'],
    ['+bufsize=512 +ignore big.abc.com TXT', 'NOERROR', 'qr aa tc'],
    ['+noedns big.abc.com TXT', 'NOERROR', 'qr aa', big],
    ['+edns=1 +noednsnegotiation y.abc.com A', 'BADVERS', 'qr'],
  ];

  test.each(rows.map((row) => ({row, name: row[0]})))('$name', async ({row}) => {
    const [words, status, flags, answer = [], authority = [], additional = []] = row;
    const dug = readDig(await dig(...words.split(' ')));
    const {ANSWER = [], AUTHORITY = [], ADDITIONAL = []} = dug.sections;
    expect({...dug, sections: [ANSWER, AUTHORITY, ADDITIONAL]}).toEqual({
      status,
      flags,
      sections: [answer, authority, additional],
    });
  });

  test('several questions on one connection (RFC 7766 §6.2.1)', async () => {
    const names = ['y', 'www', 'nobody', 'big'].map((host) => `${host}.abc.com`);
    const output = await dig('+tcp', '+keepopen', ...names);
    expect(output.match(/status: \w+/g)).toEqual(
      ['NOERROR', 'NOERROR', 'NXDOMAIN', 'NOERROR'].map((each) => `status: ${each}`),
    );
  });
});
