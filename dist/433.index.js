"use strict";

exports.id = 433;

exports.ids = [ 433 ];

exports.modules = {
 573: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   T2: () => AccessLog,
   ej: () => LOOK_BACK_DAYS
  });
  var valibot__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7934);
  var _domain_email_address_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7440);
  var _time_recent_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(8961);
  const text = valibot__WEBPACK_IMPORTED_MODULE_1__.cl6(valibot__WEBPACK_IMPORTED_MODULE_1__.YjP());
  const wireSignInSchema = valibot__WEBPACK_IMPORTED_MODULE_1__.Ikc({
   action: text,
   allowed: valibot__WEBPACK_IMPORTED_MODULE_1__.cl6(valibot__WEBPACK_IMPORTED_MODULE_1__.zMY()),
   app_uid: text,
   connection: text,
   created_at: text,
   user_email: text
  });
  const MAX_ENTRIES = 1e3;
  const MAX_PAST_ENTRIES = 100;
  const LOOK_BACK_DAYS = 30;
  const DAY_MS = 864e5;
  class AccessLog {
   #client;
   #path;
   #clock;
   #past=new Map;
   #everybody;
   constructor(client, accountId, clock) {
    this.#client = client;
    this.#clock = clock;
    this.#path = `/accounts/${encodeURIComponent(accountId)}/access/logs/access_requests`;
    this.#everybody = new _time_recent_js__WEBPACK_IMPORTED_MODULE_2__.g(() => this.#read(this.#startOfPast(), MAX_ENTRIES), clock);
   }
   async signIns({emailDomain: emailDomain, sinceMs: sinceMs}) {
    return signInsOf(await this.#read(sinceMs, MAX_ENTRIES), {
     emailDomain: emailDomain,
     sinceMs: sinceMs
    });
   }
   pastSignIns(emailDomain) {
    const known = this.#past.get(emailDomain);
    const past = known ?? new _time_recent_js__WEBPACK_IMPORTED_MODULE_2__.g(() => this.#readPast(emailDomain), this.#clock);
    this.#past.set(emailDomain, past);
    return past.get();
   }
   async #readPast(emailDomain) {
    const query = {
     emailDomain: emailDomain,
     sinceMs: this.#startOfPast()
    };
    const entries = await this.#read(query.sinceMs, MAX_PAST_ENTRIES, {
     email: `@${emailDomain}`
    });
    const filtered = signInsOf(entries, query);
    return filtered.length > 0 ? filtered : signInsOf(await this.#everybody.get(), query);
   }
   #startOfPast() {
    return this.#clock.now() - LOOK_BACK_DAYS * DAY_MS;
   }
   async #read(sinceMs, maxEntries, filter = {}) {
    const since = new Date(sinceMs).toISOString();
    const query = new URLSearchParams({
     since: since,
     direction: "desc",
     limit: String(maxEntries),
     ...filter
    });
    return this.#client.list({
     what: "read the sign-in log",
     request: {
      method: "GET",
      path: `${this.#path}?${query}`
     },
     result: valibot__WEBPACK_IMPORTED_MODULE_1__.YOg(wireSignInSchema),
     permission: "Access: Audit Logs: Read"
    }, {
     maxResults: maxEntries
    });
   }
  }
  function signInsOf(entries, {emailDomain: emailDomain, sinceMs: sinceMs}) {
   return entries.filter(entry => (entry.action ?? "login") === "login").filter(({user_email: user_email}) => (0, 
   _domain_email_address_js__WEBPACK_IMPORTED_MODULE_0__.y)(user_email ?? "") === emailDomain).flatMap(toSignIn).filter(({atMs: atMs}) => atMs >= sinceMs).toSorted((one, other) => other.atMs - one.atMs);
  }
  function toSignIn({allowed: allowed, created_at: created_at, connection: connection, app_uid: app_uid}) {
   const atMs = Date.parse(created_at ?? "");
   if (Number.isNaN(atMs)) return [];
   return [ {
    allowed: allowed === true,
    atMs: atMs,
    connection: connection ?? "",
    appUid: app_uid ?? void 0
   } ];
  }
 },
 3641: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   k: () => CloudflareApiError
  });
  var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2690);
  class CloudflareApiError extends _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.GI {
   status;
   errors;
   permission;
   rayId;
   constructor(message, details) {
    super(message, details);
    this.status = details.status;
    this.errors = details.errors;
    this.permission = details.permission;
    this.rayId = details.rayId;
   }
  }
 },
 9884: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   IA: () => SHAPE_HINT,
   J7: () => REDIRECT_HINT,
   JR: () => hintFor,
   Sr: () => isPermissionMissing,
   W8: () => NO_ZERO_TRUST,
   n1: () => STATUS_HINT,
   sN: () => SSO_CONNECTOR,
   zO: () => NOT_JSON_HINT
  });
  var _text_duration_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5320);
  const INVALID_HEADERS = 6003;
  const NO_ZERO_TRUST = 9999;
  const WRONG_LOCATION = {
   code: 9109,
   message: /from location/i
  };
  const STATUS_HINT = "Check https://www.cloudflarestatus.com for incidents, then run the job again: every mode is safe to repeat.";
  const REDIRECT_HINT = "Redirects are not followed, because the token would be sent along. If you set api-url, change it to the address of the redirect. Otherwise a proxy is answering instead of Cloudflare.";
  const NOT_JSON_HINT = "Something else answered instead of Cloudflare, such as a proxy with a sign-in page. Check api-url, https_proxy and no_proxy, then run the job again.";
  const SHAPE_HINT = "Run the job again. If the error stays, Cloudflare's API has changed: look for a newer version of this action.";
  const SSO_CONNECTOR = {
   read: "SSO Connector: Read",
   edit: "SSO Connector: Edit"
  };
  function hintFor(refused) {
   const {status: status, errors: errors, permission: permission, path: path, retryAfterMs: retryAfterMs, nowMs: nowMs} = refused;
   if (errors.some(({code: code}) => code === INVALID_HEADERS)) return "The API token is malformed. Store it again: only the token, without quotes and without the word Bearer.";
   if (errors.some(({code: code}) => code === NO_ZERO_TRUST)) return "Create a Zero Trust organization in the dashboard under Zero Trust (the Free plan is enough), then add your identity provider there.";
   if (status === 403 && errors.some(isWrongLocation)) return "The API token has an IP filter that does not allow this runner. Remove the filter from the token, use a runner with an allowed address, or use another token.";
   switch (status) {
   case 401:
    return 'The API token is wrong, expired or restricted to other IP addresses. Check it under "API Tokens" in the dashboard. If you cannot sign in there, use another token, or ask a member of the account outside the email domain.';

   case 403:
    return permission === void 0 ? 'The API token may not include this account. Check it under "API Tokens" in the dashboard, and check account-id.' : `The API token may lack ${permissions(permission)}, or may not include this account. Check both under "API Tokens" in the dashboard, and check account-id.`;

   case 404:
    if (path.includes("/access/")) return "Check that the account has a Zero Trust organization, and check account-id.";
    return path.endsWith("/sso_connectors") ? "Check account-id. You can find the account ID in the dashboard URL, https://dash.cloudflare.com/<account ID>." : path.includes("/sso_connectors/") ? "It may have been deleted. Check connector-id and account-id, or leave connector-id out to find the connector by email domain." : "Check account-id and api-url.";

   case 407:
    return "A proxy answered instead of Cloudflare, and wants a user name and a password. Check https_proxy and no_proxy.";

   case 429:
    return retryAfterMs === void 0 ? "Cloudflare allows 1,200 requests in five minutes for a user, over all tokens. Run the job again in five minutes." : `Cloudflare's rate limit is used up until ${(0, 
    _text_duration_js__WEBPACK_IMPORTED_MODULE_0__.fU)(nowMs + retryAfterMs, nowMs)}. Run the job again after that.`;

   default:
    return status >= 500 ? STATUS_HINT : void 0;
   }
  }
  function isPermissionMissing(status, errors) {
   const means = code => errors.some(error => error.code === code);
   return status === 403 && !means(NO_ZERO_TRUST) && !means(INVALID_HEADERS) && !errors.some(isWrongLocation);
  }
  function isWrongLocation({code: code, message: message}) {
   return code === WRONG_LOCATION.code && WRONG_LOCATION.message.test(message);
  }
  function permissions(needed) {
   return needed === SSO_CONNECTOR.edit ? `the permissions "${SSO_CONNECTOR.edit}" and "${SSO_CONNECTOR.read}"` : `the permission "${needed}"`;
  }
 },
 8994: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   c: () => isNotFound
  });
  var _api_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3641);
  const NOT_OF_RESOURCE = new Set([ 6003, 6111, 7e3, 7001, 7003, 9103, 9106, 9109, 9999, 1e4, 10001 ]);
  function isNotFound(error) {
   if (!(error instanceof _api_error_js__WEBPACK_IMPORTED_MODULE_0__.k) || error.status !== 404) return false;
   return error.errors.length > 0 && !error.errors.some(({code: code}) => NOT_OF_RESOURCE.has(code));
  }
 },
 3517: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   IZ: () => SsoConnectors,
   av: () => isBegun,
   P5: () => isMadeBy
  });
  var dist = __webpack_require__(7934);
  var recent = __webpack_require__(8961);
  var api_error = __webpack_require__(3641);
  var external_node_url_ = __webpack_require__(3136);
  const VERIFICATION_STATUSES = [ "awaiting", "pending", "failed", "verified" ];
  const DOMAIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,252}$/u;
  const wireConnectorSchema = dist.Ikc({
   id: dist.FsL(dist.YjP(), dist.yGV(/^[\w-]{1,64}$/)),
   email_domain: dist.NpB(dist.cl6(dist.FsL(dist.YjP(), dist.yGV(DOMAIN))), void 0),
   enabled: dist.NpB(dist.cl6(dist.zMY()), void 0),
   use_fedramp_language: dist.NpB(dist.cl6(dist.zMY()), void 0),
   verification: dist.NpB(dist.cl6(dist.Ikc({
    code: dist.NpB(dist.cl6(dist.FsL(dist.YjP(), dist.yGV(/^[\x21\x23-\x7e]{1,255}$/))), void 0),
    status: dist.NpB(dist.cl6(dist.FsL(dist.YjP(), dist.PXX(), dist.KIO(VERIFICATION_STATUSES))), void 0)
   })), void 0)
  });
  const connectorSchema = dist.FsL(wireConnectorSchema, dist.pdi(wire => ({
   id: wire.id,
   emailDomain: normalised(wire.email_domain ?? ""),
   enabled: wire.enabled ?? void 0,
   useFedrampLanguage: wire.use_fedramp_language ?? false,
   verificationCode: wire.verification?.code ?? void 0,
   verificationStatus: wire.verification?.status ?? void 0
  })));
  const connectorsSchema = dist.YOg(dist.FsL(dist.L5J(), dist.pdi(toListing)));
  const changedConnectorsSchema = dist.KCZ([ connectorsSchema, dist.FsL(connectorSchema, dist.pdi(one => [ {
   connector: one,
   givenDomain: one.emailDomain
  } ])) ]);
  function toListing(wire) {
   const connector = dist.xLC(connectorSchema, wire);
   const given = dist.xLC(dist.Ikc({
    email_domain: dist.YjP()
   }), wire);
   return {
    connector: connector.success ? connector.output : void 0,
    givenDomain: given.success ? given.output.email_domain : void 0
   };
  }
  function mayBeFor({connector: connector, givenDomain: givenDomain = ""}, emailDomain) {
   const known = connector?.emailDomain || DOMAIN.test(givenDomain) && normalised(givenDomain);
   if (known) return known === emailDomain;
   const letters = givenDomain.normalize("NFKC").toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}.-]/gu, "");
   return letters === "" || [ emailDomain, (0, external_node_url_.domainToUnicode)(emailDomain) ].some(name => letters.includes(name));
  }
  function normalised(emailDomain) {
   const name = emailDomain.replace(/\.$/, "");
   return (0, external_node_url_.domainToASCII)(name) || name.toLowerCase();
  }
  var hints = __webpack_require__(9884);
  var not_found = __webpack_require__(8994);
  var errors = __webpack_require__(2690);
  var change = __webpack_require__(961);
  class OwnWrites {
   #services;
   #written=new Map;
   constructor(services) {
    this.#services = services;
   }
   expect(connectorId, isShownBy) {
    this.#written.set(connectorId, {
     untilMs: this.#caughtUpMs(),
     isShownBy: isShownBy
    });
   }
   async sending(connectorId, send, isShownBy) {
    try {
     const answer = await send();
     this.expect(connectorId, isShownBy);
     return answer;
    } catch (error) {
     const isWithoutEffect = error instanceof errors.GI && error.retryability !== "ambiguous";
     isWithoutEffect || this.expect(connectorId, isShownBy);
     throw error;
    }
   }
   read(connectorId, look) {
    const written = this.#written.get(connectorId);
    const isExpected = ({seen: seen}) => written?.isShownBy(seen) ?? true;
    return (0, change.LC)(look, isExpected, written?.untilMs ?? 0, this.#services);
   }
   readList(list, emailDomain) {
    const untilMs = Math.max(0, ...this.#written.values().map(one => one.untilMs));
    const isExpected = all => this.#written.entries().every(([connectorId, {isShownBy: isShownBy}]) => {
     const seen = all.find(({connector: connector}) => connector?.id === connectorId)?.connector;
     return seen !== void 0 && seen.emailDomain !== emailDomain || isShownBy(seen);
    });
    return (0, change.LC)(list, isExpected, untilMs, this.#services);
   }
   readNew(look) {
    return (0, change.LC)(look, seen => seen !== void 0, this.#caughtUpMs(), this.#services);
   }
   #caughtUpMs() {
    const {clock: clock, readLagMs: readLagMs = change.Dc} = this.#services;
    return clock.now() + readLagMs;
   }
  }
  const {read: READ, edit: WRITE} = hints.sN;
  class SsoConnectors {
   #client;
   #path;
   #writes;
   #list;
   constructor(client, accountId, services) {
    this.#client = client;
    this.#path = `/accounts/${encodeURIComponent(accountId)}/sso_connectors`;
    this.#writes = new OwnWrites(services);
    this.#list = new recent.g(() => client.list(this.#listCall), services.clock);
   }
   async list() {
    const {connectors: connectors, isWhole: isWhole} = await this.listReadable();
    if (!isWhole) throw unclearList(this.#listCall, "not every entry can be read");
    return connectors;
   }
   async listReadable() {
    const all = await this.#list.get();
    const connectors = all.flatMap(({connector: connector}) => connector ?? []);
    return {
     connectors: connectors,
     isWhole: connectors.length === all.length
    };
   }
   async find(emailDomain) {
    return this.#ofDomain(await this.#list.get(), emailDomain)[0];
   }
   async allOf(emailDomain) {
    const all = await this.#writes.readList(() => this.#client.list(this.#listCall), emailDomain);
    return this.#ofDomain(all, emailDomain);
   }
   findNew(emailDomain) {
    return this.#writes.readNew(async () => (await this.allOf(emailDomain))[0]);
   }
   async get(connectorId) {
    const look = await this.#look(connectorId);
    if (look.seen === void 0) throw look.error;
    return look.seen;
   }
   async getIfThere(connectorId) {
    return (await this.#look(connectorId)).seen;
   }
   #look(connectorId) {
    return this.#writes.read(connectorId, async () => {
     try {
      return {
       seen: await this.#read(connectorId)
      };
     } catch (error) {
      if ((0, not_found.c)(error)) return {
       seen: void 0,
       error: error
      };
      throw error;
     }
    });
   }
   async #read(connectorId) {
    const request = {
     method: "GET",
     path: this.#pathOf(connectorId)
    };
    const call = {
     what: "read the SSO connector",
     request: request,
     result: connectorSchema,
     permission: READ
    };
    const {result: result} = await this.#client.call(call);
    if (result.id !== connectorId) throw aboutAnother(call, connectorId, [ result ]);
    return result;
   }
   async create(connector) {
    const request = {
     method: "POST",
     path: this.#path,
     body: connector
    };
    const what = `create the SSO connector for ${connector.email_domain}`;
    const call = {
     what: what,
     request: request,
     result: connectorSchema,
     permission: WRITE
    };
    const look = async () => this.#ofDomain(await this.#listOnce(), connector.email_domain)[0];
    const {made: made, isOurs: isOurs} = await this.#client.once({
     send: async () => (await this.#client.send(call)).result,
     look: look,
     alreadyThere: async refusal => isConflict(refusal) ? this.findNew(connector.email_domain) : void 0
    });
    this.#writes.expect(made.id, seen => seen !== void 0);
    return {
     connector: made,
     created: isOurs
    };
   }
   async change(connectorId, change) {
    const request = {
     method: "PATCH",
     path: this.#pathOf(connectorId),
     body: change
    };
    const {enabled: enabled} = change;
    return this.#writes.sending(connectorId, async () => {
     const what = (enabled === void 0 ? "change" : enabled ? "enable" : "disable") + " the SSO connector";
     const call = {
      what: what,
      request: request,
      result: changedConnectorsSchema,
      permission: WRITE
     };
     const {result: result} = await this.#client.change(call);
     const all = result.flatMap(one => one.connector ?? []);
     const changed = all.find(({id: id}) => id === connectorId);
     if (changed === void 0) throw aboutAnother(call, connectorId, all);
     return changed;
    }, isMadeBy(change));
   }
   async beginVerification(connectorId) {
    const request = {
     method: "POST",
     path: `${this.#pathOf(connectorId)}/begin_verification`
    };
    const call = {
     what: "begin the verification of the SSO connector",
     request: request,
     result: dist.lqM(dist.L5J()),
     permission: WRITE
    };
    await this.#writes.sending(connectorId, () => this.#client.change(call), isBegun);
   }
   async delete(connectorId) {
    const request = {
     method: "DELETE",
     path: this.#pathOf(connectorId)
    };
    const call = {
     what: "delete the SSO connector",
     request: request,
     result: dist.lqM(dist.L5J()),
     permission: WRITE
    };
    const change = {
     send: async () => {
      await this.#client.send(call);
      return "gone";
     },
     alreadyThere: async refusal => (0, not_found.c)(refusal) ? "gone" : void 0
    };
    const {isOurs: isOurs} = await this.#writes.sending(connectorId, () => this.#client.once(change), seen => seen === void 0);
    this.#list.forget();
    return isOurs;
   }
   #listOnce() {
    return this.#client.list(this.#listCall, {
     request: page => this.#client.send(page)
    });
   }
   get #listCall() {
    const request = {
     method: "GET",
     path: this.#path
    };
    return {
     what: "list the SSO connectors",
     request: request,
     permission: READ,
     result: connectorsSchema
    };
   }
   #ofDomain(all, emailDomain) {
    const found = ofDomain(all.flatMap(({connector: connector}) => connector ?? []), emailDomain);
    if (found.length === 0 && all.some(one => mayBeFor(one, emailDomain))) throw unclearList(this.#listCall, `none is for ${emailDomain}, but not every entry can be read`);
    return found;
   }
   #pathOf(connectorId) {
    return `${this.#path}/${encodeURIComponent(connectorId)}`;
   }
  }
  function isMadeBy({enabled: enabled, use_fedramp_language: useFedrampLanguage}) {
   return seen => seen !== void 0 && (enabled === void 0 || seen.enabled === enabled) && (useFedrampLanguage === void 0 || seen.useFedrampLanguage === useFedrampLanguage);
  }
  function isBegun(seen) {
   return seen?.verificationStatus === "pending" || seen?.verificationStatus === "verified";
  }
  function ofDomain(connectors, emailDomain) {
   const rank = ({enabled: enabled, verificationStatus: verificationStatus}) => enabled !== false ? 2 : Number(verificationStatus === "verified");
   return connectors.filter(connector => connector.emailDomain === emailDomain).toSorted((one, other) => rank(other) - rank(one));
  }
  function unclearList(call, seen) {
   return oddAnswer(call, seen, {
    hint: "Look at the connectors in the dashboard, and name the one that you mean by its connector-id.",
    retryability: "permanent"
   });
  }
  function aboutAnother(call, connectorId, all) {
   const ids = all.map(({id: id}) => id).join(", ");
   const seen = `the answer is about ${ids === "" ? "no connector" : `connector ${ids}`}, not ${connectorId}`;
   return oddAnswer(call, seen, {
    hint: hints.IA,
    retryability: "ambiguous"
   });
  }
  function oddAnswer({what: what, request: {method: method, path: path}}, seen, details) {
   const message = `Could not ${what}: ${seen} (${method} ${path}, HTTP 200).`;
   return new api_error.k(message, {
    ...details,
    status: 200,
    errors: []
   });
  }
  function isConflict(error) {
   return error instanceof api_error.k && error.status === 409;
  }
 },
 7440: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   H: () => isPlusAddress,
   y: () => domainOfAddress
  });
  var node_url__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3136);
  const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;
  function domainOfAddress(address) {
   const at = address.lastIndexOf("@");
   const domain = address.slice(at + 1);
   return at >= 0 && DOMAIN.test(domain) ? (0, node_url__WEBPACK_IMPORTED_MODULE_0__.domainToASCII)(domain) : "";
  }
  function isPlusAddress(address) {
   return address.slice(0, Math.max(0, address.lastIndexOf("@"))).includes("+");
  }
 },
 961: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   Dc: () => READ_LAG_MS,
   LC: () => readUntil,
   n5: () => withDoubt
  });
  var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2690);
  var _retries_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5891);
  const READ_LAG_MS = 15e3;
  const READ_AGAIN_MS = 1e3;
  async function withDoubt(attempt, services, isAboutChange = () => true) {
   let mayBeDone = false;
   try {
    return await (0, _retries_js__WEBPACK_IMPORTED_MODULE_1__.L)(async () => {
     try {
      return await attempt(mayBeDone);
     } catch (error) {
      mayBeDone ||= isAmbiguous(error) && isAboutChange(error);
      throw error;
     }
    }, services);
   } catch (error) {
    const isDoubtful = mayBeDone && error instanceof _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.GI && !isAmbiguous(error);
    throw isDoubtful ? new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.Do(error) : error;
   }
  }
  function isAmbiguous(error) {
   return error instanceof _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.GI && error.retryability === "ambiguous";
  }
  async function readUntil(read, isExpected, untilMs, {clock: clock, signal: signal}) {
   for (;;) {
    const answer = await read();
    if (isExpected(answer) || clock.now() >= untilMs) return answer;
    await clock.sleep(READ_AGAIN_MS, signal);
   }
  }
 },
 5891: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   L: () => withRetries,
   y: () => MAX_RETRY_AFTER_MS
  });
  var p_retry__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(4995);
  var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2690);
  var _text_duration_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5320);
  const MAX_ATTEMPTS = 5;
  const FIRST_DELAY_MS = 500;
  const MAX_DELAY_MS = 16e3;
  const MAX_RETRY_AFTER_MS = 3e5;
  async function withRetries(attempt, {clock: clock, log: log, signal: signal, random: random = Math.random, maxAttempts: maxAttempts = MAX_ATTEMPTS}) {
   return (0, p_retry__WEBPACK_IMPORTED_MODULE_2__.Ay)(attempt, {
    retries: maxAttempts - 1,
    minTimeout: 0,
    signal: signal,
    shouldRetry: ({error: error}) => isTransient(error),
    async onFailedAttempt({error: error, attemptNumber: attemptNumber, retriesLeft: retriesLeft}) {
     if (retriesLeft === 0 || !isTransient(error)) return;
     const delayMs = error.retryAfterMs ?? backoffMs(attemptNumber, random);
     log.info(`${error.message} Trying again in ${(0, _text_duration_js__WEBPACK_IMPORTED_MODULE_1__.a3)(delayMs)}.`);
     await clock.sleep(delayMs, signal);
    }
   });
  }
  function isTransient(error) {
   if (!(error instanceof _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.GI) || error.retryability === "permanent") return false;
   return (error.retryAfterMs ?? 0) <= MAX_RETRY_AFTER_MS;
  }
  function backoffMs(attemptNumber, random) {
   return Math.min(FIRST_DELAY_MS * 2 ** (attemptNumber - 1), MAX_DELAY_MS) * (.5 + random() / 2);
  }
 },
 8961: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   g: () => Recent
  });
  const MAX_AGE_MS = 6e4;
  class Recent {
   #read;
   #clock;
   #last;
   constructor(read, clock) {
    this.#read = read;
    this.#clock = clock;
   }
   forget() {
    this.#last = void 0;
   }
   get(notBeforeMs = this.#clock.now() - MAX_AGE_MS) {
    (this.#last === void 0 || this.#last.startedAtMs < notBeforeMs) && (this.#last = {
     startedAtMs: this.#clock.now(),
     value: this.#read()
    });
    return this.#last.value;
   }
  }
 }
};
