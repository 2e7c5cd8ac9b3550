// The kinds of questions that lessons may name: those that have a name.
import {
  cookieKinds,
  dnsKinds,
  httpKinds,
  kindsSentences,
  layerKinds,
  moreTcpKinds,
  tcpKinds,
  tlsKinds,
} from '../words/catalogue/question-kinds.ts';

const named = [
  ...[tcpKinds, moreTcpKinds, dnsKinds, httpKinds],
  ...[cookieKinds, tlsKinds, layerKinds, kindsSentences],
];

export const questionKinds: readonly string[] = named.flatMap((each) => Object.keys(each));
