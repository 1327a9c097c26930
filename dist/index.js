(() => {
 var __webpack_modules__ = {
  802: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    $X: () => formatSocketAddress,
    AH: () => resolverServer,
    hv: () => authoritativeServer,
    j8: () => parseSocketAddress,
    sm: () => parseResolver
   });
   var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
   var _text_ip_family_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(822);
   const CLOUDFLARE_IPV4 = [ "1.1.1.1", "1.0.0.1" ];
   const KNOWN_RESOLVERS = new Map([ [ "cloudflare", {
    addresses: CLOUDFLARE_IPV4,
    httpsName: "cloudflare-dns.com",
    tlsName: "one.one.one.one"
   } ], [ "google", {
    addresses: [ "8.8.8.8", "8.8.4.4" ],
    httpsName: "dns.google",
    tlsName: "dns.google"
   } ], [ "quad9", {
    addresses: [ "9.9.9.9", "149.112.112.112" ],
    httpsName: "dns.quad9.net",
    tlsName: "dns.quad9.net"
   } ], [ "opendns", {
    addresses: [ "208.67.222.222", "208.67.220.220" ],
    httpsName: "doh.umbrella.com",
    tlsName: "dns.opendns.com"
   } ] ]);
   const CLOUDFLARE = new node_net__WEBPACK_IMPORTED_MODULE_0__.BlockList;
   for (const host of CLOUDFLARE_IPV4) CLOUDFLARE.addAddress(host);
   for (const host of [ "2606:4700:4700::1111", "2606:4700:4700::1001" ]) CLOUDFLARE.addAddress(host, "ipv6");
   const DNS_PORT = 53;
   const DEFAULT_PORTS = {
    udp: DNS_PORT,
    tcp: DNS_PORT,
    tls: 853,
    https: 443
   };
   const DEFAULT_HTTPS_PATH = "/dns-query";
   function parseResolver(text) {
    const known = KNOWN_RESOLVERS.get(text.toLowerCase());
    if (known !== void 0) return knownResolver(text.toLowerCase(), known);
    const url = /^(udp|tcp|tls|https):\/\/(.+)$/i.exec(text);
    if (url === null) {
     const address = parseSocketAddress(text, DNS_PORT);
     return address && {
      label: formatSocketAddress(address),
      transport: "auto",
      addresses: [ address ],
      required: isCloudflare(address)
     };
    }
    const scheme = url[1]?.toLowerCase();
    return scheme === "tls" || scheme === "https" ? encryptedResolver(scheme, text) : plainResolver(scheme, url[2] ?? "");
   }
   function knownResolver(label, {addresses: addresses, httpsName: httpsName}) {
    return {
     label: label,
     transport: "auto",
     addresses: addresses.map(host => ({
      host: host,
      port: DNS_PORT
     })),
     https: addresses.map(host => ({
      host: host,
      port: 443,
      serverName: httpsName,
      path: DEFAULT_HTTPS_PATH
     })),
     required: label === "cloudflare"
    };
   }
   function plainResolver(transport, text) {
    const address = parseSocketAddress(text, DNS_PORT);
    if (address === void 0) return;
    const label = `${transport}://${formatSocketAddress(address)}`;
    return {
     label: label,
     transport: transport,
     addresses: [ address ],
     required: isCloudflare(address)
    };
   }
   function encryptedResolver(transport, text) {
    const url = URL.parse(text.replace(/^tls:/i, "https:"));
    if (url === null || url.hostname === "" || url.username !== "" || url.password !== "" || url.hash !== "") return;
    if (transport === "tls" && (url.pathname !== "/" || url.search !== "")) return;
    const host = url.hostname.replace(/^\[(.*)\]$/, "$1");
    const givenPort = url.port === "" && /:0*443\/?$/.test(text) ? "443" : url.port;
    const port = givenPort === "" ? DEFAULT_PORTS[transport] : Number(givenPort);
    if (port === 0) return;
    const resource = url.pathname === "/" ? DEFAULT_HTTPS_PATH : url.pathname;
    const path = transport === "https" ? {
     path: `${resource}${url.search}`
    } : {};
    const known = [ ...KNOWN_RESOLVERS.values() ].find(({httpsName: httpsName, tlsName: tlsName}) => host === httpsName || host === tlsName);
    const addresses = known ? known.addresses.map(address => ({
     host: address,
     port: port,
     serverName: host,
     ...path
    })) : [ {
     host: host,
     port: port,
     ...path
    } ];
    const shownPort = port === DEFAULT_PORTS[transport] ? "" : `:${port}`;
    const label = `${transport}://${url.hostname}${shownPort}${transport === "https" && resource !== DEFAULT_HTTPS_PATH ? resource : ""}`;
    return {
     label: label,
     transport: transport,
     addresses: addresses,
     required: addresses.some(isCloudflare)
    };
   }
   function isCloudflare({host: host}) {
    const family = (0, _text_ip_family_js__WEBPACK_IMPORTED_MODULE_1__.M)(host);
    return family !== 0 && CLOUDFLARE.check(host, family === 6 ? "ipv6" : "ipv4");
   }
   function parseSocketAddress(text, defaultPort) {
    if ((0, _text_ip_family_js__WEBPACK_IMPORTED_MODULE_1__.M)(text) !== 0) return {
     host: text,
     port: defaultPort
    };
    const parts = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text);
    const host = parts?.[1] ?? parts?.[2];
    if (host === void 0 || (0, _text_ip_family_js__WEBPACK_IMPORTED_MODULE_1__.M)(host) !== (parts?.[1] === void 0 ? 4 : 6)) return;
    const port = parts?.[3] === void 0 ? defaultPort : Number(parts[3]);
    return port >= 1 && port <= 65535 ? {
     host: host,
     port: port
    } : void 0;
   }
   function formatSocketAddress({host: host, port: port}) {
    if (port === DNS_PORT) return host;
    return (0, _text_ip_family_js__WEBPACK_IMPORTED_MODULE_1__.M)(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
   }
   function resolverServer({label: label, transport: transport, addresses: addresses, https: https}) {
    return {
     label: label,
     role: "resolver",
     transport: transport,
     addresses: addresses,
     ...https !== void 0 && {
      https: https
     }
    };
   }
   function authoritativeServer(address, nameServer) {
    const shown = formatSocketAddress(address);
    const label = nameServer === void 0 ? shown : `${nameServer} (${shown})`;
    const known = nameServer === void 0 ? {} : {
     nameServer: nameServer
    };
    return {
     label: label,
     role: "authoritative",
     transport: "auto",
     addresses: [ address ],
     ...known
    };
   }
  },
  289: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    HF: () => isPublished,
    Hc: () => ownerName,
    ME: () => listLabels,
    OG: () => witnesses,
    P5: () => cachedUntil,
    PC: () => labelsOf,
    b9: () => txtValues,
    bD: () => messageOf,
    gP: () => lacking,
    hD: () => quote,
    qb: () => hasRecord,
    w3: () => verb
   });
   var _text_duration_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5320);
   var _text_untrusted_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(1824);
   function ownerName({cnames: cnames = [], expected: expected}) {
    return cnames.at(-1) ?? expected.name;
   }
   function messageOf({reply: reply}) {
    return reply?.ok ? reply.message : void 0;
   }
   function lacking(servers) {
    return servers.filter(({state: state}) => state.observation?.kind === "absent");
   }
   function witnesses({authoritative: authoritative, resolvers: resolvers}) {
    const isUsable = ({state: {observation: observation}}) => observation !== void 0 && observation.kind !== "unusable";
    const answering = authoritative.filter(isUsable);
    return answering.length > 0 ? answering : resolvers.filter(isUsable);
   }
   function isPublished(evidence) {
    return witnesses(evidence).some(server => hasRecord(server) || server.state.saysBoth);
   }
   function hasRecord({state: state}) {
    return state.observation?.kind === "present";
   }
   function txtValues(evidence) {
    const known = witnesses(evidence).flatMap(({state: {observation: observation}}) => observation !== void 0 && "values" in observation ? observation.values : []);
    return [ ...new Set(known) ];
   }
   function quote(text) {
    return `"${(0, _text_untrusted_js__WEBPACK_IMPORTED_MODULE_1__.g$)(text, 200)}"`;
   }
   function listLabels(servers) {
    const labels = servers.map(({server: server}) => server.label);
    if (labels.length > 3) return `${labels.slice(0, 2).join(", ")} and ${labels.length - 2} more`;
    return labels.length < 2 ? labels.join("") : `${labels.slice(0, -1).join(", ")} and ${labels.at(-1)}`;
   }
   function verb(servers, singular, plural) {
    return servers.length === 1 ? singular : plural;
   }
   function labelsOf(servers) {
    return servers.map(({server: server}) => server.label);
   }
   function cachedUntil(expiresAtMs, nowMs) {
    const until = `until ${(0, _text_duration_js__WEBPACK_IMPORTED_MODULE_0__.fU)(expiresAtMs, nowMs)}`;
    const leftMs = expiresAtMs - nowMs;
    return leftMs > 0 ? `cached for ${(0, _text_duration_js__WEBPACK_IMPORTED_MODULE_0__.a3)(leftMs)}, ${until}` : `cached ${until}`;
   }
  },
  9854: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    XX: () => encodeQuery,
    cy: () => isAskable,
    oX: () => decodeResponse
   });
   var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7598);
   var dns_packet__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(4894);
   const EDNS_UDP_PAYLOAD_BYTES = 1232;
   const EDE_OPTION = 15;
   const HEADER_BYTES = 12;
   const RCODES = {
    0: "NOERROR",
    1: "FORMERR",
    2: "SERVFAIL",
    3: "NXDOMAIN",
    4: "NOTIMP",
    5: "REFUSED",
    9: "NOTAUTH",
    16: "BADVERS"
   };
   function encodeQuery(question, options) {
    if (!isAskable(question.name)) throw new RangeError("a domain name has at most 253 bytes, in labels of 1 to 63");
    const id = (0, node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomInt)(65536);
    const wire = dns_packet__WEBPACK_IMPORTED_MODULE_1__.encode({
     type: "query",
     id: id,
     flags: (options.recursionDesired ? dns_packet__WEBPACK_IMPORTED_MODULE_1__.RECURSION_DESIRED : 0) | (options.checkingDisabled ? dns_packet__WEBPACK_IMPORTED_MODULE_1__.CHECKING_DISABLED : 0),
     questions: [ {
      name: question.name,
      type: question.type,
      class: "IN"
     } ],
     additionals: options.edns ? [ OPT_RECORD ] : []
    });
    return {
     id: id,
     question: question,
     edns: options.edns,
     wire: wire
    };
   }
   function isAskable(name) {
    if (name === ".") return true;
    const sizes = name.split(".").map(label => Buffer.byteLength(label));
    return Buffer.byteLength(name) <= 253 && sizes.every(bytes => bytes >= 1 && bytes <= 63);
   }
   const OPT_RECORD = {
    type: "OPT",
    name: ".",
    udpPayloadSize: EDNS_UDP_PAYLOAD_BYTES,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: []
   };
   function decodeResponse(wire, query, arrival = "datagram") {
    if (wire.length < HEADER_BYTES || wire.readUInt16BE(0) !== query.id) return;
    const flags = wire.readUInt16BE(2);
    const [isResponse, opcode, truncated] = [ (flags & 32768) !== 0, flags >> 11 & 15, (flags & 512) !== 0 ];
    if (!isResponse || opcode !== 0) return;
    if (wire.length === HEADER_BYTES) return bareError(wire, query, arrival);
    if (wire.readUInt16BE(4) !== 1) return;
    const decoded = decodePacket(truncated ? withoutRecords(wire) : wire);
    if (decoded === void 0 || !isSameQuestion(decoded.questions?.[0], query.question)) return;
    const opt = decoded.additionals?.find(record => record.type === "OPT");
    return {
     rcode: rcodeName(flags & 15 | (opt?.extendedRcode ?? 0) << 4),
     authoritative: (flags & 1024) !== 0,
     truncated: truncated,
     recursionAvailable: (flags & 128) !== 0,
     answers: records(decoded.answers),
     authorities: records(decoded.authorities),
     additionals: records(decoded.additionals),
     extendedErrors: (opt?.options ?? []).flatMap(extendedError)
    };
   }
   const EDNS_UNKNOWN = new Set([ "FORMERR", "NOTIMP" ]);
   const BARE_ERRORS = new Set([ ...EDNS_UNKNOWN, "SERVFAIL", "REFUSED" ]);
   function bareError(header, query, arrival) {
    const flags = header.readUInt16BE(2);
    const rcode = rcodeName(flags & 15);
    const leadsToPlainDns = query.edns && EDNS_UNKNOWN.has(rcode);
    const counts = arrival === "connection" ? BARE_ERRORS.has(rcode) : leadsToPlainDns;
    const isBare = header.subarray(4).every(byte => byte === 0) && (flags & 512) === 0;
    if (!counts || !isBare) return;
    return {
     rcode: rcode,
     authoritative: (flags & 1024) !== 0,
     truncated: false,
     recursionAvailable: (flags & 128) !== 0,
     answers: [],
     authorities: [],
     additionals: [],
     extendedErrors: []
    };
   }
   function withoutRecords(wire) {
    const copy = Buffer.from(wire);
    copy.fill(0, 6, HEADER_BYTES);
    return copy;
   }
   function decodePacket(wire) {
    try {
     const end = endOfRecords(wire);
     if (end > wire.length) return;
     const decoded = dns_packet__WEBPACK_IMPORTED_MODULE_1__.decode(wire);
     const {bytes: bytes} = dns_packet__WEBPACK_IMPORTED_MODULE_1__.decode;
     return bytes === end ? decoded : void 0;
    } catch {
     return;
    }
   }
   function endOfRecords(wire) {
    let at = endOfName(wire, HEADER_BYTES) + 4;
    const count = wire.readUInt16BE(6) + wire.readUInt16BE(8) + wire.readUInt16BE(10);
    for (let record = 0; record < count; record++) {
     const afterName = endOfName(wire, at);
     at = afterName + 10 + wire.readUInt16BE(afterName + 8);
    }
    return at;
   }
   function endOfName(wire, from) {
    let at = from;
    for (;;) {
     const length = wire.readUInt8(at);
     if (length === 0) return at + 1;
     if (length >= 192) return at + 2;
     at += 1 + length;
    }
   }
   function isSameQuestion(asked, question) {
    return asked?.name.toLowerCase() === question.name && asked.type === question.type && asked.class === "IN";
   }
   function rcodeName(rcode) {
    return RCODES[rcode] ?? `RCODE${rcode}`;
   }
   function records(answers) {
    return (answers ?? []).flatMap(answer => {
     if (answer.type === "OPT" || !("class" in answer) || answer.class !== "IN" || answer.flush) return [];
     const owner = {
      name: answer.name.toLowerCase(),
      ttlS: usableTtl(answer.ttl)
     };
     switch (answer.type) {
     case "TXT":
      return [ {
       ...owner,
       type: "TXT",
       strings: [ answer.data ].flat().map(String)
      } ];

     case "A":
     case "AAAA":
     case "CNAME":
     case "NS":
      return [ {
       ...owner,
       type: answer.type,
       target: answer.data.toLowerCase()
      } ];

     case "MX":
      return [ {
       ...owner,
       type: "MX",
       target: answer.data.exchange.toLowerCase()
      } ];

     case "SOA":
      return [ {
       ...owner,
       type: "SOA",
       serial: answer.data.serial ?? 0,
       minimumS: usableTtl(answer.data.minimum)
      } ];

     default:
      return [];
     }
    });
   }
   function usableTtl(ttl) {
    return ttl === void 0 || ttl > 2147483647 ? 0 : ttl;
   }
   function extendedError(option) {
    if (option.code !== EDE_OPTION || option.data === void 0 || option.data.length < 2) return [];
    return [ {
     code: option.data.readUInt16BE(0),
     text: option.data.toString("utf8", 2)
    } ];
   }
  },
  7625: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    k: () => askOverStream
   });
   var protocol_message = __nccwpck_require__(9854);
   function createFrameReader(onFrame) {
    let [first, rest, bufferedBytes] = [ Buffer.alloc(0), [], 0 ];
    const join = () => {
     if (rest.length === 0) return;
     first = Buffer.concat([ first, ...rest ]);
     rest = [];
    };
    return chunk => {
     rest.push(chunk);
     bufferedBytes += chunk.length;
     while (bufferedBytes >= 2) {
      first.length < 2 && join();
      const frameBytes = 2 + first.readUInt16BE(0);
      if (bufferedBytes < frameBytes) return;
      join();
      onFrame(first.subarray(2, frameBytes));
      first = first.subarray(frameBytes);
      bufferedBytes -= frameBytes;
     }
    };
   }
   var transport = __nccwpck_require__(5474);
   function askOverStream(query, limits, readyEvent, open) {
    return (0, transport.o)(limits, ({settle: settle, fail: fail}) => {
     const socket = open();
     const onFrame = frame => {
      const message = (0, protocol_message.oX)(frame, query, "connection");
      message !== void 0 && settle({
       ok: true,
       message: message
      });
     };
     socket.on("error", fail);
     socket.on("close", () => settle({
      ok: false,
      silence: "closed"
     }));
     socket.on("data", createFrameReader(onFrame));
     socket.on(readyEvent, () => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(query.wire.length);
      socket.write(Buffer.concat([ length, query.wire ]));
     });
     return () => socket.destroy();
    });
   }
  },
  5474: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    e: () => SilenceError,
    o: () => withinLimits
   });
   var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2690);
   var _http_network_error_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5268);
   var _http_proxy_error_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(3118);
   class SilenceError extends Error {
    silence;
    constructor(message, silence) {
     super(message);
     this.silence = silence;
    }
   }
   async function withinLimits({timeoutMs: timeoutMs, signal: signal}, start) {
    signal.throwIfAborted();
    const {promise: promise, resolve: resolve, reject: reject} = Promise.withResolvers();
    const release = start({
     settle: resolve,
     fail(error) {
      const silence = silenceOf(error);
      silence === void 0 ? reject(error) : resolve({
       ok: false,
       silence: silence
      });
     }
    });
    const onAbort = () => reject(signal.reason);
    const timer = setTimeout(() => resolve({
     ok: false,
     silence: "timeout"
    }), timeoutMs);
    signal.addEventListener("abort", onAbort, {
     once: true
    });
    try {
     return await promise;
    } finally {
     clearTimeout(timer);
     signal.removeEventListener("abort", onAbort);
     release();
    }
   }
   const UNREACHABLE = new Set([ "ENETUNREACH", "EHOSTUNREACH", "EADDRNOTAVAIL", "EAFNOSUPPORT" ]);
   function silenceOf(error) {
    if (error instanceof SilenceError) return error.silence;
    if (error instanceof _http_proxy_error_js__WEBPACK_IMPORTED_MODULE_2__.T) return "proxy";
    if (!(0, _http_network_error_js__WEBPACK_IMPORTED_MODULE_1__.d)(error)) return;
    const {code: code} = error;
    if (code === "ECONNREFUSED") return "refused";
    if (code === "ETIMEDOUT") return "timeout";
    if (UNREACHABLE.has(code)) return "unreachable";
    return (0, _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.Y4)(code) ? "certificate" : "closed";
   }
  },
  1264: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    bg: () => explainInvisible,
    ec: () => describeServers,
    m8: () => countServers
   });
   var _text_naming_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5484);
   var _diagnosis_evidence_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(289);
   const MAX_NAMED = 8;
   function describeServers(servers, nowMs) {
    const answers = Map.groupBy(servers, server => describeAnswer(server, true, nowMs));
    return [ ...answers ].flatMap(([singular, [first, ...others]]) => {
     if (first === void 0) return [];
     const labels = (0, _text_naming_js__WEBPACK_IMPORTED_MODULE_1__.b)([ first, ...others ].map(({label: label}) => label), MAX_NAMED);
     const answer = others.length === 0 ? singular : describeAnswer(first, false, nowMs);
     return [ `${labels} ${answer}.` ];
    });
   }
   function describeAnswer({observation: observation, expiresAtMs: expiresAtMs}, isOne, nowMs) {
    const has = isOne ? "has" : "have";
    if (observation === void 0) return `${has} not answered yet`;
    if (observation.kind === "unusable") return `failed: ${observation.detail}`;
    if (observation.kind === "present") return `${has} the record`;
    if (observation.kind === "alias") return `${has} a CNAME that leads to ${observation.target}`;
    const others = observation.values.length;
    if (expiresAtMs !== void 0) {
     const what = others === 0 ? "the absence of the record" : "the old TXT records";
     return `still ${has} ${what} ${(0, _diagnosis_evidence_js__WEBPACK_IMPORTED_MODULE_0__.P5)(expiresAtMs, nowMs)}`;
    }
    const found = others === 0 ? "nor any other TXT record" : `only ${others} other TXT record${others === 1 ? "" : "s"}`;
    return `${isOne ? "does" : "do"} not have the record yet, ${found}`;
   }
   function countServers(servers) {
    const parts = [ "authoritative", "resolver" ].flatMap(role => {
     const ofRole = servers.filter(server => server.role === role);
     const present = ofRole.filter(server => server.record === "present").length;
     const noun = role === "resolver" ? "resolvers" : "authoritative servers";
     return ofRole.length === 0 ? [] : [ `${present} of ${ofRole.length} ${noun}` ];
    });
    return parts.length === 0 ? "no server was asked" : `${parts.join(" and ")} have the record`;
   }
   function explainInvisible(report) {
    const [main] = report.diagnosis;
    const late = report.reason === "not-in-time" && report.expected_at !== void 0;
    const again = late ? ` Run again after ${report.expected_at}, or use a longer timeout.` : "";
    if (main !== void 0 && late && main.resolves_at !== void 0) return {
     why: main.evidence,
     remedy: again.trimStart()
    };
    if (main !== void 0) return {
     why: main.evidence,
     remedy: `${main.remedy}${again}`
    };
    const record = `${report.name} TXT "${report.value}"`;
    const check = report.authoritative ? "" : `Check that ${record} is published, then run again.`;
    return {
     why: countServers(report.servers),
     remedy: `${check}${again}`.trimStart() || "Run again."
    };
   }
  },
  8924: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    IC: () => relativeName,
    K3: () => wildcardFor,
    Qy: () => selfAndAncestors,
    a5: () => isAtOrBelow,
    gn: () => toALabels
   });
   var node_url__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3136);
   function isAtOrBelow(name, ancestor) {
    return name === ancestor || ancestor === "." || name.endsWith(`.${ancestor}`);
   }
   function selfAndAncestors(name) {
    const labels = name.split(".");
    return labels.map((_, depth) => labels.slice(depth).join("."));
   }
   function relativeName(name, zone) {
    if (name === zone) return "";
    return isAtOrBelow(name, zone) ? name.slice(0, zone === "." ? void 0 : -zone.length - 1) : void 0;
   }
   function toALabels(name) {
    const isAscii = /^[\x20-\x7e]*$/.test(name);
    return isAscii ? name.toLowerCase() : (0, node_url__WEBPACK_IMPORTED_MODULE_0__.domainToASCII)(name);
   }
   function wildcardFor(name, zone, owners) {
    const existing = new Set([ zone ]);
    for (const owner of owners) if (isAtOrBelow(owner, zone)) for (const each of selfAndAncestors(owner)) existing.add(each);
    const encloser = selfAndAncestors(name).find(each => existing.has(each));
    if (encloser === void 0 || encloser === name) return;
    return existing.has(`*.${encloser}`) ? `*.${encloser}` : void 0;
   }
  },
  1950: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    GD: () => describeNotChecked,
    hM: () => ALL_EMAIL_DOMAINS
   });
   const ALL_EMAIL_DOMAINS = "all email domains";
   function describeNotChecked({kind: kind, permission: permission}) {
    return permission === void 0 ? kind : `${kind} (needs the permission "${permission}")`;
   }
  },
  2690: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    AU: () => DnsError,
    Do: () => OutcomeUnknownError,
    GI: () => RequestError,
    Ko: () => StoppedError,
    MU: () => TimeoutError,
    S6: () => errorLines,
    Y4: () => isCertificateError,
    dz: () => InputError,
    ie: () => toActionError,
    lZ: () => ActionError
   });
   var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);
   class ActionError extends Error {
    hint;
    command;
    constructor(message, {hint: hint, cause: cause, command: command} = {}) {
     super(message, cause === void 0 ? void 0 : {
      cause: cause
     });
     this.hint = hint;
     this.command = command;
     this.name = new.target.name;
    }
   }
   class InputError extends ActionError {}
   class DnsError extends ActionError {}
   class TimeoutError extends ActionError {}
   class StoppedError extends ActionError {}
   class RequestError extends ActionError {
    retryability;
    retryAfterMs;
    constructor(message, details) {
     super(message, details);
     this.retryability = details.retryability;
     this.retryAfterMs = details.retryAfterMs;
    }
   }
   class OutcomeUnknownError extends RequestError {
    constructor(refusal) {
     super(`${refusal.message} An earlier attempt got no answer and may have been carried out.`, {
      hint: refusal.hint,
      cause: refusal,
      retryability: "ambiguous",
      retryAfterMs: refusal.retryAfterMs
     });
    }
   }
   function isCertificateError(code) {
    return typeof code === "string" && (/CERT|SIGNED|ALTNAME|UNABLE_TO/.test(code) || code.startsWith("ERR_TLS_"));
   }
   function toActionError(thrown) {
    if (thrown instanceof ActionError) return thrown;
    if (thrown instanceof Error) return new ActionError(`${thrown.name}: ${thrown.message}`, {
     cause: thrown,
     hint: "This is a bug in the action. Please open an issue with the log of a re-run with debug logging."
    });
    const shown = Object(thrown) === thrown ? Object.prototype.toString.call(thrown) : (0, 
    node_util__WEBPACK_IMPORTED_MODULE_0__.inspect)(thrown);
    return new ActionError(`Something that is not an error was thrown: ${shown}`, {
     cause: thrown
    });
   }
   function errorLines(error) {
    return error.hint === void 0 ? [ error.message ] : [ error.message, error.hint ];
   }
  },
  4006: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    Bw: () => obstacles,
    QZ: () => worst,
    XM: () => GUARD_IDS,
    Z1: () => PREFLIGHT_POLICIES,
    bk: () => VERDICTS
   });
   const GUARD_IDS = [ "zero-trust-organization", "identity-provider", "sign-in-seen", "token", "way-back-in", "unreachable-members", "sso-app" ];
   const VERDICTS = [ "passed", "unknown", "warned", "refused" ];
   const PREFLIGHT_POLICIES = [ "true", "strict", "false" ];
   function obstacles({guards: guards}, policy) {
    if (policy === "false") return [];
    return guards.filter(({verdict: verdict}) => policy === "strict" ? verdict !== "passed" : verdict === "refused");
   }
   function worst(judgements) {
    const all = new Set(judgements.map(({verdict: verdict}) => verdict));
    return VERDICTS.findLast(verdict => all.has(verdict)) ?? "passed";
   }
  },
  1163: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    f: () => parseRecordZone
   });
   var _dns_name_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8924);
   function parseRecordZone(text) {
    const [, given = "", tag] = /^([^!]*)(?:!(.*))?$/s.exec(text) ?? [];
    const name = (0, _dns_name_js__WEBPACK_IMPORTED_MODULE_0__.gn)(given.replace(/\.$/, ""));
    const isName = /^[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*$/.test(name);
    if (!isName || name.length > 253 || /[\s!"\\\p{Cc}]/u.test(tag ?? "")) return;
    return {
     name: name,
     tag: tag,
     spelling: `${given.replace(/\.$/, "")}${tag === void 0 ? "" : `!${tag}`}`
    };
   }
  },
  5506: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    EW: () => RECORD_COMMENT,
    Iu: () => withNewText,
    LP: () => characterString,
    r$: () => RECORD_FORMAT_NAMES
   });
   const RECORD_FORMAT_NAMES = [ "bind", "octodns", "dnscontrol", "terraform", "tfvars", "json" ];
   const RECORD_COMMENT = "Cloudflare dashboard SSO, made by a GitHub Action";
   function withNewText(today, text) {
    return [ ...today.filter(one => one !== text), text ];
   }
   function characterString(text) {
    return `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
   }
  },
  9083: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    U: () => isLoopback,
    n: () => bareHost
   });
   function bareHost(hostname) {
    return hostname.replace(/^\[(.*)\]$/, "$1");
   }
   function isLoopback(hostname) {
    return hostname === "localhost" || hostname === "[::1]" || /^127(\.\d{1,3}){3}$/.test(hostname);
   }
  },
  5268: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    D: () => NetworkError,
    d: () => isNetworkFault
   });
   var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(2690);
   class NetworkError extends _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.GI {}
   const NETWORK_CODE = /^(?:E[A-Z0-9]+|EAI_[A-Z]+|HPE_[A-Z_]+|ERR_(?:SSL|OSSL|TLS|HTTP2|PROXY)_\w+|ERR_STREAM_(?:PREMATURE_CLOSE|DESTROYED)|ERR_SOCKET_C[A-Z_]+|ABORT_ERR)$/;
   const CERTIFICATE_CODES = new Set([ "CRL_HAS_EXPIRED", "CRL_NOT_YET_VALID", "HOSTNAME_MISMATCH", "INVALID_CA", "INVALID_PURPOSE", "PATH_LENGTH_EXCEEDED" ]);
   const PROGRAMMING_ERRORS = [ TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError ];
   function isNetworkFault(error) {
    if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return false;
    if (PROGRAMMING_ERRORS.some(kind => error instanceof kind)) return false;
    return NETWORK_CODE.test(error.code) || (0, _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.Y4)(error.code) || CERTIFICATE_CODES.has(error.code);
   }
  },
  3118: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    T: () => ProxyError
   });
   class ProxyError extends Error {
    name="ProxyError";
    status;
    constructor(proxy, seen, status) {
     super(`the proxy ${proxy.host} ${seen}`);
     this.status = status;
    }
   }
  },
  4780: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    W: () => NOTHING_CONCLUDED
   });
   const NOTHING_CONCLUDED = {
    drift: void 0,
    driftIssueUrl: void 0,
    changed: false,
    failures: []
   };
  },
  1634: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    h: () => createServices,
    C: () => requireApi
   });
   var p_limit = __nccwpck_require__(370);
   const systemClock = {
    now: () => performance.timeOrigin + performance.now(),
    sleep(durationMs, signal) {
     const {promise: promise, resolve: resolve, reject: reject} = Promise.withResolvers();
     const timer = setTimeout(settle, durationMs);
     function settle() {
      clearTimeout(timer);
      signal?.removeEventListener("abort", settle);
      signal?.aborted ? reject(signal.reason) : resolve();
     }
     signal?.addEventListener("abort", settle, {
      once: true
     });
     signal?.aborted && settle();
     return promise;
    }
   };
   var protocol_message = __nccwpck_require__(9854);
   var external_node_net_ = __nccwpck_require__(7030);
   var stream = __nccwpck_require__(7625);
   const tcp = (query, {host: host, port: port}, limits) => (0, stream.k)(query, limits, "connect", () => (0, 
   external_node_net_.connect)({
    host: host,
    port: port
   }));
   const external_node_dgram_namespaceObject = require("node:dgram");
   var ip_family = __nccwpck_require__(822);
   var transport = __nccwpck_require__(5474);
   const udp = (query, {host: host, port: port}, limits) => (0, transport.o)(limits, ({settle: settle, fail: fail}) => {
    const socket = (0, external_node_dgram_namespaceObject.createSocket)((0, ip_family.M)(host) === 6 ? "udp6" : "udp4");
    let isOpen = true;
    socket.on("error", fail);
    socket.on("message", wire => {
     const message = (0, protocol_message.oX)(wire, query);
     message !== void 0 && settle({
      ok: true,
      message: message
     });
    });
    socket.on("connect", () => {
     isOpen && socket.send(query.wire);
    });
    socket.connect(port, host);
    return () => {
     isOpen = false;
     socket.close();
    };
   });
   const UDP_TIMEOUTS_MS = [ 1500, 3e3 ];
   const STREAM_TIMEOUT_MS = 5e3;
   const loadTls = async () => (await __nccwpck_require__.e(334).then(__nccwpck_require__.bind(__nccwpck_require__, 334))).createTls();
   const loadHttps = async () => (await __nccwpck_require__.e(582).then(__nccwpck_require__.bind(__nccwpck_require__, 5582))).createHttps();
   const EDNS_REFUSALS = new Set([ "FORMERR", "BADVERS", "NOTIMP" ]);
   function createDnsClient({transports: transports = {
    udp: udp,
    tcp: tcp,
    tls: whenUsed(loadTls),
    https: whenUsed(loadHttps)
   }, clock: clock = systemClock, maxConcurrent: maxConcurrent = 200, maxQuestionsPerSecond: maxQuestionsPerSecond = 1e3} = {}) {
    const limit = (0, p_limit.A)(maxConcurrent);
    const pace = createPace(clock, maxQuestionsPerSecond);
    const turns = new WeakMap;
    const lastWorking = new WeakMap;
    return {
     ask: (server, question, signal, options) => limit(askInTurn, server, {
      question: question,
      signal: signal,
      ...options
     })
    };
    async function askInTurn(server, ask) {
     const turn = turns.get(server) ?? 0;
     turns.set(server, turn + 1);
     const unreachable = new Set;
     let reply;
     let tooLarge;
     for (const attempt of attemptsAt(server, turn, lastWorking.get(server))) {
      if (unreachable.has(attempt.endpoint) || tooLarge && attempt.transport !== "https") continue;
      reply = await askOnce(attempt, server, ask);
      if (reply.ok && reply.message.truncated && attempt.transport === "udp") {
       const overTcp = await askOnce(streamAttempt("tcp", attempt.endpoint), server, ask);
       if (overTcp.ok) return overTcp;
       tooLarge = {
        ...overTcp,
        truncatedOverUdp: true
       };
       continue;
      }
      if (reply.ok) {
       lastWorking.set(server, attempt.transport);
       return reply;
      }
      reply.silence === "unreachable" && unreachable.add(attempt.endpoint);
     }
     const last = tooLarge ?? reply;
     if (last === void 0) throw new RangeError(`the server ${server.label} has no address`);
     return last;
    }
    async function askOnce(attempt, server, ask) {
     const {transport: transport, endpoint: endpoint, timeoutMs: timeoutMs} = attempt;
     const flags = {
      recursionDesired: server.role === "resolver",
      checkingDisabled: ask.checkingDisabled ?? false
     };
     const send = async edns => {
      await pace(ask.signal);
      const query = (0, protocol_message.XX)(ask.question, {
       ...flags,
       edns: edns
      });
      return transports[transport](query, endpoint, {
       timeoutMs: timeoutMs,
       signal: ask.signal
      });
     };
     let outcome = await send(true);
     outcome.ok && EDNS_REFUSALS.has(outcome.message.rcode) && (outcome = await send(false));
     const route = {
      address: endpoint,
      transport: transport
     };
     return outcome.ok ? {
      ...outcome,
      ...route
     } : {
      ...outcome,
      ...route,
      truncatedOverUdp: false
     };
    }
   }
   function whenUsed(load) {
    let loading;
    return async (...query) => {
     loading ??= load();
     return (await loading)(...query);
    };
   }
   function* attemptsAt(server, turn, lastWorking) {
    const endpointsOf = transport => (transport === "https" ? server.https : void 0) ?? server.addresses;
    const over = transport => attemptsOver(transport, endpointsOf(transport), turn);
    if (server.transport !== "auto") return yield* over(server.transport);
    const all = server.https === void 0 ? [ "udp", "tcp" ] : [ "udp", "tcp", "https" ];
    const first = all.filter(transport => transport === lastWorking && transport !== "udp");
    for (const transport of [ ...first, ...all.filter(one => !first.includes(one)) ]) yield* over(transport);
   }
   function* attemptsOver(transport, endpoints, turn) {
    const counts = {
     udp: UDP_TIMEOUTS_MS.length,
     tcp: 1,
     tls: endpoints.length,
     https: endpoints.length
    };
    for (let index = 0; index < counts[transport]; index++) {
     const endpoint = endpoints[(turn + index) % endpoints.length];
     if (endpoint === void 0) return;
     const timeoutMs = transport === "udp" ? UDP_TIMEOUTS_MS[index] : void 0;
     yield {
      transport: transport,
      endpoint: endpoint,
      timeoutMs: timeoutMs ?? STREAM_TIMEOUT_MS
     };
    }
   }
   function streamAttempt(transport, endpoint) {
    return {
     transport: transport,
     endpoint: endpoint,
     timeoutMs: STREAM_TIMEOUT_MS
    };
   }
   function createPace(clock, perSecond) {
    let nextMs = 0;
    return async signal => {
     const nowMs = clock.now();
     nextMs = Math.max(nextMs, nowMs) + 1e3 / perSecond;
     const pauseMs = Math.floor(nextMs - 1e3 / perSecond - nowMs);
     pauseMs > 0 && await clock.sleep(pauseMs, signal);
    };
   }
   var network_error = __nccwpck_require__(5268);
   const TIMEOUT_MS = 2e3;
   async function systemNameServers(zone) {
    const {Resolver: Resolver} = await Promise.resolve().then(__nccwpck_require__.t.bind(__nccwpck_require__, 1553, 23));
    const resolver = new Resolver({
     timeout: TIMEOUT_MS,
     tries: 1
    });
    try {
     const names = await resolver.resolveNs(zone);
     return names.map(name => name.toLowerCase());
    } catch (error) {
     if (!(0, network_error.d)(error)) throw error;
     return;
    }
   }
   var growing_pauses = __nccwpck_require__(9257);
   var client_servers = __nccwpck_require__(802);
   var dns_name = __nccwpck_require__(8924);
   const MAX_CNAMES = 8;
   function observe(reply, expected, role, zone) {
    if (!reply.ok) return silent(reply);
    const {message: message} = reply;
    if (message.rcode === "REFUSED" || message.rcode === "NOTAUTH") return unusable("lame", message.rcode);
    if (message.rcode !== "NOERROR" && message.rcode !== "NXDOMAIN") return unusable("failed", [ message.rcode, ...message.extendedErrors.map(describeExtendedError) ].join(", "));
    if (role === "authoritative" && !message.authoritative) return unusable("not-authoritative", "the answer is not authoritative (AA=0)");
    if (message.truncated) return unusable("failed", "the answer is truncated (TC=1)");
    if (role === "resolver") return readAnswer(message, expected, message.answers.length);
    const target = aliasTarget(message, expected.name, zone);
    return target === void 0 ? readAnswer(message, expected, MAX_CNAMES) : {
     kind: "alias",
     target: target
    };
   }
   const SILENCES = {
    timeout: "no answer",
    refused: "connection refused",
    unreachable: "no route",
    closed: "connection closed",
    certificate: "certificate not trusted",
    "http-status": "HTTP error status",
    proxy: "no way through the proxy in https_proxy,"
   };
   function silent(reply) {
    if (reply.truncatedOverUdp) return unusable(reply.silence, "the answer is too large for UDP, and there was no answer over TCP");
    return unusable(reply.silence, `${SILENCES[reply.silence]} over ${reply.transport.toUpperCase()}`);
   }
   function unusable(why, detail) {
    return {
     kind: "unusable",
     why: why,
     detail: detail
    };
   }
   function describeExtendedError({code: code, text: text}) {
    return text === "" ? `EDE ${code}` : `EDE ${code} (${text})`;
   }
   function readAnswer(message, expected, maxCnames) {
    const owner = endOfCnameChain(message.answers, expected.name, maxCnames);
    const rrset = message.answers.filter(record => record.type === "TXT" && record.name === owner);
    const values = rrset.map(joinedText);
    const soa = message.authorities.find(record => record.type === "SOA");
    const negativeTtlS = soa?.type === "SOA" ? Math.min(soa.ttlS, soa.minimumS) : void 0;
    const ttlS = rrset.length > 0 ? Math.min(...rrset.map(record => record.ttlS)) : negativeTtlS;
    if (message.rcode === "NOERROR" && values.includes(expected.value)) return {
     kind: "present",
     values: values,
     ttlS: ttlS ?? 0
    };
    return {
     kind: "absent",
     values: values,
     ttlS: ttlS,
     serial: soa?.type === "SOA" ? soa.serial : void 0
    };
   }
   function endOfCnameChain(answers, name, maxCnames) {
    let owner = name;
    for (let followed = 0; followed <= maxCnames; followed++) {
     const target = targetOf(answers, owner);
     if (target === void 0) return owner;
     owner = target;
    }
    return;
   }
   function targetOf(answers, name) {
    const cname = answers.find(record => record.type === "CNAME" && record.name === name);
    return cname?.type === "CNAME" ? cname.target : void 0;
   }
   function aliasTarget({answers: answers, authorities: authorities}, name, zone) {
    const end = endOfCnameChain(answers, name, MAX_CNAMES);
    if (end === name) return;
    if (end === void 0) return zone === void 0 ? void 0 : targetOf(answers, name);
    const isInside = zone === void 0 || (0, dns_name.a5)(end, zone);
    const isAnswered = answers.some(record => record.name === end);
    const isDenied = authorities.some(({type: type, name: owner}) => type === "SOA" && (0, 
    dns_name.a5)(end, owner));
    if (isInside && (isAnswered || isDenied)) return;
    return zone === void 0 ? end : targetOf(answers, name);
   }
   function joinedText(record) {
    return record.type === "TXT" ? record.strings.join("") : "";
   }
   function isDeeper(referral, zone) {
    if (referral === void 0 || zone === void 0) return referral !== void 0;
    return referral.zone !== zone && (0, dns_name.a5)(referral.zone, zone);
   }
   function referralOf(reply, name) {
    return reply?.ok && !reply.message.recursionAvailable ? referralIn(reply.message, name) : void 0;
   }
   function referralIn({answers: answers, authorities: authorities, additionals: additionals, authoritative: authoritative, rcode: rcode}, name) {
    if (authoritative || rcode !== "NOERROR" || answers.length > 0) return;
    const ns = authorities.flatMap(one => one.type === "NS" ? [ one ] : []);
    const zone = ns.find(one => one.name !== "." && (0, dns_name.a5)(name, one.name))?.name;
    if (zone === void 0) return;
    const nameServers = ns.filter(one => one.name === zone).map(({target: target}) => target);
    return {
     zone: zone,
     nameServers: nameServers,
     glue: additionals
    };
   }
   function isAnswer({authoritative: authoritative, rcode: rcode}) {
    return authoritative && (rcode === "NOERROR" || rcode === "NXDOMAIN");
   }
   function isNear(host, name) {
    return (0, dns_name.a5)(host, name.split(".").slice(-2).join("."));
   }
   function apexIn({answers: answers, authorities: authorities}, name) {
    return [ ...answers, ...authorities ].find(({type: type, name: owner}) => type === "SOA" && (0, 
    dns_name.a5)(name, owner))?.name;
   }
   function nameServersOf(zone, {answers: answers, authorities: authorities}) {
    return [ ...answers, ...authorities ].flatMap(one => one.type === "NS" && one.name === zone ? [ one.target ] : []);
   }
   function nameServersIn(zone, said) {
    return union(said.map(({reply: reply}) => reply.ok ? nameServersOf(zone, reply.message) : []));
   }
   function commonReferral(said, name, zone) {
    const referrals = said.map(({reply: reply}) => reply.ok ? referralIn(reply.message, name) : void 0).filter(referral => isDeeper(referral, zone));
    const [first] = referrals;
    if (first === void 0) return;
    const same = referrals.filter(referral => referral.zone === first.zone);
    const glue = same.flatMap(referral => referral.glue);
    return {
     zone: first.zone,
     nameServers: union(same.map(({nameServers: nameServers}) => nameServers)),
     glue: glue
    };
   }
   function union(lists) {
    return [ ...new Set(lists.flat()) ];
   }
   function inTurns(lists) {
    const longest = Math.max(0, ...lists.map(({length: length}) => length));
    return Array.from({
     length: longest
    }, (_, turn) => lists.flatMap(list => list.slice(turn, turn + 1))).flat();
   }
   var linked_abort = __nccwpck_require__(1952);
   var __addDisposableResource = function(env, value, async) {
    if (value !== null && value !== void 0) {
     if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
     var dispose, inner;
     if (async) {
      if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
      dispose = value[Symbol.asyncDispose];
     }
     if (dispose === void 0) {
      if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
      dispose = value[Symbol.dispose];
      async && (inner = dispose);
     }
     if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
     inner && (dispose = function() {
      try {
       inner.call(this);
      } catch (e) {
       return Promise.reject(e);
      }
     });
     env.stack.push({
      value: value,
      dispose: dispose,
      async: async
     });
    } else async && env.stack.push({
     async: true
    });
    return value;
   };
   var __disposeResources = function(SuppressedError) {
    return function(env) {
     function fail(e) {
      env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
      env.hasError = true;
     }
     var r, s = 0;
     function next() {
      while (r = env.stack.pop()) try {
       if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
       if (r.dispose) {
        var result = r.dispose.call(r.value);
        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) {
         fail(e);
         return next();
        });
       } else s |= 1;
      } catch (e) {
       fail(e);
      }
      if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
      if (env.hasError) throw env.error;
     }
     return next();
    };
   }(typeof SuppressedError === "function" ? SuppressedError : function(error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
   });
   const HEDGE_MS = 1e3;
   async function askSeveral(servers, question, {client: client, clock: clock, signal: signal}, wanted) {
    const env_1 = {
     stack: [],
     error: void 0,
     hasError: false
    };
    try {
     signal.throwIfAborted();
     if (servers.length === 0) return [];
     const over = __addDisposableResource(env_1, (0, linked_abort.A)(signal), false);
     const {promise: finished, resolve: finish, reject: reject} = Promise.withResolvers();
     const queue = servers.values();
     const said = [];
     let usable = 0;
     let lanes = 0;
     const lane = async () => {
      lanes++;
      for (let next = queue.next(); !next.done; next = queue.next()) {
       const reply = await client.ask(next.value, question, over.signal);
       said.push({
        server: next.value,
        reply: reply
       });
       if (!wanted.isUsable(reply)) continue;
       usable++;
       break;
      }
      lanes--;
      (lanes === 0 || usable >= wanted.count) && finish();
     };
     const hedge = async () => {
      for (;;) {
       await clock.sleep(HEDGE_MS, over.signal);
       if (usable > 0) return finish();
       start(lane());
      }
     };
     const work = [];
     function start(one) {
      work.push(one.catch(error => over.signal.aborted ? void 0 : reject(error)));
     }
     for (let count = 0; count < wanted.count; count++) start(lane());
     start(hedge());
     const onAbort = () => reject(signal.reason);
     over.signal.addEventListener("abort", onAbort, {
      once: true
     });
     try {
      await finished;
     } finally {
      over.signal.removeEventListener("abort", onAbort);
      over[Symbol.dispose]();
      await Promise.all(work);
     }
     return said;
    } catch (e_1) {
     env_1.error = e_1;
     env_1.hasError = true;
    } finally {
     __disposeResources(env_1);
    }
   }
   function unknown(reason, said = []) {
    return {
     kind: "unknown",
     reason: reason,
     said: said
    };
   }
   class NameServerAddresses {
    #services;
    #servers=new Map;
    #fromResolvers=new Map;
    #ipv6=new Map;
    constructor(services) {
     this.#services = services;
    }
    fromGlue(host, records, zone) {
     if (!(0, dns_name.a5)(host, zone)) return [];
     return this.#serversAt(host, records.filter(({name: name}) => name === host));
    }
    async fromAuthority(host, authority) {
     if (!isHost(host)) return [];
     const lookUp = (type, isRequired) => this.#lookUp({
      name: host,
      type: type
     }, authority, "authoritative", isRequired);
     const found = await Promise.all([ lookUp("A", true), lookUp("AAAA", false) ]);
     return this.#serversAt(host, found.flat().length > 0 ? found.flat() : await lookUp("AAAA", true));
    }
    fromResolvers(host) {
     const known = this.#fromResolvers.get(host);
     if (known !== void 0) return known;
     const asked = this.#lookUpHost(host).then(servers => {
      servers.length === 0 && this.#fromResolvers.delete(host);
      return servers;
     });
     this.#fromResolvers.set(host, asked);
     return asked;
    }
    async #lookUpHost(host) {
     const ipv4 = await this.#askResolvers(host, "A", true);
     return ipv4.length > 0 ? ipv4 : this.#askResolvers(host, "AAAA", true);
    }
    ipv6FromResolvers(host) {
     const asked = this.#ipv6.get(host) ?? this.#askResolvers(host, "AAAA", false);
     this.#ipv6.set(host, asked);
     return asked;
    }
    async ipv6Of(servers, mayAskAbout) {
     const hosts = union([ servers.map(({nameServer: nameServer = "."}) => nameServer) ]).filter(mayAskAbout);
     return (await Promise.all(hosts.map(host => this.ipv6FromResolvers(host)))).flat();
    }
    async askSoa(name, servers, wanted) {
     const question = {
      name: name,
      type: "SOA"
     };
     const said = await askSeveral(servers, question, this.#services, wanted);
     if (!said.every(({reply: reply}) => !reply.ok && reply.silence === "unreachable")) return said;
     const found = await this.ipv6Of(servers, host => !isNear(host, name));
     return [ ...said, ...await askSeveral(found, question, this.#services, wanted) ];
    }
    async #askResolvers(host, type, isRequired) {
     if (!isHost(host)) return [];
     const {resolvers: resolvers} = this.#services;
     return this.#serversAt(host, await this.#lookUp({
      name: host,
      type: type
     }, resolvers, "resolver", isRequired));
    }
    async #lookUp(question, servers, role, isRequired) {
     const answersOf = reply => {
      if (!reply.ok || reply.message.rcode !== "NOERROR") return;
      const counts = role === "resolver" || reply.message.authoritative;
      return counts ? reply.message.answers.filter(({type: type}) => type === question.type) : void 0;
     };
     const said = await askSeveral(servers, question, this.#services, {
      count: 1,
      isUsable(reply) {
       const answers = answersOf(reply);
       return answers !== void 0 && (!isRequired || answers.length > 0);
      }
     });
     return said.flatMap(({reply: reply}) => answersOf(reply) ?? []);
    }
    #serversAt(host, records) {
     const addresses = records.flatMap(one => one.type === "A" || one.type === "AAAA" ? [ one.target ] : []);
     return [ ...new Set(addresses) ].filter(address => (0, external_node_net_.isIP)(address) !== 0).map(address => this.#server(host, address));
    }
    #server(host, address) {
     const key = `${host} ${address}`;
     const known = this.#servers.get(key);
     if (known !== void 0) return known;
     const server = (0, client_servers.hv)({
      host: address,
      port: this.#services.authoritativePort
     }, host);
     this.#servers.set(key, server);
     return server;
    }
   }
   function isHost(name) {
    return name !== "." && (0, protocol_message.cy)(name);
   }
   function eachAddressOnce(servers) {
    const addressOf = ({addresses: addresses}) => addresses.map(client_servers.$X).join();
    return [ ...new Map(servers.map(server => [ addressOf(server), server ])).values() ];
   }
   const SECOND_LEVEL = new Set("ac co com edu gob go gov gouv ltd me mil ne net nom or org plc sch".split(" "));
   function isRegistry(zone) {
    const labels = zone.split(".");
    if (zone === "." || labels.length === 1) return true;
    const [second = "", top = ""] = labels;
    return labels.length === 2 && top.length === 2 && SECOND_LEVEL.has(second);
   }
   const MAX_TOP_SERVERS = 3;
   class TopZones {
    #services;
    #addresses;
    #tops=new Map;
    constructor(services, addresses) {
     this.#services = services;
     this.#addresses = addresses;
    }
    async above(name) {
     const above = (0, dns_name.Qy)(name).slice(1).reverse();
     const [topLevel = ".", ...lower] = above;
     let failed;
     for (const zone of [ topLevel, ".", ...lower ]) {
      const top = await this.#top(zone);
      if (top.kind === "zone" || top.said.length > 0) return top;
      failed ??= top;
     }
     return failed ?? unknown(`no resolver knows the servers of ${topLevel}`);
    }
    #top(zone) {
     const known = this.#tops.get(zone);
     if (known !== void 0) return known;
     const looked = this.#lookUpTop(zone).then(top => {
      top.kind === "unknown" && this.#tops.delete(zone);
      return top;
     });
     this.#tops.set(zone, looked);
     return looked;
    }
    async #lookUpTop(zone) {
     const named = await askSeveral(this.#services.resolvers, {
      name: zone,
      type: "NS"
     }, this.#services, {
      count: 1,
      isUsable: reply => reply.ok && nameServersOf(zone, reply.message).length > 0
     });
     const nameServers = nameServersIn(zone, named);
     const hosts = nameServers.slice(0, MAX_TOP_SERVERS);
     const perHost = await Promise.all(hosts.map(host => this.#addresses.fromResolvers(host)));
     const servers = eachAddressOnce(inTurns(perHost));
     if (servers.length === 0) return unknown(`no resolver knows the servers of ${zone}`);
     const said = await this.#addresses.askSoa(zone, servers, {
      count: 1,
      isUsable: reply => reply.ok && isAnswer(reply.message)
     });
     if (said.some(({reply: reply}) => reply.ok && isAnswer(reply.message))) return {
      kind: "zone",
      zone: zone,
      servers: servers,
      nameServers: nameServers
     };
     return unknown(`no server of ${zone} gives an authoritative answer`, said);
    }
   }
   const MAX_LEVELS = 10;
   const MAX_NESTING = 3;
   const MAX_SERVERS = 64;
   const WITNESSES = 2;
   class AuthorityFinder {
    #services;
    #addresses;
    #tops;
    constructor(services) {
     this.#services = services;
     this.#addresses = new NameServerAddresses(services);
     this.#tops = new TopZones(services, this.#addresses);
    }
    async find(name) {
     const link = {
      name: name,
      discovery: await this.#find(name, 0)
     };
     const [{discovery: discovery} = link] = await this.#withIpv6([ link ]);
     return discovery;
    }
    async chain(name, known, given) {
     const first = {
      name: name,
      discovery: given === void 0 ? await this.#find(name, 0) : asGiven(given)
     };
     const links = [ first ];
     for (let last = first; ;) {
      const {discovery: discovery} = last;
      const next = discovery.kind === "found" ? discovery.alias ?? known.get(last.name) : void 0;
      const isLast = next === void 0;
      if (isLast || links.length > MAX_CNAMES || links.some(link => link.name === next)) {
       const [only, ...others] = await this.#withIpv6(links);
       return {
        links: only === void 0 ? links : [ only, ...others ],
        endless: next
       };
      }
      last = {
       name: next,
       discovery: await this.#find(next, 0)
      };
      links.push(last);
     }
    }
    #withIpv6(links) {
     const isFar = host => links.every(({name: name}) => !isNear(host, name));
     return Promise.all(links.map(async ({name: name, discovery: discovery}) => {
      if (discovery.kind !== "found") return {
       name: name,
       discovery: discovery
      };
      const found = await this.#addresses.ipv6Of(discovery.servers, isFar);
      const servers = eachAddressOnce([ ...discovery.servers, ...found ]).slice(0, MAX_SERVERS);
      return {
       name: name,
       discovery: {
        ...discovery,
        servers: servers
       }
      };
     }));
    }
    async follow(name, referral, parent) {
     const here = await this.#delegated(name, referral, parent?.zone ?? referral.zone, 0);
     return this.#descend(name, here, parent, 0);
    }
    async delegation(zone, {servers: servers}) {
     const said = await askSeveral(servers, {
      name: zone,
      type: "NS"
     }, this.#services, {
      count: WITNESSES,
      isUsable: reply => reply.ok && nameServersOf(zone, reply.message).length > 0
     });
     return nameServersIn(zone, said);
    }
    async #find(name, nesting) {
     const top = await this.#tops.above(name);
     return top.kind === "unknown" ? top : this.#descend(name, top, void 0, nesting);
    }
    async #descend(name, start, above, nesting) {
     let [here, parent] = [ start, above ];
     let said = [];
     for (let level = 0; level < MAX_LEVELS; level++) {
      if (here.servers.length === 0) return unknown(`no address was found for any name server of ${here.zone}`, said);
      said = await this.#askAbout(name, here);
      const referral = commonReferral(said, name, here.zone);
      if (referral === void 0) return this.#conclude(name, here, parent, said, nesting);
      parent = here;
      here = await this.#delegated(name, referral, here.zone, nesting);
     }
     return unknown(`the delegations of ${name} do not end`);
    }
    #askAbout(name, {zone: zone, servers: servers}) {
     return this.#addresses.askSoa(name, servers, {
      count: WITNESSES,
      isUsable: reply => reply.ok && (isAnswer(reply.message) || isDeeper(referralIn(reply.message, name), zone))
     });
    }
    async #conclude(name, here, parent, said, nesting) {
     const answers = said.flatMap(({server: server, reply: reply}) => reply.ok && isAnswer(reply.message) ? [ {
      server: server,
      message: reply.message
     } ] : []);
     if (answers.length === 0) {
      const {zone: zone} = here;
      if (isRegistry(zone) && zone !== name) return unknown(`no server of ${zone} answers`, said);
      return {
       kind: "found",
       apex: zone,
       servers: here.servers,
       parent: parent,
       alias: void 0
      };
     }
     const apexes = new Set(answers.map(({message: message}) => apexIn(message, name) ?? here.zone));
     const [first = here.zone] = apexes;
     const apex = apexes.size === 1 && (0, dns_name.a5)(first, here.zone) ? first : here.zone;
     if (isRegistry(apex) && apex !== name && answers.every(({message: message}) => message.rcode === "NXDOMAIN")) return {
      kind: "not-registered",
      registry: apex
     };
     const servers = await this.#allServers(apex, here, answers, nesting);
     const alias = answers.map(({message: message}) => aliasTarget(message, name, apex)).find(target => target !== void 0);
     return {
      kind: "found",
      apex: apex,
      servers: servers,
      parent: parent ?? here,
      alias: alias
     };
    }
    async #allServers(apex, here, answers, nesting) {
     const knowing = answers.map(({server: server}) => server);
     const said = await askSeveral(knowing, {
      name: apex,
      type: "NS"
     }, this.#services, {
      count: WITNESSES,
      isUsable: reply => reply.ok && isAnswer(reply.message)
     });
     const messages = said.flatMap(({reply: reply}) => reply.ok && isAnswer(reply.message) ? [ reply.message ] : []);
     const listed = union(messages.map(message => nameServersOf(apex, message)));
     const within = union([ here.nameServers, listed ]).filter(host => (0, dns_name.a5)(host, apex));
     const others = listed.filter(host => !(0, dns_name.a5)(host, apex) && !here.nameServers.includes(host));
     const found = await Promise.all([ ...within.map(host => this.#addresses.fromAuthority(host, knowing)), ...others.map(host => this.#addressesOf(host, apex, nesting + 1)) ]);
     return eachAddressOnce([ ...here.servers, ...found.flat() ]).slice(0, MAX_SERVERS);
    }
    async #delegated(name, {zone: zone, nameServers: nameServers, glue: glue}, givenBy, nesting) {
     const perHost = await Promise.all(nameServers.map(async host => {
      const known = this.#addresses.fromGlue(host, glue, givenBy);
      return known.length > 0 ? known : this.#addressesOf(host, name, nesting + 1);
     }));
     return {
      zone: zone,
      nameServers: nameServers,
      servers: eachAddressOnce(inTurns(perHost)).slice(0, MAX_SERVERS)
     };
    }
    async #addressesOf(host, name, nesting) {
     if (!isNear(host, name)) return this.#addresses.fromResolvers(host);
     if (nesting > MAX_NESTING || (0, dns_name.a5)(host, name)) return [];
     const zone = await this.#find(host, nesting);
     return zone.kind === "found" ? this.#addresses.fromAuthority(host, zone.servers) : [];
    }
   }
   function asGiven(servers) {
    return {
     kind: "found",
     apex: void 0,
     servers: servers,
     parent: void 0,
     alias: void 0
    };
   }
   var errors = __nccwpck_require__(2690);
   var duration = __nccwpck_require__(5320);
   var until_aborted = __nccwpck_require__(3426);
   function timeLimit(limitMs, {clock: clock, signal: signal}) {
    const running = (0, linked_abort.A)(signal);
    const end = async ms => {
     await Promise.allSettled([ clock.sleep(ms, running.signal) ]);
     running[Symbol.dispose]();
    };
    limitMs !== void 0 && end(limitMs);
    return {
     signal: running.signal,
     async unlessLate(work) {
      try {
       return await work;
      } catch (thrown) {
       if (running.signal.aborted && !signal.aborted) return;
       throw thrown;
      }
     },
     [Symbol.dispose]: () => running[Symbol.dispose]()
    };
   }
   var current_txt_addDisposableResource = function(env, value, async) {
    if (value !== null && value !== void 0) {
     if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
     var dispose, inner;
     if (async) {
      if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
      dispose = value[Symbol.asyncDispose];
     }
     if (dispose === void 0) {
      if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
      dispose = value[Symbol.dispose];
      async && (inner = dispose);
     }
     if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
     inner && (dispose = function() {
      try {
       inner.call(this);
      } catch (e) {
       return Promise.reject(e);
      }
     });
     env.stack.push({
      value: value,
      dispose: dispose,
      async: async
     });
    } else async && env.stack.push({
     async: true
    });
    return value;
   };
   var current_txt_disposeResources = function(SuppressedError) {
    return function(env) {
     function fail(e) {
      env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
      env.hasError = true;
     }
     var r, s = 0;
     function next() {
      while (r = env.stack.pop()) try {
       if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
       if (r.dispose) {
        var result = r.dispose.call(r.value);
        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) {
         fail(e);
         return next();
        });
       } else s |= 1;
      } catch (e) {
       fail(e);
      }
      if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
      if (env.hasError) throw env.error;
     }
     return next();
    };
   }(typeof SuppressedError === "function" ? SuppressedError : function(error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
   });
   const HINT = "The complete list of TXT values is needed, because a DNS tool that owns the RRset deletes every value that is not in the list. Run again, or set authoritative-servers to the servers of the zone.";
   async function currentTxt(name, given, finder, services, limitMs) {
    const env_1 = {
     stack: [],
     error: void 0,
     hasError: false
    };
    try {
     const limit = current_txt_addDisposableResource(env_1, timeLimit(limitMs, services), false);
     const {signal: signal} = limit;
     const servers = given ?? await limit.unlessLate((0, until_aborted.E)(discoverServers(name, finder), signal));
     if (servers === void 0) {
      const within = (0, duration.a3)(limitMs ?? 0);
      throw new errors.AU(`Could not find the authoritative servers of ${name} within ${within}.`, {
       hint: HINT
      });
     }
     const replies = await Promise.all(servers.map(server => limit.unlessLate(services.client.ask(server, {
      name: name,
      type: "TXT"
     }, signal))));
     const messages = replies.flatMap(reply => reply?.ok ? [ reply.message ] : []);
     const believed = messages.filter(message => isAnswer(message) && !message.truncated);
     if (believed.length === 0) {
      const asked = servers.map(({label: label}) => label).join(", ");
      throw new errors.AU(`Could not read the TXT records of ${name}: none of ${asked} gave an authoritative answer.`, {
       hint: HINT
      });
     }
     const records = believed.flatMap(({answers: answers}) => answers).filter(record => record.name === name);
     if (records.some(({type: type}) => type === "CNAME")) throw new errors.AU(`${name} is a CNAME, so it cannot have TXT records.`, {
      hint: "Replace the CNAME with the records of its target first."
     });
     return [ ...new Set(records.flatMap(txtText)) ].sort();
    } catch (e_1) {
     env_1.error = e_1;
     env_1.hasError = true;
    } finally {
     current_txt_disposeResources(env_1);
    }
   }
   async function discoverServers(name, finder) {
    const discovery = await finder.find(name);
    if (discovery.kind === "found") return discovery.servers;
    const why = discovery.kind === "unknown" ? discovery.reason : "the domain is not registered";
    throw new errors.AU(`Could not read the TXT records of ${name}: ${why}.`, {
     hint: HINT
    });
   }
   function txtText(record) {
    if (record.type !== "TXT") return [];
    const text = record.strings.join("");
    if (!text.includes("\ufffd")) return [ text ];
    throw new errors.AU(`A TXT record of ${record.name} is not valid UTF-8 and cannot be written as text.`, {
     hint: "Terraform has only text, so it cannot keep that record. Write the record in ASCII, or remove it, and run again. Or use another record-format, and add the value to the list by hand."
    });
   }
   var untrusted = __nccwpck_require__(1824);
   const PRIVATE_SUBNETS = [ [ "10.0.0.0", 8, "ipv4" ], [ "172.16.0.0", 12, "ipv4" ], [ "192.168.0.0", 16, "ipv4" ], [ "100.64.0.0", 10, "ipv4" ], [ "169.254.0.0", 16, "ipv4" ], [ "127.0.0.0", 8, "ipv4" ], [ "fc00::", 7, "ipv6" ], [ "fe80::", 10, "ipv6" ] ];
   const privateAddresses = new external_node_net_.BlockList;
   for (const [network, prefix, family] of PRIVATE_SUBNETS) privateAddresses.addSubnet(network, prefix, family);
   privateAddresses.addAddress("::1", "ipv6");
   function isPrivateAddress(address) {
    return privateAddresses.check(address, (0, external_node_net_.isIPv6)(address) ? "ipv6" : "ipv4");
   }
   var diagnosis_evidence = __nccwpck_require__(289);
   const port53Intercepted = {
    id: "port-53-intercepted",
    explain(evidence) {
     const servers = interceptedServers(evidence);
     if (servers.length === 0) return;
     return {
      evidence: `queries to ${(0, diagnosis_evidence.ME)(servers)} are answered by a resolver (RA=1, AA=0): something on the network intercepts port 53`,
      remedy: "Run the job on a network where port 53 is open, or set resolvers to https:// URLs and authoritative-servers to off.",
      servers: (0, diagnosis_evidence.PC)(servers)
     };
    }
   };
   function interceptedServers({authoritative: authoritative, parentAnswers: parentAnswers}) {
    if (parentAnswers || authoritative.some(server => (0, diagnosis_evidence.bD)(server)?.authoritative)) return [];
    return authoritative.filter(server => (0, diagnosis_evidence.bD)(server)?.recursionAvailable);
   }
   const port53Blocked = {
    id: "port-53-blocked",
    explain({authoritative: authoritative, resolvers: resolvers}) {
     const overPlain = [ ...authoritative, ...resolvers ].filter(({reply: reply}) => reply?.ok && (reply.transport === "udp" || reply.transport === "tcp"));
     const overHttps = resolvers.filter(({reply: reply}) => reply?.ok && reply.transport === "https");
     const silent = [ ...authoritative, ...resolvers ].filter(isSilent);
     const onlyHttps = resolvers.every(({server: server}) => server.transport === "https");
     if (overPlain.length > 0 || overHttps.length === 0 || silent.length === 0 && onlyHttps) return;
     return {
      evidence: `port 53 is blocked on this network: ${(0, diagnosis_evidence.ME)(overHttps)} answered over HTTPS, but no server answered over UDP or TCP`,
      remedy: "Allow outbound UDP and TCP to port 53, so that the authoritative servers can be asked. Until then, only the resolvers count.",
      servers: (0, diagnosis_evidence.PC)(silent)
     };
    }
   };
   function isSilent({reply: reply}) {
    return reply?.ok === false && !reply.truncatedOverUdp;
   }
   const tcpBlocked = {
    id: "tcp-blocked",
    explain({authoritative: authoritative, resolvers: resolvers}) {
     const servers = [ ...authoritative, ...resolvers ].filter(({reply: reply}) => reply?.ok === false && reply.truncatedOverUdp);
     if (servers.length === 0) return;
     return {
      evidence: `the TXT records do not fit into a UDP answer, and ${(0, diagnosis_evidence.ME)(servers)} ${(0, 
      diagnosis_evidence.w3)(servers, "does", "do")} not answer over TCP`,
      remedy: "Open TCP port 53 on the servers and on the network path to them: DNS needs both UDP and TCP.",
      servers: (0, diagnosis_evidence.PC)(servers)
     };
    }
   };
   const notRegistered = {
    id: "not-registered",
    explain(evidence) {
     const {isRegistered: isRegistered, expected: expected, zone: zone} = evidence;
     if (isRegistered) return;
     const name = (0, diagnosis_evidence.Hc)(evidence);
     const parent = zone === void 0 || zone === "." ? "the root zone" : `its parent zone ${zone}`;
     return {
      evidence: `${name} is not registered: ${parent} has no such domain`,
      remedy: name === expected.name ? "Check the spelling of email-domain, and whether the registration has expired." : `${expected.name} is a CNAME that leads there: check its target.`
     };
    }
   };
   const secondaryLags = {
    id: "secondary-lags",
    explain({authoritative: authoritative, probes: probes}) {
     const behind = (0, diagnosis_evidence.gP)(authoritative).filter(({state: state}) => !state.saysBoth);
     const ahead = authoritative.filter(diagnosis_evidence.qb);
     const serialOf = ({server: server}) => probes.serials.get(server.label);
     const serialsOf = servers => [ ...new Set(servers.map(serialOf).filter(serial => serial !== void 0)) ];
     const newest = Math.max(...serialsOf(ahead.length > 0 ? ahead : behind));
     const slow = ahead.length > 0 ? behind : behind.filter(server => (serialOf(server) ?? newest) < newest);
     if (slow.length === 0) return;
     const older = serialsOf(slow).filter(serial => serial < newest);
     const shown = older.length === 0 ? "" : ` (SOA serial ${older.join(", ")}, elsewhere ${newest})`;
     return {
      evidence: `${(0, diagnosis_evidence.ME)(slow)} ${(0, diagnosis_evidence.w3)(slow, "does", "do")} not have the latest version of the zone yet${shown}`,
      remedy: "The zone transfer should follow within the SOA refresh time. If it does not, check that the SOA serial was raised and that NOTIFY arrives, and read the log of the secondary server.",
      servers: (0, diagnosis_evidence.PC)(slow)
     };
    }
   };
   const authoritySplit = {
    id: "authority-split",
    explain({authoritative: authoritative}) {
     const split = authoritative.filter(({state: state}) => state.saysBoth);
     if (split.length === 0) return;
     return {
      evidence: `${(0, diagnosis_evidence.ME)(split)} ${(0, diagnosis_evidence.w3)(split, "answers", "answer")} in turn with the record and without it: several servers share one address, and not all of them have the latest version of the zone`,
      remedy: "Wait until the DNS provider has updated all of its servers. If that takes longer than usual, publish the zone again, or ask the provider which of its servers lag behind.",
      servers: (0, diagnosis_evidence.PC)(split)
     };
    }
   };
   const lameServer = {
    id: "lame-server",
    explain(evidence) {
     const lame = lameServers(evidence);
     if (lame.length === 0) return;
     const hows = new Set(lame.map(server => (0, diagnosis_evidence.bD)(server)?.rcode));
     const how = [ ...hows ].map(rcode => rcode !== void 0 && LAME_RCODES.has(rcode) ? rcode : "without AA").join(", ");
     return {
      evidence: `${(0, diagnosis_evidence.ME)(lame)} ${(0, diagnosis_evidence.w3)(lame, "does", "do")} not serve the zone (answered ${how})`,
      remedy: `${howToLeaveOut(lame, evidence)}, or configure the zone on ${(0, diagnosis_evidence.w3)(lame, "it", "them")}.`,
      servers: (0, diagnosis_evidence.PC)(lame),
      isDecisive: areAllLame(evidence)
     };
    }
   };
   function howToLeaveOut(lame, {isDiscovered: isDiscovered}) {
    return isDiscovered ? `Remove ${(0, diagnosis_evidence.w3)(lame, "it", "them")} from the NS records of the zone` : `Set authoritative-servers to servers of the zone, without ${(0, 
    diagnosis_evidence.w3)(lame, "this one", "these")}`;
   }
   function areAllLame(evidence) {
    const answering = evidence.authoritative.filter(server => (0, diagnosis_evidence.bD)(server) !== void 0);
    return answering.length > 0 && lameServers(evidence).length === answering.length;
   }
   function lameServers(evidence) {
    const intercepted = interceptedServers(evidence);
    return evidence.authoritative.filter(server => {
     const message = (0, diagnosis_evidence.bD)(server);
     if (message === void 0 || intercepted.includes(server)) return false;
     const isForeign = ANSWERS.has(message.rcode) && !message.authoritative;
     return LAME_RCODES.has(message.rcode) || isForeign && !isReferring(server, evidence);
    });
   }
   const ANSWERS = new Set([ "NOERROR", "NXDOMAIN" ]);
   const LAME_RCODES = new Set([ "REFUSED", "NOTAUTH", "SERVFAIL" ]);
   const subDelegation = {
    id: "sub-delegation",
    explain(evidence) {
     const referring = evidence.authoritative.filter(server => isReferring(server, evidence));
     const [first] = referring;
     const referral = referralOf(first?.reply, (0, diagnosis_evidence.Hc)(evidence));
     if (referral === void 0) return;
     const {zone: zone, nameServers: nameServers} = referral;
     return {
      evidence: `${(0, diagnosis_evidence.ME)(referring)} ${(0, diagnosis_evidence.w3)(referring, "refers", "refer")} to other servers for ${zone}: ${nameServers.join(", ")}`,
      remedy: `Publish the record in the zone ${zone}, on the servers it is delegated to, and check that their names have addresses.`,
      servers: (0, diagnosis_evidence.PC)(referring)
     };
    }
   };
   function isReferring({reply: reply}, evidence) {
    return isDeeper(referralOf(reply, (0, diagnosis_evidence.Hc)(evidence)), evidence.zone);
   }
   const splitHorizon = {
    id: "split-horizon",
    explain(evidence) {
     const {authoritative: authoritative, isDiscovered: isDiscovered, probes: probes, zone: zone} = evidence;
     const {systemNameServers: systemNameServers, delegation: delegation} = probes;
     const ofTheirOwn = (0, diagnosis_evidence.HF)(evidence) ? (0, diagnosis_evidence.gP)(evidence.resolvers).filter(isOfItsOwnZone) : [];
     if (ofTheirOwn.length > 0) return {
      evidence: `${(0, diagnosis_evidence.ME)(ofTheirOwn)} ${(0, diagnosis_evidence.w3)(ofTheirOwn, "answers", "answer")} from a zone of ${(0, 
      diagnosis_evidence.w3)(ofTheirOwn, "its", "their")} own (AA=1), which does not have the record`,
      remedy: "Publish the record in that zone too, or set resolvers to public ones.",
      servers: (0, diagnosis_evidence.PC)(ofTheirOwn)
     };
     if (!isDiscovered) return;
     const inside = authoritative.filter(({server: server}) => server.addresses.every(({host: host}) => isPrivateAddress(host)));
     const outside = delegation?.child ?? [];
     const differs = systemNameServers !== void 0 && systemNameServers.length > 0 && outside.length > 0 && !systemNameServers.some(name => outside.includes(name));
     if (inside.length === 0 && !differs) return;
     return {
      evidence: differs ? `this machine's own resolver lists other name servers for ${zone ?? "the zone"} (${systemNameServers.join(", ")}) than public DNS` : `${(0, 
      diagnosis_evidence.ME)(inside)} ${(0, diagnosis_evidence.w3)(inside, "has a private address", "have private addresses")}: this may be an internal view of the zone`,
      remedy: "Publish the record in the public view of the zone: Cloudflare looks for it on the public internet.",
      servers: (0, diagnosis_evidence.PC)(inside)
     };
    }
   };
   function isOfItsOwnZone(resolver) {
    const {observation: observation} = resolver.state;
    const hasRecords = observation?.kind === "absent" && observation.ttlS !== void 0;
    return hasRecords && (0, diagnosis_evidence.bD)(resolver)?.authoritative === true;
   }
   const STALE = new Set([ 3, 19 ]);
   function holding(evidence, isOld) {
    if (!(0, diagnosis_evidence.HF)(evidence)) return [];
    return (0, diagnosis_evidence.gP)(evidence.resolvers).filter(({state: {observation: observation, expiresAtMs: expiresAtMs}}) => observation?.kind === "absent" && expiresAtMs !== void 0 && isOld(observation.values));
   }
   function explainCache(servers, what, nowMs) {
    if (servers.length === 0) return;
    const untilMs = Math.max(...servers.map(({state: state}) => state.expiresAtMs ?? nowMs));
    return {
     evidence: `the record is published, but ${(0, diagnosis_evidence.ME)(servers)} still ${(0, 
     diagnosis_evidence.w3)(servers, "has", "have")} ${what} ${(0, diagnosis_evidence.P5)(untilMs, nowMs)}`,
     remedy: "Just wait: the cache entry expires on its own.",
     servers: (0, diagnosis_evidence.PC)(servers),
     resolves_at: new Date(untilMs).toISOString()
    };
   }
   const absenceCached = {
    id: "absence-cached",
    explain: evidence => explainCache(holding(evidence, values => values.length === 0), "the absence of any TXT record", evidence.nowMs)
   };
   const oldRrsetCached = {
    id: "old-rrset-cached",
    explain: evidence => explainCache(holding(evidence, values => values.length > 0), "the old TXT records", evidence.nowMs)
   };
   const anycastSplit = {
    id: "anycast-split",
    explain({resolvers: resolvers, probes: probes}) {
     const split = (0, diagnosis_evidence.gP)(resolvers).filter(({server: server}) => probes.undecided.includes(server.label));
     if (split.length === 0) return;
     return {
      evidence: `${(0, diagnosis_evidence.ME)(split)} ${(0, diagnosis_evidence.w3)(split, "answers", "answer")} sometimes with the record and sometimes without it: several servers with separate caches share one address`,
      remedy: "Just wait: each of these servers sees the record once its own cache entry expires.",
      servers: (0, diagnosis_evidence.PC)(split)
     };
    }
   };
   const staleAnswer = {
    id: "stale-answer",
    explain({resolvers: resolvers}) {
     const stale = (0, diagnosis_evidence.gP)(resolvers).filter(server => (0, diagnosis_evidence.bD)(server)?.extendedErrors.some(({code: code}) => STALE.has(code)));
     if (stale.length === 0) return;
     return {
      evidence: `${(0, diagnosis_evidence.ME)(stale)} ${(0, diagnosis_evidence.w3)(stale, "serves", "serve")} an expired answer because ${(0, 
      diagnosis_evidence.w3)(stale, "it", "they")} could not reach the authoritative servers`,
      remedy: "Check that the authoritative servers can be reached from everywhere and do not rate-limit this resolver.",
      servers: (0, diagnosis_evidence.PC)(stale)
     };
    }
   };
   const delegationMismatch = {
    id: "delegation-mismatch",
    explain(evidence) {
     const found = [ unlikeNameServers(evidence), undelegatedZone(evidence) ].filter(one => one !== void 0);
     return found.find(({isDecisive: isDecisive}) => isDecisive) ?? found[0];
    }
   };
   function unlikeNameServers(evidence) {
    const {probes: probes, zone: zone} = evidence;
    const {parent: parent, child: child} = probes.delegation ?? {
     parent: [],
     child: []
    };
    if (parent.length === 0 || child.length === 0) return;
    const onlyParent = parent.filter(name => !child.includes(name));
    const onlyChild = child.filter(name => !parent.includes(name));
    if (onlyParent.length + onlyChild.length === 0) return;
    const sides = [ onlyParent.length > 0 && `only the parent zone lists ${onlyParent.join(", ")}`, onlyChild.length > 0 && `only the zone itself lists ${onlyChild.join(", ")}` ].filter(side => side !== false);
    const isShared = ({server: {nameServer: nameServer = ""}}) => parent.includes(nameServer) && child.includes(nameServer);
    const without = dividedBy(isShared, evidence);
    const isDecisive = without.length > 0 || isLedAstray(onlyParent, evidence);
    const shown = without.length === 0 ? "" : `; ${withoutRecord(without)}`;
    return {
     evidence: `the delegation of ${zone ?? "the zone"} is inconsistent: ${sides.join(", and ")}${shown}`,
     remedy: `Make the NS records at the registrar match those in the zone, and publish the record on all of these servers.${isDecisive ? NO_USE_TO_WAIT : ""}`,
     ...without.length > 0 && {
      servers: (0, diagnosis_evidence.PC)(without)
     },
     isDecisive: isDecisive
    };
   }
   const NO_USE_TO_WAIT = " Until then, resolvers may ask servers without the record, however long you wait.";
   function withoutRecord(servers) {
    return `${(0, diagnosis_evidence.ME)(servers)} ${(0, diagnosis_evidence.w3)(servers, "does", "do")} not have the record`;
   }
   function dividedBy(isShared, {authoritative: authoritative}) {
    const having = authoritative.filter(diagnosis_evidence.qb);
    const without = authoritative.filter(server => (0, diagnosis_evidence.bD)(server) !== void 0 && !(0, 
    diagnosis_evidence.qb)(server));
    const isDivided = (0, diagnosis_evidence.gP)(without).some(server => !isShared(server)) || !having.some(isShared);
    return having.length > 0 && isDivided ? without : [];
   }
   function isLedAstray(onlyParent, {authoritative: authoritative, resolvers: resolvers}) {
    const wereAsked = authoritative.map(({server: server}) => server.nameServer);
    const isEverywhere = authoritative.length > 0 && authoritative.every(diagnosis_evidence.qb);
    return isEverywhere && (0, diagnosis_evidence.gP)(resolvers).length > 0 && onlyParent.some(name => !wereAsked.includes(name));
   }
   function undelegatedZone(evidence) {
    const {authoritative: authoritative, probes: probes} = evidence;
    const zoneOf = ({server: server}) => probes.zones.get(server.label);
    const [child, parent] = [ ...new Set(probes.zones.values()) ].toSorted((a, b) => b.length - a.length);
    if (child === void 0 || parent === void 0) return;
    const below = authoritative.filter(server => zoneOf(server) === child);
    const above = authoritative.filter(server => zoneOf(server) === parent);
    const without = (0, diagnosis_evidence.gP)(authoritative);
    const isDecisive = without.length > 0 && authoritative.some(diagnosis_evidence.qb);
    return {
     evidence: `${(0, diagnosis_evidence.ME)(below)} ${(0, diagnosis_evidence.w3)(below, "has", "have")} ${(0, 
     diagnosis_evidence.Hc)(evidence)} in the zone ${child}, but ${(0, diagnosis_evidence.ME)(above)} ${(0, 
     diagnosis_evidence.w3)(above, "has", "have")} it in the zone ${parent} and ${(0, 
     diagnosis_evidence.w3)(above, "does", "do")} not delegate ${child}`,
     remedy: `Delegate ${child} with NS records in the zone ${parent} on all of its servers, or remove the zone ${child} and publish the record in ${parent}.`,
     servers: (0, diagnosis_evidence.PC)(isDecisive ? without : below),
     isDecisive: isDecisive
    };
   }
   var naming = __nccwpck_require__(5484);
   const MAX_CODES = 8;
   const CODE_PREFIX = "cloudflare_dashboard_sso=";
   function masterFileLine(evidence) {
    return `${(0, diagnosis_evidence.Hc)(evidence)} TXT "${evidence.expected.value}"`;
   }
   const notPublished = {
    id: "not-published",
    explain(evidence) {
     const {probes: probes} = evidence;
     const asked = (0, diagnosis_evidence.OG)(evidence);
     const without = (0, diagnosis_evidence.gP)(asked);
     const serials = new Set(without.map(({server: server}) => probes.serials.get(server.label)).filter(one => one !== void 0));
     const isEverywhere = without.length === asked.length && !(0, diagnosis_evidence.HF)(evidence);
     if (without.length === 0 || !isEverywhere || serials.size > 1) return;
     const [serial] = serials;
     const version = serial === void 0 ? "" : ` (SOA serial ${serial})`;
     const lack = `${(0, diagnosis_evidence.ME)(without)} ${(0, diagnosis_evidence.w3)(without, "does", "do")} not have it`;
     const publish = `Publish ${masterFileLine(evidence)} exactly as shown, and check that the zone change has been deployed.`;
     const servers = (0, diagnosis_evidence.PC)(without);
     if (without.every(({server: server}) => server.role === "authoritative")) return {
      evidence: `the record is not published: ${lack}${version}`,
      remedy: publish,
      servers: servers
     };
     return {
      evidence: `the record is not published, going by resolvers alone: ${lack}, and ${describeSilence(evidence)}`,
      remedy: `${publish} If it is published already, wait: a resolver may have an older answer cached.`,
      servers: servers
     };
    }
   };
   function describeSilence({authoritative: authoritative}) {
    return authoritative.length === 0 ? "the authoritative servers were not asked" : "no authoritative server gave a usable answer";
   }
   const anotherCode = {
    id: "another-code",
    explain(evidence) {
     const {expected: expected} = evidence;
     if ((0, diagnosis_evidence.HF)(evidence)) return;
     const values = (0, diagnosis_evidence.b9)(evidence);
     const part = firstPart(values, expected.value);
     const others = values.filter(value => value.startsWith(CODE_PREFIX) && value !== part && !isMangled(value, expected.value));
     if (others.length === 0) return;
     const codes = (0, naming.b)(others.map(diagnosis_evidence.hD), MAX_CODES);
     return {
      evidence: `${(0, diagnosis_evidence.w3)(others, "another verification code is", "other verification codes are")} published: ${codes}`,
      remedy: `Publish "${expected.value}" as an additional TXT record; a name can have several. Remove ${(0, 
      diagnosis_evidence.w3)(others, "the other code", "another code")} only if you know that its connector no longer exists, in this or another account.`
     };
    }
   };
   const quotingOrSplitting = {
    id: "quoting-or-splitting",
    explain(evidence) {
     const {expected: expected} = evidence;
     if ((0, diagnosis_evidence.HF)(evidence)) return;
     const values = (0, diagnosis_evidence.b9)(evidence);
     const mangled = values.find(value => isMangled(value, expected.value));
     const part = firstPart(values, expected.value);
     const seen = part ?? mangled;
     if (seen === void 0) return;
     const what = part !== void 0 ? `the code is split across two TXT records: ${(0, 
     diagnosis_evidence.hD)(seen)} and the rest` : `the TXT record has the code in a different form: ${(0, 
     diagnosis_evidence.hD)(seen)}`;
     return {
      evidence: what,
      remedy: `Publish one TXT record with the text ${expected.value}, including the prefix, without quotes or spaces inside it.`
     };
    }
   };
   function firstPart(values, expected) {
    return values.find(first => values.some(second => first !== "" && second !== "" && first + second === expected));
   }
   function isMangled(value, expected) {
    if (value === expected) return false;
    const plain = text => text.replaceAll(/["'\\\s;]/g, "").toLowerCase();
    return plain(value) === plain(expected) || `${CODE_PREFIX}${plain(value)}` === plain(expected);
   }
   const wrongName = {
    id: "wrong-name",
    explain(evidence) {
     const {probes: probes, zone: zone} = evidence;
     const owner = (0, diagnosis_evidence.Hc)(evidence);
     const [name] = probes.elsewhere;
     if (name === void 0 || (0, diagnosis_evidence.HF)(evidence)) return;
     const doubled = name.startsWith(`${owner}.`);
     const relative = zone !== void 0 && (0, dns_name.IC)(owner, zone) || "@";
     return {
      evidence: `the record is published at ${name} instead of ${owner}`,
      remedy: doubled ? `The DNS tool appends the zone to the name: enter ${relative} as the name, or ${owner}. with the trailing dot.` : `Move the record to ${owner}; in most DNS tools, enter the name as ${relative}.`
     };
    }
   };
   const wrongType = {
    id: "wrong-type",
    explain(evidence) {
     const {expected: expected, cnames: names = [], endless: endless} = evidence;
     if ((0, diagnosis_evidence.HF)(evidence)) return;
     if (endless !== void 0) return explainEndless(names, endless);
     const target = names.slice(1).at(-1) ?? firstTarget(evidence);
     if (target === void 0) return;
     const holdsCode = target.replace(/\.$/, "").includes(expected.value.toLowerCase());
     return {
      evidence: `${expected.name} is a CNAME to ${target}${holdsCode ? ", which is the code itself" : ""}`,
      remedy: holdsCode ? "Publish the code as a TXT record instead." : "A name with a CNAME cannot have TXT records: publish the record at the target of the CNAME, or replace the CNAME with address records."
     };
    }
   };
   function firstTarget(evidence) {
    return (0, diagnosis_evidence.OG)(evidence).flatMap(server => (0, diagnosis_evidence.bD)(server)?.answers ?? []).flatMap(one => one.type === "CNAME" && one.name === evidence.expected.name ? [ one.target ] : [])[0];
   }
   function explainEndless(names, endless) {
    const way = [ ...names, endless ].join(" \u2192 ");
    return {
     evidence: names.includes(endless) ? `the CNAME records form a loop: ${way}` : `the CNAME records are more than the ${MAX_CNAMES} that are followed: ${way}`,
     remedy: `Make the CNAME at ${names[0]} lead to a name that has the TXT record, or replace it with address records and publish the TXT record there.`
    };
   }
   function telling({resolvers: resolvers}, isOneOf) {
    return resolvers.filter(server => server.state.observation?.kind !== "present" && (0, 
    diagnosis_evidence.bD)(server)?.extendedErrors.some(({code: code}) => isOneOf(code)));
   }
   function isOfDnssec(code) {
    return code >= 6 && code <= 12;
   }
   function isReason(code) {
    return code !== 0 && code !== 5;
   }
   const dnssecBogus = {
    id: "dnssec-bogus",
    explain(evidence) {
     const failing = evidence.resolvers.filter(server => (0, diagnosis_evidence.bD)(server)?.rcode === "SERVFAIL");
     const openWithoutValidation = failing.filter(({server: server}) => {
      const reply = evidence.probes.withoutValidation.get(server.label);
      return reply?.ok && (reply.message.rcode === "NOERROR" || reply.message.rcode === "NXDOMAIN");
     });
     const told = telling(evidence, isOfDnssec).filter(one => failing.includes(one));
     const untold = openWithoutValidation.filter(one => telling({
      resolvers: [ one ]
     }, isReason).length === 0);
     const bogus = [ ...new Set([ ...told, ...untold ]) ];
     if (bogus.length === 0) return;
     const words = bogus.flatMap(server => (0, diagnosis_evidence.bD)(server)?.extendedErrors ?? []);
     const said = words.find(({code: code, text: text}) => isOfDnssec(code) && text !== "");
     return {
      evidence: `DNSSEC validation of the zone fails at ${(0, diagnosis_evidence.ME)(bogus)}${said === void 0 ? "" : `: ${(0, 
      diagnosis_evidence.hD)(said.text)}`}`,
      remedy: "Sign the zone again, or correct the DS record at the registrar. Until then, validating resolvers give no answer.",
      servers: (0, diagnosis_evidence.PC)(bogus)
     };
    }
   };
   const zoneUnreachable = {
    id: "resolver-cannot-reach-zone",
    explain(evidence) {
     const told = telling(evidence, code => code === 22 || code === 23);
     const untold = evidence.resolvers.filter(server => failsAnyway(server, evidence));
     const servers = [ ...new Set([ ...told, ...untold ]) ];
     if (servers.length === 0 || areAllLame(evidence)) return;
     return {
      evidence: `${(0, diagnosis_evidence.ME)(servers)} ${(0, diagnosis_evidence.w3)(servers, "gets", "get")} no usable answer from the authoritative servers`,
      remedy: "Check that the domain exists and is delegated, and that its authoritative servers answer the whole internet over UDP and TCP, without rate limits or blocked countries.",
      servers: (0, diagnosis_evidence.PC)(servers)
     };
    }
   };
   const filtered = {
    id: "filtered",
    explain(evidence) {
     const told = telling(evidence, code => code >= 15 && code <= 17);
     const untold = (0, diagnosis_evidence.HF)(evidence) ? evidence.resolvers.filter(isByPolicy) : [];
     const servers = [ ...new Set([ ...told, ...untold ]) ].filter(one => !isClosed(one, evidence));
     if (servers.length === 0) return;
     return {
      evidence: `${(0, diagnosis_evidence.ME)(servers)} ${(0, diagnosis_evidence.w3)(servers, "blocks", "block")} or ${(0, 
      diagnosis_evidence.w3)(servers, "filters", "filter")} the domain`,
      remedy: "Use other resolvers, or ask the operator of the blocking resolver why the domain is on its list.",
      servers: (0, diagnosis_evidence.PC)(servers)
     };
    }
   };
   function isByPolicy(server) {
    const message = (0, diagnosis_evidence.bD)(server);
    const hasSoa = message?.authorities.some(({type: type}) => type === "SOA");
    return message?.rcode === "REFUSED" || message?.rcode === "NXDOMAIN" && !hasSoa;
   }
   function failsAnyway(server, {probes: probes}) {
    const message = (0, diagnosis_evidence.bD)(server);
    const again = probes.withoutValidation.get(server.server.label);
    const isUntold = message?.extendedErrors.every(({code: code}) => !isReason(code)) ?? false;
    return isUntold && message?.rcode === "SERVFAIL" && again?.ok === true && again.message.rcode === "SERVFAIL";
   }
   const resolverUnreachable = {
    id: "resolver-unreachable",
    explain(evidence) {
     const silent = evidence.resolvers.filter(resolver_causes_isSilent);
     const closed = evidence.resolvers.filter(one => isClosed(one, evidence));
     const servers = [ ...silent, ...closed ];
     const others = [ ...evidence.authoritative, ...evidence.resolvers ].filter(one => !servers.includes(one));
     if (servers.length === 0 || !others.some(({state: state}) => state.hasAnswered)) return;
     const ways = [ ...Map.groupBy(silent, describeWay) ].map(([way, those]) => `${(0, 
     diagnosis_evidence.ME)(those)} ${(0, diagnosis_evidence.w3)(those, "has", "have")} never answered ${way}`);
     const refusal = `${(0, diagnosis_evidence.ME)(closed)} ${(0, diagnosis_evidence.w3)(closed, "refuses", "refuse")} this machine every question, whatever the name`;
     const it = (0, diagnosis_evidence.w3)(servers, "it", "them");
     return {
      evidence: [ ...ways, ...closed.length > 0 ? [ refusal ] : [] ].join(", and "),
      remedy: `Let this machine through to ${it}, or leave ${it} out of resolvers. A lower quorum helps too, except with Cloudflare's own resolver.`,
      servers: (0, diagnosis_evidence.PC)(servers)
     };
    }
   };
   function resolver_causes_isSilent({reply: reply, state: state}) {
    return reply?.ok === false && !reply.truncatedOverUdp && !state.hasAnswered;
   }
   function describeWay({server: server, state: {observation: observation}}) {
    const {transport: transport, https: https} = server;
    const overAll = https === void 0 ? "UDP or TCP" : "UDP, TCP or HTTPS";
    const isTold = observation?.kind === "unusable" && observation.why !== "timeout";
    return `over ${transport === "auto" ? overAll : transport.toUpperCase()}${isTold ? ` (${observation.detail})` : ""}`;
   }
   function isClosed({server: server}, {probes: probes}) {
    return probes.closed.includes(server.label);
   }
   const CAUSES = [ notRegistered, port53Intercepted, wrongType, quotingOrSplitting, wrongName, anotherCode, subDelegation, tcpBlocked, port53Blocked, authoritySplit, secondaryLags, dnssecBogus, filtered, zoneUnreachable, staleAnswer, anycastSplit, oldRrsetCached, absenceCached, notPublished, resolverUnreachable, lameServer, delegationMismatch, splitHorizon ];
   function diagnose(evidence) {
    const findings = CAUSES.flatMap(cause => {
     const explained = cause.explain(evidence);
     if (explained === void 0) return [];
     const {isDecisive: isDecisive = false, ...found} = explained;
     const [evidenceLine, remedy] = [ (0, untrusted.g$)(found.evidence), (0, untrusted.g$)(found.remedy) ];
     return [ {
      isDecisive: isDecisive,
      finding: {
       cause: cause.id,
       ...found,
       evidence: evidenceLine,
       remedy: remedy
      }
     } ];
    });
    const inOrder = findings.toSorted((one, other) => Number(other.isDecisive) - Number(one.isDecisive));
    return inOrder.map(({finding: finding}) => finding);
   }
   var investigation_addDisposableResource = function(env, value, async) {
    if (value !== null && value !== void 0) {
     if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
     var dispose, inner;
     if (async) {
      if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
      dispose = value[Symbol.asyncDispose];
     }
     if (dispose === void 0) {
      if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
      dispose = value[Symbol.dispose];
      async && (inner = dispose);
     }
     if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
     inner && (dispose = function() {
      try {
       inner.call(this);
      } catch (e) {
       return Promise.reject(e);
      }
     });
     env.stack.push({
      value: value,
      dispose: dispose,
      async: async
     });
    } else async && env.stack.push({
     async: true
    });
    return value;
   };
   var investigation_disposeResources = function(SuppressedError) {
    return function(env) {
     function fail(e) {
      env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
      env.hasError = true;
     }
     var r, s = 0;
     function next() {
      while (r = env.stack.pop()) try {
       if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
       if (r.dispose) {
        var result = r.dispose.call(r.value);
        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) {
         fail(e);
         return next();
        });
       } else s |= 1;
      } catch (e) {
       fail(e);
      }
      if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
      if (env.hasError) throw env.error;
     }
     return next();
    };
   }(typeof SuppressedError === "function" ? SuppressedError : function(error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
   });
   const MORE_LOOKS = 3;
   const MAX_INVESTIGATION_MS = 1e4;
   function wrongNames(scene) {
    const {zone: zone} = scene;
    const name = (0, diagnosis_evidence.Hc)(scene);
    const prefixed = [ "www", "_cloudflare", "_cloudflare_dashboard_sso", "cloudflare_dashboard_sso" ];
    const around = zone !== void 0 && zone !== name ? [ `${name}.${zone}`, zone ] : [];
    return [ `${name}.${name}`, ...prefixed.map(label => `${label}.${name}`), ...around ].filter(protocol_message.cy);
   }
   async function investigate(scene, services) {
    const env_1 = {
     stack: [],
     error: void 0,
     hasError: false
    };
    try {
     const limit = investigation_addDisposableResource(env_1, (0, linked_abort.A)(services.signal), false);
     const isOver = services.clock.sleep(MAX_INVESTIGATION_MS, limit.signal);
     const orNothing = (probe, nothing) => Promise.race([ probe, isOver.then(() => nothing) ]);
     const within = {
      ...services,
      signal: limit.signal
     };
     const {zone: zone} = scene;
     const ask = zone !== void 0 && mayAskResolvers(scene, zone) ? services.systemNameServers(zone) : void 0;
     const [serials, zones, elsewhere, delegation, withoutValidation, closed, undecided, systemNameServers] = await Promise.all([ orNothing(readSerials(scene, within), new Map), orNothing(readZones(scene, within), new Map), orNothing(lookElsewhere(scene, within), []), orNothing(compareDelegation(scene, within), void 0), orNothing(askWithoutValidation(scene, within), new Map), orNothing(askAnotherName(scene, within), []), orNothing(askOtherBackends(scene, within), []), orNothing(Promise.resolve(ask), void 0) ]);
     return {
      serials: serials,
      zones: zones,
      elsewhere: elsewhere,
      delegation: delegation,
      withoutValidation: withoutValidation,
      closed: closed,
      undecided: undecided,
      systemNameServers: systemNameServers
     };
    } catch (e_1) {
     env_1.error = e_1;
     env_1.hasError = true;
    } finally {
     investigation_disposeResources(env_1);
    }
   }
   function mayAskResolvers(scene, zone) {
    const {isDiscovered: isDiscovered, expected: expected, resolvers: resolvers} = scene;
    const isName = zone === expected.name || zone === (0, diagnosis_evidence.Hc)(scene);
    return isDiscovered && (!isName || resolvers.some(({reply: reply}) => reply !== void 0));
   }
   function hasAnswered({reply: reply}) {
    return reply?.ok === true;
   }
   async function readSerials(scene, {client: client, signal: signal}) {
    const question = {
     name: scene.zone ?? (0, diagnosis_evidence.Hc)(scene),
     type: "SOA"
    };
    const serials = scene.authoritative.filter(hasAnswered).map(async ({server: server}) => {
     const soa = soaIn(await client.ask(server, question, signal));
     return soa === void 0 ? [] : [ [ server.label, soa.serial ] ];
    });
    return new Map((await Promise.all(serials)).flat());
   }
   function soaIn(reply) {
    if (!reply.ok) return;
    return [ ...reply.message.answers, ...reply.message.authorities ].find(record => record.type === "SOA");
   }
   async function readZones(scene, {client: client, signal: signal}) {
    const {zone: zone, authoritative: authoritative} = scene;
    const name = (0, diagnosis_evidence.Hc)(scene);
    if (zone === name || authoritative.length < 2) return new Map;
    const zones = authoritative.filter(hasAnswered).map(async ({server: server}) => {
     const reply = await client.ask(server, {
      name: name,
      type: "SOA"
     }, signal);
     const soa = soaIn(reply);
     const isOfName = soa !== void 0 && (0, dns_name.a5)(name, soa.name);
     return reply.ok && reply.message.authoritative && isOfName ? [ [ server.label, soa.name ] ] : [];
    });
    return new Map((await Promise.all(zones)).flat());
   }
   async function lookElsewhere(scene, {client: client, signal: signal}) {
    const server = scene.authoritative.find(hasAnswered)?.server;
    if (server === void 0) return [];
    const looks = wrongNames(scene).map(async name => {
     const reply = await client.ask(server, {
      name: name,
      type: "TXT"
     }, signal);
     const texts = reply.ok ? reply.message.answers.flatMap(one => one.type === "TXT" && one.name === name ? [ one.strings.join("") ] : []) : [];
     return texts.includes(scene.expected.value) ? [ name ] : [];
    });
    return (await Promise.all(looks)).flat();
   }
   async function compareDelegation(scene, services) {
    const {zone: zone, isDiscovered: isDiscovered} = scene;
    const server = (scene.authoritative.find(diagnosis_evidence.qb) ?? scene.authoritative.find(hasAnswered))?.server;
    if (!isDiscovered || zone === void 0 || server === void 0) return;
    const [parent, reply] = await Promise.all([ services.parentNameServers(zone), services.client.ask(server, {
     name: zone,
     type: "NS"
    }, services.signal) ]);
    const child = reply.ok ? reply.message.answers.flatMap(one => one.type === "NS" && one.name === zone ? [ one.target ] : []) : [];
    return {
     parent: parent,
     child: child
    };
   }
   async function askWithoutValidation({resolvers: resolvers, expected: expected}, {client: client, signal: signal}) {
    const question = {
     name: expected.name,
     type: "TXT"
    };
    const failing = resolvers.filter(one => hasRcode(one, "SERVFAIL"));
    const replies = failing.map(async ({server: server}) => [ server.label, await client.ask(server, question, signal, {
     checkingDisabled: true
    }) ]);
    return new Map(await Promise.all(replies));
   }
   function hasRcode({reply: reply}, rcode) {
    return reply?.ok === true && reply.message.rcode === rcode;
   }
   async function askAnotherName({resolvers: resolvers, expected: expected}, {client: client, signal: signal}) {
    const question = {
     name: (0, dns_name.Qy)(expected.name).at(-1) ?? ".",
     type: "NS"
    };
    const refusing = resolvers.filter(one => hasRcode(one, "REFUSED"));
    const replies = refusing.map(async ({server: server}) => {
     const reply = await client.ask(server, question, signal);
     return reply.ok && reply.message.rcode === "REFUSED" ? [ server.label ] : [];
    });
    return (await Promise.all(replies)).flat();
   }
   async function askOtherBackends({authoritative: authoritative, resolvers: resolvers, expected: expected}, {client: client, clock: clock, signal: signal}) {
    if (!(0, diagnosis_evidence.HF)({
     authoritative: authoritative,
     resolvers: resolvers
    })) return [];
    const question = {
     name: expected.name,
     type: "TXT"
    };
    const looks = (0, diagnosis_evidence.gP)(resolvers).map(async ({server: server, state: state}) => {
     const again = Array.from({
      length: MORE_LOOKS
     }, () => client.ask(server, question, signal));
     const kinds = (await Promise.all(again)).map(reply => observe(reply, expected, "resolver").kind);
     const isUnexpired = state.expiresAtMs !== void 0 && clock.now() < state.expiresAtMs;
     const isUndecided = kinds.includes("present") && (isUnexpired || kinds.includes("absent"));
     return isUndecided ? [ server.label ] : [];
    });
    return (await Promise.all(looks)).flat();
   }
   async function explain(servers, {expected: expected, search: search, isDiscovered: isDiscovered}, {finder: finder, ...services}) {
    const ofRole = role => holders(servers).filter(({server: server}) => server.role === role);
    const {discovery: discovery} = search.end;
    const scene = {
     expected: expected,
     cnames: search.chain.links.map(({name: name}) => name),
     zone: search.zone,
     isDiscovered: isDiscovered,
     authoritative: [ ...search.referring, ...silentServers(discovery, expected), ...ofRole("authoritative") ],
     resolvers: ofRole("resolver")
    };
    const parent = discovery.kind === "found" ? discovery.parent : void 0;
    const probes = await investigate(scene, {
     ...services,
     parentNameServers: async zone => parent === void 0 ? [] : finder.delegation(zone, parent)
    });
    return diagnose({
     ...scene,
     endless: search.chain.endless,
     probes: probes,
     isRegistered: discovery.kind !== "not-registered",
     parentAnswers: parent !== void 0,
     nowMs: services.clock.now()
    });
   }
   function holders(servers) {
    return servers.filter(({state: state}) => state.observation?.kind !== "alias");
   }
   function silentServers(discovery, expected) {
    if (discovery.kind !== "unknown") return [];
    return discovery.said.map(({server: server, reply: reply}) => ({
     server: server,
     reply: reply,
     state: {
      label: server.label,
      observation: observe(reply, expected, "authoritative"),
      answeredAtMs: void 0,
      presentSinceMs: void 0,
      hasAnswered: reply.ok,
      saysBoth: false
     }
    }));
   }
   function toDnsReport({expected: expected, verdict: verdict, zone: zone, startedAtMs: startedAtMs, endedAtMs: endedAtMs, servers: servers, diagnosis: diagnosis}) {
    const {reason: reason, authoritative: authoritative, expectedAtMs: expectedAtMs} = verdict;
    return {
     name: expected.name,
     type: "TXT",
     value: expected.value,
     visible: reason === "visible",
     authoritative: authoritative,
     reason: reason,
     ...zone !== void 0 && {
      zone: zone
     },
     started_at: iso(startedAtMs),
     ended_at: iso(endedAtMs),
     ...expectedAtMs !== void 0 && {
      expected_at: iso(expectedAtMs)
     },
     servers: servers.map(toServerReport),
     diagnosis: diagnosis
    };
   }
   function toServerReport({server: server, state: state, reply: reply}) {
    const {observation: observation, answeredAtMs: answeredAtMs, presentSinceMs: presentSinceMs, expiresAtMs: expiresAtMs} = state;
    return {
     server: state.label,
     role: server.role,
     ...describeObservation(observation),
     ...reply !== void 0 && {
      transport: reply.transport
     },
     ...answeredAtMs !== void 0 && {
      answered_at: iso(answeredAtMs)
     },
     ...presentSinceMs !== void 0 && {
      seen_at: iso(presentSinceMs)
     },
     ...expiresAtMs !== void 0 && {
      expires_at: iso(expiresAtMs)
     }
    };
   }
   function describeObservation(observation) {
    if (observation === void 0) return {
     record: "unknown",
     txt: [],
     problem: "not asked"
    };
    if (observation.kind === "unusable") return {
     record: "unknown",
     txt: [],
     problem: observation.detail
    };
    if (observation.kind === "alias") return {
     record: "absent",
     txt: []
    };
    const {kind: kind, values: values, ttlS: ttlS} = observation;
    const serial = observation.kind === "absent" ? observation.serial : void 0;
    return {
     record: kind,
     txt: values,
     ...ttlS !== void 0 && {
      ttl: ttlS
     },
     ...serial !== void 0 && {
      serial: serial
     }
    };
   }
   function iso(epochMs) {
    return new Date(epochMs).toISOString();
   }
   const MAX_DETOURS = 2 * MAX_CNAMES;
   class ServerSearch {
    #name;
    #given;
    #finder;
    #aliases=new Map;
    #chain;
    #moved;
    #detours=0;
    #referring=[];
    constructor(name, given, finder) {
     this.#name = name;
     this.#given = given;
     this.#finder = finder;
     this.#chain = unknownServers(name, "not looked for yet");
    }
    get chain() {
     return this.#chain;
    }
    get end() {
     return this.#chain.links.at(-1) ?? this.#chain.links[0];
    }
    get referring() {
     return this.#referring;
    }
    get zone() {
     const {discovery: discovery} = this.end;
     if (discovery.kind === "not-registered") return discovery.registry;
     return discovery.kind === "found" ? discovery.apex : void 0;
    }
    get mayFollow() {
     return this.#detours < MAX_DETOURS;
    }
    async look() {
     const found = await this.#find();
     const isUnregistered = this.end.discovery.kind === "not-registered";
     isUnregistered && found.links.at(-1)?.discovery.kind === "unknown" || (this.#chain = found);
    }
    async haveMoved() {
     if (this.#given !== "auto" || this.#referring.length > 0 || !this.mayFollow) return false;
     const chain = await this.#find();
     if (chain.links.some(({discovery: discovery}) => discovery.kind !== "found")) return false;
     if (serversOf(chain) === serversOf(this.#chain)) return false;
     this.#moved = chain;
     return true;
    }
    async takeDetour(detour, servers) {
     this.#detours++;
     if (detour.reason === "moved") {
      this.#chain = this.#moved ?? this.#chain;
      return;
     }
     if (detour.reason === "referred") return this.#follow(detour.referral, servers);
     detour.target === void 0 ? this.#aliases.delete(detour.name) : this.#aliases.set(detour.name, detour.target);
     await this.look();
    }
    linksToAsk() {
     if (this.end.discovery.kind !== "found") return [];
     const taken = new Set;
     return this.#chain.links.flatMap(({name: name, discovery: discovery}) => {
      if (discovery.kind !== "found") return [];
      const servers = discovery.servers.map(server => taken.has(server.label) ? {
       ...server,
       label: `${server.label} for ${name}`
      } : server);
      for (const {label: label} of servers) taken.add(label);
      return [ {
       name: name,
       zone: discovery.apex,
       servers: servers
      } ];
     });
    }
    describe() {
     const {discovery: discovery, name: name} = this.end;
     const isAlias = this.#chain.links.length > 1;
     const alias = isAlias ? `${this.#name} is a CNAME that leads to ${name}. ` : "";
     if (discovery.kind === "found") {
      const labels = discovery.servers.map(({label: label}) => label).join(", ");
      return `${alias}Asking the authoritative servers of ${discovery.apex ?? name}: ${labels}.`;
     }
     const reason = discovery.kind === "unknown" ? discovery.reason : "the domain is not registered";
     return `${alias}Asking only the resolvers, one of them first, because ${reason}.`;
    }
    #find() {
     if (this.#given === "off") return unknownServers(this.#name, "authoritative-servers is off");
     const given = this.#given === "auto" ? void 0 : this.#given;
     return this.#finder.chain(this.#name, this.#aliases, given);
    }
    async #follow(referral, servers) {
     const {name: name, discovery: before} = this.end;
     const isKnown = before.kind === "found" && before.apex !== void 0;
     const parent = isKnown ? {
      zone: before.apex,
      servers: before.servers,
      nameServers: []
     } : void 0;
     const discovery = await this.#finder.follow(name, referral, parent);
     const isLost = discovery.kind !== "found";
     this.#referring = isLost ? servers.filter(({server: server}) => server.role === "authoritative") : [];
     const [first, ...others] = this.#chain.links.with(-1, {
      name: name,
      discovery: discovery
     });
     first !== void 0 && (this.#chain = {
      ...this.#chain,
      links: [ first, ...others ]
     });
    }
   }
   function serversOf({links: links}) {
    const labels = ({discovery: discovery}) => discovery.kind === "found" ? discovery.servers.map(({label: label}) => label).sort() : [];
    return JSON.stringify(links.map(link => [ link.name, labels(link) ]));
   }
   function unknownServers(name, reason) {
    return {
     links: [ {
      name: name,
      discovery: {
       kind: "unknown",
       reason: reason,
       said: []
      }
     } ],
     endless: void 0
    };
   }
   var external_node_crypto_ = __nccwpck_require__(7598);
   var types_from_wildcard_addDisposableResource = function(env, value, async) {
    if (value !== null && value !== void 0) {
     if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
     var dispose, inner;
     if (async) {
      if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
      dispose = value[Symbol.asyncDispose];
     }
     if (dispose === void 0) {
      if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
      dispose = value[Symbol.dispose];
      async && (inner = dispose);
     }
     if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
     inner && (dispose = function() {
      try {
       inner.call(this);
      } catch (e) {
       return Promise.reject(e);
      }
     });
     env.stack.push({
      value: value,
      dispose: dispose,
      async: async
     });
    } else async && env.stack.push({
     async: true
    });
    return value;
   };
   var types_from_wildcard_disposeResources = function(SuppressedError) {
    return function(env) {
     function fail(e) {
      env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
      env.hasError = true;
     }
     var r, s = 0;
     function next() {
      while (r = env.stack.pop()) try {
       if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
       if (r.dispose) {
        var result = r.dispose.call(r.value);
        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) {
         fail(e);
         return next();
        });
       } else s |= 1;
      } catch (e) {
       fail(e);
      }
      if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
      if (env.hasError) throw env.error;
     }
     return next();
    };
   }(typeof SuppressedError === "function" ? SuppressedError : function(error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
   });
   const TYPES = [ "MX", "TXT", "A", "AAAA" ];
   async function typesFromWildcard(name, given, finder, services, limitMs) {
    const env_1 = {
     stack: [],
     error: void 0,
     hasError: false
    };
    try {
     const parent = name.slice(name.indexOf(".") + 1);
     const label = (0, external_node_crypto_.randomBytes)(6).toString("hex");
     const below = `${label}.${name}`;
     if (!parent.includes(".") || !(0, protocol_message.cy)(below)) return [];
     const limit = types_from_wildcard_addDisposableResource(env_1, timeLimit(limitMs, services), false);
     const {signal: signal} = limit;
     const look = async () => {
      const servers = given ?? await (0, until_aborted.E)(serversAbove(name, finder), signal);
      const limited = {
       ...services,
       signal: signal
      };
      const first = await answer(below, "MX", servers, limited);
      if (first?.rcode !== "NOERROR") return [];
      const fromWildcard = await dataAt(below, servers, limited);
      if (fromWildcard.size === 0) return [];
      const [own, beside] = await Promise.all([ name, `${label}.${parent}` ].map(each => dataAt(each, servers, limited)));
      return [ ...fromWildcard ].flatMap(([type, data]) => own?.get(type) === data && beside?.get(type) === data ? [ type ] : []);
     };
     return await limit.unlessLate(look()) ?? [];
    } catch (e_1) {
     env_1.error = e_1;
     env_1.hasError = true;
    } finally {
     types_from_wildcard_disposeResources(env_1);
    }
   }
   async function serversAbove(name, finder) {
    const discovery = await finder.find(name);
    return discovery.kind === "found" && discovery.apex !== name ? discovery.servers : [];
   }
   async function dataAt(name, servers, services) {
    const messages = await Promise.all(TYPES.map(type => answer(name, type, servers, services)));
    const records = messages.flatMap(message => message?.answers ?? []).filter(each => each.name === name);
    const byType = Map.groupBy(records, ({type: type}) => type);
    return new Map([ ...byType ].map(([type, all]) => [ type, [ ...new Set(all.map(dataOf)) ].sort().join("\n") ]));
   }
   async function answer(name, type, servers, services) {
    const isWhole = message => isAnswer(message) && !message.truncated;
    const said = await askSeveral(servers, {
     name: name,
     type: type
    }, services, {
     count: 1,
     isUsable: reply => reply.ok && isWhole(reply.message)
    });
    const messages = said.flatMap(({reply: reply}) => reply.ok ? [ reply.message ] : []);
    return messages.find(isWhole);
   }
   function dataOf(record) {
    if (record.type === "TXT") return record.strings.join("");
    return record.type === "SOA" ? "" : record.target;
   }
   class CnameWay {
    #way;
    #indexOf;
    #targets=new Map;
    constructor(way) {
     this.#way = way;
     this.#indexOf = new Map(way.links.flatMap(({servers: servers}, index) => servers.map(({label: label}) => [ label, index ])));
    }
    linkOf(label) {
     return this.#way.links[this.#indexOf.get(label) ?? -1];
    }
    follow(label, observation) {
     if (observation.kind !== "alias") {
      this.#targets.delete(label);
      return observation;
     }
     this.#targets.set(label, observation.target);
     const next = this.#nextOf(this.#indexOf.get(label) ?? -1);
     if (next === observation.target) return observation;
     return {
      kind: "absent",
      values: [],
      ttlS: void 0,
      serial: void 0
     };
    }
    detour(answers) {
     const referral = this.#commonReferral(answers);
     return referral === void 0 ? this.#otherTarget(answers) : {
      reason: "referred",
      referral: referral
     };
    }
    #commonReferral(answers) {
     const end = this.#way.links.at(-1);
     if (end === void 0) return;
     const states = end.servers.map(({label: label}) => answers.state(label));
     if (states.some(({observation: observation}) => observation?.kind !== "unusable")) return;
     return states.map(({label: label}) => referralOf(answers.reply(label), end.name)).find(referral => isDeeper(referral, end.zone));
    }
    #otherTarget(answers) {
     if (!this.#way.mayFollow) return;
     for (const [index, {name: name, servers: servers}] of this.#way.links.entries()) {
      const next = this.#nextOf(index);
      const states = servers.map(({label: label}) => answers.state(label));
      if (next !== void 0 && states.some(({observation: observation}) => observation === void 0)) continue;
      const answering = states.filter(({observation: observation}) => isUsable(observation));
      const targets = answering.flatMap(({label: label}) => this.#targets.get(label) ?? []);
      const other = targets.find(target => target !== (next ?? this.#way.endless));
      if (other !== void 0 && (next === void 0 || !targets.includes(next))) return {
       reason: "led-elsewhere",
       name: name,
       target: other
      };
      if (next !== void 0 && answering.length > 0 && targets.length === 0) return {
       reason: "led-elsewhere",
       name: name,
       target: void 0
      };
     }
     return;
    }
    #nextOf(index) {
     return index < 0 ? void 0 : this.#way.links[index + 1]?.name;
    }
   }
   function isUsable(observation) {
    return observation !== void 0 && observation.kind !== "unusable";
   }
   const PROBE_PAUSES_MS = [ 5e3, 1e4, 2e4, 4e4, 6e4 ];
   const LAST_PROBE_PAUSE_MS = 6e4;
   const EXPIRY_SLACK_MS = 200;
   const MIN_RESOLVER_PAUSE_MS = 1e3;
   const SIGHTING_GAP_MS = 1e3;
   const SIGHTINGS_NEEDED = 2;
   const SIGHTINGS_NEEDED_AFTER_FLIP = 4;
   const MESSAGE_PROBLEMS = new Set([ "lame", "failed", "not-authoritative" ]);
   function newTrack(label, nextAskAtMs) {
    return {
     label: label,
     observation: void 0,
     answeredAtMs: void 0,
     presentSinceMs: void 0,
     confirmed: false,
     sightings: 0,
     sightingAtMs: 0,
     lastSaid: void 0,
     flips: 0,
     hasAnswered: false,
     askedAtMs: 0,
     nextAskAtMs: nextAskAtMs,
     inFlight: false,
     misses: 0,
     failures: 0
    };
   }
   function newResolverTrack(label) {
    return {
     ...newTrack(label, Number.POSITIVE_INFINITY),
     expiresAtMs: void 0
    };
   }
   function isUntouched(track) {
    return track.observation === void 0 && !track.inFlight && track.nextAskAtMs === Number.POSITIVE_INFINITY;
   }
   function isUnreachable(track) {
    return track.observation?.kind === "unusable" && track.observation.why === "unreachable";
   }
   function noteObservation(track, observation, nowMs) {
    const {kind: kind} = observation;
    track.inFlight = false;
    track.observation = observation;
    track.answeredAtMs = nowMs;
    track.failures = kind === "unusable" ? track.failures + 1 : 0;
    track.misses = hasIt(observation) ? 0 : track.misses + 1;
    (kind !== "unusable" || MESSAGE_PROBLEMS.has(observation.why)) && (track.hasAnswered = true);
    kind === "absent" && track.lastSaid === "present" && (track.flips += 1);
    kind !== "unusable" && (track.lastSaid = hasIt(observation) ? "present" : "absent");
    hasIt(observation) ? countSighting(track, nowMs) : Object.assign(track, {
     presentSinceMs: void 0,
     confirmed: false,
     sightings: 0
    });
   }
   function hasIt({kind: kind}) {
    return kind === "present" || kind === "alias";
   }
   function countSighting(track, nowMs) {
    track.presentSinceMs ??= nowMs;
    if (track.sightings > 0 && track.askedAtMs < track.sightingAtMs + SIGHTING_GAP_MS) return;
    track.sightings += 1;
    track.sightingAtMs = nowMs;
    track.confirmed = track.sightings >= (track.flips > 0 ? SIGHTINGS_NEEDED_AFTER_FLIP : SIGHTINGS_NEEDED);
   }
   function wasSeen({lastSaid: lastSaid, flips: flips}) {
    return lastSaid === "present" || flips > 0;
   }
   function stateOf(track) {
    const {flips: flips, confirmed: confirmed, lastSaid: lastSaid} = track;
    return {
     ...track,
     saysBoth: !confirmed && (flips > 1 || flips > 0 && lastSaid === "present")
    };
   }
   function cacheExpiry(observation, nowMs) {
    const ttlS = observation.kind === "absent" ? observation.ttlS : void 0;
    return ttlS === void 0 ? void 0 : nowMs + ttlS * 1e3;
   }
   function resolverAskAt(track, nowMs) {
    const probeMs = nowMs + (PROBE_PAUSES_MS[track.misses - 1] ?? LAST_PROBE_PAUSE_MS);
    const expiryMs = (track.expiresAtMs ?? Number.POSITIVE_INFINITY) + EXPIRY_SLACK_MS;
    return Math.max(nowMs + MIN_RESOLVER_PAUSE_MS, Math.min(probeMs, expiryMs));
   }
   const FIRST_PAUSE_MS = 1e3;
   const PAUSE_GROWTH = 1.5;
   const PAUSE_JITTER = .2;
   const FAILURES_OF_A_DEAD_SERVER = 2;
   const RETURN_PAUSE_MS = 6e4;
   class Propagation {
    #plan;
    #random;
    #deadlineMs;
    #oneLook;
    #authoritative;
    #resolvers;
    #tracks;
    #phase;
    #confirmedByAuthority=false;
    #pauseMs=FIRST_PAUSE_MS;
    #nextRoundAtMs;
    constructor(plan, random = Math.random) {
     this.#plan = plan;
     this.#random = random;
     this.#oneLook = plan.timeoutMs === 0;
     this.#deadlineMs = plan.startedAtMs + plan.timeoutMs;
     this.#nextRoundAtMs = plan.startedAtMs;
     this.#authoritative = plan.authoritative.map(label => newTrack(label, plan.startedAtMs));
     const isRequired = label => plan.required.includes(label) ? 1 : 0;
     this.#resolvers = plan.resolvers.toSorted((a, b) => isRequired(a) - isRequired(b)).map(label => newResolverTrack(label));
     this.#tracks = new Map([ ...this.#authoritative, ...this.#resolvers ].map(track => [ track.label, track ]));
     this.#phase = "authoritative";
    }
    get servers() {
     return [ ...this.#tracks.values() ].map(stateOf);
    }
    state(label) {
     return stateOf(this.#track(label));
    }
    get phase() {
     return this.#phase === "authoritative" ? "authoritative" : "resolvers";
    }
    get isConfirmedByAuthority() {
     return this.#confirmedByAuthority;
    }
    next(nowMs) {
     this.#phase !== "resolvers" && this.#followAuthority(nowMs);
     this.#phase === "canary" && this.#advanceCanary(nowMs);
     const verdict = this.#verdict(nowMs);
     if (verdict !== void 0) return {
      kind: "finish",
      verdict: verdict
     };
     const active = this.#active();
     const due = active.filter(track => !track.inFlight && track.nextAskAtMs <= nowMs);
     if (due.length > 0) return this.#ask(due, nowMs);
     const wakeUps = active.filter(track => !track.inFlight).map(track => track.nextAskAtMs);
     return {
      kind: "wait",
      untilMs: Math.min(...wakeUps)
     };
    }
    noteReply(label, observation, nowMs, isFromCache = true) {
     const track = this.#track(label);
     const resolver = this.#resolvers.find(one => one === track);
     const isFirstSighting = observation.kind === "present" && !wasSeen(track);
     noteObservation(track, observation, nowMs);
     this.#oneLook && (track.confirmed = hasIt(observation));
     resolver !== void 0 && (resolver.expiresAtMs = isFromCache ? cacheExpiry(observation, nowMs) : void 0);
     isFirstSighting && this.#lookAgainSoon(nowMs);
     const roundMs = this.#phase === "canary" ? nowMs + RETURN_PAUSE_MS : this.#nextRoundAtMs;
     const nextMs = resolver === void 0 ? roundMs : resolverAskAt(resolver, nowMs);
     track.nextAskAtMs = this.#withinDeadline(nextMs, nowMs);
    }
    #track(label) {
     const track = this.#tracks.get(label);
     if (track === void 0) throw new RangeError(`no server of this wait is called ${label}`);
     return track;
    }
    #lookAgainSoon(nowMs) {
     this.#pauseMs = FIRST_PAUSE_MS;
     this.#nextRoundAtMs = nowMs + SIGHTING_GAP_MS;
     this.#askAuthorityWithin(SIGHTING_GAP_MS, nowMs);
    }
    #askAuthorityWithin(pauseMs, nowMs) {
     for (const track of this.#authoritative) Number.isFinite(track.nextAskAtMs) && (track.nextAskAtMs = this.#withinDeadline(Math.min(track.nextAskAtMs, nowMs + pauseMs), nowMs));
    }
    #ask(due, nowMs) {
     for (const track of due) {
      track.inFlight = true;
      track.askedAtMs = nowMs;
     }
     if (this.#phase === "authoritative" && nowMs >= this.#nextRoundAtMs) {
      this.#nextRoundAtMs = nowMs + this.#pauseMs * (1 - PAUSE_JITTER * this.#random());
      this.#pauseMs = Math.min(this.#pauseMs * PAUSE_GROWTH, this.#plan.pollIntervalMs);
     }
     return {
      kind: "ask",
      labels: due.map(track => track.label)
     };
    }
    #active() {
     if (this.#phase === "authoritative") return this.#authoritative;
     const resolvers = this.#resolvers.filter(track => track.observation?.kind !== "present");
     return this.#phase === "canary" ? [ ...this.#authoritative, ...resolvers ] : resolvers;
    }
    #followAuthority(nowMs) {
     const servers = this.#authoritative.filter(track => !isUnreachable(track));
     const responsive = servers.filter(track => track.failures === 0 && track.observation !== void 0);
     const patience = this.#oneLook ? 1 : FAILURES_OF_A_DEAD_SERVER;
     const othersHave = failures => servers.every(track => responsive.includes(track) || track.failures >= failures);
     const isUnanimous = responsive.every(track => track.confirmed);
     if (isUnanimous && responsive.length > 0 && othersHave(1) && responsive.length * 2 >= servers.length) {
      this.#confirmedByAuthority = true;
      this.#phase = "resolvers";
      for (const track of this.#resolvers) this.#askSoon(track, nowMs);
     } else if (isUnanimous && othersHave(patience)) this.#phase = "canary"; else {
      this.#phase === "canary" && this.#askAuthorityWithin(FIRST_PAUSE_MS, nowMs);
      this.#phase = "authoritative";
     }
    }
    #advanceCanary(nowMs) {
     if (this.#resolvers.some(track => track.observation?.kind === "present")) {
      this.#phase = "resolvers";
      for (const track of this.#resolvers.filter(isUntouched)) this.#askSoon(track, nowMs);
      return;
     }
     const touched = this.#resolvers.filter(track => !isUntouched(track));
     if (touched.some(track => track.failures < (this.#oneLook ? 1 : FAILURES_OF_A_DEAD_SERVER))) return;
     const next = this.#resolvers.find(isUntouched);
     next !== void 0 && this.#askSoon(next, nowMs);
    }
    #verdict(nowMs) {
     const authoritative = this.#confirmedByAuthority;
     if (this.#phase !== "authoritative") {
      if (this.#hasQuorum(track => track.observation?.kind === "present")) return {
       reason: "visible",
       authoritative: authoritative
      };
      if (!this.#oneLook && !this.#hasQuorum(track => this.#canHaveItInTime(track))) return {
       reason: "not-in-time",
       authoritative: authoritative,
       expectedAtMs: this.#expectedAtMs(nowMs)
      };
     }
     const canGoOn = this.#active().some(track => track.inFlight || Number.isFinite(track.nextAskAtMs));
     return canGoOn ? void 0 : {
      reason: "timed-out",
      authoritative: authoritative
     };
    }
    #hasQuorum(holds) {
     const holding = this.#resolvers.filter(holds);
     const needed = Math.max(this.#plan.quorum, Math.min(2, this.#resolvers.length));
     const required = this.#plan.required.every(label => holding.some(track => track.label === label));
     return required && holding.length >= needed;
    }
    #canHaveItInTime(track) {
     return track.expiresAtMs === void 0 || track.expiresAtMs <= this.#deadlineMs;
    }
    #expectedAtMs(nowMs) {
     const expiries = this.#resolvers.map(track => track.expiresAtMs ?? nowMs).toSorted((a, b) => a - b);
     const isEnough = atMs => this.#hasQuorum(track => (track.expiresAtMs ?? nowMs) <= atMs);
     return expiries.find(isEnough) ?? nowMs;
    }
    #askSoon(track, nowMs) {
     track.nextAskAtMs = this.#oneLook || nowMs < this.#deadlineMs ? nowMs : Number.POSITIVE_INFINITY;
    }
    #withinDeadline(atMs, nowMs) {
     return nowMs >= this.#deadlineMs ? Number.POSITIVE_INFINITY : Math.min(atMs, this.#deadlineMs);
    }
   }
   const TOLD_FREELY = 3;
   const PAUSE_MS = 6e4;
   class ToldAnswers {
    #servers=new Map;
    isDue(label, observation, nowMs) {
     const told = this.#servers.get(label);
     if (told?.key === answerKey(observation)) return false;
     return told === void 0 || !this.isStale(label, observation) || nowMs >= told.atMs + PAUSE_MS;
    }
    isStale(label, observation) {
     return (this.#servers.get(label)?.times.get(answerKey(observation)) ?? 0) >= TOLD_FREELY;
    }
    note(label, observation, nowMs) {
     const key = answerKey(observation);
     const before = this.#servers.get(label)?.times ?? new Map;
     const times = new Map(before).set(key, (before.get(key) ?? 0) + 1);
     this.#servers.set(label, {
      key: key,
      atMs: nowMs,
      times: times
     });
    }
   }
   function answerKey(observation) {
    if (observation.kind === "unusable") return `${observation.why} ${observation.detail}`;
    if (observation.kind === "alias") return `alias ${observation.target}`;
    return JSON.stringify([ observation.kind, observation.values.toSorted() ]);
   }
   const GATHER_MS = 1e3;
   const QUIET_PAUSES_MS = [ 6e4, 6e4, 6e4, 12e4 ];
   const LAST_QUIET_PAUSE_MS = 3e5;
   function waitForRecord(expected, servers, plan, listener, services) {
    return new RecordWait(expected, servers, plan, listener, services).run();
   }
   class RecordWait {
    #expected;
    #servers;
    #way;
    #listener;
    #client;
    #clock;
    #looksForMove;
    #propagation;
    #replies=new Map;
    #pending=new Set;
    #failure;
    #wake;
    #ended;
    #told=new ToldAnswers;
    #changedAtMs=Number.POSITIVE_INFINITY;
    #questionsUnderWay=0;
    #phase;
    #lastReportAtMs;
    #quietReports=0;
    #isExplaining=false;
    #haveMoved=false;
    constructor(expected, servers, plan, listener, {client: client, clock: clock, signal: signal, random: random, haveServersMoved: haveServersMoved}) {
     this.#expected = expected;
     this.#servers = servers;
     this.#way = new CnameWay(plan);
     this.#listener = listener;
     this.#client = client;
     this.#clock = clock;
     this.#looksForMove = haveServersMoved;
     this.#propagation = new Propagation(plan, random);
     this.#ended = (0, linked_abort.A)(signal);
     this.#phase = this.#propagation.phase;
     this.#lastReportAtMs = clock.now();
    }
    async run() {
     try {
      let verdict;
      while (verdict === void 0) verdict = await this.#advance();
      return {
       verdict: verdict,
       servers: this.#evidence()
      };
     } finally {
      this.#ended[Symbol.dispose]();
      await Promise.allSettled(this.#pending);
     }
    }
    async #advance() {
     const move = this.#propagation.next(this.#clock.now());
     const verdict = this.#verdictOf(move);
     verdict === void 0 && this.#questionsUnderWay !== 0 || this.#reportChanges();
     this.#reportPhase();
     if (verdict !== void 0 || move.kind === "finish") return verdict;
     if (move.kind === "ask") {
      for (const label of move.labels) this.#start(this.#ask(label));
      return;
     }
     const changesDueAtMs = this.#changedAtMs + GATHER_MS;
     await this.#untilReplyOr(Math.min(move.untilMs, changesDueAtMs, this.#nextReportAtMs()));
     this.#clock.now() >= changesDueAtMs && this.#reportChanges();
     this.#clock.now() >= this.#nextReportAtMs() && this.#reportQuiet();
     return;
    }
    #verdictOf(move) {
     if (move.kind === "finish") return move.verdict;
     if (this.#haveMoved) return {
      reason: "moved"
     };
     return this.#way.detour({
      state: label => this.#propagation.state(label),
      reply: label => this.#replies.get(label)
     });
    }
    #start(work) {
     const pending = work.catch(reason => {
      this.#failure ??= {
       reason: reason
      };
     }).then(() => {
      this.#pending.delete(pending);
      this.#wake?.[Symbol.dispose]();
     });
     this.#pending.add(pending);
    }
    async #ask(label) {
     const server = this.#servers.get(label);
     if (server === void 0) throw new RangeError(`no server of this wait is called ${label}`);
     const link = this.#way.linkOf(label);
     const expected = {
      ...this.#expected,
      name: link?.name ?? this.#expected.name
     };
     const question = {
      name: expected.name,
      type: "TXT"
     };
     this.#questionsUnderWay += 1;
     const reply = await this.#client.ask(server, question, this.#ended.signal);
     this.#questionsUnderWay -= 1;
     const nowMs = this.#clock.now();
     const observation = this.#way.follow(label, observe(reply, expected, server.role, link?.zone));
     const isFromCache = !reply.ok || !reply.message.authoritative;
     this.#propagation.noteReply(label, observation, nowMs, isFromCache);
     this.#replies.set(label, reply);
     this.#told.isDue(label, observation, nowMs) && (this.#changedAtMs = Math.min(this.#changedAtMs, nowMs));
    }
    #reportChanges() {
     if (this.#changedAtMs === Number.POSITIVE_INFINITY) return;
     this.#changedAtMs = Number.POSITIVE_INFINITY;
     const nowMs = this.#clock.now();
     let isNews = false;
     const changed = this.#evidence().filter(({state: {label: label, observation: observation}}) => {
      if (observation === void 0 || !this.#told.isDue(label, observation, nowMs)) return false;
      isNews ||= !this.#told.isStale(label, observation);
      this.#told.note(label, observation, nowMs);
      return true;
     });
     if (changed.length === 0) return;
     if (isNews) {
      this.#lastReportAtMs = nowMs;
      this.#quietReports = 0;
     }
     this.#listener.changed(changed);
    }
    #reportPhase() {
     if (this.#propagation.phase === this.#phase) return;
     this.#reportChanges();
     this.#phase = this.#propagation.phase;
     if (this.#phase !== "resolvers") return;
     const resolvers = [ ...this.#servers.values() ].filter(({role: role}) => role === "resolver");
     this.#listener.askingResolvers(resolvers);
    }
    #nextReportAtMs() {
     return this.#lastReportAtMs + (QUIET_PAUSES_MS[this.#quietReports] ?? LAST_QUIET_PAUSE_MS);
    }
    #reportQuiet() {
     this.#lastReportAtMs = this.#clock.now();
     this.#quietReports += 1;
     if (this.#isExplaining) return;
     this.#isExplaining = true;
     this.#start(this.#explain().finally(() => {
      this.#isExplaining = false;
     }));
    }
    async #explain() {
     const {signal: signal} = this.#ended;
     await this.#listener.stillWaiting(this.#evidence(), signal);
     if (this.#propagation.isConfirmedByAuthority || this.#looksForMove === void 0) return;
     this.#haveMoved = await (0, until_aborted.E)(this.#looksForMove(), signal);
    }
    async #untilReplyOr(untilMs) {
     this.#wake = (0, linked_abort.A)(this.#ended.signal);
     await Promise.allSettled([ this.#clock.sleep(Math.max(0, untilMs - this.#clock.now()), this.#wake.signal) ]);
     this.#wake[Symbol.dispose]();
     this.#ended.signal.throwIfAborted();
     if (this.#failure !== void 0) throw this.#failure.reason;
    }
    #evidence() {
     return this.#propagation.servers.flatMap(state => {
      const server = this.#servers.get(state.label);
      const reply = this.#replies.get(state.label);
      return server === void 0 ? [] : [ {
       server: server,
       state: {
        ...state
       },
       reply: reply
      } ];
     });
    }
   }
   var wording = __nccwpck_require__(1264);
   const SECOND_MS = 1e3;
   const MINUTE_MS = 6e4;
   class WaitLog {
    #services;
    #startedAtMs;
    #deadlineMs;
    #toldCause="";
    constructor(startedAtMs, timeoutMs, services) {
     this.#services = services;
     this.#startedAtMs = startedAtMs;
     this.#deadlineMs = startedAtMs + timeoutMs;
    }
    changed(servers) {
     const states = servers.map(({state: state}) => state);
     for (const line of (0, wording.ec)(states, this.#services.clock.now())) this.#services.log.detail(line);
    }
    askingResolvers(resolvers) {
     this.#services.log.detail(`Asking the resolvers: ${resolvers.map(({label: label}) => label).join(", ")}.`);
    }
    async stillWaiting(servers, signal) {
     const [cause] = await this.#services.explain(servers, signal);
     const counted = servers.filter(({reply: reply, state: state}) => reply !== void 0 && mayHaveRecord(state));
     const count = servers.length === 0 ? "" : `: ${(0, wording.m8)(counted.map(toCounted))}`;
     this.#services.log.detail(`Still waiting, ${this.#times()}${count}${this.#describeCause(cause)}`);
    }
    #times() {
     const nowMs = this.#services.clock.now();
     const elapsedMs = nowMs - this.#startedAtMs;
     const elapsed = elapsedMs < SECOND_MS ? "" : `${inMinutes(elapsedMs)} elapsed`;
     const left = nowMs < this.#deadlineMs ? `${inMinutes(this.#deadlineMs - nowMs)} left` : "";
     return [ elapsed, left ].filter(part => part !== "").join(", ");
    }
    #describeCause(cause) {
     const known = this.#toldCause;
     this.#toldCause = cause === void 0 ? "" : causeKey(cause);
     if (cause === void 0) return ".";
     if (this.#toldCause === known) return ` (${cause.cause}).`;
     return `. Most likely cause: ${cause.evidence}. ${cause.remedy}`;
    }
   }
   function inMinutes(durationMs) {
    const unitMs = durationMs < MINUTE_MS ? 1e3 : MINUTE_MS;
    return (0, duration.a3)(Math.round(durationMs / unitMs) * unitMs);
   }
   function causeKey({cause: cause, evidence: evidence, servers: servers = [], resolves_at: resolves_at}) {
    return resolves_at === void 0 ? `${cause}: ${evidence}` : `${cause}: ${servers.join(", ")}`;
   }
   function mayHaveRecord({observation: observation}) {
    return observation?.kind !== "alias";
   }
   function toCounted({server: server, state: state}) {
    const isPresent = state.observation?.kind === "present";
    return {
     role: server.role,
     record: isPresent ? "present" : "unknown"
    };
   }
   const STILL_UNREGISTERED_MS = 3e5;
   function createRecordWatch(settings, services) {
    const resolvers = settings.resolvers.map(client_servers.AH);
    const {authoritativeServers: given} = settings;
    const chosen = {
     resolvers: resolvers,
     given: typeof given === "string" ? given : givenServers(given, resolvers)
    };
    const finder = new AuthorityFinder({
     authoritativePort: 53,
     ...services,
     resolvers: resolvers
    });
    const known = typeof chosen.given === "string" ? void 0 : chosen.given;
    return {
     waitFor: (expected, limits, log) => new Watch(settings, chosen, finder, services, expected, log).run(limits),
     currentTxt: (name, limitMs) => currentTxt(name, known, finder, services, limitMs),
     typesFromWildcard: (name, limitMs) => typesFromWildcard(name, known, finder, services, limitMs)
    };
   }
   class Watch {
    #settings;
    #services;
    #expected;
    #log;
    #resolvers;
    #finder;
    #search;
    #startedAtMs;
    #toldStart="";
    constructor(settings, {resolvers: resolvers, given: given}, finder, services, expected, log) {
     this.#settings = settings;
     this.#services = services;
     this.#expected = expected;
     this.#log = log;
     this.#resolvers = resolvers;
     this.#finder = finder;
     this.#search = new ServerSearch(expected.name, given, finder);
     this.#startedAtMs = services.clock.now();
    }
    async run(limits) {
     const listener = this.#listener(limits);
     await this.#search.look();
     for (;;) {
      if (!await this.#isRegistered(limits, listener)) return this.#report({
       reason: "not-registered",
       authoritative: false
      }, []);
      this.#sayStart();
      const {verdict: verdict, servers: servers} = await this.#wait(limits, listener);
      if (!isDetour(verdict)) return this.#report(verdict, servers);
      if (verdict.reason === "referred" && !this.#search.mayFollow) return this.#report({
       reason: "timed-out",
       authoritative: false
      }, servers);
      await this.#search.takeDetour(verdict, servers);
     }
    }
    async #isRegistered({timeoutMs: timeoutMs, pollIntervalMs: pollIntervalMs}, listener) {
     const {clock: clock, signal: signal} = this.#services;
     const deadlineMs = this.#startedAtMs + timeoutMs;
     const pauses = (0, growing_pauses.P)(pollIntervalMs);
     let toldAtMs = Number.NEGATIVE_INFINITY;
     while (this.#search.end.discovery.kind === "not-registered") {
      const nowMs = clock.now();
      if (nowMs >= deadlineMs) return false;
      if (nowMs - toldAtMs >= STILL_UNREGISTERED_MS) {
       toldAtMs = nowMs;
       await listener.stillWaiting([], signal);
      }
      await clock.sleep(Math.min(pauses.next().value, deadlineMs - nowMs), signal);
      await this.#search.look();
     }
     return true;
    }
    #wait(limits, listener) {
     const links = this.#search.linksToAsk();
     const authoritative = links.flatMap(link => link.servers);
     const servers = new Map([ ...authoritative, ...this.#resolvers ].map(server => [ server.label, server ]));
     const plan = {
      authoritative: authoritative.map(({label: label}) => label),
      resolvers: this.#resolvers.map(({label: label}) => label),
      required: this.#settings.resolvers.filter(({required: required}) => required).map(({label: label}) => label),
      quorum: this.#settings.quorum,
      startedAtMs: this.#startedAtMs,
      links: links,
      endless: this.#search.chain.endless,
      mayFollow: this.#search.mayFollow,
      ...limits
     };
     return waitForRecord(this.#expected, servers, plan, listener, {
      ...this.#services,
      haveServersMoved: () => this.#search.haveMoved()
     });
    }
    async #report(verdict, servers) {
     const endedAtMs = this.#services.clock.now();
     const diagnosis = verdict.reason === "visible" ? [] : await this.#explain(servers, this.#services.signal);
     const wait = {
      expected: this.#expected,
      startedAtMs: this.#startedAtMs,
      endedAtMs: endedAtMs
     };
     return toDnsReport({
      ...wait,
      verdict: verdict,
      zone: this.#search.zone,
      servers: holders(servers),
      diagnosis: diagnosis
     });
    }
    #explain(servers, signal) {
     const isDiscovered = this.#settings.authoritativeServers === "auto";
     const wait = {
      expected: this.#expected,
      search: this.#search,
      isDiscovered: isDiscovered
     };
     return explain(servers, wait, {
      ...this.#services,
      finder: this.#finder,
      signal: signal
     });
    }
    #sayStart() {
     const start = this.#search.describe();
     if (start === this.#toldStart) return;
     this.#toldStart = start;
     this.#log.detail(start);
    }
    #listener({timeoutMs: timeoutMs}) {
     return new WaitLog(this.#startedAtMs, timeoutMs, {
      log: this.#log,
      clock: this.#services.clock,
      explain: (servers, signal) => this.#explain(servers, signal)
     });
    }
   }
   function isDetour(verdict) {
    return verdict.reason === "referred" || verdict.reason === "led-elsewhere" || verdict.reason === "moved";
   }
   function givenServers(addresses, resolvers) {
    const taken = new Set(resolvers.map(({label: label}) => label));
    const servers = addresses.map(address => {
     const server = (0, client_servers.hv)(address);
     return taken.has(server.label) ? {
      ...server,
      label: `${server.label} (authoritative)`
     } : server;
    });
    return [ ...new Map(servers.map(server => [ server.label, server ])).values() ];
   }
   async function createServices(settings, log, signal) {
    const {account: account, apiUrl: apiUrl} = settings;
    const clock = systemClock;
    const shared = {
     clock: clock,
     log: log,
     signal: signal
    };
    const services = {
     ...shared,
     dns: createRecordWatch(settings.dns, {
      client: createDnsClient(),
      clock: clock,
      signal: signal,
      systemNameServers: systemNameServers
     }),
     workspace: workspaceAt(settings.workspace),
     keepDriftIssue: async (report, options) => {
      const {keepDriftIssue: keepDriftIssue} = await Promise.all([ __nccwpck_require__.e(180), __nccwpck_require__.e(779), __nccwpck_require__.e(694) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 7305));
      return keepDriftIssue(report, {
       ...options,
       ...shared
      });
     }
    };
    if (account === void 0) return {
     ...services,
     api: void 0,
     lastResort: void 0,
     [Symbol.dispose]: () => {}
    };
    const {openApi: openApi} = await Promise.all([ __nccwpck_require__.e(180), __nccwpck_require__.e(779), __nccwpck_require__.e(433), __nccwpck_require__.e(789) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 3962));
    return {
     ...services,
     ...openApi(account, apiUrl, shared)
    };
   }
   function workspaceAt(root) {
    let opening;
    const open = () => {
     opening ??= __nccwpck_require__.e(816).then(__nccwpck_require__.bind(__nccwpck_require__, 9816)).then(({openWorkspace: openWorkspace}) => openWorkspace(root));
     return opening;
    };
    return {
     update: async (...update) => (await open()).update(...update),
     yamlTexts: async (...texts) => (await open()).yamlTexts(...texts)
    };
   }
   function requireApi({api: api}) {
    if (api !== void 0) return api;
    throw new errors.dz("This mode needs the Cloudflare API, but there are no credentials.", {
     hint: "Set account-id and api-token."
    });
   }
  },
  6154: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    PT: () => insertAt,
    ct: () => applyEdits,
    gf: () => lineStart,
    n_: () => lineBreakOf
   });
   function insertAt(offset, text) {
    return {
     start: offset,
     end: offset,
     text: text
    };
   }
   function applyEdits(original, edits) {
    return edits.toSorted((a, b) => b.start - a.start).reduce((result, {start: start, end: end, text: text}) => result.slice(0, start) + text + result.slice(end), original);
   }
   function lineBreakOf(text) {
    const first = text.indexOf("\n");
    return first > 0 && text[first - 1] === "\r" ? "\r\n" : "\n";
   }
   function lineStart(text, offset) {
    return offset <= 0 ? 0 : text.lastIndexOf("\n", offset - 1) + 1;
   }
  },
  7467: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    l: () => UnreadableTextError
   });
   var _text_edits_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6154);
   class UnreadableTextError extends Error {
    line;
    column;
    hint;
    constructor(problem, {text: text, offset: offset}, hint) {
     super(problem);
     this.name = "UnreadableTextError";
     this.line = text.slice(0, offset).split("\n").length;
     this.column = [ ...text.slice((0, _text_edits_js__WEBPACK_IMPORTED_MODULE_0__.gf)(text, offset), offset) ].length + 1;
     this.hint = hint;
    }
   }
  },
  9373: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    Z: () => hclString,
    x: () => hclIdentifier
   });
   const HCL_ESCAPES = {
    '"': '\\"',
    "\\": "\\\\",
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t"
   };
   function hclString(text) {
    const escaped = text.replaceAll(/["\\\p{Cc}\u2028\u2029]/gu, character => HCL_ESCAPES[character] ?? unicodeEscape(character)).replaceAll(/[$%](?=\{)/g, introducer => introducer + introducer);
    return `"${escaped}"`;
   }
   function unicodeEscape(character) {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
   }
   function hclIdentifier(domain) {
    const name = domain.replaceAll(".", "_");
    return /^\d/.test(name) ? `_${name}` : name;
   }
  },
  9533: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    Z: () => isOwnFile,
    h: () => mergeOwnFile
   });
   var _format_text_edits_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(6154);
   var _format_unreadable_text_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7467);
   function mergeOwnFile(file, current, record) {
    if (current === void 0 || current.trim() === "") {
     const header = file.header.map(line => `${file.comment} ${line}`);
     return [ ...header, "", ...regionOf(file, record, ""), "" ].join("\n");
    }
    if (!isOwnFile(file, current)) throw new _format_unreadable_text_error_js__WEBPACK_IMPORTED_MODULE_0__.l("this action did not create this file", {
     text: current,
     offset: 0
    }, file.hint);
    const text = withHeader(file, current);
    const old = findRegions(text, file.comment).find(({domain: domain}) => domain === record.emailDomain);
    if (old === void 0) return withRegionAtEnd(text, regionOf(file, record, text));
    const linesNow = text.split(/\r?\n/);
    const [before, behind] = [ linesNow.slice(0, old.begin), linesNow.slice(old.end + 1) ];
    const region = regionOf(file, record, [ ...before, ...behind ].join("\n"));
    if (linesNow.slice(old.begin, old.end + 1).join("\n") === region.join("\n")) return text;
    return [ ...before, ...region, ...behind ].join((0, _format_text_edits_js__WEBPACK_IMPORTED_MODULE_1__.n_)(text));
   }
   function isOwnFile({comment: comment, header: header}, text) {
    return text.split(/\r?\n/, 1)[0] === `${comment} ${header[0]}`;
   }
   function withRegionAtEnd(current, region) {
    const newline = (0, _format_text_edits_js__WEBPACK_IMPORTED_MODULE_1__.n_)(current);
    const ended = current.endsWith("\n") ? current : current + newline;
    return `${ended}${newline}${region.join(newline)}${newline}`;
   }
   function regionOf(file, record, around) {
    return [ `${file.comment} begin ${record.emailDomain}`, ...file.render(record, around).trimEnd().split("\n"), `${file.comment} end ${record.emailDomain}` ];
   }
   function withHeader({comment: comment, formerHeader: formerHeader = []}, text) {
    return formerHeader.reduce((current, [start, now]) => {
     const at = current.indexOf(`\n${comment} ${start}`) + 1;
     if (at === 0) return current;
     const [line = ""] = current.slice(at).split(/\r?\n/, 1);
     return `${current.slice(0, at)}${comment} ${now}${current.slice(at + line.length)}`;
    }, text);
   }
   function findRegions(text, comment) {
    const regions = [];
    let open;
    for (const [index, line] of text.split(/\r?\n/).entries()) {
     const [sign, word, domain = "", ...rest] = line.split(" ");
     if (sign !== comment || rest.length > 0 || word !== "begin" && word !== "end") continue;
     const isExpected = word === "end" ? open?.domain === domain : open === void 0;
     if (!isExpected) throw oddMarker(text, line, index);
     if (open === void 0) {
      if (regions.some(region => region.domain === domain)) throw oddMarker(text, line, index);
      open = {
       domain: domain,
       begin: index
      };
     } else {
      regions.push({
       ...open,
       end: index
      });
      open = void 0;
     }
    }
    if (open !== void 0) throw oddMarker(text, `${comment} begin ${open.domain}`, open.begin);
    return regions;
   }
   function oddMarker(text, marker, lineIndex) {
    let offset = 0;
    for (let line = 0; line < lineIndex; line++) offset = text.indexOf("\n", offset) + 1;
    return new _format_unreadable_text_error_js__WEBPACK_IMPORTED_MODULE_0__.l(`the line "${marker}" has no matching line or appears twice`, {
     text: text,
     offset: offset
    }, 'Put the "begin" and "end" lines back around the domain, or delete the file and let the action write it again.');
   }
  },
  9714: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    J0: () => isOwnTerraform,
    Lt: () => importBlock,
    v4: () => terraform
   });
   var _domain_sso_record_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(5506);
   var _hcl_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9373);
   var _own_file_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9533);
   const ROOT_MODULE = "It belongs in the root module, where import blocks are allowed, and needs version 5.13 of the provider or newer.";
   const TERRAFORM_FILE = {
    comment: "#",
    header: [ 'Written by cloudflare-dashboard-sso-connector, which changes the lines between "begin" and "end".', 'Declare elsewhere: variable "cloudflare_zone_ids" { type = map(string) }, which maps each domain to its zone ID.', ROOT_MODULE ],
    formerHeader: [ [ "Each import needs a resource: write one, or run ", ROOT_MODULE ] ],
    hint: "Set record-file to a new file that only the action writes, for example cloudflare-sso.tf.",
    render: blocks
   };
   const terraform = {
    needsTxtValues: false,
    render: record => blocks(record),
    merge: (current, record) => (0, _own_file_js__WEBPACK_IMPORTED_MODULE_1__.h)(TERRAFORM_FILE, current, record)
   };
   function isOwnTerraform(text) {
    return (0, _own_file_js__WEBPACK_IMPORTED_MODULE_1__.Z)(TERRAFORM_FILE, text);
   }
   function importBlock(accountId, connectorId, emailDomain) {
    return [ "import {", `  to = cloudflare_sso_connector.${(0, _hcl_js__WEBPACK_IMPORTED_MODULE_0__.x)(emailDomain)}`, `  id = ${(0, 
    _hcl_js__WEBPACK_IMPORTED_MODULE_0__.Z)(`${accountId}/${connectorId}`)}`, "}", "" ].join("\n");
   }
   function blocks(record, around = "") {
    const {emailDomain: emailDomain, accountId: accountId, connectorId: connectorId} = record;
    if (accountId === void 0 || connectorId === void 0) return recordBlock(record);
    const imported = `${ABOUT_IMPORT}\n${importBlock(accountId, connectorId, emailDomain)}`;
    const isElsewhere = connectorAddress(emailDomain).test(around);
    const connector = isElsewhere ? [] : [ connectorBlock(accountId, emailDomain) ];
    return [ recordBlock(record), imported, ...connector ].join("\n");
   }
   const ABOUT_IMPORT = "# Plans one change, though it is ignored: the provider sends begin_verification once after an import.";
   function recordBlock({emailDomain: emailDomain, verificationCode: verificationCode}) {
    return [ `resource "cloudflare_dns_record" "sso_${(0, _hcl_js__WEBPACK_IMPORTED_MODULE_0__.x)(emailDomain)}" {`, `  zone_id = var.cloudflare_zone_ids[${(0, 
    _hcl_js__WEBPACK_IMPORTED_MODULE_0__.Z)(emailDomain)}]`, `  name    = ${(0, _hcl_js__WEBPACK_IMPORTED_MODULE_0__.Z)(emailDomain)}`, '  type    = "TXT"', `  content = ${(0, 
    _hcl_js__WEBPACK_IMPORTED_MODULE_0__.Z)((0, _domain_sso_record_js__WEBPACK_IMPORTED_MODULE_2__.LP)(verificationCode))}`, "  ttl     = 1", `  comment = ${(0, 
    _hcl_js__WEBPACK_IMPORTED_MODULE_0__.Z)(_domain_sso_record_js__WEBPACK_IMPORTED_MODULE_2__.EW)}`, "}", "" ].join("\n");
   }
   function connectorBlock(accountId, emailDomain) {
    return [ "# Never set begin_verification here, or email_domain in capitals: either makes Terraform replace the connector.", `resource "cloudflare_sso_connector" "${(0, 
    _hcl_js__WEBPACK_IMPORTED_MODULE_0__.x)(emailDomain)}" {`, `  account_id   = ${(0, 
    _hcl_js__WEBPACK_IMPORTED_MODULE_0__.Z)(accountId)}`, `  email_domain = ${(0, _hcl_js__WEBPACK_IMPORTED_MODULE_0__.Z)(emailDomain)}`, "", "  lifecycle {", "    # Workflows enable SSO, and disable it in an emergency: an apply must undo neither.", "    ignore_changes  = [enabled, begin_verification, use_fedramp_language]", "    prevent_destroy = true", "  }", "}", "" ].join("\n");
   }
   function connectorAddress(emailDomain) {
    const name = (0, _hcl_js__WEBPACK_IMPORTED_MODULE_0__.x)(emailDomain).replaceAll(/[^\w]/g, "\\$&");
    return new RegExp(`^[ \\t]*resource[ \\t]+"cloudflare_sso_connector"[ \\t]+"${name}"`, "m");
   }
  },
  4720: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    Ew: () => canonicalName,
    Kw: () => parseTtl,
    Lx: () => quotedStrings,
    QT: () => bytesOfString,
    lX: () => nameBelow
   });
   const ESCAPE_OR_CHARACTER = /\\([01]\d\d|2[0-4]\d|25[0-5])|\\(.)|(.)/gsu;
   const MAX_STRING_BYTES = 255;
   const MAX_TTL_S = 4294967295;
   const UNIT_S = {
    w: 604800,
    d: 86400,
    h: 3600,
    m: 60,
    s: 1
   };
   function canonicalName(text) {
    const name = text.replaceAll(ESCAPE_OR_CHARACTER, (_, code, escaped, plain) => {
     if (plain === ".") return ".";
     const character = code === void 0 ? escaped ?? plain ?? "" : String.fromCharCode(Number(code));
     return /[\w*/-]/.test(character) ? character : escapedByCode(character);
    });
    return name.replaceAll(/[A-Z]/g, letter => letter.toLowerCase());
   }
   function escapedByCode(text) {
    return [ ...Buffer.from(text) ].map(byte => `\\${String(byte).padStart(3, "0")}`).join("");
   }
   function nameBelow(name, origin) {
    if (name.endsWith(".") || origin === "") return name;
    if (name === "") return origin;
    return origin === "." ? `${name}.` : `${name}.${origin}`;
   }
   function bytesOfString(text) {
    return text.replaceAll(ESCAPE_OR_CHARACTER, (_, code, escaped, plain) => code === void 0 ? Buffer.from(escaped ?? plain ?? "").toString("latin1") : String.fromCharCode(Number(code)));
   }
   function quotedStrings(text) {
    const bytes = [ ...Buffer.from(text) ];
    const count = Math.max(1, Math.ceil(bytes.length / MAX_STRING_BYTES));
    return Array.from({
     length: count
    }, (_, index) => {
     const string = bytes.slice(index * MAX_STRING_BYTES, (index + 1) * MAX_STRING_BYTES);
     return `"${string.map(escapedByte).join("")}"`;
    }).join(" ");
   }
   function escapedByte(byte) {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === "\\") return `\\${character}`;
    return byte < 32 || byte > 126 ? `\\${String(byte).padStart(3, "0")}` : character;
   }
   function parseTtl(text) {
    if (!/^(\d+|(\d+[wdhms])+)$/i.test(text)) return;
    const parts = text.matchAll(/(\d+)([wdhms]?)/gi);
    const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNIT_S[unit?.toLowerCase() ?? ""] ?? 1), 0);
    return seconds <= MAX_TTL_S ? seconds : void 0;
   }
  },
  5320: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    E9: () => parseDuration,
    a3: () => formatDuration,
    fU: () => formatTime,
    vk: () => elapsed
   });
   var ms__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(744);
   var ms__WEBPACK_IMPORTED_MODULE_0___default = __nccwpck_require__.n(ms__WEBPACK_IMPORTED_MODULE_0__);
   const MAX_TIMER_MS = 20736e5;
   function parseDuration(text) {
    if (/^0+$/.test(text)) return 0;
    if (!/^\d+(\.\d+)?\s*[a-z]+$/i.test(text)) return;
    const durationMs = ms__WEBPACK_IMPORTED_MODULE_0___default()(text);
    return durationMs !== void 0 && durationMs <= MAX_TIMER_MS ? Math.round(durationMs) : void 0;
   }
   function formatDuration(durationMs) {
    if (durationMs < 1e3) return `${Math.max(0, Math.round(durationMs))}ms`;
    const durations = new Intl.DurationFormat("en", {
     style: "narrow"
    });
    const totalSeconds = Math.round(durationMs / 1e3);
    const [days, hours] = [ Math.floor(totalSeconds / 86400), Math.floor(totalSeconds % 86400 / 3600) ];
    const [minutes, seconds] = [ Math.floor(totalSeconds % 3600 / 60), totalSeconds % 60 ];
    if (days > 0) return durations.format({
     days: days,
     hours: hours
    });
    if (hours > 0) return durations.format({
     hours: hours,
     minutes: minutes
    });
    return durations.format({
     minutes: minutes,
     seconds: seconds
    });
   }
   function formatTime(epochMs, nowMs) {
    const iso = new Date(epochMs).toISOString();
    const sameDay = iso.slice(0, 10) === new Date(nowMs).toISOString().slice(0, 10);
    return sameDay ? `${iso.slice(11, 16)} UTC` : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
   }
   function elapsed(startedAtMs, nowMs) {
    return `after ${formatDuration(nowMs - startedAtMs)}`;
   }
  },
  765: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    _: () => fitting,
    g: () => fittingParts
   });
   function fitting(items, sizeOf, max) {
    const fit = fittingParts(items, item => item, sizeOf, max);
    return fit.length < items.length ? fit : items;
   }
   function fittingParts(items, toPart, sizeOf, max) {
    const fit = [];
    let size = 0;
    for (const item of items) {
     const part = toPart(item);
     size += sizeOf(part);
     if (size > max) break;
     fit.push(part);
    }
    return fit;
   }
  },
  822: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    M: () => ipFamily
   });
   var node_net__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7030);
   function ipFamily(text) {
    if ((0, node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv4)(text)) return 4;
    const hasTwoColons = text.indexOf(":") !== text.lastIndexOf(":");
    return hasTwoColons && (0, node_net__WEBPACK_IMPORTED_MODULE_0__.isIPv6)(text) ? 6 : 0;
   }
  },
  5484: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    b: () => naming
   });
   function naming(names, max) {
    const more = names.length > max ? ` and ${names.length - max} more` : "";
    return `${names.slice(0, max).join(", ")}${more}`;
   }
  },
  3427: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    $: () => redactor,
    v: () => MIN_SECRET_LENGTH
   });
   const MIN_SECRET_LENGTH = 16;
   function redactor(secrets) {
    const forms = secrets.filter(({length: length}) => length >= MIN_SECRET_LENGTH).flatMap(formsOf);
    if (forms.length === 0) return text => text;
    const longestFirst = [ ...new Set(forms) ].sort((one, other) => other.length - one.length);
    const pattern = new RegExp(longestFirst.map(form => form.replaceAll(/\W/g, "\\$&")).join("|"), "gi");
    return text => text.replaceAll(pattern, "***");
   }
   function formsOf(secret) {
    const encoded = encodeURIComponent(secret);
    const escaped = JSON.stringify(secret).slice(1, -1);
    const base64 = [ 0, 1, 2 ].map(offset => innerBase64(secret, offset));
    return [ secret, encoded, encodeURIComponent(encoded), new URLSearchParams({
     "": secret
    }).toString().slice(1), escaped, JSON.stringify(escaped).slice(1, -1), Buffer.from(secret).toString("hex"), ...base64, ...base64.map(text => text.replaceAll("+", "-").replaceAll("/", "_")) ];
   }
   function innerBase64(text, offset) {
    const bytes = Buffer.concat([ Buffer.alloc(offset), Buffer.from(text) ]);
    const [start, end] = [ Math.ceil(offset * 8 / 6), Math.floor(bytes.length * 8 / 6) ];
    return bytes.toString("base64").slice(start, end);
   }
  },
  1824: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    Df: () => withoutCommands,
    g$: () => printable,
    qy: () => html,
    tg: () => withoutAddresses
   });
   const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{DI}\u2028\u2029]/gu;
   const SHORT_ESCAPES = {
    "\n": "\\n",
    "\r": "\\r",
    "\t": "\\t"
   };
   const MAX_TEXT_LENGTH = 2e3;
   const MAX_LINE_LENGTH = 8e3;
   function printable(text, maxLength = MAX_TEXT_LENGTH) {
    const line = text.toWellFormed().replaceAll(UNPRINTABLE, character => {
     const short = SHORT_ESCAPES[character];
     return short ?? `\\u{${character.codePointAt(0)?.toString(16)}}`;
    });
    if (line.length <= maxLength) return line;
    return `${wholeCharacters(line.slice(0, maxLength))}\u2026 (${text.length} characters)`;
   }
   function withoutAddresses(text) {
    return text.replaceAll(/\S+/g, word => /.@./.test(word) ? "[address]" : word);
   }
   function withoutCommands(text) {
    return printable(text, MAX_LINE_LENGTH).replace(/^(\s*)::/, "$1\\::").replaceAll("##[", "##\\[");
   }
   const HTML_ENTITIES = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&apos;"
   };
   function html(text) {
    return printable(text, MAX_LINE_LENGTH).replaceAll(/[&<>"']/g, character => HTML_ENTITIES[character] ?? character).replaceAll(/[\\`*_{}[\]()#+!|~$@:]/g, character => `&#${character.charCodeAt(0)};`);
   }
   function wholeCharacters(text) {
    return text.isWellFormed() ? text : text.slice(0, -1);
   }
  },
  9257: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    P: () => growingPauses
   });
   const FIRST_PAUSE_MS = 2e3;
   const PAUSE_GROWTH = 1.5;
   function* growingPauses(longestMs) {
    for (let pauseMs = FIRST_PAUSE_MS; ;pauseMs *= PAUSE_GROWTH) yield Math.min(pauseMs, longestMs);
   }
  },
  1952: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    A: () => linkedAbort
   });
   const ENDED = new Error("the work has ended");
   function linkedAbort(parent) {
    const controller = new AbortController;
    const onAbort = () => controller.abort(parent.reason);
    parent.aborted ? onAbort() : parent.addEventListener("abort", onAbort, {
     once: true
    });
    return {
     signal: controller.signal,
     [Symbol.dispose]() {
      parent.removeEventListener("abort", onAbort);
      controller.abort(ENDED);
     }
    };
   }
  },
  3426: (__unused_webpack_module, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    E: () => untilAborted
   });
   function untilAborted(work, signal) {
    const {promise: promise, resolve: resolve, reject: reject} = Promise.withResolvers();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, {
     once: true
    });
    signal.aborted && onAbort();
    work.then(resolve, reject);
    return promise.finally(() => signal.removeEventListener("abort", onAbort));
   }
  },
  1630: (__unused_webpack_module, exports) => {
   "use strict";
   exports.toString = function(klass) {
    switch (klass) {
    case 1:
     return "IN";

    case 2:
     return "CS";

    case 3:
     return "CH";

    case 4:
     return "HS";

    case 255:
     return "ANY";
    }
    return "UNKNOWN_" + klass;
   };
   exports.toClass = function(name) {
    switch (name.toUpperCase()) {
    case "IN":
     return 1;

    case "CS":
     return 2;

    case "CH":
     return 3;

    case "HS":
     return 4;

    case "ANY":
     return 255;
    }
    return 0;
   };
  },
  4894: (__unused_webpack_module, exports, __nccwpck_require__) => {
   "use strict";
   const Buffer = __nccwpck_require__(181).Buffer;
   const types = __nccwpck_require__(1891);
   const rcodes = __nccwpck_require__(2028);
   const opcodes = __nccwpck_require__(4693);
   const classes = __nccwpck_require__(1630);
   const optioncodes = __nccwpck_require__(2075);
   const ip = __nccwpck_require__(4550);
   const QUERY_FLAG = 0;
   const RESPONSE_FLAG = 32768;
   const FLUSH_MASK = 32768;
   const NOT_FLUSH_MASK = ~FLUSH_MASK;
   const QU_MASK = 32768;
   const NOT_QU_MASK = ~QU_MASK;
   const name = exports.name = {};
   name.encode = function(str, buf, offset, {mail: mail = false} = {}) {
    buf || (buf = Buffer.alloc(name.encodingLength(str)));
    offset || (offset = 0);
    const oldOffset = offset;
    const n = str.replace(/^\.|\.$/gm, "");
    if (n.length) {
     let list = [];
     if (mail) {
      let localPart = "";
      n.split(".").forEach(label => {
       label.endsWith("\\") ? localPart += (localPart.length ? "." : "") + label.slice(0, -1) : list.length === 0 && localPart.length ? list.push(localPart + "." + label) : list.push(label);
      });
     } else list = n.split(".");
     for (let i = 0; i < list.length; i++) {
      const len = buf.write(list[i], offset + 1);
      buf[offset] = len;
      offset += len + 1;
     }
    }
    buf[offset++] = 0;
    name.encode.bytes = offset - oldOffset;
    return buf;
   };
   name.encode.bytes = 0;
   name.decode = function(buf, offset, {mail: mail = false} = {}) {
    offset || (offset = 0);
    const list = [];
    let oldOffset = offset;
    let totalLength = 0;
    let consumedBytes = 0;
    let jumped = false;
    while (true) {
     if (offset >= buf.length) throw new Error("Cannot decode name (buffer overflow)");
     const len = buf[offset++];
     consumedBytes += jumped ? 0 : 1;
     if (len === 0) break;
     if ((len & 192) === 0) {
      if (offset + len > buf.length) throw new Error("Cannot decode name (buffer overflow)");
      totalLength += len + 1;
      if (totalLength > 254) throw new Error("Cannot decode name (name too long)");
      let label = buf.toString("utf-8", offset, offset + len);
      mail && (label = label.replace(/\./g, "\\."));
      list.push(label);
      offset += len;
      consumedBytes += jumped ? 0 : len;
     } else {
      if ((len & 192) !== 192) throw new Error("Cannot decode name (bad label)");
      {
       if (offset + 1 > buf.length) throw new Error("Cannot decode name (buffer overflow)");
       const jumpOffset = buf.readUInt16BE(offset - 1) - 49152;
       if (jumpOffset >= oldOffset) throw new Error("Cannot decode name (bad pointer)");
       offset = jumpOffset;
       oldOffset = jumpOffset;
       consumedBytes += jumped ? 0 : 1;
       jumped = true;
      }
     }
    }
    name.decode.bytes = consumedBytes;
    return list.length === 0 ? "." : list.join(".");
   };
   name.decode.bytes = 0;
   name.encodingLength = function(n) {
    if (n === "." || n === "..") return 1;
    return Buffer.byteLength(n.replace(/^\.|\.$/gm, "")) + 2;
   };
   const string = {};
   string.encode = function(s, buf, offset) {
    buf || (buf = Buffer.alloc(string.encodingLength(s)));
    offset || (offset = 0);
    const len = buf.write(s, offset + 1);
    buf[offset] = len;
    string.encode.bytes = len + 1;
    return buf;
   };
   string.encode.bytes = 0;
   string.decode = function(buf, offset) {
    offset || (offset = 0);
    const len = buf[offset];
    const s = buf.toString("utf-8", offset + 1, offset + 1 + len);
    string.decode.bytes = len + 1;
    return s;
   };
   string.decode.bytes = 0;
   string.encodingLength = function(s) {
    return Buffer.byteLength(s) + 1;
   };
   const header = {};
   header.encode = function(h, buf, offset) {
    buf || (buf = header.encodingLength(h));
    offset || (offset = 0);
    const flags = (h.flags || 0) & 32767;
    const type = h.type === "response" ? RESPONSE_FLAG : QUERY_FLAG;
    buf.writeUInt16BE(h.id || 0, offset);
    buf.writeUInt16BE(flags | type, offset + 2);
    buf.writeUInt16BE(h.questions.length, offset + 4);
    buf.writeUInt16BE(h.answers.length, offset + 6);
    buf.writeUInt16BE(h.authorities.length, offset + 8);
    buf.writeUInt16BE(h.additionals.length, offset + 10);
    return buf;
   };
   header.encode.bytes = 12;
   header.decode = function(buf, offset) {
    offset || (offset = 0);
    if (buf.length < 12) throw new Error("Header must be 12 bytes");
    const flags = buf.readUInt16BE(offset + 2);
    return {
     id: buf.readUInt16BE(offset),
     type: flags & RESPONSE_FLAG ? "response" : "query",
     flags: flags & 32767,
     flag_qr: (flags >> 15 & 1) === 1,
     opcode: opcodes.toString(flags >> 11 & 15),
     flag_aa: (flags >> 10 & 1) === 1,
     flag_tc: (flags >> 9 & 1) === 1,
     flag_rd: (flags >> 8 & 1) === 1,
     flag_ra: (flags >> 7 & 1) === 1,
     flag_z: (flags >> 6 & 1) === 1,
     flag_ad: (flags >> 5 & 1) === 1,
     flag_cd: (flags >> 4 & 1) === 1,
     rcode: rcodes.toString(flags & 15),
     questions: new Array(buf.readUInt16BE(offset + 4)),
     answers: new Array(buf.readUInt16BE(offset + 6)),
     authorities: new Array(buf.readUInt16BE(offset + 8)),
     additionals: new Array(buf.readUInt16BE(offset + 10))
    };
   };
   header.decode.bytes = 12;
   header.encodingLength = function() {
    return 12;
   };
   const runknown = exports.unknown = {};
   runknown.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(runknown.encodingLength(data)));
    offset || (offset = 0);
    buf.writeUInt16BE(data.length, offset);
    data.copy(buf, offset + 2);
    runknown.encode.bytes = data.length + 2;
    return buf;
   };
   runknown.encode.bytes = 0;
   runknown.decode = function(buf, offset) {
    offset || (offset = 0);
    const len = buf.readUInt16BE(offset);
    const data = buf.slice(offset + 2, offset + 2 + len);
    runknown.decode.bytes = len + 2;
    return data;
   };
   runknown.decode.bytes = 0;
   runknown.encodingLength = function(data) {
    return data.length + 2;
   };
   const rns = exports.ns = {};
   rns.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rns.encodingLength(data)));
    offset || (offset = 0);
    name.encode(data, buf, offset + 2);
    buf.writeUInt16BE(name.encode.bytes, offset);
    rns.encode.bytes = name.encode.bytes + 2;
    return buf;
   };
   rns.encode.bytes = 0;
   rns.decode = function(buf, offset) {
    offset || (offset = 0);
    const len = buf.readUInt16BE(offset);
    const dd = name.decode(buf, offset + 2);
    rns.decode.bytes = len + 2;
    return dd;
   };
   rns.decode.bytes = 0;
   rns.encodingLength = function(data) {
    return name.encodingLength(data) + 2;
   };
   const rsoa = exports.soa = {};
   rsoa.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rsoa.encodingLength(data)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    name.encode(data.mname, buf, offset);
    offset += name.encode.bytes;
    name.encode(data.rname, buf, offset, {
     mail: true
    });
    offset += name.encode.bytes;
    buf.writeUInt32BE(data.serial || 0, offset);
    offset += 4;
    buf.writeUInt32BE(data.refresh || 0, offset);
    offset += 4;
    buf.writeUInt32BE(data.retry || 0, offset);
    offset += 4;
    buf.writeUInt32BE(data.expire || 0, offset);
    offset += 4;
    buf.writeUInt32BE(data.minimum || 0, offset);
    offset += 4;
    buf.writeUInt16BE(offset - oldOffset - 2, oldOffset);
    rsoa.encode.bytes = offset - oldOffset;
    return buf;
   };
   rsoa.encode.bytes = 0;
   rsoa.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const data = {};
    offset += 2;
    data.mname = name.decode(buf, offset);
    offset += name.decode.bytes;
    data.rname = name.decode(buf, offset, {
     mail: true
    });
    offset += name.decode.bytes;
    data.serial = buf.readUInt32BE(offset);
    offset += 4;
    data.refresh = buf.readUInt32BE(offset);
    offset += 4;
    data.retry = buf.readUInt32BE(offset);
    offset += 4;
    data.expire = buf.readUInt32BE(offset);
    offset += 4;
    data.minimum = buf.readUInt32BE(offset);
    offset += 4;
    rsoa.decode.bytes = offset - oldOffset;
    return data;
   };
   rsoa.decode.bytes = 0;
   rsoa.encodingLength = function(data) {
    return 22 + name.encodingLength(data.mname) + name.encodingLength(data.rname);
   };
   const rtxt = exports.txt = {};
   rtxt.encode = function(data, buf, offset) {
    Array.isArray(data) || (data = [ data ]);
    for (let i = 0; i < data.length; i++) {
     typeof data[i] === "string" && (data[i] = Buffer.from(data[i]));
     if (!Buffer.isBuffer(data[i])) throw new Error("Must be a Buffer");
    }
    buf || (buf = Buffer.alloc(rtxt.encodingLength(data)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    data.forEach(function(d) {
     buf[offset++] = d.length;
     d.copy(buf, offset, 0, d.length);
     offset += d.length;
    });
    buf.writeUInt16BE(offset - oldOffset - 2, oldOffset);
    rtxt.encode.bytes = offset - oldOffset;
    return buf;
   };
   rtxt.encode.bytes = 0;
   rtxt.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    let remaining = buf.readUInt16BE(offset);
    offset += 2;
    let data = [];
    while (remaining > 0) {
     const len = buf[offset++];
     --remaining;
     if (remaining < len) throw new Error("Buffer overflow");
     data.push(buf.slice(offset, offset + len));
     offset += len;
     remaining -= len;
    }
    rtxt.decode.bytes = offset - oldOffset;
    return data;
   };
   rtxt.decode.bytes = 0;
   rtxt.encodingLength = function(data) {
    Array.isArray(data) || (data = [ data ]);
    let length = 2;
    data.forEach(function(buf) {
     length += typeof buf === "string" ? Buffer.byteLength(buf) + 1 : buf.length + 1;
    });
    return length;
   };
   const rnull = exports["null"] = {};
   rnull.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rnull.encodingLength(data)));
    offset || (offset = 0);
    typeof data === "string" && (data = Buffer.from(data));
    data || (data = Buffer.alloc(0));
    const oldOffset = offset;
    offset += 2;
    const len = data.length;
    data.copy(buf, offset, 0, len);
    offset += len;
    buf.writeUInt16BE(offset - oldOffset - 2, oldOffset);
    rnull.encode.bytes = offset - oldOffset;
    return buf;
   };
   rnull.encode.bytes = 0;
   rnull.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const len = buf.readUInt16BE(offset);
    offset += 2;
    const data = buf.slice(offset, offset + len);
    offset += len;
    rnull.decode.bytes = offset - oldOffset;
    return data;
   };
   rnull.decode.bytes = 0;
   rnull.encodingLength = function(data) {
    if (!data) return 2;
    return (Buffer.isBuffer(data) ? data.length : Buffer.byteLength(data)) + 2;
   };
   const rhinfo = exports.hinfo = {};
   rhinfo.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rhinfo.encodingLength(data)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    string.encode(data.cpu, buf, offset);
    offset += string.encode.bytes;
    string.encode(data.os, buf, offset);
    offset += string.encode.bytes;
    buf.writeUInt16BE(offset - oldOffset - 2, oldOffset);
    rhinfo.encode.bytes = offset - oldOffset;
    return buf;
   };
   rhinfo.encode.bytes = 0;
   rhinfo.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const data = {};
    offset += 2;
    data.cpu = string.decode(buf, offset);
    offset += string.decode.bytes;
    data.os = string.decode(buf, offset);
    offset += string.decode.bytes;
    rhinfo.decode.bytes = offset - oldOffset;
    return data;
   };
   rhinfo.decode.bytes = 0;
   rhinfo.encodingLength = function(data) {
    return string.encodingLength(data.cpu) + string.encodingLength(data.os) + 2;
   };
   const rptr = exports.ptr = {};
   const rcname = exports.cname = rptr;
   const rdname = exports.dname = rptr;
   rptr.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rptr.encodingLength(data)));
    offset || (offset = 0);
    name.encode(data, buf, offset + 2);
    buf.writeUInt16BE(name.encode.bytes, offset);
    rptr.encode.bytes = name.encode.bytes + 2;
    return buf;
   };
   rptr.encode.bytes = 0;
   rptr.decode = function(buf, offset) {
    offset || (offset = 0);
    const data = name.decode(buf, offset + 2);
    rptr.decode.bytes = name.decode.bytes + 2;
    return data;
   };
   rptr.decode.bytes = 0;
   rptr.encodingLength = function(data) {
    return name.encodingLength(data) + 2;
   };
   const rsrv = exports.srv = {};
   rsrv.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rsrv.encodingLength(data)));
    offset || (offset = 0);
    buf.writeUInt16BE(data.priority || 0, offset + 2);
    buf.writeUInt16BE(data.weight || 0, offset + 4);
    buf.writeUInt16BE(data.port || 0, offset + 6);
    name.encode(data.target, buf, offset + 8);
    const len = name.encode.bytes + 6;
    buf.writeUInt16BE(len, offset);
    rsrv.encode.bytes = len + 2;
    return buf;
   };
   rsrv.encode.bytes = 0;
   rsrv.decode = function(buf, offset) {
    offset || (offset = 0);
    const len = buf.readUInt16BE(offset);
    const data = {};
    data.priority = buf.readUInt16BE(offset + 2);
    data.weight = buf.readUInt16BE(offset + 4);
    data.port = buf.readUInt16BE(offset + 6);
    data.target = name.decode(buf, offset + 8);
    rsrv.decode.bytes = len + 2;
    return data;
   };
   rsrv.decode.bytes = 0;
   rsrv.encodingLength = function(data) {
    return 8 + name.encodingLength(data.target);
   };
   const rcaa = exports.caa = {};
   rcaa.ISSUER_CRITICAL = 128;
   rcaa.encode = function(data, buf, offset) {
    const len = rcaa.encodingLength(data);
    buf || (buf = Buffer.alloc(rcaa.encodingLength(data)));
    offset || (offset = 0);
    data.issuerCritical && (data.flags = rcaa.ISSUER_CRITICAL);
    buf.writeUInt16BE(len - 2, offset);
    offset += 2;
    buf.writeUInt8(data.flags || 0, offset);
    offset += 1;
    string.encode(data.tag, buf, offset);
    offset += string.encode.bytes;
    buf.write(data.value, offset);
    offset += Buffer.byteLength(data.value);
    rcaa.encode.bytes = len;
    return buf;
   };
   rcaa.encode.bytes = 0;
   rcaa.decode = function(buf, offset) {
    offset || (offset = 0);
    const len = buf.readUInt16BE(offset);
    offset += 2;
    const oldOffset = offset;
    const data = {};
    data.flags = buf.readUInt8(offset);
    offset += 1;
    data.tag = string.decode(buf, offset);
    offset += string.decode.bytes;
    data.value = buf.toString("utf-8", offset, oldOffset + len);
    data.issuerCritical = !!(data.flags & rcaa.ISSUER_CRITICAL);
    rcaa.decode.bytes = len + 2;
    return data;
   };
   rcaa.decode.bytes = 0;
   rcaa.encodingLength = function(data) {
    return string.encodingLength(data.tag) + string.encodingLength(data.value) + 2;
   };
   const rmx = exports.mx = {};
   rmx.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rmx.encodingLength(data)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    buf.writeUInt16BE(data.preference || 0, offset);
    offset += 2;
    name.encode(data.exchange, buf, offset);
    offset += name.encode.bytes;
    buf.writeUInt16BE(offset - oldOffset - 2, oldOffset);
    rmx.encode.bytes = offset - oldOffset;
    return buf;
   };
   rmx.encode.bytes = 0;
   rmx.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const data = {};
    offset += 2;
    data.preference = buf.readUInt16BE(offset);
    offset += 2;
    data.exchange = name.decode(buf, offset);
    offset += name.decode.bytes;
    rmx.decode.bytes = offset - oldOffset;
    return data;
   };
   rmx.encodingLength = function(data) {
    return 4 + name.encodingLength(data.exchange);
   };
   const ra = exports.a = {};
   ra.encode = function(host, buf, offset) {
    buf || (buf = Buffer.alloc(ra.encodingLength(host)));
    offset || (offset = 0);
    buf.writeUInt16BE(4, offset);
    offset += 2;
    ip.v4.encode(host, buf, offset);
    ra.encode.bytes = 6;
    return buf;
   };
   ra.encode.bytes = 0;
   ra.decode = function(buf, offset) {
    offset || (offset = 0);
    offset += 2;
    const host = ip.v4.decode(buf, offset);
    ra.decode.bytes = 6;
    return host;
   };
   ra.decode.bytes = 0;
   ra.encodingLength = function() {
    return 6;
   };
   const raaaa = exports.aaaa = {};
   raaaa.encode = function(host, buf, offset) {
    buf || (buf = Buffer.alloc(raaaa.encodingLength(host)));
    offset || (offset = 0);
    buf.writeUInt16BE(16, offset);
    offset += 2;
    ip.v6.encode(host, buf, offset);
    raaaa.encode.bytes = 18;
    return buf;
   };
   raaaa.encode.bytes = 0;
   raaaa.decode = function(buf, offset) {
    offset || (offset = 0);
    offset += 2;
    const host = ip.v6.decode(buf, offset);
    raaaa.decode.bytes = 18;
    return host;
   };
   raaaa.decode.bytes = 0;
   raaaa.encodingLength = function() {
    return 18;
   };
   const roption = exports.option = {};
   roption.encode = function(option, buf, offset) {
    buf || (buf = Buffer.alloc(roption.encodingLength(option)));
    offset || (offset = 0);
    const oldOffset = offset;
    const code = optioncodes.toCode(option.code);
    buf.writeUInt16BE(code, offset);
    offset += 2;
    if (option.data) {
     buf.writeUInt16BE(option.data.length, offset);
     offset += 2;
     option.data.copy(buf, offset);
     offset += option.data.length;
    } else switch (code) {
    case 8:
     const spl = option.sourcePrefixLength || 0;
     const fam = option.family || ip.familyOf(option.ip);
     const ipBuf = ip.encode(option.ip, Buffer.alloc);
     const ipLen = Math.ceil(spl / 8);
     buf.writeUInt16BE(ipLen + 4, offset);
     offset += 2;
     buf.writeUInt16BE(fam, offset);
     offset += 2;
     buf.writeUInt8(spl, offset++);
     buf.writeUInt8(option.scopePrefixLength || 0, offset++);
     ipBuf.copy(buf, offset, 0, ipLen);
     offset += ipLen;
     break;

    case 11:
     if (option.timeout) {
      buf.writeUInt16BE(2, offset);
      offset += 2;
      buf.writeUInt16BE(option.timeout, offset);
      offset += 2;
     } else {
      buf.writeUInt16BE(0, offset);
      offset += 2;
     }
     break;

    case 12:
     const len = option.length || 0;
     buf.writeUInt16BE(len, offset);
     offset += 2;
     buf.fill(0, offset, offset + len);
     offset += len;
     break;

    case 14:
     const tagsLen = option.tags.length * 2;
     buf.writeUInt16BE(tagsLen, offset);
     offset += 2;
     for (const tag of option.tags) {
      buf.writeUInt16BE(tag, offset);
      offset += 2;
     }
     break;

    default:
     throw new Error(`Unknown roption code: ${option.code}`);
    }
    roption.encode.bytes = offset - oldOffset;
    return buf;
   };
   roption.encode.bytes = 0;
   roption.decode = function(buf, offset) {
    offset || (offset = 0);
    const option = {};
    option.code = buf.readUInt16BE(offset);
    option.type = optioncodes.toString(option.code);
    offset += 2;
    const len = buf.readUInt16BE(offset);
    offset += 2;
    option.data = buf.slice(offset, offset + len);
    switch (option.code) {
    case 8:
     option.family = buf.readUInt16BE(offset);
     offset += 2;
     option.sourcePrefixLength = buf.readUInt8(offset++);
     option.scopePrefixLength = buf.readUInt8(offset++);
     const padded = Buffer.alloc(option.family === 1 ? 4 : 16);
     buf.copy(padded, 0, offset, offset + len - 4);
     option.ip = ip.decode(padded);
     break;

    case 11:
     if (len > 0) {
      option.timeout = buf.readUInt16BE(offset);
      offset += 2;
     }
     break;

    case 14:
     option.tags = [];
     for (let i = 0; i < len; i += 2) {
      option.tags.push(buf.readUInt16BE(offset));
      offset += 2;
     }
    }
    roption.decode.bytes = len + 4;
    return option;
   };
   roption.decode.bytes = 0;
   roption.encodingLength = function(option) {
    if (option.data) return option.data.length + 4;
    const code = optioncodes.toCode(option.code);
    switch (code) {
    case 8:
     const spl = option.sourcePrefixLength || 0;
     return Math.ceil(spl / 8) + 8;

    case 11:
     return typeof option.timeout === "number" ? 6 : 4;

    case 12:
     return option.length + 4;

    case 14:
     return 4 + option.tags.length * 2;
    }
    throw new Error(`Unknown roption code: ${option.code}`);
   };
   const ropt = exports.opt = {};
   ropt.encode = function(options, buf, offset) {
    buf || (buf = Buffer.alloc(ropt.encodingLength(options)));
    offset || (offset = 0);
    const oldOffset = offset;
    const rdlen = encodingLengthList(options, roption);
    buf.writeUInt16BE(rdlen, offset);
    offset = encodeList(options, roption, buf, offset + 2);
    ropt.encode.bytes = offset - oldOffset;
    return buf;
   };
   ropt.encode.bytes = 0;
   ropt.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const options = [];
    let rdlen = buf.readUInt16BE(offset);
    offset += 2;
    let o = 0;
    while (rdlen > 0) {
     options[o++] = roption.decode(buf, offset);
     offset += roption.decode.bytes;
     rdlen -= roption.decode.bytes;
    }
    ropt.decode.bytes = offset - oldOffset;
    return options;
   };
   ropt.decode.bytes = 0;
   ropt.encodingLength = function(options) {
    return 2 + encodingLengthList(options || [], roption);
   };
   const rdnskey = exports.dnskey = {};
   rdnskey.PROTOCOL_DNSSEC = 3;
   rdnskey.ZONE_KEY = 128;
   rdnskey.SECURE_ENTRYPOINT = 32768;
   rdnskey.encode = function(key, buf, offset) {
    buf || (buf = Buffer.alloc(rdnskey.encodingLength(key)));
    offset || (offset = 0);
    const oldOffset = offset;
    const keydata = key.key;
    if (!Buffer.isBuffer(keydata)) throw new Error("Key must be a Buffer");
    offset += 2;
    buf.writeUInt16BE(key.flags, offset);
    offset += 2;
    buf.writeUInt8(rdnskey.PROTOCOL_DNSSEC, offset);
    offset += 1;
    buf.writeUInt8(key.algorithm, offset);
    offset += 1;
    keydata.copy(buf, offset, 0, keydata.length);
    offset += keydata.length;
    rdnskey.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rdnskey.encode.bytes - 2, oldOffset);
    return buf;
   };
   rdnskey.encode.bytes = 0;
   rdnskey.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    var key = {};
    var length = buf.readUInt16BE(offset);
    offset += 2;
    key.flags = buf.readUInt16BE(offset);
    offset += 2;
    if (buf.readUInt8(offset) !== rdnskey.PROTOCOL_DNSSEC) throw new Error("Protocol must be 3");
    offset += 1;
    key.algorithm = buf.readUInt8(offset);
    offset += 1;
    key.key = buf.slice(offset, oldOffset + length + 2);
    offset += key.key.length;
    rdnskey.decode.bytes = offset - oldOffset;
    return key;
   };
   rdnskey.decode.bytes = 0;
   rdnskey.encodingLength = function(key) {
    return 6 + Buffer.byteLength(key.key);
   };
   const rrrsig = exports.rrsig = {};
   rrrsig.encode = function(sig, buf, offset) {
    buf || (buf = Buffer.alloc(rrrsig.encodingLength(sig)));
    offset || (offset = 0);
    const oldOffset = offset;
    const signature = sig.signature;
    if (!Buffer.isBuffer(signature)) throw new Error("Signature must be a Buffer");
    offset += 2;
    buf.writeUInt16BE(types.toType(sig.typeCovered), offset);
    offset += 2;
    buf.writeUInt8(sig.algorithm, offset);
    offset += 1;
    buf.writeUInt8(sig.labels, offset);
    offset += 1;
    buf.writeUInt32BE(sig.originalTTL, offset);
    offset += 4;
    buf.writeUInt32BE(sig.expiration, offset);
    offset += 4;
    buf.writeUInt32BE(sig.inception, offset);
    offset += 4;
    buf.writeUInt16BE(sig.keyTag, offset);
    offset += 2;
    name.encode(sig.signersName, buf, offset);
    offset += name.encode.bytes;
    signature.copy(buf, offset, 0, signature.length);
    offset += signature.length;
    rrrsig.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rrrsig.encode.bytes - 2, oldOffset);
    return buf;
   };
   rrrsig.encode.bytes = 0;
   rrrsig.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    var sig = {};
    var length = buf.readUInt16BE(offset);
    offset += 2;
    sig.typeCovered = types.toString(buf.readUInt16BE(offset));
    offset += 2;
    sig.algorithm = buf.readUInt8(offset);
    offset += 1;
    sig.labels = buf.readUInt8(offset);
    offset += 1;
    sig.originalTTL = buf.readUInt32BE(offset);
    offset += 4;
    sig.expiration = buf.readUInt32BE(offset);
    offset += 4;
    sig.inception = buf.readUInt32BE(offset);
    offset += 4;
    sig.keyTag = buf.readUInt16BE(offset);
    offset += 2;
    sig.signersName = name.decode(buf, offset);
    offset += name.decode.bytes;
    sig.signature = buf.slice(offset, oldOffset + length + 2);
    offset += sig.signature.length;
    rrrsig.decode.bytes = offset - oldOffset;
    return sig;
   };
   rrrsig.decode.bytes = 0;
   rrrsig.encodingLength = function(sig) {
    return 20 + name.encodingLength(sig.signersName) + Buffer.byteLength(sig.signature);
   };
   const rrp = exports.rp = {};
   rrp.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rrp.encodingLength(data)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    name.encode(data.mbox || ".", buf, offset, {
     mail: true
    });
    offset += name.encode.bytes;
    name.encode(data.txt || ".", buf, offset);
    offset += name.encode.bytes;
    rrp.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rrp.encode.bytes - 2, oldOffset);
    return buf;
   };
   rrp.encode.bytes = 0;
   rrp.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const data = {};
    offset += 2;
    data.mbox = name.decode(buf, offset, {
     mail: true
    }) || ".";
    offset += name.decode.bytes;
    data.txt = name.decode(buf, offset) || ".";
    offset += name.decode.bytes;
    rrp.decode.bytes = offset - oldOffset;
    return data;
   };
   rrp.decode.bytes = 0;
   rrp.encodingLength = function(data) {
    return 2 + name.encodingLength(data.mbox || ".") + name.encodingLength(data.txt || ".");
   };
   const typebitmap = {};
   typebitmap.encode = function(typelist, buf, offset) {
    buf || (buf = Buffer.alloc(typebitmap.encodingLength(typelist)));
    offset || (offset = 0);
    const oldOffset = offset;
    var typesByWindow = [];
    for (var i = 0; i < typelist.length; i++) {
     var typeid = types.toType(typelist[i]);
     typesByWindow[typeid >> 8] === void 0 && (typesByWindow[typeid >> 8] = []);
     typesByWindow[typeid >> 8][typeid >> 3 & 31] |= 1 << 7 - (typeid & 7);
    }
    for (i = 0; i < typesByWindow.length; i++) if (typesByWindow[i] !== void 0) {
     var windowBuf = Buffer.from(typesByWindow[i]);
     buf.writeUInt8(i, offset);
     offset += 1;
     buf.writeUInt8(windowBuf.length, offset);
     offset += 1;
     windowBuf.copy(buf, offset);
     offset += windowBuf.length;
    }
    typebitmap.encode.bytes = offset - oldOffset;
    return buf;
   };
   typebitmap.encode.bytes = 0;
   typebitmap.decode = function(buf, offset, length) {
    offset || (offset = 0);
    const oldOffset = offset;
    var typelist = [];
    while (offset - oldOffset < length) {
     var window = buf.readUInt8(offset);
     offset += 1;
     var windowLength = buf.readUInt8(offset);
     offset += 1;
     for (var i = 0; i < windowLength; i++) {
      var b = buf.readUInt8(offset + i);
      for (var j = 0; j < 8; j++) if (b & 1 << 7 - j) {
       var typeid = types.toString(window << 8 | i << 3 | j);
       typelist.push(typeid);
      }
     }
     offset += windowLength;
    }
    typebitmap.decode.bytes = offset - oldOffset;
    return typelist;
   };
   typebitmap.decode.bytes = 0;
   typebitmap.encodingLength = function(typelist) {
    var extents = [];
    for (var i = 0; i < typelist.length; i++) {
     var typeid = types.toType(typelist[i]);
     extents[typeid >> 8] = Math.max(extents[typeid >> 8] || 0, typeid & 255);
    }
    var len = 0;
    for (i = 0; i < extents.length; i++) extents[i] !== void 0 && (len += 2 + Math.ceil((extents[i] + 1) / 8));
    return len;
   };
   const rnsec = exports.nsec = {};
   rnsec.encode = function(record, buf, offset) {
    buf || (buf = Buffer.alloc(rnsec.encodingLength(record)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    name.encode(record.nextDomain, buf, offset);
    offset += name.encode.bytes;
    typebitmap.encode(record.rrtypes, buf, offset);
    offset += typebitmap.encode.bytes;
    rnsec.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rnsec.encode.bytes - 2, oldOffset);
    return buf;
   };
   rnsec.encode.bytes = 0;
   rnsec.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    var record = {};
    var length = buf.readUInt16BE(offset);
    offset += 2;
    record.nextDomain = name.decode(buf, offset);
    offset += name.decode.bytes;
    record.rrtypes = typebitmap.decode(buf, offset, length - (offset - oldOffset));
    offset += typebitmap.decode.bytes;
    rnsec.decode.bytes = offset - oldOffset;
    return record;
   };
   rnsec.decode.bytes = 0;
   rnsec.encodingLength = function(record) {
    return 2 + name.encodingLength(record.nextDomain) + typebitmap.encodingLength(record.rrtypes);
   };
   const rnsec3 = exports.nsec3 = {};
   rnsec3.encode = function(record, buf, offset) {
    buf || (buf = Buffer.alloc(rnsec3.encodingLength(record)));
    offset || (offset = 0);
    const oldOffset = offset;
    const salt = record.salt;
    if (!Buffer.isBuffer(salt)) throw new Error("salt must be a Buffer");
    const nextDomain = record.nextDomain;
    if (!Buffer.isBuffer(nextDomain)) throw new Error("nextDomain must be a Buffer");
    offset += 2;
    buf.writeUInt8(record.algorithm, offset);
    offset += 1;
    buf.writeUInt8(record.flags, offset);
    offset += 1;
    buf.writeUInt16BE(record.iterations, offset);
    offset += 2;
    buf.writeUInt8(salt.length, offset);
    offset += 1;
    salt.copy(buf, offset, 0, salt.length);
    offset += salt.length;
    buf.writeUInt8(nextDomain.length, offset);
    offset += 1;
    nextDomain.copy(buf, offset, 0, nextDomain.length);
    offset += nextDomain.length;
    typebitmap.encode(record.rrtypes, buf, offset);
    offset += typebitmap.encode.bytes;
    rnsec3.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rnsec3.encode.bytes - 2, oldOffset);
    return buf;
   };
   rnsec3.encode.bytes = 0;
   rnsec3.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    var record = {};
    var length = buf.readUInt16BE(offset);
    offset += 2;
    record.algorithm = buf.readUInt8(offset);
    offset += 1;
    record.flags = buf.readUInt8(offset);
    offset += 1;
    record.iterations = buf.readUInt16BE(offset);
    offset += 2;
    const saltLength = buf.readUInt8(offset);
    offset += 1;
    record.salt = buf.slice(offset, offset + saltLength);
    offset += saltLength;
    const hashLength = buf.readUInt8(offset);
    offset += 1;
    record.nextDomain = buf.slice(offset, offset + hashLength);
    offset += hashLength;
    record.rrtypes = typebitmap.decode(buf, offset, length - (offset - oldOffset));
    offset += typebitmap.decode.bytes;
    rnsec3.decode.bytes = offset - oldOffset;
    return record;
   };
   rnsec3.decode.bytes = 0;
   rnsec3.encodingLength = function(record) {
    return 8 + record.salt.length + record.nextDomain.length + typebitmap.encodingLength(record.rrtypes);
   };
   const rds = exports.ds = {};
   rds.encode = function(digest, buf, offset) {
    buf || (buf = Buffer.alloc(rds.encodingLength(digest)));
    offset || (offset = 0);
    const oldOffset = offset;
    const digestdata = digest.digest;
    if (!Buffer.isBuffer(digestdata)) throw new Error("Digest must be a Buffer");
    offset += 2;
    buf.writeUInt16BE(digest.keyTag, offset);
    offset += 2;
    buf.writeUInt8(digest.algorithm, offset);
    offset += 1;
    buf.writeUInt8(digest.digestType, offset);
    offset += 1;
    digestdata.copy(buf, offset, 0, digestdata.length);
    offset += digestdata.length;
    rds.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rds.encode.bytes - 2, oldOffset);
    return buf;
   };
   rds.encode.bytes = 0;
   rds.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    var digest = {};
    var length = buf.readUInt16BE(offset);
    offset += 2;
    digest.keyTag = buf.readUInt16BE(offset);
    offset += 2;
    digest.algorithm = buf.readUInt8(offset);
    offset += 1;
    digest.digestType = buf.readUInt8(offset);
    offset += 1;
    digest.digest = buf.slice(offset, oldOffset + length + 2);
    offset += digest.digest.length;
    rds.decode.bytes = offset - oldOffset;
    return digest;
   };
   rds.decode.bytes = 0;
   rds.encodingLength = function(digest) {
    return 6 + Buffer.byteLength(digest.digest);
   };
   const rsshfp = exports.sshfp = {};
   rsshfp.getFingerprintLengthForHashType = function getFingerprintLengthForHashType(hashType) {
    switch (hashType) {
    case 1:
     return 20;

    case 2:
     return 32;
    }
   };
   rsshfp.encode = function encode(record, buf, offset) {
    buf || (buf = Buffer.alloc(rsshfp.encodingLength(record)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    buf[offset] = record.algorithm;
    offset += 1;
    buf[offset] = record.hash;
    offset += 1;
    const fingerprintBuf = Buffer.from(record.fingerprint.toUpperCase(), "hex");
    if (fingerprintBuf.length !== rsshfp.getFingerprintLengthForHashType(record.hash)) throw new Error("Invalid fingerprint length");
    fingerprintBuf.copy(buf, offset);
    offset += fingerprintBuf.byteLength;
    rsshfp.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rsshfp.encode.bytes - 2, oldOffset);
    return buf;
   };
   rsshfp.encode.bytes = 0;
   rsshfp.decode = function decode(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const record = {};
    offset += 2;
    record.algorithm = buf[offset];
    offset += 1;
    record.hash = buf[offset];
    offset += 1;
    const fingerprintLength = rsshfp.getFingerprintLengthForHashType(record.hash);
    record.fingerprint = buf.slice(offset, offset + fingerprintLength).toString("hex").toUpperCase();
    offset += fingerprintLength;
    rsshfp.decode.bytes = offset - oldOffset;
    return record;
   };
   rsshfp.decode.bytes = 0;
   rsshfp.encodingLength = function(record) {
    return 4 + Buffer.from(record.fingerprint, "hex").byteLength;
   };
   const rnaptr = exports.naptr = {};
   rnaptr.encode = function(data, buf, offset) {
    buf || (buf = Buffer.alloc(rnaptr.encodingLength(data)));
    offset || (offset = 0);
    const oldOffset = offset;
    offset += 2;
    buf.writeUInt16BE(data.order || 0, offset);
    offset += 2;
    buf.writeUInt16BE(data.preference || 0, offset);
    offset += 2;
    string.encode(data.flags, buf, offset);
    offset += string.encode.bytes;
    string.encode(data.services, buf, offset);
    offset += string.encode.bytes;
    string.encode(data.regexp, buf, offset);
    offset += string.encode.bytes;
    name.encode(data.replacement, buf, offset);
    offset += name.encode.bytes;
    rnaptr.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rnaptr.encode.bytes - 2, oldOffset);
    return buf;
   };
   rnaptr.encode.bytes = 0;
   rnaptr.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const data = {};
    offset += 2;
    data.order = buf.readUInt16BE(offset);
    offset += 2;
    data.preference = buf.readUInt16BE(offset);
    offset += 2;
    data.flags = string.decode(buf, offset);
    offset += string.decode.bytes;
    data.services = string.decode(buf, offset);
    offset += string.decode.bytes;
    data.regexp = string.decode(buf, offset);
    offset += string.decode.bytes;
    data.replacement = name.decode(buf, offset);
    offset += name.decode.bytes;
    rnaptr.decode.bytes = offset - oldOffset;
    return data;
   };
   rnaptr.decode.bytes = 0;
   rnaptr.encodingLength = function(data) {
    return string.encodingLength(data.flags) + string.encodingLength(data.services) + string.encodingLength(data.regexp) + name.encodingLength(data.replacement) + 6;
   };
   const rtlsa = exports.tlsa = {};
   rtlsa.encode = function(cert, buf, offset) {
    buf || (buf = Buffer.alloc(rtlsa.encodingLength(cert)));
    offset || (offset = 0);
    const oldOffset = offset;
    const certdata = cert.certificate;
    if (!Buffer.isBuffer(certdata)) throw new Error("Certificate must be a Buffer");
    offset += 2;
    buf.writeUInt8(cert.usage, offset);
    offset += 1;
    buf.writeUInt8(cert.selector, offset);
    offset += 1;
    buf.writeUInt8(cert.matchingType, offset);
    offset += 1;
    certdata.copy(buf, offset, 0, certdata.length);
    offset += certdata.length;
    rtlsa.encode.bytes = offset - oldOffset;
    buf.writeUInt16BE(rtlsa.encode.bytes - 2, oldOffset);
    return buf;
   };
   rtlsa.encode.bytes = 0;
   rtlsa.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const cert = {};
    const length = buf.readUInt16BE(offset);
    offset += 2;
    cert.usage = buf.readUInt8(offset);
    offset += 1;
    cert.selector = buf.readUInt8(offset);
    offset += 1;
    cert.matchingType = buf.readUInt8(offset);
    offset += 1;
    cert.certificate = buf.slice(offset, oldOffset + length + 2);
    offset += cert.certificate.length;
    rtlsa.decode.bytes = offset - oldOffset;
    return cert;
   };
   rtlsa.decode.bytes = 0;
   rtlsa.encodingLength = function(cert) {
    return 5 + Buffer.byteLength(cert.certificate);
   };
   const renc = exports.record = function(type) {
    switch (type.toUpperCase()) {
    case "A":
     return ra;

    case "PTR":
     return rptr;

    case "CNAME":
     return rcname;

    case "DNAME":
     return rdname;

    case "TXT":
     return rtxt;

    case "NULL":
     return rnull;

    case "AAAA":
     return raaaa;

    case "SRV":
     return rsrv;

    case "HINFO":
     return rhinfo;

    case "CAA":
     return rcaa;

    case "NS":
     return rns;

    case "SOA":
     return rsoa;

    case "MX":
     return rmx;

    case "OPT":
     return ropt;

    case "DNSKEY":
     return rdnskey;

    case "RRSIG":
     return rrrsig;

    case "RP":
     return rrp;

    case "NSEC":
     return rnsec;

    case "NSEC3":
     return rnsec3;

    case "SSHFP":
     return rsshfp;

    case "DS":
     return rds;

    case "NAPTR":
     return rnaptr;

    case "TLSA":
     return rtlsa;
    }
    return runknown;
   };
   const answer = exports.answer = {};
   answer.encode = function(a, buf, offset) {
    buf || (buf = Buffer.alloc(answer.encodingLength(a)));
    offset || (offset = 0);
    const oldOffset = offset;
    name.encode(a.name, buf, offset);
    offset += name.encode.bytes;
    buf.writeUInt16BE(types.toType(a.type), offset);
    if (a.type.toUpperCase() === "OPT") {
     if (a.name !== ".") throw new Error("OPT name must be root.");
     buf.writeUInt16BE(a.udpPayloadSize || 4096, offset + 2);
     buf.writeUInt8(a.extendedRcode || 0, offset + 4);
     buf.writeUInt8(a.ednsVersion || 0, offset + 5);
     buf.writeUInt16BE(a.flags || 0, offset + 6);
     offset += 8;
     ropt.encode(a.options || [], buf, offset);
     offset += ropt.encode.bytes;
    } else {
     let klass = classes.toClass(a.class === void 0 ? "IN" : a.class);
     a.flush && (klass |= FLUSH_MASK);
     buf.writeUInt16BE(klass, offset + 2);
     buf.writeUInt32BE(a.ttl || 0, offset + 4);
     offset += 8;
     const enc = renc(a.type);
     enc.encode(a.data, buf, offset);
     offset += enc.encode.bytes;
    }
    answer.encode.bytes = offset - oldOffset;
    return buf;
   };
   answer.encode.bytes = 0;
   answer.decode = function(buf, offset) {
    offset || (offset = 0);
    const a = {};
    const oldOffset = offset;
    a.name = name.decode(buf, offset);
    offset += name.decode.bytes;
    a.type = types.toString(buf.readUInt16BE(offset));
    if (a.type === "OPT") {
     a.udpPayloadSize = buf.readUInt16BE(offset + 2);
     a.extendedRcode = buf.readUInt8(offset + 4);
     a.ednsVersion = buf.readUInt8(offset + 5);
     a.flags = buf.readUInt16BE(offset + 6);
     a.flag_do = (a.flags >> 15 & 1) === 1;
     a.options = ropt.decode(buf, offset + 8);
     offset += 8 + ropt.decode.bytes;
    } else {
     const klass = buf.readUInt16BE(offset + 2);
     a.ttl = buf.readUInt32BE(offset + 4);
     a.class = classes.toString(klass & NOT_FLUSH_MASK);
     a.flush = !!(klass & FLUSH_MASK);
     const enc = renc(a.type);
     a.data = enc.decode(buf, offset + 8);
     offset += 8 + enc.decode.bytes;
    }
    answer.decode.bytes = offset - oldOffset;
    return a;
   };
   answer.decode.bytes = 0;
   answer.encodingLength = function(a) {
    const data = a.data !== null && a.data !== void 0 ? a.data : a.options;
    return name.encodingLength(a.name) + 8 + renc(a.type).encodingLength(data);
   };
   const question = exports.question = {};
   question.encode = function(q, buf, offset) {
    buf || (buf = Buffer.alloc(question.encodingLength(q)));
    offset || (offset = 0);
    const oldOffset = offset;
    name.encode(q.name, buf, offset);
    offset += name.encode.bytes;
    buf.writeUInt16BE(types.toType(q.type), offset);
    offset += 2;
    buf.writeUInt16BE(classes.toClass(q.class === void 0 ? "IN" : q.class), offset);
    offset += 2;
    question.encode.bytes = offset - oldOffset;
    return q;
   };
   question.encode.bytes = 0;
   question.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const q = {};
    q.name = name.decode(buf, offset);
    offset += name.decode.bytes;
    q.type = types.toString(buf.readUInt16BE(offset));
    offset += 2;
    q.class = classes.toString(buf.readUInt16BE(offset));
    offset += 2;
    const qu = !!(q.class & QU_MASK);
    qu && (q.class &= NOT_QU_MASK);
    question.decode.bytes = offset - oldOffset;
    return q;
   };
   question.decode.bytes = 0;
   question.encodingLength = function(q) {
    return name.encodingLength(q.name) + 4;
   };
   exports.AUTHORITATIVE_ANSWER = 1024;
   exports.TRUNCATED_RESPONSE = 512;
   exports.RECURSION_DESIRED = 256;
   exports.RECURSION_AVAILABLE = 128;
   exports.AUTHENTIC_DATA = 32;
   exports.CHECKING_DISABLED = 16;
   exports.DNSSEC_OK = 32768;
   exports.encode = function(result, buf, offset) {
    const allocing = !buf;
    allocing && (buf = Buffer.alloc(exports.encodingLength(result)));
    offset || (offset = 0);
    const oldOffset = offset;
    result.questions || (result.questions = []);
    result.answers || (result.answers = []);
    result.authorities || (result.authorities = []);
    result.additionals || (result.additionals = []);
    header.encode(result, buf, offset);
    offset += header.encode.bytes;
    offset = encodeList(result.questions, question, buf, offset);
    offset = encodeList(result.answers, answer, buf, offset);
    offset = encodeList(result.authorities, answer, buf, offset);
    offset = encodeList(result.additionals, answer, buf, offset);
    exports.encode.bytes = offset - oldOffset;
    if (allocing && exports.encode.bytes !== buf.length) return buf.slice(0, exports.encode.bytes);
    return buf;
   };
   exports.encode.bytes = 0;
   exports.decode = function(buf, offset) {
    offset || (offset = 0);
    const oldOffset = offset;
    const result = header.decode(buf, offset);
    offset += header.decode.bytes;
    offset = decodeList(result.questions, question, buf, offset);
    offset = decodeList(result.answers, answer, buf, offset);
    offset = decodeList(result.authorities, answer, buf, offset);
    offset = decodeList(result.additionals, answer, buf, offset);
    exports.decode.bytes = offset - oldOffset;
    return result;
   };
   exports.decode.bytes = 0;
   exports.encodingLength = function(result) {
    return header.encodingLength(result) + encodingLengthList(result.questions || [], question) + encodingLengthList(result.answers || [], answer) + encodingLengthList(result.authorities || [], answer) + encodingLengthList(result.additionals || [], answer);
   };
   exports.streamEncode = function(result) {
    const buf = exports.encode(result);
    const sbuf = Buffer.alloc(2);
    sbuf.writeUInt16BE(buf.byteLength);
    const combine = Buffer.concat([ sbuf, buf ]);
    exports.streamEncode.bytes = combine.byteLength;
    return combine;
   };
   exports.streamEncode.bytes = 0;
   exports.streamDecode = function(sbuf) {
    const len = sbuf.readUInt16BE(0);
    if (sbuf.byteLength < len + 2) return null;
    const result = exports.decode(sbuf.slice(2));
    exports.streamDecode.bytes = exports.decode.bytes;
    return result;
   };
   exports.streamDecode.bytes = 0;
   function encodingLengthList(list, enc) {
    let len = 0;
    for (let i = 0; i < list.length; i++) len += enc.encodingLength(list[i]);
    return len;
   }
   function encodeList(list, enc, buf, offset) {
    for (let i = 0; i < list.length; i++) {
     enc.encode(list[i], buf, offset);
     offset += enc.encode.bytes;
    }
    return offset;
   }
   function decodeList(list, enc, buf, offset) {
    for (let i = 0; i < list.length; i++) {
     list[i] = enc.decode(buf, offset);
     offset += enc.decode.bytes;
    }
    return offset;
   }
  },
  4693: (__unused_webpack_module, exports) => {
   "use strict";
   exports.toString = function(opcode) {
    switch (opcode) {
    case 0:
     return "QUERY";

    case 1:
     return "IQUERY";

    case 2:
     return "STATUS";

    case 3:
     return "OPCODE_3";

    case 4:
     return "NOTIFY";

    case 5:
     return "UPDATE";

    case 6:
     return "OPCODE_6";

    case 7:
     return "OPCODE_7";

    case 8:
     return "OPCODE_8";

    case 9:
     return "OPCODE_9";

    case 10:
     return "OPCODE_10";

    case 11:
     return "OPCODE_11";

    case 12:
     return "OPCODE_12";

    case 13:
     return "OPCODE_13";

    case 14:
     return "OPCODE_14";

    case 15:
     return "OPCODE_15";
    }
    return "OPCODE_" + opcode;
   };
   exports.toOpcode = function(code) {
    switch (code.toUpperCase()) {
    case "QUERY":
     return 0;

    case "IQUERY":
     return 1;

    case "STATUS":
     return 2;

    case "OPCODE_3":
     return 3;

    case "NOTIFY":
     return 4;

    case "UPDATE":
     return 5;

    case "OPCODE_6":
     return 6;

    case "OPCODE_7":
     return 7;

    case "OPCODE_8":
     return 8;

    case "OPCODE_9":
     return 9;

    case "OPCODE_10":
     return 10;

    case "OPCODE_11":
     return 11;

    case "OPCODE_12":
     return 12;

    case "OPCODE_13":
     return 13;

    case "OPCODE_14":
     return 14;

    case "OPCODE_15":
     return 15;
    }
    return 0;
   };
  },
  2075: (__unused_webpack_module, exports) => {
   "use strict";
   exports.toString = function(type) {
    switch (type) {
    case 1:
     return "LLQ";

    case 2:
     return "UL";

    case 3:
     return "NSID";

    case 5:
     return "DAU";

    case 6:
     return "DHU";

    case 7:
     return "N3U";

    case 8:
     return "CLIENT_SUBNET";

    case 9:
     return "EXPIRE";

    case 10:
     return "COOKIE";

    case 11:
     return "TCP_KEEPALIVE";

    case 12:
     return "PADDING";

    case 13:
     return "CHAIN";

    case 14:
     return "KEY_TAG";

    case 26946:
     return "DEVICEID";
    }
    if (type < 0) return null;
    return `OPTION_${type}`;
   };
   exports.toCode = function(name) {
    if (typeof name === "number") return name;
    if (!name) return -1;
    switch (name.toUpperCase()) {
    case "OPTION_0":
     return 0;

    case "LLQ":
     return 1;

    case "UL":
     return 2;

    case "NSID":
     return 3;

    case "OPTION_4":
     return 4;

    case "DAU":
     return 5;

    case "DHU":
     return 6;

    case "N3U":
     return 7;

    case "CLIENT_SUBNET":
     return 8;

    case "EXPIRE":
     return 9;

    case "COOKIE":
     return 10;

    case "TCP_KEEPALIVE":
     return 11;

    case "PADDING":
     return 12;

    case "CHAIN":
     return 13;

    case "KEY_TAG":
     return 14;

    case "DEVICEID":
     return 26946;

    case "OPTION_65535":
     return 65535;
    }
    const m = name.match(/_(\d+)$/);
    if (m) return parseInt(m[1], 10);
    return -1;
   };
  },
  2028: (__unused_webpack_module, exports) => {
   "use strict";
   exports.toString = function(rcode) {
    switch (rcode) {
    case 0:
     return "NOERROR";

    case 1:
     return "FORMERR";

    case 2:
     return "SERVFAIL";

    case 3:
     return "NXDOMAIN";

    case 4:
     return "NOTIMP";

    case 5:
     return "REFUSED";

    case 6:
     return "YXDOMAIN";

    case 7:
     return "YXRRSET";

    case 8:
     return "NXRRSET";

    case 9:
     return "NOTAUTH";

    case 10:
     return "NOTZONE";

    case 11:
     return "RCODE_11";

    case 12:
     return "RCODE_12";

    case 13:
     return "RCODE_13";

    case 14:
     return "RCODE_14";

    case 15:
     return "RCODE_15";
    }
    return "RCODE_" + rcode;
   };
   exports.toRcode = function(code) {
    switch (code.toUpperCase()) {
    case "NOERROR":
     return 0;

    case "FORMERR":
     return 1;

    case "SERVFAIL":
     return 2;

    case "NXDOMAIN":
     return 3;

    case "NOTIMP":
     return 4;

    case "REFUSED":
     return 5;

    case "YXDOMAIN":
     return 6;

    case "YXRRSET":
     return 7;

    case "NXRRSET":
     return 8;

    case "NOTAUTH":
     return 9;

    case "NOTZONE":
     return 10;

    case "RCODE_11":
     return 11;

    case "RCODE_12":
     return 12;

    case "RCODE_13":
     return 13;

    case "RCODE_14":
     return 14;

    case "RCODE_15":
     return 15;
    }
    return 0;
   };
  },
  1891: (__unused_webpack_module, exports) => {
   "use strict";
   exports.toString = function(type) {
    switch (type) {
    case 1:
     return "A";

    case 10:
     return "NULL";

    case 28:
     return "AAAA";

    case 18:
     return "AFSDB";

    case 42:
     return "APL";

    case 257:
     return "CAA";

    case 60:
     return "CDNSKEY";

    case 59:
     return "CDS";

    case 37:
     return "CERT";

    case 5:
     return "CNAME";

    case 49:
     return "DHCID";

    case 32769:
     return "DLV";

    case 39:
     return "DNAME";

    case 48:
     return "DNSKEY";

    case 43:
     return "DS";

    case 55:
     return "HIP";

    case 13:
     return "HINFO";

    case 45:
     return "IPSECKEY";

    case 25:
     return "KEY";

    case 36:
     return "KX";

    case 29:
     return "LOC";

    case 15:
     return "MX";

    case 35:
     return "NAPTR";

    case 2:
     return "NS";

    case 47:
     return "NSEC";

    case 50:
     return "NSEC3";

    case 51:
     return "NSEC3PARAM";

    case 12:
     return "PTR";

    case 46:
     return "RRSIG";

    case 17:
     return "RP";

    case 24:
     return "SIG";

    case 6:
     return "SOA";

    case 99:
     return "SPF";

    case 33:
     return "SRV";

    case 44:
     return "SSHFP";

    case 32768:
     return "TA";

    case 249:
     return "TKEY";

    case 52:
     return "TLSA";

    case 250:
     return "TSIG";

    case 16:
     return "TXT";

    case 252:
     return "AXFR";

    case 251:
     return "IXFR";

    case 41:
     return "OPT";

    case 255:
     return "ANY";
    }
    return "UNKNOWN_" + type;
   };
   exports.toType = function(name) {
    switch (name.toUpperCase()) {
    case "A":
     return 1;

    case "NULL":
     return 10;

    case "AAAA":
     return 28;

    case "AFSDB":
     return 18;

    case "APL":
     return 42;

    case "CAA":
     return 257;

    case "CDNSKEY":
     return 60;

    case "CDS":
     return 59;

    case "CERT":
     return 37;

    case "CNAME":
     return 5;

    case "DHCID":
     return 49;

    case "DLV":
     return 32769;

    case "DNAME":
     return 39;

    case "DNSKEY":
     return 48;

    case "DS":
     return 43;

    case "HIP":
     return 55;

    case "HINFO":
     return 13;

    case "IPSECKEY":
     return 45;

    case "KEY":
     return 25;

    case "KX":
     return 36;

    case "LOC":
     return 29;

    case "MX":
     return 15;

    case "NAPTR":
     return 35;

    case "NS":
     return 2;

    case "NSEC":
     return 47;

    case "NSEC3":
     return 50;

    case "NSEC3PARAM":
     return 51;

    case "PTR":
     return 12;

    case "RRSIG":
     return 46;

    case "RP":
     return 17;

    case "SIG":
     return 24;

    case "SOA":
     return 6;

    case "SPF":
     return 99;

    case "SRV":
     return 33;

    case "SSHFP":
     return 44;

    case "TA":
     return 32768;

    case "TKEY":
     return 249;

    case "TLSA":
     return 52;

    case "TSIG":
     return 250;

    case "TXT":
     return 16;

    case "AXFR":
     return 252;

    case "IXFR":
     return 251;

    case "OPT":
     return 41;

    case "ANY":
     return 255;

    case "*":
     return 255;
    }
    if (name.toUpperCase().startsWith("UNKNOWN_")) return parseInt(name.slice(8));
    return 0;
   };
  },
  744: module => {
   var s = 1e3;
   var m = s * 60;
   var h = m * 60;
   var d = h * 24;
   var w = d * 7;
   var y = d * 365.25;
   module.exports = function(val, options) {
    options = options || {};
    var type = typeof val;
    if (type === "string" && val.length > 0) return parse(val);
    if (type === "number" && isFinite(val)) return options.long ? fmtLong(val) : fmtShort(val);
    throw new Error("val is not a non-empty string or a valid number. val=" + JSON.stringify(val));
   };
   function parse(str) {
    str = String(str);
    if (str.length > 100) return;
    var match = /^(-?(?:\d+)?\.?\d+) *(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)?$/i.exec(str);
    if (!match) return;
    var n = parseFloat(match[1]);
    var type = (match[2] || "ms").toLowerCase();
    switch (type) {
    case "years":
    case "year":
    case "yrs":
    case "yr":
    case "y":
     return n * y;

    case "weeks":
    case "week":
    case "w":
     return n * w;

    case "days":
    case "day":
    case "d":
     return n * d;

    case "hours":
    case "hour":
    case "hrs":
    case "hr":
    case "h":
     return n * h;

    case "minutes":
    case "minute":
    case "mins":
    case "min":
    case "m":
     return n * m;

    case "seconds":
    case "second":
    case "secs":
    case "sec":
    case "s":
     return n * s;

    case "milliseconds":
    case "millisecond":
    case "msecs":
    case "msec":
    case "ms":
     return n;

    default:
     return;
    }
   }
   function fmtShort(ms) {
    var msAbs = Math.abs(ms);
    if (msAbs >= d) return Math.round(ms / d) + "d";
    if (msAbs >= h) return Math.round(ms / h) + "h";
    if (msAbs >= m) return Math.round(ms / m) + "m";
    if (msAbs >= s) return Math.round(ms / s) + "s";
    return ms + "ms";
   }
   function fmtLong(ms) {
    var msAbs = Math.abs(ms);
    if (msAbs >= d) return plural(ms, msAbs, d, "day");
    if (msAbs >= h) return plural(ms, msAbs, h, "hour");
    if (msAbs >= m) return plural(ms, msAbs, m, "minute");
    if (msAbs >= s) return plural(ms, msAbs, s, "second");
    return ms + " ms";
   }
   function plural(ms, msAbs, n, name) {
    var isPlural = msAbs >= n * 1.5;
    return Math.round(ms / n) + " " + name + (isPlural ? "s" : "");
   }
  },
  2613: module => {
   "use strict";
   module.exports = require("assert");
  },
  181: module => {
   "use strict";
   module.exports = require("buffer");
  },
  4434: module => {
   "use strict";
   module.exports = require("events");
  },
  9896: module => {
   "use strict";
   module.exports = require("fs");
  },
  8611: module => {
   "use strict";
   module.exports = require("http");
  },
  5692: module => {
   "use strict";
   module.exports = require("https");
  },
  9278: module => {
   "use strict";
   module.exports = require("net");
  },
  7598: module => {
   "use strict";
   module.exports = require("node:crypto");
  },
  1553: module => {
   "use strict";
   module.exports = require("node:dns/promises");
  },
  3024: module => {
   "use strict";
   module.exports = require("node:fs");
  },
  1455: module => {
   "use strict";
   module.exports = require("node:fs/promises");
  },
  7067: module => {
   "use strict";
   module.exports = require("node:http");
  },
  2467: module => {
   "use strict";
   module.exports = require("node:http2");
  },
  4708: module => {
   "use strict";
   module.exports = require("node:https");
  },
  7030: module => {
   "use strict";
   module.exports = require("node:net");
  },
  6760: module => {
   "use strict";
   module.exports = require("node:path");
  },
  1692: module => {
   "use strict";
   module.exports = require("node:tls");
  },
  3136: module => {
   "use strict";
   module.exports = require("node:url");
  },
  7975: module => {
   "use strict";
   module.exports = require("node:util");
  },
  857: module => {
   "use strict";
   module.exports = require("os");
  },
  932: module => {
   "use strict";
   module.exports = require("process");
  },
  4756: module => {
   "use strict";
   module.exports = require("tls");
  },
  9023: module => {
   "use strict";
   module.exports = require("util");
  },
  4550: module => {
   var ipCodec = function(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", {
     value: true
    });
    exports.decode = decode;
    exports.encode = encode;
    exports.familyOf = familyOf;
    exports.name = void 0;
    exports.sizeOf = sizeOf;
    exports.v6 = exports.v4 = void 0;
    const v4Regex = /^(\d{1,3}\.){3,3}\d{1,3}$/;
    const v4Size = 4;
    const v6Regex = /^(::)?(((\d{1,3}\.){3}(\d{1,3}){1})?([0-9a-f]){0,4}:{0,2}){1,8}(::)?$/i;
    const v6Size = 16;
    const v4 = {
     name: "v4",
     size: v4Size,
     isFormat: ip => v4Regex.test(ip),
     encode(ip, buff, offset) {
      offset = ~~offset;
      buff = buff || new Uint8Array(offset + v4Size);
      const max = ip.length;
      let n = 0;
      for (let i = 0; i < max; ) {
       const c = ip.charCodeAt(i++);
       if (c === 46) {
        buff[offset++] = n;
        n = 0;
       } else n = n * 10 + (c - 48);
      }
      buff[offset] = n;
      return buff;
     },
     decode(buff, offset) {
      offset = ~~offset;
      return `${buff[offset++]}.${buff[offset++]}.${buff[offset++]}.${buff[offset]}`;
     }
    };
    exports.v4 = v4;
    const v6 = {
     name: "v6",
     size: v6Size,
     isFormat: ip => ip.length > 0 && v6Regex.test(ip),
     encode(ip, buff, offset) {
      offset = ~~offset;
      let end = offset + v6Size;
      let fill = -1;
      let hexN = 0;
      let decN = 0;
      let prevColon = true;
      let useDec = false;
      buff = buff || new Uint8Array(offset + v6Size);
      for (let i = 0; i < ip.length; i++) {
       let c = ip.charCodeAt(i);
       if (c === 58) {
        if (prevColon) if (fill !== -1) {
         offset < end && (buff[offset] = 0);
         offset < end - 1 && (buff[offset + 1] = 0);
         offset += 2;
        } else offset < end && (fill = offset); else {
         if (useDec === true) {
          offset < end && (buff[offset] = decN);
          offset++;
         } else {
          offset < end && (buff[offset] = hexN >> 8);
          offset < end - 1 && (buff[offset + 1] = hexN & 255);
          offset += 2;
         }
         hexN = 0;
         decN = 0;
        }
        prevColon = true;
        useDec = false;
       } else if (c === 46) {
        offset < end && (buff[offset] = decN);
        offset++;
        decN = 0;
        hexN = 0;
        prevColon = false;
        useDec = true;
       } else {
        prevColon = false;
        if (c >= 97) c -= 87; else if (c >= 65) c -= 55; else {
         c -= 48;
         decN = decN * 10 + c;
        }
        hexN = (hexN << 4) + c;
       }
      }
      if (prevColon === false) if (useDec === true) {
       offset < end && (buff[offset] = decN);
       offset++;
      } else {
       offset < end && (buff[offset] = hexN >> 8);
       offset < end - 1 && (buff[offset + 1] = hexN & 255);
       offset += 2;
      } else if (fill === 0) {
       offset < end && (buff[offset] = 0);
       offset < end - 1 && (buff[offset + 1] = 0);
       offset += 2;
      } else if (fill !== -1) {
       offset += 2;
       for (let i = Math.min(offset - 1, end - 1); i >= fill + 2; i--) buff[i] = buff[i - 2];
       buff[fill] = 0;
       buff[fill + 1] = 0;
       fill = offset;
      }
      if (fill !== offset && fill !== -1) {
       offset > end - 2 && (offset = end - 2);
       while (end > fill) buff[--end] = offset < end && offset > fill ? buff[--offset] : 0;
      } else while (offset < end) buff[offset++] = 0;
      return buff;
     },
     decode(buff, offset) {
      offset = ~~offset;
      let result = "";
      for (let i = 0; i < v6Size; i += 2) {
       i !== 0 && (result += ":");
       result += (buff[offset + i] << 8 | buff[offset + i + 1]).toString(16);
      }
      return result.replace(/(^|:)0(:0)*:0(:|$)/, "$1::$3").replace(/:{3,4}/, "::");
     }
    };
    exports.v6 = v6;
    const name = "ip";
    exports.name = name;
    function sizeOf(ip) {
     if (v4.isFormat(ip)) return v4.size;
     if (v6.isFormat(ip)) return v6.size;
     throw Error(`Invalid ip address: ${ip}`);
    }
    function familyOf(string) {
     return sizeOf(string) === v4.size ? 1 : 2;
    }
    function encode(ip, buff, offset) {
     offset = ~~offset;
     const size = sizeOf(ip);
     typeof buff === "function" && (buff = buff(offset + size));
     if (size === v4.size) return v4.encode(ip, buff, offset);
     return v6.encode(ip, buff, offset);
    }
    function decode(buff, offset, length) {
     offset = ~~offset;
     length = length || buff.length - offset;
     if (length === v4.size) return v4.decode(buff, offset, length);
     if (length === v6.size) return v6.decode(buff, offset, length);
     throw Error(`Invalid buffer size needs to be ${v4.size} for v4 or ${v6.size} for v6.`);
    }
    return "default" in exports ? exports.default : exports;
   }({});
   typeof define === "function" && define.amd ? define([], function() {
    return ipCodec;
   }) : module.exports = ipCodec;
  },
  370: (__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {
   "use strict";
   __nccwpck_require__.d(__webpack_exports__, {
    A: () => pLimit
   });
   class Node {
    value;
    next;
    constructor(value) {
     this.value = value;
    }
   }
   class Queue {
    #head;
    #tail;
    #size;
    constructor() {
     this.clear();
    }
    enqueue(value) {
     const node = new Node(value);
     if (this.#head) {
      this.#tail.next = node;
      this.#tail = node;
     } else {
      this.#head = node;
      this.#tail = node;
     }
     this.#size++;
    }
    dequeue() {
     const current = this.#head;
     if (!current) return;
     this.#head = this.#head.next;
     this.#size--;
     this.#head || (this.#tail = void 0);
     return current.value;
    }
    peek() {
     if (!this.#head) return;
     return this.#head.value;
    }
    clear() {
     this.#head = void 0;
     this.#tail = void 0;
     this.#size = 0;
    }
    get size() {
     return this.#size;
    }
    * [Symbol.iterator]() {
     let current = this.#head;
     while (current) {
      yield current.value;
      current = current.next;
     }
    }
    * drain() {
     while (this.#head) yield this.dequeue();
    }
   }
   function pLimit(concurrency) {
    let rejectOnClear = false;
    typeof concurrency === "object" && ({concurrency: concurrency, rejectOnClear: rejectOnClear = false} = concurrency);
    validateConcurrency(concurrency);
    if (typeof rejectOnClear !== "boolean") throw new TypeError("Expected `rejectOnClear` to be a boolean");
    const queue = new Queue;
    let activeCount = 0;
    const resumeNext = () => {
     if (activeCount < concurrency && queue.size > 0) {
      activeCount++;
      queue.dequeue().run();
     }
    };
    const next = () => {
     activeCount--;
     resumeNext();
    };
    const run = async (function_, resolve, arguments_) => {
     const result = (async () => function_(...arguments_))();
     resolve(result);
     try {
      await result;
     } catch {}
     next();
    };
    const enqueue = (function_, resolve, reject, arguments_) => {
     const queueItem = {
      reject: reject
     };
     new Promise(internalResolve => {
      queueItem.run = internalResolve;
      queue.enqueue(queueItem);
     }).then(run.bind(void 0, function_, resolve, arguments_));
     activeCount < concurrency && resumeNext();
    };
    const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
     enqueue(function_, resolve, reject, arguments_);
    });
    Object.defineProperties(generator, {
     activeCount: {
      get: () => activeCount
     },
     pendingCount: {
      get: () => queue.size
     },
     clearQueue: {
      value() {
       if (!rejectOnClear) {
        queue.clear();
        return;
       }
       const abortError = AbortSignal.abort().reason;
       while (queue.size > 0) queue.dequeue().reject(abortError);
      }
     },
     concurrency: {
      get: () => concurrency,
      set(newConcurrency) {
       validateConcurrency(newConcurrency);
       concurrency = newConcurrency;
       queueMicrotask(() => {
        while (activeCount < concurrency && queue.size > 0) resumeNext();
       });
      }
     },
     map: {
      async value(iterable, function_) {
       const promises = [];
       try {
        Array.from(iterable, (value, index) => {
         const promise = generator(function_, value, index);
         promises.push(promise);
         return promise;
        });
       } catch (error) {
        for (const promise of promises) promise.catch(() => {});
        throw error;
       }
       return Promise.all(promises);
      }
     }
    });
    return generator;
   }
   function validateConcurrency(concurrency) {
    if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) throw new TypeError("Expected `concurrency` to be a number from 1 and up");
   }
  }
 };
 var __webpack_module_cache__ = {};
 function __nccwpck_require__(moduleId) {
  var cachedModule = __webpack_module_cache__[moduleId];
  if (cachedModule !== void 0) return cachedModule.exports;
  var module = __webpack_module_cache__[moduleId] = {
   exports: {}
  };
  var threw = true;
  try {
   __webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
   threw = false;
  } finally {
   threw && delete __webpack_module_cache__[moduleId];
  }
  return module.exports;
 }
 __nccwpck_require__.m = __webpack_modules__;
 typeof __nccwpck_require__ !== "undefined" && (__nccwpck_require__.ab = __dirname + "/");
 (() => {
  __nccwpck_require__.n = module => {
   var getter = module && module.__esModule ? () => module["default"] : () => module;
   __nccwpck_require__.d(getter, {
    a: getter
   });
   return getter;
  };
 })();
 (() => {
  var getProto = Object.getPrototypeOf ? obj => Object.getPrototypeOf(obj) : obj => obj.__proto__;
  var leafPrototypes;
  __nccwpck_require__.t = function(value, mode) {
   mode & 1 && (value = this(value));
   if (mode & 8) return value;
   if (typeof value === "object" && value) {
    if (mode & 4 && value.__esModule) return value;
    if (mode & 16 && typeof value.then === "function") return value;
   }
   var ns = Object.create(null);
   __nccwpck_require__.r(ns);
   var def = {};
   leafPrototypes = leafPrototypes || [ null, getProto({}), getProto([]), getProto(getProto) ];
   for (var current = mode & 2 && value; typeof current == "object" && !~leafPrototypes.indexOf(current); current = getProto(current)) Object.getOwnPropertyNames(current).forEach(key => def[key] = () => value[key]);
   def["default"] = () => value;
   __nccwpck_require__.d(ns, def);
   return ns;
  };
 })();
 (() => {
  __nccwpck_require__.d = (exports, definition) => {
   for (var key in definition) __nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key) && Object.defineProperty(exports, key, {
    enumerable: true,
    get: definition[key]
   });
  };
 })();
 (() => {
  __nccwpck_require__.f = {};
  __nccwpck_require__.e = chunkId => Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
   __nccwpck_require__.f[key](chunkId, promises);
   return promises;
  }, []));
 })();
 (() => {
  __nccwpck_require__.u = chunkId => chunkId + ".index.js";
 })();
 (() => {
  __nccwpck_require__.o = (obj, prop) => Object.prototype.hasOwnProperty.call(obj, prop);
 })();
 (() => {
  __nccwpck_require__.r = exports => {
   typeof Symbol !== "undefined" && Symbol.toStringTag && Object.defineProperty(exports, Symbol.toStringTag, {
    value: "Module"
   });
   Object.defineProperty(exports, "__esModule", {
    value: true
   });
  };
 })();
 (() => {
  var installedChunks = {
   792: 1
  };
  var installChunk = chunk => {
   var moreModules = chunk.modules, chunkIds = chunk.ids, runtime = chunk.runtime;
   for (var moduleId in moreModules) __nccwpck_require__.o(moreModules, moduleId) && (__nccwpck_require__.m[moduleId] = moreModules[moduleId]);
   runtime && runtime(__nccwpck_require__);
   for (var i = 0; i < chunkIds.length; i++) installedChunks[chunkIds[i]] = 1;
  };
  __nccwpck_require__.f.require = (chunkId, promises) => {
   installedChunks[chunkId] || installChunk(require("./" + __nccwpck_require__.u(chunkId)));
  };
 })();
 var __webpack_exports__ = {};
 (() => {
  "use strict";
  var external_os_ = __nccwpck_require__(857);
  function utils_toCommandValue(input) {
   if (input === null || input === void 0) return "";
   if (typeof input === "string" || input instanceof String) return input;
   return JSON.stringify(input);
  }
  function toCommandProperties(annotationProperties) {
   if (!Object.keys(annotationProperties).length) return {};
   return {
    title: annotationProperties.title,
    file: annotationProperties.file,
    line: annotationProperties.startLine,
    endLine: annotationProperties.endLine,
    col: annotationProperties.startColumn,
    endColumn: annotationProperties.endColumn
   };
  }
  function command_issueCommand(command, properties, message) {
   const cmd = new Command(command, properties, message);
   process.stdout.write(cmd.toString() + external_os_.EOL);
  }
  function command_issue(name, message = "") {
   command_issueCommand(name, {}, message);
  }
  const CMD_STRING = "::";
  class Command {
   constructor(command, properties, message) {
    command || (command = "missing.command");
    this.command = command;
    this.properties = properties;
    this.message = message;
   }
   toString() {
    let cmdStr = CMD_STRING + this.command;
    if (this.properties && Object.keys(this.properties).length > 0) {
     cmdStr += " ";
     let first = true;
     for (const key in this.properties) if (this.properties.hasOwnProperty(key)) {
      const val = this.properties[key];
      if (val) {
       first ? first = false : cmdStr += ",";
       cmdStr += `${key}=${escapeProperty(val)}`;
      }
     }
    }
    cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
    return cmdStr;
   }
  }
  function escapeData(s) {
   return utils_toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
  }
  function escapeProperty(s) {
   return utils_toCommandValue(s).replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A").replace(/:/g, "%3A").replace(/,/g, "%2C");
  }
  const external_crypto_namespaceObject = require("crypto");
  var external_fs_ = __nccwpck_require__(9896);
  function file_command_issueFileCommand(command, message) {
   const filePath = process.env[`GITHUB_${command}`];
   if (!filePath) throw new Error(`Unable to find environment variable for file command ${command}`);
   if (!external_fs_.existsSync(filePath)) throw new Error(`Missing file at path: ${filePath}`);
   external_fs_.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_.EOL}`, {
    encoding: "utf8"
   });
  }
  function file_command_prepareKeyValueMessage(key, value) {
   const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
   const convertedValue = utils_toCommandValue(value);
   if (key.includes(delimiter)) throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
   if (convertedValue.includes(delimiter)) throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
   return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
  }
  require("path");
  var summary_awaiter = function(thisArg, _arguments, P, generator) {
   function adopt(value) {
    return value instanceof P ? value : new P(function(resolve) {
     resolve(value);
    });
   }
   return new (P || (P = Promise))(function(resolve, reject) {
    function fulfilled(value) {
     try {
      step(generator.next(value));
     } catch (e) {
      reject(e);
     }
    }
    function rejected(value) {
     try {
      step(generator["throw"](value));
     } catch (e) {
      reject(e);
     }
    }
    function step(result) {
     result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected);
    }
    step((generator = generator.apply(thisArg, _arguments || [])).next());
   });
  };
  const {access: access, appendFile: appendFile, writeFile: writeFile} = external_fs_.promises;
  const SUMMARY_ENV_VAR = "GITHUB_STEP_SUMMARY";
  class Summary {
   constructor() {
    this._buffer = "";
   }
   filePath() {
    return summary_awaiter(this, void 0, void 0, function*() {
     if (this._filePath) return this._filePath;
     const pathFromEnv = process.env[SUMMARY_ENV_VAR];
     if (!pathFromEnv) throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
     try {
      yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
     } catch (_a) {
      throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
     }
     this._filePath = pathFromEnv;
     return this._filePath;
    });
   }
   wrap(tag, content, attrs = {}) {
    const htmlAttrs = Object.entries(attrs).map(([key, value]) => ` ${key}="${value}"`).join("");
    if (!content) return `<${tag}${htmlAttrs}>`;
    return `<${tag}${htmlAttrs}>${content}</${tag}>`;
   }
   write(options) {
    return summary_awaiter(this, void 0, void 0, function*() {
     const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
     const filePath = yield this.filePath();
     const writeFunc = overwrite ? writeFile : appendFile;
     yield writeFunc(filePath, this._buffer, {
      encoding: "utf8"
     });
     return this.emptyBuffer();
    });
   }
   clear() {
    return summary_awaiter(this, void 0, void 0, function*() {
     return this.emptyBuffer().write({
      overwrite: true
     });
    });
   }
   stringify() {
    return this._buffer;
   }
   isEmptyBuffer() {
    return this._buffer.length === 0;
   }
   emptyBuffer() {
    this._buffer = "";
    return this;
   }
   addRaw(text, addEOL = false) {
    this._buffer += text;
    return addEOL ? this.addEOL() : this;
   }
   addEOL() {
    return this.addRaw(external_os_.EOL);
   }
   addCodeBlock(code, lang) {
    const attrs = Object.assign({}, lang && {
     lang: lang
    });
    const element = this.wrap("pre", this.wrap("code", code), attrs);
    return this.addRaw(element).addEOL();
   }
   addList(items, ordered = false) {
    const tag = ordered ? "ol" : "ul";
    const listItems = items.map(item => this.wrap("li", item)).join("");
    const element = this.wrap(tag, listItems);
    return this.addRaw(element).addEOL();
   }
   addTable(rows) {
    const tableBody = rows.map(row => {
     const cells = row.map(cell => {
      if (typeof cell === "string") return this.wrap("td", cell);
      const {header: header, data: data, colspan: colspan, rowspan: rowspan} = cell;
      const tag = header ? "th" : "td";
      const attrs = Object.assign(Object.assign({}, colspan && {
       colspan: colspan
      }), rowspan && {
       rowspan: rowspan
      });
      return this.wrap(tag, data, attrs);
     }).join("");
     return this.wrap("tr", cells);
    }).join("");
    const element = this.wrap("table", tableBody);
    return this.addRaw(element).addEOL();
   }
   addDetails(label, content) {
    const element = this.wrap("details", this.wrap("summary", label) + content);
    return this.addRaw(element).addEOL();
   }
   addImage(src, alt, options) {
    const {width: width, height: height} = options || {};
    const attrs = Object.assign(Object.assign({}, width && {
     width: width
    }), height && {
     height: height
    });
    const element = this.wrap("img", null, Object.assign({
     src: src,
     alt: alt
    }, attrs));
    return this.addRaw(element).addEOL();
   }
   addHeading(text, level) {
    const tag = `h${level}`;
    const allowedTag = [ "h1", "h2", "h3", "h4", "h5", "h6" ].includes(tag) ? tag : "h1";
    const element = this.wrap(allowedTag, text);
    return this.addRaw(element).addEOL();
   }
   addSeparator() {
    const element = this.wrap("hr", null);
    return this.addRaw(element).addEOL();
   }
   addBreak() {
    const element = this.wrap("br", null);
    return this.addRaw(element).addEOL();
   }
   addQuote(text, cite) {
    const attrs = Object.assign({}, cite && {
     cite: cite
    });
    const element = this.wrap("blockquote", text, attrs);
    return this.addRaw(element).addEOL();
   }
   addLink(text, href) {
    const element = this.wrap("a", text, {
     href: href
    });
    return this.addRaw(element).addEOL();
   }
  }
  const _summary = new Summary;
  const summary = _summary;
  external_os_.platform();
  external_os_.arch();
  var ExitCode;
  (function(ExitCode) {
   ExitCode[ExitCode["Success"] = 0] = "Success";
   ExitCode[ExitCode["Failure"] = 1] = "Failure";
  })(ExitCode || (ExitCode = {}));
  function core_setSecret(secret) {
   command_issueCommand("add-mask", {}, secret);
  }
  function getInput(name, options) {
   const val = process.env[`INPUT_${name.replace(/ /g, "_").toUpperCase()}`] || "";
   if (options && options.required && !val) throw new Error(`Input required and not supplied: ${name}`);
   if (options && options.trimWhitespace === false) return val;
   return val.trim();
  }
  function setOutput(name, value) {
   const filePath = process.env["GITHUB_OUTPUT"] || "";
   if (filePath) return file_command_issueFileCommand("OUTPUT", file_command_prepareKeyValueMessage(name, value));
   process.stdout.write(external_os_.EOL);
   command_issueCommand("set-output", {
    name: name
   }, utils_toCommandValue(value));
  }
  function setFailed(message) {
   process.exitCode = ExitCode.Failure;
   core_error(message);
  }
  function core_debug(message) {
   command_issueCommand("debug", {}, message);
  }
  function core_error(message, properties = {}) {
   command_issueCommand("error", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
  }
  function warning(message, properties = {}) {
   command_issueCommand("warning", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
  }
  function notice(message, properties = {}) {
   command_issueCommand("notice", toCommandProperties(properties), message instanceof Error ? message.toString() : message);
  }
  function info(message) {
   process.stdout.write(message + external_os_.EOL);
  }
  function startGroup(name) {
   command_issue("group", name);
  }
  function endGroup() {
   command_issue("endgroup");
  }
  const NEEDED_MAJOR = 24;
  const RUNNER_VERSION = "2.327.1";
  function hasSupportedNode(version = process.versions.node) {
   if (Number(version.split(".")[0]) >= NEEDED_MAJOR) return true;
   setFailed(`This action needs Node.js ${NEEDED_MAJOR} and was started with Node.js ${version}. Use runner ${RUNNER_VERSION} or newer.`);
   return false;
  }
  var domain_errors = __nccwpck_require__(2690);
  var preflight = __nccwpck_require__(4006);
  var host = __nccwpck_require__(9083);
  var secrets = __nccwpck_require__(3427);
  function readAll(readers) {
   const errors = new Map;
   const entries = Object.entries(readers).map(([name, reader]) => {
    try {
     return [ name, reader() ];
    } catch (thrown) {
     for (const error of inputErrorsOf(thrown)) errors.set(error.message, error);
     return [ name, void 0 ];
    }
   });
   const [first, ...others] = errors.values();
   if (others.length > 0) throw new AggregateError(errors.values(), `${errors.size} inputs are wrong.`);
   if (first !== void 0) throw first;
   return Object.fromEntries(entries);
  }
  function inputErrorsOf(thrown) {
   const errors = thrown instanceof AggregateError ? thrown.errors : [ thrown ];
   return errors.map(error => {
    if (error instanceof domain_errors.dz) return error;
    throw thrown;
   });
  }
  var duration = __nccwpck_require__(5320);
  var untrusted = __nccwpck_require__(1824);
  const INPUT_DEFAULTS = {
   mode: void 0,
   "account-id": void 0,
   "api-token": void 0,
   "email-domain": void 0,
   "connector-id": void 0,
   "verification-code": void 0,
   "begin-verification": "true",
   "use-fedramp-language": void 0,
   resolvers: "cloudflare, google, quad9, opendns",
   quorum: "majority",
   "authoritative-servers": "auto",
   timeout: "30m",
   "poll-interval": "15s",
   "on-timeout": "fail",
   "record-format": void 0,
   "record-file": void 0,
   "record-zone": void 0,
   preflight: "true",
   "confirm-within": void 0,
   "expect-enabled": "true",
   "fail-on-drift": "true",
   "drift-issue": "false",
   "github-token": void 0,
   "dry-run": "false",
   "api-url": "https://api.cloudflare.com/client/v4"
  };
  const INPUT_NAMES = Object.keys(INPUT_DEFAULTS);
  const ENVIRONMENT = {
   "account-id": "CLOUDFLARE_ACCOUNT_ID",
   "api-token": "CLOUDFLARE_API_TOKEN",
   "connector-id": "CLOUDFLARE_SSO_CONNECTOR_ID"
  };
  function read(name) {
   const variable = ENVIRONMENT[name];
   const given = getInput(name) || variable && process.env[variable]?.trim();
   return given || INPUT_DEFAULTS[name];
  }
  function isInherited(name) {
   const variable = ENVIRONMENT[name];
   return getInput(name) === "" && variable !== void 0 && (process.env[variable]?.trim() ?? "") !== "";
  }
  function readList(name) {
   const items = (read(name) ?? "").split(/[,\n]/).map(item => item.trim());
   return items.filter(item => item !== "");
  }
  function problem(name, given, what, hint) {
   const shown = given.replaceAll(/\S+/g, withoutUserInfo);
   return new domain_errors.dz(`Input ${name}: "${(0, untrusted.g$)(shown, 100)}" ${what}.`, {
    hint: hint
   });
  }
  function withoutUserInfo(word) {
   const [scheme, at] = [ word.indexOf("://"), word.lastIndexOf("@") ];
   return scheme >= 0 && at > scheme ? `${word.slice(0, scheme)}://***${word.slice(at)}` : word;
  }
  function readDuration(name) {
   const text = read(name) ?? "";
   const durationMs = (0, duration.E9)(text);
   if (durationMs !== void 0) return durationMs;
   const meant = /^\d+$/.test(text) ? ` Did you mean ${text}m or ${text}s?` : "";
   throw problem(name, text, "is not a duration", `Use a number with a unit, such as 90s, 15m or 2h, at most 24d.${meant}`);
  }
  function readBoolean(name) {
   const text = read(name);
   return text === void 0 ? void 0 : readOneOf(name, [ "true", "false" ]) === "true";
  }
  function readOneOf(name, choices) {
   const text = read(name) ?? "";
   const choice = choices.find(candidate => candidate === text.toLowerCase());
   if (choice !== void 0) return choice;
   const last = choices.at(-1) ?? "";
   throw problem(name, text, "is not valid", `Use ${choices.slice(0, -1).join(", ")} or ${last}.`);
  }
  const SECRET_INPUTS = [ "api-token", "github-token" ];
  function readSecrets() {
   return [ ...new Set(SECRET_INPUTS.flatMap(givenForms)) ];
  }
  function givenForms(name) {
   const token = read(name) ?? "";
   const lines = token.split(/[\r\n]+/).map(line => line.trim());
   const bare = lines.map(line => line.replace(/^bearer\s+/i, "").replace(/^(["'])(.*)\1$/, "$2"));
   return [ ...lines, ...bare ].filter(text => text !== "");
  }
  function maskSecrets() {
   for (const secret of readSecrets()) core_setSecret(secret);
  }
  function refuseMisplacedSecrets() {
   for (const secret of SECRET_INPUTS) {
    const forms = givenForms(secret).filter(({length: length}) => length >= secrets.v);
    const place = INPUT_NAMES.find(name => name !== secret && forms.some(form => read(name)?.includes(form)));
    if (place === void 0) continue;
    throw new domain_errors.dz(`Input ${place} contains the value of ${secret}.`, {
     hint: "One of the two is wrong. Put a token into its own input only: no other input is kept secret."
    });
   }
  }
  function readApiToken() {
   const token = read("api-token");
   if (token === void 0) return;
   const hint = "Store only the API token in the secret: one line, without quotes and without the word Bearer.";
   if (/[\r\n]/.test(token)) throw new domain_errors.dz("Input api-token contains a line break.", {
    hint: hint
   });
   if (!/^[\x21-\x7e]+$/.test(token)) throw new domain_errors.dz("Input api-token contains a space or another character that no API token has.", {
    hint: hint
   });
   return token;
  }
  function needOfApi(modes, verificationCode, emailDomains) {
   if (!modes.every(mode => mode === "wait-for-dns")) return "work";
   if (verificationCode === void 0) return "code";
   return emailDomains.length === 1 ? "none" : "work";
  }
  function readAccount(needOf) {
   const {accountId: accountId, apiToken: apiToken} = readAll({
    accountId: () => readAccountId() ?? missingAccountId(needOf()),
    apiToken: () => readApiToken() ?? missingApiToken(needOf())
   });
   return accountId !== void 0 && apiToken !== void 0 ? {
    accountId: accountId,
    apiToken: apiToken
   } : void 0;
  }
  function readAccountId() {
   const accountId = read("account-id");
   if (accountId === void 0 || /^[0-9a-f]{32}$/i.test(accountId)) return accountId?.toLowerCase();
   throw new domain_errors.dz(`Input account-id has ${accountId.length} characters and is not an account ID: 32 hexadecimal digits.`, {
    hint: ACCOUNT_ID_HINT
   });
  }
  function missingAccountId(need) {
   if (need === "none" || need === "code" && read("api-token") === void 0) return;
   throw new domain_errors.dz("Input account-id is missing.", {
    hint: ACCOUNT_ID_HINT
   });
  }
  function missingApiToken(need) {
   if (need === "none") return;
   if (need === "code") throw new domain_errors.dz("Inputs verification-code and api-token are both missing: there is no record to wait for.", {
    hint: 'Set verification-code to the output of create (declare it under the outputs of its job) together with email-domain. Or set api-token to a token with the permission "SSO Connector: Read".'
   });
   throw new domain_errors.dz("Input api-token is missing.", {
    hint: 'If it comes from a secret, the secret is empty here: check its name, and that the job names the environment that holds it. A new API token needs "SSO Connector: Read", to change anything also "SSO Connector: Edit", and for preflight and enable also "Access: Organizations, Identity Providers, and Groups: Read"; the table in the README has the rest.'
   });
  }
  const ACCOUNT_ID_HINT = "You can find the account ID in the dashboard URL, https://dash.cloudflare.com/<account ID>. Set it as account-id or CLOUDFLARE_ACCOUNT_ID.";
  function readApiUrl() {
   const text = read("api-url") ?? "";
   const url = URL.parse(text);
   const hint = `Leave out api-url to use ${INPUT_DEFAULTS["api-url"]}.`;
   if (url === null) throw problem("api-url", text, "is not a URL", hint);
   if (url.username !== "" || url.password !== "" || /[?#]/.test(url.href)) throw new domain_errors.dz("Input api-url contains a user name, a password, a query or a fragment.", {
    hint: hint
   });
   if (url.protocol !== "https:" && !(url.protocol === "http:" && (0, host.U)(url.hostname))) throw problem("api-url", text, "would send the API token unencrypted", `Use https, or http on a loopback address. ${hint}`);
   return url.href.replace(/(?<!\/)\/+$/, "");
  }
  var servers = __nccwpck_require__(802);
  function readDnsSettings() {
   return readAll({
    resolvers: readResolvers,
    quorum: () => readQuorum(readResolvers().length),
    authoritativeServers: readAuthoritativeServers
   });
  }
  function readResolvers() {
   const hint = "Use names (cloudflare, google, quad9, opendns), IP addresses with an optional port, or udp://, tcp://, tls:// and https:// URLs.";
   const resolvers = new Map;
   for (const text of readList("resolvers")) {
    const resolver = (0, servers.sm)(text);
    if (resolver === void 0) throw problem("resolvers", text, "is not a resolver", hint);
    resolvers.set(resolver.label, resolver);
   }
   if (resolvers.size === 0) throw new domain_errors.dz("Input resolvers names no resolver.", {
    hint: hint
   });
   return [ ...resolvers.values() ];
  }
  function readQuorum(resolverCount) {
   const text = read("quorum") ?? "";
   if (text === "majority") return Math.floor(resolverCount / 2) + 1;
   if (text === "all") return resolverCount;
   const count = /^\d+$/.test(text) ? Number(text) : 0;
   if (count >= 1 && count <= resolverCount) return count;
   const what = count > resolverCount ? `is more than the ${resolverCount} resolvers there are` : "is not a quorum";
   throw problem("quorum", text, what, `Use majority, all, or a number from 1 to ${resolverCount}.`);
  }
  function readAuthoritativeServers() {
   const texts = readList("authoritative-servers");
   const [first] = texts;
   if (texts.length === 1 && (first === "auto" || first === "off")) return first;
   return texts.map(text => {
    const address = (0, servers.j8)(text, 53);
    if (address !== void 0) return address;
    throw problem("authoritative-servers", text, "is not the address of a server", "Use auto, off, or IP addresses with an optional port, such as 192.0.2.53 or [2001:db8::53]:53.");
   });
  }
  var external_node_url_ = __nccwpck_require__(3136);
  var ip_family = __nccwpck_require__(822);
  const MAX_LABEL_OCTETS = 63;
  const MAX_NAME_OCTETS = 253;
  function parseEmailDomain(text) {
   const host = text.replace(/^@/, "").replace(/\.$/, "");
   if (/^[a-z][a-z0-9+.-]*:\/\//i.test(host) || host.includes("/")) return refuse("is a URL, not a domain", domainInUrl(host));
   if (host.includes("@")) return refuse("is an email address, not a domain", host.slice(host.lastIndexOf("@") + 1));
   if ((0, ip_family.M)(host.replace(/^\[(.*)\]$/, "$1")) !== 0) return refuse("is an IP address, not a domain");
   if (/[\s%?#:\\]/.test(host)) return refuse("contains characters that no domain has");
   return checkedAscii((0, external_node_url_.domainToASCII)(host));
  }
  function checkedAscii(domain) {
   if (domain === "") return refuse("is not a valid domain name");
   if ((0, ip_family.M)(domain) !== 0) return refuse("is an IP address, not a domain");
   const labels = domain.split(".");
   if (labels.length < 2) return refuse("has a single label; a domain has at least two, such as example.com");
   if (domain.length > MAX_NAME_OCTETS) return refuse(`is ${domain.length} bytes long; a domain name has at most ${MAX_NAME_OCTETS}`);
   const tooLong = labels.find(label => label.length > MAX_LABEL_OCTETS);
   if (tooLong !== void 0) return refuse(`has a label of ${tooLong.length} bytes; a label has at most ${MAX_LABEL_OCTETS}`);
   if (!labels.every(label => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label))) return refuse("is not a valid domain name: labels are letters, digits and inner hyphens");
   return {
    ok: true,
    domain: domain
   };
  }
  function domainInUrl(text) {
   const url = URL.parse(text.includes("://") ? text : `https://${text}`);
   return url?.hostname.replace(/^www\./, "");
  }
  function refuse(problem, candidate) {
   const suggestion = candidate === void 0 ? void 0 : parseEmailDomain(candidate);
   return suggestion?.ok ? {
    ok: false,
    problem: problem,
    suggestion: suggestion.domain
   } : {
    ok: false,
    problem: problem
   };
  }
  function readEmailDomains() {
   const domains = readList("email-domain").map(text => {
    const parsed = parseEmailDomain(text);
    if (parsed.ok) return parsed.domain;
    const meant = parsed.suggestion === void 0 ? "" : ` Did you mean ${parsed.suggestion}?`;
    throw problem("email-domain", text, parsed.problem, `Use a domain such as example.com.${meant}`);
   });
   return [ ...new Set(domains) ];
  }
  function readSubjects() {
   const domains = readEmailDomains();
   if (domains.length > 0 || readConnectorId() !== void 0) return domains;
   throw new domain_errors.dz("Input email-domain is missing.", {
    hint: "Set it to the domain behind the @ of your users, for example example.com, or set connector-id."
   });
  }
  function isConnectorIdIgnored() {
   return isInherited("connector-id") && readList("email-domain").length > 0;
  }
  function readConnectorId() {
   const id = isConnectorIdIgnored() ? void 0 : read("connector-id");
   if (id === void 0) return;
   if (!/^[\w-]{1,64}$/.test(id)) throw problem("connector-id", id, "is not a connector ID", "Use the output connector-id of create, usually 32 hexadecimal digits.");
   onlyWithOneDomain("connector-id");
   return id;
  }
  function readVerificationCode() {
   const code = read("verification-code");
   if (code === void 0) return;
   const isBare = /^[0-9a-f]{16,}$/i.test(code);
   if (isBare || !/^[\x21\x23-\x7e]{1,255}$/.test(code)) throw problem("verification-code", code, isBare ? "is missing its `cloudflare_dashboard_sso=` prefix" : "is not a verification code", "Use the output verification-code of create, whole and without quotes: cloudflare_dashboard_sso= and what follows.");
   onlyWithOneDomain("verification-code");
   return code;
  }
  function onlyWithOneDomain(name) {
   const emailDomains = readEmailDomains();
   if (emailDomains.length <= 1) return;
   throw new domain_errors.dz(`Input ${name} is set together with ${emailDomains.length} email domains.`, {
    hint: `${name} belongs to one email domain: set only one in email-domain, or leave out ${name}.`
   });
  }
  const MODE_NAMES = [ "preflight", "create", "publish-dns", "wait-for-dns", "enable", "check", "disable", "delete" ];
  function readModes() {
   const known = MODE_NAMES.join(", ");
   const hint = `The modes are ${known}. Separate several with commas; they run in the order given.`;
   const names = readList("mode");
   if (names.length === 0) throw new domain_errors.dz("Input mode is missing.", {
    hint: hint
   });
   const modes = names.map((name, index) => {
    const mode = MODE_NAMES.find(candidate => candidate === name);
    if (mode === void 0) throw problem("mode", name, "is not a mode", hint);
    if (names.indexOf(name) !== index) throw problem("mode", name, "is named twice", "Name each mode once.");
    return mode;
   });
   for (const order of ORDERS) {
    const right = order.filter(mode => modes.includes(mode));
    if (modes.filter(mode => order.includes(mode)).join() === right.join()) continue;
    throw problem("mode", names.join(", "), "is not a valid order", `Each mode needs the result of the one before it. Use "${right.join(", ")}".`);
   }
   if (modes.includes("enable") && (modes.includes("disable") || modes.includes("delete"))) throw problem("mode", names.join(", "), "enables and takes back in one step", "Use one step to enable, and another to disable or delete.");
   return modes;
  }
  const ORDERS = [ [ "preflight", "create", "publish-dns", "wait-for-dns", "enable" ], [ "disable", "delete" ] ];
  var record_zone = __nccwpck_require__(1163);
  var sso_record = __nccwpck_require__(5506);
  function readRecordSettings() {
   const file = read("record-file");
   if (read("record-format") === void 0) {
    const other = file === void 0 ? "record-zone" : "record-file";
    if (read(other) === void 0) return;
    throw new domain_errors.dz(`Input ${other} is set without record-format.`, {
     hint: `Set record-format to the kind of file: ${sso_record.r$.join(", ")}.`
    });
   }
   const format = readOneOf("record-format", sso_record.r$);
   if (!readModes().includes("create")) throw new domain_errors.dz("Input record-format is set, but no mode writes the record.", {
    hint: "Add create to mode: it writes the record, even if the connector already exists."
   });
   if (format === "tfvars" && readAuthoritativeServers() === "off") throw new domain_errors.dz("Input record-format: tfvars needs the authoritative servers, but authoritative-servers is off.", {
    hint: "Leave out authoritative-servers, or set it to their addresses: a cache may hold an old list of TXT values."
   });
   checkFileName(format, file);
   return {
    format: format,
    file: file,
    zone: readRecordZone(format)
   };
  }
  function checkFileName(format, file) {
   if (!WRITES_JSON.includes(format) || file === void 0 || !/\.(?:tf|tofu)$/i.test(file)) return;
   throw problem("record-file", file, `is a file of Terraform, and ${format} writes JSON`, format === "tfvars" ? "Set record-file to a file such as cloudflare-sso.auto.tfvars.json, or record-format to terraform." : "Set record-file to a file that ends in .json, or record-format to terraform.");
  }
  const WRITES_JSON = [ "tfvars", "json" ];
  function readRecordZone(format) {
   const text = read("record-zone");
   if (text === void 0) return;
   const zone = (0, record_zone.f)(text.replaceAll("{email-domain}", "example.com"));
   if (zone === void 0) throw problem("record-zone", text, "is not a zone", "Use the name of the zone that record-file holds, such as example.com, and for DNSControl its tag too: example.com!external.");
   if (WRITES_JSON.includes(format)) throw problem("record-zone", text, `has no meaning for ${format}`, "Leave out record-zone.");
   if (zone.tag !== void 0 && format !== "dnscontrol") throw problem("record-zone", text, `has a tag, and ${format} has none`, 'Leave out the "!" and what follows it: only DNSControl has tags.');
   return text;
  }
  const MIN_POLL_INTERVAL_MS = 1e3;
  function readSettings() {
   maskSecrets();
   refuseMisplacedSecrets();
   return readAll({
    modes: readModes,
    account: () => readAccount(() => needOfApi(readModes(), readVerificationCode(), readEmailDomains())),
    emailDomains: readSubjects,
    connectorId: readConnectorId,
    verificationCode: readVerificationCode,
    beginVerification: () => readBoolean("begin-verification") ?? true,
    useFedrampLanguage: () => readBoolean("use-fedramp-language"),
    dns: readDnsSettings,
    wait: readWaitSettings,
    preflight: () => readOneOf("preflight", preflight.Z1),
    confirmWithinMs: readConfirmWithin,
    record: readRecordSettings,
    check: readCheckSettings,
    dryRun: () => readBoolean("dry-run") ?? false,
    apiUrl: readApiUrl,
    notices: readNotices,
    workspace: () => process.env["GITHUB_WORKSPACE"] || process.cwd()
   });
  }
  function readNotices() {
   if (!isConnectorIdIgnored()) return [];
   return [ "CLOUDFLARE_SSO_CONNECTOR_ID is ignored, because email-domain names the connector. To use an ID together with email-domain, set the input connector-id." ];
  }
  function readWaitSettings() {
   return readAll({
    timeoutMs: () => readDuration("timeout"),
    pollIntervalMs: readPollInterval,
    onTimeout: () => readOneOf("on-timeout", [ "fail", "continue" ])
   });
  }
  function readCheckSettings() {
   return readAll({
    expectEnabled: () => readBoolean("expect-enabled") ?? true,
    failOnDrift: () => readBoolean("fail-on-drift") ?? true,
    issue: readIssueSettings
   });
  }
  function readIssueSettings() {
   if (readBoolean("drift-issue") !== true) return;
   const githubToken = read("github-token");
   if (githubToken !== void 0) return {
    githubToken: githubToken
   };
   throw new domain_errors.dz("Input drift-issue is true, but github-token is empty.", {
    hint: 'Leave out github-token to use the token of the workflow, and give the job the permission "issues: write".'
   });
  }
  const MIN_CONFIRM_WITHIN_MS = 1e3;
  function readConfirmWithin() {
   const given = read("confirm-within");
   if (given === void 0) return;
   const durationMs = readDuration("confirm-within");
   if (durationMs >= MIN_CONFIRM_WITHIN_MS) return durationMs;
   throw problem("confirm-within", given, "is too short", "Use a time in which somebody can sign in, such as 15m.");
  }
  function readPollInterval() {
   const intervalMs = readDuration("poll-interval");
   if (intervalMs >= MIN_POLL_INTERVAL_MS) return intervalMs;
   throw problem("poll-interval", read("poll-interval") ?? "", "is too short", "Use 1s or more.");
  }
  const STATES = [ "absent", "awaiting-dns", "verifying", "verified", "enabled" ];
  function leastAdvanced(states) {
   return states.includes(void 0) ? void 0 : STATES.find(state => states.includes(state));
  }
  var terraform = __nccwpck_require__(9714);
  var fitting = __nccwpck_require__(765);
  var naming = __nccwpck_require__(5484);
  function outputsOf(domain) {
   const {connector: connector, record: record, sight: sight, dns: dns, drift: drift} = domain;
   const seen = sight.kind === "seen" ? sight.connector : void 0;
   return {
    "connector-id": connector?.id,
    "email-domain": domain.name,
    "verification-code": domain.verificationCode,
    "verification-status": seen?.verificationStatus,
    enabled: seen?.enabled,
    created: domain.created,
    changed: domain.changed,
    state: domain.state,
    "record-name": record?.emailDomain,
    "record-type": record && "TXT",
    "record-value": record?.verificationCode,
    "record-id": domain.dnsRecord?.id,
    "zone-id": domain.dnsRecord?.zoneId,
    record: domain.renderedRecord,
    "txt-values": record?.txtValues,
    "dns-visible": dns?.visible,
    "dns-report": dns,
    "timed-out": domain.timedOut,
    "preflight-report": domain.preflight,
    confirmed: domain.confirmed,
    drift: drift && drift.length > 0,
    "drift-report": drift && driftReportOf(domain),
    "terraform-import": importOf(domain),
    "sso-app-id": domain.ssoApp?.id
   };
  }
  function importOf({connector: connector, accountId: accountId, name: name}) {
   const emailDomain = connector?.emailDomain || name;
   if (connector === void 0 || accountId === void 0 || emailDomain === void 0) return;
   return (0, terraform.Lt)(accountId, connector.id, emailDomain);
  }
  function toOutputs({domains: domains, drift: drift, changed: changed}) {
   const all = domains.map(({domain: domain}) => outputsOf(domain));
   const [first] = all;
   const ofAll = {
    state: leastAdvanced(all.map(({state: state}) => state)),
    changed: changed,
    "timed-out": all.some(one => one["timed-out"]),
    drift: drift?.drift,
    "drift-report": drift && shortened(drift)
   };
   const outputs = first !== void 0 && all.length === 1 ? {
    ...first,
    ...ofAll
   } : ofAll;
   const known = Object.entries({
    ...outputs,
    connectors: connectorsOf(all)
   }).filter(([, value]) => value !== void 0);
   return Object.fromEntries(known.map(([name, value]) => [ name, typeof value === "string" ? value : JSON.stringify(value) ]));
  }
  const MAX_CHARACTERS = 25e4;
  const DISPENSABLE = [ [], [ "dns-report", "preflight-report", "txt-values", "record", "terraform-import", "drift-report" ], [ "record-name", "record-type", "record-value", "record-id", "zone-id", "sso-app-id", "verification-status", "created", "timed-out" ], [ "changed" ] ];
  function connectorsOf(all) {
   const leftOut = new Set;
   for (const more of DISPENSABLE) {
    for (const name of more) leftOut.add(name);
    const text = jsonWithin(MAX_CHARACTERS, all, leftOut);
    if (text !== void 0) return text;
   }
   return jsonWithin(Number.POSITIVE_INFINITY, all, leftOut) ?? "";
  }
  function jsonWithin(max, all, leftOut) {
   const objects = [];
   let length = 1;
   for (const one of all) {
    const text = JSON.stringify(snakeCaseKeys(one, leftOut));
    length += text.length + 1;
    if (length > max) return;
    objects.push(text);
   }
   return `[${objects.join(",")}]`;
  }
  function shortened(report) {
   const {differences: differences} = report;
   const kept = (0, fitting._)(differences, one => JSON.stringify(one).length, MAX_CHARACTERS / 2);
   if (kept === differences) return report;
   return {
    ...report,
    differences: kept,
    omitted: differences.length - kept.length
   };
  }
  function driftReportOf({drift: drift = [], notChecked: notChecked, name: name, accountId: accountId}) {
   const checked = name === void 0 ? [] : [ name ];
   return {
    drift: drift.length > 0,
    account_id: accountId ?? "",
    checked: checked,
    failed: [],
    differences: drift,
    not_checked: notChecked
   };
  }
  function snakeCaseKeys(one, leftOut) {
   const kept = {};
   for (const name of Object.keys(one)) leftOut.has(name) || (kept[name.replaceAll("-", "_")] = one[name]);
   return kept;
  }
  function writeOutputs(result) {
   try {
    for (const [name, value] of Object.entries(toOutputs(result))) setOutput(name, value);
    return [];
   } catch (thrown) {
    return [ {
     emailDomain: void 0,
     error: unwritten(result, thrown)
    } ];
   }
  }
  const MAX_NAMED = 10;
  function unwritten({domains: domains}, thrown) {
   const done = (0, naming.b)(domains.map(({domain: domain}) => endOf(domain)), MAX_NAMED);
   const reason = (0, untrusted.g$)((0, domain_errors.ie)(thrown).message).replaceAll(/^Error: |\.$/g, "");
   return new domain_errors.lZ(`The work has ended, but the step outputs could not be written (${reason}). How it ended: ${done}.`, {
    hint: "Later steps see no outputs of this one. Check the disk of the runner and the file that GITHUB_OUTPUT names, then run the step again: every mode is safe to repeat.",
    cause: thrown
   });
  }
  function endOf({name: name, state: state, connector: connector, changed: changed}) {
   const connectorId = connector === void 0 ? "" : `, connector-id ${connector.id}`;
   return `${name ?? "the connector"} (state ${state ?? "unknown"}${connectorId}, changed ${changed ?? "unknown"})`;
  }
  const failures_MAX_NAMED = 5;
  function toldOnce(failures) {
   const told = new Map;
   for (const {emailDomain: emailDomain, error: error} of failures) {
    const key = `${error.message}\n${error.hint ?? ""}`;
    const same = told.get(key) ?? {
     error: error,
     emailDomains: []
    };
    emailDomain !== void 0 && same.emailDomains.push(emailDomain);
    told.set(key, same);
   }
   return [ ...told.values() ].map(({error: error, emailDomains: emailDomains}) => ({
    subject: emailDomains.length === 0 ? void 0 : (0, naming.b)(emailDomains, failures_MAX_NAMED),
    error: error
   }));
  }
  const MAX_CAUSES = 8;
  function debugLines(error, depth = 0) {
   if (!(error instanceof Error) || depth > MAX_CAUSES) return [];
   const own = (error.stack ?? `${error.name}: ${error.message}`).split("\n");
   return error.cause === void 0 ? own : [ ...own, "caused by", ...debugLines(error.cause, depth + 1) ];
  }
  const MAX_ANNOTATIONS = 10;
  const TITLE = "Cloudflare dashboard SSO";
  function createRunnerLog(redact = text => text) {
   const harmless = text => (0, untrusted.Df)(redact(text));
   const told = new Set;
   return {
    info: line => info(harmless(line)),
    detail: line => info(harmless(line)),
    debug: line => core_debug(harmless(line)),
    notice: (line, subject) => notice(harmless(line), {
     title: harmless(titleFor(subject))
    }),
    warning: (line, subject) => warning(harmless(line), {
     title: harmless(titleFor(subject))
    }),
    errors(failures) {
     const fits = failures.length <= MAX_ANNOTATIONS;
     const annotated = fits ? failures : failures.slice(0, MAX_ANNOTATIONS - 1);
     for (const failure of annotated) annotate(failure, harmless);
     if (fits) return;
     const others = failures.slice(annotated.length);
     for (const {subject: subject, error: error} of others) this.info(`${subject ?? TITLE}: ${(0, 
     domain_errors.S6)(error).join(" ")}`);
     core_error(`${others.length} more failed; the log and the job summary name each.`, {
      title: TITLE
     });
    },
    ofAccount(level, line) {
     if (told.has(line)) return;
     told.add(line);
     this[level](line);
    },
    async group(title, work) {
     startGroup(harmless(title));
     try {
      return await work();
     } finally {
      endGroup();
     }
    },
    labelled(label) {
     return labelledLog(this, label);
    }
   };
  }
  function annotate({subject: subject, error: error}, harmless) {
   core_error((0, domain_errors.S6)(error).map(harmless).join("\n"), {
    title: harmless(titleFor(subject))
   });
  }
  function titleFor(subject) {
   return subject === void 0 ? TITLE : `${TITLE}: ${subject}`;
  }
  function labelledLog(log, label) {
   const lead = line => `[${label}] ${line}`;
   return {
    info: line => log.info(lead(line)),
    detail: line => log.debug(lead(line)),
    debug: line => log.debug(lead(line)),
    notice: (line, subject = label) => log.notice(lead(line), subject),
    warning: (line, subject = label) => log.warning(lead(line), subject),
    errors: failures => log.errors(failures.map(one => ({
     ...one,
     subject: one.subject ?? label
    }))),
    ofAccount: (level, line) => log.ofAccount(level, line),
    group: (_title, work) => work(),
    labelled: inner => labelledLog(log, `${label} ${inner}`)
   };
  }
  const RESUME_HINT = "Run the same step again: every mode continues where this run stopped.";
  const STOP_SIGNALS = [ "SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP" ];
  const LINGER_MS = 500;
  function startStep() {
   const log = createRunnerLog((0, secrets.$)(readSecrets()));
   const stop = new AbortController;
   const onSignal = name => stop.abort(new domain_errors.Ko(`Stopped by ${name}.`, {
    hint: RESUME_HINT
   }));
   for (const name of STOP_SIGNALS) process.on(name, onSignal);
   process.stdout.on("error", () => {});
   const commands = [];
   const fail = failures => {
    if (failures.length === 0) return;
    process.exitCode = 1;
    const told = toldOnce(failures);
    for (const {error: error} of told) for (const line of debugLines(error)) log.debug(line);
    log.errors(told);
    for (const {error: error} of told) error.command !== void 0 && commands.push(error.command);
   };
   const failWith = thrown => {
    const several = thrown instanceof AggregateError && thrown.errors.every(one => one instanceof domain_errors.lZ);
    const errors = several ? thrown.errors : [ thrown ];
    fail(errors.map(error => ({
     emailDomain: void 0,
     error: (0, domain_errors.ie)(error)
    })));
   };
   const warn = thrown => {
    for (const line of debugLines(thrown)) log.debug(line);
    log.warning((0, domain_errors.S6)((0, domain_errors.ie)(thrown)).join(" "));
   };
   const crashes = new Set;
   const onCrash = thrown => {
    const {message: message} = (0, domain_errors.ie)(thrown);
    if (crashes.has(message)) return;
    crashes.add(message);
    failWith(thrown);
    stop.abort(new domain_errors.Ko("Stopped by an unexpected error.", {
     hint: RESUME_HINT
    }));
   };
   process.on("uncaughtException", onCrash).on("unhandledRejection", onCrash);
   const end = () => {
    for (const command of commands) log.info(command);
    setTimeout(() => process.exit(), LINGER_MS).unref();
   };
   return {
    log: log,
    signal: stop.signal,
    fail: fail,
    failWith: failWith,
    warn: warn,
    end: end
   };
  }
  const STATE_WORDS = {
   absent: "without a connector",
   "awaiting-dns": "awaiting DNS",
   verifying: "verifying",
   verified: "verified",
   enabled: "enabled"
  };
  function tally(results) {
   const words = results.map(({domain: {state: state}, failure: failure}) => {
    if (failure !== void 0) return "failed";
    return state === void 0 ? "in an unknown state" : STATE_WORDS[state];
   });
   const mostAdvancedFirst = STATES.map(state => STATE_WORDS[state]).toReversed();
   const counts = [ "failed", ...mostAdvancedFirst, "in an unknown state" ].flatMap(word => {
    const count = words.filter(one => one === word).length;
    return count === 0 ? [] : [ `${count} ${word}` ];
   });
   return `${counted(results.length)}: ${counts.join(", ")}`;
  }
  function counted(emailDomains) {
   return `${emailDomains} email domain${emailDomains === 1 ? "" : "s"}`;
  }
  const MAX_SERVERS = 24;
  const MAX_NAME_CHARACTERS = 60;
  const MIN_NAMED_SHARE = .1;
  const MAX_TICKS = 10;
  const TICKS = [ [ "1second", 1e3 ], [ "5second", 5e3 ], [ "15second", 15e3 ], [ "1minute", 6e4 ], [ "5minute", 3e5 ], [ "15minute", 9e5 ], [ "1hour", 36e5 ], [ "6hour", 216e5 ] ];
  function renderChart(dns) {
   const [startMs, endMs] = [ Date.parse(dns.started_at), Date.parse(dns.ended_at) ];
   const [tick = "1day"] = TICKS.find(([, durationMs]) => (endMs - startMs) / durationMs <= MAX_TICKS) ?? [];
   const rows = dns.servers.slice(0, MAX_SERVERS).flatMap(server => bars(server, startMs, endMs));
   return [ "```mermaid", '%%{init: {"gantt": {"leftPadding": 280, "displayMode": "compact"}}}%%', "gantt", "dateFormat x", "axisFormat %H:%M:%S", `tickInterval ${tick}`, ...rows, "```" ].join("\n");
  }
  function bars({server: server, role: role, seen_at: seen_at, record: record}, startMs, endMs) {
   const seenMs = seen_at === void 0 ? endMs : Math.max(startMs, Date.parse(seen_at));
   const isKnownWithout = record === "absent" || role === "authoritative" && record === "present";
   const name = (seenMs - startMs) / (endMs - startMs) < MIN_NAMED_SHARE ? "-" : "without";
   const before = isKnownWithout && seenMs > startMs ? [ `${name} :done, ${startMs}, ${seenMs}` ] : [];
   const drawnEndMs = Math.max(endMs, seenMs) + Math.ceil((endMs - startMs) * MIN_NAMED_SHARE);
   const since = seen_at === void 0 ? [] : [ `has it :active, ${seenMs}, ${drawnEndMs}` ];
   const all = [ ...before, ...since ];
   return all.length === 0 ? [] : [ `section ${chartText(server)}`, ...all ];
  }
  function chartText(text) {
   return text.slice(0, MAX_NAME_CHARACTERS).replaceAll(/[^\w .()[\]/:?=&%,+@~-]/g, " ").replaceAll(/[:?=&%,+@~]/g, character => `#${character.charCodeAt(0)};`);
  }
  const MAX_CELL_CHARACTERS = 1e3;
  const REFERENCE = /[@#]|:\/\/|www\.|gh-\d|[0-9a-f]{7}/i;
  function cell(text) {
   const words = (0, untrusted.g$)(text, MAX_CELL_CHARACTERS).split(/(\s+)/);
   return words.map(word => REFERENCE.test(word) ? referenceAsCode(word) : breakable(word)).join("");
  }
  const [OPENING, CLOSING] = [ new Set("\"'([{<\xab"), new Set("\"')]}>\xbb,.;:!?\u2026") ];
  function referenceAsCode(word) {
   let [start, end] = [ 0, word.length ];
   while (OPENING.has(word[start] ?? "")) start++;
   while (CLOSING.has(word[end - 1] ?? "")) end--;
   return `${(0, untrusted.qy)(word.slice(0, start))}<code>${breakable(word.slice(start, end))}</code>${(0, 
   untrusted.qy)(word.slice(end))}`;
  }
  function code(text) {
   return `<code>${breakable((0, untrusted.g$)(text, MAX_CELL_CHARACTERS))}</code>`;
  }
  const MAX_UNBROKEN_CHARACTERS = 40;
  function breakable(text) {
   if (text.length <= MAX_UNBROKEN_CHARACTERS) return (0, untrusted.qy)(text);
   const characters = [ ...text ];
   const pieces = Array.from({
    length: Math.ceil(characters.length / MAX_UNBROKEN_CHARACTERS)
   }, (_, index) => characters.slice(index * MAX_UNBROKEN_CHARACTERS, (index + 1) * MAX_UNBROKEN_CHARACTERS).join(""));
   return pieces.map(untrusted.qy).join("<wbr>");
  }
  function lines(parts) {
   return parts.filter(part => part !== "").join("<br>");
  }
  function small(markup) {
   return markup === "" ? "" : `<small>${markup}</small>`;
  }
  function markup_link(url, title) {
   return /^https?:\/\/[^\s"'<>]+$/.test(url) ? `<a href="${(0, untrusted.qy)(url)}">${title}</a>` : `${title}: ${code(url)}`;
  }
  function table(head, rows) {
   const heads = head.map(title => `<th align="left">${title}</th>`).join("");
   const body = rows.map(cells => `<tr>${cells.map(one => `<td>${one}</td>`).join("")}</tr>`);
   return [ `<table><tr>${heads}</tr>`, ...body, "</table>" ].join("\n");
  }
  function sizeOfRow(cells) {
   return cells.join().length;
  }
  function folded(title, ...parts) {
   return [ `<details><summary>${title}</summary>`, ...parts, "</details>" ].join("\n\n");
  }
  function copyable(text) {
   const inOneLine = text.split("\n").map(line => line.split("\t").map(untrusted.qy).join("&#9;"));
   return `<pre><code>${inOneLine.join("&#10;")}</code></pre>`;
  }
  var presentation_format = __nccwpck_require__(4720);
  const records_MAX_CHARACTERS = 1e5;
  function renderRecords(sorted, {modes: modes}) {
   if (modes.includes("disable") || modes.includes("delete")) return [];
   const awaiting = sorted.map(({domain: domain}) => domain).filter(({state: state}) => state === "awaiting-dns");
   const all = awaiting.flatMap(({record: record}) => record === void 0 ? [] : [ `${record.emailDomain}. IN TXT ${(0, 
   presentation_format.Lx)(record.verificationCode)}` ]);
   if (all.length === 0) return [];
   const records = (0, fitting._)(all, ({length: length}) => length, records_MAX_CHARACTERS / 2);
   const more = all.length - records.length;
   const rendered = awaiting.flatMap(({renderedRecord: renderedRecord}) => renderedRecord ?? []);
   const forTool = (0, fitting._)(rendered, ({length: length}) => length, records_MAX_CHARACTERS / 4);
   const title = all.length === 1 ? "TXT record to publish:" : `${all.length} TXT records to publish:`;
   return [ title, copyable(records.join("\n")), ...more > 0 ? [ `${more} more did not fit here. The output <code>connectors</code> has all of them.` ] : [], ...forTool.length > 0 ? [ folded("The same for your DNS tool", copyable(forTool.join("\n"))) ] : [] ];
  }
  const RECOGNISABLE_DIGITS = 4;
  function pointingBelow(text, domain) {
   const {record: record, state: state} = domain;
   if (record === void 0 || state !== "awaiting-dns") return records_shortened(text, domain);
   const [value, below] = [ `"${record.verificationCode}"`, "the TXT record below" ];
   return text.replaceAll(`${record.emailDomain} TXT ${value}`, below).replaceAll(value, below);
  }
  function records_shortened(text, {verificationCode: verificationCode}) {
   if (verificationCode === void 0) return text;
   const end = verificationCode.indexOf("=") + 1 + RECOGNISABLE_DIGITS;
   if (verificationCode.length <= end) return text;
   return text.replaceAll(verificationCode, () => `${verificationCode.slice(0, end)}\u2026`);
  }
  const MAX_EXPLAINED = 5;
  const WORTH_TELLING_MS = 5e3;
  function renderDns(sorted) {
   const telling = sorted.filter(({domain: {dns: dns}}) => dns !== void 0 && isTelling(dns));
   const isMany = sorted.length > MAX_EXPLAINED;
   const explained = isMany ? telling.filter(({failure: failure}) => failure !== void 0) : telling;
   const shown = explained.slice(0, MAX_EXPLAINED);
   return [ ...shown.map(result => renderReport(result).join("\n\n")), ...shown.length < telling.length ? [ "The output <code>connectors</code> has what each DNS server said." ] : [] ];
  }
  function isTelling(dns) {
   return !dns.visible || waitedMs(dns) >= WORTH_TELLING_MS;
  }
  function waitedMs({started_at: started_at, ended_at: ended_at}) {
   return Date.parse(ended_at) - Date.parse(started_at);
  }
  function renderReport(result) {
   const {dns: dns} = result.domain;
   if (dns === void 0) return [];
   const count = `${dns.servers.filter(({record: record}) => record === "present").length} of ${dns.servers.length}`;
   const title = `<b>${cell(dns.name)}</b>: ${count} DNS servers have the record`;
   const chart = serversDiffer(dns) ? [ renderChart(dns) ] : [];
   const tables = [ ...renderCauses(result, dns), renderServers(dns) ];
   const isDone = result.failure === void 0 && result.domain.state === "enabled";
   if (isDone || chart.length === 0) return [ folded(title, ...tables, ...chart) ];
   return [ `When the DNS servers of <b>${cell(dns.name)}</b> had the record:`, ...chart, folded(title, ...tables) ];
  }
  function serversDiffer(dns) {
   if (waitedMs(dns) < WORTH_TELLING_MS) return false;
   const known = dns.servers.filter(({record: record}) => record !== "unknown");
   const seenMs = known.map(({seen_at: seen_at}) => seen_at === void 0 ? Number.POSITIVE_INFINITY : Date.parse(seen_at));
   return Math.max(...seenMs) - Math.min(...seenMs) >= WORTH_TELLING_MS;
  }
  function renderServers(dns) {
   const isCached = dns.servers.some(server => cachedUntil(server, dns) !== "");
   const head = [ "Server", "Role", "TXT record", "Seen", ...isCached ? [ "Cached until" ] : [] ];
   const rows = dns.servers.map(server => [ code(server.server), server.role, cell(describeRecord(server)), seenAfter(server, dns), ...isCached ? [ cachedUntil(server, dns) ] : [] ]);
   return table(head, rows);
  }
  function describeRecord({record: record, txt: txt, problem: problem}) {
   if (record === "present") return "\u2705 present";
   if (record === "unknown") return `\u2754 ${problem ?? "unknown"}`;
   return txt.length === 0 ? "\u274c no TXT record" : `\u274c missing, ${txt.length} other TXT record${txt.length === 1 ? "" : "s"}`;
  }
  function seenAfter({seen_at: seen_at}, {started_at: started_at}) {
   return seen_at === void 0 ? "" : `after ${(0, duration.a3)(Date.parse(seen_at) - Date.parse(started_at))}`;
  }
  function cachedUntil({role: role, expires_at: expires_at}, {ended_at: ended_at}) {
   if (role !== "resolver" || expires_at === void 0) return "";
   return (0, duration.fU)(Date.parse(expires_at), Date.parse(ended_at));
  }
  function renderCauses({domain: domain, failure: failure}, dns) {
   const {diagnosis: diagnosis} = dns;
   const [first] = diagnosis;
   if (first === void 0) return [];
   const isInRow = failure === void 0 || failure.message.includes(first.evidence);
   if (diagnosis.length === 1 && isInRow) return [];
   const rows = diagnosis.map(finding => [ code(finding.cause), cell(records_shortened(finding.evidence, domain)), cell(records_shortened(remedyOf(finding, dns), domain)) ]);
   return [ table([ "Why it is not visible", "Seen", "What to do" ], rows) ];
  }
  function remedyOf({remedy: remedy, resolves_at: resolves_at}, {ended_at: ended_at}) {
   if (resolves_at === void 0) return remedy;
   return `${remedy} It resolves on its own at ${(0, duration.fU)(Date.parse(resolves_at), Date.parse(ended_at))}.`;
  }
  const STATE_ROWS = {
   absent: {
    icon: "\u26aa",
    nextStep: "Run mode create."
   },
   "awaiting-dns": {
    icon: "\ud83d\udfe1",
    nextStep: "Publish the TXT record below, then run wait-for-dns and enable."
   },
   verifying: {
    icon: "\ud83d\udfe1",
    nextStep: "Run mode enable. The record is visible; Cloudflare is verifying it."
   },
   verified: {
    icon: "\ud83d\udfe2",
    nextStep: "Run mode enable."
   },
   enabled: {
    icon: "\u2705",
    nextStep: "Nothing. Users of this domain sign in through the identity provider."
   }
  };
  function nextStepAfter({modes: modes, dryRun: dryRun}, state) {
   if (dryRun) return STATE_ROWS[state].nextStep;
   if (modes.includes("delete") && state === "absent") return "Nothing. If its TXT record is still there, you can remove it.";
   if (modes.includes("disable") && state !== "enabled") return "Users of this domain sign in without the identity provider. Repair what made you disable it before you run mode enable again.";
   if (modes.includes("publish-dns") && state === "awaiting-dns") return "Run wait-for-dns and enable.";
   return STATE_ROWS[state].nextStep;
  }
  function stepsOf(settings) {
   const step = state => cell(nextStepAfter(settings, state));
   return {
    absent: step("absent"),
    "awaiting-dns": step("awaiting-dns"),
    verifying: step("verifying"),
    verified: step("verified"),
    enabled: step("enabled")
   };
  }
  function urgency({domain: domain, failure: failure}) {
   if (failure !== void 0) return 2;
   const isDeclared = domain.drift?.length === 0;
   return domain.state === "enabled" || isDeclared ? 0 : 1;
  }
  const MAX_OPEN_ROWS = 20;
  const MAX_ROWS_CHARACTERS = 1e5;
  const HEAD = [ "Email&nbsp;domain", "State", "Next step" ];
  function renderDomains(sorted, settings) {
   const isLong = sorted.length > MAX_OPEN_ROWS;
   const wanted = isLong ? sorted.filter(one => urgency(one) > 0) : sorted;
   const steps = stepsOf(settings);
   const fit = (0, fitting.g)(wanted, one => renderRow(one, steps), sizeOfRow, MAX_ROWS_CHARACTERS);
   const failed = sorted.filter(({failure: failure}) => failure !== void 0).length;
   const shown = fit.slice(0, fit.length > MAX_OPEN_ROWS ? Math.min(failed, MAX_OPEN_ROWS) : MAX_OPEN_ROWS);
   const rest = fit.slice(shown.length);
   const hidden = wanted.length - fit.length;
   const title = shown.length > 0 ? `${rest.length} more` : counted(rest.length);
   return [ ...shown.length > 0 ? [ table(HEAD, shown) ] : [], ...rest.length > 0 ? [ ...stepsByState(sorted, steps), folded(`${title} in detail`, table(HEAD, rest)) ] : [], ...hidden > 0 ? [ `${hidden} more did not fit here. The output <code>connectors</code> has all of them.` ] : [] ];
  }
  function stepsByState(sorted, steps) {
   const waiting = sorted.filter(one => urgency(one) === 1 && one.domain.drift === void 0).map(({domain: {state: state}}) => state);
   return [ ...new Set(waiting) ].flatMap(state => {
    if (state === void 0) return [];
    const count = waiting.filter(one => one === state).length;
    return [ `${STATE_ROWS[state].icon} <b>${count} ${STATE_WORDS[state]}</b>: ${steps[state]}` ];
   });
  }
  function renderRow(result, next) {
   const {domain: domain, failure: failure} = result;
   const name = domain.name === void 0 ? "" : `<b>${cell(domain.name)}</b>`;
   const hint = failure?.hint === void 0 ? "" : cell(pointingBelow(failure.hint, domain));
   const steps = failure === void 0 ? nextStep(result, next) : [ cell(records_shortened(failure.message, domain)), hint ];
   return [ name, renderState(result), lines([ ...steps, small(connectorFacts(result)) ]) ];
  }
  function renderState({domain: {state: state}, failure: failure}) {
   const words = (state === void 0 ? "unknown" : STATE_WORDS[state]).replaceAll(" ", "&nbsp;");
   if (failure !== void 0) return lines([ "\u274c&nbsp;failed", state === void 0 ? "" : small(words) ]);
   return `${state === void 0 ? "\u26aa" : STATE_ROWS[state].icon}&nbsp;${words}`;
  }
  function nextStep({domain: domain}, next) {
   const {drift: drift, dns: dns, state: state} = domain;
   if (drift !== void 0) return [ drift.length > 0 ? "See the drift above." : "Nothing. It is as declared." ];
   if (state === void 0) return [];
   const [finding] = dns?.diagnosis ?? [];
   if (dns === void 0 || finding === void 0 || state !== "awaiting-dns") return [ next[state] ];
   return [ cell(pointingBelow(remedyOf(finding, dns), domain)), small(`${code(finding.cause)}: ${cell(records_shortened(finding.evidence, domain))}.`) ];
  }
  function connectorFacts({domain: {confirmed: confirmed, connector: connector, ssoApp: ssoApp}}) {
   const id = connector === void 0 ? [] : [ `Connector ${code(connector.id)}.` ];
   const app = ssoApp === void 0 ? [] : [ `Access application ${cell(ssoApp.name)} (${code(ssoApp.id)}).` ];
   const sign = confirmed ? [ "Confirmed by a sign-in." ] : [];
   return [ ...id, ...sign, ...app ].join(" ");
  }
  var domain_drift = __nccwpck_require__(1950);
  const drift_MAX_ROWS_CHARACTERS = 8e4;
  function renderDrift({drift: drift, differences: differences, checked: checked, failed: failed, not_checked: notChecked}, issueUrl) {
   const count = counted(checked.length);
   const unknown = failed.length === 0 ? "" : ` ${failed.length} could not be compared: ${cell(failed.join(", "))}.`;
   const open = notChecked.map(one => small(`Not checked: ${cell((0, domain_drift.GD)(one))}.`));
   const issue = issueUrl === void 0 ? "" : ` ${markup_link(issueUrl, "See the drift issue")}.`;
   if (!drift) return [ lines([ `${failed.length === 0 ? "\u2705" : "\u2754"} No drift in ${count}.${unknown}${issue}`, ...open ]) ];
   const all = differences.map(({email_domain: email_domain, kind: kind, expected: expected, actual: actual, remedy: remedy}) => [ `<b>${cell(email_domain)}</b>`, lines([ `<code>${kind}</code>`, small(`Declared: ${cell(expected)}.`), small(`Found: ${cell(actual)}.`) ]), cell(remedy) ]);
   const rows = (0, fitting._)(all, sizeOfRow, drift_MAX_ROWS_CHARACTERS);
   const more = differences.length - rows.length;
   return [ `\u26a0\ufe0f Drift: ${differences.length} difference${differences.length === 1 ? "" : "s"} from what is declared; ${count} checked.${unknown}${issue}`, table([ "Email&nbsp;domain", "Drift", "Next step" ], rows), ...open.length > 0 ? [ lines(open) ] : [], ...more > 0 ? [ `${more} more did not fit here. The output <code>drift-report</code> has all of them.` ] : [] ];
  }
  const preflight_MAX_ROWS_CHARACTERS = 6e4;
  const preflight_MAX_NAMED = 3;
  const ICONS = {
   passed: "\u2705",
   unknown: "\u2754",
   warned: "\u26a0\ufe0f",
   refused: "\u274c"
  };
  function renderPreflight(results) {
   const judged = results.flatMap(({domain: {preflight: preflight}}) => preflight ?? []);
   if (judged.length === 0) return [];
   const rows = new Map;
   for (const {email_domain: email_domain, guards: guards} of judged) for (const judgement of guards) {
    const {guard: guard, verdict: verdict, evidence: evidence} = judgement;
    const key = `${guard} ${verdict} ${evidence}`;
    const row = rows.get(key) ?? {
     ...judgement,
     emailDomains: []
    };
    row.emailDomains.push(email_domain);
    rows.set(key, row);
   }
   const all = [ ...rows.values() ];
   const render = row => preflight_renderRow(row, judged.length);
   const worst = (0, fitting._)(all.toSorted(worstFirst), row => sizeOfRow(render(row)), preflight_MAX_ROWS_CHARACTERS);
   const more = all.length - worst.length;
   return [ `<b>Preflight: can people sign in?</b> ${counts(all)}`, table([ "Guard", "What was seen", "Next step" ], worst.toSorted(byGuard).map(render)), ...more > 0 ? [ `${more} more did not fit here. The output <code>preflight-report</code> has them.` ] : [] ];
  }
  function worstFirst(one, other) {
   return preflight.bk.indexOf(other.verdict) - preflight.bk.indexOf(one.verdict);
  }
  function byGuard(one, other) {
   return preflight.XM.indexOf(one.guard) - preflight.XM.indexOf(other.guard);
  }
  function preflight_renderRow({guard: guard, verdict: verdict, evidence: evidence, remedy: remedy = "", emailDomains: emailDomains}, judged) {
   const whom = judged === 1 || emailDomains.length === judged ? "" : (0, naming.b)(emailDomains, preflight_MAX_NAMED);
   return [ lines([ `${ICONS[verdict]}&nbsp;${code(guard)}`, small(verdict) ]), lines([ cell(evidence), small(cell(whom)) ]), cell(remedy) ];
  }
  function counts(rows) {
   return preflight.bk.flatMap(verdict => {
    const count = rows.filter(row => row.verdict === verdict).length;
    return count === 0 ? [] : [ `${ICONS[verdict]} ${count} ${verdict}` ];
   }).join(", ");
  }
  const summary_MAX_CHARACTERS = 34e4;
  function renderSummary({domains: domains, drift: drift, driftIssueUrl: driftIssueUrl}, settings) {
   const sorted = [ ...domains ].sort((one, other) => urgency(other) - urgency(one));
   const parts = [ "### Cloudflare dashboard SSO" + (settings.dryRun ? " (dry run: nothing was changed)" : ""), ...domains.length > 1 ? [ `<b>${tally(domains)}</b>` ] : [], ...drift === void 0 ? [] : renderDrift(drift, driftIssueUrl), ...renderDomains(sorted, settings), ...renderPreflight(sorted), ...renderRecords(sorted, settings) ];
   return `${[ ...parts, ...fittingAfter(parts, renderDns(sorted)) ].join("\n\n")}\n`;
  }
  function fittingAfter(before, parts) {
   const room = summary_MAX_CHARACTERS - before.join("\n\n").length;
   const shown = (0, fitting._)(parts, ({length: length}) => length, room);
   return shown.length < parts.length ? [ ...shown, "The rest did not fit here. The outputs have it." ] : shown;
  }
  async function writeSummary(result, settings) {
   if (!process.env["GITHUB_STEP_SUMMARY"]) return;
   try {
    await summary.addRaw(renderSummary(result, settings)).write();
   } catch (thrown) {
    const reason = (0, untrusted.g$)((0, domain_errors.ie)(thrown).message).replaceAll(/^Error: |\.$/g, "");
    throw new domain_errors.lZ(`The job summary could not be written (${reason}).`, {
     hint: "The log and the outputs of the step have what would be in it.",
     cause: thrown
    });
   }
  }
  var modes_services = __nccwpck_require__(1634);
  function txtInReport({servers: servers}) {
   const believed = servers.filter(({role: role, record: record}) => role === "authoritative" && record !== "unknown");
   return believed.length === 0 ? void 0 : [ ...new Set(believed.flatMap(({txt: txt}) => txt)) ].sort();
  }
  async function settle({send: send, look: look, onOutcome: onOutcome, onRefusal: onRefusal}, tell) {
   try {
    const outcome = await send();
    onOutcome(outcome);
    tell(outcome.isOurs ?? true);
    return outcome;
   } catch (error) {
    if (!(error instanceof domain_errors.GI)) throw error;
    if (error.retryability !== "ambiguous") {
     onRefusal(error);
     tell(false);
     throw error;
    }
    const seen = look && await lookedAt(look);
    if (seen === void 0) throw error;
    onOutcome(seen);
    tell(seen.isDone);
    if (seen.isDone) return seen;
    throw error instanceof domain_errors.Do ? error.cause : error;
   }
  }
  async function lookedAt(look) {
   try {
    return await look();
   } catch (error) {
    if (error instanceof domain_errors.GI) return;
    throw error;
   }
  }
  class EmailDomain {
   #given;
   #name;
   #sight={
    kind: "unasked"
   };
   #isCreated=false;
   #changed=false;
   #deletedCodes=new Set;
   #dns;
   txtToday;
   dnsRecord;
   renderRecord;
   ssoApp;
   preflight;
   confirmed;
   drift;
   notChecked=[];
   timedOut=false;
   constructor(given) {
    this.#given = given;
    this.#name = given.name;
   }
   get name() {
    return this.#name;
   }
   get accountId() {
    return this.#given.accountId;
   }
   get sight() {
    return this.#sight;
   }
   get connector() {
    return "connector" in this.#sight ? this.#sight.connector : void 0;
   }
   get verificationCode() {
    if (this.#sight.kind === "absent") return;
    return this.connector?.verificationCode ?? this.#given.verificationCode;
   }
   get created() {
    return this.#isCreated || this.#sight.kind === "in-doubt" && void 0;
   }
   get changed() {
    return this.#changed;
   }
   get state() {
    const {kind: kind} = this.#sight;
    if (kind === "in-doubt") return;
    if (kind === "absent") return "absent";
    if (this.connector?.enabled) return "enabled";
    if (this.connector !== void 0 && this.connector.enabled === void 0) return;
    if (this.connector?.verificationStatus === "verified") return "verified";
    if (this.dns?.visible) return "verifying";
    return kind === "seen" || this.verificationCode !== void 0 ? "awaiting-dns" : void 0;
   }
   get dns() {
    return this.#dns;
   }
   get record() {
    const {verificationCode: verificationCode, txtToday: txtToday} = this;
    if (this.#name === void 0 || verificationCode === void 0) return;
    return {
     emailDomain: this.#name,
     verificationCode: verificationCode,
     accountId: this.#given.accountId,
     connectorId: this.connector?.id,
     txtValues: txtToday && (0, sso_record.Iu)(this.#withoutDeleted(txtToday), verificationCode)
    };
   }
   get renderedRecord() {
    return this.record && this.renderRecord?.(this.record);
   }
   see(connector) {
    this.#name ??= connector?.emailDomain || void 0;
    this.#sight = connector === void 0 ? {
     kind: "absent"
    } : {
     kind: "seen",
     connector: this.#withCode(connector)
    };
   }
   seeDns(report) {
    this.#dns = report;
    this.txtToday = txtInReport(report) ?? this.txtToday;
   }
   #withCode(connector) {
    const before = this.connector;
    if (connector.verificationCode !== void 0 || connector.id !== before?.id) return connector;
    return {
     ...connector,
     verificationCode: before.verificationCode
    };
   }
   async changeConnector({send: send, look: look, isDone: isDone, isGone: isGone = () => false, isCreation: isCreation = false}) {
    const before = this.#sight;
    this.#sight = {
     kind: "in-doubt",
     connector: this.connector
    };
    return this.#send({
     send: send,
     ...look !== void 0 && {
      look: async () => {
       const connector = await look();
       return {
        connector: connector,
        isDone: isDone(connector),
        isCreated: isCreation && isDone(connector)
       };
      }
     },
     onOutcome: ({connector: connector, isCreated: isCreated = false}) => {
      connector === void 0 && this.#rememberDeleted();
      this.see(connector);
      this.#isCreated ||= isCreated;
     },
     onRefusal: refusal => {
      this.#sight = isGone(refusal) ? {
       kind: "absent"
      } : before;
     }
    });
   }
   #rememberDeleted() {
    const code = this.connector?.verificationCode;
    code !== void 0 && this.#deletedCodes.add(code);
   }
   #withoutDeleted(texts) {
    return texts.filter(text => !this.#deletedCodes.has(text));
   }
   async changeDns(send, look) {
    return this.#send({
     send: send,
     look: look,
     onOutcome: () => {},
     onRefusal: () => {}
    });
   }
   async #send(change) {
    const before = this.#changed;
    this.#changed = before || void 0;
    return settle(change, isMade => {
     this.#changed = isMade || before;
    });
   }
  }
  var linked_abort = __nccwpck_require__(1952);
  var conclusion = __nccwpck_require__(4780);
  const MODES = {
   preflight: async () => (await Promise.all([ __nccwpck_require__.e(180), __nccwpck_require__.e(433), __nccwpck_require__.e(345) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 6933))).preflight,
   create: async () => (await Promise.all([ __nccwpck_require__.e(180), __nccwpck_require__.e(433), __nccwpck_require__.e(345) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 6820))).create,
   "publish-dns": async () => (await Promise.all([ __nccwpck_require__.e(180), __nccwpck_require__.e(433), __nccwpck_require__.e(345) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 6950))).publishDns,
   "wait-for-dns": async () => (await __nccwpck_require__.e(662).then(__nccwpck_require__.bind(__nccwpck_require__, 8662))).waitForDns,
   enable: async () => (await Promise.all([ __nccwpck_require__.e(180), __nccwpck_require__.e(433), __nccwpck_require__.e(345) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 212))).enable,
   check: async () => (await Promise.all([ __nccwpck_require__.e(180), __nccwpck_require__.e(433), __nccwpck_require__.e(345) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 7747))).check,
   disable: async () => (await Promise.all([ __nccwpck_require__.e(180), __nccwpck_require__.e(433), __nccwpck_require__.e(345) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 435))).disable,
   delete: async () => (await Promise.all([ __nccwpck_require__.e(180), __nccwpck_require__.e(433), __nccwpck_require__.e(345) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 5216))).deleteConnector
  };
  async function workOnAll(settings, services) {
   const work = await loadWork(settings);
   const domains = await workOnDomains(work, settings, services);
   const concluded = await (work.conclude?.(domains, settings, services)) ?? conclusion.W;
   const failed = domains.flatMap(({domain: domain, failure: failure}) => failure === void 0 ? [] : [ {
    emailDomain: domain.name,
    error: failure
   } ]);
   const changes = [ concluded.changed, ...domains.map(({domain: domain}) => domain.changed) ];
   const changed = changes.includes(true) || !!changes.includes(void 0) && void 0;
   const ending = concluded.drift === void 0 ? "mode check" : "the drift issue";
   const last = concluded.failures.map(one => ({
    ...one,
    error: stoppedIn(ending, one.error)
   }));
   return {
    ...concluded,
    domains: domains,
    changed: changed,
    failures: [ ...failed, ...last ]
   };
  }
  async function loadWork({modes: modes}) {
   const isJudgedFirst = modes.includes("enable") && !modes.includes("preflight");
   return {
    judgeFirst: isJudgedFirst ? (await Promise.all([ __nccwpck_require__.e(180), __nccwpck_require__.e(433), __nccwpck_require__.e(345) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 6933))).preflightFirst : void 0,
    modes: await Promise.all(modes.map(async mode => [ mode, await MODES[mode]() ])),
    conclude: modes.includes("check") ? (await Promise.all([ __nccwpck_require__.e(180), __nccwpck_require__.e(433), __nccwpck_require__.e(345) ]).then(__nccwpck_require__.bind(__nccwpck_require__, 9991))).concludeCheck : void 0
   };
  }
  async function workOnDomains(work, settings, services) {
   const {verificationCode: verificationCode, account: account, emailDomains: emailDomains} = settings;
   const names = emailDomains.length > 0 ? emailDomains : [ void 0 ];
   const results = names.map(name => {
    const domain = new EmailDomain({
     name: name,
     verificationCode: verificationCode,
     accountId: account?.accountId
    });
    return {
     domain: domain,
     failure: void 0
    };
   });
   const isSeveral = results.length > 1;
   const ended = (0, linked_abort.A)(services.signal);
   const progress = isSeveral ? tellProgress(results, {
    ...services,
    signal: ended.signal
   }) : void 0;
   await Promise.all(results.map(async ({domain: domain}, index) => {
    const log = isSeveral && domain.name !== void 0 ? services.log.labelled(domain.name) : services.log;
    results[index] = {
     domain: domain,
     failure: await workOn(domain, work, settings, {
      ...services,
      log: log
     })
    };
   }));
   ended[Symbol.dispose]();
   await progress;
   return results;
  }
  const PROGRESS_INTERVAL_MS = 6e4;
  async function tellProgress(results, {clock: clock, log: log, signal: signal}) {
   const startedAtMs = clock.now();
   for (;;) {
    await Promise.allSettled([ clock.sleep(PROGRESS_INTERVAL_MS, signal) ]);
    if (signal.aborted) return;
    log.info(`Still working ${(0, duration.vk)(startedAtMs, clock.now())}. ${tally(results)}.`);
   }
  }
  async function workOn(domain, work, settings, services) {
   if (work.judgeFirst !== void 0) try {
    await work.judgeFirst(domain, settings, services);
   } catch (thrown) {
    return stoppedIn("preflight", (0, domain_errors.ie)(thrown));
   }
   for (const [index, [name, mode]] of work.modes.entries()) {
    try {
     await services.log.group(name, () => mode(domain, settings, services));
    } catch (thrown) {
     return stoppedIn(`mode ${name}`, (0, domain_errors.ie)(thrown));
    }
    if (!domain.timedOut) continue;
    const skipped = settings.modes.slice(index + 1);
    skipped.length > 0 && services.log.info(`Skipped: ${skipped.join(", ")}. Run the same step again to continue.`);
    return;
   }
   return;
  }
  function stoppedIn(work, error) {
   if (!(error instanceof domain_errors.Ko)) return error;
   return new domain_errors.Ko(`${error.message.slice(0, -1)} in ${work}.`, {
    hint: error.hint,
    cause: error
   });
  }
  var __addDisposableResource = function(env, value, async) {
   if (value !== null && value !== void 0) {
    if (typeof value !== "object" && typeof value !== "function") throw new TypeError("Object expected.");
    var dispose, inner;
    if (async) {
     if (!Symbol.asyncDispose) throw new TypeError("Symbol.asyncDispose is not defined.");
     dispose = value[Symbol.asyncDispose];
    }
    if (dispose === void 0) {
     if (!Symbol.dispose) throw new TypeError("Symbol.dispose is not defined.");
     dispose = value[Symbol.dispose];
     async && (inner = dispose);
    }
    if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
    inner && (dispose = function() {
     try {
      inner.call(this);
     } catch (e) {
      return Promise.reject(e);
     }
    });
    env.stack.push({
     value: value,
     dispose: dispose,
     async: async
    });
   } else async && env.stack.push({
    async: true
   });
   return value;
  };
  var __disposeResources = function(SuppressedError) {
   return function(env) {
    function fail(e) {
     env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
     env.hasError = true;
    }
    var r, s = 0;
    function next() {
     while (r = env.stack.pop()) try {
      if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
      if (r.dispose) {
       var result = r.dispose.call(r.value);
       if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) {
        fail(e);
        return next();
       });
      } else s |= 1;
     } catch (e) {
      fail(e);
     }
     if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
     if (env.hasError) throw env.error;
    }
    return next();
   };
  }(typeof SuppressedError === "function" ? SuppressedError : function(error, suppressed, message) {
   var e = new Error(message);
   return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
  });
  async function run() {
   const step = startStep();
   try {
    const env_1 = {
     stack: [],
     error: void 0,
     hasError: false
    };
    try {
     const settings = readSettings();
     for (const notice of settings.notices) step.log.notice(notice);
     const services = __addDisposableResource(env_1, await (0, modes_services.h)(settings, step.log, step.signal), false);
     const result = await workOnAll(settings, services);
     const unwritten = writeOutputs(result);
     result.domains.length > 1 && step.log.info(`${tally(result.domains)}.`);
     step.fail([ ...result.failures, ...unwritten ]);
     await writeSummary(result, settings).catch(step.warn);
    } catch (e_1) {
     env_1.error = e_1;
     env_1.hasError = true;
    } finally {
     __disposeResources(env_1);
    }
   } catch (thrown) {
    step.failWith(thrown);
   }
   step.end();
  }
  hasSupportedNode() && run();
 })();
 module.exports = __webpack_exports__;
})();
