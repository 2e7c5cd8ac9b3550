// The kinds of questions, by name: lessons may ask for any of them.
import {
  cookieKinds,
  dnsKinds,
  httpKinds,
  layerKinds,
  moreCookieKinds,
  moreDnsKinds,
  moreHttpKinds,
  moreLayerKinds,
  moreTcpKinds,
  moreTlsKinds,
  tcpKinds,
  tlsKinds,
} from '../words/catalogue/question-kinds.ts';

export const kindNames = {
  ...{...tcpKinds, ...moreTcpKinds, ...dnsKinds, ...httpKinds, ...cookieKinds, ...tlsKinds, ...layerKinds},
  ...{...moreDnsKinds, ...moreHttpKinds, ...moreCookieKinds, ...moreTlsKinds, ...moreLayerKinds},
};
