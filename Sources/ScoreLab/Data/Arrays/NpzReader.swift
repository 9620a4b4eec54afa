import OutsideText

/// The arrays of an npz file that was saved without compression.
///
/// Source: PKWARE, "APPNOTE.TXT - .ZIP File Format Specification" 6.3, sections 4.3.7, 4.3.12 and 4.3.16.
struct NpzReader {
  /// An array of float32 or float64, row by row.
  struct Array: Equatable {
    var shape: [Int]
    var values: [Double]
  }

  /// The longest file, in bytes.
  private static let longest = 1 << 30
  /// The most bytes from the end of the file in which the directory's end lies.
  private static let endRoom = 22 + 65_535

  private let bytes: [UInt8]
  private let file: String
  /// Where the data of an entry lie, by its name without `.npy`.
  private var places: [String: (range: Range<Int>, sum: UInt32)] = [:]

  /// Reads a file's directory.
  ///
  /// - Throws: ``DataFileError``.
  init(file: String) throws(DataFileError) {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try OpenFile(reading: file).readAll(limit: Self.longest)
    } catch {
      throw DataFileError(file: file, message: error.reason)
    }
    try self.init(bytes, file: file)
  }

  init(_ bytes: [UInt8], file: String) throws(DataFileError) {
    self.bytes = bytes
    self.file = file
    let damaged = DataFileError(file: file, message: "no npz file, or a damaged one")
    let last = bytes.count - 22
    guard last >= 0,
      let end = (max(0, bytes.count - Self.endRoom)...last).last(where: {
        word($0, 4) == 0x0605_4B50
      })
    else { throw damaged }
    var place = word(end + 16, 4)
    for _ in 0..<word(end + 10, 2) {
      guard place + 46 <= end, word(place, 4) == 0x0201_4B50 else { throw damaged }
      let (method, size, start) = (word(place + 10, 2), word(place + 24, 4), word(place + 42, 4))
      let lengths = (28...32).filter { $0 % 2 == 0 }.map { word(place + $0, 2) }
      guard place + 46 + lengths[0] <= end, start + 30 <= end, word(start, 4) == 0x0403_4B50 else {
        throw damaged
      }
      let name = String(decoding: bytes[place + 46..<place + 46 + lengths[0]], as: UTF8.self)
      guard method == 0 else {
        throw DataFileError(
          file: file,
          message: "\"\(SafeText.sanitized(name))\" is compressed; save it with numpy.savez")
      }
      let first = start + 30 + word(start + 26, 2) + word(start + 28, 2)
      guard first + size <= end else { throw damaged }
      let key = name.hasSuffix(".npy") ? String(name.dropLast(4)) : name
      places[key] = (first..<first + size, UInt32(word(place + 16, 4)))
      place += 46 + lengths.reduce(0, +)
    }
  }

  /// A little-endian number within the file.
  private func word(_ place: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | Int(bytes[place + $1]) << (8 * $1) }
  }

  /// The array of a name.
  ///
  /// - Throws: ``DataFileError`` where there is none, or none of finite floats.
  func array(_ name: String) throws(DataFileError) -> Array {
    func failure(_ message: String) -> DataFileError {
      DataFileError(file: file, message: "array \"\(name)\": \(message)")
    }
    guard let (range, sum) = places[name] else {
      let names = SafeText.sanitized(places.keys.sorted().joined(separator: ", "), limit: 200)
      throw failure("it is missing; there are \(names)")
    }
    let data = Swift.Array(bytes[range])
    guard CyclicCheck.zip.sum(of: data) == sum else { throw failure("its check sum does not fit") }
    guard data.starts(with: NpyFile.magic) else { throw failure("no npy array") }
    let (text, start) = try NpyFile.headerText(data, file: file)
    guard let header = NpyHeader(text) else { throw failure("its header cannot be understood") }
    let size = ["<f4": 4, "<f8": 8][header.type]
    guard let size, !header.isColumnMajor else {
      throw failure("expected float32 or float64, little endian, in C order")
    }
    var count = 1
    for length in header.shape {
      guard length <= data.count else { throw failure("its shape and its size differ") }
      let product = count.multipliedReportingOverflow(by: length)
      guard !product.overflow else { throw failure("its shape and its size differ") }
      count = product.partialValue
    }
    guard data.count - start == count.multipliedReportingOverflow(by: size).partialValue else {
      throw failure("its shape and its size differ")
    }
    let type = size == 4 ? SafetensorsType.float32 : .float64
    let values: [Double] =
      switch type.elements(of: data, at: start, count: count) {
      case .float32(let values): values.map { Double($0) }
      case .float64(let values): values
      case .int64, .uint8: []
      }
    guard values.allSatisfy(\.isFinite) else { throw failure("expected finite numbers") }
    return Array(shape: header.shape, values: values)
  }
}
