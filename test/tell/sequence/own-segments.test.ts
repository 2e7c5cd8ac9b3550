// A segment that the learner has sent in a host's place is marked in every document, as on the ladder, and no other is.
import {expect, test} from 'vitest';
import {pageData} from '../../../source/tell/sequence/page-data.ts';
import {sequenceOf} from '../../../source/tell/sequence/sequence.ts';
import {seq} from '../../../source/wire/seq.ts';
import {byHandTexts} from '../../../source/words/catalogue/by-hand.ts';
import {languages} from '../../../source/words/catalogue/language.ts';
import {handshakeScenario} from '../../helpers/scenarios.ts';
import {run} from '../../helpers/traces.ts';
import {open} from '../../view/player.ts';

const segments = [{flags: ['SYN', 'ACK'], seq: seq(9000), ack: seq(1001)}] as const;
const trace = run({...handshakeScenario(), byHand: {host: 'server', from: 1, segments}});
const {pacing} = open({trace});

test.each(languages)('in the picture and in the lists, %s', (language) => {
  const {entries} = sequenceOf({trace, pacing, language, relative: false});
  const labels = entries.flatMap((entry) => (entry.kind === 'message' ? [entry.label] : []));
  const yours = byHandTexts.yours[language];
  expect(labels.map((label) => label.includes(yours))).toEqual([false, true, false]);
});

test('in the titles of the page, in both languages', () => {
  const {texts, packets} = pageData({trace, pacing, beats: [], rule: () => undefined, relative: false});
  const titles = packets.map(({title}) => JSON.stringify(texts[title]));
  for (const language of languages)
    expect(titles.map((title) => title.includes(byHandTexts.yours[language]))).toEqual([false, true, false]);
});
