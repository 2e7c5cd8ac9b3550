// The values of TLS in lesson files: versions, suites, groups.
import * as z from 'zod/mini';
import {CipherSuite} from '../../wire/tls/cipher-suites.ts';
import {NamedGroup, ProtocolVersion} from '../../wire/tls/registry.ts';
import {tlsScalarsSentences} from '../../words/catalogue/lesson.ts';
import {unknownWord} from '../problem.ts';
import {expects, shaped} from '../scalars.ts';
import type {Text} from '../text.ts';
import type {Place} from '../vocabulary.ts';

/** The TLS version in a lesson file; YAML reads 1.3 as a number. */
export const version = z.union(
  [z.literal(1.2), z.literal(1.3), z.enum(['1.2', '1.3'])],
  expects('tls version'),
);
export const word = shaped(/^[A-Za-z0-9_]+$/, 'name of TLS');

type Registry = Readonly<Record<string, number>>;

/** Key exchange groups by their common names and by those of the TLS registry. */
const groups: Registry = {p256: NamedGroup.secp256r1, ...NamedGroup};
const suites: Registry = CipherSuite;

const numbers = (
  given: readonly string[],
  {registry, key, kind}: {registry: Registry; key: string; kind: Text},
  {path, problems}: Place,
): readonly number[] =>
  given.flatMap((name, index) => {
    const number = registry[name];
    if (number === undefined)
      problems.add([...path, key, index], unknownWord(kind, name, Object.keys(registry)));
    return number ?? [];
  });

export const readVersions = (given: readonly z.infer<typeof version>[]): readonly number[] =>
  given.map((each) => ProtocolVersion[Number(each) === 1.3 ? 'TLS 1.3' : 'TLS 1.2']);

export const readSuites = (given: readonly string[], place: Place): readonly number[] =>
  numbers(given, {registry: suites, key: 'suites', kind: tlsScalarsSentences.readSuites.kind}, place);

export const readGroups = (
  given: readonly string[],
  key: 'groups' | 'shares',
  place: Place,
): readonly number[] =>
  numbers(given, {registry: groups, key, kind: tlsScalarsSentences.readGroups.kind}, place);
