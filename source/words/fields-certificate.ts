// What the inspector says about the fields of certificates.
import {type FieldTexts, field} from './field-text.ts';

export const certificateFields: FieldTexts = {
  'x509af.version': field('RFC 5280 §4.1.2.1', '2 stands for version 3.', '2 表示第 3 版。'),
  'x509af.serialNumber': field(
    'RFC 5280 §4.1.2.2',
    'number that the authority gave, never twice.',
    '证书机构给出的编号，不会重复。',
  ),
  'x509af.algorithm.id': field(
    'RFC 5280 §4.1.1.2',
    'algorithm of the signature, or of the public key.',
    '签名算法，或公钥算法。',
  ),
  'x509if.oid': field(
    'RFC 5280 §4.1.2.4',
    'kind of the part of a name that follows.',
    '其后名称部分的种类。',
  ),
  'x509sat.uTF8String': field('RFC 5280 §4.1.2.4', 'part of a name.', '名称的一部分。'),
  'x509sat.printableString': field('RFC 5280 §4.1.2.4', 'part of a name.', '名称的一部分。'),
  'x509sat.IA5String': field('RFC 5280 §4.1.2.4', 'part of a name.', '名称的一部分。'),
  'x509sat.teletexString': field('RFC 5280 §4.1.2.4', 'part of a name.', '名称的一部分。'),
  'x509af.utcTime': field(
    'RFC 5280 §4.1.2.5',
    'when the certificate begins to be valid, then when it ends.',
    '证书有效期的开始，然后是结束。',
  ),
  'x509af.generalizedTime': field(
    'RFC 5280 §4.1.2.5',
    'begin or end of validity, from the year 2050 on written so.',
    '有效期的开始或结束；2050 年起用这种写法。',
  ),
  'x509af.subjectPublicKey': field(
    'RFC 5280 §4.1.2.7',
    'public key of the subject: the reason why this certificate exists.',
    '主体的公钥：证书就是为它而发的。',
  ),
  'pkixalgs.namedCurve': field('RFC 5480 §2.1.1', 'curve of the public key.', '公钥所在的曲线。'),
  'pkcs1.modulus': field('RFC 8017 §3.1', 'modulus of the RSA key.', 'RSA 密钥的模数。'),
  'pkcs1.publicExponent': field('RFC 8017 §3.1', 'public exponent of the RSA key.', 'RSA 密钥的公开指数。'),
  'x509af.extension.id': field('RFC 5280 §4.2', 'which extension this is.', '这是哪一种扩展。'),
  'x509af.critical': field(
    'RFC 5280 §4.2',
    '1: who does not know this extension has to refuse the certificate.',
    '1：不认识这个扩展的一方必须拒绝证书。',
  ),
  'x509ce.dNSName': field(
    'RFC 9525 §6.3',
    'name that the certificate is for; clients compare it with the site.',
    '证书所属的名字，客户端拿它与站点名比较。',
  ),
  'x509ce.iPAddress': field('RFC 9525 §6.5', 'address that the certificate is for.', '证书所属的地址。'),
  'x509ce.cA': field(
    'RFC 5280 §4.2.1.9',
    '1: the key may sign other certificates.',
    '1：密钥可以为其他证书签名。',
  ),
  'x509ce.pathLenConstraint': field(
    'RFC 5280 §4.2.1.9',
    'how many authorities may follow below this one.',
    '其下最多还可以有几级证书机构。',
  ),
  'x509ce.KeyUsage': field(
    'RFC 5280 §4.2.1.3',
    'what the key may be used for, one bit each.',
    '密钥的用途，每位一种。',
  ),
  'x509ce.KeyPurposeId': field(
    'RFC 5280 §4.2.1.12',
    'purpose of the key, such as the authentication of servers.',
    '密钥的用途，例如服务器认证。',
  ),
  'x509ce.SubjectKeyIdentifier': field(
    'RFC 5280 §4.2.1.2',
    'short mark of this certificate’s key.',
    '这张证书的密钥的简短标识。',
  ),
  'x509ce.keyIdentifier': field(
    'RFC 5280 §4.2.1.1',
    'mark of the key that has signed this certificate.',
    '给这张证书签名的密钥的标识。',
  ),
  'x509af.encrypted': field(
    'RFC 5280 §4.1.1.3',
    'signature of the authority over all of the above.',
    '证书机构对以上全部内容的签名。',
  ),
};
