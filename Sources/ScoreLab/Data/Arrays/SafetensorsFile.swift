/// Named arrays and texts in one file, in the safetensors format.
///
/// Eight bytes with the length of a JSON header, little endian; the header, which says each array's
/// type, shape and place; then the numbers, little endian, without gaps. Arrays of wider elements come
/// first and others follow by name, as the reference implementation orders them.
///
/// Source: Hugging Face, "Safetensors: format", https://github.com/huggingface/safetensors.
public struct SafetensorsFile: Sendable, Equatable {
  /// How much is read before giving up.
  public struct Limits: Sendable, Equatable {
    /// The longest file, in bytes.
    public var bytes = 1 << 32
    /// The longest header, in bytes.
    public var header = 8 << 20

    public init() {}
  }

  /// The key of the header that holds the texts.
  static let metadataKey = "__metadata__"

  /// In the order of the file.
  public let arrays: [NamedArray]
  /// What is said of them, by name.
  public let metadata: [String: String]

  /// Names what a file holds.
  ///
  /// - Precondition: Arrays have names that differ, and none is called `__metadata__`.
  public init(_ arrays: [NamedArray], metadata: [String: String] = [:]) {
    let names = Set(arrays.map(\.name))
    precondition(
      names.count == arrays.count && !names.contains(Self.metadataKey),
      "Each array has a name of its own.")
    self.arrays = arrays.sorted { left, right in
      (right.elements.rank, left.name) < (left.elements.rank, right.name)
    }
    self.metadata = metadata
  }

  /// The array of a name, or nil.
  public subscript(name: String) -> NamedArray? { arrays.first { $0.name == name } }

  /// Writes the file under a temporary name, brings it to disk and renames it.
  ///
  /// - Parameter path: Where it goes.
  /// - Throws: ``FileError``; then an old file is untouched and nothing is left behind.
  public func write(to path: String) throws(FileError) {
    var file = try PendingFile(path)
    for piece in pieces { try file.append(piece) }
    try file.synchronize()
    try file.commit()
  }

  /// The bytes of the file: the header, then an array at a time.
  var pieces: some Sequence<[UInt8]> {
    let header = SafetensorsHeader.bytes(arrays, metadata: metadata)
    return (-1..<arrays.count).lazy.map { $0 < 0 ? header : arrays[$0].bytes }
  }

  /// The whole file.
  package var bytes: [UInt8] {
    pieces.reduce(into: []) { $0.append(contentsOf: $1) }
  }

  /// Reads a file and checks all that its header says.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - limits: How much is read.
  /// - Returns: Its arrays and texts; numbers may be any, also not finite.
  /// - Throws: ``DataFileError`` naming the array and what is allowed.
  public static func read(
    _ path: String, limits: Limits = Limits()
  ) throws(DataFileError) -> SafetensorsFile {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try OpenFile(reading: path).readAll(limit: limits.bytes)
    } catch {
      throw DataFileError(file: path, message: error.reason)
    }
    return try SafetensorsFile(bytes, file: path, limits: limits)
  }

  /// Reads the bytes of a file.
  ///
  /// - Parameters:
  ///   - bytes: What is in it.
  ///   - file: Its name in messages.
  ///   - limits: How much is read.
  /// - Throws: ``DataFileError`` naming the array and what is allowed.
  package init(
    _ bytes: [UInt8], file: String, limits: Limits = Limits()
  ) throws(DataFileError) {
    let header = try SafetensorsHeader(bytes, file: file, limit: limits.header)
    arrays = header.entries.map { entry in
      NamedArray(
        entry.name, shape: entry.shape,
        entry.type.elements(of: bytes, at: header.dataStart + entry.start, count: entry.count))
    }
    metadata = header.metadata
  }
}

extension NamedArray.Elements {
  /// The place of the type among those of the format; files have the later ones first.
  fileprivate var rank: Int {
    switch self {
    case .uint8: 0
    case .float32: 1
    case .float64: 2
    case .int64: 3
    }
  }
}
