import Testing

@testable import ScoreLab

@Suite struct NpzArchiveTests {
  // The check value of CRC-32 in every list of them, and zlib's of some bytes.
  @Test(
    "The check sum is CRC-32",
    arguments: [
      (Array("123456789".utf8), 0xCBF4_3926), ([], 0), (Array(0...255), 0x2905_8C73),
    ] as [([UInt8], UInt32)])
  func checkSum(bytes: [UInt8], expected: UInt32) {
    #expect(CyclicCheck.zip.sum(of: bytes) == expected)
  }

  // By numpy.lib.format.write_array of NumPy 2: the header's text to the byte.
  @Test(
    "Headers of any number of dimensions are NumPy's",
    arguments: [
      ([], "{'descr': '<f4', 'fortran_order': False, 'shape': (), }", 128),
      ([3], "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 128),
      ([2, 3], "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 128),
      ([2, 3, 4], "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3, 4), }", 128),
    ])
  func headers(shape: [Int], text: String, start: Int) {
    let count = shape.reduce(1, *)
    let bytes = NamedArray("a", shape: shape, .float32(Array(repeating: 1, count: count))).npy
    #expect(bytes.count == start + 4 * count && bytes[start - 1] == 0x0A)
    #expect(String(decoding: bytes[10..<10 + text.utf8.count], as: UTF8.self) == text)
    #expect(bytes[(10 + text.utf8.count)..<(start - 1)].allSatisfy { $0 == 0x20 })
  }

  @Test("What is archived is found by the directory and read back, each type")
  func roundTrip() throws {
    let arrays = [
      NamedArray("a", shape: [2, 2], .float32([1.5, -2, .nan, 0.1])),
      NamedArray("b.c", shape: [], .float64([.pi])),
      NamedArray("d", shape: [3], .int64([-1, 0, 1 << 40])),
    ]
    let bytes = NpzArchive(arrays).flatMap { $0 }
    let read = try StoredArchive(bytes)
    #expect(read.names == ["a.npy", "b.c.npy", "d.npy"])
    for array in arrays { #expect(try read.data("\(array.name).npy") == array.npy) }
    #expect(NpzArchive(arrays).flatMap { $0 } == bytes)
  }
}

/// A reader of stored zip archives that goes by the directory alone.
struct StoredArchive {
  private var entries: [String: [UInt8]] = [:]
  private(set) var names: [String] = []

  struct Damage: Error {}

  init(_ bytes: [UInt8]) throws {
    func word(_ place: Int, _ count: Int) -> Int {
      (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
    }
    let end = bytes.count - 22
    guard end >= 0, word(end, 4) == 0x0605_4B50 else { throw Damage() }
    var place = word(end + 16, 4)
    for _ in 0..<word(end + 10, 2) {
      guard word(place, 4) == 0x0201_4B50, word(place + 10, 2) == 0 else { throw Damage() }
      let (size, length, local) = (word(place + 24, 4), word(place + 28, 2), word(place + 42, 4))
      let name = String(decoding: bytes[place + 46..<place + 46 + length], as: UTF8.self)
      guard word(local, 4) == 0x0403_4B50 else { throw Damage() }
      let start = local + 30 + word(local + 26, 2) + word(local + 28, 2)
      let data = Array(bytes[start..<start + size])
      guard UInt32(word(place + 16, 4)) == CyclicCheck.zip.sum(of: data) else { throw Damage() }
      entries[name] = data
      names.append(name)
      place += 46 + length + word(place + 30, 2) + word(place + 32, 2)
    }
    guard place == end else { throw Damage() }
  }

  func data(_ name: String) throws -> [UInt8] {
    guard let data = entries[name] else { throw Damage() }
    return data
  }

  /// The float32 numbers of an npy file whose header takes 128 bytes.
  func floats(_ name: String) throws -> [Float] {
    let data = try data(name + ".npy").dropFirst(128)
    return stride(from: data.startIndex, to: data.endIndex, by: 4).map { start in
      Float(
        bitPattern: data[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) })
    }
  }

  /// The float64 number of an npy file without dimensions.
  func number(_ name: String) throws -> Double {
    let data = try data(name + ".npy").dropFirst(128)
    return Double(bitPattern: data.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) })
  }
}
