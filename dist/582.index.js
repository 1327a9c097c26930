"use strict";

exports.id = 582;

exports.ids = [ 582, 334 ];

exports.modules = {
 5582: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   createHttps: () => createHttps
  });
  var node_https__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4708);
  var node_net__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7030);
  var node_tls__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1692);
  var _http_proxy_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1729);
  var _http_tunnel_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2939);
  var _protocol_message_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(9854);
  var _tls_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(334);
  var _transport_js__WEBPACK_IMPORTED_MODULE_7__ = __webpack_require__(5474);
  const MEDIA_TYPE = "application/dns-message";
  const MAX_MESSAGE_BYTES = 65535;
  const CONNECT_TIMEOUT_MS = 5e3;
  const HEADERS = {
   "content-type": MEDIA_TYPE,
   accept: MEDIA_TYPE
  };
  function createHttps(ca) {
   const sessions = new Map;
   async function connectionTo(endpoint) {
    const key = `${endpoint.host} ${endpoint.port} ${endpoint.serverName ?? ""}`;
    const known = sessions.get(key);
    const shared = known === void 0 ? void 0 : await known;
    if (shared?.protocol === "h2" && !shared.session.closed && !shared.session.destroyed) return shared;
    const opening = openConnection(endpoint, ca);
    sessions.set(key, opening);
    opening.catch(() => sessions.get(key) === opening && sessions.delete(key));
    return opening;
   }
   return async (query, endpoint, limits) => {
    let used;
    const outcome = await (0, _transport_js__WEBPACK_IMPORTED_MODULE_7__.o)(limits, ({settle: settle, fail: fail}) => {
     const cancel = new AbortController;
     connectionTo(endpoint).then(connection => {
      used = connection;
      return post(connection, query, endpoint, cancel.signal);
     }).then(settle, fail);
     return () => cancel.abort();
    });
    outcome.ok || outcome.silence !== "timeout" || used?.protocol !== "h2" || used.session.close();
    return outcome;
   };
  }
  async function openConnection(endpoint, ca) {
   const {host: host, port: port} = endpoint;
   const proxy = (0, _http_proxy_js__WEBPACK_IMPORTED_MODULE_3__.i)(new URL(originOf(endpoint)));
   const options = {
    timeoutMs: CONNECT_TIMEOUT_MS,
    isBackground: true
   };
   const tunnel = proxy && {
    socket: await (0, _http_tunnel_js__WEBPACK_IMPORTED_MODULE_4__.X)(proxy, nameAndPort(endpoint), options)
   };
   const socket = (0, node_tls__WEBPACK_IMPORTED_MODULE_2__.connect)({
    ...(0, _tls_js__WEBPACK_IMPORTED_MODULE_6__.tlsOptions)(endpoint, ca),
    host: host,
    port: port,
    ...tunnel,
    ALPNProtocols: [ "h2", "http/1.1" ]
   });
   socket.unref();
   socket.setTimeout(CONNECT_TIMEOUT_MS, () => socket.destroy(tookTooLong()));
   await ready(socket, "secureConnect");
   socket.setTimeout(0);
   if (socket.alpnProtocol !== "h2") return {
    protocol: "http/1.1",
    socket: socket
   };
   const http2 = await Promise.resolve().then(__webpack_require__.t.bind(__webpack_require__, 2467, 23));
   const session = http2.connect(originOf(endpoint), {
    createConnection: () => socket
   });
   session.on("error", () => session.destroy());
   return {
    protocol: "h2",
    session: session
   };
  }
  function nameAndPort({host: host, port: port, serverName: serverName}) {
   return `${serverName ?? ((0, node_net__WEBPACK_IMPORTED_MODULE_1__.isIPv6)(host) ? `[${host}]` : host)}:${port}`;
  }
  function originOf(endpoint) {
   return `https://${nameAndPort(endpoint)}`;
  }
  function authorityOf(endpoint) {
   return new URL(originOf(endpoint)).host;
  }
  function tookTooLong() {
   return new _transport_js__WEBPACK_IMPORTED_MODULE_7__.e("the connection took too long", "timeout");
  }
  function closed(message) {
   return new _transport_js__WEBPACK_IMPORTED_MODULE_7__.e(message, "closed");
  }
  function ready(socket, event) {
   const {promise: promise, resolve: resolve, reject: reject} = Promise.withResolvers();
   socket.once(event, resolve).on("error", reject);
   socket.once("close", () => reject(closed("the connection was closed")));
   return promise;
  }
  async function post(connection, query, endpoint, signal) {
   const {status: status, body: body} = connection.protocol === "h2" ? await postOverHttp2(connection.session, query, endpoint, signal) : await postOverHttp1(connection.socket, query, endpoint, signal);
   if (status !== 200) return {
    ok: false,
    silence: "http-status"
   };
   const message = (0, _protocol_message_js__WEBPACK_IMPORTED_MODULE_5__.oX)(body, query, "connection");
   return message === void 0 ? {
    ok: false,
    silence: "closed"
   } : {
    ok: true,
    message: message
   };
  }
  async function postOverHttp2(session, query, endpoint, signal) {
   const {path: path = "/dns-query"} = endpoint;
   const target = {
    ":method": "POST",
    ":authority": authorityOf(endpoint),
    ":path": path
   };
   const stream = session.request({
    ...target,
    ...HEADERS
   }, {
    signal: signal
   });
   stream.end(query.wire);
   const status = await responseStatus(stream);
   return {
    status: status,
    body: await readMessage(stream, status)
   };
  }
  function responseStatus(stream) {
   const {promise: promise, resolve: resolve, reject: reject} = Promise.withResolvers();
   stream.once("response", ({":status": status}) => resolve(status)).once("error", reject);
   stream.once("close", () => reject(closed("the stream was closed")));
   return promise;
  }
  async function postOverHttp1(socket, query, endpoint, signal) {
   const {promise: promise, resolve: resolve, reject: reject} = Promise.withResolvers();
   const {path: path = "/dns-query"} = endpoint;
   const headers = {
    ...HEADERS,
    host: authorityOf(endpoint),
    "content-length": query.wire.length
   };
   const request = (0, node_https__WEBPACK_IMPORTED_MODULE_0__.request)({
    createConnection: () => socket,
    method: "POST",
    path: path,
    headers: headers,
    signal: signal
   });
   request.once("response", response => {
    const {statusCode: status} = response;
    readMessage(response, status).then(body => resolve({
     status: status,
     body: body
    }), reject);
   });
   request.once("error", reject);
   request.end(query.wire);
   return promise.finally(() => socket.destroy());
  }
  async function readMessage(stream, status) {
   if (status !== 200) {
    stream.destroy();
    return Buffer.alloc(0);
   }
   const chunks = [];
   let bytes = 0;
   for await (const chunk of stream) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > MAX_MESSAGE_BYTES) throw closed("the answer is larger than a DNS message can be");
   }
   return Buffer.concat(chunks);
  }
 },
 334: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   createTls: () => createTls,
   tlsOptions: () => tlsOptions
  });
  var node_net__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7030);
  var node_tls__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1692);
  var _stream_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7625);
  function createTls(ca) {
   return (query, endpoint, limits) => (0, _stream_js__WEBPACK_IMPORTED_MODULE_2__.k)(query, limits, "secureConnect", () => (0, 
   node_tls__WEBPACK_IMPORTED_MODULE_1__.connect)({
    ...tlsOptions(endpoint, ca),
    host: endpoint.host,
    port: endpoint.port,
    ALPNProtocols: [ "dot" ]
   }));
  }
  function tlsOptions({host: host, serverName: serverName}, ca) {
   return {
    servername: serverName ?? ((0, node_net__WEBPACK_IMPORTED_MODULE_0__.isIP)(host) === 0 ? host : ""),
    ...ca !== void 0 && {
     ca: ca
    }
   };
  }
 },
 1729: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   i: () => proxyFor
  });
  var _actions_http_client_lib_proxy__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(9783);
  var _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2690);
  const VARIABLES = [ "https_proxy", "HTTPS_PROXY" ];
  function proxyFor(url) {
   const variable = VARIABLES.find(name => process.env[name]);
   if (variable === void 0 || url.protocol !== "https:" || (0, _actions_http_client_lib_proxy__WEBPACK_IMPORTED_MODULE_0__.H)(url)) return;
   const proxy = parsed(url);
   if (proxy?.hostname && /^https?:$/.test(proxy.protocol)) return proxy;
   throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__.dz(`The variable ${variable} is not the URL of an HTTP proxy, so ${url.host} cannot be reached.`, {
    hint: `Write it with http:// or https:// in front, such as http://proxy.example:3128, and percent-encode special characters of a password. Or add ${url.hostname} to no_proxy.`
   });
  }
  function parsed(url) {
   try {
    return (0, _actions_http_client_lib_proxy__WEBPACK_IMPORTED_MODULE_0__.s)(url);
   } catch {
    return;
   }
  }
 },
 2939: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   X: () => openTunnel,
   a: () => TunnelAgent
  });
  var node_http__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7067);
  var node_https__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4708);
  var node_net__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7030);
  var node_tls__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1692);
  var _text_untrusted_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1824);
  var _host_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(9083);
  var _proxy_error_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(3118);
  async function openTunnel(proxy, target, {timeoutMs: timeoutMs, signal: signal, isBackground: isBackground = false}) {
   const {promise: promise, resolve: resolve, reject: reject} = Promise.withResolvers();
   const request = connectRequest(proxy, target);
   request.once("connect", ({statusCode: statusCode = 0}, socket, head) => {
    socket.unshift(head);
    if (statusCode >= 200 && statusCode < 300) return resolve(socket);
    socket.destroy();
    return reject(new _proxy_error_js__WEBPACK_IMPORTED_MODULE_5__.T(proxy, `answered HTTP ${statusCode}`, statusCode));
   });
   request.on("error", error => {
    const seen = (0, _text_untrusted_js__WEBPACK_IMPORTED_MODULE_4__.g$)(error.message || String(error), MAX_QUOTED);
    reject(error instanceof _proxy_error_js__WEBPACK_IMPORTED_MODULE_5__.T ? error : new _proxy_error_js__WEBPACK_IMPORTED_MODULE_5__.T(proxy, `could not be used: ${seen}`));
   });
   isBackground && request.once("socket", socket => socket.unref());
   const giveUp = seen => void request.destroy(new _proxy_error_js__WEBPACK_IMPORTED_MODULE_5__.T(proxy, seen));
   const timer = setTimeout(giveUp, timeoutMs, `did not answer within ${timeoutMs / 1e3} s`);
   isBackground && timer.unref();
   const onAbort = () => giveUp("was no longer needed");
   signal?.addEventListener("abort", onAbort, {
    once: true
   });
   request.end();
   try {
    return await promise;
   } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
   }
  }
  const MAX_QUOTED = 200;
  function connectRequest(proxy, target) {
   const isSecure = proxy.protocol === "https:";
   const host = (0, _host_js__WEBPACK_IMPORTED_MODULE_6__.n)(proxy.hostname);
   const credentials = Buffer.from(`${proxy.username}:${proxy.password}`).toString("base64");
   const hasCredentials = proxy.username !== "" || proxy.password !== "";
   const options = {
    host: host,
    port: Number(proxy.port) || (isSecure ? 443 : 80),
    method: "CONNECT",
    path: target,
    agent: false,
    headers: {
     host: target,
     ...hasCredentials && {
      "proxy-authorization": `Basic ${credentials}`
     }
    }
   };
   return isSecure ? (0, node_https__WEBPACK_IMPORTED_MODULE_1__.request)({
    ...options,
    servername: (0, node_net__WEBPACK_IMPORTED_MODULE_2__.isIP)(host) ? "" : host
   }) : (0, node_http__WEBPACK_IMPORTED_MODULE_0__.request)(options);
  }
  class TunnelAgent extends node_https__WEBPACK_IMPORTED_MODULE_1__.Agent {
   #proxy;
   #timeoutMs;
   #closed=new AbortController;
   constructor(proxy, timeoutMs) {
    super({
     keepAlive: true
    });
    this.#proxy = proxy;
    this.#timeoutMs = timeoutMs;
   }
   createConnection(...[options, callback]) {
    const host = options.host ?? "";
    const target = `${(0, node_net__WEBPACK_IMPORTED_MODULE_2__.isIP)(host) === 6 ? `[${host}]` : host}:${options.port}`;
    const limits = {
     timeoutMs: this.#timeoutMs,
     signal: this.#closed.signal
    };
    openTunnel(this.#proxy, target, limits).then(socket => callback?.(null, (0, node_tls__WEBPACK_IMPORTED_MODULE_3__.connect)({
     ...options,
     socket: socket
    })), error => callback?.(error, void 0));
    return;
   }
   destroy() {
    this.#closed.abort();
    super.destroy();
   }
  }
 },
 9783: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   H: () => checkBypass,
   s: () => getProxyUrl
  });
  function getProxyUrl(reqUrl) {
   const usingSsl = reqUrl.protocol === "https:";
   if (checkBypass(reqUrl)) return;
   const proxyVar = (() => usingSsl ? process.env["https_proxy"] || process.env["HTTPS_PROXY"] : process.env["http_proxy"] || process.env["HTTP_PROXY"])();
   if (!proxyVar) return;
   try {
    return new DecodedURL(proxyVar);
   } catch (_a) {
    if (!proxyVar.startsWith("http://") && !proxyVar.startsWith("https://")) return new DecodedURL(`http://${proxyVar}`);
   }
  }
  function checkBypass(reqUrl) {
   if (!reqUrl.hostname) return false;
   const reqHost = reqUrl.hostname;
   if (isLoopbackAddress(reqHost)) return true;
   const noProxy = process.env["no_proxy"] || process.env["NO_PROXY"] || "";
   if (!noProxy) return false;
   let reqPort;
   reqUrl.port ? reqPort = Number(reqUrl.port) : reqUrl.protocol === "http:" ? reqPort = 80 : reqUrl.protocol === "https:" && (reqPort = 443);
   const upperReqHosts = [ reqUrl.hostname.toUpperCase() ];
   typeof reqPort === "number" && upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
   for (const upperNoProxyItem of noProxy.split(",").map(x => x.trim().toUpperCase()).filter(x => x)) if (upperNoProxyItem === "*" || upperReqHosts.some(x => x === upperNoProxyItem || x.endsWith(`.${upperNoProxyItem}`) || upperNoProxyItem.startsWith(".") && x.endsWith(`${upperNoProxyItem}`))) return true;
   return false;
  }
  function isLoopbackAddress(host) {
   const hostLower = host.toLowerCase();
   return hostLower === "localhost" || hostLower.startsWith("127.") || hostLower.startsWith("[::1]") || hostLower.startsWith("[0:0:0:0:0:0:0:1]");
  }
  class DecodedURL extends URL {
   constructor(url, base) {
    super(url, base);
    this._decodedUsername = decodeURIComponent(super.username);
    this._decodedPassword = decodeURIComponent(super.password);
   }
   get username() {
    return this._decodedUsername;
   }
   get password() {
    return this._decodedPassword;
   }
  }
 }
};
