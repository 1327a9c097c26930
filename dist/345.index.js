"use strict";

exports.id = 345;

exports.ids = [ 345 ];

exports.modules = {
 1635: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   J: () => wildcardWarning,
   q: () => wildcardLoss
  });
  function wildcardLoss({name: name, wildcard: wildcard, types: types}) {
   const list = listOf(types);
   return {
    problem: `${name} has its records (${list}) from the wildcard ${wildcard}, and would lose them with a record of its own (RFC 4592)`,
    hint: `First give ${name} records of its own of the types that it needs (${list}), as ${wildcard} has them, then run again.`
   };
  }
  function wildcardWarning({name: name, types: types}) {
   const list = listOf(types);
   return `${name} has its records (${list}) from a wildcard of its zone, and loses them with a record of its own (RFC 4592). Before you publish the TXT record, give ${name} records of its own of the types that it needs (${list}).`;
  }
  function listOf(types) {
   return [ ...new Set(types) ].sort().join(", ");
  }
 },
 7747: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   check: () => check
  });
  const CAUSE_WORDS = {
   "not-registered": "the domain does not exist",
   "port-53-intercepted": "something on the network answers in place of the authoritative servers",
   "wrong-type": "the name is a CNAME, or the code is in one",
   "quoting-or-splitting": "the code is published with extra quotes or spaces, or in pieces",
   "wrong-name": "the record is at another name",
   "another-code": "another verification code is published",
   "sub-delegation": "the name lies in a delegated zone that could not be followed",
   "tcp-blocked": "the answer is too large for UDP, and TCP on port 53 is blocked",
   "port-53-blocked": "port 53 is blocked here",
   "authority-split": "one authoritative server answers with the record and without it in turn",
   "secondary-lags": "some authoritative servers have an older copy of the zone",
   "dnssec-bogus": "DNSSEC validation of the zone fails",
   filtered: "a resolver blocks the domain",
   "resolver-cannot-reach-zone": "a resolver gets no answer from the authoritative servers",
   "stale-answer": "a resolver serves an expired answer",
   "anycast-split": "a resolver answers with the record and without it in turn",
   "old-rrset-cached": "a resolver has the old TXT records cached",
   "absence-cached": "a resolver has cached that there is no TXT record",
   "not-published": "the record is not published",
   "resolver-unreachable": "a resolver does not answer",
   "lame-server": "a server named in the delegation does not serve the zone",
   "delegation-mismatch": "the zones do not agree on the authoritative servers",
   "split-horizon": "an internal view of the zone is seen"
  };
  function describeCause(id) {
   const words = CAUSE_WORDS[id];
   return words === void 0 ? id : `${words} (${id})`;
  }
  var mode = __webpack_require__(7288);
  var modes_services = __webpack_require__(1634);
  var watch_guards = __webpack_require__(4919);
  const check = async (domain, settings, services) => {
   const {log: log} = services;
   const {name: name} = domain;
   const {connectorId: connectorId} = settings;
   const connector = await declaredConnector(domain, settings, services);
   if (connector === void 0) {
    const other = await otherConnector(domain, settings, services);
    domain.see(other);
    domain.drift = [ noConnector(name ?? connectorId ?? "", connectorId, other) ];
   } else if (name !== void 0 && connector.emailDomain !== name) domain.drift = [ ofOtherDomain(connector, name) ]; else {
    domain.see(connector);
    const dns = await lookAtRecord(connector, services);
    dns !== void 0 && domain.seeDns(dns);
    const watched = await (0, watch_guards.e)(connector, settings, services);
    domain.drift = [ ...differences(connector, dns, settings), ...watched.drift ];
    domain.notChecked = watched.notChecked;
   }
   domain.dns !== void 0 && isOnlyCached(domain.dns) && log.info(noteOnCaches(domain.dns));
   domain.drift.length === 0 && log.info(`${domain.name ?? "The connector"} is as declared.`);
   for (const {actual: actual, expected: expected, remedy: remedy} of domain.drift) log.info(`Drift: ${actual}; expected: ${expected}. ${remedy}`);
  };
  async function declaredConnector({connector: connector, name: name}, {connectorId: connectorId}, services) {
   const {ssoConnectors: ssoConnectors} = (0, modes_services.C)(services);
   if (connector !== void 0) return ssoConnectors.getIfThere(connector.id);
   if (connectorId === void 0) return name === void 0 ? void 0 : ssoConnectors.find(name);
   return (await ssoConnectors.listReadable()).connectors.find(({id: id}) => id === connectorId);
  }
  async function otherConnector({name: name}, {connectorId: connectorId}, services) {
   if (connectorId === void 0 || name === void 0) return;
   return (0, modes_services.C)(services).ssoConnectors.find(name);
  }
  async function lookAtRecord({emailDomain: emailDomain, verificationCode: verificationCode}, {dns: dns, log: log}) {
   if (verificationCode === void 0) {
    log.warning(`Cloudflare shows no verification code for ${emailDomain}, so its TXT record is not checked.`);
    return;
   }
   const oneLook = {
    timeoutMs: 0,
    pollIntervalMs: 0
   };
   return dns.waitFor({
    name: emailDomain,
    value: verificationCode
   }, oneLook, log);
  }
  function noConnector(emailDomain, id, other) {
   const isThere = other === void 0 ? "" : `; the email domain has connector ${other.id}`;
   return {
    kind: "connector-missing",
    email_domain: emailDomain,
    expected: id === void 0 ? "an SSO connector" : `SSO connector ${id}`,
    actual: `this account has no SSO connector${id === void 0 ? "" : ` ${id}`}${isThere}`,
    remedy: other === void 0 ? "Run mode create, or remove the email domain from this check." : "Correct connector-id, or leave it out."
   };
  }
  function ofOtherDomain({id: id, emailDomain: emailDomain}, name) {
   return {
    kind: "connector-missing",
    email_domain: name,
    connector_id: id,
    expected: `SSO connector ${id} for ${name}`,
    actual: `connector ${id} belongs to ${(0, mode.bf)(emailDomain)}`,
    remedy: "Leave out either connector-id or email-domain."
   };
  }
  function differences(connector, dns, {check: {expectEnabled: expectEnabled}, useFedrampLanguage: useFedrampLanguage}) {
   const {enabled: enabled, verificationStatus: verificationStatus, emailDomain: emailDomain, id: id} = connector;
   const about = {
    email_domain: emailDomain,
    connector_id: id
   };
   const drift = [];
   verificationStatus !== "verified" && drift.push({
    ...about,
    kind: "not-verified",
    expected: "verified",
    actual: `the connector's verification status is ${verificationStatus ?? "unknown"}`,
    remedy: "Publish the TXT record, then run create, wait-for-dns and enable."
   });
   enabled === void 0 && drift.push({
    ...about,
    kind: "enabled-unknown",
    expected: expectEnabled ? "enabled" : "disabled",
    actual: "Cloudflare does not say whether the connector is enabled",
    remedy: "Look at the connector in the dashboard, then run check again."
   });
   expectEnabled && enabled === false && drift.push({
    ...about,
    kind: "not-enabled",
    expected: "enabled",
    actual: "the connector is disabled",
    remedy: verificationStatus === "verified" ? "Find out who disabled it and why before you run mode enable." : "Run mode enable once the TXT record is published."
   });
   !expectEnabled && enabled && drift.push({
    ...about,
    kind: "enabled",
    expected: "disabled",
    actual: "the connector is enabled",
    remedy: "Run mode disable, or declare it with expect-enabled: true."
   });
   useFedrampLanguage !== void 0 && useFedrampLanguage !== connector.useFedrampLanguage && drift.push({
    ...about,
    kind: "fedramp-language",
    expected: `use_fedramp_language ${useFedrampLanguage}`,
    actual: `use_fedramp_language is ${connector.useFedrampLanguage}`,
    remedy: "Run mode create with the same use-fedramp-language to change it."
   });
   const isAsDeclared = dns === void 0 || dns.visible || isOnlyCached(dns);
   return isAsDeclared ? drift : [ ...drift, recordDrift(dns, about) ];
  }
  const CACHE_CAUSES = new Set([ "anycast-split", "old-rrset-cached", "absence-cached" ]);
  function isOnlyCached({visible: visible, authoritative: authoritative, servers: servers, diagnosis: [main]}) {
   if (visible || !authoritative || main === void 0 || !CACHE_CAUSES.has(main.cause)) return false;
   const without = servers.filter(({record: record}) => record !== "present");
   return without.every(({role: role, record: record, expires_at: expires_at}) => role === "resolver" ? expires_at !== void 0 : record === "unknown");
  }
  function noteOnCaches({name: name, diagnosis: [main]}) {
   return `No drift, but not every resolver sees the TXT record of ${name} yet: ${main?.evidence ?? ""}.`;
  }
  function recordDrift(dns, about) {
   const authoritative = dns.servers.filter(({role: role, record: record}) => role === "authoritative" && record !== "unknown");
   const isGone = authoritative.length > 0 && authoritative.every(({record: record}) => record === "absent");
   const [main] = dns.diagnosis;
   const cause = main === void 0 ? "" : `; most likely, ${describeCause(main.cause)}`;
   return {
    ...about,
    kind: isGone ? "record-missing" : "record-not-visible",
    expected: `the TXT record "${dns.value}"`,
    actual: `${isGone ? "the authoritative servers do not have the TXT record" : "the TXT record is not visible"}${cause}`,
    remedy: isGone ? "Publish the TXT record." : "Run mode wait-for-dns: it waits until the record is visible, or explains why it is not."
   };
  }
 },
 9991: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   concludeCheck: () => concludeCheck
  });
  var _domain_drift_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1950);
  var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2690);
  var _conclusion_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4780);
  var _services_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1634);
  var _watch_guards_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(4919);
  async function concludeCheck(domains, settings, services) {
   const {account: account, check: check, dryRun: dryRun} = settings;
   if (!settings.modes.includes("check") || account === void 0) return _conclusion_js__WEBPACK_IMPORTED_MODULE_1__.W;
   try {
    const {connectors: connectors, isWhole: isWhole} = await (0, _services_js__WEBPACK_IMPORTED_MODULE_2__.C)(services).ssoConnectors.listReadable();
    const watched = await (0, _watch_guards_js__WEBPACK_IMPORTED_MODULE_3__.F)(domains, settings, services);
    const others = [ ...undeclared(connectors, domains, settings), ...watched.drift ];
    for (const {email_domain: email_domain, actual: actual, remedy: remedy} of others) services.log.info(`Drift: ${email_domain}: ${actual}. ${remedy}`);
    const unread = isWhole ? [] : [ {
     kind: "undeclared-connector"
    } ];
    const notChecked = [ ...unread, ...watched.notChecked, ...domains.flatMap(({domain: domain}) => domain.notChecked) ];
    const drift = toDriftReport(account.accountId, domains, others, notChecked);
    for (const one of drift.not_checked) services.log.info(`Not checked: ${(0, _domain_drift_js__WEBPACK_IMPORTED_MODULE_4__.GD)(one)}.`);
    const failures = drift.drift && check.failOnDrift ? [ {
     emailDomain: void 0,
     error: driftError(drift)
    } ] : [];
    drift.drift && !check.failOnDrift && services.log.warning(describeDrift(drift));
    const concluded = {
     ..._conclusion_js__WEBPACK_IMPORTED_MODULE_1__.W,
     drift: drift,
     failures: failures
    };
    if (check.issue === void 0) return concluded;
    return await keepIssue(concluded, drift, check.issue.githubToken, dryRun, services);
   } catch (thrown) {
    return {
     ..._conclusion_js__WEBPACK_IMPORTED_MODULE_1__.W,
     failures: [ {
      emailDomain: void 0,
      error: (0, _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.ie)(thrown)
     } ]
    };
   }
  }
  async function keepIssue(concluded, drift, token, dryRun, services) {
   try {
    const {action: action, url: url} = await services.keepDriftIssue(drift, {
     token: token,
     dryRun: dryRun
    });
    return {
     ...concluded,
     driftIssueUrl: url,
     changed: action !== "none" && !dryRun
    };
   } catch (thrown) {
    const failure = {
     emailDomain: void 0,
     error: (0, _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.ie)(thrown)
    };
    return {
     ...concluded,
     changed: !dryRun && void 0,
     failures: [ ...concluded.failures, failure ]
    };
   }
  }
  function undeclared(connectors, domains, {connectorId: connectorId, emailDomains: emailDomains}) {
   const declared = new Set([ ...emailDomains, ...domains.map(({domain: domain}) => domain.name) ]);
   const compared = new Set([ connectorId, ...domains.map(({domain: domain}) => domain.connector?.id) ]);
   const unknown = new Set(domains.filter(({domain: domain}) => domain.drift === void 0 || domain.sight.kind === "absent").map(({domain: domain}) => domain.name));
   return connectors.filter(({id: id, emailDomain: emailDomain}) => !compared.has(id) && !unknown.has(emailDomain)).map(({id: id, emailDomain: emailDomain, enabled: enabled}) => {
    const [is, deletion] = enabled === false ? [ "disabled", "delete" ] : [ mayBe(enabled), "disable and delete" ];
    const isSecond = declared.has(emailDomain);
    return {
     kind: "undeclared-connector",
     email_domain: emailDomain,
     connector_id: id,
     expected: isSecond ? "a single SSO connector" : "no SSO connector",
     actual: `the account has another SSO connector (${is})${isSecond ? " for the email domain" : " that is not declared"}`,
     remedy: isSecond ? `Look at both, then ${deletion} the one that is not needed, by its connector ID.` : `Add the email domain to this check, or ${deletion} the connector.`
    };
   });
  }
  function mayBe(enabled) {
   return enabled === true ? "enabled" : "perhaps enabled";
  }
  function toDriftReport(accountId, domains, others, notChecked) {
   const nameOf = ({domain: domain}) => domain.name ?? "the connector";
   const compared = domains.filter(({domain: domain}) => domain.drift !== void 0);
   const failed = domains.filter(({domain: domain}) => domain.drift === void 0);
   const differences = [ ...compared.flatMap(({domain: domain}) => domain.drift ?? []), ...others ];
   return {
    drift: differences.length > 0,
    account_id: accountId,
    checked: compared.map(nameOf).sort(),
    failed: failed.map(nameOf).sort(),
    differences: differences.sort((one, other) => compare(one.email_domain, other.email_domain) || compare(one.kind, other.kind)),
    not_checked: [ ...new Map(notChecked.map(one => [ one.kind, one ])).values() ].sort((one, other) => compare(one.kind, other.kind))
   };
  }
  function compare(one, other) {
   return one < other ? -1 : Number(one > other);
  }
  const MAX_NAMED = 5;
  function describeDrift({differences: differences}) {
   const named = differences.slice(0, MAX_NAMED).map(one => `${one.email_domain}: ${one.actual}`);
   const more = differences.length > MAX_NAMED ? `; and ${differences.length - MAX_NAMED} more` : "";
   const count = differences.length === 1 ? "1 difference" : `${differences.length} differences`;
   return `Drift, ${count} from what is declared: ${named.join("; ")}${more}.`;
  }
  function driftError(drift) {
   return new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.lZ(describeDrift(drift), {
    hint: "The job summary and the output drift-report say what to do about each. fail-on-drift: false reports drift without failing."
   });
  }
 },
 2561: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   F6: () => patch,
   TF: () => remove,
   qN: () => begin
  });
  var _cloudflare_not_found_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(8994);
  var _cloudflare_sso_connectors_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3517);
  function patch(ssoConnectors, connectorId, change) {
   return {
    send: async () => ({
     connector: await ssoConnectors.change(connectorId, change)
    }),
    look: () => ssoConnectors.getIfThere(connectorId),
    isDone: (0, _cloudflare_sso_connectors_js__WEBPACK_IMPORTED_MODULE_1__.P5)(change),
    isGone: _cloudflare_not_found_js__WEBPACK_IMPORTED_MODULE_0__.c
   };
  }
  function begin(ssoConnectors, connector) {
   return {
    send: async () => {
     await ssoConnectors.beginVerification(connector.id);
     return {
      connector: {
       ...connector,
       verificationStatus: "pending"
      }
     };
    },
    look: () => ssoConnectors.getIfThere(connector.id),
    isDone: _cloudflare_sso_connectors_js__WEBPACK_IMPORTED_MODULE_1__.av,
    isGone: _cloudflare_not_found_js__WEBPACK_IMPORTED_MODULE_0__.c
   };
  }
  function remove(ssoConnectors, connectorId) {
   return {
    send: async () => ({
     connector: void 0,
     isOurs: await ssoConnectors.delete(connectorId)
    }),
    look: () => ssoConnectors.getIfThere(connectorId),
    isDone: seen => seen === void 0
   };
  }
 },
 6820: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   create: () => create
  });
  var connector_change = __webpack_require__(2561);
  var mode = __webpack_require__(7288);
  var modes_services = __webpack_require__(1634);
  var errors = __webpack_require__(2690);
  const LIMIT_MS = 5e3;
  const LOOKING_MODES = [ "wait-for-dns", "check" ];
  async function lookAtTxtToday(domain, {modes: modes, dns: {authoritativeServers: authoritativeServers}}, {dns: dns, log: log}) {
   const {record: record, txtToday: txtToday} = domain;
   if (record === void 0 || txtToday !== void 0 || authoritativeServers === "off") return;
   if (modes.some(mode => LOOKING_MODES.includes(mode))) return;
   try {
    domain.txtToday = await dns.currentTxt(record.emailDomain, LIMIT_MS);
   } catch (thrown) {
    if (!(thrown instanceof errors.AU)) throw thrown;
    log.info(`The output txt-values is left out. ${thrown.message}`);
   }
  }
  var wildcard_loss = __webpack_require__(1635);
  const wildcard_today_LIMIT_MS = 5e3;
  const SEEING_FORMATS = [ "bind", "octodns" ];
  async function warnOfWildcard({name: name, connector: connector}, {modes: modes, record: record, dns: {authoritativeServers: authoritativeServers}}, {dns: dns, log: log}) {
   const seesZone = record?.file !== void 0 && SEEING_FORMATS.includes(record.format);
   if (name === void 0 || seesZone || modes.includes("publish-dns")) return;
   if (authoritativeServers === "off" || connector?.verificationStatus === "verified") return;
   const types = await dns.typesFromWildcard(name, wildcard_today_LIMIT_MS);
   types.length > 0 && log.warning((0, wildcard_loss.J)({
    name: name,
    types: types
   }));
  }
  var dns_name = __webpack_require__(8924);
  var record_zone = __webpack_require__(1163);
  var untrusted = __webpack_require__(1824);
  const NO_CODE_YET = `cloudflare_dashboard_sso=${"0".repeat(32)}`;
  async function writeRecord(domain, how, settings, services) {
   const emailDomain = domain.record?.emailDomain;
   if (emailDomain === void 0) return;
   const format = await formatOf(how.format);
   const zone = zoneFor(how, emailDomain);
   format.needsTxtValues ? domain.txtToday = await services.dns.currentTxt(emailDomain) : await lookAtTxtToday(domain, settings, services);
   const known = zone ?? zoneNamed(format, how, emailDomain);
   const {record: record} = domain;
   record !== void 0 && format.checkTxtValues?.(record);
   domain.renderRecord = one => format.render(one, known);
   if (how.file === void 0 || record === void 0) return;
   const {dryRun: dryRun} = settings;
   await change(how.file, {
    name: how.format,
    format: format,
    record: record,
    zone: zone,
    dryRun: dryRun,
    isQuiet: false
   }, services);
  }
  async function checkRecordFile({name: name, accountId: accountId}, how, {dryRun: dryRun}, services) {
   if (name === void 0) return;
   const zone = zoneFor(how, name);
   if (how.file === void 0) return;
   const format = await formatOf(how.format);
   const record = {
    emailDomain: name,
    verificationCode: NO_CODE_YET,
    accountId: accountId,
    connectorId: void 0,
    txtValues: format.needsTxtValues ? [ NO_CODE_YET ] : void 0
   };
   const quiet = {
    dryRun: true,
    isQuiet: !dryRun
   };
   await change(how.file, {
    name: how.format,
    format: format,
    record: record,
    zone: zone,
    ...quiet
   }, services);
  }
  async function formatOf(name) {
   const {RECORD_FORMATS: RECORD_FORMATS} = await Promise.all([ __webpack_require__.e(815), __webpack_require__.e(725) ]).then(__webpack_require__.bind(__webpack_require__, 2725));
   return RECORD_FORMATS[name];
  }
  function zoneFor({zone: text}, emailDomain) {
   if (text === void 0) return;
   const zone = (0, record_zone.f)(text.replaceAll("{email-domain}", emailDomain));
   if (zone !== void 0 && (0, dns_name.a5)(emailDomain, zone.name)) return zone;
   throw new errors.dz(`Input record-zone: the zone ${(0, untrusted.g$)(text, 100)} does not contain ${emailDomain}.`, {
    hint: "Set record-zone to the zone of record-file, and use a step of its own for email domains of another zone."
   });
  }
  function zoneNamed(format, {file: file}, emailDomain) {
   const named = file === void 0 ? void 0 : format.namedZone?.(pathFor(file, emailDomain), emailDomain);
   return named === void 0 ? void 0 : (0, record_zone.f)(named);
  }
  function pathFor(file, emailDomain) {
   return file.replaceAll("{email-domain}", emailDomain);
  }
  async function change(file, {name: name, format: format, record: record, zone: zone, dryRun: dryRun, isQuiet: isQuiet}, {workspace: workspace, clock: clock, log: log}) {
   const {emailDomain: emailDomain} = record;
   const path = pathFor(file, emailDomain);
   const beside = new Map;
   const target = {
    path: path,
    nowMs: clock.now(),
    zone: zone,
    beside: beside
   };
   for (const other of format.filesBeside?.(target, emailDomain) ?? []) for (const [each, text] of await workspace.yamlTexts(other, path)) beside.set(each, text);
   const remarks = [];
   let warning;
   const merge = text => {
    const merged = format.merge(text, record, target);
    text === void 0 && remarks.push("a new file");
    remarks.push(format.describeZone?.(text, record, target) ?? "");
    warning = format.warning?.(text, record, target);
    return merged;
   };
   const {allowsAnyBytes: allowsAnyBytes = false} = format;
   const {doubtOfFormat: doubtOfFormat} = await __webpack_require__.e(907).then(__webpack_require__.bind(__webpack_require__, 8907));
   const told = {
    given: file,
    doubt: doubtOfFormat(name, path)
   };
   const hasChanged = await workspace.update(path, merge, {
    dryRun: dryRun,
    allowsAnyBytes: allowsAnyBytes,
    ...told
   });
   if (isQuiet) return;
   const [shown, remark] = [ (0, untrusted.g$)(path, 200), remarks.filter(each => each !== "").join(", ") ];
   if (hasChanged) {
    const done = dryRun ? "Dry run: would write" : "Wrote";
    log.info(`${done} the record of ${emailDomain} to ${shown}${remark && `, ${remark}`}.`);
    warning !== void 0 && log.warning(`${shown}: ${warning}`);
   } else log.info(`${shown} already has the record of ${emailDomain}.`);
  }
  const create = async (domain, settings, services) => {
   const connector = await (0, mode.TE)(domain, settings, services);
   await warnOfWildcard(domain, settings, services);
   if (connector !== void 0) await adopt(domain, connector, settings, services); else {
    settings.record !== void 0 && await checkRecordFile(domain, settings.record, settings, services);
    await make(domain, settings, services);
   }
   settings.record === void 0 ? await lookAtTxtToday(domain, settings, services) : await writeRecord(domain, settings.record, settings, services);
  };
  async function make(domain, settings, services) {
   const {name: name} = domain;
   if (name === void 0) return;
   const {log: log} = services;
   if (settings.dryRun) {
    log.info(`Dry run: would create an SSO connector for ${name}.`);
    return;
   }
   const wanted = {
    email_domain: name,
    begin_verification: settings.beginVerification,
    ...settings.useFedrampLanguage !== void 0 && {
     use_fedramp_language: settings.useFedrampLanguage
    }
   };
   const {ssoConnectors: ssoConnectors} = (0, modes_services.C)(services);
   const {isCreated: isCreated = false} = await domain.changeConnector({
    send: async () => {
     const {connector: connector, created: created} = await ssoConnectors.create(wanted);
     return {
      connector: connector,
      isOurs: created,
      isCreated: created
     };
    },
    look: () => ssoConnectors.findNew(name),
    isDone: seen => seen !== void 0,
    isCreation: true
   });
   log.info(`${isCreated ? "Created" : "Found"} SSO connector ${domain.connector?.id} for ${name}.`);
   sayWhatToPublish(domain, services);
  }
  async function adopt(domain, connector, settings, services) {
   services.log.info(`Found SSO connector ${connector.id} for ${connector.emailDomain} (${describeStatus(connector)}).`);
   await applyFedrampLanguage(domain, connector, settings, services);
   settings.beginVerification && connector.verificationStatus === "failed" && await restartVerification(domain, connector, settings, services);
   connector.enabled || connector.verificationStatus === "verified" || sayWhatToPublish(domain, services);
  }
  function describeStatus({enabled: enabled, verificationStatus: verificationStatus}) {
   if (enabled) return "enabled";
   return verificationStatus === "verified" ? "verified" : `verification ${verificationStatus ?? "unknown"}`;
  }
  async function applyFedrampLanguage(domain, {id: id, useFedrampLanguage: from}, {useFedrampLanguage: to, dryRun: dryRun}, services) {
   if (to === void 0 || to === from) return;
   const {log: log} = services;
   if (dryRun) {
    log.info(`Dry run: would change use_fedramp_language from ${from} to ${to}.`);
    return;
   }
   const {ssoConnectors: ssoConnectors} = (0, modes_services.C)(services);
   await domain.changeConnector((0, connector_change.F6)(ssoConnectors, id, {
    use_fedramp_language: to
   }));
   log.info(`Changed use_fedramp_language from ${from} to ${to}.`);
  }
  async function restartVerification(domain, connector, {dryRun: dryRun}, services) {
   const {log: log} = services;
   if (dryRun) {
    log.info("Dry run: would restart the failed verification.");
    return;
   }
   await domain.changeConnector((0, connector_change.qN)((0, modes_services.C)(services).ssoConnectors, domain.connector ?? connector));
   log.info("Its verification had failed; Cloudflare has started again.");
  }
  function sayWhatToPublish({record: record}, {log: log}) {
   if (record === void 0) return;
   log.info(`Publish this TXT record: ${record.emailDomain}.  IN  TXT  "${record.verificationCode}"`);
  }
 },
 5216: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   deleteConnector: () => deleteConnector
  });
  var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2690);
  var _connector_change_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2561);
  var _mode_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7288);
  var _services_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1634);
  const deleteConnector = async (domain, settings, services) => {
   const {log: log} = services;
   const connectors = await connectorsOf(domain, settings, services);
   domain.see(connectors[0]);
   if (connectors.length === 0) {
    log.info("There is no SSO connector, so there is nothing to delete.");
    return;
   }
   connectors.length > 1 && log.info(`${domain.name} has ${connectors.length} SSO connectors.`);
   const kept = connectors.filter(({enabled: enabled}) => enabled !== false && !wouldBeDisabled(settings));
   for (const connector of connectors) kept.includes(connector) || await removeOne(domain, connector, settings, services);
   const [first] = kept;
   if (first === void 0) return;
   domain.see(first);
   throw mayBeEnabled(kept);
  };
  async function connectorsOf({connector: known, name: name}, {connectorId: connectorId}, services) {
   const {ssoConnectors: ssoConnectors} = (0, _services_js__WEBPACK_IMPORTED_MODULE_3__.C)(services);
   const id = connectorId ?? (name === void 0 ? known?.id : void 0);
   if (id === void 0) return name === void 0 ? [] : ssoConnectors.allOf(name);
   const connector = await ssoConnectors.getIfThere(id);
   if (connector === void 0) return [];
   (0, _mode_js__WEBPACK_IMPORTED_MODULE_2__.l8)(connector, name);
   return [ connector ];
  }
  async function removeOne(domain, connector, {dryRun: dryRun}, services) {
   const {id: id, emailDomain: emailDomain} = connector;
   const what = `SSO connector ${id} for ${emailDomain}`;
   if (dryRun) {
    services.log.info(`Dry run: would delete ${what}.`);
    return;
   }
   domain.see(connector);
   const {isOurs: isOurs = true} = await domain.changeConnector((0, _connector_change_js__WEBPACK_IMPORTED_MODULE_1__.TF)((0, 
   _services_js__WEBPACK_IMPORTED_MODULE_3__.C)(services).ssoConnectors, id));
   services.log.info((isOurs ? `Deleted ${what}.` : `Somebody else deleted ${what}.`) + " You can now remove its TXT record.");
  }
  function mayBeEnabled(kept) {
   return new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.lZ(kept.map(describe).join(" "), {
    hint: 'To disable and delete on purpose, run "mode: disable, delete".'
   });
  }
  function describe({id: id, enabled: enabled, emailDomain: emailDomain}) {
   const seen = enabled === void 0 ? "may be enabled: Cloudflare does not say" : "is enabled: its users sign in through the identity provider";
   return `SSO connector ${id} for ${emailDomain} ${seen}.`;
  }
  function wouldBeDisabled({dryRun: dryRun, modes: modes}) {
   const [disabled, deleted] = [ modes.indexOf("disable"), modes.indexOf("delete") ];
   return dryRun && disabled >= 0 && disabled < deleted;
  }
 },
 435: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   disable: () => disable
  });
  var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2690);
  var _connector_change_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(2561);
  var _mode_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(7288);
  var _services_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1634);
  const disable = async (domain, settings, services) => {
   const {connectorId: connectorId, dryRun: dryRun} = settings;
   if (connectorId !== void 0 && !dryRun) return switchOff(domain, connectorId, void 0, services);
   const connectors = await connectorsOf(domain, settings, services);
   domain.see(connectors[0]);
   if (connectors.length === 0) return sayNothingToDisable(domain, settings, services);
   if (dryRun) return sayWouldDisable(connectors, services);
   const failures = [];
   const seen = [];
   for (const connector of connectors.toReversed()) {
    await switchOff(domain, connector.id, connector, services).catch(thrown => {
     if (thrown instanceof _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.Ko) throw thrown;
     failures.push((0, _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.ie)(thrown));
    });
    domain.sight.kind === "in-doubt" && seen.push({
     ...connector,
     enabled: void 0
    });
    domain.sight.kind === "seen" && seen.push(domain.sight.connector);
   }
   connectors.length > 1 && domain.see(seen.findLast(({enabled: enabled}) => enabled !== false) ?? seen.at(-1));
   if (failures.length > 0) throw together(failures);
  };
  async function connectorsOf(domain, settings, services) {
   const {connector: known, name: name} = domain;
   if (name === void 0 || settings.connectorId !== void 0) {
    const connector = await (0, _mode_js__WEBPACK_IMPORTED_MODULE_2__.TE)(domain, settings, services);
    return connector === void 0 ? [] : [ connector ];
   }
   const all = await (0, _services_js__WEBPACK_IMPORTED_MODULE_3__.C)(services).ssoConnectors.allOf(name);
   return known === void 0 || all.some(({id: id}) => id === known.id) ? all : [ ...all, known ];
  }
  function sayWouldDisable(connectors, {log: log}) {
   for (const {id: id, emailDomain: emailDomain, enabled: enabled} of connectors) {
    const what = `SSO connector ${id} for ${emailDomain}`;
    log.info(enabled === false ? `The ${what} is already disabled.` : `Dry run: would disable the ${what}.`);
   }
  }
  async function switchOff(domain, connectorId, before, services) {
   const asked = domain.name;
   before !== void 0 && domain.see(before);
   const {ssoConnectors: ssoConnectors} = (0, _services_js__WEBPACK_IMPORTED_MODULE_3__.C)(services);
   const change = (0, _connector_change_js__WEBPACK_IMPORTED_MODULE_1__.F6)(ssoConnectors, connectorId, {
    enabled: false
   });
   const wasDisabled = before?.enabled === false;
   await domain.changeConnector({
    ...change,
    send: async () => ({
     ...await change.send(),
     isOurs: !wasDisabled
    })
   });
   domain.connector?.enabled !== false && domain.see(await ssoConnectors.getIfThere(connectorId));
   const now = domain.connector;
   if (now === void 0) {
    services.log.warning(`SSO connector ${connectorId} is gone: somebody has deleted it.`);
    return;
   }
   if (now.enabled !== false) throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.lZ(`Cloudflare accepted the request to disable connector ${connectorId}, but it is not disabled.`, {
    hint: "Run again at once. If it stays enabled, Cloudflare support can disable it."
   });
   const emailDomain = now.emailDomain || asked || (0, _mode_js__WEBPACK_IMPORTED_MODULE_2__.bf)("");
   const done = wasDisabled ? `SSO connector ${connectorId} for ${emailDomain} is disabled, as it seemed to be before.` : `Disabled SSO connector ${connectorId} for ${emailDomain}.`;
   services.log.info(`${done} Its users sign in without the identity provider.`);
   if (asked !== void 0 && emailDomain !== asked) throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.lZ(`Connector ${connectorId} is disabled now, but it belongs to ${emailDomain}, not to ${asked}.`, {
    hint: "Leave out either connector-id or email-domain, then run again for the right one."
   });
  }
  function together(failures) {
   const [first] = failures;
   if (first !== void 0 && failures.length === 1) return first;
   return new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.lZ(failures.map(({message: message}) => message).join(" "), {
    hint: first?.hint,
    cause: first
   });
  }
  function sayNothingToDisable({name: name}, settings, {log: log}) {
   if (settings.modes.includes("delete")) {
    log.info("There is no SSO connector, so there is nothing to disable.");
    return;
   }
   const domain = name ?? "this domain";
   throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.lZ(`Account ${settings.account?.accountId ?? ""} has no SSO connector for ${domain}: nothing was disabled.`, {
    hint: `If users of ${domain} are locked out, the connector is in another account: run again with that account-id and an API token for it.`
   });
  }
 },
 212: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   enable: () => enable
  });
  var errors = __webpack_require__(2690);
  var duration = __webpack_require__(5320);
  var own_providers = __webpack_require__(3471);
  var sign_in_seen = __webpack_require__(8435);
  var growing_pauses = __webpack_require__(9257);
  var until_aborted = __webpack_require__(3426);
  var modes_services = __webpack_require__(1634);
  var api_error = __webpack_require__(3641);
  var connector_change = __webpack_require__(2561);
  async function switchOn(domain, {id: id, emailDomain: emailDomain}, services) {
   const {log: log} = services;
   const {ssoConnectors: ssoConnectors} = (0, modes_services.C)(services);
   log.info(`Enabling the connector: from now on every user of ${emailDomain}, in every Cloudflare account, must sign in through the identity provider.`);
   await domain.changeConnector((0, connector_change.F6)(ssoConnectors, id, {
    enabled: true
   })).catch(explainRefusal);
   domain.connector?.enabled || domain.see(await ssoConnectors.get(id));
   if (!domain.connector?.enabled) throw new errors.lZ(`Cloudflare accepted the request to enable connector ${id}, but it is not enabled.`, {
    hint: "Run again. If it stays disabled, the domain may be enabled in another account; Cloudflare support can tell."
   });
   log.info(`SSO connector ${id} for ${emailDomain} is enabled. To get back in: disable connector ${id} with an API token that you can use without the dashboard.`);
  }
  const REFUSALS = new Set([ 400, 409, 422 ]);
  function explainRefusal(error) {
   if (!(error instanceof api_error.k) || !REFUSALS.has(error.status)) throw error;
   throw new errors.lZ(`Cloudflare refuses to enable the connector. ${error.message}`, {
    hint: "Only one account can have the domain enabled. If another account of yours does, disable it there first: run mode disable with its connector-id, account-id and API token. Otherwise see what Cloudflare says above.",
    cause: error
   });
  }
  async function ssoAppByNow(services) {
   const {access: access} = (0, modes_services.C)(services);
   return await access.ssoApp() ?? await access.ssoApp(services.clock.now());
  }
  async function nameSsoApp(domain, services) {
   const {log: log} = services;
   try {
    domain.ssoApp = await ssoAppByNow(services);
   } catch (error) {
    if (!(error instanceof errors.GI)) throw error;
    log.info(`The dashboard's Access application could not be looked up. ${error.message}`);
    return;
   }
   domain.ssoApp === void 0 ? log.info("The dashboard's Access application (type dash_sso) does not exist yet.") : log.ofAccount("info", `The policies of the Access application ${domain.ssoApp.name} (${domain.ssoApp.id}) decide who may sign in.`);
  }
  const FIRST_NEWS_MS = 6e4;
  const LAST_LOOK_MS = 1e4;
  async function untilSignedIn(domain, connector, {patchedAtMs: patchedAtMs, confirmWithinMs: confirmWithinMs}, settings, services) {
   const {clock: clock, log: log, signal: signal} = services;
   const {emailDomain: emailDomain} = connector;
   const deadlineMs = clock.now() + confirmWithinMs;
   askForSignIn(connector, confirmWithinMs, deadlineMs, services);
   const sinceMs = Math.floor(patchedAtMs / 1e3) * 1e3;
   const late = AbortSignal.timeout(confirmWithinMs + LAST_LOOK_MS);
   let denials = [];
   const pauses = (0, growing_pauses.P)(settings.wait.pollIntervalMs);
   let newsMs = FIRST_NEWS_MS;
   for (;;) {
    const look = dashboardSignIns(domain, {
     emailDomain: emailDomain,
     sinceMs: sinceMs
    }, services);
    const signIns = await (0, until_aborted.E)(look, late).catch(error => {
     throw late.aborted ? unanswered(connector, confirmWithinMs) : error;
    });
    const allowed = signIns.filter(one => one.allowed);
    const first = allowed.findLast(one => !isBuiltIn(one)) ?? allowed.at(-1);
    if (first !== void 0) return first_sign_in_confirm(domain, connector, first, services);
    signIns.length > denials.length && log.warning(`${counted(signIns)}.`);
    denials = signIns;
    const leftMs = deadlineMs - clock.now();
    if (leftMs <= 0) throw notConfirmed(domain, connector, signIns, confirmWithinMs);
    if (confirmWithinMs - leftMs >= newsMs) {
     log.info(`Still waiting for a sign-in, ${(0, duration.a3)(leftMs)} left.`);
     newsMs *= 2;
    }
    await clock.sleep(Math.min(pauses.next().value, leftMs), signal);
   }
  }
  function askForSignIn({emailDomain: emailDomain}, confirmWithinMs, deadlineMs, {clock: clock, log: log}) {
   log.notice(`Open https://dash.cloudflare.com in a private window and sign in as somebody of ${emailDomain} within ${(0, 
   duration.a3)(confirmWithinMs)}, before ${(0, duration.fU)(deadlineMs, clock.now())}. Without a sign-in by then, the connector is disabled again.`);
  }
  async function dashboardSignIns(domain, query, services) {
   domain.ssoApp ??= await ssoAppByNow(services);
   const app = domain.ssoApp;
   if (app === void 0) return [];
   const signIns = await (0, modes_services.C)(services).accessLog.signIns(query);
   return signIns.filter(({appUid: appUid}) => appUid === app.id || appUid === app.uid);
  }
  const ONLY_BUILT_IN = " That proves nothing about your own identity provider: sign in through it as well.";
  function isBuiltIn({connection: connection}) {
   return own_providers.w_.has(connection.toLowerCase());
  }
  async function first_sign_in_confirm(domain, {id: id, emailDomain: emailDomain}, signIn, services) {
   const {clock: clock, log: log} = services;
   const seen = `somebody of ${emailDomain} signed in to the dashboard through ${(0, 
   sign_in_seen.o)([ signIn ])} at ${(0, duration.fU)(signIn.atMs, clock.now())}`;
   try {
    domain.see(await (0, modes_services.C)(services).ssoConnectors.get(id));
   } catch (error) {
    if (!(error instanceof errors.GI)) throw error;
    log.warning(`Connector ${id} could not be read again. ${error.message}`);
   }
   if (domain.connector?.enabled !== false) {
    const caveat = isBuiltIn(signIn) ? ONLY_BUILT_IN : "";
    log.notice(`Confirmed: ${seen}. Connector ${id} stays enabled.${caveat}`);
    return;
   }
   throw new errors.lZ(`Connector ${id} was disabled during the wait, although ${seen}.`, {
    hint: "Find out who disabled it and why before you run mode enable again."
   });
  }
  function unanswered({emailDomain: emailDomain}, confirmWithinMs) {
   return new errors.MU(`Whether somebody of ${emailDomain} signed in within ${(0, 
   duration.a3)(confirmWithinMs)} is not known: Cloudflare's log of sign-ins did not answer in time.`, {
    hint: "Check https://www.cloudflarestatus.com for incidents, then run again."
   });
  }
  function notConfirmed({ssoApp: ssoApp}, {emailDomain: emailDomain}, denied, confirmWithinMs) {
   const seen = ssoApp === void 0 ? "The Access application of type dash_sso has not appeared." : `${counted(denied)}.`;
   const remedy = denied.length > 0 ? "Somebody tried and was denied: look at the policies of the Access application of type dash_sso, and at the log of your identity provider." : "If somebody did sign in, Cloudflare may show it later than that: set a longer confirm-within. Otherwise test your identity provider in the dashboard under Zero Trust > Integrations > Identity providers.";
   return new errors.MU(`Nobody of ${emailDomain} signed in to the dashboard through SSO within ${(0, 
   duration.a3)(confirmWithinMs)}. ${seen}`, {
    hint: remedy
   });
  }
  function counted(denied) {
   if (denied.length === 0) return "No denied sign-in was seen either";
   const count = denied.length === 1 ? "1 denied sign-in was" : `${denied.length} denied sign-ins were`;
   return `${count} seen, through ${(0, sign_in_seen.o)(denied)}`;
  }
  var not_found = __webpack_require__(8994);
  var change = __webpack_require__(961);
  const FIRST_PAUSE_MS = 500;
  const MAX_PAUSE_MS = 3e4;
  const MAX_REFUSALS = 8;
  const SETTLE_MS = 3e3;
  async function takeBack(domain, enabled, settings, services) {
   const isInDoubt = domain.sight.kind === "in-doubt";
   await untilOff(domain, enabled, settings, services);
   if (!isInDoubt) return;
   await services.clock.sleep(SETTLE_MS);
   await untilOff(domain, enabled, settings, services);
  }
  async function untilOff(domain, enabled, settings, services) {
   const {clock: clock, log: log} = services;
   const {connectorId: connectorId} = enabled;
   const command = disableCommand(connectorId, settings);
   let pauseMs = FIRST_PAUSE_MS;
   for (let refusals = 0; ;pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
    const problem = await switchOff(domain, enabled, services);
    if (problem === void 0) return;
    refusals = problem.isFinal ? refusals + 1 : 0;
    if (refusals >= MAX_REFUSALS) throw stillEnabled(domain, connectorId, problem.error, command);
    log.warning(`Connector ${connectorId} could not be disabled. ${problem.error.message} Trying again in ${(0, 
    duration.a3)(pauseMs)}. To do it by hand:`);
    log.info(command);
    await clock.sleep(pauseMs);
   }
  }
  async function switchOff(domain, {connectorId: connectorId, patchedByMs: patchedByMs}, {clock: clock, lastResort: lastResort}) {
   if (lastResort === void 0) throw new TypeError("a connector was enabled without credentials");
   const [sent] = await Promise.allSettled([ domain.changeConnector({
    send: async () => ({
     connector: await lastResort.change(connectorId, {
      enabled: false
     })
    }),
    isDone: seen => seen?.enabled === false
   }) ]);
   if (sent.status === "rejected" && mayPass(sent.reason)) return {
    error: (0, errors.ie)(sent.reason),
    isFinal: false
   };
   const isProof = sent.status === "fulfilled" || clock.now() >= patchedByMs + change.Dc;
   const [seen] = await Promise.allSettled([ lastResort.get(connectorId) ]);
   if (seen.status === "fulfilled" && (isProof || seen.value.enabled !== false)) {
    domain.see(seen.value);
    if (seen.value.enabled === false) return;
   }
   if (isGone(sent) && isGone(seen)) {
    domain.see(void 0);
    return;
   }
   if (sent.status === "rejected") return {
    error: (0, errors.ie)(sent.reason),
    isFinal: true
   };
   if (seen.status === "rejected") return {
    error: (0, errors.ie)(seen.reason),
    isFinal: !mayPass(seen.reason)
   };
   const error = new errors.lZ("Cloudflare accepted the request, but the connector is not disabled.");
   return {
    error: error,
    isFinal: false
   };
  }
  function isGone(request) {
   return request.status === "rejected" && (0, not_found.c)(request.reason);
  }
  function mayPass(error) {
   return error instanceof errors.GI && error.retryability !== "permanent";
  }
  function stillEnabled({sight: sight}, connectorId, cause, command) {
   const state = sight.kind === "seen" && sight.connector.enabled === true ? "is still" : "may still be";
   return new errors.lZ(`Connector ${connectorId} ${state} enabled and nobody has confirmed it: it could not be disabled. ${cause.message}`, {
    hint: `${cause.hint ?? ""} To disable it by hand: ${command}`.trimStart(),
    cause: cause,
    command: command
   });
  }
  function disableCommand(connectorId, {apiUrl: apiUrl, account: account}) {
   const url = `${apiUrl}/accounts/${account?.accountId ?? ""}/sso_connectors/${connectorId}`;
   return `curl --fail-with-body -X PATCH ${quoted(url)} -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" -H 'Content-Type: application/json' -d '{"enabled": false}'`;
  }
  function quoted(text) {
   return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  }
  async function enableUntilConfirmed(domain, connector, confirmWithinMs, settings, services) {
   const [patchedAtMs, before] = [ services.clock.now(), domain.sight ];
   services.log.info(`If this step is killed before somebody has signed in: ${disableCommand(connector.id, settings)}`);
   let onSinceMs;
   try {
    await switchOn(domain, connector, services);
    onSinceMs = services.clock.now();
    await untilSignedIn(domain, connector, {
     patchedAtMs: patchedAtMs,
     confirmWithinMs: confirmWithinMs
    }, settings, services);
    domain.confirmed = true;
   } catch (thrown) {
    const error = (0, errors.ie)(thrown);
    if (domain.sight === before || onSinceMs === void 0 && domain.sight.kind === "absent") throw error;
    domain.confirmed = false;
    const isOffMeanwhile = onSinceMs !== void 0 && domain.sight.kind === "seen" && domain.sight.connector.enabled === false;
    services.log.info(`${error.message} Disabling the connector again.`);
    const enabled = {
     connectorId: connector.id,
     patchedByMs: onSinceMs ?? services.clock.now()
    };
    await takeBack(domain, enabled, settings, services).catch(failure => {
     throw withReason((0, errors.ie)(failure), error);
    });
    const outcome = outcomeFor(domain, connector, isOffMeanwhile);
    services.log.info(outcome);
    throw withOutcome(error, outcome);
   }
  }
  function outcomeFor(domain, {id: id, emailDomain: emailDomain}, isOffMeanwhile) {
   const shown = `Connector ${id} for ${emailDomain}`;
   if (domain.connector === void 0) return `${shown} is gone: somebody deleted it.`;
   if (isOffMeanwhile) return `${shown} is disabled.`;
   return `${shown} is disabled again, because nobody had confirmed it.`;
  }
  function withReason(failure, reason) {
   const {command: command, hint: hint, message: message} = failure;
   return new errors.lZ(`${message} Before that: ${reason.message}`, {
    hint: hint,
    cause: failure,
    command: command
   });
  }
  function withOutcome(error, outcome) {
   const details = {
    hint: `${outcome} ${error.hint ?? ""}`.trimEnd(),
    cause: error
   };
   return error instanceof errors.Ko ? new errors.Ko(error.message, {
    ...details,
    hint: outcome
   }) : new errors.lZ(error.message, details);
  }
  var mode = __webpack_require__(7288);
  var preflight = __webpack_require__(6933);
  var wording = __webpack_require__(1264);
  async function untilVerified(domain, connector, settings, services) {
   const {clock: clock, signal: signal} = services;
   const {timeoutMs: timeoutMs, pollIntervalMs: pollIntervalMs} = settings.wait;
   const deadlineMs = clock.now() + timeoutMs;
   let seen = await begun(domain, connector, services);
   const pauses = (0, growing_pauses.P)(pollIntervalMs);
   for (;;) {
    if (seen.verificationStatus === "verified") return seen;
    if (seen.verificationStatus === "failed") throw await verificationFailed(domain, seen, settings, services);
    if (clock.now() >= deadlineMs) {
     (0, mode.o$)(domain, notVerified(seen, settings), settings, services);
     return;
    }
    await clock.sleep(Math.min(pauses.next().value, deadlineMs - clock.now()), signal);
    seen = await stillThere(domain, seen, services);
   }
  }
  async function begun(domain, connector, services) {
   const {log: log} = services;
   const {verificationStatus: verificationStatus} = connector;
   if (verificationStatus === "awaiting" || verificationStatus === "failed") {
    await domain.changeConnector((0, connector_change.qN)((0, modes_services.C)(services).ssoConnectors, connector));
    log.info(`Verification was ${verificationStatus}; Cloudflare has started to look for the TXT record.`);
    return stillThere(domain, connector, services);
   }
   verificationStatus !== "verified" && log.info(`Cloudflare is verifying the TXT record (status ${statusOf(connector)}).`);
   return connector;
  }
  async function stillThere(domain, {id: id, emailDomain: emailDomain}, services) {
   const connector = await (0, modes_services.C)(services).ssoConnectors.getIfThere(id);
   domain.see(connector);
   if (connector !== void 0) return connector;
   throw new errors.lZ(`SSO connector ${id} for ${emailDomain} is gone: somebody deleted it.`, {
    hint: "To enable the domain after all, run create again. The new connector has another verification code to publish."
   });
  }
  async function verificationFailed(domain, {emailDomain: emailDomain, verificationCode: verificationCode}, settings, {dns: dns, log: log}) {
   const message = `Cloudflare could not verify the TXT record of ${emailDomain} (status failed).`;
   if (verificationCode === void 0) return new errors.lZ(message);
   const oneLook = {
    ...settings.wait,
    timeoutMs: 0
   };
   const record = {
    name: emailDomain,
    value: verificationCode
   };
   const report = domain.dns ?? await dns.waitFor(record, oneLook, log);
   if (report.visible) return new errors.lZ(`${message} The record is visible from here.`, {
    hint: "Run again: enable restarts the verification."
   });
   const {why: why, remedy: remedy} = (0, wording.bg)(report);
   return new errors.lZ(`${message} Seen from here, ${why}.`, {
    hint: remedy
   });
  }
  function notVerified(connector, {wait: wait}) {
   const waited = wait.timeoutMs === 0 ? "" : ` after ${(0, duration.a3)(wait.timeoutMs)}`;
   return new errors.MU(`Cloudflare has not verified the TXT record of ${connector.emailDomain}${waited} (status ${statusOf(connector)}).`, {
    hint: "Cloudflare polls for up to two days. Run the same step again later: it continues where this run stopped. Mode wait-for-dns shows whether the record is visible, and if not, why."
   });
  }
  function statusOf({verificationStatus: verificationStatus}) {
   return verificationStatus ?? "unknown";
  }
  const enable = async (domain, settings, services) => {
   const {log: log} = services;
   const connector = await (0, mode.TE)(domain, settings, services);
   if (connector === void 0) {
    if (!settings.dryRun || !settings.modes.includes("create")) throw (0, mode.aW)(domain);
    log.info("Dry run: would enable the connector once it exists and is verified.");
    return;
   }
   if (connector.enabled) return sayAlreadyEnabled(connector, settings, services);
   if (settings.dryRun) return sayWouldEnable(domain, connector, settings, services);
   const verified = await untilVerified(domain, connector, settings, services);
   if (verified === void 0) return;
   if (verified.enabled) return sayAlreadyEnabled(verified, settings, services);
   await (0, preflight.judgeAndTell)(domain, settings, services);
   if (settings.confirmWithinMs !== void 0) {
    if (!await isDisabledNow(domain, verified, settings, services)) return;
    await enableUntilConfirmed(domain, verified, settings.confirmWithinMs, settings, services);
    return;
   }
   await switchOn(domain, verified, services);
   await nameSsoApp(domain, services);
  };
  async function isDisabledNow(domain, {id: id}, settings, services) {
   const now = await (0, modes_services.C)(services).ssoConnectors.get(id);
   domain.see(now);
   now.enabled && sayAlreadyEnabled(now, settings, services);
   if (now.enabled !== void 0) return !now.enabled;
   throw new errors.lZ(`Cloudflare does not say whether connector ${id} is enabled, so confirm-within would not know what to take back to.`, {
    hint: "Look at the connector in the dashboard, then run again."
   });
  }
  function sayAlreadyEnabled({id: id, emailDomain: emailDomain}, {confirmWithinMs: confirmWithinMs}, {log: log}) {
   log.info(`SSO connector ${id} for ${emailDomain} is already enabled.`);
   if (confirmWithinMs === void 0) return;
   log.warning(`confirm-within does not apply: connector ${id} was enabled before this run, which leaves it as it is. Whether anybody has signed in through it is not known. If an earlier run ended before somebody confirmed it, disable it, then enable it again.`);
  }
  function sayWouldEnable({dns: dns}, connector, {confirmWithinMs: confirmWithinMs}, {log: log}) {
   const {emailDomain: emailDomain, verificationStatus: verificationStatus = "unknown"} = connector;
   const isWaiting = verificationStatus !== "verified" && dns?.visible === false;
   const when = isWaiting ? "once the record is visible and verified" : `now ${verificationStatus}`;
   const confirmed = confirmWithinMs === void 0 ? "" : ` Would disable it again unless somebody signs in within ${(0, 
   duration.a3)(confirmWithinMs)}.`;
   log.info(`Dry run: would enable the connector for ${emailDomain}, ${when}.${confirmed}`);
  }
 },
 7288: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   Gm: () => recordToPublish,
   TE: () => lookUp,
   aW: () => connectorMissing,
   bf: () => ownerOf,
   l8: () => refuseOtherDomain,
   o$: () => endInTimeout
  });
  var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2690);
  var _services_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1634);
  async function lookUp(domain, settings, services) {
   const connector = await currentConnector(domain, settings, services);
   domain.see(connector);
   return connector;
  }
  async function currentConnector({connector: known, name: name}, settings, services) {
   const {ssoConnectors: ssoConnectors} = (0, _services_js__WEBPACK_IMPORTED_MODULE_1__.C)(services);
   const id = known?.id ?? settings.connectorId;
   if (id === void 0) return name === void 0 ? void 0 : ssoConnectors.find(name);
   const connector = await ssoConnectors.get(id);
   refuseOtherDomain(connector, name);
   return connector;
  }
  function refuseOtherDomain({id: id, emailDomain: emailDomain}, name) {
   if (name === void 0 || emailDomain === name) return;
   throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.lZ(`Connector ${id} belongs to ${ownerOf(emailDomain)}, but email-domain is ${name}.`, {
    hint: "Leave out either connector-id or email-domain."
   });
  }
  function ownerOf(emailDomain) {
   return emailDomain === "" ? "an email domain that Cloudflare does not show" : emailDomain;
  }
  async function recordToPublish(domain, settings, services) {
   if (domain.record !== void 0) return domain.record;
   const connector = await lookUp(domain, settings, services);
   if (connector === void 0) {
    if (settings.dryRun && settings.modes.includes("create")) return;
    throw connectorMissing(domain);
   }
   if (domain.record === void 0) throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.lZ(`Cloudflare shows no verification code for connector ${connector.id}.`, {
    hint: "Pass the code as verification-code, or look at the connector in the dashboard."
   });
   return domain.record;
  }
  function connectorMissing({name: name}) {
   return new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.lZ(`This account has no SSO connector for ${name ?? "this domain"}.`, {
    hint: 'Run mode create first, for example "mode: create, wait-for-dns, enable". If you expected a connector, check account-id.'
   });
  }
  function endInTimeout(domain, error, {wait: wait}, {log: log}) {
   domain.timedOut = true;
   if (wait.onTimeout === "fail") throw error;
   log.warning((0, _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.S6)(error).join(" "));
  }
 },
 6933: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   evidenceAbout: () => evidenceAbout,
   judgeAndTell: () => judgeAndTell,
   preflight: () => preflight_preflight,
   preflightFirst: () => preflightFirst
  });
  var errors = __webpack_require__(2690);
  var preflight = __webpack_require__(4006);
  function evidenceOf(api, subject, nowMs) {
   return {
    ...subject,
    nowMs: nowMs,
    identityProviders: () => api.access.identityProviders(),
    ssoApp: () => api.access.ssoApp(),
    signIns: () => api.accessLog.pastSignIns(subject.emailDomain),
    members: () => api.members.accepted(),
    token: () => api.token.facts(),
    enabledDomains: async () => {
     const all = await api.ssoConnectors.list();
     return all.filter(({enabled: enabled}) => enabled !== false).map(({emailDomain: emailDomain}) => emailDomain);
    }
   };
  }
  var judge = __webpack_require__(839);
  var mode = __webpack_require__(7288);
  var modes_services = __webpack_require__(1634);
  const preflight_preflight = async (domain, settings, services) => {
   const looking = (0, mode.TE)(domain, settings, services);
   domain.name === void 0 && await looking;
   const ends = await Promise.allSettled([ looking, judgeAndTell(domain, settings, services) ]);
   for (const end of ends) if (end.status === "rejected") throw end.reason;
  };
  const preflightFirst = async (domain, settings, services) => {
   const connector = domain.name === void 0 || settings.connectorId !== void 0 ? await (0, 
   mode.TE)(domain, settings, services) : await (0, modes_services.C)(services).ssoConnectors.find(domain.name);
   if (connector?.enabled) return;
   if (connector === void 0 && !settings.modes.includes("create")) {
    domain.see(void 0);
    throw (0, mode.aW)(domain);
   }
   try {
    await services.log.group("preflight", () => judgeAndTell(domain, settings, services));
   } catch (error) {
    domain.see(connector);
    throw error;
   }
  };
  async function judgeAndTell(domain, settings, services) {
   const emailDomain = domain.name ?? "";
   const before = domain.preflight;
   const report = await (0, judge.uD)(evidenceAbout(emailDomain, settings, services));
   domain.preflight = report;
   const found = (0, preflight.Bw)(report, settings.preflight);
   tell(report, found, before, services);
   if (found.length > 0) throw refusal(found, settings);
   await requireConfirmable(emailDomain, settings, services);
  }
  function evidenceAbout(emailDomain, {emailDomains: emailDomains}, services) {
   const subject = {
    emailDomain: emailDomain,
    emailDomains: [ ...emailDomains, emailDomain ]
   };
   return evidenceOf((0, modes_services.C)(services), subject, services.clock.now());
  }
  const MARKS = {
   passed: "\u2713",
   warned: "!",
   refused: "\u2717",
   unknown: "?"
  };
  function tell({guards: guards}, found, before, {log: log}) {
   for (const judgement of guards) {
    const {guard: guard, verdict: verdict, evidence: evidence, remedy: remedy = ""} = judgement;
    if (before?.guards.some(one => one.guard === guard && one.verdict === verdict)) continue;
    const line = `${MARKS[verdict]} ${guard} ${verdict}: ${evidence} ${remedy}`.trimEnd();
    const isWarning = [ "warned", "refused" ].includes(verdict) && !found.includes(judgement);
    judge.dU.has(guard) ? log.ofAccount(isWarning ? "warning" : "info", line) : isWarning ? log.warning(line) : verdict === "passed" ? log.detail(line) : log.info(line);
   }
  }
  function refusal(found, {preflight: policy}) {
   const seen = found.map(({guard: guard, evidence: evidence}) => `${guard}: ${evidence}`).join(" ");
   const remedies = [ ...new Set(found.flatMap(({remedy: remedy}) => remedy ?? [])) ];
   const strict = policy === "strict" ? [ "preflight: strict refuses everything that is not proven." ] : [];
   return new errors.lZ(`Preflight refuses to enable the connector. ${seen}`, {
    hint: [ ...remedies, ...strict ].join(" ")
   });
  }
  async function requireConfirmable(emailDomain, {confirmWithinMs: confirmWithinMs, modes: modes}, services) {
   if (confirmWithinMs === void 0 || !modes.includes("enable")) return;
   const {access: access, accessLog: accessLog} = (0, modes_services.C)(services);
   try {
    await Promise.all([ access.ssoApp(), accessLog.pastSignIns(emailDomain) ]);
   } catch (error) {
    if (!(error instanceof errors.GI)) throw error;
    throw new errors.lZ(`confirm-within cannot see sign-ins, so nothing is enabled that could not be confirmed. ${error.message}`, {
     hint: error.hint,
     cause: error
    });
   }
  }
 },
 6950: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   publishDns: () => publishDns
  });
  var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(2690);
  var _domain_wildcard_loss_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(1635);
  var _http_change_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(961);
  var _text_untrusted_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1824);
  var _mode_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(7288);
  var _services_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(1634);
  const publishDns = async (domain, settings, services) => {
   const record = await (0, _mode_js__WEBPACK_IMPORTED_MODULE_3__.Gm)(domain, settings, services);
   const {log: log} = services;
   if (record === void 0) {
    log.info("Dry run: there is no connector yet, so there is no record to publish.");
    return;
   }
   const {emailDomain: emailDomain, verificationCode: verificationCode} = record;
   const {dnsRecords: dnsRecords} = (0, _services_js__WEBPACK_IMPORTED_MODULE_4__.C)(services);
   const zone = await activeZone(emailDomain, services);
   const published = await dnsRecords.txtAt(zone.id, emailDomain);
   warnOfOlderCodes(record, published, services);
   const isIt = ({text: text}) => text === verificationCode;
   const present = published.find(isIt);
   if (present !== void 0) {
    domain.dnsRecord = {
     zoneId: zone.id,
     id: present.id
    };
    log.info(`Zone ${zone.name} already has the TXT record of ${emailDomain}.`);
    return;
   }
   emailDomain !== zone.name && await refuseLoss(emailDomain, zone, services);
   if (settings.dryRun) {
    log.info(`Dry run: would add the TXT record of ${emailDomain} to zone ${zone.name}.`);
    return;
   }
   const look = async () => (await dnsRecords.txtAt(zone.id, emailDomain)).find(isIt);
   const {isOurs: isOurs = true, id: id} = await domain.changeDns(() => dnsRecords.addTxt(zone.id, emailDomain, verificationCode), async () => {
    const untilMs = services.clock.now() + _http_change_js__WEBPACK_IMPORTED_MODULE_1__.Dc;
    const found = await (0, _http_change_js__WEBPACK_IMPORTED_MODULE_1__.LC)(look, seen => seen !== void 0, untilMs, services);
    return {
     id: found?.id,
     isDone: found !== void 0
    };
   });
   domain.dnsRecord = {
    zoneId: zone.id,
    id: id
   };
   log.info(`${isOurs ? "Added" : "Found"} the TXT record of ${emailDomain} in zone ${zone.name}.`);
  };
  async function refuseLoss(emailDomain, zone, services) {
   const answer = await (0, _services_js__WEBPACK_IMPORTED_MODULE_4__.C)(services).dnsRecords.wildcardAnswer(zone, emailDomain);
   if (answer === void 0) return;
   const {problem: problem, hint: hint} = (0, _domain_wildcard_loss_js__WEBPACK_IMPORTED_MODULE_5__.q)(answer);
   throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.lZ(`In zone ${zone.name}, ${(0, 
   _text_untrusted_js__WEBPACK_IMPORTED_MODULE_2__.g$)(problem)}. Nothing was added.`, {
    hint: (0, _text_untrusted_js__WEBPACK_IMPORTED_MODULE_2__.g$)(hint)
   });
  }
  async function activeZone(emailDomain, services) {
   const zones = await (0, _services_js__WEBPACK_IMPORTED_MODULE_4__.C)(services).zones.holding(emailDomain);
   const active = zones.find(({status: status}) => status === "active");
   if (active !== void 0) return active;
   const [closest] = zones;
   if (closest === void 0) throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.lZ(`The API token sees no zone for ${emailDomain} at Cloudflare.`, {
    hint: 'If Cloudflare hosts the zone, give the token the permissions "Zone: Read", "DNS: Read" and "DNS: Edit" for it. If another provider hosts it, leave out publish-dns, publish the record there, and use wait-for-dns.'
   });
   throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__.lZ(`Zone ${closest.name} at Cloudflare is ${(0, 
   _text_untrusted_js__WEBPACK_IMPORTED_MODULE_2__.g$)(closest.status, 40)}, not active: nobody sees its records.`, {
    hint: WHY_NOT_ACTIVE.get(closest.status) ?? "Look at the zone in the dashboard."
   });
  }
  const WHY_NOT_ACTIVE = new Map([ [ "pending", "At your registrar, set the name servers that the zone's overview in the dashboard shows. Or publish the record where the domain is hosted now." ], [ "initializing", "Finish its setup in the dashboard, then run again." ], [ "moved", "Its name servers were changed at the registrar. Publish the record there, or change the name servers back." ] ]);
  function warnOfOlderCodes({emailDomain: emailDomain, verificationCode: code}, published, {log: log}) {
   const prefix = code.slice(0, code.indexOf("=") + 1);
   const older = [ ...new Set(published.map(({text: text}) => text)) ].filter(text => text !== code && prefix && text.startsWith(prefix));
   if (older.length === 0) return;
   const list = older.map(text => (0, _text_untrusted_js__WEBPACK_IMPORTED_MODULE_2__.g$)(text, 100)).join(", ");
   const noun = older.length === 1 ? "another verification code" : "other verification codes";
   log.warning(`${emailDomain} has ${noun}: ${list}. Left in place. Remove a code only if no connector in any account uses it.`);
  }
 },
 4919: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   F: () => watchAccount,
   e: () => watchDomain
  });
  var _domain_drift_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(1950);
  var _preflight_guard_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1921);
  var _preflight_judge_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(839);
  var _preflight_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6933);
  const OF_ACCOUNT = {
   "identity-provider": {
    kind: "identity-provider-missing",
    expected: "an identity provider of your own"
   },
   token: {
    kind: "token-expires",
    expected: "an API token that is valid for 30 days or more"
   },
   "way-back-in": {
    kind: "nobody-outside",
    expected: "a super administrator outside the email domains"
   }
  };
  const OF_DOMAIN = {
   "sso-app": {
    kind: "sso-app-policy",
    expected: "an Access application that lets the email domain in"
   }
  };
  const NOTHING = {
   drift: [],
   notChecked: []
  };
  async function watchDomain(connector, settings, services) {
   if (!connector.enabled) return NOTHING;
   const {emailDomain: emailDomain} = connector;
   const watched = await watch(OF_DOMAIN, emailDomain, (0, _preflight_js__WEBPACK_IMPORTED_MODULE_2__.evidenceAbout)(emailDomain, settings, services));
   const drift = watched.drift.map(one => ({
    ...one,
    connector_id: connector.id
   }));
   return {
    drift: drift,
    notChecked: watched.notChecked
   };
  }
  async function watchAccount(domains, settings, services) {
   const inUse = domains.filter(({domain: {connector: connector}}) => connector && isInUse(connector, settings));
   const [first] = inUse.flatMap(({domain: domain}) => domain.name ?? []);
   if (first === void 0) return NOTHING;
   const about = domains.length === 1 ? first : _domain_drift_js__WEBPACK_IMPORTED_MODULE_3__.hM;
   return watch(OF_ACCOUNT, about, (0, _preflight_js__WEBPACK_IMPORTED_MODULE_2__.evidenceAbout)(first, settings, services));
  }
  function isInUse({enabled: enabled}, {check: check}) {
   return enabled !== false || check.expectEnabled;
  }
  async function watch(guards, emailDomain, seen) {
   const judgements = await (0, _preflight_judge_js__WEBPACK_IMPORTED_MODULE_1__.S4)(seen, Object.keys(guards));
   const providers = await (0, _preflight_guard_js__WEBPACK_IMPORTED_MODULE_0__.ut)(seen.identityProviders());
   const isListUnknown = "error" in providers && !(0, _preflight_guard_js__WEBPACK_IMPORTED_MODULE_0__.Zc)(providers.error);
   const [drift, notChecked] = [ [], [] ];
   for (const judgement of judgements) {
    const guard = guards[judgement.guard];
    if (guard === void 0 || judgement.verdict === "passed") continue;
    const isUnknown = judgement.verdict === "unknown" || judgement.guard === "identity-provider" && isListUnknown;
    isUnknown ? notChecked.push(notCheckedFor(guard, judgement)) : drift.push(driftFor(guard, judgement, emailDomain));
   }
   return {
    drift: drift,
    notChecked: notChecked
   };
  }
  function notCheckedFor({kind: kind}, {permission: permission}) {
   return {
    kind: kind,
    ...permission !== void 0 && {
     permission: permission
    }
   };
  }
  function driftFor({kind: kind, expected: expected}, {evidence: seen, remedy: remedy = ""}, emailDomain) {
   return {
    kind: kind,
    email_domain: emailDomain,
    expected: expected,
    actual: seen.replace(/\.$/, ""),
    remedy: remedy
   };
  }
 },
 1921: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   J5: () => refused,
   L5: () => unknown,
   O$: () => unreadable,
   Zc: () => isWithoutZeroTrust,
   bF: () => passed,
   k9: () => warned,
   ut: () => answerOf
  });
  var _cloudflare_api_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3641);
  var _cloudflare_hints_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(9884);
  var _domain_errors_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2690);
  function passed(evidence, remedy) {
   return {
    verdict: "passed",
    evidence: evidence,
    ...remedy !== void 0 && {
     remedy: remedy
    }
   };
  }
  function warned(evidence, remedy) {
   return {
    verdict: "warned",
    evidence: evidence,
    remedy: remedy
   };
  }
  function refused(evidence, remedy) {
   return {
    verdict: "refused",
    evidence: evidence,
    remedy: remedy
   };
  }
  function unknown(evidence, remedy) {
   return {
    verdict: "unknown",
    evidence: evidence,
    ...remedy !== void 0 && {
     remedy: remedy
    }
   };
  }
  function unreadable(what, error) {
   const permission = error instanceof _cloudflare_api_error_js__WEBPACK_IMPORTED_MODULE_0__.k ? error.permission : void 0;
   if (permission === void 0) return unknown(`The ${what} could not be read. ${withoutQuery(error.message)}`, error.hint);
   const seen = `The ${what} could not be read: the API token may lack the permission "${permission}".`;
   return {
    ...unknown(seen, `Add "${permission}" to the API token.`),
    permission: permission
   };
  }
  function withoutQuery(message) {
   return message.replace(/\b([A-Z]+ \/[^\s?]*)\?[^\s,;)]+/, "$1");
  }
  function isWithoutZeroTrust(error) {
   return error instanceof _cloudflare_api_error_js__WEBPACK_IMPORTED_MODULE_0__.k && error.errors.some(({code: code}) => code === _cloudflare_hints_js__WEBPACK_IMPORTED_MODULE_1__.W8);
  }
  async function answerOf(request) {
   try {
    return {
     answer: await request
    };
   } catch (error) {
    if (!(error instanceof _domain_errors_js__WEBPACK_IMPORTED_MODULE_2__.GI)) throw error;
    return {
     error: error
    };
   }
  }
 },
 839: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   dU: () => GUARDS_OF_ACCOUNT,
   S4: () => judge,
   uD: () => preflightReport
  });
  var preflight = __webpack_require__(4006);
  var guard = __webpack_require__(1921);
  var own_providers = __webpack_require__(3471);
  const identityProvider = {
   id: "identity-provider",
   isOfAccount: true,
   async judge(evidence) {
    const result = await (0, guard.ut)(evidence.identityProviders());
    if ("answer" in result) return judgeProviders(result.answer);
    if ((0, guard.Zc)(result.error)) return (0, guard.J5)("Without a Zero Trust organization, the account has no identity provider.", own_providers.iO);
    const finding = (0, guard.O$)("identity providers of the account", result.error);
    const wayRound = finding.permission === void 0 ? {} : {
     remedy: `${finding.remedy} If you are sure that there is one, set preflight: false.`
    };
    return {
     ...finding,
     verdict: "refused",
     ...wayRound
    };
   }
  };
  function judgeProviders(providers) {
   const own = (0, own_providers.Xw)(providers);
   if (own.length > 0) return (0, guard.bF)(`The account has an identity provider of its own: ${(0, 
   own_providers.I_)(own)}.`);
   if (providers.length === 0) return (0, guard.J5)("The account has no identity provider: nobody could sign in once the connector is enabled.", own_providers.iO);
   if (!providers.some(({type: type}) => type === "onetimepin")) return (0, guard.J5)("The only identity provider of the account is Cloudflare itself (type cloudflare): people would have to sign in to Cloudflare in order to sign in to Cloudflare.", own_providers.iO);
   return (0, guard.k9)("The account has no identity provider of its own: people can sign in by one-time PIN only.", own_providers.iO);
  }
  var sign_in_seen = __webpack_require__(8435);
  var email_address = __webpack_require__(7440);
  const WHERE = "the application of type dash_sso in the dashboard under Zero Trust > Access controls > Applications";
  const ssoApp = {
   id: "sso-app",
   isOfAccount: false,
   async judge(evidence) {
    const requests = [ (0, guard.ut)(evidence.ssoApp()), (0, guard.ut)(evidence.identityProviders()), (0, 
    guard.ut)(evidence.enabledDomains()) ];
    const [app, providers, enabled] = await Promise.all(requests);
    if ("error" in app) return (0, guard.Zc)(app.error) ? noneYet() : (0, guard.O$)("Access applications", app.error);
    if (app.answer === void 0) {
     if ("error" in enabled) return (0, guard.O$)("SSO connectors of the account", enabled.error);
     return enabled.answer.length > 0 ? isGone() : noneYet();
    }
    const bad = sso_app_judgeProviders(app.answer, "answer" in providers ? providers.answer : void 0);
    if (bad !== void 0) return bad;
    if ("error" in enabled) return (0, guard.O$)("SSO connectors of the account", enabled.error);
    return judgePolicies(app.answer, evidence.emailDomain, enabled.answer);
   }
  };
  function noneYet() {
   return (0, guard.bF)("There is no Access application of type dash_sso yet: Cloudflare makes it with the first enable.");
  }
  function isGone() {
   return (0, guard.k9)("The account uses SSO, but the Access application of type dash_sso is gone: nobody can sign in through SSO.", "Disable the connector, so that people can sign in without SSO. Cloudflare makes the application when a connector is enabled.");
  }
  function sso_app_judgeProviders({allowedIdps: allowedIdps}, providers) {
   if (allowedIdps === void 0) return (0, guard.L5)("Cloudflare does not show which identity providers the Access application allows.", `Look at ${WHERE}.`);
   if (allowedIdps.length === 0) return;
   if (providers === void 0) return (0, guard.L5)("The Access application allows some identity providers only, and whether they exist could not be read.", "See the guard identity-provider.");
   const existing = allowedIdps.filter(id => providers.some(provider => provider.id === id));
   const missing = allowedIdps.length - existing.length;
   if (missing === 0) return;
   return (0, guard.k9)(`The Access application allows ${allowedIdps.length} identity provider${allowedIdps.length === 1 ? "" : "s"} (allowed_idps), of which ${missing} do${missing === 1 ? "es" : ""} not exist.`, `Correct the identity providers of ${WHERE}.`);
  }
  function judgePolicies({policies: policies}, emailDomain, enabledDomains) {
   if (policies === void 0) return (0, guard.L5)("Cloudflare does not show the policies of the Access application.", `Look at ${WHERE}.`);
   switch (admission(policies, emailDomain)) {
   case "denied":
    return (0, guard.k9)("A policy of the Access application denies the email domain.", `Remove it from ${WHERE}.`);

   case "yes":
    return (0, guard.bF)("A policy of the Access application allows the email domain.");

   case "perhaps":
    return (0, guard.L5)("Whether the policies of the Access application allow the email domain depends on rules of other kinds, such as groups.", `Look at ${WHERE}: an allow policy must include everybody of the email domain.`);

   case "no":
    return isYetToCome(policies, enabledDomains) ? (0, guard.bF)("No policy of the Access application allows the email domain yet: Cloudflare makes it with the enable.") : (0, 
    guard.k9)("No policy of the Access application allows the email domain.", `Add an allow policy that includes the email domain to ${WHERE}.`);
   }
  }
  function isYetToCome(policies, enabledDomains) {
   return enabledDomains.every(other => admission(policies, other) !== "no");
  }
  function admission(policies, emailDomain) {
   const names = naming(emailDomain);
   const decided = decision => policies.filter(policy => policy.decision === decision).map(policy => coverage(policy, names));
   const [denying, allowing] = [ decided("deny"), decided("allow") ];
   if (denying.includes("yes")) return "denied";
   if (allowing.includes("yes") && !denying.includes("perhaps")) return "yes";
   return allowing.some(one => one !== "no") ? "perhaps" : "no";
  }
  function naming(emailDomain) {
   return rule => {
    if ("everyone" in rule) return "yes";
    if ("email" in rule) return "no";
    if (!("email_domain" in rule)) return "perhaps";
    const {email_domain: value} = rule;
    const domain = typeof value === "object" && value !== null && "domain" in value ? value.domain : void 0;
    if (typeof domain !== "string") return "perhaps";
    return (0, email_address.y)(`@${domain}`) === emailDomain ? "yes" : "no";
   };
  }
  function coverage({include: include, exclude: exclude, require: require}, names) {
   const [included, excluded, required] = [ include.map(names), exclude.map(names), require.map(names) ];
   if (excluded.includes("yes") || required.includes("no") || included.every(one => one === "no")) return "no";
   const isCertain = included.includes("yes") && ![ ...excluded, ...required ].includes("perhaps");
   return isCertain ? "yes" : "perhaps";
  }
  var untrusted = __webpack_require__(1824);
  const SOON_MS = 2592e6;
  const NEW_TOKEN = "Make a new API token without an expiry date under Manage Account > API Tokens, and store it where this workflow and your break-glass workflow read it.";
  const token = {
   id: "token",
   isOfAccount: true,
   async judge(evidence) {
    const result = await (0, guard.ut)(evidence.token());
    if ("error" in result) return (0, guard.O$)("facts about the API token", result.error);
    return judgeToken(result.answer, evidence.nowMs);
   }
  };
  function judgeToken({status: status, expiresAtMs: expiresAtMs, notBeforeMs: notBeforeMs, isOfAccount: isOfAccount}, nowMs) {
   if (expiresAtMs !== void 0 && expiresAtMs <= nowMs) return (0, guard.k9)(`The API token expired on ${date(expiresAtMs)}.`, NEW_TOKEN);
   if (status !== "active") return (0, guard.k9)(`The API token is not active, but "${(0, 
   untrusted.g$)(status, 40)}".`, NEW_TOKEN);
   if (notBeforeMs !== void 0 && notBeforeMs > nowMs) return (0, guard.k9)(`The API token is not valid before ${date(notBeforeMs)}.`, NEW_TOKEN);
   if (expiresAtMs !== void 0 && expiresAtMs - nowMs < SOON_MS) return (0, guard.k9)(`The API token expires on ${date(expiresAtMs)}.`, NEW_TOKEN);
   const until = expiresAtMs === void 0 ? "does not expire" : `expires on ${date(expiresAtMs)}`;
   if (isOfAccount) return (0, guard.bF)(`The API token belongs to the account and ${until}.`);
   return (0, guard.bF)(`The API token belongs to a user and ${until}.`, "An account API token is better: it outlives the user.");
  }
  function date(ms) {
   return new Date(ms).toISOString().slice(0, 10);
  }
  const unreachableMembers = {
   id: "unreachable-members",
   isOfAccount: false,
   async judge({members: members, emailDomain: emailDomain}) {
    const result = await (0, guard.ut)(members());
    if ("error" in result) return (0, guard.O$)("members of the account", result.error);
    const ofDomain = result.answer.filter(member => member.emailDomain === emailDomain);
    const unreachable = ofDomain.filter(({isPlusAddress: isPlusAddress}) => isPlusAddress).length;
    if (unreachable === 0) return (0, guard.bF)("No member of the account has a plus address (a+b@) of the email domain.");
    return (0, guard.k9)(`${unreachable} member${unreachable === 1 ? " has a plus address" : "s have plus addresses"} (a+b@) of the email domain and cannot sign in through SSO.`, "Invite these people with the address that your identity provider knows, then remove the plus addresses.");
   }
  };
  const wayBackIn = {
   id: "way-back-in",
   isOfAccount: true,
   async judge(evidence) {
    const requests = [ (0, guard.ut)(evidence.members()), (0, guard.ut)(evidence.enabledDomains()) ];
    const [members, enabled] = await Promise.all(requests);
    if ("error" in members) return (0, guard.O$)("members of the account", members.error);
    if ("error" in enabled) return (0, guard.O$)("SSO connectors of the account", enabled.error);
    const withSso = new Set([ ...evidence.emailDomains, ...enabled.answer ]);
    const administrators = members.answer.filter(({isSuperAdministrator: isSuperAdministrator}) => isSuperAdministrator);
    const outside = administrators.filter(({emailDomain: emailDomain}) => emailDomain !== "" && !withSso.has(emailDomain));
    const all = `${administrators.length} super administrator${administrators.length === 1 ? "" : "s"}`;
    if (outside.length > 0) return (0, guard.bF)(`${outside.length} of ${all} can sign in without SSO: the address is outside the email domains.`);
    return (0, guard.k9)(`None of ${all} can sign in without SSO: every address is inside an email domain that uses it.`, "Invite a super administrator with an address of another domain, and keep that password and second factor in a safe.");
   }
  };
  const zeroTrustOrganization = {
   id: "zero-trust-organization",
   isOfAccount: true,
   async judge(evidence) {
    const requests = [ (0, guard.ut)(evidence.identityProviders()), (0, guard.ut)(evidence.ssoApp()) ];
    const [providers, app] = await Promise.all(requests);
    if ([ providers, app ].some(one => "error" in one && (0, guard.Zc)(one.error))) return (0, 
    guard.J5)("The account has no Zero Trust organization: nobody could sign in once the connector is enabled.", "Create a Zero Trust organization in the dashboard under Zero Trust (the Free plan is enough), then add your identity provider there.");
    if ("answer" in providers || "answer" in app) return (0, guard.bF)("The account has a Zero Trust organization.");
    return (0, guard.O$)("settings of Cloudflare Access", providers.error);
   }
  };
  const GUARDS = [ zeroTrustOrganization, identityProvider, sign_in_seen.c, token, wayBackIn, unreachableMembers, ssoApp ];
  const GUARDS_OF_ACCOUNT = new Set(GUARDS.filter(({isOfAccount: isOfAccount}) => isOfAccount).map(({id: id}) => id));
  function judge(evidence, wanted) {
   const asked = GUARDS.filter(({id: id}) => wanted === void 0 || wanted.includes(id));
   return Promise.all(asked.map(async guard => ({
    guard: guard.id,
    ...await guard.judge(evidence)
   })));
  }
  async function preflightReport(evidence) {
   const guards = await judge(evidence);
   return {
    email_domain: evidence.emailDomain,
    verdict: (0, preflight.QZ)(guards),
    judged_at: new Date(evidence.nowMs).toISOString(),
    guards: guards
   };
  }
 },
 3471: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   I_: () => describeProviders,
   Xw: () => ownProviders,
   iO: () => ADD_PROVIDER,
   w_: () => BUILT_IN_PROVIDERS
  });
  var _text_untrusted_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1824);
  const BUILT_IN_PROVIDERS = new Set([ "cloudflare", "onetimepin" ]);
  const ADD_PROVIDER = "Add your own identity provider in the dashboard under Zero Trust > Integrations > Identity providers, and test it there.";
  function ownProviders(providers) {
   return providers.filter(({type: type}) => !BUILT_IN_PROVIDERS.has(type));
  }
  function describeProviders(providers) {
   const all = providers.map(({name: name, type: type}) => name === "" ? type : `${name} (${type})`).join(", ");
   return (0, _text_untrusted_js__WEBPACK_IMPORTED_MODULE_0__.tg)(all);
  }
 },
 8435: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   c: () => signInSeen,
   o: () => connections
  });
  var _cloudflare_access_log_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(573);
  var _text_untrusted_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1824);
  var _guard_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1921);
  var _own_providers_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(3471);
  const SIGN_IN_FIRST = "Have somebody of the email domain sign in to any Access application through your identity provider first, then run again.";
  const signInSeen = {
   id: "sign-in-seen",
   isOfAccount: false,
   async judge(evidence) {
    const requests = [ (0, _guard_js__WEBPACK_IMPORTED_MODULE_2__.ut)(evidence.signIns()), (0, 
    _guard_js__WEBPACK_IMPORTED_MODULE_2__.ut)(evidence.identityProviders()) ];
    const [signIns, providers] = await Promise.all(requests);
    const error = "error" in signIns ? signIns.error : "error" in providers ? providers.error : void 0;
    if ((0, _guard_js__WEBPACK_IMPORTED_MODULE_2__.Zc)(error)) return (0, _guard_js__WEBPACK_IMPORTED_MODULE_2__.k9)("Without a Zero Trust organization, nobody has signed in through Access.", SIGN_IN_FIRST);
    if ("error" in signIns) return (0, _guard_js__WEBPACK_IMPORTED_MODULE_2__.O$)("sign-ins in the Access authentication log", signIns.error);
    if ("error" in providers) return (0, _guard_js__WEBPACK_IMPORTED_MODULE_2__.O$)("identity providers that people sign in through", providers.error);
    return judgeSignIns(signIns.answer, (0, _own_providers_js__WEBPACK_IMPORTED_MODULE_3__.Xw)(providers.answer), evidence.nowMs);
   }
  };
  function judgeSignIns(signIns, own, nowMs) {
   const counting = signIns.find(({allowed: allowed, connection: connection}) => allowed && own.some(isCalled(connection)));
   if (counting !== void 0) {
    const {atMs: atMs, connection: connection} = counting;
    return (0, _guard_js__WEBPACK_IMPORTED_MODULE_2__.bF)(`Somebody of the email domain signed in through ${shown(connection)} ${when(atMs)}.`);
   }
   const since = new Date(nowMs - _cloudflare_access_log_js__WEBPACK_IMPORTED_MODULE_0__.ej * 24 * 60 * 60 * 1e3).toISOString().slice(0, 10);
   return (0, _guard_js__WEBPACK_IMPORTED_MODULE_2__.k9)(`Nobody of the email domain has signed in through an identity provider of yours since ${since}, ${_cloudflare_access_log_js__WEBPACK_IMPORTED_MODULE_0__.ej} days back, or since the log begins: by plan it keeps between 24 hours and 6 months.${others(signIns)}`, SIGN_IN_FIRST);
  }
  function isCalled(connection) {
   const called = connection.toLowerCase();
   return ({id: id, name: name, type: type}) => called !== "" && [ id, name, type ].some(one => one?.toLowerCase() === called);
  }
  function others(signIns) {
   const denied = signIns.filter(({allowed: allowed}) => !allowed);
   const allowed = signIns.filter(one => one.allowed);
   const parts = [ ...denied.length > 0 ? [ `${denied.length} denied (${connections(denied)})` ] : [], ...allowed.length > 0 ? [ `${allowed.length} through other providers (${connections(allowed)})` ] : [] ];
   return parts.length === 0 ? "" : ` Seen instead: ${parts.join(", ")}.`;
  }
  function connections(signIns) {
   return [ ...new Set(signIns.map(({connection: connection}) => shown(connection))) ].join(", ");
  }
  function shown(connection) {
   return connection === "" ? "an unnamed provider" : (0, _text_untrusted_js__WEBPACK_IMPORTED_MODULE_1__.tg)((0, 
   _text_untrusted_js__WEBPACK_IMPORTED_MODULE_1__.g$)(connection, 100));
  }
  function when(atMs) {
   return `on ${new Date(atMs).toISOString().slice(0, 16).replace("T", " at ")} UTC`;
  }
 }
};
