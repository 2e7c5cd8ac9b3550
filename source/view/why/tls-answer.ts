// Answers *Why?* for keys, records and certificate chains of TLS: how a key is made and who knows it, who can read a record, which checks
// were made.
import {entryAt} from '../../account/entries.ts';
import {actorsAt, type Eyes, eyesOf, seenThrough} from '../../account/eyes.ts';
import {packetOf} from '../../account/packet.ts';
import {theHostFirst} from '../../lesson/host-names.ts';
import {type Language, type Text, worded} from '../../lesson/text.ts';
import {certificatesAwaited, certificateTexts} from '../../words/catalogue/certificates.ts';
import {placeWords, secretNames, secretReasons} from '../../words/catalogue/keys.ts';
import {whyCertificates, whyKey, whyRecords} from '../../words/catalogue/why.ts';
import {padEnd} from '../../words/width.ts';
import {muted, type Piece, plain, strong} from '../canvas.ts';
import {watcherText} from '../eyes-words.ts';
import {unicodeGlyphs} from '../glyphs.ts';
import {lastSeen} from '../seen.ts';
import type {Subject} from '../subject.ts';
import {widest} from '../table.ts';
import {subjectText, verdictText} from '../tls/certificate-words.ts';
import {absenceOf, type CertificateScene, certificateScene, type Verdict} from '../tls/certificates.ts';
import {checkLines} from '../tls/certificates-drawing.ts';
import {tlsAtHand} from '../tls/connections.ts';
import {derivationRows} from '../tls/derivation.ts';
import {type KeyRow, keyScene} from '../tls/key-schedule.ts';
import {keyName} from '../tls/key-words.ts';
import {keyOf, typeText} from '../tls/record-words.ts';
import {isSameRecord, type RecordRow, recordScene} from '../tls/records.ts';
import type {View} from '../view.ts';
import {awaitedText, endedText} from './certificates-awaited.ts';
import {nothingToTell, type Why, whyOf} from './scene-why.ts';

type Told = Pick<Why, 'heading' | 'details'> & {readonly paragraphs?: Why['paragraphs']};

/**
 * Returns an event's answer to *Why?* with heading, details and paragraphs on the subject (a key, certificates) put in front of its own.
 */
const answered = (why: Why, {heading, details, paragraphs = []}: Told): Why => ({
  ...why,
  heading,
  paragraphs: [...paragraphs, ...why.paragraphs],
  details,
  myth: [],
  next: undefined,
});

/** Returns the answer to *Why?* for an event; an empty answer if `event` is undefined. */
const reasonOf = (view: View, event: number | undefined): Why =>
  event === undefined ? nothingToTell(view) : whyOf(view, event);

/**
 * Tells whether the TLS records are copies that an attacker has sent again: no host of the connection is a TLS client, so that somebody
 * else must have sent them first (RFC 9846 §8). false for an observer at one end, who cannot know.
 */
const isCopied = (view: View): boolean =>
  eyesOf(view.input.trace) === 'ends' && ![...(tlsAtHand(view)?.roles.values() ?? [])].includes('client');

/**
 * Explains a secret that is no step of the key schedule, or comes before the step that its rule describes; undefined if its rule tells how
 * it is made.
 */
const secretReason = (
  view: View,
  {place, maker, knownBy}: KeyRow,
  rows: readonly KeyRow[],
): Text | undefined => {
  const {trace} = view.input;
  switch (place) {
    case 'premaster secret':
      return worded(secretReasons.premaster, {agreed: knownBy[0]?.how === 'agreed'});
    case 'psk':
      return worded(secretReasons.psk, {copied: isCopied(view)});
    case 'shared secret':
      return worded(secretReasons.shared, {
        host: theHostFirst(trace, maker),
        both: knownBy.some(({host}) => host !== maker),
      });
    case 'early secret':
      return worded(secretReasons.first, {psk: rows.some((row) => row.place === 'psk')});
    case 'client early':
      return secretReasons.early;
    case 'client handshake':
    case 'server handshake':
      return worded(secretReasons.traffic, {parent: placeWords['handshake secret']});
    case 'client application':
    case 'server application':
      return worded(secretReasons.traffic, {parent: placeWords['main secret']});
    case 'exporter':
      return secretReasons.exporter;
    case 'resumption secret':
      return secretReasons.resumption;
    default:
      return undefined;
  }
};

export const keyAnswer = (
  view: View,
  {place, update, maker}: Extract<Subject, {readonly kind: 'key'}>,
): Why => {
  const {rows = [], chosen} = keyScene(view) ?? {};
  const row = rows.find((each) => each.place === place && each.update === update && each.maker === maker);
  if (row === undefined) return nothingToTell(view);
  // A secret or key of TLS is explained by the event at which the first host came to know it.
  const event = row.knownBy[0]?.n;
  const why = reasonOf(view, event);
  // A client has the PSK and its early secret before an event of the schedule mentions them.
  const isOfSchedule = entryAt(view.input.trace, row.toldBy).because === '9846:7.1/schedule';
  // The event's rule is left out for the premaster secret, because the rule is about the master secret, which is made from it.
  const isBefore = place === 'premaster secret';
  const own = isOfSchedule || isBefore ? secretReason(view, row, rows) : undefined;
  const reasoned = own ? {...why, paragraphs: [own[view.language]]} : why;
  const rule = isBefore ? undefined : reasonOf(view, row.toldBy).rule;
  return answered(
    {...reasoned, rule},
    {
      heading: whyKey.heading[view.language]({name: keyName(row, view, isOfSchedule ? secretNames : {})}),
      details: derivationRows(view, {row, chosen}).map((each) => [each]),
    },
  );
};

/**
 * Explains a client's verdict on certificates by the event that judged the chain; in a capture, where an alert shows the verdict, by that
 * packet.
 */
const verdictReason = (view: View, verdict: Verdict): Why => {
  switch (verdict.kind) {
    case 'rejected':
      return whyOf(view, packetOf(view.input.trace, verdict.packet).sendEvent);
    case 'goesOn':
      return {...nothingToTell(view), rule: verdict.clause};
    case 'unjudged':
      return nothingToTell(view);
    default: {
      const own = tlsAtHand(view)?.events;
      return reasonOf(view, own?.find(({what}) => what.kind === 'pathFault' || what.kind === 'path')?.n);
    }
  }
};

const verdictParagraphs = ({verdict, links}: CertificateScene, language: Language): readonly string[] => {
  const faulty = links.find(({fault, certificate}) => fault !== undefined && certificate !== undefined);
  switch (verdict.kind) {
    case 'refused':
      return [
        verdictText(verdict, language),
        ...(faulty ? [whyCertificates.faulty[language]({subject: subjectText(faulty, language)})] : []),
      ];
    case 'goesOn':
      return [whyCertificates.shown[language](verdict)];
    default:
      return [];
  }
};

/** Answers *Why?* for a certificate chain: the verdict, and the checks in their order with the one that failed. */
export const certificatesAnswer = (view: View): Why => {
  const {language} = view;
  const scene = certificateScene(view);
  if (scene === undefined) return nothingToTell(view);
  const {verdict, checks, links} = scene;
  if (verdict.kind === 'unjudged' && links.length === 0) {
    const absence = absenceOf(scene);
    const why = absence === 'notYet' ? certificatesAwaited.notYet : certificateTexts[absence];
    const ended = absence === 'notYet' ? endedText(view) : undefined;
    const heading = certificatesAwaited.heading[language];
    return {...nothingToTell(view), heading, paragraphs: [ended ?? why[language]]};
  }
  return answered(verdictReason(view, verdict), {
    heading: whyCertificates[verdict.kind][language],
    paragraphs:
      verdict.kind === 'unjudged'
        ? [awaitedText(view) ?? whyCertificates.untold[language]]
        : verdictParagraphs(scene, language),
    details: checkLines({checks}, {language, glyphs: unicodeGlyphs}),
  });
};

const through = (view: View, eyes: Eyes): View => {
  const {input, cursor} = view;
  const trace = seenThrough(input.trace, eyes, cursor);
  return {...view, input: {...input, trace, playback: {...input.playback, eyes}}};
};

/** Returns a key for what a record is to an observer, such as `clear` or `opened`; `unseen` if it has not reached him. */
const stateOf = (row: RecordRow | undefined): string => {
  if (row === undefined) return 'unseen';
  if (row.refused) return row.refused.unread ? 'unread' : 'refused';
  return row.seal === undefined ? 'clear' : row.seal.opened ? 'opened' : 'closed';
};

/** Returns lines on who can read a TLS record: the chosen observer, or everybody if both ends together are chosen. */
const readersOf = (view: View, row: RecordRow): readonly (readonly Piece[])[] => {
  const {language, input} = view;
  const {eyes} = input.playback;
  const actors = eyes === 'ends' ? actorsAt(input.trace, lastSeen(view)) : [eyes];
  const all = actors.map((actor) => {
    const seen = actor === eyes ? view : through(view, actor);
    const own = recordScene(seen)?.rows.find((each) => isSameRecord(each, row));
    return {name: watcherText(actor, view), state: stateOf(own)};
  });
  const room = widest(all.map(({name}) => name)) + 2;
  return all.map(({name, state}) => [
    {text: `  ${padEnd(name, room)}`, style: muted},
    {text: whyRecords.state[language]({state}), style: plain},
  ]);
};

/**
 * Returns the answer to *Why?* for a packet with what is known of the TLS records that it completes; `sending` is the reason why the packet
 * was sent, returned alone if it completes none.
 */
export const recordsAnswer = (view: View, packet: number, sending: Why): Why => {
  const {language, input} = view;
  const rows = (recordScene(view)?.rows ?? []).filter((row) => row.packet === packet);
  if (rows.length === 0) return sending;
  const refused = rows.find((row) => row.refused)?.refused;
  const headOf = (row: RecordRow): Piece => {
    const key = keyOf(row, input.playback.eyes);
    return {
      text: whyRecords.record[language]({
        ...{type: typeText(row), bytes: row.size},
        seal: row.seal ? (key ? 'known' : 'unknown') : 'clear',
        key: key ? placeWords[key.place][language] : '',
      }),
      style: strong,
    };
  };
  const by = refused && view.called(refused.by);
  return answered(refused ? reasonOf(view, refused.alert) : sending, {
    heading: whyRecords.heading[language]({packet}),
    paragraphs: by === undefined ? [] : [whyRecords.refused[language]({by})],
    details: rows.flatMap((row) => [[headOf(row)], ...readersOf(view, row)]),
  });
};
