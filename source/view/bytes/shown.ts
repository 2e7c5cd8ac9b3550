// Returns a packet for the inspector as it may be shown now; fields that an open question asks for are hidden.
import {hiddenFieldsOf, type View} from '../view.ts';
import {alteredFields} from './altered.ts';
import {type PacketView, packetView} from './inspector-view.ts';

export const shownPacket = (view: View, id: number): PacketView =>
  packetView(view.input.trace, id, {
    language: view.language,
    cursor: view.cursor,
    hides: hiddenFieldsOf(view, id),
    altered: alteredFields(view, id),
    asksForStart: view.hidden.some(({hides}) => hides?.fields.some((field) => field.startsWith('http.'))),
  });
