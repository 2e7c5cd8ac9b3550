// A packet, or what is in it, as a sentence calls it.
import type {Thing} from '../../account/told/packet-name.ts';
import type {Apart} from '../../account/told/told-apart.ts';
import {theHost} from '../../lesson/host-names.ts';
import {sameIn, type Text, wordedWithNames} from '../../lesson/text.ts';
import type {Trace} from '../../sim/trace.ts';
import {typeName} from '../../wire/dns/registry.ts';
import {things, which} from '../../words/catalogue/told.ts';

const nothing = sameIn('');

/** Who has sent it under an address that is not its own. */
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

/** With what tells it apart, where another one is called the same. */
const toldApart = ({seq, packet}: Thing, thing: Text, by: Apart): Text =>
  wordedWithNames(which, {thing, seq, packet, by: by ?? 'other'});

/** An ACK whose number has come in another packet, too, goes by its own. */
export const amongTwins = (trace: Trace, thing: Thing, twin: boolean): Text =>
  toldApart(thing, named(trace, thing), twin && thing.what === 'ACK' ? 'packet' : undefined);

/** With the number that does not fit. */
export const numbered = (trace: Trace, thing: Thing): Text =>
  wordedWithNames(things.numbered, written(trace, thing));

/** Where a sentence begins with it. */
const namedFirst = (trace: Trace, thing: Thing): Text => wordedWithNames(things.lost, written(trace, thing));

/** As `namedFirst`, told apart. */
export const apartFirst = (trace: Trace, thing: Thing, by: Apart): Text =>
  toldApart(thing, namedFirst(trace, thing), by);

/** Bytes, of which one speaks as of several. */
export const isMany = ({what, bytes}: Thing): boolean => what === 'data' && bytes !== 1;
