/// The header of an npy file: a Python dictionary of three known keys.
struct NpyHeader: Equatable {
  /// The element type as NumPy writes it, for example `<f8`.
  var type: String
  var isColumnMajor: Bool
  var shape: [Int]

  init(type: String, isColumnMajor: Bool, shape: [Int]) {
    self.type = type
    self.isColumnMajor = isColumnMajor
    self.shape = shape
  }

  /// Reads the header text, or returns nil if it is not of the documented form.
  init?(_ text: String) {
    var scanner = Scanner(text)
    guard let entries = scanner.dictionary() else { return nil }
    guard let type = entries["descr"], let order = entries["fortran_order"],
      let shape = entries["shape"], entries.count == 3
    else { return nil }
    self.type = type
    guard order == "True" || order == "False" else { return nil }
    isColumnMajor = order == "True"
    var sizes: [Int] = []
    for part in shape.split(separator: ",") {
      guard let size = Int(part), size >= 0 else { return nil }
      sizes.append(size)
    }
    self.shape = sizes
  }

  /// Cuts the dictionary into keys and values; a value loses its quotes, brackets and blanks.
  private struct Scanner {
    private var rest: Substring

    init(_ text: String) { rest = text[...] }

    mutating func dictionary() -> [String: String]? {
      var entries: [String: String] = [:]
      guard take("{") else { return nil }
      while !take("}") {
        guard let key = quoted(), take(":"), let value = value(), entries[key] == nil else {
          return nil
        }
        entries[key] = value
        if !take(",") {
          guard take("}") else { return nil }
          break
        }
      }
      skipBlanks()
      return rest.isEmpty ? entries : nil
    }

    private mutating func skipBlanks() { rest = rest.drop(while: \.isWhitespace) }

    private mutating func take(_ character: Character) -> Bool {
      skipBlanks()
      guard rest.first == character else { return false }
      rest.removeFirst()
      return true
    }

    private mutating func quoted() -> String? {
      skipBlanks()
      guard let mark = rest.first, mark == "'" || mark == "\"" else { return nil }
      rest.removeFirst()
      guard let end = rest.firstIndex(of: mark) else { return nil }
      defer { rest = rest[rest.index(after: end)...] }
      return String(rest[..<end])
    }

    private mutating func value() -> String? {
      skipBlanks()
      if let closing: Character = ["(": ")", "[": "]"][rest.first ?? " "] {
        guard let end = rest.firstIndex(of: closing) else { return nil }
        defer { rest = rest[rest.index(after: end)...] }
        return rest[rest.index(after: rest.startIndex)..<end].filter { !$0.isWhitespace }
      }
      if let text = quoted() { return text }
      let word = rest.prefix { $0.isLetter }
      rest = rest[word.endIndex...]
      return word.isEmpty ? nil : String(word)
    }
  }
}
