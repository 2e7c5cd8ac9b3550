// *Why?* of bits that are 0: not why the packet left. Oracles: the octets, the calls of the run, RFC 9293 §3.1, RFC 3168 §6.1, RFC 1035 §4.1.1.
import {describe, expect, test} from 'vitest';
import {entriesOf} from '../../../source/account/entries.ts';
import {segmentOf} from '../../../source/account/packet.ts';
import {everywhere} from '../../../source/lesson/everywhere.ts';
import type {Language} from '../../../source/lesson/text.ts';
import type {Trace} from '../../../source/sim/trace.ts';
import {newestPacket, viewOf} from '../../../source/view/view.ts';
import {whyAbout} from '../../../source/view/why/answer.ts';
import {hasFlag} from '../../../source/wire/tcp.ts';
import {languages} from '../../../source/words/catalogue/language.ts';
import {allRuns, traceOf} from '../../helpers/all-runs.ts';
import {capturedTrace} from '../../helpers/captured.ts';
import {sharedData} from '../../helpers/kept-lessons.ts';
import {some} from '../../helpers/seeds.ts';
import {enters, prediction} from '../beats.ts';
import {open, started} from '../player.ts';
import '../../helpers/rule-meaning.ts';
import '../../helpers/meaning.ts';

const rules = new Map(sharedData().rules.map((each) => [each.id, each]));

const asking = (trace: Trace) => {
  const opened = open({trace, rule: (id) => rules.get(id)});
  return (packet: number, field: string, language: Language = 'en') =>
    whyAbout(viewOf({...opened, playback: started({language, viewMs: 1e9}), message: undefined}), {
      ...{kind: 'field', packet, field},
    });
};

const run = (name: string): Trace =>
  traceOf(allRuns().find((each) => each.name === name) ?? expect.fail(name));

const bits = ['fin', 'syn', 'reset', 'push', 'ack', 'urg', 'ece', 'cwr', 'ae'] as const;
const flags = {fin: 'FIN', syn: 'SYN', reset: 'RST', push: 'PSH', ack: 'ACK', urg: 'URG', ece: 'ECE', cwr: 'CWR'} as const; // biome-ignore format: a table

const tcpRuns = allRuns().filter(({lesson}) => lesson.track.startsWith('tcp'));
// Both SYNs cross; ECN is agreed on.
const always = tcpRuns.filter(({name}) => ['state-machine what-if 2', 'congestion marked'].includes(name));

test.each([...new Set([...always, ...some(tcpRuns, 4)])].map((each) => [each.name, each] as const))(
  // A bit that is 0 is told by itself, one that is 1 by what made the segment leave.
  '%s: bits',
  (_, each) => {
    const trace = traceOf(each);
    const why = asking(trace);
    const ids = Array.from({length: Math.min(30, trace.packetCount)}, (_, index) => index + 1);
    for (const id of ids) {
      const segment = segmentOf(trace.packet(id));
      // ICMP.
      if (!segment) continue;
      const reason = why(id, 'tcp.seq_raw').rule?.split('; ').at(-1) ?? '';
      for (const bit of bits) {
        const isSet = bit !== 'ae' && hasFlag(segment, flags[bit]);
        const {paragraphs, rule = ''} = why(id, `tcp.flags.${bit}`);
        expect(rule.includes(`; ${reason}`), `${id} ${bit}`).toBe(isSet);
        expect(paragraphs[0]?.includes(': 1 would mean: '), `${id} ${bit}`).toBe(!isSet);
      }
      expect(why(id, 'tcp.flags.res').rule).toBe('RFC 9293 §3.1');
    }
  },
);

// What a question is about is hidden from the instant before on.
test('while a question is open a bit that is 0 is told by itself, too, and FIN, which may answer it, not at all', () => {
  const trace = run('handshake base');
  const event = enters(trace, 'client', 'ESTABLISHED');
  const quiet = open({trace, rule: (id) => rules.get(id)});
  const asked = open({
    ...{trace, rule: (id: string) => rules.get(id)},
    beats: [prediction(0, event, {ask: everywhere({en: 'When?', zh: '何时？'})})],
  });
  const before = [...asked.pacing.viewMs].flatMap((viewMs) => {
    const view = viewOf({...asked, playback: started({viewMs}), message: undefined});
    return view.hidden.length > 0 && newestPacket(view) === 2 ? [viewMs] : [];
  });
  const viewMs = before[0] ?? expect.fail('nothing is hidden');
  for (const language of languages) {
    const [hiding, open] = [asked, quiet].map((opened) => (bit: string) => {
      const view = viewOf({...opened, playback: started({viewMs, language}), message: undefined});
      return whyAbout(view, {...{kind: 'field', packet: 2, field: `tcp.flags.${bit}`}});
    });
    for (const bit of ['reset', 'push', 'urg', 'ece', 'cwr', 'ae']) {
      expect(hiding?.(bit).paragraphs, bit).toEqual(open?.(bit).paragraphs);
      expect(hiding?.(bit).formulas, bit).toEqual([]);
    }
    expect(hiding?.('fin').paragraphs.at(-1)).not.toBe(open?.('fin').paragraphs.at(-1));
    expect(hiding?.('fin').formulas).toEqual([]);
  }
});

describe('FIN and SYN', () => {
  const trace = run('teardown base');
  const why = asking(trace);
  const last = (packet: number, field: string, language?: Language) =>
    why(packet, field, language).paragraphs.at(-1);
  const sent = [...entriesOf(trace, 'send')].flatMap(({n, host, packet}) => {
    const segment = segmentOf(trace.packet(packet));
    return segment ? [{n, host, packet, segment}] : [];
  });

  test('a direction is open until its program has closed it, and ended once (RFC 9293 §3.6)', () => {
    const closed = new Map(
      [...entriesOf(trace, 'call')].flatMap((c) => (c.call === 'close' ? [[c.host, c.n]] : [])),
    );
    const ended = new Map(sent.flatMap((each) => (hasFlag(each.segment, 'FIN') ? [[each.host, each]] : [])));
    expect(ended.size).toBe(2);
    for (const {n, host, packet, segment} of sent) {
      if (hasFlag(segment, 'FIN')) continue;
      const fin = ended.get(host);
      const told = last(packet, 'tcp.flags.fin');
      if (fin && fin.n < n) expect(told).toSay({says: 'why.whyBit.fin', how: 'before', packet: fin.packet});
      else if (n < (closed.get(host) ?? 0)) expect(told).toSay({says: 'why.whyBit.fin', how: 'open'});
    }
  });

  test('a SYN opens, and nothing that follows does', () => {
    expect(last(3, 'tcp.flags.syn')).toSay({says: 'why.whyBit.syn', packet: 1});
    expect(last(1, 'tcp.flags.ack')).toSay({says: 'why.whyBit.ack', host: 'client'});
  });
});

// Oracle: tshark, `-e tcp.flags.str`: CE·S, E·A·S, then neither.
test('ECN is asked for, agreed to, or not used (RFC 3168 §6.1.1)', () => {
  const agreed = asking(capturedTrace('00g-ecn-handshake.pcap'));
  expect(agreed(4, 'tcp.flags.cwr').paragraphs.at(-1)).toContain('agrees to ECN');
  expect(agreed(6, 'tcp.flags.ece').paragraphs.at(-1)).toSay({says: 'why.whyBit.ecn', which: 'eceOn'});
  const off = asking(run('handshake base'));
  expect(off(1, 'tcp.flags.ece').paragraphs.at(-1)).toSay({says: 'why.whyBit.unasked'});
  expect(off(2, 'tcp.flags.ece').paragraphs.at(-1)).toSay({
    ...{says: 'why.whyBit.answered', answer: 'none', host: 'server'},
  });
  expect(off(3, 'tcp.flags.ece').paragraphs.at(-1)).toSay({says: 'why.whyBit.ecn', which: 'off'});
});

test('what only a response says, what it repeats, and what nobody uses (RFC 1035 §4.1.1)', () => {
  const why = asking(run('dns-recursion base'));
  expect(why(1, 'dns.flags.truncated').paragraphs.at(-1)).toSay({says: 'why.whyBit.ofResponse'});
  expect(why(3, 'dns.id').paragraphs.at(-1)).toSay({says: 'why.whyBit.repeated', packet: 2});
  expect(why(3, 'dns.flags.truncated').paragraphs.at(-1)).toSay({says: 'why.whyBit.fitted'});
  expect(why(1, 'dns.flags.z').paragraphs.at(-1)).toSay({says: 'why.whyBit.reserved'});
  expect(why(1, 'dns.flags.recdesired').paragraphs.at(-1)).toContain('RFC 1034 §5.3.1');
});

// RFC 1035 §4.1.1, RFC 1034 §5.3.3. Oracle: the bytes. Packets 6 and 8 of that run ask the same, the second after a time-out.
test('the flags of a query are told by their bits, not by what made it leave', () => {
  const again = asking(run('dns-iterative what-if 3'));
  for (const field of ['dns.flags', 'dns.flags.recdesired', 'dns.flags.opcode', 'dns.id']) {
    const [first, second] = [again(6, field), again(8, field)];
    expect(second.paragraphs).toEqual(first.paragraphs);
    expect(second.rule).toBe('RFC 1035 §4.1.1');
  }
  const bits = again(8, 'dns.flags');
  expect(bits.heading).toContain('0x0000');
  expect(bits.paragraphs.join(' ')).toMatch(/QR 0: .*Opcode 0: .*RD 0: .*RFC 1034 §5\.3\.3.*RCODE are 0: /);
  expect(again(1, 'dns.flags').paragraphs.join(' ')).not.toContain('RD 0');
  // Of a response the rule behind it stands beside the bits.
  const refused = asking(run('dns-iterative what-if 7'))(7, 'dns.flags');
  expect(refused.paragraphs.join(' ')).toMatch(/AA 0: .*RCODE 5: REFUSED\./);
});

test('DF finds out how large packets may be (RFC 1191 §2), MF is 0 of what is whole (RFC 791 §3.1)', () => {
  const why = asking(run('handshake base'));
  expect(why(1, 'ip.flags.df').paragraphs.at(-1)).toSay({says: 'why.whyBit.cut', whole: true});
  expect(why(1, 'ip.flags.mf').paragraphs.at(-1)).toSay({says: 'why.whyFilled.whole'});
});
