"use strict";

exports.id = 789;

exports.ids = [ 789 ];

exports.modules = {
 3449: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   y: () => postOnce
  });
  var _change_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(961);
  async function postOnce(change, services) {
   const look = async () => {
    const untilMs = services.clock.now() + _change_js__WEBPACK_IMPORTED_MODULE_0__.Dc;
    return change.look && (0, _change_js__WEBPACK_IMPORTED_MODULE_0__.LC)(change.look, found => found !== void 0, untilMs, services);
   };
   let refusal;
   const attempt = async mayBeMade => {
    const found = mayBeMade ? await look() : void 0;
    if (found !== void 0) return {
     made: found,
     isOurs: true
    };
    try {
     return {
      made: await change.send(),
      isOurs: true
     };
    } catch (error) {
     refusal = error;
     const existing = await (change.alreadyThere?.(error));
     if (existing === void 0) throw error;
     return {
      made: existing,
      isOurs: mayBeMade
     };
    }
   };
   return (0, _change_js__WEBPACK_IMPORTED_MODULE_0__.n5)(attempt, services, error => error === refusal);
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
 2988: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   m: () => parseRetryAfter
  });
  const MAX_PARSED_MS = 31536e6;
  function parseRetryAfter(value, nowMs) {
   if (value === void 0) return;
   if (/^\d+$/.test(value.trim())) return Math.min(Number(value) * 1e3, MAX_PARSED_MS);
   const dateMs = Date.parse(value);
   return Number.isNaN(dateMs) ? void 0 : Math.max(0, dateMs - nowMs);
  }
 },
 2059: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   N: () => HttpSession
  });
  var errors = __webpack_require__(2690);
  var secrets = __webpack_require__(3427);
  var untrusted = __webpack_require__(1824);
  var until_aborted = __webpack_require__(3426);
  var lib = __webpack_require__(2779);
  var host = __webpack_require__(9083);
  var tunnel = __webpack_require__(2939);
  const PROXY_SHARE = .5;
  class Connection {
   #client;
   #tunnels;
   constructor(userAgent, deadlineMs, proxy) {
    this.#tunnels = proxy && new tunnel.a(proxy, deadlineMs * PROXY_SHARE);
    const socketTimeout = deadlineMs + 6e4;
    const options = {
     allowRedirects: false,
     allowRetries: false,
     keepAlive: true,
     socketTimeout: socketTimeout
    };
    this.#client = new lib.Qq(userAgent, [ requestHandler(this.#tunnels) ], options);
   }
   async request(...request) {
    return (await this.#client.request(...request)).message;
   }
   close() {
    this.#client.dispose();
    this.#tunnels?.destroy();
   }
  }
  function requestHandler(tunnels) {
   return {
    prepareRequest(options) {
     options.host = (0, host.n)(options.host ?? "");
     tunnels !== void 0 && (options.agent = tunnels);
    },
    canHandleAuthentication: () => false,
    handleAuthentication: () => Promise.reject(new RangeError("nobody asked for this authentication"))
   };
  }
  var network_error = __webpack_require__(5268);
  var proxy = __webpack_require__(1729);
  var proxy_error = __webpack_require__(3118);
  const DEFAULT_DEADLINE_MS = 3e4;
  const DEFAULT_MAX_BODY_BYTES = 5242880;
  const USER_AGENT = "cloudflare-dashboard-sso-connector-action";
  const NOT_FOUND = new Set([ "ENOTFOUND", "EAI_AGAIN" ]);
  const NOT_SENT = new Set([ ...NOT_FOUND, "ECONNREFUSED", "ENETUNREACH", "EHOSTUNREACH" ]);
  class HttpSession {
   #options;
   #redact;
   #url;
   #proxy;
   #idle=[];
   constructor(options) {
    this.#url = new URL(options.apiUrl);
    this.#proxy = (0, proxy.i)(this.#url);
    this.#options = options;
    this.#redact = (0, secrets.$)([ options.apiToken ]);
   }
   async exchange(request, signal, what) {
    const {deadlineMs: deadlineMs = DEFAULT_DEADLINE_MS} = this.#options;
    const connection = this.#idle.pop() ?? new Connection(USER_AGENT, deadlineMs, this.#proxy);
    const deadline = AbortSignal.timeout(deadlineMs);
    try {
     const response = await (0, until_aborted.E)(this.#send(connection, request), AbortSignal.any([ signal, deadline ]));
     this.#idle.push(connection);
     return response;
    } catch (error) {
     connection.close();
     signal.throwIfAborted();
     const isLate = deadline.aborted && error === deadline.reason;
     const failure = isLate ? this.#noAnswerInTime(deadlineMs) : this.#failureOf(error);
     if (failure === void 0) throw this.#withoutToken(error);
     const {seen: seen, ...details} = failure;
     throw new network_error.D(inWords(what, seen, request), details);
    }
   }
   async #send(connection, {method: method, path: path, body: json}) {
    const {apiUrl: apiUrl, apiToken: apiToken, maxBodyBytes: maxBodyBytes = DEFAULT_MAX_BODY_BYTES} = this.#options;
    const headers = {
     authorization: `Bearer ${apiToken}`,
     accept: "application/json",
     ...json && {
      "content-type": "application/json"
     }
    };
    const data = json === void 0 ? null : JSON.stringify(json);
    const message = await connection.request(method, `${apiUrl}${path}`, data, headers);
    const body = await readBody(message, maxBodyBytes);
    if (body === void 0) throw new TooLargeError(maxBodyBytes);
    return {
     status: message.statusCode ?? 0,
     headers: redactedHeaders(message.headers, this.#redact),
     body: this.#redact(body)
    };
   }
   #noAnswerInTime(deadlineMs) {
    const seen = `${this.#place()} gave no complete answer within ${deadlineMs / 1e3} s`;
    return {
     seen: seen,
     retryability: "ambiguous",
     hint: this.#options.statusHint
    };
   }
   #failureOf(error) {
    if (error instanceof proxy_error.T) return this.#noTunnel(error);
    if (error instanceof TooLargeError) return {
     seen: error.message,
     retryability: "permanent",
     hint: TOO_LARGE_HINT
    };
    return (0, network_error.d)(error) ? this.#noAnswer(error) : void 0;
   }
   #noAnswer(cause) {
    const {code: code} = cause;
    const reason = (0, untrusted.g$)(this.#redact(cause.message || code), MAX_QUOTED);
    const seen = `${this.#place()} gave no complete answer: ${reason}`;
    if ((0, errors.Y4)(code)) return {
     seen: seen,
     retryability: "permanent",
     hint: certificateHint(this.#url.host, code),
     cause: cause
    };
    const retryability = NOT_SENT.has(code) ? "not-carried-out" : "ambiguous";
    return {
     seen: seen,
     retryability: retryability,
     hint: this.#hintFor(code),
     cause: cause
    };
   }
   #hintFor(code) {
    if (NOT_FOUND.has(code)) return `This runner could not look up ${this.#url.host}. Check the network and the DNS of the runner, and the name.`;
    const reach = `Check that this runner can reach ${this.#url.host}: network, firewall, https_proxy. `;
    return `${NOT_SENT.has(code) ? reach : ""}${this.#options.statusHint}`;
   }
   #noTunnel(cause) {
    const {status: status, message: seen} = cause;
    const isRefusal = status !== void 0 && status < 500;
    const retryability = isRefusal ? "permanent" : "not-carried-out";
    return {
     seen: seen,
     retryability: retryability,
     hint: proxyHint(this.#url, status),
     cause: cause
    };
   }
   #place() {
    return this.#proxy === void 0 ? this.#url.host : `${this.#url.host}, through the proxy ${this.#proxy.host},`;
   }
   #withoutToken(defect) {
    if (!(defect instanceof Error)) return typeof defect === "string" ? this.#redact(defect) : defect;
    const message = this.#redact(defect.message);
    if (message === defect.message) return defect;
    return Object.assign(new Error(message, {
     cause: defect
    }), {
     name: defect.name
    });
   }
   close() {
    for (const connection of this.#idle.splice(0)) connection.close();
   }
  }
  class TooLargeError extends Error {
   constructor(maxBytes) {
    super(`the answer is larger than ${maxBytes} bytes`);
   }
  }
  const MAX_QUOTED = 500;
  const TOO_LARGE_HINT = "This API sends no answer that large. Check the API URL, and whether a proxy answers instead of the API.";
  function certificateHint(host, code) {
   return code === "CERT_HAS_EXPIRED" || code === "CERT_NOT_YET_VALID" ? `The certificate of ${host} is not valid today. Check the clock of this runner, and whether a proxy with an expired certificate is in between.` : `The certificate of ${host} is not trusted. If a proxy inspects TLS, set NODE_EXTRA_CA_CERTS to its CA certificate.`;
  }
  function proxyHint({hostname: hostname}, status) {
   if (status === 407) return "The proxy wants a user name and a password, or does not accept these. Set https_proxy to http://USER:PASSWORD@HOST:PORT, with special characters percent-encoded.";
   return status === void 0 ? `Check https_proxy, and that this runner can reach the proxy. If it reaches ${hostname} without one, add ${hostname} to no_proxy.` : `Have the proxy allow connections to ${hostname}, or add ${hostname} to no_proxy if this runner reaches it without the proxy.`;
  }
  function inWords(what, seen, {method: method, path: path}) {
   const failed = what === void 0 ? "" : `Could not ${what}: `;
   return `${failed}${seen} (${method} ${path}).`;
  }
  async function readBody(message, maxBytes) {
   const chunks = [];
   let bytes = 0;
   for await (const chunk of message) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes > maxBytes) return;
   }
   return Buffer.concat(chunks).toString("utf8");
  }
  function redactedHeaders(headers, redact) {
   const redacted = Object.entries(headers).map(([name, value]) => [ name, Array.isArray(value) ? value.map(redact) : value && redact(value) ]);
   return Object.fromEntries(redacted);
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
 3962: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   openApi: () => openApi
  });
  var dist = __webpack_require__(7934);
  var untrusted = __webpack_require__(1824);
  var recent = __webpack_require__(8961);
  const access_text = dist.cl6(dist.YjP());
  const wireProviderSchema = dist.Ikc({
   id: access_text,
   name: dist.YjP(),
   type: dist.YjP()
  });
  const rules = dist.cl6(dist.YOg(dist.g1P(dist.YjP(), dist.L5J())), []);
  const wirePolicySchema = dist.Ikc({
   decision: dist.YjP(),
   include: rules,
   exclude: rules,
   require: rules
  });
  const unknownShape = dist.FsL(dist.L5J(), dist.pdi(() => {}));
  const wireAppSchema = dist.Ikc({
   id: access_text,
   uid: access_text,
   name: access_text,
   type: access_text,
   allowed_idps: dist.cl6(dist.KCZ([ dist.YOg(dist.YjP()), unknownShape ]), []),
   policies: dist.NpB(dist.cl6(dist.YOg(wirePolicySchema)), void 0)
  });
  class Access {
   #client;
   #path;
   #identityProviders;
   #ssoApp;
   constructor(client, accountId, clock) {
    this.#client = client;
    this.#path = `/accounts/${encodeURIComponent(accountId)}/access`;
    this.#identityProviders = new recent.g(() => this.#listIdentityProviders(), clock);
    this.#ssoApp = new recent.g(() => this.#findSsoApp(), clock);
   }
   identityProviders() {
    return this.#identityProviders.get();
   }
   ssoApp(notBeforeMs) {
    return this.#ssoApp.get(notBeforeMs);
   }
   async #listIdentityProviders() {
    const providers = await this.#client.list({
     what: "list the identity providers",
     request: {
      method: "GET",
      path: `${this.#path}/identity_providers`
     },
     result: dist.YOg(wireProviderSchema),
     permission: "Access: Organizations, Identity Providers, and Groups: Read"
    });
    return providers.map(({id: id, name: name, type: type}) => ({
     id: id ?? void 0,
     name: name,
     type: type
    }));
   }
   async #findSsoApp() {
    const apps = await this.#client.list({
     what: "list the Access applications",
     request: {
      method: "GET",
      path: `${this.#path}/apps`
     },
     result: dist.YOg(wireAppSchema),
     permission: "Access: Apps and Policies: Read"
    });
    const app = apps.find(({type: type}) => type === "dash_sso");
    if (app?.id == null) return;
    const {id: id, uid: uid, name: name, allowed_idps: allowedIdps, policies: policies} = app;
    return {
     id: id,
     uid: uid ?? id,
     name: (0, untrusted.tg)(name ?? "SSO App"),
     allowedIdps: allowedIdps,
     policies: policies?.map(policy => ({
      decision: policy.decision,
      include: policy.include ?? [],
      exclude: policy.exclude ?? [],
      require: policy.require ?? []
     }))
    };
   }
  }
  var access_log = __webpack_require__(573);
  var api_error = __webpack_require__(3641);
  const ACCOUNT_TOKEN_PREFIX = "cfat_";
  const time = dist.cl6(dist.FsL(dist.YjP(), dist.pdi(Date.parse), dist.aig()));
  const wireTokenSchema = dist.Ikc({
   status: dist.YjP(),
   expires_on: time,
   not_before: time
  });
  class ApiToken {
   #client;
   #accountPath;
   #isOfAccount;
   #facts;
   constructor(client, {accountId: accountId, apiToken: apiToken}, clock) {
    this.#client = client;
    this.#accountPath = `/accounts/${encodeURIComponent(accountId)}/tokens/verify`;
    this.#isOfAccount = apiToken.startsWith(ACCOUNT_TOKEN_PREFIX);
    this.#facts = new recent.g(() => this.#read(), clock);
   }
   facts() {
    return this.#facts.get();
   }
   async #read() {
    if (this.#isOfAccount) return this.#verify(this.#accountPath, true);
    const [user, account] = await Promise.allSettled([ this.#verify("/user/tokens/verify", false), this.#verify(this.#accountPath, true) ]);
    if (user.status === "fulfilled") return user.value;
    if (account.status === "fulfilled") return account.value;
    throw isRefusal(user.reason) ? account.reason : user.reason;
   }
   async #verify(path, isOfAccount) {
    const {result: result} = await this.#client.call({
     what: "verify the API token",
     request: {
      method: "GET",
      path: path
     },
     result: wireTokenSchema,
     permission: void 0
    });
    const {status: status, expires_on: expires_on, not_before: not_before} = result;
    return {
     status: status,
     expiresAtMs: expires_on ?? void 0,
     notBeforeMs: not_before ?? void 0,
     isOfAccount: isOfAccount
    };
   }
  }
  function isRefusal(error) {
   return error instanceof api_error.k && error.status === 401;
  }
  var p_limit = __webpack_require__(370);
  var change = __webpack_require__(961);
  var post_once = __webpack_require__(3449);
  var retries = __webpack_require__(5891);
  var retry_after = __webpack_require__(2988);
  var hints = __webpack_require__(9884);
  const failureSchema = dist.Ikc({
   success: dist.euz(false),
   errors: dist.YOg(dist.Ikc({
    code: dist.aig(),
    message: dist.YjP()
   }))
  });
  const count = dist.lqM(dist.FsL(dist.aig(), dist.ndf()));
  const resultInfoSchema = dist.NpB(dist.cl6(dist.Ikc({
   page: count,
   per_page: count,
   count: count,
   total_count: count
  })), void 0);
  function openEnvelope(call, response, nowMs) {
   const refuse = (seen, details = {}) => refusal(call, response, seen, {
    nowMs: nowMs,
    ...details
   });
   const unusable = (seen, details = {}) => refuse(`Could not ${call.what}: ${seen}`, details);
   if (response.status >= 300 && response.status < 400) throw unusable(`the request was redirected to ${redirectTarget(response)}`, {
    retryability: "permanent",
    hint: hints.J7
   });
   const json = parseJson(response.body);
   const failure = dist.xLC(failureSchema, json);
   if (failure.success) {
    const {errors: errors} = failure.output;
    const verb = response.status >= 500 ? "failed" : "refused";
    throw refuse(`Cloudflare ${verb} to ${call.what}${reasonsOf(errors)}`, {
     errors: errors,
     detail: codesOf(errors)
    });
   }
   if (response.status !== 200) throw unusable("the answer gives no reason");
   if (json === void 0) throw unusable("the answer is not JSON", {
    detail: describeBody(response),
    hint: hints.zO
   });
   const schema = dist.Ikc({
    success: dist.euz(true),
    result: call.result,
    result_info: resultInfoSchema
   });
   const envelope = dist.xLC(schema, json);
   if (!envelope.success) {
    const detail = describeIssue(envelope.issues[0]);
    throw unusable("the answer has an unexpected shape", {
     detail: detail,
     hint: hints.IA
    });
   }
   return {
    result: envelope.output.result,
    resultInfo: envelope.output.result_info ?? void 0
   };
  }
  function refusal({request: request, permission: permission}, response, seen, {nowMs: nowMs, errors: errors = [], retryability: retryability, hint: hint, detail: detail}) {
   const {status: status} = response;
   const rayId = headerOf(response, "cf-ray");
   const retryAfterMs = (0, retry_after.m)(headerOf(response, "retry-after"), nowMs);
   const ray = rayId === void 0 ? "" : `, ray ID ${(0, untrusted.g$)(rayId, MAX_QUOTED)}`;
   const about = `${request.method} ${request.path}, HTTP ${status}${ray}`;
   return new api_error.k(`${seen} (${detail === void 0 ? "" : `${detail}; `}${about}).`, {
    status: status,
    errors: errors,
    permission: (0, hints.Sr)(status, errors) ? permission : void 0,
    rayId: rayId,
    retryAfterMs: retryAfterMs,
    retryability: retryability ?? retryabilityOf(status, errors),
    hint: hint ?? (0, hints.JR)({
     status: status,
     errors: errors,
     permission: permission,
     path: request.path,
     retryAfterMs: retryAfterMs,
     nowMs: nowMs
    })
   });
  }
  function retryabilityOf(status, errors) {
   if (status === 429) return "not-carried-out";
   if (status >= 500 || status === 408) return "ambiguous";
   return status < 300 && errors.length === 0 ? "ambiguous" : "permanent";
  }
  function reasonsOf(errors) {
   const reasons = errors.map(({message: message}) => (0, untrusted.tg)((0, untrusted.g$)(message, MAX_MESSAGE_LENGTH)).replace(/\.$/, ""));
   return reasons.length === 0 ? " and gave no reason" : `: ${reasons.join("; ")}`;
  }
  function codesOf(errors) {
   const codes = errors.map(({code: code}) => code).join(", ");
   return codes === "" ? void 0 : `code${errors.length === 1 ? "" : "s"} ${codes}`;
  }
  function describeIssue(issue) {
   return `${dist.BuJ(issue) ?? "the whole answer"}: expected ${issue.expected ?? "something else"}, got ${(0, 
   untrusted.tg)((0, untrusted.g$)(issue.received, MAX_QUOTED))}`;
  }
  function describeBody(response) {
   const type = (0, untrusted.g$)(headerOf(response, "content-type") ?? "no content type", MAX_QUOTED);
   return `${type}, ${Buffer.byteLength(response.body)} bytes`;
  }
  function parseJson(text) {
   try {
    return JSON.parse(text);
   } catch {
    return;
   }
  }
  function redirectTarget(response) {
   const location = headerOf(response, "location");
   return location && URL.parse(location)?.origin || "another address";
  }
  function headerOf({headers: headers}, name) {
   const value = headers[name];
   return Array.isArray(value) ? value[0] : value;
  }
  const MAX_QUOTED = 80;
  const MAX_MESSAGE_LENGTH = 500;
  var duration = __webpack_require__(5320);
  const MAX_REQUESTS = 1100;
  const WINDOW_MS = 3e5;
  const QUIET_MS = 6e4;
  class RateLimit {
   #services;
   #sentAtMs=[];
   #heldUntilMs=0;
   #quietUntilMs=0;
   constructor(services) {
    this.#services = services;
   }
   async turn() {
    const {clock: clock, signal: signal} = this.#services;
    for (;;) {
     const now = clock.now();
     while ((this.#sentAtMs[0] ?? now) <= now - WINDOW_MS) this.#sentAtMs.shift();
     const [oldest = now] = this.#sentAtMs;
     const isFull = this.#sentAtMs.length >= MAX_REQUESTS;
     isFull && this.holdUntil(oldest + WINDOW_MS);
     if (now >= this.#heldUntilMs) {
      this.#sentAtMs.push(now);
      return;
     }
     await clock.sleep(this.#heldUntilMs - now, signal);
    }
   }
   holdUntil(untilMs) {
    if (untilMs <= this.#heldUntilMs) return;
    this.#heldUntilMs = untilMs;
    const {clock: clock, log: log} = this.#services;
    const now = clock.now();
    if (now < this.#quietUntilMs) return;
    this.#quietUntilMs = untilMs + QUIET_MS;
    log.info(`Waiting for Cloudflare's rate limit (1,200 requests in five minutes). The next request is sent at ${(0, 
    duration.fU)(untilMs, now)}.`);
   }
  }
  const MAX_CONCURRENT = 8;
  const MAX_PAGES = 500;
  class CloudflareClient {
   #session;
   #services;
   #concurrency=(0, p_limit.A)(MAX_CONCURRENT);
   #rate;
   constructor(session, services) {
    this.#session = session;
    this.#services = services;
    this.#rate = new RateLimit(services);
   }
   async send(call) {
    const {clock: clock, signal: signal} = this.#services;
    const response = await this.#concurrency(async () => {
     await this.#rate.turn();
     return this.#session.exchange(call.request, signal, call.what);
    });
    try {
     return openEnvelope(call, response, clock.now());
    } catch (error) {
     if (error instanceof api_error.k && error.status === 429) {
      const {retryAfterMs: retryAfterMs = 0} = error;
      retryAfterMs <= retries.y && this.#rate.holdUntil(clock.now() + retryAfterMs);
     }
     throw error;
    }
   }
   call(call) {
    return (0, retries.L)(() => this.send(call), this.#services);
   }
   change(call) {
    return (0, change.n5)(() => this.send(call), this.#services);
   }
   once(change) {
    return (0, post_once.y)(change, this.#services);
   }
   async list(call, {request: request = page => this.call(page), maxResults: maxResults = Number.POSITIVE_INFINITY} = {}) {
    const results = [];
    const first = {
     ...call,
     result: orNone(call.result)
    };
    for (let page = 1; page <= MAX_PAGES; page++) {
     const {result: result, resultInfo: resultInfo} = await request(page === 1 ? first : atPage(first, page));
     const isThisPage = (resultInfo?.page ?? page) === page;
     isThisPage && results.push(...result);
     if (!isThisPage || result.length === 0 || results.length >= Math.min(resultInfo?.total_count ?? 0, maxResults)) break;
    }
    return results;
   }
  }
  function orNone(list) {
   return dist.FsL(dist.mee(list), dist.pdi(items => items ?? []));
  }
  function atPage(call, page) {
   const separator = call.request.path.includes("?") ? "&" : "?";
   return {
    ...call,
    request: {
     ...call.request,
     path: `${call.request.path}${separator}page=${page}`
    }
   };
  }
  var dns_name = __webpack_require__(8924);
  var sso_record = __webpack_require__(5506);
  const IDENTICAL_RECORD = 81058;
  const AUTOMATIC_TTL = 1;
  const RECORDS_PER_PAGE = "5000";
  class DnsRecords {
   #client;
   constructor(client) {
    this.#client = client;
   }
   txtAt(zoneId, name) {
    return this.#client.list(txtRecords(zoneId, name)).then(recordsAt(name));
   }
   async wildcardAnswer({id: id, name: zone}, name) {
    const parents = (0, dns_name.Qy)(name).filter(each => each !== name && (0, dns_name.a5)(each, zone));
    const wildcards = await Promise.all(parents.map(parent => this.#client.list(recordsIn(id, {
     "name.exact": `*.${parent}`
    }))));
    if (wildcards.flat().length === 0) return;
    const records = await this.#client.list(recordsIn(id, {
     per_page: RECORDS_PER_PAGE
    }));
    const wildcard = (0, dns_name.K3)(name, zone, records.map(ownerOf));
    if (wildcard === void 0) return;
    const types = records.flatMap(record => ownerOf(record) === wildcard ? record.type ?? [] : []);
    return {
     name: name,
     wildcard: wildcard,
     types: types
    };
   }
   async addTxt(zoneId, name, text) {
    const body = {
     type: "TXT",
     name: name,
     content: (0, sso_record.LP)(text),
     ttl: AUTOMATIC_TTL,
     comment: sso_record.EW
    };
    const path = `/zones/${encodeURIComponent(zoneId)}/dns_records`;
    const request = {
     method: "POST",
     path: path,
     body: body
    };
    const call = {
     what: "add the TXT record",
     request: request,
     result: madeSchema,
     permission: "DNS: Edit"
    };
    const {made: made, isOurs: isOurs} = await this.#client.once({
     send: async () => ({
      id: (await this.#client.send(call)).result?.id
     }),
     look: async () => (await this.#txtOnce(zoneId, name)).find(one => one.text === text),
     alreadyThere: async refusal => isIdentical(refusal) ? {
      id: void 0
     } : void 0
    });
    return {
     id: made.id,
     isOurs: isOurs
    };
   }
   #txtOnce(zoneId, name) {
    return this.#client.list(txtRecords(zoneId, name), {
     request: page => this.#client.send(page)
    }).then(recordsAt(name));
   }
  }
  const idSchema = dist.NpB(dist.lqM(dist.FsL(dist.YjP(), dist.yGV(/^[\w-]{1,64}$/))), void 0);
  const madeSchema = dist.NpB(dist.lqM(dist.Ikc({
   id: idSchema
  })), void 0);
  const recordSchema = dist.Ikc({
   id: idSchema,
   type: dist.cl6(dist.YjP()),
   name: dist.cl6(dist.YjP()),
   content: dist.cl6(dist.YjP())
  });
  function txtRecords(zoneId, name) {
   return {
    ...recordsIn(zoneId, {
     type: "TXT",
     "name.exact": name
    }),
    what: "list the TXT records"
   };
  }
  function recordsIn(zoneId, query) {
   const path = `/zones/${encodeURIComponent(zoneId)}/dns_records?${new URLSearchParams(query)}`;
   return {
    what: "list the DNS records",
    request: {
     method: "GET",
     path: path
    },
    result: dist.YOg(recordSchema),
    permission: "DNS: Read"
   };
  }
  function ownerOf({name: name}) {
   return (0, dns_name.gn)(name ?? "");
  }
  function recordsAt(name) {
   return records => records.filter(record => record.type === "TXT" && record.name?.toLowerCase() === name).map(({id: id, content: content}) => ({
    id: id,
    text: textOfContent(content ?? "")
   }));
  }
  function textOfContent(content) {
   const trimmed = content.trim();
   if (!/^(?:"(?:[^"\\]|\\.)*"\s*)+$/s.test(trimmed)) return trimmed;
   const strings = trimmed.match(/\s*"(?:[^"\\]|\\.)*"/gsy) ?? [];
   return strings.map(string => string.trimStart().slice(1, -1).replaceAll(/\\(\d{3}|.)/gs, unescaped)).join("");
  }
  function unescaped(_, escaped) {
   return escaped.length === 3 ? String.fromCharCode(Number(escaped)) : escaped;
  }
  function isIdentical(error) {
   return error instanceof api_error.k && error.errors.some(({code: code}) => code === IDENTICAL_RECORD);
  }
  var email_address = __webpack_require__(7440);
  const SUPER_ADMINISTRATOR = "Super Administrator - All Privileges";
  const named = dist.Ikc({
   name: dist.cl6(dist.YjP())
  });
  const wireMemberSchema = dist.Ikc({
   email: dist.cl6(dist.YjP()),
   user: dist.cl6(dist.Ikc({
    email: dist.cl6(dist.YjP())
   })),
   roles: dist.cl6(dist.YOg(named)),
   policies: dist.cl6(dist.YOg(dist.Ikc({
    access: dist.cl6(dist.YjP()),
    permission_groups: dist.cl6(dist.YOg(named))
   })))
  });
  const PAGE_SIZE = 50;
  class Members {
   #accepted;
   constructor(client, accountId, clock) {
    const path = `/accounts/${encodeURIComponent(accountId)}/members?status=accepted&per_page=${PAGE_SIZE}`;
    this.#accepted = new recent.g(async () => {
     const all = await client.list({
      what: "list the members of the account",
      request: {
       method: "GET",
       path: path
      },
      result: dist.YOg(wireMemberSchema),
      permission: "Account Settings: Read"
     });
     return all.map(toMember);
    }, clock);
   }
   accepted() {
    return this.#accepted.get();
   }
  }
  function toMember({email: email, user: user, roles: roles, policies: policies}) {
   const address = user?.email ?? email ?? "";
   const groups = (policies ?? []).filter(({access: access}) => access !== "deny").flatMap(({permission_groups: permission_groups}) => permission_groups ?? []);
   return {
    emailDomain: (0, email_address.y)(address),
    isPlusAddress: (0, email_address.H)(address),
    isSuperAdministrator: [ ...roles ?? [], ...groups ].some(({name: name}) => name === SUPER_ADMINISTRATOR)
   };
  }
  var sso_connectors = __webpack_require__(3517);
  var external_node_url_ = __webpack_require__(3136);
  const zoneSchema = dist.FsL(dist.Ikc({
   id: dist.FsL(dist.YjP(), dist.yGV(/^[\w-]{1,64}$/)),
   name: dist.FsL(dist.YjP(), dist.pdi(external_node_url_.domainToASCII)),
   status: dist.cl6(dist.YjP())
  }), dist.pdi(({id: id, name: name, status: status}) => ({
   id: id,
   name: name,
   status: status?.toLowerCase() ?? "unknown"
  })));
  class Zones {
   #client;
   #byName=new Map;
   constructor(client) {
    this.#client = client;
   }
   async holding(name) {
    const candidates = (0, dns_name.Qy)(name).filter(candidate => candidate.includes("."));
    const found = await Promise.all(candidates.map(candidate => this.#named(candidate)));
    return found.flat();
   }
   #named(name) {
    const known = this.#byName.get(name);
    if (known !== void 0) return known;
    const zones = this.#listed(name);
    this.#byName.set(name, zones);
    return zones;
   }
   async #listed(name) {
    const spellings = [ ...new Set([ name, (0, external_node_url_.domainToUnicode)(name) ]) ];
    const lists = await Promise.all(spellings.map(spelling => this.#client.list({
     what: "look for the zone",
     request: {
      method: "GET",
      path: `/zones?name=${encodeURIComponent(spelling)}`
     },
     result: dist.YOg(zoneSchema),
     permission: "Zone: Read"
    })));
    const zones = lists.flat().filter(zone => zone.name === name);
    return [ ...new Map(zones.map(zone => [ zone.id, zone ])).values() ];
   }
  }
  var http_session = __webpack_require__(2059);
  const LAST_RESORT_DEADLINE_MS = 3e3;
  function openApi(account, apiUrl, {clock: clock, log: log, signal: signal}) {
   const {accountId: accountId, apiToken: apiToken} = account;
   const where = {
    apiUrl: apiUrl,
    apiToken: apiToken,
    statusHint: hints.n1
   };
   const session = new http_session.N(where);
   const client = new CloudflareClient(session, {
    clock: clock,
    log: log,
    signal: signal
   });
   const api = {
    ssoConnectors: new sso_connectors.IZ(client, accountId, {
     clock: clock,
     signal: signal
    }),
    access: new Access(client, accountId, clock),
    accessLog: new access_log.T2(client, accountId, clock),
    members: new Members(client, accountId, clock),
    token: new ApiToken(client, account, clock),
    zones: new Zones(client),
    dnsRecords: new DnsRecords(client)
   };
   const lastSession = new http_session.N({
    ...where,
    deadlineMs: LAST_RESORT_DEADLINE_MS
   });
   const unstoppable = {
    clock: clock,
    log: log,
    signal: (new AbortController).signal,
    maxAttempts: 1,
    readLagMs: 0
   };
   const lastClient = new CloudflareClient(lastSession, unstoppable);
   const lastResort = new sso_connectors.IZ(lastClient, accountId, unstoppable);
   const close = () => {
    session.close();
    lastSession.close();
   };
   return {
    api: api,
    lastResort: lastResort,
    [Symbol.dispose]: close
   };
  }
 },
 7278: (__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   h: () => fetch,
   k: () => ProxyAgent
  });
  class ProxyAgent {}
  function fetch() {
   throw new Error("this build has no undici: give the client a fetch of its own");
  }
 }
};
