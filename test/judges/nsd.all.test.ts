// NSD as judge: it answers what our encoder asks, over the same zone files, as our server does.
import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {answerFrom} from '../../source/stack/dns/authority.ts';
import {zoneOf} from '../../source/stack/dns/zone.ts';
import {decodeDns} from '../../source/wire/dns/decode.ts';
import {ednsOf, fullRcode, optRecord} from '../../source/wire/dns/edns.ts';
import {encodeDns} from '../../source/wire/dns/encode.ts';
import type {DnsMessage} from '../../source/wire/dns/message.ts';
import {encodeDnsWithin} from '../../source/wire/dns/truncate.ts';
import {query, recordText, type Told, told} from '../stack/dns/words.ts';
import {ask, type Server} from './dns/loopback.ts';
import {nsdMissing, openNsd} from './dns/nsd.ts';
import {questions, zoneData, zoneTexts} from './dns/zones.ts';

const noNsd = nsdMissing();
if (noNsd) console.log(`name server judge skipped: ${noNsd}`);

describe.skipIf(noNsd)('NSD', () => {
  let nsd: Server;
  beforeAll(async () => {
    nsd = await openNsd(zoneTexts);
  });
  afterAll(() => nsd?.close());

  const zones = zoneData.map(zoneOf);

  const theirs = async (message: DnsMessage): Promise<DnsMessage> => {
    const bytes = await ask(nsd.port, encodeDns(message));
    const read = bytes && decodeDns(bytes);
    if (!read?.ok) throw new Error(`NSD's answer to ${message.questions[0]?.name} cannot be read`);
    return read.value;
  };

  /** NSD adds the apex's NS records to answers; a referral's glue counts, other additional records are a courtesy. */
  const essence = ({rcode, aa, answer, authority, additional}: Told) => ({
    rcode,
    aa,
    answer: answer.toSorted(),
    authority: authority.filter((each) => !/^(abc|xyz)\.com\. \d+ NS /.test(each)).toSorted(),
    glue: aa ? [] : additional.toSorted(),
  });

  test.each(questions)('%s', async (question) => {
    const [name = '', type = ''] = question.split(' ');
    const asked = query(name, type, {additionals: [optRecord({udpSize: 1232})]});
    const ours = answerFrom(zones, asked).response;
    expect(essence(told(ours))).toEqual(essence(told(await theirs(asked))));
  });

  const opt = optRecord({udpSize: 1232});
  test.each([
    ['no room', query('big.abc.com.', 'TXT')],
    ['room', query('big.abc.com.', 'TXT', {additionals: [opt]})],
    ['EDNS version 1', query('y.abc.com.', 'A', {additionals: [optRecord({udpSize: 1232, version: 1})]})],
    ['no question', query('y.abc.com.', 'A', {questions: []})],
    ['class CH', query('y.abc.com.', 'A', {questions: [{name: 'y.abc.com.', type: 1, class: 3}]})],
    ['DO', query('y.abc.com.', 'A', {additionals: [optRecord({udpSize: 1232, doBit: true})]})],
    ['in capitals', query('Y.ABC.Com.', 'A')],
  ])('%s', async (_, asked) => {
    const ours = answerFrom(zones, asked).response;
    const carried = decodeDns(encodeDnsWithin(ours, asked.additionals.length > 0 ? 1232 : 512));
    const gist = (message: DnsMessage) => ({
      id: message.id,
      flags: message.flags,
      rcode: fullRcode(message),
      questions: message.questions,
      answers: message.answers.map(recordText).toSorted(),
      edns: ednsOf(message),
    });
    expect(carried.ok && gist(carried.value)).toEqual(gist(await theirs(asked)));
  });
});
