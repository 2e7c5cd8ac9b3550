// Questions about recorded captures. Oracle: Wireshark 4.0 marks packets 12, 14 and 18 of the capture as keep-alives: each begins one
// below the next number (RFC 9293 §3.8.4).
import {expect, test} from 'vitest';
import {asCaptured, captureKinds} from '../../source/quiz/captured.ts';
import {composed} from '../../source/quiz/composition.ts';
import {whichStatus} from '../../source/quiz/http.ts';
import {layerSize} from '../../source/quiz/layers.ts';
import {nextSeq} from '../../source/quiz/next-seq.ts';
import {promptText} from '../../source/quiz/prompt.ts';
import {ask, sheetAbout} from '../../source/quiz/sheet.ts';
import {nextAck} from '../../source/quiz/tcp-numbers.ts';
import {capturedTrace} from '../helpers/captured.ts';

test('no number is counted on from a probe', () => {
  const trace = capturedTrace('10e-zero-window-reset.pcap');
  const packets = nextSeq.places(asCaptured(trace)).map((place) => {
    const event = trace.event(place);
    return event.kind === 'send' ? event.packet : 0;
  });
  expect(packets).toContain(7);
  for (const probe of [12, 14, 18]) expect(packets).not.toContain(probe);
});

// Oracle: tshark pairs packet 15, `GET /fail`, with the 500 in packet 16.
test('a response is asked about with its own request', () => {
  const asked = asCaptured(capturedTrace('14e-http-redirect-and-404.pcap'));
  const questions = whichStatus.places(asked).flatMap((place) => ask(whichStatus, asked, place) ?? []);
  const told = new Map(questions.map(({evidence, prompt}) => [evidence.packet, promptText(prompt).en]));
  expect(told.get(16)).toContain('GET /fail');
  expect(told.get(14)).toContain('GET /missing');
  expect(told.get(9)).toContain('GET /old');
});

test('sizes in an Ethernet frame are asked of such frames', () => {
  expect(layerSize.places(asCaptured(capturedTrace('18d-vlan-tagged.pcap')))).toEqual([]);
  expect(layerSize.places(asCaptured(capturedTrace('18g-cooked-v1.pcap')))).toEqual([]);
  expect(layerSize.places(asCaptured(capturedTrace('01a-client-close-idle.pcap'))).length).toBeGreaterThan(0);
});

test('nobody is asked which ack a segment gets that was expected, and was not taken', () => {
  for (const name of ['08o-retransmit-ipv6-no-sack.pcap', '10e-zero-window-reset.pcap']) {
    const asked = asCaptured(capturedTrace(name));
    for (const place of nextAck.places(asked)) {
      const question = ask(nextAck, asked, place);
      const got = /Now it receives\n.* seq=(\d+) .*len=/.exec(promptText(question?.prompt ?? []).en)?.[1];
      expect(got).not.toBe(question?.evidence.value ?? '');
    }
  }
});

test.each(['13a-dns-full-walk.pcap', '13c-dns-nxdomain.pcap', '13i-dns-cname-across-zones.pcapng'])(
  '%s: ten, most about lookups',
  (name) => {
    const {questions} = composed(
      sheetAbout(asCaptured(capturedTrace(name)), {seed: 1, kinds: captureKinds}),
      10,
    );
    expect(questions).toHaveLength(10);
    expect(questions.filter(({topic}) => topic === 'dns').length).toBeGreaterThanOrEqual(4);
  },
);

// Oracle: RFC 9293 §3.5, figure 6. A host that answers a SYN with a SYN,ACK was in LISTEN, and the host that gets that answer was in SYN-SENT.
test.each(['../captures-made/loss-fast-retransmission.pcap', '01a-client-close-idle.pcap'])(
  '%s: LISTEN, or SYN-SENT',
  (name) => {
    const asked = asCaptured(capturedTrace(name));
    const prompts = nextAck.places(asked).flatMap((place) => {
      const question = ask(nextAck, asked, place);
      return question ? [promptText(question.prompt)] : [];
    });
    const states = prompts.flatMap(({en}) => /is in ([A-Z-]+)[.;]/.exec(en)?.[1] ?? []);
    expect(new Set(states)).toEqual(new Set(['LISTEN', 'SYN-SENT']));
    for (const {zh} of prompts) expect(zh).not.toContain('CLOSED');
  },
);
