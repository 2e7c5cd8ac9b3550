// ARP (RFC 826) with the queue and the pace of RFC 1122 §2.3.2.
import {expect, test} from 'vitest';
import {arpHear, arpKnowing, arpTimeout, arpWait} from '../../../source/stack/ip/arp.ts';
import type {ArpMessage} from '../../../source/wire/frame.ts';

const question: ArpMessage = {
  operation: 1,
  senderMac: '02:00:00:00:00:01',
  senderIp: '192.0.2.1',
  targetMac: '00:00:00:00:00:00',
  targetIp: '192.0.2.2',
};
const answer: ArpMessage = {
  operation: 2,
  senderMac: '02:00:00:00:00:02',
  senderIp: '192.0.2.2',
  targetMac: '02:00:00:00:00:01',
  targetIp: '192.0.2.1',
};

test('the first packet asks, the second only waits, the answer lets both go in order', () => {
  const first = arpWait(arpKnowing<string>({}), '192.0.2.2', {item: 'one', nowUs: 0});
  expect(first.effects).toEqual([{kind: 'ask', ip: '192.0.2.2', dueUs: 1_000_000}]);
  const second = arpWait(first.arp, '192.0.2.2', {item: 'two', nowUs: 10});
  expect(second.effects).toEqual([]);
  const heard = arpHear(second.arp, answer, '192.0.2.1');
  expect(heard.effects).toEqual([
    {kind: 'resolved', mac: '02:00:00:00:00:02', item: 'one'},
    {kind: 'resolved', mac: '02:00:00:00:00:02', item: 'two'},
  ]);
  expect(heard.arp).toEqual({known: {'192.0.2.2': '02:00:00:00:00:02'}, searches: {}});
});

test('who is asked learns the asker before answering (RFC 826, packet reception)', () => {
  const {arp, effects} = arpHear(arpKnowing<string>({}), question, '192.0.2.2');
  expect(arp.known).toEqual({'192.0.2.1': '02:00:00:00:00:01'});
  expect(effects).toEqual([{kind: 'answer', mac: '02:00:00:00:00:01', ip: '192.0.2.1'}]);
});

test('a question for somebody else teaches nothing new', () => {
  expect(arpHear(arpKnowing<string>({}), question, '192.0.2.9')).toEqual({arp: arpKnowing({}), effects: []});
});

test('asks three times, a second apart, then gives the packets up', () => {
  let step = arpWait(arpKnowing<string>({}), '192.0.2.2', {item: 'one', nowUs: 0});
  const times: number[] = [];
  for (let tries = 0; tries < 3; tries++) {
    const due = step.arp.searches['192.0.2.2']?.dueUs ?? -1;
    times.push(due);
    expect(arpTimeout(step.arp, '192.0.2.2', due - 1).effects).toEqual([]);
    step = arpTimeout(step.arp, '192.0.2.2', due);
  }
  expect(times).toEqual([1_000_000, 2_000_000, 3_000_000]);
  expect(step.effects).toEqual([{kind: 'unreachable', item: 'one'}]);
  expect(step.arp.searches).toEqual({});
});
