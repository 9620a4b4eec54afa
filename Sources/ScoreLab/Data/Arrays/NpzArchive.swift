/// Named arrays as one npz file: a zip archive of npy files that are stored, not compressed.
///
/// The times in it are those of the format's first day, so the same arrays give the same bytes.
///
/// Source: NumPy manual, `numpy.savez`; PKWARE, "APPNOTE.TXT - .ZIP File Format Specification" 6.3,
/// sections 4.3.7, 4.3.12 and 4.3.16.
package struct NpzArchive: Sequence, IteratorProtocol {
  /// The first day that a zip archive knows, 1 January 1980.
  private static let day: UInt16 = 1 << 5 | 1

  private var arrays: ArraySlice<NamedArray>
  private var directory: [UInt8] = []
  private var entryCount = 0
  private var offset = 0
  private var isDone = false

  /// Archives arrays with names that differ.
  package init(_ arrays: [NamedArray]) {
    precondition(Set(arrays.map(\.name)).count == arrays.count, "Each array has a name of its own.")
    self.arrays = arrays[...]
  }

  /// Whether the format's offsets of 32 bits reach all; headers take less than 512 bytes an array.
  static func fits(_ arrays: [NamedArray]) -> Bool {
    let size = arrays.reduce(0) { sum, array in
      sum + 512 + 2 * array.name.utf8.count + array.byteCount
    }
    return size < 1 << 32 && arrays.count < 1 << 16
  }

  /// The next piece: an array with its header, and at the end the directory of all.
  package mutating func next() -> [UInt8]? {
    guard let array = arrays.popFirst() else {
      guard !isDone else { return nil }
      isDone = true
      return directory + end
    }
    let (name, data) = (Array("\(array.name).npy".utf8), array.npy)
    let common = description(of: data, nameLength: name.count)
    var piece = words32([0x0403_4B50])
    for part in [common, words16([0]), name, data] { piece += part }
    directory += words32([0x0201_4B50])
    for part in [
      words16([20]), common, words16([0, 0, 0, 0]), words32([0, UInt32(offset)]), name,
    ] {
      directory += part
    }
    entryCount += 1
    offset += piece.count
    return piece
  }

  // Version 2.0, no flags, stored, time and day, check sum, both sizes, length of the name.
  private func description(of data: [UInt8], nameLength: Int) -> [UInt8] {
    words16([20, 0, 0, 0, Self.day])
      + words32([CyclicCheck.zip.sum(of: data), UInt32(data.count), UInt32(data.count)])
      + words16([UInt16(nameLength)])
  }

  private var end: [UInt8] {
    let count = UInt16(entryCount)
    return words32([0x0605_4B50]) + words16([0, 0, count, count])
      + words32([UInt32(directory.count), UInt32(offset)]) + words16([0])
  }

  private func words16(_ words: [UInt16]) -> [UInt8] {
    words.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
  }

  private func words32(_ words: [UInt32]) -> [UInt8] {
    words.flatMap { word in
      stride(from: UInt32(0), to: 32, by: 8).map { UInt8(truncatingIfNeeded: word >> $0) }
    }
  }
}
