// Payloads of segments to and from port 80 that the recorded captures have none of.

/** `from`: the server's, so a response. Ports of clients differ, because Wireshark remembers connections. */
export type HttpOddity = {
  readonly payload: string;
  readonly from?: 'server';
  readonly except?: readonly string[];
};

export const httpOddities: Readonly<Record<string, HttpOddity>> = {
  'HTTP: cookies, a tab, a quote, a backslash, an octet beyond ASCII': {
    payload:
      'GET /a?b=c&d HTTP/1.1\r\nHost: x\r\nX-Odd: a"b\\c\td\xe4\r\nCookie: a=1;b=2; c\r\nCookie: d=4\r\nAccept:*/*\r\n\r\n',
  },
  'HTTP: two requests in one segment': {
    payload: 'GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: y\r\n\r\n',
  },
  'HTTP: a request and content': {
    payload: 'POST /1 HTTP/1.1\r\nContent-Length: 3\r\nContent-Type: text/plain\r\n\r\nabc',
  },
  'HTTP: two responses, one with content and without a reason': {
    payload:
      'HTTP/1.1 200 \r\nContent-Length: 2\r\n\r\nhiHTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n',
    from: 'server',
  },
  'HTTP: an interim response and the final one': {
    payload: 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\nServer: s\r\n\r\n',
    from: 'server',
  },
  'HTTP: switching protocols': {
    payload: 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
    from: 'server',
  },
  'HTTP: names in any case, some without a row': {
    payload:
      'GET /x HTTP/1.1\r\nSERVER: s\r\nset-cookie: q\r\nIf-None-Match: "x"\r\nETag: "y"\r\nReferer: r\r\nAuthorization: Basic YTpi\r\n\r\n',
  },
  'HTTP: asterisk form of 1.0': {payload: 'OPTIONS * HTTP/1.0\r\n\r\n'},
  'HTTP: a head cut in a field line': {payload: 'GET /1 HTTP/1.1\r\nHost: x\r\nUser-Age'},
  'HTTP: a head cut in the request line': {
    payload: 'GET /1 HT',
    // Wireshark makes a row of half a line.
    except: ['http.request', 'http.request.method', 'http.request.uri', 'http.request.version'],
  },
  'HTTP: a folded line': {payload: 'GET /1 HTTP/1.1\r\nA: b\r\n c\r\nHost: x\r\n\r\n'},
  'HTTP: a space before the colon': {
    payload: 'GET /1 HTTP/1.1\r\nA: b\r\nHost : x\r\n\r\n',
    except: ['http.request.line'],
  },
  'HTTP: content, as it begins in the middle': {payload: '<html>GET / HTTP/1.1\r\n\r\n'},
};
