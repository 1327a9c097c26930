"use strict";

exports.id = 816;

exports.ids = [ 816 ];

exports.modules = {
 4783: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.d(__webpack_exports__, {
   H: () => MissingFileError
  });
  var _unreadable_text_error_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7467);
  class MissingFileError extends _unreadable_text_error_js__WEBPACK_IMPORTED_MODULE_0__.l {
   constructor(problem, hint) {
    super(problem, {
     text: "",
     offset: 0
    }, hint);
    this.name = "MissingFileError";
   }
  }
 },
 9816: (__unused_webpack_module, __webpack_exports__, __webpack_require__) => {
  __webpack_require__.r(__webpack_exports__);
  __webpack_require__.d(__webpack_exports__, {
   openWorkspace: () => openWorkspace
  });
  var external_node_crypto_ = __webpack_require__(7598);
  var external_node_fs_ = __webpack_require__(3024);
  var promises_ = __webpack_require__(1455);
  var external_node_path_ = __webpack_require__(6760);
  var p_limit = __webpack_require__(370);
  var errors = __webpack_require__(2690);
  var untrusted = __webpack_require__(1824);
  var missing_file_error = __webpack_require__(4783);
  var unreadable_text_error = __webpack_require__(7467);
  const PATH_HINT = "Set record-file to a file in the repository, relative to its root, for example dns/example.com.zone.";
  async function locate(root, path) {
   if (path.trim() === "" || path.includes("\0")) throw refused(path, "is not a file path");
   const realRoot = await (0, promises_.realpath)(root);
   const isInside = [ root, realRoot ].some(folder => componentsBelow(folder, (0, external_node_path_.resolve)(root, path)) !== void 0);
   if (!isInside) throw refused(path, "is outside the workspace");
   const real = await realPathOf(path, (0, external_node_path_.resolve)(root, path));
   const components = componentsBelow(realRoot, real);
   if (components === void 0) throw refused(path, "leaves the workspace through a symlink");
   const code = codeFolder(components.map(plainName));
   if (code !== void 0) throw refused(path, `is inside ${code}`);
   return real;
  }
  async function staysAt(root, path, file) {
   if (await locate(root, path) !== file) throw refused(path, "leads somewhere else than a moment ago");
  }
  function componentsBelow(folder, path) {
   const fromFolder = (0, external_node_path_.relative)((0, external_node_path_.resolve)(folder), path);
   const components = fromFolder.split(external_node_path_.sep).filter(component => component !== "");
   return components[0] === ".." || (0, external_node_path_.isAbsolute)(fromFolder) ? void 0 : components;
  }
  async function realPathOf(path, absolute) {
   try {
    return await (0, promises_.realpath)(absolute);
   } catch (error) {
    if (!isMissing(error)) throw error;
   }
   const stats = await (0, promises_.lstat)(absolute).catch(() => {});
   if (stats?.isSymbolicLink()) throw refused(path, "goes through a symlink whose target does not exist");
   if (stats !== void 0) return realPathOf(path, absolute);
   return (0, external_node_path_.join)(await realPathOf(path, (0, external_node_path_.dirname)(absolute)), (0, 
   external_node_path_.basename)(absolute));
  }
  function codeFolder(names) {
   if (names.some(name => name === ".git" || name === "git~1")) return ".git";
   return [ "workflows", "actions" ].map(name => `.github/${name}`).find(folder => `/${names.join("/")}/`.includes(`/${folder}/`));
  }
  function plainName(component) {
   const [visible = ""] = component.replaceAll(/\p{DI}/gu, "").split(":", 1);
   return visible.replace(/(?<![. ])[. ]+$/, "").toLowerCase();
  }
  function isMissing(error) {
   return error instanceof Error && "code" in error && error.code === "ENOENT";
  }
  function refused(path, problem) {
   return new errors.lZ(`The path ${JSON.stringify((0, untrusted.g$)(path))} ${problem}.`, {
    hint: PATH_HINT
   });
  }
  const MAX_BYTES = 16777216;
  const BYTE_ORDER_MARK = "\ufeff";
  async function readCurrent(path, file, allowsAnyBytes) {
   const flags = external_node_fs_.constants.O_RDONLY | (external_node_fs_.constants.O_NONBLOCK ?? 0) | (external_node_fs_.constants.O_NOFOLLOW ?? 0);
   let stats;
   try {
    stats = await (0, promises_.stat)(file);
   } catch (error) {
    if (isMissing(error)) return;
    throw error;
   }
   checkKind(path, stats);
   const handle = await (0, promises_.open)(file, flags);
   try {
    stats = await handle.stat();
    checkKind(path, stats);
    const {text: text, encoding: encoding} = decoded(await readWhole(path, handle), allowsAnyBytes);
    const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : "";
    return {
     mark: mark,
     text: text.slice(mark.length),
     encoding: encoding,
     stats: stats
    };
   } finally {
    await handle.close();
   }
  }
  function checkKind(path, stats) {
   if (!stats.isFile()) {
    const kind = stats.isDirectory() ? "a folder" : "not a regular file";
    throw new errors.lZ(`${(0, untrusted.g$)(path)} is ${kind}.`, {
     hint: stats.isDirectory() ? hintAtFolder(path) : "Set record-file to the path of a file."
    });
   }
   if (stats.size > MAX_BYTES) throw tooLarge(path);
  }
  function hintAtFolder(path) {
   const folder = (0, untrusted.g$)(external_node_path_.posix.normalize(`${path.replaceAll("\\", "/")}/.`), 200);
   const name = external_node_path_.posix.basename(folder);
   const zone = name.slice(0, -1);
   if (!name.endsWith(".") || !zone.includes(".")) return "Set record-file to the path of a file.";
   return `Set record-file to a file in it, such as ${folder}/$${zone}.yaml or ${folder}/mail.yaml.`;
  }
  async function readWhole(path, handle) {
   const bytes = Buffer.alloc(MAX_BYTES + 1);
   let length = 0;
   for (;;) {
    const {bytesRead: bytesRead} = await handle.read(bytes, length, bytes.length - length);
    if (bytesRead === 0) break;
    length += bytesRead;
   }
   if (length > MAX_BYTES) throw tooLarge(path);
   return bytes.subarray(0, length);
  }
  function tooLarge(path) {
   return new errors.lZ(`${(0, untrusted.g$)(path)} is larger than ${MAX_BYTES / 1024 / 1024} MiB.`, {
    hint: "Check that record-file is the file with the DNS records."
   });
  }
  function decoded(bytes, allowsAnyBytes) {
   try {
    return {
     text: new TextDecoder("utf-8", {
      fatal: true,
      ignoreBOM: true
     }).decode(bytes),
     encoding: "utf8"
    };
   } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    if (allowsAnyBytes && !bytes.includes(0)) return {
     text: bytes.toString("latin1"),
     encoding: "latin1"
    };
    throw notUtf8(bytes);
   }
  }
  function notUtf8(bytes) {
   const repaired = Buffer.from(new TextDecoder("utf-8", {
    ignoreBOM: true
   }).decode(bytes));
   const firstBad = bytes.findIndex((byte, index) => byte !== repaired[index]);
   const text = new TextDecoder("utf-8").decode(bytes.subarray(0, firstBad), {
    stream: true
   });
   return new unreadable_text_error.l("this byte is not UTF-8 text", {
    text: text,
    offset: text.length
   }, "Save the file as UTF-8.");
  }
  const MAX_FOLDERS = 300;
  async function missingFile(root, path, given, error) {
   const from = given === path ? "" : ` (from ${(0, untrusted.g$)(given, 200)})`;
   const message = `record-file ${(0, untrusted.g$)(path)}${from} does not exist in the workspace. Nothing was written.`;
   return new errors.lZ(message, {
    hint: await hintFor(root, path, given, error),
    cause: error
   });
  }
  async function hintFor(root, path, given, {hint: hint}) {
   if ((await entriesOf(root)).length === 0) return "The workspace is empty: run actions/checkout before this step.";
   const placeholder = given === path ? "" : " {email-domain} became the email domain: for a sub-domain, name the file of the zone that it is in.";
   const found = await fileNamed(root, external_node_path_.posix.basename(path.replaceAll("\\", "/")));
   const elsewhere = found === void 0 ? "" : ` There is a file ${(0, untrusted.g$)(found, 200)}.`;
   return `${hint}${elsewhere}${placeholder}`;
  }
  async function fileNamed(root, name) {
   const folders = [ "" ];
   for (let at = 0; at < Math.min(folders.length, MAX_FOLDERS); at++) {
    const folder = folders[at] ?? "";
    const entries = await entriesOf((0, external_node_path_.join)(root, folder));
    if (entries.some(entry => entry.isFile() && entry.name === name)) return external_node_path_.posix.join(folder, name);
    for (const entry of entries) entry.isDirectory() && !/^(?:\.git|node_modules)$/.test(entry.name) && folders.push(external_node_path_.posix.join(folder, entry.name));
   }
   return;
  }
  const entriesOf = folder => (0, promises_.readdir)(folder, {
   withFileTypes: true
  }).catch(() => []);
  function openWorkspace(root) {
   const queues = new Map;
   return {
    async update(path, change, options) {
     try {
      const file = await locate(root, path);
      const queue = queues.get(file) ?? (0, p_limit.A)(1);
      queues.set(file, queue);
      return await queue(() => rewrite({
       root: root,
       path: path,
       file: file,
       change: change,
       ...options
      }));
     } catch (error) {
      if (!(error instanceof missing_file_error.H)) throw explained(path, error, options.doubt);
      throw await missingFile(root, path, options.given ?? path, error);
     }
    },
    async yamlTexts(path, of = path) {
     const texts = new Map;
     await locate(root, of).catch(error => {
      throw explained(of, error);
     });
     for (const each of await yamlFilesAt(root, path)) try {
      const current = await readCurrent(each, await locate(root, each), false);
      current !== void 0 && texts.set(each, current.text);
     } catch (error) {
      throw explained(each, error);
     }
     return texts;
    }
   };
  }
  async function yamlFilesAt(root, path) {
   try {
    const folder = await locate(root, path);
    const stats = await (0, promises_.stat)(folder);
    if (!stats.isDirectory()) return [ path ];
    const entries = await (0, promises_.readdir)(folder, {
     withFileTypes: true
    });
    return entries.filter(entry => entry.name.endsWith(".yaml") && !entry.isDirectory()).map(({name: name}) => external_node_path_.posix.join(path, name)).sort();
   } catch (error) {
    if (isMissing(error)) return [];
    throw explained(path, error);
   }
  }
  async function rewrite(work) {
   const {root: root, path: path, file: file, change: change, dryRun: dryRun, allowsAnyBytes: allowsAnyBytes = false} = work;
   const current = await readCurrent(path, file, allowsAnyBytes);
   const text = change(current?.text);
   if (text === current?.text) return false;
   if (dryRun) return true;
   const inPlace = () => staysAt(root, path, file);
   const bytes = Buffer.from(`${current?.mark ?? ""}${text}`, current?.encoding ?? "utf8");
   await replaceFile(file, bytes, current?.stats, inPlace);
   return true;
  }
  const NEW_FILE = external_node_fs_.constants.O_WRONLY | external_node_fs_.constants.O_CREAT | external_node_fs_.constants.O_EXCL | (external_node_fs_.constants.O_NOFOLLOW ?? 0);
  async function replaceFile(file, bytes, old, inPlace) {
   await inPlace();
   const folder = (0, external_node_path_.dirname)(file);
   await (0, promises_.mkdir)(folder, {
    recursive: true
   });
   const temporary = (0, external_node_path_.join)(folder, `.cloudflare-sso-${(0, external_node_crypto_.randomUUID)()}.tmp`);
   try {
    const handle = await (0, promises_.open)(temporary, NEW_FILE, 438);
    try {
     await handle.writeFile(bytes);
     old !== void 0 && await keepPermissions(handle, old);
     await handle.sync();
    } finally {
     await handle.close();
    }
    await inPlace();
    await (0, promises_.rename)(temporary, file);
   } catch (error) {
    await (0, promises_.rm)(temporary, {
     force: true
    });
    throw error;
   }
  }
  async function keepPermissions(handle, old) {
   const {uid: uid, gid: gid} = await handle.stat();
   uid === old.uid && gid === old.gid || await handle.chown(old.uid, old.gid).catch(() => {});
   await handle.chmod(old.mode & 4095);
  }
  function explained(path, error, doubt) {
   if (error instanceof unreadable_text_error.l) {
    const place = `${(0, untrusted.g$)(path)}:${error.line}:${error.column}`;
    const message = `${place}: ${(0, untrusted.g$)(error.message)}. Nothing was written.`;
    const hints = [ error.hint, doubt ].filter(each => each !== void 0);
    return new errors.lZ(message, {
     hint: hints.join(" ") || void 0,
     cause: error
    });
   }
   if (!(error instanceof Error && "code" in error && "syscall" in error)) return error;
   return new errors.lZ(`${(0, untrusted.g$)(path)} could not be read or written: ${(0, 
   untrusted.g$)(error.message)}.`, {
    hint: "Check that the path is correct and that the job can write there.",
    cause: error
   });
  }
 }
};
