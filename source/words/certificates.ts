// The words of the certificates panel, in both languages.
import type {Language, Text} from '../lesson/text.ts';
import type {TlsNote} from '../stack/tls/effect.ts';

const text = (en: string, zh: string): Text => ({en, zh});

export const certificateTexts = {
  title: text('certificates', '证书'),
  none: text('Nobody has spoken TLS yet.', '还没有 TLS。'),
  notYet: text('The server has shown no certificate.', '服务器没有出示证书。'),
  resumed: text(
    'No certificate: the ticket of an earlier connection stands for it.',
    '没有证书：由之前那条连接的票据代替。',
  ),
  unreadable: text('cannot be read', '无法解析'),
  names: text('names', '域名'),
  valid: text('valid', '有效期'),
  key: text('key', '公钥'),
  signedBy: text('signed by', '签发者'),
  unjudged: text('not judged', '尚未核验'),
  believed: text('believed', '可信'),
  refused: text('refused', '拒绝'),
  itself: text('itself', '自己'),
} as const;

/** `root`: the client has it itself; it was not sent. `self`: signed by its own key, and not believed for it. */
export const placeNames = {
  site: text('site', '网站'),
  authority: text('authority', '签发机构'),
  root: text('root, not sent', '根，未发送'),
  self: text('self-signed', '自签名'),
} as const;

export type ChainPlace = keyof typeof placeNames;

export type PathFault = Extract<TlsNote, {kind: 'pathFault'}>['fault'];

export const faultWords: {readonly [fault in PathFault]: Text} = {
  'no-certificate': text('there is none', '没有证书'),
  unreadable: text('it cannot be read', '无法解析'),
  'other-name': text('it is for another name', '域名不符'),
  expired: text('it has expired', '已经过期'),
  'not-yet-valid': text('it is not valid yet', '尚未生效'),
  'unknown-issuer': text('the client does not know who signed it', '客户端不认识签发者'),
  'too-long': text('the chain is too long', '证书链太长'),
  'not-an-authority': text('its issuer may not sign others', '签发者无权签发证书'),
  'bad-signature': text('its signature is wrong', '签名不对'),
  'unknown-algorithm': text('nobody here knows its signature algorithm', '不认识它的签名算法'),
  'unknown-extension': text('it has a critical extension that nobody here knows', '含有不认识的关键扩展'),
  'other-purpose': text('its key is for another purpose', '密钥不能用于服务器'),
};

type Wording = {
  readonly verdict: (verdict: string, reason: string) => string;
  readonly alert: (name: string) => string;
  readonly until: (date: string) => string;
  readonly range: (from: string, to: string) => string;
  readonly signed: (issuer: string, algorithm: string) => string;
  readonly rsa: (bits: number) => string;
  readonly earlier: (lines: number) => string;
  readonly more: (lines: number) => string;
};

export const certificateWords: {readonly [language in Language]: Wording} = {
  en: {
    verdict: (verdict, reason) => `${verdict}: ${reason}`,
    alert: (name) => `alert ${name}`,
    until: (date) => `until ${date}`,
    range: (from, to) => `${from} to ${to}`,
    signed: (issuer, algorithm) => `${issuer}, ${algorithm}`,
    rsa: (bits) => `RSA ${bits} bits`,
    earlier: (lines) => `${lines} earlier`,
    more: (lines) => `${lines} more`,
  },
  zh: {
    verdict: (verdict, reason) => `${verdict}：${reason}`,
    alert: (name) => `警报 ${name}`,
    until: (date) => `到 ${date} 为止`,
    range: (from, to) => `${from} 至 ${to}`,
    signed: (issuer, algorithm) => `${issuer}，${algorithm}`,
    rsa: (bits) => `RSA ${bits} 位`,
    earlier: (lines) => `前面还有 ${lines} 行`,
    more: (lines) => `后面还有 ${lines} 行`,
  },
};
