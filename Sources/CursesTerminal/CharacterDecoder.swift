import CNcurses

/// Puts bytes together to characters of the locale in force.
struct CharacterDecoder {
  private var state = mbstate_t()
  /// Whether the last bytes began a character that is not complete.
  private var isInside = false

  /// Takes one byte.
  ///
  /// A byte that cannot go on with the character begun drops that and stands for itself, so no
  /// broken character takes the key behind it along.
  ///
  /// - Returns: The character's code point once it is complete; nil before, and for a byte that is
  ///   no part of any.
  mutating func take(_ byte: UInt8) -> UInt32? {
    var code: wchar_t = 0
    var character = CChar(bitPattern: byte)
    // -2 asks for more bytes, and -1 refuses this one.
    switch mbrtowc(&code, &character, 1, &state) {
    case -2:
      isInside = true
      return nil
    case -1:
      let wasInside = isInside
      reset()
      return wasInside ? take(byte) : nil
    default:
      isInside = false
      return UInt32(bitPattern: code)
    }
  }

  /// Forgets a character begun.
  mutating func reset() { self = CharacterDecoder() }

  /// The text of bytes, without what is no character.
  static func text(of bytes: [UInt8]) -> String {
    var (decoder, text) = (CharacterDecoder(), "".unicodeScalars)
    for byte in bytes {
      guard let code = decoder.take(byte), let scalar = Unicode.Scalar(code) else { continue }
      text.append(scalar)
    }
    return String(text)
  }
}
