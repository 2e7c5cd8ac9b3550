// *Why?* of a field: what it means, what its sender filled it from, and why the packet left.
import {entryAt} from '../../account/entries.ts';
import {packetOf, segmentOf} from '../../account/packet.ts';
import {theHost, theHostFirst} from '../../lesson/host-names.ts';
import {inspectorTexts} from '../../words/catalogue/inspector.ts';
import {punctuation} from '../../words/catalogue/punctuation.ts';
import {whyField} from '../../words/catalogue/why.ts';
import {helpOf, unreadText} from '../bytes/field-help.ts';
import {type InspectorRow, rowTree} from '../bytes/inspector-rows.ts';
import {rowName, rowValue} from '../bytes/inspector-value.ts';
import {shownPacket} from '../bytes/shown.ts';
import {variablesAt} from '../endpoints/end-variables.ts';
import {unicodeGlyphs} from '../glyphs.ts';
import {answersTo} from '../ladder/label.ts';
import type {View} from '../view.ts';
import {fieldArithmetic} from './arithmetic.ts';
import type {FormulaScope} from './formula.ts';
import {nothingToTell, scopeOf, type Why, whyOf} from './scene-why.ts';

const rowNamed = (rows: readonly InspectorRow[], name: string): InspectorRow | undefined => {
  for (const row of rows) {
    const found = row.field?.name === name ? row : rowNamed(row.children, name);
    if (found) return found;
  }
  return undefined;
};

/** The sender's end as the packet left it: of a capture, as far as what has passed tells it. */
const senderScope = (view: View, id: number): FormulaScope => {
  const {trace, playback} = view.input;
  const packet = packetOf(trace, id);
  const {sendEvent, from} = packet;
  const relative = playback.relative;
  if (!trace.connectionPackets)
    return {...scopeOf(view, entryAt(trace, sendEvent)), segment: segmentOf(packet), relative};
  const selection = {...playback.selection, packet: id};
  const variables = variablesAt({...view, input: {...view.input, playback: {...playback, selection}}});
  return {
    before: variables(sendEvent - 1, from),
    after: variables(sendEvent, from),
    segment: segmentOf(packet),
    hidden: answersTo(view.hidden),
    relative,
  };
};

/** What a rule of TCP decides when a segment leaves; of the rest of the header and of what the segment carries it knows nothing. */
const isOfTcp = /^tcp\.(flags|seq|ack|len|window|option)/;
const isOfDatagram = /^(dns|icmp)/;

export const fieldAnswer = (view: View, id: number, field: string): Why => {
  const {language, input} = view;
  const packet = shownPacket(view, id);
  const row = rowNamed(rowTree(packet), field);
  if (!row) return whyOf(view, packetOf(input.trace, id).sendEvent);
  const wording = {language, glyphs: unicodeGlyphs, relative: input.playback.relative};
  const name = rowName(row, packet, wording.relative);
  const value = rowValue(row, packet, wording);
  const heading = whyField.heading[language]({field: name, packet: id, value});
  if (packet.hidden.has(field))
    return {...nothingToTell(view), heading, paragraphs: [whyField.asked[language]]};
  const {meaning, clause} = helpOf(row, packet, wording);
  const why = whyOf(view, packetOf(input.trace, id).sendEvent);
  const lines = fieldArithmetic(field, senderScope(view, id));
  const own = whyField.own[language]({host: theHost(view.input.trace, packetOf(input.trace, id).from)});
  const unread = unreadText(row, language);
  const isSaid =
    unread === undefined &&
    (isOfTcp.test(field) || (isOfDatagram.test(field) && !segmentOf(packetOf(input.trace, id))));
  const told = meaning === '' ? [] : [`${name}${punctuation.colon[language]}${meaning}`];
  if (!isSaid)
    return {
      ...nothingToTell(view),
      heading,
      event: why.event,
      paragraphs: [
        ...told,
        ...(unread === undefined ? [] : [unread]),
        row.end > row.start
          ? whyField.made[language]({host: theHostFirst(view.input.trace, packetOf(input.trace, id).from)})
          : inspectorTexts.computed[language],
      ],
      rule: clause === '' ? undefined : clause,
      previous: why.previous,
    };
  const clauses = [clause, why.rule ?? ''].filter((each) => each !== '');
  return {
    ...why,
    heading,
    paragraphs: [...told, ...(lines.length === 0 ? [] : [own]), ...why.paragraphs],
    formulas: lines.length === 0 ? why.formulas : [lines],
    rule: clauses.length === 0 ? undefined : clauses.join(punctuation.semicolon[language]),
  };
};
