// The kinds of questions: what each is about.

import type {kindNames} from '../lesson/question-kinds.ts';
import {
  cookieKinds,
  dnsKinds,
  httpKinds,
  layerKinds,
  moreCookieKinds,
  moreDnsKinds,
  moreHttpKinds,
  moreLayerKinds,
  moreTlsKinds,
  tlsKinds,
} from '../words/catalogue/question-kinds.ts';

export type QuestionKind = keyof typeof kindNames;

export type Topic = 'tcp' | 'dns' | 'http' | 'cookies' | 'tls' | 'layers';

const beyondTcp: readonly (readonly [Topic, object])[] = [
  ['dns', {...dnsKinds, ...moreDnsKinds}],
  ['http', {...httpKinds, ...moreHttpKinds}],
  ['cookies', {...cookieKinds, ...moreCookieKinds}],
  ['tls', {...tlsKinds, ...moreTlsKinds}],
  ['layers', {...layerKinds, ...moreLayerKinds}],
];

export const topicOf = (kind: QuestionKind): Topic =>
  beyondTcp.find(([, names]) => Object.hasOwn(names, kind))?.[0] ?? 'tcp';
