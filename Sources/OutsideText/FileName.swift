/// File names as text and as the bytes that the system knows them by.
///
/// A name on Linux is any bytes but NUL. Where they are not UTF-8, each byte stands in the text as
/// one character of its own (U+10FE00 and the byte, for private use), so that the name can be held,
/// compared and kept in a configuration as text, and comes back as it was. Such characters in a name
/// that comes from outside are taken apart into their bytes, so no two names have the same text.
public enum FileName {
  private static let firstByte: UInt32 = 0x10FE00

  /// The text for the bytes of a name.
  public static func text(_ bytes: some Collection<UInt8>) -> String {
    if let text = String(validating: bytes, as: UTF8.self),
      !text.unicodeScalars.contains(where: { byte($0) != nil })
    {
      return text
    }
    var result = String.UnicodeScalarView()
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes.makeIterator()
    var rest = bytes[...]
    while true {
      let length: Int
      switch parser.parseScalar(from: &input) {
      case .emptyInput: return String(result)
      case .error(let count): length = count
      case .valid(let encoded):
        length = encoded.count
        let scalar = Unicode.UTF8.decode(encoded)
        if byte(scalar) == nil {
          result.append(scalar)
          rest = rest.dropFirst(length)
          continue
        }
      }
      result.append(
        contentsOf: rest.prefix(length).compactMap { Unicode.Scalar(firstByte + UInt32($0)) })
      rest = rest.dropFirst(length)
    }
  }

  /// The bytes of a name for the system, with a NUL behind them.
  public static func systemName(_ text: String) -> [CChar] {
    var bytes: [CChar] = []
    bytes.reserveCapacity(text.utf8.count + 1)
    for scalar in text.unicodeScalars {
      if let byte = byte(scalar) {
        bytes.append(CChar(bitPattern: byte))
      } else {
        bytes += UTF8.encode(scalar)?.map { CChar(bitPattern: $0) } ?? []
      }
    }
    return bytes + [0]
  }

  /// A name as one word of a POSIX shell's command; of Bash's where it is not text that can be shown.
  public static func shellWord(_ text: String) -> String {
    let name = systemName(text).dropLast().map { UInt8(bitPattern: $0) }
    let isPlain = name.allSatisfy { byte in
      "_./-+,:@%".utf8.contains(byte) || (0x30...0x39).contains(byte)
        || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
    if isPlain && !name.isEmpty { return text }
    if SafeText.sanitized(text, limit: max(1, text.unicodeScalars.count)) == text {
      return "'" + text.replacing("'", with: "'\\''") + "'"
    }
    let parts = name.map { byte in
      let isSimple = (0x20..<0x7F).contains(byte) && !"'\\".utf8.contains(byte)
      return isSimple
        ? String(UnicodeScalar(byte)) : "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    return "$'" + parts.joined() + "'"
  }

  /// Whether every byte of a name is shown as the text that it is in UTF-8.
  public static func isText(_ name: String) -> Bool {
    !name.unicodeScalars.contains { byte($0) != nil }
  }

  /// The byte that a character stands for, if it does.
  private static func byte(_ scalar: Unicode.Scalar) -> UInt8? {
    let isByte = (firstByte + 0x80...firstByte + 0xFF).contains(scalar.value)
    return isByte ? UInt8(scalar.value - firstByte) : nil
  }
}
