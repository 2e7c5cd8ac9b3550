// Names a packet or its content in the sentences of the program's commentary.
import type {Thing} from '../../account/told/packet-name.ts';
import type {Apart} from '../../account/told/told-apart.ts';
import {theHost} from '../../lesson/host-names.ts';
import {sameIn, type Text, wordedWithNames} from '../../lesson/text.ts';
import type {Trace} from '../../sim/trace.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {things, which} from '../../words/catalogue/told.ts';

const nothing = sameIn('');

/** Returns words on which host sent a packet under an address that is not its own; empty if the address is not forged. */
const forgedText = (trace: Trace, {forged}: Thing): Text =>
  forged
    ? wordedWithNames(things.forged, {
        by: theHost(trace, forged.by),
        alleged: forged.as === undefined ? undefined : theHost(trace, forged.as),
        address: forged.address,
      })
    : nothing;

const written = (trace: Trace, thing: Thing) => ({
  ...thing,
  type: thing.type === undefined ? undefined : typeName(thing.type),
  forged: forgedText(trace, thing),
});

export const named = (trace: Trace, thing: Thing): Text =>
  wordedWithNames(things.named, written(trace, thing));

/** Returns a packet's name with what distinguishes it from another one of the same name, such as its sequence or packet number. */
const toldApart = ({seq, packet}: Thing, thing: Text, by: Apart): Text =>
  wordedWithNames(which, {thing, seq, packet, by: by ?? 'other'});

/** Returns a packet's name; for an ACK that has the same number as another one (`twin`), with the packet number. */
export const amongTwins = (trace: Trace, thing: Thing, twin: boolean): Text =>
  toldApart(thing, named(trace, thing), twin && thing.what === 'ACK' ? 'packet' : undefined);

/** Returns a packet's name with the sequence or acknowledgment number for which it was refused. */
export const numbered = (trace: Trace, thing: Thing): Text =>
  wordedWithNames(things.numbered, written(trace, thing));

/** Returns a packet's name as it begins a sentence. */
const namedFirst = (trace: Trace, thing: Thing): Text => wordedWithNames(things.lost, written(trace, thing));

/** Returns a packet's name as it begins a sentence, with what distinguishes it from others of the same name. */
export const apartFirst = (trace: Trace, thing: Thing, by: Apart): Text =>
  toldApart(thing, namedFirst(trace, thing), by);

/** Tells whether the name of a packet's content is plural, as that of several bytes is. */
export const isMany = ({what, bytes}: Thing): boolean => what === 'data' && bytes !== 1;
