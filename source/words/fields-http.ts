// What the inspector says about the fields of HTTP messages.
import {type FieldTexts, field} from './field-text.ts';

const requestFields: FieldTexts = {
  'http.request': field('RFC 9112 §2.1', '1 where the head of a request is whole.', '请求的首部完整时为 1。'),
  'http.request.method': field(
    'RFC 9110 §9.1',
    'what the client wants done with the target: GET fetches it, POST hands data to it.',
    '客户端要对目标做什么：GET 取回，POST 提交数据。',
  ),
  'http.request.uri': field(
    'RFC 9112 §3.2',
    'what is asked for: path and query; the host stands in a line of its own.',
    '所请求的目标：路径和查询；主机名另有一行。',
  ),
  'http.request.version': field('RFC 9112 §2.3', 'the version that the client speaks.', '客户端使用的版本。'),
  'http.request.line': field(
    'RFC 9112 §5',
    'one header field: name, colon, value, line end.',
    '一个首部字段：名称、冒号、值、行结束符。',
  ),
  'http.host': field(
    'RFC 9110 §7.2',
    'the site meant, of the many that one address may serve.',
    '要访问的站点；同一地址上可以有许多站点。',
  ),
  'http.user_agent': field(
    'RFC 9110 §10.1.5',
    'the client’s program and its version.',
    '客户端程序及其版本。',
  ),
  'http.accept': field(
    'RFC 9110 §12.5.1',
    'the media types that the client takes.',
    '客户端接受的媒体类型。',
  ),
  'http.accept_language': field(
    'RFC 9110 §12.5.4',
    'the languages that the user prefers.',
    '用户希望得到的语言。',
  ),
  'http.accept_encoding': field(
    'RFC 9110 §12.5.3',
    'the compressions that the client can undo.',
    '客户端能够解压的压缩方式。',
  ),
  'http.referer': field('RFC 9110 §10.1.3', 'the page that led here.', '从哪个页面来到这里。'),
  'http.authorization': field(
    'RFC 9110 §11.6.2',
    'the client’s credentials, readable by everyone on the path.',
    '客户端的凭据，路径上人人可读。',
  ),
  'http.cookie': field(
    'RFC 6265 §4.2',
    'what the server asked the client to remember, sent back to it.',
    '服务器要客户端记住的内容，随请求送回。',
  ),
  'http.cookie_pair': field(
    'RFC 6265 §4.2.1',
    'one cookie: its name and its value.',
    '一个 Cookie：名称和值。',
  ),
};

const responseFields: FieldTexts = {
  'http.response': field(
    'RFC 9112 §2.1',
    '1 where the head of a response is whole.',
    '响应的首部完整时为 1。',
  ),
  'http.response.version': field(
    'RFC 9112 §2.3',
    'the version that the server speaks.',
    '服务器使用的版本。',
  ),
  'http.response.code': field(
    'RFC 9110 §15',
    'how it went: 2xx done, 3xx go elsewhere, 4xx the client’s fault, 5xx the server’s.',
    '处理结果：2xx 成功，3xx 另去他处，4xx 客户端出错，5xx 服务器出错。',
  ),
  'http.response.phrase': field(
    'RFC 9112 §4',
    'the code in words for people; no program reads it.',
    '写给人看的状态说明，程序不使用它。',
  ),
  'http.response.line': field(
    'RFC 9112 §5',
    'one header field: name, colon, value, line end.',
    '一个首部字段：名称、冒号、值、行结束符。',
  ),
  'http.set_cookie': field(
    'RFC 6265 §4.1',
    'what the client is to remember and send back: name, value, and for how long and where.',
    '要客户端记住并送回的内容：名称、值、期限和范围。',
  ),
  'http.location': field('RFC 9110 §10.2.2', 'where to go instead.', '应转去的地址。'),
  'http.server': field('RFC 9110 §10.2.4', 'the server’s program and its version.', '服务器程序及其版本。'),
  'http.www_authenticate': field(
    'RFC 9110 §11.6.1',
    'how the client can prove who it is.',
    '客户端可以怎样证明身份。',
  ),
  'http.last_modified': field(
    'RFC 9110 §8.8.2',
    'when the content changed last, for asking later whether it has.',
    '正文最后一次改动的时间，以后可据此询问有无变化。',
  ),
};

const commonFields: FieldTexts = {
  'http.content_type': field('RFC 9110 §8.3', 'the format that the content is in.', '正文的格式。'),
  'http.content_length_header': field(
    'RFC 9110 §8.6',
    'bytes of content: where they end, the next message begins.',
    '正文的字节数；正文结束处就是下一个报文的开头。',
  ),
  'http.content_encoding': field('RFC 9110 §8.4', 'how the content is compressed.', '正文的压缩方式。'),
  'http.transfer_encoding': field(
    'RFC 9112 §6.1',
    'chunked: the content comes in pieces that say their own size.',
    'chunked：正文分块传送，每块自带长度。',
  ),
  'http.connection': field(
    'RFC 9110 §7.6.1',
    'whether the connection stays for more: keep-alive or close.',
    '连接是否保留以便继续使用：keep-alive 或 close。',
  ),
  'http.upgrade': field('RFC 9110 §7.8', 'another protocol to go on with.', '打算改用的另一种协议。'),
  'http.cache_control': field(
    'RFC 9111 §5.2',
    'whether and how long copies may be kept.',
    '副本能否保存、保存多久。',
  ),
  'http.date': field(
    'RFC 9110 §6.6.1',
    'when the message was made, by the server’s clock.',
    '按服务器的时钟，报文生成的时间。',
  ),
};

export const httpFields: FieldTexts = {...requestFields, ...responseFields, ...commonFields};
