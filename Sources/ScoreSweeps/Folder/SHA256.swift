/// The digest SHA-256 of bytes that come in pieces; `sha256sum` prints the same.
///
/// Source: FIPS 180-4 (2015), sections 5.1.1, 5.3.3 and 6.2.
struct SHA256 {
  private static let constants: [UInt32] = fractions(ofCubeRoots: 64)
  private static let start = SIMD8<UInt32>(
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19)

  private var state = start
  private var waiting: [UInt8] = []
  private var length: UInt64 = 0

  /// The digest of bytes, 64 hexadecimal digits.
  static func digest(_ bytes: some Collection<UInt8>) -> String {
    var sum = SHA256()
    sum.update(bytes)
    return sum.finish()
  }

  /// Takes more bytes.
  mutating func update(_ bytes: some Collection<UInt8>) {
    let isTaken: Void? = bytes.withContiguousStorageIfAvailable {
      take(UnsafeRawBufferPointer($0))
    }
    if isTaken == nil { Array(bytes).withUnsafeBytes { take($0) } }
  }

  private mutating func take(_ bytes: UnsafeRawBufferPointer) {
    length += UInt64(bytes.count)
    var used = 0
    if !waiting.isEmpty {
      used = min(64 - waiting.count, bytes.count)
      waiting += bytes[..<used]
      guard waiting.count == 64 else { return }
      waiting.withUnsafeBytes { Self.compress($0, &state) }
      waiting.removeAll(keepingCapacity: true)
    }
    let whole = used + (bytes.count - used) / 64 * 64
    Self.compress(UnsafeRawBufferPointer(rebasing: bytes[used..<whole]), &state)
    waiting += bytes[whole...]
  }

  /// The digest of all bytes, 64 hexadecimal digits.
  consuming func finish() -> String {
    let bits = length * 8
    let padding = (119 - waiting.count % 64) % 64 + 1
    let end: [UInt8] = [0x80] + [UInt8](repeating: 0, count: padding - 1)
    update(end + (0..<8).map { UInt8(truncatingIfNeeded: bits >> (56 - 8 * $0)) })
    return state.indices.map { place in
      let digits = String(state[place], radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  /// The first 32 bits of the fractions of the cube roots of the first primes, in whole numbers.
  private static func fractions(ofCubeRoots count: Int) -> [UInt32] {
    var primes: [UInt64] = []
    var candidate: UInt64 = 2
    while primes.count < count {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes.map { UInt32(truncatingIfNeeded: cubeRoot($0)) }
  }

  /// The whole part of `2^32` times the cube root of a small number.
  private static func cubeRoot(_ number: UInt64) -> UInt64 {
    // r^3 <= number 2^96; r has at most 36 bits.
    var root: UInt64 = 0
    for bit in stride(from: UInt64(35), through: 0, by: -1) {
      let trial = root | 1 << bit
      let cube = UInt128(trial) * UInt128(trial) * UInt128(trial)
      if cube <= UInt128(number) << 96 { root = trial }
    }
    return root
  }

  /// Takes whole blocks of 64 bytes.
  private static func compress(_ blocks: UnsafeRawBufferPointer, _ state: inout SIMD8<UInt32>) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 64) { w in
      constants.withUnsafeBufferPointer { k in
        for start in stride(from: 0, to: blocks.count, by: 64) {
          for t in 0..<16 {
            let word = blocks.loadUnaligned(fromByteOffset: start + 4 * t, as: UInt32.self)
            w[t] = UInt32(bigEndian: word)
          }
          for t in 16..<64 {
            let (x, y) = (w[t - 15], w[t - 2])
            let s0 = rotated(x, 7) ^ rotated(x, 18) ^ x >> 3
            let s1 = rotated(y, 17) ^ rotated(y, 19) ^ y >> 10
            w[t] = w[t - 16] &+ s0 &+ w[t - 7] &+ s1
          }
          var (a, b, c, d) = (state[0], state[1], state[2], state[3])
          var (e, f, g, h) = (state[4], state[5], state[6], state[7])
          for t in 0..<64 {
            let s1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
            let first = h &+ s1 &+ (e & f ^ ~e & g) &+ k[t] &+ w[t]
            let s0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
            let second = s0 &+ (a & b ^ a & c ^ b & c)
            (h, g, f, e) = (g, f, e, d &+ first)
            (d, c, b, a) = (c, b, a, first &+ second)
          }
          state &+= SIMD8(a, b, c, d, e, f, g, h)
        }
      }
    }
  }

  private static func rotated(_ word: UInt32, _ bits: UInt32) -> UInt32 {
    word &>> bits | word &<< (32 &- bits)
  }
}
