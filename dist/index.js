import { createRequire as __WEBPACK_EXTERNAL_createRequire } from "module";
/******/ var __webpack_modules__ = ({

/***/ 1630:
/***/ ((__unused_webpack_module, exports) => {



exports.toString = function (klass) {
  switch (klass) {
    case 1: return 'IN'
    case 2: return 'CS'
    case 3: return 'CH'
    case 4: return 'HS'
    case 255: return 'ANY'
  }
  return 'UNKNOWN_' + klass
}

exports.toClass = function (name) {
  switch (name.toUpperCase()) {
    case 'IN': return 1
    case 'CS': return 2
    case 'CH': return 3
    case 'HS': return 4
    case 'ANY': return 255
  }
  return 0
}


/***/ }),

/***/ 4894:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {



const Buffer = (__nccwpck_require__(181).Buffer)
const types = __nccwpck_require__(1891)
const rcodes = __nccwpck_require__(2028)
const opcodes = __nccwpck_require__(4693)
const classes = __nccwpck_require__(1630)
const optioncodes = __nccwpck_require__(2075)
const ip = __nccwpck_require__(4550)

const QUERY_FLAG = 0
const RESPONSE_FLAG = 1 << 15
const FLUSH_MASK = 1 << 15
const NOT_FLUSH_MASK = ~FLUSH_MASK
const QU_MASK = 1 << 15
const NOT_QU_MASK = ~QU_MASK

const name = exports.name = {}

name.encode = function (str, buf, offset, { mail = false } = {}) {
  if (!buf) buf = Buffer.alloc(name.encodingLength(str))
  if (!offset) offset = 0
  const oldOffset = offset

  // strip leading and trailing .
  const n = str.replace(/^\.|\.$/gm, '')
  if (n.length) {
    let list = []
    if (mail) {
      let localPart = ''
      n.split('.').forEach(label => {
        if (label.endsWith('\\')) {
          localPart += (localPart.length ? '.' : '') + label.slice(0, -1)
        } else {
          if (list.length === 0 && localPart.length) {
            list.push(localPart + '.' + label)
          } else {
            list.push(label)
          }
        }
      })
    } else {
      list = n.split('.')
    }

    for (let i = 0; i < list.length; i++) {
      const len = buf.write(list[i], offset + 1)
      buf[offset] = len
      offset += len + 1
    }
  }

  buf[offset++] = 0

  name.encode.bytes = offset - oldOffset
  return buf
}

name.encode.bytes = 0

name.decode = function (buf, offset, { mail = false } = {}) {
  if (!offset) offset = 0

  const list = []
  let oldOffset = offset
  let totalLength = 0
  let consumedBytes = 0
  let jumped = false

  while (true) {
    if (offset >= buf.length) {
      throw new Error('Cannot decode name (buffer overflow)')
    }
    const len = buf[offset++]
    consumedBytes += jumped ? 0 : 1

    if (len === 0) {
      break
    } else if ((len & 0xc0) === 0) {
      if (offset + len > buf.length) {
        throw new Error('Cannot decode name (buffer overflow)')
      }
      totalLength += len + 1
      if (totalLength > 254) {
        throw new Error('Cannot decode name (name too long)')
      }
      let label = buf.toString('utf-8', offset, offset + len)
      if (mail) {
        label = label.replace(/\./g, '\\.')
      }
      list.push(label)
      offset += len
      consumedBytes += jumped ? 0 : len
    } else if ((len & 0xc0) === 0xc0) {
      if (offset + 1 > buf.length) {
        throw new Error('Cannot decode name (buffer overflow)')
      }
      const jumpOffset = buf.readUInt16BE(offset - 1) - 0xc000
      if (jumpOffset >= oldOffset) {
        // Allow only pointers to prior data. RFC 1035, section 4.1.4 states:
        // "[...] an entire domain name or a list of labels at the end of a domain name
        // is replaced with a pointer to a prior occurance (sic) of the same name."
        throw new Error('Cannot decode name (bad pointer)')
      }
      offset = jumpOffset
      oldOffset = jumpOffset
      consumedBytes += jumped ? 0 : 1
      jumped = true
    } else {
      throw new Error('Cannot decode name (bad label)')
    }
  }

  name.decode.bytes = consumedBytes
  return list.length === 0 ? '.' : list.join('.')
}

name.decode.bytes = 0

name.encodingLength = function (n) {
  if (n === '.' || n === '..') return 1
  return Buffer.byteLength(n.replace(/^\.|\.$/gm, '')) + 2
}

const string = {}

string.encode = function (s, buf, offset) {
  if (!buf) buf = Buffer.alloc(string.encodingLength(s))
  if (!offset) offset = 0

  const len = buf.write(s, offset + 1)
  buf[offset] = len
  string.encode.bytes = len + 1
  return buf
}

string.encode.bytes = 0

string.decode = function (buf, offset) {
  if (!offset) offset = 0

  const len = buf[offset]
  const s = buf.toString('utf-8', offset + 1, offset + 1 + len)
  string.decode.bytes = len + 1
  return s
}

string.decode.bytes = 0

string.encodingLength = function (s) {
  return Buffer.byteLength(s) + 1
}

const header = {}

header.encode = function (h, buf, offset) {
  if (!buf) buf = header.encodingLength(h)
  if (!offset) offset = 0

  const flags = (h.flags || 0) & 32767
  const type = h.type === 'response' ? RESPONSE_FLAG : QUERY_FLAG

  buf.writeUInt16BE(h.id || 0, offset)
  buf.writeUInt16BE(flags | type, offset + 2)
  buf.writeUInt16BE(h.questions.length, offset + 4)
  buf.writeUInt16BE(h.answers.length, offset + 6)
  buf.writeUInt16BE(h.authorities.length, offset + 8)
  buf.writeUInt16BE(h.additionals.length, offset + 10)

  return buf
}

header.encode.bytes = 12

header.decode = function (buf, offset) {
  if (!offset) offset = 0
  if (buf.length < 12) throw new Error('Header must be 12 bytes')
  const flags = buf.readUInt16BE(offset + 2)

  return {
    id: buf.readUInt16BE(offset),
    type: flags & RESPONSE_FLAG ? 'response' : 'query',
    flags: flags & 32767,
    flag_qr: ((flags >> 15) & 0x1) === 1,
    opcode: opcodes.toString((flags >> 11) & 0xf),
    flag_aa: ((flags >> 10) & 0x1) === 1,
    flag_tc: ((flags >> 9) & 0x1) === 1,
    flag_rd: ((flags >> 8) & 0x1) === 1,
    flag_ra: ((flags >> 7) & 0x1) === 1,
    flag_z: ((flags >> 6) & 0x1) === 1,
    flag_ad: ((flags >> 5) & 0x1) === 1,
    flag_cd: ((flags >> 4) & 0x1) === 1,
    rcode: rcodes.toString(flags & 0xf),
    questions: new Array(buf.readUInt16BE(offset + 4)),
    answers: new Array(buf.readUInt16BE(offset + 6)),
    authorities: new Array(buf.readUInt16BE(offset + 8)),
    additionals: new Array(buf.readUInt16BE(offset + 10))
  }
}

header.decode.bytes = 12

header.encodingLength = function () {
  return 12
}

const runknown = exports.unknown = {}

runknown.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(runknown.encodingLength(data))
  if (!offset) offset = 0

  buf.writeUInt16BE(data.length, offset)
  data.copy(buf, offset + 2)

  runknown.encode.bytes = data.length + 2
  return buf
}

runknown.encode.bytes = 0

runknown.decode = function (buf, offset) {
  if (!offset) offset = 0

  const len = buf.readUInt16BE(offset)
  const data = buf.slice(offset + 2, offset + 2 + len)
  runknown.decode.bytes = len + 2
  return data
}

runknown.decode.bytes = 0

runknown.encodingLength = function (data) {
  return data.length + 2
}

const rns = exports.ns = {}

rns.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rns.encodingLength(data))
  if (!offset) offset = 0

  name.encode(data, buf, offset + 2)
  buf.writeUInt16BE(name.encode.bytes, offset)
  rns.encode.bytes = name.encode.bytes + 2
  return buf
}

rns.encode.bytes = 0

rns.decode = function (buf, offset) {
  if (!offset) offset = 0

  const len = buf.readUInt16BE(offset)
  const dd = name.decode(buf, offset + 2)

  rns.decode.bytes = len + 2
  return dd
}

rns.decode.bytes = 0

rns.encodingLength = function (data) {
  return name.encodingLength(data) + 2
}

const rsoa = exports.soa = {}

rsoa.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rsoa.encodingLength(data))
  if (!offset) offset = 0

  const oldOffset = offset
  offset += 2
  name.encode(data.mname, buf, offset)
  offset += name.encode.bytes
  name.encode(data.rname, buf, offset, { mail: true })
  offset += name.encode.bytes
  buf.writeUInt32BE(data.serial || 0, offset)
  offset += 4
  buf.writeUInt32BE(data.refresh || 0, offset)
  offset += 4
  buf.writeUInt32BE(data.retry || 0, offset)
  offset += 4
  buf.writeUInt32BE(data.expire || 0, offset)
  offset += 4
  buf.writeUInt32BE(data.minimum || 0, offset)
  offset += 4

  buf.writeUInt16BE(offset - oldOffset - 2, oldOffset)
  rsoa.encode.bytes = offset - oldOffset
  return buf
}

rsoa.encode.bytes = 0

rsoa.decode = function (buf, offset) {
  if (!offset) offset = 0

  const oldOffset = offset

  const data = {}
  offset += 2
  data.mname = name.decode(buf, offset)
  offset += name.decode.bytes
  data.rname = name.decode(buf, offset, { mail: true })
  offset += name.decode.bytes
  data.serial = buf.readUInt32BE(offset)
  offset += 4
  data.refresh = buf.readUInt32BE(offset)
  offset += 4
  data.retry = buf.readUInt32BE(offset)
  offset += 4
  data.expire = buf.readUInt32BE(offset)
  offset += 4
  data.minimum = buf.readUInt32BE(offset)
  offset += 4

  rsoa.decode.bytes = offset - oldOffset
  return data
}

rsoa.decode.bytes = 0

rsoa.encodingLength = function (data) {
  return 22 + name.encodingLength(data.mname) + name.encodingLength(data.rname)
}

const rtxt = exports.txt = {}

rtxt.encode = function (data, buf, offset) {
  if (!Array.isArray(data)) data = [data]
  for (let i = 0; i < data.length; i++) {
    if (typeof data[i] === 'string') {
      data[i] = Buffer.from(data[i])
    }
    if (!Buffer.isBuffer(data[i])) {
      throw new Error('Must be a Buffer')
    }
  }

  if (!buf) buf = Buffer.alloc(rtxt.encodingLength(data))
  if (!offset) offset = 0

  const oldOffset = offset
  offset += 2

  data.forEach(function (d) {
    buf[offset++] = d.length
    d.copy(buf, offset, 0, d.length)
    offset += d.length
  })

  buf.writeUInt16BE(offset - oldOffset - 2, oldOffset)
  rtxt.encode.bytes = offset - oldOffset
  return buf
}

rtxt.encode.bytes = 0

rtxt.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset
  let remaining = buf.readUInt16BE(offset)
  offset += 2

  let data = []
  while (remaining > 0) {
    const len = buf[offset++]
    --remaining
    if (remaining < len) {
      throw new Error('Buffer overflow')
    }
    data.push(buf.slice(offset, offset + len))
    offset += len
    remaining -= len
  }

  rtxt.decode.bytes = offset - oldOffset
  return data
}

rtxt.decode.bytes = 0

rtxt.encodingLength = function (data) {
  if (!Array.isArray(data)) data = [data]
  let length = 2
  data.forEach(function (buf) {
    if (typeof buf === 'string') {
      length += Buffer.byteLength(buf) + 1
    } else {
      length += buf.length + 1
    }
  })
  return length
}

const rnull = exports["null"] = {}

rnull.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rnull.encodingLength(data))
  if (!offset) offset = 0

  if (typeof data === 'string') data = Buffer.from(data)
  if (!data) data = Buffer.alloc(0)

  const oldOffset = offset
  offset += 2

  const len = data.length
  data.copy(buf, offset, 0, len)
  offset += len

  buf.writeUInt16BE(offset - oldOffset - 2, oldOffset)
  rnull.encode.bytes = offset - oldOffset
  return buf
}

rnull.encode.bytes = 0

rnull.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset
  const len = buf.readUInt16BE(offset)

  offset += 2

  const data = buf.slice(offset, offset + len)
  offset += len

  rnull.decode.bytes = offset - oldOffset
  return data
}

rnull.decode.bytes = 0

rnull.encodingLength = function (data) {
  if (!data) return 2
  return (Buffer.isBuffer(data) ? data.length : Buffer.byteLength(data)) + 2
}

const rhinfo = exports.hinfo = {}

rhinfo.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rhinfo.encodingLength(data))
  if (!offset) offset = 0

  const oldOffset = offset
  offset += 2
  string.encode(data.cpu, buf, offset)
  offset += string.encode.bytes
  string.encode(data.os, buf, offset)
  offset += string.encode.bytes
  buf.writeUInt16BE(offset - oldOffset - 2, oldOffset)
  rhinfo.encode.bytes = offset - oldOffset
  return buf
}

rhinfo.encode.bytes = 0

rhinfo.decode = function (buf, offset) {
  if (!offset) offset = 0

  const oldOffset = offset

  const data = {}
  offset += 2
  data.cpu = string.decode(buf, offset)
  offset += string.decode.bytes
  data.os = string.decode(buf, offset)
  offset += string.decode.bytes
  rhinfo.decode.bytes = offset - oldOffset
  return data
}

rhinfo.decode.bytes = 0

rhinfo.encodingLength = function (data) {
  return string.encodingLength(data.cpu) + string.encodingLength(data.os) + 2
}

const rptr = exports.ptr = {}
const rcname = exports.cname = rptr
const rdname = exports.dname = rptr

rptr.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rptr.encodingLength(data))
  if (!offset) offset = 0

  name.encode(data, buf, offset + 2)
  buf.writeUInt16BE(name.encode.bytes, offset)
  rptr.encode.bytes = name.encode.bytes + 2
  return buf
}

rptr.encode.bytes = 0

rptr.decode = function (buf, offset) {
  if (!offset) offset = 0

  const data = name.decode(buf, offset + 2)
  rptr.decode.bytes = name.decode.bytes + 2
  return data
}

rptr.decode.bytes = 0

rptr.encodingLength = function (data) {
  return name.encodingLength(data) + 2
}

const rsrv = exports.srv = {}

rsrv.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rsrv.encodingLength(data))
  if (!offset) offset = 0

  buf.writeUInt16BE(data.priority || 0, offset + 2)
  buf.writeUInt16BE(data.weight || 0, offset + 4)
  buf.writeUInt16BE(data.port || 0, offset + 6)
  name.encode(data.target, buf, offset + 8)

  const len = name.encode.bytes + 6
  buf.writeUInt16BE(len, offset)

  rsrv.encode.bytes = len + 2
  return buf
}

rsrv.encode.bytes = 0

rsrv.decode = function (buf, offset) {
  if (!offset) offset = 0

  const len = buf.readUInt16BE(offset)

  const data = {}
  data.priority = buf.readUInt16BE(offset + 2)
  data.weight = buf.readUInt16BE(offset + 4)
  data.port = buf.readUInt16BE(offset + 6)
  data.target = name.decode(buf, offset + 8)

  rsrv.decode.bytes = len + 2
  return data
}

rsrv.decode.bytes = 0

rsrv.encodingLength = function (data) {
  return 8 + name.encodingLength(data.target)
}

const rcaa = exports.caa = {}

rcaa.ISSUER_CRITICAL = 1 << 7

rcaa.encode = function (data, buf, offset) {
  const len = rcaa.encodingLength(data)

  if (!buf) buf = Buffer.alloc(rcaa.encodingLength(data))
  if (!offset) offset = 0

  if (data.issuerCritical) {
    data.flags = rcaa.ISSUER_CRITICAL
  }

  buf.writeUInt16BE(len - 2, offset)
  offset += 2
  buf.writeUInt8(data.flags || 0, offset)
  offset += 1
  string.encode(data.tag, buf, offset)
  offset += string.encode.bytes
  buf.write(data.value, offset)
  offset += Buffer.byteLength(data.value)

  rcaa.encode.bytes = len
  return buf
}

rcaa.encode.bytes = 0

rcaa.decode = function (buf, offset) {
  if (!offset) offset = 0

  const len = buf.readUInt16BE(offset)
  offset += 2

  const oldOffset = offset
  const data = {}
  data.flags = buf.readUInt8(offset)
  offset += 1
  data.tag = string.decode(buf, offset)
  offset += string.decode.bytes
  data.value = buf.toString('utf-8', offset, oldOffset + len)

  data.issuerCritical = !!(data.flags & rcaa.ISSUER_CRITICAL)

  rcaa.decode.bytes = len + 2

  return data
}

rcaa.decode.bytes = 0

rcaa.encodingLength = function (data) {
  return string.encodingLength(data.tag) + string.encodingLength(data.value) + 2
}

const rmx = exports.mx = {}

rmx.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rmx.encodingLength(data))
  if (!offset) offset = 0

  const oldOffset = offset
  offset += 2
  buf.writeUInt16BE(data.preference || 0, offset)
  offset += 2
  name.encode(data.exchange, buf, offset)
  offset += name.encode.bytes

  buf.writeUInt16BE(offset - oldOffset - 2, oldOffset)
  rmx.encode.bytes = offset - oldOffset
  return buf
}

rmx.encode.bytes = 0

rmx.decode = function (buf, offset) {
  if (!offset) offset = 0

  const oldOffset = offset

  const data = {}
  offset += 2
  data.preference = buf.readUInt16BE(offset)
  offset += 2
  data.exchange = name.decode(buf, offset)
  offset += name.decode.bytes

  rmx.decode.bytes = offset - oldOffset
  return data
}

rmx.encodingLength = function (data) {
  return 4 + name.encodingLength(data.exchange)
}

const ra = exports.a = {}

ra.encode = function (host, buf, offset) {
  if (!buf) buf = Buffer.alloc(ra.encodingLength(host))
  if (!offset) offset = 0

  buf.writeUInt16BE(4, offset)
  offset += 2
  ip.v4.encode(host, buf, offset)
  ra.encode.bytes = 6
  return buf
}

ra.encode.bytes = 0

ra.decode = function (buf, offset) {
  if (!offset) offset = 0

  offset += 2
  const host = ip.v4.decode(buf, offset)
  ra.decode.bytes = 6
  return host
}

ra.decode.bytes = 0

ra.encodingLength = function () {
  return 6
}

const raaaa = exports.aaaa = {}

raaaa.encode = function (host, buf, offset) {
  if (!buf) buf = Buffer.alloc(raaaa.encodingLength(host))
  if (!offset) offset = 0

  buf.writeUInt16BE(16, offset)
  offset += 2
  ip.v6.encode(host, buf, offset)
  raaaa.encode.bytes = 18
  return buf
}

raaaa.encode.bytes = 0

raaaa.decode = function (buf, offset) {
  if (!offset) offset = 0

  offset += 2
  const host = ip.v6.decode(buf, offset)
  raaaa.decode.bytes = 18
  return host
}

raaaa.decode.bytes = 0

raaaa.encodingLength = function () {
  return 18
}

const roption = exports.option = {}

roption.encode = function (option, buf, offset) {
  if (!buf) buf = Buffer.alloc(roption.encodingLength(option))
  if (!offset) offset = 0
  const oldOffset = offset

  const code = optioncodes.toCode(option.code)
  buf.writeUInt16BE(code, offset)
  offset += 2
  if (option.data) {
    buf.writeUInt16BE(option.data.length, offset)
    offset += 2
    option.data.copy(buf, offset)
    offset += option.data.length
  } else {
    switch (code) {
      // case 3: NSID.  No encode makes sense.
      // case 5,6,7: Not implementable
      case 8: // ECS
        // note: do IP math before calling
        const spl = option.sourcePrefixLength || 0
        const fam = option.family || ip.familyOf(option.ip)
        const ipBuf = ip.encode(option.ip, Buffer.alloc)
        const ipLen = Math.ceil(spl / 8)
        buf.writeUInt16BE(ipLen + 4, offset)
        offset += 2
        buf.writeUInt16BE(fam, offset)
        offset += 2
        buf.writeUInt8(spl, offset++)
        buf.writeUInt8(option.scopePrefixLength || 0, offset++)

        ipBuf.copy(buf, offset, 0, ipLen)
        offset += ipLen
        break
      // case 9: EXPIRE (experimental)
      // case 10: COOKIE.  No encode makes sense.
      case 11: // KEEP-ALIVE
        if (option.timeout) {
          buf.writeUInt16BE(2, offset)
          offset += 2
          buf.writeUInt16BE(option.timeout, offset)
          offset += 2
        } else {
          buf.writeUInt16BE(0, offset)
          offset += 2
        }
        break
      case 12: // PADDING
        const len = option.length || 0
        buf.writeUInt16BE(len, offset)
        offset += 2
        buf.fill(0, offset, offset + len)
        offset += len
        break
      // case 13:  CHAIN.  Experimental.
      case 14: // KEY-TAG
        const tagsLen = option.tags.length * 2
        buf.writeUInt16BE(tagsLen, offset)
        offset += 2
        for (const tag of option.tags) {
          buf.writeUInt16BE(tag, offset)
          offset += 2
        }
        break
      default:
        throw new Error(`Unknown roption code: ${option.code}`)
    }
  }

  roption.encode.bytes = offset - oldOffset
  return buf
}

roption.encode.bytes = 0

roption.decode = function (buf, offset) {
  if (!offset) offset = 0
  const option = {}
  option.code = buf.readUInt16BE(offset)
  option.type = optioncodes.toString(option.code)
  offset += 2
  const len = buf.readUInt16BE(offset)
  offset += 2
  option.data = buf.slice(offset, offset + len)
  switch (option.code) {
    // case 3: NSID.  No decode makes sense.
    case 8: // ECS
      option.family = buf.readUInt16BE(offset)
      offset += 2
      option.sourcePrefixLength = buf.readUInt8(offset++)
      option.scopePrefixLength = buf.readUInt8(offset++)
      const padded = Buffer.alloc((option.family === 1) ? 4 : 16)
      buf.copy(padded, 0, offset, offset + len - 4)
      option.ip = ip.decode(padded)
      break
    // case 12: Padding.  No decode makes sense.
    case 11: // KEEP-ALIVE
      if (len > 0) {
        option.timeout = buf.readUInt16BE(offset)
        offset += 2
      }
      break
    case 14:
      option.tags = []
      for (let i = 0; i < len; i += 2) {
        option.tags.push(buf.readUInt16BE(offset))
        offset += 2
      }
    // don't worry about default.  caller will use data if desired
  }

  roption.decode.bytes = len + 4
  return option
}

roption.decode.bytes = 0

roption.encodingLength = function (option) {
  if (option.data) {
    return option.data.length + 4
  }
  const code = optioncodes.toCode(option.code)
  switch (code) {
    case 8: // ECS
      const spl = option.sourcePrefixLength || 0
      return Math.ceil(spl / 8) + 8
    case 11: // KEEP-ALIVE
      return (typeof option.timeout === 'number') ? 6 : 4
    case 12: // PADDING
      return option.length + 4
    case 14: // KEY-TAG
      return 4 + (option.tags.length * 2)
  }
  throw new Error(`Unknown roption code: ${option.code}`)
}

const ropt = exports.opt = {}

ropt.encode = function (options, buf, offset) {
  if (!buf) buf = Buffer.alloc(ropt.encodingLength(options))
  if (!offset) offset = 0
  const oldOffset = offset

  const rdlen = encodingLengthList(options, roption)
  buf.writeUInt16BE(rdlen, offset)
  offset = encodeList(options, roption, buf, offset + 2)

  ropt.encode.bytes = offset - oldOffset
  return buf
}

ropt.encode.bytes = 0

ropt.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  const options = []
  let rdlen = buf.readUInt16BE(offset)
  offset += 2
  let o = 0
  while (rdlen > 0) {
    options[o++] = roption.decode(buf, offset)
    offset += roption.decode.bytes
    rdlen -= roption.decode.bytes
  }
  ropt.decode.bytes = offset - oldOffset
  return options
}

ropt.decode.bytes = 0

ropt.encodingLength = function (options) {
  return 2 + encodingLengthList(options || [], roption)
}

const rdnskey = exports.dnskey = {}

rdnskey.PROTOCOL_DNSSEC = 3
rdnskey.ZONE_KEY = 0x80
rdnskey.SECURE_ENTRYPOINT = 0x8000

rdnskey.encode = function (key, buf, offset) {
  if (!buf) buf = Buffer.alloc(rdnskey.encodingLength(key))
  if (!offset) offset = 0
  const oldOffset = offset

  const keydata = key.key
  if (!Buffer.isBuffer(keydata)) {
    throw new Error('Key must be a Buffer')
  }

  offset += 2 // Leave space for length
  buf.writeUInt16BE(key.flags, offset)
  offset += 2
  buf.writeUInt8(rdnskey.PROTOCOL_DNSSEC, offset)
  offset += 1
  buf.writeUInt8(key.algorithm, offset)
  offset += 1
  keydata.copy(buf, offset, 0, keydata.length)
  offset += keydata.length

  rdnskey.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rdnskey.encode.bytes - 2, oldOffset)
  return buf
}

rdnskey.encode.bytes = 0

rdnskey.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  var key = {}
  var length = buf.readUInt16BE(offset)
  offset += 2
  key.flags = buf.readUInt16BE(offset)
  offset += 2
  if (buf.readUInt8(offset) !== rdnskey.PROTOCOL_DNSSEC) {
    throw new Error('Protocol must be 3')
  }
  offset += 1
  key.algorithm = buf.readUInt8(offset)
  offset += 1
  key.key = buf.slice(offset, oldOffset + length + 2)
  offset += key.key.length
  rdnskey.decode.bytes = offset - oldOffset
  return key
}

rdnskey.decode.bytes = 0

rdnskey.encodingLength = function (key) {
  return 6 + Buffer.byteLength(key.key)
}

const rrrsig = exports.rrsig = {}

rrrsig.encode = function (sig, buf, offset) {
  if (!buf) buf = Buffer.alloc(rrrsig.encodingLength(sig))
  if (!offset) offset = 0
  const oldOffset = offset

  const signature = sig.signature
  if (!Buffer.isBuffer(signature)) {
    throw new Error('Signature must be a Buffer')
  }

  offset += 2 // Leave space for length
  buf.writeUInt16BE(types.toType(sig.typeCovered), offset)
  offset += 2
  buf.writeUInt8(sig.algorithm, offset)
  offset += 1
  buf.writeUInt8(sig.labels, offset)
  offset += 1
  buf.writeUInt32BE(sig.originalTTL, offset)
  offset += 4
  buf.writeUInt32BE(sig.expiration, offset)
  offset += 4
  buf.writeUInt32BE(sig.inception, offset)
  offset += 4
  buf.writeUInt16BE(sig.keyTag, offset)
  offset += 2
  name.encode(sig.signersName, buf, offset)
  offset += name.encode.bytes
  signature.copy(buf, offset, 0, signature.length)
  offset += signature.length

  rrrsig.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rrrsig.encode.bytes - 2, oldOffset)
  return buf
}

rrrsig.encode.bytes = 0

rrrsig.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  var sig = {}
  var length = buf.readUInt16BE(offset)
  offset += 2
  sig.typeCovered = types.toString(buf.readUInt16BE(offset))
  offset += 2
  sig.algorithm = buf.readUInt8(offset)
  offset += 1
  sig.labels = buf.readUInt8(offset)
  offset += 1
  sig.originalTTL = buf.readUInt32BE(offset)
  offset += 4
  sig.expiration = buf.readUInt32BE(offset)
  offset += 4
  sig.inception = buf.readUInt32BE(offset)
  offset += 4
  sig.keyTag = buf.readUInt16BE(offset)
  offset += 2
  sig.signersName = name.decode(buf, offset)
  offset += name.decode.bytes
  sig.signature = buf.slice(offset, oldOffset + length + 2)
  offset += sig.signature.length
  rrrsig.decode.bytes = offset - oldOffset
  return sig
}

rrrsig.decode.bytes = 0

rrrsig.encodingLength = function (sig) {
  return 20 +
    name.encodingLength(sig.signersName) +
    Buffer.byteLength(sig.signature)
}

const rrp = exports.rp = {}

rrp.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rrp.encodingLength(data))
  if (!offset) offset = 0
  const oldOffset = offset

  offset += 2 // Leave space for length
  name.encode(data.mbox || '.', buf, offset, { mail: true })
  offset += name.encode.bytes
  name.encode(data.txt || '.', buf, offset)
  offset += name.encode.bytes
  rrp.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rrp.encode.bytes - 2, oldOffset)
  return buf
}

rrp.encode.bytes = 0

rrp.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  const data = {}
  offset += 2
  data.mbox = name.decode(buf, offset, { mail: true }) || '.'
  offset += name.decode.bytes
  data.txt = name.decode(buf, offset) || '.'
  offset += name.decode.bytes
  rrp.decode.bytes = offset - oldOffset
  return data
}

rrp.decode.bytes = 0

rrp.encodingLength = function (data) {
  return 2 + name.encodingLength(data.mbox || '.') + name.encodingLength(data.txt || '.')
}

const typebitmap = {}

typebitmap.encode = function (typelist, buf, offset) {
  if (!buf) buf = Buffer.alloc(typebitmap.encodingLength(typelist))
  if (!offset) offset = 0
  const oldOffset = offset

  var typesByWindow = []
  for (var i = 0; i < typelist.length; i++) {
    var typeid = types.toType(typelist[i])
    if (typesByWindow[typeid >> 8] === undefined) {
      typesByWindow[typeid >> 8] = []
    }
    typesByWindow[typeid >> 8][(typeid >> 3) & 0x1F] |= 1 << (7 - (typeid & 0x7))
  }

  for (i = 0; i < typesByWindow.length; i++) {
    if (typesByWindow[i] !== undefined) {
      var windowBuf = Buffer.from(typesByWindow[i])
      buf.writeUInt8(i, offset)
      offset += 1
      buf.writeUInt8(windowBuf.length, offset)
      offset += 1
      windowBuf.copy(buf, offset)
      offset += windowBuf.length
    }
  }

  typebitmap.encode.bytes = offset - oldOffset
  return buf
}

typebitmap.encode.bytes = 0

typebitmap.decode = function (buf, offset, length) {
  if (!offset) offset = 0
  const oldOffset = offset

  var typelist = []
  while (offset - oldOffset < length) {
    var window = buf.readUInt8(offset)
    offset += 1
    var windowLength = buf.readUInt8(offset)
    offset += 1
    for (var i = 0; i < windowLength; i++) {
      var b = buf.readUInt8(offset + i)
      for (var j = 0; j < 8; j++) {
        if (b & (1 << (7 - j))) {
          var typeid = types.toString((window << 8) | (i << 3) | j)
          typelist.push(typeid)
        }
      }
    }
    offset += windowLength
  }

  typebitmap.decode.bytes = offset - oldOffset
  return typelist
}

typebitmap.decode.bytes = 0

typebitmap.encodingLength = function (typelist) {
  var extents = []
  for (var i = 0; i < typelist.length; i++) {
    var typeid = types.toType(typelist[i])
    extents[typeid >> 8] = Math.max(extents[typeid >> 8] || 0, typeid & 0xFF)
  }

  var len = 0
  for (i = 0; i < extents.length; i++) {
    if (extents[i] !== undefined) {
      len += 2 + Math.ceil((extents[i] + 1) / 8)
    }
  }

  return len
}

const rnsec = exports.nsec = {}

rnsec.encode = function (record, buf, offset) {
  if (!buf) buf = Buffer.alloc(rnsec.encodingLength(record))
  if (!offset) offset = 0
  const oldOffset = offset

  offset += 2 // Leave space for length
  name.encode(record.nextDomain, buf, offset)
  offset += name.encode.bytes
  typebitmap.encode(record.rrtypes, buf, offset)
  offset += typebitmap.encode.bytes

  rnsec.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rnsec.encode.bytes - 2, oldOffset)
  return buf
}

rnsec.encode.bytes = 0

rnsec.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  var record = {}
  var length = buf.readUInt16BE(offset)
  offset += 2
  record.nextDomain = name.decode(buf, offset)
  offset += name.decode.bytes
  record.rrtypes = typebitmap.decode(buf, offset, length - (offset - oldOffset))
  offset += typebitmap.decode.bytes

  rnsec.decode.bytes = offset - oldOffset
  return record
}

rnsec.decode.bytes = 0

rnsec.encodingLength = function (record) {
  return 2 +
    name.encodingLength(record.nextDomain) +
    typebitmap.encodingLength(record.rrtypes)
}

const rnsec3 = exports.nsec3 = {}

rnsec3.encode = function (record, buf, offset) {
  if (!buf) buf = Buffer.alloc(rnsec3.encodingLength(record))
  if (!offset) offset = 0
  const oldOffset = offset

  const salt = record.salt
  if (!Buffer.isBuffer(salt)) {
    throw new Error('salt must be a Buffer')
  }

  const nextDomain = record.nextDomain
  if (!Buffer.isBuffer(nextDomain)) {
    throw new Error('nextDomain must be a Buffer')
  }

  offset += 2 // Leave space for length
  buf.writeUInt8(record.algorithm, offset)
  offset += 1
  buf.writeUInt8(record.flags, offset)
  offset += 1
  buf.writeUInt16BE(record.iterations, offset)
  offset += 2
  buf.writeUInt8(salt.length, offset)
  offset += 1
  salt.copy(buf, offset, 0, salt.length)
  offset += salt.length
  buf.writeUInt8(nextDomain.length, offset)
  offset += 1
  nextDomain.copy(buf, offset, 0, nextDomain.length)
  offset += nextDomain.length
  typebitmap.encode(record.rrtypes, buf, offset)
  offset += typebitmap.encode.bytes

  rnsec3.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rnsec3.encode.bytes - 2, oldOffset)
  return buf
}

rnsec3.encode.bytes = 0

rnsec3.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  var record = {}
  var length = buf.readUInt16BE(offset)
  offset += 2
  record.algorithm = buf.readUInt8(offset)
  offset += 1
  record.flags = buf.readUInt8(offset)
  offset += 1
  record.iterations = buf.readUInt16BE(offset)
  offset += 2
  const saltLength = buf.readUInt8(offset)
  offset += 1
  record.salt = buf.slice(offset, offset + saltLength)
  offset += saltLength
  const hashLength = buf.readUInt8(offset)
  offset += 1
  record.nextDomain = buf.slice(offset, offset + hashLength)
  offset += hashLength
  record.rrtypes = typebitmap.decode(buf, offset, length - (offset - oldOffset))
  offset += typebitmap.decode.bytes

  rnsec3.decode.bytes = offset - oldOffset
  return record
}

rnsec3.decode.bytes = 0

rnsec3.encodingLength = function (record) {
  return 8 +
    record.salt.length +
    record.nextDomain.length +
    typebitmap.encodingLength(record.rrtypes)
}

const rds = exports.ds = {}

rds.encode = function (digest, buf, offset) {
  if (!buf) buf = Buffer.alloc(rds.encodingLength(digest))
  if (!offset) offset = 0
  const oldOffset = offset

  const digestdata = digest.digest
  if (!Buffer.isBuffer(digestdata)) {
    throw new Error('Digest must be a Buffer')
  }

  offset += 2 // Leave space for length
  buf.writeUInt16BE(digest.keyTag, offset)
  offset += 2
  buf.writeUInt8(digest.algorithm, offset)
  offset += 1
  buf.writeUInt8(digest.digestType, offset)
  offset += 1
  digestdata.copy(buf, offset, 0, digestdata.length)
  offset += digestdata.length

  rds.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rds.encode.bytes - 2, oldOffset)
  return buf
}

rds.encode.bytes = 0

rds.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  var digest = {}
  var length = buf.readUInt16BE(offset)
  offset += 2
  digest.keyTag = buf.readUInt16BE(offset)
  offset += 2
  digest.algorithm = buf.readUInt8(offset)
  offset += 1
  digest.digestType = buf.readUInt8(offset)
  offset += 1
  digest.digest = buf.slice(offset, oldOffset + length + 2)
  offset += digest.digest.length
  rds.decode.bytes = offset - oldOffset
  return digest
}

rds.decode.bytes = 0

rds.encodingLength = function (digest) {
  return 6 + Buffer.byteLength(digest.digest)
}

const rsshfp = exports.sshfp = {}

rsshfp.getFingerprintLengthForHashType = function getFingerprintLengthForHashType (hashType) {
  switch (hashType) {
    case 1: return 20
    case 2: return 32
  }
}

rsshfp.encode = function encode (record, buf, offset) {
  if (!buf) buf = Buffer.alloc(rsshfp.encodingLength(record))
  if (!offset) offset = 0
  const oldOffset = offset

  offset += 2 // The function call starts with the offset pointer at the RDLENGTH field, not the RDATA one
  buf[offset] = record.algorithm
  offset += 1
  buf[offset] = record.hash
  offset += 1

  const fingerprintBuf = Buffer.from(record.fingerprint.toUpperCase(), 'hex')
  if (fingerprintBuf.length !== rsshfp.getFingerprintLengthForHashType(record.hash)) {
    throw new Error('Invalid fingerprint length')
  }
  fingerprintBuf.copy(buf, offset)
  offset += fingerprintBuf.byteLength

  rsshfp.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rsshfp.encode.bytes - 2, oldOffset)

  return buf
}

rsshfp.encode.bytes = 0

rsshfp.decode = function decode (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  const record = {}
  offset += 2 // Account for the RDLENGTH field
  record.algorithm = buf[offset]
  offset += 1
  record.hash = buf[offset]
  offset += 1

  const fingerprintLength = rsshfp.getFingerprintLengthForHashType(record.hash)
  record.fingerprint = buf.slice(offset, offset + fingerprintLength).toString('hex').toUpperCase()
  offset += fingerprintLength
  rsshfp.decode.bytes = offset - oldOffset
  return record
}

rsshfp.decode.bytes = 0

rsshfp.encodingLength = function (record) {
  return 4 + Buffer.from(record.fingerprint, 'hex').byteLength
}

const rnaptr = exports.naptr = {}

rnaptr.encode = function (data, buf, offset) {
  if (!buf) buf = Buffer.alloc(rnaptr.encodingLength(data))
  if (!offset) offset = 0
  const oldOffset = offset
  offset += 2
  buf.writeUInt16BE(data.order || 0, offset)
  offset += 2
  buf.writeUInt16BE(data.preference || 0, offset)
  offset += 2
  string.encode(data.flags, buf, offset)
  offset += string.encode.bytes
  string.encode(data.services, buf, offset)
  offset += string.encode.bytes
  string.encode(data.regexp, buf, offset)
  offset += string.encode.bytes
  name.encode(data.replacement, buf, offset)
  offset += name.encode.bytes
  rnaptr.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rnaptr.encode.bytes - 2, oldOffset)
  return buf
}

rnaptr.encode.bytes = 0

rnaptr.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset
  const data = {}
  offset += 2
  data.order = buf.readUInt16BE(offset)
  offset += 2
  data.preference = buf.readUInt16BE(offset)
  offset += 2
  data.flags = string.decode(buf, offset)
  offset += string.decode.bytes
  data.services = string.decode(buf, offset)
  offset += string.decode.bytes
  data.regexp = string.decode(buf, offset)
  offset += string.decode.bytes
  data.replacement = name.decode(buf, offset)
  offset += name.decode.bytes
  rnaptr.decode.bytes = offset - oldOffset
  return data
}

rnaptr.decode.bytes = 0

rnaptr.encodingLength = function (data) {
  return string.encodingLength(data.flags) +
    string.encodingLength(data.services) +
    string.encodingLength(data.regexp) +
    name.encodingLength(data.replacement) + 6
}

const rtlsa = exports.tlsa = {}

rtlsa.encode = function (cert, buf, offset) {
  if (!buf) buf = Buffer.alloc(rtlsa.encodingLength(cert))
  if (!offset) offset = 0
  const oldOffset = offset

  const certdata = cert.certificate
  if (!Buffer.isBuffer(certdata)) {
    throw new Error('Certificate must be a Buffer')
  }

  offset += 2 // Leave space for length
  buf.writeUInt8(cert.usage, offset)
  offset += 1
  buf.writeUInt8(cert.selector, offset)
  offset += 1
  buf.writeUInt8(cert.matchingType, offset)
  offset += 1
  certdata.copy(buf, offset, 0, certdata.length)
  offset += certdata.length

  rtlsa.encode.bytes = offset - oldOffset
  buf.writeUInt16BE(rtlsa.encode.bytes - 2, oldOffset)
  return buf
}

rtlsa.encode.bytes = 0

rtlsa.decode = function (buf, offset) {
  if (!offset) offset = 0
  const oldOffset = offset

  const cert = {}
  const length = buf.readUInt16BE(offset)
  offset += 2
  cert.usage = buf.readUInt8(offset)
  offset += 1
  cert.selector = buf.readUInt8(offset)
  offset += 1
  cert.matchingType = buf.readUInt8(offset)
  offset += 1
  cert.certificate = buf.slice(offset, oldOffset + length + 2)
  offset += cert.certificate.length
  rtlsa.decode.bytes = offset - oldOffset
  return cert
}

rtlsa.decode.bytes = 0

rtlsa.encodingLength = function (cert) {
  return 5 + Buffer.byteLength(cert.certificate)
}

const renc = exports.record = function (type) {
  switch (type.toUpperCase()) {
    case 'A': return ra
    case 'PTR': return rptr
    case 'CNAME': return rcname
    case 'DNAME': return rdname
    case 'TXT': return rtxt
    case 'NULL': return rnull
    case 'AAAA': return raaaa
    case 'SRV': return rsrv
    case 'HINFO': return rhinfo
    case 'CAA': return rcaa
    case 'NS': return rns
    case 'SOA': return rsoa
    case 'MX': return rmx
    case 'OPT': return ropt
    case 'DNSKEY': return rdnskey
    case 'RRSIG': return rrrsig
    case 'RP': return rrp
    case 'NSEC': return rnsec
    case 'NSEC3': return rnsec3
    case 'SSHFP': return rsshfp
    case 'DS': return rds
    case 'NAPTR': return rnaptr
    case 'TLSA': return rtlsa
  }
  return runknown
}

const answer = exports.answer = {}

answer.encode = function (a, buf, offset) {
  if (!buf) buf = Buffer.alloc(answer.encodingLength(a))
  if (!offset) offset = 0

  const oldOffset = offset

  name.encode(a.name, buf, offset)
  offset += name.encode.bytes

  buf.writeUInt16BE(types.toType(a.type), offset)

  if (a.type.toUpperCase() === 'OPT') {
    if (a.name !== '.') {
      throw new Error('OPT name must be root.')
    }
    buf.writeUInt16BE(a.udpPayloadSize || 4096, offset + 2)
    buf.writeUInt8(a.extendedRcode || 0, offset + 4)
    buf.writeUInt8(a.ednsVersion || 0, offset + 5)
    buf.writeUInt16BE(a.flags || 0, offset + 6)

    offset += 8
    ropt.encode(a.options || [], buf, offset)
    offset += ropt.encode.bytes
  } else {
    let klass = classes.toClass(a.class === undefined ? 'IN' : a.class)
    if (a.flush) klass |= FLUSH_MASK // the 1st bit of the class is the flush bit
    buf.writeUInt16BE(klass, offset + 2)
    buf.writeUInt32BE(a.ttl || 0, offset + 4)

    offset += 8
    const enc = renc(a.type)
    enc.encode(a.data, buf, offset)
    offset += enc.encode.bytes
  }

  answer.encode.bytes = offset - oldOffset
  return buf
}

answer.encode.bytes = 0

answer.decode = function (buf, offset) {
  if (!offset) offset = 0

  const a = {}
  const oldOffset = offset

  a.name = name.decode(buf, offset)
  offset += name.decode.bytes
  a.type = types.toString(buf.readUInt16BE(offset))
  if (a.type === 'OPT') {
    a.udpPayloadSize = buf.readUInt16BE(offset + 2)
    a.extendedRcode = buf.readUInt8(offset + 4)
    a.ednsVersion = buf.readUInt8(offset + 5)
    a.flags = buf.readUInt16BE(offset + 6)
    a.flag_do = ((a.flags >> 15) & 0x1) === 1
    a.options = ropt.decode(buf, offset + 8)
    offset += 8 + ropt.decode.bytes
  } else {
    const klass = buf.readUInt16BE(offset + 2)
    a.ttl = buf.readUInt32BE(offset + 4)

    a.class = classes.toString(klass & NOT_FLUSH_MASK)
    a.flush = !!(klass & FLUSH_MASK)

    const enc = renc(a.type)
    a.data = enc.decode(buf, offset + 8)
    offset += 8 + enc.decode.bytes
  }

  answer.decode.bytes = offset - oldOffset
  return a
}

answer.decode.bytes = 0

answer.encodingLength = function (a) {
  const data = (a.data !== null && a.data !== undefined) ? a.data : a.options
  return name.encodingLength(a.name) + 8 + renc(a.type).encodingLength(data)
}

const question = exports.question = {}

question.encode = function (q, buf, offset) {
  if (!buf) buf = Buffer.alloc(question.encodingLength(q))
  if (!offset) offset = 0

  const oldOffset = offset

  name.encode(q.name, buf, offset)
  offset += name.encode.bytes

  buf.writeUInt16BE(types.toType(q.type), offset)
  offset += 2

  buf.writeUInt16BE(classes.toClass(q.class === undefined ? 'IN' : q.class), offset)
  offset += 2

  question.encode.bytes = offset - oldOffset
  return q
}

question.encode.bytes = 0

question.decode = function (buf, offset) {
  if (!offset) offset = 0

  const oldOffset = offset
  const q = {}

  q.name = name.decode(buf, offset)
  offset += name.decode.bytes

  q.type = types.toString(buf.readUInt16BE(offset))
  offset += 2

  q.class = classes.toString(buf.readUInt16BE(offset))
  offset += 2

  const qu = !!(q.class & QU_MASK)
  if (qu) q.class &= NOT_QU_MASK

  question.decode.bytes = offset - oldOffset
  return q
}

question.decode.bytes = 0

question.encodingLength = function (q) {
  return name.encodingLength(q.name) + 4
}

exports.AUTHORITATIVE_ANSWER = 1 << 10
exports.TRUNCATED_RESPONSE = 1 << 9
exports.RECURSION_DESIRED = 1 << 8
exports.RECURSION_AVAILABLE = 1 << 7
exports.AUTHENTIC_DATA = 1 << 5
exports.CHECKING_DISABLED = 1 << 4
exports.DNSSEC_OK = 1 << 15

exports.encode = function (result, buf, offset) {
  const allocing = !buf

  if (allocing) buf = Buffer.alloc(exports.encodingLength(result))
  if (!offset) offset = 0

  const oldOffset = offset

  if (!result.questions) result.questions = []
  if (!result.answers) result.answers = []
  if (!result.authorities) result.authorities = []
  if (!result.additionals) result.additionals = []

  header.encode(result, buf, offset)
  offset += header.encode.bytes

  offset = encodeList(result.questions, question, buf, offset)
  offset = encodeList(result.answers, answer, buf, offset)
  offset = encodeList(result.authorities, answer, buf, offset)
  offset = encodeList(result.additionals, answer, buf, offset)

  exports.encode.bytes = offset - oldOffset

  // just a quick sanity check
  if (allocing && exports.encode.bytes !== buf.length) {
    return buf.slice(0, exports.encode.bytes)
  }

  return buf
}

exports.encode.bytes = 0

exports.decode = function (buf, offset) {
  if (!offset) offset = 0

  const oldOffset = offset
  const result = header.decode(buf, offset)
  offset += header.decode.bytes

  offset = decodeList(result.questions, question, buf, offset)
  offset = decodeList(result.answers, answer, buf, offset)
  offset = decodeList(result.authorities, answer, buf, offset)
  offset = decodeList(result.additionals, answer, buf, offset)

  exports.decode.bytes = offset - oldOffset

  return result
}

exports.decode.bytes = 0

exports.encodingLength = function (result) {
  return header.encodingLength(result) +
    encodingLengthList(result.questions || [], question) +
    encodingLengthList(result.answers || [], answer) +
    encodingLengthList(result.authorities || [], answer) +
    encodingLengthList(result.additionals || [], answer)
}

exports.streamEncode = function (result) {
  const buf = exports.encode(result)
  const sbuf = Buffer.alloc(2)
  sbuf.writeUInt16BE(buf.byteLength)
  const combine = Buffer.concat([sbuf, buf])
  exports.streamEncode.bytes = combine.byteLength
  return combine
}

exports.streamEncode.bytes = 0

exports.streamDecode = function (sbuf) {
  const len = sbuf.readUInt16BE(0)
  if (sbuf.byteLength < len + 2) {
    // not enough data
    return null
  }
  const result = exports.decode(sbuf.slice(2))
  exports.streamDecode.bytes = exports.decode.bytes
  return result
}

exports.streamDecode.bytes = 0

function encodingLengthList (list, enc) {
  let len = 0
  for (let i = 0; i < list.length; i++) len += enc.encodingLength(list[i])
  return len
}

function encodeList (list, enc, buf, offset) {
  for (let i = 0; i < list.length; i++) {
    enc.encode(list[i], buf, offset)
    offset += enc.encode.bytes
  }
  return offset
}

function decodeList (list, enc, buf, offset) {
  for (let i = 0; i < list.length; i++) {
    list[i] = enc.decode(buf, offset)
    offset += enc.decode.bytes
  }
  return offset
}


/***/ }),

/***/ 4693:
/***/ ((__unused_webpack_module, exports) => {



/*
 * Traditional DNS header OPCODEs (4-bits) defined by IANA in
 * https://www.iana.org/assignments/dns-parameters/dns-parameters.xhtml#dns-parameters-5
 */

exports.toString = function (opcode) {
  switch (opcode) {
    case 0: return 'QUERY'
    case 1: return 'IQUERY'
    case 2: return 'STATUS'
    case 3: return 'OPCODE_3'
    case 4: return 'NOTIFY'
    case 5: return 'UPDATE'
    case 6: return 'OPCODE_6'
    case 7: return 'OPCODE_7'
    case 8: return 'OPCODE_8'
    case 9: return 'OPCODE_9'
    case 10: return 'OPCODE_10'
    case 11: return 'OPCODE_11'
    case 12: return 'OPCODE_12'
    case 13: return 'OPCODE_13'
    case 14: return 'OPCODE_14'
    case 15: return 'OPCODE_15'
  }
  return 'OPCODE_' + opcode
}

exports.toOpcode = function (code) {
  switch (code.toUpperCase()) {
    case 'QUERY': return 0
    case 'IQUERY': return 1
    case 'STATUS': return 2
    case 'OPCODE_3': return 3
    case 'NOTIFY': return 4
    case 'UPDATE': return 5
    case 'OPCODE_6': return 6
    case 'OPCODE_7': return 7
    case 'OPCODE_8': return 8
    case 'OPCODE_9': return 9
    case 'OPCODE_10': return 10
    case 'OPCODE_11': return 11
    case 'OPCODE_12': return 12
    case 'OPCODE_13': return 13
    case 'OPCODE_14': return 14
    case 'OPCODE_15': return 15
  }
  return 0
}


/***/ }),

/***/ 2075:
/***/ ((__unused_webpack_module, exports) => {



exports.toString = function (type) {
  switch (type) {
    // list at
    // https://www.iana.org/assignments/dns-parameters/dns-parameters.xhtml#dns-parameters-11
    case 1: return 'LLQ'
    case 2: return 'UL'
    case 3: return 'NSID'
    case 5: return 'DAU'
    case 6: return 'DHU'
    case 7: return 'N3U'
    case 8: return 'CLIENT_SUBNET'
    case 9: return 'EXPIRE'
    case 10: return 'COOKIE'
    case 11: return 'TCP_KEEPALIVE'
    case 12: return 'PADDING'
    case 13: return 'CHAIN'
    case 14: return 'KEY_TAG'
    case 26946: return 'DEVICEID'
  }
  if (type < 0) {
    return null
  }
  return `OPTION_${type}`
}

exports.toCode = function (name) {
  if (typeof name === 'number') {
    return name
  }
  if (!name) {
    return -1
  }
  switch (name.toUpperCase()) {
    case 'OPTION_0': return 0
    case 'LLQ': return 1
    case 'UL': return 2
    case 'NSID': return 3
    case 'OPTION_4': return 4
    case 'DAU': return 5
    case 'DHU': return 6
    case 'N3U': return 7
    case 'CLIENT_SUBNET': return 8
    case 'EXPIRE': return 9
    case 'COOKIE': return 10
    case 'TCP_KEEPALIVE': return 11
    case 'PADDING': return 12
    case 'CHAIN': return 13
    case 'KEY_TAG': return 14
    case 'DEVICEID': return 26946
    case 'OPTION_65535': return 65535
  }
  const m = name.match(/_(\d+)$/)
  if (m) {
    return parseInt(m[1], 10)
  }
  return -1
}


/***/ }),

/***/ 2028:
/***/ ((__unused_webpack_module, exports) => {



/*
 * Traditional DNS header RCODEs (4-bits) defined by IANA in
 * https://www.iana.org/assignments/dns-parameters/dns-parameters.xhtml
 */

exports.toString = function (rcode) {
  switch (rcode) {
    case 0: return 'NOERROR'
    case 1: return 'FORMERR'
    case 2: return 'SERVFAIL'
    case 3: return 'NXDOMAIN'
    case 4: return 'NOTIMP'
    case 5: return 'REFUSED'
    case 6: return 'YXDOMAIN'
    case 7: return 'YXRRSET'
    case 8: return 'NXRRSET'
    case 9: return 'NOTAUTH'
    case 10: return 'NOTZONE'
    case 11: return 'RCODE_11'
    case 12: return 'RCODE_12'
    case 13: return 'RCODE_13'
    case 14: return 'RCODE_14'
    case 15: return 'RCODE_15'
  }
  return 'RCODE_' + rcode
}

exports.toRcode = function (code) {
  switch (code.toUpperCase()) {
    case 'NOERROR': return 0
    case 'FORMERR': return 1
    case 'SERVFAIL': return 2
    case 'NXDOMAIN': return 3
    case 'NOTIMP': return 4
    case 'REFUSED': return 5
    case 'YXDOMAIN': return 6
    case 'YXRRSET': return 7
    case 'NXRRSET': return 8
    case 'NOTAUTH': return 9
    case 'NOTZONE': return 10
    case 'RCODE_11': return 11
    case 'RCODE_12': return 12
    case 'RCODE_13': return 13
    case 'RCODE_14': return 14
    case 'RCODE_15': return 15
  }
  return 0
}


/***/ }),

/***/ 1891:
/***/ ((__unused_webpack_module, exports) => {



exports.toString = function (type) {
  switch (type) {
    case 1: return 'A'
    case 10: return 'NULL'
    case 28: return 'AAAA'
    case 18: return 'AFSDB'
    case 42: return 'APL'
    case 257: return 'CAA'
    case 60: return 'CDNSKEY'
    case 59: return 'CDS'
    case 37: return 'CERT'
    case 5: return 'CNAME'
    case 49: return 'DHCID'
    case 32769: return 'DLV'
    case 39: return 'DNAME'
    case 48: return 'DNSKEY'
    case 43: return 'DS'
    case 55: return 'HIP'
    case 13: return 'HINFO'
    case 45: return 'IPSECKEY'
    case 25: return 'KEY'
    case 36: return 'KX'
    case 29: return 'LOC'
    case 15: return 'MX'
    case 35: return 'NAPTR'
    case 2: return 'NS'
    case 47: return 'NSEC'
    case 50: return 'NSEC3'
    case 51: return 'NSEC3PARAM'
    case 12: return 'PTR'
    case 46: return 'RRSIG'
    case 17: return 'RP'
    case 24: return 'SIG'
    case 6: return 'SOA'
    case 99: return 'SPF'
    case 33: return 'SRV'
    case 44: return 'SSHFP'
    case 32768: return 'TA'
    case 249: return 'TKEY'
    case 52: return 'TLSA'
    case 250: return 'TSIG'
    case 16: return 'TXT'
    case 252: return 'AXFR'
    case 251: return 'IXFR'
    case 41: return 'OPT'
    case 255: return 'ANY'
  }
  return 'UNKNOWN_' + type
}

exports.toType = function (name) {
  switch (name.toUpperCase()) {
    case 'A': return 1
    case 'NULL': return 10
    case 'AAAA': return 28
    case 'AFSDB': return 18
    case 'APL': return 42
    case 'CAA': return 257
    case 'CDNSKEY': return 60
    case 'CDS': return 59
    case 'CERT': return 37
    case 'CNAME': return 5
    case 'DHCID': return 49
    case 'DLV': return 32769
    case 'DNAME': return 39
    case 'DNSKEY': return 48
    case 'DS': return 43
    case 'HIP': return 55
    case 'HINFO': return 13
    case 'IPSECKEY': return 45
    case 'KEY': return 25
    case 'KX': return 36
    case 'LOC': return 29
    case 'MX': return 15
    case 'NAPTR': return 35
    case 'NS': return 2
    case 'NSEC': return 47
    case 'NSEC3': return 50
    case 'NSEC3PARAM': return 51
    case 'PTR': return 12
    case 'RRSIG': return 46
    case 'RP': return 17
    case 'SIG': return 24
    case 'SOA': return 6
    case 'SPF': return 99
    case 'SRV': return 33
    case 'SSHFP': return 44
    case 'TA': return 32768
    case 'TKEY': return 249
    case 'TLSA': return 52
    case 'TSIG': return 250
    case 'TXT': return 16
    case 'AXFR': return 252
    case 'IXFR': return 251
    case 'OPT': return 41
    case 'ANY': return 255
    case '*': return 255
  }
  if (name.toUpperCase().startsWith('UNKNOWN_')) return parseInt(name.slice(8))
  return 0
}


/***/ }),

/***/ 744:
/***/ ((module) => {

/**
 * Helpers.
 */

var s = 1000;
var m = s * 60;
var h = m * 60;
var d = h * 24;
var w = d * 7;
var y = d * 365.25;

/**
 * Parse or format the given `val`.
 *
 * Options:
 *
 *  - `long` verbose formatting [false]
 *
 * @param {String|Number} val
 * @param {Object} [options]
 * @throws {Error} throw an error if val is not a non-empty string or a number
 * @return {String|Number}
 * @api public
 */

module.exports = function (val, options) {
  options = options || {};
  var type = typeof val;
  if (type === 'string' && val.length > 0) {
    return parse(val);
  } else if (type === 'number' && isFinite(val)) {
    return options.long ? fmtLong(val) : fmtShort(val);
  }
  throw new Error(
    'val is not a non-empty string or a valid number. val=' +
      JSON.stringify(val)
  );
};

/**
 * Parse the given `str` and return milliseconds.
 *
 * @param {String} str
 * @return {Number}
 * @api private
 */

function parse(str) {
  str = String(str);
  if (str.length > 100) {
    return;
  }
  var match = /^(-?(?:\d+)?\.?\d+) *(milliseconds?|msecs?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|w|years?|yrs?|y)?$/i.exec(
    str
  );
  if (!match) {
    return;
  }
  var n = parseFloat(match[1]);
  var type = (match[2] || 'ms').toLowerCase();
  switch (type) {
    case 'years':
    case 'year':
    case 'yrs':
    case 'yr':
    case 'y':
      return n * y;
    case 'weeks':
    case 'week':
    case 'w':
      return n * w;
    case 'days':
    case 'day':
    case 'd':
      return n * d;
    case 'hours':
    case 'hour':
    case 'hrs':
    case 'hr':
    case 'h':
      return n * h;
    case 'minutes':
    case 'minute':
    case 'mins':
    case 'min':
    case 'm':
      return n * m;
    case 'seconds':
    case 'second':
    case 'secs':
    case 'sec':
    case 's':
      return n * s;
    case 'milliseconds':
    case 'millisecond':
    case 'msecs':
    case 'msec':
    case 'ms':
      return n;
    default:
      return undefined;
  }
}

/**
 * Short format for `ms`.
 *
 * @param {Number} ms
 * @return {String}
 * @api private
 */

function fmtShort(ms) {
  var msAbs = Math.abs(ms);
  if (msAbs >= d) {
    return Math.round(ms / d) + 'd';
  }
  if (msAbs >= h) {
    return Math.round(ms / h) + 'h';
  }
  if (msAbs >= m) {
    return Math.round(ms / m) + 'm';
  }
  if (msAbs >= s) {
    return Math.round(ms / s) + 's';
  }
  return ms + 'ms';
}

/**
 * Long format for `ms`.
 *
 * @param {Number} ms
 * @return {String}
 * @api private
 */

function fmtLong(ms) {
  var msAbs = Math.abs(ms);
  if (msAbs >= d) {
    return plural(ms, msAbs, d, 'day');
  }
  if (msAbs >= h) {
    return plural(ms, msAbs, h, 'hour');
  }
  if (msAbs >= m) {
    return plural(ms, msAbs, m, 'minute');
  }
  if (msAbs >= s) {
    return plural(ms, msAbs, s, 'second');
  }
  return ms + ' ms';
}

/**
 * Pluralization helper.
 */

function plural(ms, msAbs, n, name) {
  var isPlural = msAbs >= n * 1.5;
  return Math.round(ms / n) + ' ' + name + (isPlural ? 's' : '');
}


/***/ }),

/***/ 770:
/***/ ((module, __unused_webpack_exports, __nccwpck_require__) => {

module.exports = __nccwpck_require__(218);


/***/ }),

/***/ 218:
/***/ ((__unused_webpack_module, exports, __nccwpck_require__) => {

var __webpack_unused_export__;


var net = __nccwpck_require__(9278);
var tls = __nccwpck_require__(4756);
var http = __nccwpck_require__(8611);
var https = __nccwpck_require__(5692);
var events = __nccwpck_require__(4434);
var assert = __nccwpck_require__(2613);
var util = __nccwpck_require__(9023);


exports.httpOverHttp = httpOverHttp;
exports.httpsOverHttp = httpsOverHttp;
exports.httpOverHttps = httpOverHttps;
exports.httpsOverHttps = httpsOverHttps;


function httpOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  return agent;
}

function httpsOverHttp(options) {
  var agent = new TunnelingAgent(options);
  agent.request = http.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}

function httpOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  return agent;
}

function httpsOverHttps(options) {
  var agent = new TunnelingAgent(options);
  agent.request = https.request;
  agent.createSocket = createSecureSocket;
  agent.defaultPort = 443;
  return agent;
}


function TunnelingAgent(options) {
  var self = this;
  self.options = options || {};
  self.proxyOptions = self.options.proxy || {};
  self.maxSockets = self.options.maxSockets || http.Agent.defaultMaxSockets;
  self.requests = [];
  self.sockets = [];

  self.on('free', function onFree(socket, host, port, localAddress) {
    var options = toOptions(host, port, localAddress);
    for (var i = 0, len = self.requests.length; i < len; ++i) {
      var pending = self.requests[i];
      if (pending.host === options.host && pending.port === options.port) {
        // Detect the request to connect same origin server,
        // reuse the connection.
        self.requests.splice(i, 1);
        pending.request.onSocket(socket);
        return;
      }
    }
    socket.destroy();
    self.removeSocket(socket);
  });
}
util.inherits(TunnelingAgent, events.EventEmitter);

TunnelingAgent.prototype.addRequest = function addRequest(req, host, port, localAddress) {
  var self = this;
  var options = mergeOptions({request: req}, self.options, toOptions(host, port, localAddress));

  if (self.sockets.length >= this.maxSockets) {
    // We are over limit so we'll add it to the queue.
    self.requests.push(options);
    return;
  }

  // If we are under maxSockets create a new one.
  self.createSocket(options, function(socket) {
    socket.on('free', onFree);
    socket.on('close', onCloseOrRemove);
    socket.on('agentRemove', onCloseOrRemove);
    req.onSocket(socket);

    function onFree() {
      self.emit('free', socket, options);
    }

    function onCloseOrRemove(err) {
      self.removeSocket(socket);
      socket.removeListener('free', onFree);
      socket.removeListener('close', onCloseOrRemove);
      socket.removeListener('agentRemove', onCloseOrRemove);
    }
  });
};

TunnelingAgent.prototype.createSocket = function createSocket(options, cb) {
  var self = this;
  var placeholder = {};
  self.sockets.push(placeholder);

  var connectOptions = mergeOptions({}, self.proxyOptions, {
    method: 'CONNECT',
    path: options.host + ':' + options.port,
    agent: false,
    headers: {
      host: options.host + ':' + options.port
    }
  });
  if (options.localAddress) {
    connectOptions.localAddress = options.localAddress;
  }
  if (connectOptions.proxyAuth) {
    connectOptions.headers = connectOptions.headers || {};
    connectOptions.headers['Proxy-Authorization'] = 'Basic ' +
        new Buffer(connectOptions.proxyAuth).toString('base64');
  }

  debug('making CONNECT request');
  var connectReq = self.request(connectOptions);
  connectReq.useChunkedEncodingByDefault = false; // for v0.6
  connectReq.once('response', onResponse); // for v0.6
  connectReq.once('upgrade', onUpgrade);   // for v0.6
  connectReq.once('connect', onConnect);   // for v0.7 or later
  connectReq.once('error', onError);
  connectReq.end();

  function onResponse(res) {
    // Very hacky. This is necessary to avoid http-parser leaks.
    res.upgrade = true;
  }

  function onUpgrade(res, socket, head) {
    // Hacky.
    process.nextTick(function() {
      onConnect(res, socket, head);
    });
  }

  function onConnect(res, socket, head) {
    connectReq.removeAllListeners();
    socket.removeAllListeners();

    if (res.statusCode !== 200) {
      debug('tunneling socket could not be established, statusCode=%d',
        res.statusCode);
      socket.destroy();
      var error = new Error('tunneling socket could not be established, ' +
        'statusCode=' + res.statusCode);
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    if (head.length > 0) {
      debug('got illegal response body from proxy');
      socket.destroy();
      var error = new Error('got illegal response body from proxy');
      error.code = 'ECONNRESET';
      options.request.emit('error', error);
      self.removeSocket(placeholder);
      return;
    }
    debug('tunneling connection has established');
    self.sockets[self.sockets.indexOf(placeholder)] = socket;
    return cb(socket);
  }

  function onError(cause) {
    connectReq.removeAllListeners();

    debug('tunneling socket could not be established, cause=%s\n',
          cause.message, cause.stack);
    var error = new Error('tunneling socket could not be established, ' +
                          'cause=' + cause.message);
    error.code = 'ECONNRESET';
    options.request.emit('error', error);
    self.removeSocket(placeholder);
  }
};

TunnelingAgent.prototype.removeSocket = function removeSocket(socket) {
  var pos = this.sockets.indexOf(socket)
  if (pos === -1) {
    return;
  }
  this.sockets.splice(pos, 1);

  var pending = this.requests.shift();
  if (pending) {
    // If we have pending requests and a socket gets closed a new one
    // needs to be created to take over in the pool for the one that closed.
    this.createSocket(pending, function(socket) {
      pending.request.onSocket(socket);
    });
  }
};

function createSecureSocket(options, cb) {
  var self = this;
  TunnelingAgent.prototype.createSocket.call(self, options, function(socket) {
    var hostHeader = options.request.getHeader('host');
    var tlsOptions = mergeOptions({}, self.options, {
      socket: socket,
      servername: hostHeader ? hostHeader.replace(/:.*$/, '') : options.host
    });

    // 0 is dummy port for v0.6
    var secureSocket = tls.connect(0, tlsOptions);
    self.sockets[self.sockets.indexOf(socket)] = secureSocket;
    cb(secureSocket);
  });
}


function toOptions(host, port, localAddress) {
  if (typeof host === 'string') { // since v0.10
    return {
      host: host,
      port: port,
      localAddress: localAddress
    };
  }
  return host; // for v0.11 or later
}

function mergeOptions(target) {
  for (var i = 1, len = arguments.length; i < len; ++i) {
    var overrides = arguments[i];
    if (typeof overrides === 'object') {
      var keys = Object.keys(overrides);
      for (var j = 0, keyLen = keys.length; j < keyLen; ++j) {
        var k = keys[j];
        if (overrides[k] !== undefined) {
          target[k] = overrides[k];
        }
      }
    }
  }
  return target;
}


var debug;
if (process.env.NODE_DEBUG && /\btunnel\b/.test(process.env.NODE_DEBUG)) {
  debug = function() {
    var args = Array.prototype.slice.call(arguments);
    if (typeof args[0] === 'string') {
      args[0] = 'TUNNEL: ' + args[0];
    } else {
      args.unshift('TUNNEL:');
    }
    console.error.apply(console, args);
  }
} else {
  debug = function() {};
}
__webpack_unused_export__ = debug; // for test


/***/ }),

/***/ 2613:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("assert");

/***/ }),

/***/ 181:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("buffer");

/***/ }),

/***/ 4434:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("events");

/***/ }),

/***/ 9896:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("fs");

/***/ }),

/***/ 8611:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("http");

/***/ }),

/***/ 5692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("https");

/***/ }),

/***/ 9278:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("net");

/***/ }),

/***/ 2467:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http2");

/***/ }),

/***/ 4708:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:https");

/***/ }),

/***/ 7030:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:net");

/***/ }),

/***/ 6760:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:path");

/***/ }),

/***/ 1692:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:tls");

/***/ }),

/***/ 3136:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:url");

/***/ }),

/***/ 7975:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:util");

/***/ }),

/***/ 857:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("os");

/***/ }),

/***/ 932:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("process");

/***/ }),

/***/ 4756:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("tls");

/***/ }),

/***/ 9023:
/***/ ((module) => {

module.exports = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("util");

/***/ }),

/***/ 4550:
/***/ ((module) => {

// GENERATED FILE. DO NOT EDIT.
var ipCodec = (function(exports) {
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
    name: 'v4',
    size: v4Size,
    isFormat: ip => v4Regex.test(ip),
  
    encode(ip, buff, offset) {
      offset = ~~offset;
      buff = buff || new Uint8Array(offset + v4Size);
      const max = ip.length;
      let n = 0;
  
      for (let i = 0; i < max;) {
        const c = ip.charCodeAt(i++);
  
        if (c === 46) {
          // "."
          buff[offset++] = n;
          n = 0;
        } else {
          n = n * 10 + (c - 48);
        }
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
    name: 'v6',
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
      buff = buff || new Uint8Array(offset + v6Size); // Note: This algorithm needs to check if the offset
      // could exceed the buffer boundaries as it supports
      // non-standard compliant encodings that may go beyond
      // the boundary limits. if (offset < end) checks should
      // not be necessary...
  
      for (let i = 0; i < ip.length; i++) {
        let c = ip.charCodeAt(i);
  
        if (c === 58) {
          // :
          if (prevColon) {
            if (fill !== -1) {
              // Not Standard! (standard doesn't allow multiple ::)
              // We need to treat
              if (offset < end) buff[offset] = 0;
              if (offset < end - 1) buff[offset + 1] = 0;
              offset += 2;
            } else if (offset < end) {
              // :: in the middle
              fill = offset;
            }
          } else {
            // : ends the previous number
            if (useDec === true) {
              // Non-standard! (ipv4 should be at end only)
              // A ipv4 address should not be found anywhere else but at
              // the end. This codec also support putting characters
              // after the ipv4 address..
              if (offset < end) buff[offset] = decN;
              offset++;
            } else {
              if (offset < end) buff[offset] = hexN >> 8;
              if (offset < end - 1) buff[offset + 1] = hexN & 0xff;
              offset += 2;
            }
  
            hexN = 0;
            decN = 0;
          }
  
          prevColon = true;
          useDec = false;
        } else if (c === 46) {
          // . indicates IPV4 notation
          if (offset < end) buff[offset] = decN;
          offset++;
          decN = 0;
          hexN = 0;
          prevColon = false;
          useDec = true;
        } else {
          prevColon = false;
  
          if (c >= 97) {
            c -= 87; // a-f ... 97~102 -87 => 10~15
          } else if (c >= 65) {
            c -= 55; // A-F ... 65~70 -55 => 10~15
          } else {
            c -= 48; // 0-9 ... starting from charCode 48
  
            decN = decN * 10 + c;
          } // We don't know yet if its a dec or hex number
  
  
          hexN = (hexN << 4) + c;
        }
      }
  
      if (prevColon === false) {
        // Commiting last number
        if (useDec === true) {
          if (offset < end) buff[offset] = decN;
          offset++;
        } else {
          if (offset < end) buff[offset] = hexN >> 8;
          if (offset < end - 1) buff[offset + 1] = hexN & 0xff;
          offset += 2;
        }
      } else if (fill === 0) {
        // Not Standard! (standard doesn't allow multiple ::)
        // This means that a : was found at the start AND end which means the
        // end needs to be treated as 0 entry...
        if (offset < end) buff[offset] = 0;
        if (offset < end - 1) buff[offset + 1] = 0;
        offset += 2;
      } else if (fill !== -1) {
        // Non-standard! (standard doens't allow multiple ::)
        // Here we find that there has been a :: somewhere in the middle
        // and the end. To treat the end with priority we need to move all
        // written data two bytes to the right.
        offset += 2;
  
        for (let i = Math.min(offset - 1, end - 1); i >= fill + 2; i--) {
          buff[i] = buff[i - 2];
        }
  
        buff[fill] = 0;
        buff[fill + 1] = 0;
        fill = offset;
      }
  
      if (fill !== offset && fill !== -1) {
        // Move the written numbers to the end while filling the everything
        // "fill" to the bytes with zeros.
        if (offset > end - 2) {
          // Non Standard support, when the cursor exceeds bounds.
          offset = end - 2;
        }
  
        while (end > fill) {
          buff[--end] = offset < end && offset > fill ? buff[--offset] : 0;
        }
      } else {
        // Fill the rest with zeros
        while (offset < end) {
          buff[offset++] = 0;
        }
      }
  
      return buff;
    },
  
    decode(buff, offset) {
      offset = ~~offset;
      let result = '';
  
      for (let i = 0; i < v6Size; i += 2) {
        if (i !== 0) {
          result += ':';
        }
  
        result += (buff[offset + i] << 8 | buff[offset + i + 1]).toString(16);
      }
  
      return result.replace(/(^|:)0(:0)*:0(:|$)/, '$1::$3').replace(/:{3,4}/, '::');
    }
  
  };
  exports.v6 = v6;
  const name = 'ip';
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
  
    if (typeof buff === 'function') {
      buff = buff(offset + size);
    }
  
    if (size === v4.size) {
      return v4.encode(ip, buff, offset);
    }
  
    return v6.encode(ip, buff, offset);
  }
  
  function decode(buff, offset, length) {
    offset = ~~offset;
    length = length || buff.length - offset;
  
    if (length === v4.size) {
      return v4.decode(buff, offset, length);
    }
  
    if (length === v6.size) {
      return v6.decode(buff, offset, length);
    }
  
    throw Error(`Invalid buffer size needs to be ${v4.size} for v4 or ${v6.size} for v6.`);
  }
  return "default" in exports ? exports.default : exports;
})({});
if (typeof define === 'function' && define.amd) define([], function() { return ipCodec; });
else if (true) module.exports = ipCodec;


/***/ }),

/***/ 6725:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   F: () => (/* binding */ hasSupportedNode)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7170);

const NEEDED_MAJOR = 24;
const RUNNER_VERSION = '2.327.1';
function hasSupportedNode(version = process.versions.node) {
    if (Number(version.split('.')[0]) >= NEEDED_MAJOR)
        return true;
    _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setFailed */ .C1(`This action needs Node.js ${NEEDED_MAJOR} and was started with Node.js ${version}. Use runner ${RUNNER_VERSION} or newer.`);
    return false;
}


/***/ }),

/***/ 8587:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   IC: () => (/* binding */ relativeName),
/* harmony export */   Qy: () => (/* binding */ selfAndAncestors),
/* harmony export */   a5: () => (/* binding */ isAtOrBelow)
/* harmony export */ });
function isAtOrBelow(name, ancestor) {
    return name === ancestor || ancestor === '.' || name.endsWith(`.${ancestor}`);
}
function selfAndAncestors(name) {
    const labels = name.split('.');
    return labels.map((_, depth) => labels.slice(depth).join('.'));
}
function relativeName(name, zone) {
    if (name === zone)
        return '';
    return isAtOrBelow(name, zone) ? name.slice(0, zone === '.' ? undefined : -zone.length - 1) : undefined;
}


/***/ }),

/***/ 6847:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   GD: () => (/* binding */ describeNotChecked),
/* harmony export */   hM: () => (/* binding */ ALL_EMAIL_DOMAINS)
/* harmony export */ });
/* unused harmony export DRIFT_KINDS */
const DRIFT_KINDS = (/* unused pure expression or super */ null && ([
    'connector-missing',
    'not-verified',
    'not-enabled',
    'enabled',
    'enabled-unknown',
    'fedramp-language',
    'record-missing',
    'record-not-visible',
    'undeclared-connector',
    'identity-provider-missing',
    'sso-app-policy',
    'token-expires',
    'nobody-outside',
]));
const ALL_EMAIL_DOMAINS = 'all email domains';
function describeNotChecked({ kind, permission }) {
    return permission === undefined ? kind : `${kind} (needs the permission "${permission}")`;
}


/***/ }),

/***/ 9285:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   AU: () => (/* binding */ DnsError),
/* harmony export */   Do: () => (/* binding */ OutcomeUnknownError),
/* harmony export */   GI: () => (/* binding */ RequestError),
/* harmony export */   Ko: () => (/* binding */ StoppedError),
/* harmony export */   MU: () => (/* binding */ TimeoutError),
/* harmony export */   S6: () => (/* binding */ errorLines),
/* harmony export */   Y4: () => (/* binding */ isCertificateError),
/* harmony export */   dz: () => (/* binding */ InputError),
/* harmony export */   ie: () => (/* binding */ toActionError),
/* harmony export */   lZ: () => (/* binding */ ActionError)
/* harmony export */ });
/* harmony import */ var node_util__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(7975);

class ActionError extends Error {
    hint;
    command;
    constructor(message, { hint, cause, command } = {}) {
        super(message, cause === undefined ? undefined : { cause });
        this.hint = hint;
        this.command = command;
        this.name = new.target.name;
    }
}
class InputError extends ActionError {
}
class DnsError extends ActionError {
}
class TimeoutError extends ActionError {
}
class StoppedError extends ActionError {
}
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
            retryability: 'ambiguous',
            retryAfterMs: refusal.retryAfterMs,
        });
    }
}
function isCertificateError(code) {
    return (typeof code === 'string' && (/CERT|SIGNED|ALTNAME|UNABLE_TO/.test(code) || code.startsWith('ERR_TLS_')));
}
function toActionError(thrown) {
    if (thrown instanceof ActionError)
        return thrown;
    if (thrown instanceof Error) {
        return new ActionError(`${thrown.name}: ${thrown.message}`, {
            cause: thrown,
            hint: 'This is a bug in the action. Please open an issue with the log of a re-run with debug logging.',
        });
    }
    const shown = Object(thrown) === thrown ? Object.prototype.toString.call(thrown) : (0,node_util__WEBPACK_IMPORTED_MODULE_0__.inspect)(thrown);
    return new ActionError(`Something that is not an error was thrown: ${shown}`, { cause: thrown });
}
function errorLines(error) {
    return error.hint === undefined ? [error.message] : [error.message, error.hint];
}


/***/ }),

/***/ 8129:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   EW: () => (/* binding */ RECORD_COMMENT),
/* harmony export */   Iu: () => (/* binding */ withNewText),
/* harmony export */   r$: () => (/* binding */ RECORD_FORMAT_NAMES)
/* harmony export */ });
const RECORD_FORMAT_NAMES = ['bind', 'octodns', 'dnscontrol', 'terraform', 'tfvars', 'json'];
const RECORD_COMMENT = 'Cloudflare dashboard SSO, made by a GitHub Action';
function withNewText(today, text) {
    return [...today.filter((one) => one !== text), text];
}


/***/ }),

/***/ 3494:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Dc: () => (/* binding */ READ_LAG_MS),
/* harmony export */   LC: () => (/* binding */ readUntil),
/* harmony export */   n5: () => (/* binding */ withDoubt)
/* harmony export */ });
/* harmony import */ var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9285);
/* harmony import */ var _retries_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9720);


const READ_LAG_MS = 15_000;
const READ_AGAIN_MS = 1000;
async function withDoubt(attempt, services, isAboutChange = () => true) {
    let mayBeDone = false;
    try {
        return await (0,_retries_js__WEBPACK_IMPORTED_MODULE_1__/* .withRetries */ .L)(async () => {
            try {
                return await attempt(mayBeDone);
            }
            catch (error) {
                mayBeDone ||= isAmbiguous(error) && isAboutChange(error);
                throw error;
            }
        }, services);
    }
    catch (error) {
        const isDoubtful = mayBeDone && error instanceof _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .GI && !isAmbiguous(error);
        throw isDoubtful ? new _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .OutcomeUnknownError */ .Do(error) : error;
    }
}
function isAmbiguous(error) {
    return error instanceof _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .GI && error.retryability === 'ambiguous';
}
async function readUntil(read, isExpected, untilMs, { clock, signal }) {
    for (;;) {
        const answer = await read();
        if (isExpected(answer) || clock.now() >= untilMs)
            return answer;
        await clock.sleep(READ_AGAIN_MS, signal);
    }
}


/***/ }),

/***/ 1868:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   U: () => (/* binding */ isLoopback),
/* harmony export */   n: () => (/* binding */ bareHost)
/* harmony export */ });
function bareHost(hostname) {
    return hostname.replace(/^\[(.*)\]$/, '$1');
}
function isLoopback(hostname) {
    return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}


/***/ }),

/***/ 1281:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ NetworkError),
/* harmony export */   d: () => (/* binding */ isNetworkFault)
/* harmony export */ });
/* harmony import */ var _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9285);

class NetworkError extends _domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .RequestError */ .GI {
}
const NETWORK_CODE = /^(?:E[A-Z0-9]+|EAI_[A-Z]+|HPE_[A-Z_]+|ERR_(?:SSL|OSSL|TLS|HTTP2|PROXY)_\w+|ERR_STREAM_(?:PREMATURE_CLOSE|DESTROYED)|ERR_SOCKET_C[A-Z_]+|ABORT_ERR)$/;
const CERTIFICATE_CODES = new Set([
    'CRL_HAS_EXPIRED',
    'CRL_NOT_YET_VALID',
    'HOSTNAME_MISMATCH',
    'INVALID_CA',
    'INVALID_PURPOSE',
    'PATH_LENGTH_EXCEEDED',
]);
const PROGRAMMING_ERRORS = [TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError];
function isNetworkFault(error) {
    if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string')
        return false;
    if (PROGRAMMING_ERRORS.some((kind) => error instanceof kind))
        return false;
    return NETWORK_CODE.test(error.code) || (0,_domain_errors_js__WEBPACK_IMPORTED_MODULE_0__/* .isCertificateError */ .Y4)(error.code) || CERTIFICATE_CODES.has(error.code);
}


/***/ }),

/***/ 9272:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ postOnce)
/* harmony export */ });
/* harmony import */ var _change_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(3494);

async function postOnce(change, services) {
    const look = async () => {
        const untilMs = services.clock.now() + _change_js__WEBPACK_IMPORTED_MODULE_0__/* .READ_LAG_MS */ .Dc;
        return change.look && (0,_change_js__WEBPACK_IMPORTED_MODULE_0__/* .readUntil */ .LC)(change.look, (found) => found !== undefined, untilMs, services);
    };
    let refusal;
    const attempt = async (mayBeMade) => {
        const found = mayBeMade ? await look() : undefined;
        if (found !== undefined)
            return { made: found, isOurs: true };
        try {
            return { made: await change.send(), isOurs: true };
        }
        catch (error) {
            refusal = error;
            const existing = await change.alreadyThere?.(error);
            if (existing === undefined)
                throw error;
            return { made: existing, isOurs: mayBeMade };
        }
    };
    return (0,_change_js__WEBPACK_IMPORTED_MODULE_0__/* .withDoubt */ .n5)(attempt, services, (error) => error === refusal);
}


/***/ }),

/***/ 768:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   i: () => (/* binding */ proxyFor)
/* harmony export */ });
/* harmony import */ var _actions_http_client_lib_proxy__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(9783);
/* harmony import */ var _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(9285);


const VARIABLES = ['https_proxy', 'HTTPS_PROXY'];
function proxyFor(url) {
    const variable = VARIABLES.find((name) => process.env[name]);
    if (variable === undefined || url.protocol !== 'https:' || (0,_actions_http_client_lib_proxy__WEBPACK_IMPORTED_MODULE_0__/* .checkBypass */ .H)(url))
        return undefined;
    const proxy = parsed(url);
    if (proxy?.hostname && /^https?:$/.test(proxy.protocol))
        return proxy;
    throw new _domain_errors_js__WEBPACK_IMPORTED_MODULE_1__/* .InputError */ .dz(`The variable ${variable} is not the URL of an HTTP proxy, so ${url.host} cannot be reached.`, {
        hint: `Write it with http:// or https:// in front, such as http://proxy.example:3128, and percent-encode special characters of a password. Or add ${url.hostname} to no_proxy.`,
    });
}
function parsed(url) {
    try {
        return (0,_actions_http_client_lib_proxy__WEBPACK_IMPORTED_MODULE_0__/* .getProxyUrl */ .s)(url);
    }
    catch {
        return undefined;
    }
}


/***/ }),

/***/ 9720:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  y: () => (/* binding */ MAX_RETRY_AFTER_MS),
  L: () => (/* binding */ withRetries)
});

;// CONCATENATED MODULE: ./node_modules/is-network-error/index.js
const objectToString = Object.prototype.toString;

const isError = value => objectToString.call(value) === '[object Error]';

const errorMessages = new Set([
	'network error', // Chrome
	'NetworkError when attempting to fetch resource.', // Firefox
	'The Internet connection appears to be offline.', // Safari 16
	'Network request failed', // `cross-fetch`
	'fetch failed', // Undici (Node.js)
	'terminated', // Undici (Node.js)
	' A network error occurred.', // Bun (WebKit)
	'Network connection lost', // Cloudflare Workers (fetch)
]);

function isNetworkError(error) {
	const isValid = error
		&& isError(error)
		&& error.name === 'TypeError'
		&& typeof error.message === 'string';

	if (!isValid) {
		return false;
	}

	const {message, stack} = error;

	// Safari 17+ has generic message but no stack for network errors
	if (message === 'Load failed' || (message.startsWith('Load failed (') && message.endsWith(')'))) {
		return stack === undefined
			// Sentry adds its own stack trace to the fetch error, so also check for that
			|| '__sentry_captured__' in error;
	}

	// Deno network errors start with specific text
	if (message.startsWith('error sending request for url')) {
		return true;
	}

	// Chrome: exact "Failed to fetch" or with hostname: "Failed to fetch (example.com)"
	if (message === 'Failed to fetch' || (message.startsWith('Failed to fetch (') && message.endsWith(')'))) {
		return true;
	}

	// Standard network error messages
	return errorMessages.has(message);
}

;// CONCATENATED MODULE: ./node_modules/p-retry/index.js


function validateRetries(retries) {
	if (typeof retries === 'number') {
		if (retries < 0) {
			throw new TypeError('Expected `retries` to be a non-negative number.');
		}

		if (Number.isNaN(retries)) {
			throw new TypeError('Expected `retries` to be a valid number or Infinity, got NaN.');
		}

		// Not `Number.isSafeInteger`, which would reject a huge `retries`. That is accepted on purpose and behaves as effectively forever.
		// eslint-disable-next-line unicorn/prefer-number-is-safe-integer
		if (Number.isFinite(retries) && !Number.isInteger(retries)) {
			throw new TypeError('Expected `retries` to be a non-negative integer or Infinity.');
		}
	} else if (retries !== undefined) {
		throw new TypeError('Expected `retries` to be a number or Infinity.');
	}
}

function validateNumberOption(name, value, {allowInfinity = false} = {}) {
	if (typeof value !== 'number' || Number.isNaN(value)) {
		throw new TypeError(`Expected \`${name}\` to be a number${allowInfinity ? ' or Infinity' : ''}.`);
	}

	if (!allowInfinity && !Number.isFinite(value)) {
		throw new TypeError(`Expected \`${name}\` to be a finite number.`);
	}

	if (value < 0) {
		throw new TypeError(`Expected \`${name}\` to be \u{2265} 0.`);
	}
}

function validateOption(name, value, type) {
	// `null` means "not provided", as it does for the other options. `unref` needs this because it is the one option with no default of its own.
	if (value === undefined || value === null) {
		return;
	}

	if (typeof value !== type) {
		throw new TypeError(`Expected \`${name}\` to be a ${type}.`);
	}
}

function validateSignal(value) {
	// `null` means "not provided", as it does for the other options.
	if (value === undefined || value === null) {
		return;
	}

	// Duck typed rather than `instanceof`, so a signal from another realm still works. All three methods are checked because `removeEventListener` is called from inside a timer callback, where a `TypeError` would be an uncaught exception rather than a rejection the caller could catch.
	if (typeof value.throwIfAborted !== 'function'
		|| typeof value.addEventListener !== 'function'
		|| typeof value.removeEventListener !== 'function') {
		throw new TypeError('Expected `signal` to be an AbortSignal.');
	}
}

class AbortError extends Error {
	constructor(message) {
		super(typeof message === 'string' ? message : undefined);

		this.name = 'AbortError';

		if (message instanceof Error) {
			this.originalError = message;
			({message} = message);
		} else {
			// Created here, so it already captures every caller frame. Copying `this.stack` instead would only rewrite the header, which is rendered lazily from `name` and `message` at read time. It also stringifies a non-string message, so reuse its result below.
			this.originalError = new Error(message);
			({message} = this.originalError);

			// The caller sees this error, so the frame for this constructor is dropped where the runtime supports it. Left in, the top frame blames p-retry for an error the caller threw. An error the caller passed keeps its own stack, which points at their throw site already. V8-only, hence the lint exception, and the optional call leaves the stack as it is where it is missing.
			// eslint-disable-next-line unicorn/no-nonstandard-builtin-properties
			Error.captureStackTrace?.(this.originalError, AbortError);
		}

		this.message = message;
	}
}

// `setTimeout` cannot represent a longer delay and fires it right away instead, which turns a long backoff into a tight retry loop. Cap at the largest value it can still hold.
const maximumDelay = (2 ** 31) - 1;

function calculateDelay(retriesConsumed, options) {
	// Nothing to wait for, and multiplying by a factor that has grown to `Infinity` would give `NaN`.
	if (options.minTimeout === 0) {
		return 0;
	}

	// `retriesConsumed` starts at 0 and only ever counts up, so the first retry is already attempt 1.
	const attempt = retriesConsumed + 1;
	const random = options.randomize ? (Math.random() + 1) : 1;

	const timeout = Math.round(random * options.minTimeout * (options.factor ** (attempt - 1)));

	// `maxTimeout` rounds up, so a fractional cap still gives a whole number of milliseconds. Rounding down would turn a cap below 1 into no timer at all, which never yields to the event loop. `Math.ceil(Infinity)` is `Infinity`.
	return Math.min(timeout, Math.ceil(options.maxTimeout), maximumDelay);
}

function calculateRemainingTime(start, max) {
	return Number.isFinite(max) ? max - (performance.now() - start) : max;
}

async function delayForRetry(delay, options) {
	if (delay <= 0) {
		return;
	}

	await new Promise((resolve, reject) => {
		// Registered with `once`, so it removes itself when it fires.
		const onAbort = () => {
			clearTimeout(timeoutToken);
			reject(options.signal.reason);
		};

		const timeoutToken = setTimeout(() => {
			options.signal?.removeEventListener('abort', onAbort);
			resolve();
		}, delay);

		if (options.unref) {
			timeoutToken.unref?.();
		}

		options.signal?.addEventListener('abort', onAbort, {once: true});
	});
}

// Stringifying a thrown value can itself throw, for an object with no usable `toString`. That must never be allowed to replace the failure the caller is actually dealing with.
//
// A thrown value whose own accessors or proxy traps throw is not supported, here or anywhere else. It comes from the caller's own code, so it is not something to defend against.
function stringifyThrownValue(value) {
	try {
		return String(value);
	} catch {
		return Object.prototype.toString.call(value);
	}
}

// `AbortError` wraps the error the caller actually wants, and the wrappers can be nested, so keep unwrapping until the cause is reached. Otherwise an `AbortError` would escape `pRetry` and a `catch` doing `error instanceof AbortError` would read a real failure as a cancellation.
//
// Two wrappers whose `originalError` points at each other are not supported, like the thrown values above.
function unwrapAbortError(error) {
	let cause = error;

	// A wrapper with no error to unwrap to is the cause as far as it goes.
	while (cause instanceof AbortError && cause.originalError instanceof Error) {
		cause = cause.originalError;
	}

	return cause;
}

async function onAttemptFailure({error, attemptNumber, retriesConsumed, startTime, options}) {
	// The signal is checked after the operation and after every callback, so a cancellation is never reported as an operation failure or a callback's decision, and no callback runs after it. The last check also guards the delay, whose abort listener never fires on a signal that is already aborted.
	const abortIfNeeded = () => {
		options.signal?.throwIfAborted();
	};

	const normalizedError = error instanceof Error
		? error
		: new TypeError(`Non-error was thrown: "${stringifyThrownValue(error)}". You should only throw errors.`);

	// Checked before unwrapping an `AbortError`, because the reason a caller aborted with is final. Unwrapping it would replace the reason they chose with whatever is inside it, and it would also let an `AbortError` from the operation outrank a cancellation the caller asked for.
	abortIfNeeded();

	if (normalizedError instanceof AbortError) {
		throw unwrapAbortError(normalizedError);
	}

	// `retriesConsumed` only ever advances while `retriesLeft` is above 0, so this is never negative. `Infinity` minus a finite count is `Infinity`, so an unlimited budget needs no special case.
	const retriesLeft = options.retries - retriesConsumed;

	// A `TypeError` normally means the operation itself is broken rather than the thing it was trying to reach, so retrying it does not help. A network `TypeError` is the exception, and its message differs per runtime, so it has to be recognised rather than assumed.
	const isRetriableError = !(normalizedError instanceof TypeError) || isNetworkError(normalizedError);

	// Out of time already, out of retries, or a failure that is never retried, so the delay is 0 and the callbacks are told that no retry follows. Only computed when a retry can still follow, so a randomized delay does not draw from `Math.random` for a wait that is never taken.
	const timeLeft = calculateRemainingTime(startTime, options.maxRetryTime);
	const delayTime = isRetriableError && timeLeft > 0 && retriesLeft > 0 ? calculateDelay(retriesConsumed, options) : 0;

	const consumeRetryContext = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed,
		retryDelay: delayTime,
	});

	// No answer means no opinion, so fall back to the default. Treating it as `false` instead would leave `retries` uncounted and let the loop run forever.
	const consumeRetry = (await options.shouldConsumeRetry(consumeRetryContext)) ?? true;

	abortIfNeeded();

	const effectiveDelay = consumeRetry ? delayTime : 0;
	const context = Object.freeze({
		error: normalizedError,
		attemptNumber,
		retriesLeft,
		retriesConsumed,
		retryDelay: effectiveDelay,
	});

	await options.onFailedAttempt(context);

	abortIfNeeded();

	const remainingTime = calculateRemainingTime(startTime, options.maxRetryTime);

	// No time or budget left, or a failure that retrying cannot help with.
	if (
		!isRetriableError
		|| remainingTime <= 0
		|| retriesLeft <= 0
	) {
		throw normalizedError;
	}

	const shouldRetry = await options.shouldRetry(context);

	abortIfNeeded();

	if (!shouldRetry) {
		throw normalizedError;
	}

	const remainingTimeAfterShouldRetry = calculateRemainingTime(startTime, options.maxRetryTime);

	if (remainingTimeAfterShouldRetry <= 0) {
		throw normalizedError;
	}

	if (!consumeRetry) {
		return false;
	}

	await delayForRetry(Math.min(effectiveDelay, remainingTimeAfterShouldRetry), options);

	return true;
}

async function pRetry(input, options = {}) {
	options = {...options};

	// Applied before validating, so that `null` means "not provided" here as it does for every other option.
	options.retries ??= 10;

	validateRetries(options.retries);

	if (Object.hasOwn(options, 'forever')) {
		throw new Error('The `forever` option is no longer supported. For many use-cases, you can set `retries: Infinity` instead.');
	}

	options.factor ??= 2;
	options.minTimeout ??= 1000;
	options.maxTimeout ??= Infinity;
	options.maxRetryTime ??= Infinity;
	options.randomize ??= false;
	options.onFailedAttempt ??= () => {};
	options.shouldRetry ??= () => true;
	options.shouldConsumeRetry ??= () => true;

	// Validate the options that have a runtime type to check.
	validateOption('onFailedAttempt', options.onFailedAttempt, 'function');
	validateOption('shouldRetry', options.shouldRetry, 'function');
	validateOption('shouldConsumeRetry', options.shouldConsumeRetry, 'function');
	validateOption('randomize', options.randomize, 'boolean');
	validateOption('unref', options.unref, 'boolean');
	validateSignal(options.signal);
	validateNumberOption('factor', options.factor);
	validateNumberOption('minTimeout', options.minTimeout);
	validateNumberOption('maxTimeout', options.maxTimeout, {allowInfinity: true});
	validateNumberOption('maxRetryTime', options.maxRetryTime, {allowInfinity: true});

	// A negative factor is rejected above, so this only catches `0`. Treat it as `1` to keep the delay constant instead of dropping to zero after the first retry.
	if (options.factor === 0) {
		options.factor = 1;
	}

	options.signal?.throwIfAborted();

	let attemptNumber = 0;
	let retriesConsumed = 0;
	const startTime = performance.now();

	// A consumed count is always finite, so `Infinity` keeps this true and needs no special case.
	while (retriesConsumed <= options.retries) {
		attemptNumber++;

		try {
			options.signal?.throwIfAborted();

			const result = await input(attemptNumber);

			options.signal?.throwIfAborted();

			return result;
		} catch (error) {
			if (await onAttemptFailure({
				error,
				attemptNumber,
				retriesConsumed,
				startTime,
				options,
			})) {
				retriesConsumed++;
			}
		}
	}

	// Unreachable: `onAttemptFailure` throws once `retriesLeft` reaches 0, which is the same state the loop condition tests, so the loop is always left by a throw. Kept as a guard against a future change to either side breaking that pairing.
	throw new Error('Retry attempts exhausted without throwing an error.');
}

function makeRetriable(function_, options) {
	return function (...arguments_) {
		return pRetry(() => function_.apply(this, arguments_), options);
	};
}

// EXTERNAL MODULE: ./lib/domain/errors.js
var errors = __nccwpck_require__(9285);
// EXTERNAL MODULE: ./lib/text/duration.js
var duration = __nccwpck_require__(4783);
;// CONCATENATED MODULE: ./lib/http/retries.js



const MAX_ATTEMPTS = 5;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 16_000;
const MAX_RETRY_AFTER_MS = 5 * 60_000;
async function withRetries(attempt, { clock, log, signal, random = Math.random, maxAttempts = MAX_ATTEMPTS }) {
    return pRetry(attempt, {
        retries: maxAttempts - 1,
        minTimeout: 0,
        signal,
        shouldRetry: ({ error }) => isTransient(error),
        async onFailedAttempt({ error, attemptNumber, retriesLeft }) {
            if (retriesLeft === 0 || !isTransient(error))
                return;
            const delayMs = error.retryAfterMs ?? backoffMs(attemptNumber, random);
            log.info(`${error.message} Trying again in ${(0,duration/* formatDuration */.a3)(delayMs)}.`);
            await clock.sleep(delayMs, signal);
        },
    });
}
function isTransient(error) {
    if (!(error instanceof errors/* RequestError */.GI) || error.retryability === 'permanent')
        return false;
    return (error.retryAfterMs ?? 0) <= MAX_RETRY_AFTER_MS;
}
function backoffMs(attemptNumber, random) {
    return Math.min(FIRST_DELAY_MS * 2 ** (attemptNumber - 1), MAX_DELAY_MS) * (0.5 + random() / 2);
}


/***/ }),

/***/ 3145:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   m: () => (/* binding */ parseRetryAfter)
/* harmony export */ });
const MAX_PARSED_MS = 365 * 24 * 60 * 60 * 1000;
function parseRetryAfter(value, nowMs) {
    if (value === undefined)
        return undefined;
    if (/^\d+$/.test(value.trim()))
        return Math.min(Number(value) * 1000, MAX_PARSED_MS);
    const dateMs = Date.parse(value);
    return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}


/***/ }),

/***/ 3629:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  N: () => (/* binding */ HttpSession)
});

// EXTERNAL MODULE: ./lib/domain/errors.js
var errors = __nccwpck_require__(9285);
// EXTERNAL MODULE: ./lib/text/secrets.js
var secrets = __nccwpck_require__(6246);
// EXTERNAL MODULE: ./lib/text/untrusted.js
var untrusted = __nccwpck_require__(7289);
// EXTERNAL MODULE: ./lib/time/until-aborted.js
var until_aborted = __nccwpck_require__(7023);
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js
var lib = __nccwpck_require__(2779);
// EXTERNAL MODULE: ./lib/http/host.js
var host = __nccwpck_require__(1868);
// EXTERNAL MODULE: ./lib/http/tunnel.js + 1 modules
var tunnel = __nccwpck_require__(2925);
;// CONCATENATED MODULE: ./lib/http/connection.js



const PROXY_SHARE = 0.5;
class Connection {
    #client;
    #tunnels;
    constructor(userAgent, deadlineMs, proxy) {
        this.#tunnels = proxy && new tunnel/* TunnelAgent */.ag(proxy, deadlineMs * PROXY_SHARE);
        const socketTimeout = deadlineMs + 60_000;
        const options = { allowRedirects: false, allowRetries: false, keepAlive: true, socketTimeout };
        this.#client = new lib/* HttpClient */.Qq(userAgent, [requestHandler(this.#tunnels)], options);
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
            options.host = (0,host/* bareHost */.n)(options.host ?? '');
            if (tunnels !== undefined)
                options.agent = tunnels;
        },
        canHandleAuthentication: () => false,
        handleAuthentication: () => Promise.reject(new RangeError('nobody asked for this authentication')),
    };
}

// EXTERNAL MODULE: ./lib/http/network-error.js
var network_error = __nccwpck_require__(1281);
// EXTERNAL MODULE: ./lib/http/proxy.js
var proxy = __nccwpck_require__(768);
;// CONCATENATED MODULE: ./lib/http/session.js








const DEFAULT_DEADLINE_MS = 30_000;
const DEFAULT_MAX_BODY_BYTES = 5 * 1024 * 1024;
const USER_AGENT = 'cloudflare-dashboard-sso-connector-action';
const NOT_FOUND = new Set(['ENOTFOUND', 'EAI_AGAIN']);
const NOT_SENT = new Set([...NOT_FOUND, 'ECONNREFUSED', 'ENETUNREACH', 'EHOSTUNREACH']);
class HttpSession {
    #options;
    #redact;
    #url;
    #proxy;
    #idle = [];
    constructor(options) {
        this.#url = new URL(options.apiUrl);
        this.#proxy = (0,proxy/* proxyFor */.i)(this.#url);
        this.#options = options;
        this.#redact = (0,secrets/* redactor */.$)([options.apiToken]);
    }
    async exchange(request, signal, what) {
        const { deadlineMs = DEFAULT_DEADLINE_MS } = this.#options;
        const connection = this.#idle.pop() ?? new Connection(USER_AGENT, deadlineMs, this.#proxy);
        const deadline = AbortSignal.timeout(deadlineMs);
        try {
            const response = await (0,until_aborted/* untilAborted */.E)(this.#send(connection, request), AbortSignal.any([signal, deadline]));
            this.#idle.push(connection);
            return response;
        }
        catch (error) {
            connection.close();
            signal.throwIfAborted();
            const isLate = deadline.aborted && error === deadline.reason;
            const failure = isLate ? this.#noAnswerInTime(deadlineMs) : this.#failureOf(error);
            if (failure === undefined)
                throw this.#withoutToken(error);
            const { seen, ...details } = failure;
            throw new network_error/* NetworkError */.D(inWords(what, seen, request), details);
        }
    }
    async #send(connection, { method, path, body: json }) {
        const { apiUrl, apiToken, maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = this.#options;
        const headers = {
            authorization: `Bearer ${apiToken}`,
            accept: 'application/json',
            ...(json && { 'content-type': 'application/json' }),
        };
        const data = json === undefined ? null : JSON.stringify(json);
        const message = await connection.request(method, `${apiUrl}${path}`, data, headers);
        const body = await readBody(message, maxBodyBytes);
        if (body === undefined)
            throw new TooLargeError(maxBodyBytes);
        return {
            status: message.statusCode ?? 0,
            headers: redactedHeaders(message.headers, this.#redact),
            body: this.#redact(body),
        };
    }
    #noAnswerInTime(deadlineMs) {
        const seen = `${this.#place()} gave no complete answer within ${deadlineMs / 1000} s`;
        return { seen, retryability: 'ambiguous', hint: this.#options.statusHint };
    }
    #failureOf(error) {
        if (error instanceof tunnel/* ProxyError */.T6)
            return this.#noTunnel(error);
        if (error instanceof TooLargeError)
            return { seen: error.message, retryability: 'permanent', hint: TOO_LARGE_HINT };
        return (0,network_error/* isNetworkFault */.d)(error) ? this.#noAnswer(error) : undefined;
    }
    #noAnswer(cause) {
        const { code } = cause;
        const reason = (0,untrusted/* printable */.g$)(this.#redact(cause.message || code), MAX_QUOTED);
        const seen = `${this.#place()} gave no complete answer: ${reason}`;
        if ((0,errors/* isCertificateError */.Y4)(code))
            return { seen, retryability: 'permanent', hint: certificateHint(this.#url.host, code), cause };
        const retryability = NOT_SENT.has(code) ? 'not-carried-out' : 'ambiguous';
        return { seen, retryability, hint: this.#hintFor(code), cause };
    }
    #hintFor(code) {
        if (NOT_FOUND.has(code)) {
            return `This runner could not look up ${this.#url.host}. Check the network and the DNS of the runner, and the name.`;
        }
        const reach = `Check that this runner can reach ${this.#url.host}: network, firewall, https_proxy. `;
        return `${NOT_SENT.has(code) ? reach : ''}${this.#options.statusHint}`;
    }
    #noTunnel(cause) {
        const { status, message: seen } = cause;
        const isRefusal = status !== undefined && status < 500;
        const retryability = isRefusal ? 'permanent' : 'not-carried-out';
        return { seen, retryability, hint: proxyHint(this.#url, status), cause };
    }
    #place() {
        return this.#proxy === undefined
            ? this.#url.host
            : `${this.#url.host}, through the proxy ${this.#proxy.host},`;
    }
    #withoutToken(defect) {
        if (!(defect instanceof Error))
            return typeof defect === 'string' ? this.#redact(defect) : defect;
        const message = this.#redact(defect.message);
        if (message === defect.message)
            return defect;
        return Object.assign(new Error(message, { cause: defect }), { name: defect.name });
    }
    close() {
        for (const connection of this.#idle.splice(0))
            connection.close();
    }
}
class TooLargeError extends Error {
    constructor(maxBytes) {
        super(`the answer is larger than ${maxBytes} bytes`);
    }
}
const MAX_QUOTED = 500;
const TOO_LARGE_HINT = 'This API sends no answer that large. Check the API URL, and whether a proxy answers instead of the API.';
function certificateHint(host, code) {
    return code === 'CERT_HAS_EXPIRED' || code === 'CERT_NOT_YET_VALID'
        ? `The certificate of ${host} is not valid today. Check the clock of this runner, and whether a proxy with an expired certificate is in between.`
        : `The certificate of ${host} is not trusted. If a proxy inspects TLS, set NODE_EXTRA_CA_CERTS to its CA certificate.`;
}
function proxyHint({ hostname }, status) {
    if (status === 407) {
        return 'The proxy wants a user name and a password, or does not accept these. Set https_proxy to http://USER:PASSWORD@HOST:PORT, with special characters percent-encoded.';
    }
    return status === undefined
        ? `Check https_proxy, and that this runner can reach the proxy. If it reaches ${hostname} without one, add ${hostname} to no_proxy.`
        : `Have the proxy allow connections to ${hostname}, or add ${hostname} to no_proxy if this runner reaches it without the proxy.`;
}
function inWords(what, seen, { method, path }) {
    const failed = what === undefined ? '' : `Could not ${what}: `;
    return `${failed}${seen} (${method} ${path}).`;
}
async function readBody(message, maxBytes) {
    const chunks = [];
    let bytes = 0;
    for await (const chunk of message) {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes > maxBytes)
            return undefined;
    }
    return Buffer.concat(chunks).toString('utf8');
}
function redactedHeaders(headers, redact) {
    const redacted = Object.entries(headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.map(redact) : value && redact(value),
    ]);
    return Object.fromEntries(redacted);
}


/***/ }),

/***/ 2925:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  T6: () => (/* binding */ ProxyError),
  ag: () => (/* binding */ TunnelAgent),
  X: () => (/* binding */ openTunnel)
});

;// CONCATENATED MODULE: external "node:http"
const external_node_http_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:http");
// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __nccwpck_require__(4708);
// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(7030);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __nccwpck_require__(1692);
// EXTERNAL MODULE: ./lib/text/untrusted.js
var untrusted = __nccwpck_require__(7289);
// EXTERNAL MODULE: ./lib/http/host.js
var http_host = __nccwpck_require__(1868);
;// CONCATENATED MODULE: ./lib/http/tunnel.js






class ProxyError extends Error {
    name = 'ProxyError';
    status;
    constructor(proxy, seen, status) {
        super(`the proxy ${proxy.host} ${seen}`);
        this.status = status;
    }
}
async function openTunnel(proxy, target, { timeoutMs, signal, isBackground = false }) {
    const { promise, resolve, reject } = Promise.withResolvers();
    const request = connectRequest(proxy, target);
    request.once('connect', ({ statusCode = 0 }, socket, head) => {
        socket.unshift(head);
        if (statusCode >= 200 && statusCode < 300)
            return resolve(socket);
        socket.destroy();
        return reject(new ProxyError(proxy, `answered HTTP ${statusCode}`, statusCode));
    });
    request.on('error', (error) => {
        const seen = (0,untrusted/* printable */.g$)(error.message || String(error), MAX_QUOTED);
        reject(error instanceof ProxyError ? error : new ProxyError(proxy, `could not be used: ${seen}`));
    });
    if (isBackground)
        request.once('socket', (socket) => socket.unref());
    const giveUp = (seen) => void request.destroy(new ProxyError(proxy, seen));
    const timer = setTimeout(giveUp, timeoutMs, `did not answer within ${timeoutMs / 1000} s`);
    if (isBackground)
        timer.unref();
    const onAbort = () => giveUp('was no longer needed');
    signal?.addEventListener('abort', onAbort, { once: true });
    request.end();
    try {
        return await promise;
    }
    finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
    }
}
const MAX_QUOTED = 200;
function connectRequest(proxy, target) {
    const isSecure = proxy.protocol === 'https:';
    const host = (0,http_host/* bareHost */.n)(proxy.hostname);
    const credentials = Buffer.from(`${proxy.username}:${proxy.password}`).toString('base64');
    const hasCredentials = proxy.username !== '' || proxy.password !== '';
    const options = {
        host,
        port: Number(proxy.port) || (isSecure ? 443 : 80),
        method: 'CONNECT',
        path: target,
        agent: false,
        headers: {
            host: target,
            ...(hasCredentials && { 'proxy-authorization': `Basic ${credentials}` }),
        },
    };
    return isSecure ? (0,external_node_https_.request)({ ...options, servername: (0,external_node_net_.isIP)(host) ? '' : host }) : (0,external_node_http_namespaceObject.request)(options);
}
class TunnelAgent extends external_node_https_.Agent {
    #proxy;
    #timeoutMs;
    #closed = new AbortController();
    constructor(proxy, timeoutMs) {
        super({ keepAlive: true });
        this.#proxy = proxy;
        this.#timeoutMs = timeoutMs;
    }
    createConnection(...[options, callback]) {
        const host = options.host ?? '';
        const target = `${(0,external_node_net_.isIP)(host) === 6 ? `[${host}]` : host}:${options.port}`;
        const limits = { timeoutMs: this.#timeoutMs, signal: this.#closed.signal };
        openTunnel(this.#proxy, target, limits).then((socket) => callback?.(null, (0,external_node_tls_.connect)({ ...options, socket })), (error) => callback?.(error, undefined));
        return undefined;
    }
    destroy() {
        this.#closed.abort();
        super.destroy();
    }
}


/***/ }),

/***/ 5691:
/***/ ((__webpack_module__, __unused_webpack___webpack_exports__, __nccwpck_require__) => {

__nccwpck_require__.a(__webpack_module__, async (__webpack_handle_async_dependencies__, __webpack_async_result__) => { try {
/* harmony import */ var _action_node_version_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6725);
/* harmony import */ var _run_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(2673);


if ((0,_action_node_version_js__WEBPACK_IMPORTED_MODULE_0__/* .hasSupportedNode */ .F)())
    await (0,_run_js__WEBPACK_IMPORTED_MODULE_1__/* .run */ .e)();

__webpack_async_result__();
} catch(e) { __webpack_async_result__(e); } }, 1);

/***/ }),

/***/ 5397:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   PT: () => (/* binding */ insertAt),
/* harmony export */   ct: () => (/* binding */ applyEdits),
/* harmony export */   gf: () => (/* binding */ lineStart),
/* harmony export */   n_: () => (/* binding */ lineBreakOf)
/* harmony export */ });
function insertAt(offset, text) {
    return { start: offset, end: offset, text };
}
function applyEdits(original, edits) {
    return edits
        .toSorted((a, b) => b.start - a.start)
        .reduce((result, { start, end, text }) => result.slice(0, start) + text + result.slice(end), original);
}
function lineBreakOf(text) {
    const first = text.indexOf('\n');
    return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}
function lineStart(text, offset) {
    return offset <= 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
}


/***/ }),

/***/ 6114:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ UnreadableTextError)
/* harmony export */ });
/* harmony import */ var _text_edits_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(5397);

class UnreadableTextError extends Error {
    line;
    column;
    hint;
    constructor(problem, { text, offset }, hint) {
        super(problem);
        this.name = 'UnreadableTextError';
        this.line = text.slice(0, offset).split('\n').length;
        this.column = [...text.slice((0,_text_edits_js__WEBPACK_IMPORTED_MODULE_0__/* .lineStart */ .gf)(text, offset), offset)].length + 1;
        this.hint = hint;
    }
}


/***/ }),

/***/ 5448:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ mergeOwnFile)
/* harmony export */ });
/* harmony import */ var _format_text_edits_js__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5397);
/* harmony import */ var _format_unreadable_text_error_js__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(6114);


function mergeOwnFile(file, current, record) {
    if (current === undefined || current.trim() === '') {
        const header = file.header.map((line) => `${file.comment} ${line}`);
        return [...header, '', ...regionOf(file, record, ''), ''].join('\n');
    }
    const lines = current.split(/\r?\n/);
    if (lines[0] !== `${file.comment} ${file.header[0]}`) {
        throw new _format_unreadable_text_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UnreadableTextError */ .l('this action did not create this file', { text: current, offset: 0 }, file.hint);
    }
    const text = withHeader(file, current);
    const old = findRegions(text, file.comment).find(({ domain }) => domain === record.emailDomain);
    if (old === undefined)
        return withRegionAtEnd(text, regionOf(file, record, text));
    const linesNow = text.split(/\r?\n/);
    const [before, behind] = [linesNow.slice(0, old.begin), linesNow.slice(old.end + 1)];
    const region = regionOf(file, record, [...before, ...behind].join('\n'));
    if (linesNow.slice(old.begin, old.end + 1).join('\n') === region.join('\n'))
        return text;
    return [...before, ...region, ...behind].join((0,_format_text_edits_js__WEBPACK_IMPORTED_MODULE_1__/* .lineBreakOf */ .n_)(text));
}
function withRegionAtEnd(current, region) {
    const newline = (0,_format_text_edits_js__WEBPACK_IMPORTED_MODULE_1__/* .lineBreakOf */ .n_)(current);
    const ended = current.endsWith('\n') ? current : current + newline;
    return `${ended}${newline}${region.join(newline)}${newline}`;
}
function regionOf(file, record, around) {
    return [
        `${file.comment} begin ${record.emailDomain}`,
        ...file.render(record, around).trimEnd().split('\n'),
        `${file.comment} end ${record.emailDomain}`,
    ];
}
function withHeader({ comment, formerHeader = [] }, text) {
    return formerHeader.reduce((current, [start, now]) => {
        const at = current.indexOf(`\n${comment} ${start}`) + 1;
        if (at === 0)
            return current;
        const [line = ''] = current.slice(at).split(/\r?\n/, 1);
        return `${current.slice(0, at)}${comment} ${now}${current.slice(at + line.length)}`;
    }, text);
}
function findRegions(text, comment) {
    const regions = [];
    let open;
    for (const [index, line] of text.split(/\r?\n/).entries()) {
        const [sign, word, domain = '', ...rest] = line.split(' ');
        if (sign !== comment || rest.length > 0 || (word !== 'begin' && word !== 'end'))
            continue;
        const isExpected = word === 'end' ? open?.domain === domain : open === undefined;
        if (!isExpected)
            throw oddMarker(text, line, index);
        if (open === undefined) {
            if (regions.some((region) => region.domain === domain))
                throw oddMarker(text, line, index);
            open = { domain, begin: index };
        }
        else {
            regions.push({ ...open, end: index });
            open = undefined;
        }
    }
    if (open !== undefined)
        throw oddMarker(text, `${comment} begin ${open.domain}`, open.begin);
    return regions;
}
function oddMarker(text, marker, lineIndex) {
    let offset = 0;
    for (let line = 0; line < lineIndex; line++)
        offset = text.indexOf('\n', offset) + 1;
    return new _format_unreadable_text_error_js__WEBPACK_IMPORTED_MODULE_0__/* .UnreadableTextError */ .l(`the line "${marker}" has no matching line or appears twice`, { text, offset }, 'Put the "begin" and "end" lines back around the domain, or delete the file and let the action write it again.');
}


/***/ }),

/***/ 2441:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  L: () => (/* binding */ importBlock),
  v: () => (/* binding */ terraform)
});

// EXTERNAL MODULE: ./lib/domain/sso-record.js
var sso_record = __nccwpck_require__(8129);
;// CONCATENATED MODULE: ./lib/records/own/hcl.js
const HCL_ESCAPES = {
    '"': '\\"',
    '\\': '\\\\',
    '\n': '\\n',
    '\r': '\\r',
    '\t': '\\t',
};
function hclString(text) {
    const escaped = text
        .replaceAll(/["\\\p{Cc}\u2028\u2029]/gu, (character) => HCL_ESCAPES[character] ?? unicodeEscape(character))
        .replaceAll(/[$%](?=\{)/g, (introducer) => introducer + introducer);
    return `"${escaped}"`;
}
function unicodeEscape(character) {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
function hclIdentifier(domain) {
    const name = domain.replaceAll('.', '_');
    return /^\d/.test(name) ? `_${name}` : name;
}

// EXTERNAL MODULE: ./lib/records/own/own-file.js
var own_file = __nccwpck_require__(5448);
;// CONCATENATED MODULE: ./lib/records/own/terraform.js



const ROOT_MODULE = 'It belongs in the root module, where import blocks are allowed, and needs version 5.13 of the provider or newer.';
const TERRAFORM_FILE = {
    comment: '#',
    header: [
        'Written by cloudflare-dashboard-sso-connector, which changes the lines between "begin" and "end".',
        'Declare elsewhere: variable "cloudflare_zone_ids" { type = map(string) }, which maps each domain to its zone ID.',
        ROOT_MODULE,
    ],
    formerHeader: [['Each import needs a resource: write one, or run ', ROOT_MODULE]],
    hint: 'Set record-file to a new file that only the action writes, for example cloudflare-sso.tf.',
    render: blocks,
};
const terraform = {
    needsTxtValues: false,
    render: (record) => blocks(record),
    merge: (current, record) => (0,own_file/* mergeOwnFile */.h)(TERRAFORM_FILE, current, record),
};
function importBlock(accountId, connectorId, emailDomain) {
    return [
        'import {',
        `  to = cloudflare_sso_connector.${hclIdentifier(emailDomain)}`,
        `  id = ${hclString(`${accountId}/${connectorId}`)}`,
        '}',
        '',
    ].join('\n');
}
function blocks(record, around = '') {
    const { emailDomain, accountId, connectorId } = record;
    if (accountId === undefined || connectorId === undefined)
        return recordBlock(record);
    const imported = `${ABOUT_IMPORT}\n${importBlock(accountId, connectorId, emailDomain)}`;
    const isElsewhere = connectorAddress(emailDomain).test(around);
    const connector = isElsewhere ? [] : [connectorBlock(accountId, emailDomain)];
    return [recordBlock(record), imported, ...connector].join('\n');
}
const ABOUT_IMPORT = '# Plans one change, though it is ignored: the provider sends begin_verification once after an import.';
function recordBlock({ emailDomain, verificationCode }) {
    return [
        `resource "cloudflare_dns_record" "sso_${hclIdentifier(emailDomain)}" {`,
        `  zone_id = var.cloudflare_zone_ids[${hclString(emailDomain)}]`,
        `  name    = ${hclString(emailDomain)}`,
        '  type    = "TXT"',
        `  content = ${hclString(quotedText(verificationCode))}`,
        '  ttl     = 1',
        `  comment = ${hclString(sso_record/* RECORD_COMMENT */.EW)}`,
        '}',
        '',
    ].join('\n');
}
function connectorBlock(accountId, emailDomain) {
    return [
        '# Never set begin_verification here, or email_domain in capitals: either makes Terraform replace the connector.',
        `resource "cloudflare_sso_connector" ${hclString(hclIdentifier(emailDomain))} {`,
        `  account_id   = ${hclString(accountId)}`,
        `  email_domain = ${hclString(emailDomain)}`,
        '',
        '  lifecycle {',
        '    # Workflows enable SSO, and disable it in an emergency: an apply must undo neither.',
        '    ignore_changes  = [enabled, begin_verification, use_fedramp_language]',
        '    prevent_destroy = true',
        '  }',
        '}',
        '',
    ].join('\n');
}
function connectorAddress(emailDomain) {
    const name = hclIdentifier(emailDomain).replaceAll(/[^\w]/g, '\\$&');
    return new RegExp(`^[ \\t]*resource[ \\t]+"cloudflare_sso_connector"[ \\t]+"${name}"`, 'm');
}
function quotedText(text) {
    return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}


/***/ }),

/***/ 1341:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Ew: () => (/* binding */ canonicalName),
/* harmony export */   Kw: () => (/* binding */ parseTtl),
/* harmony export */   Lx: () => (/* binding */ quotedStrings),
/* harmony export */   QT: () => (/* binding */ bytesOfString),
/* harmony export */   lX: () => (/* binding */ nameBelow)
/* harmony export */ });
const ESCAPE_OR_CHARACTER = /\\([01]\d\d|2[0-4]\d|25[0-5])|\\(.)|(.)/gsu;
const MAX_STRING_BYTES = 255;
const MAX_TTL_S = 0xffff_ffff;
const UNIT_S = { w: 604_800, d: 86_400, h: 3600, m: 60, s: 1 };
function canonicalName(text) {
    const name = text.replaceAll(ESCAPE_OR_CHARACTER, (_, code, escaped, plain) => {
        if (plain === '.')
            return '.';
        const character = code === undefined ? (escaped ?? plain ?? '') : String.fromCharCode(Number(code));
        return /[\w*/-]/.test(character) ? character : escapedByCode(character);
    });
    return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
function escapedByCode(text) {
    return [...Buffer.from(text)].map((byte) => `\\${String(byte).padStart(3, '0')}`).join('');
}
function nameBelow(name, origin) {
    if (name.endsWith('.') || origin === '')
        return name;
    if (name === '')
        return origin;
    return origin === '.' ? `${name}.` : `${name}.${origin}`;
}
function bytesOfString(text) {
    return text.replaceAll(ESCAPE_OR_CHARACTER, (_, code, escaped, plain) => code === undefined
        ? Buffer.from(escaped ?? plain ?? '').toString('latin1')
        : String.fromCharCode(Number(code)));
}
function quotedStrings(text) {
    const bytes = [...Buffer.from(text)];
    const count = Math.max(1, Math.ceil(bytes.length / MAX_STRING_BYTES));
    return Array.from({ length: count }, (_, index) => {
        const string = bytes.slice(index * MAX_STRING_BYTES, (index + 1) * MAX_STRING_BYTES);
        return `"${string.map(escapedByte).join('')}"`;
    }).join(' ');
}
function escapedByte(byte) {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === '\\')
        return `\\${character}`;
    return byte < 0x20 || byte > 0x7e ? `\\${String(byte).padStart(3, '0')}` : character;
}
function parseTtl(text) {
    if (!/^(\d+|(\d+[wdhms])+)$/i.test(text))
        return undefined;
    const parts = text.matchAll(/(\d+)([wdhms]?)/gi);
    const seconds = parts.reduce((sum, [, number, unit]) => sum + Number(number) * (UNIT_S[unit?.toLowerCase() ?? ''] ?? 1), 0);
    return seconds <= MAX_TTL_S ? seconds : undefined;
}


/***/ }),

/***/ 2673:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  e: () => (/* binding */ run)
});

// EXTERNAL MODULE: ./lib/domain/errors.js
var domain_errors = __nccwpck_require__(9285);
;// CONCATENATED MODULE: ./lib/domain/preflight.js
const GUARD_IDS = [
    'zero-trust-organization',
    'identity-provider',
    'sign-in-seen',
    'token',
    'way-back-in',
    'unreachable-members',
    'sso-app',
];
const VERDICTS = ['passed', 'unknown', 'warned', 'refused'];
const PREFLIGHT_POLICIES = ['true', 'strict', 'false'];
function obstacles({ guards }, policy) {
    if (policy === 'false')
        return [];
    return guards.filter(({ verdict }) => (policy === 'strict' ? verdict !== 'passed' : verdict === 'refused'));
}
function worst(judgements) {
    const all = new Set(judgements.map(({ verdict }) => verdict));
    return VERDICTS.findLast((verdict) => all.has(verdict)) ?? 'passed';
}

// EXTERNAL MODULE: ./node_modules/@actions/core/lib/core.js + 17 modules
var core = __nccwpck_require__(7170);
// EXTERNAL MODULE: ./lib/http/host.js
var host = __nccwpck_require__(1868);
// EXTERNAL MODULE: ./lib/text/secrets.js
var secrets = __nccwpck_require__(6246);
;// CONCATENATED MODULE: ./lib/action/inputs/read-all.js

function readAll(readers) {
    const errors = new Map();
    const entries = Object.entries(readers).map(([name, reader]) => {
        try {
            return [name, reader()];
        }
        catch (thrown) {
            for (const error of inputErrorsOf(thrown))
                errors.set(error.message, error);
            return [name, undefined];
        }
    });
    const [first, ...others] = errors.values();
    if (others.length > 0)
        throw new AggregateError(errors.values(), `${errors.size} inputs are wrong.`);
    if (first !== undefined)
        throw first;
    return Object.fromEntries(entries);
}
function inputErrorsOf(thrown) {
    const errors = thrown instanceof AggregateError ? thrown.errors : [thrown];
    return errors.map((error) => {
        if (error instanceof domain_errors/* InputError */.dz)
            return error;
        throw thrown;
    });
}

// EXTERNAL MODULE: ./lib/text/duration.js
var duration = __nccwpck_require__(4783);
// EXTERNAL MODULE: ./lib/text/untrusted.js
var untrusted = __nccwpck_require__(7289);
;// CONCATENATED MODULE: ./lib/action/inputs/values.js




const INPUT_DEFAULTS = {
    mode: undefined,
    'account-id': undefined,
    'api-token': undefined,
    'email-domain': undefined,
    'connector-id': undefined,
    'verification-code': undefined,
    'begin-verification': 'true',
    'use-fedramp-language': undefined,
    resolvers: 'cloudflare, google, quad9, opendns',
    quorum: 'majority',
    'authoritative-servers': 'auto',
    timeout: '30m',
    'poll-interval': '15s',
    'on-timeout': 'fail',
    'record-format': undefined,
    'record-file': undefined,
    preflight: 'true',
    'confirm-within': undefined,
    'expect-enabled': 'true',
    'fail-on-drift': 'true',
    'drift-issue': 'false',
    'github-token': undefined,
    'dry-run': 'false',
    'api-url': 'https://api.cloudflare.com/client/v4',
};
const INPUT_NAMES = Object.keys(INPUT_DEFAULTS);
const ENVIRONMENT = {
    'account-id': 'CLOUDFLARE_ACCOUNT_ID',
    'api-token': 'CLOUDFLARE_API_TOKEN',
    'connector-id': 'CLOUDFLARE_SSO_CONNECTOR_ID',
};
function read(name) {
    const variable = ENVIRONMENT[name];
    const given = core/* getInput */.V4(name) || (variable && process.env[variable]?.trim());
    return given || INPUT_DEFAULTS[name];
}
function isInherited(name) {
    const variable = ENVIRONMENT[name];
    return core/* getInput */.V4(name) === '' && variable !== undefined && (process.env[variable]?.trim() ?? '') !== '';
}
function readList(name) {
    const items = (read(name) ?? '').split(/[,\n]/).map((item) => item.trim());
    return items.filter((item) => item !== '');
}
function problem(name, given, what, hint) {
    const shown = given.replaceAll(/\S+/g, withoutUserInfo);
    return new domain_errors/* InputError */.dz(`Input ${name}: "${(0,untrusted/* printable */.g$)(shown, 100)}" ${what}.`, { hint });
}
function withoutUserInfo(word) {
    const [scheme, at] = [word.indexOf('://'), word.lastIndexOf('@')];
    return scheme >= 0 && at > scheme ? `${word.slice(0, scheme)}://***${word.slice(at)}` : word;
}
function readDuration(name) {
    const text = read(name) ?? '';
    const durationMs = (0,duration/* parseDuration */.E9)(text);
    if (durationMs !== undefined)
        return durationMs;
    const meant = /^\d+$/.test(text) ? ` Did you mean ${text}m or ${text}s?` : '';
    throw problem(name, text, 'is not a duration', `Use a number with a unit, such as 90s, 15m or 2h, at most 24d.${meant}`);
}
function readBoolean(name) {
    const text = read(name);
    return text === undefined ? undefined : readOneOf(name, ['true', 'false']) === 'true';
}
function readOneOf(name, choices) {
    const text = read(name) ?? '';
    const choice = choices.find((candidate) => candidate === text.toLowerCase());
    if (choice !== undefined)
        return choice;
    const last = choices.at(-1) ?? '';
    throw problem(name, text, 'is not valid', `Use ${choices.slice(0, -1).join(', ')} or ${last}.`);
}

;// CONCATENATED MODULE: ./lib/action/inputs/credentials.js






const SECRET_INPUTS = ['api-token', 'github-token'];
function readSecrets() {
    return [...new Set(SECRET_INPUTS.flatMap(givenForms))];
}
function givenForms(name) {
    const token = read(name) ?? '';
    const lines = token.split(/[\r\n]+/).map((line) => line.trim());
    const bare = lines.map((line) => line.replace(/^bearer\s+/i, '').replace(/^(["'])(.*)\1$/, '$2'));
    return [...lines, ...bare].filter((text) => text !== '');
}
function maskSecrets() {
    for (const secret of readSecrets())
        core/* setSecret */.Pq(secret);
}
function refuseMisplacedSecrets() {
    for (const secret of SECRET_INPUTS) {
        const forms = givenForms(secret).filter(({ length }) => length >= secrets/* MIN_SECRET_LENGTH */.v);
        const place = INPUT_NAMES.find((name) => name !== secret && forms.some((form) => read(name)?.includes(form)));
        if (place === undefined)
            continue;
        throw new domain_errors/* InputError */.dz(`Input ${place} contains the value of ${secret}.`, {
            hint: 'One of the two is wrong. Put a token into its own input only: no other input is kept secret.',
        });
    }
}
function readApiToken() {
    const token = read('api-token');
    if (token === undefined)
        return undefined;
    const hint = 'Store only the API token in the secret: one line, without quotes and without the word Bearer.';
    if (/[\r\n]/.test(token))
        throw new domain_errors/* InputError */.dz('Input api-token contains a line break.', { hint });
    if (!/^[\x21-\x7e]+$/.test(token)) {
        throw new domain_errors/* InputError */.dz('Input api-token contains a space or another character that no API token has.', {
            hint,
        });
    }
    return token;
}
function needOfApi(modes, verificationCode, emailDomains) {
    if (!modes.every((mode) => mode === 'wait-for-dns'))
        return 'work';
    if (verificationCode === undefined)
        return 'code';
    return emailDomains.length === 1 ? 'none' : 'work';
}
function readAccount(needOf) {
    const { accountId, apiToken } = readAll({
        accountId: () => readAccountId() ?? missingAccountId(needOf()),
        apiToken: () => readApiToken() ?? missingApiToken(needOf()),
    });
    return accountId !== undefined && apiToken !== undefined ? { accountId, apiToken } : undefined;
}
function readAccountId() {
    const accountId = read('account-id');
    if (accountId === undefined || /^[0-9a-f]{32}$/i.test(accountId))
        return accountId?.toLowerCase();
    throw new domain_errors/* InputError */.dz(`Input account-id has ${accountId.length} characters and is not an account ID: 32 hexadecimal digits.`, { hint: ACCOUNT_ID_HINT });
}
function missingAccountId(need) {
    if (need === 'none' || (need === 'code' && read('api-token') === undefined))
        return undefined;
    throw new domain_errors/* InputError */.dz('Input account-id is missing.', { hint: ACCOUNT_ID_HINT });
}
function missingApiToken(need) {
    if (need === 'none')
        return undefined;
    if (need === 'code') {
        throw new domain_errors/* InputError */.dz('Inputs verification-code and api-token are both missing: there is no record to wait for.', {
            hint: 'Set verification-code to the output of create (declare it under the outputs of its job) together with email-domain. Or set api-token to a token with the permission "SSO Connector: Read".',
        });
    }
    throw new domain_errors/* InputError */.dz('Input api-token is missing.', {
        hint: 'If it comes from a secret, the secret is empty here: check its name, and that the job names the environment that holds it. A new API token needs "SSO Connector: Read", to change anything also "SSO Connector: Edit", and for preflight and enable also "Access: Organizations, Identity Providers, and Groups: Read"; the table in the README has the rest.',
    });
}
const ACCOUNT_ID_HINT = 'You can find the account ID in the dashboard URL, https://dash.cloudflare.com/<account ID>. Set it as account-id or CLOUDFLARE_ACCOUNT_ID.';
function readApiUrl() {
    const text = read('api-url') ?? '';
    const url = URL.parse(text);
    const hint = `Leave out api-url to use ${INPUT_DEFAULTS['api-url']}.`;
    if (url === null)
        throw problem('api-url', text, 'is not a URL', hint);
    if (url.username !== '' || url.password !== '' || /[?#]/.test(url.href)) {
        throw new domain_errors/* InputError */.dz('Input api-url contains a user name, a password, a query or a fragment.', { hint });
    }
    if (url.protocol !== 'https:' && !(url.protocol === 'http:' && (0,host/* isLoopback */.U)(url.hostname))) {
        throw problem('api-url', text, 'would send the API token unencrypted', `Use https, or http on a loopback address. ${hint}`);
    }
    return url.href.replace(/(?<!\/)\/+$/, '');
}

// EXTERNAL MODULE: external "node:net"
var external_node_net_ = __nccwpck_require__(7030);
;// CONCATENATED MODULE: ./lib/dns/client/servers.js

const CLOUDFLARE_IPV4 = ['1.1.1.1', '1.0.0.1'];
const KNOWN_RESOLVERS = new Map([
    ['cloudflare', { addresses: CLOUDFLARE_IPV4, httpsName: 'cloudflare-dns.com', tlsName: 'one.one.one.one' }],
    ['google', { addresses: ['8.8.8.8', '8.8.4.4'], httpsName: 'dns.google', tlsName: 'dns.google' }],
    [
        'quad9',
        { addresses: ['9.9.9.9', '149.112.112.112'], httpsName: 'dns.quad9.net', tlsName: 'dns.quad9.net' },
    ],
    [
        'opendns',
        {
            addresses: ['208.67.222.222', '208.67.220.220'],
            httpsName: 'doh.umbrella.com',
            tlsName: 'dns.opendns.com',
        },
    ],
]);
const CLOUDFLARE = new external_node_net_.BlockList();
for (const host of CLOUDFLARE_IPV4)
    CLOUDFLARE.addAddress(host);
for (const host of ['2606:4700:4700::1111', '2606:4700:4700::1001'])
    CLOUDFLARE.addAddress(host, 'ipv6');
const DNS_PORT = 53;
const DEFAULT_PORTS = { udp: DNS_PORT, tcp: DNS_PORT, tls: 853, https: 443 };
const DEFAULT_HTTPS_PATH = '/dns-query';
function parseResolver(text) {
    const known = KNOWN_RESOLVERS.get(text.toLowerCase());
    if (known !== undefined)
        return knownResolver(text.toLowerCase(), known);
    const url = /^(udp|tcp|tls|https):\/\/(.+)$/i.exec(text);
    if (url === null) {
        const address = parseSocketAddress(text, DNS_PORT);
        return (address && {
            label: formatSocketAddress(address),
            transport: 'auto',
            addresses: [address],
            required: isCloudflare(address),
        });
    }
    const scheme = url[1]?.toLowerCase();
    return scheme === 'tls' || scheme === 'https'
        ? encryptedResolver(scheme, text)
        : plainResolver(scheme, url[2] ?? '');
}
function knownResolver(label, { addresses, httpsName }) {
    return {
        label,
        transport: 'auto',
        addresses: addresses.map((host) => ({ host, port: DNS_PORT })),
        https: addresses.map((host) => ({ host, port: 443, serverName: httpsName, path: DEFAULT_HTTPS_PATH })),
        required: label === 'cloudflare',
    };
}
function plainResolver(transport, text) {
    const address = parseSocketAddress(text, DNS_PORT);
    if (address === undefined)
        return undefined;
    const label = `${transport}://${formatSocketAddress(address)}`;
    return { label, transport, addresses: [address], required: isCloudflare(address) };
}
function encryptedResolver(transport, text) {
    const url = URL.parse(text.replace(/^tls:/i, 'https:'));
    if (url === null || url.hostname === '' || url.username !== '' || url.password !== '' || url.hash !== '')
        return undefined;
    if (transport === 'tls' && (url.pathname !== '/' || url.search !== ''))
        return undefined;
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const givenPort = url.port === '' && /:0*443\/?$/.test(text) ? '443' : url.port;
    const port = givenPort === '' ? DEFAULT_PORTS[transport] : Number(givenPort);
    if (port === 0)
        return undefined;
    const resource = url.pathname === '/' ? DEFAULT_HTTPS_PATH : url.pathname;
    const path = transport === 'https' ? { path: `${resource}${url.search}` } : {};
    const known = [...KNOWN_RESOLVERS.values()].find(({ httpsName, tlsName }) => host === httpsName || host === tlsName);
    const addresses = known
        ? known.addresses.map((address) => ({ host: address, port, serverName: host, ...path }))
        : [{ host, port, ...path }];
    const shownPort = port === DEFAULT_PORTS[transport] ? '' : `:${port}`;
    const label = `${transport}://${url.hostname}${shownPort}${transport === 'https' && resource !== DEFAULT_HTTPS_PATH ? resource : ''}`;
    return { label, transport, addresses, required: addresses.some(isCloudflare) };
}
function isCloudflare({ host }) {
    const family = (0,external_node_net_.isIP)(host);
    return family !== 0 && CLOUDFLARE.check(host, family === 6 ? 'ipv6' : 'ipv4');
}
function parseSocketAddress(text, defaultPort) {
    if ((0,external_node_net_.isIP)(text) !== 0)
        return { host: text, port: defaultPort };
    const parts = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text);
    const host = parts?.[1] ?? parts?.[2];
    if (host === undefined || (0,external_node_net_.isIP)(host) !== (parts?.[1] === undefined ? 4 : 6))
        return undefined;
    const port = parts?.[3] === undefined ? defaultPort : Number(parts[3]);
    return port >= 1 && port <= 65_535 ? { host, port } : undefined;
}
function formatSocketAddress({ host, port }) {
    if (port === DNS_PORT)
        return host;
    return (0,external_node_net_.isIP)(host) === 6 ? `[${host}]:${port}` : `${host}:${port}`;
}
function resolverServer({ label, transport, addresses, https }) {
    return { label, role: 'resolver', transport, addresses, ...(https !== undefined && { https }) };
}
function authoritativeServer(address, nameServer) {
    const shown = formatSocketAddress(address);
    const label = nameServer === undefined ? shown : `${nameServer} (${shown})`;
    return { label, role: 'authoritative', transport: 'auto', addresses: [address] };
}

;// CONCATENATED MODULE: ./lib/action/inputs/dns.js




function readDnsSettings() {
    return readAll({
        resolvers: readResolvers,
        quorum: () => readQuorum(readResolvers().length),
        authoritativeServers: readAuthoritativeServers,
    });
}
function readResolvers() {
    const hint = 'Use names (cloudflare, google, quad9, opendns), IP addresses with an optional port, or udp://, tcp://, tls:// and https:// URLs.';
    const resolvers = new Map();
    for (const text of readList('resolvers')) {
        const resolver = parseResolver(text);
        if (resolver === undefined)
            throw problem('resolvers', text, 'is not a resolver', hint);
        resolvers.set(resolver.label, resolver);
    }
    if (resolvers.size === 0)
        throw new domain_errors/* InputError */.dz('Input resolvers names no resolver.', { hint });
    return [...resolvers.values()];
}
function readQuorum(resolverCount) {
    const text = read('quorum') ?? '';
    if (text === 'majority')
        return Math.floor(resolverCount / 2) + 1;
    if (text === 'all')
        return resolverCount;
    const count = /^\d+$/.test(text) ? Number(text) : 0;
    if (count >= 1 && count <= resolverCount)
        return count;
    const what = count > resolverCount ? `is more than the ${resolverCount} resolvers there are` : 'is not a quorum';
    throw problem('quorum', text, what, `Use majority, all, or a number from 1 to ${resolverCount}.`);
}
function readAuthoritativeServers() {
    const texts = readList('authoritative-servers');
    const [first] = texts;
    if (texts.length === 1 && (first === 'auto' || first === 'off'))
        return first;
    return texts.map((text) => {
        const address = parseSocketAddress(text, 53);
        if (address !== undefined)
            return address;
        throw problem('authoritative-servers', text, 'is not the address of a server', 'Use auto, off, or IP addresses with an optional port, such as 192.0.2.53 or [2001:db8::53]:53.');
    });
}

// EXTERNAL MODULE: external "node:url"
var external_node_url_ = __nccwpck_require__(3136);
;// CONCATENATED MODULE: ./lib/domain/email-domain-name.js


const MAX_LABEL_OCTETS = 63;
const MAX_NAME_OCTETS = 253;
function parseEmailDomain(text) {
    const host = text.replace(/^@/, '').replace(/\.$/, '');
    if (/^[a-z][a-z0-9+.-]*:\/\//i.test(host) || host.includes('/')) {
        return refuse('is a URL, not a domain', domainInUrl(host));
    }
    if (host.includes('@'))
        return refuse('is an email address, not a domain', host.slice(host.lastIndexOf('@') + 1));
    if ((0,external_node_net_.isIP)(host.replace(/^\[(.*)\]$/, '$1')) !== 0)
        return refuse('is an IP address, not a domain');
    if (/[\s%?#:\\]/.test(host))
        return refuse('contains characters that no domain has');
    return checkedAscii((0,external_node_url_.domainToASCII)(host));
}
function checkedAscii(domain) {
    if (domain === '')
        return refuse('is not a valid domain name');
    if ((0,external_node_net_.isIP)(domain) !== 0)
        return refuse('is an IP address, not a domain');
    const labels = domain.split('.');
    if (labels.length < 2)
        return refuse('has a single label; a domain has at least two, such as example.com');
    if (domain.length > MAX_NAME_OCTETS) {
        return refuse(`is ${domain.length} bytes long; a domain name has at most ${MAX_NAME_OCTETS}`);
    }
    const tooLong = labels.find((label) => label.length > MAX_LABEL_OCTETS);
    if (tooLong !== undefined) {
        return refuse(`has a label of ${tooLong.length} bytes; a label has at most ${MAX_LABEL_OCTETS}`);
    }
    if (!labels.every((label) => /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(label))) {
        return refuse('is not a valid domain name: labels are letters, digits and inner hyphens');
    }
    return { ok: true, domain };
}
function domainInUrl(text) {
    const url = URL.parse(text.includes('://') ? text : `https://${text}`);
    return url?.hostname.replace(/^www\./, '');
}
function refuse(problem, candidate) {
    const suggestion = candidate === undefined ? undefined : parseEmailDomain(candidate);
    return suggestion?.ok ? { ok: false, problem, suggestion: suggestion.domain } : { ok: false, problem };
}

;// CONCATENATED MODULE: ./lib/action/inputs/domains.js



function readEmailDomains() {
    const domains = readList('email-domain').map((text) => {
        const parsed = parseEmailDomain(text);
        if (parsed.ok)
            return parsed.domain;
        const meant = parsed.suggestion === undefined ? '' : ` Did you mean ${parsed.suggestion}?`;
        throw problem('email-domain', text, parsed.problem, `Use a domain such as example.com.${meant}`);
    });
    return [...new Set(domains)];
}
function readSubjects() {
    const domains = readEmailDomains();
    if (domains.length > 0 || readConnectorId() !== undefined)
        return domains;
    throw new domain_errors/* InputError */.dz('Input email-domain is missing.', {
        hint: 'Set it to the domain behind the @ of your users, for example example.com, or set connector-id.',
    });
}
function isConnectorIdIgnored() {
    return isInherited('connector-id') && readList('email-domain').length > 0;
}
function readConnectorId() {
    const id = isConnectorIdIgnored() ? undefined : read('connector-id');
    if (id === undefined)
        return undefined;
    if (!/^[\w-]{1,64}$/.test(id)) {
        throw problem('connector-id', id, 'is not a connector ID', 'Use the output connector-id of create, usually 32 hexadecimal digits.');
    }
    onlyWithOneDomain('connector-id');
    return id;
}
function readVerificationCode() {
    const code = read('verification-code');
    if (code === undefined)
        return undefined;
    const isBare = /^[0-9a-f]{16,}$/i.test(code);
    if (isBare || !/^[\x21\x23-\x7e]{1,255}$/.test(code)) {
        throw problem('verification-code', code, isBare ? 'is missing its `cloudflare_dashboard_sso=` prefix' : 'is not a verification code', 'Use the output verification-code of create, whole and without quotes: cloudflare_dashboard_sso= and what follows.');
    }
    onlyWithOneDomain('verification-code');
    return code;
}
function onlyWithOneDomain(name) {
    const emailDomains = readEmailDomains();
    if (emailDomains.length <= 1)
        return;
    throw new domain_errors/* InputError */.dz(`Input ${name} is set together with ${emailDomains.length} email domains.`, {
        hint: `${name} belongs to one email domain: set only one in email-domain, or leave out ${name}.`,
    });
}

;// CONCATENATED MODULE: ./lib/domain/mode-names.js
const MODE_NAMES = [
    'preflight',
    'create',
    'publish-dns',
    'wait-for-dns',
    'enable',
    'check',
    'disable',
    'delete',
];

;// CONCATENATED MODULE: ./lib/action/inputs/modes.js



function readModes() {
    const known = MODE_NAMES.join(', ');
    const hint = `The modes are ${known}. Separate several with commas; they run in the order given.`;
    const names = readList('mode');
    if (names.length === 0)
        throw new domain_errors/* InputError */.dz('Input mode is missing.', { hint });
    const modes = names.map((name, index) => {
        const mode = MODE_NAMES.find((candidate) => candidate === name);
        if (mode === undefined)
            throw problem('mode', name, 'is not a mode', hint);
        if (names.indexOf(name) !== index)
            throw problem('mode', name, 'is named twice', 'Name each mode once.');
        return mode;
    });
    for (const order of ORDERS) {
        const right = order.filter((mode) => modes.includes(mode));
        if (modes.filter((mode) => order.includes(mode)).join() === right.join())
            continue;
        throw problem('mode', names.join(', '), 'is not a valid order', `Each mode needs the result of the one before it. Use "${right.join(', ')}".`);
    }
    if (modes.includes('enable') && (modes.includes('disable') || modes.includes('delete'))) {
        throw problem('mode', names.join(', '), 'enables and takes back in one step', 'Use one step to enable, and another to disable or delete.');
    }
    return modes;
}
const ORDERS = [
    ['preflight', 'create', 'publish-dns', 'wait-for-dns', 'enable'],
    ['disable', 'delete'],
];

// EXTERNAL MODULE: ./lib/domain/sso-record.js
var sso_record = __nccwpck_require__(8129);
;// CONCATENATED MODULE: ./lib/action/inputs/record.js





function readRecordSettings() {
    const file = read('record-file');
    if (read('record-format') === undefined) {
        if (file === undefined)
            return undefined;
        throw new domain_errors/* InputError */.dz('Input record-file is set without record-format.', {
            hint: `Set record-format to the kind of file: ${sso_record/* RECORD_FORMAT_NAMES */.r$.join(', ')}.`,
        });
    }
    const format = readOneOf('record-format', sso_record/* RECORD_FORMAT_NAMES */.r$);
    if (!readModes().includes('create')) {
        throw new domain_errors/* InputError */.dz('Input record-format is set, but no mode writes the record.', {
            hint: 'Add create to mode: it writes the record, even if the connector already exists.',
        });
    }
    if (format === 'tfvars' && readAuthoritativeServers() === 'off') {
        throw new domain_errors/* InputError */.dz('Input record-format: tfvars needs the authoritative servers, but authoritative-servers is off.', {
            hint: 'Leave out authoritative-servers, or set it to their addresses: a cache may hold an old list of TXT values.',
        });
    }
    return { format, file };
}

;// CONCATENATED MODULE: ./lib/action/inputs/settings.js









const MIN_POLL_INTERVAL_MS = 1000;
function readSettings() {
    maskSecrets();
    refuseMisplacedSecrets();
    return readAll({
        modes: readModes,
        account: () => readAccount(() => needOfApi(readModes(), readVerificationCode(), readEmailDomains())),
        emailDomains: readSubjects,
        connectorId: readConnectorId,
        verificationCode: readVerificationCode,
        beginVerification: () => readBoolean('begin-verification') ?? true,
        useFedrampLanguage: () => readBoolean('use-fedramp-language'),
        dns: readDnsSettings,
        wait: readWaitSettings,
        preflight: () => readOneOf('preflight', PREFLIGHT_POLICIES),
        confirmWithinMs: readConfirmWithin,
        record: readRecordSettings,
        check: readCheckSettings,
        dryRun: () => readBoolean('dry-run') ?? false,
        apiUrl: readApiUrl,
        notices: readNotices,
        workspace: () => process.env['GITHUB_WORKSPACE'] || process.cwd(),
    });
}
function readNotices() {
    if (!isConnectorIdIgnored())
        return [];
    return [
        'CLOUDFLARE_SSO_CONNECTOR_ID is ignored, because email-domain names the connector. To use an ID together with email-domain, set the input connector-id.',
    ];
}
function readWaitSettings() {
    return readAll({
        timeoutMs: () => readDuration('timeout'),
        pollIntervalMs: readPollInterval,
        onTimeout: () => readOneOf('on-timeout', ['fail', 'continue']),
    });
}
function readCheckSettings() {
    return readAll({
        expectEnabled: () => readBoolean('expect-enabled') ?? true,
        failOnDrift: () => readBoolean('fail-on-drift') ?? true,
        issue: readIssueSettings,
    });
}
function readIssueSettings() {
    if (readBoolean('drift-issue') !== true)
        return undefined;
    const githubToken = read('github-token');
    if (githubToken !== undefined)
        return { githubToken };
    throw new domain_errors/* InputError */.dz('Input drift-issue is true, but github-token is empty.', {
        hint: 'Leave out github-token to use the token of the workflow, and give the job the permission "issues: write".',
    });
}
const MIN_CONFIRM_WITHIN_MS = 1000;
function readConfirmWithin() {
    const given = read('confirm-within');
    if (given === undefined)
        return undefined;
    const durationMs = readDuration('confirm-within');
    if (durationMs >= MIN_CONFIRM_WITHIN_MS)
        return durationMs;
    throw problem('confirm-within', given, 'is too short', 'Use a time in which somebody can sign in, such as 15m.');
}
function readPollInterval() {
    const intervalMs = readDuration('poll-interval');
    if (intervalMs >= MIN_POLL_INTERVAL_MS)
        return intervalMs;
    throw problem('poll-interval', read('poll-interval') ?? '', 'is too short', 'Use 1s or more.');
}

;// CONCATENATED MODULE: ./lib/domain/state.js
const STATES = ['absent', 'awaiting-dns', 'verifying', 'verified', 'enabled'];
function leastAdvanced(states) {
    return states.includes(undefined) ? undefined : STATES.find((state) => states.includes(state));
}

// EXTERNAL MODULE: ./lib/records/own/terraform.js + 1 modules
var terraform = __nccwpck_require__(2441);
// EXTERNAL MODULE: ./lib/text/fitting.js
var fitting = __nccwpck_require__(4100);
// EXTERNAL MODULE: ./lib/text/naming.js
var naming = __nccwpck_require__(3267);
;// CONCATENATED MODULE: ./lib/action/outputs/outputs.js







function outputsOf(domain) {
    const { connector, record, sight, dns, drift } = domain;
    const seen = sight.kind === 'seen' ? sight.connector : undefined;
    return {
        'connector-id': connector?.id,
        'email-domain': domain.name,
        'verification-code': domain.verificationCode,
        'verification-status': seen?.verificationStatus,
        enabled: seen?.enabled,
        created: domain.created,
        changed: domain.changed,
        state: domain.state,
        'record-name': record?.emailDomain,
        'record-type': record && 'TXT',
        'record-value': record?.verificationCode,
        'record-id': domain.dnsRecord?.id,
        'zone-id': domain.dnsRecord?.zoneId,
        record: domain.renderedRecord,
        'txt-values': record?.txtValues,
        'dns-visible': dns?.visible,
        'dns-report': dns,
        'timed-out': domain.timedOut,
        'preflight-report': domain.preflight,
        confirmed: domain.confirmed,
        drift: drift && drift.length > 0,
        'drift-report': drift && driftReportOf(domain),
        'terraform-import': importOf(domain),
        'sso-app-id': domain.ssoApp?.id,
    };
}
function importOf({ connector, accountId, name }) {
    const emailDomain = connector?.emailDomain || name;
    if (connector === undefined || accountId === undefined || emailDomain === undefined)
        return undefined;
    return (0,terraform/* importBlock */.L)(accountId, connector.id, emailDomain);
}
function toOutputs({ domains, drift, changed, }) {
    const all = domains.map(({ domain }) => outputsOf(domain));
    const [first] = all;
    const ofAll = {
        state: leastAdvanced(all.map(({ state }) => state)),
        changed,
        'timed-out': all.some((one) => one['timed-out']),
        drift: drift?.drift,
        'drift-report': drift && shortened(drift),
    };
    const outputs = first !== undefined && all.length === 1 ? { ...first, ...ofAll } : ofAll;
    const known = Object.entries({ ...outputs, connectors: connectorsOf(all) }).filter(([, value]) => value !== undefined);
    return Object.fromEntries(known.map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]));
}
const MAX_CHARACTERS = 250_000;
const DISPENSABLE = [
    [],
    ['dns-report', 'preflight-report', 'txt-values', 'record', 'terraform-import', 'drift-report'],
    [
        'record-name',
        'record-type',
        'record-value',
        'record-id',
        'zone-id',
        'sso-app-id',
        'verification-status',
        'created',
        'timed-out',
    ],
    ['changed'],
];
function connectorsOf(all) {
    let text = '';
    const leftOut = new Set();
    for (const more of DISPENSABLE) {
        for (const name of more)
            leftOut.add(name);
        const kept = all.map((one) => Object.fromEntries(Object.entries(one).filter(([name]) => !leftOut.has(name))));
        text = JSON.stringify(kept.map(snakeCaseKeys));
        if (text.length <= MAX_CHARACTERS)
            break;
    }
    return text;
}
function shortened(report) {
    const { differences } = report;
    const kept = (0,fitting/* fitting */._)(differences, (one) => JSON.stringify(one).length, MAX_CHARACTERS / 2);
    if (kept === differences)
        return report;
    return { ...report, differences: kept, omitted: differences.length - kept.length };
}
function driftReportOf({ drift = [], notChecked, name, accountId }) {
    const checked = name === undefined ? [] : [name];
    return {
        drift: drift.length > 0,
        account_id: accountId ?? '',
        checked,
        failed: [],
        differences: drift,
        not_checked: notChecked,
    };
}
function snakeCaseKeys(one) {
    return Object.fromEntries(Object.entries(one).map(([key, value]) => [key.replaceAll('-', '_'), value]));
}
function writeOutputs(result) {
    try {
        for (const [name, value] of Object.entries(toOutputs(result)))
            core/* setOutput */.uH(name, value);
        return [];
    }
    catch (thrown) {
        return [{ emailDomain: undefined, error: unwritten(result, thrown) }];
    }
}
const MAX_NAMED = 10;
function unwritten({ domains }, thrown) {
    const done = (0,naming/* naming */.b)(domains.map(({ domain }) => endOf(domain)), MAX_NAMED);
    const reason = (0,untrusted/* printable */.g$)((0,domain_errors/* toActionError */.ie)(thrown).message).replaceAll(/^Error: |\.$/g, '');
    return new domain_errors/* ActionError */.lZ(`The work has ended, but the step outputs could not be written (${reason}). How it ended: ${done}.`, {
        hint: 'Later steps see no outputs of this one. Check the disk of the runner and the file that GITHUB_OUTPUT names, then run the step again: every mode is safe to repeat.',
        cause: thrown,
    });
}
function endOf({ name, state, connector, changed }) {
    const connectorId = connector === undefined ? '' : `, connector-id ${connector.id}`;
    return `${name ?? 'the connector'} (state ${state ?? 'unknown'}${connectorId}, changed ${changed ?? 'unknown'})`;
}

;// CONCATENATED MODULE: ./lib/action/failures.js

const failures_MAX_NAMED = 5;
function toldOnce(failures) {
    const told = new Map();
    for (const { emailDomain, error } of failures) {
        const key = `${error.message}\n${error.hint ?? ''}`;
        const same = told.get(key) ?? { error, emailDomains: [] };
        if (emailDomain !== undefined)
            same.emailDomains.push(emailDomain);
        told.set(key, same);
    }
    return [...told.values()].map(({ error, emailDomains }) => ({
        subject: emailDomains.length === 0 ? undefined : (0,naming/* naming */.b)(emailDomains, failures_MAX_NAMED),
        error,
    }));
}
const MAX_CAUSES = 8;
function debugLines(error, depth = 0) {
    if (!(error instanceof Error) || depth > MAX_CAUSES)
        return [];
    const own = (error.stack ?? `${error.name}: ${error.message}`).split('\n');
    return error.cause === undefined ? own : [...own, 'caused by', ...debugLines(error.cause, depth + 1)];
}

;// CONCATENATED MODULE: ./lib/action/runner-log.js



const MAX_ANNOTATIONS = 10;
const TITLE = 'Cloudflare dashboard SSO';
function createRunnerLog(redact = (text) => text) {
    const harmless = (text) => (0,untrusted/* withoutCommands */.Df)(redact(text));
    const told = new Set();
    return {
        info: (line) => core/* info */.pq(harmless(line)),
        detail: (line) => core/* info */.pq(harmless(line)),
        debug: (line) => core/* debug */.Yz(harmless(line)),
        notice: (line, subject) => core/* notice */.lm(harmless(line), { title: harmless(titleFor(subject)) }),
        warning: (line, subject) => core/* warning */.$e(harmless(line), { title: harmless(titleFor(subject)) }),
        errors(failures) {
            const fits = failures.length <= MAX_ANNOTATIONS;
            const annotated = fits ? failures : failures.slice(0, MAX_ANNOTATIONS - 1);
            for (const failure of annotated)
                annotate(failure, harmless);
            if (fits)
                return;
            const others = failures.slice(annotated.length);
            for (const { subject, error } of others)
                this.info(`${subject ?? TITLE}: ${(0,domain_errors/* errorLines */.S6)(error).join(' ')}`);
            core/* error */.z3(`${others.length} more failed; the log and the job summary name each.`, { title: TITLE });
        },
        ofAccount(level, line) {
            if (told.has(line))
                return;
            told.add(line);
            this[level](line);
        },
        async group(title, work) {
            core/* startGroup */.Oh(harmless(title));
            try {
                return await work();
            }
            finally {
                core/* endGroup */.N4();
            }
        },
        labelled(label) {
            return labelledLog(this, label);
        },
    };
}
function annotate({ subject, error }, harmless) {
    core/* error */.z3((0,domain_errors/* errorLines */.S6)(error).map(harmless).join('\n'), {
        title: harmless(titleFor(subject)),
    });
}
function titleFor(subject) {
    return subject === undefined ? TITLE : `${TITLE}: ${subject}`;
}
function labelledLog(log, label) {
    const lead = (line) => `[${label}] ${line}`;
    return {
        info: (line) => log.info(lead(line)),
        detail: (line) => log.debug(lead(line)),
        debug: (line) => log.debug(lead(line)),
        notice: (line, subject = label) => log.notice(lead(line), subject),
        warning: (line, subject = label) => log.warning(lead(line), subject),
        errors: (failures) => log.errors(failures.map((one) => ({ ...one, subject: one.subject ?? label }))),
        ofAccount: (level, line) => log.ofAccount(level, line),
        group: (_title, work) => work(),
        labelled: (inner) => labelledLog(log, `${label} ${inner}`),
    };
}

;// CONCATENATED MODULE: ./lib/action/step.js





const RESUME_HINT = 'Run the same step again: every mode continues where this run stopped.';
const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGBREAK', 'SIGHUP'];
const LINGER_MS = 500;
function startStep() {
    const log = createRunnerLog((0,secrets/* redactor */.$)(readSecrets()));
    const stop = new AbortController();
    const onSignal = (name) => stop.abort(new domain_errors/* StoppedError */.Ko(`Stopped by ${name}.`, { hint: RESUME_HINT }));
    for (const name of STOP_SIGNALS)
        process.on(name, onSignal);
    process.stdout.on('error', () => undefined);
    const commands = [];
    const fail = (failures) => {
        if (failures.length === 0)
            return;
        process.exitCode = 1;
        const told = toldOnce(failures);
        for (const { error } of told)
            for (const line of debugLines(error))
                log.debug(line);
        log.errors(told);
        for (const { error } of told)
            if (error.command !== undefined)
                commands.push(error.command);
    };
    const failWith = (thrown) => {
        const several = thrown instanceof AggregateError && thrown.errors.every((one) => one instanceof domain_errors/* ActionError */.lZ);
        const errors = several ? thrown.errors : [thrown];
        fail(errors.map((error) => ({ emailDomain: undefined, error: (0,domain_errors/* toActionError */.ie)(error) })));
    };
    const warn = (thrown) => {
        for (const line of debugLines(thrown))
            log.debug(line);
        log.warning((0,domain_errors/* errorLines */.S6)((0,domain_errors/* toActionError */.ie)(thrown)).join(' '));
    };
    const crashes = new Set();
    const onCrash = (thrown) => {
        const { message } = (0,domain_errors/* toActionError */.ie)(thrown);
        if (crashes.has(message))
            return;
        crashes.add(message);
        failWith(thrown);
        stop.abort(new domain_errors/* StoppedError */.Ko('Stopped by an unexpected error.', { hint: RESUME_HINT }));
    };
    process.on('uncaughtException', onCrash).on('unhandledRejection', onCrash);
    const end = () => {
        for (const command of commands)
            log.info(command);
        setTimeout(() => process.exit(), LINGER_MS).unref();
    };
    return { log, signal: stop.signal, fail, failWith, warn, end };
}

;// CONCATENATED MODULE: ./lib/domain/tally.js

const STATE_WORDS = {
    absent: 'without a connector',
    'awaiting-dns': 'awaiting DNS',
    verifying: 'verifying',
    verified: 'verified',
    enabled: 'enabled',
};
function tally(results) {
    const words = results.map(({ domain: { state }, failure }) => {
        if (failure !== undefined)
            return 'failed';
        return state === undefined ? 'in an unknown state' : STATE_WORDS[state];
    });
    const mostAdvancedFirst = STATES.map((state) => STATE_WORDS[state]).toReversed();
    const counts = ['failed', ...mostAdvancedFirst, 'in an unknown state'].flatMap((word) => {
        const count = words.filter((one) => one === word).length;
        return count === 0 ? [] : [`${count} ${word}`];
    });
    return `${counted(results.length)}: ${counts.join(', ')}`;
}
function counted(emailDomains) {
    return `${emailDomains} email domain${emailDomains === 1 ? '' : 's'}`;
}

;// CONCATENATED MODULE: ./lib/action/summary/chart.js
const MAX_SERVERS = 24;
const MAX_NAME_CHARACTERS = 60;
const MIN_NAMED_SHARE = 0.1;
const MAX_TICKS = 10;
const TICKS = [
    ['1second', 1000],
    ['5second', 5000],
    ['15second', 15_000],
    ['1minute', 60_000],
    ['5minute', 300_000],
    ['15minute', 900_000],
    ['1hour', 3_600_000],
    ['6hour', 21_600_000],
];
function renderChart(dns) {
    const [startMs, endMs] = [Date.parse(dns.started_at), Date.parse(dns.ended_at)];
    const [tick = '1day'] = TICKS.find(([, durationMs]) => (endMs - startMs) / durationMs <= MAX_TICKS) ?? [];
    const rows = dns.servers.slice(0, MAX_SERVERS).flatMap((server) => bars(server, startMs, endMs));
    return [
        '```mermaid',
        '%%{init: {"gantt": {"leftPadding": 280, "displayMode": "compact"}}}%%',
        'gantt',
        'dateFormat x',
        'axisFormat %H:%M:%S',
        `tickInterval ${tick}`,
        ...rows,
        '```',
    ].join('\n');
}
function bars({ server, role, seen_at, record }, startMs, endMs) {
    const seenMs = seen_at === undefined ? endMs : Math.max(startMs, Date.parse(seen_at));
    const isKnownWithout = record === 'absent' || (role === 'authoritative' && record === 'present');
    const name = (seenMs - startMs) / (endMs - startMs) < MIN_NAMED_SHARE ? '-' : 'without';
    const before = isKnownWithout && seenMs > startMs ? [`${name} :done, ${startMs}, ${seenMs}`] : [];
    const drawnEndMs = Math.max(endMs, seenMs) + Math.ceil((endMs - startMs) * MIN_NAMED_SHARE);
    const since = seen_at === undefined ? [] : [`has it :active, ${seenMs}, ${drawnEndMs}`];
    const all = [...before, ...since];
    return all.length === 0 ? [] : [`section ${chartText(server)}`, ...all];
}
function chartText(text) {
    return text
        .slice(0, MAX_NAME_CHARACTERS)
        .replaceAll(/[^\w .()[\]/:?=&%,+@~-]/g, ' ')
        .replaceAll(/[:?=&%,+@~]/g, (character) => `#${character.charCodeAt(0)};`);
}

;// CONCATENATED MODULE: ./lib/action/summary/markup.js

const MAX_CELL_CHARACTERS = 1000;
const REFERENCE = /[@#]|:\/\/|www\.|gh-\d|[0-9a-f]{7}/i;
function cell(text) {
    const words = (0,untrusted/* printable */.g$)(text, MAX_CELL_CHARACTERS).split(/(\s+)/);
    return words.map((word) => (REFERENCE.test(word) ? referenceAsCode(word) : breakable(word))).join('');
}
const [OPENING, CLOSING] = [new Set('"\'([{<«'), new Set('"\')]}>»,.;:!?…')];
function referenceAsCode(word) {
    let [start, end] = [0, word.length];
    while (OPENING.has(word[start] ?? ''))
        start++;
    while (CLOSING.has(word[end - 1] ?? ''))
        end--;
    return `${(0,untrusted/* html */.qy)(word.slice(0, start))}<code>${breakable(word.slice(start, end))}</code>${(0,untrusted/* html */.qy)(word.slice(end))}`;
}
function code(text) {
    return `<code>${breakable((0,untrusted/* printable */.g$)(text, MAX_CELL_CHARACTERS))}</code>`;
}
const MAX_UNBROKEN_CHARACTERS = 40;
function breakable(text) {
    const characters = [...text];
    const pieces = Array.from({ length: Math.ceil(characters.length / MAX_UNBROKEN_CHARACTERS) }, (_, index) => characters.slice(index * MAX_UNBROKEN_CHARACTERS, (index + 1) * MAX_UNBROKEN_CHARACTERS).join(''));
    return pieces.map(untrusted/* html */.qy).join('<wbr>');
}
function lines(parts) {
    return parts.filter((part) => part !== '').join('<br>');
}
function small(markup) {
    return markup === '' ? '' : `<small>${markup}</small>`;
}
function markup_link(url, title) {
    return /^https?:\/\/[^\s"'<>]+$/.test(url)
        ? `<a href="${(0,untrusted/* html */.qy)(url)}">${title}</a>`
        : `${title}: ${code(url)}`;
}
function table(head, rows) {
    const heads = head.map((title) => `<th align="left">${title}</th>`).join('');
    const body = rows.map((cells) => `<tr>${cells.map((one) => `<td>${one}</td>`).join('')}</tr>`);
    return [`<table><tr>${heads}</tr>`, ...body, '</table>'].join('\n');
}
function sizeOfRow(cells) {
    return cells.join().length;
}
function folded(title, ...parts) {
    return [`<details><summary>${title}</summary>`, ...parts, '</details>'].join('\n\n');
}
function copyable(text) {
    const inOneLine = text.split('\n').map((line) => line.split('\t').map(untrusted/* html */.qy).join('&#9;'));
    return `<pre><code>${inOneLine.join('&#10;')}</code></pre>`;
}

// EXTERNAL MODULE: ./lib/records/zone/presentation-format.js
var presentation_format = __nccwpck_require__(1341);
;// CONCATENATED MODULE: ./lib/action/summary/records.js



const records_MAX_CHARACTERS = 100_000;
function renderRecords(sorted, { modes }) {
    if (modes.includes('disable') || modes.includes('delete'))
        return [];
    const awaiting = sorted.map(({ domain }) => domain).filter(({ state }) => state === 'awaiting-dns');
    const all = awaiting.flatMap(({ record }) => record === undefined ? [] : [`${record.emailDomain}. IN TXT ${(0,presentation_format/* quotedStrings */.Lx)(record.verificationCode)}`]);
    if (all.length === 0)
        return [];
    const records = (0,fitting/* fitting */._)(all, ({ length }) => length, records_MAX_CHARACTERS / 2);
    const more = all.length - records.length;
    const rendered = awaiting.flatMap(({ renderedRecord }) => renderedRecord ?? []);
    const forTool = (0,fitting/* fitting */._)(rendered, ({ length }) => length, records_MAX_CHARACTERS / 4);
    const title = all.length === 1 ? 'TXT record to publish:' : `${all.length} TXT records to publish:`;
    return [
        title,
        copyable(records.join('\n')),
        ...(more > 0
            ? [`${more} more did not fit here. The output <code>connectors</code> has all of them.`]
            : []),
        ...(forTool.length > 0 ? [folded('The same for your DNS tool', copyable(forTool.join('\n')))] : []),
    ];
}
const RECOGNISABLE_DIGITS = 4;
function pointingBelow(text, domain) {
    const { record, state } = domain;
    if (record === undefined || state !== 'awaiting-dns')
        return records_shortened(text, domain);
    const [value, below] = [`"${record.verificationCode}"`, 'the TXT record below'];
    return text.replaceAll(`${record.emailDomain} TXT ${value}`, below).replaceAll(value, below);
}
function records_shortened(text, { verificationCode }) {
    if (verificationCode === undefined)
        return text;
    const end = verificationCode.indexOf('=') + 1 + RECOGNISABLE_DIGITS;
    if (verificationCode.length <= end)
        return text;
    return text.replaceAll(verificationCode, () => `${verificationCode.slice(0, end)}…`);
}

;// CONCATENATED MODULE: ./lib/action/summary/dns.js




const MAX_EXPLAINED = 5;
const WORTH_TELLING_MS = 5000;
function renderDns(sorted) {
    const telling = sorted.filter(({ domain: { dns } }) => dns !== undefined && isTelling(dns));
    const isMany = sorted.length > MAX_EXPLAINED;
    const explained = isMany ? telling.filter(({ failure }) => failure !== undefined) : telling;
    const shown = explained.slice(0, MAX_EXPLAINED);
    return [
        ...shown.map((result) => renderReport(result).join('\n\n')),
        ...(shown.length < telling.length
            ? ['The output <code>connectors</code> has what each DNS server said.']
            : []),
    ];
}
function isTelling(dns) {
    return !dns.visible || waitedMs(dns) >= WORTH_TELLING_MS;
}
function waitedMs({ started_at, ended_at }) {
    return Date.parse(ended_at) - Date.parse(started_at);
}
function renderReport(result) {
    const { dns } = result.domain;
    if (dns === undefined)
        return [];
    const count = `${dns.servers.filter(({ record }) => record === 'present').length} of ${dns.servers.length}`;
    const title = `<b>${cell(dns.name)}</b>: ${count} DNS servers have the record`;
    const chart = serversDiffer(dns) ? [renderChart(dns)] : [];
    const tables = [...renderCauses(result, dns), renderServers(dns)];
    const isDone = result.failure === undefined && result.domain.state === 'enabled';
    if (isDone || chart.length === 0)
        return [folded(title, ...tables, ...chart)];
    return [
        `When the DNS servers of <b>${cell(dns.name)}</b> had the record:`,
        ...chart,
        folded(title, ...tables),
    ];
}
function serversDiffer(dns) {
    if (waitedMs(dns) < WORTH_TELLING_MS)
        return false;
    const known = dns.servers.filter(({ record }) => record !== 'unknown');
    const seenMs = known.map(({ seen_at }) => seen_at === undefined ? Number.POSITIVE_INFINITY : Date.parse(seen_at));
    return Math.max(...seenMs) - Math.min(...seenMs) >= WORTH_TELLING_MS;
}
function renderServers(dns) {
    const isCached = dns.servers.some((server) => cachedUntil(server, dns) !== '');
    const head = ['Server', 'Role', 'TXT record', 'Seen', ...(isCached ? ['Cached until'] : [])];
    const rows = dns.servers.map((server) => [
        code(server.server),
        server.role,
        cell(describeRecord(server)),
        seenAfter(server, dns),
        ...(isCached ? [cachedUntil(server, dns)] : []),
    ]);
    return table(head, rows);
}
function describeRecord({ record, txt, problem }) {
    if (record === 'present')
        return '✅ present';
    if (record === 'unknown')
        return `❔ ${problem ?? 'unknown'}`;
    return txt.length === 0
        ? '❌ no TXT record'
        : `❌ missing, ${txt.length} other TXT record${txt.length === 1 ? '' : 's'}`;
}
function seenAfter({ seen_at }, { started_at }) {
    return seen_at === undefined ? '' : `after ${(0,duration/* formatDuration */.a3)(Date.parse(seen_at) - Date.parse(started_at))}`;
}
function cachedUntil({ role, expires_at }, { ended_at }) {
    if (role !== 'resolver' || expires_at === undefined)
        return '';
    return (0,duration/* formatTime */.fU)(Date.parse(expires_at), Date.parse(ended_at));
}
function renderCauses({ domain, failure }, dns) {
    const { diagnosis } = dns;
    const [first] = diagnosis;
    if (first === undefined)
        return [];
    const isInRow = failure === undefined || failure.message.includes(first.evidence);
    if (diagnosis.length === 1 && isInRow)
        return [];
    const rows = diagnosis.map((finding) => [
        code(finding.cause),
        cell(records_shortened(finding.evidence, domain)),
        cell(records_shortened(remedyOf(finding, dns), domain)),
    ]);
    return [table(['Why it is not visible', 'Seen', 'What to do'], rows)];
}
function remedyOf({ remedy, resolves_at }, { ended_at }) {
    if (resolves_at === undefined)
        return remedy;
    return `${remedy} It resolves on its own at ${(0,duration/* formatTime */.fU)(Date.parse(resolves_at), Date.parse(ended_at))}.`;
}

;// CONCATENATED MODULE: ./lib/action/summary/domains.js





const STATE_ROWS = {
    absent: { icon: '⚪', nextStep: 'Run mode create.' },
    'awaiting-dns': {
        icon: '🟡',
        nextStep: 'Publish the TXT record below, then run wait-for-dns and enable.',
    },
    verifying: {
        icon: '🟡',
        nextStep: 'Run mode enable. The record is visible; Cloudflare is verifying it.',
    },
    verified: { icon: '🟢', nextStep: 'Run mode enable.' },
    enabled: { icon: '✅', nextStep: 'Nothing. Users of this domain sign in through the identity provider.' },
};
function nextStepAfter({ modes, dryRun }, state) {
    if (dryRun)
        return STATE_ROWS[state].nextStep;
    if (modes.includes('delete') && state === 'absent')
        return 'Nothing. If its TXT record is still there, you can remove it.';
    if (modes.includes('disable') && state !== 'enabled') {
        return 'Users of this domain sign in without the identity provider. Repair what made you disable it before you run mode enable again.';
    }
    if (modes.includes('publish-dns') && state === 'awaiting-dns')
        return 'Run wait-for-dns and enable.';
    return STATE_ROWS[state].nextStep;
}
function urgency({ domain, failure }) {
    if (failure !== undefined)
        return 2;
    const isDeclared = domain.drift?.length === 0;
    return domain.state === 'enabled' || isDeclared ? 0 : 1;
}
const MAX_OPEN_ROWS = 20;
const MAX_ROWS_CHARACTERS = 100_000;
const HEAD = ['Email&nbsp;domain', 'State', 'Next step'];
function renderDomains(sorted, settings) {
    const isLong = sorted.length > MAX_OPEN_ROWS;
    const wanted = isLong ? sorted.filter((one) => urgency(one) > 0) : sorted;
    const rows = wanted.map((one) => renderRow(one, settings));
    const fit = (0,fitting/* fitting */._)(rows, sizeOfRow, MAX_ROWS_CHARACTERS);
    const failed = sorted.filter(({ failure }) => failure !== undefined).length;
    const shown = fit.slice(0, fit.length > MAX_OPEN_ROWS ? Math.min(failed, MAX_OPEN_ROWS) : MAX_OPEN_ROWS);
    const rest = fit.slice(shown.length);
    const hidden = rows.length - fit.length;
    const title = shown.length > 0 ? `${rest.length} more` : counted(rest.length);
    return [
        ...(shown.length > 0 ? [table(HEAD, shown)] : []),
        ...(rest.length > 0
            ? [...stepsByState(sorted, settings), folded(`${title} in detail`, table(HEAD, rest))]
            : []),
        ...(hidden > 0
            ? [`${hidden} more did not fit here. The output <code>connectors</code> has all of them.`]
            : []),
    ];
}
function stepsByState(sorted, settings) {
    const waiting = sorted
        .filter((one) => urgency(one) === 1 && one.domain.drift === undefined)
        .map(({ domain: { state } }) => state);
    return [...new Set(waiting)].flatMap((state) => {
        if (state === undefined)
            return [];
        const count = waiting.filter((one) => one === state).length;
        return [
            `${STATE_ROWS[state].icon} <b>${count} ${STATE_WORDS[state]}</b>: ${cell(nextStepAfter(settings, state))}`,
        ];
    });
}
function renderRow(result, settings) {
    const { domain, failure } = result;
    const name = domain.name === undefined ? '' : `<b>${cell(domain.name)}</b>`;
    const hint = failure?.hint === undefined ? '' : cell(pointingBelow(failure.hint, domain));
    const steps = failure === undefined ? nextStep(result, settings) : [cell(records_shortened(failure.message, domain)), hint];
    return [name, renderState(result), lines([...steps, small(connectorFacts(result))])];
}
function renderState({ domain: { state }, failure }) {
    const words = (state === undefined ? 'unknown' : STATE_WORDS[state]).replaceAll(' ', '&nbsp;');
    if (failure !== undefined)
        return lines(['❌&nbsp;failed', state === undefined ? '' : small(words)]);
    return `${state === undefined ? '⚪' : STATE_ROWS[state].icon}&nbsp;${words}`;
}
function nextStep({ domain }, settings) {
    const { drift, dns, state } = domain;
    if (drift !== undefined)
        return [drift.length > 0 ? 'See the drift above.' : 'Nothing. It is as declared.'];
    if (state === undefined)
        return [];
    const [finding] = dns?.diagnosis ?? [];
    if (dns === undefined || finding === undefined || state !== 'awaiting-dns')
        return [cell(nextStepAfter(settings, state))];
    return [
        cell(pointingBelow(remedyOf(finding, dns), domain)),
        small(`${code(finding.cause)}: ${cell(records_shortened(finding.evidence, domain))}.`),
    ];
}
function connectorFacts({ domain: { confirmed, connector, ssoApp } }) {
    const id = connector === undefined ? [] : [`Connector ${code(connector.id)}.`];
    const app = ssoApp === undefined ? [] : [`Access application ${cell(ssoApp.name)} (${code(ssoApp.id)}).`];
    const sign = confirmed ? ['Confirmed by a sign-in.'] : [];
    return [...id, ...sign, ...app].join(' ');
}

// EXTERNAL MODULE: ./lib/domain/drift.js
var domain_drift = __nccwpck_require__(6847);
;// CONCATENATED MODULE: ./lib/action/summary/drift.js




const drift_MAX_ROWS_CHARACTERS = 80_000;
function renderDrift({ drift, differences, checked, failed, not_checked: notChecked }, issueUrl) {
    const count = counted(checked.length);
    const unknown = failed.length === 0 ? '' : ` ${failed.length} could not be compared: ${cell(failed.join(', '))}.`;
    const open = notChecked.map((one) => small(`Not checked: ${cell((0,domain_drift/* describeNotChecked */.GD)(one))}.`));
    const issue = issueUrl === undefined ? '' : ` ${markup_link(issueUrl, 'See the drift issue')}.`;
    if (!drift)
        return [lines([`${failed.length === 0 ? '✅' : '❔'} No drift in ${count}.${unknown}${issue}`, ...open])];
    const all = differences.map(({ email_domain, kind, expected, actual, remedy }) => [
        `<b>${cell(email_domain)}</b>`,
        lines([`<code>${kind}</code>`, small(`Declared: ${cell(expected)}.`), small(`Found: ${cell(actual)}.`)]),
        cell(remedy),
    ]);
    const rows = (0,fitting/* fitting */._)(all, sizeOfRow, drift_MAX_ROWS_CHARACTERS);
    const more = differences.length - rows.length;
    return [
        `⚠️ Drift: ${differences.length} difference${differences.length === 1 ? '' : 's'} from what is declared; ${count} checked.${unknown}${issue}`,
        table(['Email&nbsp;domain', 'Drift', 'Next step'], rows),
        ...(open.length > 0 ? [lines(open)] : []),
        ...(more > 0
            ? [`${more} more did not fit here. The output <code>drift-report</code> has all of them.`]
            : []),
    ];
}

;// CONCATENATED MODULE: ./lib/action/summary/preflight.js




const preflight_MAX_ROWS_CHARACTERS = 60_000;
const preflight_MAX_NAMED = 3;
const ICONS = { passed: '✅', unknown: '❔', warned: '⚠️', refused: '❌' };
function renderPreflight(results) {
    const judged = results.flatMap(({ domain: { preflight } }) => preflight ?? []);
    if (judged.length === 0)
        return [];
    const rows = new Map();
    for (const { email_domain, guards } of judged) {
        for (const judgement of guards) {
            const { guard, verdict, evidence } = judgement;
            const key = `${guard} ${verdict} ${evidence}`;
            const row = rows.get(key) ?? { ...judgement, emailDomains: [] };
            row.emailDomains.push(email_domain);
            rows.set(key, row);
        }
    }
    const all = [...rows.values()];
    const render = (row) => preflight_renderRow(row, judged.length);
    const worst = (0,fitting/* fitting */._)(all.toSorted(worstFirst), (row) => sizeOfRow(render(row)), preflight_MAX_ROWS_CHARACTERS);
    const more = all.length - worst.length;
    return [
        `<b>Preflight: can people sign in?</b> ${counts(all)}`,
        table(['Guard', 'What was seen', 'Next step'], worst.toSorted(byGuard).map(render)),
        ...(more > 0
            ? [`${more} more did not fit here. The output <code>preflight-report</code> has them.`]
            : []),
    ];
}
function worstFirst(one, other) {
    return VERDICTS.indexOf(other.verdict) - VERDICTS.indexOf(one.verdict);
}
function byGuard(one, other) {
    return GUARD_IDS.indexOf(one.guard) - GUARD_IDS.indexOf(other.guard);
}
function preflight_renderRow({ guard, verdict, evidence, remedy = '', emailDomains }, judged) {
    const whom = judged === 1 || emailDomains.length === judged ? '' : (0,naming/* naming */.b)(emailDomains, preflight_MAX_NAMED);
    return [
        lines([`${ICONS[verdict]}&nbsp;${code(guard)}`, small(verdict)]),
        lines([cell(evidence), small(cell(whom))]),
        cell(remedy),
    ];
}
function counts(rows) {
    return VERDICTS.flatMap((verdict) => {
        const count = rows.filter((row) => row.verdict === verdict).length;
        return count === 0 ? [] : [`${ICONS[verdict]} ${count} ${verdict}`];
    }).join(', ');
}

;// CONCATENATED MODULE: ./lib/action/summary/summary.js










const summary_MAX_CHARACTERS = 340_000;
function renderSummary({ domains, drift, driftIssueUrl }, settings) {
    const sorted = [...domains].sort((one, other) => urgency(other) - urgency(one));
    const parts = [
        `### Cloudflare dashboard SSO${settings.dryRun ? ' (dry run: nothing was changed)' : ''}`,
        ...(domains.length > 1 ? [`<b>${tally(domains)}</b>`] : []),
        ...(drift === undefined ? [] : renderDrift(drift, driftIssueUrl)),
        ...renderDomains(sorted, settings),
        ...renderPreflight(sorted),
        ...renderRecords(sorted, settings),
    ];
    return `${[...parts, ...fittingAfter(parts, renderDns(sorted))].join('\n\n')}\n`;
}
function fittingAfter(before, parts) {
    const room = summary_MAX_CHARACTERS - before.join('\n\n').length;
    const shown = (0,fitting/* fitting */._)(parts, ({ length }) => length, room);
    return shown.length < parts.length ? [...shown, 'The rest did not fit here. The outputs have it.'] : shown;
}
async function writeSummary(result, settings) {
    if (!process.env['GITHUB_STEP_SUMMARY'])
        return;
    try {
        await core/* summary */.z.addRaw(renderSummary(result, settings)).write();
    }
    catch (thrown) {
        const reason = (0,untrusted/* printable */.g$)((0,domain_errors/* toActionError */.ie)(thrown).message).replaceAll(/^Error: |\.$/g, '');
        throw new domain_errors/* ActionError */.lZ(`The job summary could not be written (${reason}).`, {
            hint: 'The log and the outputs of the step have what would be in it.',
            cause: thrown,
        });
    }
}

// EXTERNAL MODULE: ./node_modules/valibot/dist/index.mjs
var dist = __nccwpck_require__(7934);
;// CONCATENATED MODULE: ./lib/time/recent.js
const MAX_AGE_MS = 60_000;
class Recent {
    #read;
    #clock;
    #last;
    constructor(read, clock) {
        this.#read = read;
        this.#clock = clock;
    }
    forget() {
        this.#last = undefined;
    }
    get(notBeforeMs = this.#clock.now() - MAX_AGE_MS) {
        if (this.#last === undefined || this.#last.startedAtMs < notBeforeMs)
            this.#last = { startedAtMs: this.#clock.now(), value: this.#read() };
        return this.#last.value;
    }
}

;// CONCATENATED MODULE: ./lib/cloudflare/access.js



const access_text = dist/* nullish */.cl6(dist/* string */.YjP());
const wireProviderSchema = dist/* object */.Ikc({ id: access_text, name: dist/* string */.YjP(), type: dist/* string */.YjP() });
const rules = dist/* nullish */.cl6(dist/* array */.YOg(dist/* record */.g1P(dist/* string */.YjP(), dist/* unknown */.L5J())), []);
const wirePolicySchema = dist/* object */.Ikc({
    decision: dist/* string */.YjP(),
    include: rules,
    exclude: rules,
    require: rules,
});
const unknownShape = dist/* pipe */.FsL(dist/* unknown */.L5J(), dist/* transform */.pdi(() => undefined));
const wireAppSchema = dist/* object */.Ikc({
    id: access_text,
    uid: access_text,
    name: access_text,
    type: access_text,
    allowed_idps: dist/* nullish */.cl6(dist/* union */.KCZ([dist/* array */.YOg(dist/* string */.YjP()), unknownShape]), []),
    policies: dist/* fallback */.NpB(dist/* nullish */.cl6(dist/* array */.YOg(wirePolicySchema)), undefined),
});
class Access {
    #client;
    #path;
    #identityProviders;
    #ssoApp;
    constructor(client, accountId, clock) {
        this.#client = client;
        this.#path = `/accounts/${encodeURIComponent(accountId)}/access`;
        this.#identityProviders = new Recent(() => this.#listIdentityProviders(), clock);
        this.#ssoApp = new Recent(() => this.#findSsoApp(), clock);
    }
    identityProviders() {
        return this.#identityProviders.get();
    }
    ssoApp(notBeforeMs) {
        return this.#ssoApp.get(notBeforeMs);
    }
    async #listIdentityProviders() {
        const providers = await this.#client.list({
            what: 'list the identity providers',
            request: { method: 'GET', path: `${this.#path}/identity_providers` },
            result: dist/* array */.YOg(wireProviderSchema),
            permission: 'Access: Organizations, Identity Providers, and Groups: Read',
        });
        return providers.map(({ id, name, type }) => ({ id: id ?? undefined, name, type }));
    }
    async #findSsoApp() {
        const apps = await this.#client.list({
            what: 'list the Access applications',
            request: { method: 'GET', path: `${this.#path}/apps` },
            result: dist/* array */.YOg(wireAppSchema),
            permission: 'Access: Apps and Policies: Read',
        });
        const app = apps.find(({ type }) => type === 'dash_sso');
        if (app?.id == null)
            return undefined;
        const { id, uid, name, allowed_idps: allowedIdps, policies } = app;
        return {
            id,
            uid: uid ?? id,
            name: (0,untrusted/* withoutAddresses */.tg)(name ?? 'SSO App'),
            allowedIdps,
            policies: policies?.map((policy) => ({
                decision: policy.decision,
                include: policy.include ?? [],
                exclude: policy.exclude ?? [],
                require: policy.require ?? [],
            })),
        };
    }
}

;// CONCATENATED MODULE: ./lib/domain/email-address.js

const DOMAIN = /^[\p{L}\p{M}\p{N}.-]+$/u;
function domainOfAddress(address) {
    const at = address.lastIndexOf('@');
    const domain = address.slice(at + 1);
    return at >= 0 && DOMAIN.test(domain) ? (0,external_node_url_.domainToASCII)(domain) : '';
}
function isPlusAddress(address) {
    return address.slice(0, Math.max(0, address.lastIndexOf('@'))).includes('+');
}

;// CONCATENATED MODULE: ./lib/cloudflare/access-log.js



const access_log_text = dist/* nullish */.cl6(dist/* string */.YjP());
const wireSignInSchema = dist/* object */.Ikc({
    action: access_log_text,
    allowed: dist/* nullish */.cl6(dist/* boolean */.zMY()),
    app_uid: access_log_text,
    connection: access_log_text,
    created_at: access_log_text,
    user_email: access_log_text,
});
const MAX_ENTRIES = 1000;
const MAX_PAST_ENTRIES = 100;
const LOOK_BACK_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;
class AccessLog {
    #client;
    #path;
    #clock;
    #past = new Map();
    #everybody;
    constructor(client, accountId, clock) {
        this.#client = client;
        this.#clock = clock;
        this.#path = `/accounts/${encodeURIComponent(accountId)}/access/logs/access_requests`;
        this.#everybody = new Recent(() => this.#read(this.#startOfPast(), MAX_ENTRIES), clock);
    }
    async signIns({ emailDomain, sinceMs }) {
        return signInsOf(await this.#read(sinceMs, MAX_ENTRIES), { emailDomain, sinceMs });
    }
    pastSignIns(emailDomain) {
        const known = this.#past.get(emailDomain);
        const past = known ?? new Recent(() => this.#readPast(emailDomain), this.#clock);
        this.#past.set(emailDomain, past);
        return past.get();
    }
    async #readPast(emailDomain) {
        const query = { emailDomain, sinceMs: this.#startOfPast() };
        const entries = await this.#read(query.sinceMs, MAX_PAST_ENTRIES, { email: `@${emailDomain}` });
        const filtered = signInsOf(entries, query);
        return filtered.length > 0 ? filtered : signInsOf(await this.#everybody.get(), query);
    }
    #startOfPast() {
        return this.#clock.now() - LOOK_BACK_DAYS * DAY_MS;
    }
    async #read(sinceMs, maxEntries, filter = {}) {
        const since = new Date(sinceMs).toISOString();
        const query = new URLSearchParams({ since, direction: 'desc', limit: String(maxEntries), ...filter });
        return this.#client.list({
            what: 'read the sign-in log',
            request: { method: 'GET', path: `${this.#path}?${query}` },
            result: dist/* array */.YOg(wireSignInSchema),
            permission: 'Access: Audit Logs: Read',
        }, { maxResults: maxEntries });
    }
}
function signInsOf(entries, { emailDomain, sinceMs }) {
    return entries
        .filter((entry) => (entry.action ?? 'login') === 'login')
        .filter(({ user_email }) => domainOfAddress(user_email ?? '') === emailDomain)
        .flatMap(toSignIn)
        .filter(({ atMs }) => atMs >= sinceMs)
        .toSorted((one, other) => other.atMs - one.atMs);
}
function toSignIn({ allowed, created_at, connection, app_uid }) {
    const atMs = Date.parse(created_at ?? '');
    if (Number.isNaN(atMs))
        return [];
    return [{ allowed: allowed === true, atMs, connection: connection ?? '', appUid: app_uid ?? undefined }];
}

;// CONCATENATED MODULE: ./lib/cloudflare/api-error.js

class CloudflareApiError extends domain_errors/* RequestError */.GI {
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

;// CONCATENATED MODULE: ./lib/cloudflare/api-token.js



const ACCOUNT_TOKEN_PREFIX = 'cfat_';
const time = dist/* nullish */.cl6(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* transform */.pdi(Date.parse), dist/* number */.aig()));
const wireTokenSchema = dist/* object */.Ikc({ status: dist/* string */.YjP(), expires_on: time, not_before: time });
class ApiToken {
    #client;
    #accountPath;
    #isOfAccount;
    #facts;
    constructor(client, { accountId, apiToken }, clock) {
        this.#client = client;
        this.#accountPath = `/accounts/${encodeURIComponent(accountId)}/tokens/verify`;
        this.#isOfAccount = apiToken.startsWith(ACCOUNT_TOKEN_PREFIX);
        this.#facts = new Recent(() => this.#read(), clock);
    }
    facts() {
        return this.#facts.get();
    }
    async #read() {
        if (this.#isOfAccount)
            return this.#verify(this.#accountPath, true);
        const [user, account] = await Promise.allSettled([
            this.#verify('/user/tokens/verify', false),
            this.#verify(this.#accountPath, true),
        ]);
        if (user.status === 'fulfilled')
            return user.value;
        if (account.status === 'fulfilled')
            return account.value;
        throw isRefusal(user.reason) ? account.reason : user.reason;
    }
    async #verify(path, isOfAccount) {
        const { result } = await this.#client.call({
            what: 'verify the API token',
            request: { method: 'GET', path },
            result: wireTokenSchema,
            permission: undefined,
        });
        const { status, expires_on, not_before } = result;
        return {
            status,
            expiresAtMs: expires_on ?? undefined,
            notBeforeMs: not_before ?? undefined,
            isOfAccount,
        };
    }
}
function isRefusal(error) {
    return error instanceof CloudflareApiError && error.status === 401;
}

;// CONCATENATED MODULE: ./node_modules/yocto-queue/index.js
/*
How it works:
`this.#head` is an instance of `Node` which keeps track of its current value and nests another instance of `Node` that keeps the value that comes after it. When a value is provided to `.enqueue()`, the code needs to iterate through `this.#head`, going deeper and deeper to find the last value. However, iterating through every single item is slow. This problem is solved by saving a reference to the last value as `this.#tail` so that it can reference it to add a new value.
*/

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
		if (!current) {
			return;
		}

		this.#head = this.#head.next;
		this.#size--;

		// Clean up tail reference when queue becomes empty
		if (!this.#head) {
			this.#tail = undefined;
		}

		return current.value;
	}

	peek() {
		if (!this.#head) {
			return;
		}

		return this.#head.value;

		// TODO: Node.js 18.
		// return this.#head?.value;
	}

	clear() {
		this.#head = undefined;
		this.#tail = undefined;
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
		while (this.#head) {
			yield this.dequeue();
		}
	}
}

;// CONCATENATED MODULE: ./node_modules/p-limit/index.js


function pLimit(concurrency) {
	let rejectOnClear = false;

	if (typeof concurrency === 'object') {
		({concurrency, rejectOnClear = false} = concurrency);
	}

	validateConcurrency(concurrency);

	if (typeof rejectOnClear !== 'boolean') {
		throw new TypeError('Expected `rejectOnClear` to be a boolean');
	}

	const queue = new Queue();
	let activeCount = 0;

	const resumeNext = () => {
		// Process the next queued function if we're under the concurrency limit
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
		// Execute the function and capture the result promise
		const result = (async () => function_(...arguments_))();

		// Resolve immediately with the promise (don't wait for completion)
		resolve(result);

		// Wait for the function to complete (success or failure)
		// We catch errors here to prevent unhandled rejections,
		// but the original promise rejection is preserved for the caller
		try {
			await result;
		} catch {}

		// Decrement active count and process next queued function
		next();
	};

	const enqueue = (function_, resolve, reject, arguments_) => {
		const queueItem = {reject};

		// Queue the internal resolve function instead of the run function
		// to preserve the asynchronous execution context.
		new Promise(internalResolve => { // eslint-disable-line promise/param-names
			queueItem.run = internalResolve;
			queue.enqueue(queueItem);
		}).then(run.bind(undefined, function_, resolve, arguments_)); // eslint-disable-line promise/prefer-await-to-then

		// Start processing immediately if we haven't reached the concurrency limit
		if (activeCount < concurrency) {
			resumeNext();
		}
	};

	const generator = (function_, ...arguments_) => new Promise((resolve, reject) => {
		enqueue(function_, resolve, reject, arguments_);
	});

	Object.defineProperties(generator, {
		activeCount: {
			get: () => activeCount,
		},
		pendingCount: {
			get: () => queue.size,
		},
		clearQueue: {
			value() {
				if (!rejectOnClear) {
					queue.clear();
					return;
				}

				const abortError = AbortSignal.abort().reason;

				while (queue.size > 0) {
					queue.dequeue().reject(abortError);
				}
			},
		},
		concurrency: {
			get: () => concurrency,

			set(newConcurrency) {
				validateConcurrency(newConcurrency);
				concurrency = newConcurrency;

				queueMicrotask(() => {
					// eslint-disable-next-line no-unmodified-loop-condition
					while (activeCount < concurrency && queue.size > 0) {
						resumeNext();
					}
				});
			},
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
					// The iterable threw, so `Promise.all` never observes the already scheduled promises. Observe them here to avoid unhandled rejections.
					for (const promise of promises) {
						promise.catch(() => {}); // eslint-disable-line promise/prefer-await-to-then
					}

					throw error;
				}

				return Promise.all(promises);
			},
		},
	});

	return generator;
}

function limitFunction(function_, options) {
	const limit = pLimit(options);

	const limitedFunction = (...arguments_) => limit(() => function_(...arguments_));
	Object.defineProperty(limitedFunction, 'clearQueue', {
		value: limit.clearQueue,
	});

	return limitedFunction;
}

function validateConcurrency(concurrency) {
	if (!((Number.isInteger(concurrency) || concurrency === Number.POSITIVE_INFINITY) && concurrency > 0)) {
		throw new TypeError('Expected `concurrency` to be a number from 1 and up');
	}
}

// EXTERNAL MODULE: ./lib/http/change.js
var change = __nccwpck_require__(3494);
// EXTERNAL MODULE: ./lib/http/post-once.js
var post_once = __nccwpck_require__(9272);
// EXTERNAL MODULE: ./lib/http/retries.js + 2 modules
var retries = __nccwpck_require__(9720);
// EXTERNAL MODULE: ./lib/http/retry-after.js
var retry_after = __nccwpck_require__(3145);
;// CONCATENATED MODULE: ./lib/cloudflare/hints.js

const INVALID_HEADERS = 6003;
const NO_ZERO_TRUST = 9999;
const WRONG_LOCATION = { code: 9109, message: /from location/i };
const STATUS_HINT = 'Check https://www.cloudflarestatus.com for incidents, then run the job again: every mode is safe to repeat.';
const REDIRECT_HINT = 'Redirects are not followed, because the token would be sent along. If you set api-url, change it to the address of the redirect. Otherwise a proxy is answering instead of Cloudflare.';
const NOT_JSON_HINT = 'Something else answered instead of Cloudflare, such as a proxy with a sign-in page. Check api-url, https_proxy and no_proxy, then run the job again.';
const SHAPE_HINT = "Run the job again. If the error stays, Cloudflare's API has changed: look for a newer version of this action.";
const SSO_CONNECTOR = { read: 'SSO Connector: Read', edit: 'SSO Connector: Edit' };
function hintFor(refused) {
    const { status, errors, permission, path, retryAfterMs, nowMs } = refused;
    if (errors.some(({ code }) => code === INVALID_HEADERS)) {
        return 'The API token is malformed. Store it again: only the token, without quotes and without the word Bearer.';
    }
    if (errors.some(({ code }) => code === NO_ZERO_TRUST)) {
        return 'Create a Zero Trust organization in the dashboard under Zero Trust (the Free plan is enough), then add your identity provider there.';
    }
    if (status === 403 && errors.some(isWrongLocation)) {
        return 'The API token has an IP filter that does not allow this runner. Remove the filter from the token, use a runner with an allowed address, or use another token.';
    }
    switch (status) {
        case 401:
            return 'The API token is wrong, expired or restricted to other IP addresses. Check it under "API Tokens" in the dashboard. If you cannot sign in there, use another token, or ask a member of the account outside the email domain.';
        case 403:
            return permission === undefined
                ? 'The API token may not include this account. Check it under "API Tokens" in the dashboard, and check account-id.'
                : `The API token may lack ${permissions(permission)}, or may not include this account. Check both under "API Tokens" in the dashboard, and check account-id.`;
        case 404:
            if (path.includes('/access/'))
                return 'Check that the account has a Zero Trust organization, and check account-id.';
            return path.endsWith('/sso_connectors')
                ? 'Check account-id. You can find the account ID in the dashboard URL, https://dash.cloudflare.com/<account ID>.'
                : path.includes('/sso_connectors/')
                    ? 'It may have been deleted. Check connector-id and account-id, or leave connector-id out to find the connector by email domain.'
                    : 'Check account-id and api-url.';
        case 407:
            return 'A proxy answered instead of Cloudflare, and wants a user name and a password. Check https_proxy and no_proxy.';
        case 429:
            return retryAfterMs === undefined
                ? 'Cloudflare allows 1,200 requests in five minutes for a user, over all tokens. Run the job again in five minutes.'
                : `Cloudflare's rate limit is used up until ${(0,duration/* formatTime */.fU)(nowMs + retryAfterMs, nowMs)}. Run the job again after that.`;
        default:
            return status >= 500 ? STATUS_HINT : undefined;
    }
}
function isPermissionMissing(status, errors) {
    const means = (code) => errors.some((error) => error.code === code);
    return status === 403 && !means(NO_ZERO_TRUST) && !means(INVALID_HEADERS) && !errors.some(isWrongLocation);
}
function isWrongLocation({ code, message }) {
    return code === WRONG_LOCATION.code && WRONG_LOCATION.message.test(message);
}
function permissions(needed) {
    return needed === SSO_CONNECTOR.edit
        ? `the permissions "${SSO_CONNECTOR.edit}" and "${SSO_CONNECTOR.read}"`
        : `the permission "${needed}"`;
}

;// CONCATENATED MODULE: ./lib/cloudflare/envelope.js





const failureSchema = dist/* object */.Ikc({
    success: dist/* literal */.euz(false),
    errors: dist/* array */.YOg(dist/* object */.Ikc({ code: dist/* number */.aig(), message: dist/* string */.YjP() })),
});
const count = dist/* optional */.lqM(dist/* pipe */.FsL(dist/* number */.aig(), dist/* integer */.ndf()));
const resultInfoSchema = dist/* fallback */.NpB(dist/* nullish */.cl6(dist/* object */.Ikc({ page: count, per_page: count, count, total_count: count })), undefined);
function openEnvelope(call, response, nowMs) {
    const refuse = (seen, details = {}) => refusal(call, response, seen, { nowMs, ...details });
    const unusable = (seen, details = {}) => refuse(`Could not ${call.what}: ${seen}`, details);
    if (response.status >= 300 && response.status < 400) {
        throw unusable(`the request was redirected to ${redirectTarget(response)}`, {
            retryability: 'permanent',
            hint: REDIRECT_HINT,
        });
    }
    const json = parseJson(response.body);
    const failure = dist/* safeParse */.xLC(failureSchema, json);
    if (failure.success) {
        const { errors } = failure.output;
        const verb = response.status >= 500 ? 'failed' : 'refused';
        throw refuse(`Cloudflare ${verb} to ${call.what}${reasonsOf(errors)}`, {
            errors,
            detail: codesOf(errors),
        });
    }
    if (response.status !== 200)
        throw unusable('the answer gives no reason');
    if (json === undefined) {
        throw unusable('the answer is not JSON', { detail: describeBody(response), hint: NOT_JSON_HINT });
    }
    const schema = dist/* object */.Ikc({
        success: dist/* literal */.euz(true),
        result: call.result,
        result_info: resultInfoSchema,
    });
    const envelope = dist/* safeParse */.xLC(schema, json);
    if (!envelope.success) {
        const detail = describeIssue(envelope.issues[0]);
        throw unusable('the answer has an unexpected shape', { detail, hint: SHAPE_HINT });
    }
    return { result: envelope.output.result, resultInfo: envelope.output.result_info ?? undefined };
}
function refusal({ request, permission }, response, seen, { nowMs, errors = [], retryability, hint, detail }) {
    const { status } = response;
    const rayId = headerOf(response, 'cf-ray');
    const retryAfterMs = (0,retry_after/* parseRetryAfter */.m)(headerOf(response, 'retry-after'), nowMs);
    const ray = rayId === undefined ? '' : `, ray ID ${(0,untrusted/* printable */.g$)(rayId, MAX_QUOTED)}`;
    const about = `${request.method} ${request.path}, HTTP ${status}${ray}`;
    return new CloudflareApiError(`${seen} (${detail === undefined ? '' : `${detail}; `}${about}).`, {
        status,
        errors,
        permission: isPermissionMissing(status, errors) ? permission : undefined,
        rayId,
        retryAfterMs,
        retryability: retryability ?? retryabilityOf(status, errors),
        hint: hint ?? hintFor({ status, errors, permission, path: request.path, retryAfterMs, nowMs }),
    });
}
function retryabilityOf(status, errors) {
    if (status === 429)
        return 'not-carried-out';
    if (status >= 500 || status === 408)
        return 'ambiguous';
    return status < 300 && errors.length === 0 ? 'ambiguous' : 'permanent';
}
function reasonsOf(errors) {
    const reasons = errors.map(({ message }) => (0,untrusted/* withoutAddresses */.tg)((0,untrusted/* printable */.g$)(message, MAX_MESSAGE_LENGTH)).replace(/\.$/, ''));
    return reasons.length === 0 ? ' and gave no reason' : `: ${reasons.join('; ')}`;
}
function codesOf(errors) {
    const codes = errors.map(({ code }) => code).join(', ');
    return codes === '' ? undefined : `code${errors.length === 1 ? '' : 's'} ${codes}`;
}
function describeIssue(issue) {
    return `${dist/* getDotPath */.BuJ(issue) ?? 'the whole answer'}: expected ${issue.expected ?? 'something else'}, got ${(0,untrusted/* withoutAddresses */.tg)((0,untrusted/* printable */.g$)(issue.received, MAX_QUOTED))}`;
}
function describeBody(response) {
    const type = (0,untrusted/* printable */.g$)(headerOf(response, 'content-type') ?? 'no content type', MAX_QUOTED);
    return `${type}, ${Buffer.byteLength(response.body)} bytes`;
}
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        return undefined;
    }
}
function redirectTarget(response) {
    const location = headerOf(response, 'location');
    return (location && URL.parse(location)?.origin) || 'another address';
}
function headerOf({ headers }, name) {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
}
const MAX_QUOTED = 80;
const MAX_MESSAGE_LENGTH = 500;

;// CONCATENATED MODULE: ./lib/cloudflare/rate-limit.js

const MAX_REQUESTS = 1100;
const WINDOW_MS = 5 * 60_000;
const QUIET_MS = 60_000;
class RateLimit {
    #services;
    #sentAtMs = [];
    #heldUntilMs = 0;
    #quietUntilMs = 0;
    constructor(services) {
        this.#services = services;
    }
    async turn() {
        const { clock, signal } = this.#services;
        for (;;) {
            const now = clock.now();
            while ((this.#sentAtMs[0] ?? now) <= now - WINDOW_MS)
                this.#sentAtMs.shift();
            const [oldest = now] = this.#sentAtMs;
            const isFull = this.#sentAtMs.length >= MAX_REQUESTS;
            if (isFull)
                this.holdUntil(oldest + WINDOW_MS);
            if (now >= this.#heldUntilMs) {
                this.#sentAtMs.push(now);
                return;
            }
            await clock.sleep(this.#heldUntilMs - now, signal);
        }
    }
    holdUntil(untilMs) {
        if (untilMs <= this.#heldUntilMs)
            return;
        this.#heldUntilMs = untilMs;
        const { clock, log } = this.#services;
        const now = clock.now();
        if (now < this.#quietUntilMs)
            return;
        this.#quietUntilMs = untilMs + QUIET_MS;
        log.info(`Waiting for Cloudflare's rate limit (1,200 requests in five minutes). The next request is sent at ${(0,duration/* formatTime */.fU)(untilMs, now)}.`);
    }
}

;// CONCATENATED MODULE: ./lib/cloudflare/client.js








const MAX_CONCURRENT = 8;
const MAX_PAGES = 500;
class CloudflareClient {
    #session;
    #services;
    #concurrency = pLimit(MAX_CONCURRENT);
    #rate;
    constructor(session, services) {
        this.#session = session;
        this.#services = services;
        this.#rate = new RateLimit(services);
    }
    async send(call) {
        const { clock, signal } = this.#services;
        const response = await this.#concurrency(async () => {
            await this.#rate.turn();
            return this.#session.exchange(call.request, signal, call.what);
        });
        try {
            return openEnvelope(call, response, clock.now());
        }
        catch (error) {
            if (error instanceof CloudflareApiError && error.status === 429) {
                const { retryAfterMs = 0 } = error;
                if (retryAfterMs <= retries/* MAX_RETRY_AFTER_MS */.y)
                    this.#rate.holdUntil(clock.now() + retryAfterMs);
            }
            throw error;
        }
    }
    call(call) {
        return (0,retries/* withRetries */.L)(() => this.send(call), this.#services);
    }
    change(call) {
        return (0,change/* withDoubt */.n5)(() => this.send(call), this.#services);
    }
    once(change) {
        return (0,post_once/* postOnce */.y)(change, this.#services);
    }
    async list(call, { request = (page) => this.call(page), maxResults = Number.POSITIVE_INFINITY, } = {}) {
        const results = [];
        const first = { ...call, result: orNone(call.result) };
        for (let page = 1; page <= MAX_PAGES; page++) {
            const { result, resultInfo } = await request(page === 1 ? first : atPage(first, page));
            const isThisPage = (resultInfo?.page ?? page) === page;
            if (isThisPage)
                results.push(...result);
            if (!isThisPage ||
                result.length === 0 ||
                results.length >= Math.min(resultInfo?.total_count ?? 0, maxResults))
                break;
        }
        return results;
    }
}
function orNone(list) {
    return dist/* pipe */.FsL(dist/* nullable */.mee(list), dist/* transform */.pdi((items) => items ?? []));
}
function atPage(call, page) {
    const separator = call.request.path.includes('?') ? '&' : '?';
    return {
        ...call,
        request: { ...call.request, path: `${call.request.path}${separator}page=${page}` },
    };
}

;// CONCATENATED MODULE: ./lib/cloudflare/dns-records.js



const IDENTICAL_RECORD = 81_058;
const AUTOMATIC_TTL = 1;
class DnsRecords {
    #client;
    constructor(client) {
        this.#client = client;
    }
    txtAt(zoneId, name) {
        return this.#client.list(txtRecords(zoneId, name)).then(recordsAt(name));
    }
    async addTxt(zoneId, name, text) {
        const body = { type: 'TXT', name, content: quoted(text), ttl: AUTOMATIC_TTL, comment: sso_record/* RECORD_COMMENT */.EW };
        const path = `/zones/${encodeURIComponent(zoneId)}/dns_records`;
        const request = { method: 'POST', path, body };
        const call = { what: 'add the TXT record', request, result: madeSchema, permission: 'DNS: Edit' };
        const { made, isOurs } = await this.#client.once({
            send: async () => ({ id: (await this.#client.send(call)).result?.id }),
            look: async () => (await this.#txtOnce(zoneId, name)).find((one) => one.text === text),
            alreadyThere: async (refusal) => (isIdentical(refusal) ? { id: undefined } : undefined),
        });
        return { id: made.id, isOurs };
    }
    #txtOnce(zoneId, name) {
        return this.#client
            .list(txtRecords(zoneId, name), { request: (page) => this.#client.send(page) })
            .then(recordsAt(name));
    }
}
const idSchema = dist/* fallback */.NpB(dist/* optional */.lqM(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[\w-]{1,64}$/))), undefined);
const madeSchema = dist/* fallback */.NpB(dist/* optional */.lqM(dist/* object */.Ikc({ id: idSchema })), undefined);
const recordSchema = dist/* object */.Ikc({
    id: idSchema,
    type: dist/* nullish */.cl6(dist/* string */.YjP()),
    name: dist/* nullish */.cl6(dist/* string */.YjP()),
    content: dist/* nullish */.cl6(dist/* string */.YjP()),
});
function txtRecords(zoneId, name) {
    const query = new URLSearchParams({ type: 'TXT', 'name.exact': name });
    return {
        what: 'list the TXT records',
        request: { method: 'GET', path: `/zones/${encodeURIComponent(zoneId)}/dns_records?${query}` },
        result: dist/* array */.YOg(recordSchema),
        permission: 'DNS: Read',
    };
}
function recordsAt(name) {
    return (records) => records
        .filter((record) => record.type === 'TXT' && record.name?.toLowerCase() === name)
        .map(({ id, content }) => ({ id, text: textOfContent(content ?? '') }));
}
function textOfContent(content) {
    const trimmed = content.trim();
    if (!/^(?:"(?:[^"\\]|\\.)*"\s*)+$/s.test(trimmed))
        return trimmed;
    const strings = trimmed.match(/\s*"(?:[^"\\]|\\.)*"/gsy) ?? [];
    return strings
        .map((string) => string
        .trimStart()
        .slice(1, -1)
        .replaceAll(/\\(\d{3}|.)/gs, unescaped))
        .join('');
}
function unescaped(_, escaped) {
    return escaped.length === 3 ? String.fromCharCode(Number(escaped)) : escaped;
}
function quoted(text) {
    return `"${text.replaceAll(/[\\"]/g, '\\$&')}"`;
}
function isIdentical(error) {
    return error instanceof CloudflareApiError && error.errors.some(({ code }) => code === IDENTICAL_RECORD);
}

;// CONCATENATED MODULE: ./lib/cloudflare/members.js



const SUPER_ADMINISTRATOR = 'Super Administrator - All Privileges';
const named = dist/* object */.Ikc({ name: dist/* nullish */.cl6(dist/* string */.YjP()) });
const wireMemberSchema = dist/* object */.Ikc({
    email: dist/* nullish */.cl6(dist/* string */.YjP()),
    user: dist/* nullish */.cl6(dist/* object */.Ikc({ email: dist/* nullish */.cl6(dist/* string */.YjP()) })),
    roles: dist/* nullish */.cl6(dist/* array */.YOg(named)),
    policies: dist/* nullish */.cl6(dist/* array */.YOg(dist/* object */.Ikc({ access: dist/* nullish */.cl6(dist/* string */.YjP()), permission_groups: dist/* nullish */.cl6(dist/* array */.YOg(named)) }))),
});
const PAGE_SIZE = 50;
class Members {
    #accepted;
    constructor(client, accountId, clock) {
        const path = `/accounts/${encodeURIComponent(accountId)}/members?status=accepted&per_page=${PAGE_SIZE}`;
        this.#accepted = new Recent(async () => {
            const all = await client.list({
                what: 'list the members of the account',
                request: { method: 'GET', path },
                result: dist/* array */.YOg(wireMemberSchema),
                permission: 'Account Settings: Read',
            });
            return all.map(toMember);
        }, clock);
    }
    accepted() {
        return this.#accepted.get();
    }
}
function toMember({ email, user, roles, policies }) {
    const address = user?.email ?? email ?? '';
    const groups = (policies ?? [])
        .filter(({ access }) => access !== 'deny')
        .flatMap(({ permission_groups }) => permission_groups ?? []);
    return {
        emailDomain: domainOfAddress(address),
        isPlusAddress: isPlusAddress(address),
        isSuperAdministrator: [...(roles ?? []), ...groups].some(({ name }) => name === SUPER_ADMINISTRATOR),
    };
}

;// CONCATENATED MODULE: ./lib/domain/connector.js
const VERIFICATION_STATUSES = ['awaiting', 'pending', 'failed', 'verified'];

;// CONCATENATED MODULE: ./lib/cloudflare/connector-schema.js



const connector_schema_DOMAIN = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]{0,252}$/u;
const wireConnectorSchema = dist/* object */.Ikc({
    id: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[\w-]{1,64}$/)),
    email_domain: dist/* fallback */.NpB(dist/* nullish */.cl6(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(connector_schema_DOMAIN))), undefined),
    enabled: dist/* fallback */.NpB(dist/* nullish */.cl6(dist/* boolean */.zMY()), undefined),
    use_fedramp_language: dist/* fallback */.NpB(dist/* nullish */.cl6(dist/* boolean */.zMY()), undefined),
    verification: dist/* fallback */.NpB(dist/* nullish */.cl6(dist/* object */.Ikc({
        code: dist/* fallback */.NpB(dist/* nullish */.cl6(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[\x21\x23-\x7e]{1,255}$/))), undefined),
        status: dist/* fallback */.NpB(dist/* nullish */.cl6(dist/* pipe */.FsL(dist/* string */.YjP(), dist/* toLowerCase */.PXX(), dist/* picklist */.KIO(VERIFICATION_STATUSES))), undefined),
    })), undefined),
});
const connectorSchema = dist/* pipe */.FsL(wireConnectorSchema, dist/* transform */.pdi((wire) => ({
    id: wire.id,
    emailDomain: normalised(wire.email_domain ?? ''),
    enabled: wire.enabled ?? undefined,
    useFedrampLanguage: wire.use_fedramp_language ?? false,
    verificationCode: wire.verification?.code ?? undefined,
    verificationStatus: wire.verification?.status ?? undefined,
})));
const connectorsSchema = dist/* array */.YOg(dist/* pipe */.FsL(dist/* unknown */.L5J(), dist/* transform */.pdi(toListing)));
const changedConnectorsSchema = dist/* union */.KCZ([
    connectorsSchema,
    dist/* pipe */.FsL(connectorSchema, dist/* transform */.pdi((one) => [{ connector: one, givenDomain: one.emailDomain }])),
]);
function toListing(wire) {
    const connector = dist/* safeParse */.xLC(connectorSchema, wire);
    const given = dist/* safeParse */.xLC(dist/* object */.Ikc({ email_domain: dist/* string */.YjP() }), wire);
    return {
        connector: connector.success ? connector.output : undefined,
        givenDomain: given.success ? given.output.email_domain : undefined,
    };
}
function mayBeFor({ connector, givenDomain = '' }, emailDomain) {
    const known = connector?.emailDomain || (connector_schema_DOMAIN.test(givenDomain) && normalised(givenDomain));
    if (known)
        return known === emailDomain;
    const letters = givenDomain
        .normalize('NFKC')
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{M}\p{N}.-]/gu, '');
    return letters === '' || [emailDomain, (0,external_node_url_.domainToUnicode)(emailDomain)].some((name) => letters.includes(name));
}
function normalised(emailDomain) {
    const name = emailDomain.replace(/\.$/, '');
    return (0,external_node_url_.domainToASCII)(name) || name.toLowerCase();
}

;// CONCATENATED MODULE: ./lib/cloudflare/not-found.js

const NOT_OF_RESOURCE = new Set([
    6003, 6111, 7000, 7001, 7003, 9103, 9106, 9109, 9999, 10_000, 10_001,
]);
function isNotFound(error) {
    if (!(error instanceof CloudflareApiError) || error.status !== 404)
        return false;
    return error.errors.length > 0 && !error.errors.some(({ code }) => NOT_OF_RESOURCE.has(code));
}

;// CONCATENATED MODULE: ./lib/cloudflare/own-writes.js


class OwnWrites {
    #services;
    #written = new Map();
    constructor(services) {
        this.#services = services;
    }
    expect(connectorId, isShownBy) {
        this.#written.set(connectorId, { untilMs: this.#caughtUpMs(), isShownBy });
    }
    async sending(connectorId, send, isShownBy) {
        try {
            const answer = await send();
            this.expect(connectorId, isShownBy);
            return answer;
        }
        catch (error) {
            const isWithoutEffect = error instanceof domain_errors/* RequestError */.GI && error.retryability !== 'ambiguous';
            if (!isWithoutEffect)
                this.expect(connectorId, isShownBy);
            throw error;
        }
    }
    read(connectorId, look) {
        const written = this.#written.get(connectorId);
        const isExpected = ({ seen }) => written?.isShownBy(seen) ?? true;
        return (0,change/* readUntil */.LC)(look, isExpected, written?.untilMs ?? 0, this.#services);
    }
    readList(list, emailDomain) {
        const untilMs = Math.max(0, ...this.#written.values().map((one) => one.untilMs));
        const isExpected = (all) => this.#written.entries().every(([connectorId, { isShownBy }]) => {
            const seen = all.find(({ connector }) => connector?.id === connectorId)?.connector;
            return (seen !== undefined && seen.emailDomain !== emailDomain) || isShownBy(seen);
        });
        return (0,change/* readUntil */.LC)(list, isExpected, untilMs, this.#services);
    }
    readNew(look) {
        return (0,change/* readUntil */.LC)(look, (seen) => seen !== undefined, this.#caughtUpMs(), this.#services);
    }
    #caughtUpMs() {
        const { clock, readLagMs = change/* READ_LAG_MS */.Dc } = this.#services;
        return clock.now() + readLagMs;
    }
}

;// CONCATENATED MODULE: ./lib/cloudflare/sso-connectors.js







const { read: READ, edit: WRITE } = SSO_CONNECTOR;
class SsoConnectors {
    #client;
    #path;
    #writes;
    #list;
    constructor(client, accountId, services) {
        this.#client = client;
        this.#path = `/accounts/${encodeURIComponent(accountId)}/sso_connectors`;
        this.#writes = new OwnWrites(services);
        this.#list = new Recent(() => client.list(this.#listCall), services.clock);
    }
    async list() {
        const { connectors, isWhole } = await this.listReadable();
        if (!isWhole)
            throw unclearList(this.#listCall, 'not every entry can be read');
        return connectors;
    }
    async listReadable() {
        const all = await this.#list.get();
        const connectors = all.flatMap(({ connector }) => connector ?? []);
        return { connectors, isWhole: connectors.length === all.length };
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
        if (look.seen === undefined)
            throw look.error;
        return look.seen;
    }
    async getIfThere(connectorId) {
        return (await this.#look(connectorId)).seen;
    }
    #look(connectorId) {
        return this.#writes.read(connectorId, async () => {
            try {
                return { seen: await this.#read(connectorId) };
            }
            catch (error) {
                if (isNotFound(error))
                    return { seen: undefined, error };
                throw error;
            }
        });
    }
    async #read(connectorId) {
        const request = { method: 'GET', path: this.#pathOf(connectorId) };
        const call = { what: 'read the SSO connector', request, result: connectorSchema, permission: READ };
        const { result } = await this.#client.call(call);
        if (result.id !== connectorId)
            throw aboutAnother(call, connectorId, [result]);
        return result;
    }
    async create(connector) {
        const request = { method: 'POST', path: this.#path, body: connector };
        const what = `create the SSO connector for ${connector.email_domain}`;
        const call = { what, request, result: connectorSchema, permission: WRITE };
        const look = async () => this.#ofDomain(await this.#listOnce(), connector.email_domain)[0];
        const { made, isOurs } = await this.#client.once({
            send: async () => (await this.#client.send(call)).result,
            look,
            alreadyThere: async (refusal) => isConflict(refusal) ? this.findNew(connector.email_domain) : undefined,
        });
        this.#writes.expect(made.id, (seen) => seen !== undefined);
        return { connector: made, created: isOurs };
    }
    async change(connectorId, change) {
        const request = { method: 'PATCH', path: this.#pathOf(connectorId), body: change };
        const { enabled } = change;
        return this.#writes.sending(connectorId, async () => {
            const what = `${enabled === undefined ? 'change' : enabled ? 'enable' : 'disable'} the SSO connector`;
            const call = { what, request, result: changedConnectorsSchema, permission: WRITE };
            const { result } = await this.#client.change(call);
            const all = result.flatMap((one) => one.connector ?? []);
            const changed = all.find(({ id }) => id === connectorId);
            if (changed === undefined)
                throw aboutAnother(call, connectorId, all);
            return changed;
        }, isMadeBy(change));
    }
    async beginVerification(connectorId) {
        const request = { method: 'POST', path: `${this.#pathOf(connectorId)}/begin_verification` };
        const call = {
            what: 'begin the verification of the SSO connector',
            request,
            result: dist/* optional */.lqM(dist/* unknown */.L5J()),
            permission: WRITE,
        };
        await this.#writes.sending(connectorId, () => this.#client.change(call), isBegun);
    }
    async delete(connectorId) {
        const request = { method: 'DELETE', path: this.#pathOf(connectorId) };
        const call = {
            what: 'delete the SSO connector',
            request,
            result: dist/* optional */.lqM(dist/* unknown */.L5J()),
            permission: WRITE,
        };
        const change = {
            send: async () => {
                await this.#client.send(call);
                return 'gone';
            },
            alreadyThere: async (refusal) => (isNotFound(refusal) ? 'gone' : undefined),
        };
        const { isOurs } = await this.#writes.sending(connectorId, () => this.#client.once(change), (seen) => seen === undefined);
        this.#list.forget();
        return isOurs;
    }
    #listOnce() {
        return this.#client.list(this.#listCall, { request: (page) => this.#client.send(page) });
    }
    get #listCall() {
        const request = { method: 'GET', path: this.#path };
        return { what: 'list the SSO connectors', request, permission: READ, result: connectorsSchema };
    }
    #ofDomain(all, emailDomain) {
        const found = ofDomain(all.flatMap(({ connector }) => connector ?? []), emailDomain);
        if (found.length === 0 && all.some((one) => mayBeFor(one, emailDomain)))
            throw unclearList(this.#listCall, `none is for ${emailDomain}, but not every entry can be read`);
        return found;
    }
    #pathOf(connectorId) {
        return `${this.#path}/${encodeURIComponent(connectorId)}`;
    }
}
function isMadeBy({ enabled, use_fedramp_language: useFedrampLanguage, }) {
    return (seen) => seen !== undefined &&
        (enabled === undefined || seen.enabled === enabled) &&
        (useFedrampLanguage === undefined || seen.useFedrampLanguage === useFedrampLanguage);
}
function isBegun(seen) {
    return seen?.verificationStatus === 'pending' || seen?.verificationStatus === 'verified';
}
function ofDomain(connectors, emailDomain) {
    const rank = ({ enabled, verificationStatus }) => enabled !== false ? 2 : Number(verificationStatus === 'verified');
    return connectors
        .filter((connector) => connector.emailDomain === emailDomain)
        .toSorted((one, other) => rank(other) - rank(one));
}
function unclearList(call, seen) {
    return oddAnswer(call, seen, {
        hint: 'Look at the connectors in the dashboard, and name the one that you mean by its connector-id.',
        retryability: 'permanent',
    });
}
function aboutAnother(call, connectorId, all) {
    const ids = all.map(({ id }) => id).join(', ');
    const seen = `the answer is about ${ids === '' ? 'no connector' : `connector ${ids}`}, not ${connectorId}`;
    return oddAnswer(call, seen, { hint: SHAPE_HINT, retryability: 'ambiguous' });
}
function oddAnswer({ what, request: { method, path } }, seen, details) {
    const message = `Could not ${what}: ${seen} (${method} ${path}, HTTP 200).`;
    return new CloudflareApiError(message, { ...details, status: 200, errors: [] });
}
function isConflict(error) {
    return error instanceof CloudflareApiError && error.status === 409;
}

// EXTERNAL MODULE: ./lib/domain/dns-name.js
var dns_name = __nccwpck_require__(8587);
;// CONCATENATED MODULE: ./lib/cloudflare/zones.js



const zoneSchema = dist/* pipe */.FsL(dist/* object */.Ikc({
    id: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* regex */.yGV(/^[\w-]{1,64}$/)),
    name: dist/* pipe */.FsL(dist/* string */.YjP(), dist/* transform */.pdi(external_node_url_.domainToASCII)),
    status: dist/* nullish */.cl6(dist/* string */.YjP()),
}), dist/* transform */.pdi(({ id, name, status }) => ({ id, name, status: status?.toLowerCase() ?? 'unknown' })));
class Zones {
    #client;
    #byName = new Map();
    constructor(client) {
        this.#client = client;
    }
    async holding(name) {
        const candidates = (0,dns_name/* selfAndAncestors */.Qy)(name).filter((candidate) => candidate.includes('.'));
        const found = await Promise.all(candidates.map((candidate) => this.#named(candidate)));
        return found.flat();
    }
    #named(name) {
        const known = this.#byName.get(name);
        if (known !== undefined)
            return known;
        const zones = this.#listed(name);
        this.#byName.set(name, zones);
        return zones;
    }
    async #listed(name) {
        const spellings = [...new Set([name, (0,external_node_url_.domainToUnicode)(name)])];
        const lists = await Promise.all(spellings.map((spelling) => this.#client.list({
            what: 'look for the zone',
            request: { method: 'GET', path: `/zones?name=${encodeURIComponent(spelling)}` },
            result: dist/* array */.YOg(zoneSchema),
            permission: 'Zone: Read',
        })));
        const zones = lists.flat().filter((zone) => zone.name === name);
        return [...new Map(zones.map((zone) => [zone.id, zone])).values()];
    }
}

;// CONCATENATED MODULE: ./lib/time/clock.js
const systemClock = {
    now: () => performance.timeOrigin + performance.now(),
    sleep(durationMs, signal) {
        const { promise, resolve, reject } = Promise.withResolvers();
        const timer = setTimeout(settle, durationMs);
        function settle() {
            clearTimeout(timer);
            signal?.removeEventListener('abort', settle);
            if (signal?.aborted)
                reject(signal.reason);
            else
                resolve();
        }
        signal?.addEventListener('abort', settle, { once: true });
        if (signal?.aborted)
            settle();
        return promise;
    },
};

;// CONCATENATED MODULE: external "node:crypto"
const external_node_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:crypto");
// EXTERNAL MODULE: ./node_modules/dns-packet/index.js
var dns_packet = __nccwpck_require__(4894);
;// CONCATENATED MODULE: ./lib/dns/protocol/message.js


const EDNS_UDP_PAYLOAD_BYTES = 1232;
const EDE_OPTION = 15;
const HEADER_BYTES = 12;
const RCODES = {
    0: 'NOERROR',
    1: 'FORMERR',
    2: 'SERVFAIL',
    3: 'NXDOMAIN',
    4: 'NOTIMP',
    5: 'REFUSED',
    9: 'NOTAUTH',
    16: 'BADVERS',
};
function encodeQuery(question, options) {
    if (!isAskable(question.name)) {
        throw new RangeError('a domain name has at most 253 bytes, in labels of 1 to 63');
    }
    const id = (0,external_node_crypto_namespaceObject.randomInt)(0x1_0000);
    const wire = dns_packet.encode({
        type: 'query',
        id,
        flags: (options.recursionDesired ? dns_packet.RECURSION_DESIRED : 0) |
            (options.checkingDisabled ? dns_packet.CHECKING_DISABLED : 0),
        questions: [{ name: question.name, type: question.type, class: 'IN' }],
        additionals: options.edns ? [OPT_RECORD] : [],
    });
    return { id, question, wire };
}
function isAskable(name) {
    const sizes = name.split('.').map((label) => Buffer.byteLength(label));
    return Buffer.byteLength(name) <= 253 && sizes.every((bytes) => bytes >= 1 && bytes <= 63);
}
const OPT_RECORD = {
    type: 'OPT',
    name: '.',
    udpPayloadSize: EDNS_UDP_PAYLOAD_BYTES,
    extendedRcode: 0,
    ednsVersion: 0,
    flags: 0,
    flag_do: false,
    options: [],
};
function decodeResponse(wire, query) {
    if (wire.length < HEADER_BYTES || wire.readUInt16BE(0) !== query.id)
        return undefined;
    const flags = wire.readUInt16BE(2);
    const [isResponse, opcode, truncated] = [
        (flags & 0x8000) !== 0,
        (flags >> 11) & 0xf,
        (flags & 0x0200) !== 0,
    ];
    if (!isResponse || opcode !== 0 || wire.readUInt16BE(4) !== 1)
        return undefined;
    const decoded = decodePacket(truncated ? withoutRecords(wire) : wire);
    if (decoded === undefined || !isSameQuestion(decoded.questions?.[0], query.question))
        return undefined;
    const opt = decoded.additionals?.find((record) => record.type === 'OPT');
    return {
        rcode: rcodeName((flags & 0xf) | ((opt?.extendedRcode ?? 0) << 4)),
        authoritative: (flags & 0x0400) !== 0,
        truncated,
        recursionAvailable: (flags & 0x0080) !== 0,
        answers: records(decoded.answers),
        authorities: records(decoded.authorities),
        additionals: records(decoded.additionals),
        extendedErrors: (opt?.options ?? []).flatMap(extendedError),
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
        if (end > wire.length)
            return undefined;
        const decoded = dns_packet.decode(wire);
        const { bytes } = dns_packet.decode;
        return bytes === end ? decoded : undefined;
    }
    catch {
        return undefined;
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
        if (length === 0)
            return at + 1;
        if (length >= 0xc0)
            return at + 2;
        at += 1 + length;
    }
}
function isSameQuestion(asked, question) {
    return asked?.name.toLowerCase() === question.name && asked.type === question.type && asked.class === 'IN';
}
function rcodeName(rcode) {
    return RCODES[rcode] ?? `RCODE${rcode}`;
}
function records(answers) {
    return (answers ?? []).flatMap((answer) => {
        if (answer.type === 'OPT' || !('class' in answer) || answer.class !== 'IN' || answer.flush)
            return [];
        const owner = { name: answer.name.toLowerCase(), ttlS: usableTtl(answer.ttl) };
        switch (answer.type) {
            case 'TXT':
                return [{ ...owner, type: 'TXT', strings: [answer.data].flat().map(String) }];
            case 'A':
            case 'AAAA':
            case 'CNAME':
            case 'NS':
                return [{ ...owner, type: answer.type, target: answer.data.toLowerCase() }];
            case 'SOA':
                return [
                    {
                        ...owner,
                        type: 'SOA',
                        serial: answer.data.serial ?? 0,
                        minimumS: usableTtl(answer.data.minimum),
                    },
                ];
            default:
                return [];
        }
    });
}
function usableTtl(ttl) {
    return ttl === undefined || ttl > 0x7fff_ffff ? 0 : ttl;
}
function extendedError(option) {
    if (option.code !== EDE_OPTION || option.data === undefined || option.data.length < 2)
        return [];
    return [{ code: option.data.readUInt16BE(0), text: option.data.toString('utf8', 2) }];
}

// EXTERNAL MODULE: external "node:https"
var external_node_https_ = __nccwpck_require__(4708);
// EXTERNAL MODULE: external "node:tls"
var external_node_tls_ = __nccwpck_require__(1692);
// EXTERNAL MODULE: ./lib/http/proxy.js
var http_proxy = __nccwpck_require__(768);
// EXTERNAL MODULE: ./lib/http/tunnel.js + 1 modules
var http_tunnel = __nccwpck_require__(2925);
;// CONCATENATED MODULE: ./lib/dns/transports/frames.js
function createFrameReader(onFrame) {
    let [first, rest, bufferedBytes] = [Buffer.alloc(0), [], 0];
    const join = () => {
        if (rest.length === 0)
            return;
        first = Buffer.concat([first, ...rest]);
        rest = [];
    };
    return (chunk) => {
        rest.push(chunk);
        bufferedBytes += chunk.length;
        while (bufferedBytes >= 2) {
            if (first.length < 2)
                join();
            const frameBytes = 2 + first.readUInt16BE(0);
            if (bufferedBytes < frameBytes)
                return;
            join();
            onFrame(first.subarray(2, frameBytes));
            first = first.subarray(frameBytes);
            bufferedBytes -= frameBytes;
        }
    };
}

// EXTERNAL MODULE: ./lib/http/network-error.js
var network_error = __nccwpck_require__(1281);
;// CONCATENATED MODULE: ./lib/dns/transports/transport.js



class SilenceError extends Error {
    silence;
    constructor(message, silence) {
        super(message);
        this.silence = silence;
    }
}
async function withinLimits({ timeoutMs, signal }, start) {
    signal.throwIfAborted();
    const { promise, resolve, reject } = Promise.withResolvers();
    const release = start({
        settle: resolve,
        fail(error) {
            const silence = silenceOf(error);
            if (silence === undefined)
                reject(error);
            else
                resolve({ ok: false, silence });
        },
    });
    const onAbort = () => reject(signal.reason);
    const timer = setTimeout(() => resolve({ ok: false, silence: 'timeout' }), timeoutMs);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
        return await promise;
    }
    finally {
        clearTimeout(timer);
        signal.removeEventListener('abort', onAbort);
        release();
    }
}
const UNREACHABLE = new Set([
    'ENETUNREACH',
    'EHOSTUNREACH',
    'EADDRNOTAVAIL',
    'EAFNOSUPPORT',
]);
function silenceOf(error) {
    if (error instanceof SilenceError)
        return error.silence;
    if (error instanceof http_tunnel/* ProxyError */.T6)
        return 'proxy';
    if (!(0,network_error/* isNetworkFault */.d)(error))
        return undefined;
    const { code } = error;
    if (code === 'ECONNREFUSED')
        return 'refused';
    if (code === 'ETIMEDOUT')
        return 'timeout';
    if (UNREACHABLE.has(code))
        return 'unreachable';
    return (0,domain_errors/* isCertificateError */.Y4)(code) ? 'certificate' : 'closed';
}

;// CONCATENATED MODULE: ./lib/dns/transports/stream.js



function askOverStream(query, limits, readyEvent, open) {
    return withinLimits(limits, ({ settle, fail }) => {
        const socket = open();
        const onFrame = (frame) => {
            const message = decodeResponse(frame, query);
            if (message !== undefined)
                settle({ ok: true, message });
        };
        socket.on('error', fail);
        socket.on('close', () => settle({ ok: false, silence: 'closed' }));
        socket.on('data', createFrameReader(onFrame));
        socket.on(readyEvent, () => {
            const length = Buffer.alloc(2);
            length.writeUInt16BE(query.wire.length);
            socket.write(Buffer.concat([length, query.wire]));
        });
        return () => socket.destroy();
    });
}

;// CONCATENATED MODULE: ./lib/dns/transports/tls.js



function createTls(ca) {
    return (query, endpoint, limits) => askOverStream(query, limits, 'secureConnect', () => (0,external_node_tls_.connect)({
        ...tlsOptions(endpoint, ca),
        host: endpoint.host,
        port: endpoint.port,
        ALPNProtocols: ['dot'],
    }));
}
function tlsOptions({ host, serverName }, ca) {
    return { servername: serverName ?? ((0,external_node_net_.isIP)(host) === 0 ? host : ''), ...(ca !== undefined && { ca }) };
}

;// CONCATENATED MODULE: ./lib/dns/transports/https.js








const MEDIA_TYPE = 'application/dns-message';
const MAX_MESSAGE_BYTES = 65_535;
const CONNECT_TIMEOUT_MS = 5000;
const HEADERS = { 'content-type': MEDIA_TYPE, accept: MEDIA_TYPE };
function createHttps(ca) {
    const sessions = new Map();
    async function connectionTo(endpoint) {
        const key = `${endpoint.host} ${endpoint.port} ${endpoint.serverName ?? ''}`;
        const known = sessions.get(key);
        const shared = known === undefined ? undefined : await known;
        if (shared?.protocol === 'h2' && !shared.session.closed && !shared.session.destroyed)
            return shared;
        const opening = openConnection(endpoint, ca);
        sessions.set(key, opening);
        opening.catch(() => sessions.get(key) === opening && sessions.delete(key));
        return opening;
    }
    return async (query, endpoint, limits) => {
        let used;
        const outcome = await withinLimits(limits, ({ settle, fail }) => {
            const cancel = new AbortController();
            connectionTo(endpoint)
                .then((connection) => {
                used = connection;
                return post(connection, query, endpoint, cancel.signal);
            })
                .then(settle, fail);
            return () => cancel.abort();
        });
        if (!outcome.ok && outcome.silence === 'timeout' && used?.protocol === 'h2')
            used.session.close();
        return outcome;
    };
}
async function openConnection(endpoint, ca) {
    const { host, port } = endpoint;
    const proxy = (0,http_proxy/* proxyFor */.i)(new URL(originOf(endpoint)));
    const options = { timeoutMs: CONNECT_TIMEOUT_MS, isBackground: true };
    const tunnel = proxy && { socket: await (0,http_tunnel/* openTunnel */.X)(proxy, nameAndPort(endpoint), options) };
    const socket = (0,external_node_tls_.connect)({
        ...tlsOptions(endpoint, ca),
        host,
        port,
        ...tunnel,
        ALPNProtocols: ['h2', 'http/1.1'],
    });
    socket.unref();
    socket.setTimeout(CONNECT_TIMEOUT_MS, () => socket.destroy(tookTooLong()));
    await ready(socket, 'secureConnect');
    socket.setTimeout(0);
    if (socket.alpnProtocol !== 'h2')
        return { protocol: 'http/1.1', socket };
    const http2 = await Promise.resolve(/* import() */).then(__nccwpck_require__.t.bind(__nccwpck_require__, 2467, 19));
    const session = http2.connect(originOf(endpoint), { createConnection: () => socket });
    session.on('error', () => session.destroy());
    return { protocol: 'h2', session };
}
function nameAndPort({ host, port, serverName }) {
    return `${serverName ?? ((0,external_node_net_.isIPv6)(host) ? `[${host}]` : host)}:${port}`;
}
function originOf(endpoint) {
    return `https://${nameAndPort(endpoint)}`;
}
function authorityOf(endpoint) {
    return new URL(originOf(endpoint)).host;
}
function tookTooLong() {
    return new SilenceError('the connection took too long', 'timeout');
}
function https_closed(message) {
    return new SilenceError(message, 'closed');
}
function ready(socket, event) {
    const { promise, resolve, reject } = Promise.withResolvers();
    socket.once(event, resolve).on('error', reject);
    socket.once('close', () => reject(https_closed('the connection was closed')));
    return promise;
}
async function post(connection, query, endpoint, signal) {
    const { status, body } = connection.protocol === 'h2'
        ? await postOverHttp2(connection.session, query, endpoint, signal)
        : await postOverHttp1(connection.socket, query, endpoint, signal);
    if (status !== 200)
        return { ok: false, silence: 'http-status' };
    const message = decodeResponse(body, query);
    return message === undefined ? { ok: false, silence: 'closed' } : { ok: true, message };
}
async function postOverHttp2(session, query, endpoint, signal) {
    const { path = '/dns-query' } = endpoint;
    const target = { ':method': 'POST', ':authority': authorityOf(endpoint), ':path': path };
    const stream = session.request({ ...target, ...HEADERS }, { signal });
    stream.end(query.wire);
    const status = await responseStatus(stream);
    return { status, body: await readMessage(stream, status) };
}
function responseStatus(stream) {
    const { promise, resolve, reject } = Promise.withResolvers();
    stream.once('response', ({ ':status': status }) => resolve(status)).once('error', reject);
    stream.once('close', () => reject(https_closed('the stream was closed')));
    return promise;
}
async function postOverHttp1(socket, query, endpoint, signal) {
    const { promise, resolve, reject } = Promise.withResolvers();
    const { path = '/dns-query' } = endpoint;
    const headers = { ...HEADERS, host: authorityOf(endpoint), 'content-length': query.wire.length };
    const request = (0,external_node_https_.request)({ createConnection: () => socket, method: 'POST', path, headers, signal });
    request.once('response', (response) => {
        const { statusCode: status } = response;
        readMessage(response, status).then((body) => resolve({ status, body }), reject);
    });
    request.once('error', reject);
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
        if (bytes > MAX_MESSAGE_BYTES)
            throw https_closed('the answer is larger than a DNS message can be');
    }
    return Buffer.concat(chunks);
}

;// CONCATENATED MODULE: ./lib/dns/transports/tcp.js


const tcp = (query, { host, port }, limits) => askOverStream(query, limits, 'connect', () => (0,external_node_net_.connect)({ host, port }));

;// CONCATENATED MODULE: external "node:dgram"
const external_node_dgram_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dgram");
;// CONCATENATED MODULE: ./lib/dns/transports/udp.js




const udp = (query, { host, port }, limits) => withinLimits(limits, ({ settle, fail }) => {
    const socket = (0,external_node_dgram_namespaceObject.createSocket)((0,external_node_net_.isIPv6)(host) ? 'udp6' : 'udp4');
    let isOpen = true;
    socket.on('error', fail);
    socket.on('message', (wire) => {
        const message = decodeResponse(wire, query);
        if (message !== undefined)
            settle({ ok: true, message });
    });
    socket.on('connect', () => {
        if (isOpen)
            socket.send(query.wire);
    });
    socket.connect(port, host);
    return () => {
        isOpen = false;
        socket.close();
    };
});

;// CONCATENATED MODULE: ./lib/dns/client/client.js







const UDP_TIMEOUTS_MS = [1500, 3000];
const STREAM_TIMEOUT_MS = 5000;
const EDNS_REFUSALS = new Set(['FORMERR', 'BADVERS', 'NOTIMP']);
function createDnsClient({ transports = { udp: udp, tcp: tcp, tls: createTls(), https: createHttps() }, clock = systemClock, maxConcurrent = 200, maxQuestionsPerSecond = 1000, } = {}) {
    const limit = pLimit(maxConcurrent);
    const pace = createPace(clock, maxQuestionsPerSecond);
    const turns = new WeakMap();
    const lastWorking = new WeakMap();
    return {
        ask: (server, question, signal, options) => limit(askInTurn, server, { question, signal, ...options }),
    };
    async function askInTurn(server, ask) {
        const turn = turns.get(server) ?? 0;
        turns.set(server, turn + 1);
        const unreachable = new Set();
        let reply;
        let tooLarge;
        for (const attempt of attemptsAt(server, turn, lastWorking.get(server))) {
            if (unreachable.has(attempt.endpoint) || (tooLarge && attempt.transport !== 'https'))
                continue;
            reply = await askOnce(attempt, server, ask);
            if (reply.ok && reply.message.truncated && attempt.transport === 'udp') {
                const overTcp = await askOnce(streamAttempt('tcp', attempt.endpoint), server, ask);
                if (overTcp.ok)
                    return overTcp;
                tooLarge = { ...overTcp, truncatedOverUdp: true };
                continue;
            }
            if (reply.ok) {
                lastWorking.set(server, attempt.transport);
                return reply;
            }
            if (reply.silence === 'unreachable')
                unreachable.add(attempt.endpoint);
        }
        const last = tooLarge ?? reply;
        if (last === undefined)
            throw new RangeError(`the server ${server.label} has no address`);
        return last;
    }
    async function askOnce(attempt, server, ask) {
        const { transport, endpoint, timeoutMs } = attempt;
        const flags = {
            recursionDesired: server.role === 'resolver',
            checkingDisabled: ask.checkingDisabled ?? false,
        };
        const send = async (edns) => {
            await pace(ask.signal);
            const query = encodeQuery(ask.question, { ...flags, edns });
            return transports[transport](query, endpoint, { timeoutMs, signal: ask.signal });
        };
        let outcome = await send(true);
        if (outcome.ok && EDNS_REFUSALS.has(outcome.message.rcode))
            outcome = await send(false);
        const route = { address: endpoint, transport };
        return outcome.ok ? { ...outcome, ...route } : { ...outcome, ...route, truncatedOverUdp: false };
    }
}
function attemptsAt(server, turn, lastWorking) {
    const endpointsOf = (transport) => (transport === 'https' ? server.https : undefined) ?? server.addresses;
    const nth = (transport, index) => {
        const endpoints = endpointsOf(transport);
        return endpoints.slice((turn + index) % endpoints.length).slice(0, 1);
    };
    const overUdp = UDP_TIMEOUTS_MS.flatMap((timeoutMs, index) => nth('udp', index).map((endpoint) => ({ transport: 'udp', endpoint, timeoutMs })));
    const overStream = (transport, count) => Array.from({ length: count }, (_, index) => nth(transport, index))
        .flat()
        .map((one) => streamAttempt(transport, one));
    switch (server.transport) {
        case 'udp':
            return overUdp;
        case 'tcp':
            return overStream('tcp', 1);
        case 'tls':
        case 'https':
            return overStream(server.transport, server.addresses.length);
        case 'auto': {
            const all = [...overUdp, ...overStream('tcp', 1), ...overStream('https', server.https?.length ?? 0)];
            const first = all.filter(({ transport }) => transport === lastWorking);
            return lastWorking === 'https' || lastWorking === 'tcp'
                ? [...first, ...all.filter((one) => !first.includes(one))]
                : all;
        }
    }
}
function streamAttempt(transport, endpoint) {
    return { transport, endpoint, timeoutMs: STREAM_TIMEOUT_MS };
}
function createPace(clock, perSecond) {
    let nextMs = 0;
    return async (signal) => {
        const nowMs = clock.now();
        nextMs = Math.max(nextMs, nowMs) + 1000 / perSecond;
        const pauseMs = Math.floor(nextMs - 1000 / perSecond - nowMs);
        if (pauseMs > 0)
            await clock.sleep(pauseMs, signal);
    };
}

;// CONCATENATED MODULE: external "node:dns/promises"
const promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:dns/promises");
;// CONCATENATED MODULE: ./lib/dns/discovery/system-resolver.js


const TIMEOUT_MS = 2000;
async function systemNameServers(zone) {
    const resolver = new promises_namespaceObject.Resolver({ timeout: TIMEOUT_MS, tries: 1 });
    try {
        const names = await resolver.resolveNs(zone);
        return names.map((name) => name.toLowerCase());
    }
    catch (error) {
        if (!(0,network_error/* isNetworkFault */.d)(error))
            throw error;
        return undefined;
    }
}

;// CONCATENATED MODULE: ./lib/dns/observation/observation.js

const MAX_CNAMES = 8;
function observe(reply, expected, role) {
    if (!reply.ok)
        return silent(reply);
    const { message } = reply;
    if (message.rcode === 'REFUSED' || message.rcode === 'NOTAUTH')
        return unusable('lame', message.rcode);
    if (message.rcode !== 'NOERROR' && message.rcode !== 'NXDOMAIN') {
        return unusable('failed', [message.rcode, ...message.extendedErrors.map(describeExtendedError)].join(', '));
    }
    if (role === 'authoritative' && !message.authoritative) {
        return unusable('not-authoritative', 'the answer is not authoritative (AA=0)');
    }
    if (message.truncated)
        return unusable('failed', 'the answer is truncated (TC=1)');
    return readAnswer(message, expected);
}
const SILENCES = {
    timeout: 'no answer',
    refused: 'connection refused',
    unreachable: 'no route',
    closed: 'connection closed',
    certificate: 'certificate not trusted',
    'http-status': 'HTTP error status',
    proxy: 'no way through the proxy in https_proxy,',
};
function silent(reply) {
    if (reply.truncatedOverUdp)
        return unusable(reply.silence, 'the answer is too large for UDP, and there was no answer over TCP');
    return unusable(reply.silence, `${SILENCES[reply.silence]} over ${reply.transport.toUpperCase()}`);
}
function unusable(why, detail) {
    return { kind: 'unusable', why, detail };
}
function describeExtendedError({ code, text }) {
    return text === '' ? `EDE ${code}` : `EDE ${code} (${text})`;
}
function readAnswer(message, expected) {
    const owner = endOfCnameChain(message.answers, expected.name);
    const rrset = message.answers.filter((record) => record.type === 'TXT' && record.name === owner);
    const values = rrset.map(joinedText);
    const soa = message.authorities.find((record) => record.type === 'SOA');
    const negativeTtlS = soa?.type === 'SOA' ? Math.min(soa.ttlS, soa.minimumS) : undefined;
    const ttlS = rrset.length > 0 ? Math.min(...rrset.map((record) => record.ttlS)) : negativeTtlS;
    if (message.rcode === 'NOERROR' && values.includes(expected.value))
        return { kind: 'present', values, ttlS: ttlS ?? 0 };
    return { kind: 'absent', values, ttlS, serial: soa?.type === 'SOA' ? soa.serial : undefined };
}
function endOfCnameChain(answers, name) {
    let owner = name;
    for (let followed = 0; followed <= MAX_CNAMES; followed++) {
        const cname = answers.find((record) => record.type === 'CNAME' && record.name === owner);
        if (cname?.type !== 'CNAME')
            return owner;
        owner = cname.target;
    }
    return undefined;
}
function joinedText(record) {
    return record.type === 'TXT' ? record.strings.join('') : '';
}
function isDeeper(referral, zone) {
    if (referral === undefined || zone === undefined)
        return referral !== undefined;
    return referral.zone !== zone && (0,dns_name/* isAtOrBelow */.a5)(referral.zone, zone);
}
function referralOf(reply, name) {
    if (!reply?.ok || reply.message.authoritative || reply.message.recursionAvailable)
        return undefined;
    const { answers, authorities, rcode } = reply.message;
    if (rcode !== 'NOERROR' || answers.length > 0)
        return undefined;
    const ns = authorities.flatMap((one) => (one.type === 'NS' ? [one] : []));
    const zone = ns.find((one) => one.name !== '.' && (0,dns_name/* isAtOrBelow */.a5)(name, one.name))?.name;
    if (zone === undefined)
        return undefined;
    return { zone, nameServers: ns.filter((one) => one.name === zone).map(({ target }) => target) };
}

;// CONCATENATED MODULE: ./lib/dns/diagnosis/addresses.js

const PRIVATE_SUBNETS = [
    ['10.0.0.0', 8, 'ipv4'],
    ['172.16.0.0', 12, 'ipv4'],
    ['192.168.0.0', 16, 'ipv4'],
    ['100.64.0.0', 10, 'ipv4'],
    ['169.254.0.0', 16, 'ipv4'],
    ['127.0.0.0', 8, 'ipv4'],
    ['fc00::', 7, 'ipv6'],
    ['fe80::', 10, 'ipv6'],
];
const privateAddresses = new external_node_net_.BlockList();
for (const [network, prefix, family] of PRIVATE_SUBNETS)
    privateAddresses.addSubnet(network, prefix, family);
privateAddresses.addAddress('::1', 'ipv6');
function isPrivateAddress(address) {
    return privateAddresses.check(address, (0,external_node_net_.isIPv6)(address) ? 'ipv6' : 'ipv4');
}

;// CONCATENATED MODULE: ./lib/dns/diagnosis/evidence.js


function messageOf({ reply }) {
    return reply?.ok ? reply.message : undefined;
}
function lacking(servers) {
    return servers.filter(({ state }) => state.observation?.kind === 'absent');
}
function witnesses({ authoritative, resolvers }) {
    const isUsable = ({ state: { observation } }) => observation !== undefined && observation.kind !== 'unusable';
    const answering = authoritative.filter(isUsable);
    return answering.length > 0 ? answering : resolvers.filter(isUsable);
}
function isPublished(evidence) {
    return witnesses(evidence).some(({ state }) => state.observation?.kind === 'present');
}
function txtValues(evidence) {
    const known = witnesses(evidence).flatMap(({ state: { observation } }) => observation === undefined || observation.kind === 'unusable' ? [] : observation.values);
    return [...new Set(known)];
}
function quote(text) {
    return `"${(0,untrusted/* printable */.g$)(text, 200)}"`;
}
function listLabels(servers) {
    const labels = servers.map(({ server }) => server.label);
    if (labels.length > 3)
        return `${labels.slice(0, 2).join(', ')} and ${labels.length - 2} more`;
    return labels.length < 2 ? labels.join('') : `${labels.slice(0, -1).join(', ')} and ${labels.at(-1)}`;
}
function verb(servers, singular, plural) {
    return servers.length === 1 ? singular : plural;
}
function labelsOf(servers) {
    return servers.map(({ server }) => server.label);
}
function evidence_cachedUntil(expiresAtMs, nowMs) {
    const until = `until ${(0,duration/* formatTime */.fU)(expiresAtMs, nowMs)}`;
    const leftMs = expiresAtMs - nowMs;
    return leftMs > 0 ? `cached for ${(0,duration/* formatDuration */.a3)(leftMs)}, ${until}` : `cached ${until}`;
}

;// CONCATENATED MODULE: ./lib/dns/diagnosis/network-causes.js

const port53Intercepted = {
    id: 'port-53-intercepted',
    explain(evidence) {
        const servers = interceptedServers(evidence);
        if (servers.length === 0)
            return undefined;
        return {
            evidence: `queries to ${listLabels(servers)} are answered by a resolver (RA=1, AA=0): something on the network intercepts port 53`,
            remedy: 'Run the job on a network where port 53 is open, or set resolvers to https:// URLs and authoritative-servers to off.',
            servers: labelsOf(servers),
        };
    },
};
function interceptedServers({ authoritative }) {
    if (authoritative.some((server) => messageOf(server)?.authoritative))
        return [];
    return authoritative.filter((server) => messageOf(server)?.recursionAvailable);
}
const port53Blocked = {
    id: 'port-53-blocked',
    explain({ authoritative, resolvers }) {
        const overPlain = [...authoritative, ...resolvers].filter(({ reply }) => reply?.ok && (reply.transport === 'udp' || reply.transport === 'tcp'));
        const overHttps = resolvers.filter(({ reply }) => reply?.ok && reply.transport === 'https');
        const silent = [...authoritative, ...resolvers].filter(isSilent);
        const onlyHttps = resolvers.every(({ server }) => server.transport === 'https');
        if (overPlain.length > 0 || overHttps.length === 0 || (silent.length === 0 && onlyHttps))
            return undefined;
        return {
            evidence: `port 53 is blocked on this network: ${listLabels(overHttps)} answered over HTTPS, but no server answered over UDP or TCP`,
            remedy: 'Allow outbound UDP and TCP to port 53, so that the authoritative servers can be asked. Until then, only the resolvers count.',
            servers: labelsOf(silent),
        };
    },
};
function isSilent({ reply }) {
    return reply?.ok === false && !reply.truncatedOverUdp;
}
const tcpBlocked = {
    id: 'tcp-blocked',
    explain({ authoritative, resolvers }) {
        const servers = [...authoritative, ...resolvers].filter(({ reply }) => reply?.ok === false && reply.truncatedOverUdp);
        if (servers.length === 0)
            return undefined;
        return {
            evidence: `the TXT records do not fit into a UDP answer, and ${listLabels(servers)} ${verb(servers, 'does', 'do')} not answer over TCP`,
            remedy: 'Open TCP port 53 on the servers and on the network path to them: DNS needs both UDP and TCP.',
            servers: labelsOf(servers),
        };
    },
};

;// CONCATENATED MODULE: ./lib/dns/diagnosis/authority-causes.js




const notRegistered = {
    id: 'not-registered',
    explain({ isRegistered, expected, zone }) {
        if (isRegistered)
            return undefined;
        const parent = zone === undefined || zone === '.' ? 'the root zone' : `its parent zone ${zone}`;
        return {
            evidence: `${expected.name} is not registered: ${parent} has no such domain`,
            remedy: 'Check the spelling of email-domain, and whether the registration has expired.',
        };
    },
};
const secondaryLags = {
    id: 'secondary-lags',
    explain({ authoritative, probes }) {
        const behind = lacking(authoritative);
        const ahead = authoritative.filter(({ state }) => state.observation?.kind === 'present');
        const serialOf = ({ server }) => probes.serials.get(server.label);
        const serialsOf = (servers) => [
            ...new Set(servers.map(serialOf).filter((serial) => serial !== undefined)),
        ];
        const newest = Math.max(...serialsOf(ahead.length > 0 ? ahead : behind));
        const slow = ahead.length > 0 ? behind : behind.filter((server) => (serialOf(server) ?? newest) < newest);
        if (slow.length === 0)
            return undefined;
        const older = serialsOf(slow).filter((serial) => serial < newest);
        const shown = older.length === 0 ? '' : ` (SOA serial ${older.join(', ')}, elsewhere ${newest})`;
        return {
            evidence: `${listLabels(slow)} ${verb(slow, 'does', 'do')} not have the latest version of the zone yet${shown}`,
            remedy: 'The zone transfer should follow within the SOA refresh time. If it does not, check that the SOA serial was raised and that NOTIFY arrives, and read the log of the secondary server.',
            servers: labelsOf(slow),
        };
    },
};
const delegationMismatch = {
    id: 'delegation-mismatch',
    explain({ probes: { delegation }, zone }) {
        if (delegation === undefined || delegation.parent.length === 0 || delegation.child.length === 0)
            return undefined;
        const onlyParent = delegation.parent.filter((name) => !delegation.child.includes(name));
        const onlyChild = delegation.child.filter((name) => !delegation.parent.includes(name));
        if (onlyParent.length + onlyChild.length === 0)
            return undefined;
        const sides = [
            onlyParent.length > 0 && `only the parent zone lists ${onlyParent.join(', ')}`,
            onlyChild.length > 0 && `only the zone itself lists ${onlyChild.join(', ')}`,
        ].filter((side) => side !== false);
        return {
            evidence: `the delegation of ${zone ?? 'the zone'} is inconsistent: ${sides.join(', and ')}`,
            remedy: 'Make the NS records at the registrar match those in the zone, and publish the record on all of these servers.',
        };
    },
};
const lameServer = {
    id: 'lame-server',
    explain(evidence) {
        const lame = lameServers(evidence);
        if (lame.length === 0)
            return undefined;
        const hows = new Set(lame.map((server) => messageOf(server)?.rcode));
        const how = [...hows]
            .map((rcode) => (rcode !== undefined && LAME_RCODES.has(rcode) ? rcode : 'without AA'))
            .join(', ');
        return {
            evidence: `${listLabels(lame)} ${verb(lame, 'does', 'do')} not serve the zone (answered ${how})`,
            remedy: `Remove ${verb(lame, 'it', 'them')} from the NS records of the zone, or configure the zone on ${verb(lame, 'it', 'them')}.`,
            servers: labelsOf(lame),
        };
    },
};
function lameServers(evidence) {
    const intercepted = interceptedServers(evidence);
    return evidence.authoritative.filter((server) => {
        const message = messageOf(server);
        if (message === undefined || intercepted.includes(server))
            return false;
        const isForeign = ANSWERS.has(message.rcode) && !message.authoritative;
        return LAME_RCODES.has(message.rcode) || (isForeign && !isReferring(server, evidence));
    });
}
const ANSWERS = new Set(['NOERROR', 'NXDOMAIN']);
const LAME_RCODES = new Set(['REFUSED', 'NOTAUTH', 'SERVFAIL']);
const subDelegation = {
    id: 'sub-delegation',
    explain(evidence) {
        const referring = evidence.authoritative.filter((server) => isReferring(server, evidence));
        const [first] = referring;
        const referral = referralOf(first?.reply, evidence.expected.name);
        if (referral === undefined)
            return undefined;
        const { zone, nameServers } = referral;
        return {
            evidence: `${listLabels(referring)} ${verb(referring, 'refers', 'refer')} to other servers for ${zone}: ${nameServers.join(', ')}`,
            remedy: `Publish the record in the zone ${zone}, on the servers it is delegated to.`,
            servers: labelsOf(referring),
        };
    },
};
function isReferring({ reply }, { expected, zone }) {
    return isDeeper(referralOf(reply, expected.name), zone);
}
const splitHorizon = {
    id: 'split-horizon',
    explain({ authoritative, isDiscovered, probes: { systemNameServers, delegation }, zone }) {
        if (!isDiscovered)
            return undefined;
        const inside = authoritative.filter(({ server }) => server.addresses.every(({ host }) => isPrivateAddress(host)));
        const outside = delegation?.child ?? [];
        const differs = systemNameServers !== undefined &&
            systemNameServers.length > 0 &&
            outside.length > 0 &&
            !systemNameServers.some((name) => outside.includes(name));
        if (inside.length === 0 && !differs)
            return undefined;
        return {
            evidence: differs
                ? `this machine's own resolver lists other name servers for ${zone ?? 'the zone'} (${systemNameServers.join(', ')}) than public DNS`
                : `${listLabels(inside)} ${verb(inside, 'has a private address', 'have private addresses')}: this may be an internal view of the zone`,
            remedy: 'Publish the record in the public view of the zone: Cloudflare looks for it on the public internet.',
            servers: labelsOf(inside),
        };
    },
};

;// CONCATENATED MODULE: ./lib/dns/diagnosis/cache-causes.js

const STALE = new Set([3, 19]);
function holding(evidence, isOld) {
    if (!isPublished(evidence))
        return [];
    return lacking(evidence.resolvers).filter(({ state: { observation, expiresAtMs } }) => observation?.kind === 'absent' && expiresAtMs !== undefined && isOld(observation.values));
}
function explainCache(servers, what, nowMs) {
    if (servers.length === 0)
        return undefined;
    const untilMs = Math.max(...servers.map(({ state }) => state.expiresAtMs ?? nowMs));
    return {
        evidence: `the record is published, but ${listLabels(servers)} still ${verb(servers, 'has', 'have')} ${what} ${evidence_cachedUntil(untilMs, nowMs)}`,
        remedy: 'Just wait: the cache entry expires on its own.',
        servers: labelsOf(servers),
        resolves_at: new Date(untilMs).toISOString(),
    };
}
const absenceCached = {
    id: 'absence-cached',
    explain: (evidence) => explainCache(holding(evidence, (values) => values.length === 0), 'the absence of any TXT record', evidence.nowMs),
};
const oldRrsetCached = {
    id: 'old-rrset-cached',
    explain: (evidence) => explainCache(holding(evidence, (values) => values.length > 0), 'the old TXT records', evidence.nowMs),
};
const anycastSplit = {
    id: 'anycast-split',
    explain({ resolvers, probes }) {
        const split = lacking(resolvers).filter(({ server }) => probes.undecided.includes(server.label));
        if (split.length === 0)
            return undefined;
        return {
            evidence: `${listLabels(split)} ${verb(split, 'answers', 'answer')} sometimes with the record and sometimes without it: several servers with separate caches share one address`,
            remedy: 'Just wait: each of these servers sees the record once its own cache entry expires.',
            servers: labelsOf(split),
        };
    },
};
const staleAnswer = {
    id: 'stale-answer',
    explain({ resolvers }) {
        const stale = lacking(resolvers).filter((server) => messageOf(server)?.extendedErrors.some(({ code }) => STALE.has(code)));
        if (stale.length === 0)
            return undefined;
        return {
            evidence: `${listLabels(stale)} ${verb(stale, 'serves', 'serve')} an expired answer because ${verb(stale, 'it', 'they')} could not reach the authoritative servers`,
            remedy: 'Check that the authoritative servers can be reached from everywhere and do not rate-limit this resolver.',
            servers: labelsOf(stale),
        };
    },
};

;// CONCATENATED MODULE: ./lib/dns/diagnosis/record-causes.js


const CODE_PREFIX = 'cloudflare_dashboard_sso=';
function masterFileLine({ expected }) {
    return `${expected.name} TXT "${expected.value}"`;
}
const notPublished = {
    id: 'not-published',
    explain(evidence) {
        const { authoritative, probes } = evidence;
        const without = lacking(authoritative);
        const serials = new Set(without.map(({ server }) => probes.serials.get(server.label)).filter((one) => one !== undefined));
        const answering = authoritative.filter(({ state }) => state.observation?.kind !== 'unusable');
        if (without.length === 0 || without.length < answering.length || serials.size > 1)
            return undefined;
        const [serial] = serials;
        const version = serial === undefined ? '' : ` (SOA serial ${serial})`;
        return {
            evidence: `the record is not published: ${listLabels(without)} ${verb(without, 'does', 'do')} not have it${version}`,
            remedy: `Publish ${masterFileLine(evidence)} exactly as shown, and check that the zone change has been deployed.`,
            servers: labelsOf(without),
        };
    },
};
const anotherCode = {
    id: 'another-code',
    explain(evidence) {
        const { expected } = evidence;
        if (isPublished(evidence))
            return undefined;
        const values = txtValues(evidence);
        const part = firstPart(values, expected.value);
        const other = values.find((value) => value.startsWith(CODE_PREFIX) && value !== part && !isMangled(value, expected.value));
        if (other === undefined)
            return undefined;
        return {
            evidence: `another verification code is published: ${quote(other)}`,
            remedy: `Publish "${expected.value}" as an additional TXT record; a name can have several. Remove the other code only if you know that its connector no longer exists, in this or another account.`,
        };
    },
};
const quotingOrSplitting = {
    id: 'quoting-or-splitting',
    explain(evidence) {
        const { expected } = evidence;
        if (isPublished(evidence))
            return undefined;
        const values = txtValues(evidence);
        const mangled = values.find((value) => isMangled(value, expected.value));
        const part = firstPart(values, expected.value);
        const seen = part ?? mangled;
        if (seen === undefined)
            return undefined;
        const what = part !== undefined
            ? `the code is split across two TXT records: ${quote(seen)} and the rest`
            : `the TXT record has the code in a different form: ${quote(seen)}`;
        return {
            evidence: what,
            remedy: `Publish one TXT record with the text ${expected.value}, including the prefix, without quotes or spaces inside it.`,
        };
    },
};
function firstPart(values, expected) {
    return values.find((first) => values.some((second) => first !== '' && second !== '' && first + second === expected));
}
function isMangled(value, expected) {
    if (value === expected)
        return false;
    const plain = (text) => text.replaceAll(/["'\\\s;]/g, '').toLowerCase();
    return plain(value) === plain(expected) || `${CODE_PREFIX}${plain(value)}` === plain(expected);
}
const wrongName = {
    id: 'wrong-name',
    explain(evidence) {
        const { probes, expected, zone } = evidence;
        const [name] = probes.elsewhere;
        if (name === undefined || isPublished(evidence))
            return undefined;
        const doubled = name.startsWith(`${expected.name}.`);
        const relative = (zone !== undefined && (0,dns_name/* relativeName */.IC)(expected.name, zone)) || '@';
        return {
            evidence: `the record is published at ${name} instead of ${expected.name}`,
            remedy: doubled
                ? `The DNS tool appends the zone to the name: enter ${relative} as the name, or ${expected.name}. with the trailing dot.`
                : `Move the record to ${expected.name}; in most DNS tools, enter the name as ${relative}.`,
        };
    },
};
const wrongType = {
    id: 'wrong-type',
    explain(evidence) {
        const { expected } = evidence;
        if (isPublished(evidence))
            return undefined;
        const cnames = witnesses(evidence).flatMap((server) => (messageOf(server)?.answers ?? []).flatMap((one) => one.type === 'CNAME' && one.name === expected.name ? [one.target] : []));
        const [target] = cnames;
        if (target === undefined)
            return undefined;
        const holdsCode = target.replace(/\.$/, '').includes(expected.value.toLowerCase());
        return {
            evidence: `${expected.name} is a CNAME to ${target}${holdsCode ? ', which is the code itself' : ''}`,
            remedy: holdsCode
                ? 'Publish the code as a TXT record instead.'
                : 'A name with a CNAME cannot have TXT records: publish the record at the target of the CNAME, or replace the CNAME with address records.',
        };
    },
};

;// CONCATENATED MODULE: ./lib/dns/diagnosis/resolver-causes.js


function telling({ resolvers }, isOneOf) {
    return resolvers.filter((server) => server.state.observation?.kind !== 'present' &&
        messageOf(server)?.extendedErrors.some(({ code }) => isOneOf(code)));
}
function isOfDnssec(code) {
    return code >= 6 && code <= 12;
}
function isReason(code) {
    return code !== 0 && code !== 5;
}
const dnssecBogus = {
    id: 'dnssec-bogus',
    explain(evidence) {
        const failing = evidence.resolvers.filter((server) => messageOf(server)?.rcode === 'SERVFAIL');
        const openWithoutValidation = failing.filter(({ server }) => {
            const reply = evidence.probes.withoutValidation.get(server.label);
            return reply?.ok && (reply.message.rcode === 'NOERROR' || reply.message.rcode === 'NXDOMAIN');
        });
        const told = telling(evidence, isOfDnssec).filter((one) => failing.includes(one));
        const untold = openWithoutValidation.filter((one) => telling({ resolvers: [one] }, isReason).length === 0);
        const bogus = [...new Set([...told, ...untold])];
        if (bogus.length === 0)
            return undefined;
        const words = bogus.flatMap((server) => messageOf(server)?.extendedErrors ?? []);
        const said = words.find(({ code, text }) => isOfDnssec(code) && text !== '');
        return {
            evidence: `DNSSEC validation of the zone fails at ${listLabels(bogus)}${said === undefined ? '' : `: ${quote(said.text)}`}`,
            remedy: 'Sign the zone again, or correct the DS record at the registrar. Until then, validating resolvers give no answer.',
            servers: labelsOf(bogus),
        };
    },
};
const zoneUnreachable = {
    id: 'resolver-cannot-reach-zone',
    explain(evidence) {
        const told = telling(evidence, (code) => code === 22 || code === 23);
        const untold = evidence.resolvers.filter((server) => failsAnyway(server, evidence));
        const servers = [...new Set([...told, ...untold])];
        const { authoritative } = evidence;
        const allLame = authoritative.length > 0 && lameServers(evidence).length === authoritative.length;
        if (servers.length === 0 || allLame)
            return undefined;
        return {
            evidence: `${listLabels(servers)} ${verb(servers, 'gets', 'get')} no usable answer from the authoritative servers`,
            remedy: 'Check that the domain exists and is delegated, and that its authoritative servers answer the whole internet over UDP and TCP, without rate limits or blocked countries.',
            servers: labelsOf(servers),
        };
    },
};
const filtered = {
    id: 'filtered',
    explain(evidence) {
        const told = telling(evidence, (code) => code >= 15 && code <= 17);
        const untold = isPublished(evidence) ? evidence.resolvers.filter(isByPolicy) : [];
        const servers = [...new Set([...told, ...untold])];
        if (servers.length === 0)
            return undefined;
        return {
            evidence: `${listLabels(servers)} ${verb(servers, 'blocks', 'block')} or ${verb(servers, 'filters', 'filter')} the domain`,
            remedy: 'Use other resolvers, or ask the operator of the blocking resolver why the domain is on its list.',
            servers: labelsOf(servers),
        };
    },
};
function isByPolicy(server) {
    const message = messageOf(server);
    const hasSoa = message?.authorities.some(({ type }) => type === 'SOA');
    return message?.rcode === 'REFUSED' || (message?.rcode === 'NXDOMAIN' && !hasSoa);
}
function failsAnyway(server, { probes }) {
    const message = messageOf(server);
    const again = probes.withoutValidation.get(server.server.label);
    const isUntold = message?.extendedErrors.every(({ code }) => !isReason(code)) ?? false;
    return (isUntold && message?.rcode === 'SERVFAIL' && again?.ok === true && again.message.rcode === 'SERVFAIL');
}

;// CONCATENATED MODULE: ./lib/dns/diagnosis/causes.js






const CAUSES = [
    notRegistered,
    port53Intercepted,
    wrongType,
    quotingOrSplitting,
    wrongName,
    anotherCode,
    subDelegation,
    tcpBlocked,
    port53Blocked,
    secondaryLags,
    dnssecBogus,
    filtered,
    zoneUnreachable,
    staleAnswer,
    anycastSplit,
    oldRrsetCached,
    absenceCached,
    notPublished,
    lameServer,
    delegationMismatch,
    splitHorizon,
];
function diagnose(evidence) {
    return CAUSES.flatMap((cause) => {
        const found = cause.explain(evidence);
        if (found === undefined)
            return [];
        const [evidenceLine, remedy] = [(0,untrusted/* printable */.g$)(found.evidence), (0,untrusted/* printable */.g$)(found.remedy)];
        return [{ cause: cause.id, ...found, evidence: evidenceLine, remedy }];
    });
}

;// CONCATENATED MODULE: ./lib/time/linked-abort.js
const ENDED = new Error('the work has ended');
function linkedAbort(parent) {
    const controller = new AbortController();
    const onAbort = () => controller.abort(parent.reason);
    if (parent.aborted)
        onAbort();
    else
        parent.addEventListener('abort', onAbort, { once: true });
    return {
        signal: controller.signal,
        [Symbol.dispose]() {
            parent.removeEventListener('abort', onAbort);
            controller.abort(ENDED);
        },
    };
}

;// CONCATENATED MODULE: ./lib/dns/diagnosis/investigation.js
var __addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var __disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});




const MORE_LOOKS = 3;
const MAX_INVESTIGATION_MS = 10_000;
function wrongNames({ expected: { name }, zone }) {
    const prefixed = ['www', '_cloudflare', '_cloudflare_dashboard_sso', 'cloudflare_dashboard_sso'];
    const around = zone !== undefined && zone !== name ? [`${name}.${zone}`, zone] : [];
    return [`${name}.${name}`, ...prefixed.map((label) => `${label}.${name}`), ...around].filter(isAskable);
}
async function investigate(scene, services) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const limit = __addDisposableResource(env_1, linkedAbort(services.signal), false);
        const isOver = services.clock.sleep(MAX_INVESTIGATION_MS, limit.signal);
        const orNothing = (probe, nothing) => Promise.race([probe, isOver.then(() => nothing)]);
        const within = { ...services, signal: limit.signal };
        const ask = scene.isDiscovered && scene.zone !== undefined ? services.systemNameServers(scene.zone) : undefined;
        const [serials, elsewhere, delegation, withoutValidation, undecided, systemNameServers] = await Promise.all([
            orNothing(readSerials(scene, within), new Map()),
            orNothing(lookElsewhere(scene, within), []),
            orNothing(compareDelegation(scene, within), undefined),
            orNothing(askWithoutValidation(scene, within), new Map()),
            orNothing(askOtherBackends(scene, within), []),
            orNothing(Promise.resolve(ask), undefined),
        ]);
        return { serials, elsewhere, delegation, withoutValidation, undecided, systemNameServers };
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        __disposeResources(env_1);
    }
}
function hasAnswered({ reply }) {
    return reply?.ok === true;
}
async function readSerials(scene, { client, signal }) {
    const question = { name: scene.zone ?? scene.expected.name, type: 'SOA' };
    const serials = scene.authoritative
        .filter(hasAnswered)
        .map(async ({ server }) => {
        const reply = await client.ask(server, question, signal);
        const soa = reply.ok
            ? [...reply.message.answers, ...reply.message.authorities].find(({ type }) => type === 'SOA')
            : undefined;
        return soa?.type === 'SOA' ? [[server.label, soa.serial]] : [];
    });
    return new Map((await Promise.all(serials)).flat());
}
async function lookElsewhere(scene, { client, signal }) {
    const server = scene.authoritative.find(hasAnswered)?.server;
    if (server === undefined)
        return [];
    const looks = wrongNames(scene).map(async (name) => {
        const reply = await client.ask(server, { name, type: 'TXT' }, signal);
        const texts = reply.ok
            ? reply.message.answers.flatMap((one) => one.type === 'TXT' && one.name === name ? [one.strings.join('')] : [])
            : [];
        return texts.includes(scene.expected.value) ? [name] : [];
    });
    return (await Promise.all(looks)).flat();
}
async function compareDelegation(scene, services) {
    const { zone, isDiscovered } = scene;
    const server = scene.authoritative.find(hasAnswered)?.server;
    if (!isDiscovered || zone === undefined || server === undefined)
        return undefined;
    const [parent, reply] = await Promise.all([
        services.parentNameServers(zone),
        services.client.ask(server, { name: zone, type: 'NS' }, services.signal),
    ]);
    const child = reply.ok
        ? reply.message.answers.flatMap((one) => (one.type === 'NS' && one.name === zone ? [one.target] : []))
        : [];
    return { parent, child };
}
async function askWithoutValidation({ resolvers, expected, resolversMayKnow }, { client, signal }) {
    const question = { name: expected.name, type: resolversMayKnow ? 'TXT' : 'SOA' };
    const failing = resolvers.filter(({ reply }) => reply?.ok === true && reply.message.rcode === 'SERVFAIL');
    const replies = failing.map(async ({ server }) => {
        return [server.label, await client.ask(server, question, signal, { checkingDisabled: true })];
    });
    return new Map(await Promise.all(replies));
}
async function askOtherBackends({ authoritative, resolvers, expected }, { client, signal }) {
    if (!isPublished({ authoritative, resolvers }))
        return [];
    const question = { name: expected.name, type: 'TXT' };
    const looks = lacking(resolvers).map(async ({ server }) => {
        const again = Array.from({ length: MORE_LOOKS }, () => client.ask(server, question, signal));
        const replies = await Promise.all(again);
        const isThere = replies.some((reply) => observe(reply, expected, 'resolver').kind === 'present');
        return isThere ? [server.label] : [];
    });
    return (await Promise.all(looks)).flat();
}

;// CONCATENATED MODULE: ./lib/dns/discovery/authority.js
var authority_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var authority_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});





const HEDGE_MS = 1000;
const authority_MAX_SERVERS = 64;
const PARENT_SERVERS = 2;
async function discoverAuthority(name, services) {
    const apex = await findZoneApex(name, services);
    if (apex === undefined)
        return { kind: 'unknown', reason: 'no resolver could say which zone the domain is in' };
    if (apex === '.' || !apex.includes('.'))
        return { kind: 'not-registered', apex };
    const nameServers = await recordTargets({ name: apex, type: 'NS' }, services);
    const servers = await serversNamed(nameServers, services);
    if (servers.length > 0)
        return { kind: 'found', apex, servers };
    return { kind: 'unknown', reason: `no address was found for any name server of ${apex}` };
}
async function serversNamed(nameServers, services) {
    const perServer = await Promise.all(nameServers.map((nameServer) => addressesOf(nameServer, services)));
    return uniqueByAddress(perServer.flat()).slice(0, authority_MAX_SERVERS);
}
async function parentNameServers(zone, services) {
    const [, above] = (0,dns_name/* selfAndAncestors */.Qy)(zone);
    const parent = above === undefined ? undefined : await findZoneApex(above, services);
    if (parent === undefined)
        return [];
    const nameServers = await recordTargets({ name: parent, type: 'NS' }, services);
    const servers = await serversNamed(nameServers.slice(0, PARENT_SERVERS), services);
    for (const server of servers.slice(0, PARENT_SERVERS)) {
        const reply = await services.client.ask(server, { name: zone, type: 'NS' }, services.signal);
        const records = reply.ok ? [...reply.message.answers, ...reply.message.authorities] : [];
        const delegation = records.flatMap((one) => (one.type === 'NS' && one.name === zone ? [one.target] : []));
        if (delegation.length > 0)
            return delegation;
    }
    return [];
}
async function findZoneApex(name, services) {
    for (const candidate of (0,dns_name/* selfAndAncestors */.Qy)(name)) {
        const message = await firstAnswer({ name: candidate, type: 'SOA' }, services);
        if (message === undefined)
            return undefined;
        if (message.answers.some((record) => record.type === 'CNAME' && record.name === candidate))
            continue;
        const soa = [...message.answers, ...message.authorities].find((record) => record.type === 'SOA' && (0,dns_name/* isAtOrBelow */.a5)(candidate, record.name));
        if (soa !== undefined)
            return soa.name;
    }
    return undefined;
}
async function addressesOf(nameServer, services) {
    const types = ['A', 'AAAA'];
    const hosts = await Promise.all(types.map((type) => recordTargets({ name: nameServer, type }, services)));
    return hosts
        .flat()
        .filter((host) => (0,external_node_net_.isIP)(host) !== 0)
        .map((host) => authoritativeServer({ host, port: services.authoritativePort }, nameServer));
}
async function recordTargets(question, services) {
    if (!isAskable(question.name))
        return [];
    const message = await firstAnswer(question, services);
    return (message?.answers ?? []).flatMap((record) => record.type === question.type && 'target' in record ? [record.target] : []);
}
function uniqueByAddress(servers) {
    const key = ({ addresses }) => addresses.map(({ host }) => host).join();
    return [...new Map(servers.map((server) => [key(server), server])).values()];
}
class NoAnswer extends Error {
}
async function firstAnswer(question, services) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const answered = authority_addDisposableResource(env_1, linkedAbort(services.signal), false);
        const { signal } = answered;
        try {
            return await Promise.any(services.resolvers.map(async (resolver, index) => {
                if (index > 0)
                    await services.clock.sleep(index * HEDGE_MS, signal);
                const reply = await services.client.ask(resolver, question, signal);
                if (reply.ok && (reply.message.rcode === 'NOERROR' || reply.message.rcode === 'NXDOMAIN'))
                    return reply.message;
                throw new NoAnswer(`${resolver.label} gave no answer`);
            }));
        }
        catch (error) {
            services.signal.throwIfAborted();
            if (!(error instanceof AggregateError))
                throw error;
            const defect = error.errors.find((one) => !(one instanceof NoAnswer));
            if (defect !== undefined)
                throw defect;
            return undefined;
        }
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        authority_disposeResources(env_1);
    }
}

;// CONCATENATED MODULE: ./lib/dns/wait/current-txt.js
var current_txt_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var current_txt_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});




const HINT = 'The complete list of TXT values is needed, because a DNS tool that owns the RRset deletes every value that is not in the list. Run again, or set authoritative-servers to the servers of the zone.';
async function currentTxt(name, given, services, limitMs) {
    const env_1 = { stack: [], error: void 0, hasError: false };
    try {
        const looking = current_txt_addDisposableResource(env_1, linkedAbort(services.signal), false);
        if (limitMs !== undefined)
            void endAfter(limitMs, looking, services);
        const limited = { ...services, signal: looking.signal };
        const servers = given ?? (await unlessLate(discoverServers(name, limited), limited, services));
        if (servers === undefined) {
            const limit = (0,duration/* formatDuration */.a3)(limitMs ?? 0);
            throw new domain_errors/* DnsError */.AU(`Could not find the authoritative servers of ${name} within ${limit}.`, {
                hint: HINT,
            });
        }
        const replies = await Promise.all(servers.map((server) => unlessLate(limited.client.ask(server, { name, type: 'TXT' }, limited.signal), limited, services)));
        const messages = replies.flatMap((reply) => (reply?.ok ? [reply.message] : []));
        const believed = messages.filter(({ authoritative, rcode, truncated }) => authoritative && !truncated && (rcode === 'NOERROR' || rcode === 'NXDOMAIN'));
        if (believed.length === 0) {
            const asked = servers.map(({ label }) => label).join(', ');
            throw new domain_errors/* DnsError */.AU(`Could not read the TXT records of ${name}: none of ${asked} gave an authoritative answer.`, { hint: HINT });
        }
        const records = believed.flatMap(({ answers }) => answers).filter((record) => record.name === name);
        if (records.some(({ type }) => type === 'CNAME')) {
            throw new domain_errors/* DnsError */.AU(`${name} is a CNAME, so it cannot have TXT records.`, {
                hint: 'Replace the CNAME with the records of its target first.',
            });
        }
        return [...new Set(records.flatMap(txtText))].sort();
    }
    catch (e_1) {
        env_1.error = e_1;
        env_1.hasError = true;
    }
    finally {
        current_txt_disposeResources(env_1);
    }
}
async function endAfter(limitMs, looking, { clock }) {
    await Promise.allSettled([clock.sleep(limitMs, looking.signal)]);
    looking[Symbol.dispose]();
}
async function unlessLate(work, limited, step) {
    try {
        return await work;
    }
    catch (thrown) {
        if (limited.signal.aborted && !step.signal.aborted)
            return undefined;
        throw thrown;
    }
}
async function discoverServers(name, services) {
    const discovery = await discoverAuthority(name, services);
    if (discovery.kind === 'found')
        return discovery.servers;
    const why = discovery.kind === 'unknown' ? discovery.reason : 'the domain is not registered';
    throw new domain_errors/* DnsError */.AU(`Could not read the TXT records of ${name}: ${why}.`, { hint: HINT });
}
function txtText(record) {
    if (record.type !== 'TXT')
        return [];
    const text = record.strings.join('');
    if (!text.includes('\ufffd'))
        return [text];
    throw new domain_errors/* DnsError */.AU(`A TXT record of ${record.name} is not valid UTF-8 and cannot be written as text.`, {
        hint: HINT,
    });
}

;// CONCATENATED MODULE: ./lib/dns/wait/report.js
function toDnsReport({ expected, verdict, zone, startedAtMs, endedAtMs, servers, diagnosis, }) {
    const { reason, authoritative, expectedAtMs } = verdict;
    return {
        name: expected.name,
        type: 'TXT',
        value: expected.value,
        visible: reason === 'visible',
        authoritative,
        reason,
        ...(zone !== undefined && { zone }),
        started_at: iso(startedAtMs),
        ended_at: iso(endedAtMs),
        ...(expectedAtMs !== undefined && { expected_at: iso(expectedAtMs) }),
        servers: servers.map(toServerReport),
        diagnosis,
    };
}
function toServerReport({ server, state, reply }) {
    const { observation, answeredAtMs, presentSinceMs, expiresAtMs } = state;
    return {
        server: state.label,
        role: server.role,
        ...describeObservation(observation),
        ...(reply !== undefined && { transport: reply.transport }),
        ...(answeredAtMs !== undefined && { answered_at: iso(answeredAtMs) }),
        ...(presentSinceMs !== undefined && { seen_at: iso(presentSinceMs) }),
        ...(expiresAtMs !== undefined && { expires_at: iso(expiresAtMs) }),
    };
}
function describeObservation(observation) {
    if (observation === undefined)
        return { record: 'unknown', txt: [], problem: 'not asked' };
    if (observation.kind === 'unusable')
        return { record: 'unknown', txt: [], problem: observation.detail };
    const { kind, values, ttlS } = observation;
    const serial = observation.kind === 'absent' ? observation.serial : undefined;
    return {
        record: kind,
        txt: values,
        ...(ttlS !== undefined && { ttl: ttlS }),
        ...(serial !== undefined && { serial }),
    };
}
function iso(epochMs) {
    return new Date(epochMs).toISOString();
}

;// CONCATENATED MODULE: ./lib/dns/wait/track.js
const PROBE_PAUSES_MS = [5000, 10_000, 20_000, 40_000, 60_000];
const LAST_PROBE_PAUSE_MS = 60_000;
const EXPIRY_SLACK_MS = 200;
const MIN_RESOLVER_PAUSE_MS = 1000;
function newTrack(label, nextAskAtMs) {
    return {
        label,
        observation: undefined,
        answeredAtMs: undefined,
        presentSinceMs: undefined,
        confirmed: false,
        askedAtMs: 0,
        nextAskAtMs,
        inFlight: false,
        misses: 0,
        failures: 0,
    };
}
function newResolverTrack(label) {
    return { ...newTrack(label, Number.POSITIVE_INFINITY), expiresAtMs: undefined };
}
function isUntouched(track) {
    return track.observation === undefined && !track.inFlight && track.nextAskAtMs === Number.POSITIVE_INFINITY;
}
function isUnreachable(track) {
    return track.observation?.kind === 'unusable' && track.observation.why === 'unreachable';
}
function cacheExpiry(observation, nowMs) {
    const ttlS = observation.kind === 'absent' ? observation.ttlS : undefined;
    return ttlS === undefined ? undefined : nowMs + ttlS * 1000;
}
function resolverAskAt(track, nowMs) {
    const probeMs = nowMs + (PROBE_PAUSES_MS[track.misses - 1] ?? LAST_PROBE_PAUSE_MS);
    const expiryMs = (track.expiresAtMs ?? Number.POSITIVE_INFINITY) + EXPIRY_SLACK_MS;
    return Math.max(nowMs + MIN_RESOLVER_PAUSE_MS, Math.min(probeMs, expiryMs));
}

;// CONCATENATED MODULE: ./lib/dns/wait/propagation.js

const CONFIRMATION_GAP_MS = 1000;
const FIRST_PAUSE_MS = 1000;
const PAUSE_GROWTH = 1.5;
const PAUSE_JITTER = 0.2;
const FAILURES_OF_A_DEAD_SERVER = 2;
class Propagation {
    #plan;
    #random;
    #deadlineMs;
    #oneLook;
    #authoritative;
    #resolvers;
    #tracks;
    #phase;
    #confirmedByAuthority = false;
    #pauseMs = FIRST_PAUSE_MS;
    #nextRoundAtMs;
    constructor(plan, random = Math.random) {
        this.#plan = plan;
        this.#random = random;
        this.#oneLook = plan.timeoutMs === 0;
        this.#deadlineMs = plan.startedAtMs + plan.timeoutMs;
        this.#nextRoundAtMs = plan.startedAtMs;
        this.#authoritative = plan.authoritative.map((label) => newTrack(label, plan.startedAtMs));
        const isRequired = (label) => (plan.required.includes(label) ? 1 : 0);
        this.#resolvers = plan.resolvers
            .toSorted((a, b) => isRequired(a) - isRequired(b))
            .map((label) => newResolverTrack(label));
        this.#tracks = new Map([...this.#authoritative, ...this.#resolvers].map((track) => [track.label, track]));
        this.#phase = 'authoritative';
    }
    get servers() {
        return [...this.#tracks.values()];
    }
    state(label) {
        return { ...this.#track(label) };
    }
    get phase() {
        return this.#phase === 'authoritative' ? 'authoritative' : 'resolvers';
    }
    next(nowMs) {
        if (this.#phase === 'authoritative')
            this.#leaveAuthoritative(nowMs);
        if (this.#phase === 'canary')
            this.#advanceCanary(nowMs);
        const verdict = this.#verdict(nowMs);
        if (verdict !== undefined)
            return { kind: 'finish', verdict };
        const active = this.#active();
        const due = active.filter((track) => !track.inFlight && track.nextAskAtMs <= nowMs);
        if (due.length > 0)
            return this.#ask(due, nowMs);
        const wakeUps = active.filter((track) => !track.inFlight).map((track) => track.nextAskAtMs);
        return { kind: 'wait', untilMs: Math.min(...wakeUps) };
    }
    noteReply(label, observation, nowMs) {
        const track = this.#track(label);
        const resolver = this.#resolvers.find((one) => one === track);
        track.inFlight = false;
        track.observation = observation;
        track.answeredAtMs = nowMs;
        track.failures = observation.kind === 'unusable' ? track.failures + 1 : 0;
        track.misses = observation.kind === 'present' ? 0 : track.misses + 1;
        if (resolver !== undefined)
            resolver.expiresAtMs = cacheExpiry(observation, nowMs);
        this.#noteSighting(track, nowMs);
        const nextMs = resolver === undefined ? this.#nextRoundAtMs : resolverAskAt(resolver, nowMs);
        track.nextAskAtMs = this.#withinDeadline(nextMs, nowMs);
    }
    #track(label) {
        const track = this.#tracks.get(label);
        if (track === undefined)
            throw new RangeError(`no server of this wait is called ${label}`);
        return track;
    }
    #noteSighting(track, nowMs) {
        if (track.observation?.kind !== 'present') {
            track.presentSinceMs = undefined;
            track.confirmed = false;
            return;
        }
        if (track.presentSinceMs === undefined) {
            track.presentSinceMs = nowMs;
            this.#lookAgainSoon(nowMs);
        }
        else if (track.askedAtMs >= track.presentSinceMs + CONFIRMATION_GAP_MS) {
            track.confirmed = true;
        }
        if (this.#oneLook)
            track.confirmed = true;
    }
    #lookAgainSoon(nowMs) {
        this.#pauseMs = FIRST_PAUSE_MS;
        this.#nextRoundAtMs = nowMs + CONFIRMATION_GAP_MS;
        for (const track of this.#authoritative) {
            if (Number.isFinite(track.nextAskAtMs))
                track.nextAskAtMs = this.#withinDeadline(this.#nextRoundAtMs, nowMs);
        }
    }
    #ask(due, nowMs) {
        for (const track of due) {
            track.inFlight = true;
            track.askedAtMs = nowMs;
        }
        if (this.#phase === 'authoritative' && nowMs >= this.#nextRoundAtMs) {
            this.#nextRoundAtMs = nowMs + this.#pauseMs * (1 - PAUSE_JITTER * this.#random());
            this.#pauseMs = Math.min(this.#pauseMs * PAUSE_GROWTH, this.#plan.pollIntervalMs);
        }
        return { kind: 'ask', labels: due.map((track) => track.label) };
    }
    #active() {
        if (this.#phase === 'authoritative')
            return this.#authoritative;
        return this.#resolvers.filter((track) => track.observation?.kind !== 'present');
    }
    #leaveAuthoritative(nowMs) {
        const servers = this.#authoritative.filter((track) => !isUnreachable(track));
        const responsive = servers.filter((track) => track.failures === 0 && track.observation !== undefined);
        const patience = this.#oneLook ? 1 : FAILURES_OF_A_DEAD_SERVER;
        const othersAreDead = servers.every((track) => responsive.includes(track) || track.failures >= patience);
        const othersHaveFailed = servers.every((track) => responsive.includes(track) || track.failures >= 1);
        if (!responsive.every((track) => track.confirmed))
            return;
        if (responsive.length > 0 && othersHaveFailed && responsive.length * 2 >= servers.length) {
            this.#confirmedByAuthority = true;
            this.#phase = 'resolvers';
            for (const track of this.#resolvers)
                this.#askSoon(track, nowMs);
        }
        else if (othersAreDead) {
            this.#phase = 'canary';
        }
    }
    #advanceCanary(nowMs) {
        if (this.#resolvers.some((track) => track.observation?.kind === 'present')) {
            this.#phase = 'resolvers';
            for (const track of this.#resolvers.filter(isUntouched))
                this.#askSoon(track, nowMs);
            return;
        }
        const touched = this.#resolvers.filter((track) => !isUntouched(track));
        if (touched.some((track) => track.failures < (this.#oneLook ? 1 : FAILURES_OF_A_DEAD_SERVER)))
            return;
        const next = this.#resolvers.find(isUntouched);
        if (next !== undefined)
            this.#askSoon(next, nowMs);
    }
    #verdict(nowMs) {
        const authoritative = this.#confirmedByAuthority;
        if (this.#phase !== 'authoritative') {
            if (this.#hasQuorum((track) => track.observation?.kind === 'present'))
                return { reason: 'visible', authoritative };
            if (!this.#oneLook && !this.#hasQuorum((track) => this.#canHaveItInTime(track))) {
                return { reason: 'not-in-time', authoritative, expectedAtMs: this.#expectedAtMs(nowMs) };
            }
        }
        const canGoOn = this.#active().some((track) => track.inFlight || Number.isFinite(track.nextAskAtMs));
        return canGoOn ? undefined : { reason: 'timed-out', authoritative };
    }
    #hasQuorum(holds) {
        const holding = this.#resolvers.filter(holds);
        const needed = Math.max(this.#plan.quorum, Math.min(2, this.#resolvers.length));
        const required = this.#plan.required.every((label) => holding.some((track) => track.label === label));
        return required && holding.length >= needed;
    }
    #canHaveItInTime(track) {
        return track.expiresAtMs === undefined || track.expiresAtMs <= this.#deadlineMs;
    }
    #expectedAtMs(nowMs) {
        const expiries = this.#resolvers.map((track) => track.expiresAtMs ?? nowMs).toSorted((a, b) => a - b);
        const isEnough = (atMs) => this.#hasQuorum((track) => (track.expiresAtMs ?? nowMs) <= atMs);
        return expiries.find(isEnough) ?? nowMs;
    }
    #askSoon(track, nowMs) {
        track.nextAskAtMs = this.#oneLook || nowMs < this.#deadlineMs ? nowMs : Number.POSITIVE_INFINITY;
    }
    #withinDeadline(atMs, nowMs) {
        return nowMs >= this.#deadlineMs ? Number.POSITIVE_INFINITY : Math.min(atMs, this.#deadlineMs);
    }
}

;// CONCATENATED MODULE: ./lib/dns/wait/wait.js



const GATHER_MS = 1000;
const QUIET_PAUSES_MS = [60_000, 60_000, 60_000, 120_000];
const LAST_QUIET_PAUSE_MS = 300_000;
function waitForRecord(expected, servers, plan, listener, services) {
    return new RecordWait(expected, servers, plan, listener, services).run();
}
class RecordWait {
    #expected;
    #servers;
    #zone;
    #listener;
    #client;
    #clock;
    #propagation;
    #replies = new Map();
    #pending = new Set();
    #ended;
    #reported = new Map();
    #changedAtMs = Number.POSITIVE_INFINITY;
    #questionsUnderWay = 0;
    #phase;
    #lastReportAtMs;
    #quietReports = 0;
    #isExplaining = false;
    constructor(expected, servers, plan, listener, { client, clock, signal, random }) {
        this.#expected = expected;
        this.#servers = servers;
        this.#zone = plan.zone;
        this.#listener = listener;
        this.#client = client;
        this.#clock = clock;
        this.#propagation = new Propagation(plan, random);
        this.#ended = linkedAbort(signal);
        this.#phase = this.#propagation.phase;
        this.#lastReportAtMs = clock.now();
    }
    async run() {
        try {
            let verdict;
            while (verdict === undefined)
                verdict = await this.#advance();
            return { verdict, servers: this.#evidence() };
        }
        finally {
            this.#ended[Symbol.dispose]();
            await Promise.allSettled(this.#pending);
        }
    }
    async #advance() {
        const move = this.#propagation.next(this.#clock.now());
        const verdict = this.#verdictOf(move);
        if (verdict !== undefined || this.#questionsUnderWay === 0)
            this.#reportChanges();
        this.#reportPhase();
        if (verdict !== undefined || move.kind === 'finish')
            return verdict;
        if (move.kind === 'ask') {
            for (const label of move.labels)
                this.#start(this.#ask(label));
            return undefined;
        }
        const changesDueAtMs = this.#changedAtMs + GATHER_MS;
        await this.#untilReplyOr(Math.min(move.untilMs, changesDueAtMs, this.#nextReportAtMs()));
        if (this.#clock.now() >= changesDueAtMs)
            this.#reportChanges();
        if (this.#clock.now() >= this.#nextReportAtMs())
            this.#reportQuiet();
        return undefined;
    }
    #verdictOf(move) {
        if (move.kind === 'finish')
            return move.verdict;
        const referral = this.#commonReferral();
        return referral === undefined ? undefined : { reason: 'referred', referral };
    }
    #commonReferral() {
        const authoritative = this.#propagation.servers.filter(({ label }) => this.#servers.get(label)?.role === 'authoritative');
        if (authoritative.some(({ observation }) => observation?.kind !== 'unusable'))
            return undefined;
        return authoritative
            .map(({ label }) => referralOf(this.#replies.get(label), this.#expected.name))
            .find((referral) => isDeeper(referral, this.#zone));
    }
    #start(work) {
        const pending = work.then(() => {
            this.#pending.delete(pending);
        });
        this.#pending.add(pending);
    }
    async #ask(label) {
        const server = this.#servers.get(label);
        if (server === undefined)
            throw new RangeError(`no server of this wait is called ${label}`);
        const question = { name: this.#expected.name, type: 'TXT' };
        this.#questionsUnderWay += 1;
        const reply = await this.#client.ask(server, question, this.#ended.signal);
        this.#questionsUnderWay -= 1;
        const nowMs = this.#clock.now();
        const observation = observe(reply, this.#expected, server.role);
        this.#propagation.noteReply(label, observation, nowMs);
        this.#replies.set(label, reply);
        if (answerKey(observation) !== this.#reported.get(label))
            this.#changedAtMs = Math.min(this.#changedAtMs, nowMs);
    }
    #reportChanges() {
        if (this.#changedAtMs === Number.POSITIVE_INFINITY)
            return;
        this.#changedAtMs = Number.POSITIVE_INFINITY;
        const changed = this.#evidence().filter(({ state: { label, observation } }) => {
            const isNew = observation !== undefined && answerKey(observation) !== this.#reported.get(label);
            if (isNew)
                this.#reported.set(label, answerKey(observation));
            return isNew;
        });
        if (changed.length === 0)
            return;
        this.#lastReportAtMs = this.#clock.now();
        this.#quietReports = 0;
        this.#listener.changed(changed);
    }
    #reportPhase() {
        if (this.#propagation.phase === this.#phase)
            return;
        this.#reportChanges();
        this.#phase = this.#propagation.phase;
        const resolvers = [...this.#servers.values()].filter(({ role }) => role === 'resolver');
        this.#listener.askingResolvers(resolvers);
    }
    #nextReportAtMs() {
        return this.#lastReportAtMs + (QUIET_PAUSES_MS[this.#quietReports] ?? LAST_QUIET_PAUSE_MS);
    }
    #reportQuiet() {
        this.#lastReportAtMs = this.#clock.now();
        this.#quietReports += 1;
        if (this.#isExplaining)
            return;
        this.#isExplaining = true;
        const explained = this.#listener.stillWaiting(this.#evidence(), this.#ended.signal);
        this.#start(explained.then(() => {
            this.#isExplaining = false;
        }));
    }
    async #untilReplyOr(untilMs) {
        const wake = linkedAbort(this.#ended.signal);
        const sleep = this.#clock.sleep(Math.max(0, untilMs - this.#clock.now()), wake.signal);
        try {
            await Promise.race([sleep, ...this.#pending]);
        }
        finally {
            wake[Symbol.dispose]();
            await Promise.allSettled([sleep]);
        }
    }
    #evidence() {
        return this.#propagation.servers.flatMap((state) => {
            const server = this.#servers.get(state.label);
            const reply = this.#replies.get(state.label);
            return server === undefined ? [] : [{ server, state: { ...state }, reply }];
        });
    }
}
function answerKey(observation) {
    if (observation.kind === 'unusable')
        return `${observation.why} ${observation.detail}`;
    return JSON.stringify([observation.kind, observation.values.toSorted()]);
}

;// CONCATENATED MODULE: ./lib/dns/wait/wording.js


const wording_MAX_NAMED = 8;
function describeServers(servers, nowMs) {
    const answers = Map.groupBy(servers, (server) => describeAnswer(server, true, nowMs));
    return [...answers].flatMap(([singular, [first, ...others]]) => {
        if (first === undefined)
            return [];
        const labels = (0,naming/* naming */.b)([first, ...others].map(({ label }) => label), wording_MAX_NAMED);
        const answer = others.length === 0 ? singular : describeAnswer(first, false, nowMs);
        return [`${labels} ${answer}.`];
    });
}
function describeAnswer({ observation, expiresAtMs }, isOne, nowMs) {
    const has = isOne ? 'has' : 'have';
    if (observation === undefined)
        return `${has} not answered yet`;
    if (observation.kind === 'unusable')
        return `failed: ${observation.detail}`;
    if (observation.kind === 'present')
        return `${has} the record`;
    const others = observation.values.length;
    if (expiresAtMs !== undefined) {
        const what = others === 0 ? 'the absence of the record' : 'the old TXT records';
        return `still ${has} ${what} ${evidence_cachedUntil(expiresAtMs, nowMs)}`;
    }
    const found = others === 0 ? 'nor any other TXT record' : `only ${others} other TXT record${others === 1 ? '' : 's'}`;
    return `${isOne ? 'does' : 'do'} not have the record yet, ${found}`;
}
function countServers(servers) {
    const parts = ['authoritative', 'resolver'].flatMap((role) => {
        const ofRole = servers.filter((server) => server.role === role);
        const present = ofRole.filter((server) => server.record === 'present').length;
        const noun = role === 'resolver' ? 'resolvers' : 'authoritative servers';
        return ofRole.length === 0 ? [] : [`${present} of ${ofRole.length} ${noun}`];
    });
    return parts.length === 0 ? 'no server was asked' : `${parts.join(' and ')} have the record`;
}
function explainInvisible(report) {
    const [main] = report.diagnosis;
    const late = report.reason === 'not-in-time' && report.expected_at !== undefined;
    const again = late ? ` Run again after ${report.expected_at}, or use a longer timeout.` : '';
    if (main !== undefined && late && main.resolves_at !== undefined)
        return { why: main.evidence, remedy: again.trimStart() };
    if (main !== undefined)
        return { why: main.evidence, remedy: `${main.remedy}${again}` };
    const record = `${report.name} TXT "${report.value}"`;
    return {
        why: countServers(report.servers),
        remedy: `Check that ${record} is published, then run again.${again}`,
    };
}

;// CONCATENATED MODULE: ./lib/dns/wait/wait-log.js


const MINUTE_MS = 60_000;
class WaitLog {
    #services;
    #startedAtMs;
    #deadlineMs;
    #toldCause = '';
    constructor(startedAtMs, timeoutMs, services) {
        this.#services = services;
        this.#startedAtMs = startedAtMs;
        this.#deadlineMs = startedAtMs + timeoutMs;
    }
    changed(servers) {
        const states = servers.map(({ state }) => state);
        for (const line of describeServers(states, this.#services.clock.now()))
            this.#services.log.detail(line);
    }
    askingResolvers(resolvers) {
        this.#services.log.detail(`Asking the resolvers: ${resolvers.map(({ label }) => label).join(', ')}.`);
    }
    async stillWaiting(servers, signal) {
        const [cause] = await this.#services.explain(servers, signal);
        const count = countServers(servers.filter(({ reply }) => reply !== undefined).map(toCounted));
        this.#services.log.detail(`Still waiting, ${this.#times()}: ${count}${this.#describeCause(cause)}`);
    }
    #times() {
        const nowMs = this.#services.clock.now();
        const elapsed = `${inMinutes(nowMs - this.#startedAtMs)} elapsed`;
        return nowMs < this.#deadlineMs ? `${elapsed}, ${inMinutes(this.#deadlineMs - nowMs)} left` : elapsed;
    }
    #describeCause(cause) {
        const known = this.#toldCause;
        this.#toldCause = cause === undefined ? '' : causeKey(cause);
        if (cause === undefined)
            return '.';
        if (this.#toldCause === known)
            return ` (${cause.cause}).`;
        return `. Most likely cause: ${cause.evidence}. ${cause.remedy}`;
    }
}
function inMinutes(durationMs) {
    const unitMs = durationMs < MINUTE_MS ? 1000 : MINUTE_MS;
    return (0,duration/* formatDuration */.a3)(Math.round(durationMs / unitMs) * unitMs);
}
function causeKey({ cause, evidence, servers = [], resolves_at }) {
    return resolves_at === undefined ? `${cause}: ${evidence}` : `${cause}: ${servers.join(', ')}`;
}
function toCounted({ server, state }) {
    const isPresent = state.observation?.kind === 'present';
    return { role: server.role, record: isPresent ? 'present' : 'unknown' };
}

;// CONCATENATED MODULE: ./lib/dns/wait/record-watch.js








const MAX_REFERRALS = 4;
function createRecordWatch(settings, services) {
    const resolvers = settings.resolvers.map(resolverServer);
    const { authoritativeServers: given } = settings;
    const chosen = { resolvers, given: typeof given === 'string' ? given : givenServers(given, resolvers) };
    return {
        waitFor: (expected, limits, log) => new Watch(settings, chosen, services, expected, log).run(limits),
        currentTxt: (name, limitMs) => {
            const servers = typeof chosen.given === 'string' ? undefined : chosen.given;
            return currentTxt(name, servers, { authoritativePort: 53, ...services, resolvers }, limitMs);
        },
    };
}
class Watch {
    #settings;
    #services;
    #expected;
    #log;
    #resolvers;
    #given;
    #startedAtMs;
    #referrals = 0;
    #referring = [];
    #discovery = { kind: 'unknown', reason: 'not looked for yet' };
    constructor(settings, { resolvers, given }, services, expected, log) {
        this.#settings = settings;
        this.#services = { authoritativePort: 53, ...services };
        this.#expected = expected;
        this.#log = log;
        this.#resolvers = resolvers;
        this.#given = given;
        this.#startedAtMs = services.clock.now();
    }
    async run(limits) {
        this.#discovery = await this.#discover();
        if (this.#discovery.kind === 'not-registered') {
            return this.#report({ reason: 'not-registered', authoritative: false }, []);
        }
        const listener = this.#listener(limits);
        for (;; this.#referrals++) {
            this.#log.detail(this.#describeStart());
            const { verdict, servers } = await this.#wait(limits, listener);
            if (verdict.reason !== 'referred')
                return this.#report(verdict, servers);
            if (this.#referrals === MAX_REFERRALS)
                return this.#report({ reason: 'timed-out', authoritative: false }, servers);
            this.#discovery = await this.#follow(verdict.referral);
            const isLost = this.#discovery.kind !== 'found';
            this.#referring = isLost ? servers.filter(({ server }) => server.role === 'authoritative') : [];
        }
    }
    async #discover() {
        if (this.#given === 'off')
            return { kind: 'unknown', reason: 'authoritative-servers is off' };
        if (this.#given === 'auto')
            return discoverAuthority(this.#expected.name, this.#discoveryServices());
        return { kind: 'found', apex: this.#expected.name, servers: this.#given };
    }
    async #follow({ zone, nameServers }) {
        const servers = await serversNamed(nameServers, this.#discoveryServices());
        return servers.length > 0
            ? { kind: 'found', apex: zone, servers }
            : { kind: 'unknown', reason: `no address was found for any name server of ${zone}` };
    }
    #wait(limits, listener) {
        const authoritative = this.#discovery.kind === 'found' ? this.#discovery.servers : [];
        const servers = new Map([...authoritative, ...this.#resolvers].map((server) => [server.label, server]));
        const plan = {
            authoritative: authoritative.map(({ label }) => label),
            resolvers: this.#resolvers.map(({ label }) => label),
            required: this.#settings.resolvers.filter(({ required }) => required).map(({ label }) => label),
            quorum: this.#settings.quorum,
            startedAtMs: this.#startedAtMs,
            zone: this.#zone(),
            ...limits,
        };
        return waitForRecord(this.#expected, servers, plan, listener, this.#services);
    }
    async #report(verdict, servers) {
        const endedAtMs = this.#services.clock.now();
        const diagnosis = verdict.reason === 'visible' ? [] : await this.#explain(servers, this.#services.signal);
        const wait = { expected: this.#expected, startedAtMs: this.#startedAtMs, endedAtMs };
        return toDnsReport({ ...wait, verdict, zone: this.#zone(), servers, diagnosis });
    }
    async #explain(servers, signal) {
        const ofRole = (role) => servers.filter(({ server }) => server.role === role);
        const scene = {
            expected: this.#expected,
            zone: this.#zone(),
            isDiscovered: this.#settings.authoritativeServers === 'auto',
            authoritative: [...this.#referring, ...ofRole('authoritative')],
            resolvers: ofRole('resolver'),
            resolversMayKnow: ofRole('resolver').some(({ reply }) => reply !== undefined),
        };
        const { client, clock, systemNameServers } = this.#services;
        const probes = await investigate(scene, {
            client,
            clock,
            signal,
            systemNameServers,
            parentNameServers: (zone) => parentNameServers(zone, { ...this.#discoveryServices(), signal }),
        });
        const evidence = {
            ...scene,
            probes,
            isRegistered: this.#discovery.kind !== 'not-registered',
            nowMs: this.#services.clock.now(),
        };
        return diagnose(evidence);
    }
    #zone() {
        const isGiven = this.#settings.authoritativeServers !== 'auto' && this.#referrals === 0;
        return this.#discovery.kind === 'unknown' || isGiven ? undefined : this.#discovery.apex;
    }
    #discoveryServices() {
        return { ...this.#services, resolvers: this.#resolvers };
    }
    #describeStart() {
        const discovery = this.#discovery;
        if (discovery.kind === 'found') {
            const labels = discovery.servers.map(({ label }) => label).join(', ');
            return `Asking the authoritative servers of ${discovery.apex}: ${labels}.`;
        }
        const reason = discovery.kind === 'unknown' ? discovery.reason : 'the domain is not registered';
        return `Asking only the resolvers, one of them first, because ${reason}.`;
    }
    #listener({ timeoutMs }) {
        return new WaitLog(this.#startedAtMs, timeoutMs, {
            log: this.#log,
            clock: this.#services.clock,
            explain: (servers, signal) => this.#explain(servers, signal),
        });
    }
}
function givenServers(addresses, resolvers) {
    const taken = new Set(resolvers.map(({ label }) => label));
    const servers = addresses.map((address) => {
        const server = authoritativeServer(address);
        return taken.has(server.label) ? { ...server, label: `${server.label} (authoritative)` } : server;
    });
    return [...new Map(servers.map((server) => [server.label, server])).values()];
}

// EXTERNAL MODULE: ./lib/http/session.js + 1 modules
var http_session = __nccwpck_require__(3629);
;// CONCATENATED MODULE: external "node:fs"
const external_node_fs_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs");
;// CONCATENATED MODULE: external "node:fs/promises"
const external_node_fs_promises_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("node:fs/promises");
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __nccwpck_require__(6760);
// EXTERNAL MODULE: ./lib/records/format/unreadable-text-error.js
var unreadable_text_error = __nccwpck_require__(6114);
;// CONCATENATED MODULE: ./lib/records/workspace/path.js




const PATH_HINT = 'Set record-file to a file in the repository, relative to its root, for example dns/example.com.zone.';
async function locate(root, path) {
    if (path.trim() === '' || path.includes('\0'))
        throw refused(path, 'is not a file path');
    const realRoot = await (0,external_node_fs_promises_namespaceObject.realpath)(root);
    const isInside = [root, realRoot].some((folder) => componentsBelow(folder, (0,external_node_path_.resolve)(root, path)) !== undefined);
    if (!isInside)
        throw refused(path, 'is outside the workspace');
    const real = await realPathOf(path, (0,external_node_path_.resolve)(root, path));
    const components = componentsBelow(realRoot, real);
    if (components === undefined)
        throw refused(path, 'leaves the workspace through a symlink');
    const code = codeFolder(components.map(plainName));
    if (code !== undefined)
        throw refused(path, `is inside ${code}`);
    return real;
}
async function staysAt(root, path, file) {
    if ((await locate(root, path)) !== file)
        throw refused(path, 'leads somewhere else than a moment ago');
}
function componentsBelow(folder, path) {
    const fromFolder = (0,external_node_path_.relative)((0,external_node_path_.resolve)(folder), path);
    const components = fromFolder.split(external_node_path_.sep).filter((component) => component !== '');
    return components[0] === '..' || (0,external_node_path_.isAbsolute)(fromFolder) ? undefined : components;
}
async function realPathOf(path, absolute) {
    try {
        return await (0,external_node_fs_promises_namespaceObject.realpath)(absolute);
    }
    catch (error) {
        if (!isMissing(error))
            throw error;
    }
    const stats = await (0,external_node_fs_promises_namespaceObject.lstat)(absolute).catch(() => undefined);
    if (stats?.isSymbolicLink())
        throw refused(path, 'goes through a symlink whose target does not exist');
    if (stats !== undefined)
        return realPathOf(path, absolute);
    return (0,external_node_path_.join)(await realPathOf(path, (0,external_node_path_.dirname)(absolute)), (0,external_node_path_.basename)(absolute));
}
function codeFolder(names) {
    if (names.some((name) => name === '.git' || name === 'git~1'))
        return '.git';
    return ['workflows', 'actions']
        .map((name) => `.github/${name}`)
        .find((folder) => `/${names.join('/')}/`.includes(`/${folder}/`));
}
function plainName(component) {
    const [visible = ''] = component.replaceAll(/\p{DI}/gu, '').split(':', 1);
    return visible.replace(/(?<![. ])[. ]+$/, '').toLowerCase();
}
function isMissing(error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
function refused(path, problem) {
    return new domain_errors/* ActionError */.lZ(`The path ${JSON.stringify((0,untrusted/* printable */.g$)(path))} ${problem}.`, { hint: PATH_HINT });
}

;// CONCATENATED MODULE: ./lib/records/workspace/file.js









const MAX_BYTES = 16 * 1024 * 1024;
const BYTE_ORDER_MARK = '\uFEFF';
function openWorkspace(root) {
    const queues = new Map();
    return {
        async update(path, change, { dryRun }) {
            try {
                const file = await locate(root, path);
                const queue = queues.get(file) ?? pLimit(1);
                queues.set(file, queue);
                return await queue(() => rewrite({ root, path, file, change, dryRun }));
            }
            catch (error) {
                throw explained(path, error);
            }
        },
    };
}
async function rewrite({ root, path, file, change, dryRun }) {
    const current = await readCurrent(path, file);
    const text = change(current?.text);
    if (text === current?.text)
        return false;
    if (dryRun)
        return true;
    const inPlace = () => staysAt(root, path, file);
    await replaceFile(file, `${current?.mark ?? ''}${text}`, current?.stats, inPlace);
    return true;
}
async function readCurrent(path, file) {
    const flags = external_node_fs_namespaceObject.constants.O_RDONLY | (external_node_fs_namespaceObject.constants.O_NONBLOCK ?? 0) | (external_node_fs_namespaceObject.constants.O_NOFOLLOW ?? 0);
    let stats;
    try {
        stats = await (0,external_node_fs_promises_namespaceObject.stat)(file);
    }
    catch (error) {
        if (isMissing(error))
            return undefined;
        throw error;
    }
    checkKind(path, stats);
    const handle = await (0,external_node_fs_promises_namespaceObject.open)(file, flags);
    try {
        stats = await handle.stat();
        checkKind(path, stats);
        const text = decodeUtf8(path, await readWhole(path, handle));
        const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
        return { mark, text: text.slice(mark.length), stats };
    }
    finally {
        await handle.close();
    }
}
function checkKind(path, stats) {
    if (!stats.isFile()) {
        const kind = stats.isDirectory() ? 'a folder' : 'not a regular file';
        throw new domain_errors/* ActionError */.lZ(`${(0,untrusted/* printable */.g$)(path)} is ${kind}.`, {
            hint: 'Set record-file to the path of a file.',
        });
    }
    if (stats.size > MAX_BYTES)
        throw tooLarge(path);
}
async function readWhole(path, handle) {
    const bytes = Buffer.alloc(MAX_BYTES + 1);
    let length = 0;
    for (;;) {
        const { bytesRead } = await handle.read(bytes, length, bytes.length - length);
        if (bytesRead === 0)
            break;
        length += bytesRead;
    }
    if (length > MAX_BYTES)
        throw tooLarge(path);
    return bytes.subarray(0, length);
}
function tooLarge(path) {
    return new domain_errors/* ActionError */.lZ(`${(0,untrusted/* printable */.g$)(path)} is larger than ${MAX_BYTES / 1024 / 1024} MiB.`, {
        hint: 'Check that record-file is the file with the DNS records.',
    });
}
function decodeUtf8(path, bytes) {
    try {
        return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    }
    catch (error) {
        throw new domain_errors/* ActionError */.lZ(`${(0,untrusted/* printable */.g$)(path)} is not UTF-8 text. Nothing was written.`, {
            hint: 'Save the file as UTF-8.',
            cause: error,
        });
    }
}
const NEW_FILE = external_node_fs_namespaceObject.constants.O_WRONLY | external_node_fs_namespaceObject.constants.O_CREAT | external_node_fs_namespaceObject.constants.O_EXCL | (external_node_fs_namespaceObject.constants.O_NOFOLLOW ?? 0);
async function replaceFile(file, text, old, inPlace) {
    await inPlace();
    const folder = (0,external_node_path_.dirname)(file);
    await (0,external_node_fs_promises_namespaceObject.mkdir)(folder, { recursive: true });
    const temporary = (0,external_node_path_.join)(folder, `.cloudflare-sso-${(0,external_node_crypto_namespaceObject.randomUUID)()}.tmp`);
    try {
        const handle = await (0,external_node_fs_promises_namespaceObject.open)(temporary, NEW_FILE, 0o666);
        try {
            await handle.writeFile(text);
            if (old !== undefined)
                await keepPermissions(handle, old);
            await handle.sync();
        }
        finally {
            await handle.close();
        }
        await inPlace();
        await (0,external_node_fs_promises_namespaceObject.rename)(temporary, file);
    }
    catch (error) {
        await (0,external_node_fs_promises_namespaceObject.rm)(temporary, { force: true });
        throw error;
    }
}
async function keepPermissions(handle, old) {
    const { uid, gid } = await handle.stat();
    if (uid !== old.uid || gid !== old.gid) {
        await handle.chown(old.uid, old.gid).catch(() => { });
    }
    await handle.chmod(old.mode & 0o7777);
}
function explained(path, error) {
    if (error instanceof unreadable_text_error/* UnreadableTextError */.l) {
        const place = `${(0,untrusted/* printable */.g$)(path)}:${error.line}:${error.column}`;
        const message = `${place}: ${(0,untrusted/* printable */.g$)(error.message)}. Nothing was written.`;
        return new domain_errors/* ActionError */.lZ(message, { hint: error.hint, cause: error });
    }
    if (!(error instanceof Error && 'code' in error && 'syscall' in error))
        return error;
    return new domain_errors/* ActionError */.lZ(`${(0,untrusted/* printable */.g$)(path)} could not be read or written: ${(0,untrusted/* printable */.g$)(error.message)}.`, {
        hint: 'Check that the path is correct and that the job can write there.',
        cause: error,
    });
}

;// CONCATENATED MODULE: ./lib/modes/services.js
















const LAST_RESORT_DEADLINE_MS = 3000;
function createServices(settings, log, signal) {
    const clock = systemClock;
    const dns = createRecordWatch(settings.dns, {
        client: createDnsClient(),
        clock,
        signal,
        systemNameServers: systemNameServers,
    });
    const { account, apiUrl } = settings;
    const services = {
        dns,
        workspace: openWorkspace(settings.workspace),
        keepDriftIssue: async (report, options) => {
            const { keepDriftIssue } = await __nccwpck_require__.e(/* import() */ 532).then(__nccwpck_require__.bind(__nccwpck_require__, 1532));
            return keepDriftIssue(report, { ...options, clock, log, signal });
        },
        clock,
        log,
        signal,
    };
    if (account === undefined)
        return { ...services, api: undefined, lastResort: undefined, [Symbol.dispose]: () => undefined };
    const { accountId, apiToken } = account;
    const where = { apiUrl, apiToken, statusHint: STATUS_HINT };
    const session = new http_session/* HttpSession */.N(where);
    const client = new CloudflareClient(session, { clock, log, signal });
    const api = {
        ssoConnectors: new SsoConnectors(client, accountId, { clock, signal }),
        access: new Access(client, accountId, clock),
        accessLog: new AccessLog(client, accountId, clock),
        members: new Members(client, accountId, clock),
        token: new ApiToken(client, account, clock),
        zones: new Zones(client),
        dnsRecords: new DnsRecords(client),
    };
    const lastSession = new http_session/* HttpSession */.N({ ...where, deadlineMs: LAST_RESORT_DEADLINE_MS });
    const unstoppable = { clock, log, signal: new AbortController().signal, maxAttempts: 1, readLagMs: 0 };
    const lastClient = new CloudflareClient(lastSession, unstoppable);
    const lastResort = new SsoConnectors(lastClient, accountId, unstoppable);
    const close = () => {
        session.close();
        lastSession.close();
    };
    return { ...services, api, lastResort, [Symbol.dispose]: close };
}
function requireApi({ api }) {
    if (api !== undefined)
        return api;
    throw new domain_errors/* InputError */.dz('This mode needs the Cloudflare API, but there are no credentials.', {
        hint: 'Set account-id and api-token.',
    });
}

;// CONCATENATED MODULE: ./lib/domain/dns-report.js
function txtInReport({ servers }) {
    const believed = servers.filter(({ role, record }) => role === 'authoritative' && record !== 'unknown');
    return believed.length === 0 ? undefined : [...new Set(believed.flatMap(({ txt }) => txt))].sort();
}

;// CONCATENATED MODULE: ./lib/domain/settle.js

async function settle({ send, look, onOutcome, onRefusal }, tell) {
    try {
        const outcome = await send();
        onOutcome(outcome);
        tell(outcome.isOurs ?? true);
        return outcome;
    }
    catch (error) {
        if (!(error instanceof domain_errors/* RequestError */.GI))
            throw error;
        if (error.retryability !== 'ambiguous') {
            onRefusal(error);
            tell(false);
            throw error;
        }
        const seen = look && (await lookedAt(look));
        if (seen === undefined)
            throw error;
        onOutcome(seen);
        tell(seen.isDone);
        if (seen.isDone)
            return seen;
        throw error instanceof domain_errors/* OutcomeUnknownError */.Do ? error.cause : error;
    }
}
async function lookedAt(look) {
    try {
        return await look();
    }
    catch (error) {
        if (error instanceof domain_errors/* RequestError */.GI)
            return undefined;
        throw error;
    }
}

;// CONCATENATED MODULE: ./lib/domain/email-domain.js



class EmailDomain {
    #given;
    #name;
    #sight = { kind: 'unasked' };
    #isCreated = false;
    #changed = false;
    #deletedCodes = new Set();
    #dns;
    txtToday;
    dnsRecord;
    renderRecord;
    ssoApp;
    preflight;
    confirmed;
    drift;
    notChecked = [];
    timedOut = false;
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
        return 'connector' in this.#sight ? this.#sight.connector : undefined;
    }
    get verificationCode() {
        if (this.#sight.kind === 'absent')
            return undefined;
        return this.connector?.verificationCode ?? this.#given.verificationCode;
    }
    get created() {
        return this.#isCreated || (this.#sight.kind === 'in-doubt' ? undefined : false);
    }
    get changed() {
        return this.#changed;
    }
    get state() {
        const { kind } = this.#sight;
        if (kind === 'in-doubt')
            return undefined;
        if (kind === 'absent')
            return 'absent';
        if (this.connector?.enabled)
            return 'enabled';
        if (this.connector !== undefined && this.connector.enabled === undefined)
            return undefined;
        if (this.connector?.verificationStatus === 'verified')
            return 'verified';
        if (this.dns?.visible)
            return 'verifying';
        return kind === 'seen' || this.verificationCode !== undefined ? 'awaiting-dns' : undefined;
    }
    get dns() {
        return this.#dns;
    }
    get record() {
        const { verificationCode, txtToday } = this;
        if (this.#name === undefined || verificationCode === undefined)
            return undefined;
        return {
            emailDomain: this.#name,
            verificationCode,
            accountId: this.#given.accountId,
            connectorId: this.connector?.id,
            txtValues: txtToday && (0,sso_record/* withNewText */.Iu)(this.#withoutDeleted(txtToday), verificationCode),
        };
    }
    get renderedRecord() {
        return this.record && this.renderRecord?.(this.record);
    }
    see(connector) {
        this.#name ??= connector?.emailDomain || undefined;
        this.#sight =
            connector === undefined ? { kind: 'absent' } : { kind: 'seen', connector: this.#withCode(connector) };
    }
    seeDns(report) {
        this.#dns = report;
        this.txtToday = txtInReport(report) ?? this.txtToday;
    }
    #withCode(connector) {
        const before = this.connector;
        if (connector.verificationCode !== undefined || connector.id !== before?.id)
            return connector;
        return { ...connector, verificationCode: before.verificationCode };
    }
    async changeConnector({ send, look, isDone, isGone = () => false, isCreation = false, }) {
        const before = this.#sight;
        this.#sight = { kind: 'in-doubt', connector: this.connector };
        return this.#send({
            send,
            ...(look !== undefined && {
                look: async () => {
                    const connector = await look();
                    return { connector, isDone: isDone(connector), isCreated: isCreation && isDone(connector) };
                },
            }),
            onOutcome: ({ connector, isCreated = false }) => {
                if (connector === undefined)
                    this.#rememberDeleted();
                this.see(connector);
                this.#isCreated ||= isCreated;
            },
            onRefusal: (refusal) => {
                this.#sight = isGone(refusal) ? { kind: 'absent' } : before;
            },
        });
    }
    #rememberDeleted() {
        const code = this.connector?.verificationCode;
        if (code !== undefined)
            this.#deletedCodes.add(code);
    }
    #withoutDeleted(texts) {
        return texts.filter((text) => !this.#deletedCodes.has(text));
    }
    async changeDns(send, look) {
        return this.#send({
            send,
            look,
            onOutcome: () => undefined,
            onRefusal: () => undefined,
        });
    }
    async #send(change) {
        const before = this.#changed;
        this.#changed = before || undefined;
        return settle(change, (isMade) => {
            this.#changed = isMade || before;
        });
    }
}

;// CONCATENATED MODULE: ./lib/preflight/guard.js



function passed(evidence, remedy) {
    return { verdict: 'passed', evidence, ...(remedy !== undefined && { remedy }) };
}
function warned(evidence, remedy) {
    return { verdict: 'warned', evidence, remedy };
}
function guard_refused(evidence, remedy) {
    return { verdict: 'refused', evidence, remedy };
}
function unknown(evidence, remedy) {
    return { verdict: 'unknown', evidence, ...(remedy !== undefined && { remedy }) };
}
function unreadable(what, error) {
    const permission = error instanceof CloudflareApiError ? error.permission : undefined;
    if (permission === undefined)
        return unknown(`The ${what} could not be read. ${withoutQuery(error.message)}`, error.hint);
    const seen = `The ${what} could not be read: the API token may lack the permission "${permission}".`;
    return { ...unknown(seen, `Add "${permission}" to the API token.`), permission };
}
function withoutQuery(message) {
    return message.replace(/\b([A-Z]+ \/[^\s?]*)\?[^\s,;)]+/, '$1');
}
function isWithoutZeroTrust(error) {
    return error instanceof CloudflareApiError && error.errors.some(({ code }) => code === NO_ZERO_TRUST);
}
async function answerOf(request) {
    try {
        return { answer: await request };
    }
    catch (error) {
        if (!(error instanceof domain_errors/* RequestError */.GI))
            throw error;
        return { error };
    }
}

;// CONCATENATED MODULE: ./lib/preflight/own-providers.js

const BUILT_IN_PROVIDERS = new Set(['cloudflare', 'onetimepin']);
const ADD_PROVIDER = 'Add your own identity provider in the dashboard under Zero Trust > Integrations > Identity providers, and test it there.';
function ownProviders(providers) {
    return providers.filter(({ type }) => !BUILT_IN_PROVIDERS.has(type));
}
function describeProviders(providers) {
    const all = providers.map(({ name, type }) => (name === '' ? type : `${name} (${type})`)).join(', ');
    return (0,untrusted/* withoutAddresses */.tg)(all);
}

;// CONCATENATED MODULE: ./lib/preflight/identity-provider.js


const identityProvider = {
    id: 'identity-provider',
    isOfAccount: true,
    async judge(evidence) {
        const result = await answerOf(evidence.identityProviders());
        if ('answer' in result)
            return judgeProviders(result.answer);
        if (isWithoutZeroTrust(result.error)) {
            return guard_refused('Without a Zero Trust organization, the account has no identity provider.', ADD_PROVIDER);
        }
        const finding = unreadable('identity providers of the account', result.error);
        const wayRound = finding.permission === undefined
            ? {}
            : { remedy: `${finding.remedy} If you are sure that there is one, set preflight: false.` };
        return { ...finding, verdict: 'refused', ...wayRound };
    },
};
function judgeProviders(providers) {
    const own = ownProviders(providers);
    if (own.length > 0) {
        return passed(`The account has an identity provider of its own: ${describeProviders(own)}.`);
    }
    if (providers.length === 0) {
        return guard_refused('The account has no identity provider: nobody could sign in once the connector is enabled.', ADD_PROVIDER);
    }
    if (!providers.some(({ type }) => type === 'onetimepin')) {
        return guard_refused('The only identity provider of the account is Cloudflare itself (type cloudflare): people would have to sign in to Cloudflare in order to sign in to Cloudflare.', ADD_PROVIDER);
    }
    return warned('The account has no identity provider of its own: people can sign in by one-time PIN only.', ADD_PROVIDER);
}

;// CONCATENATED MODULE: ./lib/preflight/sign-in-seen.js




const SIGN_IN_FIRST = 'Have somebody of the email domain sign in to any Access application through your identity provider first, then run again.';
const signInSeen = {
    id: 'sign-in-seen',
    isOfAccount: false,
    async judge(evidence) {
        const requests = [answerOf(evidence.signIns()), answerOf(evidence.identityProviders())];
        const [signIns, providers] = await Promise.all(requests);
        const error = 'error' in signIns ? signIns.error : 'error' in providers ? providers.error : undefined;
        if (isWithoutZeroTrust(error))
            return warned('Without a Zero Trust organization, nobody has signed in through Access.', SIGN_IN_FIRST);
        if ('error' in signIns)
            return unreadable('sign-ins in the Access authentication log', signIns.error);
        if ('error' in providers)
            return unreadable('identity providers that people sign in through', providers.error);
        return judgeSignIns(signIns.answer, ownProviders(providers.answer), evidence.nowMs);
    },
};
function judgeSignIns(signIns, own, nowMs) {
    const counting = signIns.find(({ allowed, connection }) => allowed && own.some(isCalled(connection)));
    if (counting !== undefined) {
        const { atMs, connection } = counting;
        return passed(`Somebody of the email domain signed in through ${shown(connection)} ${when(atMs)}.`);
    }
    const since = new Date(nowMs - LOOK_BACK_DAYS * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
    return warned(`Nobody of the email domain has signed in through an identity provider of yours since ${since}, ${LOOK_BACK_DAYS} days back, or since the log begins: by plan it keeps between 24 hours and 6 months.${others(signIns)}`, SIGN_IN_FIRST);
}
function isCalled(connection) {
    const called = connection.toLowerCase();
    return ({ id, name, type }) => called !== '' && [id, name, type].some((one) => one?.toLowerCase() === called);
}
function others(signIns) {
    const denied = signIns.filter(({ allowed }) => !allowed);
    const allowed = signIns.filter((one) => one.allowed);
    const parts = [
        ...(denied.length > 0 ? [`${denied.length} denied (${connections(denied)})`] : []),
        ...(allowed.length > 0 ? [`${allowed.length} through other providers (${connections(allowed)})`] : []),
    ];
    return parts.length === 0 ? '' : ` Seen instead: ${parts.join(', ')}.`;
}
function connections(signIns) {
    return [...new Set(signIns.map(({ connection }) => shown(connection)))].join(', ');
}
function shown(connection) {
    return connection === '' ? 'an unnamed provider' : (0,untrusted/* withoutAddresses */.tg)((0,untrusted/* printable */.g$)(connection, 100));
}
function when(atMs) {
    return `on ${new Date(atMs).toISOString().slice(0, 16).replace('T', ' at ')} UTC`;
}

;// CONCATENATED MODULE: ./lib/preflight/sso-app.js


const WHERE = 'the application of type dash_sso in the dashboard under Zero Trust > Access controls > Applications';
const ssoApp = {
    id: 'sso-app',
    isOfAccount: false,
    async judge(evidence) {
        const requests = [
            answerOf(evidence.ssoApp()),
            answerOf(evidence.identityProviders()),
            answerOf(evidence.enabledDomains()),
        ];
        const [app, providers, enabled] = await Promise.all(requests);
        if ('error' in app) {
            return isWithoutZeroTrust(app.error) ? noneYet() : unreadable('Access applications', app.error);
        }
        if (app.answer === undefined) {
            if ('error' in enabled)
                return unreadable('SSO connectors of the account', enabled.error);
            return enabled.answer.length > 0 ? isGone() : noneYet();
        }
        const bad = sso_app_judgeProviders(app.answer, 'answer' in providers ? providers.answer : undefined);
        if (bad !== undefined)
            return bad;
        if ('error' in enabled)
            return unreadable('SSO connectors of the account', enabled.error);
        return judgePolicies(app.answer, evidence.emailDomain, enabled.answer);
    },
};
function noneYet() {
    return passed('There is no Access application of type dash_sso yet: Cloudflare makes it with the first enable.');
}
function isGone() {
    return warned('The account uses SSO, but the Access application of type dash_sso is gone: nobody can sign in through SSO.', 'Disable the connector, so that people can sign in without SSO. Cloudflare makes the application when a connector is enabled.');
}
function sso_app_judgeProviders({ allowedIdps }, providers) {
    if (allowedIdps === undefined) {
        return unknown('Cloudflare does not show which identity providers the Access application allows.', `Look at ${WHERE}.`);
    }
    if (allowedIdps.length === 0)
        return undefined;
    if (providers === undefined) {
        return unknown('The Access application allows some identity providers only, and whether they exist could not be read.', 'See the guard identity-provider.');
    }
    const existing = allowedIdps.filter((id) => providers.some((provider) => provider.id === id));
    const missing = allowedIdps.length - existing.length;
    if (missing === 0)
        return undefined;
    return warned(`The Access application allows ${allowedIdps.length} identity provider${allowedIdps.length === 1 ? '' : 's'} (allowed_idps), of which ${missing} do${missing === 1 ? 'es' : ''} not exist.`, `Correct the identity providers of ${WHERE}.`);
}
function judgePolicies({ policies }, emailDomain, enabledDomains) {
    if (policies === undefined)
        return unknown('Cloudflare does not show the policies of the Access application.', `Look at ${WHERE}.`);
    switch (admission(policies, emailDomain)) {
        case 'denied':
            return warned('A policy of the Access application denies the email domain.', `Remove it from ${WHERE}.`);
        case 'yes':
            return passed('A policy of the Access application allows the email domain.');
        case 'perhaps':
            return unknown('Whether the policies of the Access application allow the email domain depends on rules of other kinds, such as groups.', `Look at ${WHERE}: an allow policy must include everybody of the email domain.`);
        case 'no':
            return isYetToCome(policies, enabledDomains)
                ? passed('No policy of the Access application allows the email domain yet: Cloudflare makes it with the enable.')
                : warned('No policy of the Access application allows the email domain.', `Add an allow policy that includes the email domain to ${WHERE}.`);
    }
}
function isYetToCome(policies, enabledDomains) {
    return enabledDomains.every((other) => admission(policies, other) !== 'no');
}
function admission(policies, emailDomain) {
    const names = sso_app_naming(emailDomain);
    const decided = (decision) => policies.filter((policy) => policy.decision === decision).map((policy) => coverage(policy, names));
    const [denying, allowing] = [decided('deny'), decided('allow')];
    if (denying.includes('yes'))
        return 'denied';
    if (allowing.includes('yes') && !denying.includes('perhaps'))
        return 'yes';
    return allowing.some((one) => one !== 'no') ? 'perhaps' : 'no';
}
function sso_app_naming(emailDomain) {
    return (rule) => {
        if ('everyone' in rule)
            return 'yes';
        if ('email' in rule)
            return 'no';
        if (!('email_domain' in rule))
            return 'perhaps';
        const { email_domain: value } = rule;
        const domain = typeof value === 'object' && value !== null && 'domain' in value ? value.domain : undefined;
        if (typeof domain !== 'string')
            return 'perhaps';
        return domainOfAddress(`@${domain}`) === emailDomain ? 'yes' : 'no';
    };
}
function coverage({ include, exclude, require }, names) {
    const [included, excluded, required] = [include.map(names), exclude.map(names), require.map(names)];
    if (excluded.includes('yes') || required.includes('no') || included.every((one) => one === 'no'))
        return 'no';
    const isCertain = included.includes('yes') && ![...excluded, ...required].includes('perhaps');
    return isCertain ? 'yes' : 'perhaps';
}

;// CONCATENATED MODULE: ./lib/preflight/token.js


const SOON_MS = 30 * 24 * 60 * 60 * 1000;
const NEW_TOKEN = 'Make a new API token without an expiry date under Manage Account > API Tokens, and store it where this workflow and your break-glass workflow read it.';
const token = {
    id: 'token',
    isOfAccount: true,
    async judge(evidence) {
        const result = await answerOf(evidence.token());
        if ('error' in result)
            return unreadable('facts about the API token', result.error);
        return judgeToken(result.answer, evidence.nowMs);
    },
};
function judgeToken({ status, expiresAtMs, notBeforeMs, isOfAccount }, nowMs) {
    if (expiresAtMs !== undefined && expiresAtMs <= nowMs)
        return warned(`The API token expired on ${date(expiresAtMs)}.`, NEW_TOKEN);
    if (status !== 'active')
        return warned(`The API token is not active, but "${(0,untrusted/* printable */.g$)(status, 40)}".`, NEW_TOKEN);
    if (notBeforeMs !== undefined && notBeforeMs > nowMs)
        return warned(`The API token is not valid before ${date(notBeforeMs)}.`, NEW_TOKEN);
    if (expiresAtMs !== undefined && expiresAtMs - nowMs < SOON_MS)
        return warned(`The API token expires on ${date(expiresAtMs)}.`, NEW_TOKEN);
    const until = expiresAtMs === undefined ? 'does not expire' : `expires on ${date(expiresAtMs)}`;
    if (isOfAccount)
        return passed(`The API token belongs to the account and ${until}.`);
    return passed(`The API token belongs to a user and ${until}.`, 'An account API token is better: it outlives the user.');
}
function date(ms) {
    return new Date(ms).toISOString().slice(0, 10);
}

;// CONCATENATED MODULE: ./lib/preflight/unreachable-members.js

const unreachableMembers = {
    id: 'unreachable-members',
    isOfAccount: false,
    async judge({ members, emailDomain }) {
        const result = await answerOf(members());
        if ('error' in result)
            return unreadable('members of the account', result.error);
        const ofDomain = result.answer.filter((member) => member.emailDomain === emailDomain);
        const unreachable = ofDomain.filter(({ isPlusAddress }) => isPlusAddress).length;
        if (unreachable === 0)
            return passed('No member of the account has a plus address (a+b@) of the email domain.');
        return warned(`${unreachable} member${unreachable === 1 ? ' has a plus address' : 's have plus addresses'} (a+b@) of the email domain and cannot sign in through SSO.`, 'Invite these people with the address that your identity provider knows, then remove the plus addresses.');
    },
};

;// CONCATENATED MODULE: ./lib/preflight/way-back-in.js

const wayBackIn = {
    id: 'way-back-in',
    isOfAccount: true,
    async judge(evidence) {
        const requests = [answerOf(evidence.members()), answerOf(evidence.enabledDomains())];
        const [members, enabled] = await Promise.all(requests);
        if ('error' in members)
            return unreadable('members of the account', members.error);
        if ('error' in enabled)
            return unreadable('SSO connectors of the account', enabled.error);
        const withSso = new Set([...evidence.emailDomains, ...enabled.answer]);
        const administrators = members.answer.filter(({ isSuperAdministrator }) => isSuperAdministrator);
        const outside = administrators.filter(({ emailDomain }) => emailDomain !== '' && !withSso.has(emailDomain));
        const all = `${administrators.length} super administrator${administrators.length === 1 ? '' : 's'}`;
        if (outside.length > 0) {
            return passed(`${outside.length} of ${all} can sign in without SSO: the address is outside the email domains.`);
        }
        return warned(`None of ${all} can sign in without SSO: every address is inside an email domain that uses it.`, 'Invite a super administrator with an address of another domain, and keep that password and second factor in a safe.');
    },
};

;// CONCATENATED MODULE: ./lib/preflight/zero-trust-organization.js

const zeroTrustOrganization = {
    id: 'zero-trust-organization',
    isOfAccount: true,
    async judge(evidence) {
        const requests = [answerOf(evidence.identityProviders()), answerOf(evidence.ssoApp())];
        const [providers, app] = await Promise.all(requests);
        if ([providers, app].some((one) => 'error' in one && isWithoutZeroTrust(one.error))) {
            return guard_refused('The account has no Zero Trust organization: nobody could sign in once the connector is enabled.', 'Create a Zero Trust organization in the dashboard under Zero Trust (the Free plan is enough), then add your identity provider there.');
        }
        if ('answer' in providers || 'answer' in app)
            return passed('The account has a Zero Trust organization.');
        return unreadable('settings of Cloudflare Access', providers.error);
    },
};

;// CONCATENATED MODULE: ./lib/preflight/judge.js








const GUARDS = [
    zeroTrustOrganization,
    identityProvider,
    signInSeen,
    token,
    wayBackIn,
    unreachableMembers,
    ssoApp,
];
const GUARDS_OF_ACCOUNT = new Set(GUARDS.filter(({ isOfAccount }) => isOfAccount).map(({ id }) => id));
function judge(evidence, wanted) {
    const asked = GUARDS.filter(({ id }) => wanted === undefined || wanted.includes(id));
    return Promise.all(asked.map(async (guard) => ({ guard: guard.id, ...(await guard.judge(evidence)) })));
}
async function preflightReport(evidence) {
    const guards = await judge(evidence);
    return {
        email_domain: evidence.emailDomain,
        verdict: worst(guards),
        judged_at: new Date(evidence.nowMs).toISOString(),
        guards,
    };
}

;// CONCATENATED MODULE: ./lib/preflight/evidence.js
function evidenceOf(api, subject, nowMs) {
    return {
        ...subject,
        nowMs,
        identityProviders: () => api.access.identityProviders(),
        ssoApp: () => api.access.ssoApp(),
        signIns: () => api.accessLog.pastSignIns(subject.emailDomain),
        members: () => api.members.accepted(),
        token: () => api.token.facts(),
        enabledDomains: async () => {
            const all = await api.ssoConnectors.list();
            return all.filter(({ enabled }) => enabled !== false).map(({ emailDomain }) => emailDomain);
        },
    };
}

;// CONCATENATED MODULE: ./lib/modes/mode.js


async function lookUp(domain, settings, services) {
    const connector = await currentConnector(domain, settings, services);
    domain.see(connector);
    return connector;
}
async function currentConnector({ connector: known, name }, settings, services) {
    const { ssoConnectors } = requireApi(services);
    const id = known?.id ?? settings.connectorId;
    if (id === undefined)
        return name === undefined ? undefined : ssoConnectors.find(name);
    const connector = await ssoConnectors.get(id);
    refuseOtherDomain(connector, name);
    return connector;
}
function refuseOtherDomain({ id, emailDomain }, name) {
    if (name === undefined || emailDomain === name)
        return;
    throw new domain_errors/* ActionError */.lZ(`Connector ${id} belongs to ${ownerOf(emailDomain)}, but email-domain is ${name}.`, {
        hint: 'Leave out either connector-id or email-domain.',
    });
}
function ownerOf(emailDomain) {
    return emailDomain === '' ? 'an email domain that Cloudflare does not show' : emailDomain;
}
async function recordToPublish(domain, settings, services) {
    if (domain.record !== undefined)
        return domain.record;
    const connector = await lookUp(domain, settings, services);
    if (connector === undefined) {
        if (settings.dryRun && settings.modes.includes('create'))
            return undefined;
        throw connectorMissing(domain);
    }
    if (domain.record === undefined) {
        throw new domain_errors/* ActionError */.lZ(`Cloudflare shows no verification code for connector ${connector.id}.`, {
            hint: 'Pass the code as verification-code, or look at the connector in the dashboard.',
        });
    }
    return domain.record;
}
function connectorMissing({ name }) {
    return new domain_errors/* ActionError */.lZ(`This account has no SSO connector for ${name ?? 'this domain'}.`, {
        hint: 'Run mode create first, for example "mode: create, wait-for-dns, enable". If you expected a connector, check account-id.',
    });
}
function endInTimeout(domain, error, { wait }, { log }) {
    domain.timedOut = true;
    if (wait.onTimeout === 'fail')
        throw error;
    log.warning((0,domain_errors/* errorLines */.S6)(error).join(' '));
}

;// CONCATENATED MODULE: ./lib/modes/preflight.js






const preflight = async (domain, settings, services) => {
    const looking = lookUp(domain, settings, services);
    if (domain.name === undefined)
        await looking;
    const ends = await Promise.allSettled([looking, judgeAndTell(domain, settings, services)]);
    for (const end of ends)
        if (end.status === 'rejected')
            throw end.reason;
};
const preflightFirst = async (domain, settings, services) => {
    const connector = domain.name === undefined || settings.connectorId !== undefined
        ? await lookUp(domain, settings, services)
        : await requireApi(services).ssoConnectors.find(domain.name);
    if (connector?.enabled)
        return;
    if (connector === undefined && !settings.modes.includes('create')) {
        domain.see(undefined);
        throw connectorMissing(domain);
    }
    try {
        await services.log.group('preflight', () => judgeAndTell(domain, settings, services));
    }
    catch (error) {
        domain.see(connector);
        throw error;
    }
};
async function judgeAndTell(domain, settings, services) {
    const emailDomain = domain.name ?? '';
    const before = domain.preflight;
    const report = await preflightReport(evidenceAbout(emailDomain, settings, services));
    domain.preflight = report;
    const found = obstacles(report, settings.preflight);
    tell(report, found, before, services);
    if (found.length > 0)
        throw preflight_refusal(found, settings);
    await requireConfirmable(emailDomain, settings, services);
}
function evidenceAbout(emailDomain, { emailDomains }, services) {
    const subject = { emailDomain, emailDomains: [...emailDomains, emailDomain] };
    return evidenceOf(requireApi(services), subject, services.clock.now());
}
const MARKS = { passed: '✓', warned: '!', refused: '✗', unknown: '?' };
function tell({ guards }, found, before, { log }) {
    for (const judgement of guards) {
        const { guard, verdict, evidence, remedy = '' } = judgement;
        if (before?.guards.some((one) => one.guard === guard && one.verdict === verdict))
            continue;
        const line = `${MARKS[verdict]} ${guard} ${verdict}: ${evidence} ${remedy}`.trimEnd();
        const isWarning = ['warned', 'refused'].includes(verdict) && !found.includes(judgement);
        if (GUARDS_OF_ACCOUNT.has(guard))
            log.ofAccount(isWarning ? 'warning' : 'info', line);
        else if (isWarning)
            log.warning(line);
        else if (verdict === 'passed')
            log.detail(line);
        else
            log.info(line);
    }
}
function preflight_refusal(found, { preflight: policy }) {
    const seen = found.map(({ guard, evidence }) => `${guard}: ${evidence}`).join(' ');
    const remedies = [...new Set(found.flatMap(({ remedy }) => remedy ?? []))];
    const strict = policy === 'strict' ? ['preflight: strict refuses everything that is not proven.'] : [];
    return new domain_errors/* ActionError */.lZ(`Preflight refuses to enable the connector. ${seen}`, {
        hint: [...remedies, ...strict].join(' '),
    });
}
async function requireConfirmable(emailDomain, { confirmWithinMs, modes }, services) {
    if (confirmWithinMs === undefined || !modes.includes('enable'))
        return;
    const { access, accessLog } = requireApi(services);
    try {
        await Promise.all([access.ssoApp(), accessLog.pastSignIns(emailDomain)]);
    }
    catch (error) {
        if (!(error instanceof domain_errors/* RequestError */.GI))
            throw error;
        throw new domain_errors/* ActionError */.lZ(`confirm-within cannot see sign-ins, so nothing is enabled that could not be confirmed. ${error.message}`, { hint: error.hint, cause: error });
    }
}

;// CONCATENATED MODULE: ./lib/modes/watch-guards.js




const OF_ACCOUNT = {
    'identity-provider': { kind: 'identity-provider-missing', expected: 'an identity provider of your own' },
    token: { kind: 'token-expires', expected: 'an API token that is valid for 30 days or more' },
    'way-back-in': { kind: 'nobody-outside', expected: 'a super administrator outside the email domains' },
};
const OF_DOMAIN = {
    'sso-app': { kind: 'sso-app-policy', expected: 'an Access application that lets the email domain in' },
};
const NOTHING = { drift: [], notChecked: [] };
async function watchDomain(connector, settings, services) {
    if (!connector.enabled)
        return NOTHING;
    const { emailDomain } = connector;
    const watched = await watch(OF_DOMAIN, emailDomain, evidenceAbout(emailDomain, settings, services));
    const drift = watched.drift.map((one) => ({ ...one, connector_id: connector.id }));
    return { drift, notChecked: watched.notChecked };
}
async function watchAccount(domains, settings, services) {
    const inUse = domains.filter(({ domain: { connector } }) => connector && isInUse(connector, settings));
    const [first] = inUse.flatMap(({ domain }) => domain.name ?? []);
    if (first === undefined)
        return NOTHING;
    const about = domains.length === 1 ? first : domain_drift/* ALL_EMAIL_DOMAINS */.hM;
    return watch(OF_ACCOUNT, about, evidenceAbout(first, settings, services));
}
function isInUse({ enabled }, { check }) {
    return enabled !== false || check.expectEnabled;
}
async function watch(guards, emailDomain, seen) {
    const judgements = await judge(seen, Object.keys(guards));
    const providers = await answerOf(seen.identityProviders());
    const isListUnknown = 'error' in providers && !isWithoutZeroTrust(providers.error);
    const [drift, notChecked] = [[], []];
    for (const judgement of judgements) {
        const guard = guards[judgement.guard];
        if (guard === undefined || judgement.verdict === 'passed')
            continue;
        const isUnknown = judgement.verdict === 'unknown' || (judgement.guard === 'identity-provider' && isListUnknown);
        if (isUnknown)
            notChecked.push(notCheckedFor(guard, judgement));
        else
            drift.push(driftFor(guard, judgement, emailDomain));
    }
    return { drift, notChecked };
}
function notCheckedFor({ kind }, { permission }) {
    return { kind, ...(permission !== undefined && { permission }) };
}
function driftFor({ kind, expected }, { evidence: seen, remedy = '' }, emailDomain) {
    return { kind, email_domain: emailDomain, expected, actual: seen.replace(/\.$/, ''), remedy };
}

;// CONCATENATED MODULE: ./lib/modes/conclude-check.js




const conclude_check_NOTHING = { drift: undefined, driftIssueUrl: undefined, changed: false, failures: [] };
async function concludeCheck(domains, settings, services) {
    const { account, check, dryRun } = settings;
    if (!settings.modes.includes('check') || account === undefined)
        return conclude_check_NOTHING;
    try {
        const { connectors, isWhole } = await requireApi(services).ssoConnectors.listReadable();
        const watched = await watchAccount(domains, settings, services);
        const others = [...undeclared(connectors, domains, settings), ...watched.drift];
        for (const { email_domain, actual, remedy } of others)
            services.log.info(`Drift: ${email_domain}: ${actual}. ${remedy}`);
        const unread = isWhole ? [] : [{ kind: 'undeclared-connector' }];
        const notChecked = [
            ...unread,
            ...watched.notChecked,
            ...domains.flatMap(({ domain }) => domain.notChecked),
        ];
        const drift = toDriftReport(account.accountId, domains, others, notChecked);
        for (const one of drift.not_checked)
            services.log.info(`Not checked: ${(0,domain_drift/* describeNotChecked */.GD)(one)}.`);
        const failures = drift.drift && check.failOnDrift ? [{ emailDomain: undefined, error: driftError(drift) }] : [];
        if (drift.drift && !check.failOnDrift)
            services.log.warning(describeDrift(drift));
        const concluded = { ...conclude_check_NOTHING, drift, failures };
        if (check.issue === undefined)
            return concluded;
        return await keepIssue(concluded, drift, check.issue.githubToken, dryRun, services);
    }
    catch (thrown) {
        return { ...conclude_check_NOTHING, failures: [{ emailDomain: undefined, error: (0,domain_errors/* toActionError */.ie)(thrown) }] };
    }
}
async function keepIssue(concluded, drift, token, dryRun, services) {
    try {
        const { action, url } = await services.keepDriftIssue(drift, { token, dryRun });
        return { ...concluded, driftIssueUrl: url, changed: action !== 'none' && !dryRun };
    }
    catch (thrown) {
        const failure = { emailDomain: undefined, error: (0,domain_errors/* toActionError */.ie)(thrown) };
        return { ...concluded, changed: dryRun ? false : undefined, failures: [...concluded.failures, failure] };
    }
}
function undeclared(connectors, domains, { connectorId, emailDomains }) {
    const declared = new Set([...emailDomains, ...domains.map(({ domain }) => domain.name)]);
    const compared = new Set([connectorId, ...domains.map(({ domain }) => domain.connector?.id)]);
    const unknown = new Set(domains
        .filter(({ domain }) => domain.drift === undefined || domain.sight.kind === 'absent')
        .map(({ domain }) => domain.name));
    return connectors
        .filter(({ id, emailDomain }) => !compared.has(id) && !unknown.has(emailDomain))
        .map(({ id, emailDomain, enabled }) => {
        const [is, deletion] = enabled === false ? ['disabled', 'delete'] : [mayBe(enabled), 'disable and delete'];
        const isSecond = declared.has(emailDomain);
        return {
            kind: 'undeclared-connector',
            email_domain: emailDomain,
            connector_id: id,
            expected: isSecond ? 'a single SSO connector' : 'no SSO connector',
            actual: `the account has another SSO connector (${is})${isSecond ? ' for the email domain' : ' that is not declared'}`,
            remedy: isSecond
                ? `Look at both, then ${deletion} the one that is not needed, by its connector ID.`
                : `Add the email domain to this check, or ${deletion} the connector.`,
        };
    });
}
function mayBe(enabled) {
    return enabled === true ? 'enabled' : 'perhaps enabled';
}
function toDriftReport(accountId, domains, others, notChecked) {
    const nameOf = ({ domain }) => domain.name ?? 'the connector';
    const compared = domains.filter(({ domain }) => domain.drift !== undefined);
    const failed = domains.filter(({ domain }) => domain.drift === undefined);
    const differences = [...compared.flatMap(({ domain }) => domain.drift ?? []), ...others];
    return {
        drift: differences.length > 0,
        account_id: accountId,
        checked: compared.map(nameOf).sort(),
        failed: failed.map(nameOf).sort(),
        differences: differences.sort((one, other) => compare(one.email_domain, other.email_domain) || compare(one.kind, other.kind)),
        not_checked: [...new Map(notChecked.map((one) => [one.kind, one])).values()].sort((one, other) => compare(one.kind, other.kind)),
    };
}
function compare(one, other) {
    return one < other ? -1 : Number(one > other);
}
const conclude_check_MAX_NAMED = 5;
function describeDrift({ differences }) {
    const named = differences.slice(0, conclude_check_MAX_NAMED).map((one) => `${one.email_domain}: ${one.actual}`);
    const more = differences.length > conclude_check_MAX_NAMED ? `; and ${differences.length - conclude_check_MAX_NAMED} more` : '';
    const count = differences.length === 1 ? '1 difference' : `${differences.length} differences`;
    return `Drift, ${count} from what is declared: ${named.join('; ')}${more}.`;
}
function driftError(drift) {
    return new domain_errors/* ActionError */.lZ(describeDrift(drift), {
        hint: 'The job summary and the output drift-report say what to do about each. fail-on-drift: false reports drift without failing.',
    });
}

;// CONCATENATED MODULE: ./lib/modes/check.js



const check = async (domain, settings, services) => {
    const { log } = services;
    const { name } = domain;
    const { connectorId } = settings;
    const connector = await declaredConnector(domain, settings, services);
    if (connector === undefined) {
        const other = await otherConnector(domain, settings, services);
        domain.see(other);
        domain.drift = [noConnector(name ?? connectorId ?? '', connectorId, other)];
    }
    else if (name !== undefined && connector.emailDomain !== name) {
        domain.drift = [ofOtherDomain(connector, name)];
    }
    else {
        domain.see(connector);
        const dns = await lookAtRecord(connector, services);
        if (dns !== undefined)
            domain.seeDns(dns);
        const watched = await watchDomain(connector, settings, services);
        domain.drift = [...differences(connector, dns, settings), ...watched.drift];
        domain.notChecked = watched.notChecked;
    }
    if (domain.drift.length === 0)
        log.info(`${domain.name ?? 'The connector'} is as declared.`);
    for (const { actual, expected, remedy } of domain.drift)
        log.info(`Drift: ${actual}; expected: ${expected}. ${remedy}`);
};
async function declaredConnector({ connector, name }, { connectorId }, services) {
    const { ssoConnectors } = requireApi(services);
    if (connector !== undefined)
        return ssoConnectors.getIfThere(connector.id);
    if (connectorId === undefined)
        return name === undefined ? undefined : ssoConnectors.find(name);
    return (await ssoConnectors.listReadable()).connectors.find(({ id }) => id === connectorId);
}
async function otherConnector({ name }, { connectorId }, services) {
    if (connectorId === undefined || name === undefined)
        return undefined;
    return requireApi(services).ssoConnectors.find(name);
}
async function lookAtRecord({ emailDomain, verificationCode }, { dns, log }) {
    if (verificationCode === undefined) {
        log.warning(`Cloudflare shows no verification code for ${emailDomain}, so its TXT record is not checked.`);
        return undefined;
    }
    const oneLook = { timeoutMs: 0, pollIntervalMs: 0 };
    return dns.waitFor({ name: emailDomain, value: verificationCode }, oneLook, log);
}
function noConnector(emailDomain, id, other) {
    const isThere = other === undefined ? '' : `; the email domain has connector ${other.id}`;
    return {
        kind: 'connector-missing',
        email_domain: emailDomain,
        expected: id === undefined ? 'an SSO connector' : `SSO connector ${id}`,
        actual: `this account has no SSO connector${id === undefined ? '' : ` ${id}`}${isThere}`,
        remedy: other === undefined
            ? 'Run mode create, or remove the email domain from this check.'
            : 'Correct connector-id, or leave it out.',
    };
}
function ofOtherDomain({ id, emailDomain }, name) {
    return {
        kind: 'connector-missing',
        email_domain: name,
        connector_id: id,
        expected: `SSO connector ${id} for ${name}`,
        actual: `connector ${id} belongs to ${ownerOf(emailDomain)}`,
        remedy: 'Leave out either connector-id or email-domain.',
    };
}
function differences(connector, dns, { check: { expectEnabled }, useFedrampLanguage }) {
    const { enabled, verificationStatus, emailDomain, id } = connector;
    const about = { email_domain: emailDomain, connector_id: id };
    const drift = [];
    if (verificationStatus !== 'verified') {
        drift.push({
            ...about,
            kind: 'not-verified',
            expected: 'verified',
            actual: `the connector's verification status is ${verificationStatus ?? 'unknown'}`,
            remedy: 'Publish the TXT record, then run create, wait-for-dns and enable.',
        });
    }
    if (enabled === undefined) {
        drift.push({
            ...about,
            kind: 'enabled-unknown',
            expected: expectEnabled ? 'enabled' : 'disabled',
            actual: 'Cloudflare does not say whether the connector is enabled',
            remedy: 'Look at the connector in the dashboard, then run check again.',
        });
    }
    if (expectEnabled && enabled === false) {
        drift.push({
            ...about,
            kind: 'not-enabled',
            expected: 'enabled',
            actual: 'the connector is disabled',
            remedy: verificationStatus === 'verified'
                ? 'Find out who disabled it and why before you run mode enable.'
                : 'Run mode enable once the TXT record is published.',
        });
    }
    if (!expectEnabled && enabled) {
        drift.push({
            ...about,
            kind: 'enabled',
            expected: 'disabled',
            actual: 'the connector is enabled',
            remedy: 'Run mode disable, or declare it with expect-enabled: true.',
        });
    }
    if (useFedrampLanguage !== undefined && useFedrampLanguage !== connector.useFedrampLanguage) {
        drift.push({
            ...about,
            kind: 'fedramp-language',
            expected: `use_fedramp_language ${useFedrampLanguage}`,
            actual: `use_fedramp_language is ${connector.useFedrampLanguage}`,
            remedy: 'Run mode create with the same use-fedramp-language to change it.',
        });
    }
    return dns === undefined || dns.visible ? drift : [...drift, recordDrift(dns, about)];
}
function recordDrift(dns, about) {
    const authoritative = dns.servers.filter(({ role, record }) => role === 'authoritative' && record !== 'unknown');
    const isGone = authoritative.length > 0 && authoritative.every(({ record }) => record === 'absent');
    const [main] = dns.diagnosis;
    const cause = main === undefined ? '' : ` (most likely cause: ${main.cause})`;
    return {
        ...about,
        kind: isGone ? 'record-missing' : 'record-not-visible',
        expected: `the TXT record "${dns.value}"`,
        actual: `${isGone ? 'the authoritative servers do not have the TXT record' : 'the TXT record is not visible'}${cause}`,
        remedy: isGone
            ? 'Publish the TXT record.'
            : 'Run mode wait-for-dns: it waits until the record is visible, or explains why it is not.',
    };
}

;// CONCATENATED MODULE: ./lib/modes/connector-change.js


function patch(ssoConnectors, connectorId, change) {
    return {
        send: async () => ({ connector: await ssoConnectors.change(connectorId, change) }),
        look: () => ssoConnectors.getIfThere(connectorId),
        isDone: isMadeBy(change),
        isGone: isNotFound,
    };
}
function begin(ssoConnectors, connector) {
    return {
        send: async () => {
            await ssoConnectors.beginVerification(connector.id);
            return { connector: { ...connector, verificationStatus: 'pending' } };
        },
        look: () => ssoConnectors.getIfThere(connector.id),
        isDone: isBegun,
        isGone: isNotFound,
    };
}
function remove(ssoConnectors, connectorId) {
    return {
        send: async () => ({ connector: undefined, isOurs: await ssoConnectors.delete(connectorId) }),
        look: () => ssoConnectors.getIfThere(connectorId),
        isDone: (seen) => seen === undefined,
    };
}

;// CONCATENATED MODULE: ./lib/modes/txt-today.js

const LIMIT_MS = 5000;
const LOOKING_MODES = ['wait-for-dns', 'check'];
async function lookAtTxtToday(domain, { modes, dns: { authoritativeServers } }, { dns, log }) {
    const { record, txtToday } = domain;
    if (record === undefined || txtToday !== undefined || authoritativeServers === 'off')
        return;
    if (modes.some((mode) => LOOKING_MODES.includes(mode)))
        return;
    try {
        domain.txtToday = await dns.currentTxt(record.emailDomain, LIMIT_MS);
    }
    catch (thrown) {
        if (!(thrown instanceof domain_errors/* DnsError */.AU))
            throw thrown;
        log.info(`The output txt-values is left out. ${thrown.message}`);
    }
}

;// CONCATENATED MODULE: ./lib/modes/write-record.js


async function writeRecord(domain, { format: name, file }, settings, services) {
    const { dns, workspace, clock, log } = services;
    const emailDomain = domain.record?.emailDomain;
    if (emailDomain === undefined)
        return;
    const { RECORD_FORMATS } = await Promise.all(/* import() */[__nccwpck_require__.e(815), __nccwpck_require__.e(690)]).then(__nccwpck_require__.bind(__nccwpck_require__, 3690));
    const format = RECORD_FORMATS[name];
    if (format.needsTxtValues)
        domain.txtToday = await dns.currentTxt(emailDomain);
    else
        await lookAtTxtToday(domain, settings, services);
    domain.renderRecord = format.render;
    const { record } = domain;
    if (file === undefined || record === undefined)
        return;
    const path = file.replaceAll('{email-domain}', emailDomain);
    const target = { path, nowMs: clock.now() };
    const { dryRun } = settings;
    const hasChanged = await workspace.update(path, (text) => format.merge(text, record, target), { dryRun });
    const shown = (0,untrusted/* printable */.g$)(path, 200);
    if (!hasChanged)
        log.info(`${shown} already has the record of ${emailDomain}.`);
    else
        log.info(`${dryRun ? 'Dry run: would write' : 'Wrote'} the record of ${emailDomain} to ${shown}.`);
}

;// CONCATENATED MODULE: ./lib/modes/create.js





const create = async (domain, settings, services) => {
    const connector = await lookUp(domain, settings, services);
    if (connector !== undefined)
        await adopt(domain, connector, settings, services);
    else
        await make(domain, settings, services);
    if (settings.record === undefined)
        await lookAtTxtToday(domain, settings, services);
    else
        await writeRecord(domain, settings.record, settings, services);
};
async function make(domain, settings, services) {
    const { name } = domain;
    if (name === undefined)
        return;
    const { log } = services;
    if (settings.dryRun) {
        log.info(`Dry run: would create an SSO connector for ${name}.`);
        return;
    }
    const wanted = {
        email_domain: name,
        begin_verification: settings.beginVerification,
        ...(settings.useFedrampLanguage !== undefined && { use_fedramp_language: settings.useFedrampLanguage }),
    };
    const { ssoConnectors } = requireApi(services);
    const { isCreated = false } = await domain.changeConnector({
        send: async () => {
            const { connector, created } = await ssoConnectors.create(wanted);
            return { connector, isOurs: created, isCreated: created };
        },
        look: () => ssoConnectors.findNew(name),
        isDone: (seen) => seen !== undefined,
        isCreation: true,
    });
    log.info(`${isCreated ? 'Created' : 'Found'} SSO connector ${domain.connector?.id} for ${name}.`);
    sayWhatToPublish(domain, services);
}
async function adopt(domain, connector, settings, services) {
    services.log.info(`Found SSO connector ${connector.id} for ${connector.emailDomain} (${describeStatus(connector)}).`);
    await applyFedrampLanguage(domain, connector, settings, services);
    if (settings.beginVerification && connector.verificationStatus === 'failed')
        await restartVerification(domain, connector, settings, services);
    if (!connector.enabled && connector.verificationStatus !== 'verified')
        sayWhatToPublish(domain, services);
}
function describeStatus({ enabled, verificationStatus }) {
    if (enabled)
        return 'enabled';
    return verificationStatus === 'verified' ? 'verified' : `verification ${verificationStatus ?? 'unknown'}`;
}
async function applyFedrampLanguage(domain, { id, useFedrampLanguage: from }, { useFedrampLanguage: to, dryRun }, services) {
    if (to === undefined || to === from)
        return;
    const { log } = services;
    if (dryRun) {
        log.info(`Dry run: would change use_fedramp_language from ${from} to ${to}.`);
        return;
    }
    const { ssoConnectors } = requireApi(services);
    await domain.changeConnector(patch(ssoConnectors, id, { use_fedramp_language: to }));
    log.info(`Changed use_fedramp_language from ${from} to ${to}.`);
}
async function restartVerification(domain, connector, { dryRun }, services) {
    const { log } = services;
    if (dryRun) {
        log.info('Dry run: would restart the failed verification.');
        return;
    }
    await domain.changeConnector(begin(requireApi(services).ssoConnectors, domain.connector ?? connector));
    log.info('Its verification had failed; Cloudflare has started again.');
}
function sayWhatToPublish({ record }, { log }) {
    if (record === undefined)
        return;
    log.info(`Publish this TXT record: ${record.emailDomain}.  IN  TXT  "${record.verificationCode}"`);
}

;// CONCATENATED MODULE: ./lib/modes/delete.js




const deleteConnector = async (domain, settings, services) => {
    const { log } = services;
    const connectors = await delete_connectorsOf(domain, settings, services);
    domain.see(connectors[0]);
    if (connectors.length === 0) {
        log.info('There is no SSO connector, so there is nothing to delete.');
        return;
    }
    if (connectors.length > 1)
        log.info(`${domain.name} has ${connectors.length} SSO connectors.`);
    const kept = connectors.filter(({ enabled }) => enabled !== false && !wouldBeDisabled(settings));
    for (const connector of connectors)
        if (!kept.includes(connector))
            await removeOne(domain, connector, settings, services);
    const [first] = kept;
    if (first === undefined)
        return;
    domain.see(first);
    throw mayBeEnabled(kept);
};
async function delete_connectorsOf({ connector: known, name }, { connectorId }, services) {
    const { ssoConnectors } = requireApi(services);
    const id = connectorId ?? (name === undefined ? known?.id : undefined);
    if (id === undefined)
        return name === undefined ? [] : ssoConnectors.allOf(name);
    const connector = await ssoConnectors.getIfThere(id);
    if (connector === undefined)
        return [];
    refuseOtherDomain(connector, name);
    return [connector];
}
async function removeOne(domain, connector, { dryRun }, services) {
    const { id, emailDomain } = connector;
    const what = `SSO connector ${id} for ${emailDomain}`;
    if (dryRun) {
        services.log.info(`Dry run: would delete ${what}.`);
        return;
    }
    domain.see(connector);
    const { isOurs = true } = await domain.changeConnector(remove(requireApi(services).ssoConnectors, id));
    services.log.info(`${isOurs ? `Deleted ${what}.` : `Somebody else deleted ${what}.`} You can now remove its TXT record.`);
}
function mayBeEnabled(kept) {
    return new domain_errors/* ActionError */.lZ(kept.map(describe).join(' '), {
        hint: 'To disable and delete on purpose, run "mode: disable, delete".',
    });
}
function describe({ id, enabled, emailDomain }) {
    const seen = enabled === undefined
        ? 'may be enabled: Cloudflare does not say'
        : 'is enabled: its users sign in through the identity provider';
    return `SSO connector ${id} for ${emailDomain} ${seen}.`;
}
function wouldBeDisabled({ dryRun, modes }) {
    const [disabled, deleted] = [modes.indexOf('disable'), modes.indexOf('delete')];
    return dryRun && disabled >= 0 && disabled < deleted;
}

;// CONCATENATED MODULE: ./lib/modes/disable.js




const disable = async (domain, settings, services) => {
    const { connectorId, dryRun } = settings;
    if (connectorId !== undefined && !dryRun)
        return switchOff(domain, connectorId, undefined, services);
    const connectors = await disable_connectorsOf(domain, settings, services);
    domain.see(connectors[0]);
    if (connectors.length === 0)
        return sayNothingToDisable(domain, settings, services);
    if (dryRun)
        return sayWouldDisable(connectors, services);
    const failures = [];
    const seen = [];
    for (const connector of connectors.toReversed()) {
        await switchOff(domain, connector.id, connector, services).catch((thrown) => {
            if (thrown instanceof domain_errors/* StoppedError */.Ko)
                throw thrown;
            failures.push((0,domain_errors/* toActionError */.ie)(thrown));
        });
        if (domain.sight.kind === 'in-doubt')
            seen.push({ ...connector, enabled: undefined });
        if (domain.sight.kind === 'seen')
            seen.push(domain.sight.connector);
    }
    if (connectors.length > 1)
        domain.see(seen.findLast(({ enabled }) => enabled !== false) ?? seen.at(-1));
    if (failures.length > 0)
        throw together(failures);
};
async function disable_connectorsOf(domain, settings, services) {
    const { connector: known, name } = domain;
    if (name === undefined || settings.connectorId !== undefined) {
        const connector = await lookUp(domain, settings, services);
        return connector === undefined ? [] : [connector];
    }
    const all = await requireApi(services).ssoConnectors.allOf(name);
    return known === undefined || all.some(({ id }) => id === known.id) ? all : [...all, known];
}
function sayWouldDisable(connectors, { log }) {
    for (const { id, emailDomain, enabled } of connectors) {
        const what = `SSO connector ${id} for ${emailDomain}`;
        log.info(enabled === false ? `The ${what} is already disabled.` : `Dry run: would disable the ${what}.`);
    }
}
async function switchOff(domain, connectorId, before, services) {
    const asked = domain.name;
    if (before !== undefined)
        domain.see(before);
    const { ssoConnectors } = requireApi(services);
    const change = patch(ssoConnectors, connectorId, { enabled: false });
    const wasDisabled = before?.enabled === false;
    await domain.changeConnector({
        ...change,
        send: async () => ({ ...(await change.send()), isOurs: !wasDisabled }),
    });
    if (domain.connector?.enabled !== false)
        domain.see(await ssoConnectors.getIfThere(connectorId));
    const now = domain.connector;
    if (now === undefined) {
        services.log.warning(`SSO connector ${connectorId} is gone: somebody has deleted it.`);
        return;
    }
    if (now.enabled !== false) {
        throw new domain_errors/* ActionError */.lZ(`Cloudflare accepted the request to disable connector ${connectorId}, but it is not disabled.`, { hint: 'Run again at once. If it stays enabled, Cloudflare support can disable it.' });
    }
    const emailDomain = now.emailDomain || asked || ownerOf('');
    const done = wasDisabled
        ? `SSO connector ${connectorId} for ${emailDomain} is disabled, as it seemed to be before.`
        : `Disabled SSO connector ${connectorId} for ${emailDomain}.`;
    services.log.info(`${done} Its users sign in without the identity provider.`);
    if (asked !== undefined && emailDomain !== asked) {
        throw new domain_errors/* ActionError */.lZ(`Connector ${connectorId} is disabled now, but it belongs to ${emailDomain}, not to ${asked}.`, { hint: 'Leave out either connector-id or email-domain, then run again for the right one.' });
    }
}
function together(failures) {
    const [first] = failures;
    if (first !== undefined && failures.length === 1)
        return first;
    return new domain_errors/* ActionError */.lZ(failures.map(({ message }) => message).join(' '), {
        hint: first?.hint,
        cause: first,
    });
}
function sayNothingToDisable({ name }, settings, { log }) {
    if (settings.modes.includes('delete')) {
        log.info('There is no SSO connector, so there is nothing to disable.');
        return;
    }
    const domain = name ?? 'this domain';
    throw new domain_errors/* ActionError */.lZ(`Account ${settings.account?.accountId ?? ''} has no SSO connector for ${domain}: nothing was disabled.`, {
        hint: `If users of ${domain} are locked out, the connector is in another account: run again with that account-id and an API token for it.`,
    });
}

;// CONCATENATED MODULE: ./lib/time/growing-pauses.js
const growing_pauses_FIRST_PAUSE_MS = 2000;
const growing_pauses_PAUSE_GROWTH = 1.5;
function* growingPauses(longestMs) {
    for (let pauseMs = growing_pauses_FIRST_PAUSE_MS;; pauseMs *= growing_pauses_PAUSE_GROWTH)
        yield Math.min(pauseMs, longestMs);
}

// EXTERNAL MODULE: ./lib/time/until-aborted.js
var until_aborted = __nccwpck_require__(7023);
;// CONCATENATED MODULE: ./lib/modes/switch-on.js




async function switchOn(domain, { id, emailDomain }, services) {
    const { log } = services;
    const { ssoConnectors } = requireApi(services);
    log.info(`Enabling the connector: from now on every user of ${emailDomain}, in every Cloudflare account, must sign in through the identity provider.`);
    await domain.changeConnector(patch(ssoConnectors, id, { enabled: true })).catch(explainRefusal);
    if (!domain.connector?.enabled)
        domain.see(await ssoConnectors.get(id));
    if (!domain.connector?.enabled) {
        throw new domain_errors/* ActionError */.lZ(`Cloudflare accepted the request to enable connector ${id}, but it is not enabled.`, {
            hint: 'Run again. If it stays disabled, the domain may be enabled in another account; Cloudflare support can tell.',
        });
    }
    log.info(`SSO connector ${id} for ${emailDomain} is enabled. To get back in: disable connector ${id} with an API token that you can use without the dashboard.`);
}
const REFUSALS = new Set([400, 409, 422]);
function explainRefusal(error) {
    if (!(error instanceof CloudflareApiError) || !REFUSALS.has(error.status))
        throw error;
    throw new domain_errors/* ActionError */.lZ(`Cloudflare refuses to enable the connector. ${error.message}`, {
        hint: 'Only one account can have the domain enabled. If another account of yours does, disable it there first: run mode disable with its connector-id, account-id and API token. Otherwise see what Cloudflare says above.',
        cause: error,
    });
}
async function ssoAppByNow(services) {
    const { access } = requireApi(services);
    return (await access.ssoApp()) ?? (await access.ssoApp(services.clock.now()));
}
async function nameSsoApp(domain, services) {
    const { log } = services;
    try {
        domain.ssoApp = await ssoAppByNow(services);
    }
    catch (error) {
        if (!(error instanceof domain_errors/* RequestError */.GI))
            throw error;
        log.info(`The dashboard's Access application could not be looked up. ${error.message}`);
        return;
    }
    if (domain.ssoApp === undefined)
        log.info("The dashboard's Access application (type dash_sso) does not exist yet.");
    else
        log.ofAccount('info', `The policies of the Access application ${domain.ssoApp.name} (${domain.ssoApp.id}) decide who may sign in.`);
}

;// CONCATENATED MODULE: ./lib/modes/first-sign-in.js








const FIRST_NEWS_MS = 60_000;
const LAST_LOOK_MS = 10_000;
async function untilSignedIn(domain, connector, { patchedAtMs, confirmWithinMs }, settings, services) {
    const { clock, log, signal } = services;
    const { emailDomain } = connector;
    const deadlineMs = clock.now() + confirmWithinMs;
    askForSignIn(connector, confirmWithinMs, deadlineMs, services);
    const sinceMs = Math.floor(patchedAtMs / 1000) * 1000;
    const late = AbortSignal.timeout(confirmWithinMs + LAST_LOOK_MS);
    let denials = [];
    const pauses = growingPauses(settings.wait.pollIntervalMs);
    let newsMs = FIRST_NEWS_MS;
    for (;;) {
        const look = dashboardSignIns(domain, { emailDomain, sinceMs }, services);
        const signIns = await (0,until_aborted/* untilAborted */.E)(look, late).catch((error) => {
            throw late.aborted ? unanswered(connector, confirmWithinMs) : error;
        });
        const allowed = signIns.filter((one) => one.allowed);
        const first = allowed.findLast((one) => !isBuiltIn(one)) ?? allowed.at(-1);
        if (first !== undefined)
            return first_sign_in_confirm(domain, connector, first, services);
        if (signIns.length > denials.length)
            log.warning(`${first_sign_in_counted(signIns)}.`);
        denials = signIns;
        const leftMs = deadlineMs - clock.now();
        if (leftMs <= 0)
            throw notConfirmed(domain, connector, signIns, confirmWithinMs);
        if (confirmWithinMs - leftMs >= newsMs) {
            log.info(`Still waiting for a sign-in, ${(0,duration/* formatDuration */.a3)(leftMs)} left.`);
            newsMs *= 2;
        }
        await clock.sleep(Math.min(pauses.next().value, leftMs), signal);
    }
}
function askForSignIn({ emailDomain }, confirmWithinMs, deadlineMs, { clock, log }) {
    log.notice(`Open https://dash.cloudflare.com in a private window and sign in as somebody of ${emailDomain} within ${(0,duration/* formatDuration */.a3)(confirmWithinMs)}, before ${(0,duration/* formatTime */.fU)(deadlineMs, clock.now())}. Without a sign-in by then, the connector is disabled again.`);
}
async function dashboardSignIns(domain, query, services) {
    domain.ssoApp ??= await ssoAppByNow(services);
    const app = domain.ssoApp;
    if (app === undefined)
        return [];
    const signIns = await requireApi(services).accessLog.signIns(query);
    return signIns.filter(({ appUid }) => appUid === app.id || appUid === app.uid);
}
const ONLY_BUILT_IN = ' That proves nothing about your own identity provider: sign in through it as well.';
function isBuiltIn({ connection }) {
    return BUILT_IN_PROVIDERS.has(connection.toLowerCase());
}
async function first_sign_in_confirm(domain, { id, emailDomain }, signIn, services) {
    const { clock, log } = services;
    const seen = `somebody of ${emailDomain} signed in to the dashboard through ${connections([signIn])} at ${(0,duration/* formatTime */.fU)(signIn.atMs, clock.now())}`;
    try {
        domain.see(await requireApi(services).ssoConnectors.get(id));
    }
    catch (error) {
        if (!(error instanceof domain_errors/* RequestError */.GI))
            throw error;
        log.warning(`Connector ${id} could not be read again. ${error.message}`);
    }
    if (domain.connector?.enabled !== false) {
        const caveat = isBuiltIn(signIn) ? ONLY_BUILT_IN : '';
        log.notice(`Confirmed: ${seen}. Connector ${id} stays enabled.${caveat}`);
        return;
    }
    throw new domain_errors/* ActionError */.lZ(`Connector ${id} was disabled during the wait, although ${seen}.`, {
        hint: 'Find out who disabled it and why before you run mode enable again.',
    });
}
function unanswered({ emailDomain }, confirmWithinMs) {
    return new domain_errors/* TimeoutError */.MU(`Whether somebody of ${emailDomain} signed in within ${(0,duration/* formatDuration */.a3)(confirmWithinMs)} is not known: Cloudflare's log of sign-ins did not answer in time.`, { hint: 'Check https://www.cloudflarestatus.com for incidents, then run again.' });
}
function notConfirmed({ ssoApp }, { emailDomain }, denied, confirmWithinMs) {
    const seen = ssoApp === undefined
        ? 'The Access application of type dash_sso has not appeared.'
        : `${first_sign_in_counted(denied)}.`;
    const remedy = denied.length > 0
        ? 'Somebody tried and was denied: look at the policies of the Access application of type dash_sso, and at the log of your identity provider.'
        : 'If somebody did sign in, Cloudflare may show it later than that: set a longer confirm-within. Otherwise test your identity provider in the dashboard under Zero Trust > Integrations > Identity providers.';
    return new domain_errors/* TimeoutError */.MU(`Nobody of ${emailDomain} signed in to the dashboard through SSO within ${(0,duration/* formatDuration */.a3)(confirmWithinMs)}. ${seen}`, { hint: remedy });
}
function first_sign_in_counted(denied) {
    if (denied.length === 0)
        return 'No denied sign-in was seen either';
    const count = denied.length === 1 ? '1 denied sign-in was' : `${denied.length} denied sign-ins were`;
    return `${count} seen, through ${connections(denied)}`;
}

;// CONCATENATED MODULE: ./lib/modes/take-back.js




const take_back_FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 30_000;
const MAX_REFUSALS = 8;
const SETTLE_MS = 3000;
async function takeBack(domain, enabled, settings, services) {
    const isInDoubt = domain.sight.kind === 'in-doubt';
    await untilOff(domain, enabled, settings, services);
    if (!isInDoubt)
        return;
    await services.clock.sleep(SETTLE_MS);
    await untilOff(domain, enabled, settings, services);
}
async function untilOff(domain, enabled, settings, services) {
    const { clock, log } = services;
    const { connectorId } = enabled;
    const command = disableCommand(connectorId, settings);
    let pauseMs = take_back_FIRST_PAUSE_MS;
    for (let refusals = 0;; pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS)) {
        const problem = await take_back_switchOff(domain, enabled, services);
        if (problem === undefined)
            return;
        refusals = problem.isFinal ? refusals + 1 : 0;
        if (refusals >= MAX_REFUSALS)
            throw stillEnabled(domain, connectorId, problem.error, command);
        log.warning(`Connector ${connectorId} could not be disabled. ${problem.error.message} Trying again in ${(0,duration/* formatDuration */.a3)(pauseMs)}. To do it by hand:`);
        log.info(command);
        await clock.sleep(pauseMs);
    }
}
async function take_back_switchOff(domain, { connectorId, patchedByMs }, { clock, lastResort }) {
    if (lastResort === undefined)
        throw new TypeError('a connector was enabled without credentials');
    const [sent] = await Promise.allSettled([
        domain.changeConnector({
            send: async () => ({ connector: await lastResort.change(connectorId, { enabled: false }) }),
            isDone: (seen) => seen?.enabled === false,
        }),
    ]);
    if (sent.status === 'rejected' && mayPass(sent.reason))
        return { error: (0,domain_errors/* toActionError */.ie)(sent.reason), isFinal: false };
    const isProof = sent.status === 'fulfilled' || clock.now() >= patchedByMs + change/* READ_LAG_MS */.Dc;
    const [seen] = await Promise.allSettled([lastResort.get(connectorId)]);
    if (seen.status === 'fulfilled' && (isProof || seen.value.enabled !== false)) {
        domain.see(seen.value);
        if (seen.value.enabled === false)
            return undefined;
    }
    if (take_back_isGone(sent) && take_back_isGone(seen)) {
        domain.see(undefined);
        return undefined;
    }
    if (sent.status === 'rejected')
        return { error: (0,domain_errors/* toActionError */.ie)(sent.reason), isFinal: true };
    if (seen.status === 'rejected')
        return { error: (0,domain_errors/* toActionError */.ie)(seen.reason), isFinal: !mayPass(seen.reason) };
    const error = new domain_errors/* ActionError */.lZ('Cloudflare accepted the request, but the connector is not disabled.');
    return { error, isFinal: false };
}
function take_back_isGone(request) {
    return request.status === 'rejected' && isNotFound(request.reason);
}
function mayPass(error) {
    return error instanceof domain_errors/* RequestError */.GI && error.retryability !== 'permanent';
}
function stillEnabled({ sight }, connectorId, cause, command) {
    const state = sight.kind === 'seen' && sight.connector.enabled === true ? 'is still' : 'may still be';
    return new domain_errors/* ActionError */.lZ(`Connector ${connectorId} ${state} enabled and nobody has confirmed it: it could not be disabled. ${cause.message}`, { hint: `${cause.hint ?? ''} To disable it by hand: ${command}`.trimStart(), cause, command });
}
function disableCommand(connectorId, { apiUrl, account }) {
    const url = `${apiUrl}/accounts/${account?.accountId ?? ''}/sso_connectors/${connectorId}`;
    return `curl --fail-with-body -X PATCH ${take_back_quoted(url)} -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN" -H 'Content-Type: application/json' -d '{"enabled": false}'`;
}
function take_back_quoted(text) {
    return `'${text.replaceAll("'", String.raw `'\''`)}'`;
}

;// CONCATENATED MODULE: ./lib/modes/confirmed-enable.js




async function enableUntilConfirmed(domain, connector, confirmWithinMs, settings, services) {
    const [patchedAtMs, before] = [services.clock.now(), domain.sight];
    services.log.info(`If this step is killed before somebody has signed in: ${disableCommand(connector.id, settings)}`);
    let onSinceMs;
    try {
        await switchOn(domain, connector, services);
        onSinceMs = services.clock.now();
        await untilSignedIn(domain, connector, { patchedAtMs, confirmWithinMs }, settings, services);
        domain.confirmed = true;
    }
    catch (thrown) {
        const error = (0,domain_errors/* toActionError */.ie)(thrown);
        if (domain.sight === before || (onSinceMs === undefined && domain.sight.kind === 'absent'))
            throw error;
        domain.confirmed = false;
        const isOffMeanwhile = onSinceMs !== undefined && domain.sight.kind === 'seen' && domain.sight.connector.enabled === false;
        services.log.info(`${error.message} Disabling the connector again.`);
        const enabled = { connectorId: connector.id, patchedByMs: onSinceMs ?? services.clock.now() };
        await takeBack(domain, enabled, settings, services).catch((failure) => {
            throw withReason((0,domain_errors/* toActionError */.ie)(failure), error);
        });
        const outcome = outcomeFor(domain, connector, isOffMeanwhile);
        services.log.info(outcome);
        throw withOutcome(error, outcome);
    }
}
function outcomeFor(domain, { id, emailDomain }, isOffMeanwhile) {
    const shown = `Connector ${id} for ${emailDomain}`;
    if (domain.connector === undefined)
        return `${shown} is gone: somebody deleted it.`;
    if (isOffMeanwhile)
        return `${shown} is disabled.`;
    return `${shown} is disabled again, because nobody had confirmed it.`;
}
function withReason(failure, reason) {
    const { command, hint, message } = failure;
    return new domain_errors/* ActionError */.lZ(`${message} Before that: ${reason.message}`, { hint, cause: failure, command });
}
function withOutcome(error, outcome) {
    const details = { hint: `${outcome} ${error.hint ?? ''}`.trimEnd(), cause: error };
    return error instanceof domain_errors/* StoppedError */.Ko
        ? new domain_errors/* StoppedError */.Ko(error.message, { ...details, hint: outcome })
        : new domain_errors/* ActionError */.lZ(error.message, details);
}

;// CONCATENATED MODULE: ./lib/modes/verification.js







async function untilVerified(domain, connector, settings, services) {
    const { clock, signal } = services;
    const { timeoutMs, pollIntervalMs } = settings.wait;
    const deadlineMs = clock.now() + timeoutMs;
    let seen = await begun(domain, connector, services);
    const pauses = growingPauses(pollIntervalMs);
    for (;;) {
        if (seen.verificationStatus === 'verified')
            return seen;
        if (seen.verificationStatus === 'failed')
            throw await verificationFailed(domain, seen, settings, services);
        if (clock.now() >= deadlineMs) {
            endInTimeout(domain, notVerified(seen, settings), settings, services);
            return undefined;
        }
        await clock.sleep(Math.min(pauses.next().value, deadlineMs - clock.now()), signal);
        seen = await stillThere(domain, seen, services);
    }
}
async function begun(domain, connector, services) {
    const { log } = services;
    const { verificationStatus } = connector;
    if (verificationStatus === 'awaiting' || verificationStatus === 'failed') {
        await domain.changeConnector(begin(requireApi(services).ssoConnectors, connector));
        log.info(`Verification was ${verificationStatus}; Cloudflare has started to look for the TXT record.`);
        return stillThere(domain, connector, services);
    }
    if (verificationStatus !== 'verified')
        log.info(`Cloudflare is verifying the TXT record (status ${statusOf(connector)}).`);
    return connector;
}
async function stillThere(domain, { id, emailDomain }, services) {
    const connector = await requireApi(services).ssoConnectors.getIfThere(id);
    domain.see(connector);
    if (connector !== undefined)
        return connector;
    throw new domain_errors/* ActionError */.lZ(`SSO connector ${id} for ${emailDomain} is gone: somebody deleted it.`, {
        hint: 'To enable the domain after all, run create again. The new connector has another verification code to publish.',
    });
}
async function verificationFailed(domain, { emailDomain, verificationCode }, settings, { dns, log }) {
    const message = `Cloudflare could not verify the TXT record of ${emailDomain} (status failed).`;
    if (verificationCode === undefined)
        return new domain_errors/* ActionError */.lZ(message);
    const oneLook = { ...settings.wait, timeoutMs: 0 };
    const record = { name: emailDomain, value: verificationCode };
    const report = domain.dns ?? (await dns.waitFor(record, oneLook, log));
    if (report.visible) {
        return new domain_errors/* ActionError */.lZ(`${message} The record is visible from here.`, {
            hint: 'Run again: enable restarts the verification.',
        });
    }
    const { why, remedy } = explainInvisible(report);
    return new domain_errors/* ActionError */.lZ(`${message} Seen from here, ${why}.`, { hint: remedy });
}
function notVerified(connector, { wait }) {
    const waited = wait.timeoutMs === 0 ? '' : ` after ${(0,duration/* formatDuration */.a3)(wait.timeoutMs)}`;
    return new domain_errors/* TimeoutError */.MU(`Cloudflare has not verified the TXT record of ${connector.emailDomain}${waited} (status ${statusOf(connector)}).`, {
        hint: 'Cloudflare polls for up to two days. Run the same step again later: it continues where this run stopped. Mode wait-for-dns shows whether the record is visible, and if not, why.',
    });
}
function statusOf({ verificationStatus }) {
    return verificationStatus ?? 'unknown';
}

;// CONCATENATED MODULE: ./lib/modes/enable.js








const enable = async (domain, settings, services) => {
    const { log } = services;
    const connector = await lookUp(domain, settings, services);
    if (connector === undefined) {
        if (!settings.dryRun || !settings.modes.includes('create'))
            throw connectorMissing(domain);
        log.info('Dry run: would enable the connector once it exists and is verified.');
        return;
    }
    if (connector.enabled)
        return sayAlreadyEnabled(connector, settings, services);
    if (settings.dryRun)
        return sayWouldEnable(domain, connector, settings, services);
    const verified = await untilVerified(domain, connector, settings, services);
    if (verified === undefined)
        return;
    if (verified.enabled)
        return sayAlreadyEnabled(verified, settings, services);
    await judgeAndTell(domain, settings, services);
    if (settings.confirmWithinMs !== undefined) {
        if (!(await isDisabledNow(domain, verified, settings, services)))
            return;
        await enableUntilConfirmed(domain, verified, settings.confirmWithinMs, settings, services);
        return;
    }
    await switchOn(domain, verified, services);
    await nameSsoApp(domain, services);
};
async function isDisabledNow(domain, { id }, settings, services) {
    const now = await requireApi(services).ssoConnectors.get(id);
    domain.see(now);
    if (now.enabled)
        sayAlreadyEnabled(now, settings, services);
    if (now.enabled !== undefined)
        return !now.enabled;
    throw new domain_errors/* ActionError */.lZ(`Cloudflare does not say whether connector ${id} is enabled, so confirm-within would not know what to take back to.`, { hint: 'Look at the connector in the dashboard, then run again.' });
}
function sayAlreadyEnabled({ id, emailDomain }, { confirmWithinMs }, { log }) {
    log.info(`SSO connector ${id} for ${emailDomain} is already enabled.`);
    if (confirmWithinMs === undefined)
        return;
    log.warning(`confirm-within does not apply: connector ${id} was enabled before this run, which leaves it as it is. Whether anybody has signed in through it is not known. If an earlier run ended before somebody confirmed it, disable it, then enable it again.`);
}
function sayWouldEnable({ dns }, connector, { confirmWithinMs }, { log }) {
    const { emailDomain, verificationStatus = 'unknown' } = connector;
    const isWaiting = verificationStatus !== 'verified' && dns?.visible === false;
    const when = isWaiting ? 'once the record is visible and verified' : `now ${verificationStatus}`;
    const confirmed = confirmWithinMs === undefined
        ? ''
        : ` Would disable it again unless somebody signs in within ${(0,duration/* formatDuration */.a3)(confirmWithinMs)}.`;
    log.info(`Dry run: would enable the connector for ${emailDomain}, ${when}.${confirmed}`);
}

;// CONCATENATED MODULE: ./lib/modes/publish-dns.js





const publishDns = async (domain, settings, services) => {
    const record = await recordToPublish(domain, settings, services);
    const { log } = services;
    if (record === undefined) {
        log.info('Dry run: there is no connector yet, so there is no record to publish.');
        return;
    }
    const { emailDomain, verificationCode } = record;
    const { dnsRecords } = requireApi(services);
    const zone = await activeZone(emailDomain, services);
    const published = await dnsRecords.txtAt(zone.id, emailDomain);
    warnOfOlderCodes(record, published, services);
    const isIt = ({ text }) => text === verificationCode;
    const present = published.find(isIt);
    if (present !== undefined) {
        domain.dnsRecord = { zoneId: zone.id, id: present.id };
        log.info(`Zone ${zone.name} already has the TXT record of ${emailDomain}.`);
        return;
    }
    if (settings.dryRun) {
        log.info(`Dry run: would add the TXT record of ${emailDomain} to zone ${zone.name}.`);
        return;
    }
    const look = async () => (await dnsRecords.txtAt(zone.id, emailDomain)).find(isIt);
    const { isOurs = true, id } = await domain.changeDns(() => dnsRecords.addTxt(zone.id, emailDomain, verificationCode), async () => {
        const untilMs = services.clock.now() + change/* READ_LAG_MS */.Dc;
        const found = await (0,change/* readUntil */.LC)(look, (seen) => seen !== undefined, untilMs, services);
        return { id: found?.id, isDone: found !== undefined };
    });
    domain.dnsRecord = { zoneId: zone.id, id };
    log.info(`${isOurs ? 'Added' : 'Found'} the TXT record of ${emailDomain} in zone ${zone.name}.`);
};
async function activeZone(emailDomain, services) {
    const zones = await requireApi(services).zones.holding(emailDomain);
    const active = zones.find(({ status }) => status === 'active');
    if (active !== undefined)
        return active;
    const [closest] = zones;
    if (closest === undefined) {
        throw new domain_errors/* ActionError */.lZ(`The API token sees no zone for ${emailDomain} at Cloudflare.`, {
            hint: 'If Cloudflare hosts the zone, give the token the permissions "Zone: Read", "DNS: Read" and "DNS: Edit" for it. If another provider hosts it, leave out publish-dns, publish the record there, and use wait-for-dns.',
        });
    }
    throw new domain_errors/* ActionError */.lZ(`Zone ${closest.name} at Cloudflare is ${(0,untrusted/* printable */.g$)(closest.status, 40)}, not active: nobody sees its records.`, { hint: WHY_NOT_ACTIVE.get(closest.status) ?? 'Look at the zone in the dashboard.' });
}
const WHY_NOT_ACTIVE = new Map([
    [
        'pending',
        "At your registrar, set the name servers that the zone's overview in the dashboard shows. Or publish the record where the domain is hosted now.",
    ],
    ['initializing', 'Finish its setup in the dashboard, then run again.'],
    [
        'moved',
        'Its name servers were changed at the registrar. Publish the record there, or change the name servers back.',
    ],
]);
function warnOfOlderCodes({ emailDomain, verificationCode: code }, published, { log }) {
    const prefix = code.slice(0, code.indexOf('=') + 1);
    const older = [...new Set(published.map(({ text }) => text))].filter((text) => text !== code && prefix && text.startsWith(prefix));
    if (older.length === 0)
        return;
    const list = older.map((text) => (0,untrusted/* printable */.g$)(text, 100)).join(', ');
    const noun = older.length === 1 ? 'another verification code' : 'other verification codes';
    log.warning(`${emailDomain} has ${noun}: ${list}. Left in place. Remove a code only if no connector in any account uses it.`);
}

;// CONCATENATED MODULE: ./lib/modes/wait-for-dns.js




const waitForDns = async (domain, settings, services) => {
    const { log, clock, dns } = services;
    const record = await recordToPublish(domain, settings, services);
    if (record === undefined) {
        log.info('Dry run: there is no connector yet, so there is no record to look for.');
        return;
    }
    const looksOnce = settings.dryRun || isVerified(domain.connector);
    if (isVerified(domain.connector))
        log.info('Cloudflare has already verified this domain: looking only once.');
    const wait = looksOnce ? { ...settings.wait, timeoutMs: 0 } : settings.wait;
    const startedAtMs = clock.now();
    const report = await dns.waitFor({ name: record.emailDomain, value: record.verificationCode }, wait, log);
    domain.seeDns(report);
    if (report.visible)
        sayVisible(report, (0,duration/* elapsed */.vk)(startedAtMs, clock.now()), settings, services);
    else if (looksOnce)
        log.info(`The record is not visible: ${explainInvisible(report).why}.`);
    else
        endInvisible(domain, report, settings, services);
};
function isVerified(connector) {
    return connector?.enabled === true || connector?.verificationStatus === 'verified';
}
function sayVisible(report, when, { dns }, { log }) {
    if (!report.authoritative && dns.authoritativeServers !== 'off') {
        log.warning('Too few authoritative servers answered: only the caches of the resolvers show the record.');
    }
    log.info(`The record is visible ${when}: ${countServers(report.servers)}.`);
}
function endInvisible(domain, report, settings, services) {
    if (report.reason === 'not-registered') {
        const { why, remedy: hint } = explainInvisible(report);
        throw new domain_errors/* DnsError */.AU(`The TXT record of ${report.name} can never become visible: ${why}.`, { hint });
    }
    endInTimeout(domain, timedOut(report, settings), settings, services);
}
function timedOut(report, { wait: { timeoutMs } }) {
    const { why, remedy } = explainInvisible(report);
    if (report.reason === 'not-in-time') {
        const seen = `The TXT record of ${report.name} cannot become visible within the timeout of ${(0,duration/* formatDuration */.a3)(timeoutMs)}`;
        return new domain_errors/* TimeoutError */.MU(`${seen}: ${why}.`, { hint: remedy });
    }
    const waitedMs = Date.parse(report.ended_at) - Date.parse(report.started_at);
    const when = timeoutMs === 0 ? '' : ` ${(0,duration/* elapsed */.vk)(0, waitedMs)}`;
    return new domain_errors/* TimeoutError */.MU(`The TXT record of ${report.name} is not visible${when}: ${why}.`, {
        hint: `${remedy} Then run the same step again: it continues where this run stopped.`,
    });
}

;// CONCATENATED MODULE: ./lib/modes/index.js








const MODES = {
    preflight: preflight,
    create: create,
    'publish-dns': publishDns,
    'wait-for-dns': waitForDns,
    enable: enable,
    check: check,
    disable: disable,
    delete: deleteConnector,
};

;// CONCATENATED MODULE: ./lib/modes/work.js








async function workOnAll(settings, services) {
    const domains = await workOnDomains(settings, services);
    const concluded = await concludeCheck(domains, settings, services);
    const failed = domains.flatMap(({ domain, failure }) => failure === undefined ? [] : [{ emailDomain: domain.name, error: failure }]);
    const changes = [concluded.changed, ...domains.map(({ domain }) => domain.changed)];
    const changed = changes.includes(true) || (changes.includes(undefined) ? undefined : false);
    const ending = concluded.drift === undefined ? 'mode check' : 'the drift issue';
    const last = concluded.failures.map((one) => ({ ...one, error: stoppedIn(ending, one.error) }));
    return { ...concluded, domains, changed, failures: [...failed, ...last] };
}
async function workOnDomains(settings, services) {
    const { verificationCode, account, emailDomains } = settings;
    const names = emailDomains.length > 0 ? emailDomains : [undefined];
    const results = names.map((name) => {
        const domain = new EmailDomain({ name, verificationCode, accountId: account?.accountId });
        return { domain, failure: undefined };
    });
    const isSeveral = results.length > 1;
    const ended = linkedAbort(services.signal);
    const progress = isSeveral ? tellProgress(results, { ...services, signal: ended.signal }) : undefined;
    await Promise.all(results.map(async ({ domain }, index) => {
        const log = isSeveral && domain.name !== undefined ? services.log.labelled(domain.name) : services.log;
        results[index] = { domain, failure: await workOn(domain, settings, { ...services, log }) };
    }));
    ended[Symbol.dispose]();
    await progress;
    return results;
}
const PROGRESS_INTERVAL_MS = 60_000;
async function tellProgress(results, { clock, log, signal }) {
    const startedAtMs = clock.now();
    for (;;) {
        await Promise.allSettled([clock.sleep(PROGRESS_INTERVAL_MS, signal)]);
        if (signal.aborted)
            return;
        log.info(`Still working ${(0,duration/* elapsed */.vk)(startedAtMs, clock.now())}. ${tally(results)}.`);
    }
}
async function workOn(domain, settings, services) {
    if (isJudgedFirst(settings)) {
        try {
            await preflightFirst(domain, settings, services);
        }
        catch (thrown) {
            return stoppedIn('preflight', (0,domain_errors/* toActionError */.ie)(thrown));
        }
    }
    for (const [index, mode] of settings.modes.entries()) {
        try {
            await services.log.group(mode, () => MODES[mode](domain, settings, services));
        }
        catch (thrown) {
            return stoppedIn(`mode ${mode}`, (0,domain_errors/* toActionError */.ie)(thrown));
        }
        if (!domain.timedOut)
            continue;
        const skipped = settings.modes.slice(index + 1);
        if (skipped.length > 0)
            services.log.info(`Skipped: ${skipped.join(', ')}. Run the same step again to continue.`);
        return undefined;
    }
    return undefined;
}
function isJudgedFirst({ modes }) {
    return modes.includes('enable') && !modes.includes('preflight');
}
function stoppedIn(work, error) {
    if (!(error instanceof domain_errors/* StoppedError */.Ko))
        return error;
    return new domain_errors/* StoppedError */.Ko(`${error.message.slice(0, -1)} in ${work}.`, { hint: error.hint, cause: error });
}

;// CONCATENATED MODULE: ./lib/run.js
var run_addDisposableResource = (undefined && undefined.__addDisposableResource) || function (env, value, async) {
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
            if (async) inner = dispose;
        }
        if (typeof dispose !== "function") throw new TypeError("Object not disposable.");
        if (inner) dispose = function() { try { inner.call(this); } catch (e) { return Promise.reject(e); } };
        env.stack.push({ value: value, dispose: dispose, async: async });
    }
    else if (async) {
        env.stack.push({ async: true });
    }
    return value;
};
var run_disposeResources = (undefined && undefined.__disposeResources) || (function (SuppressedError) {
    return function (env) {
        function fail(e) {
            env.error = env.hasError ? new SuppressedError(e, env.error, "An error was suppressed during disposal.") : e;
            env.hasError = true;
        }
        var r, s = 0;
        function next() {
            while (r = env.stack.pop()) {
                try {
                    if (!r.async && s === 1) return s = 0, env.stack.push(r), Promise.resolve().then(next);
                    if (r.dispose) {
                        var result = r.dispose.call(r.value);
                        if (r.async) return s |= 2, Promise.resolve(result).then(next, function(e) { fail(e); return next(); });
                    }
                    else s |= 1;
                }
                catch (e) {
                    fail(e);
                }
            }
            if (s === 1) return env.hasError ? Promise.reject(env.error) : Promise.resolve();
            if (env.hasError) throw env.error;
        }
        return next();
    };
})(typeof SuppressedError === "function" ? SuppressedError : function (error, suppressed, message) {
    var e = new Error(message);
    return e.name = "SuppressedError", e.error = error, e.suppressed = suppressed, e;
});







async function run() {
    const step = startStep();
    try {
        const env_1 = { stack: [], error: void 0, hasError: false };
        try {
            const settings = readSettings();
            for (const notice of settings.notices)
                step.log.notice(notice);
            const services = run_addDisposableResource(env_1, createServices(settings, step.log, step.signal), false);
            const result = await workOnAll(settings, services);
            const unwritten = writeOutputs(result);
            if (result.domains.length > 1)
                step.log.info(`${tally(result.domains)}.`);
            step.fail([...result.failures, ...unwritten]);
            await writeSummary(result, settings).catch(step.warn);
        }
        catch (e_1) {
            env_1.error = e_1;
            env_1.hasError = true;
        }
        finally {
            run_disposeResources(env_1);
        }
    }
    catch (thrown) {
        step.failWith(thrown);
    }
    step.end();
}


/***/ }),

/***/ 4783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E9: () => (/* binding */ parseDuration),
/* harmony export */   a3: () => (/* binding */ formatDuration),
/* harmony export */   fU: () => (/* binding */ formatTime),
/* harmony export */   vk: () => (/* binding */ elapsed)
/* harmony export */ });
/* harmony import */ var ms__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(744);

const MAX_TIMER_MS = 24 * 24 * 60 * 60 * 1000;
function parseDuration(text) {
    if (/^0+$/.test(text))
        return 0;
    if (!/^\d+(\.\d+)?\s*[a-z]+$/i.test(text))
        return undefined;
    const durationMs = ms__WEBPACK_IMPORTED_MODULE_0__(text);
    return durationMs !== undefined && durationMs <= MAX_TIMER_MS ? Math.round(durationMs) : undefined;
}
function formatDuration(durationMs) {
    if (durationMs < 1000)
        return `${Math.max(0, Math.round(durationMs))}ms`;
    const durations = new Intl.DurationFormat('en', { style: 'narrow' });
    const totalSeconds = Math.round(durationMs / 1000);
    const [days, hours] = [Math.floor(totalSeconds / 86_400), Math.floor((totalSeconds % 86_400) / 3600)];
    const [minutes, seconds] = [Math.floor((totalSeconds % 3600) / 60), totalSeconds % 60];
    if (days > 0)
        return durations.format({ days, hours });
    if (hours > 0)
        return durations.format({ hours, minutes });
    return durations.format({ minutes, seconds });
}
function formatTime(epochMs, nowMs) {
    const iso = new Date(epochMs).toISOString();
    const sameDay = iso.slice(0, 10) === new Date(nowMs).toISOString().slice(0, 10);
    return sameDay ? `${iso.slice(11, 16)} UTC` : `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
function elapsed(startedAtMs, nowMs) {
    return `after ${formatDuration(nowMs - startedAtMs)}`;
}


/***/ }),

/***/ 4100:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   _: () => (/* binding */ fitting)
/* harmony export */ });
function fitting(items, sizeOf, max) {
    let size = 0;
    const end = items.findIndex((item) => {
        size += sizeOf(item);
        return size > max;
    });
    return end < 0 ? items : items.slice(0, end);
}


/***/ }),

/***/ 3267:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   b: () => (/* binding */ naming)
/* harmony export */ });
function naming(names, max) {
    const more = names.length > max ? ` and ${names.length - max} more` : '';
    return `${names.slice(0, max).join(', ')}${more}`;
}


/***/ }),

/***/ 6246:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   $: () => (/* binding */ redactor),
/* harmony export */   v: () => (/* binding */ MIN_SECRET_LENGTH)
/* harmony export */ });
const MIN_SECRET_LENGTH = 16;
function redactor(secrets) {
    const forms = secrets.filter(({ length }) => length >= MIN_SECRET_LENGTH).flatMap(formsOf);
    if (forms.length === 0)
        return (text) => text;
    const longestFirst = [...new Set(forms)].sort((one, other) => other.length - one.length);
    const pattern = new RegExp(longestFirst.map((form) => form.replaceAll(/\W/g, '\\$&')).join('|'), 'gi');
    return (text) => text.replaceAll(pattern, '***');
}
function formsOf(secret) {
    const encoded = encodeURIComponent(secret);
    const escaped = JSON.stringify(secret).slice(1, -1);
    const base64 = [0, 1, 2].map((offset) => innerBase64(secret, offset));
    return [
        secret,
        encoded,
        encodeURIComponent(encoded),
        new URLSearchParams({ '': secret }).toString().slice(1),
        escaped,
        JSON.stringify(escaped).slice(1, -1),
        Buffer.from(secret).toString('hex'),
        ...base64,
        ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    ];
}
function innerBase64(text, offset) {
    const bytes = Buffer.concat([Buffer.alloc(offset), Buffer.from(text)]);
    const [start, end] = [Math.ceil((offset * 8) / 6), Math.floor((bytes.length * 8) / 6)];
    return bytes.toString('base64').slice(start, end);
}


/***/ }),

/***/ 7289:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Df: () => (/* binding */ withoutCommands),
/* harmony export */   g$: () => (/* binding */ printable),
/* harmony export */   qy: () => (/* binding */ html),
/* harmony export */   tg: () => (/* binding */ withoutAddresses)
/* harmony export */ });
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{DI}\u2028\u2029]/gu;
const SHORT_ESCAPES = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
const MAX_TEXT_LENGTH = 2000;
const MAX_LINE_LENGTH = 8000;
function printable(text, maxLength = MAX_TEXT_LENGTH) {
    const line = text.toWellFormed().replaceAll(UNPRINTABLE, (character) => {
        const short = SHORT_ESCAPES[character];
        return short ?? `\\u{${character.codePointAt(0)?.toString(16)}}`;
    });
    if (line.length <= maxLength)
        return line;
    return `${wholeCharacters(line.slice(0, maxLength))}… (${text.length} characters)`;
}
function withoutAddresses(text) {
    return text.replaceAll(/\S+/g, (word) => (/.@./.test(word) ? '[address]' : word));
}
function withoutCommands(text) {
    return printable(text, MAX_LINE_LENGTH)
        .replace(/^(\s*)::/, '$1\\::')
        .replaceAll('##[', '##\\[');
}
const HTML_ENTITIES = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    "'": '&apos;',
};
function html(text) {
    return printable(text, MAX_LINE_LENGTH)
        .replaceAll(/[&<>"']/g, (character) => HTML_ENTITIES[character] ?? character)
        .replaceAll(/[\\`*_{}[\]()#+!|~$@:]/g, (character) => `&#${character.charCodeAt(0)};`);
}
function wholeCharacters(text) {
    return text.isWellFormed() ? text : text.slice(0, -1);
}


/***/ }),

/***/ 7023:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   E: () => (/* binding */ untilAborted)
/* harmony export */ });
function untilAborted(work, signal) {
    const { promise, resolve, reject } = Promise.withResolvers();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted)
        onAbort();
    work.then(resolve, reject);
    return promise.finally(() => signal.removeEventListener('abort', onAbort));
}


/***/ }),

/***/ 7170:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {


// EXPORTS
__nccwpck_require__.d(__webpack_exports__, {
  Yz: () => (/* binding */ core_debug),
  N4: () => (/* binding */ endGroup),
  z3: () => (/* binding */ error),
  V4: () => (/* binding */ getInput),
  pq: () => (/* binding */ info),
  lm: () => (/* binding */ notice),
  C1: () => (/* binding */ setFailed),
  uH: () => (/* binding */ setOutput),
  Pq: () => (/* binding */ core_setSecret),
  Oh: () => (/* binding */ startGroup),
  z: () => (/* reexport */ summary),
  $e: () => (/* binding */ warning)
});

// UNUSED EXPORTS: ExitCode, addPath, exportVariable, getBooleanInput, getIDToken, getMultilineInput, getState, group, isDebug, markdownSummary, platform, saveState, setCommandEcho, toPlatformPath, toPosixPath, toWin32Path

// EXTERNAL MODULE: external "os"
var external_os_ = __nccwpck_require__(857);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/utils.js
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */
/**
 * Sanitizes an input into a string so it can be passed into issueCommand safely
 * @param input input to sanitize into a string
 */
function utils_toCommandValue(input) {
    if (input === null || input === undefined) {
        return '';
    }
    else if (typeof input === 'string' || input instanceof String) {
        return input;
    }
    return JSON.stringify(input);
}
/**
 *
 * @param annotationProperties
 * @returns The command properties to send with the actual annotation command
 * See IssueCommandProperties: https://github.com/actions/runner/blob/main/src/Runner.Worker/ActionCommandManager.cs#L646
 */
function toCommandProperties(annotationProperties) {
    if (!Object.keys(annotationProperties).length) {
        return {};
    }
    return {
        title: annotationProperties.title,
        file: annotationProperties.file,
        line: annotationProperties.startLine,
        endLine: annotationProperties.endLine,
        col: annotationProperties.startColumn,
        endColumn: annotationProperties.endColumn
    };
}
//# sourceMappingURL=utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/command.js


/**
 * Issues a command to the GitHub Actions runner
 *
 * @param command - The command name to issue
 * @param properties - Additional properties for the command (key-value pairs)
 * @param message - The message to include with the command
 * @remarks
 * This function outputs a specially formatted string to stdout that the Actions
 * runner interprets as a command. These commands can control workflow behavior,
 * set outputs, create annotations, mask values, and more.
 *
 * Command Format:
 *   ::name key=value,key=value::message
 *
 * @example
 * ```typescript
 * // Issue a warning annotation
 * issueCommand('warning', {}, 'This is a warning message');
 * // Output: ::warning::This is a warning message
 *
 * // Set an environment variable
 * issueCommand('set-env', { name: 'MY_VAR' }, 'some value');
 * // Output: ::set-env name=MY_VAR::some value
 *
 * // Add a secret mask
 * issueCommand('add-mask', {}, 'secretValue123');
 * // Output: ::add-mask::secretValue123
 * ```
 *
 * @internal
 * This is an internal utility function that powers the public API functions
 * such as setSecret, warning, error, and exportVariable.
 */
function command_issueCommand(command, properties, message) {
    const cmd = new Command(command, properties, message);
    process.stdout.write(cmd.toString() + external_os_.EOL);
}
function command_issue(name, message = '') {
    command_issueCommand(name, {}, message);
}
const CMD_STRING = '::';
class Command {
    constructor(command, properties, message) {
        if (!command) {
            command = 'missing.command';
        }
        this.command = command;
        this.properties = properties;
        this.message = message;
    }
    toString() {
        let cmdStr = CMD_STRING + this.command;
        if (this.properties && Object.keys(this.properties).length > 0) {
            cmdStr += ' ';
            let first = true;
            for (const key in this.properties) {
                if (this.properties.hasOwnProperty(key)) {
                    const val = this.properties[key];
                    if (val) {
                        if (first) {
                            first = false;
                        }
                        else {
                            cmdStr += ',';
                        }
                        cmdStr += `${key}=${escapeProperty(val)}`;
                    }
                }
            }
        }
        cmdStr += `${CMD_STRING}${escapeData(this.message)}`;
        return cmdStr;
    }
}
function escapeData(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A');
}
function escapeProperty(s) {
    return utils_toCommandValue(s)
        .replace(/%/g, '%25')
        .replace(/\r/g, '%0D')
        .replace(/\n/g, '%0A')
        .replace(/:/g, '%3A')
        .replace(/,/g, '%2C');
}
//# sourceMappingURL=command.js.map
;// CONCATENATED MODULE: external "crypto"
const external_crypto_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("crypto");
// EXTERNAL MODULE: external "fs"
var external_fs_ = __nccwpck_require__(9896);
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/file-command.js
// For internal use, subject to change.
// We use any as a valid input type
/* eslint-disable @typescript-eslint/no-explicit-any */




function file_command_issueFileCommand(command, message) {
    const filePath = process.env[`GITHUB_${command}`];
    if (!filePath) {
        throw new Error(`Unable to find environment variable for file command ${command}`);
    }
    if (!external_fs_.existsSync(filePath)) {
        throw new Error(`Missing file at path: ${filePath}`);
    }
    external_fs_.appendFileSync(filePath, `${utils_toCommandValue(message)}${external_os_.EOL}`, {
        encoding: 'utf8'
    });
}
function file_command_prepareKeyValueMessage(key, value) {
    const delimiter = `ghadelimiter_${external_crypto_namespaceObject.randomUUID()}`;
    const convertedValue = utils_toCommandValue(value);
    // These should realistically never happen, but just in case someone finds a
    // way to exploit uuid generation let's not allow keys or values that contain
    // the delimiter.
    if (key.includes(delimiter)) {
        throw new Error(`Unexpected input: name should not contain the delimiter "${delimiter}"`);
    }
    if (convertedValue.includes(delimiter)) {
        throw new Error(`Unexpected input: value should not contain the delimiter "${delimiter}"`);
    }
    return `${key}<<${delimiter}${external_os_.EOL}${convertedValue}${external_os_.EOL}${delimiter}`;
}
//# sourceMappingURL=file-command.js.map
;// CONCATENATED MODULE: external "path"
const external_path_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("path");
// EXTERNAL MODULE: ./node_modules/@actions/http-client/lib/index.js
var lib = __nccwpck_require__(2779);
;// CONCATENATED MODULE: ./node_modules/@actions/http-client/lib/auth.js
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};
class BasicCredentialHandler {
    constructor(username, password) {
        this.username = username;
        this.password = password;
    }
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return __awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class auth_BearerCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Bearer ${this.token}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return __awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
class PersonalAccessTokenCredentialHandler {
    constructor(token) {
        this.token = token;
    }
    // currently implements pre-authorization
    // TODO: support preAuth = false where it hooks on 401
    prepareRequest(options) {
        if (!options.headers) {
            throw Error('The request has no headers');
        }
        options.headers['Authorization'] = `Basic ${Buffer.from(`PAT:${this.token}`).toString('base64')}`;
    }
    // This handler cannot handle 401
    canHandleAuthentication() {
        return false;
    }
    handleAuthentication() {
        return __awaiter(this, void 0, void 0, function* () {
            throw new Error('not implemented');
        });
    }
}
//# sourceMappingURL=auth.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/oidc-utils.js
var oidc_utils_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



class oidc_utils_OidcClient {
    static createHttpClient(allowRetry = true, maxRetry = 10) {
        const requestOptions = {
            allowRetries: allowRetry,
            maxRetries: maxRetry
        };
        return new HttpClient('actions/oidc-client', [new BearerCredentialHandler(oidc_utils_OidcClient.getRequestToken())], requestOptions);
    }
    static getRequestToken() {
        const token = process.env['ACTIONS_ID_TOKEN_REQUEST_TOKEN'];
        if (!token) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_TOKEN env variable');
        }
        return token;
    }
    static getIDTokenUrl() {
        const runtimeUrl = process.env['ACTIONS_ID_TOKEN_REQUEST_URL'];
        if (!runtimeUrl) {
            throw new Error('Unable to get ACTIONS_ID_TOKEN_REQUEST_URL env variable');
        }
        return runtimeUrl;
    }
    static getCall(id_token_url) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            var _a;
            const httpclient = oidc_utils_OidcClient.createHttpClient();
            const res = yield httpclient
                .getJson(id_token_url)
                .catch(error => {
                throw new Error(`Failed to get ID Token. \n 
        Error Code : ${error.statusCode}\n 
        Error Message: ${error.message}`);
            });
            const id_token = (_a = res.result) === null || _a === void 0 ? void 0 : _a.value;
            if (!id_token) {
                throw new Error('Response json body do not have ID Token field');
            }
            return id_token;
        });
    }
    static getIDToken(audience) {
        return oidc_utils_awaiter(this, void 0, void 0, function* () {
            try {
                // New ID Token is requested from action service
                let id_token_url = oidc_utils_OidcClient.getIDTokenUrl();
                if (audience) {
                    const encodedAudience = encodeURIComponent(audience);
                    id_token_url = `${id_token_url}&audience=${encodedAudience}`;
                }
                debug(`ID token url is ${id_token_url}`);
                const id_token = yield oidc_utils_OidcClient.getCall(id_token_url);
                setSecret(id_token);
                return id_token;
            }
            catch (error) {
                throw new Error(`Error message: ${error.message}`);
            }
        });
    }
}
//# sourceMappingURL=oidc-utils.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/summary.js
var summary_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { access, appendFile, writeFile } = external_fs_.promises;
const SUMMARY_ENV_VAR = 'GITHUB_STEP_SUMMARY';
const SUMMARY_DOCS_URL = 'https://docs.github.com/actions/using-workflows/workflow-commands-for-github-actions#adding-a-job-summary';
class Summary {
    constructor() {
        this._buffer = '';
    }
    /**
     * Finds the summary file path from the environment, rejects if env var is not found or file does not exist
     * Also checks r/w permissions.
     *
     * @returns step summary file path
     */
    filePath() {
        return summary_awaiter(this, void 0, void 0, function* () {
            if (this._filePath) {
                return this._filePath;
            }
            const pathFromEnv = process.env[SUMMARY_ENV_VAR];
            if (!pathFromEnv) {
                throw new Error(`Unable to find environment variable for $${SUMMARY_ENV_VAR}. Check if your runtime environment supports job summaries.`);
            }
            try {
                yield access(pathFromEnv, external_fs_.constants.R_OK | external_fs_.constants.W_OK);
            }
            catch (_a) {
                throw new Error(`Unable to access summary file: '${pathFromEnv}'. Check if the file has correct read/write permissions.`);
            }
            this._filePath = pathFromEnv;
            return this._filePath;
        });
    }
    /**
     * Wraps content in an HTML tag, adding any HTML attributes
     *
     * @param {string} tag HTML tag to wrap
     * @param {string | null} content content within the tag
     * @param {[attribute: string]: string} attrs key-value list of HTML attributes to add
     *
     * @returns {string} content wrapped in HTML element
     */
    wrap(tag, content, attrs = {}) {
        const htmlAttrs = Object.entries(attrs)
            .map(([key, value]) => ` ${key}="${value}"`)
            .join('');
        if (!content) {
            return `<${tag}${htmlAttrs}>`;
        }
        return `<${tag}${htmlAttrs}>${content}</${tag}>`;
    }
    /**
     * Writes text in the buffer to the summary buffer file and empties buffer. Will append by default.
     *
     * @param {SummaryWriteOptions} [options] (optional) options for write operation
     *
     * @returns {Promise<Summary>} summary instance
     */
    write(options) {
        return summary_awaiter(this, void 0, void 0, function* () {
            const overwrite = !!(options === null || options === void 0 ? void 0 : options.overwrite);
            const filePath = yield this.filePath();
            const writeFunc = overwrite ? writeFile : appendFile;
            yield writeFunc(filePath, this._buffer, { encoding: 'utf8' });
            return this.emptyBuffer();
        });
    }
    /**
     * Clears the summary buffer and wipes the summary file
     *
     * @returns {Summary} summary instance
     */
    clear() {
        return summary_awaiter(this, void 0, void 0, function* () {
            return this.emptyBuffer().write({ overwrite: true });
        });
    }
    /**
     * Returns the current summary buffer as a string
     *
     * @returns {string} string of summary buffer
     */
    stringify() {
        return this._buffer;
    }
    /**
     * If the summary buffer is empty
     *
     * @returns {boolen} true if the buffer is empty
     */
    isEmptyBuffer() {
        return this._buffer.length === 0;
    }
    /**
     * Resets the summary buffer without writing to summary file
     *
     * @returns {Summary} summary instance
     */
    emptyBuffer() {
        this._buffer = '';
        return this;
    }
    /**
     * Adds raw text to the summary buffer
     *
     * @param {string} text content to add
     * @param {boolean} [addEOL=false] (optional) append an EOL to the raw text (default: false)
     *
     * @returns {Summary} summary instance
     */
    addRaw(text, addEOL = false) {
        this._buffer += text;
        return addEOL ? this.addEOL() : this;
    }
    /**
     * Adds the operating system-specific end-of-line marker to the buffer
     *
     * @returns {Summary} summary instance
     */
    addEOL() {
        return this.addRaw(external_os_.EOL);
    }
    /**
     * Adds an HTML codeblock to the summary buffer
     *
     * @param {string} code content to render within fenced code block
     * @param {string} lang (optional) language to syntax highlight code
     *
     * @returns {Summary} summary instance
     */
    addCodeBlock(code, lang) {
        const attrs = Object.assign({}, (lang && { lang }));
        const element = this.wrap('pre', this.wrap('code', code), attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML list to the summary buffer
     *
     * @param {string[]} items list of items to render
     * @param {boolean} [ordered=false] (optional) if the rendered list should be ordered or not (default: false)
     *
     * @returns {Summary} summary instance
     */
    addList(items, ordered = false) {
        const tag = ordered ? 'ol' : 'ul';
        const listItems = items.map(item => this.wrap('li', item)).join('');
        const element = this.wrap(tag, listItems);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML table to the summary buffer
     *
     * @param {SummaryTableCell[]} rows table rows
     *
     * @returns {Summary} summary instance
     */
    addTable(rows) {
        const tableBody = rows
            .map(row => {
            const cells = row
                .map(cell => {
                if (typeof cell === 'string') {
                    return this.wrap('td', cell);
                }
                const { header, data, colspan, rowspan } = cell;
                const tag = header ? 'th' : 'td';
                const attrs = Object.assign(Object.assign({}, (colspan && { colspan })), (rowspan && { rowspan }));
                return this.wrap(tag, data, attrs);
            })
                .join('');
            return this.wrap('tr', cells);
        })
            .join('');
        const element = this.wrap('table', tableBody);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds a collapsable HTML details element to the summary buffer
     *
     * @param {string} label text for the closed state
     * @param {string} content collapsable content
     *
     * @returns {Summary} summary instance
     */
    addDetails(label, content) {
        const element = this.wrap('details', this.wrap('summary', label) + content);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML image tag to the summary buffer
     *
     * @param {string} src path to the image you to embed
     * @param {string} alt text description of the image
     * @param {SummaryImageOptions} options (optional) addition image attributes
     *
     * @returns {Summary} summary instance
     */
    addImage(src, alt, options) {
        const { width, height } = options || {};
        const attrs = Object.assign(Object.assign({}, (width && { width })), (height && { height }));
        const element = this.wrap('img', null, Object.assign({ src, alt }, attrs));
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML section heading element
     *
     * @param {string} text heading text
     * @param {number | string} [level=1] (optional) the heading level, default: 1
     *
     * @returns {Summary} summary instance
     */
    addHeading(text, level) {
        const tag = `h${level}`;
        const allowedTag = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].includes(tag)
            ? tag
            : 'h1';
        const element = this.wrap(allowedTag, text);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML thematic break (<hr>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addSeparator() {
        const element = this.wrap('hr', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML line break (<br>) to the summary buffer
     *
     * @returns {Summary} summary instance
     */
    addBreak() {
        const element = this.wrap('br', null);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML blockquote to the summary buffer
     *
     * @param {string} text quote text
     * @param {string} cite (optional) citation url
     *
     * @returns {Summary} summary instance
     */
    addQuote(text, cite) {
        const attrs = Object.assign({}, (cite && { cite }));
        const element = this.wrap('blockquote', text, attrs);
        return this.addRaw(element).addEOL();
    }
    /**
     * Adds an HTML anchor tag to the summary buffer
     *
     * @param {string} text link text/content
     * @param {string} href hyperlink
     *
     * @returns {Summary} summary instance
     */
    addLink(text, href) {
        const element = this.wrap('a', text, { href });
        return this.addRaw(element).addEOL();
    }
}
const _summary = new Summary();
/**
 * @deprecated use `core.summary`
 */
const markdownSummary = (/* unused pure expression or super */ null && (_summary));
const summary = _summary;
//# sourceMappingURL=summary.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/path-utils.js

/**
 * toPosixPath converts the given path to the posix form. On Windows, \\ will be
 * replaced with /.
 *
 * @param pth. Path to transform.
 * @return string Posix path.
 */
function toPosixPath(pth) {
    return pth.replace(/[\\]/g, '/');
}
/**
 * toWin32Path converts the given path to the win32 form. On Linux, / will be
 * replaced with \\.
 *
 * @param pth. Path to transform.
 * @return string Win32 path.
 */
function toWin32Path(pth) {
    return pth.replace(/[/]/g, '\\');
}
/**
 * toPlatformPath converts the given path to a platform-specific path. It does
 * this by replacing instances of / and \ with the platform-specific path
 * separator.
 *
 * @param pth The path to platformize.
 * @return string The platform-specific path.
 */
function toPlatformPath(pth) {
    return pth.replace(/[/\\]/g, path.sep);
}
//# sourceMappingURL=path-utils.js.map
;// CONCATENATED MODULE: external "string_decoder"
const external_string_decoder_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("string_decoder");
// EXTERNAL MODULE: external "events"
var external_events_ = __nccwpck_require__(4434);
;// CONCATENATED MODULE: external "child_process"
const external_child_process_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("child_process");
// EXTERNAL MODULE: external "assert"
var external_assert_ = __nccwpck_require__(2613);
;// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io-util.js
var io_util_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const { chmod, copyFile, lstat, mkdir, open: io_util_open, readdir, rename, rm, rmdir, stat, symlink, unlink } = external_fs_.promises;
// export const {open} = 'fs'
const IS_WINDOWS = process.platform === 'win32';
/**
 * Custom implementation of readlink to ensure Windows junctions
 * maintain trailing backslash for backward compatibility with Node.js < 24
 *
 * In Node.js 20, Windows junctions (directory symlinks) always returned paths
 * with trailing backslashes. Node.js 24 removed this behavior, which breaks
 * code that relied on this format for path operations.
 *
 * This implementation restores the Node 20 behavior by adding a trailing
 * backslash to all junction results on Windows.
 */
function readlink(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        const result = yield fs.promises.readlink(fsPath);
        // On Windows, restore Node 20 behavior: add trailing backslash to all results
        // since junctions on Windows are always directory links
        if (IS_WINDOWS && !result.endsWith('\\')) {
            return `${result}\\`;
        }
        return result;
    });
}
// See https://github.com/nodejs/node/blob/d0153aee367422d0858105abec186da4dff0a0c5/deps/uv/include/uv/win.h#L691
const UV_FS_O_EXLOCK = 0x10000000;
const READONLY = external_fs_.constants.O_RDONLY;
function exists(fsPath) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        try {
            yield stat(fsPath);
        }
        catch (err) {
            if (err.code === 'ENOENT') {
                return false;
            }
            throw err;
        }
        return true;
    });
}
function isDirectory(fsPath_1) {
    return io_util_awaiter(this, arguments, void 0, function* (fsPath, useStat = false) {
        const stats = useStat ? yield stat(fsPath) : yield lstat(fsPath);
        return stats.isDirectory();
    });
}
/**
 * On OSX/Linux, true if path starts with '/'. On Windows, true for paths like:
 * \, \hello, \\hello\share, C:, and C:\hello (and corresponding alternate separator cases).
 */
function isRooted(p) {
    p = normalizeSeparators(p);
    if (!p) {
        throw new Error('isRooted() parameter "p" cannot be empty');
    }
    if (IS_WINDOWS) {
        return (p.startsWith('\\') || /^[A-Z]:/i.test(p) // e.g. \ or \hello or \\hello
        ); // e.g. C: or C:\hello
    }
    return p.startsWith('/');
}
/**
 * Best effort attempt to determine whether a file exists and is executable.
 * @param filePath    file path to check
 * @param extensions  additional file extensions to try
 * @return if file exists and is executable, returns the file path. otherwise empty string.
 */
function tryGetExecutablePath(filePath, extensions) {
    return io_util_awaiter(this, void 0, void 0, function* () {
        let stats = undefined;
        try {
            // test file exists
            stats = yield stat(filePath);
        }
        catch (err) {
            if (err.code !== 'ENOENT') {
                // eslint-disable-next-line no-console
                console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
            }
        }
        if (stats && stats.isFile()) {
            if (IS_WINDOWS) {
                // on Windows, test for valid extension
                const upperExt = external_path_namespaceObject.extname(filePath).toUpperCase();
                if (extensions.some(validExt => validExt.toUpperCase() === upperExt)) {
                    return filePath;
                }
            }
            else {
                if (isUnixExecutable(stats)) {
                    return filePath;
                }
            }
        }
        // try each extension
        const originalFilePath = filePath;
        for (const extension of extensions) {
            filePath = originalFilePath + extension;
            stats = undefined;
            try {
                stats = yield stat(filePath);
            }
            catch (err) {
                if (err.code !== 'ENOENT') {
                    // eslint-disable-next-line no-console
                    console.log(`Unexpected error attempting to determine if executable file exists '${filePath}': ${err}`);
                }
            }
            if (stats && stats.isFile()) {
                if (IS_WINDOWS) {
                    // preserve the case of the actual file (since an extension was appended)
                    try {
                        const directory = external_path_namespaceObject.dirname(filePath);
                        const upperName = external_path_namespaceObject.basename(filePath).toUpperCase();
                        for (const actualName of yield readdir(directory)) {
                            if (upperName === actualName.toUpperCase()) {
                                filePath = external_path_namespaceObject.join(directory, actualName);
                                break;
                            }
                        }
                    }
                    catch (err) {
                        // eslint-disable-next-line no-console
                        console.log(`Unexpected error attempting to determine the actual case of the file '${filePath}': ${err}`);
                    }
                    return filePath;
                }
                else {
                    if (isUnixExecutable(stats)) {
                        return filePath;
                    }
                }
            }
        }
        return '';
    });
}
function normalizeSeparators(p) {
    p = p || '';
    if (IS_WINDOWS) {
        // convert slashes on Windows
        p = p.replace(/\//g, '\\');
        // remove redundant slashes
        return p.replace(/\\\\+/g, '\\');
    }
    // remove redundant slashes
    return p.replace(/\/\/+/g, '/');
}
// on Mac/Linux, test the execute bit
//     R   W  X  R  W X R W X
//   256 128 64 32 16 8 4 2 1
function isUnixExecutable(stats) {
    return ((stats.mode & 1) > 0 ||
        ((stats.mode & 8) > 0 &&
            process.getgid !== undefined &&
            stats.gid === process.getgid()) ||
        ((stats.mode & 64) > 0 &&
            process.getuid !== undefined &&
            stats.uid === process.getuid()));
}
// Get the path of cmd.exe in windows
function getCmdPath() {
    var _a;
    return (_a = process.env['COMSPEC']) !== null && _a !== void 0 ? _a : `cmd.exe`;
}
//# sourceMappingURL=io-util.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/io/lib/io.js
var io_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};



/**
 * Copies a file or folder.
 * Based off of shelljs - https://github.com/shelljs/shelljs/blob/9237f66c52e5daa40458f94f9565e18e8132f5a6/src/cp.js
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See CopyOptions.
 */
function cp(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        const { force, recursive, copySourceDirectory } = readCopyOptions(options);
        const destStat = (yield ioUtil.exists(dest)) ? yield ioUtil.stat(dest) : null;
        // Dest is an existing file, but not forcing
        if (destStat && destStat.isFile() && !force) {
            return;
        }
        // If dest is an existing directory, should copy inside.
        const newDest = destStat && destStat.isDirectory() && copySourceDirectory
            ? path.join(dest, path.basename(source))
            : dest;
        if (!(yield ioUtil.exists(source))) {
            throw new Error(`no such file or directory: ${source}`);
        }
        const sourceStat = yield ioUtil.stat(source);
        if (sourceStat.isDirectory()) {
            if (!recursive) {
                throw new Error(`Failed to copy. ${source} is a directory, but tried to copy without recursive flag.`);
            }
            else {
                yield cpDirRecursive(source, newDest, 0, force);
            }
        }
        else {
            if (path.relative(source, newDest) === '') {
                // a file cannot be copied to itself
                throw new Error(`'${newDest}' and '${source}' are the same file`);
            }
            yield io_copyFile(source, newDest, force);
        }
    });
}
/**
 * Moves a path.
 *
 * @param     source    source path
 * @param     dest      destination path
 * @param     options   optional. See MoveOptions.
 */
function mv(source_1, dest_1) {
    return io_awaiter(this, arguments, void 0, function* (source, dest, options = {}) {
        if (yield ioUtil.exists(dest)) {
            let destExists = true;
            if (yield ioUtil.isDirectory(dest)) {
                // If dest is directory copy src into dest
                dest = path.join(dest, path.basename(source));
                destExists = yield ioUtil.exists(dest);
            }
            if (destExists) {
                if (options.force == null || options.force) {
                    yield rmRF(dest);
                }
                else {
                    throw new Error('Destination already exists');
                }
            }
        }
        yield mkdirP(path.dirname(dest));
        yield ioUtil.rename(source, dest);
    });
}
/**
 * Remove a path recursively with force
 *
 * @param inputPath path to remove
 */
function rmRF(inputPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (ioUtil.IS_WINDOWS) {
            // Check for invalid characters
            // https://docs.microsoft.com/en-us/windows/win32/fileio/naming-a-file
            if (/[*"<>|]/.test(inputPath)) {
                throw new Error('File path must not contain `*`, `"`, `<`, `>` or `|` on Windows');
            }
        }
        try {
            // note if path does not exist, error is silent
            yield ioUtil.rm(inputPath, {
                force: true,
                maxRetries: 3,
                recursive: true,
                retryDelay: 300
            });
        }
        catch (err) {
            throw new Error(`File was unable to be removed ${err}`);
        }
    });
}
/**
 * Make a directory.  Creates the full path with folders in between
 * Will throw if it fails
 *
 * @param   fsPath        path to create
 * @returns Promise<void>
 */
function mkdirP(fsPath) {
    return io_awaiter(this, void 0, void 0, function* () {
        ok(fsPath, 'a path argument must be provided');
        yield ioUtil.mkdir(fsPath, { recursive: true });
    });
}
/**
 * Returns path of a tool had the tool actually been invoked.  Resolves via paths.
 * If you check and the tool does not exist, it will throw.
 *
 * @param     tool              name of the tool
 * @param     check             whether to check if tool exists
 * @returns   Promise<string>   path to tool
 */
function which(tool, check) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // recursive when check=true
        if (check) {
            const result = yield which(tool, false);
            if (!result) {
                if (IS_WINDOWS) {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also verify the file has a valid extension for an executable file.`);
                }
                else {
                    throw new Error(`Unable to locate executable file: ${tool}. Please verify either the file path exists or the file can be found within a directory specified by the PATH environment variable. Also check the file mode to verify the file is executable.`);
                }
            }
            return result;
        }
        const matches = yield findInPath(tool);
        if (matches && matches.length > 0) {
            return matches[0];
        }
        return '';
    });
}
/**
 * Returns a list of all occurrences of the given tool on the system path.
 *
 * @returns   Promise<string[]>  the paths of the tool
 */
function findInPath(tool) {
    return io_awaiter(this, void 0, void 0, function* () {
        if (!tool) {
            throw new Error("parameter 'tool' is required");
        }
        // build the list of extensions to try
        const extensions = [];
        if (IS_WINDOWS && process.env['PATHEXT']) {
            for (const extension of process.env['PATHEXT'].split(external_path_namespaceObject.delimiter)) {
                if (extension) {
                    extensions.push(extension);
                }
            }
        }
        // if it's rooted, return it if exists. otherwise return empty.
        if (isRooted(tool)) {
            const filePath = yield tryGetExecutablePath(tool, extensions);
            if (filePath) {
                return [filePath];
            }
            return [];
        }
        // if any path separators, return empty
        if (tool.includes(external_path_namespaceObject.sep)) {
            return [];
        }
        // build the list of directories
        //
        // Note, technically "where" checks the current directory on Windows. From a toolkit perspective,
        // it feels like we should not do this. Checking the current directory seems like more of a use
        // case of a shell, and the which() function exposed by the toolkit should strive for consistency
        // across platforms.
        const directories = [];
        if (process.env.PATH) {
            for (const p of process.env.PATH.split(external_path_namespaceObject.delimiter)) {
                if (p) {
                    directories.push(p);
                }
            }
        }
        // find all matches
        const matches = [];
        for (const directory of directories) {
            const filePath = yield tryGetExecutablePath(external_path_namespaceObject.join(directory, tool), extensions);
            if (filePath) {
                matches.push(filePath);
            }
        }
        return matches;
    });
}
function readCopyOptions(options) {
    const force = options.force == null ? true : options.force;
    const recursive = Boolean(options.recursive);
    const copySourceDirectory = options.copySourceDirectory == null
        ? true
        : Boolean(options.copySourceDirectory);
    return { force, recursive, copySourceDirectory };
}
function cpDirRecursive(sourceDir, destDir, currentDepth, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        // Ensure there is not a run away recursive copy
        if (currentDepth >= 255)
            return;
        currentDepth++;
        yield mkdirP(destDir);
        const files = yield ioUtil.readdir(sourceDir);
        for (const fileName of files) {
            const srcFile = `${sourceDir}/${fileName}`;
            const destFile = `${destDir}/${fileName}`;
            const srcFileStat = yield ioUtil.lstat(srcFile);
            if (srcFileStat.isDirectory()) {
                // Recurse
                yield cpDirRecursive(srcFile, destFile, currentDepth, force);
            }
            else {
                yield io_copyFile(srcFile, destFile, force);
            }
        }
        // Change the mode for the newly created directory
        yield ioUtil.chmod(destDir, (yield ioUtil.stat(sourceDir)).mode);
    });
}
// Buffered file copy
function io_copyFile(srcFile, destFile, force) {
    return io_awaiter(this, void 0, void 0, function* () {
        if ((yield ioUtil.lstat(srcFile)).isSymbolicLink()) {
            // unlink/re-link it
            try {
                yield ioUtil.lstat(destFile);
                yield ioUtil.unlink(destFile);
            }
            catch (e) {
                // Try to override file permission
                if (e.code === 'EPERM') {
                    yield ioUtil.chmod(destFile, '0666');
                    yield ioUtil.unlink(destFile);
                }
                // other errors = it doesn't exist, no work to do
            }
            // Copy over symlink
            const symlinkFull = yield ioUtil.readlink(srcFile);
            yield ioUtil.symlink(symlinkFull, destFile, ioUtil.IS_WINDOWS ? 'junction' : null);
        }
        else if (!(yield ioUtil.exists(destFile)) || force) {
            yield ioUtil.copyFile(srcFile, destFile);
        }
    });
}
//# sourceMappingURL=io.js.map
;// CONCATENATED MODULE: external "timers"
const external_timers_namespaceObject = __WEBPACK_EXTERNAL_createRequire(import.meta.url)("timers");
;// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/toolrunner.js
var toolrunner_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};







/* eslint-disable @typescript-eslint/unbound-method */
const toolrunner_IS_WINDOWS = process.platform === 'win32';
/*
 * Class for running command line tools. Handles quoting and arg parsing in a platform agnostic way.
 */
class ToolRunner extends external_events_.EventEmitter {
    constructor(toolPath, args, options) {
        super();
        if (!toolPath) {
            throw new Error("Parameter 'toolPath' cannot be null or empty.");
        }
        this.toolPath = toolPath;
        this.args = args || [];
        this.options = options || {};
    }
    _debug(message) {
        if (this.options.listeners && this.options.listeners.debug) {
            this.options.listeners.debug(message);
        }
    }
    _getCommandString(options, noPrefix) {
        const toolPath = this._getSpawnFileName();
        const args = this._getSpawnArgs(options);
        let cmd = noPrefix ? '' : '[command]'; // omit prefix when piped to a second tool
        if (toolrunner_IS_WINDOWS) {
            // Windows + cmd file
            if (this._isCmdFile()) {
                cmd += toolPath;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows + verbatim
            else if (options.windowsVerbatimArguments) {
                cmd += `"${toolPath}"`;
                for (const a of args) {
                    cmd += ` ${a}`;
                }
            }
            // Windows (regular)
            else {
                cmd += this._windowsQuoteCmdArg(toolPath);
                for (const a of args) {
                    cmd += ` ${this._windowsQuoteCmdArg(a)}`;
                }
            }
        }
        else {
            // OSX/Linux - this can likely be improved with some form of quoting.
            // creating processes on Unix is fundamentally different than Windows.
            // on Unix, execvp() takes an arg array.
            cmd += toolPath;
            for (const a of args) {
                cmd += ` ${a}`;
            }
        }
        return cmd;
    }
    _processLineBuffer(data, strBuffer, onLine) {
        try {
            let s = strBuffer + data.toString();
            let n = s.indexOf(external_os_.EOL);
            while (n > -1) {
                const line = s.substring(0, n);
                onLine(line);
                // the rest of the string ...
                s = s.substring(n + external_os_.EOL.length);
                n = s.indexOf(external_os_.EOL);
            }
            return s;
        }
        catch (err) {
            // streaming lines to console is best effort.  Don't fail a build.
            this._debug(`error processing line. Failed with error ${err}`);
            return '';
        }
    }
    _getSpawnFileName() {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                return process.env['COMSPEC'] || 'cmd.exe';
            }
        }
        return this.toolPath;
    }
    _getSpawnArgs(options) {
        if (toolrunner_IS_WINDOWS) {
            if (this._isCmdFile()) {
                let argline = `/D /S /C "${this._windowsQuoteCmdArg(this.toolPath)}`;
                for (const a of this.args) {
                    argline += ' ';
                    argline += options.windowsVerbatimArguments
                        ? a
                        : this._windowsQuoteCmdArg(a);
                }
                argline += '"';
                return [argline];
            }
        }
        return this.args;
    }
    _endsWith(str, end) {
        return str.endsWith(end);
    }
    _isCmdFile() {
        const upperToolPath = this.toolPath.toUpperCase();
        return (this._endsWith(upperToolPath, '.CMD') ||
            this._endsWith(upperToolPath, '.BAT'));
    }
    _windowsQuoteCmdArg(arg) {
        // for .exe, apply the normal quoting rules that libuv applies
        if (!this._isCmdFile()) {
            return this._uvQuoteCmdArg(arg);
        }
        // otherwise apply quoting rules specific to the cmd.exe command line parser.
        // the libuv rules are generic and are not designed specifically for cmd.exe
        // command line parser.
        //
        // for a detailed description of the cmd.exe command line parser, refer to
        // http://stackoverflow.com/questions/4094699/how-does-the-windows-command-interpreter-cmd-exe-parse-scripts/7970912#7970912
        // need quotes for empty arg
        if (!arg) {
            return '""';
        }
        // determine whether the arg needs to be quoted
        const cmdSpecialChars = [
            ' ',
            '\t',
            '&',
            '(',
            ')',
            '[',
            ']',
            '{',
            '}',
            '^',
            '=',
            ';',
            '!',
            "'",
            '+',
            ',',
            '`',
            '~',
            '|',
            '<',
            '>',
            '"'
        ];
        let needsQuotes = false;
        for (const char of arg) {
            if (cmdSpecialChars.some(x => x === char)) {
                needsQuotes = true;
                break;
            }
        }
        // short-circuit if quotes not needed
        if (!needsQuotes) {
            return arg;
        }
        // the following quoting rules are very similar to the rules that by libuv applies.
        //
        // 1) wrap the string in quotes
        //
        // 2) double-up quotes - i.e. " => ""
        //
        //    this is different from the libuv quoting rules. libuv replaces " with \", which unfortunately
        //    doesn't work well with a cmd.exe command line.
        //
        //    note, replacing " with "" also works well if the arg is passed to a downstream .NET console app.
        //    for example, the command line:
        //          foo.exe "myarg:""my val"""
        //    is parsed by a .NET console app into an arg array:
        //          [ "myarg:\"my val\"" ]
        //    which is the same end result when applying libuv quoting rules. although the actual
        //    command line from libuv quoting rules would look like:
        //          foo.exe "myarg:\"my val\""
        //
        // 3) double-up slashes that precede a quote,
        //    e.g.  hello \world    => "hello \world"
        //          hello\"world    => "hello\\""world"
        //          hello\\"world   => "hello\\\\""world"
        //          hello world\    => "hello world\\"
        //
        //    technically this is not required for a cmd.exe command line, or the batch argument parser.
        //    the reasons for including this as a .cmd quoting rule are:
        //
        //    a) this is optimized for the scenario where the argument is passed from the .cmd file to an
        //       external program. many programs (e.g. .NET console apps) rely on the slash-doubling rule.
        //
        //    b) it's what we've been doing previously (by deferring to node default behavior) and we
        //       haven't heard any complaints about that aspect.
        //
        // note, a weakness of the quoting rules chosen here, is that % is not escaped. in fact, % cannot be
        // escaped when used on the command line directly - even though within a .cmd file % can be escaped
        // by using %%.
        //
        // the saving grace is, on the command line, %var% is left as-is if var is not defined. this contrasts
        // the line parsing rules within a .cmd file, where if var is not defined it is replaced with nothing.
        //
        // one option that was explored was replacing % with ^% - i.e. %var% => ^%var^%. this hack would
        // often work, since it is unlikely that var^ would exist, and the ^ character is removed when the
        // variable is used. the problem, however, is that ^ is not removed when %* is used to pass the args
        // to an external program.
        //
        // an unexplored potential solution for the % escaping problem, is to create a wrapper .cmd file.
        // % can be escaped within a .cmd file.
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\'; // double the slash
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '"'; // double the quote
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _uvQuoteCmdArg(arg) {
        // Tool runner wraps child_process.spawn() and needs to apply the same quoting as
        // Node in certain cases where the undocumented spawn option windowsVerbatimArguments
        // is used.
        //
        // Since this function is a port of quote_cmd_arg from Node 4.x (technically, lib UV,
        // see https://github.com/nodejs/node/blob/v4.x/deps/uv/src/win/process.c for details),
        // pasting copyright notice from Node within this function:
        //
        //      Copyright Joyent, Inc. and other Node contributors. All rights reserved.
        //
        //      Permission is hereby granted, free of charge, to any person obtaining a copy
        //      of this software and associated documentation files (the "Software"), to
        //      deal in the Software without restriction, including without limitation the
        //      rights to use, copy, modify, merge, publish, distribute, sublicense, and/or
        //      sell copies of the Software, and to permit persons to whom the Software is
        //      furnished to do so, subject to the following conditions:
        //
        //      The above copyright notice and this permission notice shall be included in
        //      all copies or substantial portions of the Software.
        //
        //      THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
        //      IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
        //      FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
        //      AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
        //      LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING
        //      FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS
        //      IN THE SOFTWARE.
        if (!arg) {
            // Need double quotation for empty argument
            return '""';
        }
        if (!arg.includes(' ') && !arg.includes('\t') && !arg.includes('"')) {
            // No quotation needed
            return arg;
        }
        if (!arg.includes('"') && !arg.includes('\\')) {
            // No embedded double quotes or backslashes, so I can just wrap
            // quote marks around the whole thing.
            return `"${arg}"`;
        }
        // Expected input/output:
        //   input : hello"world
        //   output: "hello\"world"
        //   input : hello""world
        //   output: "hello\"\"world"
        //   input : hello\world
        //   output: hello\world
        //   input : hello\\world
        //   output: hello\\world
        //   input : hello\"world
        //   output: "hello\\\"world"
        //   input : hello\\"world
        //   output: "hello\\\\\"world"
        //   input : hello world\
        //   output: "hello world\\" - note the comment in libuv actually reads "hello world\"
        //                             but it appears the comment is wrong, it should be "hello world\\"
        let reverse = '"';
        let quoteHit = true;
        for (let i = arg.length; i > 0; i--) {
            // walk the string in reverse
            reverse += arg[i - 1];
            if (quoteHit && arg[i - 1] === '\\') {
                reverse += '\\';
            }
            else if (arg[i - 1] === '"') {
                quoteHit = true;
                reverse += '\\';
            }
            else {
                quoteHit = false;
            }
        }
        reverse += '"';
        return reverse.split('').reverse().join('');
    }
    _cloneExecOptions(options) {
        options = options || {};
        const result = {
            cwd: options.cwd || process.cwd(),
            env: options.env || process.env,
            silent: options.silent || false,
            windowsVerbatimArguments: options.windowsVerbatimArguments || false,
            failOnStdErr: options.failOnStdErr || false,
            ignoreReturnCode: options.ignoreReturnCode || false,
            delay: options.delay || 10000
        };
        result.outStream = options.outStream || process.stdout;
        result.errStream = options.errStream || process.stderr;
        return result;
    }
    _getSpawnOptions(options, toolPath) {
        options = options || {};
        const result = {};
        result.cwd = options.cwd;
        result.env = options.env;
        result['windowsVerbatimArguments'] =
            options.windowsVerbatimArguments || this._isCmdFile();
        if (options.windowsVerbatimArguments) {
            result.argv0 = `"${toolPath}"`;
        }
        return result;
    }
    /**
     * Exec a tool.
     * Output will be streamed to the live console.
     * Returns promise with return code
     *
     * @param     tool     path to tool to exec
     * @param     options  optional exec options.  See ExecOptions
     * @returns   number
     */
    exec() {
        return toolrunner_awaiter(this, void 0, void 0, function* () {
            // root the tool path if it is unrooted and contains relative pathing
            if (!isRooted(this.toolPath) &&
                (this.toolPath.includes('/') ||
                    (toolrunner_IS_WINDOWS && this.toolPath.includes('\\')))) {
                // prefer options.cwd if it is specified, however options.cwd may also need to be rooted
                this.toolPath = external_path_namespaceObject.resolve(process.cwd(), this.options.cwd || process.cwd(), this.toolPath);
            }
            // if the tool is only a file name, then resolve it from the PATH
            // otherwise verify it exists (add extension on Windows if necessary)
            this.toolPath = yield which(this.toolPath, true);
            return new Promise((resolve, reject) => toolrunner_awaiter(this, void 0, void 0, function* () {
                this._debug(`exec tool: ${this.toolPath}`);
                this._debug('arguments:');
                for (const arg of this.args) {
                    this._debug(`   ${arg}`);
                }
                const optionsNonNull = this._cloneExecOptions(this.options);
                if (!optionsNonNull.silent && optionsNonNull.outStream) {
                    optionsNonNull.outStream.write(this._getCommandString(optionsNonNull) + external_os_.EOL);
                }
                const state = new ExecState(optionsNonNull, this.toolPath);
                state.on('debug', (message) => {
                    this._debug(message);
                });
                if (this.options.cwd && !(yield exists(this.options.cwd))) {
                    return reject(new Error(`The cwd: ${this.options.cwd} does not exist!`));
                }
                const fileName = this._getSpawnFileName();
                const cp = external_child_process_namespaceObject.spawn(fileName, this._getSpawnArgs(optionsNonNull), this._getSpawnOptions(this.options, fileName));
                let stdbuffer = '';
                if (cp.stdout) {
                    cp.stdout.on('data', (data) => {
                        if (this.options.listeners && this.options.listeners.stdout) {
                            this.options.listeners.stdout(data);
                        }
                        if (!optionsNonNull.silent && optionsNonNull.outStream) {
                            optionsNonNull.outStream.write(data);
                        }
                        stdbuffer = this._processLineBuffer(data, stdbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.stdline) {
                                this.options.listeners.stdline(line);
                            }
                        });
                    });
                }
                let errbuffer = '';
                if (cp.stderr) {
                    cp.stderr.on('data', (data) => {
                        state.processStderr = true;
                        if (this.options.listeners && this.options.listeners.stderr) {
                            this.options.listeners.stderr(data);
                        }
                        if (!optionsNonNull.silent &&
                            optionsNonNull.errStream &&
                            optionsNonNull.outStream) {
                            const s = optionsNonNull.failOnStdErr
                                ? optionsNonNull.errStream
                                : optionsNonNull.outStream;
                            s.write(data);
                        }
                        errbuffer = this._processLineBuffer(data, errbuffer, (line) => {
                            if (this.options.listeners && this.options.listeners.errline) {
                                this.options.listeners.errline(line);
                            }
                        });
                    });
                }
                cp.on('error', (err) => {
                    state.processError = err.message;
                    state.processExited = true;
                    state.processClosed = true;
                    state.CheckComplete();
                });
                cp.on('exit', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    this._debug(`Exit code ${code} received from tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                cp.on('close', (code) => {
                    state.processExitCode = code;
                    state.processExited = true;
                    state.processClosed = true;
                    this._debug(`STDIO streams have closed for tool '${this.toolPath}'`);
                    state.CheckComplete();
                });
                state.on('done', (error, exitCode) => {
                    if (stdbuffer.length > 0) {
                        this.emit('stdline', stdbuffer);
                    }
                    if (errbuffer.length > 0) {
                        this.emit('errline', errbuffer);
                    }
                    cp.removeAllListeners();
                    if (error) {
                        reject(error);
                    }
                    else {
                        resolve(exitCode);
                    }
                });
                if (this.options.input) {
                    if (!cp.stdin) {
                        throw new Error('child process missing stdin');
                    }
                    cp.stdin.end(this.options.input);
                }
            }));
        });
    }
}
/**
 * Convert an arg string to an array of args. Handles escaping
 *
 * @param    argString   string of arguments
 * @returns  string[]    array of arguments
 */
function argStringToArray(argString) {
    const args = [];
    let inQuotes = false;
    let escaped = false;
    let arg = '';
    function append(c) {
        // we only escape double quotes.
        if (escaped && c !== '"') {
            arg += '\\';
        }
        arg += c;
        escaped = false;
    }
    for (let i = 0; i < argString.length; i++) {
        const c = argString.charAt(i);
        if (c === '"') {
            if (!escaped) {
                inQuotes = !inQuotes;
            }
            else {
                append(c);
            }
            continue;
        }
        if (c === '\\' && escaped) {
            append(c);
            continue;
        }
        if (c === '\\' && inQuotes) {
            escaped = true;
            continue;
        }
        if (c === ' ' && !inQuotes) {
            if (arg.length > 0) {
                args.push(arg);
                arg = '';
            }
            continue;
        }
        append(c);
    }
    if (arg.length > 0) {
        args.push(arg.trim());
    }
    return args;
}
class ExecState extends external_events_.EventEmitter {
    constructor(options, toolPath) {
        super();
        this.processClosed = false; // tracks whether the process has exited and stdio is closed
        this.processError = '';
        this.processExitCode = 0;
        this.processExited = false; // tracks whether the process has exited
        this.processStderr = false; // tracks whether stderr was written to
        this.delay = 10000; // 10 seconds
        this.done = false;
        this.timeout = null;
        if (!toolPath) {
            throw new Error('toolPath must not be empty');
        }
        this.options = options;
        this.toolPath = toolPath;
        if (options.delay) {
            this.delay = options.delay;
        }
    }
    CheckComplete() {
        if (this.done) {
            return;
        }
        if (this.processClosed) {
            this._setResult();
        }
        else if (this.processExited) {
            this.timeout = (0,external_timers_namespaceObject.setTimeout)(ExecState.HandleTimeout, this.delay, this);
        }
    }
    _debug(message) {
        this.emit('debug', message);
    }
    _setResult() {
        // determine whether there is an error
        let error;
        if (this.processExited) {
            if (this.processError) {
                error = new Error(`There was an error when attempting to execute the process '${this.toolPath}'. This may indicate the process failed to start. Error: ${this.processError}`);
            }
            else if (this.processExitCode !== 0 && !this.options.ignoreReturnCode) {
                error = new Error(`The process '${this.toolPath}' failed with exit code ${this.processExitCode}`);
            }
            else if (this.processStderr && this.options.failOnStdErr) {
                error = new Error(`The process '${this.toolPath}' failed because one or more lines were written to the STDERR stream`);
            }
        }
        // clear the timeout
        if (this.timeout) {
            clearTimeout(this.timeout);
            this.timeout = null;
        }
        this.done = true;
        this.emit('done', error, this.processExitCode);
    }
    static HandleTimeout(state) {
        if (state.done) {
            return;
        }
        if (!state.processClosed && state.processExited) {
            const message = `The STDIO streams did not close within ${state.delay / 1000} seconds of the exit event from process '${state.toolPath}'. This may indicate a child process inherited the STDIO streams and has not yet exited.`;
            state._debug(message);
        }
        state._setResult();
    }
}
//# sourceMappingURL=toolrunner.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/exec/lib/exec.js
var exec_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


/**
 * Exec a command.
 * Output will be streamed to the live console.
 * Returns promise with return code
 *
 * @param     commandLine        command to execute (can include additional args). Must be correctly escaped.
 * @param     args               optional arguments for tool. Escaping is handled by the lib.
 * @param     options            optional exec options.  See ExecOptions
 * @returns   Promise<number>    exit code
 */
function exec_exec(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        const commandArgs = tr.argStringToArray(commandLine);
        if (commandArgs.length === 0) {
            throw new Error(`Parameter 'commandLine' cannot be null or empty.`);
        }
        // Path to tool to execute should be first arg
        const toolPath = commandArgs[0];
        args = commandArgs.slice(1).concat(args || []);
        const runner = new tr.ToolRunner(toolPath, args, options);
        return runner.exec();
    });
}
/**
 * Exec a command and get the output.
 * Output will be streamed to the live console.
 * Returns promise with the exit code and collected stdout and stderr
 *
 * @param     commandLine           command to execute (can include additional args). Must be correctly escaped.
 * @param     args                  optional arguments for tool. Escaping is handled by the lib.
 * @param     options               optional exec options.  See ExecOptions
 * @returns   Promise<ExecOutput>   exit code, stdout, and stderr
 */
function getExecOutput(commandLine, args, options) {
    return exec_awaiter(this, void 0, void 0, function* () {
        var _a, _b;
        let stdout = '';
        let stderr = '';
        //Using string decoder covers the case where a mult-byte character is split
        const stdoutDecoder = new StringDecoder('utf8');
        const stderrDecoder = new StringDecoder('utf8');
        const originalStdoutListener = (_a = options === null || options === void 0 ? void 0 : options.listeners) === null || _a === void 0 ? void 0 : _a.stdout;
        const originalStdErrListener = (_b = options === null || options === void 0 ? void 0 : options.listeners) === null || _b === void 0 ? void 0 : _b.stderr;
        const stdErrListener = (data) => {
            stderr += stderrDecoder.write(data);
            if (originalStdErrListener) {
                originalStdErrListener(data);
            }
        };
        const stdOutListener = (data) => {
            stdout += stdoutDecoder.write(data);
            if (originalStdoutListener) {
                originalStdoutListener(data);
            }
        };
        const listeners = Object.assign(Object.assign({}, options === null || options === void 0 ? void 0 : options.listeners), { stdout: stdOutListener, stderr: stdErrListener });
        const exitCode = yield exec_exec(commandLine, args, Object.assign(Object.assign({}, options), { listeners }));
        //flush any remaining characters
        stdout += stdoutDecoder.end();
        stderr += stderrDecoder.end();
        return {
            exitCode,
            stdout,
            stderr
        };
    });
}
//# sourceMappingURL=exec.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/platform.js
var platform_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};


const getWindowsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout: version } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Version"', undefined, {
        silent: true
    });
    const { stdout: name } = yield exec.getExecOutput('powershell -command "(Get-CimInstance -ClassName Win32_OperatingSystem).Caption"', undefined, {
        silent: true
    });
    return {
        name: name.trim(),
        version: version.trim()
    };
});
const getMacOsInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    var _a, _b, _c, _d;
    const { stdout } = yield exec.getExecOutput('sw_vers', undefined, {
        silent: true
    });
    const version = (_b = (_a = stdout.match(/ProductVersion:\s*(.+)/)) === null || _a === void 0 ? void 0 : _a[1]) !== null && _b !== void 0 ? _b : '';
    const name = (_d = (_c = stdout.match(/ProductName:\s*(.+)/)) === null || _c === void 0 ? void 0 : _c[1]) !== null && _d !== void 0 ? _d : '';
    return {
        name,
        version
    };
});
const getLinuxInfo = () => platform_awaiter(void 0, void 0, void 0, function* () {
    const { stdout } = yield exec.getExecOutput('lsb_release', ['-i', '-r', '-s'], {
        silent: true
    });
    const [name, version] = stdout.trim().split('\n');
    return {
        name,
        version
    };
});
const platform = external_os_.platform();
const arch = external_os_.arch();
const isWindows = platform === 'win32';
const isMacOS = platform === 'darwin';
const isLinux = platform === 'linux';
function getDetails() {
    return platform_awaiter(this, void 0, void 0, function* () {
        return Object.assign(Object.assign({}, (yield (isWindows
            ? getWindowsInfo()
            : isMacOS
                ? getMacOsInfo()
                : getLinuxInfo()))), { platform,
            arch,
            isWindows,
            isMacOS,
            isLinux });
    });
}
//# sourceMappingURL=platform.js.map
;// CONCATENATED MODULE: ./node_modules/@actions/core/lib/core.js
var core_awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};






/**
 * The code to exit an action
 */
var ExitCode;
(function (ExitCode) {
    /**
     * A code indicating that the action was successful
     */
    ExitCode[ExitCode["Success"] = 0] = "Success";
    /**
     * A code indicating that the action was a failure
     */
    ExitCode[ExitCode["Failure"] = 1] = "Failure";
})(ExitCode || (ExitCode = {}));
//-----------------------------------------------------------------------
// Variables
//-----------------------------------------------------------------------
/**
 * Sets env variable for this action and future actions in the job
 * @param name the name of the variable to set
 * @param val the value of the variable. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function exportVariable(name, val) {
    const convertedVal = toCommandValue(val);
    process.env[name] = convertedVal;
    const filePath = process.env['GITHUB_ENV'] || '';
    if (filePath) {
        return issueFileCommand('ENV', prepareKeyValueMessage(name, val));
    }
    issueCommand('set-env', { name }, convertedVal);
}
/**
 * Registers a secret which will get masked from logs
 *
 * @param secret - Value of the secret to be masked
 * @remarks
 * This function instructs the Actions runner to mask the specified value in any
 * logs produced during the workflow run. Once registered, the secret value will
 * be replaced with asterisks (***) whenever it appears in console output, logs,
 * or error messages.
 *
 * This is useful for protecting sensitive information such as:
 * - API keys
 * - Access tokens
 * - Authentication credentials
 * - URL parameters containing signatures (SAS tokens)
 *
 * Note that masking only affects future logs; any previous appearances of the
 * secret in logs before calling this function will remain unmasked.
 *
 * @example
 * ```typescript
 * // Register an API token as a secret
 * const apiToken = "abc123xyz456";
 * setSecret(apiToken);
 *
 * // Now any logs containing this value will show *** instead
 * console.log(`Using token: ${apiToken}`); // Outputs: "Using token: ***"
 * ```
 */
function core_setSecret(secret) {
    command_issueCommand('add-mask', {}, secret);
}
/**
 * Prepends inputPath to the PATH (for this action and future actions)
 * @param inputPath
 */
function addPath(inputPath) {
    const filePath = process.env['GITHUB_PATH'] || '';
    if (filePath) {
        issueFileCommand('PATH', inputPath);
    }
    else {
        issueCommand('add-path', {}, inputPath);
    }
    process.env['PATH'] = `${inputPath}${path.delimiter}${process.env['PATH']}`;
}
/**
 * Gets the value of an input.
 * Unless trimWhitespace is set to false in InputOptions, the value is also trimmed.
 * Returns an empty string if the value is not defined.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string
 */
function getInput(name, options) {
    const val = process.env[`INPUT_${name.replace(/ /g, '_').toUpperCase()}`] || '';
    if (options && options.required && !val) {
        throw new Error(`Input required and not supplied: ${name}`);
    }
    if (options && options.trimWhitespace === false) {
        return val;
    }
    return val.trim();
}
/**
 * Gets the values of an multiline input.  Each value is also trimmed.
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   string[]
 *
 */
function getMultilineInput(name, options) {
    const inputs = getInput(name, options)
        .split('\n')
        .filter(x => x !== '');
    if (options && options.trimWhitespace === false) {
        return inputs;
    }
    return inputs.map(input => input.trim());
}
/**
 * Gets the input value of the boolean type in the YAML 1.2 "core schema" specification.
 * Support boolean input list: `true | True | TRUE | false | False | FALSE` .
 * The return value is also in boolean type.
 * ref: https://yaml.org/spec/1.2/spec.html#id2804923
 *
 * @param     name     name of the input to get
 * @param     options  optional. See InputOptions.
 * @returns   boolean
 */
function getBooleanInput(name, options) {
    const trueValue = ['true', 'True', 'TRUE'];
    const falseValue = ['false', 'False', 'FALSE'];
    const val = getInput(name, options);
    if (trueValue.includes(val))
        return true;
    if (falseValue.includes(val))
        return false;
    throw new TypeError(`Input does not meet YAML 1.2 "Core Schema" specification: ${name}\n` +
        `Support boolean input list: \`true | True | TRUE | false | False | FALSE\``);
}
/**
 * Sets the value of an output.
 *
 * @param     name     name of the output to set
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function setOutput(name, value) {
    const filePath = process.env['GITHUB_OUTPUT'] || '';
    if (filePath) {
        return file_command_issueFileCommand('OUTPUT', file_command_prepareKeyValueMessage(name, value));
    }
    process.stdout.write(external_os_.EOL);
    command_issueCommand('set-output', { name }, utils_toCommandValue(value));
}
/**
 * Enables or disables the echoing of commands into stdout for the rest of the step.
 * Echoing is disabled by default if ACTIONS_STEP_DEBUG is not set.
 *
 */
function setCommandEcho(enabled) {
    issue('echo', enabled ? 'on' : 'off');
}
//-----------------------------------------------------------------------
// Results
//-----------------------------------------------------------------------
/**
 * Sets the action status to failed.
 * When the action exits it will be with an exit code of 1
 * @param message add error issue message
 */
function setFailed(message) {
    process.exitCode = ExitCode.Failure;
    error(message);
}
//-----------------------------------------------------------------------
// Logging Commands
//-----------------------------------------------------------------------
/**
 * Gets whether Actions Step Debug is on or not
 */
function isDebug() {
    return process.env['RUNNER_DEBUG'] === '1';
}
/**
 * Writes debug message to user log
 * @param message debug message
 */
function core_debug(message) {
    command_issueCommand('debug', {}, message);
}
/**
 * Adds an error issue
 * @param message error issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function error(message, properties = {}) {
    command_issueCommand('error', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a warning issue
 * @param message warning issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function warning(message, properties = {}) {
    command_issueCommand('warning', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Adds a notice issue
 * @param message notice issue message. Errors will be converted to string via toString()
 * @param properties optional properties to add to the annotation.
 */
function notice(message, properties = {}) {
    command_issueCommand('notice', toCommandProperties(properties), message instanceof Error ? message.toString() : message);
}
/**
 * Writes info to log with console.log.
 * @param message info message
 */
function info(message) {
    process.stdout.write(message + external_os_.EOL);
}
/**
 * Begin an output group.
 *
 * Output until the next `groupEnd` will be foldable in this group
 *
 * @param name The name of the output group
 */
function startGroup(name) {
    command_issue('group', name);
}
/**
 * End an output group.
 */
function endGroup() {
    command_issue('endgroup');
}
/**
 * Wrap an asynchronous function call in a group.
 *
 * Returns the same type as the function itself.
 *
 * @param name The name of the group
 * @param fn The function to wrap in the group
 */
function group(name, fn) {
    return core_awaiter(this, void 0, void 0, function* () {
        startGroup(name);
        let result;
        try {
            result = yield fn();
        }
        finally {
            endGroup();
        }
        return result;
    });
}
//-----------------------------------------------------------------------
// Wrapper action state
//-----------------------------------------------------------------------
/**
 * Saves state for current action, the state can only be retrieved by this action's post job execution.
 *
 * @param     name     name of the state to store
 * @param     value    value to store. Non-string values will be converted to a string via JSON.stringify
 */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
function saveState(name, value) {
    const filePath = process.env['GITHUB_STATE'] || '';
    if (filePath) {
        return issueFileCommand('STATE', prepareKeyValueMessage(name, value));
    }
    issueCommand('save-state', { name }, toCommandValue(value));
}
/**
 * Gets the value of an state set by this action's main execution.
 *
 * @param     name     name of the state to get
 * @returns   string
 */
function getState(name) {
    return process.env[`STATE_${name}`] || '';
}
function getIDToken(aud) {
    return core_awaiter(this, void 0, void 0, function* () {
        return yield OidcClient.getIDToken(aud);
    });
}
/**
 * Summary exports
 */

/**
 * @deprecated use core.summary
 */

/**
 * Path exports
 */

/**
 * Platform utilities exports
 */

//# sourceMappingURL=core.js.map

/***/ }),

/***/ 2779:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

var https__WEBPACK_IMPORTED_MODULE_1___namespace_cache;
var http__WEBPACK_IMPORTED_MODULE_0___namespace_cache;
/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   Qq: () => (/* binding */ HttpClient)
/* harmony export */ });
/* unused harmony exports HttpCodes, Headers, MediaTypes, getProxyUrl, HttpClientError, HttpClientResponse, isHttps */
/* harmony import */ var http__WEBPACK_IMPORTED_MODULE_0__ = __nccwpck_require__(8611);
/* harmony import */ var https__WEBPACK_IMPORTED_MODULE_1__ = __nccwpck_require__(5692);
/* harmony import */ var _proxy_js__WEBPACK_IMPORTED_MODULE_2__ = __nccwpck_require__(9783);
/* harmony import */ var tunnel__WEBPACK_IMPORTED_MODULE_3__ = __nccwpck_require__(770);
/* harmony import */ var undici__WEBPACK_IMPORTED_MODULE_4__ = __nccwpck_require__(7278);
/* eslint-disable @typescript-eslint/no-explicit-any */
var __awaiter = (undefined && undefined.__awaiter) || function (thisArg, _arguments, P, generator) {
    function adopt(value) { return value instanceof P ? value : new P(function (resolve) { resolve(value); }); }
    return new (P || (P = Promise))(function (resolve, reject) {
        function fulfilled(value) { try { step(generator.next(value)); } catch (e) { reject(e); } }
        function rejected(value) { try { step(generator["throw"](value)); } catch (e) { reject(e); } }
        function step(result) { result.done ? resolve(result.value) : adopt(result.value).then(fulfilled, rejected); }
        step((generator = generator.apply(thisArg, _arguments || [])).next());
    });
};





var HttpCodes;
(function (HttpCodes) {
    HttpCodes[HttpCodes["OK"] = 200] = "OK";
    HttpCodes[HttpCodes["MultipleChoices"] = 300] = "MultipleChoices";
    HttpCodes[HttpCodes["MovedPermanently"] = 301] = "MovedPermanently";
    HttpCodes[HttpCodes["ResourceMoved"] = 302] = "ResourceMoved";
    HttpCodes[HttpCodes["SeeOther"] = 303] = "SeeOther";
    HttpCodes[HttpCodes["NotModified"] = 304] = "NotModified";
    HttpCodes[HttpCodes["UseProxy"] = 305] = "UseProxy";
    HttpCodes[HttpCodes["SwitchProxy"] = 306] = "SwitchProxy";
    HttpCodes[HttpCodes["TemporaryRedirect"] = 307] = "TemporaryRedirect";
    HttpCodes[HttpCodes["PermanentRedirect"] = 308] = "PermanentRedirect";
    HttpCodes[HttpCodes["BadRequest"] = 400] = "BadRequest";
    HttpCodes[HttpCodes["Unauthorized"] = 401] = "Unauthorized";
    HttpCodes[HttpCodes["PaymentRequired"] = 402] = "PaymentRequired";
    HttpCodes[HttpCodes["Forbidden"] = 403] = "Forbidden";
    HttpCodes[HttpCodes["NotFound"] = 404] = "NotFound";
    HttpCodes[HttpCodes["MethodNotAllowed"] = 405] = "MethodNotAllowed";
    HttpCodes[HttpCodes["NotAcceptable"] = 406] = "NotAcceptable";
    HttpCodes[HttpCodes["ProxyAuthenticationRequired"] = 407] = "ProxyAuthenticationRequired";
    HttpCodes[HttpCodes["RequestTimeout"] = 408] = "RequestTimeout";
    HttpCodes[HttpCodes["Conflict"] = 409] = "Conflict";
    HttpCodes[HttpCodes["Gone"] = 410] = "Gone";
    HttpCodes[HttpCodes["TooManyRequests"] = 429] = "TooManyRequests";
    HttpCodes[HttpCodes["InternalServerError"] = 500] = "InternalServerError";
    HttpCodes[HttpCodes["NotImplemented"] = 501] = "NotImplemented";
    HttpCodes[HttpCodes["BadGateway"] = 502] = "BadGateway";
    HttpCodes[HttpCodes["ServiceUnavailable"] = 503] = "ServiceUnavailable";
    HttpCodes[HttpCodes["GatewayTimeout"] = 504] = "GatewayTimeout";
})(HttpCodes || (HttpCodes = {}));
var Headers;
(function (Headers) {
    Headers["Accept"] = "accept";
    Headers["ContentType"] = "content-type";
})(Headers || (Headers = {}));
var MediaTypes;
(function (MediaTypes) {
    MediaTypes["ApplicationJson"] = "application/json";
})(MediaTypes || (MediaTypes = {}));
/**
 * Returns the proxy URL, depending upon the supplied url and proxy environment variables.
 * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
 */
function getProxyUrl(serverUrl) {
    const proxyUrl = pm.getProxyUrl(new URL(serverUrl));
    return proxyUrl ? proxyUrl.href : '';
}
const HttpRedirectCodes = [
    HttpCodes.MovedPermanently,
    HttpCodes.ResourceMoved,
    HttpCodes.SeeOther,
    HttpCodes.TemporaryRedirect,
    HttpCodes.PermanentRedirect
];
const HttpResponseRetryCodes = [
    HttpCodes.BadGateway,
    HttpCodes.ServiceUnavailable,
    HttpCodes.GatewayTimeout
];
const RetryableHttpVerbs = ['OPTIONS', 'GET', 'DELETE', 'HEAD'];
const ExponentialBackoffCeiling = 10;
const ExponentialBackoffTimeSlice = 5;
class HttpClientError extends Error {
    constructor(message, statusCode) {
        super(message);
        this.name = 'HttpClientError';
        this.statusCode = statusCode;
        Object.setPrototypeOf(this, HttpClientError.prototype);
    }
}
class HttpClientResponse {
    constructor(message) {
        this.message = message;
    }
    readBody() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                let output = Buffer.alloc(0);
                this.message.on('data', (chunk) => {
                    output = Buffer.concat([output, chunk]);
                });
                this.message.on('end', () => {
                    resolve(output.toString());
                });
            }));
        });
    }
    readBodyBuffer() {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve) => __awaiter(this, void 0, void 0, function* () {
                const chunks = [];
                this.message.on('data', (chunk) => {
                    chunks.push(chunk);
                });
                this.message.on('end', () => {
                    resolve(Buffer.concat(chunks));
                });
            }));
        });
    }
}
function isHttps(requestUrl) {
    const parsedUrl = new URL(requestUrl);
    return parsedUrl.protocol === 'https:';
}
class HttpClient {
    constructor(userAgent, handlers, requestOptions) {
        this._ignoreSslError = false;
        this._allowRedirects = true;
        this._allowRedirectDowngrade = false;
        this._maxRedirects = 50;
        this._allowRetries = false;
        this._maxRetries = 1;
        this._keepAlive = false;
        this._disposed = false;
        this.userAgent = this._getUserAgentWithOrchestrationId(userAgent);
        this.handlers = handlers || [];
        this.requestOptions = requestOptions;
        if (requestOptions) {
            if (requestOptions.ignoreSslError != null) {
                this._ignoreSslError = requestOptions.ignoreSslError;
            }
            this._socketTimeout = requestOptions.socketTimeout;
            if (requestOptions.allowRedirects != null) {
                this._allowRedirects = requestOptions.allowRedirects;
            }
            if (requestOptions.allowRedirectDowngrade != null) {
                this._allowRedirectDowngrade = requestOptions.allowRedirectDowngrade;
            }
            if (requestOptions.maxRedirects != null) {
                this._maxRedirects = Math.max(requestOptions.maxRedirects, 0);
            }
            if (requestOptions.keepAlive != null) {
                this._keepAlive = requestOptions.keepAlive;
            }
            if (requestOptions.allowRetries != null) {
                this._allowRetries = requestOptions.allowRetries;
            }
            if (requestOptions.maxRetries != null) {
                this._maxRetries = requestOptions.maxRetries;
            }
        }
    }
    options(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('OPTIONS', requestUrl, null, additionalHeaders || {});
        });
    }
    get(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('GET', requestUrl, null, additionalHeaders || {});
        });
    }
    del(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('DELETE', requestUrl, null, additionalHeaders || {});
        });
    }
    post(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('POST', requestUrl, data, additionalHeaders || {});
        });
    }
    patch(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PATCH', requestUrl, data, additionalHeaders || {});
        });
    }
    put(requestUrl, data, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('PUT', requestUrl, data, additionalHeaders || {});
        });
    }
    head(requestUrl, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request('HEAD', requestUrl, null, additionalHeaders || {});
        });
    }
    sendStream(verb, requestUrl, stream, additionalHeaders) {
        return __awaiter(this, void 0, void 0, function* () {
            return this.request(verb, requestUrl, stream, additionalHeaders);
        });
    }
    /**
     * Gets a typed object from an endpoint
     * Be aware that not found returns a null.  Other errors (4xx, 5xx) reject the promise
     */
    getJson(requestUrl_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, additionalHeaders = {}) {
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            const res = yield this.get(requestUrl, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    postJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.post(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    putJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.put(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    patchJson(requestUrl_1, obj_1) {
        return __awaiter(this, arguments, void 0, function* (requestUrl, obj, additionalHeaders = {}) {
            const data = JSON.stringify(obj, null, 2);
            additionalHeaders[Headers.Accept] = this._getExistingOrDefaultHeader(additionalHeaders, Headers.Accept, MediaTypes.ApplicationJson);
            additionalHeaders[Headers.ContentType] =
                this._getExistingOrDefaultContentTypeHeader(additionalHeaders, MediaTypes.ApplicationJson);
            const res = yield this.patch(requestUrl, data, additionalHeaders);
            return this._processResponse(res, this.requestOptions);
        });
    }
    /**
     * Makes a raw http request.
     * All other methods such as get, post, patch, and request ultimately call this.
     * Prefer get, del, post and patch
     */
    request(verb, requestUrl, data, headers) {
        return __awaiter(this, void 0, void 0, function* () {
            if (this._disposed) {
                throw new Error('Client has already been disposed.');
            }
            const parsedUrl = new URL(requestUrl);
            let info = this._prepareRequest(verb, parsedUrl, headers);
            // Only perform retries on reads since writes may not be idempotent.
            const maxTries = this._allowRetries && RetryableHttpVerbs.includes(verb)
                ? this._maxRetries + 1
                : 1;
            let numTries = 0;
            let response;
            do {
                response = yield this.requestRaw(info, data);
                // Check if it's an authentication challenge
                if (response &&
                    response.message &&
                    response.message.statusCode === HttpCodes.Unauthorized) {
                    let authenticationHandler;
                    for (const handler of this.handlers) {
                        if (handler.canHandleAuthentication(response)) {
                            authenticationHandler = handler;
                            break;
                        }
                    }
                    if (authenticationHandler) {
                        return authenticationHandler.handleAuthentication(this, info, data);
                    }
                    else {
                        // We have received an unauthorized response but have no handlers to handle it.
                        // Let the response return to the caller.
                        return response;
                    }
                }
                let redirectsRemaining = this._maxRedirects;
                while (response.message.statusCode &&
                    HttpRedirectCodes.includes(response.message.statusCode) &&
                    this._allowRedirects &&
                    redirectsRemaining > 0) {
                    const redirectUrl = response.message.headers['location'];
                    if (!redirectUrl) {
                        // if there's no location to redirect to, we won't
                        break;
                    }
                    const parsedRedirectUrl = new URL(redirectUrl);
                    if (parsedUrl.protocol === 'https:' &&
                        parsedUrl.protocol !== parsedRedirectUrl.protocol &&
                        !this._allowRedirectDowngrade) {
                        throw new Error('Redirect from HTTPS to HTTP protocol. This downgrade is not allowed for security reasons. If you want to allow this behavior, set the allowRedirectDowngrade option to true.');
                    }
                    // we need to finish reading the response before reassigning response
                    // which will leak the open socket.
                    yield response.readBody();
                    // strip authorization header if redirected to a different hostname
                    if (parsedRedirectUrl.hostname !== parsedUrl.hostname) {
                        for (const header in headers) {
                            // header names are case insensitive
                            if (header.toLowerCase() === 'authorization') {
                                delete headers[header];
                            }
                        }
                    }
                    // let's make the request with the new redirectUrl
                    info = this._prepareRequest(verb, parsedRedirectUrl, headers);
                    response = yield this.requestRaw(info, data);
                    redirectsRemaining--;
                }
                if (!response.message.statusCode ||
                    !HttpResponseRetryCodes.includes(response.message.statusCode)) {
                    // If not a retry code, return immediately instead of retrying
                    return response;
                }
                numTries += 1;
                if (numTries < maxTries) {
                    yield response.readBody();
                    yield this._performExponentialBackoff(numTries);
                }
            } while (numTries < maxTries);
            return response;
        });
    }
    /**
     * Needs to be called if keepAlive is set to true in request options.
     */
    dispose() {
        if (this._agent) {
            this._agent.destroy();
        }
        this._disposed = true;
    }
    /**
     * Raw request.
     * @param info
     * @param data
     */
    requestRaw(info, data) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => {
                function callbackForResult(err, res) {
                    if (err) {
                        reject(err);
                    }
                    else if (!res) {
                        // If `err` is not passed, then `res` must be passed.
                        reject(new Error('Unknown error'));
                    }
                    else {
                        resolve(res);
                    }
                }
                this.requestRawWithCallback(info, data, callbackForResult);
            });
        });
    }
    /**
     * Raw request with callback.
     * @param info
     * @param data
     * @param onResult
     */
    requestRawWithCallback(info, data, onResult) {
        if (typeof data === 'string') {
            if (!info.options.headers) {
                info.options.headers = {};
            }
            info.options.headers['Content-Length'] = Buffer.byteLength(data, 'utf8');
        }
        let callbackCalled = false;
        function handleResult(err, res) {
            if (!callbackCalled) {
                callbackCalled = true;
                onResult(err, res);
            }
        }
        const req = info.httpModule.request(info.options, (msg) => {
            const res = new HttpClientResponse(msg);
            handleResult(undefined, res);
        });
        let socket;
        req.on('socket', sock => {
            socket = sock;
        });
        // If we ever get disconnected, we want the socket to timeout eventually
        req.setTimeout(this._socketTimeout || 3 * 60000, () => {
            if (socket) {
                socket.end();
            }
            handleResult(new Error(`Request timeout: ${info.options.path}`));
        });
        req.on('error', function (err) {
            // err has statusCode property
            // res should have headers
            handleResult(err);
        });
        if (data && typeof data === 'string') {
            req.write(data, 'utf8');
        }
        if (data && typeof data !== 'string') {
            data.on('close', function () {
                req.end();
            });
            data.pipe(req);
        }
        else {
            req.end();
        }
    }
    /**
     * Gets an http agent. This function is useful when you need an http agent that handles
     * routing through a proxy server - depending upon the url and proxy environment variables.
     * @param serverUrl  The server URL where the request will be sent. For example, https://api.github.com
     */
    getAgent(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        return this._getAgent(parsedUrl);
    }
    getAgentDispatcher(serverUrl) {
        const parsedUrl = new URL(serverUrl);
        const proxyUrl = _proxy_js__WEBPACK_IMPORTED_MODULE_2__/* .getProxyUrl */ .s(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (!useProxy) {
            return;
        }
        return this._getProxyAgentDispatcher(parsedUrl, proxyUrl);
    }
    _prepareRequest(method, requestUrl, headers) {
        const info = {};
        info.parsedUrl = requestUrl;
        const usingSsl = info.parsedUrl.protocol === 'https:';
        info.httpModule = usingSsl ? /*#__PURE__*/ (https__WEBPACK_IMPORTED_MODULE_1___namespace_cache || (https__WEBPACK_IMPORTED_MODULE_1___namespace_cache = __nccwpck_require__.t(https__WEBPACK_IMPORTED_MODULE_1__, 2))) : /*#__PURE__*/ (http__WEBPACK_IMPORTED_MODULE_0___namespace_cache || (http__WEBPACK_IMPORTED_MODULE_0___namespace_cache = __nccwpck_require__.t(http__WEBPACK_IMPORTED_MODULE_0__, 2)));
        const defaultPort = usingSsl ? 443 : 80;
        info.options = {};
        info.options.host = info.parsedUrl.hostname;
        info.options.port = info.parsedUrl.port
            ? parseInt(info.parsedUrl.port)
            : defaultPort;
        info.options.path =
            (info.parsedUrl.pathname || '') + (info.parsedUrl.search || '');
        info.options.method = method;
        info.options.headers = this._mergeHeaders(headers);
        if (this.userAgent != null) {
            info.options.headers['user-agent'] = this.userAgent;
        }
        info.options.agent = this._getAgent(info.parsedUrl);
        // gives handlers an opportunity to participate
        if (this.handlers) {
            for (const handler of this.handlers) {
                handler.prepareRequest(info.options);
            }
        }
        return info;
    }
    _mergeHeaders(headers) {
        if (this.requestOptions && this.requestOptions.headers) {
            return Object.assign({}, lowercaseKeys(this.requestOptions.headers), lowercaseKeys(headers || {}));
        }
        return lowercaseKeys(headers || {});
    }
    /**
     * Gets an existing header value or returns a default.
     * Handles converting number header values to strings since HTTP headers must be strings.
     * Note: This returns string | string[] since some headers can have multiple values.
     * For headers that must always be a single string (like Content-Type), use the
     * specialized _getExistingOrDefaultContentTypeHeader method instead.
     */
    _getExistingOrDefaultHeader(additionalHeaders, header, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[header];
            if (headerValue) {
                clientHeader =
                    typeof headerValue === 'number' ? headerValue.toString() : headerValue;
            }
        }
        const additionalValue = additionalHeaders[header];
        if (additionalValue !== undefined) {
            return typeof additionalValue === 'number'
                ? additionalValue.toString()
                : additionalValue;
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    /**
     * Specialized version of _getExistingOrDefaultHeader for Content-Type header.
     * Always returns a single string (not an array) since Content-Type should be a single value.
     * Converts arrays to comma-separated strings and numbers to strings to ensure type safety.
     * This was split from _getExistingOrDefaultHeader to provide stricter typing for callers
     * that assign the result to places expecting a string (e.g., additionalHeaders[Headers.ContentType]).
     */
    _getExistingOrDefaultContentTypeHeader(additionalHeaders, _default) {
        let clientHeader;
        if (this.requestOptions && this.requestOptions.headers) {
            const headerValue = lowercaseKeys(this.requestOptions.headers)[Headers.ContentType];
            if (headerValue) {
                if (typeof headerValue === 'number') {
                    clientHeader = String(headerValue);
                }
                else if (Array.isArray(headerValue)) {
                    clientHeader = headerValue.join(', ');
                }
                else {
                    clientHeader = headerValue;
                }
            }
        }
        const additionalValue = additionalHeaders[Headers.ContentType];
        // Return the first non-undefined value, converting numbers or arrays to strings if necessary
        if (additionalValue !== undefined) {
            if (typeof additionalValue === 'number') {
                return String(additionalValue);
            }
            else if (Array.isArray(additionalValue)) {
                return additionalValue.join(', ');
            }
            else {
                return additionalValue;
            }
        }
        if (clientHeader !== undefined) {
            return clientHeader;
        }
        return _default;
    }
    _getAgent(parsedUrl) {
        let agent;
        const proxyUrl = _proxy_js__WEBPACK_IMPORTED_MODULE_2__/* .getProxyUrl */ .s(parsedUrl);
        const useProxy = proxyUrl && proxyUrl.hostname;
        if (this._keepAlive && useProxy) {
            agent = this._proxyAgent;
        }
        if (!useProxy) {
            agent = this._agent;
        }
        // if agent is already assigned use that agent.
        if (agent) {
            return agent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        let maxSockets = 100;
        if (this.requestOptions) {
            maxSockets = this.requestOptions.maxSockets || http__WEBPACK_IMPORTED_MODULE_0__.globalAgent.maxSockets;
        }
        // This is `useProxy` again, but we need to check `proxyURl` directly for TypeScripts's flow analysis.
        if (proxyUrl && proxyUrl.hostname) {
            const agentOptions = {
                maxSockets,
                keepAlive: this._keepAlive,
                proxy: Object.assign(Object.assign({}, ((proxyUrl.username || proxyUrl.password) && {
                    proxyAuth: `${proxyUrl.username}:${proxyUrl.password}`
                })), { host: proxyUrl.hostname, port: proxyUrl.port })
            };
            let tunnelAgent;
            const overHttps = proxyUrl.protocol === 'https:';
            if (usingSsl) {
                tunnelAgent = overHttps ? tunnel__WEBPACK_IMPORTED_MODULE_3__.httpsOverHttps : tunnel__WEBPACK_IMPORTED_MODULE_3__.httpsOverHttp;
            }
            else {
                tunnelAgent = overHttps ? tunnel__WEBPACK_IMPORTED_MODULE_3__.httpOverHttps : tunnel__WEBPACK_IMPORTED_MODULE_3__.httpOverHttp;
            }
            agent = tunnelAgent(agentOptions);
            this._proxyAgent = agent;
        }
        // if tunneling agent isn't assigned create a new agent
        if (!agent) {
            const options = { keepAlive: this._keepAlive, maxSockets };
            agent = usingSsl ? new https__WEBPACK_IMPORTED_MODULE_1__.Agent(options) : new http__WEBPACK_IMPORTED_MODULE_0__.Agent(options);
            this._agent = agent;
        }
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            agent.options = Object.assign(agent.options || {}, {
                rejectUnauthorized: false
            });
        }
        return agent;
    }
    _getProxyAgentDispatcher(parsedUrl, proxyUrl) {
        let proxyAgent;
        if (this._keepAlive) {
            proxyAgent = this._proxyAgentDispatcher;
        }
        // if agent is already assigned use that agent.
        if (proxyAgent) {
            return proxyAgent;
        }
        const usingSsl = parsedUrl.protocol === 'https:';
        proxyAgent = new undici__WEBPACK_IMPORTED_MODULE_4__/* .ProxyAgent */ .k(Object.assign({ uri: proxyUrl.href, pipelining: !this._keepAlive ? 0 : 1 }, ((proxyUrl.username || proxyUrl.password) && {
            token: `Basic ${Buffer.from(`${proxyUrl.username}:${proxyUrl.password}`).toString('base64')}`
        })));
        this._proxyAgentDispatcher = proxyAgent;
        if (usingSsl && this._ignoreSslError) {
            // we don't want to set NODE_TLS_REJECT_UNAUTHORIZED=0 since that will affect request for entire process
            // http.RequestOptions doesn't expose a way to modify RequestOptions.agent.options
            // we have to cast it to any and change it directly
            proxyAgent.options = Object.assign(proxyAgent.options.requestTls || {}, {
                rejectUnauthorized: false
            });
        }
        return proxyAgent;
    }
    _getUserAgentWithOrchestrationId(userAgent) {
        const baseUserAgent = userAgent || 'actions/http-client';
        const orchId = process.env['ACTIONS_ORCHESTRATION_ID'];
        if (orchId) {
            // Sanitize the orchestration ID to ensure it contains only valid characters
            // Valid characters: 0-9, a-z, _, -, .
            const sanitizedId = orchId.replace(/[^a-z0-9_.-]/gi, '_');
            return `${baseUserAgent} actions_orchestration_id/${sanitizedId}`;
        }
        return baseUserAgent;
    }
    _performExponentialBackoff(retryNumber) {
        return __awaiter(this, void 0, void 0, function* () {
            retryNumber = Math.min(ExponentialBackoffCeiling, retryNumber);
            const ms = ExponentialBackoffTimeSlice * Math.pow(2, retryNumber);
            return new Promise(resolve => setTimeout(() => resolve(), ms));
        });
    }
    _processResponse(res, options) {
        return __awaiter(this, void 0, void 0, function* () {
            return new Promise((resolve, reject) => __awaiter(this, void 0, void 0, function* () {
                const statusCode = res.message.statusCode || 0;
                const response = {
                    statusCode,
                    result: null,
                    headers: {}
                };
                // not found leads to null obj returned
                if (statusCode === HttpCodes.NotFound) {
                    resolve(response);
                }
                // get the result from the body
                function dateTimeDeserializer(key, value) {
                    if (typeof value === 'string') {
                        const a = new Date(value);
                        if (!isNaN(a.valueOf())) {
                            return a;
                        }
                    }
                    return value;
                }
                let obj;
                let contents;
                try {
                    contents = yield res.readBody();
                    if (contents && contents.length > 0) {
                        if (options && options.deserializeDates) {
                            obj = JSON.parse(contents, dateTimeDeserializer);
                        }
                        else {
                            obj = JSON.parse(contents);
                        }
                        response.result = obj;
                    }
                    response.headers = res.message.headers;
                }
                catch (err) {
                    // Invalid resource (contents not json);  leaving result obj null
                }
                // note that 3xx redirects are handled by the http layer.
                if (statusCode > 299) {
                    let msg;
                    // if exception/error in body, attempt to get better error
                    if (obj && obj.message) {
                        msg = obj.message;
                    }
                    else if (contents && contents.length > 0) {
                        // it may be the case that the exception is in the body message as string
                        msg = contents;
                    }
                    else {
                        msg = `Failed request: (${statusCode})`;
                    }
                    const err = new HttpClientError(msg, statusCode);
                    err.result = response.result;
                    reject(err);
                }
                else {
                    resolve(response);
                }
            }));
        });
    }
}
const lowercaseKeys = (obj) => Object.keys(obj).reduce((c, k) => ((c[k.toLowerCase()] = obj[k]), c), {});
//# sourceMappingURL=index.js.map

/***/ }),

/***/ 9783:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   H: () => (/* binding */ checkBypass),
/* harmony export */   s: () => (/* binding */ getProxyUrl)
/* harmony export */ });
function getProxyUrl(reqUrl) {
    const usingSsl = reqUrl.protocol === 'https:';
    if (checkBypass(reqUrl)) {
        return undefined;
    }
    const proxyVar = (() => {
        if (usingSsl) {
            return process.env['https_proxy'] || process.env['HTTPS_PROXY'];
        }
        else {
            return process.env['http_proxy'] || process.env['HTTP_PROXY'];
        }
    })();
    if (proxyVar) {
        try {
            return new DecodedURL(proxyVar);
        }
        catch (_a) {
            if (!proxyVar.startsWith('http://') && !proxyVar.startsWith('https://'))
                return new DecodedURL(`http://${proxyVar}`);
        }
    }
    else {
        return undefined;
    }
}
function checkBypass(reqUrl) {
    if (!reqUrl.hostname) {
        return false;
    }
    const reqHost = reqUrl.hostname;
    if (isLoopbackAddress(reqHost)) {
        return true;
    }
    const noProxy = process.env['no_proxy'] || process.env['NO_PROXY'] || '';
    if (!noProxy) {
        return false;
    }
    // Determine the request port
    let reqPort;
    if (reqUrl.port) {
        reqPort = Number(reqUrl.port);
    }
    else if (reqUrl.protocol === 'http:') {
        reqPort = 80;
    }
    else if (reqUrl.protocol === 'https:') {
        reqPort = 443;
    }
    // Format the request hostname and hostname with port
    const upperReqHosts = [reqUrl.hostname.toUpperCase()];
    if (typeof reqPort === 'number') {
        upperReqHosts.push(`${upperReqHosts[0]}:${reqPort}`);
    }
    // Compare request host against noproxy
    for (const upperNoProxyItem of noProxy
        .split(',')
        .map(x => x.trim().toUpperCase())
        .filter(x => x)) {
        if (upperNoProxyItem === '*' ||
            upperReqHosts.some(x => x === upperNoProxyItem ||
                x.endsWith(`.${upperNoProxyItem}`) ||
                (upperNoProxyItem.startsWith('.') &&
                    x.endsWith(`${upperNoProxyItem}`)))) {
            return true;
        }
    }
    return false;
}
function isLoopbackAddress(host) {
    const hostLower = host.toLowerCase();
    return (hostLower === 'localhost' ||
        hostLower.startsWith('127.') ||
        hostLower.startsWith('[::1]') ||
        hostLower.startsWith('[0:0:0:0:0:0:0:1]'));
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
//# sourceMappingURL=proxy.js.map

/***/ }),

/***/ 7934:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   BuJ: () => (/* binding */ getDotPath),
/* harmony export */   FsL: () => (/* binding */ pipe),
/* harmony export */   Ikc: () => (/* binding */ object),
/* harmony export */   KCZ: () => (/* binding */ union),
/* harmony export */   KIO: () => (/* binding */ picklist),
/* harmony export */   L5J: () => (/* binding */ unknown),
/* harmony export */   NpB: () => (/* binding */ fallback),
/* harmony export */   PXX: () => (/* binding */ toLowerCase),
/* harmony export */   YOg: () => (/* binding */ array),
/* harmony export */   YjP: () => (/* binding */ string),
/* harmony export */   aig: () => (/* binding */ number),
/* harmony export */   cl6: () => (/* binding */ nullish),
/* harmony export */   euz: () => (/* binding */ literal),
/* harmony export */   g1P: () => (/* binding */ record),
/* harmony export */   is: () => (/* binding */ is),
/* harmony export */   lqM: () => (/* binding */ optional),
/* harmony export */   mee: () => (/* binding */ nullable),
/* harmony export */   ndf: () => (/* binding */ integer),
/* harmony export */   pdi: () => (/* binding */ transform),
/* harmony export */   xLC: () => (/* binding */ safeParse),
/* harmony export */   yGV: () => (/* binding */ regex),
/* harmony export */   zMY: () => (/* binding */ boolean)
/* harmony export */ });
/* unused harmony exports BASE64_REGEX, BIC_REGEX, CUID2_REGEX, DECIMAL_REGEX, DIGITS_REGEX, DOMAIN_REGEX, EMAIL_REGEX, EMOJI_REGEX, HEXADECIMAL_REGEX, HEX_COLOR_REGEX, IMEI_REGEX, IPV4_REGEX, IPV6_REGEX, IP_REGEX, ISO_DATE_REGEX, ISO_DATE_TIME_REGEX, ISO_DATE_TIME_SECOND_REGEX, ISO_TIMESTAMP_REGEX, ISO_TIME_REGEX, ISO_TIME_SECOND_REGEX, ISO_WEEK_REGEX, ISRC_REGEX, JWS_COMPACT_REGEX, KSUID_REGEX, MAC48_REGEX, MAC64_REGEX, MAC_REGEX, NANO_ID_REGEX, OCTAL_REGEX, RFC_EMAIL_REGEX, SLUG_REGEX, ULID_REGEX, UUID_REGEX, ValiError, _addIssue, _cloneDataset, _formatCase, _getByteCount, _getCodePointCount, _getGraphemeCount, _getLastMetadata, _getWordCount, _isLuhnAlgo, _isSameValueZero, _isValidObjectKey, _isValueMatch, _joinExpects, _standardSchema, _stringify, any, args, argsAsync, arrayAsync, assert, awaitAsync, base64, bic, bigint, blob, brand, bytes, cache, cacheAsync, check, checkAsync, checkItems, checkItemsAsync, codePoints, config, creditCard, cuid2, custom, customAsync, date, decimal, deleteGlobalConfig, deleteGlobalMessage, deleteSchemaMessage, deleteSpecificMessage, description, digits, domain, email, emoji, empty, endsWith, entries, entriesFromList, entriesFromObjects, enum, enum_, everyItem, exactOptional, exactOptionalAsync, examples, excludes, fallbackAsync, file, filterItems, findItem, finite, flatten, flavor, forward, forwardAsync, function, function_, getDefault, getDefaults, getDefaultsAsync, getDescription, getExamples, getFallback, getFallbacks, getFallbacksAsync, getGlobalConfig, getGlobalMessage, getMetadata, getSchemaMessage, getSpecificMessage, getTitle, graphemes, gtValue, guard, hash, hexColor, hexadecimal, imei, includes, instance, intersect, intersectAsync, ip, ipv4, ipv6, isOfKind, isOfType, isValiError, isbn, isoDate, isoDateTime, isoDateTimeSecond, isoTime, isoTimeSecond, isoTimestamp, isoWeek, isrc, jwsCompact, keyof, ksuid, lazy, lazyAsync, length, looseObject, looseObjectAsync, looseTuple, looseTupleAsync, ltValue, mac, mac48, mac64, map, mapAsync, mapItems, maxBytes, maxCodePoints, maxEntries, maxGraphemes, maxLength, maxSize, maxValue, maxWords, message, metadata, mimeType, minBytes, minCodePoints, minEntries, minGraphemes, minLength, minSize, minValue, minWords, multipleOf, nan, nanoid, never, nonEmpty, nonNullable, nonNullableAsync, nonNullish, nonNullishAsync, nonOptional, nonOptionalAsync, normalize, notBytes, notCodePoints, notEntries, notGraphemes, notLength, notSize, notValue, notValues, notWords, null, null_, nullableAsync, nullishAsync, objectAsync, objectWithRest, objectWithRestAsync, octal, omit, optionalAsync, parse, parseAsync, parseBoolean, parseJson, parser, parserAsync, partial, partialAsync, partialCheck, partialCheckAsync, pick, pipeAsync, promise, rawCheck, rawCheckAsync, rawTransform, rawTransformAsync, readonly, recordAsync, reduceItems, required, requiredAsync, returns, returnsAsync, rfcEmail, safeInteger, safeParseAsync, safeParser, safeParserAsync, set, setAsync, setGlobalConfig, setGlobalMessage, setSchemaMessage, setSpecificMessage, size, slug, someItem, sortItems, startsWith, strictObject, strictObjectAsync, strictTuple, strictTupleAsync, stringifyJson, summarize, symbol, title, toBigint, toBoolean, toCamelCase, toDate, toKebabCase, toMaxValue, toMinValue, toNumber, toPascalCase, toSnakeCase, toString, toUpperCase, transformAsync, trim, trimEnd, trimStart, tuple, tupleAsync, tupleWithRest, tupleWithRestAsync, ulid, undefined, undefined_, undefinedable, undefinedableAsync, unionAsync, unwrap, url, uuid, value, values, variant, variantAsync, void, void_, words */
//#region src/storages/globalConfig/globalConfig.ts
let store$4;
const DEFAULT_CONFIG = {
	lang: void 0,
	message: void 0,
	abortEarly: void 0,
	abortPipeEarly: void 0
};
/**
* Sets the global configuration.
*
* @param config The configuration.
*/
function setGlobalConfig(config$1) {
	store$4 = {
		...store$4,
		...config$1
	};
}
/**
* Returns the global configuration.
*
* @param config The config to merge.
*
* @returns The configuration.
*/
/* @__NO_SIDE_EFFECTS__ */
function getGlobalConfig(config$1) {
	if (!config$1 && !store$4) return DEFAULT_CONFIG;
	return {
		lang: config$1?.lang ?? store$4?.lang,
		message: config$1?.message,
		abortEarly: config$1?.abortEarly ?? store$4?.abortEarly,
		abortPipeEarly: config$1?.abortPipeEarly ?? store$4?.abortPipeEarly
	};
}
/**
* Deletes the global configuration.
*/
function deleteGlobalConfig() {
	store$4 = void 0;
}

//#endregion
//#region src/storages/globalMessage/globalMessage.ts
let store$3;
/**
* Sets a global error message.
*
* @param message The error message.
* @param lang The language of the message.
*/
function setGlobalMessage(message$1, lang) {
	if (!store$3) store$3 = /* @__PURE__ */ new Map();
	store$3.set(lang, message$1);
}
/**
* Returns a global error message.
*
* @param lang The language of the message.
*
* @returns The error message.
*/
/* @__NO_SIDE_EFFECTS__ */
function getGlobalMessage(lang) {
	return store$3?.get(lang);
}
/**
* Deletes a global error message.
*
* @param lang The language of the message.
*/
function deleteGlobalMessage(lang) {
	store$3?.delete(lang);
}

//#endregion
//#region src/storages/schemaMessage/schemaMessage.ts
let store$2;
/**
* Sets a schema error message.
*
* @param message The error message.
* @param lang The language of the message.
*/
function setSchemaMessage(message$1, lang) {
	if (!store$2) store$2 = /* @__PURE__ */ new Map();
	store$2.set(lang, message$1);
}
/**
* Returns a schema error message.
*
* @param lang The language of the message.
*
* @returns The error message.
*/
/* @__NO_SIDE_EFFECTS__ */
function getSchemaMessage(lang) {
	return store$2?.get(lang);
}
/**
* Deletes a schema error message.
*
* @param lang The language of the message.
*/
function deleteSchemaMessage(lang) {
	store$2?.delete(lang);
}

//#endregion
//#region src/storages/specificMessage/specificMessage.ts
let store$1;
/**
* Sets a specific error message.
*
* @param reference The identifier reference.
* @param message The error message.
* @param lang The language of the message.
*/
function setSpecificMessage(reference, message$1, lang) {
	if (!store$1) store$1 = /* @__PURE__ */ new Map();
	if (!store$1.get(reference)) store$1.set(reference, /* @__PURE__ */ new Map());
	store$1.get(reference).set(lang, message$1);
}
/**
* Returns a specific error message.
*
* @param reference The identifier reference.
* @param lang The language of the message.
*
* @returns The error message.
*/
/* @__NO_SIDE_EFFECTS__ */
function getSpecificMessage(reference, lang) {
	return store$1?.get(reference)?.get(lang);
}
/**
* Deletes a specific error message.
*
* @param reference The identifier reference.
* @param lang The language of the message.
*/
function deleteSpecificMessage(reference, lang) {
	store$1?.get(reference)?.delete(lang);
}

//#endregion
//#region src/utils/_stringify/_stringify.ts
/**
* Stringifies an unknown input to a literal or type string.
*
* @param input The unknown input.
*
* @returns A literal or type string.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _stringify(input) {
	const type = typeof input;
	if (type === "string") return `"${input}"`;
	if (type === "number" || type === "bigint" || type === "boolean") return `${input}`;
	if (type === "object" || type === "function") return (input && Object.getPrototypeOf(input)?.constructor?.name) ?? "null";
	return type;
}

//#endregion
//#region src/utils/_addIssue/_addIssue.ts
/**
* Adds an issue to the dataset.
*
* @param context The issue context.
* @param label The issue label.
* @param dataset The input dataset.
* @param config The configuration.
* @param other The optional props.
*
* @internal
*/
function _addIssue(context, label, dataset, config$1, other) {
	const input = other && "input" in other ? other.input : dataset.value;
	const expected = other?.expected ?? context.expects ?? null;
	const received = other?.received ?? /* @__PURE__ */ _stringify(input);
	const issue = {
		kind: context.kind,
		type: context.type,
		input,
		expected,
		received,
		message: `Invalid ${label}: ${expected ? `Expected ${expected} but r` : "R"}eceived ${received}`,
		requirement: context.requirement,
		path: other?.path,
		issues: other?.issues,
		lang: config$1.lang,
		abortEarly: config$1.abortEarly,
		abortPipeEarly: config$1.abortPipeEarly
	};
	const isSchema = context.kind === "schema";
	const message$1 = other?.message ?? context.message ?? /* @__PURE__ */ getSpecificMessage(context.reference, issue.lang) ?? (isSchema ? /* @__PURE__ */ getSchemaMessage(issue.lang) : null) ?? config$1.message ?? /* @__PURE__ */ getGlobalMessage(issue.lang);
	if (message$1 !== void 0) issue.message = typeof message$1 === "function" ? message$1(issue) : message$1;
	if (isSchema) dataset.typed = false;
	if (dataset.issues) dataset.issues.push(issue);
	else dataset.issues = [issue];
}

//#endregion
//#region src/utils/_cloneDataset/_cloneDataset.ts
/**
* Creates a shallow copy of a dataset.
*
* Hint: The `value` is copied by reference, but the `issues` array, its issues
* and their `path` arrays are cloned to avoid reusing mutable dataset state
* across multiple runs. Mutating a returned object or array value can
* therefore affect later cache hits that reuse the same cached output.
*
* @param dataset The output dataset.
*
* @returns The copied output dataset.
*/
/* @__NO_SIDE_EFFECTS__ */
function _cloneDataset(dataset) {
	return {
		typed: dataset.typed,
		value: dataset.value,
		issues: dataset.issues?.map((issue) => ({
			...issue,
			path: issue.path && [...issue.path]
		}))
	};
}

//#endregion
//#region src/utils/_formatCase/_formatCase.ts
/**
* Splits a string into lowercase words and rejoins them with the given
* separator and capitalization rules.
*
* Words are separated by `_`, `-` and ASCII whitespace, as well as by case
* and acronym boundaries. Whether the first or subsequent words are
* capitalized is controlled by `capFirst` and `capRest`.
*
* Hint: Implemented in a single pass that emits directly to the result
* string to avoid an intermediate `string[]` allocation. ASCII chars are
* classified via char codes to skip `.toLowerCase()` and `.toUpperCase()`
* method calls in the common case.
*
* Hint: Digits are treated as a separate character class, so `item2Name`
* yields `item2` and `name` rather than `item`, `2` and `name`.
*
* @param input The input string.
* @param separator The string inserted between words.
* @param capFirst Whether to capitalize the first word.
* @param capRest Whether to capitalize subsequent words.
*
* @returns The formatted string.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _formatCase(input, separator, capFirst, capRest) {
	let result = "";
	let firstWord = true;
	let start = 0;
	let prev = 0;
	let prevPrev = 0;
	const flush = (end) => {
		if (end > start) {
			let word = input.slice(start, end).toLowerCase();
			if (firstWord ? capFirst : capRest) {
				const firstCode = word.charCodeAt(0);
				if (firstCode >= 97 && firstCode <= 122) word = String.fromCharCode(firstCode - 32) + word.slice(1);
				else {
					const charLen = firstCode >= 55296 && firstCode <= 56319 ? 2 : 1;
					word = word.slice(0, charLen).toUpperCase() + word.slice(charLen);
				}
			}
			result += firstWord ? word : separator + word;
			firstWord = false;
		}
	};
	for (let index = 0; index < input.length; index++) {
		const code = input.charCodeAt(index);
		let type;
		if (code === 32 || code === 9 || code === 10 || code === 11 || code === 12 || code === 13 || code === 45 || code === 95) {
			flush(index);
			start = index + 1;
			type = 0;
		} else if (code < 128) type = code >= 65 && code <= 90 ? 1 : code >= 97 && code <= 122 ? 2 : 3;
		else {
			const char = input[index];
			const charLower = char.toLowerCase();
			type = charLower === char.toUpperCase() ? 3 : char === charLower ? 2 : 1;
		}
		if (type === 1 && (prev === 2 || prev === 3) && index > start) {
			flush(index);
			start = index;
		} else if (type === 2 && prev === 1 && prevPrev === 1 && index - 1 > start) {
			flush(index - 1);
			start = index - 1;
		}
		prevPrev = prev;
		prev = type;
	}
	flush(input.length);
	return result;
}

//#endregion
//#region src/utils/_getByteCount/_getByteCount.ts
let textEncoder;
/**
* Returns the byte count of the input.
*
* @param input The input to be measured.
*
* @returns The byte count.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _getByteCount(input) {
	if (!textEncoder) textEncoder = new TextEncoder();
	return textEncoder.encode(input).length;
}

//#endregion
//#region src/utils/_getCodePointCount/_getCodePointCount.ts
/**
* Returns the code point count of the input.
*
* @param input The input to be measured.
*
* @returns The code point count.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _getCodePointCount(input) {
	let count = input.length;
	const lengthMinus1 = input.length - 1;
	for (let i = 0; i < lengthMinus1;) if (input.codePointAt(i) <= 65535) i++;
	else {
		i += 2;
		count--;
	}
	return count;
}

//#endregion
//#region src/utils/_getGraphemeCount/_getGraphemeCount.ts
let segmenter;
/**
* Returns the grapheme count of the input.
*
* @param input The input to be measured.
*
* @returns The grapheme count.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _getGraphemeCount(input) {
	if (!segmenter) segmenter = new Intl.Segmenter();
	const segments = segmenter.segment(input);
	let count = 0;
	for (const _ of segments) count++;
	return count;
}

//#endregion
//#region src/utils/_getLastMetadata/_getLastMetadata.ts
/**
* Returns the last top-level value of a given metadata type from a schema
* using a breadth-first search that starts with the last item in the pipeline.
*
* @param schema The schema to search.
* @param type The metadata type.
*
* @returns The value, if any.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _getLastMetadata(schema, type) {
	if ("pipe" in schema) {
		const nestedSchemas = [];
		for (let index = schema.pipe.length - 1; index >= 0; index--) {
			const item = schema.pipe[index];
			if (item.kind === "schema" && "pipe" in item) nestedSchemas.push(item);
			else if (item.kind === "metadata" && item.type === type) return item[type];
		}
		for (const nestedSchema of nestedSchemas) {
			const result = /* @__PURE__ */ _getLastMetadata(nestedSchema, type);
			if (result !== void 0) return result;
		}
	}
}

//#endregion
//#region src/utils/_getWordCount/_getWordCount.ts
let store;
/**
* Returns the word count of the input.
*
* @param locales The locales to be used.
* @param input The input to be measured.
*
* @returns The word count.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _getWordCount(locales, input) {
	if (!store) store = /* @__PURE__ */ new Map();
	const key = String(locales);
	let segmenter$1 = store.get(key);
	if (!segmenter$1) {
		segmenter$1 = new Intl.Segmenter(locales, { granularity: "word" });
		store.set(key, segmenter$1);
	}
	const segments = segmenter$1.segment(input);
	let count = 0;
	for (const segment of segments) if (segment.isWordLike) count++;
	return count;
}

//#endregion
//#region src/utils/_isLuhnAlgo/_isLuhnAlgo.ts
/**
* Non-digit regex.
*/
const NON_DIGIT_REGEX = /\D/gu;
/**
* Checks whether a string with numbers corresponds to the luhn algorithm.
*
* @param input The input to be checked.
*
* @returns Whether input is valid.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _isLuhnAlgo(input) {
	const number$1 = input.replace(NON_DIGIT_REGEX, "");
	let length$1 = number$1.length;
	let bit = 1;
	let sum = 0;
	while (length$1) {
		const value$1 = +number$1[--length$1];
		bit ^= 1;
		sum += bit ? [
			0,
			2,
			4,
			6,
			8,
			1,
			3,
			5,
			7,
			9
		][value$1] : value$1;
	}
	return sum % 10 === 0;
}

//#endregion
//#region src/utils/_isSameValueZero/_isSameValueZero.ts
/**
* Compares two values using the SameValueZero algorithm, which treats `NaN`
* as equal to itself unlike `===`.
*
* @param value1 The first value.
* @param value2 The second value.
*
* @returns Whether the values are equal.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _isSameValueZero(value1, value2) {
	return value1 === value2 || Number.isNaN(value1) && Number.isNaN(value2);
}

//#endregion
//#region src/utils/_isValidObjectKey/_isValidObjectKey.ts
/**
* Disallows inherited object properties and prevents object prototype
* pollution by disallowing certain keys.
*
* @param object The object to check.
* @param key The key to check.
*
* @returns Whether the key is allowed.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _isValidObjectKey(object$1, key) {
	return Object.prototype.hasOwnProperty.call(object$1, key) && key !== "__proto__" && key !== "prototype" && key !== "constructor";
}

//#endregion
//#region src/utils/_isValueMatch/_isValueMatch.ts
/**
* Checks whether a value matches a value action requirement.
*
* @param requirement The value action requirement.
* @param value The value to check.
*
* @returns Whether the value matches the requirement.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _isValueMatch(requirement, value$1) {
	return Number.isNaN(requirement) && Number.isNaN(value$1) || requirement <= value$1 && requirement >= value$1;
}

//#endregion
//#region src/utils/_joinExpects/_joinExpects.ts
/**
* Joins multiple `expects` values with the given separator.
*
* @param values The `expects` values.
* @param separator The separator.
*
* @returns The joined `expects` property.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _joinExpects(values$1, separator) {
	const list = [...new Set(values$1)];
	if (list.length > 1) return `(${list.join(` ${separator} `)})`;
	return list[0] ?? "never";
}

//#endregion
//#region src/utils/_standardSchema/_standardSchema.ts
/**
* Eagerly creates and attaches the Standard Schema properties of a schema.
*
* Hint: The contextual `this` type includes the standard properties that are
* attached before the schema is returned.
*
* @param schema The schema to attach standard properties to.
*
* @returns The schema with standard properties attached.
*
* @internal
*/
function _standardSchema(schema) {
	schema["~standard"] = {
		version: 1,
		vendor: "valibot",
		validate: (value$1) => schema["~run"]({ value: value$1 }, /* @__PURE__ */ getGlobalConfig())
	};
	return schema;
}

//#endregion
//#region src/utils/entriesFromList/entriesFromList.ts
/**
* Creates an object entries definition from a list of keys and a schema.
*
* @param list A list of keys.
* @param schema The schema of the keys.
*
* @returns The object entries.
*/
/* @__NO_SIDE_EFFECTS__ */
function entriesFromList(list, schema) {
	const entries$1 = {};
	for (const key of list) entries$1[key] = schema;
	return entries$1;
}

//#endregion
//#region src/utils/entriesFromObjects/entriesFromObjects.ts
/* @__NO_SIDE_EFFECTS__ */
function entriesFromObjects(schemas) {
	const entries$1 = {};
	for (const schema of schemas) Object.assign(entries$1, schema.entries);
	return entries$1;
}

//#endregion
//#region src/utils/getDotPath/getDotPath.ts
/* @__NO_SIDE_EFFECTS__ */
function getDotPath(issue) {
	if (issue.path) {
		let key = "";
		for (const item of issue.path) if (typeof item.key === "string" || typeof item.key === "number") if (key) key += `.${item.key}`;
		else key += item.key;
		else return null;
		return key;
	}
	return null;
}

//#endregion
//#region src/utils/isOfKind/isOfKind.ts
/**
* A generic type guard to check the kind of an object.
*
* @param kind The kind to check for.
* @param object The object to check.
*
* @returns Whether it matches.
*/
/* @__NO_SIDE_EFFECTS__ */
function isOfKind(kind, object$1) {
	return object$1.kind === kind;
}

//#endregion
//#region src/utils/isOfType/isOfType.ts
/**
* A generic type guard to check the type of an object.
*
* @param type The type to check for.
* @param object The object to check.
*
* @returns Whether it matches.
*/
/* @__NO_SIDE_EFFECTS__ */
function isOfType(type, object$1) {
	return object$1.type === type;
}

//#endregion
//#region src/utils/ValiError/ValiError.ts
/**
* A Valibot error with useful information.
*/
var ValiError = class extends Error {
	/**
	* Creates a Valibot error with useful information.
	*
	* @param issues The error issues.
	*/
	constructor(issues) {
		super(issues[0].message);
		this.name = "ValiError";
		this.issues = issues;
	}
};

//#endregion
//#region src/utils/isValiError/isValiError.ts
/**
* A type guard to check if an error is a ValiError.
*
* @param error The error to check.
*
* @returns Whether its a ValiError.
*/
/* @__NO_SIDE_EFFECTS__ */
function isValiError(error) {
	return error instanceof ValiError;
}

//#endregion
//#region src/actions/args/args.ts
/* @__NO_SIDE_EFFECTS__ */
function args(schema) {
	return {
		kind: "transformation",
		type: "args",
		reference: args,
		async: false,
		schema,
		"~run"(dataset, config$1) {
			const func = dataset.value;
			dataset.value = (...args_) => {
				const argsDataset = this.schema["~run"]({ value: args_ }, config$1);
				if (argsDataset.issues) throw new ValiError(argsDataset.issues);
				return func(...argsDataset.value);
			};
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/args/argsAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function argsAsync(schema) {
	return {
		kind: "transformation",
		type: "args",
		reference: argsAsync,
		async: false,
		schema,
		"~run"(dataset, config$1) {
			const func = dataset.value;
			dataset.value = async (...args$1) => {
				const argsDataset = await schema["~run"]({ value: args$1 }, config$1);
				if (argsDataset.issues) throw new ValiError(argsDataset.issues);
				return func(...argsDataset.value);
			};
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/await/awaitAsync.ts
/**
* Creates an await transformation action.
*
* @returns An await action.
*/
/* @__NO_SIDE_EFFECTS__ */
function awaitAsync() {
	return {
		kind: "transformation",
		type: "await",
		reference: awaitAsync,
		async: true,
		async "~run"(dataset) {
			dataset.value = await dataset.value;
			return dataset;
		}
	};
}

//#endregion
//#region src/regex.ts
/**
* [Base64](https://en.wikipedia.org/wiki/Base64) regex.
*/
const BASE64_REGEX = /^(?:[\da-z+/]{4})*(?:[\da-z+/]{2}==|[\da-z+/]{3}=)?$/iu;
/**
* [BIC](https://en.wikipedia.org/wiki/ISO_9362) regex.
*/
const BIC_REGEX = /^[A-Z]{6}(?!00)[\dA-Z]{2}(?:[\dA-Z]{3})?$/u;
/**
* [Cuid2](https://github.com/paralleldrive/cuid2) regex.
*/
const CUID2_REGEX = /^[a-z][\da-z]*$/u;
/**
* [Decimal](https://en.wikipedia.org/wiki/Decimal) regex.
*/
const DECIMAL_REGEX = /^[+-]?(?:\d*\.)?\d+$/u;
/**
* [Digits](https://en.wikipedia.org/wiki/Numerical_digit) regex.
*/
const DIGITS_REGEX = /^\d+$/u;
/**
* [Domain name](https://en.wikipedia.org/wiki/Domain_name) regex.
*
* Hint: We decided against the `i` flag for better JSON Schema compatibility.
* ASCII-only validation. Internationalized domain names (IDNs) are not
* supported, including Punycode-encoded labels.
*/
const DOMAIN_REGEX = /^(?=.{1,253}$)(?:(?![Xx][Nn]--)[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$/u;
/**
* [Email address](https://en.wikipedia.org/wiki/Email_address) regex.
*
* Hint: We decided against the `i` flag to avoid matching non-ASCII characters.
*/
const EMAIL_REGEX = /^[\w+-]+(?:\.[\w+-]+)*@[\da-zA-Z]+(?:[.-][\da-zA-Z]+)*\.[a-zA-Z]{2,}$/u;
/**
* Emoji regex from [emoji-regex-xs](https://github.com/slevithan/emoji-regex-xs) v1.0.0 (MIT license).
*
* Hint: We decided against the newer `/^\p{RGI_Emoji}+$/v` regex because it is
* not supported in older runtimes and does not match all emoji.
*/
const EMOJI_REGEX = /^(?:[\u{1F1E6}-\u{1F1FF}]{2}|\u{1F3F4}[\u{E0061}-\u{E007A}]{2}[\u{E0030}-\u{E0039}\u{E0061}-\u{E007A}]{1,3}\u{E007F}|(?:\p{Emoji}\uFE0F\u20E3?|\p{Emoji_Modifier_Base}\p{Emoji_Modifier}?|(?![\p{Emoji_Modifier_Base}\u{1F1E6}-\u{1F1FF}])\p{Emoji_Presentation})(?:\u200D(?:\p{Emoji}\uFE0F\u20E3?|\p{Emoji_Modifier_Base}\p{Emoji_Modifier}?|(?![\p{Emoji_Modifier_Base}\u{1F1E6}-\u{1F1FF}])\p{Emoji_Presentation}))*)+$/u;
/**
* [Hexadecimal](https://en.wikipedia.org/wiki/Hexadecimal) regex.
*
* Hint: We decided against the `i` flag for better JSON Schema compatibility.
*/
const HEXADECIMAL_REGEX = /^(?:0[hx])?[\da-fA-F]+$/u;
/**
* [Hex color](https://en.wikipedia.org/wiki/Web_colors#Hex_triplet) regex.
*
* Hint: We decided against the `i` flag for better JSON Schema compatibility.
*/
const HEX_COLOR_REGEX = /^#(?:[\da-fA-F]{3,4}|[\da-fA-F]{6}|[\da-fA-F]{8})$/u;
/**
* [IMEI](https://en.wikipedia.org/wiki/International_Mobile_Equipment_Identity) regex.
*/
const IMEI_REGEX = /^\d{15}$|^\d{2}-\d{6}-\d{6}-\d$/u;
/**
* [IPv4](https://en.wikipedia.org/wiki/IPv4) regex.
*/
const IPV4_REGEX = /^(?:(?:[1-9]|1\d|2[0-4])?\d|25[0-5])(?:\.(?:(?:[1-9]|1\d|2[0-4])?\d|25[0-5])){3}$/u;
/**
* [IPv6](https://en.wikipedia.org/wiki/IPv6) regex.
*/
const IPV6_REGEX = /^(?:(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|(?:[\da-f]{1,4}:){1,7}:|(?:[\da-f]{1,4}:){1,6}:[\da-f]{1,4}|(?:[\da-f]{1,4}:){1,5}(?::[\da-f]{1,4}){1,2}|(?:[\da-f]{1,4}:){1,4}(?::[\da-f]{1,4}){1,3}|(?:[\da-f]{1,4}:){1,3}(?::[\da-f]{1,4}){1,4}|(?:[\da-f]{1,4}:){1,2}(?::[\da-f]{1,4}){1,5}|[\da-f]{1,4}:(?::[\da-f]{1,4}){1,6}|:(?:(?::[\da-f]{1,4}){1,7}|:)|fe80:(?::[\da-f]{0,4}){0,4}%[\da-z]+|::(?:f{4}(?::0{1,4})?:)?(?:(?:25[0-5]|(?:2[0-4]|1?\d)?\d)\.){3}(?:25[0-5]|(?:2[0-4]|1?\d)?\d)|(?:[\da-f]{1,4}:){1,4}:(?:(?:25[0-5]|(?:2[0-4]|1?\d)?\d)\.){3}(?:25[0-5]|(?:2[0-4]|1?\d)?\d))$/iu;
/**
* [IP](https://en.wikipedia.org/wiki/IP_address) regex.
*/
const IP_REGEX = /^(?:(?:[1-9]|1\d|2[0-4])?\d|25[0-5])(?:\.(?:(?:[1-9]|1\d|2[0-4])?\d|25[0-5])){3}$|^(?:(?:[\da-f]{1,4}:){7}[\da-f]{1,4}|(?:[\da-f]{1,4}:){1,7}:|(?:[\da-f]{1,4}:){1,6}:[\da-f]{1,4}|(?:[\da-f]{1,4}:){1,5}(?::[\da-f]{1,4}){1,2}|(?:[\da-f]{1,4}:){1,4}(?::[\da-f]{1,4}){1,3}|(?:[\da-f]{1,4}:){1,3}(?::[\da-f]{1,4}){1,4}|(?:[\da-f]{1,4}:){1,2}(?::[\da-f]{1,4}){1,5}|[\da-f]{1,4}:(?::[\da-f]{1,4}){1,6}|:(?:(?::[\da-f]{1,4}){1,7}|:)|fe80:(?::[\da-f]{0,4}){0,4}%[\da-z]+|::(?:f{4}(?::0{1,4})?:)?(?:(?:25[0-5]|(?:2[0-4]|1?\d)?\d)\.){3}(?:25[0-5]|(?:2[0-4]|1?\d)?\d)|(?:[\da-f]{1,4}:){1,4}:(?:(?:25[0-5]|(?:2[0-4]|1?\d)?\d)\.){3}(?:25[0-5]|(?:2[0-4]|1?\d)?\d))$/iu;
/**
* [ISO 8601](https://en.wikipedia.org/wiki/ISO_8601) date regex.
*/
const ISO_DATE_REGEX = /^\d{4}-(?:0[1-9]|1[0-2])-(?:[12]\d|0[1-9]|3[01])$/u;
/**
* [ISO 8601](https://en.wikipedia.org/wiki/ISO_8601) date-time regex.
*/
const ISO_DATE_TIME_REGEX = /^\d{4}-(?:0[1-9]|1[0-2])-(?:[12]\d|0[1-9]|3[01])[T ](?:0\d|1\d|2[0-3]):[0-5]\d$/u;
/**
* [ISO 8601](https://en.wikipedia.org/wiki/ISO_8601) date-time with seconds regex.
*/
const ISO_DATE_TIME_SECOND_REGEX = /^\d{4}-(?:0[1-9]|1[0-2])-(?:[12]\d|0[1-9]|3[01])[T ](?:0\d|1\d|2[0-3])(?::[0-5]\d){2}$/u;
/**
* [ISO 8601](https://en.wikipedia.org/wiki/ISO_8601) time regex.
*/
const ISO_TIME_REGEX = /^(?:0\d|1\d|2[0-3]):[0-5]\d$/u;
/**
* [ISO 8601](https://en.wikipedia.org/wiki/ISO_8601) time with seconds regex.
*/
const ISO_TIME_SECOND_REGEX = /^(?:0\d|1\d|2[0-3])(?::[0-5]\d){2}$/u;
/**
* [ISO 8601](https://en.wikipedia.org/wiki/ISO_8601) timestamp regex. Allows a
* space as a date/time separator and an optional space before the UTC offset.
*/
const ISO_TIMESTAMP_REGEX = /^\d{4}-(?:0[1-9]|1[0-2])-(?:[12]\d|0[1-9]|3[01])[T ](?:0\d|1\d|2[0-3])(?::[0-5]\d){2}(?:\.\d{1,9})?(?:Z| ?[+-](?:0\d|1\d|2[0-3])(?::?[0-5]\d)?)$/u;
/**
* [ISO 8601](https://en.wikipedia.org/wiki/ISO_8601) week regex.
*/
const ISO_WEEK_REGEX = /^\d{4}-W(?:0[1-9]|[1-4]\d|5[0-3])$/u;
/**
* [JWS compact serialization](https://datatracker.ietf.org/doc/html/rfc7515#section-3.1)
* regex.
*
* Hint: Empty payload and signature segments are allowed because the
* Base64URL-encoded representation of an empty octet sequence is an empty
* string.
*/
const JWS_COMPACT_REGEX = /^(?:[\w-]{2,3}|(?:[\w-]{4})+(?:[\w-]{2,3})?)\.(?:[\w-]{2,3}|(?:[\w-]{4})+(?:[\w-]{2,3})?)?\.(?:[\w-]{2,3}|(?:[\w-]{4})+(?:[\w-]{2,3})?)?$/u;
/**
* [ISRC](https://en.wikipedia.org/wiki/International_Standard_Recording_Code) regex.
*/
const ISRC_REGEX = /^(?:[A-Z]{2}[A-Z\d]{3}\d{7}|[A-Z]{2}-[A-Z\d]{3}-\d{2}-\d{5})$/u;
/**
* [KSUID](https://github.com/segmentio/ksuid) regex.
*/
const KSUID_REGEX = /^[a-zA-Z0-9]{27}$/u;
/**
* [MAC](https://en.wikipedia.org/wiki/MAC_address) 48 bit regex.
*
* Hint: We decided against the `i` flag for better JSON Schema compatibility.
*/
const MAC48_REGEX = /^(?:[\da-fA-F]{2}:){5}[\da-fA-F]{2}$|^(?:[\da-fA-F]{2}-){5}[\da-fA-F]{2}$|^(?:[\da-fA-F]{4}\.){2}[\da-fA-F]{4}$/u;
/**
* [MAC](https://en.wikipedia.org/wiki/MAC_address) 64 bit regex.
*
* Hint: We decided against the `i` flag for better JSON Schema compatibility.
*/
const MAC64_REGEX = /^(?:[\da-fA-F]{2}:){7}[\da-fA-F]{2}$|^(?:[\da-fA-F]{2}-){7}[\da-fA-F]{2}$|^(?:[\da-fA-F]{4}\.){3}[\da-fA-F]{4}$|^(?:[\da-fA-F]{4}:){3}[\da-fA-F]{4}$/u;
/**
* [MAC](https://en.wikipedia.org/wiki/MAC_address) regex.
*
* Hint: We decided against the `i` flag for better JSON Schema compatibility.
*/
const MAC_REGEX = /^(?:[\da-fA-F]{2}:){5}[\da-fA-F]{2}$|^(?:[\da-fA-F]{2}-){5}[\da-fA-F]{2}$|^(?:[\da-fA-F]{4}\.){2}[\da-fA-F]{4}$|^(?:[\da-fA-F]{2}:){7}[\da-fA-F]{2}$|^(?:[\da-fA-F]{2}-){7}[\da-fA-F]{2}$|^(?:[\da-fA-F]{4}\.){3}[\da-fA-F]{4}$|^(?:[\da-fA-F]{4}:){3}[\da-fA-F]{4}$/u;
/**
* [Nano ID](https://github.com/ai/nanoid) regex.
*/
const NANO_ID_REGEX = /^[\w-]+$/u;
/**
* [Octal](https://en.wikipedia.org/wiki/Octal) regex.
*/
const OCTAL_REGEX = /^(?:0o)?[0-7]+$/u;
/**
* [RFC 5322 email address](https://datatracker.ietf.org/doc/html/rfc5322#section-3.4.1) regex.
*
* Hint: This regex was taken from the [HTML Living Standard Specification](https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address) and does not perfectly represent RFC 5322.
*/
const RFC_EMAIL_REGEX = /^[a-zA-Z0-9.!#$%&'*+\/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/;
/**
* [Slug](https://en.wikipedia.org/wiki/Clean_URL#Slug) regex.
*/
const SLUG_REGEX = /^[\da-z]+(?:[-_][\da-z]+)*$/u;
/**
* [ULID](https://github.com/ulid/spec) regex.
*
* Hint: We decided against the `i` flag for better JSON Schema compatibility.
* Hint: The first character is restricted to `[0-7]` because the 48-bit
* timestamp cannot exceed 2^48-1, making the maximum valid ULID
* `7ZZZZZZZZZZZZZZZZZZZZZZZZZ` in Crockford's Base32 encoding.
*/
const ULID_REGEX = /^[0-7][\da-hjkmnp-tv-zA-HJKMNP-TV-Z]{25}$/u;
/**
* [UUID](https://en.wikipedia.org/wiki/Universally_unique_identifier) regex.
*/
const UUID_REGEX = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu;

//#endregion
//#region src/actions/base64/base64.ts
/* @__NO_SIDE_EFFECTS__ */
function base64(message$1) {
	return {
		kind: "validation",
		type: "base64",
		reference: base64,
		async: false,
		expects: null,
		requirement: BASE64_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "Base64", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/bic/bic.ts
/* @__NO_SIDE_EFFECTS__ */
function bic(message$1) {
	return {
		kind: "validation",
		type: "bic",
		reference: bic,
		async: false,
		expects: null,
		requirement: BIC_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "BIC", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/brand/brand.ts
/**
* Creates a brand transformation action.
*
* @param name The brand name.
*
* @returns A brand action.
*/
/* @__NO_SIDE_EFFECTS__ */
function brand(name) {
	return {
		kind: "transformation",
		type: "brand",
		reference: brand,
		async: false,
		name,
		"~run"(dataset) {
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/bytes/bytes.ts
/* @__NO_SIDE_EFFECTS__ */
function bytes(requirement, message$1) {
	return {
		kind: "validation",
		type: "bytes",
		reference: bytes,
		async: false,
		expects: `${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const length$1 = /* @__PURE__ */ _getByteCount(dataset.value);
				if (length$1 !== this.requirement) _addIssue(this, "bytes", dataset, config$1, { received: `${length$1}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/check/check.ts
/* @__NO_SIDE_EFFECTS__ */
function check(requirement, message$1) {
	return {
		kind: "validation",
		type: "check",
		reference: check,
		async: false,
		expects: null,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "input", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/check/checkAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function checkAsync(requirement, message$1) {
	return {
		kind: "validation",
		type: "check",
		reference: checkAsync,
		async: true,
		expects: null,
		requirement,
		message: message$1,
		async "~run"(dataset, config$1) {
			if (dataset.typed && !await this.requirement(dataset.value)) _addIssue(this, "input", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/checkItems/checkItems.ts
/* @__NO_SIDE_EFFECTS__ */
function checkItems(requirement, message$1) {
	return {
		kind: "validation",
		type: "check_items",
		reference: checkItems,
		async: false,
		expects: null,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) for (let index = 0; index < dataset.value.length; index++) {
				const item = dataset.value[index];
				if (!this.requirement(item, index, dataset.value)) _addIssue(this, "item", dataset, config$1, {
					input: item,
					path: [{
						type: "array",
						origin: "value",
						input: dataset.value,
						key: index,
						value: item
					}]
				});
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/checkItems/checkItemsAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function checkItemsAsync(requirement, message$1) {
	return {
		kind: "validation",
		type: "check_items",
		reference: checkItemsAsync,
		async: true,
		expects: null,
		requirement,
		message: message$1,
		async "~run"(dataset, config$1) {
			if (dataset.typed) {
				const requirementResults = await Promise.all(dataset.value.map(this.requirement));
				for (let index = 0; index < dataset.value.length; index++) if (!requirementResults[index]) {
					const item = dataset.value[index];
					_addIssue(this, "item", dataset, config$1, {
						input: item,
						path: [{
							type: "array",
							origin: "value",
							input: dataset.value,
							key: index,
							value: item
						}]
					});
				}
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/codePoints/codePoints.ts
/* @__NO_SIDE_EFFECTS__ */
function codePoints(requirement, message$1) {
	return {
		kind: "validation",
		type: "code_points",
		reference: codePoints,
		async: false,
		expects: `${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const count = /* @__PURE__ */ _getCodePointCount(dataset.value);
				if (count !== this.requirement) _addIssue(this, "code points", dataset, config$1, { received: `${count}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/creditCard/creditCard.ts
/**
* Credit card regex.
*/
const CREDIT_CARD_REGEX = /^(?:\d{13,19}|\d{4}(?: \d{3,6}){2,4}|\d{4}(?:-\d{3,6}){2,4})$/u;
/**
* Sanitize regex.
*/
const SANITIZE_REGEX = /[- ]/gu;
/**
* Provider regex list.
*/
const PROVIDER_REGEX_LIST = (/* unused pure expression or super */ null && ([
	/^3[47]\d{13}$/u,
	/^3(?:0[0-5]|[68]\d)\d{11,13}$/u,
	/^6(?:011|5\d{2})\d{12,15}$/u,
	/^(?:2131|1800|35\d{3})\d{11}$/u,
	/^(?:5[1-5]\d{2}|222\d|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/u,
	/^(?:6[27]\d{14,17}|81\d{14,17})$/u,
	/^4\d{12}(?:\d{3,6})?$/u
]));
/* @__NO_SIDE_EFFECTS__ */
function creditCard(message$1) {
	return {
		kind: "validation",
		type: "credit_card",
		reference: creditCard,
		async: false,
		expects: null,
		requirement(input) {
			let sanitized;
			return CREDIT_CARD_REGEX.test(input) && (sanitized = input.replace(SANITIZE_REGEX, "")) && PROVIDER_REGEX_LIST.some((regex$1) => regex$1.test(sanitized)) && /* @__PURE__ */ _isLuhnAlgo(sanitized);
		},
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "credit card", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/cuid2/cuid2.ts
/* @__NO_SIDE_EFFECTS__ */
function cuid2(message$1) {
	return {
		kind: "validation",
		type: "cuid2",
		reference: cuid2,
		async: false,
		expects: null,
		requirement: CUID2_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "Cuid2", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/decimal/decimal.ts
/* @__NO_SIDE_EFFECTS__ */
function decimal(message$1) {
	return {
		kind: "validation",
		type: "decimal",
		reference: decimal,
		async: false,
		expects: null,
		requirement: DECIMAL_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "decimal", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/description/description.ts
/**
* Creates a description metadata action.
*
* @param description_ The description text.
*
* @returns A description action.
*/
/* @__NO_SIDE_EFFECTS__ */
function description(description_) {
	return {
		kind: "metadata",
		type: "description",
		reference: description,
		description: description_
	};
}

//#endregion
//#region src/actions/digits/digits.ts
/* @__NO_SIDE_EFFECTS__ */
function digits(message$1) {
	return {
		kind: "validation",
		type: "digits",
		reference: digits,
		async: false,
		expects: null,
		requirement: DIGITS_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "digits", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/domain/domain.ts
/* @__NO_SIDE_EFFECTS__ */
function domain(message$1) {
	return {
		kind: "validation",
		type: "domain",
		reference: domain,
		expects: null,
		async: false,
		requirement: DOMAIN_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "domain", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/email/email.ts
/* @__NO_SIDE_EFFECTS__ */
function email(message$1) {
	return {
		kind: "validation",
		type: "email",
		reference: email,
		expects: null,
		async: false,
		requirement: EMAIL_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "email", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/emoji/emoji.ts
/* @__NO_SIDE_EFFECTS__ */
function emoji(message$1) {
	return {
		kind: "validation",
		type: "emoji",
		reference: emoji,
		async: false,
		expects: null,
		requirement: EMOJI_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "emoji", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/empty/empty.ts
/* @__NO_SIDE_EFFECTS__ */
function empty(message$1) {
	return {
		kind: "validation",
		type: "empty",
		reference: empty,
		async: false,
		expects: "0",
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length > 0) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/endsWith/endsWith.ts
/* @__NO_SIDE_EFFECTS__ */
function endsWith(requirement, message$1) {
	return {
		kind: "validation",
		type: "ends_with",
		reference: endsWith,
		async: false,
		expects: `"${requirement}"`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !dataset.value.endsWith(this.requirement)) _addIssue(this, "end", dataset, config$1, { received: `"${dataset.value.slice(-this.requirement.length)}"` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/entries/entries.ts
/* @__NO_SIDE_EFFECTS__ */
function entries(requirement, message$1) {
	return {
		kind: "validation",
		type: "entries",
		reference: entries,
		async: false,
		expects: `${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (!dataset.typed) return dataset;
			const count = Object.keys(dataset.value).length;
			if (dataset.typed && count !== this.requirement) _addIssue(this, "entries", dataset, config$1, { received: `${count}` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/everyItem/everyItem.ts
/* @__NO_SIDE_EFFECTS__ */
function everyItem(requirement, message$1) {
	return {
		kind: "validation",
		type: "every_item",
		reference: everyItem,
		async: false,
		expects: null,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !dataset.value.every(this.requirement)) _addIssue(this, "item", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/examples/examples.ts
/**
* Creates an examples metadata action.
*
* @param examples_ The examples.
*
* @returns An examples action.
*
* @beta
*/
/* @__NO_SIDE_EFFECTS__ */
function examples(examples_) {
	return {
		kind: "metadata",
		type: "examples",
		reference: examples,
		examples: examples_
	};
}

//#endregion
//#region src/actions/excludes/excludes.ts
/* @__NO_SIDE_EFFECTS__ */
function excludes(requirement, message$1) {
	const received = /* @__PURE__ */ _stringify(requirement);
	return {
		kind: "validation",
		type: "excludes",
		reference: excludes,
		async: false,
		expects: `!${received}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.includes(this.requirement)) _addIssue(this, "content", dataset, config$1, { received });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/filterItems/filterItems.ts
/* @__NO_SIDE_EFFECTS__ */
function filterItems(operation) {
	return {
		kind: "transformation",
		type: "filter_items",
		reference: filterItems,
		async: false,
		operation,
		"~run"(dataset) {
			dataset.value = dataset.value.filter(this.operation);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/findItem/findItem.ts
/* @__NO_SIDE_EFFECTS__ */
function findItem(operation) {
	return {
		kind: "transformation",
		type: "find_item",
		reference: findItem,
		async: false,
		operation,
		"~run"(dataset) {
			dataset.value = dataset.value.find(this.operation);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/finite/finite.ts
/* @__NO_SIDE_EFFECTS__ */
function finite(message$1) {
	return {
		kind: "validation",
		type: "finite",
		reference: finite,
		async: false,
		expects: null,
		requirement: Number.isFinite,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "finite", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/flavor/flavor.ts
/**
* Creates a flavor transformation action.
*
* @param name The flavor name.
*
* @returns A flavor action.
*
* @beta
*/
/* @__NO_SIDE_EFFECTS__ */
function flavor(name) {
	return {
		kind: "transformation",
		type: "flavor",
		reference: flavor,
		async: false,
		name,
		"~run"(dataset) {
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/graphemes/graphemes.ts
/* @__NO_SIDE_EFFECTS__ */
function graphemes(requirement, message$1) {
	return {
		kind: "validation",
		type: "graphemes",
		reference: graphemes,
		async: false,
		expects: `${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const count = /* @__PURE__ */ _getGraphemeCount(dataset.value);
				if (count !== this.requirement) _addIssue(this, "graphemes", dataset, config$1, { received: `${count}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/gtValue/gtValue.ts
/* @__NO_SIDE_EFFECTS__ */
function gtValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "gt_value",
		reference: gtValue,
		async: false,
		expects: `>${requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !(dataset.value > this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/guard/guard.ts
/* @__NO_SIDE_EFFECTS__ */
function guard(requirement, message$1) {
	return {
		kind: "transformation",
		type: "guard",
		reference: guard,
		async: false,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) {
				_addIssue(this, "input", dataset, config$1);
				dataset.typed = false;
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/hash/hash.ts
/**
* Hash lengths object.
*/
const HASH_LENGTHS = {
	md4: 32,
	md5: 32,
	sha1: 40,
	sha256: 64,
	sha384: 96,
	sha512: 128,
	ripemd128: 32,
	ripemd160: 40,
	tiger128: 32,
	tiger160: 40,
	tiger192: 48,
	crc32: 8,
	crc32b: 8,
	adler32: 8
};
/* @__NO_SIDE_EFFECTS__ */
function hash(types, message$1) {
	return {
		kind: "validation",
		type: "hash",
		reference: hash,
		expects: null,
		async: false,
		requirement: RegExp(types.map((type) => `^[a-fA-F0-9]{${HASH_LENGTHS[type]}}$`).join("|"), "u"),
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "hash", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/hexadecimal/hexadecimal.ts
/* @__NO_SIDE_EFFECTS__ */
function hexadecimal(message$1) {
	return {
		kind: "validation",
		type: "hexadecimal",
		reference: hexadecimal,
		async: false,
		expects: null,
		requirement: HEXADECIMAL_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "hexadecimal", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/hexColor/hexColor.ts
/* @__NO_SIDE_EFFECTS__ */
function hexColor(message$1) {
	return {
		kind: "validation",
		type: "hex_color",
		reference: hexColor,
		async: false,
		expects: null,
		requirement: HEX_COLOR_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "hex color", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/imei/imei.ts
/* @__NO_SIDE_EFFECTS__ */
function imei(message$1) {
	return {
		kind: "validation",
		type: "imei",
		reference: imei,
		async: false,
		expects: null,
		requirement(input) {
			return IMEI_REGEX.test(input) && /* @__PURE__ */ _isLuhnAlgo(input);
		},
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "IMEI", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/includes/includes.ts
/* @__NO_SIDE_EFFECTS__ */
function includes(requirement, message$1) {
	const expects = /* @__PURE__ */ _stringify(requirement);
	return {
		kind: "validation",
		type: "includes",
		reference: includes,
		async: false,
		expects,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !dataset.value.includes(this.requirement)) _addIssue(this, "content", dataset, config$1, { received: `!${expects}` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/integer/integer.ts
/* @__NO_SIDE_EFFECTS__ */
function integer(message$1) {
	return {
		kind: "validation",
		type: "integer",
		reference: integer,
		async: false,
		expects: null,
		requirement: Number.isInteger,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "integer", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/ip/ip.ts
/* @__NO_SIDE_EFFECTS__ */
function ip(message$1) {
	return {
		kind: "validation",
		type: "ip",
		reference: ip,
		async: false,
		expects: null,
		requirement: IP_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "IP", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/ipv4/ipv4.ts
/* @__NO_SIDE_EFFECTS__ */
function ipv4(message$1) {
	return {
		kind: "validation",
		type: "ipv4",
		reference: ipv4,
		async: false,
		expects: null,
		requirement: IPV4_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "IPv4", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/ipv6/ipv6.ts
/* @__NO_SIDE_EFFECTS__ */
function ipv6(message$1) {
	return {
		kind: "validation",
		type: "ipv6",
		reference: ipv6,
		async: false,
		expects: null,
		requirement: IPV6_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "IPv6", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/isbn/utils/_isIsbn10.ts
/**
* [Validates an ISBN-10](https://en.wikipedia.org/wiki/ISBN#ISBN-10_check_digits).
*
* @param input The input value.
*
* @returns `true` if the input is a valid ISBN-10, `false` otherwise.
*
* @internal
*/
function _isIsbn10(input) {
	const digits$1 = input.split("").map((c) => c === "X" ? 10 : parseInt(c));
	let sum = 0;
	for (let i = 0; i < 10; i++) sum += digits$1[i] * (10 - i);
	return sum % 11 === 0;
}

//#endregion
//#region src/actions/isbn/utils/_isIsbn13.ts
/**
* [Validates an ISBN-13](https://en.wikipedia.org/wiki/ISBN#ISBN-13_check_digit_calculation).
*
* @param input The input value.
*
* @returns `true` if the input is a valid ISBN-13, `false` otherwise.
*
* @internal
*/
function _isIsbn13(input) {
	const digits$1 = input.split("").map((c) => parseInt(c));
	let sum = 0;
	for (let i = 0; i < 13; i++) sum += digits$1[i] * (i % 2 === 0 ? 1 : 3);
	return sum % 10 === 0;
}

//#endregion
//#region src/actions/isbn/isbn.ts
/**
* ISBN separator regex.
*/
const ISBN_SEPARATOR_REGEX = /[- ]/gu;
/**
* ISBN-10 detection regex.
*/
const ISBN_10_DETECTION_REGEX = /^\d{9}[\dX]$/u;
/**
* ISBN-13 detection regex.
*/
const ISBN_13_DETECTION_REGEX = /^\d{13}$/u;
/* @__NO_SIDE_EFFECTS__ */
function isbn(message$1) {
	return {
		kind: "validation",
		type: "isbn",
		reference: isbn,
		async: false,
		expects: null,
		requirement(input) {
			const replacedInput = input.replace(ISBN_SEPARATOR_REGEX, "");
			if (ISBN_10_DETECTION_REGEX.test(replacedInput)) return _isIsbn10(replacedInput);
			else if (ISBN_13_DETECTION_REGEX.test(replacedInput)) return _isIsbn13(replacedInput);
			return false;
		},
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "ISBN", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/isrc/isrc.ts
/* @__NO_SIDE_EFFECTS__ */
function isrc(message$1) {
	return {
		kind: "validation",
		type: "isrc",
		reference: isrc,
		async: false,
		expects: null,
		requirement: ISRC_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "ISRC", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/isoDate/isoDate.ts
/* @__NO_SIDE_EFFECTS__ */
function isoDate(message$1) {
	return {
		kind: "validation",
		type: "iso_date",
		reference: isoDate,
		async: false,
		expects: null,
		requirement: ISO_DATE_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "date", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/isoDateTime/isoDateTime.ts
/* @__NO_SIDE_EFFECTS__ */
function isoDateTime(message$1) {
	return {
		kind: "validation",
		type: "iso_date_time",
		reference: isoDateTime,
		async: false,
		expects: null,
		requirement: ISO_DATE_TIME_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "date-time", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/isoDateTimeSecond/isoDateTimeSecond.ts
/* @__NO_SIDE_EFFECTS__ */
function isoDateTimeSecond(message$1) {
	return {
		kind: "validation",
		type: "iso_date_time_second",
		reference: isoDateTimeSecond,
		async: false,
		expects: null,
		requirement: ISO_DATE_TIME_SECOND_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "date-time-second", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/isoTime/isoTime.ts
/* @__NO_SIDE_EFFECTS__ */
function isoTime(message$1) {
	return {
		kind: "validation",
		type: "iso_time",
		reference: isoTime,
		async: false,
		expects: null,
		requirement: ISO_TIME_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "time", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/isoTimeSecond/isoTimeSecond.ts
/* @__NO_SIDE_EFFECTS__ */
function isoTimeSecond(message$1) {
	return {
		kind: "validation",
		type: "iso_time_second",
		reference: isoTimeSecond,
		async: false,
		expects: null,
		requirement: ISO_TIME_SECOND_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "time-second", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/isoTimestamp/isoTimestamp.ts
/* @__NO_SIDE_EFFECTS__ */
function isoTimestamp(message$1) {
	return {
		kind: "validation",
		type: "iso_timestamp",
		reference: isoTimestamp,
		async: false,
		expects: null,
		requirement: ISO_TIMESTAMP_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "timestamp", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/isoWeek/isoWeek.ts
/* @__NO_SIDE_EFFECTS__ */
function isoWeek(message$1) {
	return {
		kind: "validation",
		type: "iso_week",
		reference: isoWeek,
		async: false,
		expects: null,
		requirement: ISO_WEEK_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "week", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/jwsCompact/jwsCompact.ts
/* @__NO_SIDE_EFFECTS__ */
function jwsCompact(message$1) {
	return {
		kind: "validation",
		type: "jws_compact",
		reference: jwsCompact,
		async: false,
		expects: null,
		requirement: JWS_COMPACT_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "JWS compact", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/ksuid/ksuid.ts
/* @__NO_SIDE_EFFECTS__ */
function ksuid(message$1) {
	return {
		kind: "validation",
		type: "ksuid",
		reference: ksuid,
		async: false,
		expects: null,
		requirement: KSUID_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "KSUID", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/length/length.ts
/* @__NO_SIDE_EFFECTS__ */
function length(requirement, message$1) {
	return {
		kind: "validation",
		type: "length",
		reference: length,
		async: false,
		expects: `${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length !== this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/ltValue/ltValue.ts
/* @__NO_SIDE_EFFECTS__ */
function ltValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "lt_value",
		reference: ltValue,
		async: false,
		expects: `<${requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !(dataset.value < this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/mac/mac.ts
/* @__NO_SIDE_EFFECTS__ */
function mac(message$1) {
	return {
		kind: "validation",
		type: "mac",
		reference: mac,
		async: false,
		expects: null,
		requirement: MAC_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "MAC", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/mac48/mac48.ts
/* @__NO_SIDE_EFFECTS__ */
function mac48(message$1) {
	return {
		kind: "validation",
		type: "mac48",
		reference: mac48,
		async: false,
		expects: null,
		requirement: MAC48_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "48-bit MAC", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/mac64/mac64.ts
/* @__NO_SIDE_EFFECTS__ */
function mac64(message$1) {
	return {
		kind: "validation",
		type: "mac64",
		reference: mac64,
		async: false,
		expects: null,
		requirement: MAC64_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "64-bit MAC", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/mapItems/mapItems.ts
/* @__NO_SIDE_EFFECTS__ */
function mapItems(operation) {
	return {
		kind: "transformation",
		type: "map_items",
		reference: mapItems,
		async: false,
		operation,
		"~run"(dataset) {
			dataset.value = dataset.value.map(this.operation);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/maxBytes/maxBytes.ts
/* @__NO_SIDE_EFFECTS__ */
function maxBytes(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_bytes",
		reference: maxBytes,
		async: false,
		expects: `<=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const length$1 = /* @__PURE__ */ _getByteCount(dataset.value);
				if (length$1 > this.requirement) _addIssue(this, "bytes", dataset, config$1, { received: `${length$1}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/maxCodePoints/maxCodePoints.ts
/* @__NO_SIDE_EFFECTS__ */
function maxCodePoints(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_code_points",
		reference: maxCodePoints,
		async: false,
		expects: `<=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const count = /* @__PURE__ */ _getCodePointCount(dataset.value);
				if (count > this.requirement) _addIssue(this, "code points", dataset, config$1, { received: `${count}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/maxEntries/maxEntries.ts
/* @__NO_SIDE_EFFECTS__ */
function maxEntries(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_entries",
		reference: maxEntries,
		async: false,
		expects: `<=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (!dataset.typed) return dataset;
			const count = Object.keys(dataset.value).length;
			if (dataset.typed && count > this.requirement) _addIssue(this, "entries", dataset, config$1, { received: `${count}` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/maxGraphemes/maxGraphemes.ts
/* @__NO_SIDE_EFFECTS__ */
function maxGraphemes(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_graphemes",
		reference: maxGraphemes,
		async: false,
		expects: `<=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const count = /* @__PURE__ */ _getGraphemeCount(dataset.value);
				if (count > this.requirement) _addIssue(this, "graphemes", dataset, config$1, { received: `${count}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/maxLength/maxLength.ts
/* @__NO_SIDE_EFFECTS__ */
function maxLength(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_length",
		reference: maxLength,
		async: false,
		expects: `<=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length > this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/maxSize/maxSize.ts
/* @__NO_SIDE_EFFECTS__ */
function maxSize(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_size",
		reference: maxSize,
		async: false,
		expects: `<=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.size > this.requirement) _addIssue(this, "size", dataset, config$1, { received: `${dataset.value.size}` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/maxValue/maxValue.ts
/* @__NO_SIDE_EFFECTS__ */
function maxValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "max_value",
		reference: maxValue,
		async: false,
		expects: `<=${requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !(dataset.value <= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/maxWords/maxWords.ts
/* @__NO_SIDE_EFFECTS__ */
function maxWords(locales, requirement, message$1) {
	return {
		kind: "validation",
		type: "max_words",
		reference: maxWords,
		async: false,
		expects: `<=${requirement}`,
		locales,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const count = /* @__PURE__ */ _getWordCount(this.locales, dataset.value);
				if (count > this.requirement) _addIssue(this, "words", dataset, config$1, { received: `${count}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/metadata/metadata.ts
/**
* Creates a custom metadata action.
*
* @param metadata_ The metadata object.
*
* @returns A metadata action.
*/
/* @__NO_SIDE_EFFECTS__ */
function metadata(metadata_) {
	return {
		kind: "metadata",
		type: "metadata",
		reference: metadata,
		metadata: metadata_
	};
}

//#endregion
//#region src/actions/mimeType/mimeType.ts
/* @__NO_SIDE_EFFECTS__ */
function mimeType(requirement, message$1) {
	return {
		kind: "validation",
		type: "mime_type",
		reference: mimeType,
		async: false,
		expects: /* @__PURE__ */ _joinExpects(requirement.map((option) => `"${option}"`), "|"),
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.includes(dataset.value.type)) _addIssue(this, "MIME type", dataset, config$1, { received: `"${dataset.value.type}"` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/minBytes/minBytes.ts
/* @__NO_SIDE_EFFECTS__ */
function minBytes(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_bytes",
		reference: minBytes,
		async: false,
		expects: `>=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const length$1 = /* @__PURE__ */ _getByteCount(dataset.value);
				if (length$1 < this.requirement) _addIssue(this, "bytes", dataset, config$1, { received: `${length$1}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/minCodePoints/minCodePoints.ts
/* @__NO_SIDE_EFFECTS__ */
function minCodePoints(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_code_points",
		reference: minCodePoints,
		async: false,
		expects: `>=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const count = /* @__PURE__ */ _getCodePointCount(dataset.value);
				if (count < this.requirement) _addIssue(this, "code points", dataset, config$1, { received: `${count}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/minEntries/minEntries.ts
/* @__NO_SIDE_EFFECTS__ */
function minEntries(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_entries",
		reference: minEntries,
		async: false,
		expects: `>=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (!dataset.typed) return dataset;
			const count = Object.keys(dataset.value).length;
			if (dataset.typed && count < this.requirement) _addIssue(this, "entries", dataset, config$1, { received: `${count}` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/minGraphemes/minGraphemes.ts
/* @__NO_SIDE_EFFECTS__ */
function minGraphemes(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_graphemes",
		reference: minGraphemes,
		async: false,
		expects: `>=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const count = /* @__PURE__ */ _getGraphemeCount(dataset.value);
				if (count < this.requirement) _addIssue(this, "graphemes", dataset, config$1, { received: `${count}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/minLength/minLength.ts
/* @__NO_SIDE_EFFECTS__ */
function minLength(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_length",
		reference: minLength,
		async: false,
		expects: `>=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length < this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/minSize/minSize.ts
/* @__NO_SIDE_EFFECTS__ */
function minSize(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_size",
		reference: minSize,
		async: false,
		expects: `>=${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.size < this.requirement) _addIssue(this, "size", dataset, config$1, { received: `${dataset.value.size}` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/minValue/minValue.ts
/* @__NO_SIDE_EFFECTS__ */
function minValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "min_value",
		reference: minValue,
		async: false,
		expects: `>=${requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !(dataset.value >= this.requirement)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/minWords/minWords.ts
/* @__NO_SIDE_EFFECTS__ */
function minWords(locales, requirement, message$1) {
	return {
		kind: "validation",
		type: "min_words",
		reference: minWords,
		async: false,
		expects: `>=${requirement}`,
		locales,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const count = /* @__PURE__ */ _getWordCount(this.locales, dataset.value);
				if (count < this.requirement) _addIssue(this, "words", dataset, config$1, { received: `${count}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/multipleOf/multipleOf.ts
/* @__NO_SIDE_EFFECTS__ */
function multipleOf(requirement, message$1) {
	return {
		kind: "validation",
		type: "multiple_of",
		reference: multipleOf,
		async: false,
		expects: `%${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value % this.requirement != 0) _addIssue(this, "multiple", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/nanoid/nanoid.ts
/* @__NO_SIDE_EFFECTS__ */
function nanoid(message$1) {
	return {
		kind: "validation",
		type: "nanoid",
		reference: nanoid,
		async: false,
		expects: null,
		requirement: NANO_ID_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "Nano ID", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/nonEmpty/nonEmpty.ts
/* @__NO_SIDE_EFFECTS__ */
function nonEmpty(message$1) {
	return {
		kind: "validation",
		type: "non_empty",
		reference: nonEmpty,
		async: false,
		expects: "!0",
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length === 0) _addIssue(this, "length", dataset, config$1, { received: "0" });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/normalize/normalize.ts
/* @__NO_SIDE_EFFECTS__ */
function normalize(form) {
	return {
		kind: "transformation",
		type: "normalize",
		reference: normalize,
		async: false,
		form,
		"~run"(dataset) {
			dataset.value = dataset.value.normalize(this.form);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/notBytes/notBytes.ts
/* @__NO_SIDE_EFFECTS__ */
function notBytes(requirement, message$1) {
	return {
		kind: "validation",
		type: "not_bytes",
		reference: notBytes,
		async: false,
		expects: `!${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const length$1 = /* @__PURE__ */ _getByteCount(dataset.value);
				if (length$1 === this.requirement) _addIssue(this, "bytes", dataset, config$1, { received: `${length$1}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/notCodePoints/notCodePoints.ts
/* @__NO_SIDE_EFFECTS__ */
function notCodePoints(requirement, message$1) {
	return {
		kind: "validation",
		type: "not_code_points",
		reference: notCodePoints,
		async: false,
		expects: `!${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const count = /* @__PURE__ */ _getCodePointCount(dataset.value);
				if (count === this.requirement) _addIssue(this, "code points", dataset, config$1, { received: `${count}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/notEntries/notEntries.ts
/* @__NO_SIDE_EFFECTS__ */
function notEntries(requirement, message$1) {
	return {
		kind: "validation",
		type: "not_entries",
		reference: notEntries,
		async: false,
		expects: `!${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (!dataset.typed) return dataset;
			const count = Object.keys(dataset.value).length;
			if (dataset.typed && count === this.requirement) _addIssue(this, "entries", dataset, config$1, { received: `${count}` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/notGraphemes/notGraphemes.ts
/* @__NO_SIDE_EFFECTS__ */
function notGraphemes(requirement, message$1) {
	return {
		kind: "validation",
		type: "not_graphemes",
		reference: notGraphemes,
		async: false,
		expects: `!${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const count = /* @__PURE__ */ _getGraphemeCount(dataset.value);
				if (count === this.requirement) _addIssue(this, "graphemes", dataset, config$1, { received: `${count}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/notLength/notLength.ts
/* @__NO_SIDE_EFFECTS__ */
function notLength(requirement, message$1) {
	return {
		kind: "validation",
		type: "not_length",
		reference: notLength,
		async: false,
		expects: `!${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.length === this.requirement) _addIssue(this, "length", dataset, config$1, { received: `${dataset.value.length}` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/notSize/notSize.ts
/* @__NO_SIDE_EFFECTS__ */
function notSize(requirement, message$1) {
	return {
		kind: "validation",
		type: "not_size",
		reference: notSize,
		async: false,
		expects: `!${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.size === this.requirement) _addIssue(this, "size", dataset, config$1, { received: `${dataset.value.size}` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/notValue/notValue.ts
/* @__NO_SIDE_EFFECTS__ */
function notValue(requirement, message$1) {
	return {
		kind: "validation",
		type: "not_value",
		reference: notValue,
		async: false,
		expects: requirement instanceof Date ? `!${requirement.toJSON()}` : `!${/* @__PURE__ */ _stringify(requirement)}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && /* @__PURE__ */ _isValueMatch(this.requirement, dataset.value)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/notValues/notValues.ts
/* @__NO_SIDE_EFFECTS__ */
function notValues(requirement, message$1) {
	return {
		kind: "validation",
		type: "not_values",
		reference: notValues,
		async: false,
		expects: `!${/* @__PURE__ */ _joinExpects(requirement.map((value$1) => value$1 instanceof Date ? value$1.toJSON() : /* @__PURE__ */ _stringify(value$1)), "|")}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && this.requirement.some((requirement$1) => /* @__PURE__ */ _isValueMatch(requirement$1, dataset.value))) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/notWords/notWords.ts
/* @__NO_SIDE_EFFECTS__ */
function notWords(locales, requirement, message$1) {
	return {
		kind: "validation",
		type: "not_words",
		reference: notWords,
		async: false,
		expects: `!${requirement}`,
		locales,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const count = /* @__PURE__ */ _getWordCount(this.locales, dataset.value);
				if (count === this.requirement) _addIssue(this, "words", dataset, config$1, { received: `${count}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/octal/octal.ts
/* @__NO_SIDE_EFFECTS__ */
function octal(message$1) {
	return {
		kind: "validation",
		type: "octal",
		reference: octal,
		async: false,
		expects: null,
		requirement: OCTAL_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "octal", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/parseBoolean/parseBoolean.ts
const TRUTHY = (/* unused pure expression or super */ null && ([
	true,
	1,
	"true",
	"1",
	"yes",
	"y",
	"on",
	"enabled"
]));
const FALSY = (/* unused pure expression or super */ null && ([
	false,
	0,
	"false",
	"0",
	"no",
	"n",
	"off",
	"disabled"
]));
/* @__NO_SIDE_EFFECTS__ */
function parseBoolean(config$1, message$1) {
	const normalize$1 = (v) => typeof v === "string" ? v.toLowerCase() : v;
	const truthyRaw = config$1?.truthy ?? TRUTHY;
	const falsyRaw = config$1?.falsy ?? FALSY;
	const truthy = config$1?.truthy ? config$1.truthy.map(normalize$1) : TRUTHY;
	const falsy = config$1?.falsy ? config$1.falsy.map(normalize$1) : FALSY;
	return {
		kind: "transformation",
		type: "parse_boolean",
		reference: parseBoolean,
		expects: /* @__PURE__ */ _joinExpects([...truthyRaw, ...falsyRaw].map(_stringify), "|"),
		config: config$1,
		message: message$1,
		async: false,
		"~run"(dataset, config$2) {
			const input = normalize$1(dataset.value);
			if (truthy.includes(input)) dataset.value = true;
			else if (falsy.includes(input)) dataset.value = false;
			else {
				_addIssue(this, "boolean", dataset, config$2);
				dataset.typed = false;
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/parseJson/parseJson.ts
/* @__NO_SIDE_EFFECTS__ */
function parseJson(config$1, message$1) {
	return {
		kind: "transformation",
		type: "parse_json",
		reference: parseJson,
		config: config$1,
		message: message$1,
		async: false,
		"~run"(dataset, config$2) {
			try {
				dataset.value = JSON.parse(dataset.value, this.config?.reviver);
			} catch (error) {
				if (error instanceof Error) {
					_addIssue(this, "JSON", dataset, config$2, { received: `"${error.message}"` });
					dataset.typed = false;
				} else throw error;
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/partialCheck/utils/_isPartiallyTyped/_isPartiallyTyped.ts
/**
* Checks if a dataset is partially typed.
*
* @param dataset The dataset to check.
* @param paths The paths to check.
*
* @returns Whether it is partially typed.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _isPartiallyTyped(dataset, paths) {
	if (dataset.issues) for (const path of paths) for (const issue of dataset.issues) {
		let typed = false;
		const bound = Math.min(path.length, issue.path?.length ?? 0);
		for (let index = 0; index < bound; index++) if (path[index] !== issue.path[index].key && (path[index] !== "$" || issue.path[index].type !== "array")) {
			typed = true;
			break;
		}
		if (!typed) return false;
	}
	return true;
}

//#endregion
//#region src/actions/partialCheck/partialCheck.ts
/* @__NO_SIDE_EFFECTS__ */
function partialCheck(paths, requirement, message$1) {
	return {
		kind: "validation",
		type: "partial_check",
		reference: partialCheck,
		async: false,
		expects: null,
		paths,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if ((dataset.typed || /* @__PURE__ */ _isPartiallyTyped(dataset, paths)) && !this.requirement(dataset.value)) _addIssue(this, "input", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/partialCheck/partialCheckAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function partialCheckAsync(paths, requirement, message$1) {
	return {
		kind: "validation",
		type: "partial_check",
		reference: partialCheckAsync,
		async: true,
		expects: null,
		paths,
		requirement,
		message: message$1,
		async "~run"(dataset, config$1) {
			if ((dataset.typed || /* @__PURE__ */ _isPartiallyTyped(dataset, paths)) && !await this.requirement(dataset.value)) _addIssue(this, "input", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/rawCheck/rawCheck.ts
/**
* Creates a raw check validation action.
*
* @param action The validation action.
*
* @returns A raw check action.
*/
/* @__NO_SIDE_EFFECTS__ */
function rawCheck(action) {
	return {
		kind: "validation",
		type: "raw_check",
		reference: rawCheck,
		async: false,
		expects: null,
		"~run"(dataset, config$1) {
			action({
				dataset,
				config: config$1,
				addIssue: (info) => _addIssue(this, info?.label ?? "input", dataset, config$1, info)
			});
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/rawCheck/rawCheckAsync.ts
/**
* Creates a raw check validation action.
*
* @param action The validation action.
*
* @returns A raw check action.
*/
/* @__NO_SIDE_EFFECTS__ */
function rawCheckAsync(action) {
	return {
		kind: "validation",
		type: "raw_check",
		reference: rawCheckAsync,
		async: true,
		expects: null,
		async "~run"(dataset, config$1) {
			await action({
				dataset,
				config: config$1,
				addIssue: (info) => _addIssue(this, info?.label ?? "input", dataset, config$1, info)
			});
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/rawTransform/rawTransform.ts
/**
* Creates a raw transformation action.
*
* @param action The transformation action.
*
* @returns A raw transform action.
*/
/* @__NO_SIDE_EFFECTS__ */
function rawTransform(action) {
	return {
		kind: "transformation",
		type: "raw_transform",
		reference: rawTransform,
		async: false,
		"~run"(dataset, config$1) {
			const output = action({
				dataset,
				config: config$1,
				addIssue: (info) => _addIssue(this, info?.label ?? "input", dataset, config$1, info),
				NEVER: null
			});
			if (dataset.issues) dataset.typed = false;
			else dataset.value = output;
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/rawTransform/rawTransformAsync.ts
/**
* Creates a raw transformation action.
*
* @param action The transformation action.
*
* @returns A raw transform action.
*/
/* @__NO_SIDE_EFFECTS__ */
function rawTransformAsync(action) {
	return {
		kind: "transformation",
		type: "raw_transform",
		reference: rawTransformAsync,
		async: true,
		async "~run"(dataset, config$1) {
			const output = await action({
				dataset,
				config: config$1,
				addIssue: (info) => _addIssue(this, info?.label ?? "input", dataset, config$1, info),
				NEVER: null
			});
			if (dataset.issues) dataset.typed = false;
			else dataset.value = output;
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/readonly/readonly.ts
/* @__NO_SIDE_EFFECTS__ */
function readonly() {
	return {
		kind: "transformation",
		type: "readonly",
		reference: readonly,
		async: false,
		"~run"(dataset) {
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/reduceItems/reduceItems.ts
/* @__NO_SIDE_EFFECTS__ */
function reduceItems(operation, initial) {
	return {
		kind: "transformation",
		type: "reduce_items",
		reference: reduceItems,
		async: false,
		operation,
		initial,
		"~run"(dataset) {
			dataset.value = dataset.value.reduce(this.operation, this.initial);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/regex/regex.ts
/* @__NO_SIDE_EFFECTS__ */
function regex(requirement, message$1) {
	return {
		kind: "validation",
		type: "regex",
		reference: regex,
		async: false,
		expects: `${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "format", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/returns/returns.ts
/* @__NO_SIDE_EFFECTS__ */
function returns(schema) {
	return {
		kind: "transformation",
		type: "returns",
		reference: returns,
		async: false,
		schema,
		"~run"(dataset, config$1) {
			const func = dataset.value;
			dataset.value = (...args_) => {
				const returnsDataset = this.schema["~run"]({ value: func(...args_) }, config$1);
				if (returnsDataset.issues) throw new ValiError(returnsDataset.issues);
				return returnsDataset.value;
			};
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/returns/returnsAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function returnsAsync(schema) {
	return {
		kind: "transformation",
		type: "returns",
		reference: returnsAsync,
		async: false,
		schema,
		"~run"(dataset, config$1) {
			const func = dataset.value;
			dataset.value = async (...args_) => {
				const returnsDataset = await this.schema["~run"]({ value: await func(...args_) }, config$1);
				if (returnsDataset.issues) throw new ValiError(returnsDataset.issues);
				return returnsDataset.value;
			};
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/rfcEmail/rfcEmail.ts
/* @__NO_SIDE_EFFECTS__ */
function rfcEmail(message$1) {
	return {
		kind: "validation",
		type: "rfc_email",
		reference: rfcEmail,
		expects: null,
		async: false,
		requirement: RFC_EMAIL_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "email", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/safeInteger/safeInteger.ts
/* @__NO_SIDE_EFFECTS__ */
function safeInteger(message$1) {
	return {
		kind: "validation",
		type: "safe_integer",
		reference: safeInteger,
		async: false,
		expects: null,
		requirement: Number.isSafeInteger,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "safe integer", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/size/size.ts
/* @__NO_SIDE_EFFECTS__ */
function size(requirement, message$1) {
	return {
		kind: "validation",
		type: "size",
		reference: size,
		async: false,
		expects: `${requirement}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && dataset.value.size !== this.requirement) _addIssue(this, "size", dataset, config$1, { received: `${dataset.value.size}` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/slug/slug.ts
/* @__NO_SIDE_EFFECTS__ */
function slug(message$1) {
	return {
		kind: "validation",
		type: "slug",
		reference: slug,
		async: false,
		expects: null,
		requirement: SLUG_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "slug", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/someItem/someItem.ts
/* @__NO_SIDE_EFFECTS__ */
function someItem(requirement, message$1) {
	return {
		kind: "validation",
		type: "some_item",
		reference: someItem,
		async: false,
		expects: null,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !dataset.value.some(this.requirement)) _addIssue(this, "item", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/sortItems/sortItems.ts
/* @__NO_SIDE_EFFECTS__ */
function sortItems(operation) {
	return {
		kind: "transformation",
		type: "sort_items",
		reference: sortItems,
		async: false,
		operation,
		"~run"(dataset) {
			dataset.value = dataset.value.sort(this.operation);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/startsWith/startsWith.ts
/* @__NO_SIDE_EFFECTS__ */
function startsWith(requirement, message$1) {
	return {
		kind: "validation",
		type: "starts_with",
		reference: startsWith,
		async: false,
		expects: `"${requirement}"`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !dataset.value.startsWith(this.requirement)) _addIssue(this, "start", dataset, config$1, { received: `"${dataset.value.slice(0, this.requirement.length)}"` });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/stringifyJson/stringifyJson.ts
/* @__NO_SIDE_EFFECTS__ */
function stringifyJson(config$1, message$1) {
	return {
		kind: "transformation",
		type: "stringify_json",
		reference: stringifyJson,
		message: message$1,
		config: config$1,
		async: false,
		"~run"(dataset, config$2) {
			try {
				const output = JSON.stringify(dataset.value, this.config?.replacer, this.config?.space);
				if (output === void 0) {
					_addIssue(this, "JSON", dataset, config$2);
					dataset.typed = false;
				} else dataset.value = output;
			} catch (error) {
				if (error instanceof Error) {
					_addIssue(this, "JSON", dataset, config$2, { received: `"${error.message}"` });
					dataset.typed = false;
				} else throw error;
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/title/title.ts
/**
* Creates a title metadata action.
*
* @param title_ The title text.
*
* @returns A title action.
*/
/* @__NO_SIDE_EFFECTS__ */
function title(title_) {
	return {
		kind: "metadata",
		type: "title",
		reference: title,
		title: title_
	};
}

//#endregion
//#region src/actions/toBigint/toBigint.ts
/* @__NO_SIDE_EFFECTS__ */
function toBigint(message$1) {
	return {
		kind: "transformation",
		type: "to_bigint",
		reference: toBigint,
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			try {
				dataset.value = BigInt(dataset.value);
			} catch {
				_addIssue(this, "bigint", dataset, config$1);
				dataset.typed = false;
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/toBoolean/toBoolean.ts
/**
* Creates a to boolean transformation action.
*
* @returns A to boolean action.
*
* @beta
*/
/* @__NO_SIDE_EFFECTS__ */
function toBoolean() {
	return {
		kind: "transformation",
		type: "to_boolean",
		reference: toBoolean,
		async: false,
		"~run"(dataset) {
			dataset.value = Boolean(dataset.value);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/toCamelCase/toCamelCase.ts
/**
* Creates a to camel case transformation action.
*
* Words are separated by `_`, `-` and ASCII whitespace, as well as by case
* and acronym boundaries.
*
* Hint: Acronym runs are normalized to lowercase (e.g. `parseURLValue` →
* `parseUrlValue`) and digits stay attached to the preceding token (e.g.
* `item2Name` → `item2Name`).
*
* @returns A to camel case action.
*
* @beta
*/
/* @__NO_SIDE_EFFECTS__ */
function toCamelCase() {
	return {
		kind: "transformation",
		type: "to_camel_case",
		reference: toCamelCase,
		async: false,
		"~run"(dataset) {
			dataset.value = /* @__PURE__ */ _formatCase(dataset.value, "", false, true);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/toDate/toDate.ts
/* @__NO_SIDE_EFFECTS__ */
function toDate(message$1) {
	return {
		kind: "transformation",
		type: "to_date",
		reference: toDate,
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			try {
				dataset.value = new Date(dataset.value);
				if (isNaN(dataset.value)) {
					_addIssue(this, "date", dataset, config$1, { received: "\"Invalid Date\"" });
					dataset.typed = false;
				}
			} catch {
				_addIssue(this, "date", dataset, config$1);
				dataset.typed = false;
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/toKebabCase/toKebabCase.ts
/**
* Creates a to kebab case transformation action.
*
* Words are separated by `_`, `-` and ASCII whitespace, as well as by case
* and acronym boundaries.
*
* Hint: Acronym runs are normalized to lowercase (e.g. `parseURLValue` →
* `parse-url-value`) and digits stay attached to the preceding token (e.g.
* `item2Name` → `item2-name`).
*
* @returns A to kebab case action.
*
* @beta
*/
/* @__NO_SIDE_EFFECTS__ */
function toKebabCase() {
	return {
		kind: "transformation",
		type: "to_kebab_case",
		reference: toKebabCase,
		async: false,
		"~run"(dataset) {
			dataset.value = /* @__PURE__ */ _formatCase(dataset.value, "-", false, false);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/toLowerCase/toLowerCase.ts
/**
* Creates a to lower case transformation action.
*
* @returns A to lower case action.
*/
/* @__NO_SIDE_EFFECTS__ */
function toLowerCase() {
	return {
		kind: "transformation",
		type: "to_lower_case",
		reference: toLowerCase,
		async: false,
		"~run"(dataset) {
			dataset.value = dataset.value.toLowerCase();
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/toMaxValue/toMaxValue.ts
/**
* Creates a to max value transformation action.
*
* @param requirement The maximum value.
*
* @returns A to max value action.
*/
/* @__NO_SIDE_EFFECTS__ */
function toMaxValue(requirement) {
	return {
		kind: "transformation",
		type: "to_max_value",
		reference: toMaxValue,
		async: false,
		requirement,
		"~run"(dataset) {
			dataset.value = dataset.value > this.requirement ? this.requirement : dataset.value;
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/toMinValue/toMinValue.ts
/**
* Creates a to min value transformation action.
*
* @param requirement The minimum value.
*
* @returns A to min value action.
*/
/* @__NO_SIDE_EFFECTS__ */
function toMinValue(requirement) {
	return {
		kind: "transformation",
		type: "to_min_value",
		reference: toMinValue,
		async: false,
		requirement,
		"~run"(dataset) {
			dataset.value = dataset.value < this.requirement ? this.requirement : dataset.value;
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/toNumber/toNumber.ts
/* @__NO_SIDE_EFFECTS__ */
function toNumber(message$1) {
	return {
		kind: "transformation",
		type: "to_number",
		reference: toNumber,
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			try {
				dataset.value = Number(dataset.value);
				if (isNaN(dataset.value)) {
					_addIssue(this, "number", dataset, config$1);
					dataset.typed = false;
				}
			} catch {
				_addIssue(this, "number", dataset, config$1);
				dataset.typed = false;
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/toPascalCase/toPascalCase.ts
/**
* Creates a to pascal case transformation action.
*
* Words are separated by `_`, `-` and ASCII whitespace, as well as by case
* and acronym boundaries.
*
* Hint: Acronym runs are normalized to lowercase (e.g. `parseURLValue` →
* `ParseUrlValue`) and digits stay attached to the preceding token (e.g.
* `item2Name` → `Item2Name`).
*
* @returns A to pascal case action.
*
* @beta
*/
/* @__NO_SIDE_EFFECTS__ */
function toPascalCase() {
	return {
		kind: "transformation",
		type: "to_pascal_case",
		reference: toPascalCase,
		async: false,
		"~run"(dataset) {
			dataset.value = /* @__PURE__ */ _formatCase(dataset.value, "", true, true);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/toSnakeCase/toSnakeCase.ts
/**
* Creates a to snake case transformation action.
*
* Words are separated by `_`, `-` and ASCII whitespace, as well as by case
* and acronym boundaries.
*
* Hint: Acronym runs are normalized to lowercase (e.g. `parseURLValue` →
* `parse_url_value`) and digits stay attached to the preceding token (e.g.
* `item2Name` → `item2_name`).
*
* @returns A to snake case action.
*
* @beta
*/
/* @__NO_SIDE_EFFECTS__ */
function toSnakeCase() {
	return {
		kind: "transformation",
		type: "to_snake_case",
		reference: toSnakeCase,
		async: false,
		"~run"(dataset) {
			dataset.value = /* @__PURE__ */ _formatCase(dataset.value, "_", false, false);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/toString/toString.ts
/* @__NO_SIDE_EFFECTS__ */
function toString(message$1) {
	return {
		kind: "transformation",
		type: "to_string",
		reference: toString,
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			try {
				dataset.value = String(dataset.value);
			} catch {
				_addIssue(this, "string", dataset, config$1);
				dataset.typed = false;
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/toUpperCase/toUpperCase.ts
/**
* Creates a to upper case transformation action.
*
* @returns A to upper case action.
*/
/* @__NO_SIDE_EFFECTS__ */
function toUpperCase() {
	return {
		kind: "transformation",
		type: "to_upper_case",
		reference: toUpperCase,
		async: false,
		"~run"(dataset) {
			dataset.value = dataset.value.toUpperCase();
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/transform/transform.ts
/**
* Creates a custom transformation action.
*
* @param operation The transformation operation.
*
* @returns A transform action.
*/
/* @__NO_SIDE_EFFECTS__ */
function transform(operation) {
	return {
		kind: "transformation",
		type: "transform",
		reference: transform,
		async: false,
		operation,
		"~run"(dataset) {
			dataset.value = this.operation(dataset.value);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/transform/transformAsync.ts
/**
* Creates a custom transformation action.
*
* @param operation The transformation operation.
*
* @returns A transform action.
*/
/* @__NO_SIDE_EFFECTS__ */
function transformAsync(operation) {
	return {
		kind: "transformation",
		type: "transform",
		reference: transformAsync,
		async: true,
		operation,
		async "~run"(dataset) {
			dataset.value = await this.operation(dataset.value);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/trim/trim.ts
/**
* Creates a trim transformation action.
*
* @returns A trim action.
*/
/* @__NO_SIDE_EFFECTS__ */
function trim() {
	return {
		kind: "transformation",
		type: "trim",
		reference: trim,
		async: false,
		"~run"(dataset) {
			dataset.value = dataset.value.trim();
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/trimEnd/trimEnd.ts
/**
* Creates a trim end transformation action.
*
* @returns A trim end action.
*/
/* @__NO_SIDE_EFFECTS__ */
function trimEnd() {
	return {
		kind: "transformation",
		type: "trim_end",
		reference: trimEnd,
		async: false,
		"~run"(dataset) {
			dataset.value = dataset.value.trimEnd();
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/trimStart/trimStart.ts
/**
* Creates a trim start transformation action.
*
* @returns A trim start action.
*/
/* @__NO_SIDE_EFFECTS__ */
function trimStart() {
	return {
		kind: "transformation",
		type: "trim_start",
		reference: trimStart,
		async: false,
		"~run"(dataset) {
			dataset.value = dataset.value.trimStart();
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/ulid/ulid.ts
/* @__NO_SIDE_EFFECTS__ */
function ulid(message$1) {
	return {
		kind: "validation",
		type: "ulid",
		reference: ulid,
		async: false,
		expects: null,
		requirement: ULID_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "ULID", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/url/url.ts
/* @__NO_SIDE_EFFECTS__ */
function url(message$1) {
	return {
		kind: "validation",
		type: "url",
		reference: url,
		async: false,
		expects: null,
		requirement(input) {
			try {
				if (URL.canParse) return URL.canParse(input);
				new URL(input);
				return true;
			} catch {
				return false;
			}
		},
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement(dataset.value)) _addIssue(this, "URL", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/uuid/uuid.ts
/* @__NO_SIDE_EFFECTS__ */
function uuid(message$1) {
	return {
		kind: "validation",
		type: "uuid",
		reference: uuid,
		async: false,
		expects: null,
		requirement: UUID_REGEX,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.test(dataset.value)) _addIssue(this, "UUID", dataset, config$1);
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/value/value.ts
/* @__NO_SIDE_EFFECTS__ */
function value(requirement, message$1) {
	return {
		kind: "validation",
		type: "value",
		reference: value,
		async: false,
		expects: requirement instanceof Date ? requirement.toJSON() : /* @__PURE__ */ _stringify(requirement),
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !/* @__PURE__ */ _isValueMatch(this.requirement, dataset.value)) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/values/values.ts
/* @__NO_SIDE_EFFECTS__ */
function values(requirement, message$1) {
	return {
		kind: "validation",
		type: "values",
		reference: values,
		async: false,
		expects: `${/* @__PURE__ */ _joinExpects(requirement.map((value$1) => value$1 instanceof Date ? value$1.toJSON() : /* @__PURE__ */ _stringify(value$1)), "|")}`,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed && !this.requirement.some((requirement$1) => /* @__PURE__ */ _isValueMatch(requirement$1, dataset.value))) _addIssue(this, "value", dataset, config$1, { received: dataset.value instanceof Date ? dataset.value.toJSON() : /* @__PURE__ */ _stringify(dataset.value) });
			return dataset;
		}
	};
}

//#endregion
//#region src/actions/words/words.ts
/* @__NO_SIDE_EFFECTS__ */
function words(locales, requirement, message$1) {
	return {
		kind: "validation",
		type: "words",
		reference: words,
		async: false,
		expects: `${requirement}`,
		locales,
		requirement,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.typed) {
				const count = /* @__PURE__ */ _getWordCount(this.locales, dataset.value);
				if (count !== this.requirement) _addIssue(this, "words", dataset, config$1, { received: `${count}` });
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/const.ts
const ABORT_EARLY_CONFIG = { abortEarly: true };

//#endregion
//#region src/methods/assert/assert.ts
/**
* Checks if the input matches the schema. As this is an assertion function, it
* can be used as a type guard.
*
* @param schema The schema to be used.
* @param input The input to be tested.
*/
function assert(schema, input) {
	const issues = schema["~run"]({ value: input }, ABORT_EARLY_CONFIG).issues;
	if (issues) throw new ValiError(issues);
}

//#endregion
//#region src/methods/cache/_LruCache.ts
/**
* Efficient LRU cache using Map iteration order.
*/
var _LruCache = class {
	constructor(config$1) {
		this.refCount = 0;
		this.maxSize = config$1?.maxSize ?? 1e3;
		this.maxAge = config$1?.maxAge ?? Infinity;
		this.hasMaxAge = isFinite(this.maxAge);
	}
	/**
	* Stringifies an unknown input to a cache key component.
	*
	* @param input The unknown input.
	*
	* @returns A cache key component.
	*/
	stringify(input) {
		const type = typeof input;
		if (type === "string") return `"${input}"`;
		if (type === "number" || type === "boolean") return `${input}`;
		if (type === "bigint") return `${input}n`;
		if (type === "object" || type === "function") {
			if (input) {
				this.refIds ?? (this.refIds = /* @__PURE__ */ new WeakMap());
				let id = this.refIds.get(input);
				if (!id) {
					id = ++this.refCount;
					this.refIds.set(input, id);
				}
				return `#${id}`;
			}
			return "null";
		}
		return type;
	}
	/**
	* Creates a cache key from input and config.
	*
	* @param input The input value.
	* @param config The parse configuration.
	*
	* @returns The cache key.
	*/
	key(input, config$1 = {}) {
		return `${this.stringify(input)}|${this.stringify(config$1.lang)}|${this.stringify(config$1.message)}|${this.stringify(config$1.abortEarly)}|${this.stringify(config$1.abortPipeEarly)}`;
	}
	/**
	* Gets a value from the cache by key.
	*
	* @param key The cache key.
	*
	* @returns The cached value.
	*/
	get(key) {
		if (!this.store) return void 0;
		const entry = this.store.get(key);
		if (!entry) return void 0;
		if (this.hasMaxAge && Date.now() - entry[1] > this.maxAge) {
			this.store.delete(key);
			return;
		}
		this.store.delete(key);
		this.store.set(key, entry);
		return entry[0];
	}
	/**
	* Sets a value in the cache by key.
	*
	* @param key The cache key.
	* @param value The cached value.
	*/
	set(key, value$1) {
		this.store ?? (this.store = /* @__PURE__ */ new Map());
		this.store.delete(key);
		const timestamp = this.hasMaxAge ? Date.now() : 0;
		this.store.set(key, [value$1, timestamp]);
		if (this.store.size > this.maxSize) this.store.delete(this.store.keys().next().value);
	}
	/**
	* Clears all entries from the cache.
	*/
	clear() {
		this.store?.clear();
	}
};

//#endregion
//#region src/methods/cache/cache.ts
/* @__NO_SIDE_EFFECTS__ */
function cache(schema, config$1) {
	return _standardSchema({
		...schema,
		cacheConfig: config$1,
		cache: new _LruCache(config$1),
		"~run"(dataset, runConfig) {
			const key = this.cache.key(dataset.value, runConfig);
			let outputDataset = this.cache.get(key);
			if (!outputDataset) this.cache.set(key, outputDataset = schema["~run"](dataset, runConfig));
			return /* @__PURE__ */ _cloneDataset(outputDataset);
		}
	});
}

//#endregion
//#region src/methods/cache/cacheAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function cacheAsync(schema, config$1) {
	let activeRuns;
	return _standardSchema({
		...schema,
		async: true,
		cacheConfig: config$1,
		cache: new _LruCache(config$1),
		async "~run"(dataset, runConfig) {
			const key = this.cache.key(dataset.value, runConfig);
			const cached = this.cache.get(key);
			if (cached) return /* @__PURE__ */ _cloneDataset(cached);
			let promise$1 = activeRuns?.get(key);
			if (!promise$1) {
				activeRuns ?? (activeRuns = /* @__PURE__ */ new Map());
				promise$1 = Promise.resolve(schema["~run"](dataset, runConfig));
				activeRuns.set(key, promise$1);
			}
			try {
				const outputDataset = await promise$1;
				this.cache.set(key, outputDataset);
				return /* @__PURE__ */ _cloneDataset(outputDataset);
			} finally {
				activeRuns?.delete(key);
			}
		}
	});
}

//#endregion
//#region src/methods/config/config.ts
/**
* Changes the local configuration of a schema.
*
* @param schema The schema to configure.
* @param config The parse configuration.
*
* @returns The configured schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function config(schema, config$1) {
	return _standardSchema({
		...schema,
		"~run"(dataset, config_) {
			return schema["~run"](dataset, {
				...config_,
				...config$1
			});
		}
	});
}

//#endregion
//#region src/methods/getFallback/getFallback.ts
/**
* Returns the fallback value of the schema.
*
* @param schema The schema to get it from.
* @param dataset The output dataset if available.
* @param config The config if available.
*
* @returns The fallback value.
*/
/* @__NO_SIDE_EFFECTS__ */
function getFallback(schema, dataset, config$1) {
	return typeof schema.fallback === "function" ? schema.fallback(dataset, config$1) : schema.fallback;
}

//#endregion
//#region src/methods/fallback/fallback.ts
/**
* Returns a fallback value as output if the input does not match the schema.
*
* @param schema The schema to catch.
* @param fallback The fallback value.
*
* @returns The passed schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function fallback(schema, fallback$1) {
	return _standardSchema({
		...schema,
		fallback: fallback$1,
		"~run"(dataset, config$1) {
			const outputDataset = schema["~run"](dataset, config$1);
			return outputDataset.issues ? {
				typed: true,
				value: /* @__PURE__ */ getFallback(this, outputDataset, config$1)
			} : outputDataset;
		}
	});
}

//#endregion
//#region src/methods/fallback/fallbackAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function fallbackAsync(schema, fallback$1) {
	return _standardSchema({
		...schema,
		fallback: fallback$1,
		async: true,
		async "~run"(dataset, config$1) {
			const outputDataset = await schema["~run"](dataset, config$1);
			return outputDataset.issues ? {
				typed: true,
				value: await /* @__PURE__ */ getFallback(this, outputDataset, config$1)
			} : outputDataset;
		}
	});
}

//#endregion
//#region src/methods/flatten/flatten.ts
/* @__NO_SIDE_EFFECTS__ */
function flatten(issues) {
	const flatErrors = {};
	for (const issue of issues) if (issue.path) {
		const dotPath = /* @__PURE__ */ getDotPath(issue);
		if (dotPath) {
			if (!flatErrors.nested) flatErrors.nested = {};
			if (Object.prototype.hasOwnProperty.call(flatErrors.nested, dotPath)) flatErrors.nested[dotPath].push(issue.message);
			else flatErrors.nested[dotPath] = [issue.message];
		} else if (flatErrors.other) flatErrors.other.push(issue.message);
		else flatErrors.other = [issue.message];
	} else if (flatErrors.root) flatErrors.root.push(issue.message);
	else flatErrors.root = [issue.message];
	return flatErrors;
}

//#endregion
//#region src/methods/forward/forward.ts
/**
* Forwards the issues of the passed validation action.
*
* @param action The validation action.
* @param path The path to forward the issues to.
*
* @returns The modified action.
*/
/* @__NO_SIDE_EFFECTS__ */
function forward(action, path) {
	return {
		...action,
		"~run"(dataset, config$1) {
			const prevIssues = dataset.issues && [...dataset.issues];
			dataset = action["~run"](dataset, config$1);
			if (dataset.issues) {
				for (const issue of dataset.issues) if (!prevIssues?.includes(issue)) {
					let pathInput = dataset.value;
					for (const key of path) {
						const pathValue = pathInput[key];
						const pathItem = {
							type: "unknown",
							origin: "value",
							input: pathInput,
							key,
							value: pathValue
						};
						if (issue.path) issue.path.push(pathItem);
						else issue.path = [pathItem];
						if (!pathValue) break;
						pathInput = pathValue;
					}
				}
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/methods/forward/forwardAsync.ts
/**
* Forwards the issues of the passed validation action.
*
* @param action The validation action.
* @param path The path to forward the issues to.
*
* @returns The modified action.
*/
/* @__NO_SIDE_EFFECTS__ */
function forwardAsync(action, path) {
	return {
		...action,
		async: true,
		async "~run"(dataset, config$1) {
			const prevIssues = dataset.issues && [...dataset.issues];
			dataset = await action["~run"](dataset, config$1);
			if (dataset.issues) {
				for (const issue of dataset.issues) if (!prevIssues?.includes(issue)) {
					let pathInput = dataset.value;
					for (const key of path) {
						const pathValue = pathInput[key];
						const pathItem = {
							type: "unknown",
							origin: "value",
							input: pathInput,
							key,
							value: pathValue
						};
						if (issue.path) issue.path.push(pathItem);
						else issue.path = [pathItem];
						if (!pathValue) break;
						pathInput = pathValue;
					}
				}
			}
			return dataset;
		}
	};
}

//#endregion
//#region src/methods/getDefault/getDefault.ts
/**
* Returns the default value of the schema.
*
* @param schema The schema to get it from.
* @param dataset The input dataset if available.
* @param config The config if available.
*
* @returns The default value.
*/
/* @__NO_SIDE_EFFECTS__ */
function getDefault(schema, dataset, config$1) {
	return typeof schema.default === "function" ? schema.default(dataset, config$1) : schema.default;
}

//#endregion
//#region src/methods/getDefaults/getDefaults.ts
/**
* Returns the default values of the schema.
*
* Hint: The difference to `getDefault` is that for object and tuple schemas
* this function recursively returns the default values of the subschemas
* instead of `undefined`.
*
* @param schema The schema to get them from.
*
* @returns The default values.
*/
/* @__NO_SIDE_EFFECTS__ */
function getDefaults(schema) {
	if ("entries" in schema) {
		const object$1 = {};
		for (const key in schema.entries) object$1[key] = /* @__PURE__ */ getDefaults(schema.entries[key]);
		return object$1;
	}
	if ("items" in schema) return schema.items.map(getDefaults);
	return /* @__PURE__ */ getDefault(schema);
}

//#endregion
//#region src/methods/getDefaults/getDefaultsAsync.ts
/**
* Returns the default values of the schema.
*
* Hint: The difference to `getDefault` is that for object and tuple schemas
* this function recursively returns the default values of the subschemas
* instead of `undefined`.
*
* @param schema The schema to get them from.
*
* @returns The default values.
*/
/* @__NO_SIDE_EFFECTS__ */
async function getDefaultsAsync(schema) {
	if ("entries" in schema) return Object.fromEntries(await Promise.all(Object.entries(schema.entries).map(async ([key, value$1]) => [key, await /* @__PURE__ */ getDefaultsAsync(value$1)])));
	if ("items" in schema) return Promise.all(schema.items.map(getDefaultsAsync));
	return /* @__PURE__ */ getDefault(schema);
}

//#endregion
//#region src/methods/getDescription/getDescription.ts
/**
* Returns the description of the schema.
*
* If multiple descriptions are defined, the last one of the highest level is
* returned. If no description is defined, `undefined` is returned.
*
* @param schema The schema to get the description from.
*
* @returns The description, if any.
*
* @beta
*/
/* @__NO_SIDE_EFFECTS__ */
function getDescription(schema) {
	return /* @__PURE__ */ _getLastMetadata(schema, "description");
}

//#endregion
//#region src/methods/getExamples/getExamples.ts
/**
* Returns the examples of a schema.
*
* If multiple examples are defined, it concatenates them using depth-first
* search. If no examples are defined, an empty array is returned.
*
* @param schema The schema to get the examples from.
*
* @returns The examples, if any.
*
* @beta
*/
/* @__NO_SIDE_EFFECTS__ */
function getExamples(schema) {
	const examples$1 = [];
	function depthFirstCollect(schema$1) {
		if ("pipe" in schema$1) {
			for (const item of schema$1.pipe) if (item.kind === "schema" && "pipe" in item) depthFirstCollect(item);
			else if (item.kind === "metadata" && item.type === "examples") for (const example of item.examples) examples$1.push(example);
		}
	}
	depthFirstCollect(schema);
	return examples$1;
}

//#endregion
//#region src/methods/getFallbacks/getFallbacks.ts
/**
* Returns the fallback values of the schema.
*
* Hint: The difference to `getFallback` is that for object and tuple schemas
* this function recursively returns the fallback values of the subschemas
* instead of `undefined`.
*
* @param schema The schema to get them from.
*
* @returns The fallback values.
*/
/* @__NO_SIDE_EFFECTS__ */
function getFallbacks(schema) {
	if ("entries" in schema) {
		const object$1 = {};
		for (const key in schema.entries) object$1[key] = /* @__PURE__ */ getFallbacks(schema.entries[key]);
		return object$1;
	}
	if ("items" in schema) return schema.items.map(getFallbacks);
	return /* @__PURE__ */ getFallback(schema);
}

//#endregion
//#region src/methods/getFallbacks/getFallbacksAsync.ts
/**
* Returns the fallback values of the schema.
*
* Hint: The difference to `getFallback` is that for object and tuple schemas
* this function recursively returns the fallback values of the subschemas
* instead of `undefined`.
*
* @param schema The schema to get them from.
*
* @returns The fallback values.
*/
/* @__NO_SIDE_EFFECTS__ */
async function getFallbacksAsync(schema) {
	if ("entries" in schema) return Object.fromEntries(await Promise.all(Object.entries(schema.entries).map(async ([key, value$1]) => [key, await /* @__PURE__ */ getFallbacksAsync(value$1)])));
	if ("items" in schema) return Promise.all(schema.items.map(getFallbacksAsync));
	return /* @__PURE__ */ getFallback(schema);
}

//#endregion
//#region src/methods/getMetadata/getMetadata.ts
/**
* Returns the metadata of a schema.
*
* If multiple metadata are defined, it shallowly merges them using depth-first
* search. If no metadata is defined, an empty object is returned.
*
* @param schema Schema to get the metadata from.
*
* @returns The metadata, if any.
*
* @beta
*/
/* @__NO_SIDE_EFFECTS__ */
function getMetadata(schema) {
	const result = {};
	function depthFirstMerge(schema$1) {
		if ("pipe" in schema$1) {
			for (const item of schema$1.pipe) if (item.kind === "schema" && "pipe" in item) depthFirstMerge(item);
			else if (item.kind === "metadata" && item.type === "metadata") Object.assign(result, item.metadata);
		}
	}
	depthFirstMerge(schema);
	return result;
}

//#endregion
//#region src/methods/getTitle/getTitle.ts
/**
* Returns the title of the schema.
*
* If multiple titles are defined, the last one of the highest level is
* returned. If no title is defined, `undefined` is returned.
*
* @param schema The schema to get the title from.
*
* @returns The title, if any.
*
* @beta
*/
/* @__NO_SIDE_EFFECTS__ */
function getTitle(schema) {
	return /* @__PURE__ */ _getLastMetadata(schema, "title");
}

//#endregion
//#region src/methods/is/is.ts
/**
* Checks if the input matches the schema. By using a type predicate, this
* function can be used as a type guard.
*
* @param schema The schema to be used.
* @param input The input to be tested.
*
* @returns Whether the input matches the schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function is(schema, input) {
	return !schema["~run"]({ value: input }, ABORT_EARLY_CONFIG).issues;
}

//#endregion
//#region src/schemas/any/any.ts
/**
* Creates an any schema.
*
* Hint: This schema function exists only for completeness and is not
* recommended in practice. Instead, `unknown` should be used to accept
* unknown data.
*
* @returns An any schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function any() {
	return _standardSchema({
		kind: "schema",
		type: "any",
		reference: any,
		expects: "any",
		async: false,
		"~run"(dataset) {
			dataset.typed = true;
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/array/array.ts
/* @__NO_SIDE_EFFECTS__ */
function array(item, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "array",
		reference: array,
		expects: "Array",
		async: false,
		item,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < input.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.item["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/array/arrayAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function arrayAsync(item, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "array",
		reference: arrayAsync,
		expects: "Array",
		async: true,
		item,
		message: message$1,
		async "~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				const itemDatasets = await Promise.all(input.map((value$1) => this.item["~run"]({ value: value$1 }, config$1)));
				for (let key = 0; key < itemDatasets.length; key++) {
					const itemDataset = itemDatasets[key];
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: input[key]
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/bigint/bigint.ts
/* @__NO_SIDE_EFFECTS__ */
function bigint(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "bigint",
		reference: bigint,
		expects: "bigint",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "bigint") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/blob/blob.ts
/* @__NO_SIDE_EFFECTS__ */
function blob(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "blob",
		reference: blob,
		expects: "Blob",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.value instanceof Blob) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/boolean/boolean.ts
/* @__NO_SIDE_EFFECTS__ */
function boolean(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "boolean",
		reference: boolean,
		expects: "boolean",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "boolean") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/custom/custom.ts
/* @__NO_SIDE_EFFECTS__ */
function custom(check$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "custom",
		reference: custom,
		expects: "unknown",
		async: false,
		check: check$1,
		message: message$1,
		"~run"(dataset, config$1) {
			if (this.check(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/custom/customAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function customAsync(check$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "custom",
		reference: customAsync,
		expects: "unknown",
		async: true,
		check: check$1,
		message: message$1,
		async "~run"(dataset, config$1) {
			if (await this.check(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/date/date.ts
/* @__NO_SIDE_EFFECTS__ */
function date(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "date",
		reference: date,
		expects: "Date",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.value instanceof Date) if (!isNaN(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1, { received: "\"Invalid Date\"" });
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/enum/enum.ts
/* @__NO_SIDE_EFFECTS__ */
function enum_(enum__, message$1) {
	const options = [];
	for (const key in enum__) if (`${+key}` !== key || typeof enum__[key] !== "string" || !Object.is(enum__[enum__[key]], +key)) options.push(enum__[key]);
	return _standardSchema({
		kind: "schema",
		type: "enum",
		reference: enum_,
		expects: /* @__PURE__ */ _joinExpects(options.map(_stringify), "|"),
		async: false,
		enum: enum__,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			if (this.options.includes(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/exactOptional/exactOptional.ts
/* @__NO_SIDE_EFFECTS__ */
function exactOptional(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "exact_optional",
		reference: exactOptional,
		expects: wrapped.expects,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}

//#endregion
//#region src/schemas/exactOptional/exactOptionalAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function exactOptionalAsync(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "exact_optional",
		reference: exactOptionalAsync,
		expects: wrapped.expects,
		async: true,
		wrapped,
		default: default_,
		async "~run"(dataset, config$1) {
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}

//#endregion
//#region src/schemas/file/file.ts
/* @__NO_SIDE_EFFECTS__ */
function file(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "file",
		reference: file,
		expects: "File",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.value instanceof File) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/function/function.ts
/* @__NO_SIDE_EFFECTS__ */
function function_(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "function",
		reference: function_,
		expects: "Function",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "function") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/instance/instance.ts
/* @__NO_SIDE_EFFECTS__ */
function instance(class_, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "instance",
		reference: instance,
		expects: class_.name,
		async: false,
		class: class_,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.value instanceof this.class) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/intersect/utils/_merge/_merge.ts
/**
* Merges two values into one single output.
*
* @param value1 First value.
* @param value2 Second value.
*
* @returns The merge dataset.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _merge(value1, value2) {
	if (typeof value1 === typeof value2) {
		if (/* @__PURE__ */ _isSameValueZero(value1, value2) || value1 instanceof Date && value2 instanceof Date && /* @__PURE__ */ _isSameValueZero(+value1, +value2)) return { value: value1 };
		if (value1 && value2 && value1.constructor === Object && value2.constructor === Object) {
			const nextValue = {
				...value1,
				...value2
			};
			for (const key in value2) if (Object.prototype.hasOwnProperty.call(value1, key) && Object.prototype.hasOwnProperty.call(value2, key)) {
				const dataset = /* @__PURE__ */ _merge(value1[key], value2[key]);
				if (dataset.issue) return dataset;
				nextValue[key] = dataset.value;
			}
			return { value: nextValue };
		}
		if (Array.isArray(value1) && Array.isArray(value2)) {
			if (value1.length === value2.length) {
				const nextValue = [...value1];
				for (let index = 0; index < value1.length; index++) {
					const dataset = /* @__PURE__ */ _merge(value1[index], value2[index]);
					if (dataset.issue) return dataset;
					nextValue[index] = dataset.value;
				}
				return { value: nextValue };
			}
		}
	}
	return { issue: true };
}

//#endregion
//#region src/schemas/intersect/intersect.ts
/* @__NO_SIDE_EFFECTS__ */
function intersect(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "intersect",
		reference: intersect,
		expects: /* @__PURE__ */ _joinExpects(options.map((option) => option.expects), "&"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			if (this.options.length) {
				const input = dataset.value;
				let outputs;
				dataset.typed = true;
				for (const schema of this.options) {
					const optionDataset = schema["~run"]({ value: input }, config$1);
					if (optionDataset.issues) {
						if (dataset.issues) for (const issue of optionDataset.issues) dataset.issues.push(issue);
						else dataset.issues = optionDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!optionDataset.typed) dataset.typed = false;
					if (dataset.typed) if (outputs) outputs.push(optionDataset.value);
					else outputs = [optionDataset.value];
				}
				if (dataset.typed) {
					dataset.value = outputs[0];
					for (let index = 1; index < outputs.length; index++) {
						const mergeDataset = /* @__PURE__ */ _merge(dataset.value, outputs[index]);
						if (mergeDataset.issue) {
							_addIssue(this, "type", dataset, config$1, { received: "unknown" });
							break;
						}
						dataset.value = mergeDataset.value;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/intersect/intersectAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function intersectAsync(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "intersect",
		reference: intersectAsync,
		expects: /* @__PURE__ */ _joinExpects(options.map((option) => option.expects), "&"),
		async: true,
		options,
		message: message$1,
		async "~run"(dataset, config$1) {
			if (this.options.length) {
				const input = dataset.value;
				let outputs;
				dataset.typed = true;
				const optionDatasets = await Promise.all(this.options.map((schema) => schema["~run"]({ value: input }, config$1)));
				for (const optionDataset of optionDatasets) {
					if (optionDataset.issues) {
						if (dataset.issues) for (const issue of optionDataset.issues) dataset.issues.push(issue);
						else dataset.issues = optionDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!optionDataset.typed) dataset.typed = false;
					if (dataset.typed) if (outputs) outputs.push(optionDataset.value);
					else outputs = [optionDataset.value];
				}
				if (dataset.typed) {
					dataset.value = outputs[0];
					for (let index = 1; index < outputs.length; index++) {
						const mergeDataset = /* @__PURE__ */ _merge(dataset.value, outputs[index]);
						if (mergeDataset.issue) {
							_addIssue(this, "type", dataset, config$1, { received: "unknown" });
							break;
						}
						dataset.value = mergeDataset.value;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/lazy/lazy.ts
/**
* Creates a lazy schema.
*
* @param getter The schema getter.
*
* @returns A lazy schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function lazy(getter) {
	return _standardSchema({
		kind: "schema",
		type: "lazy",
		reference: lazy,
		expects: "unknown",
		async: false,
		getter,
		"~run"(dataset, config$1) {
			return this.getter(dataset.value)["~run"](dataset, config$1);
		}
	});
}

//#endregion
//#region src/schemas/lazy/lazyAsync.ts
/**
* Creates a lazy schema.
*
* @param getter The schema getter.
*
* @returns A lazy schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function lazyAsync(getter) {
	return _standardSchema({
		kind: "schema",
		type: "lazy",
		reference: lazyAsync,
		expects: "unknown",
		async: true,
		getter,
		async "~run"(dataset, config$1) {
			return (await this.getter(dataset.value))["~run"](dataset, config$1);
		}
	});
}

//#endregion
//#region src/schemas/literal/literal.ts
/* @__NO_SIDE_EFFECTS__ */
function literal(literal_, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "literal",
		reference: literal,
		expects: /* @__PURE__ */ _stringify(literal_),
		async: false,
		literal: literal_,
		message: message$1,
		"~run"(dataset, config$1) {
			if (/* @__PURE__ */ _isSameValueZero(dataset.value, this.literal)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/looseObject/looseObject.ts
/* @__NO_SIDE_EFFECTS__ */
function looseObject(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "loose_object",
		reference: looseObject,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (/* @__PURE__ */ _isValidObjectKey(input, key) && !Object.prototype.hasOwnProperty.call(this.entries, key)) dataset.value[key] = input[key];
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/looseObject/looseObjectAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function looseObjectAsync(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "loose_object",
		reference: looseObjectAsync,
		expects: "Object",
		async: true,
		entries: entries$1,
		message: message$1,
		async "~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				const valueDatasets = await Promise.all(Object.entries(this.entries).map(async ([key, valueSchema]) => {
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : await /* @__PURE__ */ getDefault(valueSchema);
						return [
							key,
							value$1,
							valueSchema,
							await valueSchema["~run"]({ value: value$1 }, config$1)
						];
					}
					return [
						key,
						input[key],
						valueSchema,
						null
					];
				}));
				for (const [key, value$1, valueSchema, valueDataset] of valueDatasets) if (valueDataset) {
					if (valueDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!valueDataset.typed) dataset.typed = false;
					dataset.value[key] = valueDataset.value;
				} else if (valueSchema.fallback !== void 0) dataset.value[key] = await /* @__PURE__ */ getFallback(valueSchema);
				else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
					_addIssue(this, "key", dataset, config$1, {
						input: void 0,
						expected: `"${key}"`,
						path: [{
							type: "object",
							origin: "key",
							input,
							key,
							value: value$1
						}]
					});
					if (config$1.abortEarly) break;
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (/* @__PURE__ */ _isValidObjectKey(input, key) && !Object.prototype.hasOwnProperty.call(this.entries, key)) dataset.value[key] = input[key];
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/looseTuple/looseTuple.ts
/* @__NO_SIDE_EFFECTS__ */
function looseTuple(items, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "loose_tuple",
		reference: looseTuple,
		expects: "Array",
		async: false,
		items,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < this.items.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.items[key]["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
				if (!dataset.issues || !config$1.abortEarly) for (let key = this.items.length; key < input.length; key++) dataset.value.push(input[key]);
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/looseTuple/looseTupleAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function looseTupleAsync(items, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "loose_tuple",
		reference: looseTupleAsync,
		expects: "Array",
		async: true,
		items,
		message: message$1,
		async "~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				const itemDatasets = await Promise.all(this.items.map(async (item, key) => {
					const value$1 = input[key];
					return [
						key,
						value$1,
						await item["~run"]({ value: value$1 }, config$1)
					];
				}));
				for (const [key, value$1, itemDataset] of itemDatasets) {
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
				if (!dataset.issues || !config$1.abortEarly) for (let key = this.items.length; key < input.length; key++) dataset.value.push(input[key]);
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/map/map.ts
/* @__NO_SIDE_EFFECTS__ */
function map(key, value$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "map",
		reference: map,
		expects: "Map",
		async: false,
		key,
		value: value$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input instanceof Map) {
				dataset.typed = true;
				dataset.value = /* @__PURE__ */ new Map();
				for (const [inputKey, inputValue] of input) {
					const keyDataset = this.key["~run"]({ value: inputKey }, config$1);
					if (keyDataset.issues) {
						const pathItem = {
							type: "map",
							origin: "key",
							input,
							key: inputKey,
							value: inputValue
						};
						for (const issue of keyDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = keyDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					const valueDataset = this.value["~run"]({ value: inputValue }, config$1);
					if (valueDataset.issues) {
						const pathItem = {
							type: "map",
							origin: "value",
							input,
							key: inputKey,
							value: inputValue
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!keyDataset.typed || !valueDataset.typed) dataset.typed = false;
					dataset.value.set(keyDataset.value, valueDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/map/mapAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function mapAsync(key, value$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "map",
		reference: mapAsync,
		expects: "Map",
		async: true,
		key,
		value: value$1,
		message: message$1,
		async "~run"(dataset, config$1) {
			const input = dataset.value;
			if (input instanceof Map) {
				dataset.typed = true;
				dataset.value = /* @__PURE__ */ new Map();
				const datasets = await Promise.all([...input].map(([inputKey, inputValue]) => Promise.all([
					inputKey,
					inputValue,
					this.key["~run"]({ value: inputKey }, config$1),
					this.value["~run"]({ value: inputValue }, config$1)
				])));
				for (const [inputKey, inputValue, keyDataset, valueDataset] of datasets) {
					if (keyDataset.issues) {
						const pathItem = {
							type: "map",
							origin: "key",
							input,
							key: inputKey,
							value: inputValue
						};
						for (const issue of keyDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = keyDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (valueDataset.issues) {
						const pathItem = {
							type: "map",
							origin: "value",
							input,
							key: inputKey,
							value: inputValue
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!keyDataset.typed || !valueDataset.typed) dataset.typed = false;
					dataset.value.set(keyDataset.value, valueDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/nan/nan.ts
/* @__NO_SIDE_EFFECTS__ */
function nan(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "nan",
		reference: nan,
		expects: "NaN",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (Number.isNaN(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/never/never.ts
/* @__NO_SIDE_EFFECTS__ */
function never(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "never",
		reference: never,
		expects: "never",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			_addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/nonNullable/nonNullable.ts
/* @__NO_SIDE_EFFECTS__ */
function nonNullable(wrapped, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "non_nullable",
		reference: nonNullable,
		expects: "!null",
		async: false,
		wrapped,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.value !== null) dataset = this.wrapped["~run"](dataset, config$1);
			if (dataset.value === null) _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/nonNullable/nonNullableAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function nonNullableAsync(wrapped, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "non_nullable",
		reference: nonNullableAsync,
		expects: "!null",
		async: true,
		wrapped,
		message: message$1,
		async "~run"(dataset, config$1) {
			if (dataset.value !== null) dataset = await this.wrapped["~run"](dataset, config$1);
			if (dataset.value === null) _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/nonNullish/nonNullish.ts
/* @__NO_SIDE_EFFECTS__ */
function nonNullish(wrapped, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "non_nullish",
		reference: nonNullish,
		expects: "(!null & !undefined)",
		async: false,
		wrapped,
		message: message$1,
		"~run"(dataset, config$1) {
			if (!(dataset.value === null || dataset.value === void 0)) dataset = this.wrapped["~run"](dataset, config$1);
			if (dataset.value === null || dataset.value === void 0) _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/nonNullish/nonNullishAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function nonNullishAsync(wrapped, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "non_nullish",
		reference: nonNullishAsync,
		expects: "(!null & !undefined)",
		async: true,
		wrapped,
		message: message$1,
		async "~run"(dataset, config$1) {
			if (!(dataset.value === null || dataset.value === void 0)) dataset = await this.wrapped["~run"](dataset, config$1);
			if (dataset.value === null || dataset.value === void 0) _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/nonOptional/nonOptional.ts
/* @__NO_SIDE_EFFECTS__ */
function nonOptional(wrapped, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "non_optional",
		reference: nonOptional,
		expects: "!undefined",
		async: false,
		wrapped,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.value !== void 0) dataset = this.wrapped["~run"](dataset, config$1);
			if (dataset.value === void 0) _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/nonOptional/nonOptionalAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function nonOptionalAsync(wrapped, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "non_optional",
		reference: nonOptionalAsync,
		expects: "!undefined",
		async: true,
		wrapped,
		message: message$1,
		async "~run"(dataset, config$1) {
			if (dataset.value !== void 0) dataset = await this.wrapped["~run"](dataset, config$1);
			if (dataset.value === void 0) _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/null/null.ts
/* @__NO_SIDE_EFFECTS__ */
function null_(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "null",
		reference: null_,
		expects: "null",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.value === null) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/nullable/nullable.ts
/* @__NO_SIDE_EFFECTS__ */
function nullable(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "nullable",
		reference: nullable,
		expects: `(${wrapped.expects} | null)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === null) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === null) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}

//#endregion
//#region src/schemas/nullable/nullableAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function nullableAsync(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "nullable",
		reference: nullableAsync,
		expects: `(${wrapped.expects} | null)`,
		async: true,
		wrapped,
		default: default_,
		async "~run"(dataset, config$1) {
			if (dataset.value === null) {
				if (this.default !== void 0) dataset.value = await /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === null) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}

//#endregion
//#region src/schemas/nullish/nullish.ts
/* @__NO_SIDE_EFFECTS__ */
function nullish(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "nullish",
		reference: nullish,
		expects: `(${wrapped.expects} | null | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === null || dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === null || dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}

//#endregion
//#region src/schemas/nullish/nullishAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function nullishAsync(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "nullish",
		reference: nullishAsync,
		expects: `(${wrapped.expects} | null | undefined)`,
		async: true,
		wrapped,
		default: default_,
		async "~run"(dataset, config$1) {
			if (dataset.value === null || dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = await /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === null || dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}

//#endregion
//#region src/schemas/number/number.ts
/* @__NO_SIDE_EFFECTS__ */
function number(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "number",
		reference: number,
		expects: "number",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "number" && !isNaN(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/object/object.ts
/* @__NO_SIDE_EFFECTS__ */
function object(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "object",
		reference: object,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/object/objectAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function objectAsync(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "object",
		reference: objectAsync,
		expects: "Object",
		async: true,
		entries: entries$1,
		message: message$1,
		async "~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				const valueDatasets = await Promise.all(Object.entries(this.entries).map(async ([key, valueSchema]) => {
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : await /* @__PURE__ */ getDefault(valueSchema);
						return [
							key,
							value$1,
							valueSchema,
							await valueSchema["~run"]({ value: value$1 }, config$1)
						];
					}
					return [
						key,
						input[key],
						valueSchema,
						null
					];
				}));
				for (const [key, value$1, valueSchema, valueDataset] of valueDatasets) if (valueDataset) {
					if (valueDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!valueDataset.typed) dataset.typed = false;
					dataset.value[key] = valueDataset.value;
				} else if (valueSchema.fallback !== void 0) dataset.value[key] = await /* @__PURE__ */ getFallback(valueSchema);
				else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
					_addIssue(this, "key", dataset, config$1, {
						input: void 0,
						expected: `"${key}"`,
						path: [{
							type: "object",
							origin: "key",
							input,
							key,
							value: value$1
						}]
					});
					if (config$1.abortEarly) break;
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/objectWithRest/objectWithRest.ts
/* @__NO_SIDE_EFFECTS__ */
function objectWithRest(entries$1, rest, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "object_with_rest",
		reference: objectWithRest,
		expects: "Object",
		async: false,
		entries: entries$1,
		rest,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (/* @__PURE__ */ _isValidObjectKey(input, key) && !Object.prototype.hasOwnProperty.call(this.entries, key)) {
						const valueDataset = this.rest["~run"]({ value: input[key] }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: input[key]
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/objectWithRest/objectWithRestAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function objectWithRestAsync(entries$1, rest, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "object_with_rest",
		reference: objectWithRestAsync,
		expects: "Object",
		async: true,
		entries: entries$1,
		rest,
		message: message$1,
		async "~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				const [normalDatasets, restDatasets] = await Promise.all([Promise.all(Object.entries(this.entries).map(async ([key, valueSchema]) => {
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : await /* @__PURE__ */ getDefault(valueSchema);
						return [
							key,
							value$1,
							valueSchema,
							await valueSchema["~run"]({ value: value$1 }, config$1)
						];
					}
					return [
						key,
						input[key],
						valueSchema,
						null
					];
				})), Promise.all(Object.entries(input).filter(([key]) => /* @__PURE__ */ _isValidObjectKey(input, key) && !Object.prototype.hasOwnProperty.call(this.entries, key)).map(async ([key, value$1]) => [
					key,
					value$1,
					await this.rest["~run"]({ value: value$1 }, config$1)
				]))]);
				for (const [key, value$1, valueSchema, valueDataset] of normalDatasets) if (valueDataset) {
					if (valueDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!valueDataset.typed) dataset.typed = false;
					dataset.value[key] = valueDataset.value;
				} else if (valueSchema.fallback !== void 0) dataset.value[key] = await /* @__PURE__ */ getFallback(valueSchema);
				else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
					_addIssue(this, "key", dataset, config$1, {
						input: void 0,
						expected: `"${key}"`,
						path: [{
							type: "object",
							origin: "key",
							input,
							key,
							value: value$1
						}]
					});
					if (config$1.abortEarly) break;
				}
				if (!dataset.issues || !config$1.abortEarly) for (const [key, value$1, valueDataset] of restDatasets) {
					if (valueDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!valueDataset.typed) dataset.typed = false;
					dataset.value[key] = valueDataset.value;
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/optional/optional.ts
/* @__NO_SIDE_EFFECTS__ */
function optional(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "optional",
		reference: optional,
		expects: `(${wrapped.expects} | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}

//#endregion
//#region src/schemas/optional/optionalAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function optionalAsync(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "optional",
		reference: optionalAsync,
		expects: `(${wrapped.expects} | undefined)`,
		async: true,
		wrapped,
		default: default_,
		async "~run"(dataset, config$1) {
			if (dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = await /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}

//#endregion
//#region src/schemas/picklist/picklist.ts
/* @__NO_SIDE_EFFECTS__ */
function picklist(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "picklist",
		reference: picklist,
		expects: /* @__PURE__ */ _joinExpects(options.map(_stringify), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			if (this.options.includes(dataset.value)) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/promise/promise.ts
/* @__NO_SIDE_EFFECTS__ */
function promise(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "promise",
		reference: promise,
		expects: "Promise",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.value instanceof Promise) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/record/record.ts
/* @__NO_SIDE_EFFECTS__ */
function record(key, value$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "record",
		reference: record,
		expects: "Object",
		async: false,
		key,
		value: value$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const entryKey in input) if (/* @__PURE__ */ _isValidObjectKey(input, entryKey)) {
					const entryValue = input[entryKey];
					const keyDataset = this.key["~run"]({ value: entryKey }, config$1);
					if (keyDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "key",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of keyDataset.issues) {
							issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = keyDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					const valueDataset = this.value["~run"]({ value: entryValue }, config$1);
					if (valueDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "value",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!keyDataset.typed || !valueDataset.typed) dataset.typed = false;
					if (keyDataset.typed) dataset.value[keyDataset.value] = valueDataset.value;
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/record/recordAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function recordAsync(key, value$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "record",
		reference: recordAsync,
		expects: "Object",
		async: true,
		key,
		value: value$1,
		message: message$1,
		async "~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				const datasets = await Promise.all(Object.entries(input).filter(([key$1]) => /* @__PURE__ */ _isValidObjectKey(input, key$1)).map(([entryKey, entryValue]) => Promise.all([
					entryKey,
					entryValue,
					this.key["~run"]({ value: entryKey }, config$1),
					this.value["~run"]({ value: entryValue }, config$1)
				])));
				for (const [entryKey, entryValue, keyDataset, valueDataset] of datasets) {
					if (keyDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "key",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of keyDataset.issues) {
							issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = keyDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (valueDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "value",
							input,
							key: entryKey,
							value: entryValue
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!keyDataset.typed || !valueDataset.typed) dataset.typed = false;
					if (keyDataset.typed) dataset.value[keyDataset.value] = valueDataset.value;
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/set/set.ts
/* @__NO_SIDE_EFFECTS__ */
function set(value$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "set",
		reference: set,
		expects: "Set",
		async: false,
		value: value$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input instanceof Set) {
				dataset.typed = true;
				dataset.value = /* @__PURE__ */ new Set();
				for (const inputValue of input) {
					const valueDataset = this.value["~run"]({ value: inputValue }, config$1);
					if (valueDataset.issues) {
						const pathItem = {
							type: "set",
							origin: "value",
							input,
							key: null,
							value: inputValue
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!valueDataset.typed) dataset.typed = false;
					dataset.value.add(valueDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/set/setAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function setAsync(value$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "set",
		reference: setAsync,
		expects: "Set",
		async: true,
		value: value$1,
		message: message$1,
		async "~run"(dataset, config$1) {
			const input = dataset.value;
			if (input instanceof Set) {
				dataset.typed = true;
				dataset.value = /* @__PURE__ */ new Set();
				const valueDatasets = await Promise.all([...input].map(async (inputValue) => [inputValue, await this.value["~run"]({ value: inputValue }, config$1)]));
				for (const [inputValue, valueDataset] of valueDatasets) {
					if (valueDataset.issues) {
						const pathItem = {
							type: "set",
							origin: "value",
							input,
							key: null,
							value: inputValue
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!valueDataset.typed) dataset.typed = false;
					dataset.value.add(valueDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/strictObject/strictObject.ts
/* @__NO_SIDE_EFFECTS__ */
function strictObject(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "strict_object",
		reference: strictObject,
		expects: "Object",
		async: false,
		entries: entries$1,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				for (const key in this.entries) {
					const valueSchema = this.entries[key];
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : /* @__PURE__ */ getDefault(valueSchema);
						const valueDataset = valueSchema["~run"]({ value: value$1 }, config$1);
						if (valueDataset.issues) {
							const pathItem = {
								type: "object",
								origin: "value",
								input,
								key,
								value: value$1
							};
							for (const issue of valueDataset.issues) {
								if (issue.path) issue.path.unshift(pathItem);
								else issue.path = [pathItem];
								dataset.issues?.push(issue);
							}
							if (!dataset.issues) dataset.issues = valueDataset.issues;
							if (config$1.abortEarly) {
								dataset.typed = false;
								break;
							}
						}
						if (!valueDataset.typed) dataset.typed = false;
						dataset.value[key] = valueDataset.value;
					} else if (valueSchema.fallback !== void 0) dataset.value[key] = /* @__PURE__ */ getFallback(valueSchema);
					else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
						_addIssue(this, "key", dataset, config$1, {
							input: void 0,
							expected: `"${key}"`,
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						if (config$1.abortEarly) break;
					}
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (!Object.prototype.hasOwnProperty.call(this.entries, key)) {
						_addIssue(this, "key", dataset, config$1, {
							input: key,
							expected: "never",
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/strictObject/strictObjectAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function strictObjectAsync(entries$1, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "strict_object",
		reference: strictObjectAsync,
		expects: "Object",
		async: true,
		entries: entries$1,
		message: message$1,
		async "~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				dataset.typed = true;
				dataset.value = {};
				const valueDatasets = await Promise.all(Object.entries(this.entries).map(async ([key, valueSchema]) => {
					if (key in input || (valueSchema.type === "exact_optional" || valueSchema.type === "optional" || valueSchema.type === "nullish") && valueSchema.default !== void 0) {
						const value$1 = key in input ? input[key] : await /* @__PURE__ */ getDefault(valueSchema);
						return [
							key,
							value$1,
							valueSchema,
							await valueSchema["~run"]({ value: value$1 }, config$1)
						];
					}
					return [
						key,
						input[key],
						valueSchema,
						null
					];
				}));
				for (const [key, value$1, valueSchema, valueDataset] of valueDatasets) if (valueDataset) {
					if (valueDataset.issues) {
						const pathItem = {
							type: "object",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of valueDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = valueDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!valueDataset.typed) dataset.typed = false;
					dataset.value[key] = valueDataset.value;
				} else if (valueSchema.fallback !== void 0) dataset.value[key] = await /* @__PURE__ */ getFallback(valueSchema);
				else if (valueSchema.type !== "exact_optional" && valueSchema.type !== "optional" && valueSchema.type !== "nullish") {
					_addIssue(this, "key", dataset, config$1, {
						input: void 0,
						expected: `"${key}"`,
						path: [{
							type: "object",
							origin: "key",
							input,
							key,
							value: value$1
						}]
					});
					if (config$1.abortEarly) break;
				}
				if (!dataset.issues || !config$1.abortEarly) {
					for (const key in input) if (!Object.prototype.hasOwnProperty.call(this.entries, key)) {
						_addIssue(this, "key", dataset, config$1, {
							input: key,
							expected: "never",
							path: [{
								type: "object",
								origin: "key",
								input,
								key,
								value: input[key]
							}]
						});
						break;
					}
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/strictTuple/strictTuple.ts
/* @__NO_SIDE_EFFECTS__ */
function strictTuple(items, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "strict_tuple",
		reference: strictTuple,
		expects: "Array",
		async: false,
		items,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < this.items.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.items[key]["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
				if (!(dataset.issues && config$1.abortEarly) && this.items.length < input.length) _addIssue(this, "type", dataset, config$1, {
					input: input[this.items.length],
					expected: "never",
					path: [{
						type: "array",
						origin: "value",
						input,
						key: this.items.length,
						value: input[this.items.length]
					}]
				});
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/strictTuple/strictTupleAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function strictTupleAsync(items, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "strict_tuple",
		reference: strictTupleAsync,
		expects: "Array",
		async: true,
		items,
		message: message$1,
		async "~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				const itemDatasets = await Promise.all(this.items.map(async (item, key) => {
					const value$1 = input[key];
					return [
						key,
						value$1,
						await item["~run"]({ value: value$1 }, config$1)
					];
				}));
				for (const [key, value$1, itemDataset] of itemDatasets) {
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
				if (!(dataset.issues && config$1.abortEarly) && this.items.length < input.length) _addIssue(this, "type", dataset, config$1, {
					input: input[this.items.length],
					expected: "never",
					path: [{
						type: "array",
						origin: "value",
						input,
						key: this.items.length,
						value: input[this.items.length]
					}]
				});
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/string/string.ts
/* @__NO_SIDE_EFFECTS__ */
function string(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "string",
		reference: string,
		expects: "string",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "string") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/symbol/symbol.ts
/* @__NO_SIDE_EFFECTS__ */
function symbol(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "symbol",
		reference: symbol,
		expects: "symbol",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (typeof dataset.value === "symbol") dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/tuple/tuple.ts
/* @__NO_SIDE_EFFECTS__ */
function tuple(items, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "tuple",
		reference: tuple,
		expects: "Array",
		async: false,
		items,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < this.items.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.items[key]["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/tuple/tupleAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function tupleAsync(items, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "tuple",
		reference: tupleAsync,
		expects: "Array",
		async: true,
		items,
		message: message$1,
		async "~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				const itemDatasets = await Promise.all(this.items.map(async (item, key) => {
					const value$1 = input[key];
					return [
						key,
						value$1,
						await item["~run"]({ value: value$1 }, config$1)
					];
				}));
				for (const [key, value$1, itemDataset] of itemDatasets) {
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/tupleWithRest/tupleWithRest.ts
/* @__NO_SIDE_EFFECTS__ */
function tupleWithRest(items, rest, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "tuple_with_rest",
		reference: tupleWithRest,
		expects: "Array",
		async: false,
		items,
		rest,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				for (let key = 0; key < this.items.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.items[key]["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
				if (!dataset.issues || !config$1.abortEarly) for (let key = this.items.length; key < input.length; key++) {
					const value$1 = input[key];
					const itemDataset = this.rest["~run"]({ value: value$1 }, config$1);
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/tupleWithRest/tupleWithRestAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function tupleWithRestAsync(items, rest, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "tuple_with_rest",
		reference: tupleWithRestAsync,
		expects: "Array",
		async: true,
		items,
		rest,
		message: message$1,
		async "~run"(dataset, config$1) {
			const input = dataset.value;
			if (Array.isArray(input)) {
				dataset.typed = true;
				dataset.value = [];
				const [normalDatasets, restDatasets] = await Promise.all([Promise.all(this.items.map(async (item, key) => {
					const value$1 = input[key];
					return [
						key,
						value$1,
						await item["~run"]({ value: value$1 }, config$1)
					];
				})), Promise.all(input.slice(this.items.length).map(async (value$1, key) => {
					return [
						key + this.items.length,
						value$1,
						await this.rest["~run"]({ value: value$1 }, config$1)
					];
				}))]);
				for (const [key, value$1, itemDataset] of normalDatasets) {
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
				if (!dataset.issues || !config$1.abortEarly) for (const [key, value$1, itemDataset] of restDatasets) {
					if (itemDataset.issues) {
						const pathItem = {
							type: "array",
							origin: "value",
							input,
							key,
							value: value$1
						};
						for (const issue of itemDataset.issues) {
							if (issue.path) issue.path.unshift(pathItem);
							else issue.path = [pathItem];
							dataset.issues?.push(issue);
						}
						if (!dataset.issues) dataset.issues = itemDataset.issues;
						if (config$1.abortEarly) {
							dataset.typed = false;
							break;
						}
					}
					if (!itemDataset.typed) dataset.typed = false;
					dataset.value.push(itemDataset.value);
				}
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/undefined/undefined.ts
/* @__NO_SIDE_EFFECTS__ */
function undefined_(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "undefined",
		reference: undefined_,
		expects: "undefined",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.value === void 0) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/undefinedable/undefinedable.ts
/* @__NO_SIDE_EFFECTS__ */
function undefinedable(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "undefinedable",
		reference: undefinedable,
		expects: `(${wrapped.expects} | undefined)`,
		async: false,
		wrapped,
		default: default_,
		"~run"(dataset, config$1) {
			if (dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}

//#endregion
//#region src/schemas/undefinedable/undefinedableAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function undefinedableAsync(wrapped, default_) {
	return _standardSchema({
		kind: "schema",
		type: "undefinedable",
		reference: undefinedableAsync,
		expects: `(${wrapped.expects} | undefined)`,
		async: true,
		wrapped,
		default: default_,
		async "~run"(dataset, config$1) {
			if (dataset.value === void 0) {
				if (this.default !== void 0) dataset.value = await /* @__PURE__ */ getDefault(this, dataset, config$1);
				if (dataset.value === void 0) {
					dataset.typed = true;
					return dataset;
				}
			}
			return this.wrapped["~run"](dataset, config$1);
		}
	});
}

//#endregion
//#region src/schemas/union/utils/_subIssues/_subIssues.ts
/**
* Returns the sub issues of the provided datasets for the union issue.
*
* @param datasets The datasets.
*
* @returns The sub issues.
*
* @internal
*/
/* @__NO_SIDE_EFFECTS__ */
function _subIssues(datasets) {
	let issues;
	if (datasets) for (const dataset of datasets) if (issues) for (const issue of dataset.issues) issues.push(issue);
	else issues = dataset.issues;
	return issues;
}

//#endregion
//#region src/schemas/union/union.ts
/* @__NO_SIDE_EFFECTS__ */
function union(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "union",
		reference: union,
		expects: /* @__PURE__ */ _joinExpects(options.map((option) => option.expects), "|"),
		async: false,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			let validDataset;
			let typedDatasets;
			let untypedDatasets;
			for (const schema of this.options) {
				const optionDataset = schema["~run"]({ value: dataset.value }, config$1);
				if (optionDataset.typed) if (optionDataset.issues) if (typedDatasets) typedDatasets.push(optionDataset);
				else typedDatasets = [optionDataset];
				else {
					validDataset = optionDataset;
					break;
				}
				else if (untypedDatasets) untypedDatasets.push(optionDataset);
				else untypedDatasets = [optionDataset];
			}
			if (validDataset) return validDataset;
			if (typedDatasets) {
				if (typedDatasets.length === 1) return typedDatasets[0];
				_addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(typedDatasets) });
				dataset.typed = true;
			} else if (untypedDatasets?.length === 1) return untypedDatasets[0];
			else _addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(untypedDatasets) });
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/union/unionAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function unionAsync(options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "union",
		reference: unionAsync,
		expects: /* @__PURE__ */ _joinExpects(options.map((option) => option.expects), "|"),
		async: true,
		options,
		message: message$1,
		async "~run"(dataset, config$1) {
			let validDataset;
			let typedDatasets;
			let untypedDatasets;
			for (const schema of this.options) {
				const optionDataset = await schema["~run"]({ value: dataset.value }, config$1);
				if (optionDataset.typed) if (optionDataset.issues) if (typedDatasets) typedDatasets.push(optionDataset);
				else typedDatasets = [optionDataset];
				else {
					validDataset = optionDataset;
					break;
				}
				else if (untypedDatasets) untypedDatasets.push(optionDataset);
				else untypedDatasets = [optionDataset];
			}
			if (validDataset) return validDataset;
			if (typedDatasets) {
				if (typedDatasets.length === 1) return typedDatasets[0];
				_addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(typedDatasets) });
				dataset.typed = true;
			} else if (untypedDatasets?.length === 1) return untypedDatasets[0];
			else _addIssue(this, "type", dataset, config$1, { issues: /* @__PURE__ */ _subIssues(untypedDatasets) });
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/unknown/unknown.ts
/**
* Creates a unknown schema.
*
* @returns A unknown schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function unknown() {
	return _standardSchema({
		kind: "schema",
		type: "unknown",
		reference: unknown,
		expects: "unknown",
		async: false,
		"~run"(dataset) {
			dataset.typed = true;
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/variant/variant.ts
/* @__NO_SIDE_EFFECTS__ */
function variant(key, options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "variant",
		reference: variant,
		expects: "Object",
		async: false,
		key,
		options,
		message: message$1,
		"~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				let outputDataset;
				let maxDiscriminatorPriority = 0;
				let invalidDiscriminatorKey = this.key;
				let expectedDiscriminators = [];
				const parseOptions = (variant$1, allKeys) => {
					for (const schema of variant$1.options) {
						if (schema.type === "variant") parseOptions(schema, new Set(allKeys).add(schema.key));
						else {
							let keysAreValid = true;
							let currentPriority = 0;
							for (const currentKey of allKeys) {
								const discriminatorSchema = schema.entries[currentKey];
								if (currentKey in input ? discriminatorSchema["~run"]({
									typed: false,
									value: input[currentKey]
								}, ABORT_EARLY_CONFIG).issues : discriminatorSchema.type !== "exact_optional" && discriminatorSchema.type !== "optional" && discriminatorSchema.type !== "nullish") {
									keysAreValid = false;
									if (invalidDiscriminatorKey !== currentKey && (maxDiscriminatorPriority < currentPriority || maxDiscriminatorPriority === currentPriority && currentKey in input && !(invalidDiscriminatorKey in input))) {
										maxDiscriminatorPriority = currentPriority;
										invalidDiscriminatorKey = currentKey;
										expectedDiscriminators = [];
									}
									if (invalidDiscriminatorKey === currentKey) expectedDiscriminators.push(schema.entries[currentKey].expects);
									break;
								}
								currentPriority++;
							}
							if (keysAreValid) {
								const optionDataset = schema["~run"]({ value: input }, config$1);
								if (!outputDataset || !outputDataset.typed && optionDataset.typed) outputDataset = optionDataset;
							}
						}
						if (outputDataset && !outputDataset.issues) break;
					}
				};
				parseOptions(this, new Set([this.key]));
				if (outputDataset) return outputDataset;
				_addIssue(this, "type", dataset, config$1, {
					input: input[invalidDiscriminatorKey],
					expected: /* @__PURE__ */ _joinExpects(expectedDiscriminators, "|"),
					path: [{
						type: "object",
						origin: "value",
						input,
						key: invalidDiscriminatorKey,
						value: input[invalidDiscriminatorKey]
					}]
				});
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/variant/variantAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function variantAsync(key, options, message$1) {
	return _standardSchema({
		kind: "schema",
		type: "variant",
		reference: variantAsync,
		expects: "Object",
		async: true,
		key,
		options,
		message: message$1,
		async "~run"(dataset, config$1) {
			const input = dataset.value;
			if (input && typeof input === "object") {
				let outputDataset;
				let maxDiscriminatorPriority = 0;
				let invalidDiscriminatorKey = this.key;
				let expectedDiscriminators = [];
				const parseOptions = async (variant$1, allKeys) => {
					for (const schema of variant$1.options) {
						if (schema.type === "variant") await parseOptions(schema, new Set(allKeys).add(schema.key));
						else {
							let keysAreValid = true;
							let currentPriority = 0;
							for (const currentKey of allKeys) {
								const discriminatorSchema = schema.entries[currentKey];
								if (currentKey in input ? (await discriminatorSchema["~run"]({
									typed: false,
									value: input[currentKey]
								}, ABORT_EARLY_CONFIG)).issues : discriminatorSchema.type !== "exact_optional" && discriminatorSchema.type !== "optional" && discriminatorSchema.type !== "nullish") {
									keysAreValid = false;
									if (invalidDiscriminatorKey !== currentKey && (maxDiscriminatorPriority < currentPriority || maxDiscriminatorPriority === currentPriority && currentKey in input && !(invalidDiscriminatorKey in input))) {
										maxDiscriminatorPriority = currentPriority;
										invalidDiscriminatorKey = currentKey;
										expectedDiscriminators = [];
									}
									if (invalidDiscriminatorKey === currentKey) expectedDiscriminators.push(schema.entries[currentKey].expects);
									break;
								}
								currentPriority++;
							}
							if (keysAreValid) {
								const optionDataset = await schema["~run"]({ value: input }, config$1);
								if (!outputDataset || !outputDataset.typed && optionDataset.typed) outputDataset = optionDataset;
							}
						}
						if (outputDataset && !outputDataset.issues) break;
					}
				};
				await parseOptions(this, new Set([this.key]));
				if (outputDataset) return outputDataset;
				_addIssue(this, "type", dataset, config$1, {
					input: input[invalidDiscriminatorKey],
					expected: /* @__PURE__ */ _joinExpects(expectedDiscriminators, "|"),
					path: [{
						type: "object",
						origin: "value",
						input,
						key: invalidDiscriminatorKey,
						value: input[invalidDiscriminatorKey]
					}]
				});
			} else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/schemas/void/void.ts
/* @__NO_SIDE_EFFECTS__ */
function void_(message$1) {
	return _standardSchema({
		kind: "schema",
		type: "void",
		reference: void_,
		expects: "void",
		async: false,
		message: message$1,
		"~run"(dataset, config$1) {
			if (dataset.value === void 0) dataset.typed = true;
			else _addIssue(this, "type", dataset, config$1);
			return dataset;
		}
	});
}

//#endregion
//#region src/methods/keyof/keyof.ts
/* @__NO_SIDE_EFFECTS__ */
function keyof(schema, message$1) {
	return /* @__PURE__ */ picklist(Object.keys(schema.entries), message$1);
}

//#endregion
//#region src/methods/message/message.ts
/**
* Changes the local message configuration of a schema.
*
* @param schema The schema to configure.
* @param message_ The error message.
*
* @returns The configured schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function message(schema, message_) {
	return _standardSchema({
		...schema,
		"~run"(dataset, config$1) {
			return schema["~run"](dataset, {
				...config$1,
				message: message_
			});
		}
	});
}

//#endregion
//#region src/methods/omit/omit.ts
/**
* Creates a modified copy of an object schema that does not contain the
* selected entries.
*
* @param schema The schema to omit from.
* @param keys The selected entries.
*
* @returns An object schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function omit(schema, keys) {
	const entries$1 = { ...schema.entries };
	for (const key of keys) delete entries$1[key];
	return _standardSchema({
		...schema,
		entries: entries$1
	});
}

//#endregion
//#region src/methods/parse/parse.ts
/**
* Parses an unknown input based on a schema.
*
* @param schema The schema to be used.
* @param input The input to be parsed.
* @param config The parse configuration.
*
* @returns The parsed input.
*/
function parse(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
	if (dataset.issues) throw new ValiError(dataset.issues);
	return dataset.value;
}

//#endregion
//#region src/methods/parse/parseAsync.ts
/**
* Parses an unknown input based on a schema.
*
* @param schema The schema to be used.
* @param input The input to be parsed.
* @param config The parse configuration.
*
* @returns The parsed input.
*/
async function parseAsync(schema, input, config$1) {
	const dataset = await schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
	if (dataset.issues) throw new ValiError(dataset.issues);
	return dataset.value;
}

//#endregion
//#region src/methods/parser/parser.ts
/* @__NO_SIDE_EFFECTS__ */
function parser(schema, config$1) {
	const func = (input) => parse(schema, input, config$1);
	func.schema = schema;
	func.config = config$1;
	return func;
}

//#endregion
//#region src/methods/parser/parserAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function parserAsync(schema, config$1) {
	const func = (input) => parseAsync(schema, input, config$1);
	func.schema = schema;
	func.config = config$1;
	return func;
}

//#endregion
//#region src/methods/partial/partial.ts
/* @__NO_SIDE_EFFECTS__ */
function partial(schema, keys) {
	const entries$1 = {};
	for (const key in schema.entries) entries$1[key] = !keys || keys.includes(key) ? /* @__PURE__ */ optional(schema.entries[key]) : schema.entries[key];
	return _standardSchema({
		...schema,
		entries: entries$1
	});
}

//#endregion
//#region src/methods/partial/partialAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function partialAsync(schema, keys) {
	const entries$1 = {};
	for (const key in schema.entries) entries$1[key] = !keys || keys.includes(key) ? /* @__PURE__ */ optionalAsync(schema.entries[key]) : schema.entries[key];
	return _standardSchema({
		...schema,
		entries: entries$1
	});
}

//#endregion
//#region src/methods/pick/pick.ts
/**
* Creates a modified copy of an object schema that contains only the selected
* entries.
*
* @param schema The schema to pick from.
* @param keys The selected entries.
*
* @returns An object schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function pick(schema, keys) {
	const entries$1 = {};
	for (const key of keys) entries$1[key] = schema.entries[key];
	return _standardSchema({
		...schema,
		entries: entries$1
	});
}

//#endregion
//#region src/methods/pipe/pipe.ts
/* @__NO_SIDE_EFFECTS__ */
function pipe(...pipe$1) {
	return _standardSchema({
		...pipe$1[0],
		pipe: pipe$1,
		"~run"(dataset, config$1) {
			for (const item of pipe$1) if (item.kind !== "metadata") {
				if (dataset.issues && (item.kind === "schema" || item.kind === "transformation")) {
					dataset.typed = false;
					break;
				}
				if (!dataset.issues || !config$1.abortEarly && !config$1.abortPipeEarly) dataset = item["~run"](dataset, config$1);
			}
			return dataset;
		}
	});
}

//#endregion
//#region src/methods/pipe/pipeAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function pipeAsync(...pipe$1) {
	return _standardSchema({
		...pipe$1[0],
		pipe: pipe$1,
		async: true,
		async "~run"(dataset, config$1) {
			for (const item of pipe$1) if (item.kind !== "metadata") {
				if (dataset.issues && (item.kind === "schema" || item.kind === "transformation")) {
					dataset.typed = false;
					break;
				}
				if (!dataset.issues || !config$1.abortEarly && !config$1.abortPipeEarly) dataset = await item["~run"](dataset, config$1);
			}
			return dataset;
		}
	});
}

//#endregion
//#region src/methods/required/required.ts
/* @__NO_SIDE_EFFECTS__ */
function required(schema, arg2, arg3) {
	const keys = Array.isArray(arg2) ? arg2 : void 0;
	const message$1 = Array.isArray(arg2) ? arg3 : arg2;
	const entries$1 = {};
	for (const key in schema.entries) entries$1[key] = !keys || keys.includes(key) ? /* @__PURE__ */ nonOptional(schema.entries[key], message$1) : schema.entries[key];
	return _standardSchema({
		...schema,
		entries: entries$1
	});
}

//#endregion
//#region src/methods/required/requiredAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function requiredAsync(schema, arg2, arg3) {
	const keys = Array.isArray(arg2) ? arg2 : void 0;
	const message$1 = Array.isArray(arg2) ? arg3 : arg2;
	const entries$1 = {};
	for (const key in schema.entries) entries$1[key] = !keys || keys.includes(key) ? /* @__PURE__ */ nonOptionalAsync(schema.entries[key], message$1) : schema.entries[key];
	return _standardSchema({
		...schema,
		entries: entries$1
	});
}

//#endregion
//#region src/methods/safeParse/safeParse.ts
/**
* Parses an unknown input based on a schema.
*
* @param schema The schema to be used.
* @param input The input to be parsed.
* @param config The parse configuration.
*
* @returns The parse result.
*/
/* @__NO_SIDE_EFFECTS__ */
function safeParse(schema, input, config$1) {
	const dataset = schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
	return {
		typed: dataset.typed,
		success: !dataset.issues,
		output: dataset.value,
		issues: dataset.issues
	};
}

//#endregion
//#region src/methods/safeParse/safeParseAsync.ts
/**
* Parses an unknown input based on a schema.
*
* @param schema The schema to be used.
* @param input The input to be parsed.
* @param config The parse configuration.
*
* @returns The parse result.
*/
/* @__NO_SIDE_EFFECTS__ */
async function safeParseAsync(schema, input, config$1) {
	const dataset = await schema["~run"]({ value: input }, /* @__PURE__ */ getGlobalConfig(config$1));
	return {
		typed: dataset.typed,
		success: !dataset.issues,
		output: dataset.value,
		issues: dataset.issues
	};
}

//#endregion
//#region src/methods/safeParser/safeParser.ts
/* @__NO_SIDE_EFFECTS__ */
function safeParser(schema, config$1) {
	const func = (input) => /* @__PURE__ */ safeParse(schema, input, config$1);
	func.schema = schema;
	func.config = config$1;
	return func;
}

//#endregion
//#region src/methods/safeParser/safeParserAsync.ts
/* @__NO_SIDE_EFFECTS__ */
function safeParserAsync(schema, config$1) {
	const func = (input) => /* @__PURE__ */ safeParseAsync(schema, input, config$1);
	func.schema = schema;
	func.config = config$1;
	return func;
}

//#endregion
//#region src/methods/summarize/summarize.ts
/**
* Summarize the error messages of issues in a pretty-printable multi-line string.
*
* @param issues The list of issues.
*
* @returns A summary of the issues.
*
* @beta
*/
/* @__NO_SIDE_EFFECTS__ */
function summarize(issues) {
	let summary = "";
	for (const issue of issues) {
		if (summary) summary += "\n";
		summary += `× ${issue.message}`;
		const dotPath = /* @__PURE__ */ getDotPath(issue);
		if (dotPath) summary += `\n  → at ${dotPath}`;
	}
	return summary;
}

//#endregion
//#region src/methods/unwrap/unwrap.ts
/**
* Unwraps the wrapped schema.
*
* @param schema The schema to be unwrapped.
*
* @returns The unwrapped schema.
*/
/* @__NO_SIDE_EFFECTS__ */
function unwrap(schema) {
	return schema.wrapped;
}

//#endregion


/***/ }),

/***/ 7278:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __nccwpck_require__) => {

/* harmony export */ __nccwpck_require__.d(__webpack_exports__, {
/* harmony export */   h: () => (/* binding */ fetch),
/* harmony export */   k: () => (/* binding */ ProxyAgent)
/* harmony export */ });
/**
 * Stands in for undici, which `@actions/http-client` and `@actions/github` import at their top for what goes through
 * its own `fetch`. This action sends everything by Node's http and https modules, which know the runner's proxies;
 * without undici the bundle is a third as large and starts in two thirds of the time.
 */

/** Made behind a proxy when `@actions/github` is loaded, and then never used. */
class ProxyAgent {}

/** Never called: the drift issue gives its client a `fetch` of its own. */
function fetch() {
  throw new Error('this build has no undici: give the client a fetch of its own');
}


/***/ })

/******/ });
/************************************************************************/
/******/ // The module cache
/******/ var __webpack_module_cache__ = {};
/******/ 
/******/ // The require function
/******/ function __nccwpck_require__(moduleId) {
/******/ 	// Check if module is in cache
/******/ 	var cachedModule = __webpack_module_cache__[moduleId];
/******/ 	if (cachedModule !== undefined) {
/******/ 		return cachedModule.exports;
/******/ 	}
/******/ 	// Create a new module (and put it into the cache)
/******/ 	var module = __webpack_module_cache__[moduleId] = {
/******/ 		// no module.id needed
/******/ 		// no module.loaded needed
/******/ 		exports: {}
/******/ 	};
/******/ 
/******/ 	// Execute the module function
/******/ 	var threw = true;
/******/ 	try {
/******/ 		__webpack_modules__[moduleId](module, module.exports, __nccwpck_require__);
/******/ 		threw = false;
/******/ 	} finally {
/******/ 		if(threw) delete __webpack_module_cache__[moduleId];
/******/ 	}
/******/ 
/******/ 	// Return the exports of the module
/******/ 	return module.exports;
/******/ }
/******/ 
/******/ // expose the modules object (__webpack_modules__)
/******/ __nccwpck_require__.m = __webpack_modules__;
/******/ 
/************************************************************************/
/******/ /* webpack/runtime/asset-relocator-loader */
/******/ if (typeof __nccwpck_require__ !== 'undefined') __nccwpck_require__.ab = decodeURIComponent(new URL('.', import.meta.url).pathname).slice(import.meta.url.match(/^file:\/\/\/\w:/) ? 1 : 0, -1) + "/";
/******/ 
/******/ /* webpack/runtime/async module */
/******/ (() => {
/******/ 	var webpackQueues = typeof Symbol === "function" ? Symbol("webpack queues") : "__webpack_queues__";
/******/ 	var webpackExports = typeof Symbol === "function" ? Symbol("webpack exports") : "__webpack_exports__";
/******/ 	var webpackError = typeof Symbol === "function" ? Symbol("webpack error") : "__webpack_error__";
/******/ 	var resolveQueue = (queue) => {
/******/ 		if(queue && queue.d < 1) {
/******/ 			queue.d = 1;
/******/ 			queue.forEach((fn) => (fn.r--));
/******/ 			queue.forEach((fn) => (fn.r-- ? fn.r++ : fn()));
/******/ 		}
/******/ 	}
/******/ 	var wrapDeps = (deps) => (deps.map((dep) => {
/******/ 		if(dep !== null && typeof dep === "object") {
/******/ 			if(dep[webpackQueues]) return dep;
/******/ 			if(dep.then) {
/******/ 				var queue = [];
/******/ 				queue.d = 0;
/******/ 				dep.then((r) => {
/******/ 					obj[webpackExports] = r;
/******/ 					resolveQueue(queue);
/******/ 				}, (e) => {
/******/ 					obj[webpackError] = e;
/******/ 					resolveQueue(queue);
/******/ 				});
/******/ 				var obj = {};
/******/ 				obj[webpackQueues] = (fn) => (fn(queue));
/******/ 				return obj;
/******/ 			}
/******/ 		}
/******/ 		var ret = {};
/******/ 		ret[webpackQueues] = x => {};
/******/ 		ret[webpackExports] = dep;
/******/ 		return ret;
/******/ 	}));
/******/ 	__nccwpck_require__.a = (module, body, hasAwait) => {
/******/ 		var queue;
/******/ 		hasAwait && ((queue = []).d = -1);
/******/ 		var depQueues = new Set();
/******/ 		var exports = module.exports;
/******/ 		var currentDeps;
/******/ 		var outerResolve;
/******/ 		var reject;
/******/ 		var promise = new Promise((resolve, rej) => {
/******/ 			reject = rej;
/******/ 			outerResolve = resolve;
/******/ 		});
/******/ 		promise[webpackExports] = exports;
/******/ 		promise[webpackQueues] = (fn) => (queue && fn(queue), depQueues.forEach(fn), promise["catch"](x => {}));
/******/ 		module.exports = promise;
/******/ 		body((deps) => {
/******/ 			currentDeps = wrapDeps(deps);
/******/ 			var fn;
/******/ 			var getResult = () => (currentDeps.map((d) => {
/******/ 				if(d[webpackError]) throw d[webpackError];
/******/ 				return d[webpackExports];
/******/ 			}))
/******/ 			var promise = new Promise((resolve) => {
/******/ 				fn = () => (resolve(getResult));
/******/ 				fn.r = 0;
/******/ 				var fnQueue = (q) => (q !== queue && !depQueues.has(q) && (depQueues.add(q), q && !q.d && (fn.r++, q.push(fn))));
/******/ 				currentDeps.map((dep) => (dep[webpackQueues](fnQueue)));
/******/ 			});
/******/ 			return fn.r ? promise : getResult();
/******/ 		}, (err) => ((err ? reject(promise[webpackError] = err) : outerResolve(exports)), resolveQueue(queue)));
/******/ 		queue && queue.d < 0 && (queue.d = 0);
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/create fake namespace object */
/******/ (() => {
/******/ 	var getProto = Object.getPrototypeOf ? (obj) => (Object.getPrototypeOf(obj)) : (obj) => (obj.__proto__);
/******/ 	var leafPrototypes;
/******/ 	// create a fake namespace object
/******/ 	// mode & 1: value is a module id, require it
/******/ 	// mode & 2: merge all properties of value into the ns
/******/ 	// mode & 4: return value when already ns object
/******/ 	// mode & 16: return value when it's Promise-like
/******/ 	// mode & 8|1: behave like require
/******/ 	__nccwpck_require__.t = function(value, mode) {
/******/ 		if(mode & 1) value = this(value);
/******/ 		if(mode & 8) return value;
/******/ 		if(typeof value === 'object' && value) {
/******/ 			if((mode & 4) && value.__esModule) return value;
/******/ 			if((mode & 16) && typeof value.then === 'function') return value;
/******/ 		}
/******/ 		var ns = Object.create(null);
/******/ 		__nccwpck_require__.r(ns);
/******/ 		var def = {};
/******/ 		leafPrototypes = leafPrototypes || [null, getProto({}), getProto([]), getProto(getProto)];
/******/ 		for(var current = mode & 2 && value; typeof current == 'object' && !~leafPrototypes.indexOf(current); current = getProto(current)) {
/******/ 			Object.getOwnPropertyNames(current).forEach((key) => (def[key] = () => (value[key])));
/******/ 		}
/******/ 		def['default'] = () => (value);
/******/ 		__nccwpck_require__.d(ns, def);
/******/ 		return ns;
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/define property getters */
/******/ (() => {
/******/ 	// define getter functions for harmony exports
/******/ 	__nccwpck_require__.d = (exports, definition) => {
/******/ 		for(var key in definition) {
/******/ 			if(__nccwpck_require__.o(definition, key) && !__nccwpck_require__.o(exports, key)) {
/******/ 				Object.defineProperty(exports, key, { enumerable: true, get: definition[key] });
/******/ 			}
/******/ 		}
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/ensure chunk */
/******/ (() => {
/******/ 	__nccwpck_require__.f = {};
/******/ 	// This file contains only the entry chunk.
/******/ 	// The chunk loading function for additional chunks
/******/ 	__nccwpck_require__.e = (chunkId) => {
/******/ 		return Promise.all(Object.keys(__nccwpck_require__.f).reduce((promises, key) => {
/******/ 			__nccwpck_require__.f[key](chunkId, promises);
/******/ 			return promises;
/******/ 		}, []));
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/get javascript chunk filename */
/******/ (() => {
/******/ 	// This function allow to reference async chunks
/******/ 	__nccwpck_require__.u = (chunkId) => {
/******/ 		// return url for filenames based on template
/******/ 		return "" + chunkId + ".index.js";
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/hasOwnProperty shorthand */
/******/ (() => {
/******/ 	__nccwpck_require__.o = (obj, prop) => (Object.prototype.hasOwnProperty.call(obj, prop))
/******/ })();
/******/ 
/******/ /* webpack/runtime/make namespace object */
/******/ (() => {
/******/ 	// define __esModule on exports
/******/ 	__nccwpck_require__.r = (exports) => {
/******/ 		if(typeof Symbol !== 'undefined' && Symbol.toStringTag) {
/******/ 			Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });
/******/ 		}
/******/ 		Object.defineProperty(exports, '__esModule', { value: true });
/******/ 	};
/******/ })();
/******/ 
/******/ /* webpack/runtime/import chunk loading */
/******/ (() => {
/******/ 	// no baseURI
/******/ 	
/******/ 	// object to store loaded and loading chunks
/******/ 	// undefined = chunk not loaded, null = chunk preloaded/prefetched
/******/ 	// [resolve, Promise] = chunk loading, 0 = chunk loaded
/******/ 	var installedChunks = {
/******/ 		792: 0
/******/ 	};
/******/ 	
/******/ 	var installChunk = (data) => {
/******/ 		var {ids, modules, runtime} = data;
/******/ 		// add "modules" to the modules object,
/******/ 		// then flag all "ids" as loaded and fire callback
/******/ 		var moduleId, chunkId, i = 0;
/******/ 		for(moduleId in modules) {
/******/ 			if(__nccwpck_require__.o(modules, moduleId)) {
/******/ 				__nccwpck_require__.m[moduleId] = modules[moduleId];
/******/ 			}
/******/ 		}
/******/ 		if(runtime) runtime(__nccwpck_require__);
/******/ 		for(;i < ids.length; i++) {
/******/ 			chunkId = ids[i];
/******/ 			if(__nccwpck_require__.o(installedChunks, chunkId) && installedChunks[chunkId]) {
/******/ 				installedChunks[chunkId][0]();
/******/ 			}
/******/ 			installedChunks[ids[i]] = 0;
/******/ 		}
/******/ 	
/******/ 	}
/******/ 	
/******/ 	__nccwpck_require__.f.j = (chunkId, promises) => {
/******/ 			// import() chunk loading for javascript
/******/ 			var installedChunkData = __nccwpck_require__.o(installedChunks, chunkId) ? installedChunks[chunkId] : undefined;
/******/ 			if(installedChunkData !== 0) { // 0 means "already installed".
/******/ 	
/******/ 				// a Promise means "currently loading".
/******/ 				if(installedChunkData) {
/******/ 					promises.push(installedChunkData[1]);
/******/ 				} else {
/******/ 					if(true) { // all chunks have JS
/******/ 						// setup Promise in chunk cache
/******/ 						var promise = import("./" + __nccwpck_require__.u(chunkId)).then(installChunk, (e) => {
/******/ 							if(installedChunks[chunkId] !== 0) installedChunks[chunkId] = undefined;
/******/ 							throw e;
/******/ 						});
/******/ 						var promise = Promise.race([promise, new Promise((resolve) => (installedChunkData = installedChunks[chunkId] = [resolve]))])
/******/ 						promises.push(installedChunkData[1] = promise);
/******/ 					}
/******/ 				}
/******/ 			}
/******/ 	};
/******/ 	
/******/ 	// no prefetching
/******/ 	
/******/ 	// no preloaded
/******/ 	
/******/ 	// no external install chunk
/******/ 	
/******/ 	// no on chunks loaded
/******/ })();
/******/ 
/************************************************************************/
/******/ 
/******/ // startup
/******/ // Load entry module and return exports
/******/ // This entry module used 'module' so it can't be inlined
/******/ var __webpack_exports__ = __nccwpck_require__(5691);
/******/ __webpack_exports__ = await __webpack_exports__;
/******/ 
